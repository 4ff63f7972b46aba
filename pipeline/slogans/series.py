"""Members in a series of clauses, sentences, paragraphs or sections behind a slogan.

They are numbered (一是…二是…, 一要…二要…, （一）…（二）…), or begin with the word that the slogan counts
(“八个聚焦”：聚焦…。聚焦…。), or are headings that end with its noun (“三大集群”。…打造甲集群。…打造乙集群。…).
"""

import re
from collections.abc import Callable, Iterator

from pipeline.regex import Regex
from pipeline.slogans.canonical import chinese
from pipeline.slogans.knowledge import known
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import MAX_ITEM, Range, split, without_common_head, without_governor
from pipeline.slogans.unquoted import Found

_MAX_CLAUSE = 40
_WORD = Regex(r"[\u4e00-\u9fff]{2}")
_ORDER = tuple(chinese(number) for number in range(1, 21))
# How the sentences or sections of an enumeration open, and how far apart two of them may be.
_FAMILIES: tuple[tuple[Callable[[str], str], int], ...] = (
    (lambda n: rf"{n}是", 900),
    (lambda n: rf"{n}要", 900),
    (lambda n: rf"[第其]{n}[，,、是]", 900),
    (lambda n: rf"(?:(?<=\n)|(?<=　　)|(?<=\n ))（{n}）", 6000),
    (lambda n: rf"(?:(?<=\n)|(?<=　　)|(?<=\n )){n}、", 6000),
)
_ITEM = Regex(r"[^，。；：！？\n（]{2,30}")
_SENTENCE = 400
_NAME = 8
_REACH = 60  # how far behind a slogan the first of 一是…二是… may stand
_ECHO = 40  # how far behind a slogan the first of 保就业、保民生… may stand
_ECHOING = Regex(r"[二三四五六七八九十]{1,2}(?:[个大项]?([\u4e00-\u9fff]{1,2})|([\u4e00-\u9fff])[\u4e00-\u9fff]{2})")
_PAIRS = Regex(r"([二三四五六七八九])([\u4e00-\u9fff])\1([\u4e00-\u9fff])")
_COUNTED = Regex(r"(?:[三四五六七八九]|十[一二三四五六七八九]?|[3-9])[个大项]([\u4e00-\u9fff0-9]{2,6})")
_ONE_WORD = Regex(r"[三四五六七八九十]([\u4e00-\u9fff])")
_PERIOD = Regex(r"“[^“”]{2,4}”(?:时期|期间|末)?")
_SUBJECT = Regex(r"。[ \u3000]*([\u4e00-\u9fff]{2,12}?)要(?![求素点])")
_FIGURE = Regex(r"[0-9]")
_PARAGRAPHS = 12000  # how far the paragraphs of a series may go on
_GAP = 3000  # how far apart two of them may be


def series_after(view: str, found: Found, start: int, total: int) -> Iterator[list[Range]]:
    """Yield the series of `total` members behind a slogan that ends at `start`, the surest first."""
    counted = _COUNTED.fullmatch(view, found.start, found.end)
    yield _ordered_after(view, start, total, counted[1] if counted else None)
    yield _echoed_after(view, found, start, total)
    yield _echoing_pairs(view, found, start, total)
    if counted and total > 2 and view.count(counted[1][:-1], start, start + _PARAGRAPHS) >= total:
        yield _echoing_paragraphs(view, start, total, counted[1])
        yield _echoing_clauses(view, start, total, counted[1])
        yield _echoing_items(view, start, total, counted[1])
        if view[found.start - 1] == "“":
            yield _headings(view, start, total, counted[1])
        yield _echoing_sentences(view, start, total, counted[1])
    if total > 2:
        yield _subjects(view, start, total)
    word = _ONE_WORD.fullmatch(view, found.start, found.end)
    if word and total > 2:
        yield _echoing_groups(view, start, total, word[1])
        yield _echoing_figures(view, start, total, word[1])


