"""Members that stand before the slogan that sums them up."""

from pipeline.regex import Regex
from pipeline.slogans.figures import before_figures
from pipeline.slogans.frames import framed, reached_at, told
from pipeline.slogans.knowledge import known
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import (
    CONJUNCTION,
    MAX_ITEM,
    Range,
    agreeing,
    clause_start,
    echoed,
    even_first,
    governed,
    named,
    row_of_quotes,
    split,
    two_lists,
    ungoverned,
    unquoted,
    without_governor,
    without_roles,
)
from pipeline.slogans.summing import read
from pipeline.slogans.unquoted import LISTED, Found

_SENTENCE_END = "。；！？\n"
_BEFORE_LINK = Regex(
    r"(?:等(?:[0-9一二两三四五六七八九十]+[个项大]|所谓的?|[\u4e00-\u9fff]{2,4}(?=“))?|[两二三四五]者(?:之间)?的?|这|共|(?<![但若可仍还更正也便乃])是(?:我[国省市区县们])?的|的|：|——|—)$"
)
_TAIL = Regex(
    r"(?:仍然是|仍是|是当|连续|实现|均|都|全部|保持|入选|持续|逐年|分别|同步|双双|首次|占比$|相(?:结合|融合|统一|促进|衔接|补充|支撑)$).*"
)
_REACHES = Regex(r"，(?:[均都]|双双|首次|历史性|全面|同步|成功|一举|连年|[\u4e00-\u9fff]{0,2}年)*(?:实现|完成|达到)$")
_QUOTED = Regex(r"“([^“”]+)”")
_HAN = Regex(r"[\u4e00-\u9fff]+")
_FEW_CHARACTERS = 3
_TRINITY = 3
_SHORT_NAME = 6
_ECHOING = Regex(r"[双两二三四五六七八九](?:[个大项]([\u4e00-\u9fff]{1,6})|([\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2})?)")
_JOINED_BY = Regex(r"[的，。][ \u3000]*()$")
_BEFORE_ECHO = Regex(r"[，。][ \u3000]*([\u4e00-\u9fff]{1,12})$")
_WORD = 2
_CONTINUES = Regex(
    r"(?:”[^，。；：“”]{0,16})?、|(?:[和与及]|以及)?“|[^，。；：“”]{0,16}(?:和|与|以及)[^，。；]{0,16}(?:工程|项目|等)"
)
_COUNTS = Regex(r"[两二][大个项条只张篇件种类手支股端翼轮道把面块]")
_IMAGE = Regex(
    r"[三四五六七八九](?:[张篇步本支局盘把]|[个大])?[一-龥]{0,2}?(?:牌|网|文章|棋|经|戏|仗|战|课|曲|招|拳|题|关)"
)
_REACHED = Regex(r"，[\u4e00-\u9fff]{0,12}(?:实现|取得|做到|迎来|完成)了?“?$")
_ROLES = Regex(r"(?:(?<=[，。；：、])|以)([^，。；：以]{1,40}?)为[一-龥]{2,4}(?=[、，的])")
_HEADING = Regex(r"[ \u3000]*第?[一二三四五六七八九十]{1,3}、\s?")
_COUNTED_ON = Regex(r"[0-9一二两三四五六七八九十百多余几数][个项家]$")
_LEADS_ON = Regex(r"(?:(?:银行|(?<![行作]))为|[对向给把让使由被于])$")  # 甲行、乙行为“三农”服务
_CLAUSE_BEGINS = ("把", "从", "对", "将", "被", "都", "也", "既", "我", "必须", "应当", "要")
_NEAR = 120
_EXPLAINED = 600  # how far the explanation of the parts of a parallel, or counted groups, may go on


