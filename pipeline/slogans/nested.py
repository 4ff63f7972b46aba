"""The members of a code or a parallel, part by part (“2+3”: “2”指…；“3”指…), and lists inside an explanation."""

import itertools
import re
from collections.abc import Iterator

from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import (
    CONJUNCTION,
    Range,
    agreeing,
    named,
    pair,
    polished,
    split,
    tidied,
    unquoted,
    without_governor,
)
from pipeline.slogans.summing import Declared, parts, read, to_int

_LONGEST = 48  # of an item in a glossary
_MOST_LINKS = 40  # after which a list may begin in an explanation; no writer has more
_TERMS = Regex(r"[1-9]0*|[NMXn]")
_MEANS = Regex(r"，?(?:也|分别|主要|具体)?(?:是指|指的是|指|即|为|是|包括|就是|涵盖|：)(?:的是)?：?")
_LINK = Regex(r"(?:是指|指的是|包括|分别是|分别为|分为|涵盖|即)：?|：|指(?![导示挥定引数标出])")
_WHEN = Regex(r"(?:到|至|在|力争)[^，、；。：]{2,14}，|“?十[一二三四五]五”?[^，、；。：]{0,6}，")
_INCLUDES = Regex(r"(?:包括|分别是|分别为|分为)：?")
_COUNTED = Regex(r"[个家大项条类支座]")
_WHILE = Regex(r"在[^，、]{2,10}?(?:过程中|[中时])(?=[^，、]{2})")
_LEADING = Regex(r"[^、]{1,8}(?:实行|实施|建立|推行|坚持)的?")
_COUNT = Regex(r"([0-9]{1,2}|[一二两三四五六七八九十]{1,2}(?=[个家大条项类支座张级方名套批])|双(?=[\u4e00-\u9fff]))")
_OPEN_COUNT = Regex(r"[NMXn多][个家大条项类支座张]|若干|一批|一系列")
_MANY = {power: Regex(rf"(?<![数几成上]){power}[个家名项条座户亩村镇企强所里支批场万亿]") for power in "十百千万亿"}
_PART_END = Regex(r"[；。\n]|，(?=(?:第[一二三四五六七八九十]个)?“)")
_BY = Regex(r"(?:坚持)?以")
_AS = Regex(r"为[^，；、]{2,12}$")
_TITLES = Regex(r"(?<=》)(?=《)")
_QUOTED = Regex(r"“([^“”]+)”")
_WORD = 2
_SHORTER = 12
_SENTENCE_END = "。！？\n"
_PREPOSITIONS = "由以在对按从向据经"


def explained_parts(view: str, phrase: str, start: int, limit: int) -> list[Range]:
    """Read the members of `phrase` where each part is explained (“两环”指…；“三射”指…); an open part (N) has one."""
    ranges: list[Range] = []
    at = start
    terms = [pair for clause in re.split("[、，]", phrase) for pair in parts(clause)] or [
        (term, "") for term in _TERMS.findall(phrase)
    ]
    for i, (number, noun) in enumerate(terms):
        count = to_int(number) if number[0] not in "多NMXn" else None
        behind = _named_again(view, number + noun, at, limit) if noun else _behind(view, f"“{number}”", at, limit)
        if behind < 0 and count is None and noun:
            continue  # what an open part stands for is seldom said
        means = _MEANS.match(view, behind) if behind >= 0 else None
        if behind < 0 or (means is None and (noun or count not in (1, None))):
            return ranges if len(ranges) > 1 and i == len(terms) - 1 else []
        at = behind
        stop = _PART_END.search(view, at, limit)
        end = stop.start() if stop else limit
        if i + 1 < len(terms) and terms[i + 1][1]:
            following = view.find(f"，{terms[i + 1][0]}{terms[i + 1][1]}", at, end)
            end = following if following >= 0 else end
        begin = means.end() if means else at + bool(_COUNTED.match(view, at))
        items = _of_part(view, begin, end, count)
        if count is not None and len(items) != count:
            return ranges if len(ranges) > 1 and i == len(terms) - 1 else []
        ranges += items
        at = begin
    return ranges


def _behind(view: str, term: str, start: int, end: int) -> int:
    """Return where `term` ends in `[start, end)`; -1 if it does not stand there."""
    at = view.find(term, start, end)
    return at + len(term) if at >= 0 else -1


def _named_again(view: str, part: str, start: int, end: int) -> int:
    """Return where a part of a parallel ends that is named to be explained (“两岛”指…; ；两岛即…); -1 if none is."""
    at = _behind(view, f"“{part}”", start, end)
    if at < 0:
        at = _behind(view, part, start, end)
        opens = at >= 0 and view[at - len(part) - 1] in "：；，。\n中" and _MEANS.match(view, at)
        return at if opens else -1
    return at


