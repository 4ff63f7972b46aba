"""One measure after the other: its name filled in from what was carried, and what it leaves in turn."""

import re

from pipeline.claims.carrying.about import note_surveyed, of_industry, of_it, read_about
from pipeline.claims.carrying.actions import (
    ADDED,
    PER_ONE,
    TRADE,
    WITH_OBJECT,
    benefit,
    done_before,
    keep_verb,
    named_as,
)
from pipeline.claims.carrying.comparisons import carry_comparison, compare_as_before, note_times, outdoes
from pipeline.claims.carrying.completing import completed
from pipeline.claims.carrying.heads import made, note_head, output, rate_of, with_rate
from pipeline.claims.carrying.lists import announced, item_of, read_announced
from pipeline.claims.carrying.names import counted_otherwise, in_full, named_before, one_of
from pipeline.claims.carrying.parts import note_amount, whole_of
from pipeline.claims.carrying.shares import (
    describes_part,
    note_share,
    other_part,
    share_of,
    with_owner,
    with_share,
    with_total,
)
from pipeline.claims.carrying.shares import in_full as whole_in_full
from pipeline.claims.carrying.state import Carried
from pipeline.claims.lexicon import TIME
from pipeline.claims.measure import Measure
from pipeline.claims.naming import aimless, clean, joined, priced, topic, undone
from pipeline.claims.reading import REPRICED
from pipeline.claims.scope import FORESEES, INTENDS, Scope
from pipeline.claims.subjects import given_for, part_before, unbracketed, whole
from pipeline.claims.wordings import PERCENT, RELATIVE, ending, pattern, wholly
from pipeline.regex import Regex
from pipeline.verbs import changing

