"""Who wins a title or is chosen among others: 霞溪村入选…, 柳河司法所获评….

Only what has a name does so; what kind of thing it is, its last word says (``winners`` in ``data/entity_heads.toml``).
"""

from collections.abc import Iterator, Mapping
from functools import cache

from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import rules
from pipeline.entities.organs import division_of
from pipeline.entities.proper import is_proper
from pipeline.entities.reach import Piece, search, trim
from pipeline.entities.words import Words, in_dictionary
from pipeline.places import parse_region
from pipeline.regex import Regex

RANK = 18

_REACH = 30  #: characters before the verb in which the clause begins
_LENGTH = range(3, 15)
_CLAUSE = "，。；：！？”）\n\u3000 "
_HAN = Regex("[\u4e00-\u9fff]+")
#: What no name holds: how many, which of them, and how.
_NO_NAME = Regex(
    "[0-9一二三四五六七八九十百千两数几多][余多]?[个家项条座批次处名支件所]|[的了并还又各等]"
    "|[全我本该每][省市县区国镇村院校州]|一批|连续"
)
_ADVERB = Regex("(?:首次|先后|成功|分别|再次|均|都|也|连续[两三四五六七八九十0-9]+[年届次]|双双|同时|全部)$")


#: The end of an item of a row of settlements, and what follows it: more of them.
_SETTLED = Regex("[村镇乡]、")
_ROW = Regex(
    "(?:(?:(?![和与及等的])[\u4e00-\u9fff]){2,4}[村镇乡]、){0,12}(?:(?![和与及等的])[\u4e00-\u9fff]){2,4}?[村镇乡](?=[，。；）]|等|和|及)"
)
_STEM = range(2, 5)
_OWN = Regex("自治区|[省市县](?=公安|检察|法院|中级|人民|第|[\u4e00-\u9fff]{2,4}[局院馆校])")  # 市公安局云岭分局


@cache
def _won() -> tuple[Regex, dict[str, str], frozenset[str]]:
    """Return the verbs of winning, the type that each ending makes, the longest first, and their last characters."""
    table = rules().winners
    ends = {end: kind for kind, words in table.ends.items() for end in words}
    longest = dict(sorted(ends.items(), key=lambda item: -len(item[0])))
    return Regex(f"(?:{'|'.join(table.verbs)})(?![人者])"), longest, frozenset(end[-1] for end in ends)


def find_winners(view: str, words: Words, marked: bytearray, region: str | None) -> Iterator[Candidate]:
    """Yield the subjects of the verbs of winning in `view` whose last word says that they have a name."""
    verbs, ends, last_characters = _won()
    for cue in verbs.finditer(view):
        end = cue.start()
        if adverb := _ADVERB.search(view, max(end - 6, 0), end):
            end = adverb.start()
        if view[end - 1] not in last_characters:
            continue
        floor = max(end - _REACH, 0)
        floor = max((view.rfind(mark, floor, end) + 1 for mark in _CLAUSE), default=floor)
        while end > floor:  # each item of 甲村、乙村入选
            start = max(view.rfind("、", floor, end) + 1, floor)
            last = _last_word(view, start, end, ends)
            if last is None:
                break
            if name := _name(view, words, marked, start, end, last, region):
                yield Candidate(start, end, ends[last], name, "winner", RANK, cue=cue.span())
            end = start - 1


def find_settlements(view: str, words: Words, marked: bytearray) -> Iterator[Candidate]:
    """Yield the villages and towns of a row that holds nothing else: 李家庄村、王庄堡镇、花塔村."""
    table, done = rules().winners, 0
    for cue in _SETTLED.finditer(view):
        if cue.start() < done:
            continue
        row = _ROW.match(view, cue.end())
        if not row:
            continue
        done, head = row.end(), cue.start()
        first = trim(view, search(view, words, marked, head, complete=True))
        items = [(first[0].start, head + 1)] if first and head - first[0].start in _STEM else []
        at = cue.end()
        for item in row.group().split("、"):
            items.append((at, at + len(item)))
            at += len(item) + 1
        names = [view[start:end] for start, end in items]
        if len(items) > 1 and not any(
            name.endswith(table.plain) or in_dictionary(name) or _NO_NAME.search(name) for name in names
        ):
            for (start, end), name in zip(items, names, strict=True):
                if not all(marked[start:end]):
                    yield Candidate(start, end, "place", name, "list:place", RANK, cue=(items[0][0], done))


def _last_word(view: str, start: int, end: int, ends: Mapping[str, str]) -> str | None:
    if end - start not in _LENGTH or not _HAN.fullmatch(view, start, end) or _NO_NAME.search(view, start, end):
        return None
    return next((word for word in ends if view.endswith(word, start, end)), None)


def _name(
    view: str, words: Words, marked: bytearray, start: int, end: int, last: str, region: str | None
) -> str | None:
    """Return the full name of what stands at `[start, end)`, None if it is only a kind of thing."""
    table, name = rules().winners, view[start:end]
    if (
        not (words.is_boundary(start) and words.is_boundary(end))
        or name.endswith(table.plain)
        or all(marked[start:end])
    ):
        return None
    home = parse_region(region)
    if name in table.departments:  # the document's own place has one of them
        return home.name + name if home and home.level != "country" else None
    head = end - len(last)
    pieces = trim(view, search(view, words, marked, head, complete=True))
    if not pieces or pieces[0].start not in (start, start + (view[start] in "上下")):  # 上柳 | 司法所
        return None
    if not (last in table.settled or _tells(view, marked, pieces)):
        return None
    own = _OWN.match(name)
    place = division_of(own.group(), region) if own and last in table.ends["org"] else None
    return place.name + name[own.end() :] if own and place else name


def _tells(view: str, marked: bytearray, pieces: list[Piece]) -> bool:
    """Whether what stands before the last word is a name: proper, or one character that makes no word with it."""
    return is_proper(view, marked, pieces) or len(pieces[-1].text) == 1
