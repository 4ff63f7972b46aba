"""Means: figures per head, and yearly averages of what is added up over years."""

from collections.abc import Iterator
from decimal import Decimal

from pipeline.audit.check import Check, between, judge, make_check, shown
from pipeline.document import Claim, Document
from pipeline.indicators import indicator_name
from pipeline.intervals import INFINITY, Interval, printed
from pipeline.regex import Regex

#: A figure per head is of the mean population of a year, a text states that of its end.
POPULATION = Decimal("0.02")
_PEOPLE = Regex(r"(?:常住|总|全国|年末|户籍)?人口(?:总数|总量|规模)?")
_MEAN = Regex(r"[，,、]\s*(?:平均每年|每年平均|年均)[^，,。；增长递]{0,10}$")
_YEARS = Regex(r"(\d{4})/(\d{4})")


def check_per_head(doc: Document) -> Iterator[Check]:
    """Check a figure per head against the whole and the population, where the text says all three."""
    levels: dict[tuple[str, str | None, str | None], list[Claim]] = {}
    for claim in doc.claims:
        if claim.kind == "level" and claim.status == "actual":
            levels.setdefault((indicator_name(claim.indicator), claim.region, claim.period), []).append(claim)
    people = {
        (claim.region, claim.period): claim
        for (name, _, _), found in levels.items()
        if _PEOPLE.fullmatch(name)
        for claim in found
    }
    for (name, region, period), found in levels.items():
        head = people.get((region, period))
        wholes = levels.get((indicator_name(name.removeprefix("人均")), region, period), [])
        if not name.startswith("人均") or head is None or len(wholes) != 1 or len(found) != 1:
            continue
        mean, whole, count = printed(found[0]), printed(wholes[0]), printed(head)
        if mean is None or whole is None or count is None or wholes[0].canonical_unit != found[0].canonical_unit:
            continue
        spread = Interval(count.interval.low * (1 - POPULATION), count.interval.high * (1 + POPULATION))
        quotient = whole.interval.over(spread)
        if quotient is None:
            continue
        point = whole.value / count.value
        yield make_check(
            doc,
            "per_head",
            judge(mean, point, quotient),
            (wholes[0], head, found[0]),
            stated=found[0].quote,
            computed=f"{shown(point)}{found[0].canonical_unit or ''}",
            working=f"{shown(whole.value)} ÷ {shown(count.value)} = {shown(point)} [{between(quotient)}]",
        )


def check_yearly(doc: Document) -> Iterator[Check]:
    """Check a yearly average against its total: 五年累计6500万人，年均1300万人."""
    for total, mean in zip(doc.claims, doc.claims[1:], strict=False):
        span = _YEARS.fullmatch(total.period or "")
        gap = doc.text[total.end : mean.start]
        if not span or not (total.kind == mean.kind == "level") or not _MEAN.match(gap):
            continue
        years = int(span[2]) - int(span[1]) + 1
        whole, stated = printed(total), printed(mean)
        same = total.sentence == mean.sentence and total.canonical_unit == mean.canonical_unit
        if years < 2 or not same or whole is None or stated is None or whole.interval.high == INFINITY:
            continue
        point = whole.value / years
        computed = Interval(whole.interval.low / years, whole.interval.high / years)
        yield make_check(
            doc,
            "yearly_mean",
            judge(stated, point, computed),
            (total, mean),
            stated=mean.quote,
            computed=f"{shown(point)}{mean.canonical_unit or ''}",
            working=f"{shown(whole.value)} ÷ {years} = {shown(point)} [{between(computed)}]",
        )
