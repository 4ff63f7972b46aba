"""How far left of its head a name reaches: word by word, over quotations and brackets, to what cannot stand in it."""

from functools import cache

import msgspec

from pipeline.entities.heads import rules
from pipeline.entities.marks import (
    CODE,
    CONJUNCTIONS,
    EDITION_END,
    LINES,
    MAKING,
    MEASURE,
    NATIONAL,
    NUMERIC,
    ORDINAL,
    OWN,
    OWNERS,
    PLAIN,
    PROVINCES,
    REACH,
    SEPARATOR,
    STOPS,
)
from pipeline.entities.words import Words, in_dictionary, is_personal, is_toponym, is_verb
from pipeline.regex import Regex

_LEADING = frozenset((*"新好各该本这此多优强精实", "研究"))
#: How much a work makes or carries, as it stands in the names of works (400万吨, 750千伏, 20亿立方米/年).
_CAPACITY = Regex("[0-9.×]+[万亿]?(?:吨级?|千伏|千瓦时?|兆瓦时?|吉瓦时?|立方米|标方|英寸|公里|米|车道)(?:/[年日])?$")
_CAPACITY_REACH = 14
_ABOUT = frozenset("超近约逾达速")
_CAPACITY_END = frozenset("吨级伏瓦时米方寸里年日道")
_CLASSIFIERS = frozenset("个家项条座批次轮届名处所块只类种大期场部份支间")
_DIVISIONS = frozenset("省州市县区乡镇村")
_ARABIC = frozenset("0123456789")
_NATION = "全国"  #: begins names of what the state has, and no others
#: Adverbs that show the verb after them to govern a name, not to begin it (持续 | 深化 …专项行动).
_ADVERBS = (
    "持续",
    "全面",
    "深入",
    "扎实",
    "积极",
    "大力",
    "纵深",
    "稳步",
    "有序",
    "着力",
    "加力",
    "抓紧",
    "加快",
    "继续",
    "迭代",
)
_LINKS = frozenset("—－–-至")  # between two places: 中国—东盟, 西宁至成都
_CLOSERS = {"”": "“", "’": "‘", "）": "（"}
_NUMBERED = Regex("（[0-9一二三四五六七八九十]{1,3}）")  # of an item of a list
_LED, _LED_REACH = (
    Regex("(?:[^\u4e00-\u9fff]|建成|开工|推进|加快|建设|实施|贯通|投运|竣工|和|及)[\u4e00-\u9fff]{2,4}$"),
    7,
)
_INTEGRATING = ("一体化", "协同", "同城化", "共建", "连通")  # what a zone or work of two places is for
_HEAD_REACH = 8  #: characters from the head in which what stands before a conjunction shows to be of its kind
_JOINED = 4  #: words that may stand before the conjunction inside a meeting's name
_GATHERED = (
    "会",
    "会议",
    "节",
    "论坛",
    "赛",
    "周",
    "展",
    "季",
    "年",
    "月",
    "活动",
    "大会",
    "杯",
    "行动",
    "马拉松",
    "演唱",
)
_BODIES = (
    "中心",
    "院",
    "局",
    "厅",
    "部",
    "所",
    "组织",
    "机构",
    "平台",
    "基地",
    "企业",
    "大学",
    "学校",
    "银行",
    "公司",
    "友城",
)
#: What a campaign of years may end on though it governs elsewhere: 河岸整治 | 重点工程 | 三年行动.
_CAMPAIGNED = ("重点工程", "重大工程", "重点项目", "重大项目")
_CAMPAIGNS = ("三年行动", "攻坚行动", "提升行动", "攻坚战")
_SURROUNDING = "周边"  #: of a place that a plan is for: 云岭新区及周边地区专项规划
_UNITS = frozenset(("元", "万元", "亿元", "万亿元", "千伏", "千瓦", "兆瓦"))  #: end the search behind a number
_FIRST_OF = frozenset("票单例笔")  # 首票, 首单: the first of many names nothing
_GIVEN_OUT = ("工程",)  # works for this and that, of one place
#: Verbs that show the whole series after them to share the head at its end (实施 | 仓储、物流能力提升行动).
_SHARING = {
    "plan": frozenset(
        ("实施", "开展", "启动", "制定", "出台", "印发", "编制", "组织开展", "深入实施", "组织实施", "继续实施")
    ),
    "document": frozenset(("制定", "出台", "印发", "编制", "实施", "修订")),
    "meeting": frozenset(("召开", "举办", "举行", "承办", "主办")),
}
_ITEM_REACH, _ITEM = 22, 14  #: characters of a clause of one item, and of the item
_SERVED = ("现场", "推进", "座谈", "对接", "调度")  #: how meetings begin that deal with a series of things
#: The end of an item that is a name by itself, so that the series has no shared head (实施 | 甲计划、乙行动).
_WHOLE_ITEM = (
    *"动划程战略策度制会议节赛坛周典季话谈革点系案法”",
    *(
        "工作",
        "意见",
        "纲要",
        "提质",
        "增效",
        "提效",
        "振兴",
        "焕新",
        "攻坚",
        "扩容",
        "孵化",
        "集聚",
        "引育",
        "领先",
        "增产",
        "防控",
    ),
    *("关爱", "强基", "节水", "节能", "降碳", "扩能", "演练", "激励", "挖潜", "倍增", "协同", "推介"),
)
_WRITTEN = ("方案", "规划", "意见", "办法", "细则", "条例", "决定", "纲要", "措施")  #: what documents end with
_BODY_ENDS = frozenset("局厅委院学司会")
_SHARED_DEEDS = ("保护", "富裕", "缔造", "体")  # 共同 | 保护合作区
#: Verbs that a campaign may begin with after the verb that governs it (开展 | 维护…行动).
_HASTENED = "加快"  #: of a verb behind it, which governs the name: 加快推进 | …试点
_OBJECTS = frozenset(("维护", "防止", "打击", "支援", "打造", "推动", "推进", "助力", "帮助", "解决"))
_NEW = frozenset(
    ("产业", "技术", "产品", "能源", "业态", "消费", "市民", "农人", "农村", "职业")
)  #: what 新 is part of
_MEETING_WORDS = frozenset(("全省", "全市", "全国", "全区", "首次", "企业家"))  #: what meetings are named after
_WORKS = ("工程", "项目")
_COUNTED = Regex(
    "[0-9.,一二三四五六七八九十百千两几]+[个家项条座批次轮处种类]"
    "|[百千万亿]+[余多]?[个家项条座批次轮处种类间所名场支]"  # the measure of a number before it: 8.6 | 万座
)
_COUNTED_LAST = frozenset("个家项条座批次轮处种类间所名场支")
_DIGIT = Regex("[0-9一二三四五六七八九十百千万亿两几]")
_DIGITS = frozenset("二三四五六七八九")
_DEEDS = ("行动", "专项行动", "工程")
_SHORT_QUOTE = 4  #: two quotations side by side are one name only where they are this short (“特”“优”)


