"""The report of a corpus: one HTML file that opens offline, and Markdown.

Both are made of the same tables (:mod:`pipeline.report.tables`) in the same words
(:mod:`pipeline.report.wording`); what a page looks like is in ``templates``. They hold no clock and
no path, so the same input gives the same bytes.

A small corpus is written out in full and can be read without JavaScript. In a larger one the rows
and texts stand compressed in the page and are unpacked as one looks at them.
"""

import base64
import zlib
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from itertools import accumulate, groupby
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipeline.document import Claim, Document, Entity, Record, Sentence, Slogan
from pipeline.report.markup import Mark, mark_up, unbroken
from pipeline.report.tables import (
    Records,
    Table,
    claims_table,
    document_title,
    documents_table,
    entities_table,
    slogans_table,
)
from pipeline.report.trails import Anchor, shared_trails, timeline, trails_table
from pipeline.report.wording import Wording
from pipeline.slogans import Trail

WRITTEN_OUT = 60_000  #: characters; larger corpora are packed
PACKED_TEXTS = 3_500_000  #: bytes that the packed texts may take; those of further documents are left out
MARKDOWN_ROWS = 200
PACKED_TABLES = ("claims", "slogans", "entities", "trails")

Figures = Mapping[str, Any]


class Report:
    """Collects documents and writes reports about them, in Chinese (zh) or English (en)."""

    name = "report"
    description = "HTML and Markdown: tables of records, keywords, topics, and the texts with their records marked"

    def __init__(self, language: str = "zh") -> None:
        self._say = Wording(language)
        self._docs: list[Document] = []

    def add(self, doc: Document) -> None:
        """Take `doc` into the report."""
        self._docs.append(doc)

    def link(self, slogans: Sequence[tuple[Slogan, ...]]) -> None:
        """Take the slogans of each document anew, with the members that other documents enumerate."""
        for doc, found in zip(self._docs, slogans, strict=True):
            doc.slogans = found

    def html(self, keywords: Figures, topics: Figures, run: Figures) -> str:
        """Return the page. `keywords` and `topics` are what their components return, `run` the run's manifest."""
        records = Records(self._docs)
        packed = sum(len(doc.text) for doc in self._docs) > WRITTEN_OUT
        texts = [
            text_html(doc, number, records, self._say, packed=packed) for number, doc in enumerate(self._docs, start=1)
        ]
        kept = len(texts)
        if packed:
            texts = [Markup(pack(text)) for text in texts]
            kept = sum(size <= PACKED_TEXTS for size in accumulate(map(len, texts)))
        anchor = _SentenceAnchors(self._docs[:kept])
        trails = shared_trails(self._docs)
        tables = self._tables(records, trails, anchor)
        return (
            _templates()
            .get_template("report.html.j2")
            .render(
                self._common(keywords, topics, run, tables),
                packed=packed,
                rows={name: Markup(pack_rows(tables[name])) for name in PACKED_TABLES if packed and name in tables},
                texts=texts[:kept],
                left_out=self._docs[kept:],
                ranges=[_ranges(doc, records) for doc in self._docs],
                charts=self._charts(),
                timeline=timeline(trails, self._docs, self._say),
                sentence_anchor=anchor,
                script_strings=self._say.label_forms("search", "all", "rows_shown", "more"),
            )
        )

    def markdown(self, keywords: Figures, topics: Figures, run: Figures) -> str:
        """Return the report as Markdown, without the texts; see `html`."""
        tables = self._tables(Records(self._docs), shared_trails(self._docs), _SentenceAnchors(()))
        return (
            _templates()
            .get_template("report.md.j2")
            .render(self._common(keywords, topics, run, tables), most=MARKDOWN_ROWS)
        )

    def _common(
        self,
        keywords: Mapping[str, Any],
        topics: Mapping[str, Any],
        run: Mapping[str, Any],
        tables: Mapping[str, Table],
    ) -> dict[str, Any]:
        """Return what both templates need."""
        docs, say = self._docs, self._say
        titles = {doc.doc_id: document_title(doc, say) for doc in docs}
        only = next(iter(titles.values()), "")
        totals = {
            "documents": len(docs),
            "characters": sum(len(doc.text) for doc in docs),
            "sentences": sum(len(doc.sentences) for doc in docs),
            **{name: sum(len(getattr(doc, name)) for doc in docs) for name in ("claims", "slogans", "entities")},
        }
        return {
            "say": say,
            "title": only if len(docs) == 1 else say("label", "documents_title", n=len(docs)),
            "docs": docs,
            "titles": titles,
            "numbers": {doc.doc_id: number for number, doc in enumerate(docs, start=1)},
            "totals": totals,
            "tables": tables,
            "keywords": keywords,
            "topics": topics,
            "version": run["versions"]["gongbao"],
        }

    def _tables(self, records: Records, trails: Sequence[Trail], anchor: Anchor) -> dict[str, Table]:
        tables = [
            documents_table(self._docs, self._say),
            claims_table(self._docs, records, self._say),
            slogans_table(records, self._say),
            entities_table(records, self._say),
        ]
        if trails:
            tables.append(trails_table(trails, self._docs, anchor, self._say))
        return {table.name: table.filled() for table in tables}

    def _charts(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return the overview's counts: what of, and how many by name, the most frequent first."""
        counted = (
            ("by_kind", "kind", [claim.kind for doc in self._docs for claim in doc.claims]),
            ("by_status", "status", [claim.status for doc in self._docs for claim in doc.claims]),
            ("by_slogan_type", "slogan_type", [slogan.type for doc in self._docs for slogan in doc.slogans]),
            ("by_entity_type", "entity_type", [entity.type for doc in self._docs for entity in doc.entities]),
        )
        return [
            (
                self._say("label", label),
                [
                    (self._say(group, name), n)
                    for name, n in sorted(
                        ((name, values.count(name)) for name in set(values)), key=lambda item: (-item[1], item[0])
                    )
                ],
            )
            for label, group, values in counted
        ]


def text_html(doc: Document, number: int, records: Records, say: Wording, *, packed: bool) -> Markup:
    """Return the text of `doc`, the report's document `number`, with sentences anchored and records marked.

    A mark carries the fields of its record, or, to be packed, the row of its table that has them.
    """

    def mark(record: Record, kind: str, title: Callable[[Any, str, Wording], str]) -> Mark:
        if packed:
            note = Markup('data-row="{}"').format(records.row(record))
        else:
            note = Markup('title="{}"').format(title(record, records.label(record), say))
        return Mark(record.start, record.end, kind, records.anchor(record), note)

    marks = sorted(
        [mark(claim, "claim", claim_title) for claim in doc.claims]
        + [mark(slogan, "slogan", slogan_title) for slogan in doc.slogans]
        + [mark(entity, "entity", entity_title) for entity in doc.entities],
        key=lambda m: (m.start, -m.end, m.id),
    )
    starts = [m.start for m in marks]
    first = 0
    paragraphs: list[Markup] = []
    for _, sentences in groupby(doc.sentences, key=lambda sentence: sentence.paragraph):
        pieces: list[Markup] = []
        heading = False
        for sentence in sentences:
            heading = sentence.heading
            while first < len(marks) and marks[first].end <= sentence.start:
                first += 1
            following = bisect_left(starts, sentence.end, first)
            pieces.append(_sentence_html(doc, number, sentence, marks[first:following]))
        tag = Markup("h4" if heading else "p")
        paragraphs.append(Markup("<{0}>{1}</{0}>").format(tag, Markup("").join(pieces)))
    return Markup("\n").join(paragraphs)


def _sentence_html(doc: Document, number: int, sentence: Sentence, marks: Sequence[Mark]) -> Markup:
    kind = Markup(' class="has"') if marks else ""
    html = mark_up(doc.text, sentence.start, sentence.end, marks)
    return Markup('<span id="t{}.{}"{}>{}</span>').format(number, sentence.id, kind, html)


def claim_title(claim: Claim, number: str, say: Wording) -> str:
    """Return the fields of `claim`, one a line."""
    return _lines(
        say,
        f"{say('label', 'claims')} {number}",
        region=claim.region,
        indicator=claim.indicator,
        period=say.period(claim.period),
        value=say.amount(claim),
        basis=say.basis(claim),
        status=say("status", claim.status),
        kind=say("kind", claim.kind),
        rule=f"{claim.rule} ({claim.confidence:.2f})",
    )


def slogan_title(slogan: Slogan, number: str, say: Wording) -> str:
    """Return the fields of `slogan`, one a line."""
    return _lines(
        say,
        f"{say('label', 'slogans')} {number}",
        name=slogan.canonical,
        kind=say("slogan_type", slogan.type),
        declared=say.declared(slogan),
        members="；".join(member.quote for member in slogan.members),
        expansion=say("expansion", slogan.expansion) if slogan.declared is not None else "",
        rule=f"{slogan.rule} ({slogan.confidence:.2f})",
    )


def entity_title(entity: Entity, number: str, say: Wording) -> str:
    """Return the fields of `entity`, one a line."""
    return _lines(
        say,
        f"{say('label', 'entities')} {number}",
        name=entity.canonical,
        kind=say("entity_type", entity.type),
        link=entity.link,
        rule=f"{entity.rule} ({entity.confidence:.2f})",
    )


def _lines(say: Wording, heading: str, **fields: str | None) -> str:
    """Return `heading` and the fields that are filled, one a line, name and value parted by a tab."""
    return "\n".join([heading, *(f"{say('label', name)}\t{value}" for name, value in fields.items() if value)])


def pack(text: str) -> str:
    """Return `text` deflated (zlib form), in base64."""
    return base64.b64encode(zlib.compress(text.encode(), 9)).decode()


def pack_rows(table: Table) -> str:
    """Return the rows of `table` packed: a JSON list of rows, a cell its HTML or a list of HTML and sort key."""
    rows = [
        [str(html) if cell.key is None else [str(html), cell.key] for cell in row for html in (cell.__html__(),)]
        for row in table.rows
    ]
    return pack(msgspec.json.encode(rows).decode())


def _ranges(doc: Document, records: Records) -> str:
    """Return the numbers of the records of `doc`, by letter: c1-20 s1-5 e1-30."""
    spans = []
    for found in (doc.claims, doc.slogans, doc.entities):
        if found:
            spans.append(f"{records.anchor(found[0])}-{records.anchor(found[-1])[1:]}")
    return " ".join(spans)


class _SentenceAnchors:
    """The anchor of the sentence in which an offset of a document stands; None where its text is left out."""

    def __init__(self, docs: Sequence[Document]) -> None:
        self._docs = {doc.doc_id: (number, doc) for number, doc in enumerate(docs, start=1)}

    def __call__(self, doc_id: str, offset: int) -> str | None:
        if doc_id not in self._docs:
            return None
        number, doc = self._docs[doc_id]
        return f"t{number}.{doc.sentence_at(offset).id}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=lambda name: name is not None and ".html" in name,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["unbroken"] = unbroken
    return environment
