"""Names in a row that share a part: 粮食、棉花产量, 城镇和农村居民收入."""

import re

from pipeline.claims.lexicon import any_of
from pipeline.claims.naming import joined
from pipeline.claims.wordings import THINGS, blanked, ending, pattern
from pipeline.places import resolve
from pipeline.regex import Regex

_SECTORS = Regex(r"(?:一二三产业?|第?一、二、三产业|三次产业)")


def members(name: str, count: int, counted: bool = False) -> list[str] | None:
    """Split a coordination into `count` names, giving each the head that they share; None if it is not one.

    `counted`: things are counted, so that what is said to be done to the first (新建A、B、C) is done to all.
    """
    done = _DONE_TO_ALL.match(name) if counted else None
    if done and "、" not in done.group():
        parts = _split(name[done.end() :], count, counted)
        if parts and not any(pattern("doing").match(part) for part in parts):
            return [done.group() + part for part in parts]
    return _split(name, count, counted)


#: What says in a row how many things and of what sort it names (棉、油、糖 | 三种作物 | 面积).
_SUMS_UP = Regex(
    "(?<=[\u4e00-\u9fff])(?P<count>[两二三四五六七八九])(?:大(?:支柱|优势|传统|重点|新兴|主导|特色|先进|战略性)*"
    "|种(?:主要)?(?:农?作物|产品|粮食|经济作物|商品)?|省[市区]?|市|县|区|个?(?:省份|城市|地区|行业|部门|品种))(?=..)"
)
_RATE_OF_HANDLING = Regex("(?:满意|解决|办结|响应|答复|回访|接通|好评|按期办结|办复|化解|调解成功|执结)[率度]$")


