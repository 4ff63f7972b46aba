"""Lists that a sentence announces: what it says once for all their items."""

import re
from collections.abc import Sequence
from functools import cache

from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import any_of
from pipeline.claims.measure import Header, Measure
from pipeline.claims.scope import FORESEES
from pipeline.claims.wordings import ending, pattern
from pipeline.document import Period
from pipeline.regex import Regex
from pipeline.units import dimension

#: 五年投资427亿元，是这样分配的：
_ALLOTS = Regex("(?:分配|安排|使用|构成|组成|如下|下列)[^，。；：]{0,4}：$")
_LIST_HEADER = Regex(r"(?P<head>产量|产值|增加值|年产能力|生产能力)[^。]{0,30}(?:如下|下列|情况)[^。]{0,6}：$")

#: What is announced with a verb of its own, item by item (办了几件大事：修路8公里).
_TASKS = Regex("大事|实事|好事|件事|工作|任务|措施|方面|问题|保证|目标|指标|要求|如下$")
#: 用于救灾的物资有：
_MEANT_FOR = Regex("(?P<what>用于[^，；：]{2,14}的)[^，；：的]{2,6}(?:有|是|包括|为|计有)$")
_MEASURED = ("count", "length", "area", "power")


#: What stands between the verb and the colon (扩建 | 下列车间：, 新建 | 的工厂有：).
_UP_TO_COLON = Regex(
    "了?(?:[^，；：]{0,6}(?:下列|以下|这些)[^，；：]{0,14}|[^，；：]{0,14}(?:有|包括|计有|主要有|主要是))?"
)
_A_NOUN = Regex("单位|项目|工程")


@cache
def _done() -> Regex:
    """Return the pattern of what was done to several things (新建和改建, 办起了)."""
    verb = f"(?>{any_of('doing')}|[\u4e00-\u9fff]{{2}}(?=了))"
    return Regex(f"{verb}(?:[和、及并]{verb})*")


def read_announced(carried: Carried, slot: Slot, view: str) -> None:
    """Note what the words before a colon say once for the items behind it (新建的工厂有：炼铁厂2座，…)."""
    colon = slot.left_start - 1
    if view[colon : colon + 1] != "：" or colon < slot.sentence:
        return
    begin = max(slot.sentence, *(view.rfind(mark, slot.sentence, colon) + 1 for mark in "，；。"))
    said = view[begin:colon]
    meant = _MEANT_FOR.search(said)
    carried.announced, carried.announced_at = "", colon
    carried.foreseen = FORESEES.search(said) is not None
    if meant:
        carried.announced = meant["what"]
    elif not _TASKS.search(said):
        done = [found for found in _done().finditer(said) if _UP_TO_COLON.fullmatch(said, found.end())]
        of_things = [found for found in done if not _A_NOUN.match(said, found.end())]
        carried.announced = (of_things or done)[-1].group() if done else ""


def announced(carried: Carried, measure: Measure, name: str) -> str:
    """Return the name of an item with what the words before the colon say for all (新建炼铁厂)."""
    what, slot = carried.announced, measure.slot
    if not what or measure.kind != "level" or measure.rule not in ("level.bare", "noun.behind"):
        return name
    own = re.match("的", name) or pattern("doing").match(name) or name.startswith(what)
    if own or (ending("head", name) and len(name) > 6):
        return name
    fits = what.startswith("用于") or dimension(slot.quantity.unit or "") in _MEASURED
    return what + name if fits else name


def read_header(carried: Carried, sentence: str, end: int, times: Sequence[Period]) -> None:
    """Note what a sentence that announces a list says for its items; `end` is where it ends in the view."""
    found = _LIST_HEADER.search(sentence)
    start = end - len(sentence)
    told = carried.told
    if found:
        compared = (p.value for p in times if sentence[: p.start - start].endswith(("比", "较", "同")))
        carried.header = Header(found["head"], end - 1, next(compared, None))
    elif told and carried.unit in ("元", "美元") and _ALLOTS.search(sentence):
        carried.header = Header("", end - 1, whole=told[-1], unit=carried.unit)
    else:
        carried.header = None
    carried.in_list = carried.header is not None


def _allotted(carried: Carried, measure: Measure) -> bool:
    """Whether a clause that begins a paragraph says what part of the whole that was announced falls to it."""
    slot, header = measure.slot, carried.header
    begins = slot.link == "start" and not carried.names and measure.kind == "level"
    return bool(begins and header and header.whole and slot.quantity.unit == header.unit)


def item_of(carried: Carried, measure: Measure, label: str, name: str) -> str:
    """Note whether `measure` belongs to a list that was announced, and return its name with the list's whole."""
    if label and carried.header and not carried.header.whole:
        carried.listed, carried.in_list, carried.item = True, True, label
        carried.head = "" if carried.header.head.endswith("能力") else carried.header.head
    elif carried.header and _allotted(carried, measure):
        carried.listed, carried.in_list = True, True
        name += carried.header.whole
    measure.header = carried.header if carried.listed else None
    return name
