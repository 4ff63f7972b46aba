"""The audit: each test on a sentence of its kind, what it must pass over, and gaps between texts."""

import tomllib
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.audit import CONFLICT, CONSISTENT, ROUNDING, audit, audit_summary, check_rows
from pipeline.document import Document, Metadata
from pipeline.intervals import Interval, printed_step
from pipeline.reading import read_document
from pipeline.stages import process
from tests.conftest import CORPUS

CASES = tomllib.loads((Path(__file__).parent / "cases" / "audit.toml").read_text("utf-8"))["case"]


def processed(text: str, doc_id: str = "text", date: str = "2024-02-08", region: str = "山西省大同市") -> Document:
    return process(Document(text, doc_id=doc_id, given=Metadata(date=date, region=region)))


def outcomes(docs: Sequence[Document]) -> list[list[str]]:
    return [[check.test, check.outcome] for check in audit(docs).checks]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_text_is_checked(case: dict[str, object]) -> None:
    assert outcomes([processed(str(case["text"]))]) == case["checks"]


def test_the_two_texts_of_the_corpus() -> None:
    docs = [process(read_document(path, path.stem)) for path in sorted(CORPUS.glob("*/*.txt"))]
    found = audit(docs)
    (rounding,) = (check for check in found.checks if check.outcome == ROUNDING)
    assert (rounding.stated, rounding.computed) == ("40%", "39.1%")
    assert rounding.working == "1 − 28 ÷ 46 = 39.1% [37.4–40.9%]"
    assert not [check for check in found.checks if check.outcome == CONFLICT]
    assert found.claims == sum(len(doc.claims) for doc in docs)
    assert 0 < found.checked < found.claims


def test_a_check_points_at_its_figures() -> None:
    doc = processed("优良天数由2013年的233天增加到2021年的315天，增加45.2%。")
    (check,) = audit([doc]).checks
    assert doc.text[check.start : check.end] == check.quote == "233天增加到2021年的315天，增加45.2%"
    assert check.claims == tuple(claim.id for claim in doc.claims)
    assert "315 ÷ 233 − 1 = 35.19%" in check.working
    assert check_rows([check])[0]["computed"] == check.computed


def test_gaps_of_several_texts_imply_one_figure() -> None:
    texts = {
        "甲": ("山东省", "2023年，民间投资增长6.1%，高于全国0.7个百分点。"),
        "乙": ("河南省", "2023年，民间投资增长5.0%，低于全国0.4个百分点。"),
        "丙": ("湖南省", "2023年，民间投资增长7.4%，高于全国2个百分点。"),
        "丁": ("江西省", "2023年，民间投资增长7.4%，高于全国1个百分点。"),
    }
    docs = [processed(text, doc_id=name, region=region) for name, (region, text) in texts.items()]
    found = {check.doc_id: check.outcome for check in audit(docs).checks if check.test == "gap"}
    assert found == {"甲": CONSISTENT, "乙": CONSISTENT, "丙": CONSISTENT, "丁": CONFLICT}
    assert not [check for check in audit(docs[:1]).checks if check.test == "gap"]


def test_growth_is_held_against_an_earlier_text() -> None:
    before = processed("2022年，全市粮食产量100万吨。", doc_id="前", date="2023-02-01")
    right = processed("2023年，全市粮食产量110万吨，比上年增长10%。", doc_id="是")
    wrong = processed("2023年，全市粮食产量110万吨，比上年增长18%。", doc_id="非")
    assert outcomes([before, right]) == [["earlier_text", CONSISTENT]]
    assert outcomes([before, wrong]) == [["earlier_text", CONFLICT]]


def test_the_summary_says_how_much_was_checked() -> None:
    found = audit([processed("优良天数由2013年的233天增加到2021年的315天，增加45.2%。新增就业6万人。")])
    assert audit_summary(found) == "1 checks: 1 conflict, 0 rounding, 0 consistent; 3 of 4 claims checked (75.0%)"
    assert audit([]).share == 0


@pytest.mark.parametrize(
    ("quote", "unit", "step"),
    [
        ("874.3亿元", "元", "10000000"),
        ("1.26万亿元", "元", "10000000000"),
        ("2,200亿元", "元", "100000000"),
        ("４．７５％", "%", "0.01"),
        ("百分之五点二", "%", "0.1"),
        ("八成以上", "%", "10"),
        ("7500多亿元", "元", "100000000"),
        ("三万千瓦", "千瓦", "10000"),
        ("首位", "名", None),
    ],
)
def test_the_last_printed_digit(quote: str, unit: str, step: str | None) -> None:
    assert printed_step(quote, unit) == (None if step is None else Decimal(step))


def test_intervals() -> None:
    one, two = Interval(Decimal(1), Decimal(2)), Interval(Decimal(2), Decimal(4))
    assert one + two == Interval(Decimal(3), Decimal(6))
    assert two - one == Interval(Decimal(0), Decimal(3))
    assert two.over(one) == Interval(Decimal(1), Decimal(4))
    assert one.over(Interval(Decimal(0), Decimal(1))) is None
    assert one.meets(two)
    assert not one.meets(Interval(Decimal(3), Decimal(4)))
    assert two.root(2).holds(Decimal(2))


@given(
    st.text(
        alphabet="由从到增加下降长至其中占的年均2013年％%0123456789.亿万元吨、，。；：“”∶（）第位前移分别高于全国个百分点\n",
        max_size=80,
    )
)
def test_any_text_can_be_audited(text: str) -> None:
    doc = processed(text)
    for check in audit([doc]).checks:
        assert 0 <= check.start < check.end <= len(doc.text)
        assert check.quote == "".join(doc.text[check.start : check.end].split())


def test_two_texts_that_state_one_figure_are_held_against_each_other() -> None:
    first = processed("2022年，常住人口城镇化率达到58.2%。", "甲", "2023-02-01")
    same = processed("2022年，常住人口城镇化率达到58.2%。", "乙", "2024-02-01")
    revised = processed("2022年，常住人口城镇化率达到60.1%。", "丙", "2024-02-01")
    target = processed("2022年，常住人口城镇化率力争达到60%。", "丁", "2022-01-10")
    (agrees,) = audit([first, same]).checks
    assert (agrees.test, agrees.outcome, agrees.doc_id) == ("texts", CONSISTENT, "乙")
    (differs,) = audit([first, revised, target]).checks
    assert (differs.test, differs.outcome, differs.stated, differs.computed) == ("texts", CONFLICT, "60.1%", "58.2%")
    assert "甲 58.2% ≠ 60.1%" in differs.working
