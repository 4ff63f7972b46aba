"""Fitting the confidence of records on annotated texts, and on what reviewers decided.

A record is an example of a right one where :mod:`pipeline.evaluation` counts it as wholly right, of a wrong one where
it counts it as wrong or a reviewer rejected it; what the annotations leave open is no example. The weights are those
of a logistic regression that are held near those of an earlier model, or near zero, so that few examples change
little. How well the fit is calibrated is measured by cross-validation over texts: each text is judged by a model that
has not seen it.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from pipeline import versions
from pipeline.confidence import KINDS, Model, features, shipped
from pipeline.document import Record
from pipeline.errors import InputError
from pipeline.evaluation import Annotation, judge, wholly_right
from pipeline.inputs import find_inputs
from pipeline.reading import read_input
from pipeline.stages import process, select
from pipeline.writing import RECORD_KINDS, pretty, write_file

STRENGTHS = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0)  #: how far weights may go from where they were, to choose from
LEAST = 20  #: examples of either sort that weights need; with fewer the share of right records is all that is learnt
LEAST_NEAR = 10  #: the same where there is an earlier model that the weights stay near; with fewer nothing is learnt
FOLDS = 10
FEW = 5  #: texts; of fewer, parts are judged by models that have not seen these
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)  #: edges of the reliability table
_MASS = 1e-6  # by which the intercept is held back: hardly
_STEPS = 50
_CLOSE = 1e-8

Floats = NDArray[np.float64]


class Example(msgspec.Struct, frozen=True):
    """A record that was judged: the text it is of, its rule, its features, whether it is right."""

    text: str
    rule: str
    features: tuple[str, ...]
    right: bool


class Bin(msgspec.Struct, frozen=True):
    """Records whose predicted probability lies in `[low, high)`: how many, what was predicted, what was right."""

    low: float
    high: float
    count: int
    predicted: float
    right: float


class Rule(msgspec.Struct, frozen=True):
    """The records of one rule: how many, the share that is right, and what was predicted before and after."""

    name: str
    count: int
    right: float
    before: float
    after: float


class Calibration(msgspec.Struct, frozen=True):
    """How well probabilities are borne out."""

    log_loss: float
    brier: float
    reliability: list[Bin]


class Fit(msgspec.Struct, frozen=True):
    """A fitted model with its cross-validated calibration, and that of the model before on the same records."""

    model: Model
    examples: int
    right: int
    texts: int
    strength: float  #: 0 where the earlier model, or the share of right records, was not bettered
    after: Calibration
    before: Calibration
    rules: list[Rule]


class Lesson(msgspec.Struct, frozen=True):
    """What was learnt: the number of the new version, None where there is none, and what to tell of it."""

    number: int | None
    lines: list[str]


def learn(gold_dirs: Sequence[Path], review: str | None, folder: Path, told: str | None) -> Lesson:
    """Fit a new version into `folder` on the folders of annotated texts and the database `review`.

    The weights start from those that come with gongbao. Where nothing predicts better than the version in use, there
    is no new one. Raises InputError where there are no examples.
    """
    examples = gather(gold_dirs, review)
    if not any(examples.values()):
        raise InputError(f"{review or ', '.join(map(str, gold_dirs))}: nothing decided or annotated here to learn from")
    used = versions.models_in_use(folder) or shipped()
    fits = {kind: fit(rows, prior=shipped().get(kind), used=used.get(kind)) for kind, rows in examples.items() if rows}
    lines = [
        f"{kind}: {fitted.examples} records of {fitted.texts} texts, {fitted.right / fitted.examples:.1%} right; Brier "
        f"score {fitted.before.brier:.4f} before, {fitted.after.brier:.4f} after"
        for kind, fitted in fits.items()
    ]
    bettered = {kind: f for kind, f in fits.items() if f.strength and f.after.log_loss < f.before.log_loss}
    if not bettered:
        return Lesson(None, [*lines, "no better than the version in use; nothing was written"])
    sources = [*map(str, gold_dirs), *([_named(review)] if review else [])]
    counts = ", ".join(f"{fitted.examples} {kind}" for kind, fitted in fits.items())
    about = told or f"{counts} of {', '.join(sources)}"
    models = {**used, **{kind: fitted.model for kind, fitted in bettered.items()}}
    number = versions.add(folder, about, models, card(fits, about, set(bettered)))
    lines += [f"runs use version {number} from now on; `gongbao train --use {versions.SHIPPED}` goes back"]
    return Lesson(number, lines)


def _named(review: str) -> str:
    return "a PostgreSQL database" if "://" in review else review


def gather(gold_dirs: Sequence[Path], review: str | None) -> dict[str, list[Example]]:
    """Return the examples of each kind of record in folders of annotated texts and in a review's database."""
    examples: dict[str, list[Example]] = {kind: [] for kind in RECORD_KINDS}
    for gold in gold_dirs:
        for kind, text, record, right in _judged(gold):
            examples[kind].append(_example(text, record, right))
    if review is not None:
        for kind, text, record, right in _reviewed(review):
            examples[kind].append(_example(text, record, right))
    return examples


