"""Persons named beside an office (省长 王某某), by an address (李某某同志) or by a title; leaders: the lexicon."""

import re
from collections.abc import Iterable, Iterator

from pipeline.entities.candidate import Candidate
from pipeline.entities.words import Words, in_dictionary, is_name, is_personal, is_toponym
from pipeline.regex import Regex

RANK = 45

_SURNAME = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤阴蓝栾安祝柳鲍左殷施耿焦俞霍翟詹樊关包冉"
)
_HAN = r"[\u4e00-\u9fff]"
_NAME = rf"(?:[{_SURNAME}]{_HAN}{{1,2}}|{_HAN}{{1,5}}·{_HAN}{{1,6}}|{_HAN} {_HAN})"
_OFFICE = "总理|代?省长|代?市长|自治区代?主席|主席|书记|主任|县长|区长|州长|记者|通讯员|作者|编辑|摄影"
_BYLINE = Regex(rf"(?<![^\n\u3000 （）报府院])(?:{_OFFICE})[ \u3000\n]{{1,6}}(?P<name>{_NAME})(?![^ \u3000\n（）摄文])")
_ADDRESSED = Regex(rf"(?<![^，。、；（以和是])(?P<name>[{_SURNAME}]{_HAN}{{1,2}})(?=同志|总书记|院士)")
_BYLINE_CUE = Regex("[理长席记任者员辑影](?=[ \u3000\n])")
_BYLINE_SPAN = 24
#: Who is given a title: three characters, so that no town is taken for one (韩城被评为…).
_HONOURED = Regex(rf"(?<![\u4e00-\u9fff])(?P<name>[{_SURNAME}]{_HAN}{{2}})(?=被授予|当选)")
_HONOURED_CUE = Regex("被授予|当选")
_NO_PERSON = Regex("[市县区州省村镇乡街路岛山河湖港院校所社局厂矿司队组站馆桥线奖部厅会]$")
_ADDRESS_CUE = Regex("同志|总书记|院士|烈士")
_TOGETHER_REACH = 90  #: characters of a list of persons
_LAST = 10  #: characters between the last separator of such a list and what closes it
_PERSON = rf"[{_SURNAME}]{_HAN}{{1,2}}"
_ADDRESSED_TOGETHER = Regex(
    rf"(?<![\u4e00-\u9fff])(?P<names>(?:{_PERSON}、){{1,20}}{_PERSON})(?=等?(?:[0-9一二三四五六七八九十]+[名位])?(?:同志|烈士|院士))"
)
#: A line that is an office and a name: 自治区主席 某某.
_SIGNED = Regex(
    rf"^[\u3000 ]*{_HAN}{{0,12}}(?:总理|省长|市长|主席|书记|县长|区长|州长|盟长)[ \u3000]{{1,4}}"
    rf"(?P<name>{_HAN}{{2,5}}(?:·{_HAN}{{1,6}})?)[ \u3000]*$",
    re.MULTILINE,
)
#: A name of two parts, as many peoples have them; not in quotation marks, where · joins the halves of a motto.
_TWO_PARTS = Regex(
    rf"(?P<first>{_HAN}{{2,5}})·(?P<last>{_HAN}{{2,5}}?)(?=[^\u4e00-\u9fff·”》]|$|等|同志|代表|院士|先生|主席|总统|总理|作[了出]?|为|的|在)"
)
_NO_FIRST_PART = Regex(r"[“《·\u4e00-\u9fff]")
_PART_REACH = 5  #: characters of the first part
_TITLED = "楷模|模范|标兵|军人|奋斗者|好人|英雄|先锋|工匠|教师|医生|功臣|获得者|村官|支书|劳模|战士|民警|勋章"
#: Who is praised under a title (“时代楷模”某某某), and who is the first of many (某某某等人).
_PRAISED = Regex(rf"”(?P<name>[{_SURNAME}]{_HAN}{{1,2}})(?=[、，。；]|等)")
_FIRST_CUE = Regex("等(?:人|同志|英雄|模范|先进|典型|烈士)")
_FIRST = Regex(rf"[的、](?P<name>[{_SURNAME}]{_HAN}{{2}})$")
_ROLE = Regex(
    rf"(?:英雄|军人|少年|运动员|选手|志愿者|民警|村医|校长|支书|人选)(?P<name>[{_SURNAME}]{_HAN}{{1,2}})"
    "(?=[、，。；]|等|勇夺|荣获|夺得|获得|当选|入选)"
)
#: Who holds an office, right after it: 市委书记李某某出席.
_HOLDING_CUE = Regex(f"[长记席任理官师裁导](?=[{_SURNAME}])")
_HOLDING = Regex(
    rf"(?P<name>[{_SURNAME}]{_HAN}{{1,2}}?)(?=[，。、；：！（）\n\u3000 ]|同志|出席|参加|主持|调研|讲话|致[辞词]|代表"
    "|说|表示|指出|强调|介绍|带队|一行|率|会见|宣布|深入|陪同|等人|作报告|作了|作政府|在会上|在致辞"
    "|会见|来到|在|为|与|和|到|赴|受邀|现场|当选|被)"
)
_OFFICES = (
    *(
        "领导",
        "省长",
        "市长",
        "区长",
        "县长",
        "州长",
        "盟长",
        "旗长",
        "镇长",
        "乡长",
        "部长",
        "局长",
        "厅长",
        "院长",
        "校长",
        "馆长",
    ),
    *(
        "董事长",
        "秘书长",
        "会长",
        "理事长",
        "总经理",
        "总裁",
        "书记",
        "主席",
        "主任",
        "总理",
        "检察长",
        "检察官",
        "总工程师",
    ),
)
#: Who stands in a list beside somebody known: 焦裕禄、| 某某某 |等.
_AFTER_KNOWN = Regex(rf"[、和](?P<name>[{_SURNAME}]{_HAN}{{1,2}})(?=[、，。；]|等|和|的|同志)")
_BEFORE_KNOWN = Regex(rf"(?:[、，：习]|学习|像)(?P<name>[{_SURNAME}]{_HAN}{{1,2}})[、和]$")
_TITLE_BEFORE = Regex(rf"(?:{_TITLED})”$")


