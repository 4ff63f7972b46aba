"""Members of a coordination that leave their head to the last: 太湖、云龙湖实验室, 曲靖、祥云等4家经开区.

The last one stands whole in the text or the head follows 等 and a number. What stands before it in the row is a name
of the same kind, be it a bare place or a word that no dictionary has; its canonical name has the head.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.entities.candidate import Candidate
from pipeline.entities.extents import origin, stretch
from pipeline.entities.full_forms import full_form
from pipeline.entities.heads import Group, rules
from pipeline.entities.words import Words, in_dictionary, is_name, is_toponym, is_trademark
from pipeline.places import Place, resolve
from pipeline.regex import Regex, around

RANK = 45  # above the places that the members are else
_SEPARATORS = frozenset("、和与及")
_ITEM = range(2, 6)  #: characters of a member
_QUALIFIED = 4  #: characters of a name with one word of what it is for (深儋 | 合作)
_VERB = 2  #: characters of a verb that words hide: 续建 | 安罗
_SETTLEMENTS = ("村", "镇", "乡")
_SIGHTS = tuple("寺庙祠陵阁塔宫墓")  #: what ends on one says of what kind it is, and so do those in a row with it
_PURPOSES = ("合作", "共建", "国际", "国家", "协同")
_SUMMED = frozenset("两三四五")  # 甲、乙两市共建实验室
_PLAIN = frozenset("新老旧大小高低多中各全该")
_HAN = Regex("[\u4e00-\u9fff]+")
_HAN_OR_DASH = Regex("[\u4e00-\u9fff—]+")
_PART_OF = "(?:[\u4e00-\u9fff]{2,4}段|（[\u4e00-\u9fff]{2,8}）|改扩建(?:工程)?|[一二三四]期)?"
_TYPES = ("project", "place", "org")


@cache
def _patterns() -> tuple[Regex, Regex]:
    heads = "|".join(sorted(rules().shared, key=len, reverse=True))
    count = "[0-9一二两三四五六七八九十]+[余多]?[个家座条处项大]"
    kind = "(?:重点|主要|国家级|省级|国家(?!公园|文化|考古|湿地)|大型|中型|全国重点|省)?"
    summed = Regex(f"(?:等(?:{count})?|{count}){kind}(?P<head>{heads})(?![群体圈化型内外级馆]|城市|集群|博物)")
    return summed, Regex(f"(?:{heads}){_PART_OF}$")


#: How many houses a row names, with what they are: 云岭智能装备、霞溪生物制造 | 2个平台.
_HOUSED = Regex(
    "(?P<etc>等)?(?P<count>[0-9]{1,2}|[两二三四五六七八九]|[一二]?十[一二三四五六七八九]?)[个家]"
    "(?P<head>(?:“[^“”\n]{2,8}”)?(?:(?![的和与及等])[\u4e00-\u9fff]){0,8}?(?:集群|平台|实验室))"
    "(?=[，。；、\n]|入选|获|进入|纳入|列入|投|揭牌|落[地户]|$)"
)
_COUNTED = Regex("[个家](?<=[0-9两二三四五六七八九十].)")
_NUMBER_REACH = 4  #: characters of the number, with 等
_HOUSED_SPAN = 40
_HOUSES_REACH = 80  #: characters of the row
_HOUSE = range(4, 17)  #: characters of what such a house is called
_NUMERALS = "零一二三四五六七八九十"


def _find_housed(view: str, words: Words, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield what a row of names and their number says to be houses: 创建青灵白有色金属、宝丰朔机床2个…集群."""
    starts = {c.start for c in found}
    for total in around(_HOUSED, _COUNTED, view, reach=_NUMBER_REACH, span=_HOUSED_SPAN):
        floor = max(total.start() - _HOUSES_REACH, 0)
        at = max(floor, *(view.rfind(mark, floor, total.start()) + 1 for mark in "，。；：\n"))
        row, end = [], total.start()
        while end > at:
            start = max(view.rfind("、", at, end) + 1, at)
            row.append((start, end))
            end = start - 1
        first, last = row.pop() if row else (0, 0)
        led = [a + n for a, n in words.between(first, last) if view[a : a + n] in rules().governing]
        row.append((max(led, default=first), last))
        numbered = total["count"] in (str(len(row)), _NUMERALS[min(len(row), 10)], "两" if len(row) == 2 else "")
        if not all(stop - start in _HOUSE and _HAN_OR_DASH.fullmatch(view, start, stop) for start, stop in row):
            continue
        named = [start in starts or _opens_unknown(view, words, start) for start, _ in row]
        if all(named) if total["etc"] else (numbered and len(row) > 1 and any(named)):
            for start, stop in row:
                name = (view[start:stop] + total["head"]).replace("“", "").replace("”", "")
                yield Candidate(start, stop, "project", name, "list:shared", RANK, cue=total.span())


def _opens_unknown(view: str, words: Words, start: int) -> bool:
    """Whether two characters at `start` make no word."""
    return words.is_boundary(start + 1) and words.is_boundary(start + 2) and not in_dictionary(view[start : start + 2])


@cache
def _heads() -> tuple[str, ...]:
    """Return what shows a member to be a name with a head of its own."""
    return tuple(word for group in rules().heads for word in group.words if len(word) > 1 and group.type in _TYPES)


