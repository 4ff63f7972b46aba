"""Lists of a text: cut at their marks, and freed of the words that govern them or are said of all their items."""

import re
from functools import cache

from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon

Range = tuple[int, int]

MAX_ITEM = 24  #: an item of more characters is a clause, not a name
_SENTENCE_END = "。；！？\n"
_OPEN, _CLOSE = "（《“‘〔【", "）》”’〕】"
_BRACKET = Regex(f"[{_OPEN}{_CLOSE}]")
CONJUNCTION = Regex(r"以及|和(?!平(?![整抑稳台])|[谐美睦解])|(?<![普涉危触顾波遍])及(?![时格其])|(?<!参)与(?![会其])")
_GLOSS = Regex(
    r"(?:其中的?)?(?:第[一二三四五六七八九十]个)?“[^”]{1,8}”(?:分别)?(?:是指|指的是|指(?!挥)|为|即|包括|是)"
    r"|[^、，；]{0,6}(?:是指|指的是)|[^、；]{0,16}，包括"
)
_OPEN_END = Regex(r"(?<![平高同中初对优特均])等(?![级候待于效量值])")
_CUT_OFF = Regex(r"[（）“”《》A-Za-z0-9]")  # where a longer first item is no word with another before it
_WORD = 2
_SHORT = 5
_MANY = 3
_NAME = 12  # characters; longer items are clauses, whose first may have a verb anywhere
_QUALIFIED = Regex(r"[\u4e00-\u9fff]{2,6}、[\u4e00-\u9fff]{2,6}的[\u4e00-\u9fff]{2,6}")
_ROLE = Regex(r"以?([^，；。、]{2,24})为[\u4e00-\u9fff]{2,4}")
_COUNTED_ONE = Regex(r"一[个条座所批套项支]")
_MODAL = Regex("[要应需须]")
_LEADS = (
    Regex(r"[\u4e00-\u9fff]{1,5}了(?=[\u4e00-\u9fff]{2})(?!解)"),
    Regex(r"[\u4e00-\u9fff]{2,8}(?<![方面转走导定纵横取双单指意])向(?![往导])"),
)
_CAUSES = Regex(r"(?:努力|促|致|进而|从而|逐步)?(?:使(?![用命馆者团])|让(?![利渡位步]))(?:得|全[省市县区])?")
_ROW = 400  # characters of the longest row of quoted strings
_COMMON_HEAD = Regex(
    r"(?:的[\u4e00-\u9fff]{2,8}|(?<![0-9])等?[0-9一二两三四五六七八九十]{1,3}[个项条大类张座支级][\u4e00-\u9fff]{2,8}"
    r"|(?:协同|统筹|联动|一体|一体化|同步|深度|系统|综合)(?:治理|推进|发展|保护|融合|提升|整治))$"
)


def row_of_quotes(view: str, end: int) -> Range:
    """Return the range of the quoted strings that stand side by side and end at `end`."""
    start = end
    while view[start - 1 : start] == "”" and end - start < _ROW:
        opening = view.rfind("“", max(0, start - 40), start)
        if opening < 0:
            break
        start = opening
        if view[start - 1 : start] in ("、", "和", "与", "及") and view[start - 2 : start - 1] == "”":
            start -= 1
    return start, end


def line_end(view: str, start: int) -> int:
    """Return where the line ends in which `start` stands."""
    end = view.find("\n", start)
    return len(view) if end < 0 else end


def clause_start(view: str, end: int) -> int:
    """Return where the clause that ends at `end` begins: behind the last ，：。；！？ outside brackets."""
    depth = 0
    for i in range(end - 1, max(-1, end - 250), -1):
        char = view[i]
        if char in _CLOSE:
            depth += 1
        elif char in _OPEN:
            depth -= 1
            if depth < 0:
                return i + 1
        elif depth == 0 and (char in _SENTENCE_END or char in "，：　" or view[i - 1 : i + 1] == "——"):  # not 甲国—乙国
            return i + 1
    return max(0, end - 250)


def governed(view: str, start: int, end: int) -> bool:
    """Whether `[start, end)` is made of words that govern."""
    while start < end:
        size = lexicon().governors.length_at(view, start, end)
        if not size:
            return False
        start += size
    return True


