"""Slogans across documents: the table of those that several use."""

from collections.abc import Callable, Mapping, Sequence

from markupsafe import Markup

from pipeline.document import Document
from pipeline.report.tables import Cell, Column, Table, clipped, document_title, linked
from pipeline.report.wording import Wording
from pipeline.slogans import Trail

_EXPLAINED_SHOWN = 3

Anchor = Callable[[str, int], str | None]  #: the anchor of an offset in a document; None where its text is left out


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
            Cell(say("slogan_type", trail.type), code=trail.type),
            Cell(say("level", trail.level) if trail.level else ""),
            Cell(str(trail.count), key=trail.count),
            Cell(str(len(trail.by_document)), key=len(trail.by_document)),
            Cell(" – ".join(dict.fromkeys(date for date in (trail.first, trail.last) if date)), key=trail.first or ""),
            _members(trail, say),
            _explained(trail, titles, anchor, say),
            Cell("；".join(variant for variant in trail.variants if variant != trail.canonical)),
            clipped(say("mark", "comma").join(f"{year}:{count}" for year, count in trail.by_year.items())),
        )
        for trail in trails
    ]
    return Table("trails", columns, rows, "slogans.jsonl")


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
        name, at = titles.get(doc_id, doc_id), anchor(doc_id, start)  # it may be no document of the report
        names.append(name)
        links.append(linked(at, name))
    html = Markup("；").join(links)
    if len(places) > _EXPLAINED_SHOWN:
        html += " " + say("label", "more_uses", n=len(places))
    return Cell("；".join(names), html)
