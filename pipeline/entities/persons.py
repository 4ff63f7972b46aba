"""Persons beside an office (省长 王某某), by an address (李某某同志), in a byline or a list; leaders: the lexicon.

Surnames, offices and who signs reports are in ``data/persons.toml``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import NamedTuple

import msgspec
import tomli

from pipeline.entities.candidate import Candidate
from pipeline.entities.lexicon import known_names
from pipeline.entities.words import Words, in_dictionary, is_name, is_personal, is_toponym, is_verb
from pipeline.errors import DataError
from pipeline.places import resolve
from pipeline.regex import Regex

RANK = 45

_SOURCE = "pipeline/data/persons.toml"
_HAN = r"[\u4e00-\u9fff]"
_TITLES = "总理|代?省长|代?市长|自治区代?主席|主席|书记|主任|县长|区长|州长"
_BYLINE_CUE = Regex("[理长席记任者员辑影](?=[ \u3000\n])")
_BYLINE_SPAN = 24
#: What only persons win: 杜明毫、阮志成获评 | 全国劳动模范.
_PERSONAL_TITLE = Regex(
    "劳动模范|道德模范|好人(?<=[\u4e00-\u9fff]{2}好人)|红旗手|劳动奖章|青年奖章|时代楷模|大国工匠|优秀共产党员|见义勇为|最美[\u4e00-\u9fff]{2,4}[者人员师生]|十佳青年|奥运冠军|世界冠军|[金银铜]牌"
)
_TITLED_REACH = 46
_HONOURED_CUE = Regex("被授予|当选")
_NO_PERSON = Regex("[市县区州省村镇乡街路岛山河湖港院校所社局厂矿司队组站馆桥线奖部厅会]$")
_NO_PERSON_LISTED = Regex("[市县区州省村镇乡街路所社局厂矿司队组站部厅会院校馆线]$")
_ADDRESS_CUE = Regex(
    "同志|总书记|院士|烈士|教授|先生|女士|总理|省长|市长|县长|州长|区长|部长|书记|主席|大使|将军|元帅|夫人"
)
_TOGETHER_REACH = 90  #: characters of a list of persons
_LAST = 10  #: characters between the last separator of such a list and what closes it
_SIGNING = "总理|[省市县区州盟局厅院]长|主席|书记|主任|检察长|行长|校长|理事长|董事长"
_SPACED = rf"{_HAN}(?:[ \u3000]{{1,2}}{_HAN}){{1,3}}(?!{_HAN})"  # a name spread over its line: 李 某 某
#: A line of offices, each with its name: 自治区主席 某某, 县委书记 某某 县长 某某.
_SIGNED = Regex(
    rf"^[\u3000 ]*(?P<held>(?:{_HAN}{{0,14}}?(?:{_SIGNING})[ \u3000]{{1,4}}"
    rf"(?:{_SPACED}|{_HAN}{{2,5}}(?:·{_HAN}{{1,6}})?)[ \u3000]*){{1,3}})$",
    re.MULTILINE,
)
_HELD = Regex(rf"(?:{_SIGNING})[ \u3000]{{1,4}}(?P<name>{_SPACED}|{_HAN}{{2,5}}(?:·{_HAN}{{1,6}})?)")
#: A line with nothing but what may be a name, at the head of a speech or report.
_NAME_LINE = Regex(rf"^[\u3000 ]*(?P<name>{_SPACED}|{_HAN}{{2,4}})[ \u3000]*$", re.MULTILINE)
_HEADING = 400  #: characters of a text in which the name of who speaks stands by itself
#: What stands before and after such a line: the end of a title or a date, and an address.
_SPEECH = Regex(r"(?:[贺献致][词辞]|讲话|报告|会议?上|[日）)])[ \u3000]*\n\s*$")
_SPEECH_REACH = 12
#: The same run together with its date: 新年贺词某某某2020-01-01.
_DATED = Regex(rf"[贺献致][词辞](?P<name>{_HAN}{{2,3}})(?=20[0-9]{{2}}[年\-.])")
_ADDRESSED = Regex(r"\s*(?:各位|同志们|尊敬的|亲爱的|父老|女士们|[（(]?(?:19|20)[0-9]{2}[年\-.])")
#: Who wrote an article, in brackets at its end: （李某某 王某）.
_SIGNED_OFF = Regex(
    rf"（(?P<names>{_SPACED}|{_HAN}{{2,4}}(?:[ \u3000、]{{1,2}}{_HAN}{{2,4}}){{0,4}})）[ \u3000]*$", re.MULTILINE
)
_ENDED = frozenset("。！？”\n")
#: A name of two parts, as many peoples have them; not in quotation marks, where · joins the halves of a motto.
_TWO_PARTS = Regex(
    rf"(?P<first>{_HAN}{{2,5}})·(?P<last>{_HAN}{{2,5}}?)(?=[^\u4e00-\u9fff·”》]|$|等|同志|代表|院士|先生|主席|总统|总理|作[了出]?|为|的|在)"
)
_NO_FIRST_PART = Regex(r"[“《·\u4e00-\u9fff]")
_PART_REACH = 5  #: characters of the first part
_TITLED = "楷模|模范|标兵|军人|奋斗者|好人|英雄|先锋|工匠|教师|医生|功臣|获得者|村官|支书|劳模|战士|民警|勋章"
_TITLE_BEFORE = Regex(rf"(?:{_TITLED})”$")
_FIRST_CUE = Regex("等(?:人|同志|英雄|模范|先进|典型|烈士)")
#: What closes a name for certain, and what does where a name stands before it anyway.
_CLOSED = Regex(
    "[，。；：！？、（）“”\n\u3000 ]|$|同志|与会|出席|参加|主持|调研|讲话|致[辞词]|代表|表示|指出"
    "|强调|介绍|团队|带队|一行|率队|率团"
    "|会见|宣布|深入|陪同|等人"
    "|作报告|作了|作政府|在会上|在致辞|受邀|现场|当选|表态|勇夺|荣获|夺得|获得|入选|被评|被授|担任|等(?=[，。；、人同英模先])|认为|告诉|透露|坦言|回忆|发言|列席|先后"
)
_CLOSED_LOOSELY = Regex("[说率为与和到赴被在就对向也]")
#: What no given name ends on, and what none holds unless the wording closes it.
_NEVER_LAST = frozenset("说率被在就对向到赴是等的了把将让从")
_NEVER_GIVEN = frozenset(
    "在是说为和与等到率的了对把将被让就从向以作致受及或并也还都已又再于至之同赴带回参要会能不没有我你他她它这那各每其个任兼抓管问答谈讲看听来去上下里级们"
)
_GIVEN = 2  #: characters of a given name at most
_NO_TITLE = Regex("[副代原前任务党各]")
#: What a list of persons is followed by, and what may stand before it.
_LIST_CLOSED = Regex(
    "[，。；）\n\u3000 ]|$|等?(?:[0-9一二三四五六七八九十]+[名位人])?"
    "(?:同志|烈士|院士|[省市县区州]?领导|委员|代表|先后|分别|当选|出席|参加|主持|列席|陪同|就座|到会|与会|应邀|受邀"
    "|一同|一起|共同|以上|均|都|获|被|作了|为|任|在|的|人(?!才))"
    "|等(?:[0-9一二三四五六七八九十]+人)?(?=[，。；）\n]|$)|等[0-9一二三四五六七八九十]+人"
)
_LIST_OPENED = Regex("[^\u4e00-\u9fff]|[有是由为和与及记者员席长任事士]|以及|包括|委员|同志|[我全][省市县区]")
_ITEM = 4  #: characters of a name in a list
_BYLINES = 40  #: characters of the names in a byline
_LONG_LIST = 5  #: names of a list in which one may be a word
_SURE_LIST = 3  #: names of a list that needs no other sign
_SPEAKS = (
    "在(?:报告|讲话|致[辞词]|[贺献]词|发言|演讲|述职)中(?:说(?!明)|指出|强调|表示|提出|回顾|总结|要求|谈到|提到|首先)"
    "|在(?:[^，。；\n]{0,16}(?:会议?|大会|仪式|论坛)上)?(?:作|讲|致|指出|强调|表示|说)|作(?:了)?(?:政府)?工作报告|指出|强调|表示|认为|说[，：]"
    "|主持(?:了?会议|召开)|出席(?:会议|并)|介绍[说，]|坦言|告诉记者"
)


#: What only a person does, so that a name of two characters is one before it.
_SPEAKS_FOR = (
    "(?:同志)?(?:代表(?:中国共产党|中共|(?:本?届|市|省|县|区)[^，。；\\n]{0,20}(?:报告|讲话|致辞))"
    "|主持(?:了?会议|召开|大会)|作(?:了)?(?:政府)?工作报告|在会上(?:强调|指出|要求)|在(?:报告|讲话|致[辞词]|[贺献]词)中)"
)


class _Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/persons.toml``; its comments say what each entry is for."""

    surnames: str
    doubtful: str
    compound: tuple[str, ...]
    elements: tuple[str, ...]
    offices: tuple[str, ...]
    roles: tuple[str, ...]
    given: tuple[str, ...]
    reporting: tuple[str, ...]


