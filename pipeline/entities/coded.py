"""Names that carry a number or a code: metro lines, numbered craft, types of aircraft and engines.

轨道交通12号线, 嫦娥六号, AES100发动机, 飞行器AR-E3000. The nouns and series are in ``data/entity_heads.toml``.
"""

from collections.abc import Iterator, Mapping
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import rules
from pipeline.entities.organs import division_of
from pipeline.places import parse_region, short_name
from pipeline.regex import Regex

RANK = 42

_NUMBER = "[一二三四五六七八九十0-9]{1,3}"
_IN_SERIES = Regex(rf"(?:{_NUMBER}[号型星]|[A-Z]{{0,3}}-?[0-9]{{1,3}}[A-Z]?)(?![年月日线楼])")  # 嫦娥 | 六号
_LINE_END = Regex("[号0-9]线")
_LINE_REACH = 16  #: characters that a line's name may have before 线
_SYSTEM = "(?:城市)?轨道(?:交通)?|地铁|轻轨|轨交|市域铁路|有轨电车"
_LINE = Regex(
    rf"(?:{_SYSTEM})?(?:[A-Z]?{_NUMBER}号线(?![索缆上])|[A-Z]{{1,3}}[0-9]{{1,3}}线)"
    r"(?:[一二三四]期|[东西南北]延(?:伸)?(?:线|段)?|延伸[线段]|[\u4e00-\u9fff]{2,6}至[\u4e00-\u9fff]{2,6}?段)?(?:[东西南北中]段)?(?:工程)?"
)
_LINE_KIND = Regex(_SYSTEM)
_MODEL = Regex("[A-Z](?<![A-Za-z0-9].)[A-Z]{0,4}-?[A-Z]?[0-9]{2,5}[A-Z]{0,2}(?![A-Za-z0-9])")
_MODEL_REACH = 20  #: characters that may stand before a type's code
_HERE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新疆陇]"
_TRANSFER_CUE = Regex("电入|热入|气入|水入|引[\u4e00-\u9fff]{1,2}[济入补]")
#: Power, heat, water or gas led from one place into another (疆电入渝), or a river's water brought there (引汉济渭).
_TRANSFER = Regex(
    rf"“(?P<quoted>(?:[\u4e00-\u9fff]{{1,2}}[电热气水]入|引[\u4e00-\u9fff]{{1,2}}[济入补])[\u4e00-\u9fff]{{1,2}})”(?!工程)"
    rf"|(?<![\u4e00-\u9fff“])引[\u4e00-\u9fff]{{1,2}}[济入补][\u4e00-\u9fff](?:工程)?"
    r"|(?<=[展进施设快动划工成])引[\u4e00-\u9fff]{1,2}[济补][\u4e00-\u9fff](?:工程)?(?=[，、。；\n]|等|前期|建设|项目|开工|可研|规划)"
    rf"|(?<!“){_HERE}[电气]入{_HERE}(?:工程)?"
)
#: A road by its number, with its stretch (G219线禾木至喀纳斯); by the number alone where that is a national road's.
_ROAD = Regex(
    "[GSX](?<![A-Za-z0-9].)(?:[0-9]{1,4}(?:国道|省道|县道|高速公路|高速|公路|线)?"
    "[\u4e00-\u9fff]{2,8}(?:（[\u4e00-\u9fff]{1,8}）)?至(?:(?![段等和及])[\u4e00-\u9fff]){2,8}?"
    "(?=[，、。；\n）段]|等|和|及|建设|建成|开工|通车|提质|改造|改扩建|项目|工程|公路|高速)(?:高速公路|公路|高速|段)?(?:改扩建|改建|扩建)?(?:工程|项目)?"
    "|[0-9]{1,4}(?:国道|省道|县道|高速公路|高速|线)(?:[\u4e00-\u9fff]{2,6}段)?(?![索缆])|(?<=G)[1-9][0-9]{2}(?![0-9A-Za-z年]))"
)
#: A national road by its number, with the line that it is or the stretch of it that is worked on:
#: 国道316, 国道317川藏线, 国道109线左云绕城改线.
_NUMBERED_ROAD = Regex(
    "国道(?P<number>[1-9][0-9]{2})(?:(?P<line>新线|(?![\u4e00-\u9fff]?改)[\u4e00-\u9fff]{2}线)"
    "|(?P<work>线?[\u4e00-\u9fff]{2,4}?(?:绕城|过境|改线|改建|段)(?:公路|改线|改建|改造)?(?:工程|项目)?)|线)?"
    "(?![0-9A-Za-z.年公亿万个条元名线])"
)
#: A service by the number that is called: 12338妇女维权热线.
_HOTLINE = Regex(
    "1(?<![0-9].)[0-9]{4}(?:(?![的和与及等条次个万亿元])[\u4e00-\u9fff]){0,8}?(?:热线(?:平台)?|(?:平台|服务台|服务中心)(?![\u4e00-\u9fff]?[体接办诉]))"
)
#: A province's games by their short name: 苏超, 赣BA.
_LEAGUE = Regex(
    f"(?:{_HERE}{{1,2}}|[村城县])(?:超(?=[、，。；”）]|联赛|等|火|破圈|开赛|决赛|揭幕|精彩|赛[事场]|成为|带动|燃)|BA(?![A-Za-z]))(?:联赛)?"
)
#: Aircraft and missiles by their series and number: 歼—20, “东风—41”.
_ARMS_CUE = Regex("[—－–-][0-9]")
_ARMS = Regex("(?:歼|运|轰|直|东风|巨浪|红旗|长剑|鹰击|攻击|无侦)[—－–-][0-9]{1,3}[A-Z]?")
_OWN = Regex("(?<![各全两本该我])(?:自治区|[省市])$")  # whose hotline it is: 省 | 12338妇女维权热线
_LEAGUE_CUE = ("超", "BA")
_KIND = "(?:电动|垂直|起降|新型|固定翼|重型|中型|大型|倾转旋翼){0,4}"


