"""The confidence of records: what it is read from, how it is fitted and told."""

import shutil
from pathlib import Path

import msgspec
import pytest

from pipeline.confidence import Model, confident, features
from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.stages import process, select
from pipeline.training import LEAST, fit, train, write_models


def rows(texts: int, each: int) -> list[tuple[str, tuple[str, ...], bool]]:
    """Records whose rule tells whether they are right: nine in ten by rule a, three in ten by rule b."""
    found = []
    for text in range(texts):
        for i in range(each):
            rule = "ab"[i % 2]
            found.append((f"text{text}", (f"rule={rule}",), i % 20 // 2 < (9 if rule == "a" else 3)))
    return found


def test_a_feature_that_tells_is_learnt() -> None:
    fitted = fit(rows(texts=5, each=60))
    a, b = (fitted.model.probability((f"rule={rule}",)) for rule in "ab")
    assert a == pytest.approx(0.9, abs=0.05)
    assert b == pytest.approx(0.3, abs=0.05)
    assert fitted.brier < fitted.brier_of_mean
    assert sum(b.count for b in fitted.reliability) == fitted.examples == 300


def test_a_feature_that_tells_nothing_gets_no_weight() -> None:
    noise = [(f"text{i % 5}", (f"rule={'ab'[i // 7 % 2]}",), i % 10 < 7) for i in range(300)]
    fitted = fit(noise)
    assert fitted.model.weights == {}
    assert fitted.model.probability(()) == pytest.approx(0.7, abs=0.01)


def test_too_few_wrong_ones_leave_the_share_alone() -> None:
    few = rows(texts=2, each=20)
    assert sum(not right for *_, right in few) < LEAST
    fitted = fit(few)
    assert fitted.model.weights == {}
    assert 0 < fitted.model.probability(("rule=a",)) < 1


def test_training_on_the_gold_of_the_corpus(corpus_gold: Path, tmp_path: Path) -> None:
    fits = train([corpus_gold])
    assert set(fits) == {"claims", "slogans", "entities"}
    write_models(fits, tmp_path, "the texts of Datong")
    card = (tmp_path / "confidence.md").read_text("utf-8")
    assert "the texts of Datong" in card
    models = msgspec.json.decode((tmp_path / "confidence.json").read_bytes(), type=dict[str, Model])
    assert models == {kind: fitted.model for kind, fitted in fits.items()}


def test_no_annotations_is_an_error(tmp_path: Path, corpus_gold: Path) -> None:
    text = next(corpus_gold.glob("*.txt"))
    shutil.copy(text, tmp_path)
    with pytest.raises(InputError, match="no annotations"):
        train([tmp_path])


def test_confidence_is_of_the_shipped_model_and_differs_with_the_evidence() -> None:
    doc = Document(
        "去年全市地区生产总值增长5%。为3个村配备了医生。", given=Metadata(date="2024-01-05", region="大同市")
    )
    growth, count = process(doc, select(["claims"])).claims
    assert "rule=change" in features(growth)
    assert growth.confidence > count.confidence
    assert confident(growth) == growth