class _Patterns(NamedTuple):
    whole: Regex
    byline: Regex
    reporting: Regex
    reported: Regex
    addressed: Regex
    together: Regex
    honoured: Regex
    titled: Regex
    praised: Regex
    first: Regex
    holding: Regex
    dual: Regex
    after_known: Regex
    before_known: Regex
    item: Regex
    listed: Regex
    speaking: Regex
    opening: Regex
    appointed: Regex
    hosting: Regex
    offices: tuple[str, ...]
    compound: tuple[str, ...]
    surnames: frozenset[str]
    doubtful: frozenset[str]
    given: frozenset[str]


@cache
def _patterns() -> _Patterns:
    """Return the patterns that surnames and offices make; raises DataError for an unknown key."""
    try:
        names = msgspec.convert(
            tomli.loads((files("pipeline") / "data" / "persons.toml").read_text(encoding="utf-8")), _Names
        )
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_SOURCE}: {error}") from error
    surnames = "".join(names.surnames.split())
    compound = "|".join(names.compound)
    dual = rf"(?:{'|'.join(names.elements)}){{2}}"
    person = rf"(?:{dual}|(?:{compound}){_HAN}{{1,2}}|[{surnames}]{_HAN}{{1,2}})"
    three = rf"(?:{dual}|(?:{compound}){_HAN}{{1,2}}|[{surnames}]{_HAN}{{2}})"
    short = rf"(?:{dual}|(?:{compound}){_HAN}{{1,2}}?|[{surnames}]{_HAN}{{1,2}}?)"
    name = rf"(?:{person}|{_HAN}{{1,5}}·{_HAN}{{1,6}}|{_HAN} {_HAN})"
    speaking = rf"(?:(?P<name>{three})(?={_SPEAKS})|(?P<short>{short})(?={_SPEAKS_FOR}))"
    reporting = "|".join(names.reporting)
    signers = "".join(sorted({word[-1] for word in names.reporting}))
    firsts = "".join(sorted({*surnames, *(name[0] for name in (*names.compound, *names.elements))}))
    ends = "".join(sorted({office[-1] for office in (*names.offices, *names.roles)}))
    return _Patterns(
        whole=Regex(person),
        byline=Regex(
            rf"(?<![^\n\u3000 （）报府院])(?:{_TITLES}|{reporting})[ \u3000\n]{{1,6}}"
            rf"(?P<name>{name})(?![^ \u3000\n（）摄文])"
        ),
        reporting=Regex(f"[{signers}](?=[ \u3000：]{{0,3}}(?:[{surnames}]|{compound}))"),
        reported=Regex(
            rf"(?<!答)(?:{reporting})[ \u3000：]{{0,3}}(?P<names>{person}(?:[、，\u3000 ]{{1,2}}{person}){{0,6}})"
            rf"(?<![摄图])(?=[ \u3000]?(?:[）\n/]|$|：|报道|摄|图|文(?!化)|{reporting}))"
        ),
        addressed=Regex(
            rf"(?<![^，。、；：（！？“\n\u3000 以和是与由即])(?:(?P<name>{person})(?=同志|总书记|院士)"
            rf"|(?P<titled>{three})(?=教授|先生|女士|总理|[省市县州区]长|书记|主席|部长|大使|将军|元帅|夫人))"
        ),
        together=Regex(
            rf"(?<![\u4e00-\u9fff])(?P<names>(?:{person}、){{1,20}}{person})(?=等?(?:[0-9一二三四五六七八九十]+[名位])?(?:同志|烈士|院士))"
        ),
        honoured=Regex(rf"(?<![\u4e00-\u9fff])(?P<name>{three})(?=被授予|当选)"),
        titled=Regex(
            rf"(?<![\u4e00-\u9fff])(?P<names>{person}(?:[、和]{person}){{0,5}})(?:同志|等(?:[0-9一二三四五六七八九十]+[名位人])?)?"
            "(?:先后|分别|双双|光荣|同时|均)?(?:获评|荣获|获得|获|当选|被授予|被评为|入选|荣膺|夺得|勇夺|摘得|登上)"
            "[^，。；、\n]{0,12}$"
        ),
        praised=Regex(rf"”(?P<name>{person})(?=[、，。；]|等|的(?:先进)?(?:事迹|故事))"),
        first=Regex(rf"[的、](?P<name>[{surnames}]{_HAN}{{2}})$"),
        holding=Regex(f"[{ends}](?=[{firsts}])"),
        dual=Regex(dual),
        after_known=Regex(rf"[、和](?P<name>{person})(?=[、，。；]|等|和|的|同志)"),
        before_known=Regex(rf"(?:[、，：习的]|学习|像|涌现出|[者员家])(?P<name>{person})[、和]$"),
        item=Regex(f"、{short}、"),
        listed=Regex(rf"(?:{short}、){{2,40}}{short}(?:[和与]{short})?(?={_LIST_CLOSED.pattern})"),
        speaking=Regex(rf"[\n\u3000 。；”]{speaking}"),
        opening=Regex(speaking),
        hosting=Regex(rf"由(?P<name>{short})(?:同志)?(?=主持|作报告|宣读|致[辞词])"),
        appointed=Regex(
            rf"(?:任命|选举|补选|推选|聘任|聘请|接受|免去|批准|提名|增选|选举产生|决定|同意|罢免)(?:了)?(?P<name>{short})"
            "(?:同志)?(?=辞去|担任|兼任|不再|为(?!民)|的[\u4e00-\u9fff]{0,16}职务|任[\u4e00-\u9fff]{0,16}[长任记席])"
        ),
        offices=(*names.offices, *names.roles),
        compound=names.compound,
        surnames=frozenset(surnames),
        doubtful=frozenset(names.doubtful),
        given=frozenset(names.given),
    )