class Piece(msgspec.Struct, frozen=True):
    """A word, a quotation or a bracket that may belong to a name."""

    start: int
    end: int
    text: str
    quoted: bool = False
    named: bool = False  #: of a place or known name


def is_second(view: str, at: int) -> bool:
    """Whether a verb that such names have and one item stand before the conjunction at `at` (实施工业强基、)."""
    start = max(at - _ITEM_REACH, 0)
    at -= view.startswith("”", at - 1)
    left = max((view.rfind(stop, start, at) for stop in "，。；：、\n"), default=-1) + 1
    return any(
        0 < at - (view.find(verb, left, at) + len(verb)) <= _ITEM for verb in _SHARING["plan"] if verb in view[left:at]
    )


def search(
    view: str,
    words: Words,
    marked: bytearray,
    head: int,
    *,
    complete: bool = False,
    type_: str = "",
    joint: bool = False,
    series: str = "",
) -> list[Piece]:
    """Return the words left of `head` that may belong to a name ending there, in text order.

    `complete` says that any wording is a name's; else only what holds a proper name is. `joint` says that
    a conjunction may stand in the name; `series`, what kind of name may share its head with a series.
    """
    settings = rules()
    found: list[Piece] = []
    floor = max(head - REACH, 0)
    at = head
    proper = complete
    singles = 0
    while at > floor:
        mark = view[at - 1]
        if mark in _CLOSERS:
            opened = view.rfind(_CLOSERS[mark], floor, at)
            if opened < 0 or any(stop in view[opened:at] for stop in "。；\n") or _NUMBERED.match(view, opened):
                break
            if mark == "”" and at - opened == len("“1”") and CODE.match(view, opened + 1):
                break  # “N”个中心
            if found and found[-1].quoted and mark == "”" and at - opened > _SHORT_QUOTE:
                break
            found.append(Piece(opened, at, view[opened:at], quoted=mark == "”"))
            proper = proper or mark == "”"
            at = opened
            continue
        if (
            mark in _LINKS
            and found
            and (marked[at] or (type_ == "project" and mark == "—" and view[at] not in PLAIN))
            and (_is_linked(view, marked, at - 1) or (type_ == "project" and _is_led(view, found, at - 1)))
        ):
            found.append(Piece(at - 1, at, mark))
            at -= 1
            continue
        if (
            mark == "、"
            and found
            and series in _SHARING
            and (series != "meeting" or view.startswith(_SERVED, head))
            and _shares(view, words, marked, at - 1, floor, series)
        ):
            found.append(Piece(at - 1, at, mark))
            at -= 1
            continue
        if mark in STOPS and not (mark == "/" and type_ == "project"):
            break
        capacity = (
            _CAPACITY.search(view, max(at - _CAPACITY_REACH, floor), at)
            if type_ == "project" and mark in _CAPACITY_END
            else None
        )
        if capacity:
            if view[capacity.start() - 1] in _ABOUT:
                break
            found.append(Piece(capacity.start(), at, capacity.group()))
            at = capacity.start()
            continue
        edition = EDITION_END.search(view, max(at - 8, floor), at) if mark in "届次" and type_ == "meeting" else None
        start = edition.start() if edition else words.before(at, floor)
        text = view[start:at]
        if (
            text == "大"
            and at == head
            and series == "plan"
            and view[start - 1] in _DIGITS
            and view.startswith(_DEEDS, at)
        ):
            start, text = start - 1, view[start - 1 : at]  # 七大 is no word where 十大 is one
        if (mark in _COUNTED_LAST and _COUNTED.fullmatch(text)) or (
            (text in _CLASSIFIERS and _DIGIT.match(view, start - 1))
            or (text in _DIVISIONS and view[start - 1 : start] in _ARABIC)
            or (text in _FIRST_OF and view[start - 1 : start] == "首")
            or (text in _UNITS and view[start - 1 : start] in _ARABIC)
        ):
            break
        if len(text) > 1 and text[0] in CONJUNCTIONS and marked[start + 1] and not marked[start]:
            break  # 云岭交易会和 | 平遥国际电影展, where 和平 reads as a word
        named = bool(marked[start])
        if (
            text == _NATION
            and found
            and not view.startswith("产", at)
            and type_ in ("project", "org")
            and not complete
            and not found[-1].named
        ):
            found.append(Piece(start, at, text))
            break
        if named and len(text) == 1 and view.startswith("在", start - 1) and words.is_boundary(start - 1):
            break  # 在沪 | 国家实验室
        inner = (
            complete
            and type_ in ("plan", "document")
            and (
                text == "问题"
                or (text in _OBJECTS and view[words.before(start, floor) : start] in _governing_objects())
            )
        ) or (
            complete
            and text in settings.inner
            and (found or marked[start - 1])
            and (
                marked[start - 1]
                or _follows_noun(view, words, start, floor)
                or (type_ in ("document", "plan") and _is_acted(view, words, start))
            )
        )
        if (
            not named
            and not inner
            and not (text == "共同" and found and found[-1].text in _SHARED_DEEDS)
            and not (
                text == "经" and found and len(found[-1].text) == 1 and OWN.match(view, start - 1)
            )  # 市 | 经 | 发集团
            and (
                (
                    _governs(text, type_)
                    and not (type_ == "project" and _begins_line(view, words, found, start, head))
                    and not (text in _CAMPAIGNED and at == head and view.startswith(_CAMPAIGNS, head))
                    and not (text in _CAMPAIGNED and found and type_ == "policy")  # 重点项目 | 贷款贴息政策
                )
                or (found and found[-1].quoted and text in settings.actors and not _object(view, words, start, floor))
            )
        ):
            break
        if (
            text in CONJUNCTIONS
            and type_ == "project"
            and marked[start - 1]
            and (any(p.text in _INTEGRATING for p in found) or view.startswith("水系连通", head))
        ):
            found.append(Piece(start, at, text))
            at = start
            continue
        if (
            text == "及"
            and found
            and (
                found[-1].text.startswith(_SURROUNDING)
                if type_ in ("plan", "document")
                else not any(p.named for p in found)
                and view.startswith(_GIVEN_OUT, head)
                and _spans(view, words, marked, start, type_)
            )
        ):
            found.append(Piece(start, at, text))
            at = start
            continue
        if text in CONJUNCTIONS and found and _shares(view, words, marked, start, floor, series):
            found.append(Piece(start, at, text))
            at = start
            continue
        if text in CONJUNCTIONS and found and view[start - 1] == "）" and type_ == "org":
            break  # 国家检测中心（云岭） | 和云岭交易中心
        if (
            text in CONJUNCTIONS
            and not named
            and not (found and (joint or type_ == "meeting") and _spans(view, words, marked, start, type_))
        ):
            if found and ((proper and not (joint and complete)) or found[-1].text in OWNERS):
                break
            if type_ == "document" and view.endswith(_WRITTEN, 0, start):
                break
            if found and NATIONAL.match(found[-1].text) and type_ in ("org", "project"):
                break
            if not joint or view[start - 2 : start] in view[head : head + _HEAD_REACH]:
                return []
        if text in settings.verbs and proper and not complete and not named:
            break
        if type_ == "org" and (
            (text == "共建" and not view.endswith(("省部", "部省"), 0, start))
            or (text == "联合" and view[start - 1] in _BODY_ENDS)
        ):
            break  # 云岭大学 | 共建 | 院士工作站, 市文旅局 | 联合 | 市商务局
        if (
            type_ in ("project", "place")
            and text in MAKING
            and (found or (text != "共建" and not complete))
            and not view.startswith(_WORKS, head)
            and not view.endswith(("省部", "部省"), 0, start)
        ):
            break
        found.append(Piece(start, at, text, named=named))
        singles = singles + 1 if len(text) == 1 else 0
        proper = proper or named or tells(text) or singles > 1
        at = start
    found.reverse()
    return found


