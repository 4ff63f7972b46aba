"""Organs, sessions and plans whose full name follows from the document: 省委, 市政府, 二十届三中全会, “十四五”.

省 and 市 are those of the document's region. Names and numbers of sessions are written out:
中国共产党第二十届中央委员会第三次全体会议.
"""

import re
from collections.abc import Iterator, Mapping

from pipeline.entities.candidate import Candidate
from pipeline.places import Place, own_place, parse_region, short_name
from pipeline.regex import Regex, around

RANK = 50

_NUMERAL = "[一二三四五六七八九十]{1,3}"

#: What an organ is called in short → in full, after 中共 and the name of its division.
_PARTY = {
    "委": "委员会",
    "党委": "委员会",
    "委员会": "委员会",
    "委宣传部": "委宣传部",
    "委组织部": "委组织部",
    "委统战部": "委统一战线工作部",
    "委政法委": "委政法委员会",
    "委办公厅": "委办公厅",
    "委办公室": "委办公室",
    "委党校": "委党校",
}
#: What a government has that is called after it.
_PARTS = ("参事室", "研究室", "发展研究中心", "外办", "侨办", "驻京办", "驻京办事处")
#: The same, after the name of its division.
_STATE = {
    "人民代表大会常务委员会": "人民代表大会常务委员会",
    "人大常委会": "人民代表大会常务委员会",
    "人大": "人民代表大会",
    "人民政府办公厅": "人民政府办公厅",
    "政府办公厅": "人民政府办公厅",
    "政府办公室": "人民政府办公室",
    **{f"{government}{part}": f"人民政府{part}" for government in ("人民政府", "政府") for part in _PARTS},
    "人民政府": "人民政府",
    "政府": "人民政府",
    "军区": "军区",
    "纪委监委": "纪委监委",
    "纪委": "纪律检查委员会",
    "监委": "监察委员会",
    "高级人民法院": "高级人民法院",
    "检察院": "人民检察院",
    "国资委": "人民政府国有资产监督管理委员会",
    "人民政府国资委": "人民政府国有资产监督管理委员会",
    "政府国资委": "人民政府国有资产监督管理委员会",
    "发展改革委": "发展和改革委员会",
    "发改委": "发展和改革委员会",
}
#: Organisations of the masses, in short → in full, and that of the whole country.
_MASS = {
    "妇联": ("妇女联合会", "中华全国妇女联合会"),
    "科协": ("科学技术协会", "中国科学技术协会"),
    "残联": ("残疾人联合会", "中国残疾人联合会"),
    "工商联": ("工商业联合会", "中华全国工商业联合会"),
    "文联": ("文学艺术界联合会", "中国文学艺术界联合会"),
    "侨联": ("归国华侨联合会", "中华全国归国华侨联合会"),
    "社科联": ("社会科学界联合会", "社会科学界联合会"),
    "总工会": ("总工会", "中华全国总工会"),
    "红十字会": ("红十字会", "中国红十字会"),
    "贸促会": ("国际贸易促进委员会", "中国国际贸易促进委员会"),
    "关工委": ("关心下一代工作委员会", "中国关心下一代工作委员会"),
    "计生协": ("计划生育协会", "中国计划生育协会"),
}
#: What follows such a name where it is a kind of them, or an office in one.
_MASS_RIGHT = Regex("组织|干部|系统|[界法]|主席|会[员长]|维权|工作者?|换届|章程|[委成]员")
#: A row of fields of work that holds such a name: 妇女儿童、科协、慈善等事业.
_FIELDS = Regex("(?:、(?:(?!等)[\u4e00-\u9fff]){1,8}?){0,12}等?(?:各项)?(?:社会)?(?:事业|工作)")
#: What stands before such a name where it is that of the document's place: the end of a clause or item, or a verb.
_MASS_LEFT = Regex("[^\u4e00-\u9fff]$|[和与及由向以]$|(?:支持|发挥|发挥好|重视|依靠|通过|联合|会同|听取|指导)$|^$")
_BODIES = "|".join(sorted({*_PARTY, *_STATE, "政协"}, key=len, reverse=True))
_ORGAN = Regex(rf"(?P<own>自治区|[省市县州区])(?P<organ>{_BODIES})(?![员派托任外]|会(?!议))")
_ORGAN_CUE = Regex(f"[省市县州区](?=[{''.join(sorted({body[0] for body in _BODIES.split('|')}))}])")
#: A department of the document's own province, named without it: 由水利厅会同自然资源厅.
_DEPARTMENT = Regex(
    "(?<![^，。、；：\\n（由和与及同])(?:自然资源|农业农村|生态环境|教育|公安|民政|财政|司法|人力资源和?社会保障|住房和?城乡建设|交通运输|水利|商务|文化和旅游|科学技术|科技"
    "|工业和信息化|经济和信息化|退役军人事务|应急管理|卫生健康|交通|住建|人社|文旅|工信|农牧)厅(?!长)"
)
_DEPARTMENT_CUE = Regex("厅")
_REGION_GOVERNMENT = Regex("(?<!香港)(?<!澳门)(?<!经济)特区政府")
_BASIC_LAW = Regex("(?<![区港门的个部])基本法(?![律则])")
_STANDING_COMMITTEE = Regex("人(?<![省市县州区国届级方及].)大常委会")
_OWN_WORD = {"省": "全省", "市": "全市", "县": "全县", "区": "全区", "自治区": "全区", "州": "全州"}
_OWN_BEFORE = Regex("(?P<own>自治区|[省市县州区])$")
#: Characters before 省, 市 … that make them part of another word or count them (各省, 两市, 城市).
OWN_LEFT = frozenset("所各两几城都该外他本邻我全多三四五六七八九十个进直中分")

