"""Places that the text mentions: which of them stand for themselves, and what they are part of else."""

from collections.abc import Iterator, Sequence

import msgspec

from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import rules
from pipeline.entities.lexicon import SPIRIT, known_names
from pipeline.entities.native import TOWNS
from pipeline.entities.words import Words, in_dictionary, is_toponym, is_verb
from pipeline.places import Mention, parse_region, resolve, short_name
from pipeline.regex import Regex

PLACE_RANK = 35
_COINED = Regex("“[^“”，。、]{2,10}”|《[^《》\n]{2,30}》")
_TITLES = Regex("《[^《》\n]{2,40}》")
_PART = Regex("[东南西北中]{1,2}部(?![署门队分委长属际])|北方|南方|市区|城区|境内")
#: How a place does something, which others learn: 云岭 | 经验.
_WAY = Regex(
    "(?:改革|治理|医改|林改)?(?:经验|模式|样本)(?=[、，。；：”）\n和及与在]|$|等|向全|被|得到|获|入选|全面|复制|推广|走向|成为|写入)"
)
#: The same behind a verb of learning, with what it is of: 推广 | 云岭 | 有机更新模式.
_SPREADING = ("推广", "复制", "借鉴", "学习", "总结")
_LEARNT = Regex("(?:(?![的和与及等是在了])[\u4e00-\u9fff]){2,10}?(?:经验|模式|做法)(?=[、，。；：”）\n和及与]|$|等)")
_COUNTED_PARTS = Regex("[三四五六七八九十](?:地州市|地州|州市|地市|州|市)(?![场民长区委级])")  # 南疆 | 五地州
_ADJOINED = Regex("一区")  # 东北三省 | 一区
_HIGHLANDS = Regex("山区|老区|牧区|库区")  # 粤北山区
_NEXT_LAKE = Regex("[、和][\u4e00-\u9fff]{1,3}湖")
_VILLAGE = Regex(
    "(?:(?![和与及的在为是等])[\u4e00-\u9fff]){1,5}?(?:村|(?<!小)(?<!专业)镇|乡|街道|社区)(?![镇民庄企级办容落集域医委风情愁土里寨改貌容]|两(?![大个项]))"
)
_NO_VILLAGE = Regex(
    "(?:[农乡渔美全各个一两示范贫困驻包联整]|新(?:型|建|社区|村|镇|农)|城中|行政|自然|建制|特色|重点|中心|小城|有关|等|和|的|在|是|为)"
)
#: An exhibition of a place: 2025 | 云岭 | 国际能源展.
_EXHIBITION = Regex(
    "(?:国际|全国)(?:(?![的和与及等、])[\u4e00-\u9fff]){2,8}?(?<![发开拓扩进施舒伸])展(?=[，。、；”]|等|和|开幕|在|举)"
)
_ISLAND = Regex("(?:(?![和与及的在为是等半群本海全各沿环小大])[\u4e00-\u9fff]){2,3}岛(?![屿内上县区际])")  # 珠海横琴岛
STREET = Regex("[东西南北中]?[路街](?![线径桥网局段由道区办上头])|道(?=[—、，。])")  # 南京西路, 平城街, 赤峰道
_LANES = frozenset("街巷")
_DIVISIONS = ("province", "city", "county")
_ZONE_NAMED = Regex("自贸试验区|自由贸易试验区")
_FREE_TRADE = Regex("(?:中国（[\u4e00-\u9fff]{2,4}）自由贸易试验区|[\u4e00-\u9fff]{2,3}自贸试验区)$")
_ZONE_REACH = 30  #: characters before the part that a county names, in which the zone is told
_SHARED_RANK = 45  #: above the places that the first parts of a row are else
#: What a place wants to become (数字 | 云岭), and what it calls itself (好客 | 云岭).
_GOALS = Regex(
    "(?:数字|智慧|平安|法治|健康|美丽|幸福|信用|清廉|书香|诚信|强富美高新"
    "|(?:幸福美好|美丽)?(?<![清创更革翻崭全最焕出求图从重])新)$"
)
_BRANDS = Regex("(?:好客|旅居)$")
_GOAL_REACH = 5
_CALLED = {"plan": "goal", "project": "brand", "meeting": "week", "document": "agreed"}
#: A week that others hold for a place (新加坡 | 云岭 | 周), and what a meeting there agreed on (云岭 | 倡议).
_WEEK = Regex("(?<=[\u4e00-\u9fff].)周(?=[、，。；”）]|等|系列|活动)")
_AGREED = Regex("(?:倡议|共识)(?=[、，。；”]|发布|等|$)")
#: A lane or street of a town: 云岭 | 六角街.
_LANE = Regex(
    "(?!(?:商业|步行|美食|特色|文化|主要|历史|小吃|民俗|大小|城市)[街巷])[\u4e00-\u9fff]{2}(?:街|小?巷)(?=[、，。；]|等)"
)
#: What makes 中国 the beginning of a term rather than the country.
_CHINA_TERM = Regex("式|共产党|人民|梦|化|人|[制智建]造|精神|力量|方案|故事|革命|民族|声音|品牌|好人|特色")
#: The study of a place: 敦煌 | 学.
LEARNING = Regex("学(?![校院生习会子者堂府区制位科前区段])")
#: A sight that its county is told with: 嵩县 | 香炉山.
_SIGHT_OF = Regex(
    "(?P<name>(?:(?![的和与及等在大小爱登上下各金深火矿全沿至到往赴])[\u4e00-\u9fff]){2,3}(?:山|谷|寨|大峡谷|峡谷|瀑布|草原|温泉|溶洞|古村|古镇))"
    "(?=、|，|。|；|等|游人|各具|景区)"
)
#: What becomes of a region: 呼包鄂 | 一体化发展.
_INTEGRATION = Regex("(?:一体化|同城化|协同)(?:高质量)?发展(?![的区])|(?:一体化|同城化)(?=[、，。；]|建设|进程)")
_FIELD_OF_WORK = Regex("事务|工作|侨|、(?!同胞|海外)|等(?:各项)?工作")
_COUNTED = Regex("等(?:[0-9一二三四五六七八九十]+[余多]?个|地)")
_INSIDE = ("县域", "藏传")  # words that a place seems to end in
YEAR = Regex("(?<![-0-9—－至])20[0-9]{2}(?:年度)?$")  # 2023 | 中国最美县域
#: What follows a row of counties and says how many they are.
_COUNTED_CUE = Regex("[两二三四五六七八九十](?:县市区?|市县|县区|区县|县|区|市)(?![场民长区委级域])")
_COUNTED_ROW = Regex("[\u4e00-\u9fff]{2,7}(?:、[\u4e00-\u9fff]{2,3}){1,8}$")
_COUNTED_REACH = 40
#: Who goes to see a place, in the name of the occasion: 欧洲先进制造业企业 | 重庆 | 行.
_VISITORS = Regex(
    "(?:(?![和与及的在为是等举办开承了好])[\u4e00-\u9fff]){0,10}?"
    "(?:企业家?|[侨客渝浙粤闽苏湘徽儒]商|名企|央企|民企|外企|跨国公司|台商|港商|院士|专家|媒体|作家|商会|网红|大咖)$"
)
_VISIT = Regex("行(?=[、，。；”]|等|系列|活动)")
_VISIT_REACH = 18
#: A part of a state: 德国 | 北威州, 日本 | 埼玉县.
_ABROAD = Regex(
    "(?:(?![各多个两几三的和与及在等全本首有一二])[\u4e00-\u9fff]){2,5}?(?:州|[郡县府]|(?<!通)道|(?<!城)市(?!场|民|值|政))(?=[、，。；的等和与在签举开结建缔）]|$)"
)
#: A railway station, which is named after its place.
_STATION = Regex(
    "(?P<part>[\u4e00-\u9fff]{2})?站(?=[、，。；]|等|及|和|开通|运营|建成|投用|投运|启用|改造|扩建|枢纽|综合|交通|工程|项目)"
)


