"""Members of a parallel or a code whose parts the text behind it takes up one after the other.

For each part in turn, readers propose the members that the next clauses may name: in the role that is given
(以甲为主线), in a count that is said again (打赢乙、丙两场硬仗; 甲这条主线), in what is reached (在丁、戊上争先), in
the names with which clauses begin (东湖城扩容，北园、南园提质), in items that begin with its noun, or in a list of just
as many. The first sequence of proposals, one for each part, is taken whose words tie it to the parts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.regex import Regex
from pipeline.slogans.frames import framed, reached_at
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import Range, agreeing, governed, named, pair, split, without_governor
from pipeline.slogans.summing import Declared, parts, to_int

_STOP = Regex("[。！？\n]")
_REACH = 300
_HEADING = 12  # characters behind a slogan that a heading may still have
_NAME = 16
_FEWEST = 3
_MOST = 24
_PAIR = 2
_NEAR = 6
_SKIPPED = 1  # clauses between two parts that say more of the first
_CLASSIFIERS = tuple("个项条类种张篇支道块座场件级大")
_WATERS = "江河水溪渠"
_NATURAL = "江河水溪渠湖海山泉湾岛"  # the first of them ends the name (东湖退田还湖)
_ROLE = Regex(r"以([^，；。：以]{2,60}?)[作当]?为([^，；。：]{1,8})$")
_WHERE = Regex("(?:在|从)([^，；。：]{3,60})(?:上|方面|领域|中)")
_THIS = Regex(r"([^，；。：、]{2,24}?)(这一?[个条座项支张件场]?|的)([^，；。：、]{1,6})$")
_CENTRE = Regex(r"[\u4e00-\u9fff]{1,3}市(?=城区)|[\u4e00-\u9fff]{0,4}?(?:中心城区|主城区|城区|主城|县城|省会|首府)")
_SUBJECT = Regex(r"([\u4e00-\u9fff]{2,8})[\u4e00-\u9fff]{4}")  # 装备制造|挑起大梁
_WORDS = frozenset(("融合", "改革", "转型", "创新", "联动", "提升", "治理", "保障", "支撑", "贯通", "示范", "特色"))
_DERIVES = "型性化力者"  # a verb before them is part of a name (创新型)
_CORES = ("核", "心", "主", "极", "中心", "核心")
_COUNT_BEHIND = Regex(r"([一二两三四五六七八九十]|十[一二三四五六七八九])(?=[个大家条项类种级座支张])")
_FIGURE = Regex(r"[0-9]")
_SAID_OF_ALL = Regex(r"(?:[都均皆也要须已有]|全部|得到|实现)+$|之?外$")
_ROW = Regex(r"(?:“[^“”]{1,20}”)++")
_QUOTED = Regex(r"“([^“”]+)”")
_OPENING = Regex("(?:[。；！\n][ \u3000]*|，)(?=[\u4e00-\u9fff])")
_LONGEST = 13  # a name without its noun
_HAN = Regex("[\u4e00-\u9fff]+")
_SENTENCE = 60
_SURE, _LIKELY, _POSSIBLE, _BARE = 4, 2, 1, 0  # how surely words tie a proposal to its part


@dataclass(frozen=True)
class _Proposal:
    """Members of one part, of how many clauses they are, and how surely they are its."""

    items: list[Range]
    used: int
    weight: int


def taken_up(view: str, phrase: str, declared: Declared, start: int) -> list[Range]:
    """Read the members of a parallel or a code that ends at `start` where all of its parts are taken up in turn."""
    pairs = [pair for clause in re.split("[、，]", phrase) for pair in parts(clause)]
    counted = [(to_int(number) or 0, _noun(noun)) for number, noun in pairs if number[0] not in "多N"]
    if not pairs and isinstance(declared, list):
        pairs = [("", "") for _ in declared]
        counted = [(number, "") for number in declared if number]
    total = sum(count for count, _ in counted)
    few = total == _PAIR and all(noun in lexicon().spatial for _, noun in counted)
    if not (few or _FEWEST <= total <= _MOST) or len(counted) < _PAIR:
        return []
    for clauses in _sentences(view, start):
        if begun := _begun_in_turn(view, clauses, counted, total):
            return begun
        aligned = next(_aligned(view, clauses, 0, counted, 0), None)
        if aligned and len({view[s:e] for s, e in aligned}) == total:
            return _without_verbs(view, aligned, [noun for count, noun in counted for _ in range(count)])
    return []


def _without_verbs(view: str, names: list[Range], nouns: list[str]) -> list[Range]:
    """Return `names` without the verbs that govern them, where all clauses begin with one (支持甲城…，推动乙城…).

    A verb that the slogan itself counts stays (“两再”，再造甲、再造乙).
    """
    verbs = lexicon().long_governors
    named_ = [name for name, noun in zip(names, nouns, strict=True) if not view.startswith(noun, name[0])]
    opening = [(s, e) for s, e in named_ if view[s - 1] in "，；。：！\n\u3000"]
    if not all(verbs.length_at(view, s, e - _PAIR) for s, e in opening):
        return names
    return [_freed(view, name) if name in opening else name for name in names]


def opening_in_turn(view: str, phrase: str, start: int) -> list[Range]:
    """Read the names, each ending with its noun, that the sentences behind a parallel begin with.

    “一圈两区”格局形成。云州圈…。东区…。西区….
    """
    counted = [(to_int(number) or 0, noun) for number, noun in parts(phrase)]
    if not _FEWEST <= sum(count for count, _ in counted) <= _MOST // 2:
        return []
    nouns = [noun for count, noun in counted for _ in range(count)]
    limit = start + _REACH + _SENTENCE * len(nouns)
    openings = [match.end() for match in _OPENING.finditer(view, start, limit)]
    items: list[Range] = []
    skipped = 0
    for at in openings:
        noun = nouns[len(items)]
        stop = view.find(noun, at + 1, at + _LONGEST + len(noun)) + len(noun)
        if stop < at or not _HAN.fullmatch(view, at, stop) or governed(view, at, stop):
            skipped += view[at - 1] != "，"
            if skipped > _SKIPPED:
                return []
            continue
        skipped = 0
        items.append((at, stop))
        if len(items) == len(nouns):
            return _without_verbs(view, items, nouns) if len({view[s:e] for s, e in items}) == len(nouns) else []
    return []


def _begun_in_turn(view: str, clauses: list[Range], counted: list[tuple[int, str]], total: int) -> list[Range]:
    """Read the items of one clause, or of a row of them, that begin, each, with the noun of its part.

    “两免一补”，免甲、免乙、补丙; “三统一、一公开”，统一甲、统一乙、统一丙，公开丁
    """
    nouns = [noun for count, noun in counted for _ in range(count)]
    if not all(nouns):
        return []
    for clause in clauses[:_PAIR]:
        items = split(view, *clause, "、")
        if len(items) == len(counted) and (pairs := _pair_of_each(view, items, counted)):
            return pairs
    rows = [agreeing(view, split(view, *clause, "、"), total, False) for clause in clauses[:_PAIR]]
    rows += [
        [item for clause in clauses[:end] for item in split(view, *clause, "、")] for end in range(_PAIR, total + 1)
    ]
    for items in rows:
        if len(items) == total and all(
            view.startswith(noun, start) and end - start > len(noun)
            for noun, (start, end) in zip(nouns, items, strict=True)
        ):
            return _without_figures(view, items)
    return []


def _pair_of_each(view: str, items: list[Range], counted: list[tuple[int, str]]) -> list[Range]:
    """Return `items`, cut in two where the part counts two, if each begins about its noun (随机抽取甲和乙、公开丙)."""
    found: list[Range] = []
    for (count, noun), (start, end) in zip(counted, items, strict=True):
        if count > _PAIR or not start <= view.find(noun, start, end) <= start + _PAIR:
            return []
        found += pair(view, start, end) if count == _PAIR else [(start, end)]
    return found if len(found) == sum(count for count, _ in counted) else []


def _aligned(
    view: str, clauses: list[Range], at: int, counted: list[tuple[int, str]], weight: int
) -> Iterator[list[Range]]:
    """Yield the sequences of proposals for the parts `counted`, from the clause `at` on, that are surely theirs."""
    if not counted:
        yield []
        return
    (count, noun), *others = counted
    for i in range(at, min(len(clauses), at + 1 + _SKIPPED)):
        for proposal in _proposals(view, clauses[i:], count, noun):
            owed = weight + proposal.weight - _LIKELY
            most = (_SURE - _LIKELY) * len(others)
            if owed + most < 0:
                continue
            for rest in _aligned(view, clauses, i + proposal.used, others, owed):
                yield proposal.items + rest


def _noun(noun: str) -> str:
    return noun[1:] if len(noun) > 1 and noun.startswith(_CLASSIFIERS) else noun


def _sentences(view: str, start: int) -> Iterator[list[Range]]:
    """Yield the clauses behind that of the slogan, and those of the next sentence where it stands in a heading."""
    end = _sentence_end(view, start)
    clauses = split(view, start, end, "，；：—")
    clauses = clauses if view[start : start + 1] in tuple("，；：—") else clauses[1:]
    if clauses and view.startswith("即", clauses[0][0]):
        clauses[0] = clauses[0][0] + 1, clauses[0][1]
    yield clauses
    if end - start <= _HEADING:
        yield split(view, end + 1, _sentence_end(view, end + 1), "，；：—")


def _sentence_end(view: str, start: int) -> int:
    limit = min(len(view), start + _REACH)
    stop = _STOP.search(view, start, limit)
    return stop.start() if stop else limit


def _proposals(view: str, clauses: list[Range], count: int, noun: str) -> Iterator[_Proposal]:
    """Yield what the first of `clauses` may name as the `count` members of the part called by the `noun`."""
    start, end = clauses[0]
    if not noun:
        if items := _counted_behind(view, start, end, count):
            yield _Proposal(items, 1, _SURE if count > 1 else _LIKELY)
        return
    for read in (_in_role, _counted_again, _reached):
        if items := read(view, start, end, count, noun):
            yield _Proposal(items, 1, _SURE)
    items, used = _in_names(view, clauses, count, noun)
    if items:
        yield _Proposal(items, used, _SURE)
    if count == 1 and noun in _CORES and (centre := _CENTRE.match(view, start, end)):
        yield _Proposal([centre.span()], 1, _LIKELY)
    if count == 1 and (subject := _SUBJECT.fullmatch(view, start, end)):
        yield _Proposal([subject.span(1)], 1, _BARE)
    if items := _listed(view, start, end, count, noun):
        said = noun in view[items[-1][1] : end]
        weight = _SURE if said else _LIKELY if count > _PAIR else _POSSIBLE if count == _PAIR else _BARE
        yield _Proposal(items, 1, weight)


def _in_role(view: str, start: int, end: int, count: int, noun: str) -> list[Range]:
    """Read what is given the role of the part (以甲为主线; 以乙、丙为两翼; 丁为一纵)."""
    if view.find(noun, start, end) < 0:
        return []
    role = _ROLE.search(view, start, end)
    is_ = view.find("是", start + 2, end)
    if count == 1 and is_ > 0 and view.find(noun, is_, end) >= 0 and end - is_ <= _NAME:  # 甲是生态之心
        return [(start, is_)]
    if role and (noun in role[2] or (noun in role[1] and count == 1)):
        begin, stop = role.span(1)
    else:
        as_, led = view.rfind("为", start + 2, end), view[start] == "以"
        if led and count == 1:  # 以甲统揽全局
            begin, stop = start + 1, view.find(noun, start, end)
        elif not led and noun in view[as_:end] and start + 2 <= as_ and end - as_ <= len(noun) + _NEAR:
            begin, stop = start, as_
        else:
            return []
    items = [(begin, stop)] if count == 1 else agreeing(view, split(view, begin, stop, "、"), count, False)
    return items if len(items) == count and stop - begin > 1 else []


def _counted_behind(view: str, start: int, end: int, count: int) -> list[Range]:
    """Read the list before a count of as many (甲、乙两大产业稳产); of one, what stands before 一 (丙一个行业)."""
    for match in _COUNT_BEHIND.finditer(view, start + 2, end):
        if to_int(match[1]) != count:
            continue
        items = split(view, start, match.start(), "、")
        items = items if count == 1 else agreeing(view, items, count, False)
        if len(items) == count and max(e - s for s, e in items) <= _NAME and not governed(view, *items[-1]):
            return [without_governor(view, items), *items[1:]] if count > 1 else [_freed(view, items[0])]
    return []


def _counted_again(view: str, start: int, end: int, count: int, noun: str) -> list[Range]:
    """Read the list before a count that says the noun again (攀登甲、乙、丙三座产业高峰; 甲这条主线, 甲的目标)."""
    if count == 1:
        this = _THIS.match(view, start, end)
        if this is None or noun not in this[3] or (this[2] == "的" and not len(noun) == len(this[3]) > 1):
            return []
        begin, stop = this.span(1)
        if this[2] == "的":
            begin += lexicon().long_governors.length_at(view, begin, stop - 1)
        else:
            begin, stop = _freed(view, (begin, stop))
        return [(begin, stop)] if stop - begin > 1 and noun not in view[begin:stop] else []
    at = view.rfind(noun, start + 1, end)
    number = next((i for i in range(at - 1, max(start, at - 6), -1) if (to_int(view[i]) or 0) == count), -1)
    if at < 0 or number < 0:
        return []
    number -= view[number - 1] == "为"
    items = agreeing(view, split(view, start, number, "、"), count, False)
    return [without_governor(view, items), *items[1:]] if len(items) == count else []


def _reached(view: str, start: int, end: int, count: int, noun: str) -> list[Range]:
    """Read the list of what is reached in its items (在甲、乙、丙上取得突破)."""
    if count < _PAIR or view.find(noun, start + 1, end) < 0:
        return []
    where = _WHERE.search(view, start, end)
    inner = where.span(1) if where else framed(view, start, end)
    if inner is None or view.find(noun, inner[1], end) < 0:
        return []
    items = agreeing(view, split(view, *inner, "、"), count, False)
    return items if len(items) == count else []


def _listed(view: str, start: int, end: int, count: int, noun: str) -> list[Range]:
    """Read a clause that lists just as many (做强甲、乙、丙; 支持甲、乙建设副中心), or is of one thing (做强甲)."""
    if _FIGURE.search(view, start, end):
        return []
    if count == 1:
        if view.find("、", start, end) >= 0:
            return []
        begin, stop = _freed(view, (start, end))
        return [(begin, stop)] if start < begin < stop <= begin + _NAME else []
    items = agreeing(view, split(view, start, end, "、"), count, False)
    if len(items) != count:
        return []
    first = without_governor(view, items)
    *others, (last, stop) = [named(view, item) for item in (first, *items[1:])]
    said = -1 if all(view.endswith(noun, *other) for other in others) else view.find(noun, last + 2, stop)
    verbs = lexicon().long_governors if said > 0 else lexicon().long_verbs
    verb = next((at for at in range(last + 2, stop - 1) if verbs.length_at(view, at, stop)), stop)
    stop = min(verb, reached_at(view, last + 1, stop), said if said > 0 else stop)
    if tail := _SAID_OF_ALL.search(view, last + 2, stop):
        stop = tail.start()
    longest = max(e - s for s, e in others)
    return [*others, (last, stop)] if max(longest, stop - last) <= _NAME else []


def _freed(view: str, item: Range) -> Range:
    """Return `item` without the words that govern it."""
    start, end = item
    while (size := lexicon().long_governors.length_at(view, start, end - 1)) > 0 and view[start + size] not in _DERIVES:
        start += size
    return start, end


def _in_names(view: str, clauses: list[Range], count: int, noun: str) -> tuple[list[Range], int]:
    """Read as many items as are counted, whole clauses of them, that begin with the noun or are named with it."""
    items: list[Range] = []
    used = 0
    while len(items) < count and used < len(clauses):
        row = _ROW.fullmatch(view, *clauses[used])
        quotes = [match.span(1) for match in _QUOTED.finditer(view, *clauses[used])] if row else []
        items += quotes or split(view, *clauses[used], "、")
        used += 1
    if len(items) != count:
        return [], 0
    start, end = items[0]
    at = view.find(noun, start, end)
    if at >= 0 and governed(view, start, at) and all(view.startswith(noun, s) for s, _ in items[1:]):
        last, stop = items[-1] if len(items) > 1 else (at, end)
        tail = _SAID_OF_ALL.search(view, last + len(noun) + 1, stop)
        begun = [(at, end), *items[1:-1], (last, tail.start() if tail else stop)][-count:]
        begun = _without_figures(view, begun)
        if count > 1 or at == start:
            return (begun, used) if min(e - s for s, e in begun) > len(noun) else ([], 0)
    names = [_name(view, item, noun) for item in items]
    names = _even_predicates(items, names) if used == len(items) else names
    if not all(names):
        return [], 0
    found = _to_the_same_end(view, items, [name for name in names if name])
    return ([without_governor(view, found), *found[1:]] if count > 1 else found), used


def _even_predicates(items: list[Range], names: list[Range | None]) -> list[Range | None]:
    """Return `names`, those without the noun cut where as much is said of them as of others (甲城焕新，乙区添力)."""
    said = {end - name[1] for name, (_, end) in zip(names, items, strict=True) if name}
    if all(names) or len(said) != 1 or 2 * sum(map(bool, names)) < len(names) or not 1 < max(said) <= _NEAR:
        return names
    size = said.pop()
    return [name or ((s, e - size) if e - s > size + 1 else None) for name, (s, e) in zip(names, items, strict=True)]


def _without_figures(view: str, items: list[Range]) -> list[Range]:
    """Return `items` without the figures behind each of them (减少证明材料300份)."""
    figures = [_FIGURE.search(view, *item) for item in items]
    if not all(figures):
        return items
    return [(start, figure.start()) for (start, _), figure in zip(items, figures, strict=True) if figure]


def _to_the_same_end(view: str, items: list[Range], names: list[Range]) -> list[Range]:
    """Return `names` with what all have behind the noun, as the items of a list end (甲高速、乙高速、丙高速|建成)."""
    if len(items) < _PAIR:  # 做强东城主|中心
        whole = names[0][0], items[0][1]
        return [whole] if view[names[0][1] : whole[1]] in _CORES else names
    more = {view[stop:end] for (_, stop), (_, end) in zip(names[:-1], items[:-1], strict=True)}
    tail = more.pop()
    stop, end = names[-1][1], items[-1][1]
    if more or len(tail) > _PAIR or not view.startswith(tail, stop, end):
        return names
    return [(start, stop + len(tail)) for start, stop in names]


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
    stop = at + len(noun)
    stop += view[stop - 1 : stop + 1] in _WORDS and stop < end  # 甲与乙深度融|合
    return (start, stop) if at >= 0 and stop - start <= _NAME else None
