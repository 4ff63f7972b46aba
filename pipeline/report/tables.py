"""The tables of a report, apart from how they are shown."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

import msgspec
from markupsafe import Markup

from pipeline.document import Claim, Document, Entity, Record, Slogan
from pipeline.indicators import sentence_text
from pipeline.report.markup import escaped
from pipeline.report.packing import pack
from pipeline.report.wording import Wording
from pipeline.writing import plain

USES_SHOWN = 6

Value = str | int | float | Decimal | None

Named = TypeVar("Named", Slogan, Entity)


class Cell(msgspec.Struct, frozen=True):
    """What stands in a column.

    Plain text; HTML where it is more than that; what it is sorted by; and what programs read in its place: `data` in
    Excel and JSON, `code` in JSON alone.
    """

    text: str
    html: Markup | None = None
    key: float | str | None = None
    data: Value = None
    code: str | None = None

    def __html__(self) -> str:
        """Return the cell as HTML."""
        return str(self.html) if self.html is not None else escaped(self.text)


class Column(msgspec.Struct, frozen=True):
    """A column; `form` is how it is shown and filtered: text, number, choice (of a few values), or data.

    A data column is for programs: it stands in Excel and JSON, not on the page.
    """

    name: str
    label: str
    form: str = "text"

    def values(self, cells: Iterable[Cell]) -> list[Value]:
        """Return what `cells` of this column are to a program."""
        if self.form != "number":
            return [(cell.text or None) if cell.data is None else cell.data for cell in cells]
        return [
            cell.data if cell.data is not None else cell.key if isinstance(cell.key, int | float) else cell.text or None
            for cell in cells
        ]


class Table(msgspec.Struct, frozen=True, dict=True):
    """Rows of cells under columns; `file` is where all of them are for programs."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]
    file: str = "report.json"

    @cached_property
    def filled(self) -> "Table":
        """The table without the columns that are empty in all rows, and without those for programs."""
        return self._with(
            i
            for i, column in enumerate(self.columns)
            if column.form != "data" and any(row[i].text for row in self.rows)
        )

    def without(self, *names: str) -> "Table":
        """Return the table without the columns called `names`."""
        return self._with(i for i, column in enumerate(self.columns) if column.name not in names)

    @property
    def data(self) -> list[dict[str, str | int | float | None]]:
        """The rows by column for programs: codes as codes, exact values as strings."""
        names = [column.name for column in self.columns]
        columns = (
            [_for_json(value) if cell.code is None else cell.code for cell, value in zip(cells, values, strict=True)]
            for cells, values in zip(self.by_column, self.values, strict=False)
        )
        return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]

    @property
    def values(self) -> Iterator[list[Value]]:
        """What the cells of each column are to a program; nothing where there are no rows."""
        return (column.values(cells) for column, cells in zip(self.columns, self.by_column, strict=False))

    @property
    def by_column(self) -> Iterator[tuple[Cell, ...]]:
        """The cells of each column; nothing where there are no rows."""
        return zip(*self.rows, strict=True)

    @cached_property
    def packed(self) -> Markup:
        """The rows packed: a JSON list of rows, a cell its HTML or a list of HTML and sort key."""
        rows = [
            [html if cell.key is None else [html, cell.key] for cell in row for html in (cell.__html__(),)]
            for row in self.rows
        ]
        return pack(msgspec.json.encode(rows))

    def _with(self, columns: Iterable[int]) -> "Table":
        kept = list(columns)
        rows = [tuple(row[i] for i in kept) for row in self.rows]
        return Table(self.name, tuple(self.columns[i] for i in kept), rows, self.file)


