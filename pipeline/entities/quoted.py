"""Names that marks show: titles in 《》, and a quotation with a head noun behind it (“人工智能+”行动)."""

import re
from collections.abc import Iterator

from pipeline.entities.candidate import Candidate

RANK = 30

_TITLE = re.compile(r"《[^《》\n]{2,60}》(?:（草案）)?")
_WORK = re.compile(r"(?:电视剧|电影|歌曲|舞剧|话剧|纪录片|图书|小说|动画|歌剧|影片|游戏)[^。，]{0,6}$")
_QUOTED_HEADS = {
    "policy": "人才政策|政策|机制|制度|模式|就诊模式|服务模式|改革模式|管理模式|治理模式|工作法|工作体系|任务清单|办法",
    "plan": "行动|专项行动|行动计划|计划|规划|战略|战略目标|总目标|发展战略|工程计划|美好蓝图|攻坚战|攻坚行动|主题活动|活动",
    "project": "工程|项目|号|卫星|火箭|飞船|品牌|平台",
}
_QUOTED = re.compile(
    "“(?P<inner>[^“”\n。]{1,24})”(?P<second>“[^“”\n。]{1,24}”)?(?:"
    + "|".join(f"(?P<{kind}>{heads})" for kind, heads in _QUOTED_HEADS.items())
    + ")"
)


def find_quoted(view: str) -> Iterator[Candidate]:
    """Yield titles and quoted names with their heads."""
    for match in _TITLE.finditer(view):
        if not _WORK.search(view, max(match.start() - 12, 0), match.start()):
            name = match.group().strip("《》")
            yield Candidate(match.start(), match.end(), "document", name, "title", RANK)
    for match in _QUOTED.finditer(view):
        kind = next(k for k in _QUOTED_HEADS if match[k])
        canonical = match.group().replace("“", "").replace("”", "")
        yield Candidate(match.start(), match.end(), kind, canonical, "quoted_head", RANK)
