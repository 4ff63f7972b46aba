"""What a passage tells of: the firm, the works or the place that its sentence opens with."""

from pipeline.claims.carrying.state import About, Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.measure import Measure
from pipeline.claims.naming import clean, joined, undone
from pipeline.claims.scope import Scope
from pipeline.claims.wordings import ending, pattern
from pipeline.places import Mention
from pipeline.regex import Regex
from pipeline.units import dimension

_THINGS = (
    "企业|工厂|厂|公司|矿务局|煤矿|矿山|农场|林场|牧场|渔场|合作社|供销社|公社|大队|生产队|社队|学院|大学|学校|医院|疗养院|研究所|铁路局|油田"
    "|商店|商场|银行|工业|商业|车间|作坊|电站|水库|宿舍|大楼|主楼|校舍|礼堂|工程|研究机构|教育机构|卫生机构"
)
_KINDS_OF_THING = tuple(_THINGS.split("|"))
#: Things that a town may be part of the name of, and no subject of its own.
_BODIES = (
    "高铁|城际|地铁|航线|隧道|码头|口岸|厂|公司|大学|学院|医院|农场|油田|研究所|矿务局|银行|铁路|公路|机场|港|平台"
    "|基金|保险|景区|实验室|综试区|试验区|示范区|基地|班列|出版社|报社|灌区|运河|大桥|集团|车站|民航"
)
_A_THING = Regex(f"{_THINGS}|{_BODIES}")
_LONGEST_OPENING = 40
#: The thing that a clause opens with, and where what is said of it begins.
_THING = Regex(
    rf"(?P<thing>[^，；。：、“”（）0-9]{{0,16}}?(?:{_THINGS}))"
    "(?=$|[，的在已由因把从自到实进开改加没不有是于就也都只共每今去上将拟要可能又还仍才却（]|于|过去|通过|采取|推行|建设|建成|增加|减少|生产|完成|制造|经过|按照|仅)"
)
#: A body that does business of its own, by what is said of it.
_BODY = Regex(
    rf"(?P<thing>(?:“[^“”]{{2,12}}”)?[^，；。：、“”（）0-9]{{0,16}}?(?:{_BODIES}))”?(?![的和与及、等化群带网业城院长法部级类湾口])"
)
#: What a thing's name does not begin with, or hold: words that name nothing definite, and words of doing.
_NO_THING = Regex(
    "^(?:各|有关|许多|一些|有些|有的|部分|国家|全国|我国|这|那|广大|所有|其他|其它|整个|我们|它|他|任何|凡|一切|每|多数|少数|大型?|中小|国营|私营|现有|原有|新|老|乡镇|国有|重点|和|与|及|的)(?:[^的]{0,4}(?:企业|工业|商业|厂|银行|学校|工厂|工程)|等)?$"
    "|各|有关|许多|一些|有些|占|超过|要|必须|应当|使|把|为|同|与|对|搞|抓|办|加强|提高|发展|建立|实行|继续|大力|努力|支持|帮助|促进|推动|保证|关于|由于|因|通过|从|将|让|给|向|了|如果|只"
)
#: Words before the thing or place that a clause is about.
_LEADS = Regex(
    "(?>但是?|而且?|又|再|其中|特别是|尤其是|此外|同时|例如|比如|譬如|又如|再如|如|据|根据|像|以|在|仅|单是|单就|就)"
)
_AN_EXAMPLE = Regex("例如|比如|譬如|又如|再如|^如|据|根据|像")
#: 以棉花来说，播种面积…
_SPEAKING_OF = Regex(
    "(?:以|就|拿|仅以|单以)(?P<thing>(?!全国|全省|目前|当前|整个|总体|上述|此)[^，；、0-9]{2,8}?)(?:方面)?(?:来说|来看|而言|说来|来讲|说)"
)
#: A sentence that goes on about the thing of the one before.
_GOES_ON = Regex(
    "(?:该[厂院校矿局所社场企公工县市省队]|这[个座所家][^，；。]{0,8}(?:厂|公司|企业|院|校|矿|社|场|工程|水库|电站)|它|其(?![他它余中次实]))"
)
_ITS = Regex("(?:该[厂院校矿局所社场企公工县市省队]司?业?|它|其)的?(?=..)")
#: Behind a place that is no subject of its own: others beside it, a body or an event named after it, dealings with it.
_NO_SUBJECT = Regex(
    "[、和与及至到等以是—－-]|[^，；。]{0,8}?(?:会议?|组织|峰会|论坛|共识|宣言|公报|协定|条约|特别行政区|地震|战争|事件|危机|经验|精神|班列|自贸|开发开放|起义)"
    "|(?:[^，；。]{0,3}(?:帮助|援助|政府|当局|人民|领导|专家|总统|总理|同志|侵略|[同对向和跟与]))"
)
#: 在东北三省试点的基础上: what is so where something else is said.
_CIRCUMSTANCE = Regex("[上下中内里前后时外]$")
#: 有一个 | 疗养院, 保留的 | 小矿山: what only says that there is such a thing, or which of them.
_MERELY = Regex("^(?:有(?:一[个座家所])?|的|[^，；的]{2,4}的(?=..{2})|[^，；]*(?:以上|以下|以内)的)")
#: What may stand behind a country that figures are told of.
_OF_A_COUNTRY = Regex("的|在|，|[0-9一二去今]")
_HAS_NAME = Regex("(?:厂|公司|矿务局|煤矿|矿山|农场|林场|学院|大学|医院|油田|研究所|铁路局|企业|商店|电站|水库)$")
_ENDS = Regex("[，；：]")
_OUTSIDE = Regex("全国|我国|全省|全市|全区|各地|各省|全世界|世界")
_ELSEWHERE = Regex("全国|我国|各地|各省|世界|国家|中央")
#: Heads that are always something's (产值, 利润, 每平方米造价).
_BARE = Regex(
    "(?:实现|完成|上缴|上交|交纳|创造|年|平均|全年|共|各种|全部|职工|生产)*"
    "(?:总?产值|利润|利税|税利|利润和税金|上缴国家的利润|上缴利润|上缴税金|亏损额?|盈利|损失|浪费|造价|单位造价|每平方[公米]?[尺米]?的?造价|使用面积|建筑面积"
    "|年?平均工资|销售额|营业额|劳动生产率|废品率|设计能力|生产能力|生产规模|年[^，；的]{1,5}能力|发电能力|流动资金|积压[^，；的]{2,4}|窝工开支|职工|工人|固定资产|研究人员|工作人员|教学人员|医务人员|购买力|消费水平|生活水平|扩大?播种面积|播种面积|种植面积|单位面积产量|单产|[^，；的、]{0,4}产品占比)"
)
#: What passes through a port or a station, and where it goes from there.
_TRAFFIC = Regex(
    "(?:货物|集装箱|旅客|货邮|外贸|年)*吞吐量|(?:集装箱|国际|国内|内贸|外贸|货运|客运|全货机)*航线|(?:海铁联运|中欧|国际)?班列(?:开行)?|(?:客|货)运量|(?:旅客|货邮|货物)吞吐量增速"
)
_THROUGH = Regex("(?:港|机场|车站|口岸|码头|民航|航空)$")
#: What firms, lines and institutions do in the way of their own business.
_OWN_BUSINESS = Regex(
    "(?:累计|共|全年|年|平均|每年|可以?|能够?|日均)*(?:生产|出产|年产|发送|运送|输送|运输(?=货物|旅客)|承运|服务(?!业|贸易)|接待|开垦|播种|收购|试制|加工(?!贸易|业)|浪费|损失|亏损|盈利|上缴|上交|交纳|缴纳"
    "|开行|收治|诊治|出版|积压|报废|印刷|毕业)(?=..|$)(?!总值|能力|总额|总量|[^，；]{0,4}(?:进出口|收入|支出))"
)
#: What a park, a zone or a new town does in the way of its own.
PARK = Regex("(?:试验区|示范区|综试区|先行区|园区|科技园|产业园|公园|创新区|开发区|新区|综保区|科学城|科技城|港区|园)$")
_PARK_BUSINESS = Regex(
    "(?:累计|已|新)*(?:签约|入驻|落户|落地|引入|引进|签约入驻|签约落地|集聚|汇聚)(?:国内外|各类)?[^，；、的]{0,6}(?:企业|高校|药企|机构|项目|总部|院校|人才)"
)
_LEVELS = ("country", "province", "city", "county")
_SURVEYS = ("据", "对", "根据", "据对")
_SURVEYED = Regex("的?(?:不完全|典型|抽样|初步)*(?:统计|调查|检查|材料|了解)[^，；]{0,2}$")


