"""Members of a parallel whose parts its sentence, or the one behind a heading, takes up one after the other.

Each part is known by its noun: in the role that is given (以甲为主线), in a count that is said again (打赢乙、丙
两场硬仗), in what is reached (在丁、戊上争先), or in the names with which clauses begin (东湖城扩容，北园、南园提质).
"""

import re
from collections.abc import Iterator

from pipeline.regex import Regex
from pipeline.slogans.frames import framed
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import Range, agreeing, governed, split, without_governor
from pipeline.slogans.summing import parts, to_int

_STOP = Regex("[。！？\n]")
_REACH = 300
_HEADING = 12  # characters behind a slogan that a heading may still have
_NAME = 16
_FEWEST = 3
_MOST = 14
_SKIPPED = 1  # clauses between two parts that say more of the first
_CLASSIFIERS = tuple("个项条类种张篇支道块座场件级大")
_WATERS = "江河水溪渠"
_NATURAL = "江河水溪渠湖海山泉湾岛"  # the first of them ends the name (东湖退田还湖)
_ROLE = Regex(r"以([^，；。：以]{2,24}?)[作当]?为([^，；。：]{1,8})$")
_WHERE = Regex("(?:在|从)([^，；。：]{3,60})(?:上|方面|领域|中)")


def taken_up(view: str, phrase: str, start: int) -> list[Range]:
    """Read the members of a parallel that ends at `start` where all of its parts are taken up in turn."""
    pairs = [pair for clause in re.split("[、，]", phrase) for pair in parts(clause)]
    counted = [(to_int(number) or 0, _noun(noun)) for number, noun in pairs if number[0] not in "多N"]
    total = sum(count for count, _ in counted)
    if not _FEWEST <= total <= _MOST or len(counted) < len(pairs) or len(pairs) < 2:
        return []
    for clauses in _sentences(view, start):
        ranges: list[Range] = []
        at = 0
        for count, noun in counted:
            for i in range(at, min(len(clauses), at + 1 + _SKIPPED)):
                items, used = _of_part(view, clauses[i:], count, noun)
                if items:
                    ranges += items
                    at = i + used
                    break
            else:
                break
        else:
            if len({view[s:e] for s, e in ranges}) == total:
                return ranges
    return []


def _noun(noun: str) -> str:
    return noun[1:] if len(noun) > 1 and noun.startswith(_CLASSIFIERS) else noun


def _sentences(view: str, start: int) -> Iterator[list[Range]]:
    """Yield the clauses behind that of the slogan, and those of the next sentence where it stands in a heading."""
    end = _sentence_end(view, start)
    clauses = split(view, start, end, "，；：—")
    yield clauses if view[start : start + 1] in tuple("，；：—") else clauses[1:]
    if end - start <= _HEADING:
        yield split(view, end + 1, _sentence_end(view, end + 1), "，；：—")


def _sentence_end(view: str, start: int) -> int:
    limit = min(len(view), start + _REACH)
    stop = _STOP.search(view, start, limit)
    return stop.start() if stop else limit


def _of_part(view: str, clauses: list[Range], count: int, noun: str) -> tuple[list[Range], int]:
    """Return the members of a part with which `clauses` begin, and of how many clauses they are; [] if none do."""
    start, end = clauses[0]
    if count == 1 and (role := _ROLE.search(view, start, end)) and (noun in role[2] or noun in role[1]):
        return [role.span(1)], 1
    for items in (_counted_again(view, start, end, count, noun), _reached(view, start, end, count, noun)):
        if items:
            return items, 1
    return _in_names(view, clauses, count, noun)


def _counted_again(view: str, start: int, end: int, count: int, noun: str) -> list[Range]:
    """Read the list before a count that says the noun again (攀登甲、乙、丙三座产业高峰)."""
    at = view.rfind(noun, start + 1, end)
    number = next((i for i in range(at - 1, max(start, at - 6), -1) if (to_int(view[i]) or 0) == count), -1)
    if at < 0 or number < 0 or count < 2:
        return []
    number -= view[number - 1] == "为"
    items = agreeing(view, split(view, start, number, "、"), count, False)
    return [without_governor(view, items), *items[1:]] if len(items) == count else []


def _reached(view: str, start: int, end: int, count: int, noun: str) -> list[Range]:
    """Read the list of what is reached in its items (在甲、乙、丙上取得突破)."""
    if count < 2 or view.find(noun, start + 1, end) < 0:
        return []
    where = _WHERE.search(view, start, end)
    inner = where.span(1) if where else framed(view, start, end)
    if inner is None or view.find(noun, inner[1], end) < 0:
        return []
    items = agreeing(view, split(view, *inner, "、"), count, False)
    return items if len(items) == count else []


def _in_names(view: str, clauses: list[Range], count: int, noun: str) -> tuple[list[Range], int]:
    """Read as many items as are counted, whole clauses of them, that begin with the noun or are named with it."""
    items: list[Range] = []
    used = 0
    while len(items) < count and used < len(clauses):
        items += split(view, *clauses[used], "、")
        used += 1
    if len(items) != count:
        return [], 0
    start, end = items[0]
    at = view.find(noun, start, end)
    if count > 1 and at >= 0 and governed(view, start, at) and all(view.startswith(noun, s) for s, _ in items[1:]):
        begun = [(at, end), *items[1:]]
        return (begun, used) if min(e - s for s, e in begun) > len(noun) else ([], 0)
    names = [_name(view, item, noun) for item in items]
    if not all(names):
        return [], 0
    found = [name for name in names if name]
    return ([without_governor(view, found), *found[1:]] if count > 1 else found), used


def _name(view: str, item: Range, noun: str) -> Range | None:
    """Return the name with which `item` begins, up to the noun or, of waters, another word for it."""
    start, end = item
    while size := lexicon().long_verbs.length_at(view, start, end - len(noun)):
        start += size
    if noun not in _NATURAL and view.endswith(noun, start, end) and end - start <= _NAME:
        return (start, end) if end - start > len(noun) else None
    at = view.find(noun, start + 1, end)
    if at < 0 and noun in _WATERS:
        at = min((i for word in _WATERS if (i := view.find(word, start + 1, end)) > 0), default=-1)
    return (start, at + len(noun)) if at >= 0 and at + len(noun) - start <= _NAME else None
