"""What a clause leaves out, for each subject behind each way to say a figure of it (cases/grammar.toml)."""

import tomllib
from pathlib import Path

import pytest

from pipeline.document import Claim, Document, Metadata
from pipeline.evaluation import names_alike
from pipeline.stages import process, select

CASES = tomllib.loads((Path(__file__).parent / "cases" / "grammar.toml").read_text("utf-8"))
STAGES = select(["claims"])
ALIKE = 0.8  #: as the measure of extraction has it


def filled(text: str, subject: dict) -> str:
    slots = {"S": subject["name"], "U": subject["unit"], "W": subject["of"]}
    return text.format(**slots, X=subject["parts"][0], Y=subject["parts"][1])


def claims_of(text: str) -> list[Claim]:
    given = Metadata(date=CASES["date"], region=CASES["region"], genre="政府工作报告")
    return process(Document(text, given=given), STAGES).claims


def told(claim: Claim, name: str, kind: str) -> bool:
    return claim.kind == kind and names_alike(claim.indicator, name) >= ALIKE


@pytest.mark.parametrize("ending", CASES["ending"], ids=lambda ending: ending["text"])
def test_a_clause_takes_its_subject_from_the_one_before(ending: dict) -> None:
    wrong = {}
    for opening in CASES["opening"]:
        if ending.get("after") == "growth" and not opening.get("growth"):
            continue
        for subject in CASES["subject"]:
            text = filled(f"{opening['text']}，{ending['text']}。", subject)
            last = claims_of(text)[-1]
            if not told(last, filled(ending["name"], subject), ending["kind"]) or last.direction != ending.get(
                "direction"
            ):
                wrong[text] = (last.indicator, last.kind, last.direction)
    assert not wrong


@pytest.mark.parametrize("whole", CASES["whole"], ids=lambda whole: whole["text"])
def test_a_sentence_claims_all_that_it_says(whole: dict) -> None:
    wrong = {}
    for subject in CASES["subject"]:
        text = filled(whole["text"] + "。", subject)
        found = claims_of(text)
        wanted = [(filled(name, subject), kind) for name, kind in whole["claims"]]
        if len(found) != len(wanted) or not all(told(c, *w) for c, w in zip(found, wanted, strict=True)):
            wrong[text] = [(c.quote, c.indicator, c.kind) for c in found]
    assert not wrong
