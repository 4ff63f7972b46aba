"""The confidence of records: what it is read from, how it is fitted and told, on annotations and on reviews."""

import csv
import io
import json
import shutil
from pathlib import Path

import msgspec
import pytest

from pipeline.confidence import Model, confident, features, rescore, shipped
from pipeline.document import Document, Metadata
from pipeline.errors import InputError
from pipeline.stages import process, select
from pipeline.training import LEAST, Example, fit, gather, learn, write_shipped
from pipeline.versions import add, in_use, models_in_use, use, versions
from tests.conftest import CORPUS


def rows(texts: int, each: int) -> list[Example]:
    """Records whose rule tells whether they are right: nine in ten by rule a, three in ten by rule b."""
    found = []
    for text in range(texts):
        for i in range(each):
            rule = "ab"[i % 2]
            found.append(Example(f"text{text}", rule, (f"rule={rule}",), i % 20 // 2 < (9 if rule == "a" else 3)))
    return found


def test_a_feature_that_tells_is_learnt() -> None:
    fitted = fit(rows(texts=5, each=60))
    a, b = (fitted.model.probability((f"rule={rule}",)) for rule in "ab")
    assert a == pytest.approx(0.9, abs=0.05)
    assert b == pytest.approx(0.3, abs=0.05)
    assert fitted.after.brier < fitted.before.brier
    assert sum(b.count for b in fitted.after.reliability) == fitted.examples == 300
    assert [(rule.name, rule.count, rule.right) for rule in fitted.rules] == [("a", 150, 0.9), ("b", 150, 0.3)]
    assert all(abs(rule.after - rule.right) < 0.05 < abs(rule.before - rule.right) for rule in fitted.rules)


def test_the_weights_are_those_of_a_logistic_regression() -> None:
    """Held near zero, they are what scikit-learn's, which is another program, finds."""
    from sklearn.linear_model import LogisticRegression

    examples = rows(texts=5, each=60)
    fitted = fit(examples)
    there = [[float(e.rule == "a"), float(e.rule == "b")] for e in examples]
    other = LogisticRegression(C=fitted.strength, tol=1e-8).fit(there, [e.right for e in examples])
    for rule, row in (("a", [1.0, 0.0]), ("b", [0.0, 1.0])):
        mine = fitted.model.probability((f"rule={rule}",))
        assert mine == pytest.approx(other.predict_proba([row])[0, 1], abs=0.002)


def test_few_examples_change_an_earlier_model_little_and_many_change_it_more() -> None:
    prior = Model(2.0, {"rule=a": 1.0, "rule=b": 1.0})
    before = prior.probability(("rule=b",))
    few, many = (fit(rows(texts=5, each=each), prior, prior).model.probability(("rule=b",)) for each in (10, 400))
    assert before > 0.9 and many == pytest.approx(0.3, abs=0.03)
    assert many < few < before


def test_parts_of_a_single_text_judge_each_other() -> None:
    fitted = fit(rows(texts=1, each=300), Model(1.0, {}))
    assert fitted.texts == 1 and fitted.strength > 0
    assert fitted.after.brier < fitted.before.brier


def test_a_feature_that_tells_nothing_gets_no_weight() -> None:
    noise = [Example(f"text{i % 5}", "", (f"rule={'ab'[i // 7 % 2]}",), i % 10 < 7) for i in range(300)]
    fitted = fit(noise)
    assert all(abs(weight) < 0.05 for weight in fitted.model.weights.values())
    assert fitted.model.probability(()) == pytest.approx(0.7, abs=0.01)


def test_too_few_wrong_ones_leave_the_share_alone() -> None:
    few = rows(texts=2, each=20)
    assert sum(not example.right for example in few) < LEAST
    fitted = fit(few)
    assert fitted.model.weights == {}
    assert 0 < fitted.model.probability(("rule=a",)) < 1


def test_training_on_the_gold_of_the_corpus(corpus_gold: Path, tmp_path: Path) -> None:
    fits = {kind: fit(examples) for kind, examples in gather([corpus_gold], None).items()}
    assert set(fits) == {"claims", "slogans", "entities"}
    write_shipped(fits, tmp_path, "the texts of Datong")
    card = (tmp_path / "confidence.md").read_text("utf-8")
    assert "the texts of Datong" in card
    models = msgspec.json.decode((tmp_path / "confidence.json").read_bytes(), type=dict[str, Model])
    assert models == {kind: fitted.model for kind, fitted in fits.items()}


def test_no_annotations_is_an_error(tmp_path: Path, corpus_gold: Path) -> None:
    text = next(corpus_gold.glob("*.txt"))
    shutil.copy(text, tmp_path)
    with pytest.raises(InputError, match="nothing decided or annotated"):
        learn([tmp_path], None, tmp_path / "models", None)
    with pytest.raises(InputError, match="no review here"):
        learn([], str(tmp_path / "no.sqlite3"), tmp_path / "models", None)


def test_confidence_is_of_the_shipped_model_and_differs_with_the_evidence() -> None:
    doc = Document(
        "去年全市地区生产总值增长5%。为3个村配备了医生。", given=Metadata(date="2024-01-05", region="大同市")
    )
    growth, count = process(doc, select(["claims"])).claims
    assert "rule=change" in features(growth)
    assert growth.confidence > count.confidence
    assert confident(growth) == growth
    rescored = rescore(doc, {"claims": Model(0.0, {"rule=change": 1.0})}).claims
    assert [claim.confidence for claim in rescored] == [0.7311, 0.5]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("去年全市地区生产总值增长5%。", ("numeral=digits", "era=since", "region=place", "sentence=short")),
        ("一九五七年粮食产量增长百分之五。", ("numeral=characters", "era=to 1977")),
    ],
)
def test_features_tell_the_age_of_a_text(text: str, wanted: tuple[str, ...]) -> None:
    (claim,) = process(Document(text, given=Metadata(date="2024-01-05", region="大同市")), select(["claims"])).claims
    assert set(wanted) <= set(features(claim))