def list_before(view: str, end: int, after: int, found: Found, total: int) -> list[Range]:
    """Read the list in the clause before a slogan that begins, with its quotation mark, at `end`."""
    formulation = known(view[found.start : found.end])
    names = formulation.members if formulation else ()
    if view[end - 1] in "和与及、":
        return []  # 甲理论、乙理论和“三个代表”: one of them itself
    if any(view.endswith(name, 0, found.end) for name in names):
        return []  # 国内国际双循环 is one of the two
    quoted = view[end - 1] == "”" and view[end] != "“"  # “甲、乙、丙”三体合一、统筹发展
    goes_on = not quoted and _CONTINUES.match(view, after - (view[after - 1] == "”")) is not None
    stop, is_open = _before_link(view, end)
    linked = stop < end
    if view[stop - 1 : stop] == "”":
        if named_ := _each_quoted(view, stop, total):
            return [] if goes_on else named_
        if (items := _quoted_before(view, stop, total, is_open)) is not None:
            return [] if goes_on else items
    if items := _unmarked_before(view, stop, found, total):
        return [] if goes_on else items
    start = clause_start(view, stop)
    if number := _HEADING.match(view, start, stop):
        start = number.end()
    if view.startswith("这", stop) and (pairs := _pairs(view, stop, total)):
        return [] if goes_on else pairs
    inner = framed(view, start, stop)
    if inner:
        (start, stop), linked = inner, True
    if total == _WORD and (sides := two_lists(view, start, stop)):
        return [] if goes_on else sides
    items = _cut(view, start, stop, total, is_open)
    if not inner or not _are_clauses(view, items):  # 把实行甲、推进乙作为…
        items = _freed(view, items, names, total, is_open, sure=inner is not None)
    if len(items) < _WORD or (len(items) != total and (not linked or found.type == "numeral_code")):
        return []
    if goes_on and (linked or len(items) < max(total, _TRINITY) or not _is_predicate(view, after)):
        return []
    if told(view, items) and view[stop] != "的":
        return []
    items[-1] = items[-1][0], reached_at(view, items[-1][0] + 1, items[-1][1])
    if tail := _TAIL.search(view, items[-1][0] + _WORD, items[-1][1]):
        items[-1] = (items[-1][0], tail.start())
    is_set = found.type == "numeral_phrase" and (
        total > _WORD or (view[after - 1] == "”" and (view[found.start] == "双" or _COUNTS.match(view, found.start)))
    )
    sums_up = linked or found.rule in ("great", LISTED, "bare_known") or is_set
    if not sums_up and not (found.type == "numeral_code" and total > _TRINITY):
        return []
    return [] if _is_prose(view, items, found, linked) else items


def _pairs(view: str, end: int, total: int) -> list[Range]:
    """Read as many clauses before `end` that are each a list of as many (为谁做、怎样做，谁来管、怎样管这两个问题)."""
    start = max(end - _NEAR, *(view.rfind(mark, 0, end) + 1 for mark in _SENTENCE_END))
    clauses = split(view, start, end, "，；")[-total:]
    lists = [split(view, *clause, "、") for clause in clauses]
    if len(clauses) < total or len({len(items) for items in lists}) > 1 or len(lists[0]) < _WORD:
        return []
    start, end = without_governor(view, [items[0] for items in lists])
    longest = max(e - s for (s, e), *_ in lists[1:])
    verbs = lexicon().long_verbs
    if end - start > longest + _WORD:  # 某某理论围绕|什么是甲、…
        cuts = [i + size for i in range(start, end) if (size := verbs.length_at(view, i, end - _WORD))]
        start = min(cuts, key=lambda cut: abs(end - cut - longest), default=start)
    return [(start, clauses[0][1]), *clauses[1:]]


def _is_predicate(view: str, start: int) -> bool:
    """Whether it is said at `start` what the members do (“三区”同步提升、…), not what else there is (“三区”、丁)."""
    end = view.find("、", start, start + 20)
    head = view[start:end].lstrip("”")
    return len(head) > _WORD and (governed(head, 0, len(head)) or not head.endswith(lexicon().kinds + lexicon().heads))


def _are_clauses(view: str, items: list[Range]) -> bool:
    """Whether each of `items` begins with a verb of its own."""
    return len(items) > 1 and all(lexicon().long_verbs.length_at(view, *item) for item in items)


def _before_link(view: str, end: int) -> tuple[int, bool]:
    """Return where a list ends that words tie to what begins at `end` (等, 这, 的, ：), and whether it is open (等)."""
    is_open = False
    while link := _BEFORE_LINK.search(view, max(0, end - 6), end):
        is_open = is_open or link.group().startswith("等")
        end = link.start()
    return end, is_open


