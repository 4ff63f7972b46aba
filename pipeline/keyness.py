"""Keyness: the terms that tell one group of documents from another, how surely, how strongly and how evenly.

* signed log-likelihood G² (Dunning 1993; Rayson & Garside 2000): how sure the difference is; negative where the term
  is rarer than in the reference. 3.84 is p < 0.05, 15.13 p < 0.0001.
* log ratio (Hardie 2014): how large it is; 1 is twice, 2 is four times as frequent. A count of 0 counts as ½.
* log-odds with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008, eq. 16 and 22), as z-score: both at
  once, with rare terms drawn towards what the whole corpus says. The prior is worth `PRIOR` terms.
* DP (Gries 2008), normalised (Lijffijt & Gries 2012): 0 for a term spread over the parts as they are long, 1 for one
  that all stands in the smallest part.
* TextRank (Mihalcea & Tarau 2004): terms that stand near many terms that do so too, within one document.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from pipeline.collection import year_of
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.indicators import Cell, cells, figures_of
from pipeline.terms import TermCounts, count_terms

PRIOR = 1000.0
LEAST = 3  #: occurrences in the two groups together
SURE = 3.84  #: least G² of a term that is shown: p < 0.05, if one asked about that term alone
GROUPINGS = ("document", "issuer", "year")
WINDOW = 4  #: terms on either side that are near, in TextRank
DAMPING = 0.85
_ROUNDS = 100
_STILL = 1e-4
_DIGITS = 3


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A term as two groups use it; `count` and `per_10k` (terms) are the first group's."""

    term: str
    kind: str
    count: int
    reference_count: int
    per_10k: float
    reference_per_10k: float
    log_likelihood: float
    log_ratio: float
    log_odds: float
    dispersion: float  #: over the documents of both groups


def log_likelihood(count: int, reference: int, total: int, reference_total: int) -> float:
    """Return the signed G² of a term that occurs `count` times in `total`, `reference` times in `reference_total`.

    >>> round(log_likelihood(20, 10, 1000, 1000), 2), round(log_likelihood(10, 20, 1000, 1000), 2)
    (3.4, -3.4)
    """
    whole = total + reference_total
    if not whole or not count + reference:
        return 0.0
    expected = total * (count + reference) / whole
    other = reference_total * (count + reference) / whole
    ours = count * math.log(count / expected) if count else 0.0
    theirs = reference * math.log(reference / other) if reference else 0.0
    g2 = 2 * (ours + theirs)
    return g2 if count >= expected else -g2


def log_ratio(count: int, reference: int, total: int, reference_total: int) -> float:
    """Return the binary logarithm of the ratio of the two relative frequencies.

    >>> log_ratio(20, 10, 1000, 1000), round(log_ratio(4, 0, 1000, 1000), 2)
    (1.0, 3.0)
    """
    if not total or not reference_total:
        return 0.0
    return math.log2(((count or 0.5) / total) / ((reference or 0.5) / reference_total))


def log_odds(
    count: int, reference: int, total: int, reference_total: int, expected: float, prior: float = PRIOR
) -> float:
    """Return the z-score of the log-odds ratio of a term that makes up `expected` (a share) of the background.

    >>> round(log_odds(20, 10, 1000, 1000, 0.015), 2), round(log_odds(1, 0, 1000, 1000, 0.0005), 2)
    (1.3, 0.67)
    """
    alpha = expected * prior
    y, r = count + alpha, reference + alpha
    delta = math.log(y / (total + prior - y)) - math.log(r / (reference_total + prior - r))
    return delta / math.sqrt(1 / y + 1 / r)


def dispersion(counts: Sequence[int], sizes: Sequence[int]) -> float:
    """Return the normalised deviation of proportions of a term with `counts` in parts of `sizes`.

    >>> dispersion([5, 5], [100, 100]), dispersion([10, 0], [100, 100])
    (0.0, 1.0)
    """
    occurrences, whole = sum(counts), sum(sizes)
    parts = [size / whole for size in sizes if size] if whole else []
    if not occurrences or len(parts) < 2:
        return 0.0
    shares = [count / occurrences for count, size in zip(counts, sizes, strict=True) if size]
    return 0.5 * math.fsum(abs(s - v) for s, v in zip(parts, shares, strict=True)) / (1 - min(parts))


