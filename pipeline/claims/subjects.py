"""What a clause that states no quantity leaves for the quantity behind it: its subject, its comparison, its whole."""

import re
from functools import lru_cache

from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import TIME, any_of
from pipeline.claims.naming import clean, object_of, topic
from pipeline.claims.wordings import ending, pattern
from pipeline.regex import Regex
from pipeline.verbs import changing

#: 1992年同1987年相比，; 一九五四年比一九五二年，: what the changes of the sentence are compared with.
_FRAME = Regex(
    rf"(?:(?:比|较){TIME}|(?:同|与|和|跟)[^，；]{{0,12}}?{TIME}[^，；]{{0,6}}?(?:相比|比较|对比)(?:起来|之下)?|对比{TIME})(?=，|$)"
)
#: 一九五四年比一九五二年医院病床增长34%: the comparison leads the clause.
_LEADING_FRAME = Regex(
    rf"^(?:{TIME}|其中|也|又|，)*(?P<words>(?:比|较){TIME}(?!的)|(?:同|与|和){TIME}(?:相比|比较))(?=..)"
)
_DENIED = Regex("(?:不但|不仅|并|却|反而)?没有?$")
_STILL = Regex("(?<=..)(?:仍然?|连年|逐年|继续|又|也|都|均|过|太|偏|较|比较|更)+$")
_DATED = Regex(rf"{TIME}的[^，；的]{{2,14}}")
#: 涨幅比去年有 | 明显回落.
_HAS_CHANGED = Regex(rf"(?:[比较](?:{TIME}|上年|去年|上一年)(?:同期)?)?[也都将还又]?有$")
_PUSHED = Regex("(?:加大|加快|加强|推进)(?P<what>[^，；、]{2,12}?工程)(?:建设)?(?:力度|步伐|进度)?$")
_INDUSTRY = Regex("(?P<industry>[\u4e00-\u9fff]{2,8}工业|[轻重]工业)(?![化品区园总产])")
#: 生产总值 | 增长速度比预计的高一些.
_RATE_COMPARED = Regex("(?<=..)的?(?:增长速度|增速|涨幅|增幅)[比较][^，；]+$")
_LONGEST = 40
#: So near the end of a clause stands the verb that it ends with.
_AT_ITS_END = 14
#: A noun phrase by its end: 猪肉、羊肉等副食品; 五年内施工的建设项目.
_PHRASE = Regex("^(?>有着|[^了是着过])*(?:的[^，；的]{2,10})(?<![上下中时后前来内间以])$")
_LIST = Regex("^[^了是着过]*、[^了是着过]*等[^，；的]{2,10}$")
#: 逐步降低农业税税率，每年降低1个百分点; 扩大草场面积，由3000万亩增加到…: it is the rate, the area that changes.
_TO_BE_CHANGED = Regex(
    "^(?:[0-9一二两三四五六七八九十]{1,2}次|连续第?[0-9一二三四五六七八九十]{1,3}年|第[0-9一二三四五六七八九十]{1,3}年|逐步|逐年|适当|继续|进一步|较?大?幅度?地?)*"
    + changing()
    + "(?=..)(?!.*(?:前提|基础|条件|同时))"
)
#: A clause that says why or how is no name.
_BY_WAY = Regex("由于|因为|为了|随着|经过|通过|根据|按照|但由于")
_VERBS = Regex("出现|取得|得到|实现|达到|根据|按照|由于|为了|通过|经过")
_CHANGES = Regex(
    f"(?:近年来|首次|再次)*出现(?:双|了)*{changing()}$"
    "|(?:屡|再|又|连)?创(?:下|造)?了?(?:历史)?(?:新高|最高水平|最高纪录|新纪录)$"
    "|(?:也|都|均|又|却|则)?(?:有了?|取得|得到|发生|出现)了?"
    "(?:很|较|更|极|相当|比较|显著|迅速|进一步|巨|重)?[大多快]?(?:幅度)?的?(?:地)?"
    f"(?:{changing()}|发展|进步|变化)$"
    "|进行了?(?:[较很大]|大?幅度|较大|进一步|的|初步)*(?:精简|调整|裁减|合并|整合|压缩)$"
)
#: What a clause says of how a thing went, that comes to a figure behind it (发展得很快, 没有完成计划, 取得很大成绩).
_JUDGED = Regex(
    "(?:的?(?:增产|执行|完成|进行|进展|供应|经营|供求|工作)?(?:情况|形势|状况|成绩|成效|效果|问题))?"
    "(?:[也都还仍又更则却均]|连年|年年|再次|大幅度?|一直|总的说来|总的来说|基本上?|仍然|虽然?|尽管|普遍|大体上?|大体)*"
    "(?:(?:发展|增长|增加|提高|完成|进行|办|搞|执行|恢复|进展|扩大|减少|上升|下降|变化|开展|改善|推广|增产|开办|组织)?得?"
    "(?:很|较|比较|相当|非常|十分|更加?|最|不够?|还|特别|极|极为|不很|不太|太|过)+"
    "(?:快|慢|好|坏|多|少|大|小|高|低|顺利|正常|稳定|显著|明显|迅速|理想|差|充分|紧张|困难|落后|薄弱|充足|普遍|突出|巨大|严重|平衡|合理|宽裕)(?:些|一些)?的?"
    "|(?:没有?|未能?|没能)(?:全部|全面|很好地)?(?:完成|达到|实现)(?:国家|预定|原定|年度|规定|五年|全年|原来)*的?(?:[^，；]{0,4})(?:计划|任务|指标|要求|目标)"
    "|(?:提前|胜利|超额|全面|全部|基本|较好地)*完成了?[^，；的]{0,6}(?:计划|任务|指标)"
    "|(?:取得|获得|得到|有)了?(?:很|较|更|极|相当|比较|巨|重|显著|一定)?[大多好新]?的?(?:成绩|成就|进展|成果|成效|发展|进步|改善|提高|增长|增加|变化|扩大|恢复|加强|减少|降低|下降)"
    "|首次过半|已经?过半|歉收|减收|丰收|增产|减产|有余|不足|畅销|兴旺|活跃|繁荣|紧张|显著|迅速发展|稳步发展|蓬勃发展|逐年(?:增加|减少|提高|下降|扩大|发展)|不断(?:增加|减少|提高|下降|扩大|发展)|有增无减)$"
)
#: 铁路运输 | 任务完成得很好.
_TASK_ITSELF = Regex("(?<=..)(?:任务|情况|进展|建设进展)?(?:还?没有?|未能?)?$")
#: 乡镇企业 | 异军突起: whom a set phrase of four characters is said of.
_OPENS = Regex(
    "^，?(?P<who>[^，；、“”]{2,10}?(?:企业|工业|农业|商业|渔业|林业|牧业|副业|手工业|公司|银行|合作社|公社|供销社|农场|林场|学校|医院|铁路|港口|事业|产业|部门))[^，；、“”的]{4}$"
)
_LAST_JUDGED = frozenset(
    "快慢好坏多少大小高低利常定著显速想差分张难后弱足遍出重衡理裕些一的划务标求绩就展果效步善长加化复强降收产余销旺跃荣减半"
)
#: What is judged as done or as told of, not by its name (我们的工作, 这方面).
_NOT_TOLD = Regex(
    "^(?:我们|各级|这|那|它|他|有些|有的|许多|大家|人民|群众|问题|工作|成绩|情况|形势|任务|条件|方向|经验|作用|影响)|(?:生活|面貌|情绪|觉悟|思想|热情|积极性|作风|经济|力量|干劲|成绩)$"
)
#: 国家财政出现较大的赤字.
_APPEARS = Regex(
    "^(?P<where>[^，；]{2,12}?)(?:出现|发生|产生|存在)了?(?:较大|很大|巨大|大量|严重)?的?(?P<what>赤字|亏损|逆差|顺差|结余|亏空)$"
)
#: 财政收入增加最多的是…
_MOST = Regex("^(?P<what>[^，；]{2,14}?)" + changing() + "最[多快大高]的")
_WHOLE = Regex(
    "在(?P<whole>[^，；在]{2,20}?)(?:当)?中(?:，|所占|占|的|$)|(?:^|[，；])(?P<among>[^，；在]{0,12}(?:总额|总值|总数|总量|收入|支出|产值|投资|人口|面积|商品|产品|物资))当?中(?:，|$)|占(?P<owned>[^，；占]{2,20}?)的?(?:比重|比例|份额)"
)
_PART = Regex("^(?P<part>.{2,}?)的?(?:在[^，；在]{2,20}?中的?(?:所占)?的?|占[^，；占]{2,20}?的?)(?:比重|比例|份额)$")
#: 消费资料的产值所占的比重: of what whole was said before.
_OWED = Regex("^(?!.*在.{2,20}中)(?P<part>[^占]{2,}?)的?(?:所?占的?|的)(?:比重|比例|份额)$")
#: 国民收入中积累所占的比重.
_WHOLE_FIRST = Regex(
    "^(?P<whole>[^，；在占]{0,8}(?:总额|总数|总量|收入|支出|产值|投资|人口|面积))[当之]?中，?(?P<part>[^，；在占]{2,12}?)的?所?占?的?(?=比重$|比例$|份额$)"
)
_BRACKETS = Regex("（[^（）]*）")
_FIELD = Regex("[^，；的]{0,14}(?:工业|农业|林业|畜牧业|渔业|业|建设|事业|生产|贸易|运输|交通|邮电)")
_CAPACITY = Regex("新增加?的?[^，；有]{0,6}能力(?:[^。；]{0,14}?有(?:：|$|[^，；的]{1,8}$)|[，：])")
#: 中央财政安排资金, 中央财政拿出: who gives money, and not yet what for.
_GIVES = Regex(
    "^(?P<payer>(?:[^，；、]{0,12}?(?:财政|政府|国家|中央|地方|国务院|基金[^，；、]{0,4}?))?)(?P<verb>(?:累计|预算|共|再)*"
    + any_of("pays")
    + ")(?P<what>(?:财政|专项|补助|补贴|国债|债券)?(?:资金)?)$"
)
_SPENDS = Regex("(?P<payer>(?:中央|地方|国家|全国|各级|省级?|市级?)*财政)(?P<noun>支出|投入)")
_RAISED = Regex(
    "(?:增加|加大|提高)(?:对(?P<use>[^，；]{2,20}?)的?(?:资金)?(?:投入|支持|补助|支持力度)|(?:全国|各级|财政|政府)*(?P<of>[^，；的对]{2,16}?)(?:支出|投入))$"
)
_RATES = ("比例", "标准", "价格", "收购价", "运价", "电价", "水价", "税率", "费率", "利率", "起征点", "限额", "额度")
_CHANGED = ("提高", "上调", "下调", "降低", "调整")
_RAISED_RATE = Regex(
    "^[^，；]{0,6}?(?:提高|降低|上调|下调|调整)了?(?P<what>[^，；、]{2,18}?(?:比例|标准|价格|收购价|[运电水]价|税率|费率|利率|起征点|限额|额度))(?:水平)?$"
)
#: 粮食收购价 | 又连续提高
_RATE_RAISED = Regex(
    "^[^，；]{0,6}?(?P<what>[^，；、]{2,14}?(?:比例|标准|收购价格?|税率|费率|利率|起征点|限额|额度))(?:又|再|也|都|均|再次|两次|连续[^，；]{0,4}次?|逐年|多次|继续|进一步|适当|大幅度?地?|普遍)*(?:提高|上调|下调|降低|调整)$"
)
_STRESSED = Regex("(?:重点|方向|内容|领域)[是为](?P<what>[^，；]{2,20})$")
_SET_UP = Regex(
    "^(?:进一步|全面)?(?:建立健全|建立|健全|完善|实施|推行|设立)了?(?P<what>[^，；]{2,30}?)(?:制度|政策|工作|建设)?$"
)
_FIELD_DONE = Regex("^.*(?:经济|财政|收入|政策|增长|形势|物价|社会|改革)$")
_FOR = Regex(
    "(?:，(?:比|其中)[^，；。]{2,24})?，?(?:以(?=[支保促])|重点|主要|专门|专项|直接|全部|予以)*(?P<how>用于|支持|补贴|补助|扶持|资助|投向|解决|(?<=以)(?:保证|保障|促进))(?P<what>[^，；。：]{2,30}?)(?=等?(?:方面|领域)?的?[，；。：]|的顺利|$)"
)
#: 安排财政资金7亿元 | 加快项目落地; 投入20亿元 | ，对卫生院进行改造.
_DOES_WITH_IT = Regex(
    "，?(?:(?P<how>加快|推动|推进|促进|改造|修缮|(?:实施|开展|基本建成|建成)了?(?P<mere>))(?:覆盖[^，；。的]{2,12}的)?(?P<what>[^，；。：、0-9]{4,24}?)"
    "|对(?P<whom>[^，；。0-9]{2,24}?)(?:分期|逐步|全面)*进行(?P<deed>[改修升补扶整][\u4e00-\u9fff]))(?=[，；。]|$)"
)
_IN_ORDER_TO = Regex("^，?为了?(?P<what>[^，；]{4,20})$")
_ATTAINED = Regex("(?P<what>[^，；]{2,12}?)(?:全面|基本|已|率先|均|都)*实现了?(?P<how>[^，；了]{2,10})$")
_COUNT = Regex("[0-9][0-9.]*多?[万亿]*多?[\u4e00-\u9fff]次?(?:以上|以下|左右)?的?")
_SCHOOL = Regex("(?:^|[，、；和])(?P<school>[^，、；]{0,10}?(?:学校|院校|大学|中学|小学|中专|技校))")


