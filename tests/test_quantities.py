"""Quantities: the cases, the role patterns' own examples, and what holds on any text."""

import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import find_quantities
from pipeline.alignment import align
from pipeline.document import Document
from pipeline.numerals import RUN
from pipeline.quantities import Quantities, RolePattern, lexicon

CASES = tomllib.loads((Path(__file__).parent / "cases" / "quantities.toml").read_text(encoding="utf-8"))["case"]
ROLES = {"quantity", "rank", "ordinal", "date", "duration", "per", "ratio", "set", "list", "name", "code", "idiom"}
COMPARATORS = {"eq", "approx", "near", "gt", "ge", "lt", "le"}


def row(quantity):
    value = "" if quantity.value is None else str(quantity.value)
    if quantity.low is not None:
        value = f"{quantity.low}..{quantity.high}"
    return [quantity.quote, value, quantity.unit or "", quantity.comparator, quantity.role]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_cases(case):
    assert [row(q) for q in find_quantities(case["text"])] == case["found"]


@pytest.mark.parametrize("entry", lexicon().role, ids=lambda entry: entry.name)
def test_role_patterns_meet_their_hits_and_no_misses(entry: RolePattern):
    pattern = re.compile(entry.pattern)
    assert entry.hits
    assert entry.misses

    def meets(text: str) -> bool:
        return any(pattern.match(text, run.start()) for run in re.finditer(RUN, text))

    for hit in entry.hits:
        assert meets(align(hit)[0]), hit
    for miss in entry.misses:
        assert not meets(align(miss)[0]), miss


@pytest.mark.parametrize("word", lexicon().before)
def test_comparators_before(word):
    number = "百亿" if word in ("上", "过", "破", "准") else "30亿"
    (found,) = find_quantities(f"投资{word}{number}元")
    assert (found.quote, found.comparator) == (f"{word}{number}元", lexicon().before[word])


@pytest.mark.parametrize("word", lexicon().after)
def test_comparators_after(word):
    number = "90%" if word == "强" else "30亿元"
    (found,) = find_quantities(f"达到{number}{word}，")
    assert (found.quote, found.comparator) == (f"{number}{word}", lexicon().after[word])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("节约30元", "30元"),
        ("附近30家", "30家"),
        ("高于全国平均0.3个百分点", "0.3个百分点"),
        ("通过30项", "30项"),
        ("以上3项", "3项"),
        ("3亿多元化产品", "3亿"),
    ],
)
def test_words_that_only_look_like_comparators(text, quote):
    (found,) = find_quantities(text)
    assert (found.quote, found.comparator) == (quote, "eq")


def test_offsets_are_those_of_the_text_given():
    text = "可吸入颗粒物（PM\n10\n）下降，产量 ３３，２１２ 万吨、增长８·５\n％。"
    found = find_quantities(text)
    assert [text[q.start : q.end] for q in found] == [q.quote for q in found]
    assert [(str(q.value), q.unit) for q in found if q.role == "quantity"] == [("332120000", "吨"), ("8.5", "%")]


def test_number_is_the_numeral_with_its_multiplier():
    text = "突破1.2万亿元"
    (found,) = find_quantities(text)
    assert text[slice(*found.number)] == "1.2万亿"


def test_stage_reads_the_view():
    doc = Document("增长８％")
    doc.view = align(doc.text)[0]
    assert [q.quote for q in Quantities().find(doc)] == ["8%"]


def test_numbers_beyond_all_measure_do_no_harm():
    for text in ("9" * 60 + "%", "三分之" + "9" * 40, "百" + "亿" * 30 + "元", "9e999元", "9999^999"):
        for q in find_quantities(text):
            assert text[q.start : q.end] == q.quote


@given(
    st.text(
        alphabet="一二三十百千万亿半几多余约超近至到第前个元年月%百分之点成倍，、。：:-—×/.0123456789 \nA《》“”大是号",
        max_size=40,
    )
)
def test_any_text(text):
    last = 0
    for q in find_quantities(text):
        assert text[q.start : q.end] == q.quote
        assert last <= q.start <= q.number[0] < q.number[1] <= q.end
        last = q.number[1]
        assert q.role in ROLES
        assert q.comparator in COMPARATORS
        assert (q.low is None) == (q.high is None)
        assert q.low is None or (q.value is None and q.low <= q.high)


@pytest.mark.parametrize("text", ["产量1e911万吨", "产量2^999吨", "产量1e-300吨"])
def test_a_power_beyond_all_measure_is_none(text: str) -> None:
    assert all(quantity.value is None or abs(quantity.value.adjusted()) < 100 for quantity in find_quantities(text))
