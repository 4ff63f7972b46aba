"""Quantities in their clauses: what stands before and behind each, and how they hang together."""

from collections.abc import Sequence
from functools import cache

import msgspec

from pipeline.claims.lexicon import TIME, any_of
from pipeline.document import Period, Quantity
from pipeline.regex import Regex
from pipeline.verbs import changing, leading

_HARD = Regex("，|；|：|。|！|？|——")
_SEPARATOR = Regex(r"、|，$|以及|和|及|与|并(?!网)")
_ONE_NOUN = Regex(
    "(?<=国家)(?:以及|[和及与])(?=地区)|(?<=全部)或者?(?=部分|大部)|(?<=部分)或者?(?=全部)|(?<=完成)(?:或者?|和)(?=超额|接近|基本)|(?<=达到)或者?(?=超过|接近)"
)
_LINK = Regex(r"[、和及与或]|以及|并且?")
_NAME_AHEAD = Regex(
    r"(?:累计)?(?:占比|完成投资|总投资|投资|总产值|产值|实现产值|实现利润|营业收入|地区生产总值|生产总值|财政收入|一般公共预算收入|总装机|带动就业|带动|惠及|"
    + leading()
    + ")(?:达|达到|超|为|总额|占[^，；占]{2,16}的)*$"
)
#: 22条排水沟 | 整治率达100%: the rate of what is counted.
_RATE_OF = Regex(
    "(?<=[\u4e00-\u9fff]{2})(?=(?:水质|空气质量)?(?:整治|优良|达标|合格|覆盖|完成|办结|利用|达产|投产|消除|处理|处置)率(?:均|全部|已)*(?:达到|达|为|超过|超|提[高升]到)?$)"
)
#: 31个省份 | 公务接待费减少26%.
_MEASURED_OF = Regex(
    "(?<=省份|城市|企业|园区|机构|项目|学校|医院|景区|产业|事项|断面|行业|品种|乡镇|县区|小区|集群|高校)(?=[^，；、的]{2,24}(?:"
    + changing()
    + "|达到|达|超过|超|突破)(?:到|至|了|约)?$)"
)
_MARK = Regex(TIME)
#: A clause that only says how something was looked at or worked out; the one before it is what counts.
_ASIDE = Regex(
    r"(?:就[^，；]{2,12}(?:来说|来看|而言|说来)|(?:如果)?[按以][^，；]{2,14}(?:计算|估算|统计|来说)|据[^，；]{2,12}(?:统计|计算|估算|测算|推算)"
    r"|不?包括[^，；]{2,20}|(?:总的|一般|具体)(?:来)?说来?|举[^，；]{2,8}来说|[^，；比]{1,8}[同与和跟][^，；]{1,8}(?:相比|比较|对比))"
)
_FIRST_TIME = 0xE000
_OPENING = 16
_NOT_COUNTS = ("%", "‰", "元", "美元", "倍", "百分点")


@cache
def _predicate() -> Regex:
    """Return the pattern of what is said of a counted noun: 学科 | 入选建设名单."""
    adverbs = "(?>已经?|均|都|也|全部|分别|先后|相继|成功|首次|初步|顺利|率先)*"
    return Regex(f"(?<=.){adverbs}{any_of('predicate')}(?!型|性|区|的).*$")


@cache
def _governs() -> Regex:
    return Regex(f"{any_of('doing', 'leaning')}了?$")