def _ordered_after(view: str, start: int, total: int, word: str | None) -> list[Range]:
    """Read 一是…二是… (and its like) behind `start`; an enumeration that goes on beyond `total` is not meant.

    Another slogan between the two takes it, unless the items begin with the `word` that this one counts.
    """
    if total > len(_ORDER):
        return []
    for family, step in _FAMILIES:
        first = re.compile(family("一")).search(view, start, start + _REACH)
        if first is None or view.count("。", start, first.start()) > 1:
            continue
        if view.find("“", start, first.start()) >= 0 and not (word and view.startswith(word, first.end())):
            continue
        paragraphs = view[first.start() - 1] in "\n\u3000"
        ranges, at = [], first.end()
        for numeral in _ORDER[1 : max(total + 1, 10)]:
            ranges.append(_item(view, at))
            following = re.compile(family(numeral)).search(view, at, at + (max(step, _GAP) if paragraphs else step))
            again = re.compile(family("一")).search(view, at, at + (max(step, _GAP) if paragraphs else step))
            if following is None or (again and again.start() < following.start()):
                break
            at = following.end()
        else:
            ranges.append(_item(view, at))
        if len(ranges) == total and all(ranges):
            return [r for r in ranges if r]
    return []


def _item(view: str, at: int) -> Range | None:
    match = _ITEM.match(view, at)
    return match.span() if match else None


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
    if formulation and formulation.members and {view[s:e] for s, e in items} != set(formulation.members):
        return []  # 农业更强、农村更美、农民更富 are not the “三农”
    return items


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


