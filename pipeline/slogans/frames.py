"""The words around a list that tie it to the slogan behind it, or that say it is none of its own.

A preposition and what answers to it (以甲、乙为主体的…, 在甲、乙上实现…, 把甲、乙作为…), and what the items reach
(甲、乙取得…). Those who are told to do something (各县、各部门要落实…) are no members of it.
"""

from pipeline.regex import Regex
from pipeline.slogans.lexicon import lexicon
from pipeline.slogans.lists import CONJUNCTION, Range, split, without_roles

_DUTY = (
    r"(?:落实|做到|执行|坚持|坚守|遵守|履行|贯彻|严守|守住|守牢|践行|牢记|树立|增强|接受|参与|开展|推进|实施|推行|抓好|用好|争做|争当|当好|提供|给予|发放|实行)"
    r"(?:好|了)?$"
)
_TOLD = Regex(
    r"(?:(?:[要须应]|都要|应当|必须|认真|切实|严格|坚决|自觉|全面|带头|主动|积极|共同|负责)++"
    r"|[两三四五六七八九十]{1,2}[个家名级][\u4e00-\u9fff]{1,8}?|(?:干部|部门|单位|企业|党员|群众|机关|乡镇|街道|人员|学校|银行)[\u4e00-\u9fff]{0,4}?)"
    + _DUTY
)
_DONE = Regex(_DUTY)
_ASKED = Regex(r"[^要]{2,}[要须应](?:当|该)?([\u4e00-\u9fff]{2,6})$")
_WENT = Regex(r"(?:多次|纷纷|先后|亲自|一致|专题|反复|及时|带队|深入)[\u4e00-\u9fff]{2}$")
_WORD = 2


def framed(view: str, start: int, end: int) -> Range | None:
    """Return the list in the clause `[start, end)` without the words around it; None where there are none."""
    first = view.find("、", start, end)
    joints = [match.span() for match in CONJUNCTION.finditer(view, start + 1, end - 1)]
    if first < 0 and not joints:
        return None
    head = first if first >= 0 else joints[0][0]
    last = max([view.rfind("、", start, end) + 1, *(joint[1] for joint in joints)])
    if without_roles(view, items := split(view, start, end, "、")) != items:
        return None  # 以甲为主体、乙为补充、丙为托底的: each has its own
    for frame in lexicon().frames:
        openings = list(frame.opens.finditer(view, start, head))
        closing = frame.closes.search(view, last + 1, end) if openings else None
        if closing and (_reaches(view, closing.end(), end) if frame.reaches else closing.end() == end):
            return openings[-1].end(), closing.start()
    return None


def reached_at(view: str, start: int, end: int) -> int:
    """Return where in the last item of a list it begins to be said what all of them reach (甲、乙、丙|均取得)."""
    words = lexicon().reaching
    return next((at for at in range(start, end) if words.length_at(view, at, end) and _reaches(view, at, end)), end)


def achieved_at(view: str, items: list[Range]) -> int:
    """Return where the last of `items` ends, before what all of them reach (甲、乙、丙|实现两位数增长)."""
    start, end = items[-1]
    words = lexicon().reaching
    if end - start <= max(e - s for s, e in items[:-1]) + 2 * _WORD:
        return end
    if any(words.length_at(view, at, e) > 1 for s, e in items[:-1] for at in range(s, e)):
        return end
    return next((at for at in range(start + _WORD, end - _WORD) if words.length_at(view, at, end) > 1), end)


def _reaches(view: str, start: int, end: int) -> bool:
    """Whether `[start, end)` is made of words that govern and says that something is reached (率先实现)."""
    words, at, reaches = lexicon(), start, False
    while at < end:
        size = words.reaching.length_at(view, at, end)
        reaches = reaches or size > 0
        size = size or words.governors.length_at(view, at, end)
        if not size:
            return False
        at += size
    return reaches


def told(view: str, items: list[Range]) -> bool:
    """Whether the last of `items` ends with what they are told to do (各县|要落实), or what is done for them."""
    start, end = items[-1]
    if _TOLD.search(view, start, end) or _WENT.search(view, start, end):
        return True
    asked = _ASKED.search(view, start, end)
    if asked and lexicon().long_verbs.length_before(view, end, asked.start(1)):
        return True
    return view[items[0][0] - 1] in "对给向为" and _DONE.search(view, start + 1, end) is not None
