"""What changes are compared with, where an earlier clause says it."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.lexicon import TIME
from pipeline.claims.measure import Measure
from pipeline.claims.subjects import frame
from pipeline.claims.wordings import PERCENT, pattern
from pipeline.regex import Regex

#: How long a from–to took (由1975年的8万增加到1979年的9万，四年间增长一成).
_ELAPSED = Regex("[0-9一二三四五六七八九十]{1,3}年间?")
#: What compares with the year before, by whatever words.
_ON_THE_YEAR = Regex("上一?年|去年|同比|同期")
#: …1981年计划增长3%；1982年计划为 | 4%: nothing but when and that it is planned.
_AS_PLANNED = Regex(f"(?:{TIME}|计划|预计|预期|可以|可望|将|要|实际|为|达到|是|，)+")


def carry_comparison(carried: Carried, measure: Measure, name: str) -> None:
    """Fill in and keep what a change is compared with; `name` is what its own clause names."""
    if measure.kind in ("growth_rate", "change_amount"):
        stated = [measure.slot.period(mark) for mark in pattern("time").findall(measure.slot.left)]
        opened = [measure.slot.period(mark) for mark in pattern("time").findall(measure.slot.clause_before)]
        own_year = (carried.compared == "annual" or bool(name)) and bool(stated)
        own_year = own_year or any(
            p.kind in ("span", "plan") and not _ELAPSED.fullmatch(p.quote) for p in stated + opened
        )
        at_once = carried.compared == "annual" and _in_all(measure)
        years = any(p.kind == "duration" or (p.years or 0) > 1 for p in stated)
        over_years = years and _ON_THE_YEAR.search(_said_against(carried)) is not None  # 比上年…，两年增加…
        carries = measure.slot.link in ("、", ",") and not own_year and not at_once and not over_years
        if not measure.basis and carried.compared and carries:
            measure.basis, measure.basis_slot = carried.compared, carried.compared_slot
        elif not measure.basis and carried.on_year and not name and not years and measure.slot.link in ("、", ","):
            measure.basis, measure.basis_slot = carried.on_year, carried.on_year_slot
        elif not measure.basis and carried.frame:
            measure.basis, measure.basis_slot = carried.frame, carried.frame_slot
        elif not measure.basis and carried.since_words and _listed_since(measure):
            measure.basis, measure.basis_slot = carried.since_words, carried.since_slot
        carried.compared, carried.compared_slot = measure.basis or "", measure.basis_slot or measure.slot
        mark = pattern("time").search(carried.compared)
        if _ON_THE_YEAR.search(_said_against(carried)):
            carried.on_year, carried.on_year_slot = carried.compared, carried.compared_slot
        if mark:
            since = carried.compared_slot.period(mark.group())
            carried.since = since.value
            named = since.rule in ("year", "short_year", "bare_year")  # not 上年
            carried.since_words, carried.since_slot = carried.compared if named else "", carried.compared_slot
        elif measure.basis == "annual" and measure.slot.link != "；":  # 由2020年的61%提高到67%，年均提高1.2个百分点
            measure.since = carried.since or (carried.began if carried.start else None)
    elif measure.kind not in ("rank", "gap") and measure.rule != "from_to":
        carried.compared = ""


def _said_against(carried: Carried) -> str:
    """Return the words of what the last change is compared with."""
    mark = pattern("time").search(carried.compared) if carried.compared_slot else None
    return carried.compared_slot.period(mark.group()).quote if mark and carried.compared_slot else carried.compared


def _in_all(measure: Measure) -> bool:
    """Whether a change is too great to be a yearly one (产值年均增长8%，汽车产量增长1.7倍)."""
    q = measure.slot.quantity
    doubled = q.unit in PERCENT and q.value is not None and q.value >= 100
    return doubled or q.unit in ("倍", "番")


def _listed_since(measure: Measure) -> bool:
    """Whether a change goes on with a list counted from a year (比1980年增长5%；棉花3万吨，增长8%)."""
    slot = measure.slot
    return slot.link == "," and not slot.clause_before and not pattern("time").search(slot.left) and not measure.name


def outdoes(carried: Carried, measure: Measure) -> bool:
    """Whether a percentage is what a rate of growth before it is hoped to reach (递增4%，争取达到5%)."""
    percent = measure.slot.quantity.unit in PERCENT and measure.kind == "level"
    goes_on = measure.slot.link == "," or (measure.slot.link == "；" and bool(_AS_PLANNED.fullmatch(measure.slot.left)))
    return percent and goes_on and carried.kinds[-1] == "growth_rate" and carried.unit in PERCENT


def note_times(carried: Carried, measure: Measure) -> None:
    """Tell a change what leads up to it is compared with, and the start of a from–to the year that it starts from."""
    slot = measure.slot
    words = frame(slot)
    if words and not measure.reading.compared:
        carried.frame, carried.frame_slot = words, slot
    measure.frame, measure.frame_slot = carried.frame, carried.frame_slot
    if measure.rule == "from_to" and measure.start is not None:
        measure.since = carried.since
        mark = pattern("time").search(slot.left)
        if mark:
            carried.began, carried.since = slot.period(mark.group()).value, None
        measure.began = carried.began


def compare_as_before(carried: Carried, measure: Measure) -> None:
    """Compare a change with what the one before it is compared with."""
    measure.basis, measure.basis_slot = carried.compared, carried.compared_slot
