"""What the words around a quantity say: its name, the verb that governs it, what it is compared with.

A clause is read from the quantity outwards. Behind the name stand, in this order and each of them
optional, what the value is compared with (比上年), adverbs (分别, 实际) and a verb (增长, 提高到, 达到);
the pattern ``tail`` takes them off the end of the coded text before the quantity, and what is left is the name.
"""

import re
from functools import cache

import msgspec

from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import TIME, any_of, words
from pipeline.claims.naming import clean, priced, topic, without_predicate
from pipeline.claims.wordings import CAME_ABOUT, PERCENT, RELATIVE, blanked, ending, pattern, wholly
from pipeline.regex import Regex

#: 经济增速目标设定为 | 年均增长5%.
_AIMED_AT = Regex("(?:的?(?:增速|增长速度|增长))?的?(?:主要)?(?:预期)?目标(?:设定|确定|定)?[为是](?:在[^，；]*)?$")
#: 国民收入 | 也安排为 | 比今年增长4%.
_LAID_AS = Regex("(?<=..)(?:也|又|都|均|还|仍)*(?:安排|(?:确定|规定)[为在])[为在]?$")


class Reading(msgspec.Struct):
    """What the words around one quantity say."""

    name: str = ""  #: coded text of the name, as far as this clause gives it; "" where it is elided
    verb: str = ""  #: the words that govern the quantity
    sense: str = "none"  #: none, level, to (a level reached by change), up, down, gap, rank, share
    direction: str | None = None
    compared: str = ""  #: coded words of what it is compared with: a time mark, 上年, 计划, a place
    adverbs: str = ""
    group: str = ""  #: for a rank: the words of the group ranked within
    tail: str = ""  #: what was taken off behind the name
    rule: str = ""
    subject: str = ""  #: who did what the name says, where the name leaves it out


