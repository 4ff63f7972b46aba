"""The members that a text enumerates for a slogan.

They stand before it (「旅游、养老、医疗“三大产业”」), after it (in brackets, or behind a colon, 即, 包括 or a
dash), in the sentences that follow (一是…二是…, 一要…二要…, （一）…（二）…), or, for a sum, in counted groups
(「煤炭1个千亿级，钢铁、化工2个百亿级」 for 1+2). How many are announced decides between the ways to cut a
list; a list that agrees with none is a mismatch, and is told.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.document import Document, Member
from pipeline.regex import Regex
from pipeline.slogans.counted import SAID_AGAIN, clauses_before, said_again
from pipeline.slogans.knowledge import known
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import (
    CONJUNCTION,
    MAX_ITEM,
    Range,
    agreeing,
    clause_start,
    echoed,
    even_first,
    named,
    polished,
    row_of_quotes,
    split,
    tidied,
    two_lists,
    unquoted,
    without_common_head,
    without_governor,
    without_roles,
)
from pipeline.slogans.nested import (
    concatenated,
    counting_clauses,
    ending_alike,
    explained_parts,
    listed_otherwise,
    lists_within,
    named_as,
    of_another,
    segments,
)
from pipeline.slogans.series import row_of_clauses, series_after
from pipeline.slogans.summing import Declared, agrees, announced, read, to_int
from pipeline.slogans.unquoted import LISTED, Found

_MAX_MEMBERS = 20
_SENTENCE_END = "。；！？\n"
_BEFORE_LINK = Regex(
    r"(?:等(?:[0-9一二两三四五六七八九十]+[个项大]|所谓的?)?|[两二三四五]者(?:之间)?的?|这|共|(?<![但若可仍还更正也便乃])是(?:我[国省市区县们])?的|的|：|——|—)$"
)
_AFTER_LINK = Regex(
    r"[”】]?(?:[\u4e00-\u9fff]{0,12}?)(（(?:即|指|是指|包括|分别是|分别为)?：?|(?:，|。)?(?:具体)?(?:即|是指|指(?![导示挥定引数标出])|就是|分别是|分别为|包括|主要包括|主要是|涵盖)(?:：|的是)?|：(?:\s{0,3}(?:即|是指|指|包括|就是))?|——)"
)
_STRONG = Regex(r"：|即|指|分别|——")
_TOLD = Regex(r"等“|”?[\u4e00-\u9fff]{0,6}(?:，?(?:即|是指|指|包括)|：|（)[“\s]?")
_TOLD_TWO = Regex(r"”(?:，?(?:即|是指)|：)：?")
_TAIL = Regex(r"(?:仍然是|仍是|是当|连续|实现|均|都|全部|保持|入选|持续|逐年|分别|同步|双双|首次|作为|占比$).*")
_REACHES = Regex(r"，(?:[均都]|双双|首次|历史性|全面|同步|成功|一举|连年|[\u4e00-\u9fff]{0,2}年)*(?:实现|完成|达到)$")
_FIGURE = Regex(
    r"(?:累计|首次|历史性|分别|同比|均|已)*(?:达到?|突破|超过?|增至|升至|增加到|提高到|扩大到|增长|下降|增加|减少|为)?(?:近|约|超过?)?[0-9]"
)
_NEXT_IN_ROW = Regex(r"[、和与]?“[^“”]{1,20}”")
_QUOTED = Regex(r"“([^“”]+)”")
_SEPARATORS = ("、", "；", "，", "、；", "，；", "、，；")
_HAN = Regex(r"[\u4e00-\u9fff]+")
_FEW_CHARACTERS = 3
_TRINITY = 3
_MANY = 5
_SHORT_NAME = 6
_NEXT_CLAUSE = Regex(r"”[\u4e00-\u9fff]{0,6}，([^，。；：！？“”（）\n]{8,80}等[\u4e00-\u9fff]{1,12})[，。；]")
_ECHOING = Regex(r"[双两二三四五六七八九](?:[个大项]([\u4e00-\u9fff]{2})|([\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2})?)")
_JOINED_BY = Regex(r"[的，。][ \u3000]*()$")
_BEFORE_ECHO = Regex(r"[，。][ \u3000]*([\u4e00-\u9fff]{1,12})$")
_HOW = ("深度", "协调", "协同", "互动", "有机", "全面", "一体", "相互", "同步", "有效", "紧密")
_WORD = 2
_FEW = 6  # a list of more items, cut at every mark, agrees with the digits of a code by chance
_CONTINUES = Regex(
    r"(?:”[^，。；：“”]{0,16})?、|(?:[和与及]|以及)?“|[^，。；：“”]{0,16}(?:和|与|以及)[^，。；]{0,16}(?:工程|项目|等)"
)
_COUNTS = Regex(r"[两二][大个项条只张篇件种类手]")
_HEADING = Regex(r"[ \u3000]*第?[一二三四五六七八九十]{1,3}、\s?")
_COUNTED_ON = Regex(r"[0-9一二两三四五六七八九十百多余几数][个项家]$")
_LEADS_ON = Regex(r"(?:(?:银行|(?<![行作]))为|[对向给把让使由被于])$")  # 甲行、乙行为“三农”服务
_CLAUSE_BEGINS = ("把", "从", "对", "将", "被", "都", "也", "既", "我", "必须", "应当", "要")
_LEAD = Regex(r"”?[\u4e00-\u9fff]{0,6}，")
_GROUP = Regex(r"([^，。；：]{2,60}?)([0-9]{1,2}|[一二两三四五六七八九十]{1,2})[个家条项大类级种](?![月年])")
_SECTION = 2000  # how far apart the sections on two members may begin
_EXPLAINED = 600  # how far the explanation of the parts of a parallel, or counted groups, may go on


def find_members(doc: Document, found: Found, meaning: Range | None = None) -> tuple[Member, ...]:
    """Return the members that the text around `found` enumerates, in text order; () if it does not.

    `meaning` is where a glossary explains it.
    """
    if found.type not in ("numeral_code", "numeral_phrase") or _counts_characters(doc.view, found):
        return ()
    for ranges in _enumerations(doc.view, found, meaning):
        if ranges and _is_credible(doc.view, found, ranges):
            return tuple(_member(doc, start, end) for start, end in ranges)
    return ()


def _counts_characters(view: str, found: Found) -> bool:
    """Whether a slogan says how many characters, not how many members there are (八字方针)."""
    return view.startswith("字", found.start + 1)


def _is_credible(view: str, found: Found, ranges: list[Range]) -> bool:
    """Whether a list may be that of a formulation whose members everyone knows."""
    formulation = known(view[found.start : found.end])
    if formulation is None or not formulation.members or _is_told(view, found, ranges):
        return True
    names = [view[start:end] for start, end in ranges]
    alike = sum(
        any(len(set(name) & set(member)) * 2 > min(len(name), len(member)) for member in formulation.members)
        for name in names
    )
    return alike * 2 > len(names)


def _is_told(view: str, found: Found, ranges: list[Range]) -> bool:
    """Whether a list of as many as announced is tied to `found` in so many words (甲、乙等“双宝”; “双宝”即甲、乙)."""
    gap = view[ranges[-1][1] : found.start] or view[found.end : ranges[0][0]]
    if len(ranges) == 2 == found.declared and ranges[0][1] == ranges[1][0]:  # 水位水量“双控”
        return True
    counted = view[found.start + 1] in "大个项位"
    if gap in ("", "“") and counted and len(ranges) == found.declared and len(ranges) > 2:  # 治水、修路、办学三大攻坚战
        return True
    told = _TOLD if len(ranges) > 2 else _TOLD_TWO
    if len(ranges) == 2 and max(e - s for s, e in ranges) > MAX_ITEM:
        return False
    return len(ranges) in announced(found.declared) and told.fullmatch(gap) is not None


def expansion(declared: Declared, members: tuple[Member, ...]) -> str:
    """Say whether `members` are as many as `declared`: ``complete``, ``mismatch``, or ``none``."""
    if not members:
        return "none"
    return "complete" if agrees(declared, len(members)) else "mismatch"


def _member(doc: Document, start: int, end: int) -> Member:
    span = doc.locate(start, end)
    return Member(doc_id=doc.doc_id, start=span.start, end=span.end, quote=span.quote)


def _enumerations(view: str, found: Found, meaning: Range | None) -> Iterator[list[Range]]:
    """Yield the enumerations of `found`, the surest first: those that agree with what is announced."""
    if found.rule == SAID_AGAIN:
        yield said_again(view, found)
        return
    quoted = view[found.start - 1 : found.start] == "“" and view[found.end : found.end + 1] == "”"
    start, end = (found.start - 1, found.end + 1) if quoted else (found.start, found.end)
    totals = tuple(total for total in announced(found.declared) if 2 <= total <= _MAX_MEMBERS)
    if found.type == "numeral_code":
        totals = totals[:1]
    if isinstance(found.declared, list):
        yield explained_parts(view, view[found.start : found.end], end, meaning[1] if meaning else end + _EXPLAINED)
    if meaning:
        for items in _explained(view, found, meaning, totals):
            yield _without_own_noun(view, found, items) if items else items
        return
    yield _parts_after(view, found, end)
    others: list[list[Range]] = []
    for total in totals:
        lists = [_list_before(view, start, end, found, total), _list_after(view, found, end, total)]
        yield from (ranges for ranges in lists if len(ranges) == total)
        others += lists
        if view.startswith("双", found.start):
            yield _measured_before(view, start, total)
        if quoted:
            yield _echoed_before(view, found, start, total)
            yield _roles_before(view, start, total)
        if quoted:
            yield _list_of_row(view, start, end, total)
        yield from series_after(view, found, end, total)
    if isinstance(found.declared, list) and found.type == "numeral_phrase":
        yield named_as(view, view[found.start : found.end], end)
    if isinstance(found.declared, list) and totals:
        sentence = max(view.rfind(mark, 0, start) for mark in _SENTENCE_END) + 1
        yield _counted_groups(view, sentence, start, totals[0])
        if found.type == "numeral_phrase" and min(totals) > 1:
            yield _clauses_after(view, found, end)
    if quoted:
        yield clauses_before(view, found, row_of_quotes(view, end)[0])
    yield _known_after(view, found, end)
    yield _known_before(view, found, start)
    yield _known_sections(view, found, end)
    if quoted and isinstance(found.declared, int):
        yield _list_in_next_clause(view, end, found.declared)
    if found.type == "numeral_phrase":
        yield from others


def _explained(view: str, found: Found, meaning: Range, totals: tuple[int, ...]) -> Iterator[list[Range]]:
    """Yield the enumerations in the paragraph with which a glossary explains `found`."""
    start, end = _own_meaning(view, found, meaning)
    end -= view[end - 1] in "。；"
    quoted = view[found.start - 1] == "“"
    yield segments(view, found.declared, start, end)
    yield ending_alike(view, view[found.start : found.end], start, end)
    if isinstance(found.declared, list) and None not in found.declared:
        yield counting_clauses(view, view[found.start : found.end], start, end)
    if isinstance(found.declared, list) and totals:
        yield _counted_groups(view, start, end, totals[0])
    for total in totals:
        if quoted:
            yield _list_of_row(view, found.start - 1, found.end + 1, total)
        yield from lists_within(view, start, end, total, found.type == "numeral_code")
    if found.type == "numeral_phrase" and totals:
        yield listed_otherwise(view, start, end)


def _own_meaning(view: str, found: Found, meaning: Range) -> Range:
    """Return the part of `meaning` that is of `found`, where an entry has two terms (甲和“乙”：甲是指…。“乙”是指…)."""
    own = re.compile(f"“{re.escape(view[found.start : found.end])}”[^，。；：“”]{{0,6}}(?=是指|指的是)").search(
        view, *meaning
    )
    return (own.end(), meaning[1]) if own else meaning


# -- before ----------------------------------------------------------------------------------------


def _list_before(view: str, end: int, after: int, found: Found, total: int) -> list[Range]:
    summed = view[end - 1] == "”" and view[end] != "“"  # “甲、乙、丙”三体合一、统筹发展
    if not summed and _CONTINUES.match(view, after - (view[after - 1] == "”")):
        return []
    if view[end - 1] in "和与及、":
        return []  # 甲理论、乙理论和“三个代表”: one of them itself
    formulation = known(view[found.start : found.end])
    if formulation and any(view.endswith(name, 0, found.end) for name in formulation.members):
        return []  # 国内国际双循环 is one of the two
    is_open, start = False, end
    while link := _BEFORE_LINK.search(view, max(0, end - 6), end):
        is_open = is_open or link.group().startswith("等")
        end = link.start()
    linked = end < start
    if view[end - 1 : end] == "”":
        start = view.rfind("“", max(0, end - 200), end)
        for marks in ("，", "、，") if start >= 0 else ():  # “多种树、勤浇水，少开荒、不放火”两大要领: clauses first
            items = split(view, start + 1, end - 1, marks)
            if len(items) == total or (len(items) > 1 and marks == "、，" and view[end] != "“"):
                return agreeing(view, items, total, is_open)
        if view[end] != "“" and end - start - 2 == total > _FEW_CHARACTERS and _HAN.fullmatch(view, start + 1, end - 1):
            return [(i, i + 1) for i in range(start + 1, end - 1)]  # “甲乙丙丁”四大产业
        if total == 2 and start >= 0 and len(items := agreeing(view, [(start + 1, end - 1)], total, is_open)) == total:
            return items
        first = row_of_quotes(view, end)[0]
        items = [match.span(1) for match in _QUOTED.finditer(view, first, end)]
        if len(items) == total or view[first - 1 : first] != "、":
            siblings = view[end] == "“" and any(read(view[s:e]) for s, e in items)  # “两高”“两低”“两优”
            return items if len(items) == total and not siblings else []
    if (chunks := _chunks(view, end, total)) and found.type == "numeral_phrase":
        return chunks
    halves = _halves(view, end) if total == 2 and view[found.start] in "双两" else []
    if halves and (view[found.start] == "双" or view[halves[0][0]] == view[halves[1][0]]):  # 国内国际两个大局
        return halves
    start = clause_start(view, end)
    if number := _HEADING.match(view, start, end):
        start = number.end()
    if total == 2 and (sides := two_lists(view, start, end)):
        return sides
    items = split(view, start, end, "、")
    if len(items) == 1 and view.count("+", start, end) == total - 1:
        items = split(view, start, end, "+")  # 人防+物防+技防“三防”
    if len(items) < 2 and not (total == 2 and items and CONJUNCTION.search(view, items[0][0], items[0][1])):
        return []
    items = _last_of_longer(view, items, total) if len(items) > 1 else agreeing(view, items, total, is_open)
    if not items:
        return []
    if total == len(items) == 2 and _governs(view[slice(*items[0])]) and CONJUNCTION.search(view, *items[1]):
        items = agreeing(view, items[1:], total, is_open)  # 巩固、发展甲和乙两个攻坚战
        if not items:
            return []
    items[0] = named(view, items[0])
    items[1:] = [(s + (view[s] == "与" and e - s > _WORD), e) for s, e in items[1:]]  # 甲、乙、与丙、丁五项原则
    items[0] = without_governor(view, agreeing(view, items, total, is_open) or items)
    known_names = formulation.members if formulation else ()
    if name := next((name for name in known_names if view.endswith(name, items[0][0], items[0][1])), None):
        items[0] = (items[0][1] - len(name), items[0][1])
    items = [unquoted(view, item) for item in agreeing(view, items, total, is_open)]
    items = without_roles(view, items)
    if len(items) == total > 2:
        items[0] = even_first(view, items)
    if len(items) < 2 or (len(items) != total and (not linked or found.type == "numeral_code")):
        return []
    tail = _TAIL.search(view, items[-1][0] + 2, items[-1][1])
    if tail:
        items[-1] = (items[-1][0], tail.start())
        if (
            tail.group().startswith("作为") and (held := view.rfind("把", *items[0])) >= 0
        ):  # 全市把甲、乙、丙作为三项准则
            items[0] = without_governor(view, [(held, items[0][1]), *items[1:]])
    is_set = found.type == "numeral_phrase" and (
        total > 2 or (view[after - 1] == "”" and (view[found.start] == "双" or _COUNTS.match(view, found.start)))
    )
    sums_up = linked or found.rule in ("great", LISTED, "bare_known") or is_set
    if not sums_up and not (found.type == "numeral_code" and total > 3):
        return []
    words = [view[s:e] for s, e in items]
    if words[-1][0].isdigit():  # 8所高校、9个学科入选“双一流”
        return []
    verbs = lexicon().verbs
    turns_to = words[-1].startswith(verbs) and not words[-2].startswith(lexicon().governing)  # 捍卫主权、做到…
    if (turns_to and len(items) < 3) or any("“" in word[word[0] == "“" and "”" in word :] for word in words):
        return []
    if _governs(words[-1]) or _COUNTED_ON.search(words[-1]) or _LEADS_ON.search(words[-1]):
        return []
    if len(items) < 3 and words[-1].endswith(verbs):
        return []
    apart = len(items) == 2 and view[items[0][1]] == "、" and view[found.start + 1] in "个项条张件种类" and not linked
    counted = view[found.start + 2 : found.end]
    again = all(counted[:_WORD] in word for word in words)  # 农民增收高于城镇、人均增收高于全省“两个高于”
    if apart and not again and len(words[0]) != len(words[1]) and words[0][-1] != words[1][-1]:
        return []  # 低保标准、残疾人“两项补贴”
    if words[0].startswith(_CLAUSE_BEGINS):  # 必须从改革、增加投入两个方面着手
        return []
    return items


def _chunks(view: str, end: int, total: int) -> list[Range]:
    """Return the words before `end` that all end alike, written without marks (产业链创新链资金链“三链”)."""
    char, ranges = view[end - 1], []
    if total < 3 or not "\u4e00" <= char <= "\u9fff":
        return []
    if total == _TRINITY and view.startswith("“三位一体”", end) and (words := _words(view, end)):
        return words
    size = end - 1 - view.rfind(char, max(0, end - 4), end - 1)
    if not 2 <= size <= 3 or "、" in view[max(0, end - size * total) : end]:
        return []
    for start in range(end - size * total, end, size):
        if start < 0 or view[start + size - 1] != char or char in view[start : start + size - 1]:
            return []
        ranges.append((start, start + size))
    return ranges if view[ranges[0][0] - 1] != char else []


def _words(view: str, end: int) -> list[Range]:
    """Return the three words of two characters before `end`, two of which end alike (物业产业文化“三位一体”)."""
    start = end - _TRINITY * _WORD
    ranges = [(at, at + _WORD) for at in range(start, end, _WORD)]
    if start < 0 or not _HAN.fullmatch(view, start, end):
        return []
    words = [view[s:e] for s, e in ranges]
    if len({word[-1] for word in words}) == len(words) or any(word in lexicon().verb_words for word in words):
        return []
    return ranges


def _halves(view: str, end: int) -> list[Range]:
    """Return the two words of two characters before `end` that begin or end alike (水位水量“双控”)."""
    if end < 2 * _WORD or not _HAN.fullmatch(view, end - 2 * _WORD, end):
        return []
    first, second = view[end - 2 * _WORD : end - _WORD], view[end - _WORD : end]
    begin_alike, end_alike = first[0] == second[0], first[1] == second[1]
    if begin_alike == end_alike or any(word[0] == word[1] for word in (first, second)):
        return []
    return [(end - 2 * _WORD, end - _WORD), (end - _WORD, end)]


def _governs(word: str) -> bool:
    """Whether `word` is made of governing words alone and ends with a verb (全力推进)."""
    at = size = 0
    while size := lexicon().governors.length_at(word, at, len(word)):
        at += size
        if at == len(word):
            return word[at - size :] in lexicon().verb_words
    return False


def _last_of_longer(view: str, items: list[Range], total: int) -> list[Range]:
    """Return the last `total` items of a longer list that a conjunction joins to others (研究甲和评乙、评丙“两评”)."""
    if not 2 < total < len(items):
        return items
    start, end = items[-total]
    joint = next((m for m in CONJUNCTION.finditer(view, start + 1, end - 1)), None)
    return [(joint.end(), end), *items[1 - total :]] if joint else items


def _measured_before(view: str, end: int, total: int) -> list[Range]:
    """Return what is measured in the clauses right before `end` (产量达到5万吨、单产达到2吨，首次实现“双突破”)."""
    lead = _REACHES.search(view, max(0, end - 16), end)
    if lead is None:
        return []
    start = max(view.rfind(mark, 0, lead.start()) for mark in _SENTENCE_END) + 1
    clauses = split(view, max(start, lead.start() - 120), lead.start(), "、，")[-total:]
    names = []
    for begin, stop in clauses:
        figure = _FIGURE.search(view, begin, stop)
        if figure is None:
            return []
        names.append((begin, figure.start()))
    if len(names) != total or any(not _WORD <= e - s <= MAX_ITEM or not _HAN.fullmatch(view, s, e) for s, e in names):
        return []
    names[0] = without_governor(view, names)
    return names


def _echoed_before(view: str, found: Found, end: int, total: int) -> list[Range]:
    """Return the items in the clause before that have the word of the slogan in them (培育新主体、新业态，“两新”…)."""
    counted = _ECHOING.fullmatch(view, found.start, found.end)
    zone, governed = _clause_before(view, end)
    if counted is None or zone is None:
        return []
    word = counted[1] or counted[2]
    clauses = split(view, *zone, "，")
    for items in (split(view, *clauses[-1], "、"), clauses[-total:]) if clauses else ():
        if len(items) != total or max(e - s for s, e in items[1:]) > MAX_ITEM or view.find(word, *items[0]) < 0:
            continue
        items = [unquoted(view, item) for item in items]
        if any(view.find("“", start + 1, end_) >= 0 for start, end_ in items):
            continue
        if all(view.startswith(word, s) for s, _ in items[1:]):
            first = echoed(view, items) or view.find(word, *items[0])
        elif (
            governed
            and (len(items) > 2 or items[-1][1] - items[-1][0] <= _SHORT_NAME)
            and all(
                view.find(word, *item) >= 0 and not lexicon().verb_words.length_at(view, *item) for item in items[1:]
            )
        ):
            first = without_governor(view, items)[0]
        else:
            continue
        if items[0][1] - first <= MAX_ITEM:
            return [unquoted(view, (first, items[0][1])), *items[1:]]
    return []


def _clause_before(view: str, end: int) -> tuple[Range | None, bool]:
    """Return the range of the sentence up to the clause of a slogan at `end` (…，实现“三新”; …。“三新”).

    And whether nothing but governing words stands in that clause before the slogan.
    """
    link = _JOINED_BY.search(view, max(0, end - 4), end) or _BEFORE_ECHO.search(view, max(0, end - 16), end)
    if link is None:
        return None, False
    near = max(0, link.start() - _EXPLAINED)
    start = max(near, *(view.rfind(mark, near, link.start()) + 1 for mark in _SENTENCE_END))
    return (start, link.start()), not link[1] or _governs(link[1])


def _roles_before(view: str, end: int, total: int) -> list[Range]:
    """Return what is given a role in the clause before (以渔港为载体、渔船为支撑，构建“双轮驱动”…)."""
    zone, governed = _clause_before(view, end)
    clauses = split(view, *zone, "，") if zone and governed else []
    for items in (split(view, *clauses[-1], "、"), clauses[-total:]) if clauses else ():
        if (
            len(items) == total
            and view.startswith("以", items[0][0])
            and (named_ := without_roles(view, items)) != items
        ):
            return named_
    return []


# -- after -----------------------------------------------------------------------------------------


def _explanation(view: str, start: int) -> tuple[str, Range] | None:
    """Return the words that lead to an explanation right behind `start`, and the range of the explanation."""
    link = _AFTER_LINK.match(view, start, start + 30)
    if link is None:
        return None
    begin = link.end()
    if link[1].startswith("（"):
        end = view.find("）", begin, begin + 300)
        return None if end < 0 else (link[1], (begin, end))
    most = min(len(view), begin + 300)
    end = next((i for i in range(begin, most) if view[i] in "。！？\n"), most)
    return link[1], (begin, end)


def _parts_after(view: str, found: Found, start: int) -> list[Range]:
    """Read an explanation of a code or parallel that has a clause for each of its parts."""
    explanation = _explanation(view, start)
    if explanation is None or not isinstance(found.declared, list) or None in found.declared:
        return []
    _, (begin, end) = explanation
    items = segments(view, found.declared, begin, end) if found.type == "numeral_phrase" else []
    return items or counting_clauses(view, view[found.start : found.end], begin, end)


def _list_after(view: str, found: Found, start: int, total: int) -> list[Range]:
    explanation = _explanation(view, start)
    if explanation is None:
        return []
    link, (begin, end) = explanation
    if row := row_of_clauses(view, begin, end, total):
        return row
    best: list[Range] = []
    by_chance = found.type == "numeral_code" and total > _FEW
    for marks in _SEPARATORS[:-1] if by_chance else _SEPARATORS:
        stop = end if marks != "、" else next((i for i in range(begin, end) if view[i] in "，；"), end)
        items = agreeing(view, split(view, begin, stop, marks), total, view[stop - 1 : stop] == "等")
        if len(pieces := concatenated(view, view[found.start : found.end], items)) == total:
            return pieces
        if items and len(items) == total and not of_another(view, items, total):
            items = [named(view, item) for item in items]
            if "、" in marks:
                items = polished(view, items)
            else:
                items = without_common_head(view, items)
                items[0] = echoed(view, items) or items[0][0], items[0][1]
            return _without_own_noun(view, found, items)
        if marks == "、" and len(items) > 1 and not view.endswith("”“", 0, found.start):
            best = items
    return [named(view, item) for item in best] if _STRONG.search(link) else []


def _without_own_noun(view: str, found: Found, items: list[Range]) -> list[Range]:
    """Return `items`, the last one without what the slogan itself says of all (“两化融合”，即甲和乙深度融合)."""
    *others, (start, end) = items
    phrase = view[found.start : found.end]
    if view.startswith(phrase, end - len(phrase)) and end - start > len(phrase):
        return [*others, (start, end - len(phrase))]  # 甲、乙、丙四到县
    if isinstance(found.declared, list):
        return items
    noun = view[found.end - _WORD : found.end]
    if not view.startswith(noun, end - _WORD) or any(view[s:e].endswith(noun) for s, e in others):
        return items
    end -= _WORD
    end -= _WORD * (view[end - _WORD : end] in _HOW)
    return [*others, (start, end)] if end > start else items


def _list_in_next_clause(view: str, start: int, total: int) -> list[Range]:
    """Read the list of many short names in the clause behind a slogan (“六要素”品质，培训甲、乙、…和己等从业人员)."""
    clause = _NEXT_CLAUSE.match(view, start - 1) if total >= _MANY else None
    if clause is None:
        return []
    items = agreeing(view, split(view, *clause.span(1), "、"), total, False)
    if len(items) != total:
        return []
    items = tidied(view, [without_governor(view, items), *items[1:]])
    return items if max(e - s for s, e in items) <= _SHORT_NAME else []


def _list_of_row(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read the group that stands at the place of a slogan in its row (“两高”“三新”：甲、乙，丙、丁、戊)."""
    first, row_end = row_of_quotes(view, end)[0], end
    while following := _NEXT_IN_ROW.match(view, row_end):
        row_end = following.end()
    size = view.count("“", first, row_end)
    if size < 2 or view[row_end : row_end + 1] != "：":
        return []
    most = min(len(view), row_end + 300)
    stop = next((i for i in range(row_end, most) if view[i] in "。！？\n"), most)
    groups = split(view, row_end + 1, stop, "，；")
    if len(groups) != size:
        return []
    items = agreeing(view, split(view, *groups[view.count("“", first, start)], "、"), total, False)
    return items if len(items) == total else []