#: 在工业生产方面：
_AT_ANOTHER_TIME = Regex(f"(?:(?:提高|提升|上升|回升|加快|增加|下降|降低|回落|放缓|收窄|扩大)?(?:到|至|为))?{TIME}的?")
#: 如果每亩多收十斤，…: what is only supposed is no fact.
_SUPPOSED = Regex("(?:如果|假如|假定|假使|倘若|要是|只要)(?!说|没有)")
#: 将 | 安装轧机三台: no verb behind the noun, so it governs none.
_WILL_DO = Regex("将(?<![中主大上少干健即].)(?=[一-龥]{3})")
_AN_OBJECT = Regex("[^，；、“”的]{4,10}(?<!工作)(?<!建设)(?<!改革)(?<!行动)(?<!发展)")
_PER_HEAD = Regex("人均|每人平均|平均每人|按人口平均")
_DONE_AGAIN = Regex("再[建修办造开招设增]")
_PLACE = Regex("(?:在?[^，；在]{2,12}?(?:中|内)?的)?(?:位次|排名|排位|名次|位置)")
#: 取得成果90项，其中30项 | 达到先进水平.
_GOT = Regex("^(?:取得|获得|得到|完成|有)了?(?=..)")
_SOME_ARE = Regex("(?:已经?|都|均)*(?:填补|达到|超过|接近|获得|获|得到|属于|具有|居于?|进入|列入|在)[^，；、的]{2,12}")
_ALREADY_SO = Regex("^(?:已经?|均|都|先后|正在)+")
_BECAME = Regex(
    "(?:正在|已经?|均|都|全部|先后|正式|成批|基本|或者?部分|地)*(?:施工|开工|动工|投产|投入生产|建成|竣工|完工|停建|缓建|复工|通车|投运)"
)
_WILL_FIRST = Regex("^(?:将|拟|要)(?=[\u4e00-\u9fff]{2})(?!将|要[素闻件])")
_FIELD_OF = Regex("(?<=..)方面$")
#: 棉花：以播种面积计算达到…: how it was counted is what was counted.
_COUNTED_AS = Regex("^[以按](?P<what>[^，；的]{2,8})计算?$")
#: 高的达到5%: the highest of what was said before.
_EXTREME = Regex("，?最?[高低多少大小快慢好]的(?:可|已|则)?(?:达到?|有|为|超过|只有|仅有|接近)?")
_POINTED = Regex("(?:这个|这一|该|这种)(?P<noun>比重|比例|数字|速度)")
_USED = Regex("消费|零售|收购|销售|购买")
_LABEL_LENGTH = 16
_IN_ALL = Regex("累计(?:已?达到?|总数|有|拥有)|总数达?|总量达?到?|已达到?")
#: 中央财政用于农业的支出…，其中用于水利…
_SPENT_ON_ALL = Regex("^(?P<payer>[^，；、]{2,12})用于[^，；]{2,}?(?P<head>的?(?:支出|资金|投入|投资))$")
_SHORT = 6
_FORMER = Regex(
    "[比较](?:现有|现行|原有|原来|目前|改革前|调整前)的?|(?:改革|精简|调整|整合|合并|压减|压缩|优化)[之以]?后|(?:实际|预计)?执行结果"
)
_MERELY_FAST = Regex(f"^(?:{changing()}|发展)[较最][快慢多高大]$")
#: 国民收入增长8%。| 这个速度 | 比计划高1个百分点.
_AGAIN = Regex(f"^(?:[而但，]|在?{TIME})*(?:这个|这一|这样的|上述)(?P<what>(?:增长|发展|递增)?速度|数字)(?:只?不过)?$")
_SAME_SHARE = Regex("^(?:[^，；]{0,8}把)?(?:而?[^，；]{1,4}年前|当时|过去|那时)?(?:这个|这一|此项|该项)?(?:比例|比重)$")
_PART_ALONE = Regex("^，?在[^，；在]{2,20}中的?(?:所占)?的?(?:比重|比例|份额)$")
_SHARE_ALONE = Regex("占|(?:所占)?(?:比重|比例|份额)$|应?用于|投向|来自|在(?![用建校册岗职营])")
#: For whom the clause before its first figure says that something was done.
_WHOM = Regex("(?:省份|地区|城市|国家|县市?|企业|单位|家庭|群众)(?=..)")
_IN_SPITE = Regex("的(?:情况|条件|背景|基础)[下上]")
_CASE = Regex("(?:情况|条件|背景|基础)[下上]?")
_CONTRIBUTES = Regex("对[^，；]{2,16}贡献")
#: 改装 | 了 | 炼焦炉: any verb that 了 marks is one of doing.
_DID = Regex(
    "(?P<verb>(?![达减增提][到少加高]|[实完][现成]|为|除|有|没)(?:[\u4e00-\u9fff]{2}|[办修建造种盖]))了(?=[\u4e00-\u9fff“]{2})"
)
#: Names of percentages that are no growth.
_OWN_PERCENT = ("率", "比重", "比例", "占比", "份额", "的")
_MOST_GROWTH = 50  # 税收增长7%，其中增值税60%: that is a part of it
_ALREADY_FIRST = ("基本", "全部")