_QUALITY = Regex("[^，；、的]{2,8}的[^，；、的]{2,10}$")
_OF = Regex("的(?P<noun>[^，；、的来以用]{2,10}?)(?:$|来|用于|用来|以(?=..)|，|；)")
_GROUP = Regex(r"(?:在?(?:全国|全省|全市|全区|中部|西部|东部|世界|全球|国内|亚洲|省内|市内)[^，、]{0,10})")
_YARDSTICK = Regex(r"全国|全省|全市|全区|平均|世界|国际|全球|增速|同类|同行业")
#: 东港成为全省首个 | 年吞吐量 | 超过千万吨的港口.
_FIRST_OF_KIND = Regex(
    "(?:成为|是|建成)?[^，；、成是]{0,10}?(?:首[个座家条]|唯一一?[个座家条]?|第[0-9一二三四五六七八九十]+[个座家条])(?=[^，；、的]{2,12}$)"
)
_ONLY_COMPARED = Regex(
    "^，?比(?![重例率值分])[^，；]*(?:总和|总数|水平|计划|指标|时期|最高年份|最高年产量)(?:还|都|又|也|仍|略|大体)*$"
)
#: 努力把人口控制在12亿以内: whoever does it, it is the number of people.
DISPOSED = Regex("^[^；]*?(?<![一两几有])把(?![握关手])(?=..)")
_COUNTED_THING = Regex(
    r"(?:项目|企业|园区|平台|中心|基地|机构|学校|医院|工程|集群|品牌|实验室|景区|公司|站|所|村|县|市)$"
)
#: 生态廊道194公里 | 全线贯通.
_ALL_PREDICATE = Regex("(?:全线|全部|均已|相继|陆续|顺利|正式|如期|提前)[^的，；、]{2,4}")
#: 等于过去八年总和的三倍.
_TIMES_A_SUM = Regex("(?P<name>[^，；]*?)(?:等于|相当于)[^，；]{2,20}的$")
_PLANS = ("计划", "目标", "任务", "预算", "指标", "水平", "预算数", "计划数", "数字", "要求", "规定", "规定数", "产量")
_A_PLAN = Regex("(?:目标|计划|预期|预算|指标|定额)(?:数字?)?$")
_SURPLUSES = ("超收", "短收", "超支", "节支", "超产", "短产")
_SURPLUS = Regex(f"(?:比(?:年度|年初|原)?(?:预算|计划)数?)?(?P<verb>{'|'.join(_SURPLUSES)})了?$")
_OF_TWO = "(?:收入|支出|进口|出口|产量|销量|存款|贷款|供给|需求|出生人数|死亡人数|迁入|迁出)"
_EXCEEDS = Regex(
    f"^(?P<name>[^，；]*{_OF_TWO}总?[值额量]?)(?:还|仍|要|将|大大|已|均|都)*(?P<verb>超过|大于|多于|高于|小于|少于|低于)"
    f"(?P<other>[^，；]{{0,6}}{_OF_TWO}总?[值额量]?)$"
)
_SURPASSING = Regex("(?:即|也就是)?超额(?:完成了?)?$")
_AHEAD_OF_PLAN = Regex("(?:地)?完成了?[^，；]{0,8}(?:计划|任务|指标)")
_WHOLES = ("全国", "全省", "全球", "世界", "全市", "总数", "总额", "总量", "人数")
_SAVING = ("节约", "节省")
#: 比上年 | 多 | 建.
_FOR_CAUSE = Regex(
    "^，?(?:但|却|也)?(?:因|由于)[^，；]{1,10}?(?=(?:分别|略|大幅|都|均|又|仍)*(?:增|减|提|降|上升|下降|涨|跌)[^，；]{0,2}$)"
)
#: 花生 | 因为干旱 | 减产一成: what became of it has its cause between.
_BETWEEN_FOR_CAUSE = Regex("(?<=[\u4e00-\u9fff]{2})(?<!是)(?:因为|由于|因(?![此素子果特]))[^，；因]{2,12}$")
_MORE_DONE = Regex(
    "，?(?:又|还|也|就)*(?P<than>[比较](?![^，；]*[计划算标期])[^，；]{1,10}?)(?P<more>[多少])(?![于达有])[\u4e00-\u9fff]{1,2}?了?"
)
_TURNED_FROM = Regex(
    f"(?<=..)[由从](?:{TIME}|连续|同比|持续|上年|去年)*的?(?:增长|上升|上涨|增加|提高|下降|降低|减少|回落|下跌|正|负)?$"
)
_PACE = ("的速度", "的增长速度", "的递增速度", "的水平", "的增长率", "的幅度")
REPRICED = ("降价", "涨价", "提价")
_OUTRUN = Regex(
    "^(?:这[个种一])?(?:增长)?(?:速度|幅度)?(?:远远|大大|显著|明显|已经?|都|均|也)*地?(?:超过|快于|高于|低于|慢于)了?"
)
_OF_THE_PLAN = Regex("(?:预算|计划|概算|指标|目标)数?[减增缩扩]$")
_RANKS_FIRST = Regex(f"^{any_of('rank_verb')}")  #: 指数排位 | 升至 | 全球
_THEN_REACHED = Regex("、(?:达到?|首次|已)*$")
_RATE_OF_CHANGE = Regex("(?:增速|增幅|涨幅|增长率|增长速度)$")
_BOUND_LAST = Regex("(?<=..)(?:不?[高低]于|不超过|超过|[高低]达)$")
_WHOLE_TASK = 4  #: letters by which a task is known
_MEASURED_IN = Regex(
    "(?P<in>全国|全省|全市|全区|全球|世界)的?(?P<what>[^，；]{2,8}(?:面积|产量|销量|市场份额|占有率|产值|规模|总量|数量))"
)
_DISTANCE = Regex("[高低快慢多少大小优好超领落逊过跑]")  # one of them stands in every verb of distance


