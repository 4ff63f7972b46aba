"""Members of what counts characters (八字方针, 二十四字要求): words that have so many characters together."""

from pipeline.regex import Regex
from pipeline.slogans.lists import Range, governed, split
from pipeline.slogans.summing import to_int
from pipeline.slogans.unquoted import Found

_COUNT = Regex(r"[新老]?([一二三四五六七八九十]{1,3})字")
_LINK = Regex(r"(?:[这的]|——|是我[省市县们]的)?[新老]?“?$")
_WORDS = Regex(r"[\u4e00-\u9fff]{1,12}(?:[、，][\u4e00-\u9fff]{1,8}){1,11}")
_BEFORE = Regex(r"(?<![\u4e00-\u9fff、])[\u4e00-\u9fff]{1,12}(?:[、，][\u4e00-\u9fff]{1,8}){1,11}$")
_TELLS = Regex(r"”?[\u4e00-\u9fff]{0,4}?(?:（|：|——|，?(?:即|就是|是指|也就是|是)：?)“?")
_FARTHEST = 110


def counts_characters(view: str, found: Found) -> bool:
    """Whether a slogan says how many characters, not how many members there are."""
    return _COUNT.match(view, found.start, found.end) is not None


def words_of_characters(view: str, found: Found) -> list[Range]:
    """Return the words right before or behind a slogan that have together as many characters as it says."""
    count = _COUNT.match(view, found.start, found.end)
    total = (count and to_int(count[1])) or 0
    link = _LINK.search(view, max(0, found.start - 8), found.start)
    end = link.start() if link else found.start
    quoted = view[end - 1 : end] == "”"
    row = _BEFORE.search(view, max(0, end - _FARTHEST), end - quoted)
    if row and (items := _as_many(view, *row.span(), total, whole=quoted)):
        return items
    tells = _TELLS.match(view, found.end)
    row = _WORDS.match(view, tells.end()) if tells else None
    return _first_of(view, *row.span(), total) if row else []


def _as_many(view: str, start: int, end: int, total: int, *, whole: bool) -> list[Range]:
    """Return the last words of a row with `total` characters; the first is freed of what governs it."""
    items: list[Range] = []
    left = total
    for begin, stop in reversed(split(view, start, end, "、，")):
        size = min(left, stop - begin)
        items.insert(0, (stop - size, stop))
        left -= size
        if size < stop - begin or not left:
            break
    if left or len(items) < 2 or (whole and items[0][0] != start):
        return []
    sizes = {e - s for s, e in items}
    opening = max(start, *(view.rfind(mark, start, items[0][0]) + 1 for mark in "、，"))
    return items if len(sizes) == 1 or governed(view, opening, items[0][0]) else []


def _first_of(view: str, start: int, end: int, total: int) -> list[Range]:
    """Return the first words of a row with `total` characters, if a pause or the end stands behind them."""
    items: list[Range] = []
    for item in split(view, start, end, "、，"):
        items.append(item)
        total -= item[1] - item[0]
        if total <= 0:
            break
    return items if total == 0 and len(items) > 1 else []
