"""Plans that a name and what is planned for it make together: 落实 | 太原都市圈国土协同规划."""

from collections.abc import Iterator, Sequence

from pipeline.entities.candidate import Candidate
from pipeline.regex import Regex

RANK = 21  # what is planned for a name says more than the head alone

_OF = ("place", "project", "plan", "meeting", "company")
_SPARE = frozenset(("中国", "全国"))
_REACH = 8  #: characters before the name in which the verb stands
#: Whoever writes a plan or carries it out.
_GOVERNED = Regex("(?:落实|编制|制定|实施|出台|印发|发布|批复|贯彻|执行|完善|修编|获批|完成)(?:了|好|实施|落实|发布)?$")
_PLANNED = Regex(
    "(?P<what>(?:(?![的和与及等在对将了为以])[\u4e00-\u9fff]){0,10}?)(?:总体|实施|专项)?(?:规划纲要|规划|方案|纲要)(?=[，。；、）”\n]|和|及|等|任务|目标|$)"
)


def find_planned(view: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the plans for what is `found`, where a verb of planning stands before its name."""
    for named in found:
        if named.type not in _OF or view[named.start : named.end] in _SPARE:
            continue
        plan = _PLANNED.match(view, named.end)
        if plan is None or (named.type == "place" and not plan["what"]):
            continue  # 大同 | 规划 is somebody's deed
        if _GOVERNED.search(view, max(named.start - _REACH, 0), named.start):
            name = view[named.start : plan.end()].replace("“", "").replace("”", "")
            cue = (named.end, plan.end())
            yield Candidate(named.start, plan.end(), "plan", name, "head:planned", RANK, cue=cue)
