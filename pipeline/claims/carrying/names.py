"""Names that stand in the clause or the sentence before, whole or in part."""

from pipeline.claims.carrying.shares import before_share
from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import TIME, alike, words
from pipeline.claims.measure import Measure
from pipeline.claims.naming import clean, joined, undone
from pipeline.claims.subjects import ahead, done_with, grown, phrase, said_before, subject
from pipeline.claims.wordings import RELATIVE, ending, pattern, wholly
from pipeline.regex import Regex
from pipeline.units import dimension
from pipeline.verbs import longest_of

_OUTPUTS = ("总产量", "产量", "单产", "亩产", "总产")
#: 夏粮 | 收获面积20万亩，总产4万吨.
_GROWN_ON = Regex("(?:完成|落实|稳定)?(?P<goods>[^，；、的]{1,8}?)(?:总|播种|种植|收获|栽种)*面积$")
_GOODS_FIRST = Regex("|".join(sorted(words()["goods"], key=lambda w: (-len(w), w))))
_SIDES = (("支出", "收入"), ("收入", "支出"), ("出口", "进口"), ("进口", "出口"))
#: 国家预算，收入方面总计…，支出方面总计…
_SIDE = Regex("(?P<side>收入|支出)(?:方面|总数|总额|部分)?")
_BUDGET = Regex("(?P<budget>[^，；的]{0,6}(?:预算|决算))(?:草案)?$|^(?P<account>[^，；的]{2,4})收支(?!平衡)")
#: What firms have, whose owner is said once (国营企业的劳动生产率提高…，成本降低…).
_OF_FIRMS = ("成本", "产品成本", "生产成本", "劳动生产率", "全员劳动生产率", "流通费用", "利润", "上缴利润")
_FIRMS = Regex("(?P<firms>[^，；、]{2,14}?(?:企业|工业|商业|部门|农场|铁路|公司|工厂|单位))的?(?=..)")
#: 城市居民的消费水平由…提高到…，农民由…提高到…
_PEOPLE = Regex("[^，；、的]{0,4}(?:居民|农民|职工|工人|干部|教师|城市|农村|城镇|乡村)")
_TRANSPORT = (("货物", "旅客"), ("旅客", "货物"), ("货运", "客运"), ("客运", "货运"))
#: 农业产值增长4%（包括渔业为6%）: the same thing, counted otherwise.
_COUNTED_SO = Regex("（(?P<how>(?:不?包括|不?含|扣除|剔除)[^，；（）]{2,12}?)(?:后|为|则为|是|达到?|增长|下降)*")
_USED_FOR = Regex("用于(?P<what>[^，；]{2,24}?)的?(?:资金|投资|支出|经费|投入)$")
_DEVELOPED = Regex("(?:发展|加强|改善|扩大|搞好)(?P<what>[^，；、的]{2,10})$")
_SPOKEN_OF = Regex(
    "(?:[^，；。]{1,12}，)?(?:我国|全国|我们的?)?(?P<what>[^，；。]{0,16}?(?:事业|工作|建设|工业|农业|教育|科学|卫生|文化|交通|住宅|农田水利))"
    "(?=[^，；。]{0,6}(?:出现|有了?|得到|取得|获得|发展|繁荣|加强|改善|扩大|很|还|比较|十分|非常))"
)
#: Those who are called by their last word once they were named in full.
_WHOM = Regex(
    "(?P<whom>职工|工人|企业|工业企业|农民|居民|社员|教师|干部|学校|学生|单位)"
    "(?:的(?=[^，；、的]{2,8}$)|(?=(?:年|月)?平均工资$|工资总额$|人均[^，；、]{2,6}$|平均每人[^，；、]{2,6}$))"
)
_BELONGING = Regex(
    "(?P<of>全民所有制|集体所有制|国营|国有|集体|私营|民营|乡镇|城镇|城市|农村|中央|地方|中小|大中型?|国有大中型|全民所有制和集体所有制)"
    "(?P<whom>职工|工人|企业|工业企业|农民|居民|社员|教师|干部|学校|学生|单位)"
)
#: 农民每人消费的 | 粮食: who takes or has what.
_OF_EACH = Regex("(?P<of>[^，；、]*(?:每[一-龥]|人均|平均)[^，；、]*的)[^，；、的]{1,5}$")
_SHORT = 5
_SHORT_NAME = 8
_ACCOUNTS = Regex("(?P<of>[^，；占的]{0,6}(?:财政|预算|国家))总?(?:收入|支出)(?:总额)?")
_FALLS = Regex("(?:低于|高于|没有|尚未|未|达到|超过|接近|不及)[^，；的]{2,12}$")
_GOT = Regex("^(?:取得|获得|得到)了?(?=..)")
_INVESTMENT = Regex("(?:固定资产|基本建设|更新改造|房地产开发)?投资")
_WHO_INVESTS = Regex("(?:单位|全社会|地方|部门|企业|经济)$")
_JOBLESS = ("待业率", "失业率")
_IN_A_FIELD = ("投资", "完成投资", "总投资", "支出", "拨款", "贷款")
#: 全部建成 | 尚需投资.
_STILL_NEEDS = Regex("(?:全部)?(?:建成|完成|投产)?(?:尚需要?|还需要?|尚须|共需|还要|需要?)(?:投资|资金)")
_LONGEST_THING = 12
#: What was done with goods, to whom (供应农村 | 化肥).
_DEALT = Regex("(?:供应|收购|销售|出口|进口|生产|储备)了?(?:农村|城市)?[\u4e00-\u9fff]{1,6}$")
#: A thing of a kind that a longer name begins with (铁路 | 货运量).
_BEGINS_WITH = Regex(longest_of([*alike(), *words()["goods"]]))
#: What is told of goods one by one besides their output (水稻 | 每亩产量, 小麦 | 收购价格).
_OF_EACH_OF_GOODS = Regex(
    "的?(?:每亩|平均|单位面积|亩产|单产|收购|销售|零售|出口|进口|供应|调拨|价格|库存|储备|播种|种植|消费)"
)
_YIELD = Regex("单产|亩产|每亩|单位面积")
_NOUN_ALONE = Regex("[\u4e00-\u9fff]{1,10}(?<![上下中内外时后前来间以况力步展进高善强化])")
_SAYS_WHEN = Regex(f"(?:{TIME}|计划|预计|要求|将|要|可以?|已)")
_IN_ALL = Regex("，?(?:一共|总共|共|总计|合计|两项合计|加在一起|总额|总数)")
#: A clause that only says how it must be done (…的摄制，必须在保证质量的前提下增加数量，由3部增加到8部).
_MUST = Regex("，?(?:必须|应当|应该|要|需要)(?!求)[^，；]*(?:数量|产量|规模|速度|比重)$")
_POINTS = Regex("(?P<use>用于)?(?:(?:这些|这|^)方面|此项|这项|该项)的?")


