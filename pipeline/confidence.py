"""The confidence of a record: the measured probability that it is right.

``models/confidence.json`` holds, for each kind of record, a logistic regression over what the record itself shows:
the rule that proposed it, its type, how it came by its name, the age of what it speaks of. It is fitted on annotated
texts by :mod:`pipeline.training`; ``models/confidence.md`` says on which, and how well it is calibrated. A kind for
which nothing was fitted has confidence one half throughout. Users can fit their own; see :mod:`pipeline.versions`.
"""

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from pipeline.document import Claim, Document, Entity, Record, Slogan
from pipeline.errors import DataError
from pipeline.regex import Regex

R = TypeVar("R", bound=Record)

#: The kinds of record by the name that files and models give them.
KINDS: dict[type[Record], str] = {Claim: "claims", Slogan: "slogans", Entity: "entities"}

#: What the confidence of a record is read from, by kind of record.
_NAMES: dict[type[Record], tuple[str, ...]] = {
    Claim: (
        *("rule", "kind", "unit", "measure", "name", "marks", "length", "numeral", "period", "era", "region", "status"),
        *("sentence", "stands"),
    ),
    Slogan: ("rule", "type", "length", "sentence", "stands"),
    Entity: ("rule", "type", "length", "sentence", "stands"),
}
_DIGIT = Regex("[0-9０-９]")
_MARKS = Regex("[，。；：、的了]")
_YEAR = Regex("[0-9]{4}")
_LEAST = -700.0  # scores below are as good as never right, and too far down for floats


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression over features that a record has or has not."""

    intercept: float
    weights: dict[str, float]  #: feature → weight

    def probability(self, features: tuple[str, ...]) -> float:
        """Return the probability that a record with `features` is right."""
        score = self.intercept + sum(self.weights.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-max(score, _LEAST)))


Models = Mapping[str, Model]  #: by kind of record


def confident(record: R) -> R:
    """Return `record` with its confidence by the shipped model."""
    kind = KINDS[type(record)]
    if kind not in shipped():
        return record
    return msgspec.structs.replace(record, confidence=_probability(type(record), _values(record)))


def rescore(doc: Document, models: Models) -> Document:
    """Give the records of `doc` their confidence by `models`, and return it."""
    doc.claims = tuple(_rescored(record, models) for record in doc.claims)
    doc.slogans = tuple(_rescored(record, models) for record in doc.slogans)
    doc.entities = tuple(_rescored(record, models) for record in doc.entities)
    return doc


def _rescored(record: R, models: Models) -> R:
    model = models.get(KINDS[type(record)])
    if model is None:
        return record
    return msgspec.structs.replace(record, confidence=round(model.probability(features(record)), 4))


def features(record: Record) -> tuple[str, ...]:
    """Return what the confidence of `record` is read from, each as ``name=value``."""
    return _named(type(record), _values(record))


def _named(sort: type[Record], values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in zip(_NAMES[sort], values, strict=True))


def _values(record: Record) -> tuple[str, ...]:
    """Return the value of each feature of `record`, in the order of `_NAMES`."""
    if isinstance(record, Claim):
        unit = _sort_of_unit(record.unit)
        return (
            record.rule,
            record.kind,
            unit,
            f"{unit} {record.kind}",
            "said" if _is_said(record) else "composed",
            "yes" if _MARKS.search(record.indicator) else "no",
            _length(record.indicator),
            "digits" if _DIGIT.search(record.quote) else "characters",
            "none" if record.period is None else "span" if "/" in record.period else "one",
            _era(record.period),
            "none" if record.region is None else "country" if record.region == "中国" else "place",
            record.status,
            *_standing(record),
        )
    if isinstance(record, Slogan | Entity):
        return (record.rule, record.type, _length(record.quote), *_standing(record))
    raise TypeError(f"{type(record).__name__} has no confidence")


def _is_said(record: Claim) -> bool:
    """Whether the words before the figure hold the name of `record`, or most of its characters."""
    name = record.indicator
    held: set[str] = set()
    for evidence in record.evidence:
        if evidence.role == "indicator":
            if name in evidence.quote:
                return True
            held.update(evidence.quote)
    return sum(map(held.__contains__, name)) >= 0.8 * len(name)


def _sort_of_unit(unit: str | None) -> str:
    if unit in (None, "%", "倍", "番", "百分点", "名", "元", "人"):
        return unit or "none"
    return "other"


def _standing(record: Claim | Slogan | Entity) -> tuple[str, str]:
    """Return how long the sentence of a record is, and how far into it the record stands."""
    length, before = record.sentence.end - record.sentence.start, record.start - record.sentence.start
    size = "short" if length <= 30 else "middle" if length <= 80 else "long" if length <= 200 else "very long"
    stands = "first" if before <= 10 else "early" if before <= 40 else "later" if before <= 120 else "late"
    return size, stands


@cache
def _era(period: str | None) -> str:
    year = _YEAR.search(period or "")
    return "none" if year is None else "to 1977" if year[0] < "1978" else "to 2000" if year[0] < "2001" else "since"


def _length(name: str) -> str:
    return "short" if len(name) <= 4 else "middle" if len(name) <= 12 else "long"


@cache
def _probability(sort: type[Record], values: tuple[str, ...]) -> float:
    return round(shipped()[KINDS[sort]].probability(_named(sort, values)), 4)


@cache
def shipped() -> dict[str, Model]:
    """Return the models that come with gongbao."""
    try:
        return msgspec.json.decode((files("models") / "confidence.json").read_bytes(), type=dict[str, Model])
    except msgspec.DecodeError as error:
        raise DataError(f"models/confidence.json: {error}; fit it anew with scripts/fit_confidence.py") from error