#: What is done to things that are counted (800台锅炉 | 节能改造).
_DEED = Regex(
    "(?<=..)(?:超低排放|节能|降碳|提标|扩面|智能化|数字化|清洁化|绿色化|综合|技术|安全)*(?:改造|治理|整治|修复|升级|提升)$|(?<=..)(?:周边环境|周边道路|办学条件|居住条件|外立面)(?:改造|整治|提升)?$"
)
#: 80个 | 乡镇 | 近300万群众: where, or in what bodies, those are that are counted next.
_WHERE_THEY_ARE = Regex(
    "(?:国家[和及]?(?:以及)?地区|国家|地区|省份|省区市|城市|县区|县市|县|乡镇|村|社区|高校|学校|单位|部门)的?"
)
#: 7所 | 大学 | 19个学科: whose those are that are counted next.
_THOSE_WITH = Regex(
    "[一-鿿]{0,4}(?:高校|大学|学院|院校|学校|医院|县区?|县市|市|州|乡镇|村|企业|公司|集团|园区|社区|街道|机构|单位)"
)
#: What is counted ends there, and another thing follows.
_A_WORK = Regex("(?:项目|工程|任务|行动|基地|园区|平台|中心|实验室)$")
#: 5项 | 指标居全省 | 第一: how those that are counted rank.
_RANKED = Regex(
    "(?<=..)(?:居|列|排名?|保持|稳定在?)(?:全[国省市区]|世界|全球|[西中东]部地?区?|同类[^，；、]{0,6}城市)$"
)
#: 15个 | 百亿元 | 项目: by their size.
_BY_SIZE = Regex("(?:总?投资)?[0-9.]*[一二三五十百千万亿]+元(?:以上|级)?(?:的)?")
#: 90家 | 工业企业营业收入 | 超百亿元: a magnitude without a numeral is what each of them is beyond.
_EACH_BEYOND = Regex(
    "(?P<noun>[\u4e00-\u9fff]{0,8}?(?:企业|公司|集团|产业|产业链|行业|集群|园区|开发区|县|市|区|乡镇|镇|村|项目|景区|产品|品牌|商圈))"
    "(?P<what>(?:年|全)?(?:营业收入|主营业务收入|销售收入|销售额|零售额|营收|产值|总产值|规模|产业规模|地区生产总值|生产总值|经济总量|税收|纳税额?|一般公共预算收入|财政收入|集体收入|投资))"
    "(?:均|已|都)*(?P<bound>(?:超过?|突?破|过|达到?)[十百千万]*亿?元?)"
)
#: 26个 | 国家缔结 | 88对友城: what those who are counted do to what is counted next.
_ACTS_ON = Regex(
    "(?:(?<=..)|(?<=[县市区乡镇村省]))(?:缔结|结成|获得?|荣获|取得|签订|签署|选派|派出|引进|入选|培育|创建|完成|实施|建设|新建|建成|开展|设立|开设)了?"
)
_AN_OBJECT = Regex("[\u4e00-\u9fff“”]{2,12}")
#: 完成干堤300公里 | 的加固任务: what was to be done to so much of it.
_SUCH = Regex("等(?P<task>(?:落后|过剩|低效|无效)+产能)$")
_TASK = Regex("的(?P<task>[^，；的]{2,4}(?:任务|工程|工作|建设|改造|治理))$")


@cache
def _does_ahead() -> Regex:
    """Return the pattern of what those who are counted do themselves (5个试验区 | 集聚企业150家)."""
    return Regex(
        f"(?<=[区园台地心户家校院市县群链库站社厂])(?!生产总值)(?=(?:{any_of('doing')}|拥有|吸纳|容纳)(?!任务|项目)[^，；、的]{{2,14}}(?:超|达|近|约|达到|超过)?$)"
    )


_DOES = ("提升", "改善", "整治", "改造", "完善", "优化", "完成", "完成了", "实施", "实施了", "推进", "启动", "开展")


def _done_to_all(found: "Sequence[Slot]", last: "Slot") -> str:
    """Return what is done to all that a row counts before `last` names it (完成30万千瓦机组、80台锅炉节能改造)."""
    deed = _DEED.search(last.right)
    governs = (slot for slot in reversed(found[: found.index(last)]) if slot.left or slot.link != "、")
    return deed.group() if deed and next(governs, last).left.endswith(_DOES) else ""