_PARTY_CONGRESS = Regex(
    rf"(?:党的|中共|中国共产党)第?({_NUMERAL})大(?![家会规型力道])|(?:中国共产党|党的?)第({_NUMERAL})次(?:全国)?代表大会"
    "|(?<![第一二三四五六七八九十])(十[二三四五六七八九]|二十)大(?=以来|精神|报告|提出|作出|部署|确定|召开)"
)
_PARTY_CONGRESS_CUE = Regex("[一二三四五六七八九十](?=大|次全国代表大会|次代表大会)")
_PLENUM = Regex(
    rf"(?:党的|中共|中国共产党)?第?(?P<term>{_NUMERAL})届(?:中央委员会)?"
    rf"(?:(?P<number>{_NUMERAL})中全会|第(?P<long>{_NUMERAL})次全体会议|(?P<all>历次全会)|(?P<list>(?:{_NUMERAL}中、)+)(?P<last>{_NUMERAL})中全会)"
)
_PLENUM_CUE = Regex("届(?=[一二三四五六七八九十第历中])")
_FURTHER_PLENUM = Regex(rf"[、和](?P<number>{_NUMERAL})中全会")
#: One that the text has named with its term elsewhere.
_BARE_PLENUM = Regex(rf"(?<![届、和一二三四五六七八九十])(?P<number>{_NUMERAL})中全会")
_BARE_PLENUM_CUE = Regex("中全会")
_LOCAL_MEETING = Regex(
    rf"(?P<own>自治区|[省市县州区])党?委(?P<what>{_NUMERAL}届(?:(?:{_NUMERAL}次、){{0,4}}{_NUMERAL}次全会|历次全会|第?{_NUMERAL}次全体会议)|第?{_NUMERAL}次全会"
    r"|(?:经济|农村|城市|人才|政法|组织|统战|宣传)工作会(?:议|(?!商))|全会)"
)
_TERM = Regex(rf"(?:第(?={_NUMERAL}届))?(?P<term>{_NUMERAL}届)$")
_TERM_REACH = len("第二十二届")
_LOCAL_MEETING_CUE = Regex(
    "委(?=第?[一二三四五六七八九十]|历次全会|(?:经济|农村|城市|人才|政法|组织|统战|宣传)工作会|全会)"
)
#: A meeting of a government; not how many there were of them.
_GOVERNMENT_MEETING = Regex(
    r"(?P<own>自治区|[省市县州区])(?:人民)?政府(?P<what>(?:第[0-9一二三四五六七八九十百]+次)?(?:常务会议?|全体会议))(?![0-9\u4e00-\u9fff]?[0-9]|[次多制])"
)
_GOVERNMENT_MEETING_CUE = Regex("府(?=常务会|全体会议|第[0-9一二三四五六七八九十百]+次)")
#: 全省经济工作会议, of the document's own province.
_WHOLE_MEETING = Regex(
    "全(?P<own>自治区|[省市区])(?P<what>(?:经济|农村|城市|人才|组织|宣传|统战|政法|教育|科技|民族|新型工业化|生态环境保护|安全生产)工作会(?:议|(?!商)))"
)
_LEAGUE = Regex("(?<![集表社军师财炮兵剧旅使乐])(?P<league>(?:共青)?团)$")
_CORPS = Regex("兵团(?<!建设兵团)(?<!集团兵团)(?!作?战)")  # in texts of 新疆
#: A committee by its term: 中共大同市第十六届委员会.
_COMMITTEE = Regex(
    rf"(?P<own>自治区|[省市县州区])第?(?P<term>{_NUMERAL})届(?P<body>纪律检查委员会|委员会|纪委|党委)(?!第?[一二三四五六七八九十])"
)
_COMMITTEE_CUE = Regex("届(?=委员会|纪律检查委员会|纪委|党委)")
_LOCAL_CONGRESS_CUE = Regex("次(?=党代会|党员代表大会|代表大会)")
_HELD_CUE = Regex("届(?=[一二三四五六七八九十]{1,3}次)")
#: A session with its body first: 市政协十五届三次会议.
_HELD = Regex(
    rf"(?P<who>全国|自治区|[省市县州区])(?P<body>人大|政协)(?P<rest>常委会)?第?(?P<term>{_NUMERAL})届(?P<number>{_NUMERAL})次(?:全体)?会议"
)
_CONGRESS_CUE = Regex("届(?=\n?(?:全国)?(?:人民代表大会|人大|政协))")
_CUE_REACH = 14  #: characters before a cue in which the name that it stands in begins
_CUE_SPAN = 60  #: characters after it in which that name ends
_LOCAL_CONGRESS = Regex(rf"(?P<own>自治区|[省市县州区])第?(?P<term>{_NUMERAL})次(?:党代会|党员代表大会|代表大会)")
_CONGRESS = Regex(
    rf"(?P<who>全国|自治区|[省市县州区])?第?(?P<term>{_NUMERAL})届\n?(?P<inner>全国)?(?P<body>人民代表大会|人大|政协)(?P<rest>常委会)?(?:第?(?P<number>{_NUMERAL})次(?:全体)?会议(?P<plenary>第?{_NUMERAL}次全体会议)?)?"
)
_FIVE_YEAR = Regex(
    r"“(?P<number>一|二|三|四|五|六|七|八|九|十[一二三四五六七]?)五”(?P<head>规划纲要|计划纲要|规划|计划)?"
)
#: What the party proposes for a five-year plan: 省委“十五五”规划《建议》.
_PROPOSED = Regex(r"(?P<own>自治区|[省市县州区])党?委“(?P<number>十[一二三四五六七]?)五”规划(?:《建议》|建议)")
#: The plan of a city as a whole, by itself that of the document's own.
_WHOLE_CITY = Regex("城市总体规划(?<![各类县镇个]城市总体规划)(?!的)")
_FIVE_YEAR_CUE = Regex("个五年")
_FIVE_YEAR_LONG = Regex(rf"(?:国民经济和社会发展)?第(?P<number>{_NUMERAL})个五年(?P<head>规划纲要|计划纲要|规划|计划)")


