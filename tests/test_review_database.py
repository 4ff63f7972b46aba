"""The database: migrations, both kinds of server, several writers at once, and power that fails."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from pipeline.errors import InputError, ReviewError, StaleError
from pipeline.review import database as database_module
from pipeline.review import tables
from pipeline.review.agreement import agreement
from pipeline.review.database import Database, open_database
from pipeline.review.deciding import Decision, decide, decide_all, redo, undo
from pipeline.review.loading import load
from pipeline.review.queue import Filters, all_events, choices, documents, find, history, item, next_item, progress
from tests import postgres
from tests.conftest import ROOT
from tests.test_review_core import TEXT, answer, claim, document


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    programs = postgres.find_programs()
    if programs is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    with postgres.server(programs) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database, as users name it."""
    if request.param == "sqlite":
        yield str(tmp_path / "review.sqlite3")
        return
    url = request.getfixturevalue("postgres_url")
    name = f"t{time.time_ns()}"
    admin = open_engine(url)
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    yield url.rpartition("/")[0] + "/" + name


def open_engine(url: str):
    from sqlalchemy import create_engine

    return create_engine(url.replace("postgresql:", "postgresql+pg8000:"), isolation_level="AUTOCOMMIT")


@pytest.fixture
def database(where: str) -> Iterator[Database]:
    opened = open_database(where)
    load(opened, [document()], "gongbao test")
    yield opened
    opened.close()


def test_the_migrations_make_the_tables_that_the_code_uses(where: str) -> None:
    opened = open_database(where)
    with opened.read() as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    opened.close()
    open_database(where).close()


