"""The state of each record under review, as it follows from its events, its extraction and its place."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping, bindparam, delete, insert, select

from pipeline.review import tables
from pipeline.review.anchoring import Anchor, Place, Target, anchor
from pipeline.review.doubt import Reason
from pipeline.review.events import Answer, Event, Folded, fold
from pipeline.review.fields import differing, fields_of

ORPHAN = "orphan"
_SETTLED = 1000  # opinions, where one has adjudicated: nobody else needs to be asked
#: How an item came to its place: ``extracted`` nobody has decided anything; ``same`` the text is as it was; ``moved``,
#: ``found`` in a changed text (see `anchoring`); ``orphan`` its words are gone.
PLACED = ("extracted", "same", "moved", "found", ORPHAN)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A record under review.

    `fields` are as decided, or as extracted where nothing is; `differs` names the fields (and ``span``) that the
    extraction has otherwise than the decision. `record_id` and `extracted` are None where the extractor finds nothing
    there. `start` and `end` are None for an orphan. `version` is what a decision about the item must name as seen.
    """

    id: str
    doc_id: str
    kind: str
    record_id: str | None
    extracted: dict[str, Any] | None
    start: int | None
    end: int | None
    quote: str
    placed: str
    state: str
    fields: dict[str, Any]
    differs: list[str]
    flagged: bool
    notes: int
    version: str
    confidence: float
    doubt: float
    reasons: list[Reason]
    todo: bool
    rule: str | None
    status: str | None
    type: str | None


COLUMNS = [tables.items.c[name] for name in Item.__struct_fields__]

# Statements that every decision needs are put together once.
_ITEM = select(*COLUMNS).where(tables.items.c.id == bindparam("item_id"))
_ITEM_LOCKED = _ITEM.with_for_update()
_EVENTS = select(tables.events).where(tables.events.c.item_id == bindparam("item_id")).order_by(tables.events.c.id)
_TEXT = select(tables.texts.c.text).where(tables.texts.c.sha256 == bindparam("sha256"))
_SHA256 = select(tables.documents.c.sha256).where(tables.documents.c.doc_id == bindparam("doc_id"))


def item_of(row: Iterable[Any]) -> Item:
    """Return a row of `COLUMNS` as an item."""
    values = dict(zip(Item.__struct_fields__, row, strict=True))
    values["reasons"] = [Reason(**reason) for reason in values["reasons"]]
    return Item(**values)


def find_item(connection: Connection, item_id: str, *, lock: bool = False) -> Item | None:
    """Return the item `item_id`; with `lock` no other transaction changes it before this one ends."""
    row = connection.execute(_ITEM_LOCKED if lock else _ITEM, {"item_id": item_id}).first()
    # Who waited for a transaction that wrote the row anew finds the one it waited for gone, and the new one now.
    while lock and row is None and connection.execute(_ITEM, {"item_id": item_id}).first() is not None:
        row = connection.execute(_ITEM_LOCKED, {"item_id": item_id}).first()
    return None if row is None else item_of(row)


def event_of(row: Mapping[str, Any] | RowMapping) -> Event:
    """Return a row of the table as an event."""
    kept = {name: row[name] for name in Event.__struct_fields__ if name != "anchor"}
    return msgspec.convert(kept | {"anchor": {name: row[name] for name in Anchor.__struct_fields__}}, Event)


def events_of(connection: Connection, item_id: str) -> list[Event]:
    """Return the events of an item, in order."""
    return [event_of(row) for row in connection.execute(_EVENTS, {"item_id": item_id}).mappings()]


_CACHED = 50_000_000  # characters of texts that are kept in memory