def _counted_groups(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read counted groups in a sentence: 甲1个千亿级，乙、丙2个百亿级."""
    ranges: list[Range] = []
    for group in _GROUP.finditer(view, start, min(end, start + _EXPLAINED)):
        count = to_int(group[2]) or 0
        items = split(view, group.start(1), group.end(1), "、")
        if items:
            joint = CONJUNCTION.match(view, items[0][0])
            items[0] = (joint.end() if joint and ranges else items[0][0], items[0][1])
            items[0] = without_governor(view, items)
        if count != 1:
            items = agreeing(view, items, count, False)
        if len(items) == count:
            ranges.extend(items)
    return ranges if len(ranges) == total else []


def _clauses_after(view: str, found: Found, start: int) -> list[Range]:
    """Read the clauses right behind a parallel, one for each part (“两通三有”目标，通水、通路，有学上、有…、有…)."""
    lead = _LEAD.match(view, start)
    parts_ = found.declared
    if lead is None or not isinstance(parts_, list) or None in parts_ or sum(count != 1 for count in parts_) < _WORD:
        return []
    end = next((i for i in range(start, min(len(view), start + 200)) if view[i] in "。！？\n"), start)
    clauses = split(view, lead.end(), end, "，；")[: len(parts_)]
    if len(clauses) < len(parts_) or any(
        count == 1 and not view.startswith("以", clause[0]) for count, clause in zip(parts_, clauses, strict=True)
    ):
        return []
    return segments(view, parts_, lead.end(), clauses[-1][1])


def _known_after(view: str, found: Found, start: int) -> list[Range]:
    """Find the members that everyone knows, where the sentences behind a slogan treat one after the other."""
    phrase = view[found.start : found.end]
    formulation = known(phrase)
    if formulation is None or len(formulation.members) < 2:
        return []
    ranges: list[Range] = []
    at, limit = start, start + 120 * len(formulation.members)
    for name in formulation.members:
        i = view.find(name, at, limit)
        echoes = len(name) > 2 and name[0] in phrase  # 三去一降一补: 加快去产能步伐
        if i < 0 or not (echoes or view[i - 1] in "。；，、\n　 —“"):
            return []
        ranges.append((i, i + len(name)))
        at = i + len(name)
    return ranges


def _known_before(view: str, found: Found, end: int) -> list[Range]:
    """Find the members that everyone knows joined in the sentence before a slogan (甲和乙的关系，…两个积极性)."""
    formulation = known(view[found.start : found.end])
    if formulation is None or not 2 <= len(formulation.members) <= 4:
        return []
    near = max(0, end - 60)
    if view.find(formulation.members[0], near, end) < 0:
        return []
    start = max(near, *(view.rfind(mark, near, end) + 1 for mark in _SENTENCE_END))
    joined = _joined(formulation.members).search(view, start, end)
    return [joined.span(number + 1) for number in range(len(formulation.members))] if joined else []


@lru_cache(maxsize=256)
def _joined(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("[、和与及]".join(f"({re.escape(name)})" for name in names))


def _known_sections(view: str, found: Found, start: int) -> list[Range]:
    """Find the members that everyone knows, where the paragraphs behind a slogan begin with one after the other."""
    formulation = known(view[found.start : found.end])
    if formulation is None or len(formulation.members) < 3 or min(map(len, formulation.members)) < 3:
        return []
    ranges: list[Range] = []
    at = start
    for name in formulation.members:
        if view.find(name, at, at + _SECTION) < 0:
            return []
        opening = Regex(rf"[\n。][ \u3000]*[^，。；：\n]{{0,8}}?({re.escape(name)})[^，。；：\n]{{0,6}}[，。\n]")
        match = opening.search(view, at, at + (_SECTION if ranges else _SECTION // 5))
        if match is None:
            return []
        ranges.append(match.span(1))
        at = match.end(1)
    return ranges
