"""Whose value a name that leans on another is."""

import re

from pipeline.claims.carrying.about import PARK
from pipeline.claims.carrying.actions import ADDED, ALREADY, TRADE, TRADED_BY
from pipeline.claims.carrying.names import named_before
from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.measure import Measure
from pipeline.claims.naming import clean, joined, measure_taken, object_of, owner_of, topic, undone
from pipeline.claims.subjects import attained, field_of, field_opened, industry, phrase, school
from pipeline.claims.wordings import ending, pattern, wholly
from pipeline.regex import Regex

#: What can own a value that is named by its head alone (企业 + 利润总额, 项目 + 总投资).
_OWNS = Regex(
    r"(?:企业|国企|央企|民企|产业|行业|业|银行|园区|园|集团|公司|基金|开发区|区|工程|项目|计划|制度|保险|医疗|教育|机构|中心|基地|能源|电厂|电站|厂|期|线"
    r"|铁路|公路|线路|高速|机场|港|水库|平台|会|节|景区|市场|品牌|集群|链|合作社|政策|行动|补贴|活动|品|贸易|电商|消费|旅游|存款|学生|小组|小分队)”?$"
)
#: Units of things that can own a value too (新建水闸80座、总投资…).
_THINGS = ("个", "家", "座", "所", "处", "期", "宗", "片")
_OWNER_BEHIND = Regex(
    r"的(?P<owner>[^，；、]{2,20}?(?:、[^，；、]{2,12}?)?(?:项目|工程|企业|基地|园区|公路|铁路|电站|中心|平台|基金|集群|线|水库|大桥|机场|隧道|体系|系统|屏障|灌区|计划))"
)
_ASPECT_OF_BEFORE = frozenset(
    (
        "总量",
        "总额",
        "规模",
        "增速",
        "数量",
        "总数",
        "总量和增速",
        "增量",
        "存量",
        "产量",
        "出口量",
        "总规模",
        "金额",
        "总金额",
        "总吨",
        "总吨位",
        "增幅",
        "涨幅",
        "降幅",
        "增长幅度",
        "提升幅度",
    )
)
#: 助学贷款 | 每人每年最高额度: whom the loans serve.
_EACH = Regex("(?<=..)每[人户亩].*$")
_HANDLED = Regex("(?:办理|按时|按期|及时|限时)?(?:满意率|满意度|办结率|办复率|答复率|解决率)")
_HANDLING = Regex("(?:承办|办理|办结|办复|答复)(?=..)")
#: 参加农村合作医疗的人口8亿，参合率…: whose members they are.
_INSURED = Regex("参(?:保|合)(?:人数|率|人员|农民|人口)")
_INSURES = Regex("(?:参加)?(?P<of>[^，；、的]*?(?:保险|合作医疗|医保))")
_SERVED = Regex("办件量|(?:救助|资助|受益|培训|服务)(?:人数|人次)")
#: 药材 | 种植面积: what was grown or raised.
_GROWN = Regex("(?P<what>[^，；占的]{2,14}?)(?:种植|养殖|播种|栽培|种植业)(?:总?面积|规模|总?产量)$")
_YIELDS = ("产值", "产量", "单产", "亩产", "销售收入", "销售额")
_SETTING_UP = Regex("(?:制度|体系|工作)*建设$")
_SPENT_ON = ("投资", "经费")
_OF_DEALS = ("成交价", "成交额", "总投资", "合同额", "合同金额", "货值")
_AIDS = Regex("(?:资助|补助|救助|奖励)(?=[^金资]{2,6}$)")
_LOST = ("亏损面", "亏损金额", "亏损额", "亏损总额")
_LOSING = Regex(
    "(?:亏损的?(?=.*(?:企业|厂|商店|公司)))?(?P<who>[^，；、的]{2,10}?(?:企业|工厂|商店|公司|农场|煤矿))(?=中?亏损|的?实现|的?利[税润]|比重|占|$)"
)
_LENT = ("贷款", "补贴", "保险")
_SCHEME = Regex("制度|政策|计划")
_BENEFITED = Regex(
    "(?:新增|累计)?(?:受益|参保|参合|救助|保障)(?:学生|家庭|居民|群众|农民|人口|人员|对象|企业|老人|儿童)"
)
_EARNS = ("创汇", "用汇", "完成营业额")
_PER_HEAD = frozenset(
    (
        "平均每人",
        "每人平均",
        "平均每户",
        "每户平均",
        "按人口平均",
        "平均每个农民",
        "每人",
        "每户",
        "人均",
        "户均",
    )
)
_OF_ALL = Regex("^(?:全国|全省|全市)(?=..)")
#: What leans on the figure before as much (试点城市增加到300个，参保人数…; 协议金额90亿美元，实际投资…).
_SWINGS = ("涨幅", "降幅", "跌幅", "增幅", "增速")
_OF_THE_FIGURE = ("参保人数", "参合率", "毛入学率", "入学率", "实际金额", "实际到位", "实际投资")
_PUPILS = frozenset(
    (
        "在校学生总数",
        "在校学生",
        "在校生",
        "在校学生人数",
        "在校学生数",
        "招生",
        "招生人数",
        "招生数",
        "毕业生",
        "毕业",
        "毕业学生",
        "毕业生人数",
    )
)
_PER_UNIT = Regex(r"^(?:单位|人均|每)[^，；、]{2,8}?(?=能耗|用水|水耗|二氧化碳|电耗|碳排放)")
_SHARE_HEAD = Regex("(?<=..)(?:占比|比重|份额|增速)$")
_BUILT = Regex(
    "(?:的|^[有某][一1]?[个座条所])(?P<what>[^，；的]{2,14}(?:水库|公路|铁路|电站|大桥|隧道|运河|渠|厂|矿|油田|楼|房|院|馆|港))$"
)
#: A rate or ratio of nothing but a doing (报销比例, 转化率).
_RATE_ALONE = Regex(
    "(?:平均|综合|最高)?(?!出生|死亡|失业|积累|赤字|投资|储蓄|消费|负债|贫困|文盲|自给|城镇|城市|森林|绿化|彩化|人口|工业|产销|市场)[\u4e00-\u9fff]{2}(?:率|比例)"
)
#: What of it was settled (开展欠款清理行动，问题解决率…; 识别对象3万户，风险消除率…).
_RATE_OF_DOING = Regex(
    "(?:问题|风险|隐患|任务|诉求|矛盾|就地)*(?:解决|消除|化解|转化|整改|完成|办结|处置|达标|合格|交付)率"
)
_CAMPAIGN = Regex("(?<=..)(?:专项|攻坚|清理|整治)*(?:行动|战)$")
_ONCE = Regex("(?P<what>[^，；]{2,16}?)在?(?:改建|扩建|新建|建设|建成|改造|施工|投产|完成|竣工)+[完建]?成?[以之]?后$")
#: 每年可使农民 | 减轻负担.
_RELIEVES = Regex(
    "(?P<yearly>每年)?可?(?:使(?P<who>[^，；、]{2,6}?))?"
    "(?P<what>[^，；、]{0,8}?(?:减轻|降低|节约|节省|减少)[^，；、]{0,8}?(?:负担|成本|费用|支出|开支|资金)|[^，；、]{0,6}减负)"
)
#: 减轻农民负担: whose burden it is says enough.
_WHOSE_BURDEN = Regex("农民|居民|企业|群众|主体|患者|职工|学生|家庭|商户|工商户|农户|社会|国家|基层")