def settle(carried: Carried, measure: Measure, scope: Scope) -> bool:
    """Fill in what the clause of `measure` left out, and carry on; False if it stays without a name."""
    slot = measure.slot
    read_announced(carried, slot, scope.doc.view)
    read_about(carried, slot, scope)
    _note_link(carried, measure)
    if counted_otherwise(carried, measure):
        measure.region = carried.region or scope.own
        return True
    of_part = describes_part(carried, measure)
    if of_part and measure.kind == "level":  # 其中用于农业的10%
        measure.kind, measure.rule, measure.name = "share", "share.verb", clean(measure.name) + "比重"
    name = _opened(carried, measure)
    carried.traded = carried.traded or bool(_USED.search(slot.passed + slot.left))
    note_times(carried, measure)
    name = _pointed_back(carried, measure, name)
    carried.whole = whole_in_full(carried, whole(slot.clause_before)) or carried.whole
    raw = unbracketed(measure.name if name else slot.clause_before).strip("，")
    raw = _IT.sub("", raw) if raw.startswith(("它", "其")) else raw
    part_alone = raw.startswith("在") and _PART_ALONE.match(raw) is not None
    part = (carried.part or part_before(slot) or carried.last.partition("占")[0]) if part_alone else ""
    if part:  # 入社的农户，在农户总数中的比重，达到三成; 外贸增长5%，在全国中的比重提高1个百分点
        name, measure.region = part + raw.lstrip("，"), carried.region or scope.own
        measure.kind = "share" if measure.kind == "level" else measure.kind
    elif measure.rule == "share.change" and name.startswith("占"):  # 信息产业发展迅速，占工业的比重提高4个百分点
        part = topic(slot.clause_before) if carried.begins else carried.last.partition("占")[0]
        name, measure.region = part + name, carried.region or scope.own
    elif (
        not name
        or measure.part
        or (measure.kind == "share" and _SHARE_ALONE.match(name) and not of_part and not _PART_OF.match(name))
    ):
        name = _filled_in(carried, measure, name, scope)
    else:
        name = _stated(carried, measure, name, scope)
    if not name:
        return False
    if name in _FORMER_LATTER and len(carried.told) > 1:  # 甲增长8%，乙增长7%，前者比后者快1个百分点
        name = _of_two(carried, measure, name)
    if name.endswith("占比") and slot.left.startswith("在") and slot.link in (",", "、") and "占" in carried.last:
        name = carried.last.partition("占")[0] + "在" + name  # 经济总量占全国一成，在北方地区占比…
    name = of_it(carried, measure, of_industry(scope, slot, name), scope)
    name = other_part(carried, measure, name) or with_share(carried, measure, name)
    if measure.kind == "share":
        name = with_owner(carried, slot, with_total(carried, slot, name))
    name = _of_kind(carried, measure, name)
    name = in_full(carried, measure, with_rate(carried, measure, name))
    if "了" in name:  # 制定了, 停建和缓建了
        name = pattern("doing_all").sub(lambda m: m.group().replace("了", ""), name)
    if measure.rule == "level.bare" and slot.quantity.unit in ("户", "人") and PER_ONE.fullmatch(name):
        name += f"{slot.quantity.unit}数"  # 平均每社5000户
    did = _DID.match(name) if "了" in name and measure.rule in ("level.bare", "noun.behind") else None
    name = did["verb"] + name[did.end() :] if did else name
    keep_verb(carried, measure, name, did["verb"] if did else "")
    told = measure.rule == "distributed" and clean(measure.name) in carried.told
    carry_comparison(carried, measure, "" if told else clean(measure.name))
    _leave(carried, measure, name)
    note_surveyed(carried, measure, name)
    return True


def _note_link(carried: Carried, measure: Measure) -> None:
    """Note what still reaches `measure` by the way it hangs on the one before: a promise, a verb, a direction."""
    slot = measure.slot
    goes_on = slot.link in ("、", ",") and measure.reading.sense == "none"
    carried.supposed = carried.supposed or _SUPPOSED.search(slot.passed + slot.left) is not None
    ends = measure.rule == "level.bare" and not slot.right
    does = (ends or measure.rule == "noun.behind") and _WILL_DO.search(slot.left) is not None
    carried.foreseen = does or bool(FORESEES.search(slot.left)) or (carried.foreseen and goes_on)
    measure.foreseen = carried.foreseen or carried.supposed
    carried.intended = measure.intended = bool(INTENDS.search(slot.left)) or (carried.intended and goes_on)
    if slot.link not in ("、", ","):
        carried.prefix = ""
    same_kind = slot.link == "," and measure.rule == "level.bare" and slot.quantity.unit == carried.unit
    if slot.link != "、" and not (same_kind and clean(slot.left).endswith(carried.last[-2:] or "，")):
        carried.change = None  # 扩大淡水养殖面积5万亩，海水养殖面积3万亩: of both
    says_again = slot.left.strip("，") in ("即", "也就是") or _goes_on_in_time(carried, measure)
    if says_again and carried.kinds and carried.kinds[-1] in ("growth_rate", "change_amount"):
        measure.kind, measure.direction = "growth_rate", carried.direction
    if _added_with_whole(carried, measure):
        measure.kind, measure.direction = "change_amount", carried.direction
    if _grows_with_whole(carried, measure):
        measure.kind, measure.direction = "growth_rate", carried.direction
        compare_as_before(carried, measure)


