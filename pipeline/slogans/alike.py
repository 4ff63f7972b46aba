"""Members that stand alike around a slogan, though nothing in them says again what it counts.

They are named at the same place of clauses or sentences that go on alike (甲业产值增长8%，乙业产值增长9%), listed
in the clause of the slogan or the next (“三下乡”把甲、乙、丙送到…), the only quoted string in each item (以“甲”定标、
以“乙”争先), or the items of the clause before, of which something is said (甲、乙、丙齐头并进，“三大工程”…).
"""

from collections.abc import Iterator

from pipeline.regex import Regex
from pipeline.slogans.frames import reached_at
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import (
    CONJUNCTION,
    Range,
    agreeing,
    clause_start,
    governed,
    split,
    ungoverned,
    without_governor,
)
from pipeline.slogans.parallels import counted_words
from pipeline.slogans.unquoted import Found

_STOP = Regex("[。！？\n]")
_SENTENCES = Regex("[。！？\n]+[ \u3000]*")
_FIGURE = Regex(r"[0-9]")
_HAN = Regex(r"[\u4e00-\u9fff（）()A-Za-z“”·]+")
_QUOTED = Regex(r"“([^“”]{1,8})”")
_MEASURE = Regex(
    r"(?:年|总|综合|加工|全产业链|种植|养殖)*(?:产值|产量|营收|营业收入|销售额|销售收入|规模|面积|产能|投资|增加值)$"
)
_LEVEL = Regex(r"[两三四五六七八九十]([级类型])")
_MARKS_OF_NAMES = "化级一型链网业牌岗园城区带圈"
_VERBS = "控优调转压促绘换展添塑焕扬增强提降扩稳保护抓惠聚壮显连通树立守筑建铺畅活兴富美治补育引扮换亮创争做打拓推助"
_KIND = Regex(r"”?(?:的|重点|特色|优势)?([\u4e00-\u9fff]{2})")
_WHERE = Regex(r"[在从]([^，；。]{2,24}?)(上|方面|中|领域)([^，；。]{2,16})$")
_TAKEN = Regex("[把将]")
_ALL_DO = Regex(
    "(?:[均都]|一抓到底|环环相扣|一起抓|一起上|同步|同时|全部|全面|双双|共同|协同|统筹|一体|一起|并肩|竞相|齐头并进|比翼齐飞|多点开花|协调并进|同频共振|同向发力|落地见效|蔚然成风|深入人心)"
)
_OWN_COUNT = Regex(
    r"[两三四五六七八九十](?:[个项大类条种]|“)"
)  # of a list that has a count of its own: 甲、乙、丙三项改革
_PUT = Regex("摆[在到]|放[在到]|置于|作为|列为|当作")
_SENTENCE = 300
_PARAGRAPH = 900
_NEAR = 160
_FEW = 2
_MANY = 5
_NAME = (2, 12)
_SHORT = 8
_OWN = 16  # characters that the rest of a slogan's own sentence may have before the sentences of its members


def alike_after(view: str, found: Found, start: int, total: int) -> Iterator[list[Range]]:
    """Yield what stands alike behind a slogan that ends at `start`, in as many as `total`."""
    if "字" in view[found.start : found.end] or view[found.end - 1] in "经诀言":
        yield _quoted_in_each(view, start, _sentence(view, start), total)
    end = _sentence(view, start)
    if total <= _FEW and view.count("，", start, end) > total:
        return
    clauses = _clauses_behind(view, start, end)
    if total > _FEW:
        yield _taken(view, start, end, total)
        yield _listed_next(view, found, clauses[:_FEW], start, total)
    if len(clauses) == total:
        yield even_names(view, found, clauses)
    for units in _units(view, clauses, start, end, total) if total > _FEW else ():
        yield _named_alike(view, units)
        yield _even(view, units)


def _sentence(view: str, start: int) -> int:
    limit = min(len(view), start + _SENTENCE)
    stop = _STOP.search(view, start, limit)
    return stop.start() if stop else limit


def _units(view: str, clauses: list[Range], start: int, end: int, total: int) -> Iterator[list[Range]]:
    """Yield the first clauses of what may be of one member each: `clauses`, groups of clauses, sentences."""
    if len(clauses) == total:
        yield clauses
    if end - start > _OWN or view[end : end + 1] not in ("。", "\n", "："):
        return
    begin = end + 1
    groups = split(view, begin, _sentence(view, begin), "；")
    if len(groups) == total:
        yield [_opening(view, *group) for group in groups]
    limit = min(len(view), begin + _PARAGRAPH)
    paragraph = view.find("\n", begin + 1, limit)
    stops = [begin, *(m.end() for m in _SENTENCES.finditer(view, begin, paragraph if paragraph > 0 else limit))]
    sentences = [_opening(view, s, _sentence(view, s)) for s in stops[: total + 1] if s < limit]
    yield sentences[:total] if len(sentences) >= total else []


