"""Where a meeting is held: 在云州宾馆礼堂隆重开幕."""

from collections.abc import Iterator

from pipeline.entities.candidate import Candidate
from pipeline.entities.lexicon import known_names
from pipeline.entities.organs import division_of
from pipeline.regex import Regex

RANK = 36

_CUE = Regex("(?:举行|召开|开幕|闭幕|开馆)")
_REACH = 24  #: characters before it in which the name begins
_HELD = Regex(
    "在(?P<name>(?:(?![的了和与及在等]|政府|政协|常委|大学|学院)[\u4e00-\u9fff]){2,14}?"
    "(?:宾馆|饭店|酒店|会堂|礼堂|剧院|体育馆|体育场|会议中心|会展中心|展览中心|博览中心|展览馆|文化宫|俱乐部)"
    "(?:[0-9一二三四五六七八九十]+[楼号])?(?:中央大厅|大礼堂|礼堂|大厅|多功能厅|会议厅|会议室|剧场)?)"
    "(?:隆重|胜利|圆满|成功|正式|顺利)?$"
)
_CITY = 2  #: characters of a city's short name
_OWN = Regex("自治区|[省市县区州]")


def find_venues(view: str, marked: bytearray, region: str | None) -> Iterator[Candidate]:
    """Yield the buildings in which something is held: those of a place that is named, or of the document's own."""
    for cue in _CUE.finditer(view):
        held = _HELD.search(view, max(cue.start() - _REACH, 0), cue.start())
        if not held:
            continue
        start, end = held.span("name")
        own = _OWN.match(view, start)
        place = division_of(own.group(), region) if own else None
        if marked[start] or place:
            name = view[start:end] if place is None or own is None else place.name + view[own.end() : end]
            known = known_names().get(name[_CITY:])  # 北京 | 人民大会堂
            yield Candidate(start, end, "place", known.canonical if known else name, "venue", RANK, cue=cue.span())
