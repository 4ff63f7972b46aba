"""Lists that a sentence announces: what it says once for all their items."""

from collections.abc import Sequence

from pipeline.claims.carrying.state import Carried
from pipeline.claims.measure import Header, Measure
from pipeline.document import Period
from pipeline.regex import Regex

#: 五年投资427亿元，是这样分配的：
_ALLOTS = Regex("(?:分配|安排|使用|构成|组成|如下|下列)[^，。；：]{0,4}：$")
_LIST_HEADER = Regex(r"(?P<head>产量|产值|增加值|年产能力|生产能力)[^。]{0,30}(?:如下|下列|情况)[^。]{0,6}：$")


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