def _example(text: str, record: Record, right: bool) -> Example:
    return Example(text, getattr(record, "rule", ""), features(record), right)


def _judged(gold: Path) -> Iterator[tuple[str, str, Record, bool]]:
    """Yield kind, text, record and whether it is right for every record that the annotations in `gold` judge."""
    stages = select(RECORD_KINDS)
    inputs, wrong = find_inputs([gold])
    if wrong:
        raise wrong[0]
    for source in inputs:
        doc = process(read_input(source), stages)
        name = Path(source.path).stem
        for kind in RECORD_KINDS:
            annotations = gold / f"{name}.{kind}.gold.jsonl"
            if annotations.is_file():
                for record, right in judge(kind, annotations, doc):
                    yield kind, f"{gold}/{name}", record, right


def _reviewed(where: str) -> Iterator[tuple[str, str, Record, bool]]:
    """Yield the same for every extracted record that the review in the database `where` has decided."""
    from pipeline.review.database import open_database
    from pipeline.review.exchange.entries import VERDICTS
    from pipeline.review.queue import Filters, find

    if "://" not in where and not Path(where).exists():
        raise InputError(f"{where}: no review here; name folders of annotated texts, or the database with --db")
    types = {kind: type_ for type_, kind in KINDS.items()}
    database = open_database(where)
    try:
        items = find(database, Filters(), order="text")
    finally:
        database.close()
    for item in items:
        if item.extracted is None or item.state not in VERDICTS or item.start is None:
            continue
        rejected = item.state == "rejected"
        if rejected and item.differs:  # it is extracted otherwise now, and nobody has answered that
            continue
        wanted = {**item.fields, "start": item.start, "end": item.end, "quote": item.quote}
        got, said = (msgspec.convert(_placed(row), Annotation) for row in (item.extracted, wanted))
        record = msgspec.convert(item.extracted, types[item.kind])
        yield item.kind, item.doc_id, record, not rejected and wholly_right(item.kind, got, said)


