"""Members behind the slogan that announces them: in brackets, behind a colon, 即 or a dash, or in the next clauses."""

from pipeline.regex import Regex
from pipeline.slogans.figures import changes_within
from pipeline.slogans.frames import achieved_at
from pipeline.slogans.lists import (
    CONJUNCTION,
    Range,
    agreeing,
    echoed,
    governed,
    named,
    polished,
    row_of_quotes,
    split,
    tidied,
    without_common_head,
    without_governor,
)
from pipeline.slogans.nested import concatenated, counting_clauses, lists_within, of_another, segments
from pipeline.slogans.parallels import names_in, openings_of, parallels_within
from pipeline.slogans.series import opens_series, row_of_clauses
from pipeline.slogans.summing import to_int
from pipeline.slogans.unquoted import Found

_AFTER_LINK = Regex(
    r"[”】]?(?:[\u4e00-\u9fff]{0,12}?)(（(?:即|指|是指|包括|分别是|分别为)?：?|(?:，|。)?(?:具体|也)?(?:即|是指|指(?![导示挥定引数标出])|就是|分别是|分别为|具体是|具体为|包括|主要包括|主要是|涵盖)(?:：|的是)?|：\s{0,4}(?:即|是指|指|包括|就是)?|(?<=”)(?:分别)?为(?=[^，。；：]{1,40}、)|——)"
)
_STRONG = Regex(r"：|即|指|分别|——")
_NEXT_IN_ROW = Regex(r"[、和与]?“[^“”]{1,20}”")
_SEPARATORS = ("、", "；", "，", "、；", "，；", "、，；")
_MANY = 5
_SHORT_NAME = 6
_NEXT_CLAUSE = Regex(r"”[\u4e00-\u9fff]{0,6}，([^，。；：！？“”（）\n]{8,80}等[\u4e00-\u9fff]{1,12})[，。；]")
_HOW = ("深度", "协调", "协同", "互动", "有机", "全面", "一体", "相互", "同步", "有效", "紧密")
_WORD = 2
_FEW = 6  # a list of more items, cut at every mark, agrees with the digits of a code by chance
_ROLE = Regex(r"为[\u4e00-\u9fff]{1,6}$")
_LEAD = Regex(r"”?[\u4e00-\u9fff]{0,6}，")
_INCLUDING = Regex(r"，(?:主要)?(?:包括|分别是|分别为|即|涵盖)")
_ONLY = Regex(r"”，?(?:就是|即|是指|指的是)：?([^；。“”：]{3,48})[；。]")
_GROUP = Regex(r"([^，。；：]{2,160}?)([0-9]{1,2}|[一二两三四五六七八九十]{1,2})[个家条项大类级种](?![月年])")
_EXPLAINED = 600  # how far the explanation of the parts of a parallel, or counted groups, may go on


def _explanation(view: str, start: int) -> tuple[str, Range] | None:
    """Return the words that lead to an explanation right behind `start`, and the range of the explanation."""
    link = _AFTER_LINK.match(view, start, start + 30)
    if link is None:
        return None
    begin = link.end()
    if link[1].startswith("（"):
        end = view.find("）", begin, begin + 300)
        return None if end < 0 else (link[1], (begin, end))
    most = min(len(view), begin + 300)
    end = next((i for i in range(begin, most) if view[i] in "。！？\n"), most)
    if link[1] == "——" and (closed := view.find("——", begin, end)) >= 0:
        end = closed
    return link[1], (begin, end)


def parts_after(view: str, found: Found, start: int) -> list[Range]:
    """Read an explanation of a code or parallel that has a clause for each of its parts."""
    explanation = _explanation(view, start)
    if explanation is None or not isinstance(found.declared, list) or None in found.declared:
        return []
    _, (begin, end) = explanation
    sizes = sum(number for number in found.declared if number)
    if found.type == "numeral_code" and (items := counted_groups(view, begin, end, sizes)):
        return items
    roles = all(_ROLE.search(view, *clause) for clause in split(view, begin, end, "，；"))
    items = segments(view, found.declared, begin, end) if roles or found.type == "numeral_phrase" else []
    return items or counting_clauses(view, view[found.start : found.end], begin, end)