def find_persons(view: str, words: Words, known: Iterable[tuple[int, int]] = ()) -> Iterator[Candidate]:
    """Yield the persons that an office, an address, a title or the form of a name shows in `view`.

    `known` gives where somebody stands who is known: those listed beside them are persons too.
    """
    ends = dict(known)
    for start, end in ends.items():
        yield from _beside(view, start, end, ends)
    lexicon = known_names()
    for found in _find(view, words):
        name = lexicon.get(view[found.start : found.end])
        if (name is None or name.type != "person") and found.end <= ends.get(found.start, found.end):
            yield found


def _beside(view: str, start: int, end: int, known: Mapping[int, int] | None = None) -> Iterator[Candidate]:
    """Yield who stands in a list right after and right before the person at `[start, end)`."""
    patterns = _patterns()
    while (match := patterns.after_known.match(view, end)) and _may_be_called(match["name"]):
        if known and match.start("name") in known:
            break  # they have neighbours of their own
        end = match.end()
        yield Candidate(*match.span("name"), "person", match["name"], "named", RANK)
    while (match := patterns.before_known.search(view, max(start - 6, 0), start)) and _may_be_called(match["name"]):
        start = match.start("name")
        yield Candidate(*match.span("name"), "person", match["name"], "named", RANK)


def _find(view: str, words: Words) -> Iterator[Candidate]:
    known = _patterns()
    yield from _signed(view)
    yield from _of_two_parts(view, words)
    for praised in _find_praised(view):
        if not in_dictionary(praised["name"]) and not _NO_PERSON_LISTED.search(praised["name"]):
            yield Candidate(*praised.span("name"), "person", praised["name"], "named", RANK)
            yield from _beside(view, *praised.span("name"))
    for cue in _BYLINE_CUE.finditer(view):
        byline = known.byline.search(view, max(cue.start() - 4, 0), cue.end() + _BYLINE_SPAN)
        if byline and byline.start() <= cue.start():
            name = byline["name"].replace(" ", "")
            yield Candidate(byline.start("name"), byline.end("name"), "person", name, "byline", RANK)
    done = 0
    for cue in known.reporting.finditer(view):
        reported = known.reported.search(view, max(cue.start() - 4, done), cue.end() + _BYLINES)
        if reported:
            done = reported.end()
            yield from _each(reported, "names", "byline")
    for cue in known.holding.finditer(view):
        at = cue.end()
        held = view.endswith(known.offices, 0, at) and not view.endswith("总书记", 0, at)
        end = _name_end(view, words, at) if held else None
        if end:
            yield Candidate(at, end, "person", view[at:end], "named", RANK)
            yield from _beside(view, at, end)
    for cue in _HONOURED_CUE.finditer(view):
        honoured = known.honoured.search(view, max(cue.start() - 4, 0), cue.end())
        if honoured and not _NO_PERSON.search(honoured["name"]):
            yield Candidate(*honoured.span("name"), "person", honoured["name"], "honoured", RANK)
    for cue in _PERSONAL_TITLE.finditer(view):
        start = cue.start() - 2 * (cue.group() == "好人")  # 云岭 | 好人
        titled = known.titled.search(view, max(start - _TITLED_REACH, 0), start)
        if titled and not _NO_PERSON.search(titled["names"]):
            yield from (found for found in _each(titled, "names", "honoured") if not in_dictionary(found.canonical))
    yield from _addressed(view, words)
    yield from _listed(view)
    for pattern in (known.appointed, known.hosting):
        for told in pattern.finditer(view):
            start, end = told.span("name")
            if words.is_boundary(start) and _may_be_called(told["name"]):
                yield Candidate(start, end, "person", told["name"], "named", RANK)
    opening = known.opening.match(view)
    for speaking in chain([opening] if opening else [], known.speaking.finditer(view)):
        start, end = speaking.span("name" if speaking["name"] else "short")
        if _is_called(words, start, end, view) and not _NO_PERSON.search(view, start, end):
            yield Candidate(start, end, "person", view[start:end], "named", RANK)


