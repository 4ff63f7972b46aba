"""Names built on a head noun: … 专项行动, … 经开区, … 博览会 (``data/entity_heads.toml``).

The head says where a name ends and of what type it is. Where it begins is the hard part: the search
goes left from the head, word by word, jumping over quotation marks and brackets, to the first word
that cannot stand in a name, and then takes back the verbs and measures that a name does not begin with.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.entities.candidate import Candidate
from pipeline.entities.lexicon import TYPES
from pipeline.entities.organs import division_of
from pipeline.entities.words import Words, in_dictionary
from pipeline.errors import DataError

RANK = 20
_REACH = 34  #: characters that a name may stand before its head
_SOURCE = "pipeline/data/entity_heads.toml"

_STOPS = "，。；：！？、…\n\u3000 《》【】〔〕〈〉|>—"
_MEASURE = re.compile(
    r"[0-9.,]+(?:余|多)?[个家项条座批次轮届名处所块只类种大期场部份]?|[一二三四五六七八九十百千两几数]+[个家项条座批次轮处所块只类种期场部份]|一批|一系列|首批|第一批|多个|若干"
)
_ORDINAL = re.compile(r"(?:第[一二三四五六七八九十百0-9]+|首)届|20[0-9]{2}(?!年)")
_STRETCH = re.compile(r"(?:[东南西北]{1,2}|[\u4e00-\u9fff]{2,4})段(?![时落])")
_CODE = re.compile(r"[A-Za-z0-9]")
_NATIONAL = re.compile("国家|全国|中国|世界|国际|亚洲|全球")
_CLOSERS = {"”": "“", "）": "（", "》": "《"}


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Heads that make names of one type in one way."""

    id: str
    type: str
    words: tuple[str, ...]
    evidence: Literal["proper", "content"]
    never: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    own: bool = False
    hits: tuple[tuple[str, str], ...] = ()
    misses: tuple[str, ...] = ()


