"""Members behind a slogan that stand in parallel, each with the word in it that the slogan counts.

What stands in parallel are the items of the next clause (“三张牌”，打好甲牌、乙牌、丙牌), the clauses of the sentence
or groups of them, the sentences of the paragraph, or the paragraphs that follow (“三个高地”。甲高地建设提速。…乙…).
As many of them as announced must have the word, and all in the same manner: they begin with it (坚持…), or it ends
the name with which they begin, behind a verb or before what is said of it (打造甲高地, 乙高地建设提速).
"""

import itertools
from collections.abc import Callable, Iterator

from pipeline.regex import Regex
from pipeline.slogans.knowledge import known
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import CONJUNCTION, MAX_ITEM, Range, governed, split, ungoverned
from pipeline.slogans.unquoted import Found

_COUNTED = Regex(
    r"[新老前后]?(?:[0-9]{1,2}|[双两二三四五六七八九十]{1,2})([大个项条类种张篇支道块座场件级套次组])?([\u4e00-\u9fff0-9]{1,10})"
)
_LEAD = Regex(
    r"[ \u3000]*(?:——?|[（(][0-9一二三四五六七八九十]{1,3}[）)]|[0-9]{1,2}[.．、]|[①-⑳]"
    r"|第?[一二三四五六七八九十]{1,3}[、，是要])?"
    r"(?:即|并|又|还|更|其中)?(?:到?“[^“”]{2,4}”(?:时期|期间|末))?"
)
_MEASURED = Regex(r"[百千万][名项家个场座所条人]")
_PAUSE = Regex("[，：]")
_CLAUSE = Regex("[，。；：！？\n]")
_SENTENCES = Regex("[。；！？\n]")
_STOP = Regex("[。！？\n]")
_ROW = Regex(r"(?:[、和与]?“[^“”]{1,20}”)++")
_QUOTED = Regex(r"“([^“”]+)”")
_ALL = Regex("[均都]|全部|分别|同步|双双")
_TURNED = 3  # characters behind a verb that says what one thing turns to
_NUMBER = Regex(r"[0-9一二两三四五六七八九十百千万]")
_PREDICATE = Regex(r"”?[\u4e00-\u9fff]{2,10}[，：]")
_CHANGED = Regex(r"[到至了为近约超]{0,2}(?:[0-9]|百分之|最|[一二两三四五六七八九十]{1,2}[成个倍])")
_NEAR = 12
_SENTENCE = 400
_PARAGRAPH = 1500
_SECTION = 3000
_SECTIONS = 12000  # how far the paragraphs of a series may go on
_GAP = 3000  # how far apart two of them may be
_SHORT = 8  # a name with a word of one character in it is no longer
_MODALS = frozenset("要须应已均都更")
_FEW = _WORD = 2
_FIRST = {
    "item": 1,
    "group": 0,
    "clause": 1,
    "sentence": 1,
    "paragraph": 2,
    "section": 4,
}  # at most so many units before them

Level = tuple[str, list[Range]]


def counted_words(phrase: str) -> tuple[str, ...]:
    """Return the words of `phrase` that its members may say again, the longest first (三大提升行动: 提升行动, 行动)."""
    match = _COUNTED.fullmatch(phrase)
    if match is None:
        return ()
    classifier, noun = match.groups()
    words = [noun, noun[-2:]]
    if not classifier:
        words.append(noun[0])  # 三城同创
    elif len(noun) == _WORD:
        words += [noun[0], noun[1]]  # 四大园区: 科技园, 示范区
    return tuple(dict.fromkeys(word for word in words if word != "一"))