def _signed(view: str) -> Iterator[Candidate]:
    """Yield who signs a text: after an office, on a line of its own at its head, or in brackets at its end."""
    for line in _SIGNED.finditer(view):
        for held in _HELD.finditer(view, *line.span("held")):
            name = _compact(held["name"])
            if name == held["name"] or _may_sign(name):
                yield Candidate(*held.span("name"), "person", name, "byline", RANK)
    for alone in _NAME_LINE.finditer(view, 0, min(len(view), _HEADING)):
        name = _compact(alone["name"])
        titled = _SPEECH.search(view, max(alone.start() - _SPEECH_REACH, 0), alone.start())
        signs = (titled, name != alone["name"], _ADDRESSED.match(view, alone.end()))  # any two of them show it
        if sum(map(bool, signs)) > 1 and _may_sign(name):
            yield Candidate(*alone.span("name"), "person", name, "byline", RANK)
    dated = _DATED.search(view, 0, min(len(view), _HEADING))
    if dated and _may_sign(dated["name"]):
        yield Candidate(*dated.span("name"), "person", dated["name"], "byline", RANK)
    for closing in _SIGNED_OFF.finditer(view):
        spaced = _compact(closing["names"]) if all(len(n) == 1 for n in closing["names"].split()) else ""
        signers = [spaced] if spaced else re.findall(_HAN + "+", closing["names"])
        if view[closing.start() - 1 : closing.start()] in _ENDED and all(map(_may_sign, signers)):
            if spaced:
                yield Candidate(*closing.span("names"), "person", spaced, "byline", RANK)
            else:
                yield from _each(closing, "names", "byline")


