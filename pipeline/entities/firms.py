"""Firms in a row that only their names tell: 清榆机械、泫湖实业、麦斯科电子获评绿色工厂."""

from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import rules
from pipeline.entities.words import in_dictionary, is_abbreviation, is_name, is_toponym, is_trademark
from pipeline.places import resolve
from pipeline.regex import Regex

RANK = 19  # below all that shows a name by itself
_LEFT = frozenset("，。；：\n\u3000 、")
_REACH = 7  #: characters of an item
#: Characters of what things are made of or like, rather than of coined names.
_PLAIN = frozenset(
    "的和与及等煤碳氢硅锂铝铜钢铁高精绿智数光电海陆空农林牧渔军民特复基型性级类业大小中国产工能水风油气多全各省市县区"
)


@cache
def _item() -> Regex:
    """Return what matches an item of a row: what the firm is called, and what it does."""
    business = "|".join(sorted(rules().business))
    return Regex(f"(?P<stem>[\u4e00-\u9fff]{{2,3}}?)(?:{business})(?=[、和及，。；等]|[\u4e00-\u9fff]{{2}})")


def find_firms(view: str, firms: Mapping[int, int]) -> Iterator[Candidate]:
    """Yield the firms of rows in which two and more bear coined names with what they do.

    `firms` gives where known companies end by where they begin, which stand in such rows too.
    """
    done = 0
    mark = view.find("、")
    while mark >= 0:
        at, mark = mark, view.find("、", mark + 1)
        if at <= done or view[at - 2 : at] not in rules().business:
            continue
        start = next((first for first in range(at - _REACH, at - 3) if _opens(view, first, firms)), None)
        row = _row(view, start, firms) if start is not None else []
        coined = [(at, end) for at, end in row if firms.get(at) != end]
        if len(row) > 1 and coined:
            done = row[-1][1]
            for at, end in coined:
                yield Candidate(at, end, "company", view[at:end], "list:company", RANK, cue=(row[0][0], done))


def _opens(view: str, at: int, firms: Mapping[int, int]) -> bool:
    led = at == 0 or (at > 0 and (view[at - 1] in _LEFT or view[max(at - 2, 0) : at] in rules().verbs))
    return led and (at in firms or _is_coined(view, at) is not None)


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
    item = _item().match(view, at)
    if not item:
        return None
    stem = item["stem"]
    if in_dictionary(stem) and not (is_toponym(stem) or is_name(stem) or is_trademark(stem) or is_abbreviation(stem)):
        return None
    return item.end() if _PLAIN.isdisjoint(stem) and stem[0] != "新" and not resolve(stem) else None