def _quoted_before(view: str, end: int, total: int, is_open: bool) -> list[Range] | None:
    """Read the quoted list, or row of quoted items, that ends at `end`; None if it ends another list."""
    start = view.rfind("“", max(0, end - 200), end)
    for marks in ("，", "、，") if start >= 0 else ():  # “多种树、勤浇水，少开荒、不放火”两大要领: clauses first
        items = split(view, start + 1, end - 1, marks)
        if len(items) == total or (len(items) > 1 and marks == "、，" and view[end] != "“"):
            return agreeing(view, items, total, is_open)
    if view[end] != "“" and end - start - 2 == total > _FEW_CHARACTERS and _HAN.fullmatch(view, start + 1, end - 1):
        return [(i, i + 1) for i in range(start + 1, end - 1)]  # “甲乙丙丁”四大产业
    if total == _WORD and start >= 0 and len(items := agreeing(view, [(start + 1, end - 1)], total, is_open)) == total:
        return items
    first = row_of_quotes(view, end)[0]
    items = [match.span(1) for match in _QUOTED.finditer(view, first, end)]
    if len(items) == total or view[first - 1 : first] != "、":
        sizes = {e - s for s, e in items} if view[end - 1 : end + 1] == "”“" else set()
        own = view.find("”", end) - end - 1
        siblings = (
            view[end] == "“"
            and (  # “两高”“两低”“两优”; “上门帮办”“全程代办”“双向承诺”
                any(read(view[s:e]) for s, e in items) or (sizes == {own} and own > _FEW_CHARACTERS)
            )
        )
        enough = len(items) == total or (is_open and _WORD <= len(items) < total)
        return items if enough and not siblings else []
    return None


def _each_quoted(view: str, end: int, total: int) -> list[Range]:
    """Read the list that ends at `end` each of whose items ends with a quoted name (甲事“一口清”、乙事“一网通”)."""
    items = split(view, clause_start(view, end), end, "、")
    named_ = [view.find("“", start + _WORD, stop) for start, stop in items]
    if len(items) != total or min(named_) < 0 or any(view[stop - 1] != "”" for _, stop in items):
        return []
    start, stop = items[0]
    size = lexicon().long_governors.length_at(view, start, named_[0])
    return [(start + size, stop), *items[1:]]


def _unmarked_before(view: str, end: int, found: Found, total: int) -> list[Range]:
    """Read the words before `end` that stand side by side without marks."""
    if found.type == "numeral_phrase" and (chunks := _singles(view, end, total) or _chunks(view, end, total)):
        return chunks
    halves = _halves(view, end) if total == _WORD and view[found.start] in "双两" else []
    if halves and (view[found.start] == "双" or view[halves[0][0]] == view[halves[1][0]]):  # 国内国际两个大局
        return halves
    return []


def _cut(view: str, start: int, end: int, total: int, is_open: bool) -> list[Range]:
    """Cut the clause `[start, end)` into items, as many as `total` if it can be done."""
    items = split(view, start, end, "、")
    if len(items) == 1 and view.count("+", start, end) == total - 1:
        items = split(view, start, end, "+")  # 人防+物防+技防“三防”
    if len(items) < _WORD and not (total == _WORD and items and CONJUNCTION.search(view, items[0][0], items[0][1])):
        return []
    items = _last_of_longer(view, items, total) if len(items) > 1 else agreeing(view, items, total, is_open)
    if total == len(items) == _WORD and _governs(view[slice(*items[0])]) and CONJUNCTION.search(view, *items[1]):
        items = agreeing(view, items[1:], total, is_open)  # 巩固、发展甲和乙两个攻坚战
    return items


