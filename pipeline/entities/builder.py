"""Names built on a head noun: … 专项行动, … 经开区, … 博览会 (``data/entity_heads.toml``).

The head says where a name ends and of what type it is. Where it begins is the hard part: the search
goes left from the head, word by word, jumping over quotation marks and brackets, to the first word
that cannot stand in a name, and then takes back the verbs and measures that a name does not begin with.
"""

from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.entities.candidate import Candidate
from pipeline.entities.extents import branch, extend, origin, stretch
from pipeline.entities.full_forms import full_form
from pipeline.entities.heads import Group, rules
from pipeline.entities.marks import (
    BEFALLS,
    CONJUNCTIONS,
    EDITION_END,
    INDUSTRY_PARKS,
    MAKING,
    MEASURE,
    NATIONAL,
    ORDINAL,
    OWN,
    OWNERS,
    PHASES,
    PLAIN,
    REACH,
    SEPARATOR,
    STOPS,
)
from pipeline.entities.organs import division_of
from pipeline.entities.proper import holds_mark, is_named, is_proper
from pipeline.entities.reach import Piece, is_second, search, trim
from pipeline.entities.words import Words, in_dictionary, is_verb
from pipeline.places import parse_region, resolve
from pipeline.regex import Regex

RANK = 20
_LEVELS = ("国家级", "省级", "市级")  #: what stands before whose a body is: 国家级 | 云岭省…中心
_ISSUING = ("出台", "制定", "审议通过", "颁布", "颁布实施", "修订")
_OWN_GAMES = Regex(
    "第[一二三四五六七八九十]+届(?:少数民族传统体育|残疾人|老年人|农民|学生|大学生|中学生|青少年|职工)?运动会"
)
_OWN_FAIRS = ("博会", "洽会", "展会", "运会", "旅发大会", "旅游发展大会")  # 省农博会
_SERIES = frozenset("、和与及")
_CLOSED = Regex(
    "[，。；：、！？”》）\\n\\u3000 和与及的等（]|$|纲要|建设|实施|以来|期间|是|中|被|草案|将|扎实|必须"
    "|全线|正式|如期|提前|通车|建成|投产|投用|开通|开工|贯通"
    "|[0-9]|超|惠及|深入|取得|全面|顺利|有序|成效|启动|加快|稳步|前期|基本|工作|目标|任务|规定|确定|要求|提出"
)
_ONLINE = ("通”", "办”", "码”", "钉”")  # what services online are called
#: Houses that the verb of their founding is enough for (设立 | 仿生触觉制造业创新中心).
_FOUNDED_KINDS = ("platform", "institution", "body", "facility")
_SET_UP = Regex(
    "(?<!企业)(?:设立|组建|成立|揭牌成立|新设|筹建|挂牌成立)(?:了)?(?=(?:(?![、和与及等的各])[\u4e00-\u9fffA-Za-z0-9+]){4,24}$)(?![0-9超约近]|[一二三四五六七八九十两几]+[个家所批支]|一批|各|新|更多|全国|专门|相应|省级|市级|县级|区域性|若干|重点)"
)
_SET_UP_LEAST = 4  #: characters before the head
#: Campaigns that a verb at the head of its clause is enough for.
_ACTED_ON = ("action", "public_works", "service_works", "programme", "scheme", "battle")
_ACTED = Regex(
    "(?:实施|开展|启动|落实|推进)(?:好|了)?(?:新一轮)?"
    "(?P<name>(?!新一轮|实施|开展|推进|落细|[0-9一二三四五六七八九十百千两几]+[个项条类轮大万]|各|一批|系列|第|好)"
    "(?:(?![的等和与及或])[\u4e00-\u9fff（）·+0-9A-Za-z]){4,24})$"
)
_KIN = 2  #: characters at the end of a name that show it to be of the kind of another
_HOUSED = ("org", "project")
#: What shows the last of a row to be somebody's works as well: 云岭种子基地和寒带种质资源库 | 建设.
_UNDER_WAY = Regex("建设|投用|建成|开工|投运|启用|项目")
_SIBLING = 7  #: characters of a name that only the one beside it shows to be one
_SIBLING_ZONE = 5  #: the same where both are parks of an industry: 云岭经开区机床产业园、医药产业园
_PARK_KIN = frozenset(park[-2:] for park in INDUSTRY_PARKS)
#: The number of a census or inspection, and whose it is.
_TIME = Regex("第[一二三四五六七八九十]{1,2}次(?:全国|国务院|全省|全市)?$")
_TIME_REACH = 8
_DAY = Regex("20[0-9]{2}年[0-9]{1,2}月(?:[0-9]{1,2}日)?")
_ORGANS = frozenset(("省委", "市委", "县委", "区委", "州委", "党委", "中央", "党中央", "国务院", "政府"))
#: What lays claim to being the first or largest of its kind: what follows is a kind unless a place stands in it.
_FIRSTS = (
    "最大",
    "最长",
    "最高",
    "最快",
    "最深",
    "首个",
    "首座",
    "首条",
    "首家",
    "首台",
    "首艘",
    "首列",
    "唯一",
    "第一",
)
#: Works that lead power, heat, gas or water from one place to another; other quoted 工程 are campaigns.
CARRIED = Regex(
    "[电热气水]入|供[水暖热气电]|引[\u4e00-\u9fff]{1,3}[济补]|西算|北调|[东外]送|[水气]进|[0-9]\\+[0-9]|电网"
)
#: What follows a head that is only part of a longer word, by the type that the head would make.
_CONTINUED = {
    "org": ("枢纽", "体系", "学术排名", "排名", "专业"),
    "project": ("群", "体系", "专业群", "直达", "票"),
    "place": ("群", "城市"),
    "plan": ("派",),
}
#: How many of a kind there are, before or after its name.
_COUNT_BEFORE = Regex("(?:[0-9二两三四五六七八九十][多余]?[个支家所条座处大]|首[票单例笔]|一批|一系列)$")
_COUNT_AFTER = Regex("(?:分别)?(?:增加|新增|达到?|增至)?[0-9]+[多余]?[个支家所条座处项](?=[，。、；：]|以上|左右)")
_COUNT_OF = Regex("[0-9]+[余多]?[个项家]")
_COUNT_REACH = 4
_QUOTED_REACH = 12  #: characters of a quotation before a name that it does not consist of
_OF_SCHOOL = (
    "校长",
    "校区",
    "党委",
    "教授",
    "学生",
    "毕业生",
)  #: what makes a word with the head before it: 科学院大学 | 校长
#: Works that have a name, whether or not it is in a dictionary: 观澜寺 | 调蓄工程.
_SITE = Regex("(?<!病险)(?<!小型)(?<!大型)(?<!中型)(?:水库|灌区|水利枢纽|机场|寺)")
_SINGLE = ("大学", "学院", "学校", "医院", "交易所", "法院", "日报", "博物馆", "图书馆", "剧院", "林场", "农场", "牧场")
_BUILT = ("机场", "铁路", "公路", "水库", "大桥", "隧道", "电站", "港")
#: What a body is to become: 云岭研究院 | 建设世界一流研究院.
_FINE = ("世界一流", "国内一流", "全国一流", "国际一流")
_AREA = Regex("[0-9.一二三四五六七八九十百千万亿]{1,6}[余多]?[亩头羽]")  # how much of a kind there is
_FESTIVALS = ("电影节", "艺术节", "音乐节", "戏剧节", "动漫节")  # 国际电影节: the one of the place that tells of it
_VAGUE = frozenset(("相关", "有关", "各类", "各项", "系列", "其他"))  # 联合国有关论坛
_SUM = Regex("[两三四五六七八九十]大")  # 长江、黄河两大流域
_BETTERED = frozenset(("提质", "升级", "扩面", "增效", "迭代"))  #: what is done with a plan that runs
_ANEW = "新一轮"
_ZONED = frozenset("区园城港市县省州")
_OF_PLACES = ("venue", "named_works")
_SUMMED, _SUM_REACH = Regex("(?:[两三四五六七八九十]大|[0-9多两三四五六七八九十]个)$"), 3
_SPEEDED = frozenset(("加快", "加速", "支持"))
_BLENDED = 8  #: characters of the first of two things that are blended: 先进制造业 | 和休闲观光业融合发展试点


