"""Trends: how often the texts of each year use a term or a slogan, and an indicator from period to period."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import msgspec

from pipeline.collection import year_of
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.indicators import cell_rows, indicator_table
from pipeline.keyness import SURE, Key, keyness
from pipeline.search import folded, occurrence, spaced
from pipeline.terms import TermCounts

_USE = ("term", "year", "count", "documents", "of", "per_10k")
#: What a table of each sort of trend shows.
COLUMNS = {
    "term": _USE,
    "slogan": _USE,
    "indicator": ("indicator", "region", "kind", "period", "quote", "agreement", "place"),
}


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """How much the texts of one year say something: occurrences, texts that have it, texts in all, share of length."""

    term: str
    year: int
    count: int
    documents: int
    of: int
    per_10k: float  #: occurrences by 10,000 characters


class TermTrend(msgspec.Struct, frozen=True, kw_only=True):
    """A term that the later half of the years uses more than the earlier, or less: by how much, and year by year."""

    key: Key  #: the later half against the earlier
    by_year: dict[int, float]  #: occurrences by 10,000 terms, for each year with texts


YEARS_NEEDED = 4  #: that have texts
_LEAST_YEARS = 3  #: in which a term must occur


def term_trends(docs: Sequence[Document], counted: TermCounts, most: int = 12) -> list[TermTrend]:
    """Return the `most` terms that rise and, after them, the `most` that fall from year to year, the strongest first.

    The years with texts are cut into an earlier and a later half, which are held against each other
    (:func:`pipeline.keyness.keyness`); a term must occur in three years.
    None where fewer than `YEARS_NEEDED` have texts.
    """
    years: dict[int, list[str]] = defaultdict(list)
    for doc in docs:
        year = year_of(doc)
        if year is not None:
            years[year].append(doc.doc_id)
    if len(years) < YEARS_NEEDED:
        return []
    ordered = sorted(years)
    early, late = ordered[: len(ordered) // 2], ordered[len(ordered) // 2 :]
    sizes = {year: sum(counted.sizes[doc_id] for doc_id in years[year]) for year in ordered}

    places = {doc_id: place for place, doc_id in enumerate(counted.documents)}

    def by_year(term: str) -> dict[int, float]:
        uses = counted.by_document(counted.numbers[term]).tolist()
        return {
            year: round(sum(uses[places[doc_id]] for doc_id in years[year]) * 10_000 / (sizes[year] or 1), 2)
            for year in ordered
        }

    def strongest(keys: Iterable[Key]) -> list[TermTrend]:
        found: list[TermTrend] = []
        for key in keys:
            uses = by_year(key.term)
            if len(found) < most and sum(use > 0 for use in uses.values()) >= _LEAST_YEARS:
                found.append(TermTrend(key=key, by_year=uses))
        return found

    keys = keyness(
        counted,
        [id_ for year in late for id_ in years[year]],
        [id_ for year in early for id_ in years[year]],
        sure=SURE,
    )
    rising = islice((key for key in keys if key.log_likelihood > 0), 10 * most)
    falling = islice((key for key in reversed(keys) if key.log_likelihood < 0), 10 * most)
    return strongest(rising) + strongest(falling)


def term_trend(docs: Sequence[Document], term: str) -> list[Point]:
    """Return how often the texts of each year hold `term`, years without it included."""
    pattern = occurrence(term)
    return _points(term, docs, {doc.doc_id: len(pattern.findall(folded(doc.text))) for doc in docs})


def slogan_trend(docs: Sequence[Document], slogan: str) -> list[Point]:
    """Return how often the texts of each year use `slogan`, in any of its forms."""
    wanted = spaced(slogan)
    counts = {doc.doc_id: sum(spaced(found.canonical) == wanted for found in doc.slogans) for doc in docs}
    return _points(slogan, docs, counts)


def _points(term: str, docs: Sequence[Document], counts: dict[str, int]) -> list[Point]:
    years: dict[int, list[Document]] = defaultdict(list)
    for doc in docs:
        year = year_of(doc)
        if year is not None:
            years[year].append(doc)
    characters = {year: sum(len(doc.text) for doc in group) for year, group in years.items()}
    return [
        Point(
            term=term,
            year=year,
            count=(count := sum(counts[doc.doc_id] for doc in group)),
            documents=sum(counts[doc.doc_id] > 0 for doc in group),
            of=len(group),
            per_10k=round(count * 10_000 / characters[year], 2) if characters[year] else 0.0,
        )
        for year, group in sorted(years.items())
    ]


def trend_rows(
    docs: Sequence[Document], names: Sequence[str], of: str, *, region: str | None = None
) -> list[dict[str, Any]]:
    """Return flat rows of the trends of `names`, which are terms, slogans or indicators as `of` says.

    `region` restricts the documents, and of an indicator the figures, to those whose region's name has it as a part.
    Raises InputError for another sort, and for an indicator of which no text speaks.
    """
    if of not in COLUMNS:
        raise InputError(f"there are no trends of {of!r}; there are: {', '.join(COLUMNS)}")
    if of == "indicator":
        return [row for name in names for row in cell_rows(indicator_table(docs, name, region=region, status="actual"))]
    chosen = [doc for doc in docs if region is None or region in (doc.metadata.region or "")]
    count = term_trend if of == "term" else slogan_trend
    return [msgspec.structs.asdict(point) for name in names for point in count(chosen, name)]
