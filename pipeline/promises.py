"""Promises against results: the targets of one text met with what later texts say came of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import msgspec

from pipeline.document import Claim, Document
from pipeline.indicators import Figure, figures_of, indicator_name, indicator_of, stated
from pipeline.intervals import APPROXIMATE, INFINITY, Interval
from pipeline.regex import Regex

MET, MISSED, OPEN, NOT_FOUND = "met", "missed", "open", "not_found"
OUTCOMES = (MET, MISSED, OPEN, NOT_FOUND)

#: A result so many times the target, or such a part of it, is of something else: a total over years, a single place.
#: For an indicator that is not a known one the name alone says what is meant, and less is allowed.
FACTOR, FACTOR_UNKNOWN = 3, 2
DELAY = 1  #: years after the period in which a text still reports on it; later ones look back at it for other reasons
POINTS = 15  #: likewise for growth, in percentage points above the target
_SPECIFIC = 5  #: characters of a name that is not a known indicator's; shorter ones are of several things
_PROMISED = ("level", "share", "growth_rate", "change_amount", "rank")
_INTERVAL = Regex(r"(?:(?P<first>\d{4})|\.\.)/(?P<last>\d{4})")
_YEAR = Regex(r"\d{4}")
_MEAN = Regex(r"年均|年平均|平均每年")
_CLAUSE = Regex(r"[。；;！!]")
_CALLED = Regex(r"(?:行动|工程|计划|规划)$")  #: of an indicator: the figure is a part of its name


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A target and what came of it.

    `outcome` is ``met``, ``missed``, ``not_found`` (no later text says) or ``open`` (the texts end before the period
    does). `margin` is result less target in the target's unit, with the sign turned where lower is better: a positive
    margin is better than promised. `others` are further texts' figures for the same.
    """

    target: Figure
    indicator: str
    period: str
    outcome: str
    ceiling: bool  #: the target is an upper limit
    result: Figure | None = None
    margin: Decimal | None = None
    others: tuple[Figure, ...] = ()


def promises(docs: Sequence[Document], *, indicator: str | None = None) -> list[Promise]:
    """Return the dated targets of `docs`, in document and text order, each with the first later result.

    A target stated several times in a text counts once; of different values the last, for texts look back before they
    look ahead. `indicator` restricts to one, by any of its names.
    """
    figures = figures_of(docs)
    order = {figure.claim.id: place for place, figure in enumerate(figures)}
    wanted = indicator and indicator_name(indicator)
    results: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.claim.status == "actual" and figure.claim.period:
            results[_key(figure, _end(figure.claim))].append(figure)
    latest = max((figure.date for figure in figures if figure.date), default="")
    chosen: dict[tuple[str, ...], Figure] = {}
    for figure in figures:
        claim = figure.claim
        if claim.status != "target" or claim.kind not in _PROMISED or not claim.period or not figure.date:
            continue
        if indicator_of(claim.indicator) is None and len(indicator_name(claim.indicator)) < _SPECIFIC:
            continue
        if stated(claim) is None or (wanted and indicator_name(claim.indicator) != wanted):
            continue
        key = (figure.doc_id, *_key(figure, _end(claim)))
        if not _CALLED.search(claim.indicator) and (key not in chosen or figure.amount != chosen[key].amount):
            chosen[key] = figure
    found: list[Promise] = []
    for (_, *promised), figure in sorted(chosen.items(), key=lambda item: order[item[1].claim.id]):
        later = sorted(
            (
                result
                for result in results[tuple(promised)]
                if result.date and figure.date and result.date > figure.date and _is_result(figure, result)
            ),
            key=lambda result: (result.date or "", result.doc_id, result.claim.start),
        )
        found.append(_promise(figure, later, latest))
    return found


def _key(figure: Figure, period: str) -> tuple[str, ...]:
    claim = figure.claim
    kind = "level" if claim.kind == "share" else claim.kind
    annual = "annual" if claim.basis == "annual" else ""
    return indicator_name(claim.indicator), claim.region or "", kind, figure.unit or "", period, annual


def _end(claim: Claim) -> str:
    """Return the period that a target and its result share: the last year of ``../2025`` and, for a level, of a span.

    What is done over years (`2016/2020`) keeps its span where it is a change.
    """
    period = claim.period or ""
    span = _INTERVAL.fullmatch(period)
    if span and (span["first"] is None or claim.kind in ("level", "share", "rank")):
        return span["last"]
    return period


def _is_result(target: Figure, result: Figure) -> bool:
    """Whether `result` can be of the same quantity as `target`: by when it is said, over how long, and its size."""
    ends = [int(year) for year in _YEAR.findall(_end(target.claim))]
    if ends and result.date and int(result.date[:4]) > max(ends) + DELAY:
        return False
    if _is_span(result.claim) and not _is_span(target.claim) and not (target.claim.period or "").startswith(".."):
        return False
    if target.claim.kind == "level" and target.unit != "%" and _is_mean(target) != _is_mean(result):
        return False
    came, promised = result.amount, target.amount
    if came is None or promised is None or promised <= 0:
        return stated(result.claim) is not None
    if target.claim.kind == "growth_rate":
        return came <= promised * FACTOR or came <= promised + POINTS
    factor = FACTOR_UNKNOWN if indicator_of(target.claim.indicator) is None else FACTOR
    return target.unit == "%" or promised / factor <= came <= promised * factor