@cache
def _matcher() -> tuple[AhoCorasick, dict[str, Group], frozenset[int], frozenset[int]]:
    groups = {word: group for group in rules().heads for word in (*group.words, *sorted(group.alone))}
    words = tuple(sorted(groups))
    governing = frozenset(i for i, word in enumerate(words) if groups[word].governed)
    told = frozenset(i for i, word in enumerate(words) if groups[word].subject)
    return AhoCorasick(words, matchkind=MatchKind.Standard), groups, governing, told


def find_built(
    view: str, words: Words, marked: bytearray, ends: Mapping[int, str], region: str | None
) -> Iterator[Candidate]:
    """Yield the names in `view` that end in a head noun.

    `marked` is true at the characters of places and known names, which show a name to be proper; `ends`
    gives the type of the known name that ends at an offset, which is then the name, without what stands before it.
    """
    matcher, groups, governing, told = _matcher()
    longest: dict[int, int] = {}
    spare: dict[int, int] = {}  # the head that is tried where the longest makes no name: 工程 for 疏浚工程
    subjects: list[tuple[int, int]] = []  # the heads that only what befalls it makes a name, tried before all others
    for index, start, end in matcher.find_matches_as_indexes(view, overlapping=True):
        if index in told:
            subjects.append((end, start))
            continue
        if end not in longest or (words.is_boundary(start), -start) > (words.is_boundary(longest[end]), -longest[end]):
            longest[end] = start
        if index in governing:
            spare[end] = start
    for end, start in subjects:
        candidate = _build(view, words, marked, start, end, groups[view[start:end]], region, set())
        if candidate:
            longest.pop(end, None)
            yield candidate
    governed: set[int] = set()  # where a governed name ended, for the next of its series
    built: list[Candidate] = []
    bare: list[tuple[int, int]] = []  # heads that made no name, which a name beside them may show to be one
    for end, start in sorted(longest.items()):
        if end - start == 1 and marked[start] and marked[start - 1]:
            continue  # the 港 of 香港
        headed = view.startswith(view[end - 1] + "长", end)  # 工信局 | 局长
        if words.is_boundary(end) or end - start >= 4 or headed or view.startswith(_OF_SCHOOL, end):
            group = groups[view[start:end]]
            if group.apart and ends.get(start, "place") != "place":
                continue
            candidate = _build(view, words, marked, start, end, group, region, governed)
            if not candidate and spare.get(end, start) != start:
                group = groups[view[spare[end] : end]]
                candidate = _build(view, words, marked, spare[end], end, group, region, governed)
            if not candidate and _is_house(view, end, group) and (at := _founded(view, words, start, group)):
                candidate = _candidate(view, at, start, extend(view, end, group), group, region)
            if not candidate and group.type in ("plan", "project") and group.id in _ACTED_ON:
                candidate = _acted_on(view, words, start, end, group, region)
            if not candidate:
                bare.append((start, end))
                continue
            if _cuts_quotation(view, candidate):
                continue
            built.append(candidate)
            if group.governed or candidate.type == "plan":
                governed.add(candidate.end)
            own = group.own and OWN.match(view, candidate.start)
            if ends.get(candidate.end) != group.type or own or ORDINAL.match(view, candidate.start):
                yield candidate

    yield from _siblings(view, words, marked, built, bare, region)


