"""What people decided on the records of an earlier commit holds for today's: see tests/earlier/README.md."""

import shutil
from pathlib import Path

import pytest

from pipeline.reading import read_document
from pipeline.review.agreement import agreement
from pipeline.review.database import Database, open_database
from pipeline.review.items import Item
from pipeline.review.loading import load, read_run
from pipeline.review.queue import Filters, all_events, find, item, progress
from pipeline.stages import process
from tests.conftest import ROOT
from tests.test_review_core import answer

EARLIER = ROOT / "tests" / "earlier"
TEXT = Path("texts/qingchuan-2024.txt")


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shutil.copytree(EARLIER, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    opened = open_database("review.sqlite3")
    docs, extractor = read_run(Path())
    assert extractor == "gongbao 0.1.0.dev"
    load(opened, docs, extractor)
    yield opened
    opened.close()


def decide_on_everything(database: Database) -> list[Item]:
    """Have two people answer all records: most right, some wrong, some corrected, some both ways."""
    for number, found in enumerate(find(database, order="text")):
        if number % 7 == 3:
            given = answer(database, "甲", found, "reject")
        elif number % 7 == 5 and found.kind == "claims":
            given = answer(database, "甲", found, "correct", fields={"region": "晴川市"})
        else:
            given = answer(database, "甲", found, "accept")
        if number % 3 == 0:
            answer(database, "乙", given, "reject" if number % 2 else "accept")
    return find(database, order="text")


def today(database: Database, text: str | None = None) -> None:
    if text is not None:
        TEXT.write_text(text, "utf-8")
    doc = process(read_document(TEXT, "qingchuan-2024"))
    load(database, [doc], "gongbao today")


def test_every_decision_holds_for_today_s_records(database: Database) -> None:
    before = decide_on_everything(database)
    events = list(all_events(database))
    measured = agreement(database)
    today(database)
    assert list(all_events(database)) == events
    assert agreement(database) == measured
    text = TEXT.read_text("utf-8")
    for decided in before:
        now = item(database, decided.id)
        assert now is not None
        assert (now.state, now.quote, now.placed) == (decided.state, decided.quote, "same")
        assert text[now.start : now.end] == now.quote
        if now.state != "conflict":
            assert now.fields == decided.fields
    assert not find(database, Filters(state="orphan"))
    fresh = find(database, Filters(state="open"))
    assert fresh and not {one.id for one in fresh} & {one.id for one in before}


def test_another_reading_meets_the_old_decision(database: Database) -> None:
    """The earlier rules called a share of an economy a level, and cut the name of a meeting short."""
    (share,) = [one for one in find(database, Filters(kind="claims")) if one.quote == "47.5"]
    (meeting,) = [one for one in find(database, Filters(kind="entities")) if one.quote.endswith("届人民代表大会")]
    answer(database, "甲", share, "reject")
    answer(database, "甲", meeting, "accept")
    today(database)
    again = item(database, share.id)
    assert again is not None and again.state == "rejected" and again.todo
    assert {"indicator", "kind"} <= set(again.differs)
    longer = item(database, meeting.id)
    assert longer is not None and longer.extracted is not None
    assert longer.extracted["quote"].endswith("第四次会议") and longer.record_id != meeting.record_id
    assert "span" in longer.differs


def test_they_hold_in_a_corrected_text_too(database: Database) -> None:
    before = decide_on_everything(database)
    text = TEXT.read_text("utf-8")
    edited = "【字号：大 中 小】\n" + text.replace("45个", "46个").replace("晴川博物馆", "晴川市博物馆\n").replace(
        "二、", "（二）"
    )
    today(database, edited)
    lost = [one for one in before if one.quote == "45个"]
    assert [one.id for one in find(database, Filters(state="orphan"))] == [one.id for one in lost] != []
    for decided in before:
        now = item(database, decided.id)
        assert now is not None and now.state == decided.state
        if decided not in lost:
            assert now.start is not None and edited[now.start : now.end] == now.quote
    assert progress(database).states["orphan"] == len(lost)
    today(database, text)
    assert {one.id: one.quote for one in before}.items() <= {one.id: one.quote for one in find(database)}.items()
