"""Shares: the whole and the part that an earlier clause names."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.measure import Measure
from pipeline.claims.naming import clean, joined, object_of, topic, undone
from pipeline.claims.subjects import part, whole, whole_first, with_whole
from pipeline.claims.wordings import PERCENT, ending, pattern
from pipeline.regex import Regex

_SHORT_WHOLE = 3
_SHORT_OWNER = 2  #: 项目, 企业: whose they are is not said
_SPENT_HEAD = Regex("(?:投资|支出|投入|经费|资金)$")
_OF_MONEY = Regex("(?<=..)(?:投资|支出|收入|经费|资金|贷款|用款|拨款)(?=(?:总额)?$)")
_PORTIONED = Regex("在?(?P<what>[^，；在]{2,12}?)(?:的(?:分配|使用|构成))?[中上]")
_PORTION = Regex("(?P<of>[^，；]{2,}?)(?:[用属]于[^，；]{1,8}的|[^，；的]{2})部分$")
_COVERS = Regex("[^，；]{0,16}?(?:覆盖|惠及|使|用于)")
_WHOSE_RATE = Regex("(?P<of>[^，；]{0,10}(?:学生|毕业生|人口|劳动力|居民|职工|人员))[^，；的]{1,3}率$")
_SPREAD = Regex(
    "(?:(?P<pilot>试点)的?(?:范围)?(?:已?扩大到)?|(?:范围|覆盖面)?已?扩大到)(?:全国|全省)?"
    "(?P<where>(?:县|市县|地市|乡镇|村|学校|企业|机构)(?!级)[^，；]*比重)"
)
_REFORM = Regex("(?:(?:制度|体系)?(?:建设|改革)|工作|试点|制度)+$")


def _described_part(carried: Carried, measure: Measure, name: str) -> str:
    """Put the thing counted before behind what describes a part of it (其中新增加的占三成)."""
    if not measure.reading.name.strip("，").endswith("的") or not name.endswith("比重"):
        return name
    whole_told = next((told for told in reversed(carried.told) if "占" not in told and not told.endswith("比重")), "")
    if not whole_told:
        return name
    thing = pattern("doing_all").sub("", whole_told.rpartition("的")[2], count=1)
    part, head = name.removesuffix("比重"), _OF_MONEY.search(thing)
    thing = head.group() if head else thing  # 投资150亿元，其中用于农业的占一成
    return f"{part}的{thing}比重" if thing[-2:] not in part else name


def describes_part(carried: Carried, measure: Measure) -> bool:
    """Whether a percentage is of a part that is only described (其中用于农业的占10%, 亏损的还有三成)."""
    slot, reading = measure.slot, measure.reading
    if slot.quantity.unit not in PERCENT or not reading.name.strip("，").endswith("的") or slot.right:
        return False
    if measure.rule == "share.verb":
        return True
    stated = not reading.verb or reading.verb.endswith("有")
    partly = slot.left.startswith("其中") or carried.part_told or carried.among
    return measure.kind == "level" and stated and partly and measure.rule in ("level.bare", "level.verb")


def with_total(carried: Carried, slot: Slot, name: str) -> str:
    """Put the total into the share of a part that 其中 tells of (完成投资9亿元，其中能源投资所占比重…)."""
    owes = slot.left.startswith("其中") and "占" in name and name.endswith(("所占比重", "所占的比重", "所占比例"))
    total = next((told.name for told in reversed(carried.amounts) if not told.part), "") if owes else ""
    return with_whole(name, undone(total)) if total else name


def with_owner(carried: Carried, slot: Slot, name: str) -> str:
    """Put whose it is before a part that leans on it (社队企业…，从业人员…，总产值占农村总产值的三成)."""
    part_named, of, _ = name.partition("占")
    leans = (
        bool(of)
        and slot.link == ","
        and len(carried.owner) > _SHORT_OWNER
        and pattern("partial").match(part_named) is not None
    )
    return joined(carried.owner, name) if leans and carried.owner in carried.last else name


def _part_of_rate(carried: Carried, slot: Slot, name: str) -> str:
    """Put whose rate was said before the part of them (毕业生就业率达9成，其中省外就业占2成)."""
    told = carried.last if not carried.begins and carried.unit in PERCENT else ""
    whose = _WHOSE_RATE.match(told) if slot.left.startswith("其中") and "占" not in name else None
    return joined(whose["of"], name) if whose else name


def _part_of_row(carried: Carried, slot: Slot, name: str) -> str:
    """Name a part in a row of shares (其中，教育投资占4成，交通占3成) with the head of the first."""
    told = carried.told
    listed = "其中" in slot.passed + slot.left
    if told and listed and not carried.whole and carried.unit in ("元", "美元"):
        carried.whole = told[-1]
    part = name.removesuffix("比重")
    head = _SPENT_HEAD.search(part)
    if slot.link != ",":
        carried.row_head = ""
    if head:
        carried.row_head = head.group()
    elif carried.row_head and slot.link == "," and "占" not in part and not ending("head", part):
        return f"{part}{carried.row_head}比重"
    return name


def before_share(carried: Carried) -> str:
    """Return what the last name that is no share named, where the last is one, "" otherwise."""
    if not carried.kinds or carried.kinds[-1] != "share":
        return ""
    told = zip(carried.told, carried.kinds[carried.sentence_from :], strict=False)
    return next((name for name, kind in reversed(list(told)) if kind not in ("share", "gap")), "")


def portion(carried: Carried, slot: Slot, name: str) -> str:
    """Put what a portion is of before it (村级收入中，用于修渠的部分…，用于分红的部分…)."""
    of = _PORTIONED.fullmatch(slot.clause_before.strip("，"))
    if of:
        return clean(of["what"]) + name
    whole_said = clean(slot.clause_before)
    if whole_said and ending("head", whole_said) and len(whole_said) <= _LONGEST_PART:  # 投资总额，预算内的部分…
        return whole_said + name
    told = (said for said in reversed(carried.told) if said.endswith("部分"))
    other = next(filter(None, map(_PORTION.match, told)), None)
    return other["of"] + name if other else name


def rate_of_same(carried: Carried, name: str) -> str:
    """Put whose rate was told last before another rate of theirs (毕业生就业率达9成、市场就业率8成)."""
    last = carried.last
    whose = _WHOSE_RATE.match(last) if len(name) <= 6 and last.endswith(name[-3:]) and last != name else None
    return joined(whose["of"], name) if whose else name


#: 到位资金增长5%、制造业占比60%; 预算收入增长3%，税收占比70%: a branch's share of the amount told last.
_OF_BRANCH = Regex(
    "(?P<part>制造业|工业|服务业|农业|民间投资|民营企业|民营经济|高技术产业|高技术制造业|高新技术产业|(?P<tax>税收?|税收收入|非税收入)|实体经济)占比"
)
_MADE_OF = Regex("(?:投资|资金|金额|完成额|投资额|签约额|到位额|贷款|贷款余额|收入|进出口|总额|利用外资|用电量)$")


def of_branch(carried: Carried, slot: Slot, name: str) -> str:
    """Return the bare share of a branch or of taxes with the amount that it is a part of, "" if it is none."""
    found = _OF_BRANCH.fullmatch(name) if name.endswith("占比") and not carried.begins else None
    if found is None or slot.link not in ("、", ",") or not _MADE_OF.search(carried.last):
        return ""
    near = slot.link == "、" or slot.left.startswith("其中") or found["tax"]
    return carried.last + name if near and found["part"] not in carried.last else ""


def share_of(part: str, of: str) -> str:
    """Name the share of `part` in `of`, which may be unknown."""
    return f"{part}占{of}的比重" if of and of != part else f"{part}比重"


def spread(slot: Slot, name: str) -> str:
    """Name the share of places that something by now is done in (推进保险试点，试点范围扩大到三成的县)."""
    found = _SPREAD.fullmatch(name)
    of = _REFORM.sub("", object_of(slot.clause_before) or topic(slot.clause_before)) if found else ""
    return f"{of}{'试点' if found['pilot'] else '覆盖'}{found['where']}" if found and of else name


def with_share(carried: Carried, measure: Measure, name: str) -> str:
    """Return the name of a share with the part or the whole that the clauses before say; others as they are."""
    slot = measure.slot
    if measure.rule == "share.use" and slot.link == "、" and not clean(slot.left) and carried.kinds[-1:] == ["share"]:
        covers = _COVERS.match(carried.last)
        return covers.group() + name if covers and not _COVERS.match(name) else name  # 覆盖九成的县和八成的乡
    if measure.rule != "share.verb":
        return name
    if not carried.begins and "占" not in name:
        name = _described_part(carried, measure, name)
    if name.endswith("比重"):
        name = _part_of_rate(carried, slot, _part_of_row(carried, slot, name))
    within = "" if carried.begins or not slot.left.startswith("其中") else _amount_told(carried)
    of = ("" if "的" in name else within) or carried.whole  # 市场主体120万户、增长9%，其中私营企业占92%
    if slot.link in (",", "；") and of and name.endswith("比重"):
        name = share_of(name.removesuffix("比重"), of) if "占" not in name else name
    return name


def in_full(carried: Carried, of: str) -> str:
    """Return a whole by the longer name by which it was told before (预算支出三百亿元。支出当中，…)."""
    if not of or len(of) > _SHORT_WHOLE:
        return of
    return next((told for told in reversed(carried.names) if told.endswith(of) and "占" not in told), of)


def _amount_told(carried: Carried) -> str:
    """Return the last name, where an amount, or how it changed, was told of it; "" otherwise."""
    rated = carried.last.endswith(("率", "比重", "占比", "比例")) or "占" in carried.last
    return "" if rated or carried.kinds[-1] in ("share", "gap", "rank") else carried.last


#: 农业产值 | 在全部工农业产值中所占的 | 比重: a table says 占.
_WITHIN = Regex("(?<=..)在(?:全部|整个)?(?P<whole>[^，；在占]{2,20}?)中的?(?:所占)?的?(?=(?:比重|比例|份额)$)")
_BRANCH_OR_GOODS = Regex("(?:业|资料|部门|企业|商业|经济|农村|城市|城镇|地区|投资|支出|收入|成分|的生产)$")


def other_part(carried: Carried, measure: Measure, name: str) -> str:
    """Return the share of another part of the whole that was told of (轻工业的比重由…降到…，重工业由…升到…), or ""."""
    slot = measure.slot
    shared = measure.kind == "level" and bool(carried.part and carried.whole) and slot.quantity.unit in PERCENT
    if not shared or carried.kinds[-1:] != ["share"] or slot.link not in (",", "；") or len(name) > _LONGEST_PART:
        return ""
    own = ending("head", name)
    if (
        not _BRANCH_OR_GOODS.search(name)
        or (own and not name.endswith("业"))
        or (slot.right and measure.rule != "from_to")
    ):
        return ""
    measure.kind = "share"
    head = ending("head", carried.part)
    what = head.group() if head and head.start() and not name.endswith(head.group()) else ""
    what = what or ("的生产" if carried.part.endswith("的生产") else "")
    part = name if carried.part.endswith("业") else joined(name, what)
    return f"{part}占{carried.whole}的比重"


_LONGEST_PART = 10


def note_share(carried: Carried, name: str) -> str:
    """Return the name of a share with its whole, and note both for the shares behind it."""
    if "在" in name:
        name = _WITHIN.sub(lambda m: f"占{m['whole']}的", name)
    name = with_whole(whole_first(name), carried.whole)
    carried.whole, carried.part = whole(name) or carried.whole, part(name)
    return name