#: 服务平台用户9万人、月访问量8万次: what else is counted of it.
_USED_BY = Regex("(?P<of>.{2,}?)(?:实名|累计|活跃|个人)*(?:注册|签约|入驻|活跃)?(?:用户|企业|商户|会员)(?:总?数量?)?$")
_USE = Regex(
    "(?:累计|年|月|日)?均?(?:访问|点击|浏览|使用|下载|调用|活跃|登录|交易|办件|办理|服务)(?:用户|人次|次数|总?量|数|总?额)"
)
_LANES = Regex("[四六八双4-8]车道(?:以上)?里程")


def _of_the_same(carried: Carried, measure: Measure, name: str) -> str:
    """Return `name` as another aspect of what the coordination told of last, "" if it is none."""
    used = _USED_BY.fullmatch(carried.last) if _USE.fullmatch(name) else None
    if used:
        return used["of"] + name
    if name == "总市值" and carried.last.endswith("公司"):  # 上市公司90家、总市值900亿元
        return undone(carried.last) + name
    roads = carried.last.endswith(("公路", "高速", "里程")) and _LANES.fullmatch(name)
    return carried.last.removesuffix("里程").removesuffix("通车") + name if roads else ""


def _of_some(name: str) -> str:
    """Return a name without the 全国 or 全省 that it begins with."""
    return _OF_ALL.sub("", name) if name.startswith("全") else name


