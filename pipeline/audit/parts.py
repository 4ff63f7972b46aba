"""Parts and whole: ratios that give 100, parts after 其中, sums that are said, shares with their amounts."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.audit.check import CONFLICT, CONSISTENT, ROUNDING, Check, between, judge, make_check, shown
from pipeline.document import Claim, Document
from pipeline.indicators import indicator_name
from pipeline.intervals import Interval, printed
from pipeline.regex import Regex

_SEPARATOR = Regex(r"\s?[:：∶︰]\s?")
_NUMBER = r"[\d０-９]{1,2}(?:[.．·][\d０-９]{1,2})?"
_RATIO = Regex(
    rf"(?:结构|构成|比例|比重)[^，。；\d０-９]{{0,12}}(?P<parts>{_NUMBER}(?:\s?[:：∶︰]\s?{_NUMBER}){{1,5}})(?![\d０-９:：.])"
)
_DIGITS = str.maketrans("０１２３４５６７８９．·", "0123456789..")
_INCLUDING = Regex(r"[，,、；;（(]\s*其中[:：]?")
_RATE = Regex(r"年均|平均|人均|每|率|标准|价")
_PER = Regex(r"\s*[/每]")
_SUM = Regex(r"[，,]\s*(?:以上)?(?:合计|共计|总计|三项合计|两项合计)[^，。；]{0,6}$")
_TAKES = Regex(r"[，,、（(]?\s*(?:大约|约)?(?:占|相当于)[^，,。；由从升降提]{0,24}")
_WHOLE = Regex(r"占(?P<whole>.{2,20}?)的?(?:比重|比例|份额)?$")
_BREAK = Regex(r"[。；;！!]")
_HUNDRED = Decimal(100)


def check_ratios(doc: Document) -> Iterator[Check]:
    """Check that the parts of a structure give 100: 三次产业结构为11.8∶48.3∶39.9.

    The text is read itself: what doesn't give 100 is no claim.
    """
    for found in _RATIO.finditer(doc.text):
        parts = [Decimal(part.translate(_DIGITS)) for part in _SEPARATOR.split(found["parts"])]
        total = sum(parts, Decimal(0))
        if not 90 <= total <= 110:
            continue
        start, end = found.span("parts")
        step = max(Decimal(1).scaleb(int(part.as_tuple().exponent)) for part in parts)
        spread = step / 2 * len(parts)
        apart = abs(total - _HUNDRED)
        summed = " + ".join(map(str, parts))
        yield make_check(
            doc,
            "ratio",
            CONSISTENT if not apart else ROUNDING if apart <= spread else CONFLICT,
            [claim for claim in doc.claims if start <= claim.start and claim.end <= end],
            stated="100%",
            computed=f"{total}%",
            working=f"{summed} = {total} [{between(Interval(total - spread, total + spread), step)}]",
            span=(start, end),
        )


def check_parts(doc: Document) -> Iterator[Check]:
    """Check parts against their whole: 投资100亿元，其中工业60亿元、农业40亿元."""
    claims = doc.claims
    for i, whole in enumerate(claims[:-1]):
        gap = doc.text[whole.end : claims[i + 1].start]
        if whole.rule == "from_to" or _RATE.search(whole.indicator):
            continue
        if whole.kind != "level" or not _INCLUDING.match(gap) or len(gap) > 30 or _BREAK.search(gap[1:]):
            continue
        parts = _parts(doc, i)
        total = printed(whole)
        numbers = [number for part in parts if (number := printed(part)) is not None]
        if total is None or not parts or len(numbers) < len(parts) or whole.status != parts[0].status:
            continue
        if not total.interval.finite or (len(parts) > 1 and not all(number.interval.finite for number in numbers)):
            continue
        computed = _sum(number.interval for number in numbers)
        point = sum((number.value for number in numbers), Decimal(0))
        outcome = judge(total, point, computed)
        if outcome == CONFLICT or len(parts) == 1:
            low = computed.low if len(parts) > 1 else numbers[0].interval.low
            over = total.interval.high < low
            if not over and (len(parts) > 1 or numbers[0].interval.low > total.interval.high):
                continue  # there are other parts that the text doesn't name
            outcome = CONFLICT if over else CONSISTENT
        sign = "≤" if len(parts) == 1 else "="
        summed = " + ".join(shown(number.value) for number in numbers)
        yield make_check(
            doc,
            "parts",
            outcome,
            (*parts, whole),
            stated=whole.quote,
            computed=shown(point) + (whole.canonical_unit or whole.unit or ""),
            working=f"{summed} = {shown(point)} {'≠' if outcome == CONFLICT else sign} {shown(total.value)}",
        )


def _parts(doc: Document, i: int) -> list[Claim]:
    """Return the claims after claim `i` that stand as its parts: the same unit, side by side."""
    whole = last = doc.claims[i]
    parts: list[Claim] = []
    if _PER.match(doc.text, whole.end):
        return []
    inner = doc.text[whole.end] == "、"  # 铁路639公里、其中高铁370公里，公路…: the list goes on above the part
    for claim in doc.claims[i + 1 :]:
        gap = doc.text[last.end : claim.start]
        if claim.sentence != whole.sentence or len(gap) > 30 or "；" in gap or "累计" in gap:
            break
        if parts and ("其中" in gap or (inner and "，" in gap)):
            break
        if claim.kind == "level" and (_unit(claim) != _unit(whole) or claim.rule == "from_to"):
            break
        if claim.kind == "level":
            parts.append(claim)
        last = claim
    return parts


def check_sums(doc: Document) -> Iterator[Check]:
    """Check a sum that is said: 国债500亿元，地方债300亿元，合计800亿元."""
    for i, claim in enumerate(doc.claims):
        if i < 2 or claim.kind != "level" or not _SUM.search(doc.text[doc.claims[i - 1].end : claim.start]):
            continue
        parts: list[Claim] = []
        following = claim
        for part in reversed(doc.claims[:i]):
            gap = doc.text[part.end : following.start]
            if part.sentence != claim.sentence or part.kind != "level" or _unit(part) != _unit(claim) or len(gap) > 25:
                break
            parts.insert(0, part)
            following = part
        numbers = [number for part in parts if (number := printed(part)) is not None]
        total = printed(claim)
        if len(parts) < 2 or len(numbers) < len(parts) or total is None:
            continue
        point = sum((number.value for number in numbers), Decimal(0))
        yield make_check(
            doc,
            "sum",
            judge(total, point, _sum(number.interval for number in numbers)),
            (*parts, claim),
            stated=claim.quote,
            computed=shown(point) + (_unit(claim) or ""),
            working=f"{' + '.join(shown(number.value) for number in numbers)} = {shown(point)}",
        )


def check_shares(doc: Document) -> Iterator[Check]:
    """Check a share against its amounts: 利用外资50亿美元，占全国的…, where the whole is said too."""
    claims = doc.claims
    for i in range(1, len(claims)):
        part, share = claims[i - 1], claims[i]
        gap = doc.text[part.end : share.start]
        if share.kind != "share" or share.unit != "%" or part.kind != "level" or not _TAKES.fullmatch(gap):
            continue
        if share.sentence != part.sentence or share.region != part.region:
            continue
        whole = _whole(doc, i)
        if whole is None:
            continue
        a, b, stated = printed(part), printed(whole), printed(share)
        if a is None or b is None or stated is None or b.value <= 0:
            continue
        quotient = a.interval.over(b.interval)
        if quotient is None:
            continue
        point, computed, like = a.value / b.value * 100, quotient.times(_HUNDRED), stated.step / 10
        yield make_check(
            doc,
            "share",
            judge(stated, point, computed),
            (part, whole, share),
            stated=share.quote,
            computed=f"{shown(point, like)}%",
            working=f"{shown(a.value)} ÷ {shown(b.value)} = {shown(point, like)}% [{between(computed, like, '%')}]",
        )


def _whole(doc: Document, i: int) -> Claim | None:
    """Return the claim of the whole that share `i` is a part of; None where the text doesn't say its amount."""
    part, share = doc.claims[i - 1], doc.claims[i]
    named = _WHOLE.search(share.indicator)
    if named is None:
        if i < 2:
            return None
        whole = doc.claims[i - 2]
        gap = doc.text[whole.end : part.start]
        same = whole.kind == "level" and _unit(whole) == _unit(part) and whole.sentence == part.sentence
        return whole if same and _INCLUDING.match(gap) and len(gap) < 30 else None
    name = indicator_name(named["whole"])
    found = [
        claim
        for claim in doc.claims
        if claim.kind == "level"
        and claim.id != part.id
        and _unit(claim) == _unit(part)
        and indicator_name(claim.indicator) == name
        and (claim.region, claim.period, claim.status) == (part.region, part.period, part.status)
    ]
    return found[0] if len(found) == 1 else None


def _sum(intervals: Iterable[Interval]) -> Interval:
    total = Interval(Decimal(0), Decimal(0))
    for interval in intervals:
        total = total + interval
    return total


def _unit(claim: Claim) -> str | None:
    return claim.canonical_unit or claim.unit