def _compact(name: str) -> str:
    return name.replace(" ", "").replace("\u3000", "")


def _may_sign(name: str) -> bool:
    """Whether what stands where a signature does is a name by its form: a surname and no word (not 说 明)."""
    known = _patterns()
    return known.whole.fullmatch(name) is not None and _may_be_called(name)


def _of_two_parts(view: str, words: Words) -> Iterator[Candidate]:
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


def _each(match: re.Match[str], group: str, rule: str) -> Iterator[Candidate]:
    """Yield the names that stand in `group` of `match`, whatever parts them."""
    for name in re.finditer(r"[\u4e00-\u9fff]+", match[group]):
        start = match.start(group) + name.start()
        yield Candidate(start, start + len(name.group()), "person", name.group(), rule, RANK)


def _addressed(view: str, words: Words) -> Iterator[Candidate]:
    known = _patterns()
    done = 0
    for cue in _ADDRESS_CUE.finditer(view):
        at = cue.start()
        match = known.addressed.search(view, max(at - 5, 0), cue.end())
        if match and match["name"]:
            if _is_addressed(words, match["name"], match.start("name")):
                yield Candidate(*match.span("name"), "person", match["name"], "addressed", RANK)
        elif match and _is_titled(view, words, *match.span("titled")):
            yield Candidate(*match.span("titled"), "person", match["titled"], "addressed", RANK)
        if "、" in view[max(at - _LAST, done) : at] and (
            listed := known.together.search(view, max(at - _TOGETHER_REACH, done), cue.end())
        ):
            done = listed.end()
            yield from _each(listed, "names", "addressed")