def _is_house(view: str, end: int, group: Group) -> bool:
    return group.id in _FOUNDED_KINDS or view.endswith("基金", 0, end)


def _founded(view: str, words: Words, head: int, group: Group) -> int | None:
    """Return where the name of what is set up begins: after its verb, and saying more than every centre is called."""
    found = _SET_UP.search(view, max(head - REACH, 0), head)
    if not found or not words.is_boundary(found.end()):
        return None
    settings = rules()
    inside = [view[a : a + n] for a, n in words.between(found.end(), head)]
    plain = (settings.generic, settings.measure, group.never)
    special = [word for word in inside if len(word) > 1 and not any(word in listed for listed in plain)]
    return found.end() if special and head - found.end() >= _SET_UP_LEAST else None


def _acted_on(view: str, words: Words, head: int, end: int, group: Group, region: str | None) -> Candidate | None:
    """Return the campaign that reaches from the verb that begins its clause to its head, whatever verbs it holds."""
    floor = max(head - REACH, 0)
    clause = max(view.rfind(mark, floor, head) for mark in "，。；：、！？”》）\n\u3000 ") + 1
    found = _ACTED.search(view, max(clause, floor), head)
    if not found or not _CLOSED.match(view, end) or not words.is_boundary(found.start("name")):
        return None
    if view.endswith("主体", 0, head):
        return None  # 云岭水利枢纽 | 主体工程
    settings = rules()
    inside = [view[a : a + n] for a, n in words.between(found.start("name"), head)]
    plain = (settings.generic, settings.measure, settings.verbs, settings.governing, group.never)
    if not any(all(word not in listed for listed in plain) for word in inside if len(word) > 1):
        return None
    built = _candidate(view, found.start("name"), head, end, group, region)
    return msgspec.structs.replace(built, type="plan")


