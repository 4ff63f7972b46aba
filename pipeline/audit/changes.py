"""Changes: from–to and what it comes to; an amount with its increase and growth; growth against an earlier amount."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from pipeline.audit.check import CONFLICT, Check, between, judge, make_check, shown
from pipeline.document import Claim, Document
from pipeline.indicators import indicator_name, indicator_of
from pipeline.intervals import INFINITY, Interval, Printed, printed
from pipeline.regex import Regex
from pipeline.units import dimension

NEAR = 30  #: characters between figures that belong together
_LEVELS = ("level", "share")
_BREAK = Regex(r"[。；;！!]")
_ANNUAL = Regex(r"年均|平均每年|每年平均|每年递增|年递增|逐年|每年")
_TO = Regex(r"(?:是|为|相当于|到|至)[^，,。]{0,12}$")
#: What is published at constant prices, or may be: growth that amounts at current prices do not give.
_DEFLATED = Regex(r"生产总值|增加值|产值|国民收入|收入|消费水平|劳动生产率|GDP|总量|消费|工资|零售额|零售总额")
_REAL = Regex(r"实际|扣除|可比|不变价|价格因素")
_YEAR = Regex(r"\d{4}")
_PHYSICAL = ("mass", "energy", "length", "area", "volume", "power")
_SPAN = Regex(r"(\d{4})/(\d{4})")


class Pair(msgspec.Struct, frozen=True):
    """Two levels of one indicator, earlier and later, in one unit."""

    before: Claim
    after: Claim

    @property
    def years(self) -> int | None:
        """The years between the two; None where they aren't dated by years."""
        first, last = self.before.period or "", self.after.period or ""
        if not (_YEAR.fullmatch(first) and _YEAR.fullmatch(last[-4:])):
            return None
        return int(last[-4:]) - int(first)

    def years_of(self, mean: Claim) -> int | None:
        """Return the years that the yearly `mean` is taken over; None where its own period says otherwise."""
        span = _SPAN.fullmatch(mean.period or "")
        years = self.years
        if years is None or years < 2 or (span and int(span[2]) - int(span[1]) + 1 != years):
            return None
        return years


def check_from_to(doc: Document) -> Iterator[Check]:
    """Check what the text makes of a from–to: 由46微克下降到28微克，下降40%."""
    claims = doc.claims
    for i in range(len(claims) - 2):
        pair = _pair(claims[i], claims[i + 1])
        if pair is None or claims[i].rule != "from_to" or claims[i + 1].rule != "from_to":
            continue
        last = claims[i + 1].end
        for claim in claims[i + 2 : i + 4]:
            gap = doc.text[last : claim.start]
            if len(gap) > NEAR or _BREAK.search(gap) or not _same(claim, pair.after):
                break
            last = claim.end
            check = _check_pair(doc, "from_to", pair, claim, gap)
            if check is not None:
                yield check
        before = claims[i - 1] if i else pair.before
        gap = doc.text[before.end : pair.before.start]
        if i and len(gap) < NEAR and not _BREAK.search(gap) and _same(before, pair.after) and not _TO.search(gap[:6]):
            lead = doc.text[max(0, before.start - 10) : before.start]
            check = _check_pair(doc, "from_to", pair, before, lead)
            if check is not None:
                yield check