class Award(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Honours: what follows a verb of winning and ends in one of `heads`."""

    verbs: tuple[str, ...]
    heads: tuple[str, ...]
    scope: tuple[str, ...]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/entity_heads.toml``; its comments say what each table is for."""

    generic: frozenset[str]
    governing: frozenset[str]
    verbs: frozenset[str]
    heads: tuple[Group, ...]
    award: Award
    full: tuple[tuple[str, str], ...] = ()


@cache
def rules() -> Rules:
    """Return the rules, checked.

    Raises DataError for an unknown key or type, and for two groups that claim one head.
    """
    try:
        text = (files("pipeline") / "data" / "entity_heads.toml").read_text(encoding="utf-8")
        loaded = msgspec.convert(tomllib.loads(text), Rules)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{_SOURCE}: {error}") from error
    claimed: dict[str, str] = {}
    for group in loaded.heads:
        if group.type not in TYPES:
            raise DataError(f"{_SOURCE}: {group.id}: no such entity type: {group.type!r}")
        for word in group.words:
            if word in claimed:
                raise DataError(f"{_SOURCE}: {group.id}: {word!r} is a head of {claimed[word]} already")
            claimed[word] = group.id
    return loaded


@cache
def _matcher() -> tuple[AhoCorasick, tuple[str, ...], dict[str, Group]]:
    groups = {word: group for group in rules().heads for word in group.words}
    words = tuple(sorted(groups))
    return AhoCorasick(words, matchkind=MatchKind.Standard), words, groups


class _Piece(msgspec.Struct, frozen=True):
    start: int
    end: int
    text: str
    quoted: bool = False


def find_built(view: str, words: Words, marks: Sequence[tuple[int, int]], region: str | None) -> Iterator[Candidate]:
    """Yield the names in `view` that end in a head noun.

    `marks` are the ranges of places and known names, which show a name to be proper.
    """
    matcher, heads, groups = _matcher()
    longest: dict[int, int] = {}
    for index, start, end in matcher.find_matches_as_indexes(view, overlapping=True):
        if end not in longest or start < longest[end]:
            longest[end] = start
    marked = bytearray(len(view) + 1)
    for start, end in marks:
        marked[start:end] = b"\1" * (end - start)
    for end, start in sorted(longest.items()):
        if words.is_boundary(end):
            group = groups[view[start:end]]
            candidate = _build(view, words, marked, start, end, group, region)
            if candidate:
                yield candidate


def _build(
    view: str, words: Words, marked: bytearray, head: int, end: int, group: Group, region: str | None
) -> Candidate | None:
    pieces = _search(view, words, marked, head, group)
    pieces = _trim(view, pieces, group)
    if not pieces:
        return None
    start = pieces[0].start
    content = [p for p in pieces if p.quoted or not (p.text in rules().generic or p.text in group.never)]
    if group.evidence == "content":
        if not content or sum(p.end - p.start for p in pieces) < 2:
            return None
    elif not _is_proper(view, marked, pieces, group):
        return None
    end = _extend(view, end, group)
    quote = view[start:end]
    return Candidate(start, end, group.type, full_form(quote, group, region), f"head:{group.id}", RANK, cue=(head, end))


def _search(view: str, words: Words, marked: bytearray, head: int, group: Group) -> list[_Piece]:
    """Return the words left of the head that may belong to its name, in text order."""
    found: list[_Piece] = []
    floor = max(head - _REACH, 0)
    at = head
    proper = False
    while at > floor:
        mark = view[at - 1]
        if mark in _CLOSERS and mark != "》":
            opened = view.rfind(_CLOSERS[mark], floor, at)
            if opened < 0 or any(stop in view[opened:at] for stop in "。；\n"):
                break
            found.append(_Piece(opened, at, view[opened:at], quoted=mark == "”"))
            proper = True
            at = opened
            continue
        if mark in _STOPS or mark in "“（":
            break
        start = words.before(at, floor)
        text = view[start:at]
        settings = rules()
        if text in settings.governing and not marked[start]:
            break
        if text in ("和", "与", "及", "、", "或"):
            if found and (proper or group.evidence == "content"):
                break
            return []
        if text in settings.verbs and proper and group.evidence == "proper" and not marked[start]:
            break
        found.append(_Piece(start, at, text))
        proper = proper or bool(marked[start]) or _unknown(text)
        at = start
    found.reverse()
    return found


def _trim(view: str, pieces: list[_Piece], group: Group) -> list[_Piece]:
    """Take from the left what a name does not begin with: verbs that govern it, and how many there are."""
    settings = rules()
    while pieces:
        first = pieces[0]
        if first.quoted:
            break
        text = first.text
        if group.type == "meeting" and _ORDINAL.fullmatch(text):
            break
        if (
            text in settings.verbs
            and len(pieces) > 1
            and view[first.start - 1 : first.start] in "，。；：、\n\u3000 和及与"
        ):
            pieces = pieces[1:]
        elif _MEASURE.fullmatch(text) or text in ("一批", "首批", "新", "好", "各", "该", "本", "这", "此", "多"):
            pieces = pieces[1:]
        else:
            break
    return pieces


def _unknown(text: str) -> bool:
    return (len(text) > 1 and not in_dictionary(text)) or bool(_CODE.search(text))


def _is_proper(view: str, marked: bytearray, pieces: list[_Piece], group: Group) -> bool:
    """Whether the words before the head hold a place, a known name, a code, a quotation or an unknown word."""
    run = 0
    for piece in pieces:
        if piece.quoted or marked[piece.start] or _unknown(piece.text):
            return True
        run = run + 1 if len(piece.text) == 1 else 0
        if run >= 2:
            return True
    if group.own and pieces[0].text in ("省", "市", "县", "区") and len(pieces) > 1:
        return True
    rest = [p for p in pieces if p.text not in rules().generic and p.text not in group.never]
    return group.id == "platform" and bool(_NATIONAL.match(pieces[0].text)) and bool(rest)


def _extend(view: str, end: int, group: Group) -> int:
    """Return where the name ends when what may follow its head is taken in (二期, 南北段)."""
    for tail in sorted(group.after, key=len, reverse=True):
        if view.startswith(tail, end):
            end += len(tail)
            break
    if group.id == "works":
        stretch = _STRETCH.match(view, end)
        if stretch:
            end = stretch.end()
    return end


_FULL_HEADS: dict[str, str] = {
    "经开区": "经济技术开发区",
    "高新区": "高新技术产业开发区",
    "综保区": "综合保税区",
    "自贸试验区": "自由贸易试验区",
    "自贸港": "自由贸易港",
    "高铁": "高速铁路",
    "科委": "科学技术委员会",
    "管委会": "管理委员会",
    "发改委": "发展和改革委员会",
    "发展改革委": "发展和改革委员会",
    "国资委": "国有资产监督管理委员会",
    "卫健委": "卫生健康委员会",
    "文旅局": "文化和旅游局",
    "文旅厅": "文化和旅游厅",
    "人社厅": "人力资源和社会保障厅",
    "人社局": "人力资源和社会保障局",
    "住建厅": "住房和城乡建设厅",
    "住建局": "住房和城乡建设局",
    "工信厅": "工业和信息化厅",
    "工信局": "工业和信息化局",
    "市场监管局": "市场监督管理局",
    "旅发大会": "旅游发展大会",
    "省运会": "运动会",
    "妇联": "妇女联合会",
    "工商联": "工商业联合会",
    "自贸协定": "自贸协定",
    "二期": "二期工程",
    "三期": "三期工程",
    "一期": "一期工程",
}


def full_form(name: str, group: Group, region: str | None) -> str:
    """Write out the short parts of a name: its head, and 省 or 市 at its beginning."""
    for short, full in _FULL_HEADS.items():
        if name.endswith(short):
            name = name[: -len(short)] + full
            break
    if group.own and name[:1] in "省市县区" and name[:2] not in ("市场", "区域", "省域", "市域", "县域", "区块"):
        place = division_of(name[:1], region)
        if place:
            name = place.name + name[1:]
    return name.replace("“", "").replace("”", "")