# --- versions -------------------------------------------------------------------------------------


def test_versions_are_numbered_and_kept(tmp_path: Path) -> None:
    folder = tmp_path / "models"
    assert (in_use(folder), models_in_use(folder)) == (1, None)
    models = {"claims": Model(1.0, {"rule=a": 0.5})}
    assert [add(folder, told, models, "# card") for told in ("first", "second")] == [2, 3]
    assert in_use(folder) == 3
    assert [(version.number, version.told) for version in versions(folder)][1:] == [(2, "first"), (3, "second")]
    assert versions(folder)[0].models == shipped()
    use(folder, 2)
    assert models_in_use(folder) == models
    use(folder, 1)
    assert models_in_use(folder) is None
    assert add(folder, "third", models, "# card") == 4
    with pytest.raises(InputError, match="no such version"):
        use(folder, 9)
    assert in_use(folder) == 4


def test_a_broken_version_is_one_line(tmp_path: Path) -> None:
    add(tmp_path, "first", {}, "# card")
    (tmp_path / "confidence-0002.json").write_text('{"number": 2, "told": "x", "models": {"claims": 3}}')
    with pytest.raises(InputError, match="not a fitted model"):
        models_in_use(tmp_path)
    (tmp_path / "confidence.use").write_text("two")
    with pytest.raises(InputError, match="number of a version"):
        in_use(tmp_path)


def decided(path: Path) -> None:
    """Fill in a table as a reviewer would who finds every claim of the rule level.bare wrong."""
    lines = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    for line in lines:
        line["verdict"] = "reject" if line["rule"] == "level.bare" else "accept"
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(lines[0]))
    writer.writeheader()
    writer.writerows(lines)
    path.write_text(out.getvalue(), "utf-8")


def test_runs_use_what_a_review_has_taught_and_one_command_goes_back(gongbao, tmp_path: Path) -> None:
    run = ("run", CORPUS, "--quiet", "--only", "claims")
    claims, table = tmp_path / "outputs" / "claims.jsonl", tmp_path / "review.csv"

    def mean(rule: str) -> float:
        found = [row for row in map(json.loads, claims.read_text("utf-8").splitlines()) if row["rule"] == rule]
        return sum(row["confidence"] for row in found) / len(found)

    assert gongbao("train").err.startswith("error: review.sqlite3: no review here")
    assert gongbao(*run).code == 0
    before, bare, change = claims.read_bytes(), mean("level.bare"), mean("change")
    assert gongbao("review", "export", table).code == 0
    assert gongbao("train").err.startswith("error: review.sqlite3: nothing decided")
    decided(table)
    assert gongbao("review", "import", table, "--reviewer", "甲").code == 0
    done = gongbao("train")
    assert (done.code, done.out) == (0, "models/confidence-0002.md\n") and "runs use version 2" in done.err
    card = (tmp_path / "models" / "confidence-0002.md").read_text("utf-8")
    assert "| `level.bare` |" in card and "| Brier score |" in card and "| After: predicted |" in card
    assert gongbao(*run).code == 0
    assert mean("level.bare") < min(bare, 0.5) and mean("change") > 0.8 and mean("change") > change - 0.1
    learnt = claims.read_bytes()
    assert json.loads((tmp_path / "outputs" / "run.json").read_text())["confidence"] == 2
    assert gongbao(*run, "--workers", "2").code == 0
    assert claims.read_bytes() == learnt
    assert "no better than the version in use" in gongbao("train").err
    assert gongbao("train", "--use", "1").out.startswith("* 1\t")
    assert gongbao(*run).code == 0
    assert claims.read_bytes() == before
    assert "* 1\t" in gongbao("train", "--list").out and "  2\t" in gongbao("train", "--list").out
    assert gongbao("train", "--use", "7").err.startswith("error: models/confidence-0007.json: no such version")
