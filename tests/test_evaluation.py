"""The figures of `gongbao eval`, on records made for it, and equal to those of the scorer beside the repository."""

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.errors import InputError
from pipeline.evaluation import Annotation, Score, evaluate, names_alike, pair, same
from pipeline.run import run
from pipeline.settings import Settings
from tests.conftest import SHARED

TEXT = "去年新增就业6.3万人，地区生产总值增长6.1%，建设“四大赛道”，弘扬右玉精神。"
CLAIM = {
    "start": 6,
    "end": 11,
    "quote": "6.3万人",
    "value": "63000",
    "unit": "人",
    "comparator": "eq",
    "indicator": "新增就业",
    "kind": "level",
    "period": "2023",
    "region": "大同市",
    "status": "actual",
}
SLOGAN = {"start": 28, "end": 32, "quote": "四大赛道", "type": "numeral_phrase", "canonical": "四大赛道", "declared": 4}


def at(quote: str, **fields: Any) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote, **fields}


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def score(tmp_path: Path):
    """Return a function that scores records of one kind against annotations."""

    def measure(kind: str, got: list[dict[str, Any]], wanted: list[dict[str, Any]]) -> Score:
        gold, out = tmp_path / "gold", tmp_path / "out"
        for folder in (gold, out):
            folder.mkdir(exist_ok=True)
        (gold / "a.txt").write_text(TEXT, "utf-8")
        write(gold / f"a.{kind}.gold.jsonl", wanted)
        write(out / "documents.jsonl", [{"doc_id": "x", "source": "texts/a.txt"}])
        write(out / f"{kind}.jsonl", [{"doc_id": "x", **row} for row in got])
        (result,) = evaluate(gold, out, Settings())
        return result

    return measure


def test_a_claim_that_is_right(score) -> None:
    claim = at("6.3万人", **{key: value for key, value in CLAIM.items() if key not in ("start", "end", "quote")})
    result = score("claims", [claim], [claim])
    assert (result.found.f1, result.whole.f1, result.found.n) == (1.0, 1.0, 1)
    assert set(result.fields.values()) == {1.0}
    assert result.errors == []


@pytest.mark.parametrize(
    ("field", "value", "is_right"),
    [
        ("value", "63001", True),
        ("value", "64000", False),
        ("unit", "余人", True),
        ("unit", "户", False),
        ("indicator", "城镇新增就业", True),
        ("indicator", "城镇登记失业率", False),
        ("region", "大同", True),
        ("region", "山西省大同市", True),
        ("region", "太原市", False),
        ("region", None, False),
        ("period", "2022", False),
        ("kind", "share", False),
        ("status", "target", False),
    ],
)
def test_one_field_decides_whether_a_claim_is_whole(score, field: str, value: str | None, is_right: bool) -> None:
    wanted = CLAIM | at("6.3万人")
    result = score("claims", [wanted | {field: value}], [wanted])
    assert result.found.f1 == 1.0
    assert result.whole.f1 == float(is_right)
    assert result.fields[field] == float(is_right)
    assert [error.sort for error in result.errors] == ([] if is_right else [field])


@pytest.mark.parametrize(("field", "value"), [("comparator", "ge"), ("basis", "2012")])
def test_comparator_and_basis_are_counted_but_not_in_whole(score, field: str, value: str) -> None:
    wanted = CLAIM | at("6.3万人")
    result = score("claims", [wanted | {field: value}], [wanted])
    assert (result.whole.f1, result.fields[field]) == (1.0, 0.0)


def test_missed_and_spurious_claims(score) -> None:
    found, missed, spurious = (CLAIM | at(quote) for quote in ("6.3万人", "6.1%", "四大"))
    result = score("claims", [found, spurious], [found, missed])
    assert (result.found.p, result.found.r, result.found.n) == (0.5, 0.5, 2)
    assert [(error.sort, error.quote) for error in result.errors] == [("spurious", "四大"), ("missed", "6.1%")]


def test_optional_annotations_count_for_nothing(score) -> None:
    found, optional = CLAIM | at("6.3万人"), CLAIM | at("6.1%") | {"optional": True}
    assert score("claims", [found], [found, optional]).found.f1 == 1.0
    assert score("claims", [found, optional], [found, optional]).found.n == 1
    near = CLAIM | at("增长6.1%")  # the gold has one claim there, and it is optional
    assert score("claims", [found, near, CLAIM | at("6.1%")], [found, optional]).found.p == 1.0


def test_a_span_must_be_equal_and_a_type_right(score) -> None:
    wanted = SLOGAN | at("四大赛道")
    assert score("slogans", [wanted], [wanted]).whole.f1 == 1.0
    typed = score("slogans", [wanted | {"type": "coinage"}], [wanted])
    assert (typed.found.f1, typed.whole.f1, typed.errors[0].sort) == (1.0, 0.0, "type")
    near = score("slogans", [SLOGAN | at("“四大赛道”")], [wanted])
    assert (near.found.f1, near.errors[0].sort) == (0.0, "span")


@pytest.mark.parametrize(("quote", "is_judged"), [("右玉精神", False), ("四大赛道", True)])
def test_only_a_quoted_formula_is_judged(score, quote: str, is_judged: bool) -> None:
    formula = at(quote, type="formula", canonical=quote)
    assert score("slogans", [formula], []).found.p == (0.0 if is_judged else 1.0)


