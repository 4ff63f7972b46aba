"""How far a name goes on after its head, and before its first place: stretches, phases, seats, editions, branches."""

from pipeline.entities.full_forms import longest_first
from pipeline.entities.heads import Group, rules
from pipeline.entities.marks import BEFALLS, INDUSTRY_PARKS, LINES, PHASES, SEATED
from pipeline.regex import Regex

_STRETCH = Regex(
    "(?:[A-Z]|[东南西北中]{1,2}|[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]{2,5}至[\u4e00-\u9fff]{2,5}?)段(?![时落])|[\u4e00-\u9fff]{2,5}至[\u4e00-\u9fff]{2,5}?(?:支线|联络线)"
)
_SECTION = Regex("（[\u4e00-\u9fff]{2,8}(?:段|片区|部分|境内)）")
#: Units of a power station, and what one of them makes: 1号机组, 2×100万千瓦项目.
_UNITS = Regex(
    "(?:[0-9一二三四五六]+(?:[、和][0-9一二三四五六]+)?号机组"
    "|(?:[0-9]+×)?[0-9.]+万千瓦级?(?:(?![的和与及等、])[\u4e00-\u9fff“”]){0,8}?(?:项目|工程))"
)
_POWER = ("电厂", "电站", "核电", "热电", "一期", "二期", "三期", "四期", "五期", "一期工程", "二期工程")
#: Where a line begins, before the name of where it ends: 黄村 | 至大同铁路.
_ORIGIN = Regex(
    "(?:[^\u4e00-\u9fff]|和|及|建设|开工|推进|加快|实施|建成|贯通|[扩改新续]建|提速|改造)(?P<place>[\u4e00-\u9fff]{2,4})[至到]$"
)
_OVER = Regex(
    "(?:[^\u4e00-\u9fff]|建设|开工|推进|加快|实施|建成|贯通|投运|批复)(?P<place>[\u4e00-\u9fff]{2,4}至[\u4e00-\u9fff]{2,4}至)$"
)
#: A branch of an institution, named by a place right after it.
_BRANCH = Regex("[\u4e00-\u9fff]{2,6}?(?P<kind>分?中心|基地|分院|分部|分库|分馆)(?![城区])")
#: What is done to works, in the name of the project: 矿区 | 生态修复项目.
_WORKED = Regex(
    "(?:生态修复|改造升级|升级改造|改扩建|提质改造|更新改造|维修加固|除险加固|综合治理|综合整治|生态治理|修缮|续建|搬迁|迁建|扩容|改造|扩建|整治|治理)(?:项目|工程)"
)
#: What phases of works consist in, and the house that a hospital has elsewhere: 三期 | 改扩建, 人民医院 | 柳溪院区.
_EXTENDED = ("改扩建工程", "改扩建", "扩建工程", "扩建")
_WARD = Regex(
    "(?:(?![的和与及等在为])[\u4e00-\u9fff]){2,4}"
    "(?:(?:院区|分院)(?![\u4e00-\u9fff]?长)|部(?=[与、，。]|开诊|揭牌|挂牌|投用|启用))"
)
_VERSION = Regex("（20[0-9]{2}(?:年?版|(?:年?[—－-]+|至)20[0-9]{2}年?)）|[2-9]\\.0版")  # 行动方案（2026版）
_KIND = Regex("（[A-Z]型）|（[\u4e00-\u9fff]{2,6}(?:领域|方向)）")  # 保税物流中心（B型）, …中试基地（医疗领域）
#: Where a thing of a national kind is: 国家数据标注基地 | （成都）.
_SEAT = Regex("（[\u4e00-\u9fff]{2,6}）")
_BRANCHED = ("platform", "laboratory", "research_laboratory", "body")
#: What a zone has in it: 云岭经开区 | 装备产业园.
_PARK = Regex(
    f"(?:(?![的和与及等在区内、])[\u4e00-\u9fff]){{2,6}}?(?:产业园区|{'|'.join(INDUSTRY_PARKS)}|智造园)(?!区)"
)
_HAS_PARKS = ("区", "新城")
_NO_TAIL = {"新院": "区"}  #: what makes a tail another word: 新院 | 区


def origin(view: str, start: int) -> int:
    """Return where a line's name that begins at `start` begins when the place it starts from is taken in (黄村至…)."""
    match = _ORIGIN.search(view, max(start - 9, 0), start) if view[start - 1 : start] in ("至", "到") else None
    if not match:
        reaches = view.endswith("至", 0, start)
        over = _OVER.search(view, max(start - 14, 0), start) if reaches else None  # 甲至乙至 | 丙特高压
        return over.start("place") if over else start
    at, place = match.start("place"), match["place"]
    settings = rules()
    while len(place) > 3 and settings.moves(place[:2]):
        at, place = at + 2, place[2:]
    return at + 1 if len(place) > 2 and place[0] in "到在从由" else at


def stretch(view: str, end: int) -> int:
    """Return where a name that ends at `end` ends with the stretch of its line (武宜段) or its unit (1号机组)."""
    match = _STRETCH.match(view, end) or _SECTION.match(view, end)
    if not match and view.endswith(_POWER, 0, end):
        match = _UNITS.match(view, end)
    return match.end() if match else end


def extend(view: str, end: int, group: Group) -> int:
    """Return where the name ends when what may follow its head is taken in (二期, 南北段)."""
    if group.type in ("plan", "document") and (edition := _VERSION.match(view, end)):
        return edition.end()
    for tail in longest_first(group.after):
        if view.startswith(tail, end) and not view.startswith(_NO_TAIL.get(tail, "主体"), end + len(tail)):
            if tail == PHASES[0] and BEFALLS.match(view, end + len(tail)):
                return end  # 云岭生产基地 | 一期投产: how far it is, not its name
            end += len(tail)
            end += len("项目") * (tail[-1] == "期" and view.startswith("项目", end))
            if tail[-1] == "期":
                end += next((len(works) for works in _EXTENDED if view.startswith(works, end)), 0)
            return stretch(view, end) if group.type == "project" else end
    if group.type == "project":
        park = _PARK.match(view, end) if group.id == "zone" and view.endswith(_HAS_PARKS, 0, end) else None
        if park and not any(rules().moves(view[end : end + n]) for n in (2, 3)):
            return park.end()
        end += view.endswith(LINES, 0, end) and view.startswith("网", end) and not view.startswith("网络", end)
        kind = _KIND.match(view, end) or _WORKED.match(view, end)
        return kind.end() if kind else stretch(view, end)
    if group.type == "org" and view.endswith("医院", 0, end) and (ward := _WARD.match(view, end)):
        return ward.end()
    section = _SECTION.match(view, end) if group.type == "place" else None
    return section.end() if section else end


def branch(view: str, marked: bytearray, end: int, group: Group) -> int:
    """Return where the name ends when a branch that a place names is taken in (…技术创新中心 | 大同中心).

    So is the place in brackets where a thing of a national kind is (…基地 | （成都）).
    """
    if group.id in SEATED and (seated := seat(view, marked, end)):
        return seated
    found = _BRANCH.match(view, end) if group.id in _BRANCHED and marked[end] else None
    return found.end() if found and all(marked[end : found.start("kind")]) else end


def seat(view: str, marked: bytearray, end: int) -> int | None:
    """Return where the bracket ends that stands at `end` and holds a place."""
    found = _SEAT.match(view, end)
    return found.end() if found and all(marked[end + 1 : found.end() - 1]) else None
