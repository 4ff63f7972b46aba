"""Decisions are kept as events; the state of a record follows from them."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.document import Document, Metadata
from pipeline.errors import InputError, ReviewError, StaleError
from pipeline.review.agreement import agreement
from pipeline.review.database import Database, open_database
from pipeline.review.deciding import Decision, decide, decide_all, redo, undo
from pipeline.review.fields import CLAIM_KINDS, COMPARATORS, ENTITY_TYPES, FIELDS, SLOGAN_TYPES
from pipeline.review.items import Item
from pipeline.review.loading import load
from pipeline.review.queue import Filters, all_events, choices, documents, find, history, item, next_item, progress
from pipeline.review.typed import read_typed
from pipeline.stages import process

TEXT = (
    "晴川市政府工作报告\n\n一、过去一年的工作\n去年，全市地区生产总值达到1250.4亿元、增长6.2%，城镇新增就业3.1万人。"
    "我们做强“三大产业”：煤炭、电力、文旅，晴川经济技术开发区新签约项目45个。\n"
    "二、今年的目标\n今年，地区生产总值力争增长7%以上，粮食产量稳定在8亿斤。\n"
)


def document(text: str = TEXT, doc_id: str = "qingchuan") -> Document:
    return process(Document(text, doc_id=doc_id, given=Metadata(date="2024-02-08", region="晴川市")))


@pytest.fixture
def database(tmp_path: Path):
    opened = open_database(str(tmp_path / "review.sqlite3"))
    load(opened, [document()], "gongbao test")
    yield opened
    opened.close()


def claim(database: Database, quote: str) -> Item:
    (found,) = [item for item in find(database, Filters(kind="claims")) if item.quote == quote]
    return found


def answer(database: Database, who: str, subject: Item, action: str, **more: object) -> Item:
    return decide(database, who, Decision(**{"action": action, "item_id": subject.id, "seen": subject.version, **more}))


def test_an_extraction_is_loaded_once(database: Database) -> None:
    before = find(database)
    assert {found.state for found in before} == {"open"}
    assert all(found.quote == TEXT[found.start : found.end] for found in before)
    assert load(database, [document()], "gongbao test").changed == 0
    assert find(database) == before


def test_answers_make_the_state(database: Database) -> None:
    accepted = answer(database, "甲", claim(database, "1250.4亿元"), "accept")
    assert (accepted.state, accepted.todo, accepted.differs) == ("accepted", False, [])
    corrected = answer(database, "甲", claim(database, "6.2%"), "correct", fields={"period": "2022"})
    assert (corrected.state, corrected.fields["period"], corrected.differs) == ("corrected", "2022", ["period"])
    rejected = answer(database, "甲", claim(database, "45个"), "reject")
    assert (rejected.state, rejected.todo) == ("rejected", False)
    assert progress(database, Filters(kind="claims")).states["rejected"] == 1


def test_the_second_reviewer_sees_the_first_s_answer_and_a_conflict_is_adjudicated(database: Database) -> None:
    seen = claim(database, "6.2%")
    answer(database, "甲", seen, "accept")
    with pytest.raises(StaleError):
        answer(database, "乙", seen, "correct", fields={"period": "2022"})
    now = item(database, seen.id)
    assert now is not None and now.state == "accepted"
    conflict = answer(database, "乙", now, "correct", fields={"period": "2022"})
    assert conflict.state == "conflict" and conflict.todo
    assert find(database, Filters(state="conflict")) == [conflict]
    _, folded = history(database, seen.id)
    assert folded is not None
    assert [(a.reviewer, a.verdict, a.fields["period"]) for a in folded.answers] == [
        ("甲", "accept", "2023"),
        ("乙", "correct", "2022"),
    ]
    decided = answer(database, "丙", conflict, "adjudicate", verdict="correct", fields={"period": "2023"})
    assert (decided.state, decided.fields["period"], decided.todo) == ("accepted", "2023", False)
    (row,) = [row for row in agreement(database) if row.field == "period"]
    assert (row.items, row.agreed) == (1, 0.0)
    assert undo(database, "丙").state == "conflict"


def test_an_adjudication_takes_one_of_the_answers(database: Database) -> None:
    found = claim(database, "7%以上")
    first = answer(database, "甲", found, "correct", span=(found.start - 2, found.end), fields={"period": "2022"})
    second = answer(database, "乙", first, "correct", span=(found.start, found.end), fields={"period": "2021"})
    conflict = answer(database, "丁", second, "reject")
    assert (conflict.state, conflict.fields["period"]) == ("conflict", "2021")
    _, folded = history(database, found.id)
    assert folded is not None
    events = {one.reviewer: one.event_id for one in folded.answers}
    with pytest.raises(ReviewError, match="no answer"):
        answer(database, "丙", conflict, "adjudicate", answer=99)
    settled = answer(database, "丙", conflict, "adjudicate", answer=events["甲"])
    assert (settled.state, settled.fields["period"], settled.quote) == ("corrected", "2022", "增长7%以上")
    undo(database, "丙")
    assert answer(database, "丙", conflict, "adjudicate", seen=None, answer=events["丁"]).state == "rejected"


def test_equal_answers_are_no_conflict(database: Database) -> None:
    first = answer(database, "甲", claim(database, "6.2%"), "correct", fields={"indicator": "GDP 总量"})
    second = answer(database, "乙", first, "accept")
    assert (second.state, second.fields["indicator"]) == ("corrected", "GDP 总量")


def test_undo_goes_back_through_everything_and_redo_forward(database: Database) -> None:
    start = claim(database, "45个")
    states = ["open"]
    for action, more in (
        ("accept", {}),
        ("reject", {}),
        ("note", {"text": "待查"}),
        ("flag", {}),
        ("correct", {"fields": {"unit": "项"}}),
    ):
        now = item(database, start.id)
        assert now is not None
        states.append(answer(database, "甲", now, action, **more).state)
    assert states == ["open", "accepted", "rejected", "rejected", "rejected", "corrected"]
    back = [undo(database, "甲") for _ in range(5)]
    assert [found.state for found in back] == states[-2::-1]
    assert (back[-1].fields, back[-1].flagged, back[-1].notes) == (start.fields, False, 0)
    with pytest.raises(ReviewError, match="nothing to undo"):
        undo(database, "甲")
    forward = [redo(database, "甲") for _ in range(5)]
    assert forward[-1].state == "corrected" and forward[-1].flagged and forward[-1].notes == 1
    with pytest.raises(ReviewError, match="nothing to redo"):
        redo(database, "甲")
    assert len(list(all_events(database))) == 15


def test_nobody_undoes_what_others_did(database: Database) -> None:
    answer(database, "甲", claim(database, "45个"), "accept")
    with pytest.raises(ReviewError):
        undo(database, "乙")
    (event,) = all_events(database)
    with pytest.raises(ReviewError):
        undo(database, "乙", event.id)


def test_a_missed_record_is_added_and_taken_back(database: Database) -> None:
    start = TEXT.index("煤炭")
    add = Decision(
        action="add",
        doc_id="qingchuan",
        kind="entities",
        span=(start, start + 2),
        fields={"type": "policy", "canonical": "煤炭"},
    )
    added = decide(database, "甲", add)
    assert (added.state, added.quote, added.record_id) == ("added", "煤炭", None)
    with pytest.raises(ReviewError, match="already a record"):
        decide(database, "甲", add)
    same = decide(database, "乙", add)
    assert (same.id, same.state) == (added.id, "added")
    undo(database, "乙")
    assert undo(database, "甲").state == "withdrawn"
    assert added.id not in {found.id for found in find(database)}


def test_a_span_can_be_corrected(database: Database) -> None:
    found = claim(database, "7%以上")
    where = (found.start - 2, found.end)
    moved = answer(database, "甲", found, "correct", span=where)
    assert (moved.quote, moved.state, moved.differs) == ("增长7%以上", "corrected", ["span"])
    assert undo(database, "甲").quote == "7%以上"


def test_members_are_edited(database: Database) -> None:
    (slogan,) = [found for found in find(database, Filters(kind="slogans")) if found.quote == "三大产业"]
    members = slogan.fields["members"]
    assert [member["quote"] for member in members] == ["煤炭", "电力", "文旅"]
    fewer = answer(database, "甲", slogan, "correct", fields={"members": members[:2]})
    assert [member["quote"] for member in fewer.fields["members"]] == ["煤炭", "电力"]
    with pytest.raises(ReviewError, match="no stretch"):
        answer(database, "甲", fewer, "correct", fields={"members": [{"doc_id": "qingchuan", "start": 5, "end": 5000}]})


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "levels"}, "kind must be one of"),
        ({"value": "many"}, "value must be a number"),
        ({"value": "NaN"}, "value must be a number"),
        ({"period": "last year"}, "period must be like"),
        ({"status": ""}, "status cannot be empty"),
        ({"colour": "red"}, "no field 'colour'"),
        ({"unit": "个\0"}, "cannot be stored"),
        ({"unit": "\ud840"}, "cannot be stored"),
        ({"unit": "长" * 600}, "at most"),
        ({}, "nothing is changed"),
    ],
)
def test_what_no_record_can_be_is_refused(database: Database, fields: dict[str, str], message: str) -> None:
    with pytest.raises(ReviewError, match=message):
        answer(database, "甲", claim(database, "45个"), "correct", fields=fields)
    assert not list(all_events(database))


def test_one_request_counts_once(database: Database) -> None:
    sent = Decision(action="accept", item_id=claim(database, "45个").id, request="r1")
    assert decide(database, "甲", sent) == decide(database, "甲", sent)
    assert len(list(all_events(database))) == 1


def test_of_many_decisions_all_are_taken_or_none(database: Database) -> None:
    good = Decision(action="accept", item_id=claim(database, "45个").id)
    with pytest.raises(ReviewError):
        decide_all(database, [("甲", good), ("甲", Decision(action="accept", item_id="nothing"))])
    assert not list(all_events(database))


def test_the_queue_is_in_the_order_of_doubt_and_filtered(database: Database) -> None:
    queue = find(database)
    assert [found.doubt for found in queue] == sorted((found.doubt for found in queue), reverse=True)
    assert {found.kind for found in find(database, Filters(kind="claims"))} == {"claims"}
    assert [found.quote for found in find(database, Filters(kind="claims", status="target"))]
    assert {found.quote for found in find(database, Filters(kind="claims", text="就业"))} >= {"3.1万人"}
    assert not find(database, Filters(text="100%"))
    assert set(choices(database)["kind"]) == {found.kind for found in queue}
    (info,) = documents(database)
    assert (info.items, info.todo) == (len(queue), len(queue))


def test_what_is_put_off_comes_last_for_whoever_did(database: Database) -> None:
    everything = Filters()
    first = next_item(database, everything, "甲")
    assert first is not None
    answer(database, "甲", first, "skip")
    assert next_item(database, everything, "甲") != first
    assert next_item(database, everything, "乙") is not None
    assert next_item(database, everything, "乙").id == first.id  # type: ignore[union-attr]
    assert find(database, reviewer="甲")[-1].id == first.id
    for _ in range(len(find(database)) - 1):
        one = next_item(database, everything, "甲")
        assert one is not None and one.id != first.id
        answer(database, "甲", one, "accept")
    last = next_item(database, everything, "甲")
    assert last is not None and last.id == first.id
    answer(database, "甲", last, "accept")
    assert next_item(database, everything, "甲") is None


def test_several_reviewers_can_be_asked_of_each_record(database: Database) -> None:
    twice = Filters(kind="claims", answers=2)
    subject = claim(database, "45个")
    accepted = answer(database, "甲", subject, "accept")
    assert progress(database, Filters(kind="claims")).todo == progress(database, twice).todo - 1
    assert subject.id in {found.id for found in find(database, Filters(state="todo", answers=2))}
    assert subject.id not in {found.id for found in find(database, Filters(state="todo"))}
    others = {found.id for found in find(database, Filters(kind="claims"))} - {subject.id}
    assert next_item(database, twice, "乙", avoid=others) == accepted
    again = next_item(database, twice, "甲", avoid=others)
    assert again is not None and again.id != subject.id
    answer(database, "乙", accepted, "accept")
    assert subject.id not in {found.id for found in find(database, Filters(state="todo", answers=2))}


def test_two_who_work_at_once_are_given_different_records(database: Database) -> None:
    first = next_item(database, Filters(), "甲")
    assert first is not None
    other = next_item(database, Filters(), "乙", avoid={first.id})
    assert other is not None and other.id != first.id
    everything = {found.id for found in find(database)}
    last = next_item(database, Filters(), "乙", avoid=everything)
    assert last is not None and last.id == first.id


def test_typed_values_are_read_as_in_texts() -> None:
    day = datetime.date(2024, 2, 8)
    assert read_typed("claims", "value", "近300亿元", day)["value"] == "30000000000"
    assert read_typed("claims", "value", "6%-6.5%", day) == {"value": None, "low": "6", "high": "6.5", "unit": "%"}
    assert read_typed("claims", "period", "今年一季度", day) == {"period": "2024-Q1"}
    assert read_typed("claims", "period", "", day) == {"period": None}
    assert read_typed("claims", "unit", " 万人次 ", day) == {"unit": "万人次"}
    assert read_typed("slogans", "declared", "1·2·6·?", day) == {"declared": [1, 2, 6, None]}
    for name, typed in (("value", "很多"), ("period", "从前"), ("kind", "水平"), ("declared", "x")):
        with pytest.raises(ReviewError):
            read_typed("slogans" if name == "declared" else "claims", name, typed, day)


def test_the_choices_are_those_that_the_reports_have_words_for() -> None:
    from pipeline.report.wording import strings

    words = strings("zh")
    assert set(words["kind"]) == set(CLAIM_KINDS)
    assert set(words["comparator"]) == set(COMPARATORS)
    assert set(words["slogan_type"]) == set(SLOGAN_TYPES)
    assert set(words["entity_type"]) == set(ENTITY_TYPES)
    assert set(FIELDS) == {"claims", "slogans", "entities"}


def test_a_database_of_others_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text("not a database, but a text of some length" * 100)
    with pytest.raises(InputError, match="cannot be opened"):
        open_database(str(other))
    with pytest.raises(InputError, match="no folder"):
        open_database(str(tmp_path / "nowhere" / "review.sqlite3"))
    with pytest.raises(InputError, match="SQLite"):
        open_database("mysql://localhost/x")


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["甲", "乙"]),
        st.sampled_from(["accept", "reject", "correct", "flag", "unflag", "skip", "note", "undo", "redo"]),
        st.sampled_from(["2020", "2021"]),
    ),
    max_size=25,
)


@given(ACTIONS)
@settings(max_examples=30)
def test_the_state_kept_is_the_state_that_follows(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[str, str, str]]
) -> None:
    """Whatever reviewers do, loading anew makes the same items of the events, and every event is kept."""
    folder = tmp_path_factory.mktemp("review")
    database = open_database(str(folder / "review.sqlite3"))
    load(database, [document()], "gongbao test")
    subject = claim(database, "45个").id
    taken = 0
    for who, action, period in actions:
        try:
            if action in ("undo", "redo"):
                (undo if action == "undo" else redo)(database, who)
            else:
                fields = {"period": period} if action == "correct" else {}
                text = "看" if action == "note" else None
                decide(database, who, Decision(action=action, item_id=subject, fields=fields, text=text))
        except ReviewError:
            continue
        taken += 1
    kept = find(database)
    assert len(list(all_events(database))) == taken
    load(database, [], "gongbao test")
    assert not find(database)
    load(database, [document()], "gongbao test")
    assert {found.id: (found.state, found.fields, found.flagged) for found in find(database)} == {
        found.id: (found.state, found.fields, found.flagged) for found in kept
    }
    database.close()