def frame(slot: Slot) -> str:
    """Return the coded words of the comparison that leads up to the clause of `slot`, "" where there is none."""
    if not slot.times:
        return ""
    found = _FRAME.search(slot.passed)
    if found:
        return found.group()
    leading = _LEADING_FRAME.match(slot.left)
    return leading["words"] if leading else ""


#: 油料在连年增产的基础上，又增长8%.
_CIRCUMSTANCE = Regex("(?P<what>[^，；在的]{2,12})在[^，；]{2,24}(?:基础上|情况下|条件下)")


#: 油料、棉花由于…，分别减产…: the cause stands between them and what became of them.
_FOR_SOME_REASON = Regex(
    "(?P<what>[^，；在的由因虽]{2,20}?)(?:在(?=[^，；]{2,16}(?:之后|以后|情况下|条件下)$)|由于|因为|因(?!此|素|子|果)|虽然?|尽管)[^，；]{2,}"
)


#: 由于现代工业 | 发展较快，它的 | 产值…
_ITS = Regex("(?:它们?|其)的")
_GREW = Regex(
    "(?:由于|因为|随着|自从)?(?P<who>[^，；的在由]{2,12}?)(?:的[^，；的]{0,8})?(?:恢复|发展|增长|扩大|提高|建立|建成|成立|改造|进步|增加)"
)