def ungoverned(view: str, items: list[Range]) -> Range:
    """Return the first of `items` without the words that govern all, as long as it is longer than the others."""
    start, end = items[0]
    longest = max(e - s for s, e in items[1:])
    while end - start > longest and (size := lexicon().governors.length_at(view, start, end - 1)):
        if view[start] == "高":  # 高质量发展走在前、共同富裕走在前
            break
        start += size
    return start, end


def without_governor(view: str, items: list[Range]) -> Range:
    """Return the first item of a list without the words that govern the list (积极开拓能源、农业 → 能源)."""
    start, end = items[0]
    if causes := _CAUSES.match(view, start, end - 1):
        start = causes.end()
    others = [view[s:e] for s, e in items[1:]]
    for lead in _LEADS:  # 经受住了|甲、乙、丙; 要素向|甲、乙、丙
        led = lead.match(view, start, end - 1)
        if led and not any(led.group()[-1] in other for other in others):
            start = led.end()
    words, long, verbs = lexicon().governors, lexicon().long_governors, lexicon().verb_words
    if (at := echoed(view, items)) is not None:
        return at, end
    leading = [view[s : s + long.length_at(view, s, e)] for s, e in items[1:]]
    if any(verb and view.startswith(verb, start) for verb in leading):
        return start, end  # 扩大投资、提升品质、扩大开放
    nominal = lexicon().nominal
    with_verb = [
        bool(verb) and verb[0] != "高" and other not in nominal for verb, other in zip(leading, others, strict=True)
    ]
    if sum(with_verb) * 2 > len(others):  # not 和平与发展
        at = start
        while step := verbs.length_at(view, at, end):
            longer = end - at > max(map(len, others)) or long.length_at(view, at + step, end)
            again = at == start or verbs.length_at(view, at + step, end)
            if not (longer and again) or end - at - step < _WORD:
                break
            at += step
        return at, end  # 实施|扩建改造、合并重组; 突出强调|实行科学决策、坚持依法行政
    at = sure = start
    cuts = [start]
    while step := words.length_at(view, at, end - 1) or (
        _MODAL.match(view, at, end) is not None and words.length_at(view, at + 1, end) > 0
    ):
        if at > start and any(verb and view.startswith(verb, at) for verb in leading):
            return at, end  # 通过|发展甲、转移乙、发展丙
        if any(len(word) > step and view.startswith(word, at) for word in lexicon().no_stops):  # 有|效, 走出|去
            break
        at += step
        if view[at - step : at] in verbs:
            at += view[at] in "了着和与并" and words.length_at(view, at + 1, end) > 0  # 防止和纠正
            sure = at
        cuts.append(at)
    if len(others) > 1 and len(set(map(len, others))) == 1 and end - len(others[0]) == at - 1 in cuts:
        return at - 1, end  # 把|抓基层、打基础、强基本: as long as the others
    sizes = set(map(len, others))
    even = end - sizes.pop() if len(sizes) == 1 else start
    if even == start == sure and len(set(map(len, others))) == 1 < len(others):  # 创新驱动、产业升级、开放合作
        return start, end
    alike = len(others) > 1 and (end - even >= _SHORT or any(with_verb))
    if even in cuts[1:] and (alike or all(view.startswith(other[0], even) for other in others)):
        return even, end  # 统筹|高质量发展和高水平安全, 抓好|深化改革、项目攻坚、优化环境: as long as the others
    if sure < at and others:  # 推动|高水平服务能力、乡村建设水平…: the item is as long as the others with them
        size = sorted(map(len, others))[len(others) // 2]
        if abs(end - sure - size) + 2 < abs(end - at - size):
            at = sure
    if at == start or view[start] in "在以对把将" or end - at > MAX_ITEM:
        behind = {i + n for i in range(at, end - 3) if (n := lexicon().long_verbs.length_at(view, i, end - 2))}
        lengths = sorted(e - s for s, e in items[1:])
        cut = max(behind, default=at)
        if lengths and end - cut < lengths[0]:  # 国土划分为|优化开发、重点开发: as long as the others
            cut = min(behind, key=lambda c: (abs(end - c - lengths[len(lengths) // 2]), -c), default=at)
        if end - at > max(lengths, default=0) + 2 and (not lengths or lengths[len(lengths) // 2] <= _NAME):
            at = cut
    if at > start and others and end - at > max(map(len, others)) + _MANY and min(map(len, others)) > _WORD:
        inner = [i + n for i in range(at, end) if (n := lexicon().long_verbs.length_at(view, i, end))]
        fits = [i for i in inner if min(map(len, others)) <= end - i <= max(map(len, others)) + 1]
        at = fits[0] if fits and not any(with_verb) else at  # 支持|商业银行推出|甲贷、乙贷、丙贷
    if at > start and view[at] in "与同" and end - at > _WORD + 1 and not any(o[0] == view[at] for o in others):
        at += view[at : at + _WORD] not in ("与会", "同步", "同城", "同心", "同频")  # 加强|与|甲、乙、丙
    at += 2 * view.startswith("一批", at, end - _WORD)
    good = view[at] == "好" and at > start and not any(other[0] == "好" for other in others)  # 解决|好|吃水、用电
    at += (view[at] in "了着" or good) and end - at > 2
    if end - at < 2 and (len(others) < 2 or min(map(len, others)) > 1):
        return (sure, end) if end - sure >= _WORD else items[0]  # 推动|创新链、产业链
    return at, end


def echoed(view: str, items: list[Range]) -> int | None:
    """Return where the first item begins if it, too, says how the others begin (讲究的是不浮夸、不张扬、不懈怠)."""
    others = [view[s:e] for s, e in items[1:]]
    prefix = min(others, default="")
    while not all(other.startswith(prefix) for other in others):
        prefix = prefix[:-1]
    start, end = items[0]
    shortest = 1 if len(items) > 2 else max(2, len(prefix) - 1)  # 脱贫群众不愁吃、不愁穿
    while len(prefix) > shortest and prefix not in view[start:end]:
        prefix = prefix[:-1]
    if not prefix or (len(prefix) == 1 and len(items) < 3) or view.startswith(prefix, start):
        return None
    size = sorted(map(len, others))[len(others) // 2]
    places = [at for at in range(start + 1, end - len(prefix)) if view.startswith(prefix, at)]
    if len(prefix) == 1:
        words = lexicon().governors
        sizes = set(map(len, others))
        places = [at for at in places if end - at in sizes or words.length_before(view, at, start)]  # not 全|国文明城市
    return min(places, key=lambda at: (abs(end - at - size), -at), default=None)  # 煤炭和煤电、煤电和新能源: the first


def split(view: str, start: int, end: int, marks: str) -> list[Range]:
    """Cut `[start, end)` at `marks` outside brackets and quotation marks."""
    items, depth, begin = [], 0, start
    if _any_of(marks).search(view, start, end) is None:
        return [(start, end)] if start < end else []
    if _BRACKET.search(view, start, end) is None:
        for mark in _any_of(marks).finditer(view, start, end):
            items.append((begin, mark.start()))
            begin = mark.end()
        items.append((begin, end))
        return [item for item in items if item[0] < item[1]]
    for i in range(start, end):
        char = view[i]
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0 and char in marks:
            items.append((begin, i))
            begin = i + 1
    items.append((begin, end))
    return [item for item in items if item[0] < item[1]]


def agreeing(view: str, items: list[Range], total: int, is_open: bool, longest: int = MAX_ITEM) -> list[Range]:
    """Return `items` with the last one cut at its 和 if that is what agrees with `total`.

    An open list (…等) of more than `total` enumerates nothing; neither does one with an item too long to be a name.
    """
    if not items:
        return []
    if len(items) != total:
        start, end = items[-1]
        cuts = [
            (match.start(), match.end())
            for match in CONJUNCTION.finditer(view, start + 1, end - 1)
            if _depth(view, start, match.start()) == 0 and "，" not in view[start : match.end() + 1]
        ]
        cut = min(cuts, key=lambda c: (view[c[0] : c[1]] in ("与", "及"), c), default=None)  # 甲与乙和丙: 和 joins
        joins = is_open and len(items) + 1 < total and any(CONJUNCTION.search(view, *item) for item in items[:-1])
        if cut and len(items) < total and not joins:  # 甲和乙、丙、丁和戊等十大集群: 和 is part of names
            items = [*items[:-1], (start, cut[0]), (cut[1], end)]
    if len(items) < 2 or any(e - s > longest for s, e in items):
        return []
    return [] if is_open and len(items) > total else items


def without_common_head(view: str, items: list[Range]) -> list[Range]:
    """Return `items`, the last one without the noun that is said of all (干线、支线和专线的融合 → 专线)."""
    if not items:
        return []
    *others, (start, end) = items
    head = _COMMON_HEAD.search(view, start + 1, end)
    if head is None or any("的" in view[s:e] for s, e in others) or _COUNTED_ONE.match(view, start):
        return items
    return [*others, (start, head.start())]


def without_roles(view: str, items: list[Range]) -> list[Range]:
    """Return `items` without their roles if each is given one (以渔港为载体、渔船为支撑 → 渔港, 渔船)."""
    roles = [_ROLE.fullmatch(view, *item) for item in items]
    return [role.span(1) for role in roles if role] if len(items) > 1 and all(roles) else items


@cache
def _any_of(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(marks)}]")


def _depth(view: str, start: int, end: int) -> int:
    piece = view[start:end]
    return sum(piece.count(mark) for mark in _OPEN) - sum(piece.count(mark) for mark in _CLOSE)


def named(view: str, item: Range) -> Range:
    """Return an item without what introduces it (“六横”指…), what it closes (…“两个目标”) and quotation marks."""
    start, end = item
    while gloss := _GLOSS.match(view, start, end - 1):
        start = gloss.end()
    opening = view.find("“", start + 1, end)
    if opening > 0 and view[end - 1] == "”":
        if governed(view, start, opening):  # 认真落实|“三会一课”、民主评议
            return opening + 1, end - 1
        end = opening
    return unquoted(view, (start, end))


def unquoted(view: str, item: Range) -> Range:
    """Return an item without the quotation marks around it."""
    start, end = item
    if view[start] == "“" and view[end - 1] == "”":
        return start + 1, end - 1
    return item


def pair(view: str, start: int, end: int) -> list[Range]:
    """Cut `[start, end)` in two at the conjunction whose sides end alike, else at the first one, else at 、."""
    cuts = [m.span() for m in CONJUNCTION.finditer(view, start + 1, end - 1) if _depth(view, start, m.start()) == 0]
    alike = [cut for cut in cuts if view[cut[0] - 1] == view[end - 1]]
    cut = (alike or [cut for cut in cuts if "、" not in view[start:end]])[:1]
    if len(cuts) == 1 and _QUALIFIED.fullmatch(view, start, cuts[0][0]):  # 高效、廉洁的甲和乙
        cut = cuts
    if cut:
        return [(start, cut[0][0]), (cut[0][1], end)]
    items = split(view, start, end, "、")
    return items if len(items) == 2 else []


def two_lists(view: str, start: int, end: int) -> list[Range]:
    """Cut `[start, end)` at its only conjunction if both sides list as many (甲、乙和丙、丁 → 甲、乙; 丙、丁)."""
    cuts = [m.span() for m in CONJUNCTION.finditer(view, start + 1, end - 1) if _depth(view, start, m.start()) == 0]
    if len(cuts) != 1:
        return []
    first, second = (start, cuts[0][0]), (cuts[0][1], end)
    marks = [view.count("、", *side) for side in (first, second)]
    if marks[0] != marks[1] or not marks[0]:
        return []
    return [without_governor(view, [first, second]), second]


def polished(view: str, items: list[Range], *, clauses: bool = False) -> list[Range]:
    """Return the items of an explanation without what is said of all, quotation marks and, unless `clauses`, verbs."""
    items = tidied(view, [(echoed(view, items) or items[0][0], items[0][1]), *items[1:]])
    (start, end), (second, stop) = items[:2]
    even = (
        stop - second <= _WORD
        and lexicon().verb_words.length_at(view, start, end)
        and end - start == stop - second + _WORD
    )
    verb = lexicon().long_governors.length_at(view, start, end - _MANY)
    led = verb > _MANY or (verb > 0 and _CUT_OFF.match(view, start + verb) is not None)  # 即整合110中心、甲中心、乙中心
    if not clauses and (end - start > max(e - s for s, e in items[1:]) or even or led):  # 覆盖省、市、乡镇（街道）
        items[0] = without_governor(view, items)
    return [*(unquoted(view, item) for item in items[:-1]), named(view, items[-1])]


def tidied(view: str, items: list[Range]) -> list[Range]:
    """Return `items`, the first and the last without what the others show to be no part of them.

    What all others end with ends the last (建好、管好、护好乡村公路 → 护好). Of short words of one length,
    the last is no longer than the others if all begin alike (早发现、早干预、早诊治工程 → 早诊治), nor the first
    if all end alike (城乡社区自治、法治、德治 → 自治).
    """
    if len(items) < 2:
        return items
    shared = len({view[e - 1] for _, e in items}) == 1
    headless = without_common_head(view, items)
    if not (shared and view.startswith("的", headless[-1][1])):
        items = headless
    start, end = items[-1]
    if open_end := _OPEN_END.search(view, start + 1, end):
        end = open_end.start()
    others = [view[s:e] for s, e in items[:-1]]
    ends, begins = {word[-1] for word in others}, {word[0] for word in others}
    size = len(others[-1])
    even = len(others) > 1 and len({len(word) for word in others[1:]}) == 1
    if len(others) > 1 and len(ends) == 1 and view[end - 1] not in ends:
        at = view.rfind(ends.pop(), start + 1, end)
        usual = min(map(len, others)) <= at + 1 - start <= max(map(len, others)) + 1
        end = at + 1 if usual and at < end - 2 else end
    elif even and begins == {view[start]} and view[start + size : end] in lexicon().kinds and size < _SHORT:
        end = start + size
    first, stop = items[0]
    first += lexicon().verb_words.length_at(view, first, stop - 1)
    if len(items) == _WORD and view[first] == view[start] and end - start == stop - first + _WORD:
        end -= _WORD * (view[end - _WORD : end] in lexicon().nominal)  # 基层组织和基础工作建设
    items = [*items[:-1], (start, end)]
    return [even_first(view, items), *items[1:]]


def even_first(view: str, items: list[Range]) -> Range:
    """Return the first item without what is said of all, known by the length of the others and how they end."""
    rest = [view[s:e] for s, e in items[1:]]
    first, stop = items[0]
    if len({len(word) for word in rest}) == 1 and len(rest) > 1:
        size = len(rest[0])
        if size == 1 and stop - first > 1 and view[stop - 2] in "和与及的":  # 五项条件和老、中、青
            return stop - 1, stop
        if size == 1 and lexicon().long_verbs.length_before(view, stop - 1, first):
            return stop - 1, stop  # 提前实现|粮、棉、油
        if (
            size == _WORD
            and len(rest) > 2
            and stop - first > _WORD + 1
            and not _CUT_OFF.search(view, first, stop - _WORD)
        ):
            return stop - _WORD, stop  # 少年儿童体重、视力、心理、骨骼
        if size == _WORD and stop - first > size + 1 and view[stop - 1] in {word[-1] for word in rest}:
            return stop - size, stop  # 耕地数量、质量、生态
        if size == 1 and len(rest) > _MANY:  # 旅游业|吃、住、行、游、购、娱
            return stop - 1, stop
        ends_alike = len({word[-_WORD] for word in rest} | {view[stop - _WORD]}) == 1 if size > _WORD else False
        ends_alike = ends_alike and len({word[-1] for word in rest} | {view[stop - 1]}) > len(rest)
        ends_alike = ends_alike and all(word[0] != view[first] for word in rest)
        if ends_alike and size > _SHORT and stop - first > size + 1:  # 县城|公共设施提标、环卫设施提级、市政设施提档
            return stop - size, stop
        at = stop - size
        verbs = any(lexicon().long_governors.length_at(view, *item) for item in items[1:])
        if size > 1 and first < at and not verbs and lexicon().long_governors.length_before(view, at, first):
            return at, stop  # 全县要以建设|经济实力强、政治生态好、社会治理好
        alike = size > _WORD and len({word[-1] for word in rest} | {view[stop - 1]}) == 1
        if alike and stop - first > 2 * size and not _CUT_OFF.search(view, first, stop - size):
            return stop - size, stop  # 农村土地所有权、承包权、经营权
    of = view.rfind("的", first, stop) + 1
    if len(rest) > 1 and of and not any("的" in word or word[0] == view[first] for word in rest):
        shortest, longest = min(map(len, rest)), max(map(len, rest))
        if shortest <= stop - of <= longest and stop - first > longest:  # 条件好的东湾、西湾、月亮湾
            first = of
    return first, stop
