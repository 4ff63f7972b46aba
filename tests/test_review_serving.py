"""`gongbao review` as users start it: the link, the address, who may come, and a server that is killed."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner

from cli import app
from pipeline.review.database import open_database
from pipeline.review.queue import all_events, find
from tests.conftest import CORPUS, ROOT

ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    command = [sys.executable, str(ROOT / "cli.py"), "run", str(CORPUS), "--out", str(out), "--quiet"]
    subprocess.run(command, check=True, env=ENVIRONMENT)
    return out


def command(run: Path, db: Path, *options: str) -> list[str]:
    return [sys.executable, str(ROOT / "cli.py"), "review", "--run", str(run), "--db", str(db), *options]


@contextmanager
def served(run: Path, db: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Yield a running server and its link."""
    process = subprocess.Popen(
        command(run, db, *options), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
    )
    try:
        assert process.stdout is not None and process.stderr is not None
        link = process.stdout.readline().strip()
        assert link, process.stderr.read()
        yield process, link
    finally:
        process.kill()
        process.communicate()


@contextmanager
def visit(link: str) -> Iterator[httpx.Client]:
    """Yield a browser's stand-in that has opened the link."""
    origin = link.partition("/?")[0]
    with httpx.Client(base_url=origin, headers={"Origin": origin}, timeout=60) as client:
        assert client.get(link).status_code == 200
        (csrf,) = re.findall('<meta name="csrf" content="([^"]+)">', client.get("/").text)
        client.headers["X-CSRF-Token"] = csrf
        yield client


def test_the_link_opens_the_review_on_this_machine_only(run: Path, tmp_path: Path) -> None:
    with served(run, tmp_path / "r.sqlite3", "--lang", "en", "--queue", "kind=claims") as (process, link):
        assert re.fullmatch(r"http://127\.0\.0\.1:[0-9]+/\?token=[\w-]{32}", link)
        with visit(link) as client:
            assert '<html lang="en">' in client.get("/").text
            assert client.get("/api/start").json()["filters"]["kind"] == "claims"
        port = int(re.findall(":([0-9]+)/", link)[0])
        held = socket.create_connection(("127.0.0.1", port))
        assert held.getpeername()[0] == "127.0.0.1"
        held.close()
        busy = subprocess.run(
            command(run, tmp_path / "r.sqlite3", "--port", str(port)),
            capture_output=True,
            text=True,
            env=ENVIRONMENT,
            check=False,
        )
        assert busy.returncode == 1 and busy.stderr.startswith(f"error: 127.0.0.1:{port}: cannot listen there")
        process.send_signal(signal.SIGINT)
        assert process.wait() in (0, 130, -signal.SIGINT)
        assert process.stderr is not None and "Traceback" not in process.stderr.read()