def _is_addressed(words: Words, name: str, start: int) -> bool:
    """Whether what stands before 同志 is a name, not whom it speaks of (党员同志, 由于有些同志)."""
    return words.is_boundary(start) and not (in_dictionary(name) and not is_name(name)) and "有" not in name[:-1]


def _is_titled(view: str, words: Words, start: int, end: int) -> bool:
    """Whether what stands before a title is a name (周启明市长), not whose office it is (石家庄市长)."""
    name = view[start:end]
    return (
        (not in_dictionary(name) or is_name(name))
        and not _NO_TITLE.search(name)
        and resolve(name) is None
        and resolve(name[:2]) is None
        and (_is_called(words, start, end, view) or words.is_boundary(start + 1))
    )


def _listed(view: str) -> Iterator[Candidate]:
    """Yield the persons of a list that holds nothing else: three and more, none of them a word or a place."""
    known = _patterns()
    done = 0
    for item in known.item.finditer(view):
        at = item.start()
        if at < done or not (listed := known.listed.search(view, max(at - _ITEM, done), at + _TOGETHER_REACH * 2)):
            continue
        done, start = listed.end(), listed.start()
        if start > at:
            continue
        names = [(m.start() + start, m.group()) for m in re.finditer(r"[^、]+", listed.group())]
        last_at, last = names[-1]
        joined = next((i for i in (2, 3, 4) if last[i : i + 1] in ("和", "与") and len(last) - i > 2), None)
        if joined:
            names[-1:] = [(last_at, last[:joined]), (last_at + joined + 1, last[joined + 1 :])]
        before = max(start - 2, 0)
        if (start and view[start - 1] == "、") or not (start == 0 or _LIST_OPENED.search(view, before, start)):
            continue
        doubted = [name for _, name in names if not _may_be_called(name)]
        spared = len(names) >= _LONG_LIST and len(doubted) == 1 and resolve(doubted[0]) is None
        if len(names) >= _SURE_LIST and len({name[0] for _, name in names}) > 1 and (spared or not doubted):
            for at, name in names:
                yield Candidate(at, at + len(name), "person", name, "named", RANK)


