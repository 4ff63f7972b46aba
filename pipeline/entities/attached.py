"""Names that a known name or a place begins or completes: branches, institutes, stretches, firms with their place."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from pipeline.entities.candidate import Candidate
from pipeline.entities.extents import stretch
from pipeline.entities.heads import rules
from pipeline.entities.lexicon import RANK
from pipeline.entities.native import PRODUCE
from pipeline.entities.organs import OWN_LEFT, division_of
from pipeline.entities.reach import search
from pipeline.entities.sited import PLACE_RANK, YEAR
from pipeline.entities.words import Words, is_verb
from pipeline.places import Mention
from pipeline.regex import Regex, around

_LINES = ("铁路", "公路", "航道", "国家公园", "文化公园", "运河", "核电", "电站", "电厂")
_CROSSINGS = ("隧道", "大桥")
_EDITED_ANEW = Regex("(?:综合)?(?:改革)?[2-9]\\.0版")  # 云岭自贸区 | 3.0版
_PAVILION = Regex("[\u4e00-\u9fff]{2,4}?馆(?=[，。、；]|等|的|内|开|展|亮)")  # 云岭世博会 | 中国馆
_SHOWS = ("世博会", "世园会", "进博会", "博览会", "园博会", "花博会")
_WIDE = ("国际", "全国")  # whom a meeting is for, in two characters
_YEARLY = ("论坛", "发展大会", "博览会", "峰会", "文化节", "艺术节", "旅游节", "消费节", "交易会", "洽谈会")
_OF_YEAR = Regex("(?<![-0-9—－至])20[0-9]{2}年$")  # 2026年 | 云岭论坛
_EDITED = ("meeting", "honor")  # what has editions
_EDITION = Regex("(?:第[一二三四五六七八九十百0-9]+届|首届|[二三]?十[一二三四五六七八九]?届)$")
_ROUND = Regex("第[一二三四五六七八九十]轮$")  # 第三轮 | 中央生态环境保护督察
_JOINERS = frozenset("—－-")  # a place in a chain: 武汉—宜昌
#: A branch of a national institution: 国家超级计算 | 天津 | 中心.
_NATIONAL = Regex("(?:国家|全国|中国)(?:(?![的在与和及等建])[\u4e00-\u9fff]){2,8}$")
_SUBJECT = range(7)  #: characters of what a body's centre in the country is for: 金砖国家 | 数字技能 | 中国中心
_RESERVED = "）生态保护区"
_RESERVE = Regex(f"(?:(?![的在与和及等建级、])[\u4e00-\u9fff]){{2,6}}文化（[\u4e00-\u9fff]{{2,6}}{_RESERVED}")
_RESERVE_CUE = Regex(_RESERVED)
_RESERVE_REACH = 16  #: characters of its name before that
_HALL_BRANCH = Regex("[\u4e00-\u9fff]{2,4}分馆")
#: A national centre with the place where it is: 国家陶瓷计量中心（云岭）.
_SEATED = Regex("(?<!个)(?P<name>(?:国家|全国|中国)(?:(?![的在与和及等建级])[\u4e00-\u9fff]){2,16}中心)（$")
#: A national centre for a part of the country: 国家技术转移西部中心.
_REGIONAL = Regex(
    "国家(?:(?![的在与和及等建级])[\u4e00-\u9fff]){2,8}?(?:[东中西南北]部|[东西南北]方|东[北南]|西[北南]|华[东南中北])中心(?![城区])"
)
_PLATFORM = Regex("计算|智算|算力|数据|技术转移|创新中心")  # works, not bodies
_OWNED = ("煤矿", "基地", "工厂", "电厂", "电站", "产业园", "园区")  # works that are named with their company
_NEW_HOUSES = ("新校区", "新馆", "新校园")
_NEW_HOUSE = Regex("|".join(_NEW_HOUSES))
_CENTRE = Regex("分?中心(?![城区])")
_WATERS = frozenset("江河湖渠")
_TRAINS = "班列"
_NODE = ("节点", "集结", "枢纽", "始发", "货运", "华中", "区域")  # what a train's name is only the beginning of
_SOURCE = Regex("源(?![头于自])")  # 木兰溪 | 源
_RULED = ("制度", "办法", "政策", "政策措施", "规定")  # what is for something that is named before its quotation
_RULED_NOUN = 2  #: characters of what it is for
_BRAND = Regex("(?:名牌(?:农?产品)?|著名商标|知名商标|驰名商标|老字号)(?!战略)")
_AGE = ("新时代", "新时期", "新型")
#: What firms build in a place, which is named after both.
_FIRM_WORKS = Regex(
    "(?:生产|制造|产业|数据)?(?:园区|基地|产业园|科技园|工业园|工厂|热电|电厂|数据中心|智算中心|算力中心|总部|风电|光伏|风储一体|火电|煤电|储能|核电)(?:[一二三四]期)?(?:项目|工程)?(?![一-鿿]?项目)"
)
#: What an academy or university has in a place: 北京大学 | 苏州 | 量子中心, 中科院 | 苏州 | 纳米所.
_ACADEMY = ("大学", "学院", "科学院", "中科院", "农科院", "工程院", "研究院")
_ATTACHED = Regex("附属[\u4e00-\u9fff]{2,6}?(?:学校|中学|小学|幼儿园|医院)")  # 云岭大学 | 附属霞溪学校
#: What belongs to a university, and needs no place: 云岭大学 | 艺术博物馆.
_HOUSE_OF = Regex(
    "(?![与和及共联合建])(?:(?![的等在、])[\u4e00-\u9fff]){2,8}?(?:博物馆|美术馆|图书馆|产业学院|研究院|研究中心|创新中心|技术转移中心|校友会)(?![\u4e00-\u9fff]?[长级])"
)
#: An institute of an academy by its short name: 中科院 | 微电子所 | 云岭分所.
_OF_ACADEMY = Regex(
    "(?![与和及在有所])(?:(?![的与和及等在、])[\u4e00-\u9fff]){2,6}?(?:研究所|(?<!研究)所)(?:[\u4e00-\u9fff]{2,4}分所)?(?![长有在属以需做学])"
)
_INSTITUTES = ("研究院", "研究所", "研究中心", "创新中心", "分院", "医院", "附中", "附小")
_BRANCHED = ("银行", "保险", "人寿", "财险", "集团", "公司", "证券", "电网", "石油", "石化", "移动", "联通", "电信")
_BANK_NAMES = {
    "人行": "中国人民银行",
    "工行": "中国工商银行",
    "农行": "中国农业银行",
    "中行": "中国银行",
    "建行": "中国建设银行",
    "农发行": "中国农业发展银行",
    "邮储银行": "中国邮政储蓄银行",
}
_BANKS = Regex("|".join(_BANK_NAMES))
_BRANCH = Regex("[省市州县]?(?:中心支行|分行|支行|分公司|支公司|办事处|营业部|供电公司|油田公司)")
_ACADEMIC = Regex(
    "(?:(?![的与和及等在])[\u4e00-\u9fff]){0,8}?(?:中心|研究院|研究所|分院|学院|校区|园区"
    "|附属[\u4e00-\u9fff]{0,4}?(?:学校|中学|小学|医院)|附[中小]|所)(?![在有属])"
)
_FIRM_RANK = 20  #: below the works that a list shows a firm's name to stand for
#: What a firm is in, which its full name has: 普岳 | 生物.
_LINE_OF_BUSINESS = Regex(
    "(?:生物|制药|科技|股份|电子|汽车|新能源|能源|材料|新材|医药|药业|重工|光伏|智能|精密|光电|半导体|化工|钢铁|物流|电气|航空)(?=[、，。；]|等|和)"
)
#: What a maker calls a model: M9, SU7, 05; no year, number or rank.
_MODEL = Regex("[ \n]?(?:[A-Z]{1,3}-?[0-9]{1,3}[A-Za-z]{0,4}|0[0-9])(?![0-9A-Za-z%.年月亿万个家条款届])")
_BLEND_RANK = 5  #: below every name that begins with such a blend
_PROVINCE = "[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁]"  #: by one character
_BORDER = "(?:省际)?(?:交界|毗邻)地区"
_BORDERLAND = Regex(f"{_PROVINCE}{{2}}{_BORDER}")
_BLEND = Regex(f"{_PROVINCE}{{3,5}}(?:{_BORDER})?(?!地区)")
#: What is part of a sight whose name ends so: 云门寺 | 藏经殿, 云冈石窟 | 第3窟, 霞浦滨江 | 中北段.
_SIGHT_PARTS = (
    (("",), Regex("(?:城楼|箭楼|瓮城)(?![\u4e00-\u9fff]?群)")),
    (
        ("寺", "庙", "石窟", "道观"),
        Regex("第[0-9一二三四五六七八九十]{1,3}窟|(?:(?![的和与及等在是、])[\u4e00-\u9fff]){1,4}?(?:殿|塔)(?![堂群])"),
    ),
    (("盆地", "平原", "高原", "沙漠"), Regex("[东南西北]缘")),
    (("山", "岭"), Regex("(?:毗邻|周边|沿线)?地区")),
    (("滨江", "滨河", "滨海"), Regex("[东西南北中]{1,2}(?:延伸)?段")),
    (("寺", "门", "楼", "湖", "塔", "宫", "庙"), Regex("(?:文化|音乐)?广场(?!舞)")),
)
_WORKSTATION = "院士工作站"
_WORKS_OF = Regex(
    "(?:过江|配套|延伸|扩容|连通|调蓄)工程|(?<=机场)(?:(?:[东西南北][一二三]?|第[二三四五])跑道|T[0-9][A-Z]?航站楼)"
)
_LOOP = Regex("（[\u4e00-\u9fff]{2,8}）")


def with_workstation(view: str, found: Candidate) -> Candidate:
    """Return the workstation that is called after a member of an academy, else the person `found`."""
    if not view.startswith(_WORKSTATION, found.end):
        return found
    end = found.end + len(_WORKSTATION)
    return Candidate(found.start, end, "org", view[found.start : end], found.rule, RANK)


def with_subject(view: str, found: Candidate, ends: Mapping[int, str], starts: Mapping[int, int]) -> Candidate:
    """Return a five-year plan with the place or plan that it is of, where that stands right before it."""
    if found.rule != "five_year_plan" or view[found.start] != "“" or ends.get(found.start) not in ("plan", "place"):
        return found
    start = starts.get(found.start, found.start)
    return msgspec.structs.replace(found, start=start, canonical=view[start : found.start] + found.canonical)


def find_stretches(view: str, known: list[Candidate], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the stretches of rivers and parts of parks that a place names (黄河宁夏段), and sources (闽江源)."""
    rivers = {}
    for river in known:
        if river.type == "place" and view[river.end - 1] in _WATERS:
            rivers[river.end + len("干流") * view.startswith("干流", river.end)] = river.start
            if _SOURCE.match(view, river.end):
                end = river.end + 1
                yield Candidate(river.start, end, "place", view[river.start : end], "place:part", PLACE_RANK)
    for gate in known:
        for ends, part in _SIGHT_PARTS if gate.type == "place" else ():
            if view.endswith(ends, gate.start, gate.end) and (found := part.match(view, gate.end)):
                end = found.end()
                yield Candidate(gate.start, end, "place", view[gate.start : end], "place:part", PLACE_RANK)
        if gate.type == "project" and (works := _WORKS_OF.match(view, gate.end)):  # 云电入晋 | 过江工程
            end = works.end()
            yield Candidate(gate.start, end, "project", view[gate.start : end], "lexicon:local", RANK)
        edition = _EDITED_ANEW.match(view, gate.end) if gate.type in ("policy", "plan", "project") else None
        pavilion = _PAVILION.match(view, gate.end) if view.endswith(_SHOWS, gate.start, gate.end) else None
        if longer := edition or pavilion:
            kind = "project" if pavilion else gate.type
            name = gate.canonical + longer.group()
            yield Candidate(gate.start, longer.end(), kind, name, "lexicon:local", RANK)
    lines = {c.end: c.start for c in known if c.type == "project" and c.canonical.endswith(_LINES)}
    for crossing in known:  # 云霞铁路 | 青石隧道
        if crossing.start in lines and crossing.type == "project" and crossing.canonical.endswith(_CROSSINGS):
            start, end = lines[crossing.start], crossing.end
            yield Candidate(start, end, "project", view[start:end], "lexicon:local", RANK)
    parks = {c.end: c.start for c in known if view.endswith("国家公园", c.start, c.end)}
    for mention in mentions:
        if mention.start in parks and view.startswith("片区", mention.end):
            start, end = parks[mention.start], mention.end + len("片区")
            yield Candidate(start, end, "place", view[start:end], "place:part", PLACE_RANK)
        if mention.start in rivers and view.startswith("段", mention.end):
            start, end = rivers[mention.start], mention.end + 1
            yield Candidate(start, end, "place", view[start:end], "place:part", PLACE_RANK)