def test_members_are_counted_by_their_spans(score) -> None:
    first, second, third = ({"start": n, "end": n + 2, "quote": TEXT[n : n + 2]} for n in (0, 2, 4))
    wanted = SLOGAN | at("四大赛道") | {"members": [first, second]}
    got = SLOGAN | at("四大赛道") | {"members": [first | {"doc_id": "x"}, third, second | {"doc_id": "other"}]}
    result = score("slogans", [got], [wanted])
    assert msgspec.structs.asdict(result.members) == {"p": 0.5, "r": 0.5, "f1": 0.5, "n": 2}
    assert score("slogans", [], [wanted]).members.r == 0.0


def test_entities_are_scored_by_canonical_name(score) -> None:
    wanted = at("右玉精神", type="policy", canonical="右玉精神")
    assert score("entities", [wanted | {"canonical": "“右玉精神”"}], [wanted]).fields == {"canonical": 1.0}
    assert score("entities", [wanted | {"canonical": "右玉"}], [wanted]).fields == {"canonical": 0.0}


def test_the_largest_overlap_is_paired_first() -> None:
    wide, narrow, wanted = Annotation(0, 9, ""), Annotation(4, 6, ""), Annotation(3, 9, "")
    pairs, spurious, missed = pair([narrow, wide], [wanted])
    assert (pairs, spurious, missed) == ([(wide, wanted)], [narrow], [])


def test_alike_names() -> None:
    assert names_alike("地区生产总值", "“地区”生产总值") == 1.0
    assert names_alike(None, None) == 1.0
    assert names_alike("就业", None) == 0.0


def test_a_range_is_compared_by_both_bounds() -> None:
    wanted = msgspec.convert({"start": 0, "end": 1, "quote": "", "low": "6", "high": "6.5"}, Annotation)
    assert same("value", wanted, wanted)
    assert not same("value", msgspec.structs.replace(wanted, low=None), wanted)


def test_a_quote_that_does_not_stand_at_its_offsets_is_an_error(score) -> None:
    with pytest.raises(InputError, match="does not stand at offset 0"):
        score("claims", [CLAIM | {"start": 0, "end": 5}], [])


def test_a_malformed_annotation_is_named(score) -> None:
    with pytest.raises(InputError, match=r"a\.claims\.gold\.jsonl:1: .*start"):
        score("claims", [], [{"quote": "6.3万人"}])


def test_folders_without_annotations_or_run_are_errors(tmp_path: Path, corpus_gold: Path) -> None:
    with pytest.raises(InputError, match="no annotations here"):
        evaluate(tmp_path, None, Settings())
    with pytest.raises(InputError, match="no run here"):
        evaluate(corpus_gold, tmp_path, Settings())


def test_without_a_run_the_texts_are_processed(corpus_gold: Path, tmp_path: Path) -> None:
    run([corpus_gold], Settings(out=str(tmp_path / "out")))
    assert evaluate(corpus_gold, None, Settings()) == evaluate(corpus_gold, tmp_path / "out", Settings())


# --- equal to the scorer beside the repository -----------------------------------------------------------------------


def scorer_figures(gold: Path, out: Path) -> Any:
    scorer = SHARED / "gold" / "score.py"
    command = [sys.executable, str(scorer), str(gold), str(out), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def own_figures(gold: Path, out: Path) -> Any:
    return json.loads(msgspec.json.encode({score.kind: score.as_row() for score in evaluate(gold, out, Settings())}))


def disturbed(rows: list[dict[str, Any]], texts: Mapping[str, str], luck: random.Random) -> list[dict[str, Any]]:
    """Return `rows` with some left out, some moved and some fields taken from other rows."""
    result = []
    for row in rows:
        if luck.random() < 0.1:
            continue
        row = dict(row)
        if luck.random() < 0.2:
            text = texts[row["doc_id"]]
            row["start"] = max(0, row["start"] - luck.randint(0, 3))
            row["end"] = min(len(text), row["end"] + luck.randint(0, 3))
            row["quote"] = text[row["start"] : row["end"]]
        field = luck.choice(sorted(row))
        if luck.random() < 0.3 and field not in ("doc_id", "start", "end", "quote", "id"):
            row[field] = luck.choice(rows)[field]
        result.append(row)
    return result


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_figures_are_those_of_the_scorer(shared_gold: Path, tmp_path: Path, seed: int | None) -> None:
    out = tmp_path / "out"
    assert not run([shared_gold], Settings(out=str(out), only=("claims", "slogans", "entities"))).failures
    if seed is not None:
        luck = random.Random(seed)
        ids = [json.loads(line)["doc_id"] for line in (out / "documents.jsonl").read_text("utf-8").splitlines()]
        texts = {doc_id: (shared_gold / f"{doc_id}.txt").read_text("utf-8") for doc_id in ids}
        for kind in ("claims", "slogans", "entities"):
            rows = [json.loads(line) for line in (out / f"{kind}.jsonl").read_text("utf-8").splitlines()]
            write(out / f"{kind}.jsonl", disturbed(rows, texts, luck))
    assert own_figures(shared_gold, out) == scorer_figures(shared_gold, out)
