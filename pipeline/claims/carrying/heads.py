"""Statistical heads that names share: 产量, 增加值, a rate or price that was said to change."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.lexicon import words
from pipeline.claims.measure import Measure
from pipeline.claims.naming import clean, joined
from pipeline.claims.subjects import capacity, field_of, raised
from pipeline.claims.wordings import RELATIVE, THINGS, ending, pattern
from pipeline.regex import Regex

_SHARED_LAST = ("产量", "总产值", "增加值", "价格", "零售额", "零售总额")
_SHAREABLE = Regex(r"(?:年?平均(?:每年)?产量|总产量|产量|总产值|增加值|价格|零售总?额)$")
_SHAREABLE_WITHIN = Regex(
    "(?:产量|零售量|销售量|收购量|供应量|出口量|进口量|消费量|价格)(?=都|均|有|大幅|继续|也|普遍|全面)"
)
CAPACITY = Regex("(?:能力|容量|里程|(?<!总)装机)$")
#: What has an added value (装备制造业增加值增长9%，高技术产业增长8%): a branch, not 实际使用内资 or 运价.
_BRANCH = Regex(
    "(?:业|经济|制造|装备|设备|材料|产品|化工|电子|医药|汽车|能源|煤炭|电力|钢铁|冶金|建材|纺织|食品|信息|旅游|文化|物流|金融|商贸|服务|农机|环保)$"
)
_SELLS = Regex("(?:商业|供销社|合作社|贸易|商贩|经济|个体户|餐饮业|批发业)$")
_CAPACITY_LIST = Regex("^新增加?的?[^，；有]{0,6}能力[^。；]{0,14}?有")
#: What has an amount of its own, and no output.
_NOT_MADE = ("额", "损", "年产", "率", "量", "总值", "税", "费", "款", "金", "价", "利", "人", "员", "者", "度")
_SAVED = Regex("节约|节省|浪费|损失|消耗|耗用|积压|多用|少用")
_A_PRICE = Regex("物价|价格")
_PRICES = Regex("涨|跌|降价|浮")
_TRADED = Regex("出口|进口|收购|销售|零售|供应|调[出入]|库存|消费|价格|储备|播种|面积|征购|统购|能力")
_PAYS_RATE = Regex("(?:企业|产业|行业|机构|单位|居民|工业|农业|服务业)$")
#: 早稻 | 粮食最低收购价: the kind of goods, said of one of them.
_GENUS = Regex("^(?:粮食|农产品|主要农产品)(?=..)")


def _shared_head(carried: Carried, measure: Measure, name: str) -> str:
    """Return the head that a bare thing shares with the names before (粮食产量达到…，棉花达到…), "" if none."""
    goods = carried.head.endswith("产量") and measure.slot.quantity.unit in words()["goods_unit"] and len(name) <= 6
    governed = measure.reading.sense in ("to", "level", "up", "down") or bool(measure.slot.label) or goods
    governed = governed or (measure.kind == "growth_rate" and measure.rule == "level.bare")
    if not governed or measure.kind in ("share", "rank", "gap") or len(name) > 8 or not carried.head:
        return ""
    if carried.head == "总产值" and name == "第三产业":  # no part of a gross output
        return ""
    if carried.head in ("零售额", "零售总额"):  # 社会商品零售总额…，国营商业增长5%
        return "零售额" if _SELLS.search(name) else ""
    if not name.endswith("业") and pattern("doing_any").search(name):  # 为省外保供煤炭
        return ""
    if _SAVED.match(name) or "购" in name or "销" in name:  # 粮食总产值增长…，农产品采购增长…
        return ""
    own = ending("head", name)
    if measure.rule in ("noun.behind", "change.first", "change.within") or (own and own.group() not in THINGS):
        return ""
    unit = measure.slot.quantity.unit
    made = unit in RELATIVE or unit in words()["goods_unit"] or bool(measure.slot.label)
    if unit in (None, "元", "人", "个", "家") or name.endswith(_NOT_MADE) or ("产" in carried.head and not made):
        return ""
    if carried.head == "增加值" and not _BRANCH.search(name):
        return ""
    goods_of_it = unit in words()["goods_unit"] or name in words()["goods"]
    if carried.head.endswith("产值") and goods_of_it:
        return "" if carried.traded else carried.head.replace("产值", "产量")
    return carried.head


def output(carried: Carried, measure: Measure, name: str) -> str:
    """Return the head that goods lack of which the text only says how much there was (钢增长3%), "" if none."""
    if name.endswith("类") and measure.slot.left.startswith("其中") and _A_PRICE.search(carried.last):
        return "价格"  # 零售物价上升7%，其中食品类上升10%
    if name not in words()["goods"]:
        return ""
    told = measure.kind in ("growth_rate", "change_amount", "level", "rank")
    unit = measure.slot.quantity.unit
    if (
        not told
        or not (measure.kind == "rank" or unit in RELATIVE or unit in words()["goods_unit"])
        or measure.rule == "noun.behind"
    ):
        return ""
    words_before = measure.slot.passed + measure.slot.left
    if _PRICES.search(measure.reading.verb) or carried.traded or _TRADED.search(words_before):
        return ""
    return "" if any(_TRADED.search(said) for said in carried.told) else "产量"


#: 出产 | 钢, 收获 | 粮食: a table calls it their output.
_MADE = Regex("(?:出产|收获|产)了?(?P<goods>[\u4e00-\u9fff]{1,6})")


def made(measure: Measure, name: str) -> str:
    """Return what was made or harvested, nobody says by whom, as its output (收获粮食八亿斤 → 粮食产量)."""
    found = (
        _MADE.fullmatch(name)
        if name.startswith(("出", "收", "产")) and measure.slot.quantity.unit in words()["goods_unit"]
        else None
    )
    return f"{found['goods']}产量" if found and found["goods"] in words()["goods"] else name


def _as_capacity(name: str) -> str:
    """Name an item of a list of new capacities (钢, 发电机组容量)."""
    name = _CAPACITY_LIST.sub("", name)
    if pattern("doing").match(name):
        return name
    return ("新增" + name) if CAPACITY.search(name) else name + "新增生产能力"


def with_rate(carried: Carried, measure: Measure, name: str) -> str:
    """Put the rate that the clause before says to be changed behind whose it is (提高收购价，早稻提高3分)."""
    slot = measure.slot
    if slot.link in (",", "start") and slot.clause_before:
        carried.rate = raised(slot.clause_before)
    moved = measure.rule in ("change", "distributed", "level.reached", "from_to")
    if not (carried.rate and moved and measure.kind != "share") or len(name) > 14 or not clean(measure.name):
        return name
    if name.endswith(("幅", "价")):  # 降低输配电价格，工商业电价下降一成
        return name
    if ending("head", name) and not _PAYS_RATE.search(name):
        return name
    return joined(name, _GENUS.sub("", carried.rate))


def rate_of(carried: Carried, subject: str, measure: Measure) -> str:
    """Return the name of the rate that is compared, where the one before said how fast `subject` grew."""
    of_plan = measure.rule == "gap.plan" and measure.slot.quantity.unit != "百分点"
    compares = (measure.kind == "gap" and not of_plan) or (
        measure.kind == "change_amount" and measure.slot.quantity.unit == "百分点"
    )
    grew = bool(carried.kinds) and carried.kinds[-1] == "growth_rate"
    return subject + "增速" if compares and grew and not subject.endswith("增速") else subject


def with_head(carried: Carried, measure: Measure, name: str) -> str:
    """Return a name with the statistical head that a clause before says once for several (产量, 新增生产能力)."""
    slot = measure.slot
    carried.head = capacity(slot) or carried.head
    made = slot.clause_before.endswith("工业") and slot.quantity.unit in words()["goods_unit"]
    if made and measure.rule == "level.bare" and not (carried.head or carried.traded) and field_of(slot):
        carried.head = "产量"  # 机械工业，拖拉机5万台
    if carried.head == "新增生产能力":
        return _as_capacity(name)
    announced = _SHAREABLE_WITHIN.search(slot.clause_before) if slot.clause_before else None
    if announced:  # 主要产品的产量都有增长，如钢增长3%
        carried.head = announced.group()
    return name + _shared_head(carried, measure, name)


def note_head(carried: Carried, name: str) -> None:
    """Note the statistical head that the names behind `name` may share with it."""
    head = _SHAREABLE.search(name) if name.endswith(_SHARED_LAST) else None
    if head:
        carried.head = head.group()