class _Cache:
    """Texts that were read before, by their hashes; the ones used last are kept."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def get(self, sha256: str) -> str | None:
        with self._lock:
            if sha256 in self._texts:
                self._texts.move_to_end(sha256)
            return self._texts.get(sha256)

    def put(self, sha256: str, text: str) -> None:
        with self._lock:
            if sha256 not in self._texts:
                self._texts[sha256] = text
                self._characters += len(text)
            while self._characters > _CACHED:
                self._characters -= len(self._texts.popitem(last=False)[1])


_cache = _Cache()


def read_text(connection: Connection, sha256: str) -> str | None:
    """Return the text with this hash."""
    text = _cache.get(sha256)
    if text is None:
        text = connection.execute(_TEXT, {"sha256": sha256}).scalar()
        if text is not None:
            _cache.put(sha256, text)
    return text


class Texts:
    """The texts of a database, old ones and those of its documents now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._targets: dict[str, Target | None] = {}

    def text(self, sha256: str) -> str | None:
        """Return the text with this hash."""
        return read_text(self._connection, sha256)

    def target(self, doc_id: str) -> Target | None:
        """Return the text of a document as it is now."""
        if doc_id not in self._targets:
            sha256 = self._connection.execute(_SHA256, {"doc_id": doc_id}).scalar()
            text = self.text(sha256) if sha256 else None
            self._targets[doc_id] = None if text is None else Target(text, self.text)
        return self._targets[doc_id]

    def name_now(self, doc_id: str, sha256: str | None) -> str:
        """Return what the document is called now that was called `doc_id` when its text was the one with this hash."""
        if sha256 is None or self.target(doc_id) is not None:
            return doc_id
        docs = tables.documents
        query = select(docs.c.doc_id).where(docs.c.sha256 == sha256).order_by(docs.c.doc_id)
        return self._connection.execute(query).scalar() or doc_id

    def renew(self, doc_id: str) -> None:
        """Forget the text of a document, which has changed."""
        self._targets.pop(doc_id, None)


def project(
    texts: Texts,
    events: Sequence[Event],
    *,
    item_id: str,
    doc_id: str,
    kind: str,
    extracted: dict[str, Any] | None,
    against: Sequence[Reason],
    base_doubt: float,
    places: Sequence[Place] | None = None,
) -> tuple[dict[str, Any], Folded]:
    """Return the row of an item and the fold of its events; `places` of its anchors, if they are known already."""
    folded = fold(kind, events)
    target = texts.target(doc_id)
    if target is None:
        raise LookupError(f"no text of {doc_id}")
    start, end, placed = _place(target, folded, extracted, places)
    decided = folded.decided
    fields = fields_of(kind, extracted or {})
    differs: list[str] = []
    if decided is not None:
        said = _standing_fields(texts, folded, decided)
        if extracted is not None:
            differs = differing(kind, said, fields)
            if decided.verdict != "reject" and start is not None and (start, end) != _span(extracted):
                differs.append("span")
        fields = said
    elif extracted is None:
        fields = fields_now(texts, _last_record(events))
    state = folded.state
    if state in ("open", "withdrawn") and extracted is None:  # what was said about it otherwise is not hidden
        state = "open" if folded.notes or folded.flagged else "withdrawn"
    anchored = folded.anchors[0] if folded.anchors else None
    quote = target.text[start:end] if start is not None else (anchored.quote if anchored else "")
    asked = state == "open" or (state == "rejected" and bool(differs))
    row = {
        "id": item_id,
        "doc_id": doc_id,
        "kind": kind,
        "record_id": extracted["id"] if extracted else None,
        "extracted": extracted,
        "start": start,
        "end": end,
        "quote": quote,
        "placed": placed,
        "state": state,
        "fields": fields,
        "differs": differs,
        "flagged": folded.flagged,
        "notes": len(folded.notes),
        "version": f"{folded.last}-{_digest(extracted, start, end, state, fields)}",
        "confidence": extracted["confidence"] if extracted else 1.0,
        "doubt": base_doubt,
        "reasons": msgspec.to_builtins(list(against)),
        "todo": placed != ORPHAN and (state == "conflict" or (extracted is not None and asked)),
        "touched": bool(events),
        "opinions": _SETTLED if decided is not None and decided.adjudicated else len(folded.answers),
        "rule": extracted["rule"] if extracted else None,
        "status": fields.get("status"),
        "type": fields.get("type") or fields.get("kind"),
        "words": _words(quote, fields, extracted, target.text, start),
    }
    return row, folded