def its(clause: str, before: str) -> str:
    """Return whose value a clause tells that says 它的, by the clause `before` it, "" where that doesn't say."""
    grew = _GREW.match(before.strip("，")) if _ITS.match(clause) else None
    return grew["who"] if grew else ""


def subject(slot: Slot) -> str:
    """Return the statistical name that the clause before consists of, "" if it is none."""
    clause = slot.clause_before.strip("，")
    under = _CIRCUMSTANCE.fullmatch(clause) or _FOR_SOME_REASON.fullmatch(clause)
    if under and not pattern("doing").match(under["what"]):
        return clean(under["what"])
    name = raised(slot.clause_before) or _TO_BE_CHANGED.sub("", clean(slot.clause_before))
    name = re.sub("(?<=金|资|贴|助)水平$", "", name)  # 提高养老金水平，年均增长5%
    name = _RATE_COMPARED.sub("", name)
    if clause.startswith("它"):
        name = its(clause, slot.passed.strip("，").rpartition("，")[0].rpartition("，")[2]) + name
    return name if 3 <= len(name) <= _LONGEST and ending("head", name) else ""


def raised(clause: str) -> str:
    """Return the rate or price that a clause says to be changed (进一步提高粮食收购价 → 粮食收购价), "" if none."""
    said = clause.strip("，")
    if said.endswith(_CHANGED):
        found = _RATE_RAISED.match(said)
    else:
        found = _RAISED_RATE.match(said) if said.removesuffix("水平").endswith(_RATES) else None
    return found["what"] if found else ""


