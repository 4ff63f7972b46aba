"""Rows of names that end alike: 柳叶河、清石河和青峪河, 望江楼、听涛阁, 红光机械厂、前进化肥厂.

What stands alone before such a word may be a kind of thing (内河, 教学楼); things of one kind that are told apart in a
row have names. The endings, by what they name, and the kinds are in ``data/entity_heads.toml`` (`rows`).
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import Row, rules
from pipeline.entities.words import Words, in_dictionary, is_name, is_toponym, is_trademark
from pipeline.regex import Regex

RANK = 18  # below names built on a head, which say more of where they begin
_HAN = "[\u4e00-\u9fff]"
_PLAIN = Regex(
    "[的了和与及在对把将为是有等或不各全本该其某每几多第新老大小旧古原]|[两一二三四五六七八九十百千万]+[个条座所家处大级期类]|我[国省市]"
)
_INSIDE = Regex("[的了和与及在把将为是等]")
_SEPARATOR = Regex("[、和与及]")
_HAN_ONLY = Regex(f"{_HAN}+")
_SIZES = frozenset("新老大小古")  # what names begin with as well as kinds: 新 | 南街社区
_STEM = 2  #: characters before the ending of a name that stands alone


class _Item(NamedTuple):
    start: int
    end: int


@cache
def _cue() -> Regex:
    """Return what finds the last character of the first item of a row."""
    return Regex(f"[{''.join(sorted({end[-1] for row in rules().rows for end in row.ends}))}](?=[、和与及]{_HAN})")


@cache
def _item(ends: tuple[str, ...], least: int, most: int) -> Regex:
    """Return what matches an item on one of `ends`."""
    return Regex(f"{_HAN}{{{least},{most}}}?(?:{'|'.join(sorted(ends, key=len, reverse=True))})")


def find_rows(view: str, words: Words) -> Iterator[Candidate]:
    """Yield the items of rows of two and more that end on words of one group and are no kinds of things."""
    done = 0
    for cue in _cue().finditer(view):
        if cue.start() < done:
            continue
        for row in rules().rows:
            if not view.endswith(row.ends, 0, cue.end()):
                continue
            items = _items(view, words, row, cue.end())
            if len(items) > 1:
                done = items[-1].end
                reach = (items[0].start, done)
                yield from (
                    Candidate(start, end, row.type, view[start:end], "list:row", RANK, cue=reach)
                    for start, end in items
                )
                break


@cache
def _lone(row: Row) -> Regex:
    verbs, ends = "|".join(row.verbs), "|".join(row.ends)
    return Regex(
        f"(?:{verbs})(?:好|了)?(?P<name>{_HAN}{{2,{row.most}}}?(?:{ends}))"
        "(?=[，。；、\n]|水质|水环境|水生态|生态|流域|两岸|沿岸|沿线|景区|国家|综合治理|综合整治|保护|治理|环境|等)"
    )


def find_lone(view: str, words: Words) -> Iterator[Candidate]:
    """Yield what a verb alone shows to be a name among names that rows hold too: 整治 | 白马河, 守护 | 青龙山."""
    for row in rules().rows:
        for found in _lone(row).finditer(view) if row.verbs else ():
            start, end = found.span("name")
            stem = found["name"][: -_last(view, row, end)]
            inside = [view[a : a + n] for a, n in words.between(start, end)]
            if (
                len(stem) >= _STEM
                and words.is_boundary(start)
                and words.is_boundary(end)
                and not _is_kind(found["name"], row)
                and rules().measure.isdisjoint(inside)
                and rules().generic.isdisjoint(inside)
                and rules().governing.isdisjoint(inside)
                and rules().verbs.isdisjoint(inside)
            ):
                yield Candidate(start, end, row.type, found["name"], "list:row", RANK, cue=found.span())


def _items(view: str, words: Words, row: Row, end: int) -> list[_Item]:
    """Return the items of the row whose first ends at `end`; none where one of them is a kind of thing."""
    ending = view[end - _last(view, row, end) : end]
    start = _first(view, words, row, end - len(ending))
    items = [_Item(start, end)] if start is not None else []
    while _SEPARATOR.match(view, end):
        for ends in ((ending,), row.ends):
            found = _item(ends, row.least, row.most).match(view, end + 1)
            if found and (_SEPARATOR.match(view, found.end()) or words.is_boundary(found.end())):
                break
        else:
            break
        start, end = found.span()
        items.append(_Item(start, end))
    return [] if any(_is_kind(view[start:end], row) for start, end in items) else items


def _last(view: str, row: Row, end: int) -> int:
    """Return the length of the longest ending at `end`."""
    return max(len(word) for word in row.ends if view.endswith(word, 0, end))


def _first(view: str, words: Words, row: Row, head: int) -> int | None:
    """Return where the first item begins: with the last word before its ending, or with single characters in a row."""
    start, whole, table = head, False, rules()
    if words.around(head):  # 慈云寺, 柳荫街 | 道: a word of the dictionary holds part of the ending
        start, whole = words.before(head, max(head - row.most, 0)), True
    for at, length in reversed(list(words.between(max(head - row.most - 2, 0), start))):
        word = view[at : at + length]
        if (
            at + length != start
            or head - at > row.most
            or word in table.governing
            or word in table.verbs
            or not _HAN_ONLY.fullmatch(word)
            or (whole and (length > 1 or (_PLAIN.match(word) and word not in _SIZES) or is_toponym(view[start:head])))
        ):
            break
        if length > 1 and start != head:
            break
        whole = whole or length > 1
        start = at
    return start if head - start >= row.least else None


def _all_kinds(stem: str, row: Row) -> bool:
    table = rules()
    return not stem or stem in table.measure or stem in table.generic or stem in row.kinds


def _is_kind(name: str, row: Row) -> bool:
    """Whether `name` is what a kind of thing is called (内河, 教学楼, 中心小学)."""
    stem = name[: -_last(name, row, len(name))]
    table = rules()
    return bool(
        any(stem.endswith(kind) and (len(kind) == 1 or _all_kinds(stem[: -len(kind)], row)) for kind in row.kinds)
        or _all_kinds(stem, row)
        or name.endswith(table.winners.plain)
        or _PLAIN.match(stem)
        or _INSIDE.search(stem)
        or (
            in_dictionary(name)
            and not (name.endswith(row.names) or is_toponym(name) or is_name(name) or is_trademark(name))
        )
    )