#: 基础养老金最低 | 标准: without its head it says nothing.
_EXTREME = Regex("(?<=..)(?:最低|最高|平均)$")
_RATES_OF_LOANS = ("利率", "平均利率", "加权平均利率", "综合融资成本")
_FUNDED = ("项目", "工程")
_LOANS = Regex("[^，；、]{0,16}?贷款")


def _said_of(carried: Carried) -> str:
    """Return what the sentence before, which states no quantity, is about (经营主体稳中有进。总量达…)."""
    clauses = [topic(clause) for clause in carried.said.rstrip("。").split("，")]
    return clauses[-1] or clauses[0]


def _handled(carried: Carried, name: str) -> str:
    """Return the name of the rate at which what the sentence says was dealt with was settled or approved of."""
    told = carried.told
    first = next((i for i, said in enumerate(told) if _HANDLING.match(said)), None)
    if first is None:
        return name
    of = "、".join(_HANDLING.sub("", said) for said in told[first:])
    return of + ("" if name.startswith("办") else "办理") + name


def _whose(slot: Slot, name: str) -> str:
    """Return whose value `name` is by the clause before it (完善救助政策，救助对象…; 水库建成后，可蓄水…)."""
    if name.endswith(("标准", "对象", "储备规模")) or _RATE_OF_DOING.fullmatch(name):
        return _CAMPAIGN.sub("", object_of(slot.clause_before))
    once = _ONCE.match(clean(slot.clause_before))
    built = _BUILT.search(phrase(slot, first=True))
    return once["what"] if once else built["what"] if built else ""