def list_after(view: str, found: Found, start: int, total: int) -> list[Range]:
    """Read the list in brackets or behind a colon, 即, 包括 or a dash; in another number only where those tie it."""
    explanation = _explanation(view, start)
    if explanation is None:
        return []
    link, (begin, end) = explanation
    if opens_series(view, begin):
        return []
    if items := changes_within(view, found, begin, end, total) or row_of_clauses(view, found, begin, end, total):
        return items
    if items := parallels_within(view, found, begin, end, total):
        return items
    including = _INCLUDING.search(view, begin, end) if "指" in link and total > _WORD else None
    if including:  # “三横”指三条干道，包括甲、乙、丙
        lists = lists_within(view, including.start(), end, total, False)
        return next((items for items in lists if items), [])
    best: list[Range] = []
    by_chance = found.type == "numeral_code" and total > _FEW
    semicolon = next((i for i in range(begin, end) if view[i] == "；"), end)
    again = view.find("，" + view[begin : begin + _WORD], begin, semicolon) >= 0  # 即确保甲，确保乙；另行丙
    if view.count("，", begin, semicolon) == total - 1 > 0 and (again or view.count("；", begin, end) + 1 != total):
        end = semicolon
    for marks in _SEPARATORS[:-1] if by_chance else _SEPARATORS:
        stop = end if marks != "、" else next((i for i in range(begin, end) if view[i] in "，；"), end)
        items = agreeing(view, split(view, begin, stop, marks), total, view[stop - 1 : stop] == "等")
        if len(pieces := concatenated(view, view[found.start : found.end], items)) == total:
            return pieces
        if items and len(items) == total and not of_another(view, items, total):
            if all(view[e - 1] == "”" and view.find("“", s + 1, e) > 0 for s, e in items):
                return items  # 产业提质“升级工程”、城乡融合“共富工程”
            items = [named(view, item) for item in items]
            if names := names_in(view, found, items):
                return names
            if "、" in marks:
                items[-1] = items[-1][0], achieved_at(view, items)
                items = polished(view, items)
            else:
                items = without_common_head(view, openings_of(view, items))
                items[0] = echoed(view, items) or items[0][0], items[0][1]
            return without_own_noun(view, found, items)
        if marks == "、" and len(items) > 1 and not view.endswith("”“", 0, found.start):
            best = items
    return [named(view, item) for item in best] if _STRONG.search(link) else []


def one_after(view: str, found: Found, start: int) -> list[Range]:
    """Read the only member of a slogan, where it is explained in quotation marks (“一个确保”，就是确保甲；)."""
    only = _ONLY.match(view, start - 1) if found.declared == 1 else None
    return [only.span(1)] if only else []


def without_own_noun(view: str, found: Found, items: list[Range]) -> list[Range]:
    """Return `items`, the last one without what the slogan itself says of all (“两化融合”，即甲和乙深度融合)."""
    *others, (start, end) = items
    phrase = view[found.start : found.end]
    if view.startswith(phrase, end - len(phrase)) and end - start > len(phrase):
        return [*others, (start, end - len(phrase))]  # 甲、乙、丙四到县
    if isinstance(found.declared, list):
        return items
    noun = view[found.end - _WORD : found.end]
    if not view.startswith(noun, end - _WORD) or any(view[s:e].endswith(noun) for s, e in others):
        return items
    end -= _WORD
    end -= _WORD * (view[end - _WORD : end] in _HOW)
    return [*others, (start, end)] if end > start else items


def list_in_next_clause(view: str, start: int, total: int) -> list[Range]:
    """Read the list of many short names in the clause behind a slogan (“六要素”品质，培训甲、乙、…和己等从业人员)."""
    clause = _NEXT_CLAUSE.match(view, start - 1) if total >= _MANY else None
    if clause is None:
        return []
    items = agreeing(view, split(view, *clause.span(1), "、"), total, False)
    if len(items) != total:
        return []
    items = tidied(view, [without_governor(view, items), *items[1:]])
    return items if max(e - s for s, e in items) <= _SHORT_NAME else []


def list_of_row(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read the group that stands at the place of a slogan in its row (“两高”“三新”：甲、乙，丙、丁、戊)."""
    first, row_end = row_of_quotes(view, end)[0], end
    while following := _NEXT_IN_ROW.match(view, row_end):
        row_end = following.end()
    size = view.count("“", first, row_end)
    if size < 2 or view[row_end : row_end + 1] != "：":
        return []
    most = min(len(view), row_end + 300)
    stop = next((i for i in range(row_end, most) if view[i] in "。！？\n"), most)
    groups = split(view, row_end + 1, stop, "，；")
    if len(groups) != size:
        return []
    items = agreeing(view, split(view, *groups[view.count("“", first, start)], "、"), total, False)
    return items if len(items) == total else []


def counted_groups(view: str, start: int, end: int, total: int) -> list[Range]:
    """Read counted groups in a sentence: 甲1个千亿级，乙、丙2个百亿级."""
    ranges: list[Range] = []
    for group in _GROUP.finditer(view, start, min(end, start + _EXPLAINED)):
        count = to_int(group[2]) or 0
        items = split(view, group.start(1), group.end(1), "、")
        if items:
            joint = CONJUNCTION.match(view, items[0][0])
            items[0] = (joint.end() if joint and ranges else items[0][0], items[0][1])
            items[0] = without_governor(view, items)
        if count != 1:
            items = agreeing(view, items, count, False)
        if items and len(items) == count and not governed(view, *items[-1]):  # not …四个自信、做到|两个维护
            ranges.extend(items)
    return ranges if len(ranges) == total else []


def clauses_after(view: str, found: Found, start: int) -> list[Range]:
    """Read the clauses right behind a parallel, one for each part (“两通三有”目标，通水、通路，有学上、有…、有…)."""
    lead = _LEAD.match(view, start)
    parts_ = found.declared
    if lead is None or not isinstance(parts_, list) or None in parts_ or sum(count != 1 for count in parts_) < _WORD:
        return []
    end = next((i for i in range(start, min(len(view), start + 200)) if view[i] in "。！？\n"), start)
    clauses = split(view, lead.end(), end, "，；")[: len(parts_)]
    if len(clauses) < len(parts_) or any(
        count == 1 and not view.startswith("以", clause[0]) for count, clause in zip(parts_, clauses, strict=True)
    ):
        return []
    return segments(view, parts_, lead.end(), clauses[-1][1])
