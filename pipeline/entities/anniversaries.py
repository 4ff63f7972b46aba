"""Celebrations of an anniversary: 自治区成立60周年庆祝活动, 纪念抗日战争胜利80周年大会."""

from collections.abc import Iterator

from pipeline.entities.candidate import Candidate
from pipeline.entities.organs import division_of
from pipeline.regex import Regex

RANK = 38

_REACH = 34  #: characters before the number in which the name begins
_CUE = Regex(
    "[0-9一二三四五六七八九十百][0-9一二三四五六七八九十百]{0,3}周年(?:系列)?(?:庆祝|纪念)?(?:系列)?(?:活动|大会|大庆|庆典|阅兵|招待会|座谈会|文艺晚会)"
)
#: What is celebrated, after the verb that governs it.
_OF = Regex(
    "(?:^|[，。；：、！？“”（）《》\\n\\u3000]|举行|举办|办好|组织好|听取|筹办|隆重|参加|出席|开展|做好|完成|召开|圆满|承办|保障|服务|组织|迎接|高规格|以|在|为|是|和|与|了)"
    "(?P<of>(?:纪念|庆祝)?(?:(?!举行|举办|隆重|参加|出席|开展|做好|办好|组织|听取|筹办|完成|召开|圆满|企业|公司|[在是了为以好])[\\u4e00-\\u9fff·]){1,30}"
    "(?:成立|胜利|诞辰|解放|会师|起义|战役|建[党国军校省市州县]|设立|直辖|回归(?:祖国)?|建交|通车|召开|发表|创刊))$"
)
_OWN = Regex("自治区|[省市县州区](?![委政直])")


def find_anniversaries(view: str, region: str | None) -> Iterator[Candidate]:
    """Yield the celebrations that `view` names; 自治区 and 省 at the beginning are the document's own."""
    for cue in _CUE.finditer(view) if "周年" in view else ():
        of = _OF.search(view, max(cue.start() - _REACH, 0), cue.start())
        if not of:
            continue
        start, end = of.start("of"), cue.end()
        name = view[start:end].replace("\n", "")
        own = _OWN.match(name)
        place = division_of(own.group(), region) if own else None
        if own and place:
            name = place.name + name[own.end() :]
        yield Candidate(start, end, "meeting", name, "anniversary", RANK, cue=cue.span())
