"""The gate: figures on annotated texts do not fall below those in ``quality.json``.

Where a change makes a figure better, raise it there (the message says what it is now); a figure that falls
needs a reason in the change.
"""

import json
from pathlib import Path

import pytest

from pipeline.evaluation import evaluate
from pipeline.settings import Settings

KEPT = json.loads((Path(__file__).parent / "quality.json").read_bytes())


def figures(gold: Path) -> dict[str, float]:
    """Return the F1 of each kind by the loose and by the strict count, and that of the slogans' members."""
    found: dict[str, float] = {}
    for score in evaluate(gold, None, Settings()):
        loose, strict = score.names
        found[f"{score.kind} {loose}"] = score.found.f1
        found[f"{score.kind} {strict}"] = score.whole.f1
        if score.members is not None:
            found[f"{score.kind} members"] = score.members.f1
    return found


def check(gold: Path, kept: dict[str, float]) -> None:
    found = figures(gold)
    print(json.dumps(found, indent=1))
    fallen = {name: (found[name], least) for name, least in kept.items() if found[name] < least}
    assert not fallen, f"(now, kept): {fallen}"


def test_on_the_corpus(corpus_gold: Path) -> None:
    check(corpus_gold, KEPT["corpus"])


def test_on_the_annotated_texts_beside_the_repository(shared_gold: Path) -> None:
    check(shared_gold, KEPT["shared"])


@pytest.mark.parametrize("place", KEPT)
def test_what_is_kept_is_complete(place: str) -> None:
    kinds = ["claims found", "claims whole", "slogans span", "slogans typed", "slogans members"]
    assert list(KEPT[place]) == [*kinds, "entities span", "entities typed"]