def with_stretch(view: str, found: Candidate) -> Candidate:
    """Return a known line with the stretch of it that is named right after it (沿江高铁武宜段)."""
    lined = found.canonical.endswith(_LINES) or (found.type == "place" and view.startswith("（", found.end))
    end = stretch(view, found.end) if lined else found.end
    if end == found.end:
        return found
    unit = view.endswith(("机组", "项目", "工程"), 0, end)  # of a power station: as it is written
    name = view[found.start : found.end] if unit else found.canonical
    return msgspec.structs.replace(found, end=end, canonical=name + view[found.end : end])


def with_object(view: str, words: Words, marked: bytearray, found: Candidate) -> Candidate:
    """Return a quoted policy with what it is for, where that stands between its verb and it (土地“三权分置”制度).

    So is a place right before it.
    """
    if found.type != "policy" or found.rule != "quoted_head" or view[found.start] != "“":
        return found
    pieces = search(view, words, marked, found.start)
    settings = rules()
    ruled = bool(pieces) and pieces[0].text in settings.verbs
    pieces = pieces[ruled:]
    if not pieces or any(p.text in _AGE or p.text[0] == "（" for p in pieces):
        return found
    start = pieces[0].start
    ruled = ruled or view[words.before(start, max(start - 8, 0)) : start] in settings.governing
    noun = (
        view.endswith(_RULED, 0, found.end)
        and ruled
        and found.start - start >= _RULED_NOUN
        and not any(is_verb(p.text) for p in pieces[1:])
        and not any(p.quoted or p.text in ("好", "调整") or p.text in settings.verbs for p in pieces)
    )
    placed = found.start - start > 1 and all(marked[start : found.start])
    if not (noun or placed):
        return found
    name = view[start : found.end].replace("“", "").replace("”", "")
    return msgspec.structs.replace(found, start=start, canonical=name)


