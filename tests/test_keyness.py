"""Keyness: the measures against worked figures, groups of documents, and two groups side by side."""

import math

import numpy as np
import pytest

from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.keyness import (
    compare,
    comparison_rows,
    dispersion,
    groups,
    key_rows,
    keyness,
    log_likelihood,
    log_odds,
    log_ratio,
    select_documents,
    text_rank,
)
from pipeline.stages import process
from pipeline.terms import Terms, count_terms


def processed(text: str, doc_id: str, date: str, issuer: str) -> Document:
    return process(Document(text, doc_id=doc_id, given=Metadata(date=date, region="山西省大同市", issuer=issuer)))


def of_trade(name: str, trade: str, year: str, issuer: str) -> Document:
    lines = (f"{trade}十分重要。", f"要支持{trade}。", f"我们依靠{trade}。", "人才十分重要。", "要支持人才。")
    return processed("".join(lines * 3), name, year, issuer)


DOCS = [
    of_trade("a/农", "农业", "2022", "农业厅"),
    of_trade("b/工", "工业", "2023", "工业厅"),
    of_trade("c/旅", "旅游", "2024", "旅游局"),
]


def test_log_likelihood_is_that_of_the_contingency_table() -> None:
    observed, totals = (30, 5), (2000, 1500)
    expected = [total * sum(observed) / sum(totals) for total in totals]
    by_hand = 2 * sum(n * math.log(n / e) for n, e in zip(observed, expected, strict=True))
    assert log_likelihood(30, 5, 2000, 1500) == pytest.approx(by_hand)
    assert log_likelihood(5, 30, 1500, 2000) == pytest.approx(-by_hand)
    assert log_likelihood(0, 0, 10, 10) == log_likelihood(0, 0, 0, 0) == 0
    assert log_likelihood(3, 0, 10, 0) == 0


def test_log_ratio_doubles_by_one() -> None:
    assert log_ratio(40, 10, 1000, 1000) == 2
    assert log_ratio(10, 40, 1000, 1000) == -2
    assert log_ratio(1, 1, 0, 10) == 0


def test_log_odds_draws_rare_terms_to_the_background() -> None:
    assert log_odds(30, 30, 1000, 1000, 0.03) == pytest.approx(0)
    assert log_odds(30, 10, 1000, 1000, 0.02) == pytest.approx(-log_odds(10, 30, 1000, 1000, 0.02))
    assert 0 < log_odds(1, 0, 1000, 1000, 0.0005) < log_odds(30, 10, 1000, 1000, 0.02)


@pytest.mark.filterwarnings("error")
def test_log_odds_of_a_term_that_is_all_there_is_are_zero() -> None:
    assert log_odds(5, 3, 5, 3, 1.0) == 0


@pytest.mark.parametrize(
    ("counts", "sizes", "value"),
    [
        ([2, 2, 2], [10, 10, 10], 0),
        ([6, 0, 0], [10, 10, 10], 1),
        ([1, 3], [10, 30], 0),
        ([0, 0], [1, 1], 0),
        ([3], [9], 0),
    ],
)
def test_dispersion(counts: list[int], sizes: list[int], value: float) -> None:
    assert dispersion(counts, sizes) == pytest.approx(value)


def test_text_rank_prefers_what_stands_near_much() -> None:
    reform, farming, industry, tourism, sky = range(5)
    numbers = np.array([reform, farming, reform, industry, reform, tourism, sky])
    ranks = text_rank(Terms(numbers, np.array([2, 4, 6, 7])))
    assert max(ranks, key=ranks.__getitem__) == reform
    assert ranks[sky] < ranks[farming] == pytest.approx(ranks[tourism]), "nothing is near across the end of a sentence"
    assert sum(ranks.values()) == pytest.approx(1)
    nothing = np.zeros(0, dtype=int)
    assert text_rank(Terms(nothing, nothing)) == {}


def test_what_is_a_text_s_own_comes_first() -> None:
    keys = keyness(count_terms(DOCS), ["a/农"])
    assert keys[0].term == "农业"
    assert keys[0].dispersion == 1
    everyone = next(key for key in keys if key.term == "人才")
    assert abs(everyone.log_odds) < keys[0].log_odds
    assert list(keys) == sorted(keys, key=lambda key: (-key.log_odds, key.term))


def test_key_terms_of_each_group() -> None:
    for by, first in (("document", "a/农"), ("issuer", "农业厅"), ("year", "2022")):
        rows = key_rows(DOCS, by, 1)
        assert {row["group"]: row["term"] for row in rows}[first] == "农业"
        assert all(row["text_rank"] > 0 for row in rows)
    with pytest.raises(InputError, match="not grouped by 'colour'"):
        groups(DOCS, "colour")


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ("a/农", ["a/农"]),
        ("?/*", ["a/农", "b/工", "c/旅"]),
        ("year:2022", ["a/农"]),
        ("year:2022-2023", ["a/农", "b/工"]),
        ("issuer:厅", ["a/农", "b/工"]),
        ("region:大同", ["a/农", "b/工", "c/旅"]),
        ("c/旅,a/农", ["a/农", "c/旅"]),
    ],
)
def test_documents_are_selected(selector: str, chosen: list[str]) -> None:
    assert [doc.doc_id for doc in select_documents(DOCS, selector)] == chosen


@pytest.mark.parametrize("selector", ["", "d", "year:1999", "year:then", "issuer:"])
def test_a_selector_of_nothing_is_an_error(selector: str) -> None:
    with pytest.raises(InputError):
        select_documents(DOCS, selector)


def test_two_groups_side_by_side() -> None:
    found = compare(DOCS, "a/农", "b/工")
    sides = [(row["group"], row["term"]) for row in comparison_rows(found, 1)["terms"]]
    assert sides == [("A", "农业"), ("B", "工业")]
    more = [
        processed("打造“四大赛道”。粮食产量12亿斤。", "x", "2023", "农业厅"),
        processed("粮食产量11亿斤。", "y", "2023", "农业厅"),
    ]
    found = compare(more, "x", "y")
    assert [(row["indicator"], row["group"], row["quote"]) for row in comparison_rows(found, 9)["indicators"]] == [
        ("粮食产量", "A", "12亿斤"),
        ("粮食产量", "B", "11亿斤"),
    ]
    (use,) = found.slogans
    assert (use.slogan, use.count, use.reference_count) == ("四大赛道", 1, 0)
    with pytest.raises(InputError, match="both select a/农"):
        compare(DOCS, "a/农", "*")
