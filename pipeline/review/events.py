"""What reviewers did, as events, and what follows from them.

The state of a record is the fold of its events: an undo cancels one earlier event (an undo included, which is a redo);
of each reviewer the last answer counts; answers that differ are a conflict until somebody adjudicates.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from pipeline.review.anchoring import Anchor
from pipeline.review.fields import differing

ANSWERS = ("accept", "reject", "correct", "add")  #: what a reviewer thinks of a record
ACTIONS = (*ANSWERS, "adjudicate", "note", "flag", "unflag", "skip", "reattach", "undo")
#: ``open``: nobody answered; ``withdrawn``: what was added and then undone.
STATES = ("open", "accepted", "corrected", "added", "rejected", "conflict", "withdrawn")
PLACING = ("add", "correct", "adjudicate", "reattach")  #: actions whose `after` may hold a span


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a reviewer did.

    `anchor` is the place of the record as it was seen; `record` are all of its fields after an answer. `before` and
    `after` hold only what changed: fields by name; ``text`` of a note; ``span``, an anchor, where the place changed;
    ``verdict`` of an adjudication.
    """

    id: int
    at: str
    reviewer: str
    item_id: str
    doc_id: str
    kind: str
    record_id: str | None
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    record: dict[str, Any] | None
    anchor: Anchor
    extractor: str
    undoes: int | None = None
    request: str | None = None

    @property
    def span(self) -> Anchor | None:
        """The place that this event gave to its record, if it did."""
        given = (self.after or {}).get("span") if self.action in PLACING else None
        return msgspec.convert(given, Anchor) if given else None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What one reviewer thinks of a record: the verdict, its fields and the place where they are other than seen."""

    reviewer: str
    event_id: int
    at: str
    verdict: str
    fields: dict[str, Any]
    span: Anchor | None = None
    adjudicated: bool = False

    def agrees(self, other: "Answer", kind: str) -> bool:
        """Tell whether two reviewers say the same: both that it is wrong, or both the same of it."""
        if "reject" in (self.verdict, other.verdict):
            return self.verdict == other.verdict
        here, there = self.span, other.span
        same_span = here is None or there is None or (here.quote, here.prefix) == (there.quote, there.prefix)
        return same_span and not differing(kind, self.fields, other.fields)


class Folded(msgspec.Struct, frozen=True, kw_only=True):
    """What follows from the events of a record."""

    state: str
    answers: tuple[Answer, ...]  #: the last of each reviewer, the oldest first
    decided: Answer | None  #: the one that counts; in a conflict the last
    anchors: tuple[Anchor, ...]  #: places that the events know, the one to be taken first
    skipped: frozenset[str]  #: reviewers who put it off after whatever they had answered
    flagged: bool
    notes: tuple[Event, ...]
    last: int  #: the last event that has a part in the state; 0 if there is none


def cancelled(events: Sequence[Event]) -> set[int]:
    """Return the ids of the events that an undo has cancelled, undos that were cancelled themselves included."""
    gone: set[int] = set()
    for event in reversed(events):
        if event.action == "undo" and event.id not in gone and event.undoes is not None:
            gone.add(event.undoes)
    return gone


def fold(kind: str, events: Sequence[Event]) -> Folded:
    """Return what follows from `events`, all those of one record, in order."""
    gone = cancelled(events)
    kept = [event for event in events if event.id not in gone and event.action != "undo"]
    answers = _standing([_answer(event) for event in kept if event.action in (*ANSWERS, "adjudicate")])
    flag = next((event for event in reversed(kept) if event.action in ("flag", "unflag")), None)
    latest: dict[str, str] = {}
    for event in kept:
        if event.action in (*ANSWERS, "adjudicate", "skip"):
            latest[event.reviewer] = event.action
    weighty = (*ANSWERS, "adjudicate", "reattach", "undo")
    return Folded(
        state=_state(kind, answers, kept, touched=any(event.action == "add" for event in events)),
        answers=tuple(answers),
        decided=answers[-1] if answers else None,
        anchors=_anchors(events, gone),
        skipped=frozenset(reviewer for reviewer, action in latest.items() if action == "skip"),
        flagged=flag is not None and flag.action == "flag",
        notes=tuple(event for event in kept if event.action == "note"),
        last=max((event.id for event in events if event.action in weighty), default=0),
    )


def _answer(event: Event) -> Answer:
    adjudicated = event.action == "adjudicate"
    return Answer(
        reviewer=event.reviewer,
        event_id=event.id,
        at=event.at,
        verdict=(event.after or {})["verdict"] if adjudicated else event.action,
        fields=event.record or {},
        span=event.span,
        adjudicated=adjudicated,
    )


def _standing(answers: Sequence[Answer]) -> list[Answer]:
    """Return the last answer of each reviewer; an adjudication makes those before it history.

    What its author says afterwards takes its place.
    """
    standing: dict[str, Answer] = {}
    judge: str | None = None
    for answer in answers:
        if answer.adjudicated:
            standing, judge = {}, answer.reviewer
        elif answer.reviewer == judge:
            answer = msgspec.structs.replace(answer, adjudicated=True)
        standing.pop(answer.reviewer, None)
        standing[answer.reviewer] = answer
    return list(standing.values())


def _state(kind: str, answers: Sequence[Answer], kept: Sequence[Event], *, touched: bool) -> str:
    if not answers:
        return "withdrawn" if touched else "open"
    last = answers[-1]
    if not all(last.agrees(other, kind) for other in answers):
        return "conflict"
    if last.verdict == "reject":
        return "rejected"
    if any(event.action == "add" for event in kept):
        return "added"
    return "corrected" if any(answer.verdict == "correct" for answer in answers) else "accepted"


def _anchors(events: Sequence[Event], gone: set[int]) -> tuple[Anchor, ...]:
    """Return the places that `events` know of: the last that was given, those seen since, and then all others."""
    seen = [event for event in reversed(events) if event.action != "undo"]
    valid = [event for event in seen if event.id not in gone]
    ordered: list[Anchor] = [span for event in valid if (span := event.span)]
    ordered += [event.anchor for event in valid]
    ordered += [event.anchor for event in seen if event.id in gone]
    return tuple(dict.fromkeys(ordered))
