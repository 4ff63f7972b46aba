"""The gate: scores and calibration on annotated texts are not worse than those in ``quality.json``.

`make golden` puts what has become better there. It takes nothing back: a figure that gets worse is changed by hand,
with the reason in the change. `make quality` shows all of them.
"""

import json
from pathlib import Path

import pytest

from pipeline.writing import pretty, write_file
from scripts import quality

KEPT = json.loads(quality.KEPT.read_bytes())


def check(gold: Path, place: str, raise_kept: bool) -> None:
    found = quality.figures(gold)
    assert not quality.worse(found, KEPT[place])
    if raise_kept:
        KEPT[place] = {
            name: min(value, KEPT[place].get(name, value)) if name.endswith(quality.ERRORS) else value
            for name, value in found.items()
        }
        write_file(quality.KEPT, pretty(KEPT))


def test_on_the_corpus(corpus_gold: Path, request: pytest.FixtureRequest) -> None:
    check(corpus_gold, "corpus", request.config.getoption("--golden"))


def test_on_the_annotated_texts_beside_the_repository(shared_gold: Path, request: pytest.FixtureRequest) -> None:
    check(shared_gold, "shared", request.config.getoption("--golden"))


@pytest.mark.parametrize("place", KEPT)
def test_what_is_kept_is_complete(place: str) -> None:
    scores = ["claims found", "claims whole", "slogans span", "slogans typed", "slogans members"]
    scores += ["entities span", "entities typed"]
    assert list(KEPT[place]) == [*scores, "claims Brier", "slogans Brier", "entities Brier"]


def test_less_is_worse_but_for_errors() -> None:
    kept = {"claims whole": 0.9, "claims Brier": 0.1, "slogans span": 1.0}
    assert not quality.worse({"claims whole": 0.91, "claims Brier": 0.09, "slogans span": 1.0}, kept)
    fallen = quality.worse({"claims whole": 0.89, "claims Brier": 0.12}, kept)
    assert list(fallen) == ["claims whole", "claims Brier", "slogans span"]


def test_the_table_says_what_is_worse() -> None:
    now, kept = {"corpus": {"claims whole": 0.89}}, {"corpus": {"claims whole": 0.9}}
    (_, row) = quality.rows(now, kept, {})
    assert row.split() == ["corpus", "claims", "whole", "0.89", "0.9", "–", "worse"]
