"""Claims that sentences make, by cases (cases/claims.toml) and on any text."""

import tomllib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.claims.lexicon import words
from pipeline.claims.rules import RULES
from pipeline.document import Document, Metadata
from pipeline.stages import process, select

CASES = tomllib.loads((Path(__file__).parent / "cases" / "claims.toml").read_text("utf-8"))
PAGE = Path(__file__).parents[1] / "docs" / "claims.md"
STAGES = select(["claims"])


def claims_of(text: str, date: str | None, region: str | None) -> list[dict]:
    doc = process(Document(text, given=Metadata(date=date, region=region)), STAGES)
    return [msgspec.to_builtins(claim) for claim in doc.claims]


def plain(value: object) -> str:
    return str(value)


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["rule"])
def test_case(case: dict) -> None:
    found = claims_of(case["text"], case.get("date", CASES["date"]) or None, case.get("region", CASES["region"]))
    assert [c["quote"] for c in found] == [c["quote"] for c in case["claims"]]
    for got, want in zip(found, case["claims"], strict=True):
        assert {key: plain(got[key]) for key in want} == want


@pytest.mark.parametrize("miss", CASES["miss"], ids=lambda miss: miss["rule"])
def test_a_rule_does_not_fire_where_it_must_not(miss: dict) -> None:
    found = claims_of(miss["text"], CASES["date"], CASES["region"])
    assert miss["rule"] not in {claim["rule"] for claim in found}


def test_every_rule_has_hits_and_misses() -> None:
    fired: set[str] = set()
    for case in CASES["case"]:
        found = claims_of(case["text"], case.get("date", CASES["date"]) or None, case.get("region", CASES["region"]))
        fired |= {claim["rule"] for claim in found}
    assert fired == set(RULES)
    assert {miss["rule"] for miss in CASES["miss"]} == set(RULES)


def test_the_page_on_claims_tells_the_rules(request: pytest.FixtureRequest) -> None:
    text = PAGE.read_text("utf-8")
    head, mark, rest = text.partition("<!-- rules: written by `make golden` -->\n")
    _, end, tail = rest.partition("<!-- end -->\n")
    rows = "".join(f"| `{rule}` | {where} |\n" for rule, where in RULES.items())
    wanted = f"{head}{mark}| rule | where it applies |\n| --- | --- |\n{rows}{end}{tail}"
    if request.config.getoption("--golden"):
        PAGE.write_text(wanted, "utf-8")
        text = wanted
    assert text == wanted


def test_every_word_list_is_used_and_clean() -> None:
    for key, listed in words().items():
        assert listed, key
        assert all(word == word.strip() for word in listed), key


ALPHABET = (
    "增长达到比上年的由从占全省地区生产总值、，。；（）“”一二三十百千万亿"
    "0123456789.%个家元吨倍第名约超以上百分点\n　年月"
)


def test_a_private_character_of_the_text_is_no_time_expression() -> None:
    (claim,) = claims_of("产量\ue000\uf7ff达到8万吨。", "2024-02-20", "河东省")
    assert claim["value"] == "80000"
    assert claim["period"] is None


@pytest.mark.parametrize(
    "words", ["平均每年", "年均", "比上年", "累计达到", "改造和新建", "总产量", "占全国", "推进、"]
)
def test_repeated_words_are_read_in_one_way_only(words: str) -> None:
    # A pattern that could split them in many ways would not come back in a lifetime.
    assert claims_of(words * 60 + "苹果3吨。", "2024-02-20", "河东省")[-1]["value"] == "3"


@given(st.text(alphabet=ALPHABET, max_size=120))
def test_offsets_slice_back_on_any_text(text: str) -> None:
    doc = process(Document(text, given=Metadata(date="2024-02-20", region="河东省")), STAGES)
    for claim in doc.claims:
        assert text[claim.start : claim.end] == claim.quote
        assert claim.indicator
        assert all(text[e.start : e.end] == e.quote for e in claim.evidence)
    assert [c.start for c in doc.claims] == sorted(c.start for c in doc.claims)
