"""Two groups of documents side by side, as a page and as Markdown."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.document import Document
from pipeline.keyness import Comparison
from pipeline.report.environment import templates
from pipeline.report.tables import Cell, Column, Table, document_title
from pipeline.report.wording import Wording

#: The columns of each table: name and form.
_COLUMNS: dict[str, tuple[tuple[str, str], ...]] = {
    "terms": (
        ("group", "choice"),
        ("term", "text"),
        ("kind", "choice"),
        ("count", "number"),
        ("reference_count", "number"),
        ("per_10k", "number"),
        ("reference_per_10k", "number"),
        ("log_likelihood", "number"),
        ("log_ratio", "number"),
        ("log_odds", "number"),
        ("dispersion", "number"),
    ),
    "slogans": (("slogan", "text"), ("type", "choice"), ("count", "number"), ("reference_count", "number")),
    "indicators": (
        ("indicator", "text"),
        ("kind", "choice"),
        ("group", "choice"),
        ("region", "choice"),
        ("period", "text"),
        ("status", "choice"),
        ("quote", "text"),
        ("doc_id", "text"),
    ),
}
_CODED = ("kind", "type", "status")


def comparison_tables(
    sections: Mapping[str, Sequence[Mapping[str, Any]]], titles: Mapping[str, str], say: Wording
) -> list[Table]:
    """Return the rows of each section (:func:`pipeline.keyness.comparison_rows`) as a table."""
    return [
        Table(
            name,
            tuple(Column(column, say.column(column), form) for column, form in _COLUMNS[name]),
            [tuple(_cell(column, row[column], titles, say) for column, _ in _COLUMNS[name]) for row in rows],
        )
        for name, rows in sections.items()
    ]


def _cell(column: str, value: Any, titles: Mapping[str, str], say: Wording) -> Cell:
    if value is None:
        return Cell("")
    if column == "doc_id":
        return Cell(titles[value])
    if column == "period":
        return Cell(say.period(value), key=value)
    if isinstance(value, int | float):
        return Cell(f"{value:,}", key=value)
    return Cell(say.code(value) if column in _CODED else "".join(value.split()))


def comparison_text(
    docs: Sequence[Document],
    found: Comparison,
    sections: Mapping[str, Sequence[Mapping[str, Any]]],
    form: str,
    *,
    version: str,
    language: str = "zh",
) -> str:
    """Return the comparison `found` as a page (html) or Markdown (md); `sections` are its rows."""
    say = Wording(language)
    titles = {doc.doc_id: document_title(doc, say) for doc in docs}
    sides = (("A", [titles[doc_id] for doc_id in found.group]), ("B", [titles[doc_id] for doc_id in found.reference]))
    a, b = (
        names[0] if len(names) == 1 else say("comparison", "group", side=side, n=len(names)) for side, names in sides
    )
    return (
        templates()
        .get_template(f"comparison.{form}.j2")
        .render(
            say=say,
            title=say("comparison", "title", a=a, b=b),
            groups=sides,
            tables=comparison_tables(sections, titles, say),
            version=version,
            packed=False,
            packed_rows=0,
            most=10**6,
            script_strings=say.label_forms("search", "all", "rows_shown", "more"),
        )
    )