def before(slot: Slot) -> Reading:
    """Read the words before the quantity of `slot`."""
    left, quantity = slot.left.strip(), slot.quantity
    relative = quantity.unit in RELATIVE
    if quantity.ordinal or quantity.unit == "名":
        match = pattern("rank").match(left) or pattern("rank_bare").match(left)
        if match:
            group, name = (
                match["in"] or match.groupdict().get("at") or _RANKS_FIRST.sub("", match["group"]) or "",
                match["name"],
            )
            measured = _MEASURED_IN.fullmatch(group)
            if measured and clean(name):  # 蝉联全国 | 推广面积 | 第一
                group, name = measured["in"], name + measured["what"]
            if not group and _GROUP.fullmatch(clean(name)):
                group, name = clean(name), ""
            return Reading(name=name, verb=match["verb"], sense="rank", group=group, rule="rank")
    two = ("过" in left or "于" in left) and quantity.unit not in (*RELATIVE, "百分点")
    exceeds = _EXCEEDS.match(left) if two else None
    if exceeds:  # 收入超过支出11亿元, 出口大于进口300亿美元
        way = "down" if exceeds["verb"] in ("小于", "少于", "低于") else "up"
        return Reading(
            name=exceeds["name"],
            verb=exceeds["verb"],
            sense="gap",
            direction=way,
            compared=exceeds["other"],
            rule="gap",
        )
    of_something = left.endswith("的")
    match = pattern("multiple").match(left) if of_something and quantity.unit == "倍" else None
    if match:
        return Reading(name=match["name"], verb="倍", sense="up", direction="up", compared=match["of"], rule="multiple")
    beyond_by = left.removesuffix("的") if relative else left
    match = pattern("beyond_plan").match(left) if beyond_by.endswith(_PLANS) else None
    if match:
        beyond = "down" if match["verb"] in ("低于", "少于") else "up"
        return Reading(name=match["name"], verb="超", sense="gap", direction=beyond, compared="计划", rule="gap.plan")
    surplus = _SURPLUS.search(left) if left.removesuffix("了").endswith(_SURPLUSES) else None
    if surplus:  # 比预算超收8亿元; 地方本级收入超收8亿元
        name = left[: surplus.start()]
        if clean(name).endswith(("财政", "国家", "中央", "地方")):
            name += surplus["verb"]
        way = "down" if surplus["verb"] in ("短收", "短产", "节支") else "up"
        return Reading(name=name, verb=surplus["verb"], sense="gap", direction=way, compared="计划", rule="gap.plan")
    match = pattern("plan").match(left) if (of_something or left.endswith(_PLANS)) and relative else None
    if match:
        task = match["what"] or ""
        verb = "完成" if len(task) >= _WHOLE_TASK and not match["name"] else ""  # 完成水库除险加固任务的80%
        name = match["name"] + verb + task
        return Reading(name=name, verb="完成", sense="share", compared="计划", rule="share.plan")
    match = _TIMES_A_SUM.match(left) if of_something and quantity.unit == "倍" else None
    if match:
        return Reading(name=match["name"], verb="倍", sense="up", direction="up", rule="multiple")
    ahead = relative and left.endswith(("超额", "超额完成", "超额完成了"))
    if ahead and (not left.endswith("超额") or _AHEAD_OF_PLAN.match(slot.right)):  # 超额10%完成计划, 超额完成3%
        name = _SURPASSING.sub("", left)
        return Reading(name=name, verb="超", sense="gap", direction="up", compared="计划", rule="gap.plan")
    part = quantity.unit in PERCENT and not slot.right.startswith("的")
    match = pattern("recovered").match(left) if part and of_something else None
    if match:  # 恢复到2019年的98%
        return Reading(name=match["name"], verb=match["verb"], sense="share", compared=match["of"], rule="share.of")
    match = pattern("amounts_to").match(left) if part and of_something else None
    if match:  # 约为预算收入的一半
        name = f"{match['name']}占{match['whole']}的比重"
        verb = "约为" if match["adv"].endswith("约") else match["verb"]
        return Reading(name=name, verb=verb, sense="share", rule="share.of")
    shared = pattern("share").match(left) if "占" in left else None
    match = (
        pattern("share_of").match(left) if part and not shared and left.removesuffix("的").endswith(_WHOLES) else None
    )
    if match:
        name = f"{match['name']}占{match['whole']}比重"
        return Reading(name=name, verb=match["verb"] or "", sense="share", rule="share.of")
    match = shared
    if match and (relative or quantity.unit == "百分点" or match["head"]):
        name = f"{match['name']}占{match['whole']}{match['head'] or '比重'}"
        change = _sense(match["rest"])
        if change in ("up", "down"):
            return Reading(
                name=name,
                verb=match["rest"],
                sense=change,
                direction=change,
                compared=_compared(match["rest"]),
                rule="share.change",
            )
        return Reading(name=name, verb="占", sense="share", adverbs=match["pre"] + match["rest"], rule="share")
    match = pattern("beyond_past").match(left) if relative and _DISTANCE.search(left) else None
    if match:  # 平均亩产160斤，超过去年二成
        way = "up" if match["up"] else "down"
        return Reading(
            name=match["name"],
            verb=match["up"] or "低于",
            sense=way,
            direction=way,
            compared=match["past"],
            adverbs=match["adv"],
            rule="change.against",
        )
    if quantity.unit not in ("%", "番") and _DISTANCE.search(left):
        match = pattern("gap").match(left)
        if match and _THEN_REACHED.search(match["x"] or match["y"]):  # 收入增速高于全国、 | 突破4万元
            return Reading(name=_RATE_OF_CHANGE.sub("", match["name"]), rule="level.bare")
        if match and not _OF_THE_PLAN.search(match["y"] or ""):  # 比预算减 | 少
            verb = match["verb"] or match["verb2"]
            other = match["x"] or match["y"]
            down = verb in words()["gap_down"] or verb in ("低", "慢", "少", "小")
            other_is_time = pattern("time").search(other) or re.search(r"上年|去年|同期|年初|年前|预算|计划", other)
            against = quantity.unit == "百分点" or _YARDSTICK.search(other)
            times = [slot.period(mark).quote for mark in pattern("time").findall(other)]
            planned = _A_PLAN.search(other) and (set(times) <= {"年初"} or other.endswith("指标"))
            if planned and (match["verb2"] or (against and match["verb"])):
                return Reading(
                    name=match["name"],
                    verb=verb,
                    sense="gap",
                    direction="down" if down else "up",
                    compared="计划",
                    adverbs=match["adv"],
                    rule="gap.plan",
                )
            if against and not other_is_time and not re.search(r"[的了]|目标", other):
                return Reading(
                    name=match["name"],
                    verb=verb,
                    sense="gap",
                    direction="down" if down else "up",
                    compared=other,
                    adverbs=match["adv"],
                    rule="gap",
                )
            if (
                other_is_time
                and (match["verb"] in words()["gap_up"] + words()["gap_down"] or match["verb2"])
                and match["verb"] not in ("超过", "超", "高", "低", "快", "慢")
            ):
                return Reading(
                    name=match["name"],
                    verb=verb,
                    sense="down" if down else "up",
                    direction="down" if down else "up",
                    compared=other,
                    adverbs=match["adv"],
                    rule="change.against",
                )
    if left.startswith(("因", "由于", "，因", "，由于", "但因", "却因")):
        left = _FOR_CAUSE.sub("", left)  # 夏粮…，因受灾 | 减产8亿斤
    more = _MORE_DONE.fullmatch(left) if "比" in left or "较" in left else None
    if more and (compares := _compared(more["than"])):  # 比去年多建500套
        way = "up" if more["more"] == "多" else "down"
        return Reading(verb=more["more"], sense=way, direction=way, compared=compares, rule="change")
    match = ending("tail", left)
    assert match is not None  # every part of it is optional
    verb = match["verb"] or ""
    sense = _sense(verb)
    name = DISPOSED.sub("", left[: match.start()]) if "把" in left and sense != "none" else left[: match.start()]
    if slot.right.startswith("的") and ("首" in name or "唯一" in name or "第" in name):
        name = _FIRST_OF_KIND.sub("", name)
    before_verb = match["before"]
    if left.startswith("每", match.start()):
        name = _BOUND_LAST.sub("", name)  # 浓度 | 低于 | 每立方米20微克
    head = pattern("change_head").search(name) if sense in ("none", "level") and relative else None
    said = ending("tail", name[: head.start()].rstrip("的")) if head else None
    if head and said and said["before"] and not said["verb"]:  # 产值比上年的 | 增速 | 达到5%
        name, before_verb = name[: said.start()] + head.group(), said["before"] + before_verb
    if sense in ("up", "down") and _ONLY_COMPARED.match(name):  # 比前三年的总和还多8%
        name = ""
    if verb in _SAVING and not relative:  # 为国家节约20亿元
        name, verb, sense = left, "", "none"
    if sense in ("up", "down") and slot.right.startswith(_PACE):  # 超过重工业增长3%的速度
        name = _OUTRUN.sub("", name.strip("，"))
    if name.endswith("、"):  # 稳居全国前列、增长5%: what stands before is another clause, which may say of what
        name = topic(name[:-1])
    if wholly("toward", clean(name)):  # 从2020年的645元、430元提高到2025年的801元、720元
        name, sense = "", "to" if sense == "none" else sense
    if match["before"].startswith(("转", "变")) or verb.startswith(("转", "变")):
        name = _TURNED_FROM.sub("", name)  # 存货由连续三年增加 | 转为减少
    if quantity.quote.startswith(("破", "超", "过")) and name.endswith("首"):  # 吞吐量首破9万吨
        name = name[:-1]
    if verb.endswith(REPRICED) and name.strip("，"):
        name = priced(name)  # 药品平均降价五成
    if sense == "level" and name.endswith(("安排", "设定")) and verb == "在":
        name = name[:-2]  # 赤字率 | 安排在 | 3%
    if sense in ("up", "down"):
        name = _BETWEEN_FOR_CAUSE.sub("", name) if "因" in name or "由于" in name else name
        name = _AIMED_AT.sub("", name)
        name = _LAID_AS.sub("", name) if name.endswith(("为", "在", "安排")) else name
        # 大会带动游客人数增长: it is the number of visitors that grew
        name = _DRIVEN.sub("", name)
    elif sense == "to":
        name = _BROUGHT_TO.sub("", name)
    return Reading(
        name=name,
        verb=verb,
        sense=sense,
        direction=sense if sense in ("up", "down") else None,
        compared=_compared(before_verb),
        adverbs=before_verb + match["after"],
        tail=left[match.start() :],
        rule={"up": "change", "down": "change", "to": "level.reached", "level": "level.verb", "none": "level.bare"}[
            sense
        ],
    )