def check_amounts(doc: Document) -> Iterator[Check]:
    """Check an amount against its own increase and growth: 收入110亿元，比上年增加10亿元，增长10%."""
    claims = doc.claims
    for i in range(len(claims) - 2):
        group = {claim.kind: claim for claim in claims[i : i + 3]}
        if set(group) != {"level", "change_amount", "growth_rate"}:
            continue
        level, change, rate = group["level"], group["change_amount"], group["growth_rate"]
        text = doc.text[claims[i].end : claims[i + 2].start]
        if (
            len(text) > 2 * NEAR
            or _BREAK.search(text)
            or not (_same(change, level) and _same(rate, level))
            or _annual(rate, text)
            or len({level.period, change.period, rate.period}) > 1
            or len({change.basis or "yoy", rate.basis or "yoy"}) > 1
            or _unit(level) != _unit(change)
            or rate.unit != "%"
        ):
            continue
        total, more, stated = printed(level), printed(change), printed(rate)
        if total is None or more is None or stated is None or not (total.interval.finite and more.interval.finite):
            continue
        sign = -1 if rate.direction == "down" else 1
        base = total.value - sign * more.value
        span = total.interval - more.interval if sign > 0 else total.interval + more.interval
        share = more.interval.over(span)
        if base <= 0 or share is None:
            continue
        point, computed = more.value / base * 100, share.times(Decimal(100))
        outcome = judge(stated, point, computed)
        if outcome == CONFLICT and _is_deflated(rate, text):
            continue
        operator = "−" if sign > 0 else "+"
        like = stated.step / 10
        yield make_check(
            doc,
            "amount_change",
            outcome,
            (level, change, rate),
            stated=rate.quote,
            computed=f"{shown(point, like)}%",
            working=f"{shown(more.value)} ÷ ({shown(total.value)} {operator} {shown(more.value)})"
            f" = {shown(point, like)}% [{between(computed, like, '%')}]",
        )


def check_earlier(doc: Document) -> Iterator[Check]:
    """Check growth against an earlier amount that the same text states elsewhere."""
    levels: dict[tuple[str, str | None, str | None, str], list[Claim]] = {}
    for claim in doc.claims:
        if claim.kind in _LEVELS and claim.period and claim.status == "actual":
            levels.setdefault(_key(claim, claim.period), []).append(claim)
    for level, change, gap in _with_change(doc):
        base = str(int(level.period or "0") - 1) if change.basis in (None, "yoy") else change.basis or ""
        earlier = levels.get(_key(level, base), [])
        if len(earlier) != 1:
            continue
        pair = _pair(earlier[0], level)
        check = pair and _check_pair(doc, "earlier_amount", pair, change, gap)
        if check:
            yield check


def check_compound(doc: Document) -> Iterator[Check]:
    """Check growth over years against its yearly mean: 五年增长65.5%，年均增长10.6%."""
    for whole, mean in zip(doc.claims, doc.claims[1:], strict=False):
        gap = doc.text[whole.end : mean.start]
        if not (whole.kind == mean.kind == "growth_rate") or not _same(whole, mean) or len(gap) > NEAR:
            continue
        if (
            mean.unit != "%"
            or not _annual(mean, gap)
            or _annual(whole, doc.text[max(0, whole.start - 8) : whole.start])
        ):
            continue
        years, total, stated = _years(whole, mean), printed(whole), printed(mean)
        if years is None or total is None or stated is None or "down" in (whole.direction, mean.direction):
            continue
        factor = _factor(whole, total)
        if factor is None:
            continue
        point, span = factor
        root = (point.ln() / years).exp()
        computed = Interval(*((bound - 1) * 100 for bound in (span.root(years).low, span.root(years).high)))
        like = stated.step / 10
        yield make_check(
            doc,
            "compound",
            judge(stated, (root - 1) * 100, computed),
            (whole, mean),
            stated=mean.quote,
            computed=f"{shown((root - 1) * 100, like)}%",
            working=f"{shown(point, Decimal('0.001'))}^(1/{years}) − 1 = {shown((root - 1) * 100, like)}%"
            f" [{between(computed, like, '%')}]",
        )


def _years(whole: Claim, mean: Claim) -> int | None:
    """Return the years that both claims speak of; None unless they agree."""
    span = _SPAN.fullmatch(mean.period or "")
    if span is None:
        return None
    if whole.basis and _YEAR.fullmatch(whole.basis) and (whole.period or "")[-4:] == span[2]:
        agrees = int(whole.basis) == int(span[1]) - 1
    else:
        agrees = whole.period == mean.period and whole.basis in (None, "annual")
    years = int(span[2]) - int(span[1]) + 1
    return years if agrees and years > 1 else None