_DEMOCRATS = {
    "民革": "中国国民党革命委员会",
    "民盟": "中国民主同盟",
    "民建": "中国民主建国会",
    "民进": "中国民主促进会",
    "农工党": "中国农工民主党",
    "致公党": "中国致公党",
    "九三学社": "九三学社",
    "台盟": "台湾民主自治同盟",
}
_DEMOCRATIC = Regex(
    f"(?P<party>{'|'.join(_DEMOCRATS)})(?:(?P<own>[省市县区])|(?P<place>[\u4e00-\u9fff]{{1,9}}?))(?:委员会|委会|委)(?![\u4e00-\u9fff]?员)"
)


#: Institutes that groups of the state number: 中船七二五所, 航天科工三院.
_NUMBERED = {
    "航天科技": "中国航天科技集团",
    "航天科工": "中国航天科工集团",
    "电科": "中国电子科技集团",
    "中电科": "中国电子科技集团",
    "中船": "中国船舶集团",
    "中船重工": "中国船舶集团",
    "航空工业": "中国航空工业集团",
    "中航工业": "中国航空工业集团",
    "兵器": "中国兵器工业集团",
    "中核": "中国核工业集团",
}
_INSTITUTE = Regex(
    f"(?:中国)?(?P<group>{'|'.join(sorted(_NUMBERED, key=len, reverse=True))})(?:集团)?第?"
    "(?P<number>[0-9]{1,4}|[一二三四五六七八九〇○零十]{1,4})(?P<kind>研究所|研究院|所|院)(?![\u4e00-\u9fff]?[士校])"
)
_INSTITUTE_CUE = Regex("[0-9一二三四五六七八九十](?=研究所|研究院|所|院)")
#: A hospital of the document's city or county by its number: 市三院.
_OWN_HOSPITAL = Regex(
    "(?<![\u4e00-\u9fff][省市县区])(?P<own>[市县区])(?P<number>[一二三四五六七八九十])院(?=[、，。；和与及在]|获|挂牌|等|$)"
)
_OWN_HOSPITAL_CUE = Regex("院(?<=[市县区][一二三四五六七八九十]院)")