def _spans(view: str, words: Words, marked: bytearray, conjunction: int, type_: str) -> bool:
    """Whether a meeting's name reaches over the conjunction: before it stands a bare noun after a word of scope.

    中国 | 家电 | 及 消费电子博览会; but 旅博会 | 和 | 文化节 are two.
    """
    if type_ not in ("meeting", "org", "project"):
        return False
    at = conjunction
    for _ in range(_JOINED):
        if at == 0 or view[at - 1] in STOPS:
            return False
        start = words.before(at, 0)
        text = view[start:at]
        if marked[start] or NATIONAL.fullmatch(text) or text in rules().toponyms:
            return at < conjunction
        if (
            text.endswith(_GATHERED)
            or text.endswith(_BODIES)
            or text in ("同志", "重要")
            or _governs(text, type_)
            or text in CONJUNCTIONS
        ):
            return False
        at = start
    return False


def _is_linked(view: str, marked: bytearray, at: int) -> bool:
    """Whether a place, 中国 or 中国（山西） ends at `at`, where a dash joins it to the next."""
    end = view.rfind("（", max(at - 8, 0), at) if view.startswith("）", at - 1) else at
    return end > 0 and bool(marked[at - 1] or marked[end - 1] or view.endswith("中国", 0, end))


def _is_led(view: str, found: list[Piece], at: int) -> bool:
    """Whether a line of so many kilovolts leads to what stands after the dash at `at` (巴林—奈曼—阜新500千伏…工程)."""
    return _LED.search(view, max(at - _LED_REACH, 0), at) is not None and any(p.text.endswith("千伏") for p in found)