def _factor(whole: Claim, number: Printed) -> tuple[Decimal, Interval] | None:
    """Return what growth multiplies by, and what is left open of it."""
    one = Decimal(1)
    if not number.interval.finite:
        return None
    if whole.unit == "%":
        interval = number.interval.times(Decimal("0.01"))
        return one + number.value / 100, Interval(one + interval.low, one + interval.high)
    if whole.unit == "倍":
        return one + number.value, Interval(one + number.interval.low, one + number.interval.high)
    return None


def check_series(docs: Sequence[Document]) -> Iterator[Check]:
    """Check a change against the figure of the year before, which another text states.

    Amounts of money can only be confirmed so: their bases are revised from one text to the next.
    """
    levels: dict[tuple[str, str | None, str | None, str], list[Claim]] = {}
    for doc in docs:
        for claim in doc.claims:
            if _is_followed(claim) and claim.period and claim.status == "actual":
                levels.setdefault(_key(claim, claim.period), []).append(claim)
    for doc in docs:
        for level, change, gap in _with_change(doc):
            if not _is_followed(level) or change.basis not in (None, "yoy"):
                continue
            earlier = levels.get(_key(level, str(int(level.period or "0") - 1)), [])
            if not earlier or any(claim.doc_id == doc.doc_id for claim in earlier):
                continue
            pair = _pair(earlier[-1], level)
            check = pair and _check_pair(doc, "earlier_text", pair, change, gap)
            if check and (check.outcome != CONFLICT or _is_physical(level)):
                yield check


def _with_change(doc: Document) -> Iterator[tuple[Claim, Claim, str]]:
    """Yield each level of a year with the change that stands beside it, and the text between."""
    for level, change in zip(doc.claims, doc.claims[1:], strict=False):
        gap = doc.text[level.end : change.start]
        if level.rule == "from_to" or level.kind not in _LEVELS or len(gap) > NEAR or _BREAK.search(gap):
            continue
        if change.kind not in ("growth_rate", "change_amount") or not _same(change, level) or level.status != "actual":
            continue
        if _YEAR.fullmatch(level.period or "") and change.period == level.period:
            yield level, change, gap


def _is_followed(claim: Claim) -> bool:
    """Whether the claim is of a series that texts state year by year."""
    known = indicator_of(claim.indicator) is not None or claim.indicator.endswith(
        ("产量", "里程", "装机", "面积", "率")
    )
    return claim.kind == "level" and claim.unit is not None and known


def _is_physical(claim: Claim) -> bool:
    return claim.unit is not None and dimension(claim.unit) in _PHYSICAL


def _key(claim: Claim, period: str) -> tuple[str, str | None, str | None, str]:
    return indicator_name(claim.indicator), claim.region, _unit(claim), period


def _pair(before: Claim, after: Claim) -> Pair | None:
    same = before.kind == after.kind and before.kind in _LEVELS and _unit(before) == _unit(after)
    if not same or indicator_name(before.indicator) != indicator_name(after.indicator):
        return None
    if before.quote == after.quote:  # one figure, read twice
        return None
    return Pair(before, after)