def parallels_after(view: str, found: Found, start: int, total: int) -> Iterator[list[Range]]:
    """Yield what stands in parallel behind a slogan that ends at `start`, in as many as `total`, the nearest first."""
    phrase = view[found.start : found.end]
    words = counted_words(phrase)
    formulation = known(phrase)
    members = formulation.members if formulation else ()
    for zone, levels, shortest in _ZONES:
        end = zone(view, start)
        said = [word for word in words if len(word) >= shortest and view.count(word, start, end) >= total]
        for near, units in levels(view, start, end, total) if said else ():
            for word in said:
                pair_of_words = near == "item" and (
                    all(view.startswith(word, s) for s, _ in units)
                    or (len(word) > _FEW and all(view.endswith(word, s, e) for s, e in units))
                )
                if total == _FEW and not pair_of_words and (len(word) == 1 or near not in ("sentence", "group")):
                    continue
                items = _named(view, units, word, total, near, phrase.endswith("个" + word))
                names = [view[s:e] for s, e in items]
                if not items or any(phrase in name for name in names):
                    continue
                ended = all(any(name.endswith(member) for member in members) for name in names)
                if members and not (_are_known(names, members) if len(word) > 1 else ended):
                    continue  # 农业更强、农村更美、农民更富 are not the “三农”
                yield items
                return


def _are_known(names: list[str], members: tuple[str, ...]) -> bool:
    like = sum(any(name in member or member in name for member in members) for name in names)
    return like == len(names) or (like * 2 > len(names) and len(names) == len(members) > _WORD + 1)


def names_in(view: str, found: Found, clauses: list[Range]) -> list[Range]:
    """Return the names with which `clauses` begin, if each has the noun of the slogan and goes on (甲片区打造…)."""
    words = counted_words(view[found.start : found.end])
    for word in words:
        chosen = [(view.find(word, *clause), clause) for clause in clauses]
        even = len({at - start for at, (start, _) in chosen}) == 1
        marks = "，；、" if len(word) == 1 and len(words[0]) > _WORD else "，；"  # 三线并进：甲线抓招商、乙线…
        if (
            view[clauses[0][1]] in marks
            and (len(word) > 1 or even)
            and all(start < at < end - len(word) for at, (start, end) in chosen)
        ):
            items = _ending(view, chosen, word)
            names = {view[s:e] for s, e in items}
            if len(names) == len(clauses) and all(
                stop < end for (_, stop), (_, end) in zip(items, clauses, strict=True)
            ):
                return items
    return []


def parallels_within(view: str, found: Found, start: int, end: int, total: int) -> list[Range]:
    """Read the items or clauses of an explanation that say each what of the word is meant (引进百名甲、培养百名乙)."""
    for word in counted_words(view[found.start : found.end]):
        for marks in ("、", "，；"):
            units = split(view, start, end, marks)
            if len(units) != total or not all(view.count(word, *unit) == 1 for unit in units):
                continue
            chosen = [(view.find(word, *unit), unit) for unit in units]
            items = _beginning(view, chosen, word)
            if not items and all(_MEASURED.match(view, at) for at, _ in chosen):
                items = [(at, end) for at, (_, end) in chosen]  # 面向山区实施百项工程、开展百场演出
            if len({view[s:e] for s, e in items}) == total:
                return items
    return []


def pair_within(view: str, found: Found, start: int, end: int, *, governed_: bool) -> list[Range]:
    """Read the two items of an explanation that begin with the word (“双高”：办好一批高质量乡校和高质量校医室).

    Where they must be `governed_`, nothing but governing words stands before the first.
    """
    for word in counted_words(view[found.start : found.end]):
        for clause in split(view, start, end, "，。；：“”"):
            at = view.find(word, *clause)
            joint = CONJUNCTION.search(view, at, clause[1]) if at >= 0 else None
            if not joint or (governed_ and not governed(view, clause[0], at)):
                continue
            if view.startswith(word, joint.end()) and view.count(word, *clause) == _FEW:
                return [(at, joint.start()), (joint.end(), clause[1])]
    return []


