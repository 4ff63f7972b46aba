"""The current extraction comes into the database, and the decisions that were taken on others are carried over to it.

Of a document that is as it was, nothing is touched. Otherwise every record that somebody has done something about is
looked for in the text (see `anchoring`) and meets the extracted record that has the same span, or else most of it;
what the extractor finds anew becomes an item nobody has answered. What is in no run any more waits, untouched, for one
that has it again.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from pipeline import __version__
from pipeline.collection import load_run
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.review import tables
from pipeline.review.anchoring import Place
from pipeline.review.database import Database
from pipeline.review.doubt import Key, Reason, doubt, reasons
from pipeline.review.events import Event, fold
from pipeline.review.items import Texts, event_of, places_of, project, write_answers
from pipeline.writing import RECORD_KINDS, record_row, text_hash

_OVERLAP = 0.5  # how much of both spans must be common for an extracted record to be the decided one


class Loaded(msgspec.Struct, frozen=True):
    """What became of a run: documents, those that were new or had changed, and the decided records by their place."""

    documents: int
    changed: int
    items: int
    carried: dict[str, int]  #: how decided records came to their places, see `items.PLACED`


def read_run(folder: Path) -> tuple[list[Document], str]:
    """Return the documents that a run wrote to `folder`, and the name of the version that did."""
    docs = load_run(folder)
    try:
        manifest = msgspec.json.decode((folder / "run.json").read_bytes())
        return docs, f"gongbao {manifest['versions']['gongbao']}"
    except FileNotFoundError:
        return docs, f"gongbao {__version__}"
    except (msgspec.DecodeError, KeyError, TypeError) as error:
        raise InputError(f"{folder / 'run.json'}: not what a run writes; run again") from error


def load(database: Database, docs: Sequence[Document], extractor: str) -> Loaded:
    """Make the records of `docs` the current extraction, and carry over every decision.

    All of it happens in one transaction: a reviewer sees the extraction before or the one after.
    """
    rows = {doc.doc_id: _rows(doc) for doc in docs}
    if len(rows) != len(docs):
        raise InputError("two documents of the run have one name; process them in one run")
    with database.write(alone=True) as connection:
        known = {row.doc_id: row for row in connection.execute(select(tables.documents))}
        _rename(connection, docs, known)
        changed = {
            doc.doc_id
            for doc in docs
            if (row := known.get(doc.doc_id)) is None
            or not row.present
            or row.extraction != _digest(doc, rows[doc.doc_id])
        }
        connection.execute(update(tables.documents).values(present=False))
        texts = Texts(connection)
        for position, doc in enumerate(docs):
            _write_document(connection, doc, rows[doc.doc_id], position, extractor, is_new=doc.doc_id not in known)
        if changed:  # what speaks against a record may stand in another text
            against = reasons(docs)
            used = set(connection.execute(select(tables.items.c.id).where(tables.items.c.touched)).scalars())
            for doc in docs:
                _write_items(connection, texts, doc.doc_id, rows[doc.doc_id], against, used)
        _sweep(connection)
        present = select(tables.documents.c.doc_id).where(tables.documents.c.present)
        items = connection.execute(
            select(tables.items.c.placed, tables.items.c.touched).where(tables.items.c.doc_id.in_(present))
        ).all()
    carried: defaultdict[str, int] = defaultdict(int)
    for item in items:
        if item.touched:
            carried[item.placed] += 1
    return Loaded(len(docs), len(changed), len(items), dict(carried))


def _rows(doc: Document) -> dict[str, list[dict[str, Any]]]:
    """Return the records of `doc` by kind as they are written, each under an id of its own."""
    rows: dict[str, list[dict[str, Any]]] = {}
    for kind in RECORD_KINDS:
        rows[kind] = [msgspec.to_builtins(record_row(record)) for record in getattr(doc, kind)]
    return rows


def _digest(doc: Document, rows: Mapping[str, Any]) -> str:
    told = (text_hash(doc.text), doc.metadata, doc.sentences, rows)
    return hashlib.sha256(msgspec.json.encode(told, order="deterministic")).hexdigest()


def _rename(connection: Connection, docs: Sequence[Document], known: dict[str, Any]) -> None:
    """Let the items of a document that has vanished go on under the name that its very text has now."""
    given = {doc.doc_id for doc in docs}
    names: defaultdict[str, list[str]] = defaultdict(list)
    for doc in docs:
        if doc.doc_id not in known:
            names[text_hash(doc.text)].append(doc.doc_id)
    for row in list(known.values()):
        if row.doc_id not in given and len(names[row.sha256]) == 1:
            (new,) = names[row.sha256]
            old = (
                connection.execute(select(tables.documents).where(tables.documents.c.doc_id == row.doc_id))
                .mappings()
                .one()
            )
            connection.execute(insert(tables.documents), [{**old, "doc_id": new, "extraction": ""}])
            connection.execute(update(tables.items).where(tables.items.c.doc_id == row.doc_id).values(doc_id=new))
            connection.execute(delete(tables.documents).where(tables.documents.c.doc_id == row.doc_id))
            known[new] = connection.execute(select(tables.documents).where(tables.documents.c.doc_id == new)).one()
            del known[row.doc_id]


def _write_document(
    connection: Connection, doc: Document, rows: Mapping[str, Any], position: int, extractor: str, *, is_new: bool
) -> None:
    sha256 = text_hash(doc.text)
    if connection.execute(select(tables.texts.c.sha256).where(tables.texts.c.sha256 == sha256)).first() is None:
        connection.execute(insert(tables.texts), [{"sha256": sha256, "text": doc.text}])
    metadata = doc.metadata
    values = {
        "position": position,
        "present": True,
        "sha256": sha256,
        "extraction": _digest(doc, rows),
        "extractor": extractor,
        "source": doc.source,
        "title": metadata.title,
        "date": metadata.date,
        "issuer": metadata.issuer,
        "region": metadata.region,
        "genre": metadata.genre,
        "sentences": [[s.start, s.end, s.paragraph, s.heading] for s in doc.sentences],
    }
    if is_new:
        connection.execute(insert(tables.documents), [{"doc_id": doc.doc_id, **values}])
    else:
        connection.execute(update(tables.documents).where(tables.documents.c.doc_id == doc.doc_id).values(**values))


def _write_items(
    connection: Connection,
    texts: Texts,
    doc_id: str,
    rows: Mapping[str, Sequence[dict[str, Any]]],
    against: Mapping[Key, list[Reason]],
    used: set[str],
) -> None:
    """Make the items of a document anew: those that have events first, then what is left of the extraction.

    `used` are the ids that no new item may have.
    """
    histories = _histories(connection, doc_id)
    met, places = _meet(texts, doc_id, histories, rows)
    connection.execute(delete(tables.items).where(tables.items.c.doc_id == doc_id))
    new: list[dict[str, Any]] = []

    def make(item_id: str, kind: str, extracted: dict[str, Any] | None, events: Sequence[Event]) -> None:
        told = against.get((doc_id, kind, extracted["id"]), []) if extracted else []
        row, folded = project(
            texts,
            events,
            item_id=item_id,
            doc_id=doc_id,
            kind=kind,
            extracted=extracted,
            against=told,
            base_doubt=doubt(extracted["confidence"], told) if extracted else 0.0,
            places=places.get(item_id),
        )
        new.append(row)
        if events:
            write_answers(connection, item_id, folded)

    for item_id, events in histories.items():
        make(item_id, events[0].kind, met.get(item_id), events)
    taken = {(kind, id(row)) for item_id, row in met.items() for kind in (histories[item_id][0].kind,)}
    for kind in RECORD_KINDS:
        for row in rows[kind]:
            if (kind, id(row)) not in taken:
                item_id, number = row["id"], 1
                while item_id in used:
                    number += 1
                    item_id = f"{row['id']}-{number}"
                used.add(item_id)
                make(item_id, kind, row, [])
    if new:
        connection.execute(insert(tables.items), new)


def _histories(connection: Connection, doc_id: str) -> dict[str, list[Event]]:
    """Return the events of the items of a document by item, in the order of their first events."""
    mine = select(tables.items.c.id).where(tables.items.c.doc_id == doc_id, tables.items.c.touched)
    query = select(tables.events).where(tables.events.c.item_id.in_(mine)).order_by(tables.events.c.id)
    found: dict[str, list[Event]] = {}
    for row in connection.execute(query).mappings():
        found.setdefault(row["item_id"], []).append(event_of(row))
    return found


def _meet(
    texts: Texts,
    doc_id: str,
    histories: Mapping[str, Sequence[Event]],
    rows: Mapping[str, Sequence[dict[str, Any]]],
) -> tuple[dict[str, dict[str, Any]], dict[str, list[Place]]]:
    """Return the extracted record that each item meets, if any, and the places of the items' anchors."""
    texts.renew(doc_id)
    target = texts.target(doc_id)
    if target is None:
        raise LookupError(f"no text of {doc_id}")
    places = {item: places_of(target, fold(events[0].kind, events).anchors) for item, events in histories.items()}
    met: dict[str, dict[str, Any]] = {}
    taken: set[int] = set()

    def take(item: str, row: dict[str, Any] | None) -> None:
        if row is not None:
            met[item] = row
            taken.add(id(row))

    def free(item: str) -> Iterable[dict[str, Any]]:
        return (row for row in rows[histories[item][0].kind] if id(row) not in taken)

    by_span: defaultdict[tuple[str, int, int], list[dict[str, Any]]] = defaultdict(list)
    for kind, found in rows.items():
        for row in found:
            by_span[kind, row["start"], row["end"]].append(row)
    for most in (1, None):  # the place that counts, of all items, before any place that one had at some time
        for item in [item for item in histories if item not in met]:
            for place in places[item][:most]:
                same = [r for r in by_span[histories[item][0].kind, place.start, place.end] if id(r) not in taken]
                if same:
                    known = [event.record_id for event in histories[item]]
                    take(item, next((row for row in same if row["id"] in known), same[0]))
                    break
    for item in [item for item in histories if item not in met]:
        rated = [(_common(place, row), -n) for n, row in enumerate(free(item)) for place in places[item]]
        best = max(rated, default=(0.0, 0))
        if best[0] >= _OVERLAP:
            take(item, list(free(item))[-best[1]])
    return met, places


def _common(place: Place, row: Mapping[str, Any]) -> float:
    """Return the share that a place and a record have in common of what they have together."""
    common: int = min(place.end, row["end"]) - max(place.start, row["start"])
    together: int = max(place.end, row["end"]) - min(place.start, row["start"])
    return max(0, common) / together


def _sweep(connection: Connection) -> None:
    """Delete the items of documents that are not in the run, but for those that somebody has done something about."""
    absent = select(tables.documents.c.doc_id).where(~tables.documents.c.present)
    connection.execute(delete(tables.items).where(tables.items.c.doc_id.in_(absent), ~tables.items.c.touched))
