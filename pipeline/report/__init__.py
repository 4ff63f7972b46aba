"""The report of a corpus: one HTML file that opens offline, Markdown, an Excel workbook, and JSON.

All are made of the same tables (:mod:`pipeline.report.tables`, :mod:`pipeline.report.findings`) in the same words
(:mod:`pipeline.report.wording`); what a page looks like is in ``templates``. They hold no clock and
no path, so the same input gives the same bytes.

A small corpus is written out in full and can be read without JavaScript. In a larger one the rows
and texts stand compressed in the page and are unpacked as one looks at them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import accumulate, groupby
from typing import Any

import msgspec
from markupsafe import Markup, escape

from pipeline.analyses import Analyses
from pipeline.aside import HERE, Aside
from pipeline.document import Claim, Document, Entity, Record, Sentence, Slogan
from pipeline.report import findings, plots
from pipeline.report.charts import draw
from pipeline.report.environment import templates
from pipeline.report.markup import Mark, mark_up
from pipeline.report.packing import pack
from pipeline.report.summary import summary
from pipeline.report.tables import (
    Records,
    Table,
    claims_table,
    document_title,
    documents_table,
    entities_table,
    slogans_table,
)
from pipeline.report.trails import trails_table
from pipeline.report.wording import Wording
from pipeline.report.workbook import Sheet, sheet, workbook
from pipeline.writing import pretty

WRITTEN_OUT = 60_000  #: characters; larger corpora are packed
PAGE = 4_900_000  #: bytes that a packed page may have; the last texts are left out of a larger one
PACKED_ROWS = 60  #: of a table in a packed report; shorter ones are written out
MARKDOWN_ROWS = 200

#: The sections of the page, in order; those in brackets only where there is something to show.
SECTIONS = (
    "overview",
    "indicators",
    "promises",
    "audit",
    "claims",
    "slogans",
    "trails",
    "entities",
    "keywords",
    "keys",
    "trends",
    "topics",
    "texts",
)
_OPTIONAL = ("trails", "keys", "trends")


class Report:
    """The report of `docs` and what was found in all of them together, in Chinese (zh) or English (en).

    `version` is that of the program, which the report says at its end; `total` is the number of documents of which
    `docs` are the latest, if they are not all. Charts are drawn `aside`.
    """

    def __init__(
        self,
        docs: Sequence[Document],
        analyses: Analyses,
        version: str,
        language: str = "zh",
        total: int | None = None,
        aside: Aside = HERE,
    ) -> None:
        self._total = total
        self._aside = aside
        self._sheets: dict[str, Sheet] = {}
        self._docs = docs
        self._found = analyses
        self._version = version
        self._say = Wording(language)
        self._records = Records(docs)
        self._titles = {doc.doc_id: document_title(doc, self._say) for doc in docs}
        self._numbers = {doc.doc_id: number for number, doc in enumerate(docs, start=1)}
        self._packed = sum(len(doc.text) for doc in docs) > WRITTEN_OUT

    def begin(self) -> None:
        """Make what does not need the topics: the charts, aside, and meanwhile the tables, their sheets, the texts."""
        _ = self._drawn
        for table in self._without_topics.values():
            self._sheet(table)
            if self._is_packed(table):
                _ = table.filled.packed

    def html(self) -> str:
        """Return the page."""
        page = self._page()
        excess = len(page.encode()) - PAGE
        if excess <= 0 or not self._packed:
            return page
        smaller = Report(self._docs, self._found, self._version, self._say.language, self._total)
        room = sum(map(len, self._texts)) - excess
        smaller._texts = self._texts[: sum(size <= room for size in accumulate(map(len, self._texts)))]
        smaller._plots, smaller._records = self._plots, self._records  # drawn once
        smaller._unanchored = self._unanchored
        return smaller._page()

    def _page(self) -> str:
        shown = {name: table.filled for name, table in self._tables.items()}
        return (
            templates()
            .get_template("report.html.j2")
            .render(
                self._common,
                tables=shown,
                sections=[name for name in SECTIONS if name not in _OPTIONAL or shown[name].rows],
                packed=self._packed,
                packed_rows=PACKED_ROWS,
                texts=self._texts,
                left_out=self._docs[len(self._texts) :],
                ranges=[_ranges(doc, self._records) for doc in self._docs],
                counts=self._counts(),
                plots=self._plots,
                sentence_anchor=self._anchor,
                script_strings=self._say.label_forms("search", "all", "rows_shown", "more"),
            )
        )

    def markdown(self) -> str:
        """Return the report as Markdown, without the texts."""
        shown = {name: table.filled for name, table in self._tables.items()}
        return templates().get_template("report.md.j2").render(self._common, tables=shown, most=MARKDOWN_ROWS)

    def workbook(self) -> bytes:
        """Return the tables of the report as an Excel workbook."""
        return workbook(self.sheets())

    def sheets(self) -> list[Sheet]:
        """Return what stands in the workbook."""
        return [self._sheet(table) for table in self._tables.values()]

    def json(self) -> bytes:
        """Return everything that the report shows but the texts, as JSON.

        Rows are objects by column; codes stand as codes, exact values as strings.
        """
        summary = [{"section": one.section, "text": one.text} for one in self._common["summary"]]
        return pretty(
            {
                "gongbao": self._version,
                "title": self._common["title"],
                "totals": self._common["totals"],
                "summary": summary,
                "tables": {name: table.data for name, table in self._tables.items()},
            }
        )

    def _sheet(self, table: Table) -> Sheet:
        if table.name not in self._sheets:
            self._sheets[table.name] = sheet(self._say("label", table.name), table)
        return self._sheets[table.name]

    @cached_property
    def _plots(self) -> dict[str, list[plots.Plot]]:
        """The charts of the sections, drawn."""
        of_topics = self._begun(plots.topic_plots(self._found, self._docs, self._titles, self._say))
        return {name: drawn() for name, drawn in {**self._drawn, "topics": of_topics}.items()}

    @cached_property
    def _drawn(self) -> dict[str, Callable[[], list[plots.Plot]]]:
        """What waits for the charts of each section but the topics."""
        say, found = self._say, self._found
        planned = {
            "indicators": plots.series_plots(found.series, self._records, self._titles, say),
            "promises": [plot for plot in [plots.promise_plot(found, say)] if plot],
            "audit": [plot for plot in [plots.audit_plot(found, say)] if plot],
            "trails": [plot for plot in [plots.trail_plot(found.trails, self._docs, say)] if plot],
            "trends": [plot for plot in [plots.trend_plot(found, say)] if plot],
        }
        return {name: self._begun(wanted) for name, wanted in planned.items()}

    def _begun(self, planned: Sequence[plots.Plot]) -> Callable[[], list[plots.Plot]]:
        """Begin to draw what is `planned`, and return what waits for it."""
        drawn = self._aside(draw, [plot.chart for plot in planned])
        return lambda: [msgspec.structs.replace(plot, svg=svg) for plot, svg in zip(planned, drawn(), strict=True)]

    @cached_property
    def _texts(self) -> list[Markup]:
        """The texts with their records marked; if the report is packed, packed, and as many as its page has room for.

        That may still be too many, for what else the page holds depends on the texts that can be linked to.
        """
        texts = (
            text_html(doc, number, self._records, self._say, packed=self._packed)
            for number, doc in enumerate(self._docs, start=1)
        )
        if not self._packed:
            return list(texts)
        found: list[Markup] = []
        room = PAGE - sum(len(table.filled.packed) for table in self._unanchored.values() if self._is_packed(table))
        for packed in (pack(text.encode()) for text in texts):
            room -= len(packed)
            if room < 0:
                break
            found.append(packed)
        return found

    def _is_packed(self, table: Table) -> bool:
        return self._packed and len(table.rows) > PACKED_ROWS

    @cached_property
    def _anchor(self) -> "_SentenceAnchors":
        return _SentenceAnchors(self._docs[: len(self._texts)])

    @cached_property
    def _tables(self) -> dict[str, Table]:
        """The tables by name, whole: with the columns for programs too."""
        topics, say, titles = self._found.topics, self._say, self._titles
        of_topics = (
            *findings.topic_tables(topics, titles, say),
            findings.topics_table(topics, self._anchor, titles, say),
        )
        tables = self._without_topics | {table.name: table for table in of_topics}
        return {name: tables[name] for name in ("documents", *SECTIONS, *tables) if name in tables}

    @cached_property
    def _without_topics(self) -> dict[str, Table]:
        """The tables that do not need the topics."""
        found, say, titles = self._found, self._say, self._titles
        return {
            **self._unanchored,
            "audit": findings.audit_table(found.audit, self._anchor, titles, say),
            "trails": trails_table(found.trails, self._docs, self._anchor, say),
        }

    @cached_property
    def _unanchored(self) -> dict[str, Table]:
        """The tables that are the same whichever texts are left out: they link to records, not to sentences."""
        docs, records, say, found, titles = self._docs, self._records, self._say, self._found, self._titles
        tables = (
            documents_table(docs, say),
            findings.indicators_table(found.series, records, titles, say),
            findings.promises_table(found.promises, records, titles, say),
            claims_table(docs, records, say),
            slogans_table(records, say),
            entities_table(records, say),
            findings.keywords_table(found.keywords, titles, say),
            findings.keys_table(found, titles, self._numbers, say),
            findings.trends_table(found.trends, say),
        )
        return {table.name: table for table in tables}

    @cached_property
    def _common(self) -> dict[str, Any]:
        """What the templates need whatever they write."""
        docs, say = self._docs, self._say
        return {
            "say": say,
            "title": next(iter(self._titles.values()))
            if len(docs) == 1
            else say("label", "documents_title", n=len(docs)),
            "docs": docs,
            "titles": self._titles,
            "numbers": self._numbers,
            "totals": {
                "documents": len(docs),
                "characters": sum(len(doc.text) for doc in docs),
                "sentences": sum(len(doc.sentences) for doc in docs),
                **{name: sum(len(getattr(doc, name)) for doc in docs) for name in ("claims", "slogans", "entities")},
            },
            "summary": summary(docs, self._found, self._records, self._titles, self._anchor, say, self._total),
            "keywords": self._found.keywords,
            "topics": self._found.topics,
            "audit": self._found.audit,
            "version": self._version,
        }

    def _counts(self) -> list[tuple[str, list[tuple[str, int]]]]:
        """Return the overview's counts: what of, and how many by name, the most frequent first."""
        counted = (
            ("by_kind", "kind", Counter(claim.kind for doc in self._docs for claim in doc.claims)),
            ("by_status", "status", Counter(claim.status for doc in self._docs for claim in doc.claims)),
            ("by_slogan_type", "slogan_type", Counter(slogan.type for doc in self._docs for slogan in doc.slogans)),
            ("by_entity_type", "entity_type", Counter(entity.type for doc in self._docs for entity in doc.entities)),
        )
        return [
            (
                self._say("label", label),
                [
                    (self._say(group, name), n)
                    for name, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
                ],
            )
            for label, group, counts in counted
        ]


def text_html(doc: Document, number: int, records: Records, say: Wording, *, packed: bool) -> Markup:
    """Return the text of `doc`, the report's document `number`, with sentences anchored and records marked.

    A mark carries the fields of its record, or, to be packed, the row of its table that has them.
    """

    def mark(record: Record, kind: str, title: Callable[[Any, str, Wording], str]) -> Mark:
        if packed:
            note = Markup(f'data-row="{records.row(record)}"')
        else:
            note = Markup(f'title="{escape(title(record, records.label(record), say))}"')
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
        tag = "h4" if heading else "p"
        paragraphs.append(Markup(f"<{tag}>{''.join(pieces)}</{tag}>"))
    return Markup("\n").join(paragraphs)


def _sentence_html(doc: Document, number: int, sentence: Sentence, marks: Sequence[Mark]) -> Markup:
    kind = ' class="has"' if marks else ""
    html = mark_up(doc.text, sentence.start, sentence.end, marks)
    return Markup(f'<span id="t{number}.{sentence.id}"{kind}>{html}</span>')


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
