"""The review's server: who may come, what is refused, and that texts stay texts."""

import json
import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from pipeline.document import Document, Metadata
from pipeline.review import users
from pipeline.review.database import Database, open_database
from pipeline.review.guard import LARGEST_BODY, POLICY
from pipeline.review.loading import load
from pipeline.review.queue import Filters, all_events, find, item
from pipeline.review.segments import Marked, paragraphs, window
from pipeline.review.server import Served, make_app
from pipeline.stages import process
from tests.test_review_core import TEXT, document

HOSTILE = (
    "<script>alert(1)</script>市政府工作报告\n"
    "去年，<img src=x onerror=alert(1)>生产总值达到1250.4亿元，𠮷祥镇新增就业3.1万人。\n"
    "今年，\"><b onclick='x'>粮食产量</b>力争达到8亿斤。\n"
)
ORIGIN = "http://127.0.0.1:8317"


@pytest.fixture
def database(tmp_path: Path):
    opened = open_database(str(tmp_path / "review.sqlite3"))
    hostile = process(Document(HOSTILE, doc_id="<b>&x", given=Metadata(date="2024", title="</title><script>")))
    load(opened, [document(), hostile], "gongbao test")
    yield opened
    opened.close()


def client(database: Database, **served: object) -> TestClient:
    given = {"token": "secret", "name": "甲", "port": 8317, **served}
    return TestClient(make_app(database, Served(**given)), base_url=ORIGIN, follow_redirects=False)


@pytest.fixture
def visitor(database: Database) -> TestClient:
    return client(database)


@pytest.fixture
def reviewer(database: Database) -> TestClient:
    visiting = client(database)
    assert visiting.get("/?token=secret").status_code == 200
    page = visiting.get("/")
    (csrf,) = re.findall('<meta name="csrf" content="([^"]+)">', page.text)
    visiting.headers.update({"X-CSRF-Token": csrf, "Origin": ORIGIN})
    return visiting


def decision(database: Database, **told: object) -> dict[str, object]:
    first = find(database, Filters(kind="claims"))[0]
    return {"decision": {"action": "accept", "item_id": first.id, "seen": first.version, **told}}


def test_the_token_gives_a_session_and_leaves_the_address(visitor: TestClient) -> None:
    assert visitor.get("/").status_code == 403
    assert visitor.get("/?token=wrong").status_code == 403
    assert visitor.get("/api/queue").status_code == 401
    welcome = visitor.get("/?token=secret&item=x")
    cookie = welcome.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "secret" not in cookie
    assert 'content="0;url=/?item=x"' in welcome.text and "secret" not in welcome.text
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/?token=wrong", "/static/queue.js", "/static/none.js", "/api/queue", "/api/none", "/document/none"]
)
def test_every_answer_carries_the_policy(visitor: TestClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY and "'none'" in POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert answer.headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8317", "127.0.0.1.evil.example", "", "[::1", "x@127.0.0.1@y"]
)
def test_other_names_are_not_answered_to(reviewer: TestClient, host: str) -> None:
    assert reviewer.get("/", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost", "LOCALHOST:8317", "[::1]:8317"])
def test_own_names_are(visitor: TestClient, host: str) -> None:
    assert visitor.get("/static/queue.js", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("origin", ["http://evil.example", "http://127.0.0.1:9999", "null", "", "http://127.0.0.1"])
def test_other_pages_change_nothing(reviewer: TestClient, database: Database, origin: str) -> None:
    told = decision(database)
    assert reviewer.post("/api/decisions", json=told, headers={"Origin": origin}).status_code == 403
    assert not list(all_events(database))


@pytest.mark.parametrize("path", ["decisions", "undo", "redo", "name", "sign-out"])
def test_nothing_changes_without_the_csrf_token(reviewer: TestClient, database: Database, path: str) -> None:
    for token in ("", "wrong", "错"):
        headers = {"X-CSRF-Token": token.encode()}
        answer = reviewer.post(f"/api/{path}", json=decision(database), headers=headers)
        assert answer.status_code == 403
    assert not list(all_events(database))
    assert reviewer.post(f"/api/{path}", json=decision(database)).status_code != 403


def test_nothing_changes_by_get(reviewer: TestClient) -> None:
    for path in ("decisions", "undo", "redo", "name", "typed", "sign-in", "sign-out"):
        assert reviewer.get(f"/api/{path}").status_code == 405


def test_a_body_too_long_is_refused(reviewer: TestClient) -> None:
    answer = reviewer.post("/api/decisions", content=b" " * (LARGEST_BODY + 1))
    assert answer.status_code == 413

    def parts():
        yield b"{}"

    assert reviewer.post("/api/decisions", content=parts()).status_code == 411


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"decision": {}}',
        b'{"decision": {"action": 1}}',
        b'{"decision": {"action": "accept", "x": 1}}',
        b'{"decision": {"action": "note", "text": "\\ud800"}}',
        b"\xff",
    ],
)
def test_a_malformed_body_is_refused(reviewer: TestClient, body: bytes) -> None:
    assert reviewer.post("/api/decisions", content=body).status_code == 400


