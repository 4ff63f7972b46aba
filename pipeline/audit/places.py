"""Places: ranks and the way between them; gaps to another place, whose figure all who state a gap imply."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.audit.check import CONFLICT, CONSISTENT, ROUNDING, Check, between, make_check, shown
from pipeline.document import Claim, Document
from pipeline.indicators import indicator_name
from pipeline.intervals import Interval, printed
from pipeline.regex import Regex

AGREEING = 2  #: texts that must imply the same figure for it to be confirmed
MAJORITY = 3  #: texts that must imply the same figure before another is held against them
_MOVED = Regex(r"(?:前移|上升|提升|跃升|提高|下降|后移|进位|晋升|升)\s*(?:了)?\s*$")


def check_ranks(doc: Document) -> Iterator[Check]:
    """Check a move between two ranks: 由第12位上升到第8位，前移4位."""
    claims = doc.claims
    for i in range(len(claims) - 2):
        before, after, moved = claims[i : i + 3]
        gap = doc.text[after.end : moved.start]
        if not (before.kind == after.kind == "rank") or moved.unit not in ("位", "名", "个") or len(gap) > 10:
            continue
        if before.sentence != moved.sentence or not _MOVED.search(gap) or moved.kind not in ("change_amount", "level"):
            continue
        numbers = [claim.value for claim in (before, after, moved)]
        first, last, stated = numbers
        if first is None or last is None or stated is None:
            continue
        point = abs(first - last)
        yield make_check(
            doc,
            "rank",
            CONSISTENT if point == stated else CONFLICT,
            (before, after, moved),
            stated=moved.quote,
            computed=shown(point),
            working=f"|{shown(first)} − {shown(last)}| = {shown(point)}",
        )


def check_gaps(docs: Sequence[Document]) -> Iterator[Check]:
    """Check gaps against each other: 增长6.1%，高于全国0.7个百分点 says that the nation's is 5.4%, and so must others.

    The figure that most texts imply, three at least, is the one that the rest is held against.
    """
    groups: dict[tuple[str, str, str], list[tuple[Document, Claim, Claim, Interval, Decimal]]] = defaultdict(list)
    for doc in docs:
        for level, gap in zip(doc.claims, doc.claims[1:], strict=False):
            if gap.kind != "gap" or gap.unit != "百分点" or level.unit != "%" or not gap.basis or not gap.period:
                continue
            name = indicator_name(gap.indicator)
            near = gap.start - level.end < 20 and gap.sentence == level.sentence and level.period == gap.period
            if not near or indicator_name(level.indicator) != name or gap.value is None:
                continue
            mine, distance = printed(level), printed(gap)
            if mine is None or distance is None or not (mine.exact and distance.exact):
                continue
            up = gap.direction != "down"
            implied = mine.interval - distance.interval if up else mine.interval + distance.interval
            point = mine.value - distance.value if up else mine.value + distance.value
            groups[name, gap.basis, f"{gap.period} {level.kind}"].append((doc, level, gap, implied, point))
    for key in sorted(groups):
        group = groups[key]
        points = sorted({entry[4] for entry in group})
        common = max(points, key=lambda value: (sum(entry[4] == value for entry in group), -value))
        agreeing = sum(entry[4] == common for entry in group)
        if agreeing < AGREEING:
            continue
        for doc, level, gap, implied, point in group:
            outcome = CONSISTENT if point == common else ROUNDING if implied.holds(common) else CONFLICT
            if outcome == CONFLICT and agreeing < MAJORITY:
                continue
            sign = "−" if gap.direction != "down" else "+"
            yield make_check(
                doc,
                "gap",
                outcome,
                (level, gap),
                stated=gap.quote,
                computed=f"{key[1]} {common}%",
                working=f"{level.value} {sign} {gap.value} = {point}% [{between(implied, Decimal('0.01'), '%')}];"
                f" {agreeing}/{len(group)}: {common}%",
            )
