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
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import msgspec

from pipeline.collection import year_of
from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.indicators import Cell, cells, figures_of
from pipeline.terms import TermCounts, Terms, count_terms

if TYPE_CHECKING:
    import numpy as np

    Counts = int | np.ndarray

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


class _Found(NamedTuple):
    """A term that is a key, in the order of keys."""

    rarity: float  #: the negative log-odds
    term: str
    number: int
    uses: int
    reference_uses: int
    log_likelihood: float


def log_likelihood(count: "Counts", reference: "Counts", total: int, reference_total: int) -> "np.ndarray":
    """Return the signed G² of a term that occurs `count` times in `total`, `reference` times in `reference_total`.

    The counts may be numbers, or arrays of as many terms.

    >>> round(float(log_likelihood(20, 10, 1000, 1000)), 2), round(float(log_likelihood(10, 20, 1000, 1000)), 2)
    (3.4, -3.4)
    """
    import numpy as np

    whole = (total + reference_total) or 1
    expected = total * (count + reference) / whole
    other = reference_total * (count + reference) / whole
    least = np.finfo(float).tiny  # where nothing is counted, 0 × log 1 and not 0 × log 0
    ours = count * np.log(np.maximum(count, least) / np.maximum(expected, least))
    theirs = reference * np.log(np.maximum(reference, least) / np.maximum(other, least))
    g2 = 2 * (ours + theirs)
    signed: np.ndarray = np.where(count >= expected, g2, -g2)
    return signed


def log_ratio(count: int, reference: int, total: int, reference_total: int) -> float:
    """Return the binary logarithm of the ratio of the two relative frequencies.

    >>> log_ratio(20, 10, 1000, 1000), round(log_ratio(4, 0, 1000, 1000), 2)
    (1.0, 3.0)
    """
    if not total or not reference_total:
        return 0.0
    return math.log2(((count or 0.5) / total) / ((reference or 0.5) / reference_total))


def log_odds(
    count: "Counts",
    reference: "Counts",
    total: int,
    reference_total: int,
    expected: "float | np.ndarray",
    prior: float = PRIOR,
) -> "np.ndarray":
    """Return the z-score of the log-odds ratio of a term that makes up `expected` (a share) of the background.

    The counts may be numbers, or arrays of as many terms. The score of a term that is all there is, is 0.

    >>> [round(float(log_odds(n, r, 1000, 1000, share)), 2) for n, r, share in ((20, 10, 0.015), (1, 0, 0.0005))]
    [1.3, 0.67]
    """
    import numpy as np

    alpha = np.asarray(expected * prior)
    y, r = count + alpha, reference + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        delta = np.log(y / (total + prior - y)) - np.log(r / (reference_total + prior - r))
        z: np.ndarray = delta / np.sqrt(1 / y + 1 / r)
    return np.where(np.isnan(z), 0.0, z)


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


def text_rank(terms: Terms) -> dict[int, float]:
    """Return the TextRank of the terms of one text by their numbers; the ranks add up to 1."""
    import numpy as np

    numbers, own = np.unique(terms.numbers, return_inverse=True)
    size = len(numbers)
    if not size:
        return {}
    sentences = np.searchsorted(terms.ends, np.arange(len(own)), side="right")
    near = [np.flatnonzero(sentences[:-far] == sentences[far:]) for far in range(1, WINDOW + 1)]
    one = np.concatenate([own[at] for at in near])
    other = np.concatenate([own[at + far] for far, at in enumerate(near, start=1)])
    apart = one != other
    keys = np.minimum(one, other)[apart] * size + np.maximum(one, other)[apart]
    pairs, times = np.unique(keys, return_counts=True)
    source, target = (np.concatenate(ends) for ends in ((pairs // size, pairs % size), (pairs % size, pairs // size)))
    weights = np.concatenate((times, times))
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
    return dict(zip(numbers.tolist(), ranks.tolist(), strict=True))


class Keys(Sequence[Key]):
    """Terms as two groups use them, in order; each is worked out when it is looked at."""

    def __init__(self, counted: TermCounts, inside: Sequence[str], outside: Sequence[str], found: Sequence[_Found]):
        import numpy as np

        self._counted = counted
        self._found = found
        self._total, self._other_total = (sum(counted.sizes[doc_id] for doc_id in ids) for ids in (inside, outside))
        places = {doc_id: place for place, doc_id in enumerate(counted.documents)}
        self._places = np.array([places[doc_id] for doc_id in (*inside, *outside)], dtype=int)
        self._sizes = [counted.sizes[doc_id] for doc_id in (*inside, *outside)]

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, place: int) -> Key: ...

    @overload
    def __getitem__(self, place: slice) -> list[Key]: ...

    def __getitem__(self, place: int | slice) -> Key | list[Key]:
        return self._key(self._found[place]) if isinstance(place, int) else list(map(self._key, self._found[place]))

    def _key(self, found: _Found) -> Key:
        n, m, total, other_total = found.uses, found.reference_uses, self._total, self._other_total
        uses = self._counted.by_document(found.number)[self._places].tolist()
        return Key(
            term=found.term,
            kind=self._counted.kinds[found.number],
            count=n,
            reference_count=m,
            per_10k=round(n * 10_000 / (total or 1), _DIGITS),
            reference_per_10k=round(m * 10_000 / (other_total or 1), _DIGITS),
            log_likelihood=round(found.log_likelihood, _DIGITS),
            log_ratio=round(log_ratio(n, m, total, other_total), _DIGITS),
            log_odds=-found.rarity,
            dispersion=round(dispersion(uses, self._sizes), _DIGITS),
        )


def keyness(
    counted: TermCounts,
    group: Iterable[str],
    reference: Iterable[str] | None = None,
    *,
    sure: float = 0.0,
    own: bool = False,
) -> Keys:
    """Return the terms of the documents `group` against those of `reference` (all others, if None).

    The most characteristic of the group come first, by z-score; those of the reference last. Terms whose G² is below
    `sure`, either way, are left out, and so are those that occur fewer than `LEAST` times, and, where only those are
    asked for that are the group's `own`, those that the reference has more of.
    """
    import numpy as np

    inside = list(dict.fromkeys(group))
    apart = set(inside)
    outside = [doc_id for doc_id in (counted.documents if reference is None else reference) if doc_id not in apart]
    counts = counted.total(inside)
    both = counted.totals if reference is None else counted.total((*inside, *outside))
    total = int(counts.sum())
    other_total = int(both.sum()) - total
    numbers = np.flatnonzero(both >= LEAST if not own else (both >= LEAST) & (counts > 0))
    n = counts[numbers]
    m = both[numbers] - n
    g2 = log_likelihood(n, m, total, other_total)
    odds = log_odds(n, m, total, other_total, (n + m) / ((total + other_total) or 1))
    kept = abs(g2) >= sure
    if own:
        kept &= n * (total + other_total) > total * (n + m)
    columns = (column[kept].tolist() for column in (odds, numbers, n, m, g2))
    found = [
        _Found(-round(odd, _DIGITS), counted.terms[number], number, *counts)
        for odd, number, *counts in zip(*columns, strict=True)
    ]
    return Keys(counted, inside, outside, sorted(found))


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
        ranks = text_rank(counted.together(ids))
        for place, key in enumerate(keyness(counted, ids, sure=SURE, own=True)[:most], start=1):
            rank = round(ranks[counted.numbers[key.term]], 5)
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
