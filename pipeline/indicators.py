"""Indicators under one name: GDP, 国内生产总值 and 地区生产总值 are one; and tables of their figures over a corpus."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

import msgspec
import tomli

from pipeline.document import Claim, Document
from pipeline.errors import DataError, InputError
from pipeline.extensions.content import entries, when_used
from pipeline.intervals import Interval, printed
from pipeline.regex import Regex

STATUSES = ("actual", "target")
_FILE = "indicators.toml"
ALIKE = Decimal("0.8")  #: least quotient of two values of one quantity
_MARKS = Regex(r"[\s“”\"‘’《》]+")


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A quantity with its names, why they are one, and how its figures are to be read."""

    name: str
    aliases: tuple[str, ...]
    evidence: str
    real: bool = False  #: growth is at constant prices and does not follow from amounts
    lower: bool = False  #: a lower figure is the better one; its targets are ceilings


class _Trim(msgspec.Struct, forbid_unknown_fields=True):
    prefixes: str
    suffixes: str
    spelling: dict[str, str]


class _Table(msgspec.Struct, forbid_unknown_fields=True):
    trim: _Trim
    indicator: list[Indicator]


@cache
def _table() -> _Table:
    try:
        return msgspec.convert(tomli.loads((files("pipeline") / "data" / _FILE).read_text("utf-8")), _Table)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_FILE}: {error}") from error


@when_used
def indicators() -> dict[str, Indicator]:
    """Return every known indicator by each of its names. Raises DataError for a name that stands twice."""
    found = _own_indicators()
    for entry in entries("indicator"):
        indicator = entry.converted(Indicator)
        known = found.get(_written(indicator.name))
        if known is not None:  # more names for it
            indicator = msgspec.structs.replace(known, aliases=(*known.aliases, indicator.name, *indicator.aliases))
        for name in map(_written, (indicator.name, *indicator.aliases)):
            if name in found and found[name] is not known and found[name] is not indicator:
                raise entry.error(f"{name!r} is a name of {found[name].name}")
            found[name] = indicator
    return found


def _own_indicators() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for indicator in _table().indicator:
        for name in map(_written, (indicator.name, *indicator.aliases)):
            if name in found:
                raise DataError(f"{_FILE}: {name!r} stands twice")
            found[name] = indicator
    return found


@when_used
def indicator_name(name: str) -> str:
    """Return the name that the indicator called `name` has in tables; `name` itself, trimmed, if it is not known.

    >>> indicator_name("全市GDP"), indicator_name("规上工业增加值"), indicator_name("供热管网")
    ('地区生产总值', '规模以上工业增加值', '供热管网')
    """
    known = indicators()
    short = _written(name)
    if short in known:
        return known[short].name
    trim = _table().trim
    for form, full in trim.spelling.items():
        short = short.replace(_written(form), full)
    for prefix in trim.prefixes.split():
        if len(short) > len(prefix) + 1:
            short = short.removeprefix(prefix)
    for suffix in trim.suffixes.split():
        if len(short) > len(suffix) + 1:
            short = short.removesuffix(suffix)
    return known[short].name if short in known else short


def _written(name: str) -> str:
    """Return `name` in half-width letters, without quotation marks and spaces."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", name))


def indicator_of(name: str) -> Indicator | None:
    """Return the known indicator that `name` is a name of, or None."""
    return indicators().get(indicator_name(name))


# --- tables of figures --------------------------------------------------------------------------


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A claim in a table: the cell that it stands in, and the sentence that it is taken from."""

    doc_id: str
    title: str | None
    date: str | None
    claim: Claim
    sentence: str

    @property
    def amount(self) -> Decimal | None:
        """The value in canonical units; None for a range."""
        return self.claim.value if self.claim.canonical_value is None else self.claim.canonical_value

    @property
    def unit(self) -> str | None:
        """The unit of `amount`."""
        return self.claim.canonical_unit or self.claim.unit


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """What the texts say of one indicator for one region and period, in one unit, as fact or as target.

    `agreement` is ``single`` (one figure), ``agree`` (all the same within what is printed), ``conflict`` (two texts
    give values that have nothing in common, though they are near enough to be of one quantity, or both are targets) or
    ``differ`` (other figures that are not the same: what a text means by each, its words have to tell).
    `spread` is the largest distance between two figures, in canonical units; None where there is a single one.
    """

    indicator: str
    region: str | None
    period: str | None
    kind: str
    direction: str | None
    basis: str | None
    unit: str | None
    status: str
    figures: tuple[Figure, ...]
    agreement: str
    spread: Decimal | None


def figures_of(docs: Iterable[Document]) -> list[Figure]:
    """Return the claims of `docs` with their sentences, in order."""
    return [
        Figure(
            doc_id=doc.doc_id,
            title=doc.metadata.title,
            date=doc.metadata.date,
            claim=claim,
            sentence=sentence_text(doc, claim.sentence.start, claim.sentence.end),
        )
        for doc in docs
        for claim in doc.claims
    ]


def sentence_text(doc: Document, start: int, end: int) -> str:
    """Return a stretch of the text of `doc` on one line."""
    return "".join(doc.text[start:end].split())


