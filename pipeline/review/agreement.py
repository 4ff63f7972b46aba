"""How far reviewers agree, field by field, beyond what chance would give.

Cohen's κ (Cohen 1960) for two reviewers, its mean over pairs for more (after Light 1971, each pair weighted by what
both have answered); Krippendorff's α for nominal data (Krippendorff 2004, *Content Analysis*, ch. 11), which takes any
number of reviewers and missing answers.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations

import msgspec
from sqlalchemy import select

from pipeline.review import tables
from pipeline.review.database import Database
from pipeline.review.events import Answer, Event, fold
from pipeline.review.fields import FIELDS, comparable
from pipeline.review.items import event_of

Ratings = Sequence[Mapping[str, Hashable]]  #: of each record, what each reviewer said


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far reviewers agree on one field; `verdict` is whether there is such a record at all."""

    kind: str
    field: str
    items: int  #: records that two or more have answered
    reviewers: int
    agreed: float | None  #: share of pairs of answers that are the same
    kappa: float | None  #: None where it is not defined: too few answers, or all of one value
    alpha: float | None


def agreement(database: Database) -> list[Agreement]:
    """Return the agreement on each field of each kind, of all answers that were given before an adjudication.

    On fields other than the verdict, of the answers that there is a record.
    """
    rated: dict[tuple[str, str], list[dict[str, Hashable]]] = defaultdict(list)
    query = select(tables.events).order_by(tables.events.c.item_id, tables.events.c.id)
    histories: defaultdict[str, list[Event]] = defaultdict(list)
    with database.read() as connection:
        for row in connection.execute(query).mappings():
            histories[row["item_id"]].append(event_of(row))
    for events in histories.values():
        kind = events[0].kind
        answers = _own_answers(kind, events)
        if len(answers) < 2:
            continue
        rated[kind, "verdict"].append({a.reviewer: a.verdict != "reject" for a in answers})
        saying = [answer for answer in answers if answer.verdict != "reject"]
        for field in FIELDS[kind]:
            rated[kind, field.name].append(
                {answer.reviewer: comparable(field, answer.fields.get(field.name)) for answer in saying}
            )
    return [
        _measured(kind, field, rated[kind, field])
        for kind in FIELDS
        for field in ("verdict", *(field.name for field in FIELDS[kind]))
        if (kind, field) in rated
    ]


def _own_answers(kind: str, events: Sequence[Event]) -> Sequence[Answer]:
    return fold(kind, [event for event in events if event.action != "adjudicate"]).answers


def _measured(kind: str, field: str, ratings: Ratings) -> Agreement:
    several = [rating for rating in ratings if len(rating) > 1]
    pairs = [(a, b) for rating in several for a, b in combinations(rating.values(), 2)]
    return Agreement(
        kind=kind,
        field=field,
        items=len(several),
        reviewers=len({name for rating in several for name in rating}),
        agreed=round(sum(a == b for a, b in pairs) / len(pairs), 4) if pairs else None,
        kappa=cohen_kappa(several),
        alpha=krippendorff_alpha(several),
    )


def cohen_kappa(ratings: Ratings) -> float | None:
    """Return Cohen's κ, the mean over pairs of reviewers weighted by what both have answered.

    >>> cohen_kappa([{"a": 1, "b": 1}, {"a": 1, "b": 0}, {"a": 0, "b": 0}, {"a": 0, "b": 0}])
    0.5
    """
    names = sorted({name for rating in ratings for name in rating})
    total, weight = 0.0, 0
    for one, other in combinations(names, 2):
        both = [(r[one], r[other]) for r in ratings if one in r and other in r]
        if not both:
            continue
        observed = sum(a == b for a, b in both) / len(both)
        left, right = Counter(a for a, _ in both), Counter(b for _, b in both)
        expected = sum(left[value] * right[value] for value in left) / len(both) ** 2
        if expected < 1:
            total += len(both) * (observed - expected) / (1 - expected)
            weight += len(both)
    return round(total / weight, 4) if weight else None


def krippendorff_alpha(ratings: Ratings) -> float | None:
    """Return Krippendorff's α for nominal values; what one reviewer alone has answered says nothing.

    >>> krippendorff_alpha([{"a": 1, "b": 1}, {"a": 1, "b": 0}, {"a": 0, "b": 0}, {"a": 0, "b": 0}])
    0.5333
    """
    values: Counter[Hashable] = Counter()
    disagreed = 0.0
    for rating in ratings:
        said = Counter(rating.values())
        n = said.total()
        if n < 2:
            continue
        values += said
        disagreed += (n * n - sum(count * count for count in said.values())) / (n - 1)
    n = values.total()
    expected = n * n - sum(count * count for count in values.values())
    return round(1 - (n - 1) * disagreed / expected, 4) if expected else None