def test_decisions_are_taken_and_the_next_record_comes_with_the_answer(
    reviewer: TestClient, database: Database
) -> None:
    told = decision(database) | {"filters": {"kind": "claims", "answers": "1"}}
    answer = reviewer.post("/api/decisions", json=told)
    assert answer.status_code == 200
    body = answer.json()
    assert body["item"]["item"]["state"] == "accepted"
    assert body["next"]["item"]["kind"] == "claims" and body["next"]["item"]["todo"]
    (event,) = all_events(database)
    assert event.reviewer == "甲"
    stale = reviewer.post("/api/decisions", json=told)
    assert stale.status_code == 409 and stale.json()["item"]["item"]["state"] == "accepted"
    wrong = reviewer.post("/api/decisions", json={"decision": {"action": "accept", "item_id": "none"}})
    assert wrong.status_code == 422
    assert reviewer.post("/api/undo", json={}).json()["item"]["item"]["state"] == "open"
    nothing = reviewer.post("/api/undo", json={})
    assert (nothing.status_code, nothing.json()["error"]) == (422, "没有可撤销的。")
    assert reviewer.post("/api/redo", json={}, headers={"X-Language": "en"}).status_code == 200


def test_what_is_typed_is_read(reviewer: TestClient) -> None:
    asked = {"kind": "claims", "field": "period", "typed": "去年", "doc_id": "qingchuan"}
    assert reviewer.post("/api/typed", json=asked).json() == {"fields": {"period": "2023"}}
    other = reviewer.post("/api/typed", json=asked | {"kind": "poems", "field": "value"})
    assert other.status_code == 422
    assert "no records are 'poems'" in other.text
    wrong = reviewer.post("/api/typed", json=asked | {"typed": "从前"}, headers={"X-Language": "en"})
    assert wrong.status_code == 422 and wrong.json()["error"].startswith("Not a time")


def test_texts_are_never_markup(reviewer: TestClient, database: Database) -> None:
    page = reviewer.get("/document/%3Cb%3E%26x")
    assert page.status_code == 200
    assert "<script>" not in page.text and "&lt;/title&gt;&lt;script&gt;" in page.text
    part = reviewer.get("/api/documents/%3Cb%3E%26x")
    assert part.headers["content-type"] == "application/json"
    segments = [segment for one in part.json()["paragraphs"] for segment in one["segments"]]
    assert "".join(segment["text"] for segment in segments) == HOSTILE
    assert all(HOSTILE[s["start"] :].startswith(s["text"]) for s in segments)
    for name in ("<script>alert(1)</script>", "a" * 101, " ", "\x07"):
        reviewer.post("/api/name", json={"reviewer": name})
        assert "<script>alert" not in reviewer.get("/").text
    for static in (Path(users.__file__).parent / "static").glob("*.js"):
        assert "innerHTML" not in static.read_text("utf-8") and "eval(" not in static.read_text("utf-8")
    for template in (Path(users.__file__).parent / "templates").iterdir():
        source = template.read_text("utf-8")
        assert "|safe" not in source.replace(" ", "") and "style=" not in source
        assert not re.search(r"<script(?![^>]*src=)", source) and not re.search(r"\son[a-z]+=", source)


def test_a_record_is_shown_with_its_paragraph(reviewer: TestClient, database: Database) -> None:
    (found,) = [
        one for one in find(database, Filters(kind="claims")) if one.quote == "3.1万人" and one.doc_id == "<b>&x"
    ]
    view = reviewer.get(f"/api/items/{found.id}").json()["item"]
    marked = [s for p in view["paragraphs"] for s in p["segments"] if found.id in s["marks"]]
    assert [(s["start"], s["text"]) for s in marked] == [(HOSTILE.index("3.1万人"), "3.1万人")]
    assert found.id in view["marks"]
    assert [field["name"] for field in view["fields"]][:2] == ["indicator", "value"]
    assert view["statement"].endswith("3.1万人 · 实际")
    english = reviewer.get(f"/api/items/{found.id}", headers={"X-Language": "en"}).json()["item"]
    assert english["statement"].endswith("· actual")


def test_filters_of_the_address_are_met(reviewer: TestClient) -> None:
    lines = reviewer.get("/api/queue?kind=claims&document=qingchuan&limit=2").json()
    assert len(lines["lines"]) == 2 and lines["progress"]["items"] > 2
    assert {line["kind"] for line in lines["lines"]} == {"claims"}
    assert reviewer.get("/api/queue?limit=x&offset=-1").status_code == 200
    start = reviewer.get("/api/start").json()
    assert {one["doc_id"] for one in start["documents"]} == {"qingchuan", "<b>&x"}
    assert reviewer.get("/api/items/none").status_code == 404
    assert reviewer.get("/api/documents/none").status_code == 404


