"""Slogans without quotation marks: N大 with its head noun, codes, and formulations that everyone knows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import ahocorasick_rs

from pipeline.extensions.content import when_used
from pipeline.regex import Regex
from pipeline.slogans.frames import framed
from pipeline.slogans.knowledge import Formulation, formulations, known
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import clause_start
from pipeline.slogans.summing import Declared, read, to_int

_GREAT = Regex(
    r"(?<![第一二三四五六七八九十百0-9“])([二两三四五六七八九十]|十[一二三四五六七八九]|[2-9]|1[0-9])大(?=[\u4e00-\u9fff])"
)
_MARKED = Regex(r"(?<![第一二三四五六七八九十百千万0-9“])([两三四五六七八九十])[大张块座把个条]“[^“”，。；]{2,12}”")
# A counted verb in quotation marks, and what stands before one that is a principle (坚持三个“一抓到底”).
_COUNTED_VERB = Regex(
    r"[两三四五六七八九十](?<![第一二三四五六七八九十百千万0-9“].)个“([^“”，。；、]{2,8})”(?!等|的?(?:企业|项目|产业|试点|品牌|套餐|[县市区镇乡村]))"
)
_PRINCIPLE = Regex(
    r"(?:坚持|做到|落实|践行|牢记|把握|严守|贯彻|实现|突出|强化|树立|遵循|按照|深化|抓好|聚焦|围绕|确保|^|[，。；：、])$"
)
_STEPS = Regex(
    r"([两三四五六])(?<![第0-9一二三四五六七八九十“].)步走"
    r"(?=的?[\u4e00-\u9fff]{0,4}?(?:(战略)|部署|方案|目标|思路|规划|安排|路径|计划))"
)
# A parallel or the digits of a code right before what they name (构建一核两带空间布局, 完善13579工作体系).
_SETTING = (
    r"(?:空间|发展|产业|区域|总体|工作|城市|城镇|城乡|生态|安全|交通|高速|公路|铁路|农业|旅游|文旅|工业|经济|创新|开放|治理|改革|综合|重点)*"
    r"(?:布局|格局|定位|体系|战略|工程|行动|思路|模式|机制|架构|路网|公路网|工作法|方针|部署)"
)
_NUMERAL = "一二两三四五六七八九十"
_OF_PART = rf"[^0-9{_NUMERAL}百千万亿双多，。；：、！？“”（）《》\s]{{1,3}}?"
_PARALLEL = Regex(
    rf"[{_NUMERAL}](?<![第百千万亿0-9“双多每{_NUMERAL}].)[{_NUMERAL}]?{_OF_PART}"
    rf"(?:[{_NUMERAL}多][{_NUMERAL}]?{_OF_PART}){{1,5}}(?=的?{_SETTING})"
)
# A row of verbs, each with what it counts (守牢一底线、打好两硬仗、抓实三提升工作布局).
_VERB = rf"[^0-9{_NUMERAL}\W]{{2}}"
_NOUN_OF_ROW = rf"[^0-9{_NUMERAL}百千万亿个大项条种类级年月日次、，。；：！？“”（）《》\s][\u4e00-\u9fff]{{1,2}}?"
_COUNTS_OF_ROW = rf"(?:[{_NUMERAL}]{_NOUN_OF_ROW}){{1,3}}"
_ROW_OF_COUNTS = Regex(
    rf"[{_NUMERAL}](?<={_VERB}.){_NOUN_OF_ROW}(?:{_COUNTS_OF_ROW})?、(?:{_VERB}{_COUNTS_OF_ROW}、){{1,4}}+{_VERB}{_COUNTS_OF_ROW}?"
    rf"(?=的?(?:{_SETTING}|工作要求|总体?要求))"
)
_OF_ROW = Regex(rf"[{_NUMERAL}][\u4e00-\u9fff]+")
_DIGITS = Regex(rf"[1-9](?<![0-9A-Za-z.+×%\-“第年].)[0-9]{{2,6}}(?={_SETTING})")
_CODE = Regex(r"(?<![0-9A-Za-z.+×%\-“])[0-9]{1,2}(?:\+(?:[0-9]{1,2}|N|X))+(?![0-9A-Za-z.+×%])(?=[\u4e00-\u9fff“])")
# Right behind a list of as many (“甲、乙、丙”三项任务, 甲、乙、丙三类需求, “甲”和“乙”两手并用).
_TITLE = 80  # characters that a title may have
_LISTED_COUNT = Regex(
    r"(?<=[\u4e00-\u9fff”等])([两二三四五六七八九十]|双(?=[轮翼]))"
    r"(?:(个|项|种|类|条|支|层|块|张|道|重|点|件|场|只(?=手)|座(?=[\u4e00-\u9fff]{0,4}(?:高[峰地]|大山|[金富]矿))|(?<=”[两二三四五六七八九十])[维元步])(?=[\u4e00-\u9fff])|([措手端轮翼](?=发力|驱动)|[\u4e00-\u9fff](?=并举|并用|并重|齐飞|并进|齐抓|齐下))[\u4e00-\u9fff]{2}"
    r"|([^级方地者家省市县区国人大个项]?(?:结合|落实|同步|联动|融合|合一|一体|统一|协同|贯通)(?!化))|(?=原则|环节|要素|主体))"
)
# What two reach or are, behind them (产量和单产双提升, 电力、算力双网融合, “甲”“乙”双承诺).
_DOUBLE = Regex(
    r"双(?:(?<=[\u4e00-\u9fff].)(?<!双.)(?:下降|上升|提升|增长|增收|突破|丰收|达标|跨越|优化|促进|枢纽|引擎|核心|中心|主体|[网链城园](?=融合|联动|协同|互动))"
    r"|(?<=”.)[\u4e00-\u9fff]{2}(?=[，。；、]))"
)
# Before a list of as many, where it opens a clause (；三个重点：甲、乙、丙；), or a series (三个重点：一要甲。二要…).
_COUNT_BEFORE = Regex(
    r"([两三四五六七八九十])(?<![第一二三四五六七八九十0-9“].)([个大项件场])([\u4e00-\u9fff]{2,6})(?=[：。，；])"
)
_MATTERS = ("大事", "要事", "硬仗")
_SERIES = Regex(r"[：。，；](?:一[是要]|首先|第一|（一）|①|一[件场]是)")
# A set of words by the number of their characters (坚持甲乙、丙丁、戊己、庚辛八字方针).
_CHARACTERS = Regex(r"字(?:方针|原则|总?要求|诀|箴言|经|战略|精神|作风|思路|标准|工作法)")
_NUMBER_BEFORE = Regex(r"[二三四五六八十]{1,3}$")
_OPENS_CLAUSE = ("；", "：", "。", "\n")
# Before N大 it is a congress of the party, or a list of the best (年度十大新闻).
_PARTY = Regex(r"(?:党的|中共|全会|大会|党|年度|全球|世界)$")
_PHRASE = Regex(r"[\u4e00-\u9fff]{1,12}")
_LISTED = Regex(r"[、和及与]([^，。；：！？]{1,14}?)等?$|”$")


_PLAIN = ("方面", "工作", "问题", "措施", "特点", "项目", "实事")  # what every text counts
_COUNTED_PLACES = ("园区", "城市", "景区", "开发区", "示范区", "试验区", "功能区")  # with 个; N大 sums them up
_MODIFIERS = ("重点", "关键", "难点", "主体")  # heads that stand before another as well
_WORD = 2
_NOUN = (2, 5)  # how short and how long a noun may be that is no known head

_LONGER = ("双拥模范", "五保户")  # words that begin with a formulation

LISTED = "listed_count"  #: the rule of a count that is a slogan only where a list of as many stands before it
CHARACTERS = "characters"  #: that of one that counts characters, a slogan only where its words stand


@dataclass(frozen=True)
class Found:
    """A slogan at `[start, end)` of the view that no quotation marks show."""

    start: int
    end: int
    type: str
    declared: Declared
    rule: str


def unquoted_slogans(view: str) -> Iterator[Found]:
    """Yield what is a slogan by its form or by being known, in no particular order; ranges may overlap."""
    for match in _GREAT.finditer(view):
        if found := _great(view, match):
            yield found
    for match in _LISTED_COUNT.finditer(view):
        if found := _listed_count(view, match):
            yield found
    for match in _DOUBLE.finditer(view):
        yield Found(*match.span(), "numeral_phrase", 2, LISTED)
    for match in _COUNT_BEFORE.finditer(view):
        if _announces(view, match):
            yield Found(*match.span(), "numeral_phrase", to_int(match[1]), LISTED)
    for match in _MARKED.finditer(view):
        if match.group()[1] in "大块" or _is_listed(view, match.start()):
            yield Found(match.start(), match.end(), "numeral_phrase", to_int(match[1]), "marked_head")
    for match in _COUNTED_VERB.finditer(view):
        named = match[1].endswith(lexicon().noun_endings) or read(match[1]) is not None
        principle = _PRINCIPLE.search(view, max(0, match.start() - _WORD), match.start()) is not None
        if known(match.group()) or (principle and not named):
            yield Found(*match.span(), "numeral_phrase", to_int(match.group()[0]), "marked_head")
    for match in _CHARACTERS.finditer(view):
        if number := _NUMBER_BEFORE.search(view, max(0, match.start() - 3), match.start()):
            yield Found(number.start(), match.end(), "numeral_phrase", to_int(number.group()), CHARACTERS)
    for match in _STEPS.finditer(view):
        if view[match.start() - 1] == "分" and not match[2]:  # 改革分三步走的安排
            continue
        yield Found(*match.span(), "numeral_phrase", to_int(match[1]), "steps")
    for pattern in (_PARALLEL, _DIGITS):
        for match in pattern.finditer(view):
            reading = read(match.group())
            if reading and isinstance(reading.declared, list) and len(reading.declared) > 1:
                yield Found(*match.span(), reading.type, reading.declared, "bare_parallel")
    for row in _ROW_OF_COUNTS.finditer(view):
        for match in _OF_ROW.finditer(view, *row.span()):
            if reading := read(match.group()):
                yield Found(*match.span(), reading.type, reading.declared, "bare_parallel")
    for match in _CODE.finditer(view):
        if reading := read(match.group()):
            yield Found(match.start(), match.end(), reading.type, reading.declared, "bare_sum")
    matcher, entries = _bare()
    for index, start, end in matcher.find_matches_as_indexes(view):
        entry = entries[index]
        if view[start - 1 : start + 1] == "创新" or view.startswith(_LONGER, start):  # 创新发展理念 is not 新发展理念
            continue
        if entry.type == "formula" and _in_title(view, start):
            continue
        yield Found(start, end, entry.type, entry.declared, "bare_known")


def _announces(view: str, match: re.Match[str]) -> bool:
    """Whether a count may announce what stands behind it: a series, or, where it opens a clause, a list."""
    numeral, classifier, noun = match.groups()
    series = _SERIES.match(view, match.end()) is not None
    if classifier in "件场":
        return (series or view[match.end()] == "：") and noun in _MATTERS
    length = _head_length(noun, listed=True)
    if numeral == "两" or (length == 0 and series) or length not in (0, len(noun)):  # not 三大片区|各展风采：
        return False
    if series:
        return not noun.endswith(_PLAIN)
    opens = view[match.start() - 1 : match.start()] in _OPENS_CLAUSE
    return opens and view[match.end()] == "：" and not noun.endswith("方面")


def _in_title(view: str, start: int) -> bool:
    """Whether `start` stands in the title of a document (《关于全面深化改革开放的意见》)."""
    opened = view.rfind("《", max(0, start - _TITLE), start)
    return opened >= 0 and view.find("》", opened, start) < 0


def _great(view: str, match: re.Match[str]) -> Found | None:
    start = match.start()
    if _PARTY.search(view[max(0, start - 2) : start]) or view.startswith(lexicon().no_sum, start):
        return None
    phrase = _PHRASE.match(view, match.end())
    assert phrase is not None
    listed = _is_listed(view, start)
    if match[1] in "两2" and not listed:
        return None
    if listed and (length := _place_length(phrase.group())):
        return Found(start, match.end() + length, "numeral_phrase", to_int(match[1]), LISTED)
    length = _head_length(phrase.group(), listed)
    if length:
        return Found(start, match.end() + length, "numeral_phrase", to_int(match[1]), "great")
    again = re.search(
        rf"{match[1]}大[\u4e00-\u9fff]{{2,5}}[、和与及]$", view[max(0, start - 8) : start]
    )  # 十大赛事、十大演艺
    if (again or (listed and match[1] not in "两2")) and (length := _to_stop(phrase.group())):  # 甲、乙和丙三大共生矿的
        return Found(start, match.end() + length, "numeral_phrase", to_int(match[1]), "great" if again else LISTED)
    return None


def _listed_count(view: str, match: re.Match[str]) -> Found | None:
    """Return a count with its noun where a list may stand before it; whether it has as many items is found later."""
    start = match.start()
    if view[start - 1] == "第" or (view[start - 1] != "”" and not _is_listed(view, start)):
        return None
    end = match.end()
    if not (match[3] or match[4]):
        noun = _PHRASE.match(view, end)
        length = _head_length(noun.group(), listed=True) if noun else 0
        if noun and not length and match[2] in ("维", "元", "步"):  # “甲、乙、丙”三维纲要
            length = _to_stop(noun.group())
        if not length:
            return None
        end += length
    pair = match[1] == "两" and not match[3] and view[start - 1] not in "”等"
    again = view.endswith(view[start + 2 : end], 0, start)  # 甲中心、乙中心两个中心
    if match[2] == "个" and view[start - 1] != "”" and view[start + _WORD : end] in _COUNTED_PLACES:
        return None  # 甲城、乙县和丙区三个园区, but 四个节点城市
    if view.endswith("方面", start, end) or (
        pair and not again and not view.endswith(lexicon().pair_heads, start, end)
    ):
        return None  # N个方面 only counts, and so do most pairs (甲、乙两个指标)
    return Found(start, end, "numeral_phrase", to_int(match[1]), LISTED)


def _head_length(tail: str, listed: bool) -> int:
    """Return how long the noun phrase is with which `tail` begins; 0 if it has no head noun of those that count."""
    words, length = lexicon(), 0
    every_head = words.heads + words.listed_heads
    for i in range(2, len(tail) + 1):
        heads = every_head if listed or length else words.heads
        if tail[:i].endswith(heads):
            length = i
            if listed and i > _WORD and tail.startswith("产业项目", i - _WORD):  # 果、茶、药三大特色产业|项目
                break
            goes_on = tail.endswith(_MODIFIERS, 0, i) and tail.startswith(every_head, i)  # 三项重点|工作
            if i == len(tail) or (tail.startswith(words.head_stops, i) and not goes_on):
                break
        elif tail.startswith(words.early_stops, i - 1) and not (
            tail.startswith(words.no_stops, i - 2) or tail.startswith((*words.no_stops, *heads), i - 1)
        ):
            break
    return length


def _place_length(tail: str) -> int:
    """Return how long the name of a kind of place is with which `tail` begins (三大水库|除险加固); 0 if none does."""
    places = lexicon().places
    ends = (i for i in range(_WORD, _NOUN[1]) if tail.endswith(places, 0, i))
    return next(ends, 0)


def _to_stop(tail: str) -> int:
    """Return how long a noun without a known head is: up to the word at which noun phrases end; 0 if it is no word."""
    stops = lexicon().early_stops
    length = next((i for i in range(_NOUN[0], len(tail)) if tail.startswith(stops, i)), len(tail))
    return length if _NOUN[0] <= length <= _NOUN[1] else 0


def _is_listed(view: str, start: int) -> bool:
    """Whether a list of members stands before `start`."""
    match = _LISTED.search(view, max(0, start - 16), start)
    end = start - (view[start - 1 : start] == "的")
    if framed(view, clause_start(view, end), end):  # 把甲、乙、丙列为三大领域
        return True
    return match is not None and not lexicon().verb_words.length_before(view, match.end(1), match.start(1))


@when_used
def _bare() -> tuple[ahocorasick_rs.AhoCorasick, list[Formulation]]:
    entries = {form: entry for form, entry in formulations().items() if entry.bare}
    matcher = ahocorasick_rs.AhoCorasick(tuple(entries), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
    return matcher, list(entries.values())