def find_organs(view: str, ends: Mapping[int, tuple[int, Place]], region: str | None) -> Iterator[Candidate]:
    """Yield organs, sessions and five-year plans named in `view`.

    `ends` gives, by the offset where the name of a division ends, where it starts and what it is.
    """
    yield from _organs(view, ends, region)
    yield from _party_sessions(view)
    yield from _local_sessions(view, ends, region)
    yield from _plans(view)
    yield from _own_plans(view, ends, region)
    yield from _institutes(view, region)


def _institutes(view: str, region: str | None) -> Iterator[Candidate]:
    """Yield the institutes and hospitals that a number tells from others."""
    for match in _around(_INSTITUTE, _INSTITUTE_CUE, view):
        kind = match["kind"] if len(match["kind"]) > 1 else "研究" + match["kind"]
        name = f"{_NUMBERED[match['group']]}第{match['number']}{kind}"
        yield Candidate(*match.span(), "org", name, "organ", RANK)
    for match in _around(_OWN_HOSPITAL, _OWN_HOSPITAL_CUE, view):
        place = division_of(match["own"], region)
        if place and view[match.start() - 1 : match.start()] not in OWN_LEFT:
            name = f"{place.name}第{match['number']}人民医院"
            yield Candidate(*match.span(), "org", name, "organ", RANK)


def division_of(word: str, region: str | None) -> Place | None:
    """Return the division that 省, 市 … means in a document of `region`."""
    return own_place(_OWN_WORD[word], region) if word in _OWN_WORD else None


def _departments(view: str, region: str | None) -> Iterator[Candidate]:
    """Yield the departments that stand without their province where a text is of one."""
    province = own_place("全省", region)
    if province is None:
        return
    for match in _around(_DEPARTMENT, _DEPARTMENT_CUE, view):
        yield Candidate(*match.span(), "org", province.name + match.group(), "organ", RANK)


def _democratic_parties(view: str, ends: Mapping[int, tuple[int, Place]], region: str | None) -> Iterator[Candidate]:
    """Yield the committees that the democratic parties have in divisions: 民盟大同市委, 民革省委会."""
    for match in _DEMOCRATIC.finditer(view):
        if match["own"]:
            place = division_of(match["own"], region)
        else:
            place = ends[match.end("place")][1] if match.end("place") in ends else None
        if place:
            name = f"{_DEMOCRATS[match['party']]}{_with_city(place)}委员会"
            yield Candidate(*match.span(), "org", name, "organ", RANK)