def _freed(
    view: str, items: list[Range], names: tuple[str, ...], total: int, is_open: bool, *, sure: bool
) -> list[Range]:
    """Return `items` without the words that govern them, the roles and marks around them; `names` are known ones.

    Where it is `sure` where the list begins, its first item is not cut by the length of the others.
    """
    if not items:
        return []
    begin = items[0][0]
    items[0] = named(view, items[0])
    items[1:] = [(s + (view[s] == "与" and e - s > _WORD), e) for s, e in items[1:]]  # 甲、乙、与丙、丁五项原则
    items[0] = without_governor(view, agreeing(view, items, total, is_open) or items)
    meant = 2 * sum(view[s:e] in names for s, e in items[1:]) > len(items) - 1  # another slogan may have the same name
    name = max((name for name in names if view.endswith(name, begin, items[0][1])), key=len, default=None)
    if meant and name:
        items[0] = (items[0][1] - len(name), items[0][1])  # 防范化解重大风险, not 重大风险
    items = [unquoted(view, item) for item in agreeing(view, items, total, is_open)]
    items = without_roles(view, items)
    if len(items) == total > _WORD and not sure:
        items[0] = even_first(view, items)
    return items


def _is_prose(view: str, items: list[Range], found: Found, linked: bool) -> bool:
    """Whether `items` are the parts of a clause that says something else before it comes to the slogan."""
    words = [view[s:e] for s, e in items]
    first, last, few = words[0], words[-1], len(items) <= _WORD
    verbs = lexicon().verbs
    if last[0].isdigit():  # 8所高校、9个学科入选“双一流”
        return True
    turns_to = last.startswith(verbs) and not words[-2].startswith(lexicon().governing)  # 捍卫主权、做到…
    if (few and (turns_to or last.endswith(verbs))) or any(
        "“" in word[word[0] == "“" and "”" in word :] for word in words
    ):
        return True
    if _governs(last) or _COUNTED_ON.search(last) or _LEADS_ON.search(last):
        return True
    if few and view[items[0][1]] == "、" and view[found.start + 1] in "个项条张件种类" and not linked:
        counted = view[found.start + _WORD : found.end]
        again = all(counted[:_WORD] in word for word in words)  # 农民增收高于城镇、人均增收高于全省“两个高于”
        if not again and len(first) != len(last) and first[-1] != last[-1]:
            return True  # 低保标准、残疾人“两项补贴”
    opens = first.startswith(_CLAUSE_BEGINS) and not first.startswith(lexicon().no_stops)  # not 要素向甲
    return opens and len({word[0] for word in words}) > 1  # 必须从改革、增加投入两个方面着手


def _singles(view: str, end: int, total: int) -> list[Range]:
    """Return the characters before a quoted slogan if each stands for a thing (健全工农商学兵“五位一体”机制)."""
    start = end - total
    run = view[start:end]
    if total < _TRINITY or start < 0 or view[end] != "“" or len(set(run)) < total:
        return []
    singles = lexicon().singles
    led = (
        lexicon().governors.length_before(view, start, max(0, start - 4)) or view[start - 1 : start] in "，。；：、\n的"
    )
    return [(at, at + 1) for at in range(start, end)] if led and all(char in singles for char in run) else []


def _chunks(view: str, end: int, total: int) -> list[Range]:
    """Return the words before `end` that all end alike, written without marks (产业链创新链资金链“三链”)."""
    char, ranges = view[end - 1], []
    if total < 3 or not "\u4e00" <= char <= "\u9fff":
        return []
    if total == _TRINITY and view.startswith("“三位一体”", end) and (words := _words(view, end)):
        return words
    size = end - 1 - view.rfind(char, max(0, end - 4), end - 1)
    if (
        not 2 <= size <= 3
        or not _HAN.fullmatch(view, max(0, end - size * total), end)
        or "、" in view[max(0, end - size * total) : end]
    ):
        return []
    for start in range(end - size * total, end, size):
        if start < 0 or view[start + size - 1] != char or char in view[start : start + size - 1]:
            return []
        ranges.append((start, start + size))
    return ranges if view[ranges[0][0] - 1] != char else []


def _words(view: str, end: int) -> list[Range]:
    """Return the three words of two characters before `end`, two of which end alike (物业产业文化“三位一体”)."""
    start = end - _TRINITY * _WORD
    ranges = [(at, at + _WORD) for at in range(start, end, _WORD)]
    if start < 0 or not _HAN.fullmatch(view, start, end):
        return []
    words = [view[s:e] for s, e in ranges]
    if len({word[-1] for word in words}) == len(words) or any(word in lexicon().verb_words for word in words):
        return []
    return ranges