_PART_THAT = Regex(f"(?P<thing>[^，；。]{{0,12}}?(?:{_THINGS}))(?=.{{2}})")


def read_about(carried: Carried, slot: Slot, scope: Scope) -> None:
    """Note what the clauses up to `slot` say that they are about."""
    about, view = carried.about, scope.doc.view
    sentence = slot.sentence
    begin = max(about.read_to, sentence)
    if begin == sentence and not (view.startswith("其中", begin) or _GOES_ON.match(view, begin)):
        about.thing, about.place, about.surveyed, about.opens = "", None, False, False
    if not about.at_home and scope.own == "中国":
        about.home, about.at_home = _home(scope, sentence), True
    end = slot.quantity.start
    if carried.announced:  # what is listed is not what is told of
        end = min(end, carried.announced_at)
    if begin == about.read_to:  # behind a quantity stands the rest of its clause
        first = _ENDS.search(view, begin, end)
        begin = first.end() if first else end
    while begin < end:
        ends = _ENDS.search(view, begin, end)
        stop = ends.start() if ends else end
        if stop > begin:
            _read_clause(about, slot, scope, begin, stop)
        begin = stop + 1
    about.read_to = slot.quantity.end


#: Behind the place that a paragraph is about (安徽省 | 今年秋粮丰收; 河南 | 一千多万亩棉花).
_IS_HOME = Regex(
    "(?:[省市州县](?![委长级内外属直])|自治[区州县])?(?:[今去前上]年|[0-9一二三四五六七八九十]|在|自从?|从|的?(?:农业|工业|农民|广大|各地|各级|许多|夏粮|秋粮|粮食|经济|全体))"
)
_OFFICE = Regex("[市省]?(?:委|长|政|人[民大]|法院|检察|籍|军)")
_WRITTEN_OUT = ("省", "市", "自治区", "自治州", "县")