def told_of(slot: Slot) -> str:
    """Return what the clause before is about, or the one before it where that only says how a side of it went.

    建立种粮补贴制度，标准逐年提高，补贴资金…: it is the subsidy that the money is for.
    """
    if not _A_SIDE.fullmatch(slot.clause_before.strip("，")):
        about = topic(slot.clause_before)
        if about:
            return _TASK_ITSELF.sub("", about)
        opens = _OPENS.match(slot.clause_before) if "的" not in slot.clause_before else None
        return judged(slot.clause_before) or (clean(opens["who"]) if opens else "")
    for clause in reversed(slot.passed.rstrip("，").split("，")):
        if not clause or _A_SIDE.fullmatch(clause):
            continue
        set_up = _SET_UP.match(clean(clause))
        found = re.split("(?:制度|政策|体系|机制)[和与]", set_up["what"])[0] if set_up else topic(clause)
        return found or topic(slot.clause_before)
    return topic(slot.clause_before)


#: A clause that says of one side of a thing how it went (补贴标准逐年提高, 覆盖范围不断扩大).
_A_SIDE = Regex(
    "(?:[^，；]{0,4}(?:标准|范围|覆盖面|水平|质量|规模|力度|能力|效益|结构|水质|环境))"
    "(?:不断|逐年|逐步|持续|稳步|明显|显著|进一步|大幅|全面|有效|较快|快速|有序)*(?:提高|扩大|提升|增强|改善|优化|拓展|增加|加大|降低|下降|好转)"
)