def test_the_page_is_opened_where_that_is_wanted(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "xdg-open"
    opener.write_text(f'#!/bin/sh\necho "$1" > {tmp_path / "half"}\nmv {tmp_path / "half"} {tmp_path / "opened"}\n')
    opener.chmod(0o755)
    monkeypatch.setitem(ENVIRONMENT, "PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with served(run, tmp_path / "r.sqlite3", "--open") as (_, link):
        end = time.monotonic() + 60
        while not (tmp_path / "opened").exists():
            assert time.monotonic() < end, "nothing was opened"
            time.sleep(0.05)
        assert (tmp_path / "opened").read_text().strip() == link


def test_names_and_passwords_on_this_machine_too(run: Path, tmp_path: Path) -> None:
    db = tmp_path / "r.sqlite3"
    added = CliRunner().invoke(
        app, ["review", "users", "add", "甲", "--stdin", "--db", str(db)], input="correct horse battery\n"
    )
    assert added.exit_code == 0
    with served(run, db, "--login") as (_, link), httpx.Client(base_url=link) as client:
        assert "token" not in link
        assert client.get("/").headers["location"] == "/sign-in"


def test_others_come_only_with_a_password(run: Path, tmp_path: Path) -> None:
    db = tmp_path / "r.sqlite3"
    refused = subprocess.run(
        command(run, db, "--host", "0.0.0.0"), capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert refused.returncode == 1 and "gongbao review users add NAME" in refused.stderr
    added = CliRunner().invoke(
        app, ["review", "users", "add", "甲", "--stdin", "--db", str(db)], input="correct horse battery\n"
    )
    assert added.exit_code == 0
    with served(run, db, "--host", "0.0.0.0", "--name", "review.example") as (process, link):
        assert link.startswith("http://review.example:") and "token" not in link
        port = int(re.findall(":([0-9]+)/", link)[0])
        with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
            assert client.get("/").headers["location"] == "/sign-in"
            assert client.get("/sign-in", headers={"Host": f"review.example:{port}"}).status_code == 200
            assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400
            right = {"reviewer": "甲", "password": "correct horse battery"}
            origin = {"Origin": f"http://127.0.0.1:{port}"}
            assert client.post("/api/sign-in", json=right, headers=origin).status_code == 200
            assert client.get("/").status_code == 200
        process.kill()
        assert process.stderr is not None and "TLS" in process.stderr.read()


def test_a_server_killed_in_a_burst_has_lost_nothing_when_it_is_back(run: Path, tmp_path: Path) -> None:
    db = tmp_path / "r.sqlite3"
    acknowledged: list[str] = []
    enough = threading.Event()

    def review(name: str, link: str) -> None:
        with visit(link) as client:
            client.post("/api/name", json={"reviewer": name}).raise_for_status()
            view = client.get("/api/next").json()["item"]
            for number in range(1000):
                told = {"action": "accept", "item_id": view["item"]["id"], "seen": view["item"]["version"]}
                try:
                    answer = client.post("/api/decisions", json={"decision": told | {"request": f"{name}{number}"}})
                except httpx.TransportError:
                    return
                if answer.status_code == 200:
                    acknowledged.append(f"{name}{number}")
                view = answer.json().get("next") or answer.json()["item"]
                if len(acknowledged) >= 40:
                    enough.set()

    with served(run, db) as (process, link):
        threads = [threading.Thread(target=review, args=(name, link)) for name in ("甲", "乙", "丙")]
        for thread in threads:
            thread.start()
        assert enough.wait(120)
        process.send_signal(signal.SIGKILL)
        for thread in threads:
            thread.join()
        port = re.findall(":([0-9]+)/", link)[0]
        session = visit_after(run, db, port, link)
    assert session == 403
    database = open_database(str(db))
    kept = [event.request for event in all_events(database)]
    assert set(acknowledged) <= set(kept) and len(kept) == len(set(kept))
    answered = {event.item_id for event in all_events(database)}
    assert {one.id for one in find(database) if one.state == "accepted"} == answered
    database.close()


def visit_after(run: Path, db: Path, port: str, old: str) -> int:
    """Start the server again; the old link opens nothing, the new one does."""
    with served(run, db, "--port", port) as (_, link):
        with visit(link) as client:
            assert client.get("/api/next").status_code == 200
        return httpx.get(old).status_code


def test_the_review_is_counted_and_measured(run: Path, tmp_path: Path) -> None:
    db = tmp_path / "r.sqlite3"
    with served(run, db) as (_, link), visit(link) as client:
        view = client.get("/api/next", params={"kind": "claims"}).json()["item"]
        told = {"action": "accept", "item_id": view["item"]["id"], "seen": view["item"]["version"]}
        answer = client.post("/api/decisions", json={"decision": told}).json()
        client.post("/api/name", json={"reviewer": "乙"})
        client.post("/api/decisions", json={"decision": told | {"seen": answer["item"]["item"]["version"]}})
    counted = CliRunner().invoke(app, ["review", "status", "--db", str(db)])
    assert counted.exit_code == 0 and "accepted\t1\n" in counted.stdout
    measured = CliRunner().invoke(app, ["review", "agreement", "--db", str(db)])
    assert "claims\tverdict\t1\t2\t1.000\t-\t-\n" in measured.stdout
    as_json = CliRunner().invoke(app, ["review", "agreement", "--json", "--db", str(db)])
    assert '"field": "verdict"' in as_json.stdout


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--queue", "colour=red"], "fields are"),
        (["--queue", "kind"], "FIELD=VALUE"),
        (["--queue", "answers=many"], "--queue"),
        (["--run", "nowhere"], "no run here"),
        (["--db", "mysql://x/y"], "SQLite"),
        (["--host", "not an address"], "nobody has a password"),
        (["--lang", "fr"], "language"),
        (["--port", "70000"], "cannot listen"),
    ],
)
def test_what_cannot_be_is_one_line(run: Path, tmp_path: Path, options: list[str], said: str) -> None:
    done = subprocess.run(
        command(run, tmp_path / "r.sqlite3", *options), capture_output=True, text=True, env=ENVIRONMENT, check=False
    )
    assert done.returncode == 1
    assert said in done.stderr and done.stderr.count("\n") == 1 and not done.stdout


def test_users_come_and_go(tmp_path: Path) -> None:
    db = ["--db", str(tmp_path / "r.sqlite3")]
    runner = CliRunner()
    password = "correct horse battery\n"
    assert runner.invoke(app, ["review", "users", "add", "乙", *db], input=password * 2).exit_code == 0
    assert runner.invoke(app, ["review", "users", "add", "甲", "--stdin", *db], input=password).exit_code == 0
    assert runner.invoke(app, ["review", "users", "list", *db]).stdout == "乙\n甲\n"
    assert runner.invoke(app, ["review", "users", "remove", "甲", *db]).exit_code == 0
    assert runner.invoke(app, ["review", "users", "list", *db]).stdout == "乙\n"
    short = runner.invoke(app, ["review", "users", "add", "丙", "--stdin", *db], input="short\n")
    assert short.exit_code != 0 and "at least" in str(short.exception)
    assert runner.invoke(app, ["review", "users", "remove", "甲", *db]).exit_code != 0