def _clauses_behind(view: str, start: int, end: int) -> list[Range]:
    """Return the clauses of `[start, end)` behind that of the slogan, which may end at `start`."""
    clauses = split(view, start, end, "，；：—")
    return clauses if view[start : start + 1] in tuple("，；：—") else clauses[1:]


def _opening(view: str, start: int, end: int) -> Range:
    stop = next((i for i in range(start, end) if view[i] in "，；："), end)
    return start, stop


def _named_alike(view: str, units: list[Range]) -> list[Range]:
    """Return the names before what all `units` go on with (甲业|产值增长8%, 乙业|产值增长9%)."""
    if len(units) <= _FEW or any(e - s <= _FEW for s, e in units):
        return []
    first, stop = min(units, key=lambda unit: unit[1] - unit[0])
    shortest, longest = _NAME
    for at in range(first + shortest, min(stop - 1, first + longest + 1)):
        word = view[at : at + _FEW]
        if _HAN.fullmatch(word) is None or word in lexicon().kinds:
            continue
        places = [view.find(word, s + shortest, min(e, s + longest + _FEW)) for s, e in units]
        if min(places) < 0 or not all(_FIGURE.search(view, p, e) for p, (_, e) in zip(places, units, strict=True)):
            continue
        items = [_without_measure(view, s, p) for (s, _), p in zip(units, places, strict=True)]
        names = {view[s:e] for s, e in items}
        if len(names) == len(units) and all(_HAN.fullmatch(name) for name in names):
            return items
    return []


def _even(view: str, units: list[Range]) -> list[Range]:
    """Return the names of one length with which units of one length begin, before their verbs (甲业稳步回升)."""
    sizes = {e - s for s, e in units}
    if len(units) <= _FEW or len(sizes) != 1 or not _MANY <= max(sizes) <= sum(_NAME):
        return []
    verbs = lexicon().long_governors
    for size in range(_FEW, max(sizes) - _FEW):
        names = [(s, s + size) for s, _ in units]
        governed_ = sum(verbs.length_at(view, s + size, e) > 0 for s, e in units)
        same = len({view[s + size + 1] for s, _ in units}) == 1 and view[units[0][0] + size + 1] in "到进上出起成"
        if (
            (2 * governed_ > len(units) or same)
            and view[units[0][0]] not in "在从以对把将"
            and len({view[s:e] for s, e in names}) == len(units)
        ) and all(_HAN.fullmatch(view, *name) and not verbs.length_at(view, *name) for name in names):
            return names
    return []


def _without_measure(view: str, start: int, end: int) -> Range:
    """Return a name without what of it is measured (茶业|综合产值)."""
    measure = _MEASURE.search(view, start + _FEW, end)
    return (start, measure.start()) if measure else (start, end)