def quotes_of_next(view: str, start: int, total: int) -> list[Range]:
    """Read the row of quoted names with which the next clause begins, if they are as many as `total`."""
    pause = _PAUSE.search(view, start, min(len(view), start + 12))
    row = _ROW.match(view, pause.end()) if pause else None
    quotes = [match.span(1) for match in _QUOTED.finditer(view, *row.span())] if row else []
    return quotes if len(quotes) == total > _FEW else []


def openings_of(view: str, groups: list[Range]) -> list[Range]:
    """Return the first clauses of `groups` of clauses that begin alike (强化甲，…；强化乙，…), the groups else."""
    alike = len({view[start : start + _WORD] for start, _ in groups}) == 1
    openings = [(start, _end(view, start, _PAUSE, end)) for start, end in groups]
    return openings if alike and all(a != b for a, b in zip(openings, groups, strict=True)) else groups


def subjects_of_next(view: str, found: Found, start: int, total: int) -> list[Range]:
    """Read the list with which the next clause goes on to say of the members what the first says of them all.

    三大园区提质扩容，甲园、乙园、丙园入驻企业百家: the slogan is the subject of its clause, and the list of the next.
    """
    opens = found.start - (view[found.start - 1 : found.start] == "“")
    before = view[max(0, opens - 2) : opens]
    if total <= _FEW or not (before == "" or before[-1] in "，。；：\n\u3000" or before in lexicon().nominal):
        return []
    predicate = _PREDICATE.match(view, start)
    nouns = lexicon().heads + lexicon().listed_heads
    if predicate is None or not (view[found.start + 1] == "大" or view.endswith(nouns, found.start, found.end)):
        return []
    begin = predicate.end()
    if names := _ending_alike(view, split(view, begin, _sentence(view, begin), "，；"), total):
        return names
    items = split(view, begin, _end(view, begin, _CLAUSE, min(len(view), begin + _SENTENCE)), "、")
    if len(items) != total or any(e - s > _SHORT for s, e in items[:-1]):
        return []
    end = _before_predicate(view, items)
    return [*items[:-1], (items[-1][0], end)] if end else []


def all_of_next(view: str, start: int, total: int) -> list[Range]:
    """Read the list in one of the next clauses, all of whose items are said to do something (甲、乙、丙均突破…)."""
    stop = _sentence(view, start)
    if total <= _FEW or view.count("、", start, stop) < total - 1 or not _ALL.search(view, start, stop):
        return []
    for first, end in split(view, start, stop, "，；：")[: _WORD + 1]:
        said = _ALL.search(view, first + _WORD, end)
        items = split(view, first, end, "、")
        if said and len(items) != total:  # 甲、乙、丙分别增长1%、2%、3%
            items = split(view, first, said.start(), "、")
            items[-1] = items[-1][0], end
        if len(items) != total or max(e - s for s, e in items[:-1]) > MAX_ITEM:
            continue
        all_ = _ALL.search(view, items[-1][0] + _WORD, items[-1][1])
        if all_ and all_.start() - items[-1][0] <= MAX_ITEM:
            return [ungoverned(view, items), *items[1:-1], (items[-1][0], all_.start())]
    return []


def _ending_alike(view: str, clauses: list[Range], total: int) -> list[Range]:
    """Return the names with which `clauses` begin, if they are `total` and end with one word (空港新城…，高铁新城…)."""
    if len(clauses) != total:
        return []
    first, stop = clauses[0]
    for at in range(first + 1, min(stop, first + _SHORT)):
        word = view[at : at + _WORD]
        places = [view.find(word, start + 1, min(end, start + _SHORT)) for start, end in clauses]
        items = [(start, place + _WORD) for place, (start, _) in zip(places, clauses, strict=True)]
        if min(places) >= 0 and word not in lexicon().governors and len({view[s:e] for s, e in items}) == total:
            return items
    return []