def said_before(slot: Slot) -> str:
    """Return the thing that the clause before sets up or puts first (建立救助制度, 重点是能源建设), "" if none."""
    stress = _STRESSED.search(slot.clause_before)
    set_up = None if stress else _SET_UP.match(clean(slot.clause_before))
    return clean(stress["what"]) if stress else set_up["what"] if set_up else ""


def phrase(slot: Slot, first: bool) -> str:
    """Return the noun phrase that the clause before consists of, "" if it is none.

    `first`: nothing in the sentence was named yet, so that a phrase that is no list may be one.
    """
    name = clean(slot.clause_before)
    if len(name) > _LONGEST or _VERBS.search(slot.clause_before) or _BY_WAY.match(slot.clause_before.lstrip("，")):
        return ""
    if _FRAME.search(slot.clause_before):
        return ""
    return name if _LIST.match(name) or (first and _PHRASE.match(name)) else ""


def industry(slot: Slot) -> str:
    """Return the industry that opens the sentence of `slot` (机械工业打开了销路，总产值…), "" if none does."""
    found = _INDUSTRY.match(slot.passed)
    return found["industry"] if found else ""


def unbracketed(words: str) -> str:
    """Return `words` without what stands in brackets."""
    return _BRACKETS.sub("", words) if "（" in words else words