def aspect_of(carried: Carried, measure: Measure, name: str, about: str) -> str:
    """Put what a clause before is about before an aspect of it (总量, 在校生, 满意率), "" if `name` is none.

    `about` is what the clause before is about.
    """
    slot = measure.slot
    said = _said_of(carried) if slot.link == "start" and not about else ""
    if said and (name in _ASPECT_OF_BEFORE or pattern("partial").match(name)):
        return joined(said, name)
    if name in _ASPECT_OF_BEFORE and (about or phrase(slot, first=True)):
        return joined(about or phrase(slot, first=True), name)
    same = _of_the_same(carried, measure, name) if slot.link in ("、", ",") and not carried.begins else ""
    if same:
        return same
    last = ending("doing_last", carried.last) if slot.link == "、" else None
    if last and last.start() > 0 and wholly("doing", name):  # 项目开工390个、竣工437个
        return ALREADY.sub("", carried.last[: last.start()]) + name
    if name in ("收入比", "收入差距", "收入倍差", "收入比值") and any("居民" in said for said in carried.told):
        return "城乡居民" + name  # 城乡居民人均收入增长5%，收入比缩小至2.4
    if name in ("出口量", "进口量", "销量") and measure.kind == "rank" and carried.last.endswith("产量"):
        return carried.last.removesuffix("产量") + name  # 机器人产量增长3%、出口量居全国第2
    if name == "余额" and not carried.begins and carried.last.endswith(("贷款", "存款")):
        return carried.last + name  # 制造业贷款增长20%、余额突破9000亿元
    if name == "投入强度" and not carried.begins and carried.last.endswith("投入"):  # 研发经费投入9亿元、投入强度3%
        return carried.last.removesuffix("投入") + name
    if name == "增量" and not carried.begins:  # 生产总值迈上新台阶、五年增量超1万亿元
        return joined(carried.last, name)
    total = name in ("总量", "总额", "总数") or (name in ("规模", "总规模") and slot.link == "、")
    if name in _ASPECT_OF_BEFORE and carried.names and (measure.kind == "rank" or total):
        added = ADDED.match(carried.last)
        if added:  # 新增上市公司8家、总量达90家
            return carried.last[added.end() :] + name.replace("总数", "")
        if name.endswith("规模"):
            return joined(_SHARE_HEAD.sub("", carried.last), name)
        return carried.last + (name if measure.kind == "rank" and not carried.last.endswith(name) else "")
    if _of_some(name) in _PER_HEAD and (slot.clause_before or carried.names):  # 农民的纯收入，平均每人达到300元
        return named_before(carried, measure, about) + _of_some(name)
    if name == "资金" and slot.link == "、" and carried.last.endswith(_FUNDED):  # 援建项目86个、资金23亿元
        return carried.last[:-2] + name
    loans = _LOANS.match(carried.last) if name in _RATES_OF_LOANS and not carried.begins else None
    if loans:  # 普惠小微贷款余额增长20%，利率下降0.3个百分点
        return loans.group() + name
    if name in _SPENT_ON:  # 煤炭工业建设，五年投资8亿元
        return joined(field_of(slot) or field_opened(slot), name)
    if name in _PUPILS:  # 高等学校招生40万人，在校学生达到130万人
        return undone(school(slot.clause_before) or school(slot.passed) or school(carried.last)) + name
    if name in _SWINGS and not carried.begins and not carried.last.endswith(name):
        return carried.last + name  # 居民消费价格上涨2%，涨幅收窄0.5个百分点
    of_all = name[1:] if name.startswith("总") and 3 <= len(name) <= 6 and not carried.begins else ""
    if of_all and carried.last.endswith(of_all) and len(carried.last) > len(of_all):
        return joined(undone(carried.last).removesuffix(of_all), name)  # 新增风电装机40万千瓦，总装机达到…
    per_unit = _PER_UNIT.match(carried.last) if slot.link == "、" else None
    if per_unit and re.match("能耗|用水|水耗|二氧化碳|电耗|碳排放", name):
        return per_unit.group() + name
    handled = name.endswith(("率", "度")) and _HANDLED.fullmatch(name)
    return _handled(carried, name) if handled else ""  # 办理建议300件、提案200件，满意率…


def traded(carried: Carried, name: str) -> str:
    """Put the trade that the sentence told in all before its parts (外贸进出口…，其中出口…), or return ""."""
    if name not in TRADE:
        return ""
    told = (found for said in reversed(carried.told) if (found := TRADED_BY.match(said)))
    whose = next(told, None)
    return whose.group() + name if whose else ""


def served(carried: Carried, measure: Measure, name: str, about: str) -> str:
    """Put what was done before what it brought those whom it serves (惠及300万人; 减轻药费负担4亿元), or return ""."""
    slot = measure.slot
    leaning = pattern("leaning").match(name.removeprefix("每年"))
    if name.startswith("受益的"):
        return ""
    if leaning and len(name) - leaning.end() > 4 and measure.rule != "share.use":
        return name
    if leaning:
        before = owner_of(carried.last) if not carried.begins else ""
        if before and carried.last.endswith("标准"):  # 养老金标准由9元提高到10元，惠及3万人
            before = undone(carried.last).removesuffix("标准")
        if before and carried.last.endswith(_LENT):  # 发放信用贷款9亿元、惠及企业2万户
            before = undone(carried.last)
        owner = object_of(slot.clause_before) or attained(slot.clause_before) or about or before
        owner = _EXTREME.sub("", _EACH.sub("", owner))
        owner = pattern("leaning_any").split(owner)[0]
        return joined(owner, name) if len(owner) <= 16 else name
    scheme = _SCHEME.search(slot.clause_before) or about not in slot.clause_before
    if about and _AIDS.match(name) and scheme:  # 助学制度逐步健全，资助学生3万人
        return joined(about, name)
    if about and _BENEFITED.fullmatch(name):  # 营养午餐计划提质扩面，新增受益儿童9万人
        return joined(about, name)
    relief = _RELIEVES.fullmatch(name) if slot.quantity.unit == "元" and measure.kind == "level" else None
    if relief and not _WHOSE_BURDEN.search(relief["what"]):  # 推行集中采购，降低药费负担4亿元
        return measure_taken(slot.clause_before) + (relief["yearly"] or "") + (relief["who"] or "") + relief["what"]
    return ""


