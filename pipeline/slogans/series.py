"""Members in a numbered series behind a slogan (一是…二是…, 首先…其次…, （一）…（二）…, ①…②…).

And series of clauses that all begin alike, or have the word of the slogan somewhere in them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from pipeline.regex import Regex
from pipeline.slogans.canonical import chinese
from pipeline.slogans.knowledge import known
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import (
    MAX_ITEM,
    Range,
    agreeing,
    clause_start,
    line_end,
    split,
    without_common_head,
    without_governor,
)
from pipeline.slogans.parallels import names_in
from pipeline.slogans.summing import to_int
from pipeline.slogans.unquoted import Found

_MAX_CLAUSE = 40
_OPENS = Regex(r"[。；\n][ \u3000—]*")
_HAN = Regex(r"[\u4e00-\u9fff]+")
_WORD = Regex(r"[\u4e00-\u9fff]{2}")
_MOST = 20
_FEW = 2
_FEWEST_ALIKE = 3  # items of a list far off
_MUST = Regex("必须|务必|一定要|都要|[要须应](?![求素点急])")
_NUMERALS = tuple(chinese(number) for number in range(1, _MOST + 1))
_FIGURES = tuple(str(number) for number in range(1, _MOST + 1))
_LINE = (r"\n", "　　", r"\n ")
_PAUSES = ("[，。；：]",)


def _behind(marks: tuple[str, ...], head: str) -> str:
    """Return the pattern of `head` behind one of `marks`; what it begins with is looked for, so it is found fast."""
    return f"{head}(?:{'|'.join(f'(?<={mark}{head})' for mark in marks)})"


# How the sentences or sections of an enumeration open, and how far apart two of them may be.
_FAMILIES: tuple[tuple[tuple[str, ...], int], ...] = (
    (tuple(rf"{n}是" for n in _NUMERALS), 900),
    (tuple(rf"{n}要" for n in _NUMERALS), 900),
    (tuple(rf"[第其]{n}[，,、是]" for n in _NUMERALS), 900),
    (tuple(rf"第{n}[个项件条场类种步张篇块道座支仗关]?(?:是|，)" for n in _NUMERALS), 900),
    (tuple(_behind(_PAUSES, f"第{n}") + "[场件张篇块道座支仗关]" for n in _NUMERALS), 900),
    (tuple(rf"第{n}(?:个?阶段|步)(?:是|：|，)?" for n in _NUMERALS), 900),
    (tuple(rf"[\u4e00-\u9fff]{{2,4}}之{n}(?:是|，|：)" for n in _NUMERALS), 900),
    ((_behind(_PAUSES, "一") + "[场个项件条类种]是",) * _MOST, 600),
    (tuple(_behind(_PAUSES, f"{n}抓") for n in _NUMERALS), 600),
    (tuple(rf"{word}[是，要]" for word in ("首先", "其次", "(?:再次|再者|最后)", "(?:最后|第四)")), 600),
    (tuple(_behind(_LINE, f"（{n}）") for n in _NUMERALS), 6000),
    (tuple(_behind(_LINE, f"{n}、") for n in _NUMERALS), 6000),
    (tuple(_behind(("[。；：]",), f"{n}、") for n in _NUMERALS), 900),
    (tuple(rf"（{n}）" for n in _FIGURES), 900),
    (tuple(rf"（{n}）" for n in _NUMERALS), 900),
    (tuple(rf"{n}(?<![0-9.]{n})[.．、](?![0-9])" for n in _FIGURES), 900),
    (tuple(chr(ord("①") + n) for n in range(_MOST)), 900),
)
_BEHIND = re.compile(r"\(\?:(?:\|?\(\?<=[^)]*\))+\)")
_FIRST = Regex("|".join(dict.fromkeys(_BEHIND.sub("", family[0]) for family, _ in _FAMILIES)))
_ITEM = Regex(r"[^，。；：！？\n（]{2,60}")
_GOES_ON = Regex(r"，([^，。；：！？\n（]{4,20})(?=[。；])")
_LEADS_ON = Regex(
    r"，(?:[第其]?(?:[\u4e00-\u9fff]{2,4}之?)??[二三四五六七八九十]+[个项件条场类种步]?[是要，]|其次|再次|最后)"
)
_STAGE = Regex(
    r"(?:[从到至自]|由现在)?(?:[0-9]{4}年|(?:[本下]|二十一)世纪)[^，。；：！？\n（]{0,20}，[^，。；：！？\n（]{4,30}(?=[。；])"
)
_NEXT = Regex(r"，([^，。；：！？\n（]{2,30})")
_RUNS_ON = 5
_SENTENCE = 400
_REACH = 60  # how far behind a slogan the first of 一是…二是… may stand
_ECHO = 40  # how far behind a slogan the first of 保就业、保民生… may stand
_ECHOING = Regex(r"[二三四五六七八九十]{1,2}(?:[个大项]?([\u4e00-\u9fff]{1,2})|([\u4e00-\u9fff])[\u4e00-\u9fff]{2})")
_PAIRS = Regex(r"([二三四五六七八九])([\u4e00-\u9fff])\1([\u4e00-\u9fff])")
_COUNTED = Regex(r"(?:[三四五六七八九]|十[一二三四五六七八九]?|[3-9])[个大项]([\u4e00-\u9fff0-9]{2,6})")
_CLAUSES = Regex(r"(?:[两三四五六七八九]|十[一二三四五六七八九]?|[3-9])[个大项]([\u4e00-\u9fff0-9]{2,6})")
_HEADING = 12  # characters behind a slogan that a heading may still have
_ONE_WORD = Regex(r"[两三四五六七八九十]([\u4e00-\u9fff])")
_SUBJECT = Regex(r"。[ \u3000]*([\u4e00-\u9fff]{2,12}?)要(?![求素点])")
_FIGURE = Regex(r"[0-9]")
_LEVEL = Regex("(?:国家|[省市县区])级")
_PHRASE = Regex(r"[三四五六七八九]个([\u4e00-\u9fff]{2,4})")
_PLACES = Regex(r"[三四五六七八九]个(中心|高地|枢纽|门户|强国|[强大][省市县区])")
_WORD_SIZES = (2, 3, 4)
_TURNED = Regex(r"[三四五六七八九]([\u4e00-\u9fff])([\u4e00-\u9fff]{2})")
_SET = Regex("“([一两二三四五六七八九])[个大][\u4e00-\u9fff]{1,8}”")  # of so many
_ROW_OF_SETS = Regex(f"{_SET.pattern}(?:[、和]?{_SET.pattern})+")
_SETS_REACH = 60
_IN_QUOTES = Regex(r"“([^“”]+)”")
_FAR = 3000  # how far behind a slogan a row of as many may begin with what it counts
_SECTION_STEP = 6000  # of series whose items are sections
_RIGHT_BEHIND = Regex(r"”?[\u4e00-\u9fff]{0,8}(?:：|。|，)[ \u3000]*")
_GAP = 3000  # how far apart two paragraphs of a series may be


def series_after(view: str, found: Found, start: int, total: int) -> Iterator[list[Range]]:
    """Yield the series of `total` members behind a slogan that ends at `start`, the surest first."""
    counted = _COUNTED.fullmatch(view, found.start, found.end)
    ordered = ordered_after(view, start, total, counted[1] if counted else None)
    yield _without_verb(view, view[found.end - _FEW : found.end], ordered)
    yield _echoed_after(view, found, start, total)
    yield _echoing_pairs(view, found, start, total)
    if counted and total > 2:
        yield _subjects(view, start, total)
    word = _ONE_WORD.fullmatch(view, found.start, found.end)
    if word:
        yield _figures_of_clause(view, start, total, word[1])
    if word and total > 2:
        yield _subjects(view, start, total)
        yield _echoing_figures(view, start, total, word[1])


def _without_verb(view: str, noun: str, items: list[Range]) -> list[Range]:
    """Return the `items` of a series without the verb with which all begin, if all end with the slogan's `noun`.

    Those that are sentences by themselves keep it.
    """
    if not items or not all(view.endswith(noun, start, end) and view[end] in "，：" for start, end in items):
        return items
    start, end = items[0]
    size = lexicon().long_verbs.length_at(view, start, end - len(noun) - 1)
    verb = view[start : start + size]
    same = size > 0 and all(
        view.startswith(verb, s) and e - s > size + len(noun) and view[e - len(noun) - 1] != "的" for s, e in items
    )
    return [(s + size, e) for s, e in items] if same else items


def opens_series(view: str, at: int) -> bool:
    """Whether the first of a numbered series stands at `at`."""
    return _FIRST.match(view, at) is not None


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def ordered_after(view: str, start: int, total: int, word: str | None) -> list[Range]:
    """Read 一是…二是… (and its like) behind `start`; an enumeration that goes on beyond `total` is not meant.

    Another slogan between the two takes it, unless the items begin with the `word` that this one counts.
    """
    if total > _MOST or _FIRST.search(view, start, start + _REACH) is None:
        return []
    for family, step in _FAMILIES:
        first = _compiled(family[0]).search(view, start, start + _REACH) if total <= len(family) else None
        if first is None or view.count("。", start, first.start()) > 1:
            continue
        if view.find("“", start, first.start()) >= 0 and not (word and view.startswith(word, first.end())):
            continue
        items = _items_of(view, family, step, first, max(total + 1, 10))
        if len(items) == total:
            items = _to_their_ends(view, items)
            return _with_word(view, items, word) if word else items
    return []


def _items_of(view: str, family: tuple[str, ...], step: int, first: re.Match[str], most: int) -> list[Range]:
    """Return the openings of the items of a numbered series, up to `most`, that begins with `first`."""
    paragraphs = view[first.start() - 1] in "\n\u3000"
    ranges, at = [], first.end()
    for mark in family[1:most]:
        ranges.append(_item(view, at))
        reach = at + (max(step, _GAP) if paragraphs else step)
        following = _compiled(mark).search(view, at, reach)
        again = _compiled(family[0]).search(view, at, reach)
        if following is None or (again and again.start() < following.start()):
            break
        at = following.end()
    else:
        ranges.append(_item(view, at))
    return [item for item in ranges if item]


def cut_short(view: str, start: int, total: int) -> list[Range]:
    """Read a numbered series right behind `start` that comes to its end before `total` (“五个突破”：一是…。二是…。)."""
    gap = _RIGHT_BEHIND.match(view, start)
    if gap is None or total > _MOST or not _FIRST.match(view, gap.end()):
        return []
    for family, step in _FAMILIES:
        first = _compiled(family[0]).match(view, gap.end()) if step < _SECTION_STEP else None
        items = _items_of(view, family, step, first, total) if first else []
        if len(items) > 1:
            return _to_their_ends(view, items) if len(items) < total else []
    return []


def _with_word(view: str, items: list[Range], word: str) -> list[Range]:
    """Return, where none of `items` has the `word`, the clauses behind that do (（一）甲为本，推动乙高质量…)."""
    if any(view.find(word, *item) >= 0 for item in items):
        return items
    clauses = [match.span(1) if (match := _NEXT.match(view, end)) else (end, end) for _, end in items]
    return clauses if all(view.find(word, *clause) >= 0 for clause in clauses) else items


def _item(view: str, at: int) -> Range | None:
    match = _STAGE.match(view, at) or _ITEM.match(view, at)
    return match.span() if match else None


def _to_their_ends(view: str, items: list[Range]) -> list[Range]:
    """Return `items` with the short clause of a verb that ends the sentence of one, if others are one clause.

    Where each has a clause behind it, that says how it is done.
    """
    if not any(view[end] in "。；" or _LEADS_ON.match(view, end) for _, end in items):
        return items
    return [(start, _end_of_item(view, end)) for start, end in items]


def _end_of_item(view: str, end: int) -> int:
    more = _GOES_ON.match(view, end)
    if more is None or _LEADS_ON.match(view, end):
        return end
    governed = lexicon().verb_words.length_at(view, more.start(1), more.end()) or view[more.start(1)] in "把将"
    return more.end() if governed else end


def _echoed_after(view: str, found: Found, start: int, total: int) -> list[Range]:
    """Read a row of items that all begin with the word that the slogan counts (“六保”…保就业、保民生、…)."""
    counted = _ECHOING.fullmatch(view, found.start, found.end)
    word = counted[1] or counted[2] if counted else ""
    if not word or total < 3 or view.count(word, start, start + _ECHO + 2 * total * MAX_ITEM) < total:
        return []
    item = rf"{word}[^、，。；：！？“”（）\n]{{1,{MAX_ITEM}}}"
    row = re.compile(rf"(?:{item}[、，；]){{{total - 1}}}{item}").search(view, start, start + _ECHO + total * MAX_ITEM)
    if row is None or row.start() > start + _ECHO or re.search("[。！？\n]", view[start : row.start()]):
        return []
    if view.startswith(word, row.end() + 1):
        return []
    items = without_common_head(view, split(view, row.start(), row.end(), "、，；"))
    formulation = known(view[found.start : found.end])
    sizes = {e - s for s, e in items[:-1]}
    if len(sizes) == 1 and items[-1][1] - items[-1][0] > max(sizes) + _RUNS_ON:
        items[-1] = items[-1][0], items[-1][0] + max(sizes)  # 零上访、零事故、零案件|村居占比达到九成
    names = {view[s:e] for s, e in items}
    if len(word) == 1 and formulation and formulation.members and names != set(formulation.members):
        return []  # 农业更强、农村更美、农民更富 are not the “三农”
    return items


def row_of_word(view: str, found: Found, total: int) -> list[Range]:
    """Read the first row, however far behind, whose items begin with what is counted, if they are as many.

    “四个率先”…努力率先转变甲、率先提高乙、率先推进丙、率先构建丁，
    """
    counted = _PHRASE.fullmatch(view, found.start, found.end)
    if counted is None or view.count(counted[1], found.end, found.end + _FAR) < total:
        return []
    item = rf"{counted[1]}[^、，。；：！？“”（）\n]{{2,{MAX_ITEM}}}"
    row = _compiled(rf"(?:{item}[、，；]){{1,20}}{item}").search(view, found.end, found.end + _FAR)
    items = split(view, *row.span(), "、，；") if row else []
    return items if len(items) == total else []


def row_ending_alike(view: str, found: Found, total: int) -> list[Range]:
    """Read the first list, wherever, of as many items that all end with what is counted.

    “三大经济”…做强林下经济、海洋经济、园区经济; of a single character four or more (“五化”…农业集约化、标准化、…)
    """
    counted = _COUNTED.fullmatch(view, found.start, found.end)
    word = counted[1] if counted else view[found.start + 1 : found.end]
    if total < _FEWEST_ALIKE or word[0].isdecimal() or (len(word) == 1 and total == _FEWEST_ALIKE):
        return []
    end = 0
    while (at := view.find(word + "、", end)) >= 0:
        start, end = clause_start(view, at), _clause_end(view, at)
        items = agreeing(view, split(view, start, end, "、"), total, False)
        if len(items) == total and all(view.endswith(word, s + 1, e) for s, e in items[:-1]):
            last = view.find(word, items[-1][0] + 1, items[-1][1])
            if last > 0:
                first, stop = items[0]
                begin, _ = without_governor(view, items)
                return [
                    (begin if begin + len(word) < stop else first, stop),
                    *items[1:-1],
                    (items[-1][0], last + len(word)),
                ]
    return []


def _clause_end(view: str, start: int) -> int:
    return next((i for i in range(start, min(len(view), start + _SENTENCE)) if view[i] in "，；：。！？\n"), start + 1)


def row_with_head(view: str, found: Found, total: int) -> list[Range]:
    """Read the first list, however far behind, of as many words of one length before what is counted.

    “四个中心”…建成区域商贸、物流、会展、文旅中心
    """
    counted = _PLACES.fullmatch(view, found.start, found.end)
    if counted is None or view.find("、", found.end, found.end + _FAR) < 0:
        return []
    char = r"[^、，。；：！？“”（）和与及\n]"
    for size in _WORD_SIZES:
        word = rf"{char}{{{size}}}"
        words = rf"{word}(?:、{word}){{{total - 2}}}[、和与及]{word}"
        row = _compiled(rf"[，。；：\n]{char}{{0,16}}?({words}){counted[1]}").search(view, found.end, found.end + _FAR)
        if row and view.count(counted[1], *row.span(1)) == 0:
            items = split(view, *row.span(1), "、和与及")
            return items if len(items) == total else []
    return []


def series_of_word(view: str, found: Found, total: int) -> list[Range]:
    """Read the numbered series or sections, however far behind, of as many as announced that all have what is counted.

    “四个开新局”…（一）聚焦实业，在做强产业上开新局。…; “三项惠民工程”…一是做优就业暖心工程，…
    """
    counted = _COUNTED.fullmatch(view, found.start, found.end)
    if counted is None or view.count(counted[1][-_FEW:], found.end) < total:
        return []
    for items in _every_series(view):
        if len(items) == total and items[0][0] > found.end and (named_ := _all_with(view, list(items), counted[1])):
            return named_
    return []


def sentences_with_noun(view: str, found: Found, total: int) -> list[Range]:
    """Read the names, as many as announced, that end on what is counted and with which sentences or lines begin.

    加快“五个中心”建设。提升国际甲中心地位，…。增强国际乙中心竞争力，….
    """
    counted = _COUNTED.fullmatch(view, found.start, found.end)
    if counted is None or view.count(counted[1], found.end, found.end + _FAR) < total:
        return []
    stop = line_end(view, found.end)
    if stop - found.end <= _HEADING:
        stop = line_end(view, stop + 1)
    word, items = counted[1], []
    for opening in _OPENS.finditer(view, found.end, stop):
        start = opening.end()
        at = view.find(word, start + _FEW, min(stop, start + MAX_ITEM + len(word)))
        if at >= 0 and _HAN.fullmatch(view, start, at):
            items.append((start, at + len(word)))
    if len(items) != total or len({view[s:e] for s, e in items}) != total:
        return []
    words, size = lexicon(), len(counted[1])
    return [
        (start + max(verbs.length_at(view, start, end - size) for verbs in (words.long_verbs, words.governors)), end)
        for start, end in items
    ]


def sets_that_sum_up(view: str, end: int, total: int) -> list[Range]:
    """Read a row of quoted sets in the next words whose numbers make `total` together.

    五大定位…建设“两个屏障”、“两个基地”、“一个桥头堡”
    """
    for row in _ROW_OF_SETS.finditer(view, end, end + _SETS_REACH):
        sets = list(_SET.finditer(view, *row.span()))
        if len(sets) > 1 and sum(to_int(match[1]) or 0 for match in sets) == total:
            return [(match.start() + 1, match.end() - 1) for match in sets]
    return []


@lru_cache(maxsize=2)
def _every_series(view: str) -> tuple[tuple[Range, ...], ...]:
    """Return the items of each numbered series and row of sections of `view`."""
    firsts = ((family, first) for family, _ in _FAMILIES for first in _compiled(family[0]).finditer(view))
    return tuple(tuple(_items_of(view, family, _SECTION_STEP, first, _MOST)) for family, first in firsts)


def _all_with(view: str, items: list[Range], counted: str) -> list[Range]:
    """Return `items`, or the clauses behind them, if all have what is `counted`, or all end with its head."""
    head = counted[-_FEW:]
    if head in lexicon().heads + lexicon().listed_heads and all(view.endswith(head, *item) for item in items):
        return _without_verbs(view, items)
    whole = _with_word(view, items, counted)
    return whole if all(view.find(counted, *item) >= 0 for item in whole) else []


def _without_verbs(view: str, items: list[Range]) -> list[Range]:
    """Return `items` without the verb with which each begins, and those before it with which all do (坚定实施…)."""
    while all(sizes := [lexicon().long_verbs.length_at(view, start, end - _FEW) for start, end in items]):
        verbs = {view[start : start + size] for (start, _), size in zip(items, sizes, strict=True)}
        items = [(start + size, end) for (start, end), size in zip(items, sizes, strict=True)]
        if len(verbs) > 1:
            break
    return items


def row_of_quoted(view: str, found: Found, total: int) -> list[Range]:
    """Read the first row of as many quoted strings, wherever, that end with the last two words of a slogan.

    “三向发力”…“向农发力”“向工发力”“向商发力”
    """
    counted = _TURNED.fullmatch(view, found.start, found.end)
    if counted is None or total <= _FEW or view.count(f"“{counted[1]}") < total:
        return []
    item = rf"“{counted[1]}[\u4e00-\u9fff]{{1,4}}{counted[2]}”"
    row = _compiled(rf"(?<![”、]){item}(?:[、和]?{item}){{{total - 1}}}(?![、和]?“)").search(view)
    return [match.span(1) for match in _IN_QUOTES.finditer(view, *row.span())] if row else []


def _echoing_pairs(view: str, found: Found, start: int, total: int) -> list[Range]:
    """Read a list behind a slogan, in its sentence, whose items each have both its words (“三联三帮”，联村帮户、…)."""
    words = _PAIRS.fullmatch(view, found.start, found.end)
    if words is None:
        return []
    for clause in split(view, start, _sentence_end(view, start), "，：—"):
        items = split(view, *clause, "、")
        if len(items) == total and all(words[2] in view[s:e] and words[3] in view[s:e] for s, e in items):
            return items
    return []


def containing_clauses(view: str, found: Found, start: int, total: int) -> list[Range]:
    """Read the clauses that follow the one of a slogan if each has the word that it counts anywhere in it."""
    counted = _CLAUSES.fullmatch(view, found.start, found.end)
    if counted is None:
        return []
    word = counted[1]
    clauses = _clauses_behind(view, start)
    said = word[:-1] if total > 2 else word
    if len(clauses) != total or not all(said in view[s:e] for s, e in clauses):
        return []
    if total == _FEW and word in lexicon().heads + lexicon().listed_heads and (names := names_in(view, found, clauses)):
        return names
    return _without_must(view, found, clauses)


def _without_must(view: str, found: Found, clauses: list[Range]) -> list[Range]:
    """Return `clauses` without 必须 or its like before each, unless the slogan counts it (“六个必须”)."""
    musts = [match for clause in clauses if (match := _MUST.match(view, *clause))]
    words = {match.group() for match in musts}
    if len(musts) < len(clauses) or len(words) > 1 or view.find(words.pop(), found.start, found.end) >= 0:
        return clauses
    return [(match.end(), end) for match, (_, end) in zip(musts, clauses, strict=True)]


def _clauses_behind(view: str, start: int) -> list[Range]:
    """Return the clauses of the sentence behind the one that ends at `start` or goes on there."""
    clauses = split(view, start, _sentence_end(view, start), "，；")
    return clauses if view[start : start + 1] in ("，", "；") else clauses[1:]


def clauses_begun_alike(view: str, start: int, total: int) -> list[Range]:
    """Read the clauses behind that of a slogan, to the end of its sentence, if they are as many and begin alike."""
    clauses = _clauses_behind(view, start) if total > _FEW else []
    words = {view[s : s + _FEW] for s, _ in clauses}
    return clauses if len(clauses) == total and len(words) == 1 and _WORD.fullmatch(words.pop()) else []


def _subjects(view: str, start: int, total: int) -> list[Range]:
    """Read the subjects of the sentences that say 要, if as many as announced end alike (甲圈要…。乙圈要…。)."""
    ranges = [match.span(1) for match in _SUBJECT.finditer(view, start, line_end(view, start))]
    alike = len({view[e - 1] for _, e in ranges}) == 1
    return ranges if alike and len(ranges) == len({view[s:e] for s, e in ranges}) == total else []


def _echoing_figures(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read the figures of the sentence that are each of something with the `word` (“三改”…厂房改造5座、…)."""
    names: list[Range] = []
    for item in split(view, start, _sentence_end(view, start), "、，；"):
        if figure := _FIGURE.search(view, *item):
            names.append((item[0], figure.start()))
    if len(names) != total or not all(view.find(word, *name) >= 0 for name in names):
        return []
    return [_ungoverned(view, name) for name in names]