def _added_with_whole(carried: Carried, measure: Measure) -> bool:
    """Whether an amount is a part of what a stock grew or shrank by (净增个体户22万户，其中餐饮业6万户)."""
    slot = measure.slot
    if carried.begins or slot.quantity.unit != carried.unit or slot.quantity.unit in RELATIVE:
        return False
    part = slot.left.startswith("其中") or (carried.part_told and slot.link in ("、", ","))
    bare = measure.rule == "level.bare" and measure.kind == "level" and not slot.right
    alone = carried.told.count(carried.last) == 1  # else it may be a part of what there is by now
    grew = carried.kinds[-1] == "change_amount" and alone
    return part and bare and grew and not pattern("doing_any").search(measure.name)


def _grows_with_whole(carried: Carried, measure: Measure) -> bool:
    """Whether a bare percentage is of a part of what grew (工业总产值增长7%，其中轻工业8%、重工业6%)."""
    slot = measure.slot
    if slot.quantity.unit != "%" or measure.rule != "level.bare" or carried.begins or carried.unit != "%":
        return False
    part = slot.left.startswith("其中") or (carried.part_told and slot.link in ("、", ","))
    name = clean(measure.name)
    if not part or carried.kinds[-1] != "growth_rate" or len(name) < 2 or slot.right:
        return False
    done = name not in TRADE and pattern("doing").match(name)
    of_its_own = done or name.endswith(_OWN_PERCENT) or "用于" in name
    return not of_its_own and (slot.quantity.value or 0) < _MOST_GROWTH


def _goes_on_in_time(carried: Carried, measure: Measure) -> bool:
    """Whether a percentage says the same at another time (增速由一季度的3%、上半年的4%提升至全年的5%)."""
    slot = measure.slot
    alike = measure.kind == "level" and slot.quantity.unit in PERCENT and carried.unit in PERCENT
    if not (alike and not carried.begins and slot.link in ("、", "joined")):
        return False
    return _AT_ANOTHER_TIME.fullmatch(slot.left) is not None


def _opened(carried: Carried, measure: Measure) -> str:
    """Return the name that the clause of `measure` states, with the label or the list that opens it."""
    slot = measure.slot
    label = _FIELD_OF.sub("", clean(slot.label)) if 0 < len(slot.label) <= _LABEL_LENGTH else ""
    name = item_of(carried, measure, label, clean(measure.name))
    if "在" in name and _IN_SPITE.match(slot.right):  # 出口在运价下降3%的情况下增长2%
        carried.held, _, name = name.rpartition("在")
    elif slot.link == "joined" and _CASE.fullmatch(name):
        name, carried.held = carried.held, ""
    if label and not name:
        return label
    if slot.link == "joined" and slot.left.startswith("的") and carried.names and carried.last.endswith(name):
        return carried.last  # 由10%的税率降至9%
    if carried.item and name:
        how = _COUNTED_AS.match(name)
        return joined(carried.item, how["what"] if how else name)
    return name