_AS_MUCH_AS = Regex("(?<=..)(?:[高多]达|达到?)$")  #: 增加 | 高达 | 9亿元


def _sense(verb: str) -> str:
    if not verb:
        return "none"
    verb = _AS_MUCH_AS.sub("", pattern("manner").sub("", verb))
    if not verb:
        return "none"
    if ending("toward", verb) and not verb.startswith("达"):
        return "to"
    if verb.startswith("翻"):
        return "up"
    if verb in words()["level"]:
        return "level"
    if ending("up", verb):
        return "up"
    if ending("down", verb):
        return "down"
    return "level"


def _compared(text: str) -> str:
    match = pattern("compared").search(text) if text else None
    return match.group() if match else ""


_UNDER_WHICH = ("（", "）", "的基础上", "的情况下", "的条件下", "的前提下", "的同时", "的基础")


def counted(slot: Slot) -> str:
    """Return the coded words of the noun that the quantity counts, where it stands behind it."""
    right = slot.right.strip()
    if not right or right.startswith(_UNDER_WHICH) or slot.quantity.unit in (*RELATIVE, "百分点"):
        return ""
    right = _AND_MORE.sub("", right)
    concerns = _CONCERNED.match(right) if slot.left.endswith("涉及") else None
    if concerns:  # 涉及8万人的安置工程, 涉及36个乡镇的供水工程
        whom = concerns["whom"] or ("人数" if slot.quantity.unit == "人" else "")
        return CAME_ABOUT.sub("", without_predicate(concerns["of"])) + "涉及" + whom
    if right.startswith("的"):
        serves = slot.left.endswith(words()["leaning"])
        if not serves:
            return _owned(slot)
        verb = next(w for w in words()["leaning"] if slot.left.endswith(w))  # 惠及3万人的引水工程
        return CAME_ABOUT.sub("", without_predicate(right[1:])) + verb + ("人口" if slot.quantity.unit == "人" else "")
    if not slot.left and slot.link != "joined":  # 118起 | 成功避险案例
        right = _ADVERB_FIRST.sub("", right)
    described = not slot.left and _WHICH.fullmatch(right) is not None  # 90个 | 扩大自主权的工厂
    if not described and (pattern("not_noun").match(right) or _NO_NOUN.match(right)):
        return ""
    bare = blanked(right)
    end = len(right)
    beside = _beside(bare, right)
    if beside:
        right = beside
        bare, end = blanked(right), len(right)
    for separator in re.finditer("、", bare):
        first = bare.count("、", 0, separator.start()) == 0
        if _QUALITY.match(bare, separator.end()):  # 实力雄厚、布局合理的工业基地
            continue
        if "分别在" in right[: separator.start()]:
            continue
        if (
            pattern("doing").match(right, separator.end())
            or _DOES_MORE.match(right, separator.end())
            or right.startswith(_AND_ALL, separator.end())
            or (first and _COUNTED_THING.search(bare[: separator.start()]))
        ):
            end = separator.start()
            break
    noun = _before_time(right[:end]).removesuffix("的")  # 9个国家的 | 80个港口
    if noun.endswith("外") and "除" in slot.left:  # 除新建7座水库外
        noun = _BESIDES.sub("", noun)
    noun = _among_others().sub("", noun)
    noun = _TAKES_PLACE.sub("", noun) if slot.left.endswith("在") else noun  # 在80个县 | 展开
    noun = _BRINGS_ABOUT.sub("", noun)
    noun = _AND_SUCH.sub("", noun) if "等" in noun else noun
    merged = _MERGED_INTO.search(noun)  # 30个园区 | 整合优化为12个
    noun = noun[: merged.start()] if merged else noun
    sent = _SENT_TO.search(noun) if slot.left.endswith(_SENDS) else None
    noun = noun[: sent.start()] if sent else noun
    if _ALL_PREDICATE.fullmatch(noun):
        return ""
    if slot.quantity.unit in ("元", "美元"):
        if _GIVES_FOR.match(noun) and PAYS.search(slot.left):
            return ""
        given_for = None if _GIVEN_FOR.match("此项" + noun, 2) else _GIVEN_FOR.search(noun)
        noun = noun[: given_for.start()] if given_for else noun
        noun = "" if _GIVEN_FOR.fullmatch("此项" + noun, 2) else noun
    return without_predicate(_OF_SIZE.sub("", noun))