def _owner(
    view: str, match: re.Match[str], group: str, ends: Mapping[int, tuple[int, Place]], region: str | None
) -> tuple[int, str] | None:
    """Return where the name of an organ's division starts, and that name in full; None if it has none."""
    if match.end(group) in ends:
        start, place = ends[match.end(group)]
        return start, _with_city(place)
    start = match.start(group)
    if start in ends and view[start - 1] == view[start]:  # 左云县 | 县委
        return ends[start][0], _with_city(ends[start][1])
    if view[start - 1 : start] in OWN_LEFT:
        return None
    if match[group] in "县区" and view[start - 1 : start] in ("省", "市", "县"):
        return None  # 省市县政府: of all levels
    place_or_none = division_of(match[group], region)
    return (start, _with_city(place_or_none) if place_or_none else match[group])


def _with_city(place: Place) -> str:
    """Return what a division is called in the names of its organs: a district with its city before it."""
    city = place.city or (place.province if (place.province or "").endswith("市") else None)
    return f"{city}{place.name}" if city and place.level == "county" and place.name.endswith("区") else place.name


def _organs(view: str, ends: Mapping[int, tuple[int, Place]], region: str | None) -> Iterator[Candidate]:
    for match in _around(_ORGAN, _ORGAN_CUE, view):
        owner = _owner(view, match, "own", ends, region)
        if owner is None:
            continue
        start, name = owner
        organ = match["organ"]
        if organ == "政府" and view.startswith("工作报告", match.end()) and match.end("own") in ends:
            continue  # 云岭省 | 政府工作报告
        start = _with_party(view, start)
        if organ == "委" and (league := _LEAGUE.search(view, max(start - 4, 0), start)):
            start, canonical = league.start("league"), f"中国共产主义青年团{name}委员会"
        elif organ in _PARTY:
            canonical = f"中共{name}{_PARTY[organ]}"
        elif organ == "政协":
            canonical = f"中国人民政治协商会议{name}委员会"
        else:
            canonical = name + _STATE[organ]
        yield Candidate(start, match.end(), "org", canonical, "organ", RANK)
    yield from _departments(view, region)
    yield from _democratic_parties(view, ends, region)
    yield from _special_regions(view)
    own = parse_region(region)
    yield from _of_the_masses(view, ends, region, own)
    if own and own.province == "新疆维吾尔自治区":
        for match in _CORPS.finditer(view):
            yield Candidate(*match.span(), "org", "新疆生产建设兵团", "organ", RANK - 20)
    for match in _STANDING_COMMITTEE.finditer(view):
        name = own.name if own and own.level != "country" else "全国"
        yield Candidate(match.start(), match.end(), "org", f"{name}人民代表大会常务委员会", "organ", RANK)


def _of_the_masses(
    view: str, ends: Mapping[int, tuple[int, Place]], region: str | None, own: Place | None
) -> Iterator[Candidate]:
    """Yield 妇联, 科协 … of the place before them; alone they are of the document's own."""
    for short, (full, national) in _MASS.items():
        start = view.find(short)
        while start >= 0:
            end = start + len(short)
            division = _OWN_BEFORE.search(view, max(start - 3, 0), start)
            owner = _owner(view, division, "own", ends, region) if division else None
            if _MASS_RIGHT.match(view, end):
                pass
            elif owner:
                yield Candidate(owner[0], end, "org", owner[1] + full, "organ", RANK)
            elif _MASS_LEFT.search(view, max(start - 3, 0), start) and not _FIELDS.match(view, end):
                canonical = own.name + full if own and own.level != "country" else national
                yield Candidate(start, end, "org", canonical, "organ", RANK)
            start = view.find(short, end)


def _with_party(view: str, start: int) -> int:
    """Return where the name of a party's organ at `start` begins with what the party is called before it."""
    lead = next((lead for lead in ("中国共产党", "中共") if view.endswith(lead, 0, start)), "")
    return start - len(lead)