def test_an_older_database_is_brought_up_to_date(where: str) -> None:
    opened = open_database(where)
    load(opened, [document()], "gongbao test")
    answer(opened, "乙", answer(opened, "甲", claim(opened, "45个"), "accept"), "accept")
    with opened.write() as connection:
        connection.execute(text("ALTER TABLE items DROP COLUMN opinions"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    opened.close()
    again = open_database(where)
    with again.read() as connection:
        rows = connection.execute(text("SELECT quote, opinions FROM items WHERE kind = 'claims'"))
        held = {row.quote: row.opinions for row in rows}
    assert held == {one.quote: 2 if one.quote == "45个" else 0 for one in find(again, Filters(kind="claims"))}
    again.close()


def test_a_newer_database_is_refused(where: str) -> None:
    opened = open_database(where)
    with opened.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    opened.close()
    with pytest.raises(InputError, match="newer gongbao"):
        open_database(where)


def test_a_database_with_other_tables_is_refused(where: str) -> None:
    opened = open_database(where)
    with opened.write() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    opened.close()
    with pytest.raises(InputError, match="holds other tables"):
        open_database(where)


def test_two_who_open_a_new_database_at_once_migrate_it_once(where: str) -> None:
    failures: list[BaseException] = []

    def try_it() -> None:
        try:
            open_database(where).close()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=try_it) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_tables_that_another_makes_between_two_looks_are_no_others(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    look = database_module._current
    looks = iter(
        [lambda _: open_database(where).close(), look, look, look]
    )  # the other one, right after our first look
    monkeypatch.setattr(database_module, "_current", lambda connection: next(looks)(connection))
    open_database(where).close()


def test_a_new_file_that_another_is_using_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "review.sqlite3"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # two that change a new file's mode at once meet each other's locks like this one
    other.execute("CREATE TABLE alembic_version (version_num TEXT)")
    release = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
    release.start()
    open_database(str(path)).close()
    release.join()
    other.close()


def test_the_database_itself_keeps_events(database: Database) -> None:
    answer(database, "甲", claim(database, "45个"), "accept")
    for change in ("UPDATE events SET reviewer = 'x'", "DELETE FROM events"):
        with pytest.raises(DBAPIError, match="never changed"), database.write() as connection:
            connection.execute(text(change))
    assert [event.reviewer for event in all_events(database)] == ["甲"]


def test_a_whole_review(database: Database) -> None:
    """Everything that the library does, on both kinds of database."""
    subject = claim(database, "6.2%")
    accepted = answer(database, "甲", subject, "accept")
    with pytest.raises(StaleError):
        answer(database, "乙", subject, "reject")
    conflict = answer(database, "乙", accepted, "correct", fields={"period": "2022"}, request="one")
    assert answer(database, "乙", accepted, "correct", fields={"period": "2022"}, request="one") == conflict
    assert conflict.state == "conflict"
    assert [row.field for row in agreement(database) if row.agreed == 0.0] == ["period"]
    settled = answer(database, "丙", conflict, "adjudicate", verdict="reject")
    assert settled.state == "rejected"
    assert undo(database, "丙").state == "conflict"
    assert redo(database, "丙").state == "rejected"
    start = TEXT.index("煤炭")
    fields = {"type": "policy", "canonical": "煤炭"}
    add = Decision(action="add", doc_id="qingchuan", kind="entities", span=(start, start + 2), fields=fields)
    added = decide(database, "甲", add)
    skipped = next_item(database, Filters(), "甲")
    assert skipped is not None
    answer(database, "甲", skipped, "skip")
    assert find(database, reviewer="甲")[-1].id == skipped.id
    assert progress(database).states["added"] == 1
    assert progress(database, Filters(answers=2)).todo > progress(database).todo
    assert find(database, Filters(state="todo", answers=2)) and next_item(database, Filters(answers=2), "乙")
    assert not find(database, Filters(state="differs"))
    assert choices(database)["kind"] == ["claims", "entities", "slogans"]
    load(database, [document("序。\n" + TEXT.replace("煤炭", "煤层"))], "gongbao next")
    (orphan,) = find(database, Filters(state="orphan"))
    assert orphan.id == added.id
    carried = item(database, subject.id)
    assert carried is not None and (carried.state, carried.placed) == ("rejected", "moved")
    assert documents(database)[0].extractor == "gongbao next"
    assert len(history(database, subject.id)[0]) == 5
    assert len(find(database, Filters(text="6.2%"))) >= 1
    assert not find(database, Filters(text="6_2%"))


def test_of_those_who_decide_at_once_on_one_record_one_is_first(database: Database) -> None:
    subject = claim(database, "45个")
    outcomes: list[str] = []

    def accept(who: str) -> None:
        try:
            answer(database, who, subject, "accept")
            outcomes.append("accepted")
        except StaleError:
            outcomes.append("stale")

    threads = [threading.Thread(target=accept, args=(f"审{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted"] + ["stale"] * 7
    assert len(list(all_events(database))) == 1


def test_one_request_sent_twice_at_once_counts_once(database: Database) -> None:
    sent = Decision(action="note", item_id=claim(database, "45个").id, text="看", request="one")
    failures: list[BaseException] = []

    def send() -> None:
        try:
            decide(database, "甲", sent)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(list(all_events(database))) == 1


def test_decisions_about_one_record_at_once_wait_for_each_other(database: Database) -> None:
    item_id = claim(database, "45个").id
    failures: list[BaseException] = []

    def send(who: str) -> None:
        try:
            decide(database, who, Decision(action="note", item_id=item_id, text="看"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=send, args=(who,)) for who in "甲乙丙丁戊己庚辛"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert len(list(all_events(database))) == len(threads)


def test_a_decision_that_fails_leaves_nothing(database: Database) -> None:
    before = find(database)
    with pytest.raises(ReviewError):
        decide_all(database, [("甲", Decision(action="accept", item_id=before[0].id)), ("甲", Decision(action="x"))])
    assert find(database) == before and not list(all_events(database))


DECIDING = """
import sys
from pipeline.review.database import open_database
from pipeline.review.deciding import Decision, decide
from pipeline.review.queue import find
database = open_database(sys.argv[1])
items = [item.id for item in find(database)]
for number in range(100000):
    item = items[number % len(items)]
    decide(database, "甲", Decision(action="note", item_id=item, text=str(number), request=f"r{number}"))
    print(number, flush=True)
"""


def test_a_process_killed_in_a_burst_loses_nothing_that_it_acknowledged(database: Database, where: str) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-c", DECIDING, where], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        acknowledged = [int(process.stdout.readline()) for _ in range(50)]
        process.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in process.stdout.read().split("\n") if line.strip()]
    kept = [event.request for event in all_events(database)]
    assert len(kept) == len(set(kept))
    assert {f"r{number}" for number in acknowledged} <= set(kept)
    assert len(kept) - len(acknowledged) <= 1
    notes = {}
    for event in all_events(database):
        notes[event.item_id] = notes.get(event.item_id, 0) + 1
    assert {one.id: one.notes for one in find(database) if one.notes} == notes


def test_a_commit_is_on_disk_and_nobody_else_reads_it(tmp_path: Path) -> None:
    opened = open_database(str(tmp_path / "review.sqlite3"))
    load(opened, [document()], "gongbao test")
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}
    for _ in range(2):
        with opened.write() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
            assert connection.execute(text("PRAGMA synchronous")).scalar() == 2  # FULL
    opened.close()


def test_a_password_in_the_url_is_not_told() -> None:
    with pytest.raises(InputError) as raised:
        open_database("postgresql://gongbao:" + urllib.parse.quote("geheim") + "@127.0.0.1:1/none")
    assert "geheim" not in str(raised.value) and "127.0.0.1:1" in str(raised.value)