#: 建成6个园区和 | 一批配套设施, 推出三批清单和 | 民营经济发展等措施: the number does not count what stands there.
_NOT_COUNTED_TOO = Regex(
    "(?:“[^“”]*[0-9百千万][^“”]*”|一?大?批|全[国省市区县](?:的|各)|所有|各地|各级|各类|配套|若干|《)(?P<plain>)|[^，；、的]{2,12}?等(?!级)[^，；、的]{0,4}(?:政策|措施|制度|办法|文件|活动|工作)"
)
_OR_ALSO = Regex("(?:以及|[和及]|(?<!参)与)(?=[^，；]{4,})")
#: 6座电站和研究中心 | 建设: what is done to a thing that is counted, and to another of another kind.
_DONE_TO_BOTH = Regex("建设(?:项目)?$")
_SHORTEST_CONJUNCT = 5
#: 应对3轮降雨、 | 抵御台风; 3个中心建设…、 | 填补空白: another thing is told.
_DOES_MORE = Regex(
    "(?:补齐|填补|抗御|抵御|抵抗|战胜|克服|化解|弥补|缓解|攻克|突破|超额|拓展|提升|带动|辐射)(?=[^，；、]{2,})"
)


def _beside(bare: str, right: str) -> str:
    """Return the words behind a quantity without a thing that it does not count (推出3批清单和…等措施), "" if none."""
    for conjunction in _OR_ALSO.finditer(bare):
        first, other = right[: conjunction.start()], right[conjunction.end() :]
        if len(first) < 2 or "的" in first:
            continue
        besides = _NOT_COUNTED_TOO.match(other)
        if besides and (besides["plain"] is None or not pattern("doing_any").search(other)):
            return first
        if first.endswith("建设") and len(first) > _SHORTEST_CONJUNCT:  # 推进6个项目建设和产业发展
            return first
        shared = _DONE_TO_BOTH.search(other)
        if shared is None or not _COUNTED_THING.search(first) or len(other) <= _SHORTEST_CONJUNCT + len(shared.group()):
            continue
        head = other[: shared.start()]
        if _COUNTED_THING.search(head) and first[-2:] != head[-2:]:
            return first + shared.group()
    return ""


