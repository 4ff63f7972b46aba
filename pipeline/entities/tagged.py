"""Names that the statistical recogniser adds to what lexicon and grammar found.

It is asked only about sentences in which its answer can matter: those with a run of characters that make no
word and that no other source has explained. Of its answers only those count that the wording bears out: a
place ending in a word for one, an organ or firm ending in such a word or standing right after a place.
"""

from collections.abc import Iterator, Sequence

from pipeline.entities.candidate import Candidate
from pipeline.entities.recogniser import Recogniser
from pipeline.entities.words import Words
from pipeline.regex import Regex

RANK = 10
_PLACE_END = Regex("[村镇乡山河江湖岛寺塔沟峡湾滩洲岭海峰川溪泉城洞港]$")
_FIRM_END = Regex(
    "(?:科技|公司|集团|股份|电子|汽车|能源|材料|生物|制药|医药|重工|电气|时代|物流|传媒|光电|存储|智能|半导体|电联)$"
)
_ORGAN_END = Regex("(?:大学|学院|学校|中学|医院|研究院|研究所|协会|学会|联合会|委员会|局|厅|院|社|馆|台|中心)$")
_COMMON_END = Regex(
    "(?:乡村|农村|城中村|自然村|行政村|中心[村镇]|幸福村|镇村|万村|千村|低碳岛|银山|新时代|新能源汽车|产业学院|示范[村镇]|贫困村|建制镇)$"
)
_FUNCTION = frozenset(
    "的了和与及在是为对把将被由向从到于给让使以并且而但着过等要应可能会需已又还也都均不就才更最很有无这那其之所上下中里内外前"
    "后年月日元个人次项家万亿十百千一二三四五六七八九"
)


def find_tagged(
    view: str, sentences: Sequence[tuple[int, int]], words: Words, others: Sequence[Candidate], model: Recogniser
) -> Iterator[Candidate]:
    """Yield what `model` finds in `view` beyond the candidates of the `others`; `sentences` are view ranges."""
    covered = bytearray(len(view) + 1)
    place_ends: dict[int, int] = {}
    for candidate in others:
        covered[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
        if candidate.type == "place":
            place_ends[candidate.end] = candidate.start
    asked = [(start, end) for start, end in sentences if _is_open(view, words, covered, start, end)]
    for (offset, _), tagged in zip(asked, model.tag([view[s:e] for s, e in asked]), strict=True):
        for first, last, label in tagged:
            start, end = offset + first, offset + last
            if any(covered[start:end]) or end - start < 3 or not words.is_boundary(end):
                continue
            kind = _kind(view[start:end], label)
            if kind == "company":
                start = place_ends.get(start, start)
            if kind:
                yield Candidate(start, end, kind, view[start:end], f"model:{label}", RANK)


def _kind(name: str, label: str) -> str | None:
    if _COMMON_END.search(name):
        return None
    if label == "LOC" and _PLACE_END.search(name):
        return "place"
    if label == "ORG" and _FIRM_END.search(name):
        return "company"
    if label == "ORG" and _ORGAN_END.search(name) and len(name) > 3:
        return "org"
    return None


def _is_open(view: str, words: Words, covered: bytearray, start: int, end: int) -> bool:
    """Whether `[start, end)` has two characters side by side that make no word and belong to no name yet."""
    before = -2
    for at, length in words.between(start, end):
        if length == 1 and not covered[at] and view[at] not in _FUNCTION and "\u4e00" <= view[at] <= "\u9fff":
            if before == at - 1:
                return True
            before = at
    return False
