"""What a file says becomes decisions: all of it or, where a row cannot be taken, nothing.

A row is the answer of the reviewer who brings it. It meets the record with its id, else the one at its place; what is
right and meets none is added. Whoever says something other than another has said makes a conflict, as on the page. A
row that nobody changed since it was written repeats what was known then: it is taken where that is not known here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from pipeline.errors import ReviewError
from pipeline.review import tables
from pipeline.review.anchoring import Anchor, Place, Target
from pipeline.review.database import Database
from pipeline.review.deciding import Decision, decide_all
from pipeline.review.events import Answer, fold
from pipeline.review.exchange.entries import RIGHT, VERDICTS, Entry, Refused, Row, marked
from pipeline.review.fields import FIELDS, checked, comparable, differing
from pipeline.review.items import Item, Texts, events_of
from pipeline.review.queue import Filters, find

_LONGEST_NOTE = 2000
_OVERLAP = 0.5  # how much of two spans must be common for a record that has neither id nor span to be this one


class Taken(msgspec.Struct, frozen=True):
    """What became of the rows of a file; where any is refused, nothing was written.

    `decisions` counts the events by action; `known` are rows that say what is there already, `undecided` those that
    say nothing. `unknown` rows are about documents or words that are not under review. `conflicts` are rows that say
    something other than another reviewer.
    """

    decisions: dict[str, int]
    known: int
    undecided: int
    unknown: list[Refused]
    refused: list[Refused]
    conflicts: list[Refused]


def take(database: Database, rows: Iterable[Row | Refused], reviewer: str, *, dry_run: bool = False) -> Taken:
    """Make decisions of `reviewer` of what `rows` say; with `dry_run` only say what would come of them."""
    with database.read() as connection:
        desk = _Plan(connection, find(database, Filters()), reviewer)
        for item in find(database, Filters(state="orphan")):
            desk.items.setdefault(item.id, item)
        desk.plan(list(rows))
    conflicts: list[Refused] = []
    if not desk.refused and not dry_run:
        conflicts = _write(database, desk, reviewer)
    counts = Counter(decision.action for _, decision in desk.decisions)
    return Taken(
        decisions={} if desk.refused else dict(sorted(counts.items())),
        known=desk.known,
        undecided=desk.undecided,
        unknown=desk.unknown,
        refused=desk.refused,
        conflicts=conflicts,
    )


def _write(database: Database, plan: "_Plan", reviewer: str) -> list[Refused]:
    """Take the decisions of `plan`, and return those that make a conflict; where one is refused, none is taken."""
    at = added = ""
    conflicts: dict[str, Refused] = {}

    def decisions() -> Iterator[tuple[str, Decision]]:
        nonlocal at
        for place, decision in plan.decisions:
            at = place
            # A note or a flag of what is added comes right after it.
            named = decision.item_id is not None or decision.action == "add"
            yield reviewer, decision if named else msgspec.structs.replace(decision, item_id=added)

    def done(item: Item) -> None:
        nonlocal added
        added = item.id
        if item.state == "conflict":
            conflicts[item.id] = Refused(at, f"{item.quote:.40}: another reviewer says otherwise")

    try:
        decide_all(database, decisions(), done)
    except ReviewError as error:
        plan.refused.append(Refused(at, str(error)))
        return []
    return list(conflicts.values())


class _Plan:
    """Finds out what each row means for the records under review."""

    def __init__(self, connection: Connection, items: Sequence[Item], reviewer: str) -> None:
        self.items = {item.id: item for item in items}
        self.decisions: list[tuple[str, Decision]] = []
        self.known = self.undecided = 0
        self.unknown: list[Refused] = []
        self.refused: list[Refused] = []
        self._connection = connection
        self._texts = Texts(connection)
        self._own: dict[str, Answer] = {}
        self._notes: defaultdict[str, list[str]] = defaultdict(list)
        self._read_answers(reviewer)
        present = select(tables.documents.c.doc_id, tables.documents.c.sha256).where(tables.documents.c.present)
        self._documents = {row.doc_id: row.sha256 for row in connection.execute(present)}
        self._renamed: defaultdict[str, list[str]] = defaultdict(list)
        for doc_id, sha256 in self._documents.items():
            self._renamed[sha256].append(doc_id)

    def _read_answers(self, reviewer: str) -> None:
        answers = tables.answers
        mine = select(answers.c.item_id).where(answers.c.reviewer == reviewer, answers.c.event_id.is_not(None))
        wanted = set(self._connection.execute(mine).scalars())
        noted = {item.id for item in self.items.values() if item.notes}
        for item_id in sorted(wanted | noted):
            if item_id not in self.items:
                continue
            folded = fold(self.items[item_id].kind, events_of(self._connection, item_id))
            for answer in folded.answers:
                if answer.reviewer == reviewer:
                    self._own[item_id] = answer
            self._notes[item_id] = [event.after["text"] for event in folded.notes if event.after]

    def plan(self, rows: Sequence[Row | Refused]) -> None:
        self.refused += [row for row in rows if isinstance(row, Refused)]
        placed = [self._placed(row) for row in rows if isinstance(row, Row)]
        met = self._meet(placed)
        for number, (row, place) in enumerate(placed):
            item = met.get(number)
            try:
                self._decide(row, place, item)
            except ReviewError as error:
                self.refused.append(Refused(row.place, str(error)))

    def _placed(self, row: Row) -> tuple[Row, Place | None]:
        """Return the row, under the name that its document has here, and its place in the text as it is here."""
        entry = row.entry
        if entry.doc_id not in self._documents and len(names := self._renamed[entry.sha256 or ""]) == 1:
            entry = _renamed(entry, names[0])
            row = Row(row.place, entry)
        target = self._target(entry.doc_id)
        if target is None or not entry.quote:
            return row, None
        if entry.start is not None and not entry.sha256:
            if target.text.startswith(entry.quote, entry.start) and entry.end == entry.start + len(entry.quote):
                return row, Place(entry.start, entry.end, "same")
        elif entry.sha256 == target.sha256 and (entry.start is None or not _stands(target.text, entry)):
            return row, None
        return row, target.find(entry.anchor)

    def _target(self, doc_id: str) -> Target | None:
        return self._texts.target(doc_id) if doc_id in self._documents else None

    def _meet(self, placed: Sequence[tuple[Row, Place | None]]) -> dict[int, Item]:
        """Return the record that each row is about, by number: the one with its id, at its place, or around it."""
        met: dict[int, Item] = {}
        taken: set[str] = set()

        def meet(number: int, item: Item) -> None:
            met[number] = item
            taken.add(item.id)

        for number, (row, place) in enumerate(placed):
            item = self.items.get(row.entry.id or "")
            if item is not None and item.id not in taken and self._is(item, row.entry, place):
                meet(number, item)
        by_span: defaultdict[tuple[str, str, int | None, int | None], list[Item]] = defaultdict(list)
        by_document: defaultdict[tuple[str, str], list[Item]] = defaultdict(list)
        for item in self.items.values():
            by_span[item.doc_id, item.kind, item.start, item.end].append(item)
            by_document[item.doc_id, item.kind].append(item)
        for number, (row, place) in enumerate(placed):
            if number not in met and place is not None:
                here = by_span[row.entry.doc_id, row.entry.kind, place.start, place.end]
                for item in [item for item in here if item.id not in taken][:1]:
                    meet(number, item)
        for number, (row, place) in enumerate(placed):
            says_new = row.entry.verdict == "add" or (row.entry.verdict is None and row.entry.id is None)
            if number not in met and place is not None and not says_new:
                near = by_document[row.entry.doc_id, row.entry.kind]
                rated = [(_common(place, item), -n, item) for n, item in enumerate(near) if item.id not in taken]
                best = max(rated, key=lambda rating: rating[:2], default=None)
                if best is not None and best[0] >= _OVERLAP:
                    meet(number, best[2])
        return met

    def _is(self, item: Item, entry: Entry, place: Place | None) -> bool:
        """Tell whether an item of the same id is the record that an entry is about: ids are hashes of places."""
        if (item.kind, item.doc_id) != (entry.kind, entry.doc_id):
            return False
        same_text = self._documents.get(item.doc_id) == entry.sha256
        return same_text or item.start is None or (place is not None and _common(place, item) > 0)

    # -- what a row says --------------------------------------------------------------------------------------------

    def _decide(self, row: Row, place: Place | None, item: Item | None) -> None:
        entry, before = row.entry, len(self.decisions)
        verdict = entry.verdict
        if verdict is None and entry.seen is not None and not entry.untouched:
            verdict = "correct"  # somebody has changed a field
        elif verdict is None and entry.seen is None and entry.id is None:
            verdict = "add"  # somebody has written it by hand
        if item is None:
            self._without_item(row, place, verdict)
            return
        if verdict == "reject":
            self._reject(row, item)
        elif verdict is not None:
            if place is None or item.start is None:
                if not (entry.untouched and VERDICTS.get(item.state) == verdict):
                    self._miss(row, f"its words are gone from {entry.doc_id}")
                    return
            else:
                self._approve(row, place, item)
        self._remark(row, item)
        if len(self.decisions) == before:
            if verdict is None:
                self.undecided += 1
            else:
                self.known += 1

    def _without_item(self, row: Row, place: Place | None, verdict: str | None) -> None:
        entry = row.entry
        if entry.doc_id not in self._documents:
            self._miss(row, f"{entry.doc_id} is not under review")
        elif place is None:
            self._miss(row, f"its words are not in {entry.doc_id}, or in several places")
        elif verdict not in RIGHT:
            self._miss(row, "no record of the run")
        else:
            fields = self._checked(entry, place, {})
            given = {name: value for name, value in fields.items() if value not in (None, [])}
            span = (place.start, place.end)
            taken = any(
                (item.doc_id, item.kind, item.start, item.end) == (entry.doc_id, entry.kind, *span)
                for item in self.items.values()
            ) or any((d.doc_id, d.kind, d.span) == (entry.doc_id, entry.kind, span) for _, d in self.decisions)
            add = Decision(action="add", doc_id=entry.doc_id, kind=entry.kind, span=span, fields=given, another=taken)
            self.decisions.append((row.place, add))
            self._remark(row, None)

    def _miss(self, row: Row, message: str) -> None:
        self.unknown.append(Refused(row.place, f"{row.entry.quote:.40}: {message}"))

    def _reject(self, row: Row, item: Item) -> None:
        own = self._own.get(item.id)
        if own is not None and own.verdict == "reject":
            return
        if not (row.entry.untouched and item.state == "rejected"):
            self.decisions.append((row.place, Decision(action="reject", item_id=item.id)))

    def _approve(self, row: Row, place: Place, item: Item) -> None:
        entry, own, span = row.entry, self._own.get(item.id), (place.start, place.end)
        fields = self._checked(entry, place, item.fields)
        changed = differing(item.kind, item.fields, fields)
        same = not changed and span == (item.start, item.end)
        if own is not None and own.verdict != "reject" and not differing(item.kind, own.fields, fields):
            where = self._found(item.doc_id, own.span) if own.span else (item.start, item.end)
            if where == span:
                return
        if entry.untouched and same and item.state in VERDICTS and item.state != "rejected":
            return
        if same:
            decision = Decision(action="accept", item_id=item.id)
        else:
            moved = span if span != (item.start, item.end) else None
            decision = Decision(
                action="correct", item_id=item.id, fields={name: fields[name] for name in changed}, span=moved
            )
        self.decisions.append((row.place, decision))

    def _found(self, doc_id: str, anchor: Anchor) -> tuple[int, int] | None:
        target = self._target(doc_id)
        place = target.find(anchor) if target else None
        return (place.start, place.end) if place else None

    def _checked(self, entry: Entry, place: Place, now: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of `entry` as a record holds them; what is as it is `now` stays so."""
        fields: dict[str, Any] = {}
        for field in FIELDS[entry.kind]:
            value = entry.fields.get(field.name)
            if field.sort == "members" and value:
                if comparable(field, value) == comparable(field, now.get(field.name)):
                    value = now[field.name]
                else:
                    value = checked(entry.kind, field.name, self._members(entry, place), self._text_of)
            elif value != now.get(field.name):
                value = checked(entry.kind, field.name, value, self._text_of)
            if field.required and not value:
                raise ReviewError(f"{field.name} cannot be empty")
            fields[field.name] = value
        return fields

    def _members(self, entry: Entry, place: Place) -> list[dict[str, Any]]:
        """Return the members of `entry` where they are: in place, moved as far as the record, or where alone they are.

        Raises ReviewError for one that is in none of these places.
        """
        moved = place.start - (place.start if entry.start is None else entry.start)
        found = []
        for member in entry.fields["members"]:
            text, start, quote = self._text_of(member["doc_id"]) or "", member["start"], member["quote"]
            tried = [] if start is None else [start, start + moved]
            tried += [text.find(quote)] if text.count(quote) == 1 else []
            at = next((at for at in tried if at >= 0 and quote and text.startswith(quote, at)), None)
            if at is None:
                raise ReviewError(f"member {quote!r:.40} does not stand there in {member['doc_id']!r:.60}")
            found.append({"doc_id": member["doc_id"], "start": at, "end": at + len(quote), "quote": quote})
        return found

    def _text_of(self, doc_id: str) -> str | None:
        target = self._target(doc_id)
        return None if target is None else target.text

    def _remark(self, row: Row, item: Item | None) -> None:
        """Note and flag what the row notes and flags; for a record that is only added now, `item` is None."""
        entry, item_id = row.entry, item.id if item else None
        said = "\n".join(self._notes[item_id]) if item_id else ""
        if entry.note and f"\n{entry.note}\n" not in f"\n{said}\n":
            new = entry.note.removeprefix(f"{said}\n") if said else entry.note
            for part in _parts(new):
                self.decisions.append((row.place, Decision(action="note", item_id=item_id, text=part)))
        if entry.flagged and not (item and item.flagged):
            self.decisions.append((row.place, Decision(action="flag", item_id=item_id)))