class Slot(msgspec.Struct):
    """A quantity with the coded text before it (`left`) and behind it (`right`) in its clause.

    Coded text is view text in which every time expression is one private-use character.
    """

    quantity: Quantity
    left: str
    right: str
    left_start: int  #: view offset where `left` begins
    right_end: int  #: view offset where `right` ends
    sentence: int  #: view offset where its sentence begins
    sentence_end: int  #: view offset where its sentence ends
    link: str  #: what joins it to the slot before: "start", ",", "；", "、", "to", "("
    clause_before: str = ""  #: the clause before, where no quantity stands between
    passed: str = ""  #: all that stands between it and the quantity before it, up to `left`
    label: str = ""  #: what stands before a colon that opens the clause (粮食：达到300万吨)
    runs_on: bool = False  #: only a separator stands between it and the slot before
    times: Sequence[Period] = ()
    opening: str = ""  #: the view text that its sentence begins with

    def period(self, mark: str) -> Period:
        """Return the time expression behind a mark of coded text."""
        return self.times[ord(mark) - _FIRST_TIME]


def encode(view: str, start: int, end: int, times: Sequence[Period]) -> str:
    """Return `view[start:end]` with each of `times` that lies within as one mark."""
    if not times:
        return view[start:end]
    pieces, done = [], start
    for i, period in enumerate(times):
        if start <= period.start and period.end <= end and period.start >= done:
            pieces += [view[done : period.start], chr(_FIRST_TIME + i)]
            done = period.end
    pieces.append(view[done:end])
    return "".join(pieces)


#: Other words for 其中 and 分别.
_AMONG = Regex("^(?:这其中|这当中|这中间|这里面|当中(?!国))")
_GREW_TO = Regex("(?:^|率|比重|比例|份额|占比|覆盖面)增长为$")
_EACH = Regex(f"依次(?!推)|各自(?!的|治)|各(?={changing()}|{leading()}|达|为|居|占)")


def _in_usual_words(q: Quantity, left: str) -> str:
    """Return the coded words before a quantity with 其中, 分别 and 增长到 for other words of these meanings."""
    if left.startswith(("这", "当")):
        left = _AMONG.sub("其中", left)
    if left.endswith("增长为") and (q.unit not in ("%", "‰") or _GREW_TO.search(left)):
        left = left[:-1] + "到"  # 覆盖率增长为60%, but not 经济增长为6%
    return _EACH.sub("分别", left) if "各" in left or "依次" in left else left


_ENCLOSED = tuple((pattern[0], Regex(pattern)) for pattern in ("（[^（）]*）", "“[^“”]*”", "《[^《》]*》"))


def _flat(text: str) -> str:
    """Blank out what stands in closed brackets and quotation marks, length kept."""
    for opening, pattern in _ENCLOSED:
        if opening in text:
            text = pattern.sub(lambda m: "\u2007" * len(m.group()), text)
    return text


#: 宏观税负 | （即税收占国内生产总值比重）: another name for what is named already.
_ALSO_CALLED = Regex("(?<=..)（(?:(?:即|简称|亦称|又称|也称|以下简称)[^（）]{2,}|下同)）")


#: 三、 | 全国粮食总产量; 1. | 开展技能培训: the number of an item.
_NUMBER_OF_ITEM = Regex(
    "(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十0-9]{1,3}）|[0-9]{1,2}[.、])(?![0-9]|[一二三四五六七八九十]、)(?=..)"
)


def _bare(left: str, first: bool) -> str:
    """Return the words before a quantity without glosses and, where they are the `first`, the number of the item."""
    left = _ALSO_CALLED.sub("", left) if "（" in left else left
    number = _NUMBER_OF_ITEM.match(left) if first else None
    return left[number.end() :] if number else left