def _shares(view: str, words: Words, marked: bytearray, at: int, floor: int, type_: str) -> bool:
    """Whether the series that `at` ends an item of is the object of one verb and shares the head after it.

    实施 | 餐饮 | 、 | 住宿业服务质量提升行动; but not where an item is a name by itself.
    """
    sharing = _SHARING.get(type_)
    if sharing is None or at <= floor or marked[at - 1] or view.endswith(_WHOLE_ITEM, 0, at):
        return False
    if view[words.before(at, floor) : at] in rules().verbs:
        return False  # 种业振兴、产能提升行动: an action of its own, without its head
    end = at
    while end > floor and (view[end - 1] == "、" or view[end - 1] not in STOPS) and view[end - 1] not in _CLOSERS:
        start = end - 1 if view[end - 1] == "、" else words.before(end, floor)
        text = view[start:end]
        if text in sharing:
            return end < at
        if text == "的" or (text not in CONJUNCTIONS and _governs(text, type_)):
            return False
        end = start
    return False


def _begins_line(view: str, words: Words, found: list[Piece], start: int, head: int) -> bool:
    """Whether the one character at `start` and the next are the ends of a line (连霍高速, 将淖铁路), not a verb."""
    if view.startswith("灌区", head) and head - start == 1:
        before = words.before(start, 0)
        return start - before == 1 and before > 0 and view[before - 1] in STOPS
    if head - start != 2 or len(found) != 1 or not view.startswith(LINES, head):
        return False
    return view[start - 1 : start] in STOPS or start - words.before(start, 0) > 1