def _special_regions(view: str) -> Iterator[Candidate]:
    """Yield 特区政府 and 基本法, which are of the special administrative region named last before them."""
    for plain, pattern, kind, before, after in (
        ("特区政府", _REGION_GOVERNMENT, "org", "", "政府"),
        ("基本法", _BASIC_LAW, "document", "中华人民共和国", "基本法"),
    ):
        for match in pattern.finditer(view) if plain in view else ():
            at, name = max((view.rfind(name, 0, match.start()), name) for name in ("香港", "澳门"))
            if at >= 0:
                canonical = f"{before}{name}特别行政区{after}"
                yield Candidate(match.start(), match.end(), kind, canonical, "organ", RANK)


def _around(pattern: Regex, cue: Regex, view: str) -> Iterator[re.Match[str]]:
    return around(pattern, cue, view, reach=_CUE_REACH, span=_CUE_SPAN)


def _party_sessions(view: str) -> Iterator[Candidate]:
    for match in _around(_PARTY_CONGRESS, _PARTY_CONGRESS_CUE, view):
        canonical = f"中国共产党第{match[1] or match[2] or match[3]}次全国代表大会"
        yield Candidate(match.start(), match.end(), "meeting", canonical, "session", RANK)
    heads: dict[str, str] = {}  # number of a plenary session → the committee of its term
    for match in _around(_PLENUM, _PLENUM_CUE, view):
        head = f"中国共产党第{match['term']}届中央委员会"
        at = match.start()
        for number in re.findall(_NUMERAL, match["list"] or ""):  # 二十届二中、 | 三中全会
            end = view.find("、", at, match.end())
            yield Candidate(at, end, "meeting", f"{head}第{number}次全体会议", "session", RANK)
            at = end + 1
        which = "历次" if match["all"] else f"第{match['number'] or match['long'] or match['last']}次"
        yield Candidate(at, match.end(), "meeting", f"{head}{which}全体会议", "session", RANK)
        heads[match["number"] or match["last"]] = head
        at = match.end()
        while further := _FURTHER_PLENUM.match(view, at):
            heads[further["number"]] = head
            canonical = f"{head}第{further['number']}次全体会议"
            yield Candidate(further.start() + 1, further.end(), "meeting", canonical, "session", RANK)
            at = further.end()
    for match in _around(_BARE_PLENUM, _BARE_PLENUM_CUE, view) if heads else ():
        if head := heads.get(match["number"], ""):
            yield Candidate(*match.span(), "meeting", f"{head}第{match['number']}次全体会议", "session", RANK)