def _before_predicate(view: str, items: list[Range]) -> int:
    """Return where the last of `items` ends and it begins to be said what they do; 0 if that cannot be told."""
    start, end = items[-1]
    sizes, ends = {e - s for s, e in items[:-1]}, {view[e - 1] for _, e in items[:-1]}
    if len(ends) == 1 and 0 < (at := view.find(ends.pop(), start + 1, end)) < start + max(sizes) + 2:
        return at + 1
    if len(sizes) == 1:
        return min(end, start + sizes.pop())
    return next((at for at in range(start + 2, end) if lexicon().long_verbs.length_at(view, at, end)), 0)


def _in_sentence(view: str, start: int, end: int, total: int) -> Iterator[Level]:
    """Yield the items of the next clauses, the groups of clauses, and the clauses."""
    clauses = split(view, start, end, "，；：")
    own = 0 if view[start : start + 1] in tuple("，；：。") else 1  # the clause of the slogan itself
    for clause in clauses[own : own + 2]:
        items = split(view, *clause, "、")
        if len(items) == total:
            yield "item", items
    groups = split(view, start, end, "；")
    if len(groups) == total:
        first = split(view, *groups[0], "，：")
        if len(first) > own:
            yield "group", [first[own], *((s, _end(view, s, _PAUSE, e)) for s, e in groups[1:])]
    yield "clause", clauses[own:]


def _in_paragraph(view: str, start: int, end: int, total: int) -> Iterator[Level]:
    """Yield the clauses of the next sentence, the items of its first one behind a heading, and the openings."""
    first = _sentence(view, start)
    clauses = split(view, first + 1, _sentence(view, first + 1), "，；")
    yield "clause", clauses
    if clauses and first - start <= _NEAR:
        yield "item", split(view, *clauses[0], "、")
    sentences = _sentences(view, first, end)
    if (colon := view.find("：", start, min(first, start + _NEAR))) >= 0:
        sentences.insert(0, (colon + 1, first))
    yield "sentence", [(s, _end(view, s, _PAUSE, e)) for s, e in sentences]


def _in_section(view: str, start: int, end: int, total: int) -> Iterator[Level]:
    """Yield the openings of the sentences, paragraph by paragraph."""
    yield "section", [(s, _end(view, s, _CLAUSE, e)) for s, e in _sentences(view, _sentence(view, start), end)]


def _in_sections(view: str, start: int, end: int, total: int) -> Iterator[Level]:
    """Yield the openings of the paragraphs."""
    openings = []
    at = view.find("\n", start, end)
    while at >= 0:
        begin, at = at + 1, view.find("\n", at + 1, end)
        stop = at if at >= 0 else end
        if view[begin:stop].strip():
            openings.append((begin, _end(view, begin, _CLAUSE, stop)))
    yield "paragraph", openings


def _sentences(view: str, start: int, end: int) -> list[Range]:
    stops = [start - 1, *(match.start() for match in _SENTENCES.finditer(view, start, end)), end]
    return [(s + 1, e) for s, e in itertools.pairwise(stops) if s + 1 < e]


def _end(view: str, start: int, marks: Regex, limit: int) -> int:
    """Return where the first of `marks` stands in `[start, limit)`; `limit` if none does."""
    mark = marks.search(view, start, limit)
    return mark.start() if mark else limit


def _sentence(view: str, start: int) -> int:
    return _end(view, start, _STOP, min(len(view), start + _SENTENCE))


def _paragraph(view: str, start: int) -> int:
    limit = min(len(view), start + _PARAGRAPH)
    end = view.find("\n", _sentence(view, start), limit)
    return end if end >= 0 else limit


# Where parallels are looked for, the nearest first: how far it reaches, what stands there, and how long a word must be.
_ZONES: tuple[tuple[Callable[[str, int], int], Callable[[str, int, int, int], Iterator[Level]], int], ...] = (
    (_sentence, _in_sentence, 1),
    (_paragraph, _in_paragraph, 1),
    (lambda view, start: min(len(view), start + _SECTIONS), _in_sections, _WORD),
    (lambda view, start: min(len(view), start + _SECTION), _in_section, _WORD),
)