@cache
def _groups() -> dict[str, Group]:
    return {word: group for group in rules().heads for word in group.words if word in rules().shared}


def find_shared(view: str, words: Words, found: Sequence[Candidate], region: str | None) -> Iterator[Candidate]:
    """Yield the members without their head of the rows whose last member, or whose sum, has it."""
    yield from _find_housed(view, words, found)
    summed, headed = _patterns()
    ends = {c.end: c for c in found}
    for last in found:
        if (
            last.type in _TYPES
            and view[last.start - 1 : last.start] in _SEPARATORS
            and not view.startswith("等", last.end)  # 青石岗、云冈石窟等遗址: of what kind they are follows
        ):
            quote = view[last.start : last.end]
            if headed.search(quote):
                stem = _stem(quote)
                if stem and last.canonical.startswith(stem) and quote[len(stem)] not in _SUMMED:
                    cue = (last.start, last.end)
                    row = list(_members(view, words, ends, last.start, stem))
                    for start, end in [] if any(view.endswith(_SIGHTS, *member) for member in row) else row:
                        name = view[start:end] + last.canonical[len(stem) :]
                        yield Candidate(start, end, last.type, name, "list:shared", RANK, cue=cue)
    for match in summed.finditer(view):
        if not words.is_boundary(match.end()):
            continue
        group = _groups()[match["head"]]
        row = list(_members(view, words, ends, match.start() + 1, "", alone=view[match.start()] == "等"))
        for start, end in row:
            if len(row) > 1 or view[match.start()] == "等":
                part = view[match.end() : stretch(view, match.end())]
                name = full_form(view[start:end] + match["head"], group, region) + part
                yield Candidate(start, end, group.type, name, "list:shared", RANK, cue=match.span())


def _stem(quote: str) -> str:
    """Return what tells the last member from the others: the place it begins with, or what stands before its head."""
    head = next((h for h in sorted(rules().shared, key=len, reverse=True) if h in quote), "")
    stem = quote[: quote.find(head)] if head else ""
    while len(stem) >= _QUALIFIED and stem.endswith(_PURPOSES):
        stem = stem[:-2]
    place = next((stem[:n] for n in range(min(len(stem), 6), 1, -1) if resolve(stem[:n])), "")
    if place and len(stem) - len(place) != 1:
        return place
    return stem if len(stem) in _ITEM else ""


def _members(
    view: str, words: Words, ends: dict[int, Candidate], at: int, stem: str, *, alone: bool = False
) -> Iterator[tuple[int, int]]:
    """Yield the members of the row before the separator that ends at `at`, from the last to the first.

    `stem` is the name that the whole member has before its head; a division stands in a row with its like.
    """
    place = resolve(stem) if stem else None
    while at > 0 and (view[at - 1] in _SEPARATORS or not stem):
        end = at - 1
        known = ends.get(end)
        if known and known.type != "place":
            return
        start = _begin(view, words, ends, end)
        item = view[start:end]
        if not known and not _is_coined(item, view, words, start, end):
            return
        own = resolve(item)
        if item.endswith((*rules().not_shared, *_heads())) or _is_apart(place, own):
            return
        if not alone and item.endswith(_SETTLEMENTS):
            return  # 柳河村、青石岭遗址
        yield start, end
        stem, place = stem or item, own
        at = start


def _is_apart(place: Place | None, other: Place | None) -> bool:
    """Whether a country, or a place and one that it lies in, are no row (湖北、武汉经开区 is one zone)."""
    both = [p for p in (place, other) if p]
    within = len(both) > 1 and (both[0].name in both[1].parents or both[1].name in both[0].parents)
    return within or any(p.level == "country" for p in both)


def _begin(view: str, words: Words, ends: dict[int, Candidate], end: int) -> int:
    """Return where the member that ends at `end` begins: with its places, or with its last words after a verb."""
    table = rules()
    start = end
    while (place := ends.get(start)) and place.type == "place":
        start = place.start
    if start < end:
        return origin(view, start)
    while start > 0 and _HAN.match(view, start - 1) and view[start - 1] not in _SEPARATORS and end - start < _ITEM[-1]:
        place = ends.get(start)
        if place and place.type == "place":
            return place.start
        before = words.before(start, 0)
        text = view[before:start]
        initial = len(text) == 1 and view[before - 1] in _SEPARATORS  # 、本 | 桓宽高速
        if start < end and not initial and (text in table.governing or text in table.verbs):
            break
        start = before
    led = view[start : start + 2] in table.verbs or view[start : start + 2] in table.governing
    return start + _VERB if led and end - start > _VERB + 1 else start


def _is_coined(item: str, view: str, words: Words, start: int, end: int) -> bool:
    """Whether what is no place may be a name: a word that no dictionary has, nor one made of ordinary words."""
    table = rules()
    if len(item) not in _ITEM or not _HAN.fullmatch(item):
        return False
    parts = [view[a : a + n] for a, n in words.between(start, end)]
    plain = (table.generic, table.measure, table.governing, table.coined)
    if any(part in _PLAIN if len(part) == 1 else any(part in listed for listed in plain) for part in (item, *parts)):
        return False
    if in_dictionary(item):
        return is_toponym(item) or is_name(item) or is_trademark(item)
    return any(len(part) == 1 or is_toponym(part) for part in parts)