def _home(scope: Scope, sentence: int) -> str | None:
    """Return the province or town that the paragraph around view offset `sentence` opens with, None if none."""
    view = scope.doc.view
    at = view.rfind("\n", 0, sentence) + 1
    while view[at : at + 1] in (" ", "\u3000"):
        at += 1
    place = scope.place_at(at)
    if place is None or place.place.level not in ("province", "city"):
        return None
    behind = place.end
    bare = view[at:behind].endswith(_WRITTEN_OUT) and _ENDS.match(view, behind) is None
    if _NO_SUBJECT.match(view, behind) or _OFFICE.match(view, behind) or not (bare or _IS_HOME.match(view, behind)):
        return None
    return place.place.name


def _read_clause(about: About, slot: Slot, scope: Scope, begin: int, end: int) -> None:
    view, at = scope.doc.view, begin
    spoken = _SPEAKING_OF.fullmatch(view, begin, end) if view[begin] in "以就拿仅单" else None
    if spoken:
        about.thing, about.place = spoken["thing"], None
        return
    names_a_thing = _A_THING.search(view, begin, min(end, begin + _LONGEST_OPENING)) is not None
    if not (names_a_thing or about.place or scope.names_a_place(begin, end)):
        return
    while True:
        time = next((p for p in slot.times if p.start == at and p.end <= end), None)
        lead = None if time else _LEADS.match(view, at, end)
        if time is None and lead is None:
            break
        at = time.end if time else lead.end() if lead else at
    if _OUTSIDE.match(view, at, end):
        about.place = None
        return
    place = scope.place_at(at)
    behind = place.end if place and place.end <= end else at
    example = at > begin and _AN_EXAMPLE.search(view, begin, at) is not None
    its = _ITS.match(view, behind, end) if about.thing else None
    thing = _THING.match(view, its.end() if its else behind, end) if names_a_thing else None
    named = _MERELY.sub("", thing["thing"]) if thing else ""
    if named and (_NO_THING.search(named) or len(named) < 2 or _is_done(named)):
        named = ""
    if its:
        about.thing += named
        return
    body = _BODY.match(view, at, end) if names_a_thing and not named and not its else None
    of_it = body["thing"].rpartition("的")[2] if body else ""  # 五年内建成的 | 第一机床厂
    passes = bool(about.thing) and _TRAFFIC.fullmatch(of_it) is not None  # 某港…，集装箱航线…
    if len(of_it) >= 4 and not passes and not _NO_THING.search(of_it) and not _is_done(of_it):
        about.thing, about.place, about.opens = of_it, None, True
        return
    if place and place.place.name != scope.own and place.place.level in _LEVELS:
        _read_place(about, slot, scope, place, named, example, end)
    elif named and place and place.place.name != scope.own and view.startswith(named, behind):
        about.thing, about.opens = view[at:behind] + named, True  # 东北机械厂
    elif named and (len(named) >= 4 or example):
        about.thing, about.opens = named, True


def _is_done(words: str) -> bool:
    """Whether words that end with a thing say what is done to it (累计开通货运航线, 深入推进安居工程)."""
    return pattern("doing").match(clean(words)) is not None


