"""Indicators under one name, and tables of their figures over texts."""

from decimal import Decimal

import pytest

from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.indicators import cell_rows, indicator_name, indicator_of, indicator_table, indicators
from pipeline.stages import process


def processed(text: str, doc_id: str, date: str = "2024-02-08", region: str = "山西省大同市") -> Document:
    return process(Document(text, doc_id=doc_id, given=Metadata(date=date, region=region)))


DOCS = [
    processed("2022年，全市生产总值1842.5亿元。", "前", "2023-02-01"),
    processed("2023年，地区生产总值达到1871.8亿元、增长6.1%。今年，地区生产总值力争增长7%。", "中"),
    processed("2023年，全市GDP达到1890亿元。粮食产量12亿斤。", "后", "2024-03-01"),
]


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("GDP", "地区生产总值"),
        ("国内生产总值", "地区生产总值"),
        ("全省生产总值", "地区生产总值"),
        ("地区生产总值增速", "地区生产总值"),
        ("规上工业增加值", "规模以上工业增加值"),
        ("细颗粒物（PM2.5）平均浓度", "PM2.5浓度"),
        ("社零总额", "社会消费品零售总额"),
        ("“CPI”", "居民消费价格"),
    ],
)
def test_names_of_one_indicator(name: str, known: str) -> None:
    assert indicator_name(name) == known
    assert indicator_of(name) is indicators()[known]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人均地区生产总值", "地区生产总值"),
        ("城镇登记失业率", "城镇调查失业率"),
        ("进口", "进出口"),
        ("财政收入", "财政支出"),
    ],
)
def test_names_that_are_near_are_not_one(one: str, other: str) -> None:
    assert indicator_name(one) != indicator_name(other)


def test_an_unknown_name_stays() -> None:
    assert indicator_name("新建改造供水管网") == "新建改造供水管网"
    assert indicator_of("新建改造供水管网") is None


def test_every_known_indicator_has_its_evidence() -> None:
    assert all(indicator.evidence for indicator in indicators().values())
    assert all(indicator_name(name) == indicator.name for name, indicator in indicators().items())


def test_a_table_over_texts() -> None:
    table = indicator_table(DOCS, "国内生产总值")
    found = {(cell.kind, cell.period, cell.status): [figure.claim.quote for figure in cell.figures] for cell in table}
    assert found == {
        ("growth_rate", "2023", "actual"): ["6.1%"],
        ("growth_rate", "2024", "target"): ["7%"],
        ("level", "2022", "actual"): ["1842.5亿元"],
        ("level", "2023", "actual"): ["1871.8亿元", "1890亿元"],
    }


def test_a_conflict_between_texts_is_shown() -> None:
    (cell,) = (cell for cell in indicator_table(DOCS, "GDP") if len(cell.figures) > 1)
    assert cell.agreement == "conflict"
    assert cell.spread == Decimal("1820000000")
    assert {cell.agreement for cell in indicator_table(DOCS[:2], "GDP")} == {"single"}


def test_a_row_leads_to_its_sentence() -> None:
    for row in cell_rows(indicator_table(DOCS, "GDP")):
        doc = next(doc for doc in DOCS if doc.doc_id == row["doc_id"])
        assert doc.text[row["start"] : row["end"]] == row["quote"]
        assert row["quote"] in row["sentence"]


def test_a_part_of_a_name_finds_what_has_it() -> None:
    assert {cell.indicator for cell in indicator_table(DOCS, "粮食")} == {"粮食产量"}
    assert indicator_table(DOCS, "GDP", status="target")[0].period == "2024"
    assert indicator_table(DOCS, "GDP", region="大同")
    with pytest.raises(InputError, match="no claim of an indicator called '煤气'"):
        indicator_table(DOCS, "煤气")
    with pytest.raises(InputError):
        indicator_table(DOCS, "GDP", region="太原")