def slots(view: str, start: int, end: int, quantities: Sequence[Quantity], times: Sequence[Period]) -> list[Slot]:
    """Return the slot of each of `quantities`, which stand in the sentence `[start, end)` in order."""
    if _MARK.search(view, start, end):  # a character of the text must not be taken for a time expression
        view = view[:start] + _MARK.sub("\ufffd", view[start:end]) + view[end:]
    result: list[Slot] = []
    flat = _flat(view[start:end])
    if "国家" in flat or "或" in flat or "完成和" in flat:
        for both in _ONE_NOUN.finditer(flat):  # 50个国家和地区的80个港口
            flat = flat[: both.start()] + "\u2007" * len(both.group()) + flat[both.end() :]
    for time in times:  # the 和 of 1953年和1954年 parts nothing
        flat = flat[: time.start - start] + "\u2007" * (time.end - time.start) + flat[time.end - start :]
    opening = view[start : start + _OPENING]
    bounds: list[tuple[int, int, str, bool, str, str, int]] = []
    previous = start
    for q in quantities:
        between = flat[previous - start : q.start - start]
        cut, link, earlier, label = 0, "start" if not bounds else ",", "", ""
        for match in _HARD.finditer(between):
            if match.group() == "，" and cut and _ASIDE.fullmatch(between, cut, match.start()):
                cut = match.end()
                continue
            earlier = encode(view, previous + cut, previous + match.start(), times) if cut or not bounds else ""
            label = earlier if match.group() == "：" else ""
            cut, link = match.end(), "；" if match.group() in "；。！？" else ","
        opened = max(between.rfind("（"), between.rfind("(")) + 1
        if opened > cut:
            cut, link = opened, "("
        closed = between.rfind("）") + 1
        if closed > cut:
            cut, link = closed, ","
        runs_on = False
        right_end = previous + cut - 1 if cut else -1
        if between == "，" and bounds and "分别" in _in_usual_words(q, flat[bounds[-1][0] - start : previous - start]):
            cut = 0  # 甲、乙分别增长3%，4%
        if not cut and bounds:
            head = _SEPARATOR.match(between)
            if head and head.end() == len(between):
                runs_on, link, cut = True, "、", head.end()
                right_end = previous
            elif head:
                link, cut, right_end = "、", head.end(), previous
            else:
                parts = list(_LINK.finditer(between))
                conjunction = next((m for m in parts if m.group() in ("和", "及", "与")), None)
                marks = [m for m in parts if m.group() == "、"] or parts
                if parts and parts[-1].end() == len(between):  # 30所高校、职业院校和 | 200所中小学
                    marks = parts[-1:]
                if marks:
                    link, cut, right_end = "、", marks[-1].end(), previous + marks[-1].start()
                    first = conjunction.start() if conjunction else len(between)
                    if first < marks[-1].start() and _A_WORK.search(between, 0, first):
                        right_end = previous + first  # 6个整治项目和 | 基础教育、安居工程2个项目
                else:
                    link, right_end = "joined", q.start
        bounds.append((previous + cut, right_end, link, runs_on, earlier, label, cut))
        previous = q.end
    for i, q in enumerate(quantities):
        left_start, _, link, runs_on, earlier, label, passed = bounds[i]
        limit = bounds[i + 1][1] if i + 1 < len(bounds) and bounds[i + 1][1] >= 0 else end
        hard = _HARD.search(flat, q.end - start, max(limit - start, q.end - start))
        stop = hard.start() + start if hard else limit
        if not hard and i + 1 < len(bounds) and bounds[i + 1][2] == "joined":  # 810个项目完成投资104亿元
            name = _NAME_AHEAD.search(view, q.end, stop) or _MEASURED_OF.search(view, q.end, stop)
            name = name or _RATE_OF.search(view, q.end, stop)
            name = name or _does_ahead().search(view, q.end, stop)
            stop = name.start() if name and name.start() > q.end else stop
        closing = flat.find("）", q.end - start, stop - start)
        if closing >= 0 and "（" not in flat[q.end - start : closing]:
            stop = closing + start
        result.append(
            Slot(
                quantity=q,
                left=_in_usual_words(q, _bare(encode(view, left_start, q.start, times), link == "start")),
                right=encode(view, q.end, max(stop, q.end), times).removeprefix("之多"),
                left_start=left_start,
                right_end=max(stop, q.end),
                sentence=start,
                sentence_end=end,
                link=link,
                clause_before=earlier,
                passed=encode(view, left_start - passed, left_start, times) if link == "," else "",
                label=label,
                runs_on=runs_on,
                times=times,
                opening=opening,
            )
        )
    for one, other in zip(result[-2::-1], result[:0:-1], strict=True):
        if one.quantity.end == other.quantity.start:  # 推出21批173项成果: they count one thing
            one.right, one.right_end = other.right, other.right_end
            other.left, other.left_start, other.link = one.left, one.left_start, one.link
        elif one.right.endswith("级") and (other.link == "、" or _of_other_grade(one, other)):
            one.right += other.right.partition("级")[2]  # 建成6个世界级、7个国家级产业集群
            other.link = "、"
        elif other.link == "、" and _BY_SIZE.fullmatch(one.right):  # 15个百亿元、60个20亿元以上项目
            one.right += _BY_SIZE.sub("", other.right, count=1)
        elif other.link == "joined" and (each := _EACH_BEYOND.fullmatch(other.left + other.quantity.quote)):
            one.right = each["what"] + each["bound"] + "的" + each["noun"]  # 90家企业 | 营收超百亿元
        elif other.link == "joined" and _WHERE_THEY_ARE.fullmatch(other.left) and other.left.startswith(one.right):
            if not one.right.endswith("的"):
                _share_predicate(one, other)
            other.left, other.left_start = one.left, one.left_start  # 惠及80个乡镇近300万群众
        elif other.link == "joined" and one.quantity.unit not in _NOT_COUNTS and _takes_object(one, other):
            one.right += other.right
        elif other.link == "joined" and other.left == one.right and _THOSE_WITH.fullmatch(one.right):
            if _share_predicate(one, other):  # 7所大学19个学科进入前列
                other.left, other.left_start = one.left, one.left_start
        elif other.link == "、" and not other.left and one.right and one.quantity.unit not in _NOT_COUNTS:
            said = _predicate().search(other.right)  # 16所高校、48个学科入选名单
            if said and not _predicate().search(one.right) and not _governs().search(one.left):
                one.right += said.group()
            elif done := _done_to_all(result, other):
                one.right += "" if _DEED.search(one.right) else done
        if other.link == "joined" and other.quantity.ordinal and one.right == other.left and _RANKED.search(one.right):
            one.right += other.quantity.quote  # 5项指标居全省第一
    for i, slot in enumerate(result):
        task = (_SUCH if slot.right.startswith("等") else _TASK).match(slot.right)
        if task and slot.link == "、" and slot.left:
            _name_task(result[: i + 1], task["task"])
    return result