def stands(view: str, words: Words, mention: Mention) -> bool:
    """Whether a place does not begin inside an ordinary word; a word of five characters may be a name that holds it.

    The short name of a county must not end inside one either, but for the 等 of a list (昭平等10个县). Of 新建县域
    and 藏传佛教 no place is told.
    """
    if view.startswith(_INSIDE, mention.end - 1):
        return False
    county = mention.form == "short" and mention.place.level == "county"
    if county and not (words.is_boundary(mention.end) or _COUNTED.match(view, mention.end)):
        return False
    inside = words.around(mention.start)
    if mention.form == "abbreviation" or inside == 0:
        return True
    if mention.place.level == "country" and view.startswith("原", mention.start - 1):
        return words.is_boundary(mention.start - 1) and words.is_boundary(mention.end)  # 原苏联
    return mention.place.level == "province" or (mention.form == "full" and inside > 4)


def find_counted_counties(view: str, year: int | None, region: str | None) -> Iterator[Candidate]:
    """Yield the counties of a row that says how many they are by short names that are words too (太白、眉县两县)."""
    for cue in _COUNTED_CUE.finditer(view):
        row = _COUNTED_ROW.search(view, max(cue.start() - _COUNTED_REACH, 0), cue.start())
        if not row:
            continue
        names = row.group().split("、")
        first = next((names[0][i:] for i in range(len(names[0]) - 1) if resolve(names[0][i:], year, region)), "")
        at = row.start() + len(names[0]) - len(first)
        names[0] = first
        places = [resolve(name, year, region) if name else None for name in names]
        if all(place and place.level in ("city", "county") for place in places):
            for name, place in zip(names, places, strict=True):
                if place:
                    yield Candidate(at, at + len(name), "place", place.name, "place:row", _SHARED_RANK, place.code)
                at += len(name) + 1