def text_rank(sentences: Iterable[Sequence[str]]) -> dict[str, float]:
    """Return the TextRank of the terms of one document, given by sentence; the ranks add up to 1."""
    import numpy as np

    numbers: dict[str, int] = {}
    apart = (-1,) * WINDOW  # so that no window reaches from one sentence into the next
    written = [
        number
        for sentence in sentences
        for number in (*(numbers.setdefault(term, len(numbers)) for term in sentence), *apart)
    ]
    size = len(numbers)
    if not size:
        return {}
    places = np.array(written)
    pairs = [np.stack((places[:-near], places[near:])) for near in range(1, WINDOW + 1)]
    edges = np.concatenate([*pairs, *(pair[::-1] for pair in pairs)], axis=1)
    edges = edges[:, (edges >= 0).all(axis=0) & (edges[0] != edges[1])]
    keys, weights = np.unique(edges[0] * size + edges[1], return_counts=True)
    source, target = keys // size, keys % size
    strength = np.bincount(source, weights, size)
    flow = weights / strength[source]
    ranks = np.full(size, 1 / size)
    for _ in range(_ROUNDS):
        loose = ranks[strength == 0].sum() / size
        following = (1 - DAMPING) / size + DAMPING * (loose + np.bincount(target, ranks[source] * flow, size))
        moved = np.abs(following - ranks).sum()
        ranks = following
        if moved < _STILL:
            break
    return dict(zip(numbers, ranks.tolist(), strict=True))


def keyness(
    counted: TermCounts,
    group: Iterable[str],
    reference: Iterable[str] | None = None,
    *,
    sure: float = 0.0,
    own: int | None = None,
) -> list[Key]:
    """Return the terms of the documents `group` against those of `reference` (all others, if None).

    The most characteristic of the group come first, by z-score; those of the reference last. Terms whose G² is below
    `sure`, either way, are left out, and so are those that occur fewer than `LEAST` times. With `own` only the first
    so many that the group has more of are returned.
    """
    inside = list(dict.fromkeys(group))
    apart = set(inside)
    outside = [doc_id for doc_id in (counted.documents if reference is None else reference) if doc_id not in apart]
    counts = counted.documents[inside[0]] if len(inside) == 1 else _total(counted, inside)
    both = counted.totals if reference is None else _total(counted, (*inside, *outside))
    total = counts.total()
    other_total = both.total() - total
    found: list[tuple[float, str, float]] = []
    for term in both if own is None else counts:
        n = counts[term]
        m = both[term] - n
        if own is not None and n * (total + other_total) <= total * (n + m):  # the reference has more of it
            continue
        if n + m < LEAST or abs(g2 := log_likelihood(n, m, total, other_total)) < sure:
            continue
        odds = log_odds(n, m, total, other_total, (n + m) / (total + other_total))
        found.append((-round(odds, _DIGITS), term, g2))
    parts = [counted.documents[doc_id] for doc_id in (*inside, *outside)]
    sizes = [counted.sizes[doc_id] for doc_id in (*inside, *outside)]
    return [
        Key(
            term=term,
            kind=counted.kinds[term],
            count=(n := counts[term]),
            reference_count=(m := both[term] - n),
            per_10k=round(n * 10_000 / (total or 1), _DIGITS),
            reference_per_10k=round(m * 10_000 / (other_total or 1), _DIGITS),
            log_likelihood=round(g2, _DIGITS),
            log_ratio=round(log_ratio(n, m, total, other_total), _DIGITS),
            log_odds=-odds,
            dispersion=round(dispersion([part[term] for part in parts], sizes), _DIGITS),
        )
        for odds, term, g2 in sorted(found)[:own]
    ]


def _total(counted: TermCounts, doc_ids: Iterable[str]) -> Counter[str]:
    total: Counter[str] = Counter()
    for doc_id in doc_ids:
        total.update(counted.documents[doc_id])
    return total


def groups(docs: Sequence[Document], by: str) -> dict[str, list[Document]]:
    """Return `docs` by ``document``, ``issuer`` or ``year``; those without one are left out."""
    if by not in GROUPINGS:
        raise InputError(f"documents are not grouped by {by!r}; there are: {', '.join(GROUPINGS)}")
    found: dict[str, list[Document]] = {}
    for doc in docs:
        year = year_of(doc)
        name = {"document": doc.doc_id, "issuer": doc.metadata.issuer, "year": str(year) if year else None}[by]
        if name:
            found.setdefault(name, []).append(doc)
    return found if by == "document" else dict(sorted(found.items()))


def key_rows(
    docs: Sequence[Document], by: str, most: int, counted: TermCounts | None = None, *, least: int = 1
) -> list[dict[str, Any]]:
    """Return the `most` characteristic terms of each group of `docs` against all others, with their TextRank.

    Terms whose G² is below `SURE` are left out, and groups of fewer than `least` documents. `counted` are the terms of
    `docs`, if they have been counted.
    """
    counted = count_terms(docs) if counted is None else counted
    rows = []
    for name, members in groups(docs, by).items():
        if len(members) < least:
            continue
        ids = [doc.doc_id for doc in members]
        ranks = text_rank(sentence for doc_id in ids for sentence in counted.sentences[doc_id])
        for place, key in enumerate(keyness(counted, ids, sure=SURE, own=most), start=1):
            rank = round(ranks.get(key.term, 0.0), 5)
            rows.append({"group": name, "place": place, **msgspec.structs.asdict(key), "text_rank": rank})
    return rows


# --- two groups ---------------------------------------------------------------------------------