def concatenated(view: str, phrase: str, items: list[Range]) -> list[Range]:
    """Cut each of `items`, one for each part of `phrase`, into as many words as the part counts (三河三湖)."""
    ranges: list[Range] = []
    pairs = parts(phrase)
    if len(pairs) != len(items) or len(pairs) < 2:
        return []
    for (number, noun), (start, end) in zip(pairs, items, strict=True):
        count = to_int(number) or 0
        if count < 3 or (end - start) % count or (end - start) // count not in (2, 3):
            return []
        size = (end - start) // count
        pieces = [(at, at + size) for at in range(start, end, size)]
        if 2 * sum(view[stop - 1] == noun[-1] for _, stop in pieces) <= count:
            return []
        ranges += pieces
    return ranges


def _of_part(view: str, begin: int, end: int, count: int | None) -> list[Range]:
    if count in (1, None):
        first = (split(view, begin, end, "，") or [(begin, end)])[0]
        return [named(view, first)] if first[0] < first[1] else []
    quotes = [match.span(1) for match in _QUOTED.finditer(view, begin, end)]
    if len(quotes) == count:
        return quotes
    for stop in dict.fromkeys((end, *(item[1] for item in split(view, begin, end, "，")[:1]))):
        if items := _cut(view, begin, stop, count, "、"):
            return items
    return []


def segments(view: str, declared: Declared, start: int, end: int) -> list[Range]:
    """Read one clause for each part of a parallel, with as many items as the part declares (以甲为…，以乙、丙为…)."""
    if not isinstance(declared, list):
        return []
    for marks in ("；", "，"):
        clauses = split(view, start, end, marks)
        if len(clauses) != len(declared):
            continue
        found = [_of_clause(view, *clause, count) for clause, count in zip(clauses, declared, strict=True)]
        if all(found):
            return [item for items in found for item in items]
    return []


def named_as(view: str, phrase: str, start: int) -> list[Range]:
    """Read what is said to be each part of a parallel (“一主多辅”，以甲为主，以乙、丙为辅)."""
    ranges: list[Range] = []
    at = start
    for number, noun in parts(phrase):
        if view.find(noun, at, at + 80) < 0:
            return []
        said = re.compile(rf"(?:以|(?<=[，；]))([^，；。！？\n以]{{1,40}})为(?:{number})?{re.escape(noun)}")
        clause = said.search(view, at, _sentence_end(view, at, min(len(view), at + 80)))
        if clause is None or view.find("“", start, clause.start()) >= 0:
            return []
        count = to_int(number) if number[0] not in "多N" else None
        items = [clause.span(1)]
        if count != 1:
            items = split(view, *clause.span(1), "、")
            if count is None:
                items = [half for item in items for half in pair(view, *item) or [item]]
            items = tidied(view, agreeing(view, items, count or len(items), False))
        if count is not None and len(items) != count:
            return []
        ranges += items
        at = clause.end()
    return ranges


def ending_alike(view: str, phrase: str, start: int, end: int) -> list[Range]:
    """Read a list for each part of a parallel whose items end with its noun (“两化两制”：甲化、乙化的…丁制和戊制)."""
    ranges: list[Range] = []
    pairs = parts(phrase)
    for number, noun in pairs if len(pairs) > 1 else ():
        count = to_int(number) or 0
        if len(noun) > 1 or count < _WORD:
            return []
        item = rf"[^，。；：、和与“”]{{1,14}}?{noun}"
        row = re.compile(rf"((?:{item}[、和与]){{{count - 1}}}{item})(?![、\u4e00-\u9fff]{{0,2}}{noun})").search(
            view, start, end
        )
        if row is None:
            return []
        items = agreeing(view, split(view, *row.span(1), "、"), count, False)
        if len(items) != count:
            return []
        lead = _LEADING.match(view, *items[0])
        items[0] = (lead.end(), items[0][1]) if lead else items[0]
        ranges += [without_governor(view, items), *items[1:]]
        start = row.end()
    return ranges


