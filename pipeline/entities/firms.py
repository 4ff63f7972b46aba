"""Firms in a row that only their names tell: 江淮重工、清慧机械、泫氏实业获评国家级绿色工厂."""

from collections.abc import Iterator, Mapping

from pipeline.entities.candidate import Candidate
from pipeline.entities.words import in_dictionary, is_abbreviation, is_name, is_toponym, is_trademark
from pipeline.places import resolve
from pipeline.regex import Regex

RANK = 19  # below all that shows a name by itself
_BUSINESS = (
    "重工|重机|机械|实业|控股|燃气|科技|股份|电子|[药钨钴铜铝锂镍矿乳酒硅纸钛锌]业|新材|传动|生物|制药|光电|精密|精工|智能|软件|时尚|服饰|食品"
    "|化工|钢铁|特钢|电气|新能|汽配|轴承|环保|器械|半导体|微电|动力|激光|永磁|纺织|生化|医药|医疗"
)
_ITEM = Regex(f"(?P<stem>[\u4e00-\u9fff]{{2,3}}?)(?:{_BUSINESS})(?=[、和及]|，|。|；|等|[\u4e00-\u9fff]{{2}})")
_CUE = Regex(f"(?:{_BUSINESS})(?=、)")
_LEFT = frozenset("，。；：\n\u3000 、")
_REACH = 7  #: characters of an item
#: Characters of what things are made of or like, rather than of coined names.
_PLAIN = frozenset(
    "的和与及等煤碳氢硅锂铝铜钢铁高精绿智数光电海陆空农林牧渔军民特复基型性级类业大小中国产工能水风油气多全各省市县区"
)


def find_firms(view: str, firms: Mapping[int, int]) -> Iterator[Candidate]:
    """Yield the firms of rows in which two and more bear coined names with what they do.

    `firms` gives where known companies end by where they begin, which stand in such rows too.
    """
    done = 0
    for cue in _CUE.finditer(view):
        if cue.end() <= done:
            continue
        start = next((at for at in range(cue.end() - _REACH, cue.start() - 1) if _opens(view, at, firms)), None)
        row = _row(view, start, firms) if start is not None else []
        coined = [(at, end) for at, end in row if firms.get(at) != end]
        if len(row) > 1 and coined:
            done = row[-1][1]
            for at, end in coined:
                yield Candidate(at, end, "company", view[at:end], "list:company", RANK, cue=(row[0][0], done))


def _opens(view: str, at: int, firms: Mapping[int, int]) -> bool:
    return at >= 0 and (at == 0 or view[at - 1] in _LEFT) and (at in firms or _is_coined(view, at) is not None)


def _row(view: str, start: int, firms: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the items of the row that begins at `start`."""
    row: list[tuple[int, int]] = []
    at = start
    while True:
        end = firms.get(at) or _is_coined(view, at)
        if end is None:
            return row
        row.append((at, end))
        if view[end : end + 1] not in ("、", "和"):
            return row
        at = end + 1


def _is_coined(view: str, at: int) -> int | None:
    """Return where the firm at `at` ends: what it is called is no word, or a name, and no place."""
    item = _ITEM.match(view, at)
    if not item:
        return None
    stem = item["stem"]
    if in_dictionary(stem) and not (is_toponym(stem) or is_name(stem) or is_trademark(stem) or is_abbreviation(stem)):
        return None
    return item.end() if _PLAIN.isdisjoint(stem) and stem[0] != "新" and not resolve(stem) else None