class Records:
    """The records of a report: numbered as they come in the texts, slogans and entities joined by name.

    A record's anchor is c, s or e and its number.
    """

    def __init__(self, docs: Sequence[Document]) -> None:
        self.claims = [claim for doc in docs for claim in doc.claims]
        self.slogans = _joined(slogan for doc in docs for slogan in doc.slogans)
        self.entities = _joined(entity for doc in docs for entity in doc.entities)
        numbered: tuple[tuple[str, Sequence[Record]], ...] = (
            ("c", self.claims),
            ("s", [slogan for doc in docs for slogan in doc.slogans]),
            ("e", [entity for doc in docs for entity in doc.entities]),
        )
        self._anchors = {id(r): f"{letter}{n}" for letter, records in numbered for n, r in enumerate(records, start=1)}
        self._claims = {claim.id: f"c{n}" for n, claim in enumerate(self.claims, start=1)}
        self._rows = {id(claim): row for row, claim in enumerate(self.claims)}
        joined: tuple[Sequence[Sequence[Record]], ...] = (self.slogans, self.entities)
        for groups in joined:
            self._rows |= {id(record): row for row, group in enumerate(groups) for record in group}

    def anchor(self, record: Record) -> str:
        """Return the anchor of `record`."""
        return self._anchors[id(record)]

    def row(self, record: Record) -> int:
        """Return the row of its table that `record` is in, counted from 0."""
        return self._rows[id(record)]

    def label(self, record: Record) -> str:
        """Return the number of `record` as readers see it: C12."""
        return self.anchor(record).upper()

    def link(self, record: Record) -> Markup:
        """Return a link to where `record` stands in the text."""
        return linked(self.anchor(record), self.label(record))

    def claim_anchor(self, claim: Claim) -> str:
        """Return the anchor of the claim with the id of `claim`."""
        return self._claims[claim.id]

    def claim_link(self, claim: Claim, text: str) -> Markup:
        """Return `text` as a link to where the claim with the id of `claim` stands."""
        return linked(self._claims[claim.id], text)


def _for_json(value: Value) -> str | int | float | None:
    return plain(value) if isinstance(value, Decimal) else value


def documents_table(docs: Sequence[Document], say: Wording) -> Table:
    """Return the table of what was read."""
    columns = (
        Column("number", say("label", "number"), "number"),
        Column("title", say("label", "title")),
        Column("date", say("label", "date")),
        Column("issuer", say("label", "issuer")),
        Column("region", say("label", "region")),
        Column("genre", say("label", "genre")),
        *(
            Column(name, say("label", name), "number")
            for name in ("characters", "sentences", "claims", "slogans", "entities")
        ),
    )
    rows = []
    for number, doc in enumerate(docs, start=1):
        metadata = doc.metadata
        title = document_title(doc, say)
        figures = (doc.text, doc.sentences, doc.claims, doc.slogans, doc.entities)
        rows.append(
            (
                Cell(str(number), key=number),
                Cell(title, linked(f"d{number}", title)),
                *(Cell(value or "") for value in (metadata.date, metadata.issuer, metadata.region, metadata.genre)),
                *(Cell(f"{len(values):,}", key=len(values)) for values in figures),
            )
        )
    return Table("documents", columns, rows, "documents.jsonl")


def claims_table(docs: Sequence[Document], records: Records, say: Wording) -> Table:
    """Return the table of every claim, in the order of the texts."""
    columns = (
        Column("number", say("label", "number"), "number"),
        Column("region", say("label", "region"), "choice"),
        Column("indicator", say("label", "indicator")),
        Column("period", say("label", "period")),
        Column("value", say("label", "value"), "number"),
        Column("basis", say("label", "basis")),
        Column("status", say("label", "status"), "choice"),
        Column("kind", say("label", "kind"), "choice"),
        Column("rule", say("label", "rule")),
        Column("confidence", say("label", "confidence"), "number"),
        Column("place", say("label", "documents"), "choice"),
        Column("quote", say("label", "quote"), "data"),
        Column("exact", say("label", "exact"), "data"),
        Column("low", say("label", "low"), "data"),
        Column("high", say("label", "high"), "data"),
        Column("unit", say("label", "unit"), "data"),
        Column("sentence", say("label", "sentence"), "data"),
        Column("doc_id", "doc_id", "data"),
        Column("start", "start", "data"),
        Column("end", "end", "data"),
        Column("id", "id", "data"),
    )
    rows = [
        (
            Cell(records.label(claim), records.link(claim), records.row(claim) + 1, data=records.label(claim)),
            Cell(claim.region or ""),
            Cell(claim.indicator),
            Cell(say.period(claim.period), key=claim.period or "", code=claim.period),
            Cell((amount := say.amount(claim)), key=_size(claim), data=amount),
            Cell(say.basis(claim), code=claim.basis),
            tagged(say("status", claim.status), claim.status),
            Cell(say("kind", claim.kind), code=claim.kind),
            Cell(claim.rule),
            Cell(f"{claim.confidence:.2f}", key=claim.confidence),
            Cell(title if len(docs) > 1 else ""),
            Cell("", data=claim.quote),
            Cell("", data=claim.value),
            Cell("", data=claim.low),
            Cell("", data=claim.high),
            Cell("", data=claim.unit),
            Cell("", data=sentence_text(doc, claim.sentence.start, claim.sentence.end)),
            Cell("", data=claim.doc_id),
            Cell("", data=claim.start),
            Cell("", data=claim.end),
            Cell("", data=claim.id),
        )
        for doc in docs
        for title in [document_title(doc, say)]
        for claim in doc.claims
    ]
    return Table("claims", columns, rows, "claims.jsonl")