#: What stands behind a verb that is done well, or fully (抓紧, 做细, 用足).
_WELL_DONE = frozenset("紧实细好足活深透优强大牢准严稳")


def _halves(view: str, end: int) -> list[Range]:
    """Return the two words of two characters before `end` that begin or end alike (水位水量“双控”)."""
    if end < 2 * _WORD or not _HAN.fullmatch(view, end - 2 * _WORD, end):
        return []
    first, second = view[end - 2 * _WORD : end - _WORD], view[end - _WORD : end]
    begin_alike, end_alike = first[0] == second[0], first[1] == second[1]
    if begin_alike and {first[1], second[1]} <= _WELL_DONE:  # 抓紧抓实“双减”工作: how well it is done
        return []
    if begin_alike == end_alike or any(word[0] == word[1] for word in (first, second)):
        return []
    return [(end - 2 * _WORD, end - _WORD), (end - _WORD, end)]


def _governs(word: str) -> bool:
    """Whether `word` is made of governing words alone and ends with a verb (全力推进)."""
    at = size = 0
    while size := lexicon().governors.length_at(word, at, len(word)):
        at += size
        if at == len(word):
            return word[at - size :] in lexicon().verb_words
    return False


def _last_of_longer(view: str, items: list[Range], total: int) -> list[Range]:
    """Return the last `total` items of a longer list that a conjunction joins to others (研究甲和评乙、评丙“两评”)."""
    if not 2 < total < len(items):
        return items
    start, end = items[-total]
    joint = next((m for m in CONJUNCTION.finditer(view, start + 1, end - 1)), None)
    return [(joint.end(), end), *items[1 - total :]] if joint else items


def measured_before(view: str, end: int, total: int) -> list[Range]:
    """Return what is measured in the clauses right before `end` (产量达到5万吨、单产达到2吨，首次实现“双突破”)."""
    lead = _REACHES.search(view, max(0, end - 16), end)
    if lead is None:
        return []
    start = max(view.rfind(mark, 0, lead.start()) for mark in _SENTENCE_END) + 1
    clauses = split(view, max(start, lead.start() - 120), lead.start(), "、，")[-total:]
    names = before_figures(view, clauses)
    if len(names) != total or any(not _WORD <= e - s <= MAX_ITEM or not _HAN.fullmatch(view, s, e) for s, e in names):
        return []
    names[0] = without_governor(view, names)
    return names


def echoed_before(view: str, found: Found, end: int, total: int) -> list[Range]:
    """Return the items in the clause before that have the word of the slogan in them (培育新主体、新业态，“两新”…)."""
    counted = _ECHOING.fullmatch(view, found.start, found.end)
    zone, governed = _clause_before(view, end)
    if counted is None or zone is None:
        return []
    word = counted[1] or counted[2]
    clauses = split(view, *zone, "，")
    for items in (split(view, *clauses[-1], "、"), clauses[-total:]) if clauses else ():
        if len(items) != total or max(e - s for s, e in items[1:]) > MAX_ITEM or view.find(word, *items[0]) < 0:
            continue
        items = [unquoted(view, item) for item in items]
        if any(view.find("“", start + 1, end_) >= 0 for start, end_ in items):
            continue
        if all(view.startswith(word, s) for s, _ in items[1:]):
            first = echoed(view, items) or view.find(word, *items[0])
        elif len(items) > 2 and len({view.find(word, *item) - item[1] for item in items}) == 1:
            first = without_governor(view, items)[0]  # 产业上项目、城市上水平、民生上台阶
            if items[0][1] - first < min(e - s for s, e in items[1:]):
                first = ungoverned(view, items)[0]
        elif (
            governed
            and (len(items) > 2 or items[-1][1] - items[-1][0] <= _SHORT_NAME)
            and all(
                view.find(word, *item) >= 0 and not lexicon().verb_words.length_at(view, *item) for item in items[1:]
            )
        ):
            first = without_governor(view, items)[0]
        else:
            continue
        if items[0][1] - first <= MAX_ITEM:
            return [unquoted(view, (first, items[0][1])), *items[1:]]
    return []