def _share_predicate(one: Slot, other: Slot) -> bool:
    """Give what `one` counts the predicate that stands behind what `other` counts; False if none stands there."""
    governed = _governs().search(one.left) or one.left.endswith(("对", "为", "向", "把", "使", "让", "给"))
    said = None if governed else _predicate().search(other.right)
    one.right += said.group() if said else ""
    return said is not None


#: 培育3个千亿级， | 食品工业、丝绸2个百亿级产业集群: the thing is named behind the last.
_GRADE = Regex("[^，；、的]{1,12}级")


def _of_other_grade(one: Slot, other: Slot) -> bool:
    """Whether a comma parts two counts of one thing of two grades, named behind the second."""
    grades = other.link == "," and not other.clause_before and _GRADE.fullmatch(one.right) is not None
    return grades and "级" in other.right and not _governs().search(other.left)


def _takes_object(one: Slot, other: Slot) -> bool:
    """Whether the words behind `one` end with a verb whose object is what `other` counts (与26个国家缔结88对友城)."""
    acts = _ACTS_ON.search(one.right) if not other.runs_on and other.quantity.unit not in _NOT_COUNTS else None
    return acts is not None and acts.end() == len(one.right) and _AN_OBJECT.fullmatch(other.right) is not None


def _name_task(row: Sequence[Slot], task: str) -> None:
    """Put what was to be done behind the names of the row that ends with it (完成干堤300公里、支堤90公里的加固任务)."""
    for slot, behind in zip(row[::-1], ["", *row[::-1]], strict=False):
        if not slot.left or (behind and slot.right):
            return
        slot.left += task
        if slot.link != "、":
            return