def find_persons(view: str, words: Words, known: Iterable[tuple[int, int]] = ()) -> Iterator[Candidate]:
    """Yield the persons that an office, an address, a title or the form of a name shows in `view`.

    `known` gives where somebody stands who is known: those listed beside them are persons too.
    """
    for start, end in known:
        yield from _listed_beside(view, start, end)
    for signed in _SIGNED.finditer(view):
        yield Candidate(*signed.span("name"), "person", signed["name"], "byline", RANK)
    dot = view.find("·")
    while dot >= 0:
        start = dot
        while start > max(dot - _PART_REACH, 0) and "\u4e00" <= view[start - 1] <= "\u9fff":
            start -= 1
        parts = _TWO_PARTS.match(view, start)
        if (
            parts
            and not (start and _NO_FIRST_PART.match(view, start - 1))
            and not (
                _is_wording(view, words, start, parts.end("first")) or _is_wording(view, words, dot + 1, parts.end())
            )
        ):
            yield Candidate(start, parts.end(), "person", parts.group(), "named", RANK)
        dot = view.find("·", dot + 1)
    for praised in _find_praised(view):
        if not in_dictionary(praised["name"]):
            yield Candidate(*praised.span("name"), "person", praised["name"], "named", RANK)
    for cue in _BYLINE_CUE.finditer(view):
        byline = _BYLINE.search(view, max(cue.start() - 4, 0), cue.end() + _BYLINE_SPAN)
        if byline and byline.start() <= cue.start():
            name = byline["name"].replace(" ", "")
            yield Candidate(byline.start("name"), byline.end("name"), "person", name, "byline", RANK)
    for cue in _HOLDING_CUE.finditer(view):
        at = cue.end()
        holding = _HOLDING.match(view, at) if view.endswith(_OFFICES, 0, at) else None
        if holding and _is_called(words, at, holding.end("name"), view):
            yield Candidate(at, holding.end("name"), "person", holding["name"], "named", RANK)
            yield from _listed_beside(view, at, holding.end("name"))
    for cue in _HONOURED_CUE.finditer(view):
        honoured = _HONOURED.search(view, max(cue.start() - 3, 0), cue.end())
        if honoured and not _NO_PERSON.search(honoured["name"]):
            yield Candidate(*honoured.span("name"), "person", honoured["name"], "honoured", RANK)
    done = 0
    for cue in _ADDRESS_CUE.finditer(view):
        at = cue.start()
        if match := _ADDRESSED.search(view, max(at - 3, 0), cue.end()):
            yield Candidate(match.start("name"), match.end("name"), "person", match["name"], "addressed", RANK)
        if "、" in view[max(at - _LAST, done) : at] and (
            listed := _ADDRESSED_TOGETHER.search(view, max(at - _TOGETHER_REACH, done), cue.end())
        ):
            start, done = listed.start("names"), listed.end()
            for name in listed["names"].split("、"):
                yield Candidate(start, start + len(name), "person", name, "addressed", RANK)
                start += len(name) + 1


def _listed_beside(view: str, start: int, end: int) -> Iterator[Candidate]:
    """Yield who stands in a list right after and right before the person at `[start, end)`."""
    while (match := _AFTER_KNOWN.match(view, end)) and _may_be(view, *match.span("name")):
        end = match.end()
        yield Candidate(*match.span("name"), "person", match["name"], "named", RANK)
    while (match := _BEFORE_KNOWN.search(view, max(start - 6, 0), start)) and _may_be(view, *match.span("name")):
        start = match.start("name")
        yield Candidate(*match.span("name"), "person", match["name"], "named", RANK)


def _may_be(view: str, start: int, end: int) -> bool:
    """Whether `[start, end)` in a list of persons may be another: no word and no place."""
    name = view[start:end]
    return (not in_dictionary(name) or is_name(name)) and not _NO_PERSON.search(name)


def _is_called(words: Words, start: int, end: int, view: str) -> bool:
    """Whether what stands at `[start, end)` is a person's name by its words (唐|登|杰), not wording (高度重视)."""
    pieces = list(words.between(start, end))
    if not words.is_boundary(start) or sum(length for _, length in pieces) != end - start:
        return False
    return all(
        length == 1 or is_name(word := view[at : at + length]) or (at > start and is_toponym(word))
        for at, length in pieces
    )


def _find_praised(view: str) -> Iterator[re.Match[str]]:
    for praised in _PRAISED.finditer(view):
        if _TITLE_BEFORE.search(view, max(praised.start() - 8, 0), praised.start("name")):
            yield praised
    yield from _ROLE.finditer(view)
    for cue in _FIRST_CUE.finditer(view):
        if first := _FIRST.search(view, max(cue.start() - 4, 0), cue.start()):
            yield first


def _is_wording(view: str, words: Words, start: int, end: int) -> bool:
    """Whether part of a name is made of ordinary words (行走河南, 科学): then it is none."""
    return all(length > 1 and not is_personal(view[at : at + length]) for at, length in words.between(start, end))