def named_before(carried: Carried, measure: Measure, about: str) -> str:
    """Return the name that a clause without one has from the clause before it, or from the last figure."""
    slot = measure.slot
    if carried.added and len(carried.told) > 1 and _IN_ALL.match(slot.left):  # 安排3亿元，加上自筹1亿元，共计4亿元
        return carried.names[-2]
    first = carried.begins or "；" in slot.passed
    told = slot.link == "," and bool(slot.clause_before) and slot.passed.startswith("，")
    told = told and measure.reading.sense in ("level", "to")
    aside = bool(_MUST.match(slot.clause_before)) and "，" in slot.passed.strip("，")
    before = "" if aside else subject(slot) or about or grown(slot.clause_before) or phrase(slot, first or told)
    if not before and slot.link == "start":
        before = grown(carried.said.rstrip("。；！"))
    if slot.quantity.unit == "天" and carried.last.endswith("天数比例"):  # 优良天数比例达到八成、增加9天
        return carried.last.removesuffix("比例")
    if not before and measure.kind in ("growth_rate", "change_amount") and slot.quantity.unit != "百分点":
        before = before_share(carried)  # 灌溉面积达到3亿亩，占耕地面积的一成，增加1亿亩
    if aside:
        before = clean(slot.passed.lstrip("，").partition("，")[0])
    if not before and first:  # 今年的行政经费，从中央到地方，一律削减10%
        before = ahead(slot)
    if not before and first and slot.link == ",":
        before = _set_apart(slot)
    before = before.removesuffix("则")
    if before and len(before) <= _SHORT_NAME and carried.last.endswith(before):  # by its short name
        return carried.last
    if before in ("收入", "支出"):
        return of_account(carried, before)
    return before or carried.last