def others_behind(slot: Slot) -> str:
    """Return the noun of 30条 | 等政策措施, "" where none stands there."""
    found = _AND_OTHERS.fullmatch(slot.right) if slot.right.startswith("等") else None
    return found["noun"] if found and slot.quantity.unit not in ("元", "美元") else ""


def counted_behind(slot: Slot) -> str:
    """Return the noun behind 的 (新增8000万吨的节能能力), "" where there is none."""
    behind = _BEHIND.match(slot.right)
    return without_predicate(behind["noun"]) if behind else ""


def _before_time(words_behind: str) -> str:
    """Return the words up to the first time (矿区 | 在2025年…), with the predicate that it stands before."""
    at = pattern("time").search(words_behind)
    if at is None:
        return words_behind
    first = _AT_TIME.sub("", words_behind[: at.start()])
    said = _said_at_time().match(words_behind, at.end())
    return f"{first}{said['said']}" if said and first else first


_AT_TIME = Regex(
    "(?<=.)(?:已经?|将|都|均)?(?:在|(?<![好高低大小优多少快慢终等])于|(?<![达高低增降升加少减涨长短大])[到至]|自|从)$"
)


@cache
def _said_at_time() -> Regex:
    """Return the pattern of what is said of a counted noun behind a time (8个县 | 在上半年 | 完成并网)."""
    return Regex(
        f"(?:年?[初底末]|内|间|期间|时期|以?前|之前)?(?:就|即|已经?|都|均|将|全部)*(?P<said>{any_of('predicate')}[^，；。：的]*)$"
    )