def _pointed_back(carried: Carried, measure: Measure, name: str) -> str:
    """Return the name that words like 这个比重 point back to, "" where they only point to the one before."""
    slot = measure.slot
    if carried.kinds and slot.quantity.unit == carried.unit and _EXTREME.fullmatch(slot.left):
        name, measure.kind, measure.direction = "", carried.kinds[-1], carried.direction
        compare_as_before(carried, measure)
    if carried.pointed:
        said = pattern("time").sub("", (measure.name or slot.clause_before).strip("，"))
        pointed = _POINTED.fullmatch(said)
        if pointed and carried.pointed.endswith(pointed["noun"]):  # …的投资比重。这个比重，1978年为17%
            name = carried.pointed
    again = _AGAIN.search(measure.name) if carried.kinds and ("速度" in name or "数字" in name) else None
    if again and carried.unit in PERCENT:
        return _taken_up_again(carried, measure, again["what"])
    if measure.slot.quantity.ordinal and carried.names and not carried.begins and _PLACE.fullmatch(name):
        name, measure.kind = carried.last, "rank"  # 出口额达到9亿美元，在全国的位次由第五位上升到第三位
    # 比现有的86个减少27个; 合并后为5个; 增长较快的“一五”时期增长4%
    if len(name) <= _SHORT and (_FORMER.fullmatch(name) or _MERELY_FAST.match(name)):
        name = ""
    if carried.part and carried.whole and _SAME_SHARE.match(name):  # 这个比例提高到36%
        name = f"{carried.part}占{carried.whole}的比重"
        measure.kind = "share" if measure.kind == "level" else measure.kind
    return name


def _taken_up_again(carried: Carried, measure: Measure, what: str) -> str:
    """Return what 这个速度 or 这个数字 stands for, "" where the figure before is none of its kind."""
    grew = carried.kinds[-1] == "growth_rate"
    if what.endswith("速度") and not grew:
        return ""
    if measure.slot.quantity.unit == "百分点":
        return carried.last + ("增速" if grew and not carried.last.endswith("增速") else "")
    if measure.kind == "level" and measure.slot.quantity.unit in PERCENT:
        measure.kind, measure.direction = carried.kinds[-1], carried.direction
    return carried.last


def _filled_in(carried: Carried, measure: Measure, name: str, scope: Scope) -> str:
    """Return the name of a measure whose clause leaves it out, "" if nothing before gives one."""
    slot = measure.slot
    if slot.quantity.unit == "番" and carried.begins and slot.link == "start" and not measure.basis:
        return ""  # 翻两番不光是数量上的事: it is what is spoken of, not said
    about = topic(slot.clause_before)
    about = about if ending("head", about) else ""
    gained = benefit(slot) if slot.right.startswith("受益") else ""  # 加大资助力度，400万人次受益
    each = measure.kind == "rank" and slot.link == "," and not carried.begins and re.search("[均都]", slot.left)
    row = "、".join(carried.row) if each else ""  # 造林8万亩、种草9万亩，均居全国首位
    of = gained or row or named_before(carried, measure, about)
    if measure.kind == "share" and carried.kinds[-1:] == ["gap"]:  # 增长8%，高于全国2个百分点，占全省的三成
        of = of.removesuffix("增速")
    if measure.aim and not of and measure.kind == "growth_rate":  # 确定5%左右的增长目标
        of = "国内生产总值" if scope.own == "中国" else "地区生产总值"
    if not of:
        return ""
    if slot.right.startswith("受益") and not gained:
        of += "受益"
    if _IN_ALL.search(slot.left):  # 新增百亿县26个，累计达到46个: those 46 were not all added now
        of = ADDED.sub("", of, count=1)
    if measure.rule == "share.verb":
        listed = carried.header.whole if carried.header and carried.listed else ""
        name, of = "", share_of(of, listed or whole_of(carried, measure) or carried.whole)
    same_unit = slot.quantity.unit == carried.unit
    some = same_unit and slot.left.endswith(("有", "其中")) and _BECAME.fullmatch(slot.right)
    some = some or (same_unit and slot.left == "其中" and _SOME_ARE.fullmatch(slot.right))
    if some and not carried.begins:  # 项目九百个，有三百个投产
        of = f"{_ALREADY_SO.sub('', slot.right)}的{_told_thing(carried)}"
    by_head = _PER_HEAD.search(slot.left) and not _PER_HEAD.search(of)
    if by_head and (measure.kind == "level" or (measure.kind == "change_amount" and "每人" in slot.left)):
        of = "人均" + of.removesuffix("总额")  # 耕地十六亿亩，每人平均三亩
    rate = ending("change_head", of)
    if rate and rate.start() > 1 and measure.kind == "level" and slot.quantity.unit in PERCENT and not name:
        of = of[: rate.start()].removesuffix("的")  # 增长速度，1981年计划为4%
        measure.kind, measure.direction = "growth_rate", "up"
    if measure.part and of.endswith("比重"):  # 六成学校纳入集团，七成就读…
        of = ""
    name = rate_of(carried, priced(of) if measure.reading.verb.endswith(REPRICED) else of, measure) + name
    name += output(carried, measure, name)
    measure.region = carried.region or scope.own
    if carried.kinds and of == carried.last and outdoes(carried, measure):
        measure.kind, measure.direction = "growth_rate", carried.direction
        compare_as_before(carried, measure)
        measure.since = carried.since
    return name