def indicator_table(
    docs: Iterable[Document], name: str, *, region: str | None = None, status: str | None = None
) -> list[Cell]:
    """Return the figures of the indicator called `name` over `docs`, by kind, region and period.

    `region` matches a part of the region's name. Where nothing has that name, indicators that contain it are taken.
    Raises InputError for another status than there are, and where no claim has the name.
    """
    if status not in (None, *STATUSES):
        raise InputError(f"no claim has the status {status!r}; there are: {', '.join(STATUSES)}")
    wanted = indicator_name(name)
    figures = figures_of(docs)
    chosen = [figure for figure in figures if indicator_name(figure.claim.indicator) == wanted]
    if not chosen:
        chosen = [figure for figure in figures if wanted in indicator_name(figure.claim.indicator)]
    chosen = [
        figure
        for figure in chosen
        if (region is None or region in (figure.claim.region or "")) and status in (None, figure.claim.status)
    ]
    if not chosen:
        only = "".join(f", {what}" for what in (status, region and f"in {region}") if what)
        raise InputError(f"no claim of an indicator called {name!r}{only}")
    return cells(chosen)


def cells(figures: Iterable[Figure]) -> list[Cell]:
    """Return `figures` in cells, ordered by indicator, kind, unit, region, period and status."""
    groups: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        claim = figure.claim
        key = (
            indicator_name(claim.indicator),
            claim.kind,
            figure.unit or "",
            claim.region or "",
            claim.period or "",
            claim.status,
            _basis(claim) or "",
            claim.direction or "",
        )
        groups[key].append(figure)
    return [_cell(key[0], groups[key]) for key in sorted(groups)]


def _basis(claim: Claim) -> str | None:
    """Return what a change is compared with; the year before where nothing is said."""
    return "yoy" if claim.kind in ("growth_rate", "change_amount") and claim.basis is None else claim.basis


def _cell(indicator: str, group: Sequence[Figure]) -> Cell:
    claim = group[0].claim
    several = group if len(group) > 1 else ()
    intervals = [(figure, interval) for figure in several if (interval := stated(figure.claim)) is not None]
    apart = [(one[0], other[0]) for one, other in combinations(intervals, 2) if not one[1].meets(other[1])]
    contrary = any(
        one.doc_id != other.doc_id and (claim.status == "target" or _alike(one, other)) for one, other in apart
    )
    amounts = [figure.amount for figure in group if figure.amount is not None]
    return Cell(
        indicator=indicator,
        region=claim.region,
        period=claim.period,
        kind=claim.kind,
        direction=claim.direction,
        basis=_basis(claim),
        unit=group[0].unit,
        status=claim.status,
        figures=tuple(group),
        agreement="conflict" if contrary else "differ" if apart else "agree" if len(group) > 1 else "single",
        spread=max(amounts) - min(amounts) if len(amounts) > 1 else None,
    )


def _alike(one: Figure, other: Figure) -> bool:
    """Whether the two are near enough to be of one quantity."""
    if one.amount is None or other.amount is None:
        return False
    low, high = sorted((one.amount, other.amount))
    return low > 0 and low / high >= ALIKE


def stated(claim: Claim) -> Interval | None:
    """Return what `claim` says in canonical units, as far as its digits and comparator words tell."""
    number = printed(claim)
    if number is not None:
        return number.interval
    low = claim.canonical_low if claim.canonical_low is not None else claim.low
    high = claim.canonical_high if claim.canonical_high is not None else claim.high
    return Interval(low, high) if low is not None and high is not None else None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """What a corpus says of one indicator in one kind and unit, in cells ordered by region, period and status."""

    indicator: str
    kind: str
    unit: str | None
    known: bool  #: of `indicators`, so that its figures are known to be of one quantity
    cells: tuple[Cell, ...]

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return sum(len(cell.figures) for cell in self.cells)

    @property
    def documents(self) -> int:
        """How many texts they are of."""
        return len({figure.doc_id for cell in self.cells for figure in cell.figures})


_NAME = 5  #: characters of a name that is not a known indicator's; shorter ones are of several things
_TEXTS = 2  #: that must speak of it


def series(docs: Iterable[Document]) -> list[Series]:
    """Return the series of `docs`: known indicators with two figures, others that two texts call by one long name.

    Known ones come first, then those with the most figures.
    """
    groups: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in cells(figures_of(docs)):
        groups[cell.indicator, cell.kind, cell.unit or ""].append(cell)
    found = [
        Series(indicator=name, kind=kind, unit=unit or None, known=name in indicators(), cells=tuple(group))
        for (name, kind, unit), group in groups.items()
    ]
    kept = [
        one
        for one in found
        if (one.figures > 1 if one.known else len(one.indicator) >= _NAME and one.documents >= _TEXTS)
    ]
    return sorted(kept, key=lambda one: (not one.known, -one.figures, one.indicator, one.kind, one.unit or ""))


def cell_rows(table: Iterable[Cell]) -> list[dict[str, Any]]:
    """Return a flat row for each figure of `table`, with its place in the text."""
    return [
        {
            "indicator": cell.indicator,
            "region": cell.region,
            "period": cell.period,
            "kind": cell.kind,
            "direction": cell.direction,
            "basis": cell.basis,
            "status": cell.status,
            "quote": figure.claim.quote,
            "value": figure.amount,
            "unit": cell.unit,
            "agreement": cell.agreement,
            "named": figure.claim.indicator,
            "doc_id": figure.doc_id,
            "date": figure.date,
            "start": figure.claim.start,
            "end": figure.claim.end,
            "claim": figure.claim.id,
            "sentence": figure.sentence,
        }
        for cell in table
        for figure in cell.figures
    ]
