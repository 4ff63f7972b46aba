"""What laboratories are: bodies where they do something, works where they are built, kept or listed."""

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.entities.candidate import Candidate
from pipeline.regex import Regex

_LABORATORY = "实验室"
_WORKS = ("重点实验室", "国家实验室")  # kinds that the state sets up and lists
_CLAUSE = frozenset("，。；：！？\n\u3000")
_JOINED = frozenset("、和与及")
#: What is said of works, titles and lists, not of a body that acts.
_BEFALLS = Regex(
    "[，。；：、”》）\n]|$|等|(?:已|将|正式|顺利|全面|成功|相继|陆续|先后|加快|加速|稳定|高效|实质化?|实体化?){0,2}"
    "(?:建设|建成|启动|启用|运行|运营|投用|投入|开工|竣工|揭牌|挂牌|获批|成立|组建|落户|落地|落成|入选|纳入|入列|跻身|成为|通过|重组|布局|提档|升级|奠基|封顶|开建|筹建|入轨)"
)


def acting(view: str, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield `found`, which is in order, with the laboratories as bodies that are the subject of what is done.

    云岭实验室、霞湾实验室承担任务: alone or in a row they begin the clause, and what follows is no news of works.
    """
    for i, candidate in enumerate(found):
        if candidate.type != "project" or not view.endswith(_LABORATORY, candidate.start, candidate.end):
            yield candidate
            continue
        first = last = i
        while first > 0 and _is_joined(view, found[first - 1], found[first]):
            first -= 1
        while last + 1 < len(found) and _is_joined(view, found[last], found[last + 1]):
            last += 1
        start = found[first].start
        acts = (start == 0 or view[start - 1] in _CLAUSE) and not _BEFALLS.match(view, found[last].end)
        body = acts and not view.endswith(_WORKS, candidate.start, candidate.end)
        yield msgspec.structs.replace(candidate, type="org") if body else candidate


def _is_joined(view: str, left: Candidate, right: Candidate) -> bool:
    return right.start == left.end + 1 and view[left.end] in _JOINED