def find_trademarks(view: str, mentions: list[Mention], region: str | None) -> Iterator[Candidate]:
    """Yield the honours of trademarks that places award: 湖北名牌, 省著名商标."""
    if not ("名牌" in view or "商标" in view or "老字号" in view):
        return
    starts = {m.end: m.start for m in mentions if m.form in ("short", "full")}
    for brand in _BRAND.finditer(view):
        at, end = brand.span()
        at -= len("出口") * view.startswith("出口", at - len("出口"))
        place = division_of(view[at - 1], region) if at and at not in starts else None
        if at in starts:
            yield Candidate(starts[at], end, "honor", view[starts[at] : end], "honor:brand", PLACE_RANK)
        elif place and view[at - 2 : at - 1] not in OWN_LEFT:
            yield Candidate(at - 1, end, "honor", place.name + view[at:end], "honor:brand", PLACE_RANK)


def find_local_firms(view: str, known: list[Candidate], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the companies and trains that a place or firm stands right before (株洲中车): they are named with it.

    A train is named with the loop that follows it in brackets too.
    """
    starts = {m.end: m.start for m in mentions if m.form == "short" and not PRODUCE.match(view, m.end)}
    starts |= {c.end: c.start for c in known if c.type == "company"}  # 江铃 | 重汽
    ends = {m.start: m.end for m in mentions if m.form in ("short", "full")}
    closes = set(ends.values())  # 富云岭 | 园区: a firm that is called after its place
    for found in known:
        at = ends.get(found.end, found.end if found.end in closes else 0)
        works = _FIRM_WORKS.match(view, at) if found.type == "company" and at else None
        if works:  # 中能建 | 怀仁 | 基地
            name = view[found.start : works.end()]
            yield Candidate(found.start, works.end(), "project", name, "lexicon:local", RANK)
        line = _LINE_OF_BUSINESS.match(view, found.end) if found.type == "company" else None
        if line:  # 五岳 | 生物
            yield msgspec.structs.replace(found, end=line.end(), rule="lexicon:local", rank=_FIRM_RANK)
        model = _MODEL.match(view, found.end) if found.type == "company" else None
        if model:  # 领克 | 05
            name = view[found.start : model.end()].replace(" ", "").replace("\n", "")
            yield Candidate(found.start, model.end(), "project", name, "lexicon:local", RANK)
        train = found.type == "project" and found.canonical.endswith(_TRAINS) and not view.startswith(_NODE, found.end)
        if found.type != "company" and not train:
            continue
        start, end = starts.get(found.start, found.start), found.end
        loop = _LOOP.match(view, end) if train else None
        end = loop.end() if loop else end
        if (start, end) != (found.start, found.end):
            name = view[start:end]
            yield msgspec.structs.replace(found, start=start, end=end, canonical=name, rule="lexicon:local")


def find_blends(view: str) -> Iterator[Candidate]:
    """Yield the regions that provinces are blended into (鄂湘赣; 川渝毗邻地区), with the borders that they share."""
    for match in _BLEND.finditer(view):
        name = match.group() if match.group().endswith("地区") else f"{match.group()}地区"
        yield Candidate(*match.span(), "place", name, "place:blend", _BLEND_RANK)
    for match in _BORDERLAND.finditer(view):  # 川渝 | 毗邻地区
        yield Candidate(*match.span(), "place", match.group(), "place:blend", PLACE_RANK + 1)


def find_with_place(view: str, known: list[Candidate], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the known meetings, prizes, sights and trials with the edition and the place right before them.

    第七届 | 新博会, 哈尔滨 | 第九届 | 亚冬会, 元阳 | 哈尼梯田, 第三届 | 群星奖.
    """
    starts = {m.end: m.start for m in mentions if m.form in ("full", "short", "region")}
    abroad = {m.end: m.start for m in mentions if m.form == "country" and m.place.name != "中国"}
    china = {m.end: m.start for m in mentions if m.form == "country" and m.place.name == "中国"}
    sights = {c.end for c in known if c.type == "place"}  # 巢湖, which was a city too
    for found in known:
        inspected = found.type == "policy" and found.canonical.endswith("督察")
        if inspected and (time := _ROUND.search(view, max(found.start - 6, 0), found.start)):
            name = time.group() + found.canonical
            yield msgspec.structs.replace(found, start=time.start(), canonical=name, rule="lexicon:local")
        trial = found.type == "plan" and found.canonical.endswith("试点")  # 云州 | 服务业扩大开放综合试点
        if not (trial or found.type in ("meeting", "place", "honor", "project")) or found.canonical.endswith(_TRAINS):
            continue
        edition = _EDITION.search(view, max(found.start - 8, 0), found.start) if found.type in _EDITED else None
        yearly = _OF_YEAR if found.type == "meeting" and found.canonical.endswith(_YEARLY) else None
        of_year = YEAR if found.type == "honor" else yearly
        year = of_year.search(view, max(found.start - 8, 0), found.start) if of_year else None
        edition = year or edition
        at = edition.start() if edition else found.start
        wide = found.type == "meeting" and view.endswith(_WIDE, 0, at) and (at - 2 in starts or at - 2 in china)
        at -= 2 * wide  # 云岭国际 | 灯会
        start = at if found.type == "honor" or (found.type == "place" and at in sights) else starts.get(at, at)
        if found.type == "place":
            start = abroad.get(start, start)  # 越南 | 河内
        if found.type == "meeting":
            start = china.get(start, start)  # 中国 | 云岭灯会
        if start == found.start or view[start - 1 : start] in _JOINERS:
            continue
        # a place is part of a meeting's name, but only says where a sight or works are
        canonical = found.canonical if found.type not in _EDITED else view[start : found.start] + found.canonical
        canonical = view[start : found.end] if year or wide or trial else canonical
        if edition and not year and view[at] in "一二三四五六七八九十":
            canonical = canonical.replace(edition.group(), "第" + edition.group(), 1)  # 十四届 | 全运会
        yield msgspec.structs.replace(found, start=start, canonical=canonical, rule="lexicon:local")


def find_reserves(view: str) -> Iterator[Candidate]:
    """Yield the reserves of a culture that are named with where they are: 客家文化（霞西）生态保护区."""
    for reserve in around(_RESERVE, _RESERVE_CUE, view, reach=_RESERVE_REACH, span=len(_RESERVED)):
        yield Candidate(*reserve.span(), "project", reserve.group(), "head:zone", RANK)


def find_centres_of_bodies(view: str, known: list[Candidate], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the centres for a region, or of a body in the country: 云岭中亚中心, 金砖国家数字技能中国中心."""
    holders = {m.end: m.start for m in mentions if m.form != "abbreviation"} | {
        c.end: c.start for c in known if c.type == "org"
    }
    for mention in mentions:
        centre = _CENTRE.match(view, mention.end) if mention.form in ("country", "region") else None
        if not centre:
            continue
        subject = _SUBJECT if mention.place.name == "中国" else range(1)
        for length in subject:
            if (at := mention.start - length) in holders:
                start, end = holders[at], centre.end()
                yield Candidate(start, end, "org", view[start:end], "head:centre", PLACE_RANK)


def find_national_centres(view: str, mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the branches of national institutions that are named after a place (国家超级计算天津中心)."""
    for part in _REGIONAL.finditer(view):
        kind = "project" if _PLATFORM.search(part.group()) else "org"
        yield Candidate(*part.span(), kind, part.group(), "head:centre", PLACE_RANK)
    for mention in mentions:
        bracketed = view.startswith("）", mention.end)
        seated = _SEATED.search(view, max(mention.start - 24, 0), mention.start) if bracketed else None
        if seated:
            start, end = seated.start("name"), mention.end + 1
            kind = "project" if _PLATFORM.search(seated["name"]) else "org"
            yield Candidate(start, end, kind, view[start:end], "head:centre", PLACE_RANK)
        centre = _CENTRE.match(view, mention.end)
        national = _NATIONAL.search(view, max(mention.start - 10, 0), mention.start) if centre else None
        if centre and national:
            name = view[national.start() : centre.end()]
            kind = "project" if _PLATFORM.search(name) else "org"
            yield Candidate(national.start(), centre.end(), kind, name, "head:centre", PLACE_RANK)


def join_institutes(view: str, found: list[Candidate]) -> list[Candidate]:
    """Return `found`, with what an academy has under a name of its own as one (中科院 | 桑干创新研究院)."""
    joined: list[Candidate] = []
    for candidate in found:
        before = joined[-1] if joined else None
        if (
            before
            and before.end == candidate.start
            and before.type == candidate.type == "org"
            and view.endswith(_ACADEMY, before.start, before.end)
            and view.endswith(_INSTITUTES, candidate.start, candidate.end)
        ):
            name = before.canonical + candidate.canonical
            joined[-1] = msgspec.structs.replace(candidate, start=before.start, canonical=name)
        else:
            joined.append(candidate)
    return joined


def join_works(view: str, found: list[Candidate]) -> list[Candidate]:
    """Return `found`, with the works that stand right behind the company that has them as one (晋岭能源 | 云岭煤矿)."""
    joined: list[Candidate] = []
    for candidate in found:
        owner = joined[-1] if joined else None
        if (
            owner
            and owner.end == candidate.start
            and (owner.type, candidate.type) == ("company", "project")
            and view.endswith(_OWNED, candidate.start, candidate.end)
        ):
            name = view[owner.start : candidate.end]
            joined[-1] = msgspec.structs.replace(candidate, start=owner.start, canonical=name)
        else:
            joined.append(candidate)
    return joined


def with_new_house(view: str, found: Candidate) -> Candidate:
    """Return a school or museum with the house that is new to it, which is works (云岭学院 | 新校区)."""
    house = _NEW_HOUSE.match(view, found.end) if found.type == "org" else None
    if house:
        name = found.canonical + house.group()
        return msgspec.structs.replace(found, end=house.end(), type="project", canonical=name)
    whole = found.type == "org" and view.endswith(_NEW_HOUSES, found.start, found.end)
    return msgspec.structs.replace(found, type="project") if whole else found


def find_institutes(
    view: str, words: Words, known: list[Candidate], mentions: Sequence[Mention]
) -> Iterator[Candidate]:
    """Yield what an academy or university has in the place that stands right after its name."""
    ends = {m.start: m.end for m in mentions if m.form in ("short", "full")}
    for found in known:
        if found.type == "org" and view[found.end - 1] == "馆" and (hall := _HALL_BRANCH.match(view, found.end)):
            yield Candidate(found.start, hall.end(), "org", view[found.start : hall.end()], "lexicon:local", RANK)
        if found.type == "org" and (school := _ATTACHED.match(view, found.end)):
            yield Candidate(found.start, school.end(), "org", view[found.start : school.end()], "lexicon:local", RANK)
        if found.type != "org" or not view.endswith(_ACADEMY, 0, found.end):
            continue
        house = _HOUSE_OF.match(view, found.end)
        if house and not any(rules().moves(view[at : at + n]) for at, n in words.between(found.end, house.end())):
            yield Candidate(found.start, house.end(), "org", view[found.start : house.end()], "lexicon:local", RANK)
        institute = _OF_ACADEMY.match(view, found.end) if view.endswith("科院", 0, found.end) else None
        if institute and words.is_boundary(institute.end()):
            end = institute.end()
            yield Candidate(found.start, end, "org", view[found.start : end], "lexicon:local", RANK)
        if found.end not in ends:
            continue
        part = _ACADEMIC.match(view, ends[found.end])
        if part and words.is_boundary(part.end()):
            end = part.end()
            yield Candidate(found.start, end, "org", view[found.start : end], "lexicon:local", RANK)


def find_branches(view: str, known: list[Candidate], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the branches of a bank, insurer or group in the place right after its name (…银行 | 大同市 | 分行)."""
    ends = {m.start: m.end for m in mentions if m.form in ("short", "full")}
    for bank in _BANKS.finditer(view):  # 农发行 | 云岭 | 支行
        if bank.end() in ends and (branch := _BRANCH.match(view, ends[bank.end()])):
            name = _BANK_NAMES[bank.group()] + view[bank.end() : branch.end()]
            kind = "org" if bank.group() == "人行" else "company"
            yield Candidate(bank.start(), branch.end(), kind, name, "lexicon:local", RANK)
    for found in known:
        if found.type in ("org", "company") and found.end in ends and view.endswith(_BRANCHED, 0, found.end):
            branch = _BRANCH.match(view, ends[found.end])
            if branch:
                name = view[found.start : branch.end()]
                yield Candidate(found.start, branch.end(), found.type, name, "lexicon:local", RANK)
