"""What the page is told: records with their statements, paragraphs and histories, in the words of its language."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from pipeline.errors import ReviewError
from pipeline.report.wording import Wording, strings
from pipeline.review import queue
from pipeline.review.database import Database
from pipeline.review.events import Answer, Event, Folded, cancelled
from pipeline.review.fields import FIELDS, differing, fields_of
from pipeline.review.items import Item
from pipeline.review.queue import DocumentInfo
from pipeline.review.segments import Marked, Paragraph, paragraphs, window
from pipeline.review.statements import choices, shown, statement

PAGE = 20_000  #: characters of a document that are sent at once


class Line(msgspec.Struct, frozen=True):
    """A record in a list."""

    id: str
    doc_id: str
    kind: str
    state: str
    statement: str
    quote: str
    start: int | None
    end: int | None
    doubt: float
    reasons: list[str]
    flagged: bool
    differs: bool
    todo: bool
    placed: str


class FieldView(msgspec.Struct, frozen=True):
    """A field in the form; `choices` are pairs of value and label, all that there are if it must be one of them."""

    name: str
    label: str
    sort: str
    value: Any
    shown: str
    choices: Sequence[tuple[str, str]]
    required: bool
    extracted: str | None  #: what the extraction has, where the decision has something else


class AnswerView(msgspec.Struct, frozen=True):
    """What one reviewer said; `fields` are those that the extraction has otherwise."""

    event_id: int
    reviewer: str
    at: str
    verdict: str
    statement: str
    fields: dict[str, Any]
    adjudicated: bool


class EventView(msgspec.Struct, frozen=True):
    """An event in the history of a record."""

    id: int
    at: str
    reviewer: str
    action: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    undone: bool
    undoes: int | None


class ItemView(msgspec.Struct, frozen=True):
    """Everything that is shown of one record."""

    item: Item
    statement: str
    document: DocumentInfo | None
    paragraphs: list[Paragraph]
    sentence: tuple[int, int] | None  #: where the sentence of the record stands
    marks: dict[str, Line]  #: the records that stand in the paragraphs
    fields: list[FieldView]
    answers: list[AnswerView]
    notes: list[dict[str, str]]
    events: list[EventView]
    reasons: list[dict[str, str]]
    context: tuple[str, str]  #: of an orphan: what stood before and after


class Views:
    """Makes what the page shows, in one language."""

    def __init__(self, database: Database, language: str) -> None:
        self._database = database
        self.language = language
        self._wording = Wording(language)
        self._strings = strings(language, __package__)

    def labels(self) -> dict[str, dict[str, str]]:
        """Return everything that the page says, by group and key."""
        return self._strings

    def fields(self) -> dict[str, list[dict[str, Any]]]:
        """Return the fields of each kind of record with their choices."""
        return {
            kind: [
                {
                    "name": field.name,
                    "label": self._strings["field"][field.name],
                    "sort": field.sort,
                    "required": field.required,
                    "choices": choices(self._wording, kind).get(field.name, []),
                }
                for field in fields
            ]
            for kind, fields in FIELDS.items()
        }

    def error(self, error: ReviewError) -> str:
        """Return what `error` says, in the language of the page."""
        form = self._strings["error"].get(error.key)
        return str(error) if form is None else form.format(**error.values)

    def line(self, item: Item) -> Line:
        """Return `item` as it stands in a list."""
        return Line(
            id=item.id,
            doc_id=item.doc_id,
            kind=item.kind,
            state=item.state,
            statement=self._statement(item, item.fields),
            quote=item.quote,
            start=item.start,
            end=item.end,
            doubt=item.doubt,
            reasons=[reason.name for reason in item.reasons],
            flagged=item.flagged,
            differs=bool(item.differs),
            todo=item.todo,
            placed=item.placed,
        )

    def item(self, item: Item) -> ItemView:
        """Return everything that is shown of `item`."""
        with self._database.read():
            return self._item(item)

    def _item(self, item: Item) -> ItemView:
        events, folded = queue.history(self._database, item.id)
        document = queue.document(self._database, item.doc_id)
        shown_paragraphs: list[Paragraph] = []
        marks: dict[str, Line] = {}
        sentence: tuple[int, int] | None = None
        found = queue.text_of(self._database, item.doc_id)
        anchor = folded.anchors[0] if folded and folded.anchors else None
        if found is not None:
            text, sentences = found
            if item.start is not None and item.end is not None:
                start, end = window(sentences, item.start, item.end)
                touched = [s for s in sentences if s[0] < item.end and item.start < s[1]]
                sentence = (touched[0][0], touched[-1][1]) if touched else None
            else:  # an orphan: where its words were, for somebody to say where it belongs
                near = queue.near(self._database, item.doc_id, anchor) if anchor else 0
                start, end = window(sentences, near, min(near + 1, len(text)))
            shown_paragraphs, marks = self._marked(item.doc_id, text, sentences, start, end, sentence or ())
        return ItemView(
            item=item,
            statement=self._statement(item, item.fields),
            document=document,
            paragraphs=shown_paragraphs,
            sentence=sentence,
            marks=marks,
            fields=self._fields(item),
            answers=[self._answer(item, answer) for answer in (folded.answers if folded else ())],
            notes=_notes(folded),
            events=_history(events),
            reasons=[
                {"name": r.name, "label": self._strings["reason"][r.name], "detail": r.detail} for r in item.reasons
            ],
            context=(anchor.prefix, anchor.suffix) if anchor and item.start is None else ("", ""),
        )

    def document(self, doc_id: str, start: int) -> dict[str, Any]:
        """Return the paragraphs of a document from `start` on, a part at a time; `next` is where the rest begins."""
        found = queue.text_of(self._database, doc_id)
        if found is None:
            raise LookupError(doc_id)
        text, sentences = found
        end = next((s[0] for s in sentences if s[0] >= start + PAGE), len(text))
        shown_paragraphs, marks = self._marked(doc_id, text, sentences, start, end)
        return {"paragraphs": shown_paragraphs, "marks": marks, "next": end if end < len(text) else None}

    def _marked(
        self,
        doc_id: str,
        text: str,
        sentences: Sequence[Sequence[int]],
        start: int,
        end: int,
        cuts: Collection[int] = (),
    ) -> tuple[list[Paragraph], dict[str, Line]]:
        near = queue.between(self._database, doc_id, start, end)
        spans = [Marked(one.id, one.start, one.end) for one in near if one.start is not None and one.end is not None]
        return paragraphs(text, sentences, spans, start, end, cuts), {one.id: self.line(one) for one in near}

    def _statement(self, item: Item, fields: Mapping[str, Any]) -> str:
        return statement(self._wording, item.kind, fields, item.quote)

    def _fields(self, item: Item) -> list[FieldView]:
        labels = self._strings["field"]
        values = choices(self._wording, item.kind)
        extracted = fields_of(item.kind, item.extracted or {})
        return [
            FieldView(
                name=field.name,
                label=labels[field.name],
                sort=field.sort,
                value=item.fields.get(field.name),
                shown=shown(self._wording, item.kind, field, item.fields),
                choices=values.get(field.name, []),
                required=field.required,
                extracted=shown(self._wording, item.kind, field, extracted) if field.name in item.differs else None,
            )
            for field in FIELDS[item.kind]
        ]

    def _answer(self, item: Item, answer: Answer) -> AnswerView:
        extracted = fields_of(item.kind, item.extracted or {})
        names = differing(item.kind, extracted, answer.fields) if item.extracted else list(answer.fields)
        said = statement(self._wording, item.kind, answer.fields, item.quote)
        other = {name: answer.fields.get(name) for name in names if answer.verdict != "reject"}
        return AnswerView(answer.event_id, answer.reviewer, answer.at, answer.verdict, said, other, answer.adjudicated)


def _notes(folded: Folded | None) -> list[dict[str, str]]:
    notes = folded.notes if folded else ()
    return [{"reviewer": e.reviewer, "at": e.at, "text": (e.after or {}).get("text", "")} for e in notes]


def _history(events: Sequence[Event]) -> list[EventView]:
    gone = cancelled(events)
    return [
        EventView(e.id, e.at, e.reviewer, e.action, e.before, e.after, e.id in gone, e.undoes) for e in reversed(events)
    ]