def test_names_and_passwords(database: Database) -> None:
    asking = client(database, token=None)
    origin = {"Origin": ORIGIN}
    assert users.set_password(database, "甲", "一个长的口令一个长的口令")
    assert not users.set_password(database, "甲", "correct horse battery")
    assert asking.get("/").headers["location"] == "/sign-in"
    assert asking.get("/?token=secret").headers["location"] == "/sign-in"
    assert asking.get("/sign-in").status_code == 200
    for name, password in (("甲", "一个长的口令一个长的口令"), ("乙", "correct horse battery"), ("甲", "")):
        wrong = asking.post("/api/sign-in", json={"reviewer": name, "password": password}, headers=origin)
        assert wrong.status_code == 403
    right = {"reviewer": "甲", "password": "correct horse battery"}
    assert asking.post("/api/sign-in", json=right, headers={"Origin": "http://evil.example"}).status_code == 403
    secure = asking.post("/api/sign-in", json=right, headers={**origin, "X-Forwarded-Proto": "https"})
    assert "Secure" in secure.headers["set-cookie"]
    assert asking.post("/api/sign-in", json=right, headers=origin).status_code == 200
    page = asking.get("/")
    (csrf,) = re.findall('<meta name="csrf" content="([^"]+)">', page.text)
    asking.headers.update({"X-CSRF-Token": csrf, **origin})
    assert asking.post("/api/name", json={"reviewer": "乙"}).status_code == 403
    assert asking.post("/api/decisions", json=decision(database)).status_code == 200
    assert [event.reviewer for event in all_events(database)] == ["甲"]
    assert asking.post("/api/sign-out", json={}).status_code == 200
    assert asking.get("/api/queue").status_code == 401


def test_guessing_has_to_wait(database: Database) -> None:
    asking = client(database, token=None)
    users.set_password(database, "甲", "correct horse battery")
    wrong = {"reviewer": "甲", "password": "guess"}
    answers = [asking.post("/api/sign-in", json=wrong, headers={"Origin": ORIGIN}).status_code for _ in range(7)]
    assert answers == [403] * 5 + [429] * 2


def test_passwords_and_cookies_are_not_kept_as_they_are(database: Database, tmp_path: Path) -> None:
    users.set_password(database, "甲", "correct horse battery")
    cookie, _ = users.sign_in(database, "甲")
    held = b"".join(path.read_bytes() for path in tmp_path.glob("review.sqlite3*"))
    assert b"$argon2id$" in held
    assert b"correct horse" not in held and cookie.encode() not in held
    users.remove(database, "甲")
    assert users.session_of(database, cookie) is None and users.names(database) == []


def test_segments_cover_the_text_whatever_overlaps() -> None:
    text = "甲𠮷乙。\n丙丁戊己庚辛。"
    sentences = [[0, 4, 0, 1], [5, 12, 1, 0]]
    shown = paragraphs(text, sentences, [Marked("a", 1, 3), Marked("b", 2, 7), Marked("c", 5, 6)], 0, len(text))
    assert "".join(segment.text for one in shown for segment in one.segments) == text
    assert [(one.heading, [(s.text, s.marks) for s in one.segments]) for one in shown] == [
        (True, [("甲", []), ("𠮷", ["a"]), ("乙", ["b", "a"]), ("。\n", ["b"])]),
        (False, [("丙", ["b", "c"]), ("丁", ["b"]), ("戊己庚辛。", [])]),
    ]
    assert window(sentences, 6, 7) == (5, 12)
    assert window([], 3, 4) == (3, 4)


def test_a_long_paragraph_is_shown_in_part() -> None:
    sentences = [[start, start + 100, 0, 0] for start in range(0, 10_000, 100)]
    start, end = window(sentences, 5050, 5060)
    assert start < 5050 < 5060 < end and end - start < 2500 and start % 100 == end % 100 == 0


def test_the_next_is_another_after_a_skip(reviewer: TestClient, database: Database) -> None:
    first = reviewer.get("/api/next").json()["item"]["item"]
    told = {"decision": {"action": "skip", "item_id": first["id"]}}
    following = reviewer.post("/api/decisions", json=told).json()["next"]["item"]
    assert following["id"] != first["id"]
    found = item(database, first["id"])
    assert found is not None and found.state == "open"


def test_pages_are_said_in_both_languages(reviewer: TestClient) -> None:
    assert "公报审核" in reviewer.get("/").text
    page = reviewer.get("/?lang=en").text
    assert '<html lang="en">' in page and "Review" in page
    labels = reviewer.get("/api/start").json()["labels"]
    english = reviewer.get("/api/start", headers={"X-Language": "en"}).json()["labels"]
    assert labels.keys() == english.keys() and json.dumps(labels) != json.dumps(english)
    assert TEXT[:3] == "晴川市"
