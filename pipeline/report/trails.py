"""Slogans across documents: the table of those that several use, and a timeline drawn from its figures."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec
from markupsafe import Markup, escape

from pipeline.document import Document
from pipeline.report.tables import Cell, Column, Table, document_title
from pipeline.report.wording import Wording
from pipeline.slogans import Trail, follow, source_of

DRAWN = 12  #: slogans of the timeline, the most used
_EXPLAINED_SHOWN = 3
_ROW, _NAME, _BAR = 50, 18, 24  # pixels: a row of the timeline, the line with its name, its highest bar

Anchor = Callable[[str, int], str | None]  #: the anchor of an offset in a document; None where its text is left out


class Bar(msgspec.Struct, frozen=True):
    """A year of a slogan: where its bar stands, in per cent of the width, and how high it is, in pixels."""

    x: float
    y: float
    height: float
    note: str


class Row(msgspec.Struct, frozen=True):
    """A slogan of the timeline, `y` pixels from the top."""

    y: int
    name: str
    figures: str
    bars: list[Bar]


class Timeline(msgspec.Struct, frozen=True):
    """What the timeline draws; `ticks` and `covered` (years with documents) are places in per cent of the width."""

    rows: list[Row]
    covered: list[float]
    ticks: list[tuple[float, int]]
    step: float  #: per cent of the width that a year takes
    height: int


def shared_trails(docs: Sequence[Document]) -> list[Trail]:
    """Return the slogans that several of `docs` use, the most used first; none if all are of one year and issuer."""
    years = {doc.metadata.date[:4] for doc in docs if doc.metadata.date}
    issuers = {doc.metadata.issuer or doc.metadata.region for doc in docs} - {None}
    if len(years) < 2 and len(issuers) < 2:
        return []
    return [trail for trail in follow((source_of(doc), doc.slogans) for doc in docs) if len(trail.by_document) > 1]


def trails_table(trails: Sequence[Trail], docs: Sequence[Document], anchor: Anchor, say: Wording) -> Table:
    """Return the table of `trails`; an explanation links to its sentence."""
    columns = (
        Column("slogan", say("label", "slogan")),
        Column("kind", say("label", "kind"), "choice"),
        Column("level", say("label", "level"), "choice"),
        Column("count", say("label", "count"), "number"),
        Column("documents", say("label", "documents"), "number"),
        Column("span", say("label", "first_last")),
        Column("members", say("label", "members")),
        Column("explained", say("label", "explained")),
        Column("variants", say("label", "variants")),
        Column("by_year", say("label", "by_year")),
    )
    titles = {doc.doc_id: document_title(doc, say) for doc in docs}
    rows = [
        (
            Cell(trail.canonical),
            Cell(say("slogan_type", trail.type)),
            Cell(say("level", trail.level) if trail.level else ""),
            Cell(str(trail.count), key=trail.count),
            Cell(str(len(trail.by_document)), key=len(trail.by_document)),
            Cell(" – ".join(dict.fromkeys(date for date in (trail.first, trail.last) if date)), key=trail.first or ""),
            _members(trail, say),
            _explained(trail, titles, anchor, say),
            Cell("；".join(variant for variant in trail.variants if variant != trail.canonical)),
            Cell(say("mark", "comma").join(f"{year}:{count}" for year, count in trail.by_year.items())),
        )
        for trail in trails
    ]
    return Table("trails", columns, rows, "slogans.jsonl")


def timeline(trails: Sequence[Trail], docs: Sequence[Document], say: Wording) -> Timeline | None:
    """Return the timeline of the most used of `trails`; None if the documents are of one year.

    A bar is as high as its year's uses in a document on average, against the most of its row.
    """
    documents = Counter(int(doc.metadata.date[:4]) for doc in docs if doc.metadata.date)
    if len(documents) < 2:
        return None
    begin, years = min(documents), max(documents) - min(documents) + 1
    step = 100 / years
    rows = []
    for number, trail in enumerate([trail for trail in trails if trail.by_year][:DRAWN]):
        y = number * _ROW
        uses = {int(year): count for year, count in trail.by_year.items()}
        most = max(count / documents[year] for year, count in uses.items())
        bars = []
        for year, count in uses.items():
            height = max(_BAR * count / documents[year] / most, 2)
            note = say("note", "bar", year=year, count=count, documents=documents[year])
            bars.append(Bar((year - begin) * step, y + _NAME + _BAR - height, height, note))
        figures = say("note", "trail", count=trail.count, documents=len(trail.by_document))
        rows.append(Row(y, trail.canonical, figures, bars))
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100) if years / n <= 8)
    ticks = [((year - begin + 0.5) * step, year) for year in range(begin, begin + years) if year % every == 0]
    covered = [(year - begin) * step for year in sorted(documents)]
    return Timeline(rows, covered, ticks, step, len(rows) * _ROW)


def _members(trail: Trail, say: Wording) -> Cell:
    """Return the members that documents enumerate, or those that are known, marked as such."""
    if trail.members or not trail.known_members:
        return Cell("；".join(trail.members))
    known, note = "；".join(trail.known_members), say("label", "known")
    return Cell(f"{known} {note}", Markup('{} <span class="known">{}</span>').format(known, note))


def _explained(trail: Trail, titles: Mapping[str, str], anchor: Anchor, say: Wording) -> Cell:
    """Return the first documents that explain a slogan, each with a link to where it does."""
    places: dict[str, int] = {}
    for explanation in trail.explained:
        places.setdefault(explanation.doc_id, explanation.start)
    names, links = [], []
    for doc_id, start in list(places.items())[:_EXPLAINED_SHOWN]:
        name, at = titles[doc_id], anchor(doc_id, start)
        names.append(name)
        links.append(Markup('<a href="#{}">{}</a>').format(at, name) if at else escape(name))
    html = Markup("；").join(links)
    if len(places) > _EXPLAINED_SHOWN:
        html += " " + say("label", "more_uses", n=len(places))
    return Cell("；".join(names), html)
