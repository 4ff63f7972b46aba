"""Decisions go over to a new run, a better extractor, a corrected text; what is gone is an orphan, nothing is lost."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document, Record
from pipeline.review.anchoring import OffsetMap, Target, anchor
from pipeline.review.database import Database, open_database
from pipeline.review.deciding import Decision, decide, undo
from pipeline.review.items import Item
from pipeline.review.loading import load
from pipeline.review.queue import Filters, all_events, find, history, item
from pipeline.review.views import Views
from tests.test_review_core import TEXT, answer, claim, document


@pytest.fixture
def database(tmp_path: Path):
    opened = open_database(str(tmp_path / "review.sqlite3"))
    load(opened, [document()], "gongbao 1")
    yield opened
    opened.close()


def replaced(doc: Document, which: str, **fields: object) -> Document:
    """Return `doc` as another extractor would have read it: the claim `which` with other fields."""
    doc.claims = tuple(
        msgspec.structs.replace(found, **fields) if found.quote == which else found for found in doc.claims
    )
    return doc


def without(doc: Document, quote: str) -> Document:
    doc.claims = tuple(found for found in doc.claims if found.quote != quote)
    return doc


def test_offsets_follow_the_characters() -> None:
    old, new = "甲乙丙丁，戊己庚。", "【甲乙丙】丁，新戊己庚！"
    offsets = OffsetMap(old, new)
    assert [new[at] if (at := offsets.offset(i)) is not None else None for i in range(len(old))] == [*old[:8], None]
    assert offsets.span(1, 4) == (2, 6)


def test_of_equal_words_the_one_in_the_same_words_is_taken() -> None:
    old = "第一产业增长5%，第二产业增长7%。城镇居民收入增长5%。"
    new = "城镇居民收入增长5%。第二产业增长7%，第一产业增长5%。"
    here = old.rindex("5%")
    target = Target(new, {}.get)
    place = target.find(anchor(old, here, here + 2))
    assert place is not None and new[: place.end].endswith("收入增长5%")
    assert target.find(anchor("全年出口增长5%左右，好于预期", 6, 8)) is None


def test_a_better_extractor_changes_nothing_that_was_decided(database: Database) -> None:
    corrected = answer(database, "甲", claim(database, "6.2%"), "correct", fields={"period": "2022"})
    accepted = answer(database, "甲", claim(database, "45个"), "accept")
    rejected = answer(database, "甲", claim(database, "3.1万人"), "reject")
    better = replaced(document(), "45个", indicator="新签项目", id="f00d")
    better = replaced(replaced(better, "3.1万人", kind="change_amount"), "6.2%", period="2022")
    loaded = load(database, [better], "gongbao 2")
    assert loaded.carried == {"same": 3}
    now = item(database, accepted.id)
    assert now is not None and (now.state, now.record_id, now.differs) == ("accepted", "f00d", ["indicator"])
    assert now.fields == accepted.fields
    now = item(database, corrected.id)
    assert now is not None and (now.state, now.differs) == ("corrected", [])
    # What was rejected is something else now: it stays rejected, and is asked about again.
    now = item(database, rejected.id)
    assert now is not None and (now.state, now.differs, now.todo) == ("rejected", ["kind"], True)
    assert not answer(database, "甲", now, "reject").todo


def test_what_the_extractor_no_longer_finds_keeps_its_decision(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "45个"), "accept")
    load(database, [without(document(), "45个")], "gongbao 2")
    now = item(database, accepted.id)
    assert now is not None and (now.state, now.record_id, now.fields) == ("accepted", None, accepted.fields)
    load(database, [document()], "gongbao 3")
    now = item(database, accepted.id)
    assert now is not None and now.record_id == accepted.record_id
    assert undo(database, "甲").state == "open"


def test_another_span_of_the_same_record_meets_its_decision(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "7%以上"), "accept")
    wider = replaced(document(), "7%以上", start=accepted.start - 2, quote="增长7%以上", id="beef")
    load(database, [wider], "gongbao 2")
    now = item(database, accepted.id)
    assert now is not None and (now.quote, now.record_id, now.differs) == ("7%以上", "beef", ["span"])
    assert not [found for found in find(database) if found.quote == "增长7%以上"]


def test_a_corrected_span_keeps_its_record(database: Database) -> None:
    found = claim(database, "7%以上")
    answer(database, "甲", found, "correct", span=(found.start, found.start + 2))
    load(database, [document("开头。\n" + TEXT)], "gongbao 2")
    now = item(database, found.id)
    assert now is not None and (now.quote, now.extracted and now.extracted["quote"]) == ("7%", "7%以上")
    assert len([one for one in find(database, Filters(kind="claims")) if "7%" in one.quote]) == 1


def test_decisions_follow_an_edited_text(database: Database) -> None:
    decided = [answer(database, "甲", found, "accept") for found in find(database)]
    edited = (
        TEXT.replace("去年，全市", "二〇二三年，\n全市").replace("一、", "第一部分　").replace("增长6.2%", "增 长6.2％")
    )
    loaded = load(database, [document(edited)], "gongbao 1")
    assert sum(loaded.carried.values()) == len(decided) and set(loaded.carried) <= {"moved", "found"}
    for before in decided:
        now = item(database, before.id)
        assert now is not None and now.state == "accepted"
        assert now.start is not None and edited[now.start : now.end] == now.quote
    (claim_,) = [one for one in find(database, Filters(kind="claims")) if one.quote == "6.2％"]
    assert claim_.record_id is not None


def test_what_is_gone_is_an_orphan_until_it_is_reattached_or_comes_back(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "45个"), "accept")
    edited = TEXT.replace("45个", "54个")
    assert load(database, [document(edited)], "gongbao 1").carried == {"orphan": 1}
    (orphan,) = find(database, Filters(state="orphan"))
    assert (orphan.id, orphan.quote, orphan.start, orphan.fields) == (accepted.id, "45个", None, accepted.fields)
    assert claim(database, "54个").state == "open"
    at = edited.index("54个")
    attached = answer(database, "甲", orphan, "reattach", span=(at, at + 3))
    assert (attached.quote, attached.state) == ("54个", "accepted")
    assert not find(database, Filters(state="orphan"))
    assert undo(database, "甲").placed == "orphan"
    load(database, [document()], "gongbao 1")
    now = item(database, accepted.id)
    assert now is not None and (now.quote, now.placed, now.state) == ("45个", "same", "accepted")


def test_a_renamed_document_keeps_its_decisions(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "45个"), "accept")
    load(database, [document(doc_id="report-2024")], "gongbao 1")
    now = item(database, accepted.id)
    assert now is not None and (now.doc_id, now.state) == ("report-2024", "accepted")
    assert len([found for found in find(database) if found.quote == "45个"]) == 1


def test_members_follow_a_renamed_document(database: Database) -> None:
    (slogan,) = [found for found in find(database, Filters(kind="slogans")) if found.quote == "三大产业"]
    answer(database, "甲", slogan, "correct", fields={"members": slogan.fields["members"][1:]})
    load(database, [document(doc_id="report-2024")], "gongbao 1")
    now = item(database, slogan.id)
    assert now is not None
    assert [(m["doc_id"], TEXT[m["start"] : m["end"]]) for m in now.fields["members"]] == [
        ("report-2024", "电力"),
        ("report-2024", "文旅"),
    ]


def test_what_was_only_noted_is_not_hidden(database: Database) -> None:
    noted = answer(database, "甲", claim(database, "45个"), "note", text="待查")
    flagged = answer(database, "甲", claim(database, "6.2%"), "flag")
    skipped = answer(database, "甲", claim(database, "3.1万人"), "skip")
    doc = without(without(without(document(), "45个"), "6.2%"), "3.1万人")
    load(database, [doc], "gongbao 2")
    listed = {found.id: found for found in find(database)}
    assert [listed[one.id].state for one in (noted, flagged)] == ["open", "open"]
    assert not listed[noted.id].todo and skipped.id not in listed
    load(database, [document()], "gongbao 3")
    assert {noted.id, flagged.id, skipped.id} <= {found.id for found in find(database, Filters(state="todo"))}


def test_an_orphan_is_shown_where_its_words_were(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "45个"), "accept")
    edited = "序言。\n" + TEXT.replace("新签约项目45个", "新签约一批项目")
    load(database, [document(edited)], "gongbao 1")
    orphan = item(database, accepted.id)
    assert orphan is not None and orphan.start is None
    view = Views(database, "zh").item(orphan)
    shown = "".join(segment.text for one in view.paragraphs for segment in one.segments)
    assert "新签约一批项目" in shown and view.context[0].endswith("新签约项目")


def test_a_document_that_is_away_comes_back_with_its_decisions(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "45个"), "accept")
    load(database, [document("另一篇。去年新增就业2万人。", "other")], "gongbao 1")
    assert {found.doc_id for found in find(database)} == {"other"}
    load(database, [document(), document("另一篇。去年新增就业2万人。", "other")], "gongbao 1")
    assert item(database, accepted.id) == accepted


def test_members_follow_their_texts(database: Database) -> None:
    (slogan,) = [found for found in find(database, Filters(kind="slogans")) if found.quote == "三大产业"]
    answer(database, "甲", slogan, "correct", fields={"members": slogan.fields["members"][1:]})
    edited = "序言在前。\n" + TEXT.replace("文旅", "旅游")
    load(database, [document(edited)], "gongbao 1")
    now = item(database, slogan.id)
    assert now is not None
    power, tourism = now.fields["members"]
    assert edited[power["start"] : power["end"]] == "电力"
    assert (tourism["quote"], tourism["start"]) == ("文旅", None)


def overlapping(found: Record, begin: int, end: int) -> bool:
    return found.start < end and begin < found.end


EDITS = st.lists(
    st.tuples(
        st.integers(0, len(TEXT)),
        st.integers(0, 12),
        st.text(st.sampled_from("一二三，。\n增长5%万元煤炭 　𠮷去年全市"), max_size=15),
    ),
    min_size=1,
    max_size=6,
)


@given(EDITS)
@settings(max_examples=40)
def test_no_edit_loses_a_decision(tmp_path_factory: pytest.TempPathFactory, edits: list[tuple[int, int, str]]) -> None:
    """Every decision is at words that are its own, or among the orphans; and all come back with the first text."""
    database = open_database(str(tmp_path_factory.mktemp("review") / "review.sqlite3"))
    load(database, [document()], "gongbao 1")
    decided = [answer(database, "甲", found, "accept") for found in find(database, Filters(kind="claims"))]
    edited = TEXT
    for at, length, put in edits:
        edited = edited[:at] + put + edited[at + length :]
    load(database, [document(edited)] if edited.strip() else [], "gongbao 1")
    for before in decided:
        now = item(database, before.id)
        assert now is not None
        assert (now.state, now.fields) == (before.state, before.fields)
        assert [event.action for event in history(database, before.id)[0]] == ["accept"]
        if edited.strip():
            check_place(now, before, edited)
    load(database, [document()], "gongbao 1")
    assert [item(database, before.id) for before in decided] == decided
    assert len(list(all_events(database))) == len(decided)
    database.close()


def check_place(now: Item, before: Item, edited: str) -> None:
    if now.start is None:
        assert now.placed == "orphan"
        assert now.quote == before.quote
    else:
        assert edited[now.start : now.end] == now.quote
        assert "".join(now.quote.split()) == "".join(before.quote.split())
    around = TEXT[before.start - 10 : before.end + 10]
    if edited.count(around) == 1 and edited.count(before.quote) == 1:
        assert now.start == edited.index(around) + 10


def test_a_decision_is_about_what_was_seen_not_what_a_run_put_in_its_place(database: Database) -> None:
    seen = claim(database, "45个")
    load(database, [replaced(document(), "45个", unit="家")], "gongbao 2")
    from pipeline.errors import StaleError

    with pytest.raises(StaleError):
        decide(database, "甲", Decision(action="accept", item_id=seen.id, seen=seen.version))