def part_by_part(view: str, phrase: str, start: int) -> list[Range]:
    """Read the names of the sentence that end with the noun of each part (“一城两港”，科技城扩容，海港、空港联动)."""
    pairs = parts(phrase)
    if len(pairs) < _WORD:
        return []
    stop = _sentence_end(view, start, min(len(view), start + 200))
    if stop - start <= _SHORTER and view[stop : stop + 1] == "。":  # “两山一城”旅游区。甲山、乙山…，丙城…
        start, stop = stop + 1, _sentence_end(view, stop + 1, min(len(view), stop + 200))
    if any(view.find(noun, start, stop) < 0 for _, noun in pairs):
        return []
    clauses = split(view, start, stop, "，；：")
    for named_ in (_begun_alike, _named_alike):
        ranges: list[Range] = []
        at = 0
        for number, noun in pairs:
            count = to_int(number) or 0
            for i, clause in enumerate(clauses[at:], at):
                items = named_(view, clause, noun, count)
                if items and (ranges or i < _WORD):
                    ranges += items
                    at = i + 1
                    break
            else:
                break
        else:
            return ranges
    return []


def _begun_alike(view: str, clause: Range, noun: str, count: int) -> list[Range]:
    """Return the items of `clause` if they are `count` and begin with `noun` (“三保一优”，保甲、保乙、保丙，优丁)."""
    items = split(view, *clause, "、")
    begun = len(items) == count and all(view.startswith(noun, s) and e - s > len(noun) for s, e in items)
    return items if begun else []


def _named_alike(view: str, clause: Range, noun: str, count: int) -> list[Range]:
    """Return the names with which `clause` begins, each with `noun` at its end, if there are `count` of them."""
    items = split(view, *clause, "、")
    if len(items) != count or view[items[0][0]] in _PREPOSITIONS:
        return []
    if count > 1 and all(view.startswith(noun, s) and e - s > len(noun) for s, e in items):
        return items  # “三保三降”，保就业、保主体、保运转，降能耗、降排放、降成本
    start, end = items[-1]
    at = view.find(noun, start + 1, end)
    items[-1] = start, at + len(noun)
    if at < 0 or any(e - s > _SHORTER or not view.endswith(noun, s, e) or e - s <= len(noun) for s, e in items):
        return []
    return [without_governor(view, items), *items[1:]] if count > 1 else items


def counting_clauses(view: str, phrase: str, start: int, end: int) -> list[Range]:
    """Read the clauses that each count what a part does (“123”工程，即打造一个甲，建设两条乙，培育三大丙)."""
    numbers = [number for number, _ in parts(phrase)] or _TERMS.findall(phrase)
    for marks in ("；", "，", "、"):
        clauses = split(view, start, end, marks)
        if len(clauses) == len(numbers) > 1 and all(
            _counts(view, clause, None if number in "NMXn多" else to_int(number))
            for clause, number in zip(clauses, numbers, strict=True)
        ):
            return clauses
    return []


def clauses_that_count(view: str, phrase: str, start: int) -> list[Range]:
    """Read, behind the clause of a code, one for each of its parts that counts as many (“124”战略，紧扣一个甲，…)."""
    clauses = split(view, start, _sentence_end(view, start, min(len(view), start + 200)), "，；：")[1:]
    terms = _TERMS.findall(phrase)
    powers = [char for char in phrase if char in "十百千万亿"]
    for items in (
        (split(view, *clauses[0], "、"), clauses) if clauses and not terms else ()
    ):  # “百千万”，甲百家、乙千户、…
        items = items[: len(powers)]
        if len(items) == len(powers) > 1 and all(
            _MANY[power].search(view, *item) for power, item in zip(powers, items, strict=True)
        ):
            return items
    clauses = clauses[: len(terms)]
    if len(clauses) < len(terms) or len(clauses) <= _WORD:
        return []
    return counting_clauses(view, phrase, clauses[0][0], clauses[-1][1])


def _counts(view: str, clause: Range, number: int | None) -> bool:
    if number is None:
        return _OPEN_COUNT.search(view, *clause) is not None
    return any(to_int(match[1]) == number for match in _COUNT.finditer(view, *clause))


def _of_clause(view: str, start: int, end: int, count: int | None) -> list[Range]:
    if (stop := view.rfind("。", start, end)) >= 0:  # 指两张清单。包括|甲、乙
        means = _MEANS.match(view, stop + 1, end)
        start = means.end() if means else stop + 1
    by, as_ = _BY.match(view, start), _AS.search(view, start, end)
    if as_ and (by or count not in (1, None)):
        start, end = by.end() if by else start, as_.start()
    if count in (1, None):
        clause = not (by and as_) and lexicon().verb_words.length_at(view, start, end) > 0
        return [(start, end)] if start < end and not clause else []
    titles = [start, *(match.start() for match in _TITLES.finditer(view, start, end)), end]
    if len(titles) - 1 == count:
        return list(itertools.pairwise(titles))
    assert count is not None
    return _cut(view, start, end, count, "、")


