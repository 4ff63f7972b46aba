"""What sentences claim in other words (cases/metamorphic.toml): the same, whichever word of a class stands there."""

import tomllib
from pathlib import Path

import msgspec
import pytest

from pipeline.document import Document, Metadata
from pipeline.stages import process, select

CASES = tomllib.loads((Path(__file__).parent / "cases" / "metamorphic.toml").read_text("utf-8"))
STAGES = select(["claims"])
FIELDS = (
    "quote",
    "value",
    "low",
    "high",
    "unit",
    "indicator",
    "kind",
    "direction",
    "basis",
    "period",
    "region",
    "status",
)


def claims_of(text: str) -> list[dict]:
    doc = process(Document(text, given=Metadata(date=CASES["date"], region=CASES["region"])), STAGES)
    return [{key: msgspec.to_builtins(getattr(claim, key)) for key in FIELDS} for claim in doc.claims]


def in_other_words(text: str, relation: dict, other: str) -> str:
    for word in relation["words"]:
        for at in relation.get("at", [""]):
            text = text.replace(word + at, other + at)
    return text


def renamed(claim: dict, relation: dict, other: str) -> dict:
    if not relation.get("quotes"):
        changed = {
            "indicator": in_other_words(claim["indicator"], relation, other)
            if any(relation["words"])
            else claim["indicator"]
        }
        return {**claim, **changed}
    return {**claim, "quote": in_other_words(claim["quote"], relation, other)}


@pytest.mark.parametrize("relation", CASES["relation"], ids=lambda relation: relation["name"])
def test_other_words_of_a_class_claim_the_same(relation: dict) -> None:
    said = claims_of(relation["text"])
    assert said
    differing = {}
    for other in relation["others"]:
        text = in_other_words(relation["text"], relation, other)
        assert text != relation["text"]
        wanted = [renamed(claim, relation, other) for claim in said]
        if (found := claims_of(text)) != wanted:
            differing[other] = [
                (key, want[key], got[key])
                for want, got in zip(wanted, found, strict=False)
                for key in FIELDS
                if want[key] != got[key]
            ] or [c["quote"] for c in found]
    assert not differing


@pytest.mark.parametrize("paraphrase", CASES["paraphrase"], ids=lambda paraphrase: paraphrase["name"])
def test_the_same_in_other_sentences_is_claimed_too(paraphrase: dict) -> None:
    first, *others = ([{**claim, "quote": ""} for claim in claims_of(text)] for text in paraphrase["texts"])
    for text, found in zip(paraphrase["texts"][1:], others, strict=True):
        assert sorted(found, key=str) == sorted(first, key=str), text
