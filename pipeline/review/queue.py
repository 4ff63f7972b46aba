"""What is under review: the queue in the order of doubt, filtered and counted; documents; events."""

from collections.abc import Collection, Iterator
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Integer, Select, Text, and_, bindparam, exists, func, or_, select

from pipeline.review import tables
from pipeline.review.anchoring import Anchor
from pipeline.review.database import Database
from pipeline.review.events import Event, Folded, fold
from pipeline.review.items import COLUMNS, ORPHAN, Item, Texts, event_of, events_of, find_item, item_of, read_text

_CHUNK = 1000  # events that are read at once
Order = Literal["doubt", "text"]
_ESCAPED = str.maketrans({"\\": r"\\", "%": r"\%", "_": r"\_"})


class Filters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which records are wanted; those that meet all that is not None.

    `status` is that of claims; `type` that of slogans and entities, and the kind of claims. `state` is one of
    `events.STATES`, or ``todo`` (whatever waits for an answer), ``orphan`` or ``flagged``, ``noted``, ``differs``.
    `text` are words that must all stand in the record or its sentence. `answers` says how many reviewers every record
    is to be answered by before it is done.
    """

    document: str | None = None
    kind: str | None = None
    status: str | None = None
    type: str | None = None
    issuer: str | None = None
    rule: str | None = None
    state: str | None = None
    text: str | None = None
    answers: int = 1


class DocumentInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A document under review, with the numbers of its records."""

    doc_id: str
    sha256: str
    source: str
    title: str | None
    date: str | None
    issuer: str | None
    region: str | None
    genre: str | None
    extractor: str
    todo: int = 0
    items: int = 0


# Statements that every record shown needs are put together once.
_TOLD = [name for name in DocumentInfo.__struct_fields__ if name not in ("items", "todo")]
_OF_DOCUMENT = tables.documents.c.doc_id == bindparam("doc_id")
_DOCUMENT = select(*(tables.documents.c[name] for name in _TOLD)).where(_OF_DOCUMENT)
_SENTENCES = select(tables.documents.c.sha256, tables.documents.c.sentences).where(_OF_DOCUMENT)
_BETWEEN = (
    select(*COLUMNS)
    .where(tables.items.c.doc_id == bindparam("doc_id"), tables.items.c.state != "withdrawn")
    .where(tables.items.c.start < bindparam("last"), tables.items.c.end > bindparam("first"))
    .order_by(tables.items.c.start, tables.items.c.end, tables.items.c.id)
)


class Progress(msgspec.Struct, frozen=True):
    """How far a review is: records in all, those that wait for an answer, and how many are in each state."""

    items: int
    todo: int
    states: dict[str, int]


def find(
    database: Database,
    filters: Filters = Filters(),  # noqa: B008  # immutable
    *,
    reviewer: str | None = None,
    order: Order = "doubt",
    limit: int | None = None,
    offset: int = 0,
) -> list[Item]:
    """Return the records that `filters` let through: the most doubtful first, or in the order of the texts.

    What `reviewer` has put off comes last.
    """
    query = _select(filters, *COLUMNS)
    keys: list[Any] = []
    if reviewer is not None:
        keys.append(_skipped(reviewer))
    if order == "doubt":
        keys.append(tables.items.c.doubt.desc())
    keys += [tables.documents.c.position, tables.items.c.start, tables.items.c.end, tables.items.c.id]
    query = query.order_by(*keys).limit(limit).offset(offset)
    with database.read() as connection:
        return [item_of(row) for row in connection.execute(query)]


def next_item(
    database: Database,
    filters: Filters,
    reviewer: str,
    *,
    after: str | None = None,
    order: Order = "doubt",
    avoid: Collection[str] = (),
) -> Item | None:
    """Return the first record of the queue that waits and that `reviewer` has not answered, other than `after`.

    Those to `avoid`, at which others are looking, only where there is no other.
    """
    items, answers = tables.items, tables.answers
    answered = exists().where(
        answers.c.item_id == items.c.id, answers.c.reviewer == reviewer, answers.c.event_id.is_not(None)
    )
    # What was rejected waits again where the extractor says something else there now; a conflict, for those who ask.
    again = items.c.state == ("conflict" if filters.state == "conflict" else "rejected")
    query = _select(filters, *COLUMNS).where(_waiting(filters), or_(again, ~answered))
    if after is not None:
        query = query.where(items.c.id != after)
    keys: list[Any] = [_skipped(reviewer)]
    if avoid:
        keys.append(items.c.id.in_(sorted(avoid)))
    if order == "doubt":
        keys.append(items.c.doubt.desc())
    keys += [tables.documents.c.position, items.c.start, items.c.end, items.c.id]
    with database.read() as connection:
        row = connection.execute(query.order_by(*keys).limit(1)).first()
    return None if row is None else item_of(row)


def progress(database: Database, filters: Filters = Filters()) -> Progress:  # noqa: B008  # immutable
    """Return how far the review of the records that `filters` let through is."""
    items = tables.items
    waiting = func.sum(_waiting(filters).cast(Integer)).label("waiting")
    query = _select(filters, items.c.state, items.c.placed, waiting, func.count().label("n"))
    states: dict[str, int] = {}
    todo = 0
    with database.read() as connection:
        for row in connection.execute(query.group_by(items.c.state, items.c.placed)):
            state = ORPHAN if row.placed == ORPHAN else row.state
            states[state] = states.get(state, 0) + row.n
            todo += row.waiting
    return Progress(sum(states.values()), todo, dict(sorted(states.items())))