def _siblings(
    view: str, words: Words, marked: bytearray, built: list[Candidate], bare: list[tuple[int, int]], region: str | None
) -> Iterator[Candidate]:
    """Yield the names that stand in a row with one on the same head (云岭数据交易中心、东部数据流通服务中心)."""
    groups = _matcher()[1]
    starts = {c.start: view[c.end - _KIN : c.end] for c in built if c.type in _HOUSED}
    ends = {
        c.end: view[c.end - _KIN : c.end] for c in built if c.type in _HOUSED and view[c.end : c.end + 1] in _SERIES
    }
    closes = sorted(ends)
    for start, end in bare:
        group, kin = groups[view[start:end]], view[end - _KIN : end]
        if group.evidence != "proper" or group.type not in _HOUSED:
            continue
        after = starts.get(end + 1, "") if view[end : end + 1] in _SERIES else ""
        last = bisect_left(closes, start) - 1
        if after != kin and not (last >= 0 and start - closes[last] <= REACH):
            continue
        told = msgspec.structs.replace(group, evidence="content", closed=False)
        found = _build(view, words, marked, start, end, told, region, set())
        if not found or found.end - found.start < _SIBLING_ZONE:
            continue
        before = ends.get(found.start - 1, "")
        parked = group.id == "zone" and view.endswith(INDUSTRY_PARKS, start, end) and before in _PARK_KIN
        long = found.end - found.start >= _SIBLING
        if (parked and view[found.start - 1] == "、") or (
            long and (kin in (after, before) or (before and _UNDER_WAY.match(view, end)))
        ):
            if view[found.end : found.end + 1] in _SERIES:
                ends[found.end] = kin
                insort(closes, found.end)
            yield msgspec.structs.replace(found, rule="list:sibling")


def _cuts_quotation(view: str, found: Candidate) -> bool:
    """Whether a name begins inside the quotation that it ends with: “一都三城五基地” is a slogan."""
    if not view.startswith("”", found.end) or view[found.start - 1 : found.start] == "“" or found.type == "plan":
        return False
    opened = max(view.rfind(mark, max(found.start - _QUOTED_REACH, 0), found.start) for mark in "“”，。、\n")
    led = any("\u4e00" <= char <= "\u9fff" for char in view[opened + 1 : found.start])  # “97 | 云岭旅游年” is one name
    return opened >= 0 and view[opened] == "“" and led and "“" not in view[found.start : found.end]


