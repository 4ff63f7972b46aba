"""Organs, sessions and plans whose full name follows from the document: 省委, 市政府, 二十届三中全会, “十四五”.

省 and 市 are those of the document's region. Names and numbers of sessions are written out:
中国共产党第二十届中央委员会第三次全体会议.
"""

import re
from collections.abc import Iterator

from pipeline.document import Document
from pipeline.entities.candidate import Candidate
from pipeline.places import Place, own_place, parse_region

RANK = 50

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_DIVISION = "[\u4e00-\u9fff]{2,8}?(?:自治区|自治州|省|市|县|区|州|盟|旗)"

#: What an organ is called in short → in full, after the name of its division.
_PARTY = {
    "委宣传部": "委宣传部",
    "委组织部": "委组织部",
    "委统战部": "委统一战线工作部",
    "委政法委": "委政法委员会",
    "委办公厅": "委办公厅",
    "委办公室": "委办公室",
    "委党校": "委党校",
    "委": "委员会",
}
_STATE = {
    "人民代表大会常务委员会": "人民代表大会常务委员会",
    "人大常委会": "人民代表大会常务委员会",
    "人民代表大会": "人民代表大会",
    "人大": "人民代表大会",
    "人民政府办公厅": "人民政府办公厅",
    "政府办公厅": "人民政府办公厅",
    "政府办公室": "人民政府办公室",
    "人民政府": "人民政府",
    "政府": "人民政府",
    "军区": "军区",
    "纪委监委": "纪委监委",
    "纪委": "纪律检查委员会",
    "监委": "监察委员会",
    "高级人民法院": "高级人民法院",
    "法院": "高级人民法院",
    "检察院": "人民检察院",
}
_ORGAN = re.compile(
    rf"(?P<lead>中国共产党|中共)?(?P<division>{_DIVISION}|自治区|省|市|县|州)党?"
    rf"(?P<organ>{'|'.join(sorted({*_PARTY, *_STATE, '政协', '工商联', '总工会', '妇联'}, key=len, reverse=True))})"
    r"(?![员派托任会])"
)
_OWN_WORD = {"省": "全省", "市": "全市", "县": "全县", "区": "全区", "自治区": "全区", "州": "全州"}

_PARTY_CONGRESS = re.compile(rf"(?:党的|中共|中国共产党)第?({_NUMERAL})(?:大(?![家会规型力])|次全国代表大会)")
_PLENUM = re.compile(
    rf"(?P<party>党的|中共|中国共产党)?第?(?P<term>{_NUMERAL})届(?:中央委员会)?"
    rf"(?:(?P<number>{_NUMERAL})中全会|第(?P<long>{_NUMERAL})次全体会议|(?P<all>历次全会))"
)
_FURTHER_PLENUM = re.compile(rf"[、和](?P<number>{_NUMERAL})中全会")
_LOCAL_PLENUM = re.compile(
    rf"(?P<who>省委|市委|县委|区委|自治区党委|州委)(?P<term>{_NUMERAL})届(?:(?P<number>{_NUMERAL})次全会|(?P<all>历次全会)|{_NUMERAL}次全体会议)"
)
_LOCAL_MEETING = re.compile(r"(?P<who>省委|市委|县委|区委|自治区党委|州委)(?P<what>(?:经济|农村|城市|人才)工作会议)")
_CONGRESS = re.compile(
    rf"(?P<who>{_DIVISION}|全国|省|市|自治区)?第?(?P<term>{_NUMERAL})届(?P<who2>全国|省|市)?(?:人民代表大会|人大|政协)(?:第?(?P<number>{_NUMERAL})次(?:全体)?会议)?"
)
_FIVE_YEAR = re.compile(
    rf"(?P<open>“)(?P<number>一|二|三|四|五|六|七|八|九|十[一二三四五]?)五(?P<close>”)(?P<head>规划纲要|计划纲要|规划|计划)?"
)
_FIVE_YEAR_LONG = re.compile(
    rf"(?:国民经济和社会发展)?第(?P<number>{_NUMERAL})个五年(?P<head>规划纲要|计划纲要|规划|计划)"
)


def find_organs(doc: Document) -> Iterator[Candidate]:
    """Yield organs, sessions and five-year plans named in `doc`."""
    yield from _organs(doc)
    yield from _sessions(doc)
    yield from _plans(doc.view)


def division_of(word: str, region: str | None) -> Place | None:
    """Return the division that 省, 市 … means in a document of `region`."""
    return own_place(_OWN_WORD[word], region) if word in _OWN_WORD else None


