"""Load on the review's server: simulated reviewers decide over HTTP; latency, and whether all is there afterwards.

usage: review.py RUN_DIR [--reviewers 20] [--decisions 10000] [--db FILE or URL] [--pause 0] [--kill]

Each reviewer takes the next record of the queue, answers it, sometimes corrects a field, adds a note or undoes; where
another was faster, it takes the answer that the server shows and goes on. With --kill the server is killed (SIGKILL)
twice on the way and started again; requests that were not answered are sent again under their names. Afterwards every
decision that was acknowledged must stand in the database exactly once.
"""

import argparse
import random
import re
import secrets
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from pipeline.review.database import open_database
from pipeline.review.queue import all_events, progress

ROOT = Path(__file__).parent.parent


class Server:
    """The server as users start it, on one port however often it is started."""

    def __init__(self, run: Path, db: str) -> None:
        self._command = [sys.executable, str(ROOT / "cli.py"), "review", "--run", str(run), "--db", db]
        self._port: int | None = None
        self.start()

    def start(self) -> None:
        """Start it, and wait for its link."""
        port = [] if self._port is None else ["--port", str(self._port)]
        self.process = subprocess.Popen([*self._command, *port], stdout=subprocess.PIPE, text=True)
        self.link = self.process.stdout.readline().strip()
        self._port = int(re.search(r":(\d+)/", self.link)[1])
        self.origin = self.link.partition("/?")[0]

    def stop(self, how: int = signal.SIGINT) -> None:
        """Send the signal `how`, and wait until it has ended."""
        self.process.send_signal(how)
        self.process.wait()


class Reviewer(threading.Thread):
    """Decides until all decisions are taken."""

    def __init__(self, number: int, server: Server, budget: "Budget", pause: float) -> None:
        super().__init__()
        self._pause = pause
        self._random = random.Random(number)
        self._name = f"审{number:02}"
        self._server, self._budget = server, budget
        self._filters = {"answers": 20}  # that everybody is asked about everything
        self.seconds: list[float] = []
        self.acknowledged: list[str] = []
        self.stale = self.failures = 0

    def run(self) -> None:
        """Sign in and decide."""
        with httpx.Client(base_url=self._server.origin, headers={"Origin": self._server.origin}, timeout=60) as http:
            page = http.get("/", params={"token": self._server.link.partition("token=")[2]})
            csrf = re.search('name="csrf" content="([^"]+)"', http.get("/").text)
            assert page.status_code == 200 and csrf
            http.headers["X-CSRF-Token"] = csrf[1]
            http.post("/api/name", json={"reviewer": self._name}).raise_for_status()
            view = self._next(http)
            while self._budget.take():
                time.sleep(self._random.uniform(0, 2 * self._pause))
                view = self._decide(http, view)

    def _decide(self, http: httpx.Client, view: dict | None) -> dict | None:
        draw = self._random.random()
        if view is None or draw < 0.05:
            self._send(http, "/api/undo", {"request": secrets.token_hex(8)})
            return view or self._next(http)
        item = view["item"]
        decision = {"item_id": item["id"], "seen": item["version"], "request": secrets.token_hex(8)}
        if draw < 0.15:
            decision |= {"action": "note", "text": "待查"}
        elif draw < 0.3 and item["kind"] == "claims":
            decision |= {"action": "correct", "fields": {"region": f"{self._random.choice('甲乙丙丁')}市"}}
        else:
            decision |= {"action": "accept" if draw < 0.8 else "reject"}
        answer = self._send(http, "/api/decisions", {"decision": decision, "filters": self._filters})
        if answer.status_code == 409:
            self.stale += 1
            return answer.json()["item"]
        return answer.json().get("next")

    def _send(self, http: httpx.Client, path: str, body: dict) -> httpx.Response:
        began = time.perf_counter()
        answer = self._insist(lambda: http.post(path, json=body))
        self.seconds.append(time.perf_counter() - began)
        if answer.status_code == 200:
            self.acknowledged.append(body.get("request") or body["decision"]["request"])
        elif answer.status_code not in (409, 422):
            raise SystemExit(f"{answer.status_code}: {answer.text[:300]}")
        return answer

    def _next(self, http: httpx.Client) -> dict | None:
        return self._insist(lambda: http.get("/api/next", params=self._filters)).json()["item"]

    def _insist(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        while True:
            try:
                return ask()
            except httpx.TransportError:
                self.failures += 1
                time.sleep(0.2)


class Budget:
    """So many decisions, shared by all."""

    def __init__(self, number: int) -> None:
        self.left = number
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Take one, if there is one left."""
        with self._lock:
            self.left -= 1
            return self.left >= 0


def main() -> None:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--reviewers", type=int, default=20)
    parser.add_argument("--decisions", type=int, default=10_000)
    parser.add_argument("--db")
    parser.add_argument("--pause", type=float, default=0.0, help="seconds that each takes to read, on average")
    parser.add_argument("--kill", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(given, given.db or f"{folder}/review.sqlite3")


def measure(given: argparse.Namespace, db: str) -> None:
    """Have the reviewers decide, and print what came of it."""
    server, budget = Server(given.run, db), Budget(given.decisions)
    reviewers = [Reviewer(number, server, budget, given.pause) for number in range(given.reviewers)]
    began = time.perf_counter()
    for reviewer in reviewers:
        reviewer.start()
    for share in (2 / 3, 1 / 3) if given.kill else ():
        while budget.left > given.decisions * share:
            time.sleep(0.05)
        server.stop(signal.SIGKILL)
        server.start()
    for reviewer in reviewers:
        reviewer.join()
    seconds = time.perf_counter() - began
    server.stop()
    database = open_database(db)
    kept = [event.request for event in all_events(database) if event.request]
    acknowledged = [name for reviewer in reviewers for name in reviewer.acknowledged]
    latencies = sorted(value for reviewer in reviewers for value in reviewer.seconds)
    print(
        f"records {progress(database).items}, reviewers {given.reviewers}, requests {len(latencies)} in {seconds:.1f} s"
    )
    stale, again = (sum(getattr(r, name) for r in reviewers) for name in ("stale", "failures"))
    print(f"acknowledged {len(acknowledged)}, changed meanwhile {stale}, sent again {again}")
    for share in (0.5, 0.9, 0.99, 1.0):
        print(f"p{share * 100:g} {latencies[min(len(latencies) - 1, int(share * len(latencies)))] * 1000:.0f} ms")
    lost = set(acknowledged) - set(kept)
    print(f"lost {len(lost)}, twice {len(kept) - len(set(kept))}")
    if lost or len(kept) != len(set(kept)):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