def _set_apart(slot: Slot) -> str:
    """Return the noun that stands alone before a clause that says when or how far (粮食，今年计划达到…), "" if none."""
    noun = slot.clause_before.strip("，")
    alone = slot.passed.strip("，") == noun and _NOUN_ALONE.fullmatch(noun) and clean(noun) == noun
    return noun if alone and _SAYS_WHEN.match(slot.left) else ""


def of_account(carried: Carried, side: str) -> str:
    """Return a side of the account that the paragraph tells of (国家预算收入…。上半年支出… → 国家预算支出)."""
    for told in reversed(carried.names):
        other = _ACCOUNTS.fullmatch(told)
        if other:
            return other["of"] + side
    return side


def one_of(carried: Carried, measure: Measure, name: str) -> str:
    """Name what a clause counts of the things counted before (结案的件数; 分布在内地的有400个)."""
    slot, unit = measure.slot, measure.slot.quantity.unit
    said = measure.name.strip("，")
    done = done_with(slot) if said.endswith("的") and dimension(unit or "") == "count" else ""
    bare = measure.rule in ("level.bare", "level.verb") and unit not in ("人", "名")
    if done and bare and carried.begins and not wholly("doing", name):  # 新建的厂，投产的有五个
        return f"{name}的{done}"
    if said.endswith("的") and slot.link in (",", "；") and not (carried.begins or said.startswith("比")):
        return described_part(carried, measure, name)
    return some_among(carried, measure, name)


def described_part(carried: Carried, measure: Measure, name: str) -> str:
    """Put what was told before behind what describes a part of it (公路15万公里，其中通往山区的有3万公里)."""
    slot, unit = measure.slot, measure.slot.quantity.unit
    counted = unit not in (None, "人", "名") and dimension(unit or "") == "count"
    partly = slot.left.startswith("其中") or carried.part_told or carried.among
    amount = carried.amounts[-1].unit if carried.amounts else None  # 投资9亿元，增长一成，其中用于水利的2亿元
    same = unit == carried.unit or (partly and unit == amount)
    if measure.kind != "level" or not same or unit is None or not (counted or partly):
        return name
    thing = thing_of(carried.counted if slot.link == "；" or carried.part_told else carried.last)
    return f"{name}的{thing}" if thing and thing not in name else name


def thing_of(name: str) -> str:
    """Return what was counted or measured, without what is said of it (完成的水利工程 → 水利工程)."""
    _, of, thing = name.partition("的")
    if len(thing) > _LONGEST_THING:
        thing = thing.rpartition("的")[2]
    thing = thing if of else undone(name)
    return _GOT.sub("", thing)


def thing_of_all(name: str) -> str:
    """Return the name of what was counted, as it stands without the number (现有在建项目 → 在建项目)."""
    return name.removeprefix("现有")


def some_among(carried: Carried, measure: Measure, name: str) -> str:
    """Name those among many of whom something is said (六千万文盲当中，已有一千万人脱盲 → 脱盲的文盲)."""
    slot = measure.slot
    says = carried.among and measure.rule == "noun.behind" and slot.left.endswith("有")
    says = says and (len(name) <= _SHORT or _FALLS.match(name) is not None)
    thing = thing_of(carried.last) if says and slot.quantity.unit in (carried.unit, "人") else ""
    return f"{name}的{thing}" if thing and thing[-2:] not in name else name


def pointed_at(carried: Carried, slot: Slot, name: str) -> str:
    """Put the thing that 这方面的 or 此项 points back to into a name (重点是能源建设，这方面的投资…)."""
    points = _POINTS.search(name) if "方面" in name or "项" in name else None
    thing = (said_before(slot) or _pointed_to(carried, slot)) if points else ""
    if not points or not thing:
        return name
    return (
        name[: points.start()]
        + ("用于" if points["use"] else "")
        + thing
        + ("的" if points["use"] else "")
        + name[points.end() :]
    )


def _pointed_to(carried: Carried, slot: Slot) -> str:
    """Return what 这方面 points to: what money was for, what the clause before develops, what was spoken of last."""
    spent = _USED_FOR.search(carried.last)
    developed = None if spent else _DEVELOPED.search(slot.clause_before)
    spoken = None if spent or developed else _SPOKEN_OF.match(carried.said)
    found = spent or developed or spoken
    return found["what"] if found else ""