def _renamed(entry: Entry, doc_id: str) -> Entry:
    """Return `entry` as one of the document `doc_id`, members that stand in its own document included."""
    fields = dict(entry.fields)
    if fields.get("members"):
        fields["members"] = [
            {**member, "doc_id": doc_id} if member["doc_id"] == entry.doc_id else member for member in fields["members"]
        ]
    renamed = msgspec.structs.replace(entry, doc_id=doc_id, fields=fields)
    return marked(renamed) if entry.untouched else renamed


def _stands(text: str, entry: Entry) -> bool:
    return text[entry.start : entry.end] == entry.quote


def _common(place: Place, item: Item) -> float:
    """Return the share that a place and a record have in common of what they have together."""
    if item.start is None or item.end is None:
        return 0.0
    common = min(place.end, item.end) - max(place.start, item.start)
    return max(0, common) / (max(place.end, item.end) - min(place.start, item.start))


def _parts(note: str) -> Iterator[str]:
    """Yield `note` in parts that each are short enough, at line breaks where it has them."""
    part = ""
    for line in note.split("\n"):
        if part and len(part) + len(line) >= _LONGEST_NOTE:
            yield part
            part = line
        else:
            part = f"{part}\n{line}" if part else line
        while len(part) > _LONGEST_NOTE:
            yield part[:_LONGEST_NOTE]
            part = part[_LONGEST_NOTE:]
    if part.strip():
        yield part