class SloganUse(msgspec.Struct, frozen=True, kw_only=True):
    """How often two groups use a slogan."""

    slogan: str
    type: str
    count: int
    reference_count: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Two groups of documents side by side: terms, slogans, and the indicators of which both speak."""

    group: tuple[str, ...]
    reference: tuple[str, ...]
    terms: tuple[Key, ...]
    slogans: tuple[SloganUse, ...]
    indicators: tuple[tuple[Cell, ...], ...]  #: the cells of one indicator and kind, of both groups


def select_documents(docs: Sequence[Document], selector: str) -> list[Document]:
    """Return the documents that `selector` names: ids, patterns of ids, ``year:2010-2015``, ``issuer:…``, ``region:…``.

    Several are set apart by commas; ``issuer:`` and ``region:`` match a part of the name. Raises InputError where
    nothing is found.
    """
    chosen: dict[str, Document] = {}
    for part in selector.split(","):
        found = [doc for doc in docs if _is_selected(doc, part.strip())]
        if not found:
            raise InputError(f"no document is selected by {part.strip()!r}")
        chosen |= {doc.doc_id: doc for doc in found}
    return [doc for doc in docs if doc.doc_id in chosen]


def _is_selected(doc: Document, part: str) -> bool:
    field, colon, value = part.partition(":")
    if colon and field == "year":
        first, _, last = value.partition("-")
        year = year_of(doc)
        if not (first.isdigit() and (last or first).isdigit()):
            raise InputError(f"{part!r} is not of the form year:2010 or year:2010-2015")
        return year is not None and int(first) <= year <= int(last or first)
    if colon and field in ("issuer", "region"):
        return bool(value) and value in (getattr(doc.metadata, field) or "")
    return fnmatchcase(doc.doc_id, part)


def compare(docs: Sequence[Document], group: str, reference: str) -> Comparison:
    """Return the documents selected by `group` against those selected by `reference`.

    Raises InputError where one selects nothing, or both the same document.
    """
    ours, theirs = select_documents(docs, group), select_documents(docs, reference)
    shared = [doc.doc_id for doc in ours if doc in theirs]
    if shared:
        raise InputError(f"{group} and {reference} both select {shared[0]}")
    counted = count_terms([*ours, *theirs])
    terms = keyness(counted, [doc.doc_id for doc in ours], [doc.doc_id for doc in theirs], sure=SURE)
    return Comparison(
        group=tuple(doc.doc_id for doc in ours),
        reference=tuple(doc.doc_id for doc in theirs),
        terms=tuple(terms),
        slogans=_slogans(ours, theirs),
        indicators=_indicators(ours, theirs),
    )


def _slogans(ours: Sequence[Document], theirs: Sequence[Document]) -> tuple[SloganUse, ...]:
    counts = Counter(slogan.canonical for doc in ours for slogan in doc.slogans)
    others = Counter(slogan.canonical for doc in theirs for slogan in doc.slogans)
    types = {slogan.canonical: slogan.type for doc in (*ours, *theirs) for slogan in doc.slogans}
    uses = [
        SloganUse(slogan=name, type=types[name], count=counts[name], reference_count=others[name]) for name in types
    ]
    return tuple(
        sorted(
            uses, key=lambda use: (-abs(use.count - use.reference_count), -use.count - use.reference_count, use.slogan)
        )
    )


def _indicators(ours: Sequence[Document], theirs: Sequence[Document]) -> tuple[tuple[Cell, ...], ...]:
    tables = []
    for docs in (ours, theirs):
        table: dict[tuple[str, str, str], list[Cell]] = {}
        for cell in cells(figures_of(docs)):
            table.setdefault((cell.indicator, cell.kind, cell.unit or ""), []).append(cell)
        tables.append(table)
    mine, other = tables
    return tuple((*mine[key], *other[key]) for key in sorted(mine.keys() & other.keys()))


def comparison_rows(found: Comparison, most: int) -> dict[str, list[dict[str, Any]]]:
    """Return flat rows by section: the `most` terms of either group, slogans, and figures of shared indicators.

    Slogans are in the order of how far the two groups differ in their use.
    """
    ours = [key for key in found.terms if key.log_odds > 0][:most]
    theirs = [key for key in reversed(found.terms) if key.log_odds < 0][:most]
    members = set(found.group)
    return {
        "terms": [
            {"group": side, **msgspec.structs.asdict(key)}
            for side, keys in (("A", ours), ("B", theirs))
            for key in keys
        ],
        "slogans": [msgspec.structs.asdict(use) for use in found.slogans],
        "indicators": [
            {
                "indicator": cell.indicator,
                "kind": cell.kind,
                "group": "A" if figure.doc_id in members else "B",
                "region": cell.region,
                "period": cell.period,
                "direction": cell.direction,
                "status": cell.status,
                "quote": figure.claim.quote,
                "value": figure.amount,
                "unit": cell.unit,
                "doc_id": figure.doc_id,
                "start": figure.claim.start,
                "end": figure.claim.end,
            }
            for group in found.indicators
            for cell in group
            for figure in cell.figures
        ],
    }