def _organs(doc: Document) -> Iterator[Candidate]:
    view, region = doc.view, doc.metadata.region
    for match in _ORGAN.finditer(view):
        organ, written = match["organ"], match["division"]
        start = match.start()
        own = written in _OWN_WORD
        place = division_of(written, region) if own else parse_region(_tail(written))
        if not own:
            if place is None:
                continue
            if match["lead"] is None:
                start = match.end("division") - len(_tail(written))
        if own and view[start - 1 : start] in _OWN_LEFT:
            continue
        name = place.name if place else written
        if organ in _PARTY:
            if not own and match["lead"] is None and organ == "委":
                canonical = f"中共{name}委员会"
            else:
                canonical = f"中共{name}{_PARTY[organ]}"
        elif organ == "政协":
            canonical = f"中国人民政治协商会议{name}委员会"
        else:
            canonical = name + _STATE.get(organ, organ)
        yield Candidate(start, match.end(), "org", canonical, "organ", RANK)


#: Characters before 省, 市 … that make them part of another word or count them (各省, 两市, 城市).
_OWN_LEFT = tuple("各两几城都该外他本邻我全三四五六七八九十个进直中分")


def _tail(written: str) -> str:
    """Cut from a greedy left context what is no division (在湖南省 → 湖南省)."""
    for cut in range(len(written) - 1):
        if parse_region(written[cut:]) is not None and _whole(written[cut:]):
            return written[cut:]
    return written


def _whole(name: str) -> bool:
    place = parse_region(name)
    return place is not None and name.endswith(place.name)


def _sessions(doc: Document) -> Iterator[Candidate]:
    view, region = doc.view, doc.metadata.region
    for match in _PARTY_CONGRESS.finditer(view):
        canonical = f"中国共产党第{match[1]}次全国代表大会"
        yield Candidate(match.start(), match.end(), "meeting", canonical, "session", RANK)
    for match in _PLENUM.finditer(view):
        yield Candidate(match.start(), match.end(), "meeting", _plenum(match, match["term"]), "session", RANK)
        at = match.end()
        while further := _FURTHER_PLENUM.match(view, at):
            name = f"中国共产党第{match['term']}届中央委员会第{further['number']}次全体会议"
            yield Candidate(further.start() + 1, further.end(), "meeting", name, "session", RANK)
            at = further.end()
    for match in _LOCAL_PLENUM.finditer(view):
        who = division_of(match["who"][:-2] if match["who"].endswith("党委") else match["who"][:-1], region)
        name = f"中共{who.name}委" if who else match["who"]
        canonical = name + view[match.end("who") : match.end()]
        yield Candidate(match.start(), match.end(), "meeting", canonical, "session", RANK)
    for match in _LOCAL_MEETING.finditer(view):
        who = division_of(match["who"][:-2] if match["who"].endswith("党委") else match["who"][:-1], region)
        canonical = (f"中共{who.name}委" if who else match["who"]) + match["what"]
        yield Candidate(match.start(), match.end(), "meeting", canonical, "session", RANK)
    for match in _CONGRESS.finditer(view):
        yield from _congress(match, region)


def _plenum(match: re.Match[str], term: str) -> str:
    head = f"中国共产党第{term}届中央委员会"
    if match["all"]:
        return head + "历次全体会议"
    return f"{head}第{match['number'] or match['long']}次全体会议"


def _congress(match: re.Match[str], region: str | None) -> Iterator[Candidate]:
    who = match["who"] or match["who2"] or ""
    start = match.start()
    if who in _OWN_WORD:
        place = division_of(who, region)
        who = place.name if place else who
    elif who not in ("全国", ""):
        who = _tail(who)
        start = match.end("who") - len(who)
        if parse_region(who) is None:
            return
    text = match.group()
    body = "人民代表大会" if "政协" not in text else "政协"
    number = f"第{match['number']}次会议" if match["number"] else ""
    if body == "政协":
        canonical = f"{who}政协第{match['term']}届会议{number}"
    elif who in ("全国", ""):
        canonical = f"第{match['term']}届全国人民代表大会{number}"
    else:
        canonical = f"{who}第{match['term']}届人民代表大会{number}"
    yield Candidate(start, match.end(), "meeting", canonical, "session", RANK)


def _plans(view: str) -> Iterator[Candidate]:
    for match in _FIVE_YEAR.finditer(view):
        number, head = match["number"], match["head"]
        kind = "规划" if len(number) == 2 else "计划"
        canonical = f"{number}五{head or kind}"
        start, end = (match.start(), match.end()) if head else (match.end("open"), match.start("close"))
        yield Candidate(start, end, "plan", canonical, "five_year_plan", RANK)
    for match in _FIVE_YEAR_LONG.finditer(view):
        canonical = f"第{match['number']}个五年{match['head']}"
        yield Candidate(match.start(), match.end(), "plan", canonical, "five_year_plan", RANK)