def _named(view: str, units: list[Range], word: str, total: int, near: str, counted: bool) -> list[Range]:
    """Return the names in `units` that have the `word` in the same manner, if they are as many as announced.

    Where it is all that is `counted` (三个零), it may stand within the items of a list.
    """
    chosen: list[tuple[int, Range]] = []
    for i, (start, end) in enumerate(units):
        lead = _LEAD.match(view, start, end)
        begin = lead.end() if lead else start
        at = view.find(word, begin, end)
        if at < 0 or (near == "section" and at + len(word) < end):
            continue
        if not chosen and i > _FIRST[near]:
            return []
        if chosen and begin - chosen[-1][1][1] > _GAP:
            break
        chosen.append((at, (begin, end)))
        if len(chosen) > total:
            return []
    if len(chosen) != total:
        return []
    items = _of_list(view, chosen, word, counted) if near == "item" else []
    if len(word) > 1 and items and not counted and all(start < at < end - len(word) for at, (start, end) in chosen):
        items = _ending(view, chosen, word) or items  # 推动甲经济提质、乙经济破局、丙经济增色
    turns = len(word) == 1 and near == "item" and all(s + 1 < at < e - 1 <= at + _TURNED for at, (s, e) in chosen)
    if ("不" in word and near == "clause") or (turns and not items):
        items = [item for _, item in chosen]  # “三个离不开”，甲离不开乙，…; “三变”，资源变资产、资金变股金、…
    items = items or _before_changes(view, _beginning(view, chosen, word)) or _ending(view, chosen, word)
    if len({view[s:e] for s, e in items}) != total or any(not 1 < e - s <= 2 * MAX_ITEM for s, e in items):
        return []
    if len(word) == 1 and not _even(view, items, units, near):
        return []
    return items


def _of_list(view: str, chosen: list[tuple[int, Range]], word: str, counted: bool) -> list[Range]:
    """Return the items of a list, the first without what governs it, the last without what is said of all."""
    items = [item for _, item in chosen]
    ends = all(at + len(word) == end for at, (_, end) in chosen[:-1])
    begins = all(at == start for at, (start, _) in chosen[1:])
    if ends:
        items[-1] = items[-1][0], chosen[-1][0] + len(word)
    elif begins and len(items) == _FEW:
        items[0] = chosen[0][0], items[0][1]
        same = items[1][0] + items[0][1] - items[0][0]
        items[1] = items[1][0], same if _NUMBER.match(view, same) else items[1][1]  # 改厨、改厕|八千户
    elif begins and len({e - s for s, e in items[1:-1]}) <= 1 < len(items) - 1:
        items[0] = chosen[0][0], items[0][1]
        items[-1] = items[-1][0], _before_predicate(view, items) or items[-1][1]
    verbs = [lexicon().long_verbs.length_at(view, *item) for item in items]
    if ends and all(verbs) and all(n < e - s - len(word) for n, (s, e) in zip(verbs, items, strict=True)):
        items = [(s + n, e) for n, (s, e) in zip(verbs, items, strict=True)]  # 织密甲网、织牢乙网、织好丙网
    items[0] = ungoverned(view, items)
    within = all(start < at < end - 1 for at, (start, end) in chosen) and counted
    return items if len(word) > 1 or ends or begins or within else []


def _even(view: str, items: list[Range], units: list[Range], near: str) -> bool:
    """Whether names that have but one character in common are alike enough, or what stands near has no others."""
    sizes = {e - s for s, e in items}
    ended = near == "item" and len(units) == len(items) > _FEW and max(sizes) <= _SHORT + _WORD
    if max(sizes) > _SHORT and len({view[e - _WORD : e] for _, e in items}) > 1 and not ended:
        return False
    if near == "clause" and len(sizes) == 1 and len(items) > _FEW:
        return True
    if near in ("item", "clause", "group"):
        return len(units) == len(items)
    return near == "sentence" and len(sizes) == 1