def _object(view: str, words: Words, start: int, floor: int) -> bool:
    """Whether the noun phrase that ends at `start` is the object of a verb that plans have (实施 高新技术 | 企业…)."""
    if start == floor or view[words.before(start, floor) : start] in rules().acting:
        return False  # 组织 干部…: whom the verb sets to it
    while start > floor and view[start - 1] not in STOPS:
        at = words.before(start, floor)
        text = view[at:start]
        if text in rules().acting:
            return True
        if _governs(text, "plan"):
            return False
        start = at
    return False


def _is_acted(view: str, words: Words, start: int) -> bool:
    """Whether a verb that plans and documents are the object of stands right before `start` (出台 | 高质量…条例)."""
    return view[words.before(start, max(start - 8, 0)) : start] in rules().acting


def _follows_noun(view: str, words: Words, start: int, floor: int) -> bool:
    """Whether the word that ends at `start` may be the noun that a name begins with."""
    before = view[words.before(start, floor) : start] if start > floor else ""
    settings = rules()
    return len(before) > 1 and not (settings.moves(before) or is_verb(before))


def _governs(text: str, type_: str) -> bool:
    governing = rules().governing
    if text in governing:
        return not ((type_ == "meeting" and text in _MEETING_WORDS) or (type_ == "plan" and text == "企业家"))
    moving = rules().verbs
    return len(text) == 4 and all(half in governing or half in moving for half in (text[:2], text[2:]))


def trim(view: str, pieces: list[Piece], type_: str = "") -> list[Piece]:
    """Take from the left what a name does not begin with: verbs that govern it, and how many there are."""
    settings = rules()
    clausal = type_ in ("plan", "document")
    openers = settings.openers if clausal else settings.verbs
    opening = bool(pieces) and (
        pieces[0].start == 0
        or view[pieces[0].start - 1] in SEPARATOR
        or view[pieces[0].start - 1] in "为是即）"
        or view.startswith(_ADVERBS, pieces[0].start - 2)
    )
    counted = governed = False
    while pieces:
        first = pieces[0]
        if first.quoted or first.named or (type_ == "meeting" and ORDINAL.match(view, first.start, pieces[-1].end)):
            break
        text = first.text
        if text[0] == "（" or (text == "同" and len(pieces) > 1 and pieces[1].named):
            pieces = pieces[1:]
            continue
        measure = text[0] in NUMERIC and MEASURE.fullmatch(text) is not None and view[first.end] != "+"
        if not (
            ((opening or not clausal) and text in openers and len(pieces) > 1)
            or (not clausal and len(pieces) > 1 and is_verb(text))
            or measure
            or (text[-1] in _CAPACITY_END and _CAPACITY.fullmatch(text) is not None)
            or (
                text in _LEADING
                and not (len(pieces) == 2 and text in "新本" and len(pieces[1].text) == 1)
                and not (clausal and text == "新" and len(pieces) > 1 and pieces[1].text in _NEW)
                and not (clausal and len(pieces) == 2 and text == "强" and view.endswith(_acting(), 0, first.start))
            )
            or (counted and text in _CLASSIFIERS)
        ) or (text == "服务" and (governed or (clausal and _is_served(view, first.start)))):
            break  # 深化 | 服务民营企业行动
        governed = governed or (clausal and text in openers)
        counted = measure
        pieces = pieces[1:]
    return pieces


def _is_served(view: str, start: int) -> bool:
    """Whether 服务 at `start` begins a campaign rather than governs it: after its verb, or in a series of them."""
    return view.startswith("、", start - 1) or view.endswith(_acting(), 0, start)


@cache
def tells(text: str) -> bool:
    """Whether a word shows a name to be proper: no dictionary has it, it names a place, or it holds a code."""
    settings = rules()
    if len(text) > 1 and (
        not in_dictionary(text)
        or text in settings.toponyms
        or (len(text) > 2 and PROVINCES.issuperset(text))
        or (is_toponym(text) and text not in settings.toponyms_not)
        or is_personal(text)
    ):
        return True
    return bool(CODE.search(text))


@cache
def _acting() -> tuple[str, ...]:
    return tuple(sorted(rules().acting))


@cache
def _governing_objects() -> frozenset[str]:
    return rules().acting - {_HASTENED}