def _placed(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without the members whose words are gone."""
    kept = [member for member in row.get("members") or () if member["start"] is not None]
    return {**{name: value for name, value in row.items() if name != "evidence"}, "members": kept}


# --- fitting ------------------------------------------------------------------------------------------


def fit(examples: Sequence[Example], prior: Model | None = None, used: Model | None = None) -> Fit:
    """Fit a model on `examples`, near `prior` if there is one; how near is chosen by cross-validated log loss.

    Weights that don't predict better than the prior, or than the share of right records alone, are dropped. `used` is
    the model to compare with; without one it is that share.
    """
    right = np.array([example.right for example in examples], dtype=float)
    share = (right.sum() + 1) / (len(right) + 2)
    prior_or_share = prior or Model(_logit(share), {})
    names = sorted({name for example in examples for name in example.features} | set(prior_or_share.weights))
    matrix, centre = _matrix(examples, names), _vector(prior_or_share, names)
    folds = _folds(examples)
    predictions = {0.0: _sigmoid(matrix @ centre)}
    least = LEAST if prior is None else LEAST_NEAR
    if min(right.sum(), len(right) - right.sum()) >= least and folds.max() > 0:
        for strength in STRENGTHS:
            predicted = np.zeros(len(right))
            for fold in range(folds.max() + 1):
                seen, unseen = folds != fold, folds == fold
                predicted[unseen] = _sigmoid(matrix[unseen] @ _weights(matrix[seen], right[seen], centre, strength))
            predictions[strength] = predicted
    losses = {strength: _log_loss(predicted, right) for strength, predicted in predictions.items()}
    strength = min(losses, key=lambda s: (losses[s], s))
    after = predictions[strength]
    before = predictions[0.0]
    if used is not None:
        before = np.array([used.probability(example.features) for example in examples])
    model = _model(_weights(matrix, right, centre, strength), names) if strength else prior_or_share
    return Fit(
        model=model,
        examples=len(examples),
        right=int(right.sum()),
        texts=len({example.text for example in examples}),
        strength=strength,
        after=_calibration(after, right),
        before=_calibration(before, right),
        rules=list(_by_rule(examples, right, before, after)),
    )


def _folds(examples: Sequence[Example]) -> NDArray[np.int_]:
    """Return for each example which part of the texts it is of; of few texts, which stretch of its own."""
    counts: defaultdict[str, int] = defaultdict(int)
    for example in examples:
        counts[example.text] += 1
    groups: list[tuple[str, int]] = []
    if len(counts) >= FEW:
        groups = [(example.text, 0) for example in examples]
    else:
        seen: defaultdict[str, int] = defaultdict(int)
        for example in examples:
            groups.append((example.text, seen[example.text] * FOLDS // counts[example.text]))
            seen[example.text] += 1
    numbers = {group: number % FOLDS for number, group in enumerate(sorted(set(groups)))}
    return np.array([numbers[group] for group in groups])


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Floats:
    """Return which example has which feature, and a last column of ones."""
    column = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names) + 1))
    matrix[:, -1] = 1
    for row, example in enumerate(examples):
        for name in example.features:
            matrix[row, column[name]] = 1
    return matrix


def _vector(model: Model, names: Sequence[str]) -> Floats:
    return np.array([*(model.weights.get(name, 0.0) for name in names), model.intercept])


def _weights(matrix: Floats, right: Floats, centre: Floats, strength: float) -> Floats:
    """Return the weights with the least log loss, held near `centre` the more the less `strength`; by Newton."""
    weights, held = centre.copy(), np.full(len(centre), 1 / strength)
    held[-1] = _MASS

    def loss(tried: Floats) -> float:
        scores = matrix @ tried
        apart = tried - centre
        return float(np.sum(np.logaddexp(0, scores) - right * scores) + (held * apart) @ apart / 2)

    for _ in range(_STEPS):
        predicted = _sigmoid(matrix @ weights)
        slope = matrix.T @ (predicted - right) + held * (weights - centre)
        curve = (matrix * (predicted * (1 - predicted))[:, None]).T @ matrix + np.diag(held)
        step = np.linalg.solve(curve, slope)
        while loss(weights - step) > loss(weights) and np.abs(step).max() > _CLOSE:
            step = step / 2  # from far away, a whole step leads further away
        weights = weights - step
        if np.abs(step).max() <= _CLOSE:
            break
    return weights


def _model(weights: Floats, names: Sequence[str]) -> Model:
    rounded = [round(float(weight), 4) for weight in weights]
    return Model(rounded[-1], {name: w for name, w in zip(names, rounded, strict=False) if w})


def _sigmoid(scores: Floats) -> Floats:
    found: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return found


def _logit(share: float) -> float:
    return round(math.log(share / (1 - share)), 4)


def _log_loss(predicted: Floats, right: Floats) -> float:
    return float(-np.mean(right * np.log(predicted) + (1 - right) * np.log(1 - predicted)))


def _calibration(predicted: Floats, right: Floats) -> Calibration:
    return Calibration(
        log_loss=round(_log_loss(predicted, right), 4),
        brier=round(float(np.mean((predicted - right) ** 2)), 4),
        reliability=list(_reliability(predicted, right)),
    )


def _reliability(predicted: Floats, right: Floats) -> Iterator[Bin]:
    for low, high in pairwise(BINS):
        inside = (predicted >= low) & ((predicted < high) | (high == 1.0))
        if inside.any():
            mean, share = float(predicted[inside].mean()), float(right[inside].mean())
            yield Bin(low, high, int(inside.sum()), round(mean, 3), round(share, 3))


def _by_rule(examples: Sequence[Example], right: Floats, before: Floats, after: Floats) -> Iterator[Rule]:
    rules = np.array([example.rule for example in examples])
    for name in sorted(set(rules.tolist())):
        of = rules == name
        means = (round(float(values[of].mean()), 3) for values in (right, before, after))
        yield Rule(name, int(of.sum()), *means)


# --- telling ------------------------------------------------------------------------------------------


def write_shipped(fits: Mapping[str, Fit], folder: Path, told: str) -> None:
    """Write the models that come with gongbao, and their card, to `folder`."""
    write_file(folder / "confidence.json", pretty({kind: fit.model for kind, fit in fits.items()}))
    write_file(folder / "confidence.md", card(fits, told, set(fits)).encode())


def card(fits: Mapping[str, Fit], told: str, taken: set[str]) -> str:
    """Return the card of a version: what it is, what it was fitted on, how well it is calibrated; `taken` is in it."""
    lines = [
        "# Confidence of records: model card",
        "",
        "What it is: for each kind of record a logistic regression over what the record itself shows (see",
        "`pipeline/confidence.py`), as plain weights in the JSON file of the same name. Written by a program, never by",
        "hand.",
        "",
        f"Fitted on: {told}",
        "",
        "What it predicts: that a record is wholly right, as `gongbao eval` counts it (a claim in value, unit, kind,",
        "direction, indicator, period, region and status; a slogan or an entity in span and type).",
        "",
        "The figures after the fit are cross-validated: each text (of few texts, each part of one) was judged by a",
        "model that had not seen it. The model before may have seen these texts. A text of a genre that is not among",
        "them may be judged too kindly; and what reviewers chose because it looked doubtful is not all that there is.",
    ]
    for kind, fitted in fits.items():
        lines += ["", *_section(kind, fitted, taken=kind in taken)]
    return "\n".join(lines) + "\n"


def _section(kind: str, fitted: Fit, *, taken: bool) -> Iterator[str]:
    before, after = fitted.before, fitted.after
    fate = f"Weights fitted with strength {fitted.strength:g}." if fitted.strength else "No weights were learnt."
    yield f"## {kind}"
    yield ""
    yield f"{fitted.examples} records of {fitted.texts} texts, {fitted.right / fitted.examples:.1%} right. " + (
        fate if taken else "Not bettered, and left as it was."
    )
    yield ""
    yield "| | before | after |"
    yield "| --- | --- | --- |"
    yield f"| Brier score | {before.brier:.4f} | {after.brier:.4f} |"
    yield f"| log loss | {before.log_loss:.4f} | {after.log_loss:.4f} |"
    for name, reliability in (("Before", before.reliability), ("After", after.reliability)):
        yield ""
        yield f"| {name}: predicted | records | mean prediction | share right |"
        yield "| --- | --- | --- | --- |"
        for b in reliability:
            yield f"| {b.low:.2f}–{b.high:.2f} | {b.count} | {b.predicted:.3f} | {b.right:.3f} |"
    yield ""
    yield "| rule | records | right | predicted before | predicted after |"
    yield "| --- | --- | --- | --- | --- |"
    for rule in fitted.rules:
        yield f"| `{rule.name}` | {rule.count} | {rule.right:.3f} | {rule.before:.3f} | {rule.after:.3f} |"