def _is_span(claim: Claim) -> bool:
    span = _INTERVAL.fullmatch(claim.period or "")
    return span is not None and span["first"] is not None


def _is_mean(figure: Figure) -> bool:
    """Whether the figure is a mean over years, by the words before it."""
    before, _, _ = figure.sentence.partition("".join(figure.claim.quote.split()))
    return _MEAN.search(_CLAUSE.split(before)[-1]) is not None


def _promise(target: Figure, later: Sequence[Figure], latest: str) -> Promise:
    claim = target.claim
    ceiling = _is_ceiling(claim)
    period = _end(claim)
    if not later:
        years = [int(year) for year in _YEAR.findall(period)]
        over = bool(years) and max(years) < int(latest[:4])
        outcome = NOT_FOUND if over else OPEN
        return Promise(
            target=target, indicator=indicator_name(claim.indicator), period=period, outcome=outcome, ceiling=ceiling
        )
    result = later[0]
    return Promise(
        target=target,
        indicator=indicator_name(claim.indicator),
        period=period,
        outcome=MET if _is_met(claim, result.claim, ceiling) else MISSED,
        ceiling=ceiling,
        result=result,
        margin=_margin(claim, result.claim, ceiling),
        others=tuple(later[1:]),
    )


def _is_ceiling(claim: Claim) -> bool:
    """Whether `claim` sets an upper limit: its words say so, or a lower figure is the better one."""
    if claim.comparator in ("le", "lt"):
        return True
    if claim.comparator in ("ge", "gt"):
        return False
    known = indicator_of(claim.indicator)
    lower = known is not None and known.lower
    return (lower and claim.direction != "down") or claim.kind == "rank"


def _signed(claim: Claim, value: Decimal, direction: str | None) -> Decimal:
    """Return `value` turned over where the claim changes the other way than was promised."""
    return -value if claim.direction and direction and claim.direction != direction else value


def _is_met(target: Claim, result: Claim, ceiling: bool) -> bool:
    promised, came = _limits(target), stated(result)
    if promised is None or came is None:
        return False
    low, high = sorted((_signed(result, came.low, target.direction), _signed(result, came.high, target.direction)))
    if ceiling:
        limit = promised.high if promised.high != INFINITY else promised.low
        return low <= limit
    return high >= promised.low


def _limits(target: Claim) -> Interval | None:
    """Return what was promised: its number exactly, for it was set and not measured, with what 左右 allows."""
    if target.comparator in ("eq", "approx") and target.value is not None:
        value = target.value if target.canonical_value is None else target.canonical_value
        reach = abs(value) * APPROXIMATE if target.comparator == "approx" else 0
        return Interval(value - reach, value + reach)
    return stated(target)


def _margin(target: Claim, result: Claim, ceiling: bool) -> Decimal | None:
    came = result.value if result.canonical_value is None else result.canonical_value
    if came is None:
        return None
    value = target.value if target.canonical_value is None else target.canonical_value
    if value is None:
        low, high = target.canonical_low or target.low, target.canonical_high or target.high
        value = high if ceiling else low
    if value is None:
        return None
    difference = _signed(result, came, target.direction) - value
    return -difference if ceiling else difference


def promise_rows(found: Iterable[Promise]) -> list[dict[str, Any]]:
    """Return a flat row for each promise, with the places of target and result."""
    rows = []
    for promise in found:
        target, result = promise.target, promise.result
        rows.append(
            {
                "indicator": promise.indicator,
                "region": target.claim.region,
                "period": promise.period,
                "kind": target.claim.kind,
                "direction": target.claim.direction,
                "basis": target.claim.basis,
                "target": target.claim.quote,
                "result": result.claim.quote if result else None,
                "outcome": promise.outcome,
                "margin": promise.margin,
                "unit": target.unit,
                "ceiling": promise.ceiling,
                "target_doc": target.doc_id,
                "target_start": target.claim.start,
                "target_end": target.claim.end,
                "target_claim": target.claim.id,
                "target_sentence": target.sentence,
                "result_doc": result.doc_id if result else None,
                "result_start": result.claim.start if result else None,
                "result_end": result.claim.end if result else None,
                "result_claim": result.claim.id if result else None,
                "result_sentence": result.sentence if result else None,
                "other_results": len(promise.others),
            }
        )
    return rows


def outcome_summary(found: Sequence[Promise]) -> str:
    """Return in one line how many targets there are and what came of them."""
    counts = Counter(promise.outcome for promise in found)
    return f"{len(found)} target{'s' * (len(found) != 1)}: " + ", ".join(
        f"{counts[outcome]} {outcome}" for outcome in OUTCOMES
    )
