"""Members that say again what a slogan counts: each ends with its noun, or has its words in it.

They are enumerated right behind a plain count (树立两种意识，首先是甲意识，其次是乙意识), joined before one that points
back (甲矛盾和乙矛盾…这两类矛盾), or are the clauses before a quoted one (甲稳居…、乙稳居…。“两个稳居”).
"""

import itertools
import re
from functools import lru_cache

from pipeline.regex import Regex
from pipeline.slogans.lists import MAX_ITEM, Range, split, without_governor
from pipeline.slogans.summing import to_int
from pipeline.slogans.unquoted import Found

SAID_AGAIN = "said_again"  #: the rule of a count that is a slogan only where its members say its noun again

_COUNT = Regex(
    r"([两三四五六])(?<![第一二三四五六七八九十百千万0-9“].)[个种类套]([\u4e00-\u9fff]{2,4})(?<!方面)(?=[，：；。])"
)
_ORDERS = (
    ("首先是?", "其次是?", "再次是?", "第四是?", "第五是?", "第六是?"),
    *(
        tuple(f"{lead}{n}{is_}" for n in "一二三四五六")
        for lead, is_ in (("", "是"), ("第", "[是，]"), ("其", "[是，]"))
    ),
)
_QUOTED = Regex(r"([两三四五])个([\u4e00-\u9fff]{2,8})")
_SAME_WORD = Regex(r"(?:[四五六七八九]|十[一二三四五六七八九]?)个([\u4e00-\u9fff]{2,4})")
_PURPOSE = Regex(r"的(?:总体|奋斗|发展|工作|主要)*(?:目标|要求|愿景|任务|图景|蓝图|部署)")
_BACK = 60  # how far before a count that points back the joined members may stand
_CLAUSES = 260  # how far before a quoted one the clauses may begin
_STOP = Regex("[。！？；\n]")
_HOLDS = Regex(r".*(?:[还也仍既]有|存在|区分|划分)")
_LEAD = Regex(r"(?:[^，、；。]{0,12}?(?:时期|期间|[0-9]{4}年|年末|年底))?(?:要|将|力争|确保|必须)?(?:实现|做到|推动)?")


def counts(view: str) -> list[Found]:
    """Return the plain counts whose noun as many members say again next to them."""
    found = []
    for match in _COUNT.finditer(view):
        draft = Found(*match.span(), "numeral_phrase", to_int(match[1]), SAID_AGAIN)
        if said_again(view, draft):
            found.append(draft)
    return found


def said_again(view: str, found: Found) -> list[Range]:
    """Return the members of a plain count that say its noun again, in as many as it announces; [] if none do."""
    noun, total = view[found.start + 2 : found.end], found.declared
    assert isinstance(total, int)
    return _in_order(view, found.end, noun, total) or (
        _pointed_at(view, found.start - 1, noun) if total == 2 and view[found.start - 1] == "这" else []
    )


def _in_order(view: str, start: int, noun: str, total: int) -> list[Range]:
    if view[start] not in "，：" or view.count(noun, start, start + total * 2 * MAX_ITEM) < total:
        return []
    limit = min(len(view), start + total * 2 * MAX_ITEM)
    end = next((i for i in range(start + 1, limit) if view[i] in "。；！？\n"), limit)
    items = split(view, start + 1, end, "、") if view[start] == "：" else []
    if len(items) == total and all(view.endswith(noun, s, e) and e - s > len(noun) for s, e in items):
        return items
    for pattern in _orders(total):
        match = pattern.match(view, start)
        if match and all(item.endswith(noun) for item in match.groups()):
            return [match.span(group) for group in range(1, total + 1)]
    return []


@lru_cache
def _orders(total: int) -> tuple[re.Pattern[str], ...]:
    item = rf"([^，。；：“”\n]{{3,{2 * MAX_ITEM}}})"
    return tuple(re.compile("".join(f"[，：；]{word}{item}" for word in order[:total])) for order in _ORDERS)


def _pointed_at(view: str, end: int, noun: str) -> list[Range]:
    """Read the two names joined in the sentence before `end` that end with `noun`."""
    start = max(end - _BACK, *(view.rfind(mark, 0, end) + 1 for mark in "。；！？\n"))
    joined = re.compile(
        rf"([^，。；：“”、]{{1,{MAX_ITEM}}}?{noun})[和与、]([^，。；：“”、和与]{{1,12}}{noun})(?=[，；])"
    )
    match = joined.search(view, start, end)
    if match is None or view.count(noun, start, end) != len(match.groups()):
        return []
    first, second = match.span(1), match.span(2)
    held = _HOLDS.match(view, *first)
    first = (held.end(), first[1]) if held and first[1] - held.end() > len(noun) else first
    first = without_governor(view, [first, second])
    return [first, second] if first[1] - first[0] > len(noun) else []


def clauses_before(view: str, found: Found, end: int) -> list[Range]:
    """Return the clauses before `end` that say what a quoted slogan counts, if they are as many and end alike."""
    counted = _QUOTED.fullmatch(view, found.start, found.end)
    if counted is None:
        return []
    word = counted[2]
    start = max(end - _CLAUSES, view.rfind("\n", 0, end) + 1, 0)
    places = [match.start() for match in re.finditer(word, view[start:end])]
    if len(places) != to_int(counted[1]):
        return []
    ranges: list[Range] = []
    for place in places:
        at = start + place
        if view[at - 1] in "“个大项":  # the slogan itself, another time
            return []
        after = re.compile("[，、；。]").search(view, at, end)
        if after is None:
            return []
        marks = "，；。：" + "、" * bool(ranges and not re.search("[，；。]", view[ranges[-1][1] : at]))
        begin = max(start, ranges[-1][1] + 1 if ranges else start, *(view.rfind(mark, start, at) + 1 for mark in marks))
        lead = _LEAD.match(view, begin, at)
        assert lead is not None
        ranges.append((lead.end(), after.start()))
    said = {view[place + start + len(word) : end] for place, (_, end) in zip(places, ranges, strict=True)}
    return ranges if len(said) == 1 else []


def clauses_of_word(view: str, found: Found, end: int) -> list[Range]:
    """Return the clauses in the nearest sentence before `end` that has the word of a slogan in as many as announced.

    要让产业更具活力，城乡更具魅力，…的目标，…。⏎对照“四个更具”…
    """
    counted = _SAME_WORD.fullmatch(view, found.start, found.end)
    near = max(0, end - 2 * _CLAUSES)
    if counted is None or view.rfind(counted[1], near, end) < 0:
        return []
    word, total = counted[1], found.declared
    stops = [near, *(match.end() for match in _STOP.finditer(view, near, end)), end]
    for start, stop in reversed([*itertools.pairwise(stops)]):
        clauses = [clause for clause in split(view, start, stop, "，") if view.find(word, *clause) > 0]
        if len(clauses) == total and view.find("“" + view[found.start : found.end], start, stop) < 0:
            last, close = clauses[-1]
            purpose = _PURPOSE.search(view, last, close)
            if lead := _LEAD.match(view, *clauses[0]):
                clauses[0] = lead.end(), clauses[0][1]
            return [without_governor(view, clauses), *clauses[1:-1], (last, purpose.start() if purpose else close)]
    return []