def _build(
    view: str,
    words: Words,
    marked: bytearray,
    head: int,
    end: int,
    group: Group,
    region: str | None,
    governed: set[int],
) -> Candidate | None:
    if (
        group.type == "project"
        and group.id not in ("works", "structure")
        and (view.startswith("主体", head - 2) or view.startswith("主体", end))
    ):
        return None
    if not words.is_boundary(head) and view[words.before(head, 0) : end] in rules().governing:
        return None
    if group.subject and not BEFALLS.match(view, end):
        return None
    if group.id in _OF_PLACES and _SUMMED.search(view, max(head - _SUM_REACH, 0), head):
        return None  # 云岭大会 | 四大平台, 多个项目
    if view.endswith("周年", 0, head) or (view[end - 1] == "园" and view.startswith("区", end)):
        return None
    if view.startswith(_CONTINUED.get(group.type, "群"), end) or (
        group.type == "company" and view.endswith("上市", 0, head)
    ):
        return None
    if group.id == "action" and (view.startswith("方案", end) or view.endswith(("见", "付诸", "化为"), 0, head)):
        return None
    open_ended = (
        group.closed and not _CLOSED.match(view, end) and (group.type != "project" or stretch(view, end) == end)
    )
    found = search(
        view,
        words,
        marked,
        head,
        complete=group.evidence == "content",
        type_=group.type,
        joint=_joins(view, end, group),
        series="plan" if group.governed and group.type == "project" else group.type,
    )
    pieces = trim(view, found, "plan" if group.governed else group.type)
    if pieces and group.type == "meeting" and view[pieces[0].start] == "2":
        pieces = _undated(view, pieces)
    elif pieces and pieces[-1].quoted and group.type == "plan":
        pieces = _after_verbs(_after_organ(pieces))
    if group.type in ("place", "project") or group.id == "institution":
        pieces = _after_verb(pieces)
    if group.type == "org" and len(pieces) > 1 and pieces[0].text in _LEVELS and marked[pieces[1].start]:
        pieces = pieces[1:]  # 国家级 | 云岭省知识产权保护中心
    if group.type in ("plan", "document"):
        pieces = _anew(view, marked, pieces)
    if group.type == "project" and pieces and not pieces[0].quoted and _SUM.search(view, pieces[0].end, head):
        return None  # 云岭经开区 | 三大精深加工基地
    if group.type == "place" and any(EDITION_END.search(p.text) for p in pieces):
        return None  # 第四届黄河流域 | 宣传月
    if group.type == "place":
        last = max((i for i, p in enumerate(pieces) if p.text in rules().verbs), default=-1)
        pieces = pieces[last + 1 :]
    if group.evidence == "proper" and group.type in ("place", "project", "org"):
        pieces = _from_name(marked, pieces)
    if group.id == "battle" and any(MEASURE.fullmatch(p.text) for p in found[: len(found) - len(pieces)]):
        return None
    if group.id == "platform" and pieces and pieces[-1].quoted and pieces[-1].text.endswith(_ONLINE):
        return None  # “云岭通办” | 服务平台
    if pieces and pieces[-1].text in _VAGUE and view[head:end] not in ("活动", "会议"):
        return None
    if group.subject and pieces and not (pieces[0].start == 0 or view[pieces[0].start - 1] in SEPARATOR):
        return None
    if group.evidence == "ordinal":
        numbered = _TIME.search(view, max(head - _TIME_REACH, 0), head)
        return _candidate(view, numbered.start(), head, end, group, region) if numbered else None
    if view[head:end] in group.alone or (
        len(pieces) == 1 and pieces[0].text in OWNERS and group.own and view.endswith(_OWN_FAIRS, head, end)
    ):
        start = pieces[0].start if pieces and (pieces[0].named or pieces[0].text in OWNERS) else head
        edition = EDITION_END.search(view, max(start - 8, 0), start)
        start = edition.start() if edition else start
    elif pieces and is_named(view, marked, pieces, end, group):
        start = pieces[0].start
        if group.type == "plan" and view.startswith("等", start - 1):
            start = _with_example(view, words, start)
        named = is_proper(view, marked, pieces)
        coined = (
            len(pieces) == 2
            and group.id == "expressway"
            and all(len(p.text) == 1 and p.text not in PLAIN and not marked[p.start] for p in pieces)
        )
        if open_ended and group.strict and not view.startswith(group.after, end) and not coined:
            return None
        ungoverned = group.governed and not _is_governed(view, words, start, group, governed)
        if (ungoverned and (not named or group.strict)) or (open_ended and not named):
            return None
    elif (
        pieces
        and pieces[-1].text == "国际"
        and view[head:end] in _FESTIVALS
        and view[pieces[-1].start - 1] in SEPARATOR
    ):
        start = pieces[-1].start
    else:
        return None
    if group.id == "named_works" and _COUNT_OF.match(view, end):
        return None  # 承接京津冀转移项目 | 131个
    making = group.type == "org" and any(p.text in MAKING for p in pieces[:-1])
    if making and (view.endswith("在", 0, start) or view.startswith(_FINE, head - 4)):
        return None  # 在 | 云岭建设研究院, 云岭研究院 | 建设世界一流研究院
    if len(pieces) > 1 and pieces[0].quoted and pieces[1].text.startswith("字") and view.endswith("枢纽", 0, end):
        return None  # “人”字形高铁枢纽
    if group.barred and not (pieces and pieces[0].quoted) and any(word in view[start:end] for word in group.barred):
        return None
    if group.type in ("project", "place") and pieces and view.startswith(_FIRSTS, max(pieces[0].start - 2, 0)):
        pieces = _after_kind(marked, pieces)
        if not pieces:
            return None
        start = pieces[0].start
    if (
        group.evidence in ("proper", "content")
        and group.type in ("org", "company", "project", "place")
        and pieces
        and not any(holds_mark(marked, p) or (p.quoted and p is pieces[0]) for p in pieces)
        and (_COUNT_BEFORE.search(view, max(start - _COUNT_REACH, 0), start) or _COUNT_AFTER.match(view, end))
    ):
        return None
    own = OWN.match(view, start) if group.own else None
    if own and pieces and not division_of(own.group(), region):
        return None  # 县医院 in the text of a province
    if group.type == "place" and _SUM.search(view, start, head):
        return None
    if (
        pieces
        and view[start - 1] in _SERIES
        and (group.id == "action" or not marked[start])
        and _SUM.fullmatch(pieces[-1].text)
        and not view.endswith(("行动", "工程"), 0, start - 1)
    ):
        return None  # 甲、乙、丙三大工程
    if group.type == "project" and _AREA.match(view, start):
        return None  # 2 | 万亩高酸苹果基地
    if view[start - 1 : start] in CONJUNCTIONS and "融合" in view[start:end]:
        start = _blended(view, words, start)
    if group.type == "project" and view[end - 1] != "站":  # 云岭南站 | 到霞溪北站
        start = origin(view, start)
    built = _candidate(view, start, head, branch(view, marked, extend(view, end, group), group), group, region)
    if group.common and not (is_proper(view, marked, pieces) or _SITE.search(built.canonical)):
        return msgspec.structs.replace(built, type=group.common)
    if group.type == "org" and view.startswith(PHASES, built.end):  # of an institute: it is built
        end = built.end + len(PHASES[0])
        name = built.canonical + view[built.end : end]
        return msgspec.structs.replace(built, end=end, type="project", canonical=name)
    return built


