"""What leaves a review and comes back to it: records with what was decided, whatever the format of the file.

Every format writes all of an :class:`Export` and reads :class:`Row`s back, so that what comes back from a file that
nobody touched is what was written; `taking` makes decisions of the rows.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from pipeline.review.anchoring import Anchor, anchor
from pipeline.review.database import Database
from pipeline.review.events import Answer, fold
from pipeline.review.fields import FIELDS, fields_of
from pipeline.review.items import Item, Texts, events_of, member_now
from pipeline.review.queue import DocumentInfo, Filters, documents, find

#: What the state of a record says of it; nothing where nobody, or not everybody, says the same.
VERDICTS = {"accepted": "accept", "corrected": "correct", "added": "add", "rejected": "reject"}
RIGHT = ("accept", "correct", "add")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A record with what was decided about it.

    `fields` are the record's, as decided or as extracted. `start` and `end` are None where its words are gone. `note`
    are all notes, a line break between. `state`, `rule` and `confidence` are for readers. `seen` is the `mark` of the
    entry as it was written: where they differ, somebody has changed it since.
    """

    doc_id: str
    kind: str
    fields: dict[str, Any]
    id: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    sha256: str | None = None
    verdict: str | None = None
    note: str = ""
    flagged: bool = False
    state: str = "open"
    rule: str | None = None
    confidence: float | None = None
    seen: str | None = None

    @property
    def mark(self) -> str:
        """What changes with what is said of the record: its verdict, place or fields."""
        told = (self.verdict, self.start, self.end, self.quote, self.fields)
        return hashlib.blake2b(msgspec.json.encode(told, order="deterministic"), digest_size=6).hexdigest()

    @property
    def untouched(self) -> bool:
        """Whether it says what it said when it was written."""
        return self.seen == self.mark

    @property
    def anchor(self) -> Anchor:
        """Where it stood; a row that somebody wrote by hand may know only its words."""
        start = self.start or 0
        return Anchor(
            start=start,
            end=start + len(self.quote),
            quote=self.quote,
            prefix=self.prefix,
            suffix=self.suffix,
            sha256=self.sha256 or "",
        )


class Text(msgspec.Struct, frozen=True):
    """A document whose records are exported."""

    about: DocumentInfo
    text: str


class Export(msgspec.Struct, frozen=True):
    """Texts with their entries, in the order of the texts, and what was extracted for each entry that was."""

    texts: Sequence[Text]
    entries: Sequence[Entry]
    extracted: dict[str, dict[str, Any]]

    def of(self, text: Text) -> list[Entry]:
        """Return the entries of a document."""
        return [entry for entry in self.entries if entry.doc_id == text.about.doc_id]


class Row(msgspec.Struct, frozen=True):
    """An entry that was read, and where in the file it stands."""

    place: str
    entry: Entry


class Refused(msgspec.Struct, frozen=True):
    """Something in a file that cannot be taken, and why, in one line."""

    place: str
    message: str


def collect(database: Database, filters: Filters | None = None, reviewer: str | None = None) -> Export:
    """Return the records that `filters` let through (all, if None) with what was decided.

    With `reviewer`, with what that one answered, whatever others say.
    """
    items = find(database, filters or Filters(), order="text")
    wanted = {item.doc_id for item in items}
    with database.read() as connection:
        held = Texts(connection)
        texts = []
        for about in documents(database):
            if about.doc_id in wanted and (target := held.target(about.doc_id)):
                texts.append(Text(about, target.text))
        found = [_entry(connection, held, item, reviewer) for item in items]
    entries = [entry for entry in found if entry is not None]
    order = {text.about.doc_id: position for position, text in enumerate(texts)}
    entries.sort(key=lambda entry: (order[entry.doc_id], entry.start is None))
    return Export(texts, entries, {item.id: item.extracted for item in items if item.extracted})


def with_context(entry: Entry, text: str, sha256: str) -> Entry:
    """Return `entry` with what stands around it in `text`, and with its words."""
    if entry.start is None or entry.end is None:
        return msgspec.structs.replace(entry, sha256=sha256)
    at = anchor(text, entry.start, entry.end, sha256)
    return msgspec.structs.replace(entry, quote=at.quote, prefix=at.prefix, suffix=at.suffix, sha256=sha256)


def marked(entry: Entry) -> Entry:
    """Return `entry` with the mark of what it says."""
    return msgspec.structs.replace(entry, seen=entry.mark)


def all_fields(kind: str, given: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return all fields of a record, None for those that are not given; of members a list."""
    fields = fields_of(kind, dict(given))
    return fields | {"members": fields["members"] or []} if "members" in fields else fields


def _entry(connection: Connection, texts: Texts, item: Item, reviewer: str | None) -> Entry | None:
    target = texts.target(item.doc_id)
    if target is None:
        return None
    events = events_of(connection, item.id) if item.notes or reviewer is not None else []
    folded = fold(item.kind, events) if events else None
    verdict, fields = VERDICTS.get(item.state), item.fields
    start, end = item.start, item.end
    if reviewer is not None:
        answer = next((a for a in folded.answers if a.reviewer == reviewer), None) if folded else None
        if answer is None and item.extracted is None:
            return None
        verdict, fields, start, end = _own(texts, item, answer)
    entry = Entry(
        id=item.id,
        doc_id=item.doc_id,
        kind=item.kind,
        start=start,
        end=end,
        quote=item.quote,
        fields=all_fields(item.kind, ((f.name, _bare(fields.get(f.name))) for f in FIELDS[item.kind])),
        verdict=verdict,
        note="\n".join(event.after["text"] for event in folded.notes if event.after) if folded else "",
        flagged=item.flagged,
        state=item.state,
        rule=item.rule,
        confidence=item.confidence if item.extracted else None,
    )
    return marked(with_context(entry, target.text, target.sha256))


def _own(texts: Texts, item: Item, answer: Answer | None) -> tuple[str | None, dict[str, Any], int | None, int | None]:
    """Return the verdict, fields and place of one reviewer's answer; of the extraction where there is none."""
    if answer is None:
        row = item.extracted or {}
        return None, fields_of(item.kind, row), row["start"], row["end"]
    fields = dict(answer.fields)
    if fields.get("members"):
        fields["members"] = [member_now(texts, member) for member in fields["members"]]
    target = texts.target(item.doc_id)
    place = target.find(answer.span) if target and answer.span else None
    if place is not None:
        return answer.verdict, fields, place.start, place.end
    if item.extracted is not None and answer.span is None:
        return answer.verdict, fields, item.extracted["start"], item.extracted["end"]
    return answer.verdict, fields, item.start, item.end


def _bare(value: Any) -> Any:
    """Return the value of a field; of members only what an entry says of them."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [{name: member[name] for name in ("doc_id", "start", "end", "quote")} for member in value]
    return value
