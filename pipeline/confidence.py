"""The confidence of a record: the measured probability that it is right.

``models/confidence.json`` holds, for each kind of record, a logistic regression over what the record itself shows:
the rule that proposed it, its type, how it came by its name. It is fitted on annotated texts by
:mod:`pipeline.training`; ``models/confidence.md`` says on which, and how well it is calibrated. A kind for which
nothing was fitted has confidence one half throughout.
"""

import math
from functools import cache
from importlib.resources import files
from typing import TypeVar

import msgspec

from pipeline.document import Claim, Entity, Record, Slogan
from pipeline.errors import DataError

R = TypeVar("R", bound=Record)

#: The kinds of record by the name that files and models give them.
KINDS: dict[type[Record], str] = {Claim: "claims", Slogan: "slogans", Entity: "entities"}


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic regression over features that a record has or has not."""

    intercept: float
    weights: dict[str, float]  #: feature → weight

    def probability(self, features: tuple[str, ...]) -> float:
        """Return the probability that a record with `features` is right."""
        score = self.intercept + sum(self.weights.get(feature, 0.0) for feature in features)
        return 1 / (1 + math.exp(-score))


def confident(record: R) -> R:
    """Return `record` with its confidence."""
    kind = KINDS[type(record)]
    if kind not in _models():
        return record
    return msgspec.structs.replace(record, confidence=_probability(kind, features(record)))


def features(record: Record) -> tuple[str, ...]:
    """Return what the confidence of `record` is read from, each as ``name=value``."""
    if isinstance(record, Claim):
        said = {c for e in record.evidence if e.role == "indicator" for c in e.quote}
        said_here = sum(c in said for c in record.indicator) >= 0.8 * len(record.indicator)
        return (
            f"rule={record.rule}",
            f"kind={record.kind}",
            f"unit={_sort_of_unit(record.unit)}",
            f"name={'said' if said_here else 'composed'}",
            f"length={_length(record.indicator)}",
            f"period={'none' if record.period is None else 'span' if '/' in record.period else 'one'}",
            f"status={record.status}",
        )
    if isinstance(record, Slogan | Entity):
        return (f"rule={record.rule}", f"type={record.type}", f"length={_length(record.quote)}")
    raise TypeError(f"{type(record).__name__} has no confidence")


def _sort_of_unit(unit: str | None) -> str:
    if unit in (None, "%", "倍", "番", "百分点", "名", "元", "人"):
        return unit or "none"
    return "other"


def _length(name: str) -> str:
    return "short" if len(name) <= 4 else "middle" if len(name) <= 12 else "long"


@cache
def _probability(kind: str, features: tuple[str, ...]) -> float:
    return round(_models()[kind].probability(features), 4)


@cache
def _models() -> dict[str, Model]:
    try:
        return msgspec.json.decode((files("models") / "confidence.json").read_bytes(), type=dict[str, Model])
    except msgspec.DecodeError as error:
        raise DataError(f"models/confidence.json: {error}; fit it anew with `gongbao train`") from error
