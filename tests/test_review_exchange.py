"""A review leaves the database and comes back in the formats of other programs, and nothing is lost on the way."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.errors import InputError
from pipeline.evaluation import evaluate
from pipeline.review.database import Database, open_database
from pipeline.review.deciding import Decision, decide
from pipeline.review.exchange.cells import VERDICT_CHOICES
from pipeline.review.exchange.entries import Entry, Export, Refused, Row, Text, collect, marked, with_context
from pipeline.review.exchange.formats import FORMATS, Format, format_of
from pipeline.review.exchange.label_studio import configuration
from pipeline.review.exchange.taking import Taken, take
from pipeline.review.fields import FIELDS
from pipeline.review.items import Item
from pipeline.review.loading import load
from pipeline.review.queue import DocumentInfo, Filters, find
from pipeline.settings import Settings
from pipeline.writing import RECORD_KINDS, text_hash
from tests.test_review_core import TEXT, document

by_format = pytest.mark.parametrize("form", FORMATS, ids=[form.name for form in FORMATS])

# --- any entries at all ---------------------------------------------------------------------------

AWKWARD = [
    "𠮷",
    "\n",
    "=1+1",
    "'",
    '"',
    "，",
    "+",
    "-",
    "@",
    "|",
    "_x0041_",
    "\u2028",
    "e\u0301",
    "\t",
    "·",
    " ",
    "<b>",
]
pieces = st.sampled_from(AWKWARD) | st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"
)
texts = st.lists(pieces, min_size=1, max_size=12).map("".join).filter(lambda text: bool(text.strip()))
words = texts.map(str.strip)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9).map(str)
counts = st.integers(1, 999)
members = st.fixed_dictionaries({"doc_id": words, "start": counts, "end": counts, "quote": words})
lost = st.fixed_dictionaries({"doc_id": words, "start": st.none(), "end": st.none(), "quote": words})
VALUES: dict[str, st.SearchStrategy[Any]] = {
    "number": numbers,
    "text": words,
    "period": st.sampled_from(["2021", "2016/2020", "../2025"]),
    "declared": st.integers(1, 10_000) | st.lists(st.integers(1, 10_000) | st.none(), min_size=2, max_size=4),
}


def values(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    def of(field: Any) -> st.SearchStrategy[Any]:
        if field.sort == "members":
            return st.lists(members | lost, max_size=3)
        found = st.sampled_from(field.choices) if field.sort == "choice" else VALUES[field.sort]
        return found if field.required else st.none() | found

    return st.fixed_dictionaries({field.name: of(field) for field in FIELDS[kind]})


@st.composite
def exports(draw: st.DrawFn) -> Export:
    text = draw(texts)
    about = DocumentInfo(
        doc_id=draw(words),
        sha256=text_hash(text),
        source="",
        title=draw(st.none() | words),
        date=None,
        issuer=None,
        region=None,
        genre=None,
        extractor="gongbao test",
    )
    entries = []
    for number in range(draw(st.integers(0, 4))):
        kind = draw(st.sampled_from(RECORD_KINDS))
        start = draw(st.integers(0, len(text) - 1))
        placed = draw(st.integers(0, 4)) > 0
        state = draw(st.sampled_from(["open", "accepted", "corrected", "added", "rejected", "conflict"]))
        entry = Entry(
            id=f"{number:016x}",
            doc_id=about.doc_id,
            kind=kind,
            start=start if placed else None,
            end=draw(st.integers(start + 1, len(text))) if placed else None,
            quote="" if placed else draw(words),
            fields=draw(values(kind)),
            verdict={"accepted": "accept", "corrected": "correct", "added": "add", "rejected": "reject"}.get(state),
            note=draw(st.just("") | words),
            flagged=draw(st.booleans()),
            state=state,
            rule=draw(st.none() | words),
            confidence=draw(st.none() | st.floats(0, 1)),
        )
        entries.append(marked(with_context(entry, text, about.sha256)))
    extracted = {e.id: {"start": e.start, "end": e.end, **e.fields} for e in entries if e.id and e.start is not None}
    return Export([Text(about, text)], entries, extracted)


@by_format
@given(export=exports(), language=st.sampled_from(["zh", "en"]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
def test_what_comes_back_is_what_was_written(form: Format, export: Export, language: str) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"out{form.suffix}"
        form.write(export, path, language)
        rows = list(form.read(path))
    back = {row.entry.id: row.entry for row in rows if isinstance(row, Row)}
    assert not [row for row in rows if isinstance(row, Refused)]
    assert back == {entry.id: entry for entry in export.entries}
    assert all(entry.untouched for entry in back.values())


@by_format
def test_the_same_records_are_the_same_bytes(form: Format, reviewed: Database, tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        path = tmp_path / f"{name}{form.suffix}"
        form.write(collect(reviewed), path, "zh")
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        written.append([file.read_bytes() for file in files])
    assert written[0] == written[1]


# --- through two databases ------------------------------------------------------------------------


@pytest.fixture
def fresh(tmp_path: Path):
    """Make a database of the same run that nobody has reviewed."""
    opened: list[Database] = []

    def make(text: str = TEXT, doc_id: str = "qingchuan") -> Database:
        database = open_database(str(tmp_path / f"review{len(opened)}.sqlite3"))
        opened.append(database)
        load(database, [document(text, doc_id)], "gongbao test")
        return database

    yield make
    for database in opened:
        database.close()


def one(database: Database, quote: str, kind: str = "claims") -> Item:
    (found,) = [item for item in find(database, Filters(kind=kind)) if item.quote == quote]
    return found


def say(database: Database, who: str, subject: Item, action: str, **more: Any) -> Item:
    return decide(database, who, Decision(action=action, item_id=subject.id, seen=None, **more))


@pytest.fixture
def reviewed(fresh) -> Database:
    """A review with an answer of every sort."""
    database = fresh()
    say(database, "甲", one(database, "1250.4亿元"), "accept")
    say(database, "甲", one(database, "6.2%"), "correct", fields={"period": "2022", "indicator": '=SUM(A1) "值"\n二'})
    say(database, "甲", one(database, "45个"), "reject")
    say(database, "甲", one(database, "3.1万人"), "note", text="=1+1\n再看一遍𠮷")
    say(database, "甲", one(database, "3.1万人"), "flag")
    slogan = one(database, "三大产业", "slogans")
    say(database, "甲", slogan, "correct", fields={"members": slogan.fields["members"][:2], "declared": 2})
    growth = one(database, "7%以上")
    say(database, "甲", growth, "correct", span=(growth.start, growth.end - 2), fields={"comparator": "eq"})
    start = TEXT.index("过去一年")
    fields = {"indicator": "工作", "kind": "level", "status": "actual", "comparator": "eq", "value": "1", "unit": "年"}
    added = Decision(action="add", doc_id="qingchuan", kind="claims", span=(start + 2, start + 4), fields=fields)
    say(database, "甲", decide(database, "甲", added), "note", text="漏了")
    return database


def told(database: Database) -> list[Any]:
    """What a review says, whoever says it."""
    return sorted(
        (e.kind, e.start, e.end, e.quote, e.verdict or "", e.state, e.note, e.flagged, repr(e.fields))
        for e in collect(database).entries
    )


@by_format
def test_another_database_says_the_same_after_an_import(form: Format, reviewed, fresh, tmp_path: Path) -> None:
    path = tmp_path / f"out{form.suffix}"
    form.write(collect(reviewed), path, "zh")
    other = fresh()
    taken = take(other, form.read(path), "丙")
    assert taken.decisions == {"accept": 1, "add": 1, "correct": 3, "flag": 1, "note": 2, "reject": 1}
    assert not (taken.unknown or taken.refused or taken.conflicts)
    assert told(other) == told(reviewed)
    again = take(other, form.read(path), "丙")
    assert (again.decisions, again.known) == ({}, 6)
    assert told(other) == told(reviewed)
    home = take(reviewed, form.read(path), "丙")  # what everybody knows already is nobody's new answer
    assert (home.decisions, home.known) == ({}, 6)


def exported(database: Database, path: Path, reviewer: str | None = None) -> Path:
    format_of(path).write(collect(database, reviewer=reviewer), path, "zh")
    return path


def edited_csv(path: Path, change: Callable[[dict[str, str]], None]) -> Path:
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    for row in rows:
        change(row)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path


def taken_from(database: Database, path: Path, who: str = "乙", **more: Any) -> Taken:
    return take(database, format_of(path).read(path), who, **more)


def test_a_changed_field_is_a_correction_and_a_verdict_an_answer(fresh, tmp_path: Path) -> None:
    database = fresh()

    def change(row: dict[str, str]) -> None:
        if row["quote"] == "6.2%":
            row["period"] = "2022"
        elif row["quote"] == "1250.4亿元":
            row["verdict"] = "accept"
        elif row["quote"] == "45个":
            row["verdict"] = "reject"

    path = edited_csv(exported(database, tmp_path / "out.csv"), change)
    taken = taken_from(database, path, dry_run=True)
    assert taken.decisions == {"accept": 1, "correct": 1, "reject": 1}
    assert {item.state for item in find(database)} == {"open"}
    assert taken_from(database, path).decisions == taken.decisions
    states = {item.quote: item.state for item in find(database, Filters(kind="claims"))}
    assert (states["6.2%"], states["1250.4亿元"], states["45个"]) == ("corrected", "accepted", "rejected")
    assert one(database, "6.2%").fields["period"] == "2022"
    assert taken_from(database, path).decisions == {}


def test_what_another_says_otherwise_is_a_conflict_and_is_reported(fresh, tmp_path: Path) -> None:
    database = fresh()
    path = exported(database, tmp_path / "out.csv")
    say(database, "甲", one(database, "6.2%"), "reject")
    edited_csv(path, lambda row: row.update(verdict="accept") if row["quote"] == "6.2%" else None)
    taken = taken_from(database, path)
    assert [row.message for row in taken.conflicts] == ["6.2%: another reviewer says otherwise"]
    assert one(database, "6.2%").state == "conflict"


def test_two_who_agree_both_count(fresh, tmp_path: Path) -> None:
    """Who accepts in a table what was open when it was written has answered, whatever others have said meanwhile."""
    database = fresh()
    path = exported(database, tmp_path / "out.csv")
    say(database, "甲", one(database, "6.2%"), "accept")
    edited_csv(path, lambda row: row.update(verdict="accept") if row["quote"] == "6.2%" else None)
    assert taken_from(database, path).decisions == {"accept": 1}


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("kind", "rate", "kind must be one of level"),
        ("verdict", "yes", "verdict must be accept"),
        ("value", "viel", "value must be a number"),
        ("period", "去年", "period must be like"),
        ("indicator", "", "indicator cannot be empty"),
        ("end", "x", "end must be a whole number"),
        ("quote", "", "quote is empty"),
        ("flagged", "ja", "flagged must be"),
    ],
)
def test_a_row_that_cannot_be_taken_is_named_and_nothing_is_written(
    fresh, tmp_path: Path, column: str, value: str, message: str
) -> None:
    database = fresh()

    def change(row: dict[str, str]) -> None:
        if row["record"] == "claims":
            row["verdict"] = "accept"
        if row["quote"] == "6.2%":
            row[column] = value

    taken = taken_from(database, edited_csv(exported(database, tmp_path / "out.csv"), change))
    (refused,) = taken.refused
    assert refused.message.startswith(message) and re.fullmatch(r"row \d+", refused.place)
    assert taken.decisions == {}
    assert {item.state for item in find(database)} == {"open"}


def test_rows_about_what_is_not_under_review_are_reported(reviewed, fresh, tmp_path: Path) -> None:
    path = exported(reviewed, tmp_path / "out.csv")
    taken = taken_from(fresh("这里说的是别的事，没有数字。", "another"), path)
    assert taken.decisions == {} and not taken.refused
    assert {row.message.partition(": ")[2] for row in taken.unknown} == {"qingchuan is not under review"}
    taken = taken_from(fresh(TEXT.replace("1250.4亿元", "九百亿元")), path)
    assert [row.message for row in taken.unknown] == [
        "1250.4亿元: its words are not in qingchuan, or in several places"
    ]


def test_rows_follow_a_text_that_has_changed(reviewed, fresh, tmp_path: Path) -> None:
    changed = fresh("（二〇二四年二月八日）\n" + TEXT)
    taken = taken_from(changed, exported(reviewed, tmp_path / "out.xlsx"))
    assert not taken.refused and not taken.unknown
    assert {item.quote: item.state for item in find(changed, Filters(kind="claims"))} == {
        item.quote: item.state for item in find(reviewed, Filters(kind="claims"))
    }


def test_a_document_under_another_name_is_known_by_its_text(reviewed, fresh, tmp_path: Path) -> None:
    renamed = fresh(doc_id="qingchuan-2024")
    taken = taken_from(renamed, exported(reviewed, tmp_path / "out.jsonld"))
    assert not taken.refused and not taken.unknown and taken.decisions["correct"] >= 2


def test_a_row_written_by_hand_is_added(fresh, tmp_path: Path) -> None:
    database = fresh()
    path = tmp_path / "added.csv"
    path.write_text(
        "record,doc_id,quote,verdict,type,canonical\nentities,qingchuan,晴川市政府工作报告,,document,晴川市政府工作报告\n",
        "utf-8",
    )
    assert taken_from(database, path).decisions == {"add": 1}
    assert one(database, "晴川市政府工作报告", "entities").state == "added"
    assert taken_from(database, path).decisions == {}


def test_each_reviewer_s_answers_can_be_taken_out(fresh, tmp_path: Path) -> None:
    database, other = fresh(), fresh()
    say(database, "甲", one(database, "6.2%"), "accept")
    say(database, "乙", one(database, "6.2%"), "correct", fields={"period": "2022"})
    for who in ("甲", "乙"):
        taken_from(other, exported(database, tmp_path / f"{who}.xlsx", who), who)
    assert one(other, "6.2%").state == "conflict"
    assert told(other) == told(database)


# --- each format ----------------------------------------------------------------------------------


def test_excel_has_drop_downs_a_frozen_head_filters_and_no_formula(reviewed, tmp_path: Path) -> None:
    with zipfile.ZipFile(exported(reviewed, tmp_path / "out.xlsx")) as book:
        sheets = [book.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2, 3)]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert "=1+1" in strings and "=SUM(A1)" in strings
    for sheet, kind in zip(sheets, RECORD_KINDS, strict=True):
        assert "<f>" not in sheet and "hyperlink" not in sheet
        assert 'state="frozen"' in sheet and "<autoFilter" in sheet
        choices = [field for field in FIELDS[kind] if field.sort == "choice"]
        assert sheet.count('type="list"') == len(choices) + 2  # and the verdict, and the flag
    assert "growth_rate 增长率" in sheets[0] and "accept 正确" in sheets[0]


def test_excel_numbers_are_read_and_a_date_that_it_made_is_refused(fresh, tmp_path: Path) -> None:
    database = fresh()
    path = tmp_path / "typed.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("claims")
    sheet.write_row(
        0, 0, ["doc_id 文本", "quote", "verdict", "indicator", "kind", "status", "comparator", "value", "period"]
    )
    sheet.write_row(
        1, 0, ["qingchuan", "6.2%", "correct 修改", "地区生产总值", "growth_rate", "actual 实际", "eq", 6.2, 2022]
    )
    book.close()
    assert taken_from(database, path).decisions == {"correct": 1}
    assert one(database, "6.2%").fields["period"] == "2022"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("claims")
    sheet.write_row(0, 0, ["doc_id", "quote", "verdict", "period"])
    sheet.write_row(1, 0, ["qingchuan", "6.2%", "correct"])
    sheet.write_number(1, 3, 45000, book.add_format({"num_format": "yyyy-mm"}))
    book.close()
    (refused,) = taken_from(database, path).refused
    assert refused.place == "claims row 2" and refused.message.startswith("period: Excel has made 2023-03-15")


def test_no_cell_of_csv_is_a_formula(reviewed, tmp_path: Path) -> None:
    rows = csv.reader(
        io.StringIO(exported(reviewed, tmp_path / "out.csv").read_bytes().decode("utf-8-sig"), newline="")
    )
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert '\'=SUM(A1) "值"\n二' in cells


def test_the_gold_can_be_evaluated_and_trained_on(reviewed, tmp_path: Path) -> None:
    folder = exported(reviewed, tmp_path / "gold")
    rows = [json.loads(line) for line in (folder / "qingchuan.claims.gold.jsonl").read_text("utf-8").splitlines()]
    assert {row["quote"]: row.get("optional", False) for row in rows} == {
        "一年": False,
        "1250.4亿元": False,
        "6.2%": False,
        "3.1万人": True,
        "7%": False,
        "8亿斤": True,
    }
    claims = next(score for score in evaluate(folder, None, Settings()) if score.kind == "claims")
    sorts = {(error.sort, error.quote) for error in claims.errors}
    assert ("spurious", "45个") in sorts and ("missed", "一年") in sorts and ("period", "6.2%") in sorts
    assert claims.found.n == 4


# --- Label Studio ---------------------------------------------------------------------------------


def task_of(database: Database, path: Path) -> dict[str, Any]:
    (task,) = json.loads(exported(database, path).read_bytes())
    return task


def annotated(task: dict[str, Any], path: Path, result: list[dict[str, Any]]) -> Path:
    """What Label Studio exports once somebody has submitted `result`."""
    annotation = {"id": 7, "completed_by": 1, "result": result, "was_cancelled": False, "ground_truth": False}
    path.write_text(json.dumps([{"id": 3, **task, "annotations": [annotation], "drafts": []}]), "utf-8")
    return path


def test_the_controls_of_label_studio_are_those_of_the_configuration(reviewed, tmp_path: Path) -> None:
    task = task_of(reviewed, tmp_path / "tasks.json")
    assert (tmp_path / "tasks.xml").read_bytes() == configuration()
    root = ElementTree.fromstring(configuration())
    (text,) = root.iter("Text")
    assert text.get("value") == "$text" and task["data"]["text"] == TEXT
    sorts = {"Labels": "labels", "Choices": "choices", "TextArea": "textarea"}
    controls = {control.get("name"): control for tag in sorts for control in root.iter(tag)}
    results = [*task["predictions"][0]["result"], *task["annotations"][0]["result"]]
    assert {result["type"] for result in results} == set(sorts.values())
    for result in results:
        control, value = controls[result["from_name"]], result["value"]
        assert sorts[control.tag] == result["type"] and control.get("toName") == result["to_name"] == text.get("name")
        if result["type"] != "textarea":
            assert TEXT[value["start"] : value["end"]] == value["text"]
            allowed = {option.get("value") for option in control}
            assert set(value[result["type"]]) <= allowed
        if result["type"] != "labels":
            assert control.get("perRegion") == "true"


def test_what_comes_back_from_label_studio(fresh, tmp_path: Path) -> None:
    database = fresh()
    task = task_of(database, tmp_path / "tasks.json")
    assert "annotations" not in task
    kept, wrong, changed = (one(database, quote).id for quote in ("1250.4亿元", "45个", "6.2%"))
    result = [part for part in task["predictions"][0]["result"] if part["id"] != wrong]
    for part in result:
        if part["id"] == changed and part["from_name"] == "claims_period":
            part["value"]["text"] = ["2022"]
        if part["id"] == kept:
            part["id"] = "aB3_new"  # copied from the prediction under another id
    start = TEXT.index("过去一年") + 2
    place = {"start": start, "end": start + 2}
    region = {"id": "zZ9", "to_name": "text", "origin": "manual"}
    result += [
        {**region, "type": "labels", "from_name": "record", "value": {**place, "text": "一年", "labels": ["claims"]}},
        {**region, "type": "choices", "from_name": "claims_kind", "value": {**place, "choices": ["level"]}},
        {**region, "type": "choices", "from_name": "claims_status", "value": {**place, "choices": ["actual"]}},
        {**region, "type": "choices", "from_name": "claims_comparator", "value": {**place, "choices": ["eq"]}},
        {**region, "type": "textarea", "from_name": "claims_indicator", "value": {**place, "text": ["工作"]}},
        {"from_id": kept, "to_id": changed, "type": "relation", "direction": "right"},
    ]
    path = annotated(task, tmp_path / "back.json", result)
    taken = taken_from(database, path)
    assert not taken.refused and not taken.unknown
    states = {item.quote: item.state for item in find(database, Filters(kind="claims"))}
    assert (states["1250.4亿元"], states["45个"], states["6.2%"], states["一年"]) == (
        "accepted",
        "rejected",
        "corrected",
        "added",
    )
    assert "open" not in states.values()
    assert taken_from(database, path).decisions == {}


def test_label_studio_with_offsets_in_utf_16_and_line_breaks_written_out(fresh, tmp_path: Path) -> None:
    text = "𠮷川市\n去年，全市地区生产总值达到1250.4亿元。"
    database = fresh(text, "jichuan")
    task = task_of(database, tmp_path / "tasks.json")
    result = [part for part in task["predictions"][0]["result"] if part["id"] == one(database, "1250.4亿元").id]
    for part in result:
        part["value"]["start"] += 1
        part["value"]["end"] += 1
    assert taken_from(database, annotated(task, tmp_path / "back.json", result)).decisions["accept"] == 1
    for part in result:
        part["value"]["start"] += 2
    (refused,) = taken_from(database, annotated(task, tmp_path / "back.json", result), "丙").refused
    assert "does not stand at" in refused.message


def test_what_label_studio_says_otherwise_than_expected_is_refused(fresh, tmp_path: Path) -> None:
    database = fresh()
    task = task_of(database, tmp_path / "tasks.json")
    path = tmp_path / "back.json"
    path.write_text(json.dumps([{"id": 1, "text": TEXT, "record": []}]), "utf-8")
    assert "JSON-MIN" in taken_from(database, path).refused[0].message
    annotation = {"result": task["predictions"][0]["result"]}
    path.write_text(json.dumps([{**task, "annotations": [annotation, annotation]}]), "utf-8")
    assert "one annotator at a time" in taken_from(database, path).refused[0].message
    path.write_text(json.dumps([{**task, "annotations": [{**annotation, "was_cancelled": True}]}]), "utf-8")
    assert taken_from(database, path).decisions == {}


# --- the commands ---------------------------------------------------------------------------------


def test_a_review_goes_out_and_comes_back_by_command(gongbao, tmp_path: Path) -> None:
    (tmp_path / "qingchuan.txt").write_text(TEXT, "utf-8")
    assert gongbao("review", "export", "out.csv").err == (
        "error: outputs: no run here; make one with `gongbao run --out outputs`\n"
    )
    assert not (tmp_path / "review.sqlite3").exists()
    assert gongbao("run", "qingchuan.txt", "--quiet").code == 0
    done = gongbao("review", "export", "out.csv", "--of", "kind=claims")
    assert (done.code, done.out, done.err) == (0, "out.csv\n", "6 records of 1 texts, 0 decided\n")
    path = edited_csv(tmp_path / "out.csv", lambda row: row.update(verdict="accept"))
    done = gongbao("review", "import", path, "--reviewer", "甲", "--dry-run")
    assert (done.code, done.out) == (0, "accept\t6\n") and "6 decisions would be taken" in done.err
    assert gongbao("review", "import", path, "--reviewer", "甲").out == "accept\t6\n"
    assert "0 decisions taken; 6 rows say what is known" in gongbao("review", "import", path, "--reviewer", "甲").err
    edited_csv(path, lambda row: row.update(verdict="perhaps") if row["quote"] == "45个" else None)
    done = gongbao("review", "import", path, "--reviewer", "甲")
    assert done.code == 1 and done.out == ""
    lines = done.err.splitlines()
    assert lines[0].startswith(f"refused: {path}: row 5: verdict must be") and lines[1].endswith("nothing was taken")
    assert gongbao("review", "export", "gold", "--of", "kinds=x").err.startswith("error: --of: ")
    assert gongbao("review", "import", "no.csv", "--reviewer", "甲").err == "error: no.csv: no such file or folder\n"
    assert gongbao("review", "agreement", "--csv").code == 0


# --- files that are none --------------------------------------------------------------------------


@by_format
@given(data=st.binary(max_size=60))
@settings(max_examples=10)
def test_other_bytes_are_an_error_of_one_line(form: Format, data: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"in{form.suffix}"
        path.write_bytes(data)
        try:
            rows = list(form.read(path))
        except InputError as error:
            assert "\n" not in str(error)
        else:
            assert not [row for row in rows if isinstance(row, Row)]


def test_a_name_says_the_format() -> None:
    assert [format_of(Path(f"x{form.suffix}")) for form in FORMATS] == list(FORMATS)
    assert format_of(Path("x.txt"), "csv").name == "csv"
    with pytest.raises(InputError, match="no format has names like this"):
        format_of(Path("x.doc"))
    with pytest.raises(InputError, match="no format is called"):
        format_of(Path("x.csv"), "word")
    assert msgspec.structs.fields(Entry)  # every format writes all of them; see the test above
    assert set(VERDICT_CHOICES) == {"accept", "correct", "reject", "add"}