def _read_place(about: About, slot: Slot, scope: Scope, place: Mention, named: str, example: bool, end: int) -> None:
    """Note the place that a clause opens with, and the thing `named` behind it."""
    view, behind = scope.doc.view, place.end
    written = view[place.start : behind]
    proper = view.startswith(named, behind) and _HAS_NAME.search(named)
    if proper and not written.endswith(("省", "市", "县", "区")):  # 海州机床厂: the town is part of its name
        about.thing, about.place, about.opens = written + named, None, True
        return
    about.abroad = place.place.level == "country"
    is_subject = named or example or scope.own == "中国"
    if about.abroad:
        is_subject = _OF_A_COUNTRY.match(view, behind) is not None
    if not is_subject or _NO_SUBJECT.match(view, behind, end) or _CIRCUMSTANCE.search(view, place.start, end):
        about.thing, about.place = "", None
        return
    about.thing, about.place, about.lasts = named, place.place.name, end < slot.quantity.start
    about.opens = bool(named)


#: Sentences that a passage on an industry begins with (新医药产业聚焦…。建设…基地。产值达到780亿元。).
_ON_INDUSTRY = Regex(
    "[\u4e00-\u9fff]{2,8}?产业(?!园|链|集群|基地|化|带|结构|体系|项目|政策|升级|增加值|产值)(?=[\u4e00-\u9fff])"
)
_OF_INDUSTRY = ("产值", "总产值", "营收", "营业收入", "产业规模", "全产业链产值")
_LONGEST_PASSAGE = 400


def of_industry(scope: Scope, slot: Slot, name: str) -> str:
    """Return a bare output with the industry that the passage is about, as it is where no sentence before names one."""
    if name not in _OF_INDUSTRY or slot.link != "start":
        return name
    view = scope.doc.view
    begin = max(view.rfind("\n", 0, slot.sentence) + 1, slot.sentence - _LONGEST_PASSAGE)
    end = slot.sentence
    while end > begin:
        at = max(view.rfind("。", begin, end - 1) + 1, begin)
        found = _ON_INDUSTRY.match(view, at, end)
        if found and (at == begin or view[at - 1] in "。\n\u3000"):
            return joined(found.group(), name)
        end = at
    return name


_PLACES = Regex("[^，；]{0,6}?(?:省|市|县|区|省市|县市|地区|国家|省区|省、市|城市)")


def _is_surveyed(measure: Measure) -> bool:
    """Whether a clause only says of how many things the figures behind it are (据50个企业的统计，…)."""
    slot = measure.slot
    return measure.rule == "noun.behind" and slot.left.startswith(_SURVEYS) and bool(_SURVEYED.search(slot.right))


def note_surveyed(carried: Carried, measure: Measure, name: str) -> None:
    """Note that the things that were just counted are what the sentence tells of (据50个企业的统计，…)."""
    part = _PART_THAT.match(measure.slot.right) if measure.rule == "share.use" else None
    if part:  # 有三成国营企业亏损，亏损额…
        carried.about.thing, carried.about.place = part["thing"], None
        return
    if measure.kind not in ("level", "change_amount") or dimension(measure.slot.quantity.unit or "") != "count":
        return
    if carried.announced:
        return
    surveyed = _is_surveyed(measure) and not _PLACES.fullmatch(name)
    if not surveyed and not name.endswith(_KINDS_OF_THING):
        return
    about, things = carried.about, _MERELY.sub("", undone(name))
    if surveyed or 4 <= len(things) <= 12:
        about.thing, about.lasts, about.surveyed, about.opens = things, False, surveyed, False
        about.place, about.abroad = measure.region, False


def of_it(carried: Carried, measure: Measure, name: str, scope: Scope) -> str:
    """Return `name` with the thing that the passage tells of, and put its region where that is told."""
    about, slot = carried.about, measure.slot
    if _is_surveyed(measure):
        name = _SURVEYED.sub("", name)
    if not (about.thing or about.place or about.home):
        return name
    bare = _BARE.fullmatch(name.removesuffix("比重")) is not None
    bare = bare or (about.surveyed and len(name) <= 6 and ending("head", name) is not None)
    does = measure.kind == "level" and measure.rule in ("level.bare", "noun.behind")
    bare = bare or (does and about.opens and _OWN_BUSINESS.match(name) is not None)
    near = about.opens and (about.thing in slot.clause_before or about.thing in slot.left) and PARK.search(about.thing)
    bare = bare or bool(does and near and _PARK_BUSINESS.fullmatch(name))
    bare = bare or (about.opens and _THROUGH.search(about.thing) is not None and _TRAFFIC.fullmatch(name) is not None)
    listed = bool(carried.announced) and name.startswith(carried.announced)
    bare = bare or (listed and about.opens)
    its = bare or (about.thing and name.startswith(about.thing))
    if about.place and (about.lasts or its) and measure.region == scope.own and not _OUTSIDE.search(slot.left):
        measure.region, measure.abroad = about.place, about.abroad
    elif about.home and measure.region == scope.own and not _ELSEWHERE.search(slot.passed + slot.left):
        measure.region = about.home
    return joined(about.thing, name) if about.thing and bare and not _OUTSIDE.search(slot.left) else name
