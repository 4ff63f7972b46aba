"""A total and its parts: what measures the whole measures them too, and their shares are shares of it."""

import re
from decimal import Decimal

from pipeline.claims.carrying.actions import TRADE, TRADED_BY
from pipeline.claims.carrying.names import thing_of
from pipeline.claims.carrying.state import Amount, Carried, Total
from pipeline.claims.measure import Measure
from pipeline.claims.naming import joined
from pipeline.claims.wordings import PERCENT, RELATIVE, ending, pattern
from pipeline.regex import Regex

#: What the parts of a capacity, a length, an area or an account are measured by too (工农业总产值…，其中工业…).
_MEASURED_BY = Regex(
    "(?:装机容量|装机|里程|面积|产能|吞吐量|周转量|客运量|货运量|用电量|发电量|投资(?=(?:总?规模|总?额)?$)|贷款(?=(?:总?额|余额)?$)|存款(?=(?:总?额|余额)?$)"
    "|(?:总)?产值(?=$)|增加值(?=$)|零售总?额(?=$)|收购总?额(?=$)|销售总?额(?=$)|(?:预算|财政)?(?:支出|收入)(?=(?:总额)?$))"
)
#: What there is of a thing, by the end of its name.
_STOCK = Regex("(?:保有量|装机|装机容量|里程|面积|产量|数量|客运量|货运量|吞吐量|总产值|产值|增加值)$")
#: Branches whose own value is told where they are named alone.
_BRANCHES = ("工业", "农业", "服务业", "商业")
#: Names of money that say by themselves what it is.
_MONEY = Regex("[费税款金债]$|(?:投入|安排|支出|赤字|结余|利润|亏损)$")
#: Whose part of a value is told (国营商业, 供销合作社, 城市, 中央).
_OWNS_PART = Regex(
    "(?:[工商农林牧副渔业]业|部门|企业|合作社|社|国营|集体|私营|个体|城市|城镇|农村|中央|地方|建设|事业|水利|交通|邮电)$"
)
#: What investment is called by what it is for, in words of doing.
_SPENT_ON = ("基本建设", "更新改造", "技术改造", "设备更新", "住宅建设", "城市建设", "科学研究", "勘探")
_LONGEST = 10
_SHARE_GIVEN = Decimal("0.75")  #: percent by which a share of whole percents may miss the quotient


def part_of_whole(carried: Carried, measure: Measure, name: str) -> str:
    """Return the name of a part with what it shares with its whole (建成项目8个，其中交通3个), "" if it is none.

    What measures the whole measures its parts too (新增装机容量9万千瓦，其中水电3万千瓦，占三成，火电6万千瓦).
    """
    if carried.deeds and name.endswith(carried.deeds):
        return name
    slot, unit = measure.slot, measure.slot.quantity.unit
    first = slot.left.startswith("其中") and bool(carried.names)
    if slot.link not in ("、", ","):
        carried.total = None
    stock = _STOCK.search(carried.counted) if measure.rule == "from_to" and unit not in RELATIVE else None
    if (
        stock
        and (first or (carried.part_told and slot.link not in (",", "、", "；")))
        and len(name) <= _LONGEST
        and not ending("head", name)
    ):
        return name + stock.group()  # 汽车保有量由…增至…，其中新能源汽车由…增至…
    bare = measure.rule == "level.bare" and unit not in RELATIVE
    if not bare or not (first or carried.total) or re.search("(?:投入|安排|支出)$", name):
        return ""
    if first:
        carried.total = _total(carried, name, unit)
        if carried.total is None and (unit == carried.unit or {unit, carried.unit} == {"户", "家"}):
            return joined(carried.prefix, name, least=2) if carried.prefix else ""
    total = carried.total
    if total is None or total.unit != unit:
        return ""
    if slot.link == "," and not first and not _is_bare_part(name):
        return ""
    if name.endswith("的" + thing_of(total.name)):  # 由县里自筹的投资: named as the whole is
        return name
    head = ending("head", name)  # 轻工业 is a branch, whose own value is told
    measured = len(name) <= _LONGEST and (not head or head.group() in _BRANCHES) and not _MONEY.search(name)
    if name in _SPENT_ON:
        return name + total.head
    begins = total.begins if first or slot.link == "," else carried.prefix
    if not (begins or total.head):
        return ""
    return joined(joined(begins, name, least=2), total.head, least=2) if measured else joined(begins, name, least=2)


def _is_bare_part(name: str) -> bool:
    """Whether a name behind a comma only says which part (火电, 农林水利)."""
    return 2 <= len(name) <= _LONGEST and (not pattern("doing").match(name) or name in _SPENT_ON) and "占" not in name


def _total(carried: Carried, name: str, unit: str | None) -> Total | None:
    """Return the total that the figure behind 其中, called `name`, is a part of; None where none was told."""
    whole = next((told for told in reversed(carried.amounts) if not told.part), None)
    if whole is None or whole.unit != unit:
        return None
    if name not in TRADE and pattern("doing").match(name) and name not in _SPENT_ON:
        return None
    whose = TRADED_BY.match(whole.name) if name in TRADE else None  # 外贸进出口总额…，其中出口…
    done = pattern("doing_all").match(whole.name)
    head = _MEASURED_BY.search(whole.name)
    begins = whose.group() if whose else done.group() if done and done.end() < len(whole.name) else ""
    return Total(whole.name, unit, begins, head.group() if head else "")


def head_of_row(carried: Carried, measure: Measure, name: str) -> str:
    """Return the head that a row of parts shares where each share is told (国营商业零售额…，占五成，合作社…), or ""."""
    slot = measure.slot
    if slot.link not in (",", "；") or measure.rule != "level.bare" or len(carried.amounts) == 0:
        return ""
    before, shared = (
        carried.amounts[-1],
        carried.kinds[-1] == "share" and carried.last.startswith(carried.amounts[-1].name),
    )
    if not shared or before.unit != slot.quantity.unit or not _OWNS_PART.search(name) or len(name) > _LONGEST:
        return ""
    head = _MEASURED_BY.search(before.name)
    own = ending("head", name)
    return "" if head is None or (own and own.group() not in _BRANCHES) or name.endswith(head.group()) else head.group()


def whole_of(carried: Carried, measure: Measure) -> str:
    """Return the total of which the share behind a part (其中工业704亿元，占五成) is one, "" where none was told."""
    if not carried.amounts or measure.slot.quantity.unit not in PERCENT:
        return ""
    part, others = carried.amounts[-1], carried.amounts[:-1]
    if carried.last != part.name:
        return ""
    totals = [told for told in others if told.unit == part.unit and told.name != part.name]
    made_of = [told for told in totals if _is_share_of(measure, part, told)]
    if not made_of and part.part:
        made_of = [told for told in totals if not told.part]
    return made_of[-1].name if made_of else ""


def _is_share_of(measure: Measure, part: Amount, whole: Amount) -> bool:
    """Whether the share that is told is the quotient of two amounts, as exactly as it is given."""
    share = measure.slot.quantity.value
    if share is None or not whole.value or part.value > whole.value:
        return False
    given = (
        _SHARE_GIVEN if "点" in measure.slot.quantity.quote or "." in measure.slot.quantity.quote else 2 * _SHARE_GIVEN
    )
    return abs(part.value / whole.value * 100 - share) <= given


def note_amount(carried: Carried, measure: Measure, name: str) -> None:
    """Note an amount that later clauses may tell the parts of."""
    q = measure.slot.quantity
    if measure.kind == "level" and q.value is not None and q.unit not in RELATIVE:
        carried.amounts.append(Amount(name, q.unit, q.value, carried.part_told))