def _may_be_called(name: str) -> bool:
    """Whether an item of a list may be a person: no word of the dictionary but a name, and no place."""
    return (
        (not in_dictionary(name) or is_name(name))
        and not is_toponym(name)
        and not _NO_PERSON_LISTED.search(name)
        and resolve(name) is None
    )


def _name_end(view: str, words: Words, start: int) -> int | None:
    """Return where the name that begins at `start`, after an office, ends; None if there is none.

    Where the wording closes it, it may be made of words (建国); else only of characters that make none.
    """
    known = _patterns()
    if dual := known.dual.match(view, start):
        return dual.end()
    compound = view.startswith(known.compound, start)
    if not (compound or view[start] in known.surnames):
        return None
    given = start + (2 if compound else 1)
    loose = given - start == 1 and view[start] in known.doubtful
    long, brief = given + _GIVEN, given + 1
    if (
        (_CLOSED.match(view, long) or _CLOSED_LOOSELY.match(view, long))
        and view[long - 1] not in _NEVER_LAST
        and not _CLOSED.match(view, brief)
        and not (_CLOSED_LOOSELY.match(view, brief) and not _CLOSED.match(view, long))
        and (
            _is_called(words, start, long, view)
            or (not loose and words.is_boundary(given) and words.is_boundary(long) and not _is_deed(view[given:long]))
        )
    ):
        return long
    if (
        (_CLOSED.match(view, brief) or _CLOSED_LOOSELY.match(view, brief))
        and view[brief - 1] not in _NEVER_LAST
        and _is_called(words, start, brief, view)
    ):
        return brief
    for end in (long, brief):
        if (
            not loose
            and not _NEVER_GIVEN.intersection(view[given:end])
            and _is_called(words, start, end, view)
            and words.is_boundary(end)
            and (end == long or not words.is_boundary(end + 1))
        ):
            return end
    return None


def _is_deed(word: str) -> bool:
    """Whether two characters after what may be a surname are rather what is done (严 | 要求)."""
    return is_verb(word) and word not in _patterns().given


def _is_called(words: Words, start: int, end: int, view: str) -> bool:
    """Whether what stands at `[start, end)` is a person's name by its words (唐|登|杰), not wording (高度重视)."""
    pieces = list(words.between(start, end))
    if not words.is_boundary(start) or sum(length for _, length in pieces) != end - start:
        return False
    return all(
        length == 1
        or is_name(word := view[at : at + length])
        or (is_toponym(word) if at > start else word in _patterns().compound)
        for at, length in pieces
    )


def _find_praised(view: str) -> Iterator[re.Match[str]]:
    known = _patterns()
    for praised in known.praised.finditer(view):
        if _TITLE_BEFORE.search(view, max(praised.start() - 8, 0), praised.start("name")):
            yield praised
    for cue in _FIRST_CUE.finditer(view):
        if first := known.first.search(view, max(cue.start() - 4, 0), cue.start()):
            yield first


def _is_wording(view: str, words: Words, start: int, end: int) -> bool:
    """Whether part of a name is made of ordinary words (行走河南, 科学): then it is none."""
    return all(length > 1 and not is_personal(view[at : at + length]) for at, length in words.between(start, end))
