"""Fitting the confidence of records on annotated texts.

A record is an example of a right one where :mod:`pipeline.evaluation` counts it as wholly right, of a wrong one
where it counts it as wrong; what the annotations leave open is no example. How well the fit is calibrated is
measured by cross-validation over texts: each text is judged by a model that has not seen it.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss
from sklearn.model_selection import LeaveOneGroupOut, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline

from pipeline.confidence import Model, features
from pipeline.document import Record
from pipeline.errors import InputError
from pipeline.evaluation import judge
from pipeline.inputs import find_inputs
from pipeline.reading import read_document
from pipeline.stages import process, select
from pipeline.writing import RECORD_KINDS, pretty, write_file

STRENGTHS = (0.03, 0.1, 0.3, 1.0, 3.0)  #: inverse strengths of regularisation to choose from
LEAST = 20  #: examples of either sort that weights need; with fewer the share of right records is all that is learnt
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)  #: edges of the reliability table


class Bin(msgspec.Struct, frozen=True):
    """Records whose predicted probability lies in `[low, high)`: how many, what was predicted, what was right."""

    low: float
    high: float
    count: int
    predicted: float
    right: float


class Fit(msgspec.Struct, frozen=True):
    """A fitted model with its cross-validated calibration."""

    model: Model
    examples: int
    right: int
    texts: int
    strength: float
    log_loss: float
    brier: float
    brier_of_mean: float  #: of giving every record the share of right ones
    reliability: list[Bin]


def train(gold_dirs: Sequence[Path]) -> dict[str, Fit]:
    """Return a fit for each kind of record that is annotated in `gold_dirs`.

    Raises InputError where there is no annotation at all.
    """
    examples: defaultdict[str, list[tuple[str, tuple[str, ...], bool]]] = defaultdict(list)
    for gold in gold_dirs:
        for kind, text, record, right in _judged(gold):
            examples[kind].append((text, features(record), right))
    if not examples:
        raise InputError(f"{', '.join(map(str, gold_dirs))}: no annotations here")
    return {kind: fit(rows) for kind, rows in sorted(examples.items())}


def _judged(gold: Path) -> Iterator[tuple[str, str, Record, bool]]:
    """Yield kind, text, record and whether it is right for every record that the annotations in `gold` judge."""
    stages = select(RECORD_KINDS)
    inputs, wrong = find_inputs([gold])
    if wrong:
        raise wrong[0]
    for source in inputs:
        doc = process(read_document(Path(source.path), source.doc_id), stages)
        name = Path(source.path).stem
        for kind in RECORD_KINDS:
            annotations = gold / f"{name}.{kind}.gold.jsonl"
            if annotations.is_file():
                for record, right in judge(kind, annotations, doc):
                    yield kind, f"{gold}/{name}", record, right


def fit(rows: Sequence[tuple[str, tuple[str, ...], bool]]) -> Fit:
    """Fit a model on `(text, features, right)` rows; the regularisation is chosen by cross-validated log loss.

    Weights that don't predict better than the share of right records alone are dropped.
    """
    groups = np.array([text for text, *_ in rows])
    sets = [dict.fromkeys(found, 1.0) for _, found, _ in rows]
    right = np.array([row[2] for row in rows], dtype=int)
    share = (right.sum() + 1) / (len(right) + 2)
    mean = np.full(len(right), share)
    predictions = {0.0: mean}  # of no weights at all
    if min(right.sum(), len(right) - right.sum()) >= LEAST and len(set(groups)) > 1:
        for strength in STRENGTHS:
            predictions[strength] = cross_val_predict(
                _pipeline(strength), sets, right, groups=groups, cv=LeaveOneGroupOut(), method="predict_proba"
            )[:, 1]
    losses = {strength: float(log_loss(right, p, labels=[0, 1])) for strength, p in predictions.items()}
    strength = min(losses, key=lambda s: (losses[s], s))
    predicted = predictions[strength]
    return Fit(
        model=_model(_pipeline(strength).fit(sets, right)) if strength else Model(_logit(share), {}),
        examples=len(rows),
        right=int(right.sum()),
        texts=len(set(groups)),
        strength=strength,
        log_loss=round(losses[strength], 4),
        brier=round(float(np.mean((predicted - right) ** 2)), 4),
        brier_of_mean=round(float(np.mean((mean - right) ** 2)), 4),
        reliability=list(_reliability(predicted, right)),
    )


def _logit(share: float) -> float:
    return round(math.log(share / (1 - share)), 4)


def _model(fitted: Pipeline) -> Model:
    vectorizer, regression = fitted[0], fitted[1]
    weights = zip(vectorizer.get_feature_names_out(), regression.coef_[0], strict=True)
    return Model(round(float(regression.intercept_[0]), 4), {n: round(float(w), 4) for n, w in weights})


def _pipeline(strength: float) -> Pipeline:
    return make_pipeline(DictVectorizer(sparse=True), LogisticRegression(C=strength, max_iter=2000))


def _reliability(predicted: Any, right: Any) -> Iterator[Bin]:
    for low, high in pairwise(BINS):
        inside = (predicted >= low) & ((predicted < high) | (high == 1.0))
        if inside.any():
            mean, share = float(predicted[inside].mean()), float(right[inside].mean())
            yield Bin(low, high, int(inside.sum()), round(mean, 3), round(share, 3))


def write_models(fits: dict[str, Fit], folder: Path, told: str) -> None:
    """Write the models and their card to `folder`; `told` says what the texts are."""
    write_file(folder / "confidence.json", pretty({kind: fit.model for kind, fit in fits.items()}))
    write_file(folder / "confidence.md", _card(fits, told).encode())


def _card(fits: dict[str, Fit], told: str) -> str:
    lines = [
        "# Confidence of records: model card",
        "",
        "What it is: for each kind of record a logistic regression over what the record itself shows (see",
        "`pipeline/confidence.py`), as plain weights in `confidence.json`. Written by `gongbao train`, never by hand.",
        "",
        f"Fitted on: {told}",
        "",
        "What it predicts: that a record is wholly right, as `gongbao eval` counts it (a claim in value, unit, kind,",
        "direction, indicator, period, region and status; a slogan or an entity in span and type).",
        "",
        "All figures below are cross-validated: each text was judged by a model that had not seen it. A text of a",
        "genre that is not among the annotated ones may be judged too kindly.",
    ]
    for kind, fitted in fits.items():
        share = fitted.right / fitted.examples
        lines += [
            "",
            f"## {kind}",
            "",
            f"{fitted.examples} records of {fitted.texts} texts, {share:.1%} right; "
            + (f"C = {fitted.strength:g}; " if fitted.strength else "no weights, the share alone; ")
            + f"log loss {fitted.log_loss:.3f}; Brier score {fitted.brier:.4f} "
            f"({fitted.brier_of_mean:.4f} for the mean alone).",
            "",
            "| predicted | records | mean prediction | share right |",
            "| --- | --- | --- | --- |",
        ]
        lines += [
            f"| {b.low:.2f}–{b.high:.2f} | {b.count} | {b.predicted:.3f} | {b.right:.3f} |" for b in fitted.reliability
        ]
    return "\n".join(lines) + "\n"