def _blended(view: str, words: Words, start: int) -> int:
    """Return where a name begins that blends what stands before the conjunction with the rest: 文化 | 和旅游融合…."""
    floor = max(start - 1 - _BLENDED, 0)
    first = at = start - 1
    while at > floor and (at := words.before(at, floor)) < first:
        text = view[at:first]
        if text[0] in STOPS or rules().moves(text):
            break
        first = at
    return first if start - 1 - first > 1 else start


def _from_name(marked: bytearray, pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` from the first place or known name on, where a verb stands before that (有力 处置 | 都柳江)."""
    first = next((i for i, p in enumerate(pieces) if marked[p.start] or p.quoted), 0)
    if pieces and NATIONAL.match(pieces[0].text):
        return pieces  # 国家审评检查 | 华中 | 分中心
    return pieces[first:] if any(is_verb(p.text) and p.text not in rules().coined for p in pieces[:first]) else pieces


def _anew(view: str, marked: bytearray, pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` after 新一轮, where what it is for has a name of its own (云岭经开区 | 新一轮 | 总体规划).

    So too where it is the nation's (国家 | 新一轮 | …方案).
    """
    for i, piece in enumerate(pieces):
        owned = i and (marked[piece.start - 1] or view[piece.start - 1] in _ZONED or pieces[i - 1].text == "国家")
        if piece.text == _ANEW and owned:
            return pieces[i + 1 :]
    return pieces


def _undated(view: str, pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` after the day on which a meeting is held (2025年4月27日 | 云州市第二届…会议)."""
    date = _DAY.match(view, pieces[0].start)
    return [p for p in pieces if p.start >= date.end()] if date else pieces


def _with_example(view: str, words: Words, start: int) -> int:
    """Return where the campaign at `start` begins, with an example of its kind (推进 | 鱼类 | 等水生生物保护行动)."""
    noun = words.before(start - 1, max(start - 6, 0))
    verb = words.before(noun, max(noun - 6, 0))
    return noun if start - noun > 2 and view[verb:noun] in rules().acting else start


def _after_verbs(pieces: list[Piece]) -> list[Piece]:
    """Return the quotation that `pieces` end with, where only verbs stand before it (提质升级 | “智汇云岭”计划)."""
    verbs = rules().verbs
    led = all(p.text in verbs or p.text in _BETTERED or is_verb(p.text) for p in pieces[:-1])
    return pieces[-1:] if led else pieces


def _after_organ(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` from a quotation on, where whose campaign it is stands right before it (省委 | “…”行动)."""
    quoted = next((i for i, p in enumerate(pieces) if p.quoted), 0)
    owners = _ORGANS if quoted < len(pieces) - 1 else {*_ORGANS, "国家"}
    return pieces[quoted:] if quoted and pieces[quoted - 1].text in owners else pieces


def _after_kind(marked: bytearray, pieces: list[Piece]) -> list[Piece]:
    """Return the name after its kind, which a superlative claims (全国最大 | 货运机场 | 云岭机场)."""
    last = [i for i, p in enumerate(pieces) if p.quoted]
    if last:
        return pieces[last[-1] :]
    return pieces if any(marked[p.start] for p in pieces) else []


def _after_verb(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` from the first named one on, if a verb stands before it (国家 | 支持 | 横琴…)."""
    for i in range(len(pieces) - 1, 1, -1):
        if pieces[i].named and pieces[i - 1].text in _SPEEDED:
            return pieces[i:]  # 云州 | 加快 | 云东融合发展试验区
    first = next((i for i, p in enumerate(pieces) if p.named), 0)
    moved = any(p.text in rules().verbs or p.text in MAKING for p in pieces[:first])
    return pieces[first:] if moved else pieces


def _candidate(view: str, start: int, head: int, end: int, group: Group, region: str | None) -> Candidate:
    canonical = full_form(view[start:end], group, region)
    own = parse_region(region)
    if own and own.level in ("province", "city") and _is_own(view, canonical, start, group):
        canonical = own.name + canonical
    type_ = group.other if _is_other(canonical, group) else group.type
    if (
        group.id == "public_works"
        and view[head - 1] == "”"
        and not CARRIED.search(canonical)
        and not _is_of_works(view, start, head)
    ):
        type_ = group.other
    return Candidate(start, end, type_, canonical, f"head:{group.id}", RANK, cue=(head, end))


def _is_own(view: str, name: str, start: int, group: Group) -> bool:
    """Whether a name without a place is of the document's own: what it issues, and games by their edition."""
    if group.id == "act":
        return name.endswith("条例") and view.endswith(_ISSUING, 0, start) and not _holds_place(name)
    return group.type == "meeting" and name.endswith("运动会") and bool(_OWN_GAMES.fullmatch(name))


def _holds_place(name: str) -> bool:
    return any(resolve(name[:length]) for length in range(2, 8)) or NATIONAL.match(name) is not None


def _is_other(name: str, group: Group) -> bool:
    """Whether a name is of the other type of its `group` by what it holds: it trains or serves, or builds nothing."""
    return any(word in name for word in group.social) or (
        bool(group.built) and not any(word in name for word in group.built)
    )


def _is_of_works(view: str, start: int, head: int) -> bool:
    """Whether a name that ends in a quotation and 工程 begins with what is built there (云州机场 | “新翼”工程)."""
    opened = view.rfind("“", start, head)
    return opened > start and view.endswith(_BUILT, start, opened) and not in_dictionary(view[start:opened])


def _is_governed(view: str, words: Words, start: int, group: Group, governed: set[int]) -> bool:
    """Whether the name at `start` is the object of a verb that such names have, or follows one of its kind that is."""
    if view[start - 1 : start] in _SERIES:
        return start - 1 in governed or is_second(view, start - 1)
    at = words.before(start, max(start - 8, 0))
    while view[at:start] in ("了", "好", "新一轮", "国家") and at > 0:
        start, at = at, words.before(at, max(at - 8, 0))
    return view[at:start] in (group.under or rules().acting)


def _joins(view: str, end: int, group: Group) -> bool:
    """Whether a name of `group` that ends at `end` may be that of a body for this and that (文化和旅游局)."""
    return group.joint and not view.endswith(_SINGLE, 0, end)