def _place(
    target: Target, folded: Folded, extracted: dict[str, Any] | None, places: Sequence[Place] | None
) -> tuple[int | None, int | None, str]:
    if extracted is not None and (not folded.anchors or folded.decided is None):
        return *_span(extracted), "extracted"
    if places is None:
        places = places_of(target, folded.anchors)
    if places:
        return places[0].start, places[0].end, places[0].how
    return None, None, ORPHAN


def places_of(target: Target, anchors: Iterable[Anchor]) -> list[Place]:
    """Return the places of those of `anchors` that are found, each place once."""
    found = [place for sought in anchors if (place := target.find(sought))]
    spans: dict[tuple[int, int], Place] = {}
    for place in found:
        spans.setdefault((place.start, place.end), place)
    return list(spans.values())


def _span(row: Mapping[str, Any]) -> tuple[int, int]:
    return row["start"], row["end"]


def _standing_fields(texts: Texts, folded: Folded, decided: Answer) -> dict[str, Any]:
    """Return the fields that are decided; in a conflict those of whoever said something of them last."""
    saying = [answer for answer in folded.answers if answer.verdict != "reject"]
    chosen = decided if decided.verdict != "reject" or not saying else saying[-1]
    return fields_now(texts, chosen.fields)


def fields_now(texts: Texts, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return `fields` with the members where they are in the texts of now."""
    if not fields:
        return {}
    now = dict(fields)
    if now.get("members"):
        now["members"] = [member_now(texts, member) for member in now["members"]]
    return now


def member_now(texts: Texts, member: Mapping[str, Any]) -> dict[str, Any]:
    """Return a member of a slogan with its place now; None as its offsets where it is gone."""
    start, end = member["start"], member["end"]
    sha256 = member.get("sha256")
    doc_id = texts.name_now(member["doc_id"], sha256)
    target = texts.target(doc_id)
    if sha256 and start is not None and (target is None or target.sha256 != sha256):
        old = texts.text(sha256)
        place = target.find(anchor(old, start, end, sha256)) if target and old else None
        start, end = (place.start, place.end) if place else (None, None)
    return {"doc_id": doc_id, "start": start, "end": end, "quote": member["quote"]}


def _last_record(events: Sequence[Event]) -> Mapping[str, Any] | None:
    return next((event.record for event in reversed(events) if event.record), None)


def _digest(*parts: object) -> str:
    return hashlib.blake2b(msgspec.json.encode(parts, order="deterministic"), digest_size=4).hexdigest()


def _words(
    quote: str, fields: Mapping[str, Any], extracted: Mapping[str, Any] | None, text: str, start: int | None
) -> str:
    said = [value for value in fields.values() if isinstance(value, str)]
    sentence = ""
    if extracted is not None:
        sentence = text[extracted["sentence"]["start"] : extracted["sentence"]["end"]]
    elif start is not None:
        sentence = text[max(0, start - 60) : start + 60]
    return "\n".join([quote, *said, sentence.replace("\n", "")])


def write_item(connection: Connection, row: Mapping[str, Any], folded: Folded) -> None:
    """Put the row of an item, and what its reviewers answered, in place of what stands there."""
    connection.execute(delete(tables.items).where(tables.items.c.id == row["id"]))
    connection.execute(insert(tables.items), [dict(row)])
    write_answers(connection, row["id"], folded)


def write_answers(connection: Connection, item_id: str, folded: Folded) -> None:
    """Put what reviewers answered to an item in place of what stands there."""
    connection.execute(delete(tables.answers).where(tables.answers.c.item_id == item_id))
    given = {answer.reviewer: answer.event_id for answer in folded.answers}
    rows = [
        {"item_id": item_id, "reviewer": name, "event_id": given.get(name), "skipped": name in folded.skipped}
        for name in sorted({*given, *folded.skipped})
    ]
    if rows:
        connection.execute(insert(tables.answers), rows)