@cache
def _patterns() -> tuple[Regex, Regex, AhoCorasick]:
    coded = rules().coded
    nouns = "|".join(sorted(coded.nouns, key=len, reverse=True))
    series = AhoCorasick(sorted(coded.series), matchkind=MatchKind.LeftmostLongest)
    return Regex(nouns), Regex(rf"{_KIND}(?<!大)(?:{nouns})$"), series


def _own_city(region: str | None) -> str | None:
    """Return what the document's own city is called for short, None where it is of a province or the country."""
    place = parse_region(region)
    return short_name(place.name) or place.name if place and place.name.endswith("市") else None


def find_coded(view: str, places: Mapping[int, int], region: str | None = None) -> Iterator[Candidate]:
    """Yield the names in `view` that a number or code shows.

    `places` gives where a place starts by where it ends: a line right after it is named with it. A hotline is that of
    the document's place `region` where the text names no other.
    """
    noun, kind, series = _patterns()
    done = 0
    city = _own_city(region)
    system = max(("地铁", "轨道交通"), key=view.count) if city else ""
    for line in _LINE_END.finditer(view):
        match = _LINE.search(view, max(line.start() - _LINE_REACH, done))
        if match and match.start() < line.end() <= match.end():
            done = match.end()
            start = places.get(match.start(), match.start())
            name = view[start:done]
            told = _LINE_KIND.match(name)
            system = told.group() if told else system
            if start == match.start() and city and "号线" in name:  # of the document's city: 地铁4号线、 | 7号线
                name = city + ("" if told else system) + name
            yield Candidate(start, done, "project", name, "coded:line", RANK)
    for match in _HOTLINE.finditer(view):
        start, end = match.span()
        own = _OWN.search(view, max(start - 3, 0), start)
        place = division_of(own.group(), region) if own else parse_region(region)
        if start in places or not place or place.level == "country":
            start = places.get(start, start)
            name = view[start:end]
        else:
            start = own.start() if own else start
            name = place.name + match.group()
        yield Candidate(start, end, "project", name, "coded:hotline", RANK - 12)
    for match in _ROAD.finditer(view):
        yield Candidate(*match.span(), "project", match.group(), "coded:road", RANK)
    for match in _NUMBERED_ROAD.finditer(view):
        name = match.group() if match["work"] else f"国道{match['number']}{match['line'] or '线'}"
        yield Candidate(*match.span(), "project", name, "coded:road", RANK)
    for match in _MODEL.finditer(view):
        after = noun.match(view, match.end())
        at = max(match.start() - _MODEL_REACH, 0)
        before = kind.search(view[at : match.start()])
        start, end = at + before.start() if before else match.start(), after.end() if after else match.end()
        if before or after:
            yield Candidate(start, end, "project", view[start:end], "coded:model", RANK)
    for cue in _ARMS_CUE.finditer(view):
        if arms := _ARMS.search(view, max(cue.start() - 2, 0), cue.end() + 4):
            yield Candidate(*arms.span(), "project", arms.group(), "coded:series", RANK)
    for word in _LEAGUE_CUE:
        at = view.find(word)
        while at > 0:
            if league := _LEAGUE.match(view, max(at - 2, 0)) or _LEAGUE.match(view, at - 1):
                yield Candidate(*league.span(), "meeting", league.group(), "coded:league", RANK)
            at = view.find(word, at + 1)
    for cue in _TRANSFER_CUE.finditer(view):
        match = _TRANSFER.search(view, max(cue.start() - 3, 0), cue.end() + 6)
        if not match or match.end() < cue.end():
            continue
        start, end = match.span("quoted") if match["quoted"] else match.span()
        yield Candidate(start, end, "project", view[start:end], "coded:transfer", RANK - 12)
    for _, start, at in series.find_matches_as_indexes(view):
        if number := _IN_SERIES.match(view, at):
            yield Candidate(start, number.end(), "project", view[start : number.end()], "coded:series", RANK)
