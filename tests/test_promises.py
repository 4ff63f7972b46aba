"""Promises against results: which result a target meets, and what counts as met."""

from decimal import Decimal

import pytest

from pipeline.document import Document, Metadata
from pipeline.promises import MET, MISSED, NOT_FOUND, OPEN, outcome_summary, promise_rows, promises
from pipeline.stages import process


def processed(text: str, date: str, doc_id: str | None = None) -> Document:
    known = Metadata(date=date, region="山西省大同市", genre="政府工作报告")
    return process(Document(text, doc_id=doc_id or date, given=known))


@pytest.mark.parametrize(
    ("target", "result", "outcome", "margin"),
    [
        ("地区生产总值力争增长6%", "地区生产总值增长6.4%", MET, "0.4"),
        ("地区生产总值力争增长6%", "地区生产总值增长5.8%", MISSED, "-0.2"),
        ("地区生产总值力争增长6%左右", "地区生产总值增长5.8%", MET, "-0.2"),
        ("地区生产总值力争增长6%左右", "地区生产总值增长5.2%", MISSED, "-0.8"),
        ("地区生产总值力争增长6%以上", "地区生产总值增长5.8%", MISSED, "-0.2"),
        ("居民消费价格涨幅控制在3%左右", "居民消费价格上涨2.1%", MET, "0.9"),
        ("居民消费价格涨幅控制在3%以内", "居民消费价格上涨4.8%", MISSED, "-1.8"),
        ("城镇新增就业力争达到5万人以上", "城镇新增就业5.6万人", MET, "6000"),
        ("城镇调查失业率控制在5.5%以内", "城镇调查失业率5.5%", MET, "0"),
    ],
)
def test_what_came_of_a_target(target: str, result: str, outcome: str, margin: str) -> None:
    docs = [processed(f"2023年，{target}。", "2023-01-10"), processed(f"2023年，全市{result}。", "2024-01-10")]
    (found,) = promises(docs)
    assert found.outcome == outcome
    assert found.margin == Decimal(margin)
    assert found.result is not None
    assert found.result.doc_id == "2024-01-10"


def test_a_result_of_another_year_or_size_is_none() -> None:
    target = processed("2023年，城镇新增就业力争达到5万人以上。", "2023-01-10")
    other = processed("2022年，全市城镇新增就业5.6万人。", "2024-01-10")
    total = processed("2023年，全市城镇新增就业56万人。", "2024-01-10")
    assert [promise.outcome for promise in promises([target, other])] == [NOT_FOUND]
    assert [promise.outcome for promise in promises([target, total])] == [NOT_FOUND]


def test_a_target_whose_time_has_not_come_is_open() -> None:
    docs = [processed("到2030年，森林覆盖率力争达到25%。", "2023-01-10")]
    assert [promise.outcome for promise in promises(docs)] == [OPEN]
    assert outcome_summary(promises(docs)) == "1 target: 0 met, 0 missed, 1 open, 0 not_found"


def test_a_target_that_no_later_text_speaks_of_is_not_found() -> None:
    target = processed("2023年，城镇新增就业力争达到5万人以上。", "2023-01-10")
    later = processed("2024年，全市粮食产量12亿斤。", "2025-01-10")
    assert [promise.outcome for promise in promises([target, later])] == [NOT_FOUND]


def test_a_target_said_twice_counts_once_and_further_results_are_kept() -> None:
    docs = [
        processed("2023年，粮食产量力争达到12亿斤。今年，粮食产量力争达到12亿斤。", "2023-01-10"),
        processed("2023年，全市粮食产量12.4亿斤。", "2024-01-10"),
        processed("2023年，全市粮食产量12.5亿斤。", "2024-06-10"),
        processed("2023年，全市粮食产量12.6亿斤。", "2026-01-10"),
    ]
    (found,) = promises(docs, indicator="粮食")
    assert [figure.claim.quote for figure in found.others] == ["12.5亿斤"]
    (row,) = promise_rows([found])
    assert (row["target"], row["result"], row["outcome"], row["other_results"]) == ("12亿斤", "12.4亿斤", MET, 1)
    assert docs[0].text[row["target_start"] : row["target_end"]] == row["target"]
    assert promises(docs, indicator="煤炭产量") == []


@pytest.mark.parametrize(
    ("target", "result"),
    [
        ("2025年，粮食产量力争达到12亿斤。", "“十四五”时期，粮食年平均产量12.4亿斤。"),
        ("2025年，搬迁安置移民力争达到4万人。", "过去五年，搬迁安置移民9万人。"),
        ("2025年，搬迁安置移民力争达到4万人。", "2025年，搬迁安置移民9万人。"),
        ("2025年，实施千亿斤粮食产能提升行动。", "2025年，实施千亿斤粮食产能提升行动。"),
    ],
)
def test_what_only_looks_like_a_result_is_none(target: str, result: str) -> None:
    docs = [processed(target, "2025-01-10"), processed(result, "2026-01-10")]
    assert [promise for promise in promises(docs) if promise.result] == []


def test_a_text_that_looks_back_years_later_reports_no_result() -> None:
    docs = [
        processed("2023年，财政收入力争达到200亿元。", "2023-01-10"),
        processed("2025年同2023年相比，财政收入由180亿元增加到220亿元。", "2026-01-10"),
    ]
    assert [promise.outcome for promise in promises(docs)] == [NOT_FOUND]


def test_of_two_values_for_one_thing_the_later_is_the_target() -> None:
    docs = [
        processed("2023年，地区生产总值力争增长9%以上。我们提出，2023年地区生产总值力争增长6%以上。", "2023-01-10"),
        processed("2023年，全市地区生产总值增长7%。", "2024-01-10"),
    ]
    assert [(found.target.claim.quote, found.outcome) for found in promises(docs)] == [("6%以上", MET)]