def _figures_of_clause(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read the figures of a clause that are each of a thing called by the `word` (“两区”…建成甲区3万亩、乙区2个)."""
    for clause in split(view, start, _sentence_end(view, start), "，；")[1:]:
        items = split(view, *clause, "、")
        figures = [_FIGURE.search(view, *item) for item in items]
        names = [(item[0], figure.start()) for item, figure in zip(items, figures, strict=True) if figure]
        if len(items) == len(names) == total and all(view.startswith(word, e - len(word)) for _, e in names):
            return [_without_level(view, _ungoverned(view, name)) for name in names]
    return []


def _without_level(view: str, item: Range) -> Range:
    level = _LEVEL.match(view, *item)
    return (level.end(), item[1]) if level else item


def _ungoverned(view: str, item: Range) -> Range:
    """Return `item` without the verbs that it begins with (累计完成厂房改造 → 厂房改造)."""
    start, end = item
    while size := lexicon().verb_words.length_at(view, start, end - 2):
        start += size
    return start, end


def _sentence_end(view: str, start: int) -> int:
    return next((i for i in range(start, min(len(view), start + _SENTENCE)) if view[i] in "。！？\n"), start)


def row_of_clauses(view: str, found: Found, start: int, end: int, total: int) -> list[Range]:
    """Read as many clauses as are announced from `start` that begin with the same word (即坚持…，坚持…，坚持…)."""
    word = view[start : start + 2]
    if total < 3 or not _WORD.fullmatch(word):
        return []
    clause = rf"{word}[^，；。：“”]{{1,{_MAX_CLAUSE}}}"
    row = re.compile(rf"{clause}(?:[，；]即?{clause}){{{total - 1}}}").match(view, start, end)
    if row is None or view.startswith(word, row.end() + 1):
        return []
    items = split(view, start, row.end(), "，；")
    return _without_must(view, found, [(s + (view[s] == "即"), e) for s, e in items])
