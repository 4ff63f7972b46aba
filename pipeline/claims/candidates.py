"""Which quantities may be claims: none that is part of a name, a date or a slogan, or a mere attribute."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from pipeline.claims.lexicon import any_of
from pipeline.claims.wordings import RELATIVE, pattern
from pipeline.document import Document, Quantity
from pipeline.regex import Regex
from pipeline.units import dimension
from pipeline.verbs import changing, leading

#: Measure words by which a small number written in characters often only numbers (两个方面, 五项原则).
_NUMBERING = (
    *(None, "个", "项", "条", "种", "类", "方面", "点", "股", "块", "句"),
    *("次", "大", "位", "步", "人", "轮", "批", "者", "件", "股"),
)
#: Of these a small number never counts what a statistician would (两种倾向, 三类企业, 两股歪风).
_SORTS = ("种", "类", "点", "步", "股", "块", "句")
_CHANGED_TO = Regex(f"(?:[由从为到至加]|{changing()})了?$")
#: 几十种, 数百万人, 百分之几十: how many nobody can say.
_NOBODY_KNOWS = Regex("(?<![十百千万0-9])[几数][十百千万亿]|百分之[几数]")
#: 第一、二轮督查.
_NUMBERED = ("批", "轮", "次", "期", "届")
_ORDINALS = Regex("第[一二三四五六七八九十]{1,3}[、和]$")
#: 以十倍的努力、百倍的信心.
_AS_MUCH_AS_CAN_BE = Regex("几?[十百千万]倍")
#: Units of a duration or an age, which describe what they stand before (24小时值守, 0—6岁儿童).
#: 销售收入超10亿元的企业达100家: the ten are an attribute.
_DESCRIBED = Regex(
    r"的[^，；。、]{2,14}?(?:(?:达到?|有|为|超过|突破|增至|增加到|新增)[0-9一二三四五六七八九十近超约]"
    r"|[0-9一二三四五六七八九十百千万]+多?[个家座所处条户台艘项件款只支幢栋宗笔名])"
)
_LENGTH_OF = Regex(
    r"(?:年限|寿命|时间|时长|周期|期限|天数)(?:从|由|为|达到?|缩短|延长|提高到|平均)*$"
    r"|天数[^，；。、]{0,8}(?:稳定|保持|维持)在$"
)
#: One end of a from–to of durations (年限从2020年的9年提升至2025年的10年).
_REACHED_BY_CHANGE = Regex(f"{leading()}(?:目前|现在|(?:[0-9]{{4}}|[去今上])年[末底]?)?的?(?:平均)?$")
_TOLD_EXACTLY = Regex("，(?:为|达到?|是)(?:[0-9.]{1,5}%|百分之)")
_THEN_CHANGED = Regex(f"(?:逐步|大幅|进一步)*{leading()}")
_TASKS = Regex("(?:重点|重大)?(?:民生|惠民|为民|便民|利民)(?:实事|大事)|实事")
_IN_A_ROW = Regex("连[增丰冠涨升降跌胜贯优快]|行(?=人才|行|都|里)")
_BRAND = Regex("“[\u4e00-\u9fffA-Za-z]{2,6}$")
_TAKEN_TOGETHER = Regex("(?:资金|支出|收入|投资|经费)?(?:合计|共计|总计|相加|加起来|加在一起)")
_MOST_OF_ALL = Regex("(?:最[高大长深厚宽快小重]|首[台套座条艘款](?:量产级|商用)?)的?$")
_PLACES_OF_SIZE = Regex("的?(?:人口的?(?:大?县|[乡城]?镇|城市|村)|自然村|村庄|村寨|小区|班级|班额)")
#: 首位 | 产业: the foremost of its kind, ranked among nothing.
_FOREMOST = Regex("产业|企业|城市|品牌|工程|度")
#: 15个 | 百亿元 | 、60个…项目: of what size those are that are counted.
_BARE_SIZE = Regex("[十百千万]?[十百千万亿]亿?(?:元|美元|吨|亩|千瓦)")
#: 产业集群达到 | 万亿元 | 规模.
_OF_THIS_SIZE = Regex("级?(?:的?规模|台阶|大关)?(?=[，。；、]|$)")
_STRUCTURE = Regex("(?:社会|经济|体制)?(?:结构|体制|格局|分割|论|化)")
_THOSE = Regex(
    "的(?:[低困贫]?[\u4e00-\u9fff]{0,3}?)(?:家庭|农户|居民|职工|人群|个人|老人|老年人|纳税人|企业|单位|商户|工商户|学生|人员|群众|项目|机组|用户)"
)
#: 占三个工厂职工总数的四分之一: of what the share is.
_THEIR_SHARE = Regex("[^0-9，；。]{2,20}的(?:[百千]分之|[0-9一二三四五六七八九十]{1,3}分之|[0-9.]{1,6}[%‰]|一半|半数)")
_THOSE_OF = Regex("的(?:共有|有|达到?|为|共)[0-9一二两三四五六七八九十]+[^0-9%]")
_THOSE_WHO = Regex("的(?:农户|人|户|职工|社员|企业|地区|县)?(?:共|只|约|仅)?(?:占|有[0-9一二两三四五六七八九十])")
_HELD = Regex("(?:举办|开办|开展|完成|组织|承办)了?$")
_ANNOUNCES = Regex("(?:是|有|下面|以下|如下|下列)$")
_EXTENT = ("小时", "分钟", "刻钟", "天", "日", "岁", "周岁", "千伏", "伏")
#: A round size that sorts what it stands before (千亩高产片, 万米深井).
_ROUND = Regex("[千百万]?[千百万](?:亩|吨|米|公里|千瓦|头|只|平方米|立方米)")
#: Of what size those are that are counted (总投资超10亿元项目50个, 超千亿元县).
_SORT_OF = Regex(
    "(?:强?县|市|区(?!域)|省份|城市|乡镇|镇|村|项目|企业|产业|行业|产业链|楼宇|商圈|平台|品牌|合作社|园区|集群|龙头企业|工业企业|重大项目)(?![级均内外级])"
)
#: The places whose air is measured together.
_AIR_OF = Regex("(?:设区|地级)?[市县区]?(?:PM_?2|PM10|细颗粒物|空气质量|环境空气|优良天数)")
_FOR_EACH = Regex("每(?![年月日天人户亩斤吨次季期县村个家名周])[\u4e00-\u9fff]{1,2}$")
_ONE_OR_ROUND = frozenset((1, 10, 100, 1000, 10_000))
_NATION = 800_000_000
#: What an ordinal without a unit only numbers (第一产业, 第二季度).
_OF_A_NAME = Regex(
    "产业|方阵|梯队|阵营|批|轮|季度|书记|课堂|责任|资源|动力|生产力|要务|现场|时间|线|步|代|人民|医院|中学|小学|高级"
)
_CHANGES_TIMES = Regex("(?:较?大?幅度?地?|连续|相继)*(?:提高|上调|下调|降低|调高|调低|调整)")
#: Another extent and what both describe (一刻钟、半小时生活圈).
_ALSO_DESCRIBED = Regex("[、和][0-9半一二两三四五六七八九十]{1,3}个?(?:小时|分钟|刻钟|天|日|岁|周岁)[\u4e00-\u9fff]")
_INSIDE = Regex("内(?!部|外|的)")
_MARK_PASSED = Regex("[百千万]?亿?元?级?(?:大关|台阶|关口)")
_ONE_OF = Regex("[^，；。]{2,30}(?<!分)之一")
_NOUN_BEHIND = Regex(r"[（的]?[\u4e00-\u9fff“]")
_TRIED = Regex("(?:整[省市县区])?试点|的?政策")
_AT_LEVEL = Regex(r"的?(?:水平|区间|目标|速度)")
_TWO_DIGITS = Regex("[0-9]{2}")
#: A magnitude and a measure word that begin the name of a programme.
_NAMES_MANY = frozenset(many + of for many in "百千万" for of in ("座", "家", "个", "村", "镇", "县", "名", "场", "企"))
_PROGRAMME = Regex("[^，；。、0-9]{0,8}?(?:城市|之城|之乡|工程|行动|计划)(?!建设者)")
#: Behind the size of works that are named: more of them, and what is done with them all.
_OF_NAMED_WORKS = Regex(
    "(?!的)[^，；。：达为超是0-9]{2,14}(?:、[^，；。：达为超是]{2,24}){0,5}?等[^，；。：、0-9]{0,8}(?:项目|工程)(?:建设|投产|建成|竣工|释放|开工|落地|达产|加快|实施|顺利|正式|全面)"
)
#: A magnitude without a numeral stands for "each" (万人专利拥有量, 百户拥有汽车).
_PER = ("人", "户", "元", "人口", "辆", None)


def candidates(doc: Document) -> list[Quantity]:
    """Return the quantities of `doc` that may be claims, in text order."""
    inside_slogan = _Spans([(doc.to_view(s.start), doc.to_view(s.end)) for s in doc.slogans])
    inside_period = _Spans([(p.start, p.end) for p in doc.periods if p.kind == "plan"])
    inside_months = _Spans([(p.start, p.end) for p in doc.periods if p.rule == "months_listed"])
    found: list[Quantity] = []
    previous: Quantity | None = None
    for i, q in enumerate(doc.quantities):
        measured = q.role == "duration" and _is_measured(doc.view, q)
        ranks = q.ordinal and q.unit in (None, "名", "位", "大") and not _OF_A_NAME.match(doc.view, q.end)
        listed = q.role == "idiom" and _is_listed(doc.view, doc.quantities, i)
        ratio = q.role == "ratio" and q.value is not None and _RATIO_OF.search(doc.view, max(0, q.start - 24), q.start)
        if (q.role in ("quantity", "rank") and not q.ordinal) or ranks or measured or listed or ratio:
            attribute = _is_attribute(doc.view, q) or _describes_what_is_counted(doc.view, previous, q)
            counts = q.ordinal and (_lists(doc.view, q) or inside_period.cover(q.number[0]))
            vague = q.value is None and _NOBODY_KNOWS.search(q.quote) is not None
            if not (attribute or counts or vague or inside_slogan.cover(q.number[0]) or inside_months.cover(q.start)):
                found.append(q)
        previous = q
    return found


def _is_listed(view: str, quantities: Sequence[Quantity], i: int) -> bool:
    """Whether 一座 counts, as one of a list whose items end with their counts (高炉两座，焦炉一座)."""
    q = quantities[i]
    others = [other for other in quantities[max(0, i - 1) : i + 2] if other is not q and other.role == "quantity"]
    ends = q.value == 1 and q.unit is not None and view[q.end : q.end + 1] in ("，", "、", "；", "。")
    return ends and any(
        other.unit is not None
        and dimension(other.unit) == "count"
        and view[other.end : other.end + 1] in ("，", "、", "；", "。")
        and _NEXT_ITEM.fullmatch(view, min(q.end, other.end), max(q.start, other.start)) is not None
        for other in others
    )


#: 城乡居民收入比 | 缩小到 | 2.3:1.
_RATIO_OF = Regex(
    "[\u4e00-\u9fff](?<![相同环对])比(?:例|值)?(?!分)[^，；。:0-9]{0,12}(?:[0-9.]+:1[^，；。:0-9]{1,12})?$"
)

#: What stands between two counts of such a list.
_NEXT_ITEM = Regex("[，、；](?![^，；]*(?:是|其中的))[\u4e00-\u9fff（）]{2,12}")


_TO_SUCH = Regex("(?:向|对|为|从)[^，；。]{2,14}等$")
_TO_THEM = Regex("(?:省[区市]?|市|县|国)(?:外?送|出口|供|调|输|进口|发送)")


def _is_measured(view: str, q: Quantity) -> bool:
    """Whether a duration is what something takes or lasts, not a time in which something is done."""
    back = max(0, q.start - 18)
    return (
        _LENGTH_OF.search(view, back, q.start) is not None
        or _REACHED_BY_CHANGE.search(view, back, q.start) is not None
        or _THEN_CHANGED.match(view, q.end) is not None
    )


class _Spans:
    """Ranges that may overlap, to ask whether one of them covers a place."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._longest = max((end - start for start, end in spans), default=0)

    def cover(self, offset: int) -> bool:
        first = bisect_left(self._starts, offset - self._longest)
        last = bisect_left(self._starts, offset + 1)
        return any(start <= offset < end for start, end in self._spans[first:last])