def slogans_table(records: Records, say: Wording) -> Table:
    """Return the table of slogans, each once, the most used first."""
    columns = (
        Column("slogan", say("label", "slogan")),
        Column("kind", say("label", "kind"), "choice"),
        Column("count", say("label", "count"), "number"),
        Column("declared", say("label", "declared")),
        Column("members", say("label", "members")),
        Column("expansion", say("label", "expansion"), "choice"),
        Column("documents", say("label", "documents"), "number"),
        Column("uses", say("label", "place")),
    )
    rows = []
    for uses in records.slogans:
        listed = max(uses, key=lambda slogan: (slogan.expansion != "none", len(slogan.members)))
        members = list(dict.fromkeys(member.quote for member in listed.members))
        expansion = say("expansion", listed.expansion) if listed.declared is not None or members else ""
        rows.append(
            (
                Cell(listed.canonical),
                Cell(say("slogan_type", listed.type), code=listed.type),
                Cell(str(len(uses)), key=len(uses)),
                Cell(say.declared(listed)),
                Cell("；".join(members)),
                tagged(expansion, listed.expansion),
                *_spread(uses, records, say),
            )
        )
    return Table("slogans", columns, rows, "slogans.jsonl")


def entities_table(records: Records, say: Wording) -> Table:
    """Return the table of entities, each once, the most mentioned first."""
    columns = (
        Column("name", say("label", "name")),
        Column("kind", say("label", "kind"), "choice"),
        Column("count", say("label", "count"), "number"),
        Column("link", say("label", "link")),
        Column("variants", say("label", "variants")),
        Column("documents", say("label", "documents"), "number"),
        Column("uses", say("label", "place")),
    )
    rows = []
    for uses in records.entities:
        variants = [quote for quote in dict.fromkeys(use.quote for use in uses) if quote != uses[0].canonical]
        rows.append(
            (
                Cell(uses[0].canonical),
                Cell(say("entity_type", uses[0].type), code=uses[0].type),
                Cell(str(len(uses)), key=len(uses)),
                Cell(next((use.link for use in uses if use.link), "")),
                Cell("、".join("".join(quote.split()) for quote in variants)),
                *_spread(uses, records, say),
            )
        )
    return Table("entities", columns, rows, "entities.jsonl")


def document_title(doc: Document, say: Wording) -> str:
    """Return what a report calls `doc`."""
    return doc.metadata.title or doc.doc_id or say("label", "untitled")


def linked(anchor: str | None, text: str) -> Markup:
    """Return `text` as HTML, a link to `anchor` if there is one."""
    return Markup(f'<a href="#{anchor}">{escaped(text)}</a>' if anchor else escaped(text))


def clipped(text: str) -> Cell:
    """Return `text` in a few lines that scroll."""
    return Cell(text, Markup(f'<span class="clip">{escaped(text)}</span>'))


def tagged(text: str, kind: str) -> Cell:
    """Return `text` marked as of a `kind`, which is its code and its CSS class."""
    return Cell(text, Markup(f'<span class="{kind}">{escaped(text)}</span>') if text else None, code=kind)


def _joined(records: Iterable[Named]) -> list[list[Named]]:
    """Return records of one type and name together, the most frequent first, then as they come in the texts."""
    groups: dict[tuple[str, str], list[Named]] = {}
    for record in records:
        groups.setdefault((record.canonical, record.type), []).append(record)
    return sorted(groups.values(), key=len, reverse=True)


def _spread(uses: Sequence[Slogan] | Sequence[Entity], records: Records, say: Wording) -> tuple[Cell, Cell]:
    """Return the number of documents that `uses` are from, and links to them."""
    documents = len({use.doc_id for use in uses})
    text = " ".join(records.label(use) for use in uses[:USES_SHOWN])
    links = Markup(" ").join(records.link(use) for use in uses[:USES_SHOWN])
    if len(uses) > USES_SHOWN:
        links += " " + say("label", "more_uses", n=len(uses))
    return Cell(str(documents), key=documents), Cell(text, links)


def _size(claim: Claim) -> float | None:
    """Return what a claim's value is sorted by: a float is enough for that."""
    value = next((v for v in (claim.value, claim.low, claim.high) if v is not None), None)
    return None if value is None else float(value) * (-1 if claim.direction == "down" else 1)