def _echoing_paragraphs(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read the paragraphs behind `start` that begin with `word`, each by its first clause."""
    pattern = Regex(rf"\n[ \u3000]*(?:（?[一二三四五六七八九十]{{1,3}}(?:[、）]|是))?({word}[^，。；：\n“”]{{1,30}})")
    return _row(pattern, view, start, total)


def _headings(view: str, start: int, total: int, noun: str) -> list[Range]:
    """Read the first clauses of sentences behind `start` that end with `noun`, without the verb that governs them.

    Where not only they do so, those are meant that begin a paragraph with the same verb (深化甲中心建设。…深化乙…).
    """
    if view.count(noun, start, start + _PARAGRAPHS) < total:
        return []
    clause = "[^，。；：\n“”、]"
    ranges = _row(Regex(rf"[\n。][ \u3000]*({clause}{{2,20}}{noun})(?=[。\n])"), view, start, total)
    opening = rf"{clause}{{2,18}}{noun})(?:建设|发展)?[。\n]"
    verb = re.compile(rf"\n[ \u3000]*(({clause}{{2}}){opening}").search(view, start, start + _GAP)
    if not ranges and verb:
        ranges = _row(Regex(rf"\n[ \u3000]*({re.escape(verb[2])}{opening}"), view, start, total)
    names = {view[s:e] for s, e in ranges}
    return [without_governor(view, [item]) for item in ranges] if len(names) == total else []


def _row(pattern: Regex, view: str, start: int, total: int) -> list[Range]:
    ranges: list[Range] = []
    for match in pattern.finditer(view, start, start + _PARAGRAPHS):
        if match.start(1) - (ranges[-1][1] if ranges else start) > (_GAP if ranges else _ECHO + MAX_ITEM * 10):
            break
        ranges.append(match.span(1))
    return ranges if len(ranges) == total else []


def _echoing_clauses(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read the clauses that follow the one of a slogan if each has the `word` that it counts in it."""
    clauses = split(view, start, _sentence_end(view, start), "，；")[1:]
    if len(clauses) != total or not all(word[:-1] in view[s:e] for s, e in clauses):
        return []
    return clauses


def _echoing_items(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read a list behind a slogan, in its sentence, each item of which has the `word` that it counts in it."""
    for clause in split(view, start, _sentence_end(view, start), "，；"):
        items = split(view, *clause, "、")
        if len(items) == total and all(view.find(word, *item) >= 0 for item in items):
            period = _PERIOD.match(view, *items[0])
            items[0] = (period.end() if period else items[0][0], items[0][1])
            return [_ungoverned(view, items[0]), *items[1:]]
    return []


def _echoing_sentences(view: str, start: int, total: int, noun: str) -> list[Range]:
    """Read the sentences of the paragraph that begin with one verb, then a name that ends with `noun`.

    实施三大提升行动。…。实施道路提升行动，…。实施管网提升行动，…。实施公园提升行动，…。
    """
    end = view.find("\n", start)
    if view.count(noun, start, len(view) if end < 0 else end) < total:
        return []
    name = rf"[。；][ \u3000]*((?:[^，。；：\n“”]|“[^“”\n]{{1,24}}”){{2,30}}?{noun})(?=[，。；])"
    ranges = [match.span(1) for match in re.compile(name).finditer(view, start, len(view) if end < 0 else end)]
    if len(ranges) != total or len({view[s:e] for s, e in ranges}) < total:
        return []
    first, stop = ranges[0]
    size = lexicon().verb_words.length_at(view, first, stop)
    verb = view[first : first + size]
    return [(s + size, e) for s, e in ranges] if size and all(view.startswith(verb, s) for s, _ in ranges) else []


def _subjects(view: str, start: int, total: int) -> list[Range]:
    """Read the subjects of the sentences that say 要, if as many as announced end alike (甲圈要…。乙圈要…。)."""
    end = view.find("\n", start)
    ranges = [match.span(1) for match in _SUBJECT.finditer(view, start, len(view) if end < 0 else end)]
    alike = len({view[e - 1] for _, e in ranges}) == 1
    return ranges if alike and len(ranges) == len({view[s:e] for s, e in ranges}) == total else []


def _echoing_groups(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read the groups of clauses whose first says what of the `word` is meant (“五新”，引育新主体，…；)."""
    groups = split(view, start, _sentence_end(view, start), "；")
    ranges: list[Range] = []
    for at, group in enumerate(groups):
        clauses = split(view, *group, "，")
        if not clauses:
            return []
        own = at == 0 and len(clauses) > 1 and view[start] not in "，：；"  # the clause of the slogan itself
        first = clauses[1 if own else 0]
        begin = view.rfind(word, *first)
        if begin < 0 or not 1 < first[1] - begin <= _NAME:
            return []
        ranges.append((begin, first[1]))
    return ranges if len(ranges) == total else []


def _echoing_figures(view: str, start: int, total: int, word: str) -> list[Range]:
    """Read the figures of the sentence that are each of something with the `word` (“三改”…厂房改造5座、…)."""
    names: list[Range] = []
    for item in split(view, start, _sentence_end(view, start), "、，；"):
        if figure := _FIGURE.search(view, *item):
            names.append((item[0], figure.start()))
    if len(names) != total or not all(view.find(word, *name) >= 0 for name in names):
        return []
    return [_ungoverned(view, name) for name in names]


def _ungoverned(view: str, item: Range) -> Range:
    """Return `item` without the verbs that it begins with (累计完成厂房改造 → 厂房改造)."""
    start, end = item
    while size := lexicon().verb_words.length_at(view, start, end - 2):
        start += size
    return start, end


def _sentence_end(view: str, start: int) -> int:
    return next((i for i in range(start, min(len(view), start + _SENTENCE)) if view[i] in "。！？\n"), start)


def row_of_clauses(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read as many clauses as are announced from `start` that begin with the same word (即坚持…，坚持…，坚持…)."""
    word = view[start : start + 2]
    if total < 3 or not _WORD.fullmatch(word):
        return []
    clause = rf"{word}[^，；。：“”]{{1,{_MAX_CLAUSE}}}"
    row = re.compile(rf"{clause}(?:[，；]即?{clause}){{{total - 1}}}").match(view, start, end)
    if row is None or view.startswith(word, row.end() + 1):
        return []
    items = split(view, start, row.end(), "，；")
    return [(s + (view[s] == "即"), e) for s, e in items]