def _taken(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read the list that the clause of a slogan goes on to take somewhere (“三下乡”活动把甲、乙、丙送到…)."""
    for clause in split(view, start, end, "，；：")[:_FEW] if _TAKEN.search(view, start, end) else ():
        if taken := _TAKEN.search(view, clause[0], min(clause[1], clause[0] + _SHORT)):
            items = agreeing(view, split(view, taken.end(), clause[1], "、"), total, False)
            if len(items) == total and max(e - s for s, e in items[:-1]) <= _SHORT:
                return _cut_last(view, items)
    return []


def _listed_next(view: str, found: Found, clauses: list[Range], start: int, total: int) -> list[Range]:
    """Read the list of as many in one of the next `clauses`: of many short names, or of some that share its noun."""
    if not clauses or view.count("、", clauses[0][0], clauses[-1][1]) < total - _FEW:
        return []
    phrase = view[found.start : found.end]
    every = counted_words(phrase)
    words = [word for word in every if len(word) > 1]
    words += [word[:_FEW] for word in words[:1]]  # 三条保障线: 甲保障、乙保障
    if kind := _KIND.match(view, start):  # “四个万亿级”产业集群，甲、乙、丙、丁产业…
        every = (*every, kind[1])
    for clause in clauses:
        items = agreeing(view, split(view, *clause, "、"), total, False)
        if len(items) != total or _FIGURE.search(view, *clause) or _OWN_COUNT.search(view, *items[-1]):
            continue
        if phrase in view[slice(*clause)]:
            continue
        names = [view[s:e] for s, e in items]
        shared = any(2 * sum(word in name for name in names) > total for word in words)
        said = view[items[-1][0] + _FEW : clause[1]]
        again = next((word for word in every if word in said and word not in names[0]), "")
        shared = shared or again != ""
        sizes = {e - s for s, e in items[:-1]}
        even = {len(name) for name in names} == sizes and len({name[-_FEW:] for name in names}) > 1
        if even and total > _FEW + 1 and max(sizes) <= _SHORT // _FEW:
            return items
        if not shared and len({view[e - _FEW : e] for _, e in items}) == 1:
            continue  # 学中求进、干中求进、稳中求进
        if shared or (total >= _MANY and len(sizes) == 1 and max(sizes) <= _SHORT // _FEW):
            items = [ungoverned(view, items), *items[1:]]
            last, stop = items[-1]
            at = view.find(again, last + 1, stop) if len(again) > 1 else -1
            if 0 < at - last <= max(sizes) + _FEW:
                return [*items[:-1], (last, at)]
            if items := _cut_last(view, items):
                return items
    return []


def _cut_last(view: str, items: list[Range]) -> list[Range]:
    """Return `items`, the last one without what is said or done to all; [] if it cannot be told where that begins."""
    *others, (start, end) = items
    sizes = {e - s for s, e in others}
    longest = max(sizes)
    if longest > _SENTENCE // _SHORT:
        return []
    if len(sizes) == 1 and end - start > longest:
        return [*others, (start, start + longest)]
    if end - start > longest + _FEW or lexicon().long_verbs.length_at(view, start + _FEW, end):
        verbs = lexicon().long_governors
        cut = next((at for at in range(start + _FEW, end) if verbs.length_at(view, at, end)), 0)
        return [*others, (start, cut)] if cut else []
    return items


def _quoted_in_each(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read the quoted words of a slogan of words where each item has but one (就是念好“甲”字经、“乙”字经)."""
    for clause in split(view, start, end, "；：")[:_FEW]:
        if items := _quotes(view, split(view, *clause, "、，")[-total:], total):
            return items
    return []


def _quotes(view: str, units: list[Range], total: int) -> list[Range]:
    quotes = [list(_QUOTED.finditer(view, *unit)) for unit in units]
    if len(units) != total or any(len(found) != 1 for found in quotes):
        return []
    return [match.span(1) for (match,) in quotes]


def said_of_all(view: str, found: Found, items: list[Range]) -> list[Range]:
    """Return `items` without what is said of them all (在甲上争先，在乙上争先; 甲项、乙项、丙项一抓到底)."""
    return (
        _places(view, found, items) or _without_predicate(view, found, items) or even_names(view, found, items) or items
    )


def even_names(view: str, found: Found, units: list[Range]) -> list[Range]:
    """Return the names with which clauses begin that have the noun of a slogan there, before words of one rhythm.

    What is said of each has four characters, or three that begin with a verb (县级中心统仓共配，镇级站点客货融合).
    """
    if len(units) < _FEW or any(view[end] not in "，；。\n" or "、" in view[start:end] for start, end in units):
        return []
    for word, sure in _nouns(view[found.start : found.end]):
        places = [view.find(word, *unit) - unit[0] for unit in units]
        last = max(places) + len(word)
        if (
            min(places) < 0
            or (min(places) == 0 and word != "一")
            or any(
                view.find(word, start + place + len(word), end) >= 0
                for place, (start, end) in zip(places, units, strict=True)
            )
        ):
            continue
        for size in range(max(last, _FEW), _NAME[1]):
            rests = [end - start - size for start, end in units]
            if min(rests) <= _FEW:
                break
            three = all(view[start + size] in _VERBS for start, _ in units)
            four = 3 * rests.count(4) >= 2 * len(rests) and max(rests) <= _MANY + 1
            names = [(start, start + size) for start, _ in units]
            if len({view[s:e] for s, e in names}) < len(units):
                continue
            if not sure and (
                len(word) == 1 or set(rests) != {4} or size != last or len(set(places)) > 1 or last - len(word) < _FEW
            ):
                continue
            if four or (three and set(rests) == {3}):
                return names
    return []


def _nouns(phrase: str) -> list[tuple[str, bool]]:
    """Return the words of `phrase` that names may have, none of which is a verb, and whether they are known nouns."""
    nouns = lexicon().heads + lexicon().listed_heads + lexicon().spatial
    words = (*counted_words(phrase), *_LEVEL.findall(phrase), *("一" * phrase.endswith("个一")))
    return [
        (word, word in nouns or word in _MARKS_OF_NAMES)
        for word in words
        if word in _MARKS_OF_NAMES or not (word in lexicon().governors or word[0] in "一二两三百千万")
    ]


def _places(view: str, found: Found, items: list[Range]) -> list[Range]:
    """Return where each of `items` says that the same is done, if that is not what is counted."""
    where = [_WHERE.fullmatch(view, *item) for item in items]
    said = {match[3] for match in where if match}
    counted = view[found.end - _FEW : found.end]
    if len(items) <= _FEW or not all(where) or len(said) > 1 or counted in said.pop():
        return []
    return [match.span(1) for match in where if match]


def _without_predicate(view: str, found: Found, items: list[Range]) -> list[Range]:
    """Return `items`, the last of a list without what all do or what of them is measured; [] if it has neither."""
    start, end = items[-1]
    sizes = {e - s for s, e in items[:-1]}
    if len(items) <= _FEW or view[start - 1] != "、" or end - start <= max(sizes):
        return []
    measure = _MEASURE.search(view, start + _FEW, end) if found.end < start else None
    if measure and not any(view.endswith(measure.group(), s, e) for s, e in items[:-1]):
        return [*items[:-1], (start, measure.start())]
    at = start + max(sizes)
    return [*items[:-1], (start, at)] if len(sizes) == 1 and _ALL_DO.match(view, at, end) else []


def named_before(view: str, found: Found, start: int, total: int) -> list[Range]:
    """Read, in the sentence before that of a slogan, the list that is taken up by it.

    Its items have the noun of the slogan (建设甲强区、乙强区、丙强区。“三个强区”…), or were put somewhere
    (把甲、乙、丙摆在首位).
    """
    near = max(0, start - _NEAR)
    if total <= _FEW or view.count("、", near, start) < total - _FEW:
        return []
    words = [word for word in counted_words(view[found.start : found.end]) if len(word) > 1]
    stop = max(view.rfind(mark, near, start) for mark in "。！？")
    if stop < 0 or view.find("\n", stop, start) >= 0:
        return []
    begin = max(near, *(view.rfind(mark, near, stop) + 1 for mark in "。！？\n"))
    for clause in reversed(split(view, begin, stop, "，；：")):
        items = agreeing(view, split(view, *clause, "、"), total, False)
        if len(items) != total:
            continue
        for word in words:
            ends = [view.rfind(word, s + 1, e) for s, e in items]
            if min(ends) > 0:
                items = [(s, at + len(word)) for (s, _), at in zip(items, ends, strict=True)]
                return [without_governor(view, items), *items[1:]]
        put = _PUT.search(view, items[-1][0] + _FEW, clause[1])
        taken = _TAKEN.search(view, *items[0])
        if put and taken:
            return [(taken.end(), items[0][1]), *items[1:-1], (items[-1][0], put.start())]
    return []


def alike_before(view: str, found: Found, end: int, total: int) -> list[Range]:
    """Read the list of the clause before that of a slogan at `end`, where something is said of all its items."""
    own = clause_start(view, end)
    if own == 0 or view[own - 1] != "，" or not governed(view, own, end):
        return []
    start = max(own - _NEAR, clause_start(view, own - 1))
    items = agreeing(view, split(view, start, own - 1, "、"), total, False)
    if len(items) != total or total <= _FEW or _FIGURE.search(view, start, own - 1):
        return []
    if quoted := _quotes(view, items, total):
        return quoted
    governs = lexicon().long_governors.length_at(view, *items[0]) > 0
    items = [without_governor(view, items), *items[1:]]
    *others, (last, stop) = items
    cut = reached_at(view, last + _FEW, stop)
    for at in range(last + _FEW, stop) if cut == stop else ():
        if _ALL_DO.match(view, at, stop):
            cut = at
            break
    names = [*others, (last, cut)]
    sizes = {e - s for s, e in names}
    if CONJUNCTION.search(view, *names[-1]) or max(sizes) > _SHORT * _FEW:
        return []
    begin_alike = len({view[s] for s, _ in names}) == 1 == len(sizes)
    said = cut < stop and max(sizes) - min(sizes) <= _FEW and not governs
    return names if said or (cut == stop and own == end and begin_alike) else []
