"""Taking decisions: each becomes an event, and the state of its record follows, in one transaction."""

import datetime
import hashlib
from collections.abc import Callable, Iterable, Sequence
from itertools import count
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from pipeline.errors import ReviewError, StaleError
from pipeline.review import tables
from pipeline.review.anchoring import anchor
from pipeline.review.database import Database
from pipeline.review.doubt import Reason
from pipeline.review.events import ACTIONS, ANSWERS, Event, fold
from pipeline.review.fields import FIELDS, checked, differing, fields_of, storable
from pipeline.review.items import Item, Texts, event_of, events_of, fields_now, find_item, item_of, project, write_item
from pipeline.writing import RECORD_KINDS

_LONGEST_NOTE = 2000
_LONGEST_NAME = 100


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a reviewer wants to do, as it is sent.

    `item_id` names the record, but for an ``add``, which names `doc_id`, `kind` and `span`. `seen` is the version of
    the record that the reviewer saw; None does not ask whether it has changed since (imports). `fields` holds those
    that are to be changed, for an ``add`` those that are known. `span` is where the record belongs, for ``add``,
    ``correct``, ``adjudicate`` and ``reattach``. `verdict` is that of an ``adjudicate``: accept, correct or reject; or
    `answer` is the event of the answer that is right.
    `request` names the decision, so that one sent twice counts once.
    """

    action: str
    item_id: str | None = None
    seen: str | None = None
    fields: dict[str, Any] = {}
    span: tuple[int, int] | None = None
    text: str | None = None
    verdict: str | None = None
    answer: int | None = None
    doc_id: str | None = None
    kind: str | None = None
    another: bool = False  #: of an ``add``: that it is a second record over the words of one that is there
    request: str | None = None


def decide(database: Database, reviewer: str, decision: Decision) -> Item:
    """Take a decision of `reviewer` and return the record as it is then; when this returns it is on disk.

    Raises StaleError where the record has changed since it was seen, ReviewError where the decision makes no sense.
    """
    try:
        with database.write() as connection:
            return _Desk(connection).take(reviewer_name(reviewer), decision)
    except IntegrityError:  # the same request came twice at once
        with database.write() as connection:
            return _Desk(connection).take(reviewer_name(reviewer), decision)


def decide_all(
    database: Database, decisions: Iterable[tuple[str, Decision]], done: Callable[[Item], None] = lambda item: None
) -> int:
    """Take the decisions of several reviewers, all of them or, where one raises, none; return how many."""
    count = 0
    with database.write(alone=True) as connection:
        desk = _Desk(connection)
        for reviewer, decision in decisions:
            done(desk.take(reviewer_name(reviewer), decision))
            count += 1
    return count


def undo(database: Database, reviewer: str, event_id: int | None = None, request: str | None = None) -> Item:
    """Cancel an event of `reviewer`, the last that is not cancelled if none is named; return its record.

    Called again and again it goes back through all that the reviewer did. Raises ReviewError where there is nothing.
    """
    with database.write() as connection:
        return _Desk(connection).undo(reviewer_name(reviewer), event_id, request)


def redo(database: Database, reviewer: str, request: str | None = None) -> Item:
    """Cancel the last undo of `reviewer`, if nothing was done since; return its record."""
    with database.write() as connection:
        return _Desk(connection).redo(reviewer_name(reviewer), request)


class _Subject(msgspec.Struct, frozen=True):
    """What an event is about."""

    item_id: str
    doc_id: str
    kind: str
    span: tuple[int, int] | None
    extracted: dict[str, Any] | None = None
    reasons: Sequence[Reason] = ()
    doubt: float = 0.0

    @classmethod
    def of(cls, item: Item) -> "_Subject":
        span = None if item.start is None or item.end is None else (item.start, item.end)
        return cls(item.id, item.doc_id, item.kind, span, item.extracted, item.reasons, item.doubt)


class _Desk:
    """Takes decisions within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._texts = Texts(connection)

    def take(self, reviewer: str, decision: Decision) -> Item:
        if item := self._taken(decision.request):
            return item
        if decision.action not in ACTIONS or decision.action == "undo":
            raise ReviewError(f"no decision is called {decision.action!r}; there are: {', '.join(ACTIONS[:-1])}")
        if decision.action == "add":
            return self._add(reviewer, decision)
        item = self._item(decision.item_id)
        if decision.seen is not None and decision.seen != item.version and decision.action in (*ANSWERS, "adjudicate"):
            raise StaleError(f"{item.quote}: changed since it was shown; look at it again", "stale")
        return self._append(
            _Subject.of(item), reviewer, decision.action, decision.request, **self._told(item, decision)
        )

    def undo(self, reviewer: str, event_id: int | None, request: str | None) -> Item:
        if item := self._taken(request):
            return item
        events, undone = tables.events, tables.undone
        query = select(events).where(events.c.reviewer == reviewer, events.c.id.not_in(select(undone.c.event_id)))
        wanted = events.c.action != "undo" if event_id is None else events.c.id == event_id
        row = self._connection.execute(query.where(wanted).order_by(events.c.id.desc()).limit(1)).mappings().first()
        if row is None:
            message = "nothing to undo" if event_id is None else f"no decision {event_id} to undo"
            raise ReviewError(message, "nothing_to_undo")
        return self._cancel(reviewer, event_of(row), request)

    def redo(self, reviewer: str, request: str | None) -> Item:
        if item := self._taken(request):
            return item
        events, undone = tables.events, tables.undone
        done = events.alias()
        last_done = select(func.coalesce(func.max(done.c.id), 0)).where(
            done.c.reviewer == reviewer, done.c.action != "undo"
        )
        target = events.alias()
        query = (
            select(events)
            .join(target, target.c.id == events.c.undoes)
            .where(events.c.reviewer == reviewer, target.c.action != "undo")
            .where(events.c.id.not_in(select(undone.c.event_id)))
            .where(events.c.id > last_done.scalar_subquery())
        )
        row = self._connection.execute(query.order_by(events.c.id.desc()).limit(1)).mappings().first()
        if row is None:
            raise ReviewError("nothing to redo", "nothing_to_redo")
        return self._cancel(reviewer, event_of(row), request)

    def _cancel(self, reviewer: str, event: Event, request: str | None) -> Item:
        if event.action == "undo":
            self._connection.execute(delete(tables.undone).where(tables.undone.c.event_id == event.undoes))
        self._connection.execute(insert(tables.undone), [{"event_id": event.id}])
        subject = _Subject.of(self._item(event.item_id))
        return self._append(subject, reviewer, "undo", request, undoes=event.id)

    # -- what a decision says -------------------------------------------------------------------------------------

    def _told(self, item: Item, decision: Decision) -> dict[str, Any]:
        """Return `before`, `after` and `record` of the event; raises ReviewError where the decision makes no sense."""
        action = decision.action
        if action == "reattach":
            if decision.span is None:
                raise ReviewError("say where it belongs: span", "span")
            return {"after": {"span": self._anchor(item.doc_id, decision.span)}}
        if action == "note":
            text = (decision.text or "").strip()
            if not text or len(text) > _LONGEST_NOTE:
                raise ReviewError(f"a note has 1 to {_LONGEST_NOTE} characters", "note", most=_LONGEST_NOTE)
            return {"after": {"text": storable(text)}}
        if action in ("flag", "unflag", "skip"):
            return {}
        if action == "adjudicate" and decision.answer is not None:
            decision = self._as_answered(item, decision)
        if item.start is None and action != "reject":
            message = f"{item.quote}: its words are gone from the text; reattach it first"
            raise ReviewError(message, "gone", quote=item.quote)
        verdict = decision.verdict if action == "adjudicate" else action
        if verdict not in ("accept", "correct", "reject"):
            raise ReviewError(f"an adjudication says accept, correct or reject, not {verdict!r}")
        after: dict[str, Any] = {"verdict": verdict} if action == "adjudicate" else {}
        if verdict == "reject":  # of what the extractor says, if it says anything
            record = fields_of(item.kind, item.extracted) if item.extracted else item.fields
            return {"after": after or None, "record": self._members_dated(record)}
        if action == "accept" and (decision.fields or decision.span):
            raise ReviewError("to change a field is to correct, not to accept")
        changes = {name: checked(item.kind, name, value, self._text_of) for name, value in decision.fields.items()}
        record = {**item.fields, **changes}
        if action == "adjudicate":
            says_the_same = item.extracted is not None and not differing(item.kind, item.extracted, record)
            after["verdict"] = "accept" if says_the_same and decision.span is None else "correct"
        changed = differing(item.kind, item.fields, record)
        _require(item.kind, record)
        span = decision.span if decision.span not in (None, (item.start, item.end)) else None
        if action == "correct" and not changed and span is None:
            raise ReviewError("nothing is changed; accept it instead", "unchanged")
        after |= {name: record[name] for name in changed}
        if span is not None:
            after["span"] = self._anchor(item.doc_id, span)
        return {
            "before": {name: item.fields.get(name) for name in changed} or None,
            "after": after or None,
            "record": self._members_dated(record),
        }

    def _as_answered(self, item: Item, decision: Decision) -> Decision:
        """Return the adjudication that says what the answer says that it names."""
        found = next((e for e in events_of(self._connection, item.id) if e.id == decision.answer), None)
        if found is None or found.action not in ANSWERS or found.record is None:
            raise ReviewError(f"no answer {decision.answer} to {item.quote}")
        if found.action == "reject":
            return msgspec.structs.replace(decision, verdict="reject", fields={}, span=None)
        target = self._texts.target(item.doc_id)
        place = target.find(found.span) if found.span and target else None
        return msgspec.structs.replace(
            decision,
            verdict="correct",
            fields=fields_now(self._texts, found.record),
            span=(place.start, place.end) if place else None,
        )

    def _add(self, reviewer: str, decision: Decision) -> Item:
        doc_id, kind, span = decision.doc_id, decision.kind, decision.span
        if kind not in RECORD_KINDS:
            raise ReviewError(f"kind must be one of {', '.join(RECORD_KINDS)}, not {kind!r}")
        if doc_id is None or span is None:
            raise ReviewError("say where it stands: doc_id and span", "span")
        where = self._anchor(doc_id, span)
        record = fields_of(kind, {})
        for name, value in decision.fields.items():
            record[name] = checked(kind, name, value, self._text_of)
        _require(kind, record)
        return self._append(
            _Subject(self._free_id(reviewer, doc_id, kind, span, another=decision.another), doc_id, kind, span),
            reviewer,
            "add",
            decision.request,
            after={"span": where},
            record=self._members_dated(record),
        )

    def _free_id(self, reviewer: str, doc_id: str, kind: str, span: tuple[int, int], *, another: bool) -> str:
        """Return the id for what is added: that under which another reviewer has added it too, else a new one."""
        documents, items, answers = tables.documents, tables.items, tables.answers
        # Of two who add at once, the second waits here.
        self._connection.execute(select(documents.c.doc_id).where(documents.c.doc_id == doc_id).with_for_update())
        here = select(items).where(
            items.c.doc_id == doc_id, items.c.kind == kind, items.c.start == span[0], items.c.end == span[1]
        )
        for row in self._connection.execute(here.order_by(items.c.id)):
            mine = select(answers).where(answers.c.item_id == row.id, answers.c.reviewer == reviewer)
            answered = self._connection.execute(mine).first() is not None
            if row.record_id is None and not answered:
                return str(row.id)
            if not another:
                message = f"{row.quote}: already a record; correct it, or say that this is another"
                raise ReviewError(message, "exists", quote=row.quote)
        key = f"{doc_id}\0{kind}\0{span[0]}\0{span[1]}\0added"
        item_id = hashlib.blake2b(key.encode(), digest_size=8).hexdigest()
        taken = set(self._connection.execute(select(items.c.id).where(items.c.id.startswith(item_id))).scalars())
        numbered = (item_id if number == 1 else f"{item_id}-{number}" for number in count(1))
        return next(name for name in numbered if name not in taken)

    # -- events -----------------------------------------------------------------------------------------------------

    def _append(
        self,
        subject: _Subject,
        reviewer: str,
        action: str,
        request: str | None,
        *,
        before: dict[str, Any] | None = None,
        after: dict[str, Any] | None = None,
        record: dict[str, Any] | None = None,
        undoes: int | None = None,
    ) -> Item:
        """Write an event and the state that follows from it."""
        events = events_of(self._connection, subject.item_id)
        if subject.span is not None:
            where = self._anchor(subject.doc_id, subject.span)
        else:
            where = msgspec.to_builtins(fold(subject.kind, events).anchors[0])
        row = {
            "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
            "reviewer": reviewer,
            "item_id": subject.item_id,
            "doc_id": subject.doc_id,
            "kind": subject.kind,
            "record_id": subject.extracted["id"] if subject.extracted else None,
            "action": action,
            "before": before,
            "after": after,
            "record": record,
            **where,
            "extractor": self._extractor(subject.doc_id),
            "undoes": undoes,
            "request": request,
        }
        result = self._connection.execute(insert(tables.events).values(**row).returning(tables.events.c.id))
        events.append(event_of({"id": result.scalar_one(), **row}))
        item, folded = project(
            self._texts,
            events,
            item_id=subject.item_id,
            doc_id=subject.doc_id,
            kind=subject.kind,
            extracted=subject.extracted,
            against=subject.reasons,
            base_doubt=subject.doubt,
        )
        write_item(self._connection, item, folded)
        return item_of(item[name] for name in Item.__struct_fields__)

    def _taken(self, request: str | None) -> Item | None:
        """Return the record of a decision that was taken already under this name."""
        if request is None:
            return None
        storable(request)
        query = select(tables.events.c.item_id).where(tables.events.c.request == request)
        item_id = self._connection.execute(query).scalar()
        return None if item_id is None else find_item(self._connection, item_id)

    def _item(self, item_id: str | None) -> Item:
        item = None if item_id is None else find_item(self._connection, item_id, lock=True)
        if item is None:
            raise ReviewError(f"no record {item_id!r} under review")
        return item

    def _extractor(self, doc_id: str) -> str:
        query = select(tables.documents.c.extractor).where(tables.documents.c.doc_id == doc_id)
        return str(self._connection.execute(query).scalar_one())

    def _text_of(self, doc_id: str) -> str | None:
        target = self._texts.target(doc_id)
        return None if target is None else target.text

    def _anchor(self, doc_id: str, span: tuple[int, int]) -> dict[str, Any]:
        target = self._texts.target(doc_id)
        if target is None:
            raise ReviewError(f"no document {doc_id!r} under review")
        start, end = span
        if not 0 <= start < end <= len(target.text) or not target.text[start:end].strip():
            raise ReviewError(f"[{start}, {end}) is no stretch of {doc_id}, which has {len(target.text)} characters")
        found: dict[str, Any] = msgspec.to_builtins(anchor(target.text, start, end, target.sha256))
        return found

    def _members_dated(self, record: dict[str, Any]) -> dict[str, Any]:
        """Return `record` with the hash of the text that each member of it stands in."""
        if not record.get("members"):
            return record
        members = []
        for member in record["members"]:
            target = self._texts.target(member["doc_id"])
            members.append({**member, "sha256": target.sha256 if target else None})
        return {**record, "members": members}


def _require(kind: str, record: dict[str, Any]) -> None:
    if missing := [field.name for field in FIELDS[kind] if field.required and not record.get(field.name)]:
        raise ReviewError(f"{', '.join(missing)} cannot be empty", "required", fields=", ".join(missing))


def reviewer_name(reviewer: str) -> str:
    """Return the name that `reviewer` is known by; raises ReviewError for what is no name."""
    name = storable(reviewer).strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        message = f"a reviewer's name has 1 to {_LONGEST_NAME} characters, all of them printable"
        raise ReviewError(message, "name", most=_LONGEST_NAME)
    return name