#: 消费品生产增长9%，| 它 | 在总产值中的比重…
_IT = Regex("^(?:它们?|其)(?=在)")
_FORMER_LATTER = ("前者", "后者")


def _of_two(carried: Carried, measure: Measure, name: str) -> str:
    """Return what 前者 or 后者 stands for, of the last two names; how fast they grew is compared as rates."""
    first, second = carried.told[-2:]
    grew = carried.kinds[-1] == "growth_rate" and measure.kind == "gap"
    name, other = (first, second) if name == "前者" else (second, first)
    rate = "增速" if grew else ""
    if measure.basis in _FORMER_LATTER:
        measure.basis = other + rate
    return name + rate


def _told_thing(carried: Carried) -> str:
    """Return what was counted before, without what was done to it (取得科技成果 → 科技成果)."""
    return _GOT.sub("", undone((carried.counted or carried.last).rpartition("的")[2]))


def _stated(carried: Carried, measure: Measure, name: str, scope: Scope) -> str:
    """Return the name that a clause states, with what the clauses before give to it and without the region; or ""."""
    slot = measure.slot
    whom = _WHOM.match(name) if slot.link == "joined" and slot.left.startswith(name[:2]) else None
    if whom and pattern("doing").match(name, whom.end()):  # 为9个省份 | 保供煤炭 | 3亿吨
        name = name[whom.end() :]
    part_of = _SPENT_ON_ALL.match(carried.last) if name.startswith("用于") else None
    if part_of and slot.left.startswith("其中") and slot.quantity.unit == carried.unit:
        name = f"{part_of['payer']}{name}{part_of['head']}"
    elif name.startswith("用于") and slot.left == "其中" and slot.quantity.unit == carried.unit:
        given = undone(carried.last)  # 发行国债1万亿元，其中3000亿元用于技改
        name = given + name if given != carried.last else name
    if slot.link in (",", "、") and "贡献" in slot.left and _CONTRIBUTES.match(slot.left.lstrip("，")):
        of = topic(slot.clause_before) or next(iter(carried.told[-1:]), "")
        of = "" if "生产总值" in of else of  # 国内生产总值增长6%，对邻国经济增长贡献率超过三成
        name = of.partition("占")[0] + "对" + name.removeprefix("对")  # 工业增长8%、对经济增长贡献率达70%
    if name != "基本建设" and name.startswith(_ALREADY_FIRST) and wholly("doing_all", name[2:]):  # 基本建成500套
        name = name[2:]
    if _DONE_AGAIN.fullmatch(name):  # 去年建成住房8万套。今年再建5万套
        name = done_before(carried, slot, name[1:]) or name
    does = name not in TRADE and wholly("doing_all", name) and not name.endswith(WITH_OBJECT)
    if does:  # 关停小火电机组…，今年要关停1000万千瓦
        name = done_before(carried, slot, name) or named_as(slot, name) or name + scope.object_before(slot, name)
        of = undone(clean(slot.clause_before)) if name == clean(measure.name) else ""
        if _AN_OBJECT.fullmatch(of) and of != clean(slot.clause_before):  # 清理行政收费，取消90项
            name += of
    said = "" if carried.begins else carried.last
    name = given_for(scope.doc.view, slot, completed(carried, measure, one_of(carried, measure, name)), said)
    if (
        measure.rule == "noun.behind"
        and slot.quantity.unit == carried.unit
        and not carried.begins
        and (_BECAME.fullmatch(name) or (carried.part_told and not slot.left and _SOME_ARE.fullmatch(name)))
    ):
        name = f"{name}的{_told_thing(carried)}"  # 项目九百个，有三百个施工
    region, name = scope.region(slot, name, row=measure.rule == "distributed")
    name = _WILL_FIRST.sub("", name) if region else name  # 河东 | 将 | 开荒
    if not region and measure.reading.subject:
        region = scope.region(slot, clean(measure.reading.subject))[0]
    if region and not name:  # 全国有8400万人受益; 柳州保持第一
        counted = "" if measure.rule == "from_to" else clean(slot.right)[:6]
        name = counted or named_before(carried, measure, "")
    measure.region = region or (carried.region if slot.link == "、" else None) or scope.own
    name = made(measure, announced(carried, measure, name))
    return _for_each(measure, name + output(carried, measure, name))


