"""Parts of the country or of its economy of which a figure is told in a word (其中城镇增长5%，农村增长7%)."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.measure import Measure
from pipeline.regex import Regex

_OWNED = "(?:全民所有制|集体所有制|国有|国营|集体|私营|民营|外资|外商投资|股份制)"
_SEGMENT = Regex(
    "(?:(?:全国)?(?:城镇|农村|城市|乡村|大城市|大中城市|中小城市|小城市|县城|城区|县乡|牧区|林区)(?:居民|地区)?"
    "|(?:东|中|西|东北|中西)部(?:地区)?|东北地区|沿海(?:地区|省市)?|内地|山区|老区"
    f"|{_OWNED}单位)"
)
#: What a whole is called that a segment is a part of (城乡居民储蓄存款, 全社会固定资产投资).
_OF_ALL = Regex("^(?:全国|全社会|城乡(?!建设)|各地)")
_COMPARED = ("growth_rate", "change_amount", "level")
_LONGEST = 20


def of_segment(carried: Carried, measure: Measure, name: str) -> str:
    """Return what was told of the whole, told of one of its segments; "" where `name` is none.

    社会消费品零售总额增长9%，其中城镇增长8%，乡村增长10%: 城镇社会消费品零售总额, 乡村社会消费品零售总额.
    """
    if carried.begins or measure.kind not in _COMPARED or not _SEGMENT.fullmatch(name):
        return ""
    if measure.slot.link not in (",", "、", "；") or carried.kinds[-1] not in _COMPARED:
        return ""
    if measure.kind == "level" and measure.slot.quantity.unit != carried.unit:
        return ""
    before = _SEGMENT.match(carried.last)
    whole = carried.last[before.end() :] if before else _OF_ALL.sub("", carried.last)
    whole = whole.removeprefix("的")
    if name.endswith("居民"):
        whole = whole.removeprefix("居民")
    elif before and before.group().endswith("居民"):
        whole = "居民" + whole
    return name + whole if 2 <= len(whole) <= _LONGEST and not _SEGMENT.search(whole) else ""