def owned(carried: Carried, measure: Measure, name: str, about: str) -> str:
    """Put its owner before a name that is a statistical head alone (总投资, 参合率), or return ""; note the owner."""
    slot = measure.slot
    part_of = undone(name).rpartition("、")[2] if slot.right.startswith("的") else ""
    behind = _OWNER_BEHIND.match(slot.right) if part_of and pattern("partial").match(part_of) else None
    if behind:  # 总投资41亿元的新材料项目
        return joined(behind["owner"], part_of)
    if name == "占比" and slot.link == "、" and not carried.begins and not about:  # 用户数突破30万户、占比居第二
        return joined(_SHARE_HEAD.sub("", carried.last), name)
    if len(name) > 10:
        return ""
    settles = name.endswith("率") and _RATE_OF_DOING.fullmatch(name) is not None
    alone = bool(about) and _RATE_ALONE.fullmatch(name) is not None
    park = carried.about.thing if slot.link == "," and carried.about.opens else ""
    if park and PARK.search(park) and carried.last.startswith(park) and pattern("partial").match(name):
        return joined(park, name)  # 海江试验区签约高校9所，在园师生…
    lost = _LOSING.match(carried.last) if name in _LOST and not carried.begins else None
    if lost:  # 亏损的国营企业占两成，亏损金额达9亿元
        return lost["who"] + name
    if not (settles or alone or pattern("partial").match(name)):
        return ""
    leans = settles or name in _EARNS or (name in _OF_THE_FIGURE and name not in carried.names[-1:])
    moved = slot.link == "," and leans and not carried.begins
    close = slot.link == "、" or name.removeprefix("平均") in ("单产", "亩产") or moved
    before = owner_of(carried.last) if close and carried.names else ""
    # 运营线路14条、运营里程580公里; 出让矿业权5宗、成交价3亿元
    owns = slot.link == "、" and (_OWNS.search(before) is not None or name in _OF_DEALS or carried.unit in _THINGS)
    if settles:
        before = "" if before.endswith("率") else before.partition("占")[0]  # 棉花产量占全国三成、就地转化率55%
    if before in ("财政", "经济", "居民", "") or (before == carried.last and not (owns or settles)):
        before = ""
    moved_on = bool(carried.names) and close and carried.owner not in carried.last
    kept = carried.owner if slot.link in ("、", ",") and not moved_on else ""
    insured = _INSURES.match(carried.last) if carried.names and _INSURED.fullmatch(name) else None
    if insured and not about:
        return insured["of"] + name
    if name in TRADE and "进出口" in about + kept + before:  # 进出口总额实现翻番，出口…; 进出口贸易总额…，其中出口…
        return name
    hit = object_of(slot.clause_before) if name.endswith("损失") else ""
    grown = _GROWN.match(carried.last) if slot.link == "," and not carried.begins and name.endswith(_YIELDS) else None
    if grown and not about:  # 药材种植面积8万亩，产值9亿元
        return grown["what"] + name
    helped = _SETTING_UP.sub("", object_of(slot.clause_before)) if _SERVED.fullmatch(name) else ""
    named = hit or about or helped or field_of(slot) or field_opened(slot) or _whose(slot, name)
    carried.owner = named or kept or before or (industry(slot) if carried.begins else "")
    made = name.endswith("产值") and carried.owner.endswith("生产")  # 工业生产增长较快，总产值…
    return joined(carried.owner.removesuffix("生产") if made else carried.owner, name)


def note_owner(carried: Carried, name: str, about: str, unit: str | None) -> None:
    """Note what the clauses behind `name` may be about."""
    if "占" not in name or name.endswith("占比"):
        owner = _of_some(owner_of(name))
        owns = _OWNS.search(owner) or (unit in _THINGS and not owner.endswith(("统计", "调查")))
        carried.owner = owner if owns else about or carried.owner
