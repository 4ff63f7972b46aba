"""The claims stage: quantities become claims, sentence by sentence, with what carries over."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from pipeline.claims.clauses import Slot, slots
from pipeline.claims.reading import (
    PERCENT,
    RELATIVE,
    Reading,
    before,
    clean,
    counted,
    members,
    owner_and_rest,
    owner_of,
    pattern,
    topic,
)
from pipeline.claims.scope import Scope
from pipeline.confidence import rule_confidence
from pipeline.document import Claim, Document, Quantity
from pipeline.units import canonical


@dataclass(slots=True)
class Named:
    """What one slot measures, as far as the sentence has been read."""

    slot: Slot
    reading: Reading
    name: str
    kind: str
    direction: str | None = None
    basis: str | None = None
    basis_slot: Slot | None = None  #: the slot in whose clause `basis` stands, if not this one
    rule: str = ""
    start: Slot | None = None  #: for the earlier of a from–to pair: the slot that says when, itself by default


@dataclass(slots=True)
class Carried:
    """What the slots before leave for those that say less."""

    names: list[str] = field(default_factory=list)  #: of the last slots, newest last
    kinds: list[str] = field(default_factory=list)
    prefix: str = ""  #: the verb of doing that the coordination shares
    compared_slot: Slot | None = None  #: where `compared` stands
    start: Slot | None = None  #: the earlier slot of the last from–to of the sentence
    owner: str = ""  #: the thing that the slots before are about
    change: str | None = None  #: the direction that the coordination shares (净增A5家、B9家)
    compared: str = ""


class Claims:
    """Finds what each quantity measures, for when, where, and whether it is a fact or a target."""

    name = "claims"
    description = "quantities with indicator, kind, basis, period, region and status"
    requires = ("view", "sentences", "quantities", "periods", "slogans", "metadata")
    assigns = "claims"
    example = "2023年全市粮食产量达到12.5亿公斤，比上年增长3.2%。"

    def find(self, doc: Document) -> Iterator[Claim]:
        """Yield the claims of `doc` in text order."""
        usable = _usable(doc)
        if not usable:
            return
        scope = Scope(doc)
        starts = [q.start for q in usable]
        times = doc.periods
        time_starts = [p.start for p in times]
        carried, paragraph = Carried(), -1
        for sentence in doc.sentences:
            start, end = doc.to_view(sentence.start), doc.to_view(sentence.end)
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            if first == last:
                continue
            if sentence.paragraph != paragraph:
                carried, paragraph = Carried(), sentence.paragraph
            within = times[bisect_left(time_starts, start) : bisect_left(time_starts, end)]
            found = slots(doc.view, start, end, usable[first:last], within)
            carried.start, carried.compared = None, ""
            for named in read_sentence(found, carried):
                claim = _claim(doc, scope, named)
                if claim is not None:
                    yield claim


def _usable(doc: Document) -> list[Quantity]:
    """Return the quantities that may be claims: none that is part of a name, a date or a slogan."""
    blocked = [(doc.to_view(s.start), doc.to_view(s.end)) for s in doc.slogans]
    starts = [b[0] for b in blocked]
    longest = max((end - start for start, end in blocked), default=0)
    usable = []
    for q in doc.quantities:
        if q.role != "quantity" and not q.ordinal:
            continue
        if _is_attribute(doc.view, q):
            continue
        i = bisect_left(starts, q.number[1]) - 1
        inside = False
        while i >= 0 and blocked[i][0] >= q.number[0] - longest:
            if blocked[i][0] <= q.number[0] < blocked[i][1]:
                inside = True
                break
            i -= 1
        if not inside:
            usable.append(q)
    return usable


def _is_attribute(view: str, q: Quantity) -> bool:
    """Whether a quantity only describes what another one counts (千亿级产业集群, 15岁以上人口)."""
    if view.startswith("级", q.end):
        return True
    bounded = q.quote.endswith(("以上", "以下", "以内")) and q.unit not in RELATIVE
    return (
        bounded
        and re.match(r"[（的]?[\u4e00-\u9fff]", view[q.end : q.end + 2]) is not None
        and not re.match(r"用于|的?(?:水平|区间|目标|速度)|左右|并|且|，", view[q.end : q.end + 4])
    )


def read_sentence(found: Sequence[Slot], carried: Carried) -> Iterator[Named]:
    """Yield what each of the slots of one sentence measures; `carried` is read and brought up to date."""
    i = 0
    while i < len(found):
        pair = _from_to(found, i, carried)
        if pair:
            group, i = pair, i + 2
        else:
            run = 1
            while (
                i + run < len(found)
                and found[i + run].runs_on
                and found[i + run].quantity.unit == found[i].quantity.unit
            ):
                run += 1
            group, i = (_run(found[i : i + run], carried) if run > 1 else [_single(found[i], carried)]), i + run
        for named in group:
            if named is None:
                continue
            settled = _settle(named, carried)
            if settled is not None:
                yield settled


def _from_to(found: Sequence[Slot], i: int, carried: Carried) -> list[Named | None] | None:
    """Read slots `i` and `i + 1` as 由A增加到B, or return None."""
    if i + 1 == len(found):
        return None
    earlier, later = found[i], found[i + 1]
    if later.link not in ("joined", ",") or earlier.quantity.ordinal:
        return None
    source = pattern("from").match(earlier.left.strip())
    target = pattern("to").match(later.left.strip("，, "))
    if not source or not target:
        return None
    name = source["name"]
    base = Reading(name=name, verb="由", sense="level", rule="from_to", adverbs=source["adv"])
    noun = counted(later)
    if noun and not clean(name):
        name = noun
    elif noun and pattern("doing").match(clean(name) or "-"):
        name += noun
    kind = "share" if _is_share(name) else "level"
    if carried.start is None or pattern("time").search(earlier.left):
        carried.start = earlier
    carried.compared, carried.compared_slot = source["when"] or "", earlier
    return [
        Named(earlier, base, name, kind, rule="from_to", start=carried.start or earlier),
        Named(later, replace(base, verb=later.left, sense="to"), name, kind, rule="from_to"),
    ]


def _run(run: Sequence[Slot], carried: Carried) -> list[Named | None]:
    """Read quantities that stand in a row (增长4.4%、3.1%) as of one name each, in order."""
    first = before(run[0])
    raw = clean(first.name)
    names: Sequence[str] | None = None
    if raw:
        names = members(raw, len(run))
    if names is None and (not raw or raw.startswith("占")) and len(carried.names) >= len(run):
        names = [previous + raw for previous in carried.names[-len(run) :]]
    result: list[Named | None] = []
    for k, slot in enumerate(run):
        reading = replace(first, name=names[k] if names else first.name, rule="distributed" if names else first.rule)
        if names is None or k == len(run) - 1:
            noun = counted(slot)
            if noun:
                reading.name += noun
        result.append(_kinded(slot, reading, carried))
    return result


def _single(slot: Slot, carried: Carried) -> Named | None:
    reading = before(slot)
    noun = counted(slot)
    if noun and reading.sense in ("none", "level", "up", "down", "to"):
        name = "" if reading.name.endswith("等") else clean(reading.name)
        reading = _with_noun(reading, name, noun)
    return _kinded(slot, reading, carried)


def _with_noun(reading: Reading, name: str, noun: str) -> Reading:
    """Join the verb phrase before a quantity with the noun that the quantity counts."""
    verbs = ""
    if reading.sense == "level" and reading.verb in ("完成", "实现", "安排", "拥有"):
        verbs = reading.verb
    match = pattern("doing_last").search(name)
    if match:
        name = match.group()
    return replace(reading, name=name + verbs + noun, rule="noun.behind")


def _kinded(slot: Slot, reading: Reading, carried: Carried) -> Named | None:
    """Settle the kind, the direction and the basis from the verb and the unit."""
    q = slot.quantity
    name, kind, direction = reading.name, "level", None
    relative = q.unit in RELATIVE
    if reading.sense == "rank":
        return Named(slot, reading, name, "rank", basis=reading.group, rule="rank")
    if q.ordinal:
        return None
    basis = _basis(slot, reading)
    if reading.sense == "gap":
        return Named(slot, reading, name, "gap", reading.direction, reading.compared, rule="gap")
    if reading.sense == "share":
        return Named(slot, reading, name, "share", basis=basis, rule=reading.rule)
    cleaned = clean(name)
    change_first = pattern("change_first").match(cleaned)
    if reading.sense in ("up", "down"):
        direction = reading.sense
        kind = "growth_rate" if relative else "change_amount"
    elif change_first and reading.sense in ("none", "level"):
        direction = "down" if change_first["verb"] in ("减少", "净减少", "净减", "降低", "缩短", "下调") else "up"
        kind = "growth_rate" if relative else "change_amount"
        name = cleaned[change_first.end() :]
        return Named(slot, reading, name, kind, direction, basis, rule="change.first")
    elif relative:
        head = pattern("change_head").search(cleaned)
        if head and q.unit != "百分点":
            kind, name = "growth_rate", cleaned[: head.start()]
            direction = "down" if head["head"] in ("降幅", "下降率", "减幅") else "up"
        elif q.unit in ("倍", "番"):
            kind, direction = "growth_rate", "up"
        elif _is_share(cleaned):
            kind = "share"
        else:
            use = re.match(
                r"(?:以上|左右)?(?:的)?(?P<use>用于|投向|投入|来自|为|是|的)(?P<what>[^，；]{0,20})", slot.right
            )
            if use and q.unit in PERCENT and reading.sense != "to" and (use["use"] != "的" or reading.sense == "none"):
                kind = "share"
                name = cleaned + (use["use"] if use["use"] != "的" else "") + use["what"] + "比重"
    elif q.unit == "百分点":
        kind, direction = "change_amount", reading.direction
    return Named(slot, reading, name, kind, direction, basis, rule=reading.rule)


def _is_share(name: str) -> bool:
    return bool(pattern("share_head").search(clean(name))) or bool(re.search(r"占.{1,20}(?:比重|比例|份额)$", name))


def _basis(slot: Slot, reading: Reading) -> str | None:
    """Return the coded words or the settled name of what a change is compared with."""
    if reading.compared:
        return reading.compared
    if re.search(r"年均|平均每年|每年平均|每年|年平均|年递增", reading.tail or reading.adverbs):
        return "annual"
    return None


def _settle(named: Named, carried: Carried) -> Named | None:
    """Fill what the clause left out from what is carried, and carry on."""
    slot = named.slot
    name = clean(named.name)
    previous = carried.names[-1] if carried.names else ""
    if not name or name.startswith(("占", "用于", "投向", "来自")):
        if not previous:
            return None
        name = previous + name
        if named.kind in ("gap",) or (named.slot.quantity.unit == "百分点" and named.kind == "change_amount"):
            if carried.kinds and carried.kinds[-1] == "growth_rate" and not name.endswith("增速"):
                name += "增速"
    else:
        name = _completed(named, name, carried)
    match = pattern("doing_all").match(name)
    if slot.link != "、":
        carried.prefix, carried.change = "", None
    if named.rule == "change.first":
        carried.change = named.direction
    if match and match.end() < len(name):
        carried.prefix = match.group()
    named.name = name
    carried.names.append(name)
    carried.kinds.append(carried.kinds[-1] if named.kind == "rank" and carried.kinds else named.kind)
    if named.kind in ("growth_rate", "change_amount"):
        if not named.basis and carried.compared and slot.link in ("、", ","):
            named.basis, named.basis_slot = carried.compared, carried.compared_slot
        carried.compared, carried.compared_slot = named.basis or "", named.basis_slot or slot
    elif named.kind not in ("rank", "gap") and named.rule != "from_to":
        carried.compared = ""
    return named


def _completed(named: Named, name: str, carried: Carried) -> str:
    """Return a name with what it shares with, or owes to, the slots and the clause before."""
    slot = named.slot
    split = owner_and_rest(name)
    if split:
        carried.owner, name = split
        return carried.owner + name if pattern("partial").match(name) else name
    if pattern("partial").match(name) and len(name) <= 10:
        carried.owner = topic(slot.clause_before) or (carried.owner if slot.link != "start" else "")
        return carried.owner if carried.owner and name in ("总量", "总额") else carried.owner + name
    if slot.link == "、" and named.kind == "level" and not pattern("doing").match(name):
        if carried.change:
            named.kind, named.direction = "change_amount", carried.change
        else:
            name = carried.prefix + name
    if "占" not in name or name.endswith("占比"):
        carried.owner = owner_of(name)
    return name


def _claim(doc: Document, scope: Scope, named: Named) -> Claim | None:
    slot, q = named.slot, named.slot.quantity
    region, name = scope.region(slot, named.name)
    if not name:
        return None
    period = scope.period(slot, named.name, named.reading, named.kind, named.start)
    status = scope.status(slot, period)
    basis = scope.basis(named.basis_slot or slot, named.basis, named.kind)
    values = (q.value, q.low, q.high)
    comparable = [canonical(v, q.unit) if v is not None and q.unit else None for v in values]
    return doc.record(
        Claim,
        q.start,
        q.end,
        value=q.value,
        low=q.low,
        high=q.high,
        unit=q.unit,
        comparator=q.comparator,
        indicator=name,
        kind=named.kind,
        direction=named.direction,
        basis=basis,
        period=period,
        region=region,
        status=status,
        canonical_value=_first(comparable[0]),
        canonical_low=_first(comparable[1]),
        canonical_high=_first(comparable[2]),
        canonical_unit=next((c[1] for c in comparable if c), None),
        rule=named.rule,
        evidence=(doc.evidence("indicator", slot.left_start, q.start),) if slot.left_start < q.start else (),
        confidence=rule_confidence("claims", named.rule),
    )


def _first(pair: tuple[Decimal, str] | None) -> Decimal | None:
    return pair[0] if pair else None