def _check_pair(doc: Document, test: str, pair: Pair, claim: Claim, gap: str) -> Check | None:
    """Check what `claim` says of the way from one level to the other; None where it says something else."""
    own = pair.before.unit == pair.after.unit and (claim.kind == "growth_rate" or claim.unit == pair.after.unit)
    stated = printed(claim, as_written=own)
    a, b = printed(pair.before, as_written=own), printed(pair.after, as_written=own)
    if stated is None or a is None or b is None or not (a.interval.finite and b.interval.finite):
        return None
    if claim.basis == "yoy" and pair.years not in (1, None):
        return None
    if claim.basis and _YEAR.fullmatch(claim.basis) and claim.basis != pair.before.period:
        return None
    points = claim.unit == "百分点" and pair.before.unit == "%"
    down = claim.direction == "down"
    annual = _annual(claim, gap)
    if claim.kind == "change_amount" and (points or _unit(claim) == _unit(pair.after)):
        point = a.value - b.value if down else b.value - a.value
        computed = a.interval - b.interval if down else b.interval - a.interval
        formula = f"{shown(a.value)} − {shown(b.value)}" if down else f"{shown(b.value)} − {shown(a.value)}"
        if annual:
            years = pair.years_of(claim)
            if years is None:
                return None
            point, computed = point / years, Interval(computed.low / years, computed.high / years)
            formula = f"({formula}) ÷ {years}"
        elif _ANNUAL.search(doc.text[max(0, claim.start - 12) : claim.start]):
            return None
        suffix = claim.unit or "" if own or points else claim.canonical_unit or ""
        like = stated.step
        outcome = judge(stated, point, computed)
    elif claim.kind == "growth_rate" and claim.unit in ("%", "倍", "番"):
        ratio = b.interval.over(a.interval)
        if ratio is None or a.value <= 0 or b.value <= 0:
            return None
        point, computed = b.value / a.value, ratio
        formula, suffix = f"{shown(b.value)} ÷ {shown(a.value)}", ""
        if annual:
            years = pair.years_of(claim)
            if years is None:
                return None
            point, computed = (point.ln() / years).exp(), ratio.root(years)
            formula = f"({formula})^(1/{years})"
        one = Decimal(1)
        like = stated.step / 10
        if claim.unit == "番":
            if claim.value is None:
                return None
            point, computed = point.ln() / Decimal(2).ln(), _log2(computed)
            formula, suffix = f"log₂({formula})", "番"
        elif claim.unit == "倍" and _TO.search(gap):
            suffix = "倍"
        else:
            formula += " − 1"
            point, computed = point - one, Interval(computed.low - one, computed.high - one)
            if down:
                formula = f"1 − {formula.removesuffix(' − 1')}"
                point, computed = -point, Interval(-computed.high, -computed.low)
            if claim.unit == "%":
                point, computed, suffix = point * 100, Interval(computed.low * 100, computed.high * 100), "%"
            else:
                suffix = "倍"
        outcome = judge(stated, point, computed)
        if outcome == CONFLICT and _is_deflated(claim, gap + doc.text[claim.start - 8 : claim.end + 12]):
            return None
    else:
        return None
    return make_check(
        doc,
        test,
        outcome,
        (pair.before, pair.after, claim),
        stated=claim.quote,
        computed=f"{shown(point, like)}{suffix}",
        working=f"{formula} = {shown(point, like)}{suffix} [{between(computed, like, suffix)}]",
    )


def _log2(interval: Interval) -> Interval:
    two = Decimal(2).ln()
    high = INFINITY if interval.high == INFINITY else interval.high.ln() / two
    return Interval(interval.low.ln() / two if interval.low > 0 else -INFINITY, high)


def _same(claim: Claim, other: Claim) -> bool:
    return (
        claim.sentence == other.sentence
        and indicator_name(claim.indicator) == indicator_name(other.indicator)
        and claim.region == other.region
        and claim.status == other.status
    )


def _unit(claim: Claim) -> str | None:
    return claim.canonical_unit or claim.unit


def _annual(claim: Claim, gap: str) -> bool:
    return claim.basis == "annual" or _ANNUAL.search(gap) is not None


def _is_deflated(claim: Claim, around: str) -> bool:
    """Whether the growth may be at constant prices; 名义 says that it isn't."""
    if "名义" in around:
        return False
    known = indicator_of(claim.indicator)
    return (known is not None and known.real) or bool(_DEFLATED.search(claim.indicator) or _REAL.search(around))