def lists_within(view: str, start: int, end: int, total: int, code: bool) -> Iterator[list[Range]]:
    """Yield the lists of `total` items in an explanation, the surest first.

    Clauses agree with the digits of a `code` by chance.
    """
    stop = _sentence_end(view, start, end)
    means = _MEANS.match(view, start, stop)
    begins = [means.end() if means else start]
    links = itertools.islice(_LINK.finditer(view, begins[0], end), _MOST_LINKS)
    begins += [link.end() for link in links if total > 2 or not link.group().endswith("指")]
    when = _WHEN.match(view, begins[0], stop)
    begins += [when.end()] if when and total > _WORD else []
    for marks in ("、", "；") if code else ("、", "；", "，", "、；", "，；", "、，；"):
        for begin in begins:
            zone = _sentence_end(view, begin, end)
            shorter = zone if marks != "、" else next((i for i in range(begin, zone) if view[i] in "，；"), zone)
            yield _cut(view, begin, shorter, total, marks)
            if total == 2 and marks == "、":
                yield _in_two(view, begin, shorter)
    if total > 2:
        for clause in split(view, start, end, "，：。；！？\n—"):
            yield _cut(view, *clause, total, "、")
        for quoted in _QUOTED.finditer(view, start, end):
            yield _cut(view, *quoted.span(1), total, "、")


def _in_two(view: str, start: int, end: int) -> list[Range]:
    """Cut `[start, end)` at its only conjunction, whatever stands on either side (甲、乙的丙和丁 → 甲、乙的丙; 丁)."""
    cuts = list(CONJUNCTION.finditer(view, start + 1, end - 1))
    if len(cuts) != 1 or end - start > _LONGEST or view[start] in _PREPOSITIONS or _LINK.search(view, start, end):
        return []
    return [(start, cuts[0].start()), (cuts[0].end(), end)]


def _cut(view: str, start: int, end: int, total: int, marks: str) -> list[Range]:
    """Cut `[start, end)` into exactly `total` items, tidied; [] if it has another number."""
    if start >= end or not total:  # “230”: a part of none
        return []
    if total == 2 and marks == "、":
        items = pair(view, start, end) if CONJUNCTION.search(view, start, end) else split(view, start, end, marks)
    else:
        items = agreeing(view, split(view, start, end, marks), total, view[end - 1] == "等", _LONGEST)
    if total == 2 and items and named(view, items[0])[0] > items[0][0] + 1:  # 甲计划是指…和…: of another term
        return []
    if items and (while_ := _WHILE.match(view, *items[0])):
        items[0] = while_.end(), items[0][1]
    items = _without_clauses(view, [named(view, item) for item in items])
    if len(items) != total or any(e - s > _LONGEST or s >= e for s, e in items):
        return []
    if total == 2 and view[items[0][0]] in _PREPOSITIONS:  # 由甲部门和乙部门联合实施
        return []
    if marks != "；" and "，" not in marks and any(view.find("，", s, e) >= 0 for s, e in items):
        return []
    if of_another(view, items, total):
        return []
    return polished(view, items, clauses="，" in marks or marks == "；")


def _without_clauses(view: str, items: list[Range]) -> list[Range]:
    """Return `items` without 以…为… around the first and the verb of the next (以甲为核心，联动乙、丙 → 甲; 乙; 丙)."""
    if len(items) < 2 or not (by := _BY.match(view, *items[0])) or not (as_ := _AS.search(view, by.end(), items[0][1])):
        return items
    start, end = items[1]
    verb = lexicon().governors.length_at(view, start, end)
    return [(by.end(), as_.start()), (start + verb if end - start - verb > 1 else start, end), *items[2:]]


def of_another(view: str, items: list[Range], total: int) -> bool:
    """Whether `items` begin with the list of another slogan, in another number (甲、乙、丙“三医”改革，丁)."""
    for i, item in enumerate(items, 1):
        inner = _QUOTED.search(view, *item)
        if inner is None or inner.start() < item[0] + _WORD or inner.end() == item[1]:  # not 村“两委”会议
            continue
        reading = read(inner[1])
        if reading and total != reading.declared == i + view.count("、", item[0], inner.start()):
            return True
    return False


def listed_otherwise(view: str, start: int, end: int) -> list[Range]:
    """Return what an explanation says to be included, in whatever number (…，包括甲、乙、丙)."""
    link = _INCLUDES.search(view, start, end)
    if link is None:
        return []
    stop = next((i for i in range(link.end(), end) if view[i] in "，；。\n"), end)
    items = agreeing(view, split(view, link.end(), stop, "、"), 0, view[stop - 1] == "等", _LONGEST)
    return [unquoted(view, item) for item in items] if len(items) > 2 else []


def _sentence_end(view: str, start: int, end: int) -> int:
    return next((i for i in range(start, end) if view[i] in _SENTENCE_END), end)