def choices(database: Database) -> dict[str, list[str]]:
    """Return the values that each filter can have with what is under review, in order."""
    items, documents = tables.items, tables.documents
    with database.read() as connection:
        found = {
            name: sorted(value for (value,) in connection.execute(_select(Filters(), column).distinct()) if value)
            for name, column in (
                ("kind", items.c.kind),
                ("status", items.c.status),
                ("type", items.c.type),
                ("rule", items.c.rule),
                ("issuer", documents.c.issuer),
            )
        }
    return found


def documents(database: Database) -> list[DocumentInfo]:
    """Return the documents of the run under review, in its order."""
    items, docs = tables.items, tables.documents
    counted = (
        select(
            items.c.doc_id,
            func.count().label("all_items"),
            func.sum(items.c.todo.cast(Integer)).label("todo"),
        )
        .where(items.c.state != "withdrawn")
        .group_by(items.c.doc_id)
    ).subquery()
    query = (
        select(docs, counted.c.all_items, counted.c.todo)
        .outerjoin(counted, counted.c.doc_id == docs.c.doc_id)
        .where(docs.c.present)
        .order_by(docs.c.position)
    )
    with database.read() as connection:
        return [
            DocumentInfo(**{name: row[name] for name in _TOLD}, items=row["all_items"] or 0, todo=row["todo"] or 0)
            for row in connection.execute(query).mappings()
        ]


def document(database: Database, doc_id: str) -> DocumentInfo | None:
    """Return a document, whether or not the run under review has it; without the numbers of its records."""
    with database.read() as connection:
        row = connection.execute(_DOCUMENT, {"doc_id": doc_id}).first()
    return None if row is None else DocumentInfo(**dict(zip(_TOLD, row, strict=True)))


def between(database: Database, doc_id: str, start: int, end: int) -> list[Item]:
    """Return the records of a document that stand in a part of it, in the order of the text."""
    with database.read() as connection:
        rows = connection.execute(_BETWEEN, {"doc_id": doc_id, "first": start, "last": end})
        return [item_of(row) for row in rows]


def text_of(database: Database, doc_id: str) -> tuple[str, list[list[int]]] | None:
    """Return the text of a document and its sentences: start, end, paragraph, whether a heading."""
    with database.read() as connection:
        row = connection.execute(_SENTENCES, {"doc_id": doc_id}).first()
        text = None if row is None else read_text(connection, row.sha256)
    return None if row is None or text is None else (text, row.sentences)


def near(database: Database, doc_id: str, sought: Anchor) -> int:
    """Return about where words that are gone from a document were."""
    with database.read() as connection:
        target = Texts(connection).target(doc_id)
        return 0 if target is None else target.near(sought)


def item(database: Database, item_id: str) -> Item | None:
    """Return the record `item_id`."""
    with database.read() as connection:
        return find_item(connection, item_id)


def history(database: Database, item_id: str) -> tuple[list[Event], Folded | None]:
    """Return all events of a record, and what follows from them: each reviewer's answer, the notes."""
    with database.read() as connection:
        events = events_of(connection, item_id)
    return events, fold(events[0].kind, events) if events else None


def all_events(database: Database, since: int = 0) -> Iterator[Event]:
    """Yield every event after number `since`, in order, those that come meanwhile included."""
    while True:
        query = select(tables.events).where(tables.events.c.id > since).order_by(tables.events.c.id).limit(_CHUNK)
        with database.read() as connection:
            found = [event_of(row) for row in connection.execute(query).mappings()]
        yield from found
        if len(found) < _CHUNK:
            return
        since = found[-1].id


def _skipped(reviewer: str) -> ColumnElement[bool]:
    answers = tables.answers
    return exists().where(answers.c.item_id == tables.items.c.id, answers.c.reviewer == reviewer, answers.c.skipped)


def _select(filters: Filters, *columns: Any) -> Select[Any]:
    items, docs = tables.items, tables.documents
    wanted = [docs.c.present if filters.state != ORPHAN else docs.c.doc_id.is_not(None), items.c.state != "withdrawn"]
    for given, column in (
        (filters.document, items.c.doc_id),
        (filters.kind, items.c.kind),
        (filters.status, items.c.status),
        (filters.type, items.c.type),
        (filters.issuer, docs.c.issuer),
        (filters.rule, items.c.rule),
    ):
        if given is not None:
            wanted.append(column == given)
    if filters.state is not None:
        wanted.append(_waiting(filters) if filters.state == "todo" else _in_state(filters.state))
    for word in (filters.text or "").split():
        wanted.append(items.c.words.ilike(f"%{word.translate(_ESCAPED)}%", escape="\\"))
    return select(*columns).join(docs, docs.c.doc_id == items.c.doc_id).where(and_(*wanted))


def _waiting(filters: Filters) -> ColumnElement[bool]:
    """Return what is true of a record that waits for an answer."""
    items = tables.items
    if filters.answers <= 1:
        return items.c.todo
    return or_(
        items.c.todo,
        and_(items.c.placed != ORPHAN, items.c.state != "withdrawn", items.c.opinions < filters.answers),
    )


def _in_state(state: str) -> ColumnElement[bool]:
    items = tables.items
    if state == ORPHAN:
        return items.c.placed == ORPHAN
    if state == "flagged":
        return items.c.flagged
    if state == "noted":
        return items.c.notes > 0
    if state == "differs":
        return and_(items.c.touched, func.length(items.c.differs.cast(Text)) > len("[]"))
    return and_(items.c.state == state, items.c.placed != ORPHAN)