def clauses_reached(view: str, end: int, total: int) -> list[Range]:
    """Return the clauses of one form in the list before the one in which they are reached (…，农村实现“三个提升”)."""
    lead = _REACHED.search(view, max(0, end - 24), end)
    if lead is None or total <= _WORD:
        return []
    start = clause_start(view, lead.start())
    items = split(view, start, lead.start(), "、")
    if len(items) != total or view[start - 1 : start] not in ("。", "\n", "；", "　", ""):
        return []
    sizes = {e - s for s, e in items}
    governed_ = all(lexicon().governors.length_before(view, e, s) for s, e in items)
    return items if min(sizes) > _WORD + 1 and (len(sizes) == 1 or governed_) else []


def _clause_before(view: str, end: int) -> tuple[Range | None, bool]:
    """Return the range of the sentence up to the clause of a slogan at `end` (…，实现“三新”; …。“三新”).

    And whether nothing but governing words stands in that clause before the slogan.
    """
    link = _JOINED_BY.search(view, max(0, end - 4), end) or _BEFORE_ECHO.search(view, max(0, end - 16), end)
    if link is None:
        return None, False
    near = max(0, link.start() - _EXPLAINED)
    start = max(near, *(view.rfind(mark, near, link.start()) + 1 for mark in _SENTENCE_END))
    return (start, link.start()), not link[1] or _governs(link[1])


def roles_before(view: str, end: int, total: int) -> list[Range]:
    """Return what is given a role in the clause before (以渔港为载体、渔船为支撑，构建“双轮驱动”…)."""
    zone, governed = _clause_before(view, end)
    clauses = split(view, *zone, "，") if zone and governed else []
    for items in (split(view, *clauses[-1], "、"), clauses[-total:]) if clauses else ():
        if (
            len(items) == total
            and view.startswith("以", items[0][0])
            and (named_ := without_roles(view, items)) != items
        ):
            return named_
    return []


def items_of_image(view: str, found: Found, end: int, total: int) -> list[Range]:
    """Return the short clauses of one length before an image (稳存量、扩增量、提质量，打好“三张牌”)."""
    zone, _ = _clause_before(view, end)
    if zone is None or _IMAGE.fullmatch(view, found.start, found.end) is None:
        return []
    items = split(view, *split(view, *zone, "，")[-1], "、")
    if len(items) != total or total <= _WORD:
        return []
    size = items[1][1] - items[1][0]
    items[0] = max(items[0][0], items[0][1] - size), items[0][1]
    return items if size <= _SHORT_NAME and len({e - s for s, e in items}) == 1 else []


def parts_before(view: str, declared: list[int | None], end: int) -> list[Range]:
    """Read a clause for each part of a parallel, with as many items as it counts (甲参乙、丙参丁，改戊的“两参一改”)."""
    stop, _ = _before_link(view, end)
    start = max(view.rfind(mark, 0, stop) for mark in _SENTENCE_END) + 1
    clauses = split(view, max(start, stop - _NEAR), stop, "，")[-len(declared) :]
    if (
        stop == end
        or len(clauses) != len(declared)
        or None in declared
        or max(map(int, filter(None, declared))) < _WORD
    ):
        return []
    ranges: list[Range] = []
    for clause, count in zip(clauses, declared, strict=True):
        items = split(view, *clause, "、")
        if len(items) != count or max(e - s for s, e in items) > MAX_ITEM:
            return []
        ranges += items
    return [without_governor(view, ranges), *ranges[1:]]


def grouped_roles(view: str, declared: list[int | None], end: int) -> list[Range]:
    """Return what is given roles before a code, as many to each as it counts (以甲、乙为主导、丙为补充的“2+1”)."""
    start = max(view.rfind(mark, 0, end) for mark in _SENTENCE_END) + 1
    roles = list(_ROLES.finditer(view, max(start, end - _NEAR), end))
    if len(roles) != len(declared) or not _HAN.fullmatch(view, roles[-1].end(), end - (view[end - 1] == "“")):
        return []
    ranges: list[Range] = []
    for role, count in zip(roles, declared, strict=True):
        items = split(view, *role.span(1), "、")
        items = items if count == 1 else agreeing(view, items, count or len(items), False)
        if count is not None and len(items) != count:
            return []
        ranges += items
    return ranges