def part_before(slot: Slot) -> str:
    """Return what stands before 在…中的比重 as a clause of its own (入社的农户，在农户总数中的比重，…)."""
    passed = unbracketed(slot.passed)
    clauses = [clause for clause in passed.split("，") if clause and not _WHOLE.search(clause)]
    name = clean(clauses[-1]) if clauses else ""
    return name if 2 <= len(name) <= _LONGEST and not _VERBS.search(clauses[-1]) else ""


def ahead(slot: Slot) -> str:
    """Return what the clause that opens the sentence of `slot` is about, "" where it is no name by itself."""
    opening = slot.passed.partition("，")[0]
    name = clean(opening)
    dated = _DATED.fullmatch(opening)
    if len(name) > _LONGEST or re.search("[了是着过为]", name):
        return ""
    return name if dated or ending("head", name) else ""


def grown(clause: str) -> str:
    """Return what a clause without a quantity says to have changed (预算外资金也大幅度增加 → 预算外资金)."""
    clause = clause.strip("，")
    appears = _APPEARS.match(clean(clause))
    if appears:
        return appears["where"] + appears["what"]
    most = _MOST.match(clean(clause))
    if most:
        return most["what"]
    changes = _CHANGES.search(clause, max(0, len(clause) - _LONGEST))
    if not changes:
        how = judged(clause)
        if how or not pattern("changing").search(clause, max(0, len(clause) - _AT_ITS_END)):
            return how
        changes = ending("tail", clause)
        if not changes or not pattern("changing").fullmatch(changes["verb"] or ""):
            return ""
    name = _STILL.sub("", clean(_HAS_CHANGED.sub("", _DENIED.sub("", clause[: changes.start()]))))
    return name if 2 <= len(name) <= 20 and "，" not in name else ""


@lru_cache(maxsize=4096)
def judged(clause: str) -> str:
    """Return what a clause says to have gone well or badly (手工业合作化发展很快 → 手工业合作化), "" if none."""
    found = _JUDGED.search(clause, max(0, len(clause) - _LONGEST)) if clause[-1:] in _LAST_JUDGED else None
    if found is None or found.start() < 2:
        return ""
    name = clean(clause[: found.start()]).removesuffix("的")
    return name if 2 <= len(name) <= 20 and "，" not in name and not _NOT_TOLD.search(name) else ""


def attained(clause: str) -> str:
    """Return what a clause says was brought about, with of what (住院费用实现直接结算 → 住院费用直接结算), or ""."""
    found = _ATTAINED.match(clean(clause))
    return found["what"] + found["how"] if found else ""


def whole(words: str) -> str:
    """Return the whole that coded `words` speak of a part of (在工农业总产值中，农业…), "" where they don't."""
    found = _WHOLE.search(unbracketed(words)) if "中" in words or "占" in words else None
    return clean(found["whole"] or found["among"] or found["owned"]) if found else ""


def part(name: str) -> str:
    """Return the part that the name of a share names, "" where it is none."""
    found = _PART.match(name)
    return found["part"] if found else ""


def whole_first(name: str) -> str:
    """Return the name of a share whose whole is named first (国民收入中积累的比重) with its whole behind the part."""
    found = _WHOLE_FIRST.match(name) if "中" in name else None
    return f"{found['part']}占{found['whole']}的{name[found.end() :]}" if found else name


def with_whole(name: str, of: str) -> str:
    """Put the whole into the name of a share that leaves it out (农业所占比重)."""
    owed = _OWED.match(name)
    return f"{owed['part']}占{of}的比重" if owed and of else name