def taken_up(carried: Carried, name: str) -> str:
    """Return the name of whose value is called by their last word alone (国营企业职工工资总额…；职工的平均工资…)."""
    whom = _WHOM.match(name)
    if whom is None:
        return name
    told = (_BELONGING.match(said) for said in reversed(carried.names))
    full = next((said for said in told if said and said["whom"] == whom["whom"]), None)
    return full["of"] + name if full else name


def ranked_of(carried: Carried, measure: Measure, name: str) -> str:
    """Return the things just counted whose bare noun a rank names (水质达标率等5项 | 指标居全省 | 第一)."""
    bare = measure.kind == "rank" and measure.slot.link == "joined" and bool(carried.names)
    at = carried.last.find(f"等{name}") if bare and len(name) <= _LONGEST_NOUN else -1
    return carried.last[: at + 1 + len(name)] if at > 0 else name


_LONGEST_NOUN = 4


#: 年产值 | 过百亿元 | 行业: of what size those are that are counted.
_SIZED = Regex("(?:超过?|过|突破)[0-9一二三四五六七八九十百千万亿]+元(?=[^，；、]{2})")
#: 每千人口 | 执业医师.
_FOR_EACH = Regex("每[万千百](?:名|户)?(?:常住|老年)?(?:人口|人|老人|劳动力|职工|居民)?(?:拥有|占有)?(?=[^，；、]{2})")
_MANY = 1000  # more than there is of anything for each so many people
_SCHEMES = ("保险", "医保", "合作医疗")
_TAKES_PART_IN = Regex(
    "(?P<in>[^，；、]{0,4}?参加)[^，；、]{0,12}?(?:保险|医保|合作医疗)的?(?P<those>人数|职工人数|人员|职工|农民|居民)?"
)


def _is_for_each(measure: Measure, name: str) -> bool:
    """Whether a count may be one for each so many people: it is small, and nothing was done."""
    q = measure.slot.quantity
    few = q.value is not None and q.value < _MANY and dimension(q.unit or "") == "count"
    return few and measure.kind == "level" and "每" not in name and not pattern("doing_any").search(name)


def said_once(carried: Carried, measure: Measure, name: str) -> str:
    """Return `name` with what an earlier clause says once for both, "" where it says nothing of the kind."""
    slot = measure.slot
    sized = _SIZED.match(name) if slot.link in (",", "、") and not carried.begins else None
    size = _SIZED.search(carried.last) if sized else None
    if size and size.start() >= 2:  # 年产值过千亿元行业3个、过百亿元行业20个
        return carried.last[: size.start()] + name
    each = _FOR_EACH.match(carried.last) if slot.link == "、" and not carried.begins else None
    if each and _is_for_each(measure, name):  # 每千人口执业医师3人、注册护士4人
        return each.group() + name
    takes_part = _TAKES_PART_IN.fullmatch(carried.last) if slot.quantity.unit == "人" and not carried.begins else None
    if takes_part and name.endswith(_SCHEMES) and name.isalpha() and "参" not in name:
        return takes_part["in"] + name + (takes_part["those"] or "")  # 参加养老保险的人数…，失业保险9000万人
    if name in _JOBLESS:  # 城镇新就业8万人，待业率…
        return "城镇" + name if any("城镇" in said for said in carried.told) else ""
    if slot.clause_before.endswith("方面") and undone(name) in _IN_A_FIELD:  # 水利方面，计划投资8亿元
        return joined(clean(slot.clause_before.removesuffix("方面")), name)
    invested = _INVESTMENT.search(slot.clause_before) if _WHO_INVESTS.search(name) else None
    if invested and measure.reading.verb.startswith("完成") and slot.quantity.unit == "元":
        return name + invested.group()  # 固定资产投资规模过大，全民所有制单位完成九亿元
    still = _STILL_NEEDS.fullmatch(name) if name.endswith(("投资", "资金")) and not carried.begins else None
    if still and carried.unit not in (*RELATIVE, "元"):  # 在建项目300个，全部建成尚需投资9亿元
        return thing_of_all(carried.last) + name
    side = _SIDE.fullmatch(name) if name.startswith(("收入", "支出")) else None
    opened = [clean(clause) for clause in slot.passed.split("，")] if side or name in _OUTPUTS else []
    if name in _OUTPUTS:  # 粮食又是大丰收，总产量达到…
        goods = next(filter(None, map(_GOODS_FIRST.match, [*reversed(opened), *reversed(carried.told)])), None)
        grown = _GROWN_ON.match(carried.last) if goods is None and not carried.begins else None
        return goods.group() + name if goods else grown["goods"] + name if grown else ""
    if side:
        of_budget = next(filter(None, map(_BUDGET.search, opened)), None)
        if of_budget:
            return (of_budget["budget"] or of_budget["account"]) + side["side"]
    if side and carried.begins and carried.names:
        full = of_account(carried, side["side"])
        return full if full != side["side"] else ""
    if slot.link not in (",", "；") or carried.begins:
        return ""
    last, short = carried.last, side["side"] if side else name
    for one, other in _SIDES:  # 预算收入为…；支出为…
        if short == one and last.endswith(other) and not last.removesuffix(other).endswith(("和", "与", "、")):
            return last.removesuffix(other) + one
    for one, other in _TRANSPORT:  # 内河货物周转量达到…；旅客周转量达到…
        if name.startswith(one) and last.find(other + name.removeprefix(one)) > 0:
            return last[: last.find(other + name.removeprefix(one))] + name
    of_each = _OF_EACH.match(last) if measure.rule == "from_to" and slot.link == "," and len(name) <= _SHORT else None
    if of_each and not ending("head", name):  # 每人消费的粮食由…增加到…，棉布由…
        return of_each["of"] + name
    firms = _FIRMS.match(last) if name in _OF_FIRMS else None
    if firms:
        return joined(firms["firms"] + "的", name)
    alike = measure.rule == "from_to" and slot.quantity.unit == carried.unit and "的" in last
    return f"{name}的{last.partition('的')[2]}" if alike and _PEOPLE.fullmatch(name) else ""


