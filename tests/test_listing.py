"""Listings: tables in two languages, CSV and JSON, and a wording for every column and code."""

from decimal import Decimal

import pytest
from rich.console import Console

from pipeline.audit import OUTCOMES as AUDIT_OUTCOMES
from pipeline.listing import Listing, as_csv, as_json
from pipeline.promises import OUTCOMES as PROMISE_OUTCOMES
from pipeline.trends import COLUMNS

ROWS = [{"term": "民生", "kind": "word", "count": 2, "value": Decimal("1E+3"), "claims": ("a", "b"), "basis": None}]


def printed(listing: Listing, language: str) -> str:
    console = Console(width=100, record=True, file=None)
    with console.capture() as capture:
        console.print(listing.table(language))
    return capture.get()


def test_a_table_says_codes_in_its_language() -> None:
    listing = Listing("keyness", ("term", "kind", "count", "basis"), ROWS)
    assert "词语" in printed(listing, "zh")
    assert "短语" not in printed(listing, "zh")
    assert "word" in printed(listing, "en")
    with pytest.raises(ValueError, match="de"):
        listing.table("de")


def test_a_margin_has_its_unit() -> None:
    rows = [
        {"margin": Decimal("0.4"), "unit": "%"},
        {"margin": Decimal(-12000), "unit": "人"},
        {"margin": None, "unit": "人"},
    ]
    table = printed(Listing("promises", ("margin",), rows), "zh")
    assert "+0.4百分点" in table
    assert "-1.2万人" in table


def test_csv_and_json_hold_every_field() -> None:
    assert as_csv(ROWS) == "term,kind,count,value,claims,basis\n民生,word,2,1000,a;b,\n".encode()
    assert as_csv([]) == b""
    assert b'"value": "1000"' in as_json(ROWS)
    assert as_json({"terms": ROWS}).startswith(b"{")


@pytest.mark.parametrize("outcome", [*AUDIT_OUTCOMES, *PROMISE_OUTCOMES])
def test_every_outcome_has_a_wording(outcome: str) -> None:
    rows = [{"outcome": outcome}]
    assert outcome not in printed(Listing("audit", ("outcome",), rows), "zh")


@pytest.mark.parametrize("of", COLUMNS)
def test_every_column_has_a_wording(of: str) -> None:
    assert Listing("trend", COLUMNS[of], []).table("zh").columns