def given_for(view: str, slot: Slot, name: str, said: str) -> str:
    """Return the name of money whose clause only says who gives it (中央财政投入), with what it is given for.

    That stands behind the figure (20亿元，用于…; 20亿元支持…), in the clause before (为…，), or is what the
    sentence `said` last (提高教师待遇，中央财政为此投入20亿元); without any of them the name is returned as it is.
    """
    if slot.quantity.unit not in ("元", "美元"):
        return name
    spends, raises = _SPENDS.fullmatch(name), _RAISED.search(slot.clause_before)
    ahead = _IN_ORDER_TO.match(slot.clause_before)
    if spends:  # 加大对教育的投入，中央财政支出90亿元
        of = raises["use"] or raises["of"] if raises else clean(ahead["what"]) if ahead else ""
        of = of or _FIELD_DONE.sub("", topic(slot.clause_before))
        if len(of) >= 2:
            return spends["payer"] + of + spends["noun"]
    gives = _GIVES.match(name)
    named = gives is not None and gives["what"] not in ("", "资金") and slot.right == gives["what"]
    if gives is None or named:  # 拨出3亿元专项资金
        return name
    end = slot.quantity.end
    end += len(gives["what"]) if gives["what"] and view.startswith(gives["what"], end) else 0
    behind = _FOR.match(view, end)
    deed = _DOES_WITH_IT.match(view, end) if behind is None and (gives["payer"] or gives["what"]) else None
    use = ahead["what"] if ahead else (said if "为此" in slot.left else "")
    if behind:
        how = "" if behind["how"] in ("用于", "投向", "保证", "保障", "促进") else behind["how"]
        use += how + _COUNT.sub("", behind["what"])
    elif deed and not use:  # 省财政投入20亿元，对卫生院进行改造
        use = (
            f"{deed['deed']}{deed['whom']}"
            if deed["whom"]
            else ("" if deed["mere"] is not None else deed["how"]) + deed["what"]
        )
    if not use and raises:
        use = raises["use"] or raises["of"]
    if not use:
        use = object_of(slot.clause_before) or topic(slot.clause_before)
        use = use if len(use) >= 4 and not use.endswith("政策") and not ending("head", use) else ""
    if not use:
        return name
    verb = "" if gives["verb"].endswith("出") else gives["verb"]
    return gives["payer"] + verb + use + gives["what"]


def school(words: str) -> str:
    """Return the last kind of school that `words` name, "" where they name none."""
    found = list(_SCHOOL.finditer(words))
    return found[-1]["school"] if found else ""


def field_of(slot: Slot) -> str:
    """Return the branch that a clause of its own announces (煤炭工业，投资8亿元), "" if none does."""
    found = _FIELD.fullmatch(clean(slot.clause_before))
    return found.group() if found else ""


#: 农业方面，…，总产值…: the branch that a sentence opens with.
_FIELD_OPENED = Regex("[\\s\u3000]*(?:在|其次，|第[一二三]，)?(?P<field>[^，；。的]{2,6}?)(?:生产)?方面，")


def field_opened(slot: Slot) -> str:
    """Return the branch that the sentence of `slot` opens with (农业方面，…), "" if none does."""
    found = _FIELD_OPENED.match(slot.opening) if "方面" in slot.opening else None
    return found["field"] if found else ""


def capacity(slot: Slot) -> str:
    """Return what the items of a list are said to be (新增生产能力有：钢…，电…), "" where no such list begins."""
    found = _CAPACITY.search(slot.passed + slot.left) if "能力" in slot.left or "能力" in slot.passed else None
    return "新增生产能力" if found else ""


def done_with(slot: Slot) -> str:
    """Return the thing that a verb without an object leaves to the clause before (施工的项目，建成的400个)."""
    name = clean(slot.clause_before)
    return name.rsplit("的", 1)[-1] if _PHRASE.match(name) and not _VERBS.search(name) else ""


def pushed(slot: Slot) -> str:
    """Return the works that the clause before promises to go on with (加大安居工程建设力度，…), "" if none."""
    found = _PUSHED.match(clean(slot.clause_before))
    return found["what"] if found else ""