def _local_sessions(view: str, ends: Mapping[int, tuple[int, Place]], region: str | None) -> Iterator[Candidate]:
    for match in _around(_LOCAL_MEETING, _LOCAL_MEETING_CUE, view):
        owner = _owner(view, match, "own", ends, region)
        if owner:
            start, name = owner
            start = _with_party(view, start)
            *firsts, last = match["what"].split("、")
            term = match["what"].partition("届")[0] + "届" if firsts else ""
            if (
                last.endswith("全会")
                and "届" not in match["what"]
                and (lead := _TERM.search(view, max(start - _TERM_REACH, 0), start))
            ):
                start, last = lead.start(), lead["term"] + last.removeprefix("第")  # 十二届 | 市委八次全会
            for first in firsts:  # 市委十六届九次、 | 十次全会
                end = view.find("、", start)
                canonical = f"中共{name}委{term}{first.removeprefix(term)}全会"
                yield Candidate(start, end, "meeting", canonical, "session", RANK)
                start = end + 1
            yield Candidate(start, match.end(), "meeting", f"中共{name}委{term}{_in_full(last)}", "session", RANK)
    for match in _around(_GOVERNMENT_MEETING, _GOVERNMENT_MEETING_CUE, view):
        owner = _owner(view, match, "own", ends, region)
        if owner:
            start, name = owner
            canonical = f"{name}人民政府{_in_full(match['what'])}"
            yield Candidate(start, match.end(), "meeting", canonical, "session", RANK)
    for match in _WHOLE_MEETING.finditer(view):
        place = division_of(match["own"], region)
        if place:
            canonical = place.name + _in_full(match["what"])
            yield Candidate(*match.span(), "meeting", canonical, "session", RANK)
    for match in _around(_LOCAL_CONGRESS, _LOCAL_CONGRESS_CUE, view):
        owner = _owner(view, match, "own", ends, region)
        if owner:
            start, name = owner
            start = _with_party(view, start)
            canonical = f"中国共产党{name}第{match['term']}次代表大会"
            yield Candidate(start, match.end(), "meeting", canonical, "session", RANK)
    for match in _around(_COMMITTEE, _COMMITTEE_CUE, view):
        owner = _owner(view, match, "own", ends, region)
        if owner and (start := _with_party(view, owner[0])) < owner[0]:
            body = "纪律检查委员会" if match["body"].startswith("纪") else "委员会"
            canonical = f"中共{owner[1]}第{match['term']}届{body}"
            yield Candidate(start, match.end(), "org", canonical, "organ", RANK)
    for match in _around(_HELD, _HELD_CUE, view):
        owner = (match.start(), "全国") if match["who"] == "全国" else _owner(view, match, "who", ends, region)
        if owner:
            body = "人民代表大会" if match["body"] == "人大" else "政协"
            number = f"{'常务委员会' if match['rest'] else ''}第{match['number']}次会议"
            term = f"第{match['term']}届"
            canonical = f"{term}全国{body}{number}" if owner[1] == "全国" else f"{owner[1]}{term}{body}{number}"
            yield Candidate(owner[0], match.end(), "meeting", canonical, "session", RANK)
    for match in _around(_CONGRESS, _CONGRESS_CUE, view):
        if not (match["number"] or match["body"] != "政协") and not match["who"]:
            continue
        start, who = match.start(), match["who"] or match["inner"] or "全国"
        if match["who"] and who != "全国":
            owner = _owner(view, match, "who", ends, region)
            if owner is None:
                continue
            start, who = owner
        elif not match["who"] and match.start() in ends:
            start, place = ends[match.start()]
            who = place.name
        term = f"第{match['term']}届"
        number = f"第{match['number']}次会议{match['plenary'] or ''}" if match["number"] else ""
        body = "人民代表大会" if match["body"] != "政协" else "政协"
        rest = "常务委员会" if match["rest"] else ""
        canonical = f"{term}全国{body}{rest}{number}" if who == "全国" else f"{who}{term}{body}{rest}{number}"
        yield Candidate(start, match.end(), "meeting", canonical, "session", RANK)


def _in_full(meeting: str) -> str:
    """Write out the end of a meeting's name (经济工作会)."""
    return meeting + "议" if meeting.endswith(("工作会", "常务会")) else meeting


def _own_plans(view: str, ends: Mapping[int, tuple[int, Place]], region: str | None) -> Iterator[Candidate]:
    """Yield the plans that are told by whose they are: proposals of a committee, the plan of the document's city."""
    for match in _PROPOSED.finditer(view) if "五”规划" in view else ():
        if owner := _owner(view, match, "own", ends, region):
            name = f"中共{owner[1]}委员会关于制定国民经济和社会发展第{match['number']}个五年规划的建议"
            yield Candidate(_with_party(view, owner[0]), match.end(), "document", name, "five_year_plan", RANK)
    own = parse_region(region)
    if own and own.name.endswith("市"):
        for match in _WHOLE_CITY.finditer(view):
            yield Candidate(
                *match.span(), "plan", (short_name(own.name) or own.name) + match.group(), "five_year_plan", RANK
            )


def _plans(view: str) -> Iterator[Candidate]:
    for match in _FIVE_YEAR.finditer(view):
        number, head = match["number"], match["head"]
        canonical = f"{number}五{head or ('规划' if len(number) == 2 else '计划')}"
        start, end = match.span()
        if not head:
            start, end = start + 1, end - 1
        yield Candidate(start, end, "plan", canonical, "five_year_plan", RANK)
    for match in _around(_FIVE_YEAR_LONG, _FIVE_YEAR_CUE, view):
        canonical = f"第{match['number']}个五年{match['head']}"
        yield Candidate(match.start(), match.end(), "plan", canonical, "five_year_plan", RANK)
