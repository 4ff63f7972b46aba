"""Members that stand a clause or more before the slogan, with other words between.

What the groups of clauses before begin with (抓调整，…；抓基地，…，通过“两抓”…), the fields in which so many things are
done (在甲、乙、丙等方面，实施三大工程), and the names of a list that end with the nouns of a parallel
(建设甲区、乙区和占地五百亩的丙园，通过“两区一园”…).
"""

import itertools
import re

from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import (
    CONJUNCTION,
    MAX_ITEM,
    Range,
    agreeing,
    clause_start,
    split,
    without_governor,
)
from pipeline.slogans.summing import parts, to_int
from pipeline.slogans.unquoted import Found

_LEAD = 12  # how long the words may be before the preposition of a clause
_PARAGRAPH = 600  # how far before a slogan the first of the groups may begin
_SENTENCE = 160
_SENTENCE_END = "。；！？\n"
_ECHOING = Regex(r"[两二三四五六七八九](?:[个大项]([\u4e00-\u9fff]{2})|([\u4e00-\u9fff]))")
_OWN_CLAUSE = Regex(r"[，。；][ \u3000]*[\u4e00-\u9fff]{0,10}$")
_FIELDS = Regex(
    r"(?:(?:等|[两三四五六七八九十]+[个大项])(?:重点|关键)?(?:方面|领域|环节|层面|维度|方向|问题|难题|短板)|等[\u4e00-\u9fff]{2,4}(?:产业|行业)|方面|领域|环节)(?:入手|着手|发力|着力|用力)?"
    r"，[\u4e00-\u9fff]{1,6}(?:“[^”]{2,4}”(?:时期|期间)(?:的)?)?$"
)
_FIELDS_OF = Regex(r"(?<![存现正潜所实])(?:在|围绕|聚焦)([^，。；：]{4,40}?)等?(?:领域|方面|产业|行业|赛道)")
_IN = Regex(r"(?:围绕|聚焦|针对|瞄准|立足|(?<![存现正潜所实])在|从)(?!于)")
_SIZED = Regex(r"[^、，的]*[0-9一二两三四五六七八九十百千万亿][亩元米里吨顷套座][^、，的]{0,4}的")
_ONE = Regex(r"一[个座所条处家块片]")
_FEW = 2
_MOST = 12


def openings_before(view: str, found: Found, end: int, total: int) -> list[Range]:
    """Read the first clauses of as many groups before a slogan if these alone begin with the word that it counts."""
    counted = _ECHOING.fullmatch(view, found.start, found.end)
    own = _OWN_CLAUSE.search(view, max(0, end - 14), end) if counted else None
    if counted is None or own is None:
        return []
    word = counted[1] or counted[2]
    near = max(view.rfind("\n", 0, end) + 1, end - _PARAGRAPH)
    if view.count(word, near, own.start()) < total:
        return []
    opening = re.compile(rf"(?<![^，。；：\n\u3000])({word}[\u4e00-\u9fff]{{1,8}})[，：]")
    items = [match.span(1) for match in opening.finditer(view, near, own.start())][-total:]
    gaps = [view[a[1] : b[0]] for a, b in itertools.pairwise(items)]
    last = view[items[-1][1] : own.start()] if items else ""
    if len({view[s:e] for s, e in items}) != total or not all("；" in gap or "。" in gap for gap in gaps):
        return []
    return items if sum(last.count(mark) for mark in "；。") == 0 else []


def fields_before(view: str, end: int, total: int) -> list[Range]:
    """Read the fields, as many as announced, in which what is counted is done (在甲、乙、丙等方面，推出三大行动)."""
    lead = _FIELDS.search(view, max(0, end - 36), end) if total > _FEW else None
    if lead is None:
        return []
    stop = lead.start()
    start = clause_start(view, stop)
    opened = _IN.search(view, start, min(stop, start + _LEAD))  # 《规划》还在|甲、乙、…
    items = agreeing(view, split(view, opened.end(), stop, "、"), total, False) if opened else []
    return items if len(items) == total and not view.endswith("的", *items[-1]) else []


def fields_of_sum(view: str, start: int, number: int) -> list[Range]:
    """Read the fields of the clauses before a sum with an open part.

    在甲、乙、丙等领域领跑，在丁、戊等领域突破，形成“3+N”格局
    """
    first = _sentence_start(view, start)
    groups = [split(view, *fields.span(1), "、") for fields in _FIELDS_OF.finditer(view, first, start)]
    if len(groups) != _FEW or len(groups[0]) != number or len(groups[1]) < _FEW:
        return []
    return [item for group in groups for item in group]


def _sentence_start(view: str, end: int) -> int:
    near = max(0, end - _SENTENCE)
    return max(near, *(view.rfind(mark, near, end) + 1 for mark in _SENTENCE_END))


def names_of_parts(view: str, phrase: str, start: int, end: int) -> list[Range]:
    """Read the list in the sentence of a parallel at `[start, end)` whose names end, one by one, with its nouns."""
    counted = [(to_int(number) or 0, noun) for number, noun in parts(phrase)]
    if not _FEW < sum(count for count, _ in counted) <= _MOST:
        return []
    nouns = [noun for count, noun in counted for _ in range(count)]
    first = _sentence_start(view, start)
    stop = next((i for i in range(end, min(len(view), end + _SENTENCE)) if view[i] in _SENTENCE_END), end)
    before = split(view, first, start - (view[start - 1] == "的"), "，：")[-3:]
    for clause in (*reversed(before), *split(view, end, stop, "，：")[1:3]):
        items = _joined(view, *clause)
        if len(items) != len(nouns):
            continue
        names = [_named(view, item, noun) for item, noun in zip(items, nouns, strict=True)]
        called = [name for name in names if name]
        alone = all(name or nouns.count(noun) > 1 for name, noun in zip(names, nouns, strict=True))
        if alone and 2 * len(called) > len(nouns) and len({view[s:e] for s, e in called}) == len(called):
            items = [name or item for name, item in zip(names, items, strict=True)]  # 甲渠、乙河、丙河: “三河”
            return [without_governor(view, items), *items[1:]]
    return []


def _joined(view: str, start: int, end: int) -> list[Range]:
    """Cut `[start, end)` at its marks and at every conjunction."""
    items: list[Range] = []
    for begin, stop in split(view, start, end, "、"):
        at = begin
        for joint in CONJUNCTION.finditer(view, begin + 1, stop - 1):
            items.append((at, joint.start()))
            at = joint.end()
        items.append((at, stop))
    return [item for item in items if item[0] < item[1]]


def _named(view: str, item: Range, noun: str) -> Range | None:
    """Return the name in `item` that ends with `noun`, without what says how large it is (占地百亩的南园 → 南园)."""
    start, end = item
    at = view.rfind(noun, start + 1, end)
    if at < 0:
        return None
    stop = at + len(noun)
    end = stop if lexicon().governors.length_at(view, stop, end) else end  # 南湖|治理, but 中心城市
    for lead in (_SIZED, _ONE):
        if match := lead.match(view, start, end):
            start = match.end()
    return (start, end) if len(noun) < end - start <= MAX_ITEM else None
