"""The confidence of a record: how often its rule was right on annotated texts.

``models/precision.json`` holds, for each kind of record and each rule, how many of the records that
it proposed on the annotated texts were right. The confidence of a rule is that share, drawn towards
the share of its kind as a whole by a prior worth `PRIOR` records, so that a rule seen twice claims
little. It is a measured probability; where nothing was measured it is one half.
"""

from functools import cache
from importlib.resources import files

import msgspec

PRIOR = 5.0

Counts = dict[str, dict[str, tuple[int, int]]]  #: kind → rule → (right, proposed)


@cache
def _counts() -> Counts:
    return msgspec.json.decode((files("models") / "precision.json").read_bytes(), type=Counts)


@cache
def rule_confidence(kind: str, rule: str) -> float:
    """Return the confidence of a record of `kind` (``claims``, ``slogans``, ``entities``) proposed by `rule`."""
    rules = _counts().get(kind, {})
    right, proposed = (sum(column) for column in zip(*rules.values(), strict=True)) if rules else (0, 0)
    mean = (right + 1) / (proposed + 2)
    right, proposed = rules.get(rule, (0, 0))
    return round((right + PRIOR * mean) / (proposed + PRIOR), 4)