def _for_each(measure: Measure, name: str) -> str:
    """Say in a name that its value is one by head, where only the words behind it do (职工住宅平均每人三平方米)."""
    words_behind = measure.reading.tail
    if "每人" not in words_behind or measure.kind == "share" or measure.rule == "noun.behind":
        return name
    if not _PER_HEAD.search(words_behind) or _PER_HEAD.search(name):
        return name
    area = "面积" if measure.slot.quantity.unit in _AREAS and not name.endswith("面积") else ""
    return f"人均{name}{area}"


_AREAS = ("平方米", "平方公尺", "平方尺")


def _of_kind(carried: Carried, measure: Measure, name: str) -> str:
    """Settle the kind of a percentage by what its name ends with, and return the name as that kind has it."""
    percent = measure.slot.quantity.unit in PERCENT
    if measure.kind == "level" and percent:
        measure.kind = "share" if pattern("share_head").search(name) else "level"
    fast = ending("change_head", aimless(name)) if measure.kind == "level" else None
    if fast and fast.start() >= 2 and percent:  # 物价涨幅有所回落，控制在3%
        measure.kind, measure.direction = "growth_rate", "down" if re.search("[降减]", fast["head"]) else "up"
        name = aimless(name)
    if measure.kind == "growth_rate":  # 增长速度计划为3%，年均递增5%: the rate has no rate
        head = ending("change_head", name)
        name = name[: head.start()].removesuffix("的") if head and head.start() >= 2 else name
    return note_share(carried, name) if measure.kind == "share" else name


#: 用于修渠的部分占投资的比重.
_PART_OF = Regex("用于[^，；占]{2,}占[^，；]{2,}(?:比重|比例|份额)$")
_AMONG = Regex("(?:^|[当之]|..)中$")
_AN_ASIDE = Regex("（(?:已|均|不|未)?(?:扣除|剔除|包括|包含|含|其中|加上|折合|约合|相当于)")


def _leave(carried: Carried, measure: Measure, name: str) -> None:
    """Leave the name of `measure` and what belongs to it for the next."""
    measure.name = name
    if measure.slot.left.startswith("（") and _AN_ASIDE.match(measure.slot.left) and carried.names:
        return  # 总收入212亿元（已扣除退税6亿元），比上年增加…: it goes on about the income
    carried.direction, carried.unit, carried.region = measure.direction, measure.slot.quantity.unit, measure.region
    note_head(carried, name)
    carried.row = [*(carried.row if measure.slot.link == "、" and measure.kind == "level" else ()), name]
    carried.names.append(name)
    goes_on = carried.part_told and measure.slot.link in ("、", ",")
    carried.added = measure.slot.left.startswith(("加上", "连同", "再加上", "加之"))
    carried.part_told = measure.slot.left.startswith("其中") or goes_on or carried.among
    carried.among = _AMONG.search(measure.slot.right) is not None
    if not carried.part_told:
        carried.counted = name
    note_amount(carried, measure, name)
    carried.kinds.append(carried.kinds[-1] if measure.kind == "rank" and carried.kinds else measure.kind)