def _split(name: str, count: int, counted: bool) -> list[str] | None:
    name = name.replace("存、贷款余额", "存款余额、贷款余额").replace("存、贷款", "存款、贷款")
    sums_up = _SUMS_UP.search(name) if "、" in name else None
    if sums_up and "一二三四五六七八九十".find(sums_up["count"].replace("两", "二")) + 1 == count:
        name = name[: sums_up.start()] + name[sums_up.end() :]  # 钢铁、石化两大支柱产业增加值: each one's
    sectors = _SECTORS.match(name)
    if sectors and count == 3:
        return [f"第{n}产业{name[sectors.end() :]}" for n in "一二三"]
    if name.startswith("城乡") and count == 2 and "、" not in name:
        town = "城镇" if name.startswith("居民", 2) else "城市"
        return [town + name[2:], "农村" + name[2:]]
    two = (
        next((pair for pair in _TWO_IN_ONE if pair[0] in name), None)
        if count == 2 and not _JOINT.search(name)
        else None
    )
    if two:
        return [name.replace(two[0], one) for one in two[1:]]
    flat = blanked(name)
    cuts = [m.span() for m in re.finditer(r"、|和|与|及|以及", flat)]
    if len(cuts) < count - 1:
        return None
    if len(cuts) > count - 1:
        marks = [c for c in cuts if name[c[0]] == "、"]
        others = [c for c in cuts if name[c[0]] != "、"]
        for chosen in (marks + others[-1:], marks[-(count - 1) :], others[-(count - 1) :]):
            if len(chosen) == count - 1:
                cuts = sorted(chosen)
                break
        else:
            cuts = cuts[-(count - 1) :]
    edges = [0, *[i for cut in cuts for i in cut], len(name)]
    parts = [name[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not all(parts):
        return None
    handled = _RATE_OF_HANDLING.search(parts[0]) if all(map(_RATE_OF_HANDLING.fullmatch, parts[1:])) else None
    if handled:  # 热线办结率、满意率
        return [parts[0], *(parts[0][: handled.start()] + part for part in parts[1:])]
    shared = _shared_purpose(parts) or _behind_place(parts) or _shared_tail(parts)
    parts = _with_begin_of_first(parts)
    begin = _SHARED_BEGIN.match(parts[0])
    if (
        begin and (shared or begin.group() == "城乡居民" or begin.group()[0] == "每") and shared != "率"
    ):  # 限额以上家具、家电零售额
        parts = [p if i == 0 or _OWN_BEGIN.match(p) else begin.group() + p for i, p in enumerate(parts)]
    if shared and parts[0].startswith("对") and not parts[0].startswith(_FOREIGN):  # 对非洲、拉美市场出口
        parts = [p if i == 0 or p.startswith("对") else "对" + p for i, p in enumerate(parts)]
    if counted and not shared:
        shared = _tail_behind_alike(parts)
    if not shared and len(parts) > 2:
        parts = _with_tail_of_last(parts)
    parts = _with_deal_of_first(parts)
    if shared:
        last = len(parts) - 1
        own = "率" if shared.endswith("率") else shared  # 巩固率、毛入学率: a rate of its own
        parts = [
            p if i == last or p.endswith((own, "率")) or _has_head(p, 1) else joined(p, _of_same(p, shared), least=2)
            for i, p in enumerate(parts)
        ]
    return parts


_JOINT = Regex("[、和与及]")
_FOREIGN = ("对外", "对口", "对标", "对照")
_A_BRANCH = ("服务业", "产业", "行业", "工业", "制造业")


def _of_same(part: str, shared: str) -> str:
    """Return the head that `part` shares with the last, without the thing itself (托位、床位数: 数; 金融业: 增加值)."""
    if part.endswith("业") and shared.startswith(_A_BRANCH):
        return shared[shared.index("业") + 1 :]
    return shared[2:] if len(shared) > 2 and part.endswith(shared[1]) and shared.endswith("位数") else shared


#: What is done to, or becomes of, all that are counted behind it (新建, 获评, 新入库).
_DONE_TO_ALL = Regex(
    f"(?:(?>{any_of('doing')})|(?>新(?:入库|入统|纳统|注册|登记|签约|开业|投产|上市|立项|备案|引进|入选|增)))+(?=[^，；]{{2,}}[、和与及])"
)


def _tail_behind_alike(parts: list[str]) -> str:
    """Return what the last has behind a word as long as the others (供热、燃气、排水 | 管网), or ""."""
    length = len(parts[1]) if len(parts) > 2 else 0
    alike = length >= 2 and all(len(part) == length for part in parts[1:-1])
    return parts[-1][length:] if alike and 2 <= len(parts[-1]) - length <= 4 else ""


#: 诉求 | 解决率、满意率: two rates of what is dealt with.
_DEAL = "(?:办结|解决|响应|受理|处置|合格|满意|知晓|回访|好评|按时办结|限时办结|按期办结|参与|认可)[率度]"
_RATE_OF_DEAL = Regex(f"(?P<of>[^，；]{{2,}}?){_DEAL}$")
_DEAL_ALONE = Regex(_DEAL)


def _with_deal_of_first(parts: list[str]) -> list[str]:
    """Give bare rates of what is dealt with the thing that the first names (诉求解决率、满意率)."""
    first = _RATE_OF_DEAL.fullmatch(parts[0]) if parts[0].endswith(("率", "度")) else None
    if first is None:
        return parts
    return [first["of"] + part if _DEAL_ALONE.fullmatch(part) else part for part in parts]


#: 一般公共预算 | 收支, 牛羊 | 出栏: two things in one word.
_TWO_IN_ONE = (("收支", "收入", "支出"), ("牛羊", "牛", "羊"), ("猪牛", "猪", "牛"), ("存贷款", "存款", "贷款"))


def _with_begin_of_first(parts: list[str]) -> list[str]:
    """Give parts that answer to the end of the first the beginning that they lack (城市卫生服务中心、服务站)."""
    first = parts[0]
    found = [first]
    for part in parts[1:]:
        at = first.find(part[:2], 2) if len(part) >= 3 else -1
        alike = at > 0 and len(part) <= len(first) - at and not ending("head", part)
        found.append(first[:at] + part if alike else part)
    return found


_OWN_BEGIN = Regex("限额以上|限上|规模以上|规上|城乡|城市|城镇|农村|职工|[^，；、]{2,8}用于")
#: 文化、旅游增加值占经济总量比重.
_SHARE_OF_WHOLE = Regex(
    "(?:增加值|总?产值|总?产量|销售?量|出口额?|面积|装机(?:容量)?|收入|支出|投资)占[^占，；]{2,16}(?:比重|比例)$"
)
_SHARED_BEGIN = Regex(
    "(?:每[千万百]?(?:人口?|户)(?:拥有|常住人口)?|限额以上|限上|城乡居民|金融机构(?:本外币|人民币)?|[^，；、]{2,8}用于)(?=..)"
)


def _with_tail_of_last(parts: list[str]) -> list[str]:
    """Give parts that differ from the last in their modifier alone the tail that they lack (城市供养、农村供养标准)."""
    modifier = pattern("modifier").match(parts[-1])
    bare = parts[-1][modifier.end() :] if modifier else ""
    found = []
    for part in parts[:-1]:
        other = pattern("modifier").match(part) if bare else None
        stem = part[other.end() :] if other else ""
        lacks = len(stem) >= 2 and bare.startswith(stem) and pattern("head").fullmatch(bare[len(stem) :])
        found.append(part + bare[len(stem) :] if lacks else part)
    return [*found, parts[-1]]


def _shared_purpose(parts: list[str]) -> str:
    """Return the tail of 市财政用于科技、教育和卫生的支出, "" where no purposes are listed."""
    tail = re.search("(?:事业)?的?(?:支出|投入|资金|经费)$", parts[-1])
    return tail.group() if tail and tail.start() and re.match("[^，；、]{2,8}用于..", parts[0]) else ""


def _behind_place(parts: list[str]) -> str:
    """Return what stands behind the last of several places (广州、深圳 | 地铁日均客流量), "" where they are none."""
    if not all(2 <= len(part) <= _LONGEST_PLACE and resolve(part) for part in parts[:-1]):
        return ""
    last = parts[-1]
    ends = (end for end in range(min(len(last) - 2, _LONGEST_PLACE), 1, -1) if resolve(last[:end]))
    return last[next(ends, len(last)) :]


_LONGEST_PLACE = 8
_LONGEST_KIND = 4


def _has_head(part: str, least: int) -> bool:
    """Whether a member says by itself what is measured (人均GDP, 可支配收入), `least` letters before its head."""
    own = ending("head", part)
    return _ABBREVIATED.search(part) is not None or (
        own is not None and own.start() >= least and len(own.group()) > 1 and own.group() not in THINGS
    )


_ABBREVIATED = Regex("(?:GDP|CPI|PPI|PMI|GNP|PUE)$")
_EVERYWHERE = ("全国", "全省", "全市", "全区", "全县", "全州")
_SOME_PLACES = Regex(
    "[^，；、]{0,8}?(?:试验区|示范区|试点(?:[省市县]|地区|城市)?|开发区|高新区|自贸区|自贸港|地区|城市|农村|山区|县城)(?!居民)"
)
_KIND_OF_PLACE = Regex("建制村|行政村|自然村|村|乡镇|乡|镇|县区|县城|县|市县|城市|城镇|农村|社区|街道")
#: 茶叶、蔗糖 | 的 | 人均 | 消费量: what stands between is shared too.
_OF_ALL = Regex(
    "(?<=..)的(?P<what>(?:年平均|平均每年|每年平均|平均|年均|月均|日均|人均|户均|亩均|单位面积|单位|全年|最高|最低)[^，；、的]{1,5})$"
)
#: 失业、工伤 | 保险 | 参保人数: of what all in a row are kinds, named with the last.
_A_CLASS = Regex("(?<=[一-鿿]{2})(?:保险|高中|教育)(?=..)")


def _shared_tail(parts: list[str]) -> str:
    first, last = parts[0], parts[-1]
    of_class = _A_CLASS.search(last)
    if (
        of_class
        and of_class.start() <= _LONGEST_KIND
        and all(
            2 <= len(part) <= _LONGEST_KIND and not ending("head", part) and not part.endswith(("保险", "高中", "教育"))
            for part in parts[:-1]
        )
    ):
        return last[of_class.start() :]
    done = pattern("doing").match(first)
    if done and done.end() < len(first) and not pattern("doing").match(last):
        return ""  # 接待游客、旅游总花费: the first is something done
    modifier = pattern("modifier").match(last)
    if modifier and pattern("modifier").fullmatch(first) and modifier.end() < len(last):
        kind = modifier.group()[-1] if len(first) == 1 < len(modifier.group()) else ""
        return (kind if kind in "等型级" else "") + last[modifier.end() :]  # 中、高等职业学校
    in_places = _SOME_PLACES.match(last) if first in _EVERYWHERE else None
    if in_places and in_places.end() < len(last):  # 全国和自贸试验区负面清单条数
        return last[in_places.end() :]
    of_place = _KIND_OF_PLACE.match(last) if _KIND_OF_PLACE.fullmatch(first) else None
    if of_place and of_place.end() < len(last):  # 乡镇、建制村通公路比重
        return last[of_place.end() :]
    match = _SHARE_OF_WHOLE.search(last) or ending("head", last)
    if not match:
        return _parallel_tail(parts, len(last))
    of_all = _OF_ALL.search(last) if "的" in last else None
    if of_all and not any("的" in part for part in parts[:-1]) and not _has_head(first, 0):
        return of_all["what"]
    if match.start() == 0:  # 工业、农业总产值: both are heads and branches
        return _parallel_tail(parts, len(last)) if first in THINGS else ""
    if _has_head(first, 0):
        # each has a head of its own, unless the last one's goes on (中等、高等职业教育在校生)
        return ""
    return _parallel_tail(parts, match.start()) or re.sub(
        "^[量数额值均率](?=..)", "", match.group()
    )  # 化学需氧量排放量


def _parallel_tail(parts: list[str], head: int) -> str:
    """Return what the last part has behind the words that answer to the part before it (支出型 | 救助标准), or "".

    `head` is where the statistical head of the last begins, its length where it has none.
    """
    before, last = parts[-2], parts[-1]
    n = len(before)
    alike = last[:n].startswith(before[0]) or (
        last[:n].endswith(before[-1]) or (n == 2 and set(before) & set(last[:n]))
    )
    return last[n:] if n >= 2 and alike and n <= head and len(last) >= n + 2 else ""