_BESIDES = Regex("(?<=..)[以之]?外$")


@cache
def _among_others() -> Regex:
    """Return the pattern of the 等 between what is counted and what is said of it (30个口袋公园 | 等 | 建成开放)."""
    return Regex(f"(?<=..)等(?=(?:已|均|全部|陆续|相继)?{any_of('predicate', 'doing')})")


#: 7个 | 市接通高铁 | 、所有市互通高速: another thing is told.
_AND_ALL = ("所有", "全部", "各")
#: 3届茶博会 | 等系列活动, 9轮强降雨 | 等不利影响: what it is one of, with others.
_AND_SUCH = Regex(
    "(?<=..)等(?:系列活动|(?:困难|风险|严峻)?挑战|(?:多重|重重)?困难|不利(?:影响|因素|局面)|(?:极端|灾害性)天气|(?:自然)?灾害)$"
)
#: 涉及36个 | 乡镇的供水工程.
_CONCERNED = Regex("(?P<whom>[^，；、的]{0,8})的(?P<of>[^，；、的]{3,24})$")
#: 300个 | 新项目增加 | 产值50亿元: what they brought about is named with its own figure.
_BRINGS_ABOUT = Regex("(?<=..)(?:增加|新增|形成|(?:建成|投产|完工|竣工|通车)[之以]?后)$")
_TAKES_PLACE = Regex("(?<=.)(?:全面)?(?:展开|铺开|推开|进行|试行|推行|推广|实施|落地)$")
_MERGED_INTO = Regex("(?<=..)(?>优化|整合|重组|合并|简化|压缩|精简|归并|缩减)+(?:为|成|到|至)")
#: 选派30名教师 | 到乡村任教: where to and what for is no part of who is sent.
_SENDS = ("选派", "选派了", "派出", "派出了", "派遣", "派遣了", "下派", "抽派", "增派")
_SENT_TO = Regex("(?<=..)(?:到|赴|前往|进驻|驻点|深入|支援|服务|开展|担任|参加|帮助|指导)(?=..)(?!员|团)")
#: 比40亿元 | 还 | 多3亿元.
_AND_MORE = Regex("^(?:还|又|仍|也)(?=[多少高低增减])")
_WHICH = Regex(
    "(?:扩大|提高|增加|完成|实现|达到|纳入|参加|参与|建设|投产|建成|开工|在建|实行|推行)[^，；、的]{1,12}的?(?:企业|单位|工厂|学校|县|县市|城市|村|乡|公社|社|农户|户|项目|地区|省|厂|机构|园区)"
)
_AND_OTHERS = Regex("等(?!级)(?P<noun>[\u4e00-\u9fff“”]{2,8}(?:措施|政策|办法|文件|方案|意见|举措|条例|制度|法规))")
_NO_NOUN = Regex("为(?!民)|等(?!级)")
_DRIVEN = Regex("^.{2,14}(?:带动|拉动|推动|助推)(?=.{2})|^(?:引导|激励|鼓励)(?=[^，；]{4})")
#: 新机制推动 | 办结率 | 提高到93%: what brought a rate so far is no part of its name.
_BROUGHT_TO = Regex("^[^，；]{2,16}(?:推动|促进|促使|带动|助推|引导)(?=[^，；]{2,14}(?:率|度|比重|占比|比例)$)")
#: 3个 | 2×60万千瓦 | 火电项目.
_OF_SIZE = Regex("^[0-9.]+[×x*][0-9.]+[万亿]?(?:千瓦|吨|立方米|台)?(?=..)")
_BEHIND = Regex("的(?P<noun>[\u4e00-\u9fff“”]{2,14})$")
_ADVERB_FIRST = Regex("^(?:成功|集中|正式)(?=[^，。；、的]{3})")
#: What money is given for (债券 | 支持重点项目), which is no part of its name.
_GIVEN_FOR = Regex(
    "(?<=..)(?:主要)?(?:用于|支持|加强|投向|拉动|带动|撬动|推动|促进|助力|帮助|解决|保障|改善|扶持|补助|实施|开展|加快|增加|弥补|用好|化解|予以)(?!性|[^，；、]{0,6}(?:资金|补助|补贴|债券|贷款|经费|投资|基金)$)"
)
#: 投入20亿元 | 支持职业教育: what it is given for follows at once.
PAYS = Regex(
    "(?:财政|政府|国家|中央|地方|国务院|基金中?)(?:预算)?[将拟再已还]*(?:累计|预算)?(?:" + any_of("pays") + "|新增)$"
)
_GIVES_FOR = Regex(
    "(?:重点|主要|专门|专项|直接|全部|予以)*(?:用于|支持|补贴|补助|扶持|资助|投向)(?!性)(?=..)(?![^，；、的]{0,6}(?:资金|补助|补贴|债券|贷款|经费|投资|基金)$)"
)


def _owned(slot: Slot) -> str:
    """Return the noun of 的 behind a quantity that names nothing else (完成500亿元的投资)."""
    name = clean(slot.left)
    bare = not name or wholly("doing_all", name) or pattern("tail").fullmatch(name)
    paid = slot.quantity.unit in ("元", "美元") and ending("doing_last", name)  # 改革取消了原先3亿元的收费
    found = _OF.match(slot.right.strip()) if bare or paid or name.endswith(("占领", "占有")) else None
    return found["noun"] if found else ""