def as_of_its_kind(carried: Carried, measure: Measure, name: str) -> str:
    """Return a thing with what the sentence told of another of its kind (铁路货运量3亿吨，公路1亿吨), "" if nothing."""
    if measure.slot.link not in (",", "；", "、") or carried.begins or measure.kind in ("share", "rank", "gap"):
        return ""
    goods = name in words()["goods"]
    others = alike().get(name)
    if others is None and not goods:
        return ""
    unit = measure.slot.quantity.unit
    both_goods = unit in words()["goods_unit"] and carried.unit in words()["goods_unit"]
    if unit != carried.unit and unit not in RELATIVE and not (goods and both_goods):
        return ""
    for told in reversed(carried.told):
        other = _BEGINS_WITH.match(told)
        if other is None or other.group() == name:
            continue
        rest = told[other.end() :]
        same_kind = others and other.group() in others
        of_goods = goods and other.group() in words()["goods"] and _OF_EACH_OF_GOODS.match(rest)
        alike_counted = unit in (carried.unit, *RELATIVE) or rest.endswith("量")
        of_yield = unit == "吨" and _YIELD.search(rest) is not None
        if rest and "占" not in rest and (same_kind or (of_goods and alike_counted and not of_yield)):
            return name + rest
    return ""


def in_full(carried: Carried, measure: Measure, name: str) -> str:
    """Return the longer name by which the sentence called `name` before (供销社收购总额…；收购总额又…)."""
    if measure.rule != "change" or clean(measure.name) != name:
        return name
    told = (said for said in reversed(carried.told) if said.endswith(name) and said != name)
    full = next(told, "")
    more = len(full) - len(name)
    if name in words()["goods"] and _DEALT.match(full):  # 供应农村化肥3万吨，…，化肥增加四成
        return full
    fits = len(name) >= 4 and 2 <= more <= 8 and not pattern("doing_any").search(full[:more])
    return full if fits and "占" not in full and ending("head", name) else name


def counted_otherwise(carried: Carried, measure: Measure) -> bool:
    """Name a figure in brackets that is the last one counted otherwise; False if it is not."""
    slot = measure.slot
    found = _COUNTED_SO.fullmatch(slot.left) if slot.link == "joined" and carried.names else None
    if found is None or slot.quantity.unit != carried.unit or carried.kinds[-1] == "share":
        return False
    if slot.quantity.unit not in RELATIVE and found["how"].startswith(("包", "含")):  # 总产量9万吨（包括大豆1万吨）
        return False
    measure.kind, measure.direction, measure.rule = carried.kinds[-1], carried.direction, "level.bare"
    measure.basis, measure.basis_slot = carried.compared, carried.compared_slot
    measure.name = f"{carried.last}（{found['how']}）"
    return True