def _beginning(view: str, chosen: list[tuple[int, Range]], word: str) -> list[Range]:
    """Return the items that begin with the `word`, behind the words that govern them (全力稳就业 → 稳就业)."""
    verbs = lexicon().verb_words
    behind_verb = bool(_NUMBER.match(word)) and all(
        at == start + _WORD and view[at + len(word)] in "个家项名条座所户支亿" for at, (start, _) in chosen
    )  # 调度一百个甲、开工一百个乙
    if len(word) > 1 and _NUMBER.match(word) and any(at > start for at, (start, _) in chosen) and not behind_verb:
        return []  # 改造一万户旧房: a clause with a number in it
    led = behind_verb or all(governed(view, start, at) for at, (start, _) in chosen)
    if not led and sum(verbs.length_before(view, at, start) > 1 for at, (start, _) in chosen) * 2 <= len(chosen):
        return []
    if not led and (len(word) > 1 or any(end - at > _SHORT for at, (_, end) in chosen)):
        return []
    if all(at + len(word) == end for at, (_, end) in chosen):
        return []
    return [(at, end) for at, (_, end) in chosen]


def _before_changes(view: str, items: list[Range]) -> list[Range]:
    """Return `items` without the figures to which one verb says each is changed (减甲压缩四成，减乙压缩五成)."""
    first, stop = items[0] if items else (0, 0)
    for at in range(first + _WORD, min(stop, first + _SHORT)):
        verb = view[at : at + _WORD]
        places = [view.find(verb, start + _WORD, end) for start, end in items]
        if min(places) >= 0 and all(
            _CHANGED.match(view, place + _WORD, end) for place, (_, end) in zip(places, items, strict=True)
        ):
            return [(start, place) for (start, _), place in zip(items, places, strict=True)]
    return items


def _ending(view: str, chosen: list[tuple[int, Range]], word: str) -> list[Range]:
    """Return the names up to the `word` and what all have behind it, without the verbs that govern them."""
    verbs = lexicon().long_verbs
    _, (first, stop) = chosen[0]
    common, at = "", first
    if all(view[start] in "把将以" for _, (start, _) in chosen):  # 把甲强县作为…，把乙强县作为…
        common, at = view[first], first + 1
    while (size := verbs.length_at(view, at, stop)) and all(
        view.startswith(view[first : at + size], start) for _, (start, _) in chosen
    ):
        at += size
        common = view[first:at]
    items = []
    for at, (start, end) in chosen:
        begin = start + len(common)
        while not common and (size := verbs.length_at(view, begin, at)):
            begin += size
        items.append((begin if begin < at else start, at + len(word), end))
    if sum(begin > start for (begin, _, _), (_, (start, _)) in zip(items, chosen, strict=True)) * 2 > len(items):
        items = [
            (
                begin + lexicon().long_governors.length_at(view, begin, stop - len(word) - 1) * (begin == start),
                stop,
                end,
            )
            for (begin, stop, end), (_, (start, _)) in zip(items, chosen, strict=True)
        ]  # 提升甲平台能级，加快乙平台建设: the verb is a noun elsewhere
    if any(begin + len(word) >= stop or (_NUMBER.match(word) and stop < end) for begin, stop, end in items):
        return []
    more = 0
    while all(stop + more < end and not _governs_at(view, stop + more, end) for _, stop, end in items):
        following = {view[stop + more] for _, stop, _ in items}
        if (
            len(following) > 1
            or following <= _MODALS
            or all(view.startswith("方面", e + more) for _, e, _ in items)
            or not "\u4e00" <= following.pop() <= "\u9fff"
        ):
            break
        more += 1
    if more and items and view[items[0][1] + more - 1] in "新大高再":  # 有没有新高度
        return [(begin, end) for begin, _, end in items]
    return [(begin, stop + more) for begin, stop, _ in items]


def _governs_at(view: str, at: int, end: int) -> bool:
    return lexicon().governors.length_at(view, at, end) > 0