def _lists(view: str, q: Quantity) -> bool:
    """Whether an ordinal numbers what follows it (第一是…；第二，…), and ranks nothing."""
    at_start = q.start == 0 or view[q.start - 1] in "，；：。！？\n　"
    return at_start and view[q.end : q.end + 1] in ("是", "，", "、", "：")


def _describes_what_is_counted(view: str, previous: Quantity | None, q: Quantity) -> bool:
    """Whether `q` stands between a count and what it counts (3个2×100万千瓦火电项目, not 2万户6万人)."""
    if previous is None or previous.end != q.start or previous.role != "quantity":
        return False
    if view[q.end : q.end + 1] == "、" and _BARE_SIZE.fullmatch(q.quote):  # 15个百亿元、60个20亿元以上项目
        return dimension(previous.unit or "") == "count"
    sorts = previous.unit in ("类", "大类") and dimension(q.unit or "") == "count"  # 9类36件实事: both count them
    if (
        sorts
        or previous.unit in ("户", "批", "批次", "组", "轮", "期")
        or not re.match(r"[\u4e00-\u9fff“]", view[q.end : q.end + 1])
    ):
        return False
    return previous.unit not in (None, *RELATIVE, "百分点")


def _is_attribute(view: str, q: Quantity) -> bool:
    """Whether a quantity only describes what is counted or numbered, and says nothing of its own."""
    behind = view[q.end : q.end + 8]
    if q.unit is not None and q.unit.startswith("年每"):  # 今后五年 | 每年出生
        return True
    if q.rule == "half" and q.comparator != "eq" and _TOLD_EXACTLY.match(behind):  # 首次过半，为50.8%
        return True
    if _THEN_CHANGED.match(view, q.end):
        return False
    if q.unit == "期" and _HELD.search(view, max(0, q.start - 4), q.start) and behind[:1] not in "，；。":
        return False  # 举办40期培训
    if q.unit in ("周年", "级", "期", "车道") or behind.startswith("级"):
        return True
    if behind.startswith(("五年计划", "比一", "一遇", "节气")):  # 三个五年计划; 一个季度比一个季度好; 五十年一遇
        return True
    if (q.unit in ("人", "年") and behind.startswith("制")) or (q.unit == "轮" and behind.startswith("车")):
        return True  # 5人制足球, 三轮车
    counts_a_noun = _NOUN_BEHIND.match(behind) is not None and not pattern("not_noun").match(behind)
    small = q.value is not None and q.value <= 10 and view[q.number[0]] in "一二两三四五六七八九十"
    named_set = small and q.unit in ("项", "个", "大") and view[q.start - 1 : q.start] == "”"
    if named_set and counts_a_noun:  # 落实“同心圆”八项行动
        return True
    if q.value in _ONE_OR_ROUND and counts_a_noun and _FOR_EACH.search(view, max(0, q.start - 4), q.start):
        return True  # 每炼一吨铁, 每生产一万元产值
    if q.unit in (None, "个", "市", "县", "区") and _AIR_OF.match(behind):  # 考核的8市PM2.5浓度
        return True
    if q.unit == "人" and q.value is not None and q.value >= _NATION and behind.startswith("的"):
        return True  # 十四亿人的粮食安全
    if _is_size_of_works(view, q):
        return True
    if q.quote in _NAMES_MANY and _PROGRAMME.match(behind):  # 千座公园城市, 百村示范行动
        return True
    if q.unit in ("%", "‰") and view[q.start - 1 : q.start] == "前":  # 全球前1%的学科
        return True
    if q.value == 1 and behind.startswith(("兑", "合人民币", "折合")):  # 1美元兑8.3元
        return True
    if q.unit == "元" and _STRUCTURE.match(behind) and view[q.number[0]] in "一二三":  # 城乡二元结构
        return True
    if small and q.unit in ("项", "者", "部分", "方面") and _TAKEN_TOGETHER.match(behind):
        return True  # 两项合计
    if (
        behind[:1] in "省市县国"
        and _TO_THEM.match(view, q.end)
        and _TO_SUCH.search(view, max(0, q.start - 16), q.start)
    ):
        return True  # 向甲、乙等5省区送电
    if view[q.start - 1 : q.start] == "占" and _THEIR_SHARE.match(view, q.end):
        return True
    if q.comparator in ("gt", "ge", "lt", "le") and _THOSE_WHO.match(view, q.end):
        return True  # 收入超过三百元的占半成
    if q.unit in ("%", "‰") and _THOSE_OF.match(view, q.end):  # 占比超过3%的有4种
        return True
    if dimension(q.unit or "") == "length" and _INSIDE.match(behind):  # 地铁站50米内换乘
        return True
    if q.unit == "年" and (view[q.start - 1 : q.start] == "个" or behind.startswith("翻")):  # 第七个五年; 3年翻一番
        return True
    if q.unit in ("批", "轮", "次", "步", "期", "批次") and view[q.start - 1 : q.start] == "分":  # 分两批下放
        return True
    if q.unit in _NUMBERED and _ORDINALS.search(view, max(0, q.start - 6), q.start):
        return True
    if q.unit == "次" and _CHANGES_TIMES.match(view, q.end):  # 三次提高退税率
        return True
    if view[q.start - 1 : q.start] == "各" and behind.startswith("的"):  # 年产各30万吨的两套装置
        return True
    if q.unit is None and _TWO_DIGITS.fullmatch(q.quote) and view[q.start - 1 : q.start] in ("“", "‘", "’", "'"):
        return True  # “95中国旅游年”
    if q.unit in ("个", None) and _MARK_PASSED.match(behind):  # 跨过3个万亿元大关
        return q.unit == "个"
    if view.find("之一", q.end, q.end + 32) >= 0 and _ONE_OF.match(view, q.end, q.end + 32):
        return True
    if view[q.number[0]] in "万千百亿" and q.unit in _PER and q.comparator == "eq" and counts_a_noun:
        return view[q.start - 1 : q.start] not in ("破", "超", "过", "达", "近") and not _OF_THIS_SIZE.match(behind)
    if (
        counts_a_noun
        and _ROUND.fullmatch(q.quote)
        and view[q.start - 1 : q.start] not in ("破", "超", "过", "达", "近", "产", "增", "建", "储")
    ):
        return True
    if q.unit in _EXTENT and (counts_a_noun or _ALSO_DESCRIBED.match(behind)):
        return True
    if q.quote == "首位" and view[q.start - 1 : q.start] == "的":  # 放在经济工作的首位
        return True
    if q.unit == "倍" and behind.startswith("的") and view[q.start - 1 : q.start] == "以":  # 以百倍的努力
        return True
    if (
        small
        and q.unit in ("位", "人", "个", "家", "者")
        and view.endswith(("他们", "她们", "我们", "你们", "它们"), 0, q.start)
    ):
        return True  # 他们两位
    if q.unit == "字" and view[q.start - 1 : q.start] == "”":  # “水”“绿”二字
        return True
    if q.unit == "道" and small and behind[:1] and behind[0] in "河江沟村桥街湾坝岭":  # 二道河水库
        return True
    if q.unit == "里" and counts_a_noun:  # 十里铺
        return view[q.number[0]] not in "0123456789"
    if view[q.start - 1 : q.start] in ("“", "‘") and view[q.number[0]] in "一二两三四五六七八九十":
        return True  # “四人帮”, “两个估计”
    if q.unit == "年" and _TRIED.match(behind):  # 承包期再延长30年试点
        return True
    if q.comparator in ("gt", "ge") and dimension(q.unit or "") in ("money", "mass") and _SORT_OF.match(behind):
        return True
    if q.unit in ("个", "大", None) and behind.startswith(("方面", "维度", "层面")):
        return True
    if q.unit is None and _IN_A_ROW.match(behind):  # 耕地面积6连增, 粮食二十连丰
        return True
    if q.unit == "代" and small and counts_a_noun:  # 三代治沙人, 三代核电机组
        return True
    if q.quote == "首位" and _FOREMOST.match(behind):
        return True
    if behind.startswith("”") and _BRAND.search(view, max(0, q.start - 8), q.start):  # “山城800”区域品牌
        return True
    sizes = q.unit is not None and dimension(q.unit) not in ("count", "money") and counts_a_noun
    if sizes and _MOST_OF_ALL.search(view, max(0, q.start - 6), q.start):  # 全球最大16兆瓦风电机组
        return True
    if q.unit in ("户", "人", None) and _PLACES_OF_SIZE.match(behind) and q.quote.endswith(("以上", "以下", "以内")):
        return True  # 20户以上自然村, 20万以上人口县
    if view.startswith("时速", q.start - 2) and counts_a_noun:  # 时速350公里高铁
        return True
    if q.unit == "倍" and _AS_MUCH_AS_CAN_BE.fullmatch(q.quote) and behind.startswith("的"):  # 十倍的努力，百倍的信心
        return True
    ends = behind[:1] == "：" or (q.unit != "个" and behind[:1] in ("。", "，", "；"))
    announced = small and ends and _ANNOUNCES.search(view, max(0, q.start - 6), q.start)
    if announced and q.unit in ("条", "点", "句", "件", "个"):  # 主要是三条：…
        return True
    if small and q.unit in _NUMBERING:
        if view[q.start - 1 : q.start] in ("这", "那", "述", "各", "下") or view.endswith(("其间", "期间"), 0, q.start):
            return True
        if q.unit in _SORTS and not _CHANGED_TO.search(view, max(0, q.start - 8), q.start):
            return True
        if q.unit == "次" and counts_a_noun:  # 两次参加评选
            return True
        tasks = q.unit == "件" and _TASKS.match(behind)  # 办好十件民生实事
        return not tasks and _abstract().match(view, q.end) is not None
    if behind.startswith("的") and _DESCRIBED.match(view, q.end):
        return True
    sized = q.unit not in (*RELATIVE, None) and dimension(q.unit or "") != "count"
    if sized and q.quote.endswith(("以上", "以下", "以内")):
        in_group = view[q.start - 1 : q.start] == "在"  # 收入在三百元以上的大队, 收入12万元以下的家庭
        group = behind.startswith("的") and (in_group or _THOSE.match(behind) is not None)
        acts = pattern("doing").match(behind) is not None  # 筹措5亿元以上实施…
        return ((counts_a_noun and not acts) or group) and not _AT_LEVEL.match(behind) and not _is_done(view, q)
    return False