def find_visits(view: str, words: Words, mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield the occasions on which some go to see a place (世界侨商海南行)."""
    for mention in mentions:
        if not (_VISIT.match(view, mention.end) and words.is_boundary(mention.end + 1)):
            continue
        floor = max(mention.start - _VISIT_REACH, 0)
        floor = max((view.rfind(mark, floor, mention.start) + 1 for mark in "、，。；“”\n 会办展"), default=floor)
        visitors = _VISITORS.search(view, max(floor, mention.start - _VISIT_REACH), mention.start)
        if visitors:
            start, end = visitors.start(), mention.end + 1
            yield Candidate(start, end, "meeting", view[start:end], "place:visit", PLACE_RANK)


def find_zone_parts(view: str, mentions: Sequence[Mention], region: str | None) -> Iterator[Candidate]:
    """Yield the parts of the province's free trade zone that cities name (大连片区)."""
    own = parse_region(region)
    province = short_name(own.province or own.name) if own else None
    if province not in rules().free_trade.provinces or not _ZONE_NAMED.search(view):
        return
    ends = {m.end: m for m in mentions if m.place.level in TOWNS}
    for last in mentions:
        if not view.startswith("片区", last.end) or last.place.level not in TOWNS:
            continue
        if last.place.level == "county" and "自贸" not in view[max(last.start - _ZONE_REACH, 0) : last.start]:
            continue
        mention: Mention | None = last
        while mention:  # 哈尔滨、黑河、绥芬河片区
            end = mention.end + len("片区") * (mention is last)
            whole = _FREE_TRADE.search(view, max(mention.start - _ZONE_REACH, 0), mention.start)
            name = f"中国（{province}）自由贸易试验区{view[mention.start : mention.end]}片区"
            rank = PLACE_RANK if mention is last else _SHARED_RANK
            start = whole.start() if whole else mention.start
            yield Candidate(start, end, "project", name, "place:zone", rank)
            mention = ends.get(mention.start - 1) if view[mention.start - 1 : mention.start] in ("、", "和") else None


def inside_quotations(view: str) -> bytearray:
    """Return what is true inside short quotations and titles: a place there is part of a coined word."""
    coined = bytearray(len(view) + 1)
    for match in _COINED.finditer(view):
        coined[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    return coined


def inside_titles(view: str) -> bytearray:
    """Return what is true inside 《》: what a work of art is called after is no mention of it."""
    titles = bytearray(len(view) + 1)
    for match in _TITLES.finditer(view):
        titles[match.start() + 1 : match.end() - 1] = b"\1" * (match.end() - match.start() - 2)
    return titles


def is_whole_quotation(view: str, start: int, end: int) -> bool:
    """Whether a name is all that a quotation holds."""
    return view[start - 1] == "“" and view[end : end + 1] == "”"


def find_sited(view: str, words: Words, mentions: Sequence[Mention], coined: bytearray) -> Iterator[Candidate]:
    """Yield the places that `mentions` name, without those that are only part of a coined word or a title."""
    holders = {m.end: m.start for m in mentions}
    for mention in mentions:
        start, end, place = mention.start, mention.end, mention.place
        if place.name == "中国" and end - start == 2 and _CHINA_TERM.match(view, end):
            continue
        if mention.form in ("short", "region") and STREET.match(view, end):
            continue
        if view.startswith(SPIRIT, end) or (view[start:end] == "港澳台" and _FIELD_OF_WORK.match(view, end)):
            continue  # 延安 | 精神; 外事侨务、港澳台 | 、民族宗教
        if view.startswith("学", end) and LEARNING.match(view, end):
            continue  # 云冈 | 学研究
        if (
            place.level in TOWNS
            and (sight := _SIGHT_OF.match(view, end))
            and (not in_dictionary(sight["name"]) or is_toponym(sight["name"]) or sight["name"] in known_names())
            and not is_verb(sight["name"][:2])
        ):
            yield Candidate(start, sight.end(), "place", sight["name"], "place:part", PLACE_RANK)
            continue
        if mention.form == "region" and (joined := _INTEGRATION.match(view, end)):
            yield Candidate(start, joined.end(), "plan", view[start : joined.end()], "place:integration", PLACE_RANK)
            continue
        if place.level in _DIVISIONS and (shown := _EXHIBITION.match(view, end)):
            dated = YEAR.search(view, max(start - 8, 0), start)
            start, end = dated.start() if dated else start, shown.end()
            yield Candidate(start, end, "meeting", view[start:end], "place:exhibition", PLACE_RANK)
            continue
        called = _called(view, mention)
        if called:
            holder = holders.get(called.start, called.start) if called.type == "meeting" else called.start
            yield msgspec.structs.replace(called, start=holder, canonical=view[holder : called.end])
            continue
        if coined[start] and not is_whole_quotation(view, start, end):
            continue
        if mention.form == "short" and view[end - 1] == "湖" and _is_among_lakes(view, start, end):
            yield Candidate(start, end, "place", view[start:end], "place:part", PLACE_RANK)
            continue
        if view[end - 1] == "县" and view.startswith("城", end) and end - start > 2:
            yield Candidate(start, end - 1, "place", place.name, f"place:{mention.form}", PLACE_RANK, place.code)
            continue
        way = None
        if mention.form in ("short", "full") and place.name != "中国":
            way = _WAY.match(view, end) or (_LEARNT.match(view, end) if view.endswith(_SPREADING, 0, start) else None)
        if way:
            yield Candidate(start, way.end(), "policy", view[start : way.end()], "place:way", PLACE_RANK)
            continue
        part = (
            _PART.match(view, end)
            or (mention.form == "region" and _COUNTED_PARTS.match(view, end))
            or (mention.form == "region" and view[end - 1] == "省" and _ADJOINED.match(view, end))
            or (_HIGHLANDS.match(view, end) if mention.form == "region" and view[end - 1] != "部" else None)
        )
        if part and words.is_boundary(part.end()):
            name = place.name if part.group() == "境内" else view[start : part.end()]
            end = end if part.group() == "境内" else part.end()
            yield Candidate(start, end, "place", name, "place:part", PLACE_RANK)
        elif place.level == "country" and place.name != "中国" and (part := _ABROAD.match(view, end)):
            yield Candidate(start, part.end(), "place", view[start : part.end()], "place:part", PLACE_RANK)
        elif (
            place.level in _DIVISIONS
            and view[start - 1 : start] != "”"  # “跟着飞天游云岭” | 云州站 of a tour
            and (station := _station(view, words, end))
        ):
            yield Candidate(start, station, "project", view[start:station], "place:station", PLACE_RANK)
        elif place.level == "city" and (island := _ISLAND.match(view, end)):
            name = view[start : island.end()]
            yield Candidate(start, island.end(), "place", name, "place:part", PLACE_RANK)
        elif (
            not _LANES.isdisjoint(view[end + 2 : end + 4])
            and (lane := _LANE.match(view, end))
            and words.is_boundary(lane.end())
            and place.level != "country"
        ):
            name = view[end if place.level == "county" else start : lane.end()]  # 云州区 | 六角街
            yield Candidate(start, lane.end(), "place", name, "place:part", PLACE_RANK)
        elif place.level == "county" and (village := _village(view, words, end)):
            sight = _SIGHT_OF.match(view, village[1])
            end, name = (sight.end(), sight["name"]) if sight else (village[1], view[slice(*village)])
            yield Candidate(start, end, "place", name, "place:village", PLACE_RANK)
        elif place.name.endswith("市") and view.startswith("区", end) and not view.startswith("区域", end):
            yield Candidate(start, end + 1, "place", view[start : end + 1], "place:part", PLACE_RANK)
        else:
            yield Candidate(start, end, "place", place.name, f"place:{mention.form}", PLACE_RANK, place.code)


def _is_among_lakes(view: str, start: int, end: int) -> bool:
    """Whether what may be a county stands in a row of lakes (云湖、盐湖、青湖)."""
    return view[start - 2 : start] == "湖、" or _NEXT_LAKE.match(view, end) is not None


def _called(view: str, mention: Mention) -> Candidate | None:
    """Return the goal, brand, week or agreement that a place is part of the name of."""
    start, end, place = mention.start, mention.end, mention.place
    if mention.form != "short" or place.level not in _DIVISIONS:
        return None
    floor = max(start - _GOAL_REACH, 0)
    for pattern, kind in ((_GOALS, "plan"), (_BRANDS, "project")):
        led = pattern.search(view, floor, start)
        if led and not view.endswith("《", 0, led.start()):
            return Candidate(led.start(), end, kind, view[led.start() : end], f"place:{_CALLED[kind]}", PLACE_RANK)
    for pattern, kind in ((_WEEK, "meeting"), (_AGREED, "document")):
        if (tail := pattern.match(view, end)) and (kind == "document" or place.level == "province"):
            return Candidate(start, tail.end(), kind, view[start : tail.end()], f"place:{_CALLED[kind]}", PLACE_RANK)
    return None


def _station(view: str, words: Words, start: int) -> int | None:
    """Return where the railway station named after the place that ends at `start`, or after a part of it, ends."""
    match = _STATION.match(view, start)
    if not match or not words.is_boundary(match.end()) or (match["part"] and not is_toponym(match["part"])):
        return None
    return match.end()


def _village(view: str, words: Words, start: int) -> tuple[int, int] | None:
    """Return the range of the village or town named at `start`, right after its county or town."""
    named = None
    while (
        (match := _VILLAGE.match(view, start)) and not _NO_VILLAGE.match(view, start) and words.is_boundary(match.end())
    ):
        named = match.span()
        start = match.end()
        if view[start - 1] not in "镇乡":
            break
    return named
