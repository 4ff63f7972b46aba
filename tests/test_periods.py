"""Time expressions: the atoms' own examples, the cases, and what holds on any text."""

import datetime
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import find_periods
from pipeline.atoms import Atom, lexicon, lunar_new_year, patterns
from pipeline.document import Document, Metadata
from pipeline.periods import Periods, reference_of

CASES = tomllib.loads((Path(__file__).parent / "cases" / "periods.toml").read_text(encoding="utf-8"))["case"]
MARCH = datetime.date(2024, 3, 5)
KINDS = {
    "year",
    "half",
    "quarter",
    "month",
    "day",
    "span",
    "plan",
    "since",
    "until",
    "now",
    "duration",
    "same_period",
}


@pytest.mark.parametrize("case", CASES, ids=range(len(CASES)))
def test_cases(case):
    found = find_periods(case["text"], case.get("date", MARCH))
    assert [[p.quote, p.value or "", p.kind] for p in found] == case["found"]


@pytest.mark.parametrize("atom", lexicon().atom, ids=lambda atom: atom.name)
def test_atoms_read_their_hits_and_nothing_else(atom: Atom):
    pattern = patterns()[atom.name]
    for hit in atom.hits:
        match = pattern.match(hit)
        assert match, hit
        assert match[0] == hit
        assert hit.startswith((*atom.starts, *atom.leads)), hit
    for miss in atom.misses:
        assert not pattern.search(miss), miss


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012年", (2012, 1, 1), (2012, 12, 31)),
        ("2012年底", (2012, 12, 31), (2012, 12, 31)),
        ("2023年第一季度", (2023, 1, 1), (2023, 3, 31)),
        ("2024年2月", (2024, 2, 1), (2024, 2, 29)),
        ("“十四五”时期", (2021, 1, 1), (2025, 12, 31)),
        ("到2035年", None, (2035, 12, 31)),
        ("党的十八大以来", (2012, 11, 8), None),
    ],
)
def test_first_and_last_days(text, first, last):
    (period,) = find_periods(text, MARCH)
    assert period.first == (datetime.date(*first) if first else None)
    assert period.last == (datetime.date(*last) if last else None)


def test_what_names_no_year_says_so():
    assert [p.anchored for p in find_periods("上半年，全年，年末，去年上半年", MARCH)] == [False, False, False, True]


def test_lunar_new_year_outside_the_table():
    assert lunar_new_year(2024) == datetime.date(2024, 2, 10)
    assert lunar_new_year(1900) is None
    assert lunar_new_year(2051) is None


_DATES = st.dates() | st.dates(datetime.date(1950, 1, 1), datetime.date(2050, 12, 31))
_PIECES = st.sampled_from("年月日第季度前后到至末底初—、的，。五十二三2019-“”’以来过去今后世纪代届大会期间甲子春节内")
_TEXTS = st.text() | st.lists(_PIECES, max_size=30).map("".join)


@given(_TEXTS, _DATES)
def test_any_text(text, reference):
    done = 0
    for period in find_periods(text, reference):
        assert done <= period.start < period.end
        assert text[period.start : period.end] == period.quote
        assert period.kind in KINDS
        assert not (period.first and period.last) or period.first <= period.last
        assert period.value is None or period.first or period.last or period.kind == "day"
        done = period.end


@pytest.mark.parametrize(
    ("text", "metadata", "reference"),
    [
        ("无日期", {}, datetime.date.min),
        ("关于工作的报告", {"date": "2024-03-05"}, MARCH),
        ("——1986年3月25日在大会上", {"date": "1986"}, datetime.date(1986, 3, 25)),
        ("政府工作报告", {"date": "1990", "genre": "政府工作报告"}, datetime.date(1990, 3, 5)),
        ("政府工作报告", {"date": "1983", "genre": "政府工作报告"}, datetime.date(1983, 6, 6)),
        ("政府工作报告", {"date": "1958", "genre": "政府工作报告"}, datetime.date(1958, 2, 3)),
        ("政府工作报告", {"date": "1961", "genre": "政府工作报告"}, datetime.date(1961, 12, 31)),
        ("一篇文章", {"date": "1990"}, datetime.date(1990, 12, 31)),
    ],
)
def test_reference(text, metadata, reference):
    assert reference_of(Document(text, given=Metadata(**metadata))) == reference


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2024年2月29日", "2024-02-29"),
        ("2023年上半年", "2023-01/2023-06"),
        ("2023年三季度", "2023-Q3"),
        ("2023年12月底", "2023-12"),
        ("2016年9月至2017年2月", "2016-09/2017-02"),
        ("2023年1-11月", "2023-01/2023-11"),
        ("上半年", None),
        ("3月以来", None),
        ("去年", None),
        ("去年9月", None),
        ("今后五年", None),
    ],
)
def test_text_without_a_date(text, value):
    (period,) = find_periods(text, datetime.date.min)
    assert (period.quote, period.value) == (text, value)
    assert value or not (period.first or period.last)


def test_stage_reads_the_view():
    doc = Document(Periods.example, given=Metadata(date="2026-02-01"))
    assert [(p.quote, p.value) for p in Periods().find(doc)] == [
        ("去年上半年", "2025-01/2025-06"),
        ("到“十五五”末", "../2030"),
    ]
