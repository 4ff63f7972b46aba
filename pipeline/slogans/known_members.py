"""Members that everyone knows, where the text takes them up around the slogan."""

import itertools
import re
from functools import lru_cache

from pipeline.regex import Regex
from pipeline.slogans.knowledge import known
from pipeline.slogans.lists import Range, governed, line_end
from pipeline.slogans.unquoted import Found

_SENTENCE_END = "。；！？\n"
_MARKS = "、，；。的"
_PAIR = 2
_FEW = 3  # characters of a name that a comma does not join to others
_REACH = 60  # of the sentence before a slogan
_SECTION = 2000  # how far apart the sections on two members may begin


def known_after(view: str, found: Found, start: int) -> list[Range]:
    """Find the members that everyone knows, where the sentences behind a slogan treat one and another."""
    phrase = view[found.start : found.end]
    formulation = known(phrase)
    if formulation is None or len(formulation.members) < 2:
        return []
    ranges: list[Range] = []
    limit = start + 120 * len(formulation.members)
    for name in formulation.members:
        i = view.find(name, start, limit)
        echoes = len(name) > 2 and name[0] in phrase  # 三去一降一补: 加快去产能步伐
        opens = i >= 0 and (view[i - 1] in "。；，、\n　 —“和与及" or governed(view, _opening(view, i), i))
        if i < 0 or not (echoes or opens):
            return []
        ranges.append((i, i + len(name)))
    ranges.sort()
    if all(end - start == 2 and view[end] not in _MARKS and view[end + 1] in _MARKS for start, end in ranges):
        return []  # 农业强、农村美、农民富
    return [] if any(a[1] > b[0] for a, b in itertools.pairwise(ranges)) else ranges


def _opening(view: str, at: int) -> int:
    """Return where the item begins in which `at` stands."""
    return max(view.rfind(mark, max(0, at - 12), at) for mark in "。；，、\n　") + 1 or at - 12


def known_before(view: str, found: Found, end: int) -> list[Range]:
    """Find the members that everyone knows joined in the sentence before a slogan (甲和乙的关系，…两个积极性)."""
    formulation = known(view[found.start : found.end])
    if formulation is None or not 2 <= len(formulation.members) <= 4:
        return []
    near = max(0, end - _REACH)
    start = max(near, *(view.rfind(mark, near, end) + 1 for mark in _SENTENCE_END))
    return next((list(row) for row in _rows(view, formulation.members) if start <= row[0][0] and row[-1][1] <= end), [])


def known_sections(view: str, found: Found, start: int) -> list[Range]:
    """Find the members that everyone knows, where the paragraphs behind a slogan begin with one after the other."""
    formulation = known(view[found.start : found.end])
    if formulation is None or len(formulation.members) < 3 or min(map(len, formulation.members)) < 3:
        return []
    ranges: list[Range] = []
    at = start
    for name in formulation.members:
        half = len(name) // 2
        forms = (name, name[half:] + name[:half])  # 防范化解重大风险, 重大风险防范化解
        if all(view.find(form, at, at + _SECTION) < 0 for form in forms):
            return []
        opening = Regex(rf"[\n。][ \u3000]*[^，。；：\n]{{0,8}}?({'|'.join(forms)})[^，。；：\n]{{0,6}}[，。\n]")
        match = opening.search(view, at, at + (_SECTION if ranges else _SECTION // 5))
        if match is None:
            return []
        ranges.append(match.span(1))
        at = match.end(1)
    return ranges


def known_rows(view: str, found: Found) -> list[Range]:
    """Find the members that everyone knows where the text joins them, the nearest row before a slogan or else after.

    A text that has said 推动甲、乙 may call it “双丙” pages later. The row may have another order, and one head for all
    (农业、工业和国防现代化).
    """
    formulation = known(view[found.start : found.end])
    if formulation is None or len(formulation.members) < 2:
        return []
    plain = len(formulation.members) == _PAIR and max(map(len, formulation.members)) == _PAIR  # 养老、托育
    near = (view.rfind("\n", 0, found.start) + 1, line_end(view, found.end)) if plain else (0, len(view))
    rows = [row for row in _rows(view, formulation.members) if near[0] <= row[0][0] and row[-1][1] <= near[1]]
    before = [row for row in rows if row[-1][1] <= found.start]
    return list(before[-1] if before else next((row for row in rows if row[0][0] >= found.end), ()))


@lru_cache(maxsize=32)
def _rows(view: str, names: tuple[str, ...]) -> tuple[tuple[Range, ...], ...]:
    """Return the rows in `view` that join all `names`, in any order, each with their head or the last for all."""
    head = _common_head(names)
    stems = frozenset(name.removesuffix(head) for name in names)
    if not all(stem in view for stem in stems):
        return ()
    found = []
    for row in _row_of(names, head).finditer(view):
        items = [(match.start(), match.end()) for match in _any_of(stems, head).finditer(view, *row.span())]
        if {view[start:end].removesuffix(head) for start, end in items} == stems:
            if any(not view.endswith(head, *item) for item in items[:-1]):
                items[-1] = items[-1][0], items[-1][1] - len(head)
            found.append(tuple(items))
    return tuple(found)


def _common_head(names: tuple[str, ...]) -> str:
    """Return the noun of two characters or more with which all `names` end, behind as many; "" if there is none."""
    shortest = min(map(len, names))
    size = next((n for n in range(shortest - _PAIR, 1, -1) if len({name[-n:] for name in names}) == 1), 0)
    return names[0][len(names[0]) - size :] if size else ""


@lru_cache(maxsize=256)
def _any_of(stems: frozenset[str], head: str) -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(stems, key=lambda stem: (-len(stem), stem))))
    return re.compile(f"(?:{words})(?:{re.escape(head)})?")


@lru_cache(maxsize=256)
def _row_of(names: tuple[str, ...], head: str) -> re.Pattern[str]:
    """Return the pattern of a row of as many as `names`."""
    name = _any_of(frozenset(name.removesuffix(head) for name in names), head).pattern
    joint = "[、，和与及]" if min(map(len, names)) > _FEW else "[、和与及]"  # 百花齐放，百家争鸣
    joint += "?" * (len(names) == _PAIR)  # 碳达峰碳中和
    return re.compile(f"{name}(?:{joint}{name}){{{len(names) - 1}}}(?<={re.escape(head)})")