def _is_size_of_works(view: str, q: Quantity) -> bool:
    """Whether `q` is the size of one of several works that are named (海州二期20万吨铝材、河口1万吨锂盐等项目建设)."""
    if dimension(q.unit or "") not in ("mass", "power", "energy", "length", "volume") and q.unit != "英寸":
        return False
    named = _OF_NAMED_WORKS.match(view, q.end) is not None and view[q.start - 1 : q.start] not in "，；。：\n"
    return named and not pattern("doing_last").search(view[max(0, q.start - 6) : q.start])


def _is_done(view: str, q: Quantity) -> bool:
    """Whether `q` is how much was done (新增30万亩以上高标准农田), and not of what size those are that are counted."""
    rest = _REST_OF_CLAUSE.match(view, q.end)
    noun = rest.group() if rest else ""
    if not noun or noun.startswith("的") or _COUNTED_BY_SIZE.search(noun):
        return False
    return pattern("doing_last").search(view[max(0, q.start - 6) : q.start]) is not None


#: Nothing else is counted behind it.
_REST_OF_CLAUSE = Regex("[^，。；、：0-9一二三四五六七八九十]{2,24}(?=[，。；、])")
_COUNTED_BY_SIZE = Regex(
    "(?:机组|项目|企业|工程|电站|水库|电厂|煤矿|矿井|高炉|锅炉|泊位|船舶|轮船|公司|单位|园区|产品|大户|农户|家庭|用户|商户|建筑|设备|车辆|客车|货车|煤电|火电|小火电)"
)


@cache
def _abstract() -> Regex:
    goes_on = "[的和与及或是为有在均都也已就要将不很被由向从以可能会应并而且等]"
    ends = f"(?!级)(?=[^\u4e00-\u9fff“]|$|{goes_on}|{any_of('not_noun', 'abstract')})"
    alone = f"(?>{any_of('abstract_alone')}+){ends}"
    return Regex(f"[^，。；、]{{0,4}}?(?:{any_of('abstract')}|{alone})")
