"""When, where and with what standing a claim holds: period, region, basis and status."""

import re
from bisect import bisect_left
from functools import cache, cached_property

from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import TIME, any_of
from pipeline.claims.measure import Measure
from pipeline.claims.naming import object_of, source_of
from pipeline.claims.wordings import COMPARED_VALUE, PERCENT, pattern
from pipeline.document import Document, Period
from pipeline.places import Mention, Place, find_places, own_place, parse_region, resolve
from pipeline.regex import Regex
from pipeline.timeline import BASIS, Ruling, Timeline
from pipeline.units import dimension
from pipeline.verbs import changing, leading

_OWN = Regex(
    r"(?:全国(?!重点|文明|示范|百强|首|统一|一流|先进|优秀|人大|政协|五一|十强|性|“|[^，；。0-9]{0,12}?(?:示范|标准化|劳模|劳动模范|先进|[百十千]强|历史文化名))|我国|全省|我省|全市|我市|全区|我区|全县|我县|本市|本省|全自治区|自治区(?!级))(?![性域体])"
)
#: The new areas of the State Council, which are no divisions.
_NEW_AREA = Regex(
    "(?:(?:重庆|成都|广州|青岛|大连|南京|贵州|河北|甘肃|陕西|湖南|福建|云南|江西|吉林|黑龙江|浙江|四川|广东)?(?:雄安|两江|舟山群岛|兰州|南沙|西咸|贵安|西海岸|金普|天府|湘江|江北|福州|滇中|哈尔滨|长春|赣江)新区)"
    "(?!管委|党|公安|法院|实验|智能|科技城|数据中心)"
)
#: What shows that a place's name is only the beginning of a proper name (益阳电厂, 上海港).
_NAMES_A_THING = Regex(
    r"^(?:(?:代表)?(?:团(?![结体员伙])|队(?!伍)|展?馆|展[区位]|籍|造(?!林|血|纸|船|价))|[^，。]{0,12}?(?:矿务局|煤矿|铁矿|油田|钢铁厂|钢厂|制造厂|机床厂|纺织厂|班列|示范区|合作区|一体化|功能区|电厂|电站|机场|港|铁路|城际|高铁|高速|大桥|水库|大学|学院|医院|公司|集团|银行|园区|科技园|产业园|新城|口岸|保税区|保税港|自贸|实验室|基地|中心|经开区|高新区|开发区|石窟|古城|古镇|景区|大佛|湿地|国家公园|博物馆|走廊|都市圈|城市群|经济圈|经济带|自贸区|综保区|枢纽|工程|项目|[—－-])|[和与及至到江河湖]|等[省地市、])"
)
#: 成为全国…率保持 | 100% | 的唯一省份: it is of that province.
_OF_ONE = ("的唯一", "的首个", "的第一个")
#: A zone named after a place of it, with a measure behind it.
_ZONE = Regex(
    "(?:平原|地区)?经济区(?=(?:地区)?(?:生产总值|经济总量|经济规模|人均|人口|常住|规上|规模以上|工业|进出口|外贸|固定资产|社会消费|一般公共|实际))"
)
#: 西部地区人口覆盖率 is a figure of whose report it is, for one of its parts.
_PARTS_OF_THE_NATION = ("东部地区", "中部地区", "西部地区", "中西部地区")
_STATES = Regex(
    r"[超破过达][^，；]{0,6}元的|覆盖|惠及|受惠|造福|现有|拥有|得到[^，；]{0,4}保障|有了|共享|喝上|用上|登记在册|网上可办|保持|稳定|达到|总量|总数|余额|比重|占比|率$|(?<!竣工)面积$|里程$|规模$|人数$|水平$|标准$|收入$|储备|装机|能力$|参保|"
    r"生产总值|增加值|^进出口总[值额]|(?<!累计)产值|产量|产能|零售总额|营收$|营业收入|人均|户均|^每[万千百]?[^次年]|度电|在校|机架|期望寿命|强度$|浓度$|年限$|密度$|普及|(?<!毕业)(?<!招收)(?<!培养)(?:学生|师生|教师|职工|社员)$|存款|贷款|人口$|每年|年均[^增]|深度$|总产量|库存|积累"
)
#: Heads of names of what is there, not done (千亿县超过30个, 领航企业18家).
_STOCK = Regex(
    "(?:企业|平台|县|园区|中心|基地|机构|实验室|人才|村|景区|品牌|工厂|集群|产业链|学校|医院|吞吐量|总量|规模|市场主体|经营主体|冠军|小巨人|集团|"
    "(?:示范|试验|先行|先导|保护)区|总?长度|廊道|航线|线路|站点|泊位)”?$"
)
#: What is done is of all the years even where its noun is of what is there (重组实验室11个).
_DONE_TO = Regex(
    "[^，；]{0,8}?(?:新|净)(?:增|建|改|扩|认定|培育|获批|入选|设|开|引|签|登记|注册|入库|发现|晋|落地|落户|上(?!海)|组建|布局|发展|成立|创|辟|命名|评|招|聘|购|添|投|修|种|植|列|纳)"
    "|(?:柔性引进|签约|归集|配建|摘帽|脱贫|上榜|服务企业|改善|落地|落户|运输|发送|始发|开行|带动|帮扶|化解|重组|消除|吸引|救助|整合)"
)
_THERE = ("千瓦", "公里", "家", "户", "个", "座", "条", "所", "位")
#: What reaches so many places is so at the end of the years (辐射75个城市, 6个市通高铁).
_STANDS = Regex("辐射|通达|连通|直达|(?:县|市|州|村|镇|乡|区|户)通[高铁公动硬班水电]")
#: 由1952年的A增加到B: the start has a time of its own (not 1958年，产量由A增加到B).
_FROM_TIME = Regex(f"[由从自][^，；]{{0,8}}{TIME}|{TIME}[^，；]{{0,2}}$")
_TIMES = ("人次", "件次", "户次", "批次")  #: what is counted whenever it happens
_DOING_LEVELS = ("完成", "实现", "安排")
#: 年接待游客3万人次: so much in a year, by now.
_A_YEAR = Regex("年(?:接待|吸引|服务|处理|供应|运送|发送|输送|吞吐|开行|培养|惠及|新增|旅客|货物|客运|货运)")
#: So much each year, of a span of years (not a mean of one year: 年均浓度).
_YEARLY = Regex("平均年产|年平均产|年均(?!浓度|值|气温|降水|温度)|平均每年|每年平均|年递增")
#: “一五”期间平均降到24%: a mean of the years.
_MEAN = Regex(f"{TIME}平均(?!每)")
#: What is spent, and what is done, in the years that the sentence states (五年内投资…, 五年中投产的工厂有…).
_SPENT = Regex(
    "(?:投资|投资额|投资总额|支出|经费|投入|拨款|事业费|用于[^，；]*资金|资金|新增生产能力)(?:总额|额|合计)?(?:占[^，；]*|比重)?$|^用于|占[^，；占]{0,10}(?:投资|支出|经费|投入|拨款)(?:总额)?的比重$"
)
_DONE_IN = Regex(
    "投入生产|竣工|引进|评为|授予|建成|新建|修建|建筑|兴建|铺轨|投产|完成|开垦|扩建|改建|培养|毕业|获得|安置|建设"
)
_LOST = Regex("^(?:[^，；]{0,8}?)(?:损失|浪费|少收|少产|节约|节省)")
#: 改建完成后, 发挥了生产能力以后: from when on nobody can say.
_ONCE_BUILT = Regex(
    "(?:建成|建设完成|改建完成|扩建完成|完工|竣工|投产|投入生产|发挥了?[^，；]{0,4}能力|工程完成)(?:投产|使用)?(?:以后|之后|后)(?!的?[0-9一二三四五六七八九十两]+年)"
)
_AS_PLANNED = Regex("(?:原?计划|原定|预定|预算)(?!生育|经济|单列|外)[^，；。]{0,12}$")
_AS_IT_WAS = ("，实际", "，而实际", "，结果", "，去年", "，现在", "，已经")
_CAN_DO = Regex("年产|能力|规模|可以?|能够?|每年|蓄水|容量|产量")
#: …50个单位，| 早在1950年 | 就已经确定.
_THEN = Regex("，(?:都|也|早)?(?:早在|在|是在|到|于)?")
_SO_SOON = 5
_WAS_DONE = Regex(
    "[^，。；0-9]{0,6}?(?:就|才|便)?(?:已经?|先后|全部|都)?(?:确定|建成|完工|竣工|投产|开工|动工|成立|通车|签订|批准)(?![^，。；]{0,12}[0-9])"
)
_MANNER = Regex("^(?:通过|采取|运用|以)?[^，；]{1,8}(?:形式|方式|渠道|途径)(?=..)")
_HELD = Regex("现有|现已|已有|保持|稳定|拥有|每年")
_REACHES = Regex(r"惠及|覆盖|受益|受惠|造福|每年")
_PROMISES = Regex(
    f"(?<![主重需只必首次])(?:[要需应]|需要|应该)(?=比|从|由|再|{changing()}|{leading()})|"
    r"(?:收入|支出|投资|拨款|赤字)(?:总额)?安排(?:为)?(?=[0-9一二两三四五六七八九十百千])|力争|争取|预计|计划(?!生育|经济|单列|任务的|的)|拟|目标是|目标：|将(?!军|近)|确保|要(?:(?<!的要)(?<![合到]要)求|努力|达|在|以|把|使|有|实现|建|完成)|力求|务必|务求|可望|努力(?:实现|达到|做到|完成|使|把)|必须|打算|准备|有望|预期(?!目标的)|规划建设|安排建设|应当|应该"
)
#: Words that make a promise of what they govern, in a review too.
INTENDS = Regex(r"着力建设|努力建设|努力打造|着力打造|每年至少|至少(?:提升|提高|增加|新增|建成)")
#: What will be: 将建成, 将达到, 即将增加 (but not 将试点扩大到).
FORESEES = Regex(
    f"将(?<![中主大上少干健].)(?=要|会|能|可以|可[达增建望]|有|达|为[0-9]|共|由|占|再|使|全部|继续|进一步|基本|陆续|逐步|先后|成为|超过|突破|增[加长至产]|减少|提高|上升|下降|降低|扩大到|{any_of('doing')})"
    f"|计划(?<=[门国们位校院]..)(?=增设|新设|{any_of('doing')})|拟(?<=[门国们位校院].)(?=增设|新设|{any_of('doing')})"
    "|准备(?=[^，；。]{2})|打算(?=[^，；。]{2})"
)
#: A plan that is laid before the assembly has so many aims, now and in fact (规划纲要草案提出20项指标).
_PLAN_STATES = Regex(
    "(?:纲要|草案|草案）|规划|规划纲要|[《“]建议[》”])[^，；。]{0,60}(?:提出|设置|部署|明确|设定|确定|细化)了?"
    "(?:[0-9一二三四五六七八九十]{1,3}个?(?:大类|方面|大领域)的?)?$"
)
_STATED = Regex("提出|设置|部署|明确|设定|确定|细化")  # one of them, so near, stands in all that a plan states
_NEAR = 14
_AIMS = Regex("(?:提出|设置|设定|明确|细化提出)[^，；]{0,6}指标")
#: 3家企业位列全国百强, 7家企业进入世界500强.
_RANKS_AMONG = Regex("位列|位居|跻身|进入[^，；]{2,14}[0-9百]强|进入[^，；]{0,14}前[0-9十百千万]")
_MANY_YEARS = Regex("(?<![是为创达过])多年(?:以?来|累计)(?![^，。；]{0,8}(?:最|首|新高|新低))")
_YEARS_AGO = Regex("[一二三四五六七八九十两0-9]{1,2}年[以之]?前")
_DONE_ALREADY = Regex(r"已|了|(?<!将)实际(?!利用)|原计划|超过计划|完成计划")
#: What says, among plans, that a figure holds now or was reached before: 已达, 我国有, 这样一个, 先后在, 取消了.
_HOLDS_NOW = Regex(
    r"(?:已经?|业已)(?![定将按知])(?P<since>[^，；]{0,16})$|(?:我国|我们国家|全世界|(?<![使让])全国)(?:是一个)?(?:现|共|约)*拥?有$|这样一个$"
    r"|(?:又|还)是(?:一个)?(?:拥)?有$|(?:我国|全国|全世界)人口(?:现?有|已有|约|共|占世界|占全世界)?$|人口占(?:全?世界|全球)的?$|国家[^，；]{0,8}小.?$"
    r"|(?:江|河|山脉|海岸线|长城|边界)[^，；]{0,4}(?:全长|总长|流域面积|长达?)$|^，?流域面积$|^，?流经$"
    r"|^(?![^，；。]*[将要应须后能许得以])[^，；。]*(?<![不若如])(?P<only>只|仅|还不)(?:占有?|有|为|[相合]当于|达到?|到|是|及)?$"
    r"|先后[在对于]?$|(?<![为除])(?<!安排|规定|提出|确定|明确|制定)了(?:约|近)?$"
)
#: 目前约为预算收入的一半.
_STATES_NOW = Regex(
    f"(?P<when>{TIME})(?:已经?|大约|约|大概|仅|只|共|还|仍|就|也)*(?:为|有|是|占|达到?|拥有|超过|不到|不足)"
)
#: What was there before 现在 was so at no known time (由五百个减少到现在的三百个).
_UP_TO_NOW = Regex("[^，；。]{0,10}[到至]了?(?:现在|目前|如今)")
#: Whose from–tos are facts, from the first that ends now (由五百个减少到现在的三百个，成本由90元降到80元).
_TOLD_UP_TO_NOW = Regex("[由从][^，；。]{1,24}[到至]了?(?:现在|目前|如今)的")
#: 将现行8%的税率降至5%: what is changed holds now, whatever is said of it.
_IN_FORCE = Regex("(?:现行|现有|原先|原来)的?$")
_FAR = 300  # characters before a figure that can say who asked for it
_LAID_DOWN = Regex("提出|要求|下达|确定|规定")  # one of them stands in all that was proposed or laid down
_LISTED = Regex("预定|预计|设想|安排|指标[是为有：]|目标[是为有：]|任务[是为有：]")
#: One of them stands before all figures that a report or a plan asks for or states.
_ASKS = Regex(f"{_STATED.pattern}|{_LAID_DOWN.pattern}|{_LISTED.pattern}|(?:计划|规划|预算|设想|草案)，")
_PROPOSED = Regex(
    "(?:没有|未能?)(?:实现|完成|达到)[^，。；]{0,8}(?:确定|提出|规定|下达)的[^。；]*$|"
    "(?:去年|上年|年初|前年|当时|报告|会议|计划)[^，。；]{0,16}(?:提出|确定|要求|规定)[^。；]{0,24}?(?<![主重需必])要(?![求素])(?:(?!实际|结果|经过|完成|已经|但是?，)[^。；])*$"
)
#: 《建议》提出, 计划规定, 规划的主要目标是：: what stands behind it is planned, even where the time is over.
_PLAN_SAYS = Regex(
    "(?:《[^》]{1,30}》|(?:计划|规划|纲要|草案|方案|建议|设想|决议|意见)(?:草案)?)[”）]?(?:又|还|也|同时|明确|曾|当时|原来?|、)*"
    "(?:提出|规定|确定|要求|预计|设想|预定|安排)了?(?![的了]|(?:水平|指标|数字?|任务|速度)(?!：|是|为))(?:(?!实际|结果|完成|实现了|已经?|到目前|目前)[^。；])*$"
    "|(?:《[^》]{1,30}》|(?:计划|规划|纲要))[^，。；]{0,20}(?:主要|具体)(?:指标|目标|任务)[是为有：](?:(?!实际|结果|完成|已经?)[^。；])*$"
    "|(?:按照?|根据|依照)(?!实际|过去|现在|以上|上述)[^，。；]{0,20}(?:计划|规划|预算|设想)(?:草案)?(?:的?(?:规定|要求|安排|设想))?，(?:(?!实际|结果|完成了|已经?|到目前|目前|初步统计)[^。])*$"
    "|(?:^|(?<=[。；\n\u3000]))[^，。；]{0,10}(?:(?:国民经济|年度?|经济|财政)计划|(?:国家|财政|年度?)预算)(?:草案)?，(?!(?:实际|执行)结果)(?:(?!实际|结果|完成|已经?|到目前|目前|执行情况)[^。])*$"
    "|提出了?[^，。；]{0,16}(?:计划|规划|纲要|目标|指标)：(?:(?!实际|结果|完成|已经?)[^。；])*$"
)
#: 今年预计…: what a time is said to bring.
_FORESEEN = Regex("，?(?:全年)?(?:预计|估计|计划|可望|有望)(?!生育|经济|单列|任务|指标)")
_FIGURE = Regex("[0-9一二三四五六七八九十百千]+(?!年|月|日|个?方面)")
_BUILT = Regex("(?:建成|开工|竣工|新建|开工建设)$")
#: 招收新工人 | 八十万人
_COUNT_BEHIND = Regex("[0-9一二两三四五六七八九十百千万亿多余]{2,}[\u4e00-\u9fff]{1,3}$")
_SUPPOSES = Regex("即使|如果|假如|要是|将|要|力争|争取|确保|目标|计划")


_AGO = Regex(r"([一二三四五六七八九十两0-9]{1,2})年[以之]?前")
_BRACKETS = Regex("（[^（）]*）")
_BY_NOW = Regex("(?:现已|现有|目前)")
_ADDED = Regex("新增加?的")
#: 新增发电能力: what was added over the years.
_ADDED_SIZE = Regex("新增[^，；]{0,8}(?:能力|里程|容量|装机|面积|库容|人口|产能|学位|床位)$")
_REACHED_IN_ALL = Regex("累计(?:达|有|为|突破)")
_SUMMED = Regex("合计|总计|共计")
_IN_ALL = Regex("共[达为计有]")
_LAST_YEAR = Regex("上年|去年|上一年|同期|前一年")


@cache
def _does() -> Regex:
    """Return the pattern of a name that begins with what was done."""
    return Regex(r"(?!生产总值)(?:综合|全面|累计|共|国务院)?" + pattern("doing").pattern)


def _years_before(year: str | None, count: str) -> str | None:
    """Return the year `count` (五, 5) years before `year`, None where either is unknown."""
    years = int(count) if count.isdigit() else "零一二三四五六七八九十".find(count)
    known = year is not None and year[-4:].isdigit() and years > 0
    return str(int(year[-4:]) - years) if known and year else None


def _year_before(period: str | None) -> str | None:
    return str(int(period) - 1) if period and period.isdigit() else period


def _years(span: Ruling) -> int:
    return span.last.year - span.first.year + 1 if span.first and span.last else 0


class Scope:
    """What a document says about the standing of its claims; built once for each document."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.region_name = doc.metadata.region
        self.year = doc.reference.year if doc.metadata.date else None
        self._in_december = (doc.metadata.date or "")[5:7] == "12"  # a year alone stands for its end, not for December
        own = parse_region(self.region_name)
        self.own = own.name if own else self.region_name
        self.timeline = Timeline(doc)
        self.places = find_places(doc.view, year=self.year, region=self.region_name)
        self._place_starts = [m.start for m in self.places]
        self._first_asked = (-1, -1)  # where a sentence begins, and where the first of its words stands that ask

    # -- region --------------------------------------------------------------------------------

    def region(self, slot: Slot, name: str, row: bool = False) -> tuple[str | None, str]:
        """Return the region that an indicator names, None if it names none, and the indicator without those words.

        The names of a `row` of quantities stand before the first of them.
        """
        match = None if slot.right.startswith(_OF_ONE) else _OWN.match(name)
        if match and match.group() in slot.left:
            place = own_place(match.group(), self.region_name)
            rest = re.sub(
                r"^(?:的|各地(?!区生产)|范围内|各级|上下|(?:将|现|已)?共?有(?![色关机])|共)?(?=..)",
                "",
                name[match.end() :],
            )
            if rest or name == match.group():
                return (place.name if place else self.own), rest
        area = _NEW_AREA.match(name)
        if area and len(name) > area.end():  # 兰州新区 | 经济总量
            return area.group(), name[area.end() :].removeprefix("的")
        places, rest = self._places_named(slot.sentence if row else slot.left_start, slot.quantity.start, name)
        if row and any(place.code is None for place in places):  # 对非洲、欧洲出口分别增长: not of whom it tells
            places, rest = self._places_named(slot.left_start, slot.quantity.start, name)
        if places and not rest:
            return places[-1].name, ""
        helper = (
            bool(places) and places[0].level == "country" and rest.startswith(("帮助", "援助", "同", "对", "向", "和"))
        )
        parts = bool(places) and all(place.name in _PARTS_OF_THE_NATION for place in places)
        if parts:  # of the nation, or of a province that has an east of its own
            return None, name
        goes_on = rest.startswith(("以及", "及", "与"))  # 河东以及河西的外运能力: of more than the first
        if rest and places and not helper and not goes_on and not _NAMES_A_THING.match(rest):
            rest = re.sub(r"^(?:地区(?!生产)|一带|境内|市?内(?=[各的])|全市|全省|全区|的)+(?=..)", "", rest)
            zone = _ZONE.match(rest)
            if zone:  # 成都平原经济区 | 经济总量
                return name[: len(name) - len(rest)] + zone.group(), rest[zone.end() :]
            if rest.startswith("区") and places[-1].level == "city":
                return places[-1].name + "区", rest[1:]
            return "、".join(place.name for place in places), rest
        return None, name

    def place_at(self, offset: int) -> Mention | None:
        """Return the place whose name begins at view offset `offset`, None where none does."""
        i = bisect_left(self._place_starts, offset)
        return self.places[i] if i < len(self.places) and self.places[i].start == offset else None

    def names_a_place(self, start: int, end: int) -> bool:
        """Whether a place is named in the view range `[start, end)`."""
        i = bisect_left(self._place_starts, start)
        return i < len(self._place_starts) and self._place_starts[i] < end

    def _places_named(self, start: int, end: int, name: str) -> tuple[list[Place], str]:
        """Return the places that `name`, of `view[start:end]`, begins with (内江、眉山经济总量), and the rest."""
        found: list[Place] = []
        i = bisect_left(self._place_starts, start)
        while i < len(self.places) and self.places[i].end <= end:
            mention = self.places[i]
            text = self.doc.view[mention.start : mention.end]
            rest = re.sub("^[、和]", "", name) if found else name
            if rest.startswith(text):
                found.append(mention.place)
                name = rest[len(text) :]
            elif found:
                break
            i += 1
        return found, name

    def object_before(self, slot: Slot, verb: str) -> str:
        """Return what the sentence said before of the same doing (发行特别国债，…，先发行1万亿元), "" if nothing."""
        said = self.doc.view[slot.sentence : slot.left_start]
        objects = re.findall(re.escape(verb) + "(?![了的和及])([\u4e00-\u9fff“”]{2,14})(?=[，；、])", said)
        if objects or not _BUILT.search(verb) or re.search("[0-9]", said):
            return _COUNT_BEHIND.sub("", str(objects[-1])) if objects else ""
        built = [
            re.sub(".*(?:计划|规划|制度|行动|改革|政策)$", "", object_of(part)) for part in said.split("，")
        ]  # 推进安居工程，在确保质量的前提下，建成500套
        return next((thing for thing in reversed(built) if thing), "")

    def place_name(self, words: str) -> str | None:
        """Return the full name of the place that `words` (全国平均, 全省) name, None if they name none."""
        words = re.sub(r"(?:的?平均水平|平均|水平|平均增速|增速|同期|各省区市|各省市|各省份)$", "", words)
        own = own_place(words, self.region_name)
        if own:
            return own.name
        place = resolve(words, self.year, self.region_name) if len(words) > 1 else None
        return place.name if place else None

    # -- status --------------------------------------------------------------------------------

    def standing(self, measure: Measure) -> tuple[str | None, str]:
        """Return the period for which a value holds, and ``target`` or ``actual``."""
        slot, ruling = measure.slot, self._ruling(measure)
        sentence = slot.sentence
        asked = self._asks(slot)
        laid_down = slot.quantity.unit in ("项", "个") and _AIMS.fullmatch(measure.name)
        if measure.stands:
            return (str(self.year) if self.year and ruling.future else self._period(measure, ruling)), "actual"
        if self.year and (laid_down or (asked and self._is_laid_down(slot))):
            return str(self.year), "actual"
        period = self._period(measure, ruling)
        if measure.abroad:  # another country's five-year plan is not of the same years
            return (period if ruling.rule == "sentence" and (ruling.value or "").isdigit() else None), "actual"
        if measure.aim or (asked and (self._was_proposed(slot, sentence) or self._plan_says(slot))):
            return period, "target"
        if self.year and not ruling.future and ruling.rule == "default" and self._strives(slot):
            return str(self.year), "target"
        if measure.intended:
            return (period if ruling.future or ruling.rule == "sentence" else None), "target"
        if measure.foreseen and self.year and self._states_no_time(measure, ruling):
            return str(self.year), "target"
        if measure.foreseen and self.year and "今后" in slot.left:  # 五年内…；今后比重将提高到15%
            return str(self.year), "target"
        if self.doc.view.startswith(_AS_IT_WAS, slot.right_end) and _AS_PLANNED.search(slot.left):
            return period, "target"  # 计划建成8个，实际建成9个
        if self._once_built(slot, ruling, sentence):
            return None, "target"
        if (period and self._is_over(period)) or self._states_now(slot):
            return period, "actual"
        if self._up_to_now(measure, sentence):
            return (period if measure.start or not self.year else str(self.year)), "actual"
        if ruling.future or self._is_to_come(period):
            if self.year and self._holds_now(slot):
                return (period if ruling.rule == "sentence" and not ruling.span else str(self.year)), "actual"
            return period, "target"
        promised = self._promised(slot, ruling, sentence) and not _DONE_ALREADY.search(slot.left)
        return period, "target" if promised else "actual"

    def _states_no_time(self, measure: Measure, ruling: Ruling) -> bool:
        """Whether neither the sentence of `measure` nor a plan that rules there says for when it holds."""
        stated = ruling.future or ruling.rule == "sentence" or measure.start is not None
        return not stated and not pattern("time").search(measure.slot.left)

    def _once_built(self, slot: Slot, ruling: Ruling, sentence: int) -> bool:
        """Whether a capacity is that of works to be finished, nobody says when (全部建成后，年产能力将为8万吨)."""
        view, end = self.doc.view, slot.quantity.start
        stated = ruling.rule == "sentence" and (ruling.start >= sentence or not ruling.span)
        if not ruling.future or stated or view.find("后", sentence, end) < 0:
            return False
        found = list(_ONCE_BUILT.finditer(view, sentence, end))
        return bool(found) and _CAN_DO.search(view, found[-1].end(), end) is not None

    def _asks(self, slot: Slot) -> bool:
        """Whether words that ask for figures or state what a plan says stand before a quantity in its sentence."""
        if self._first_asked[0] != slot.sentence:
            first = _ASKS.search(self.doc.view, slot.sentence, slot.sentence_end)
            self._first_asked = (slot.sentence, first.start() if first else slot.sentence_end)
        return self._first_asked[1] < slot.quantity.start

    def _is_laid_down(self, slot: Slot) -> bool:
        """Whether the words before a quantity say that a plan states it."""
        view, end = self.doc.view, slot.quantity.start
        if _STATED.search(view, max(slot.sentence, end - _NEAR), end) is None:
            return False
        return _PLAN_STATES.search(view, max(slot.sentence, end - 90), end) is not None

    def _promised(self, slot: Slot, ruling: Ruling, sentence: int) -> bool:
        """Whether the words before a quantity of the document's own year plan or foresee it.

        What follows a time governs all that holds for it (1982年预计比1980年，原煤增长5%，原油增长3%); what another
        clause plans ends where a clause states a time of its own (今年计划增长4%，两年平均增长5%).
        """
        view, clause = self.doc.view, max(slot.left_start - 30, sentence)
        stated_here = ruling.rule == "sentence" and ruling.start >= sentence
        if stated_here and _FORESEEN.match(view, ruling.end):
            return True
        promise = _PROMISES.search(view, clause, slot.quantity.start)
        if promise is None or not stated_here or promise.start() >= ruling.start:
            return promise is not None
        return _FIGURE.search(view, promise.end(), ruling.start) is None

    def _strives(self, slot: Slot) -> bool:
        """Whether the sentence says before a quantity what is striven for (力争新增企业800家、项目300个)."""
        return self.doc.view.find("力争", slot.sentence, slot.quantity.start) >= 0

    def _was_proposed(self, slot: Slot, sentence: int) -> bool:
        """Whether an earlier report or plan only asked for the figure (去年报告提出，物价涨幅要控制在6%以内)."""
        view, end = self.doc.view, slot.quantity.start
        begin = max(sentence, end - _FAR)
        return _LAID_DOWN.search(view, begin, end) is not None and _PROPOSED.search(view, begin, end) is not None

    def _plan_says(self, slot: Slot) -> bool:
        """Whether a plan, as what it says is told, states the figure (《纲要》提出，…; 规划的主要指标是：…)."""
        view, end = self.doc.view, slot.quantity.start
        begin = max(slot.sentence, end - _FAR)
        # 从1980年的28万人增加到40万人: what there was is no part of the plan
        what_was = COMPARED_VALUE.search(slot.left) or source_of(slot.left)
        return what_was is None and _PLAN_SAYS.search(view, begin, end) is not None

    def _states_now(self, slot: Slot) -> bool:
        """Whether the clause of a quantity says that it is so now (目前约为…), whatever is planned before it."""
        stated = _STATES_NOW.search(slot.left)
        now = stated is not None and slot.period(stated["when"]).kind == "now"
        return now and not _SUPPOSES.search(slot.left)

    def _up_to_now(self, measure: Measure, sentence: int) -> bool:
        """Whether a from–to ends now, or goes on from one that does, and no plan stands between."""
        slot, view = measure.slot, self.doc.view
        if measure.reading.rule != "from_to":
            return False
        told = _TOLD_UP_TO_NOW.search(view, sentence, slot.right_end)
        return told is not None and not _SUPPOSES.search(view, sentence, slot.quantity.start)

    def _holds_now(self, slot: Slot) -> bool:
        """Whether the words before a quantity say that it is so already, whatever is planned around it."""
        if _IN_FORCE.search(slot.left):
            return True
        held = _HOLDS_NOW.search(slot.left)
        if held is None or _SUPPOSES.search(slot.left):
            return False
        if held["only"] and self._is_to_come(self.timeline.at(slot.quantity.start).value):
            return self.timeline.at(slot.quantity.start).start < slot.sentence  # 1957年新企业增产的还只占30%
        return not pattern("time").search(held["since"] or "")

    def _ruling(self, measure: Measure) -> Ruling:
        """Return what rules where `measure` stands, or where the list that it belongs to is announced."""
        offset = measure.slot.quantity.start
        stated = self._said_after(measure)
        if stated is not None:
            return stated
        listed = measure.header is not None and not pattern("time").search(measure.slot.left)
        return self.timeline.at(measure.header.offset if measure.header and listed else offset)

    def _said_after(self, measure: Measure) -> Ruling | None:
        """Return what rules behind a count whose time its predicate states (第一批50个单位，早在1950年就已经确定)."""
        slot = measure.slot
        if not slot.times:
            return None
        at = slot.right_end
        period = next((p for p in slot.times if 0 < p.start - at <= _SO_SOON), None)
        if period is None or not _THEN.fullmatch(self.doc.view, at, period.start):
            return None
        if measure.rule not in ("noun.behind", "level.bare", "level.verb") or pattern("time").search(slot.left):
            return None
        if period.kind not in ("year", "month") or not _WAS_DONE.match(self.doc.view, period.end):
            return None
        return self.timeline.at(period.end)

    def _is_over(self, period: str) -> bool:
        """Whether `period` ended before the year of the document; in December that is as good as over too."""
        if self.year is None or period.startswith("../"):
            return False
        last = period.rsplit("/", 1)[-1]
        return last[:4].isdigit() and int(last[:4]) < self.year + self._in_december

    def _is_to_come(self, period: str | None) -> bool:
        """Whether `period` ends after the year of the document."""
        last = (period or "").rsplit("/", 1)[-1][:4]
        return self.year is not None and last.isdigit() and int(last) > self.year

    # -- period --------------------------------------------------------------------------------

    def _period(self, measure: Measure, stated: Ruling) -> str | None:
        """Return the string form of the period for which the value holds; `stated` rules where it stands."""
        slot, reading, start, ruling = measure.slot, measure.reading, measure.start, stated
        if measure.nth and ruling.first and ruling.last and ruling.rule == "sentence":
            nth, row = measure.nth
            if ruling.span and ruling.last.year - ruling.first.year + 1 == row:  # 2016—2019年分别为7%、6%、5%和4%
                return str(ruling.first.year + nth)
            if ruling.first.year == ruling.last.year and ruling.last.month - ruling.first.month + 1 == row:
                return f"{ruling.first.year}-{ruling.first.month + nth:02}"  # 7、8、9三个月分别为5%、4%和3%
        ends = start is None and (reading.rule == "from_to" or reading.sense == "to")
        if not ends and self._over_many_years(slot, ruling):
            return None
        if start is not None and measure.header and measure.header.compared:
            return measure.header.compared
        until = (ruling.last_year or "").removeprefix("../")
        since = int(measure.since) + 1 if measure.since and measure.since.isdigit() else None
        against = self._against(measure) if reading.rule == "from_to" else None
        if against is not None and not pattern("time").search(slot.left):  # “六五”时期同“五五”时期相比，由A增加到B
            return against.value if start is not None else ruling.value
        if start is not None and not _FROM_TIME.search(slot.left):
            ruling = self.timeline.at(start.quantity.start)
            ago = re.search(r"([一二三四五六七八九十两0-9]{1,2})年[以之]?前的?$", slot.left)
            if ago:
                return _years_before(ruling.last_year, ago[1])
            if since and until.isdigit() and int(until) >= since:
                return measure.since
            if start is slot or not _FROM_TIME.search(start.left):
                words = self.doc.view[ruling.start : ruling.end]
                if ruling.first and re.search("[^至到—~-][至到—~-].*年", words):  # 从1980年至1985年: it starts in 1980
                    return str(ruling.first.year)
                elsewhere = ruling.start < slot.sentence
                began = (measure.began if elsewhere else None) or ruling.start_before
                if not began and _UP_TO_NOW.match(self.doc.view, start.quantity.end):
                    return None
                began = began or _year_before(ruling.value)
                if began and began.startswith("../") and self.year:  # 用两年时间由A提高到B: A is what there was
                    return str(self.year - 1)
                return began
        compared = COMPARED_VALUE.search(slot.left)
        if compared and measure.rule != "change.against":  # 比2020年的9亿元增加: the 9 are of 2020
            return slot.period(compared["when"]).value
        if reading.rule == "from_to" and ruling.value:
            decade = start is not None and self.doc.view.endswith("年代", 0, ruling.end)
            value = ruling.value if decade else ruling.last_year or ruling.value
            by_then = self.doc.view.startswith(("到", "至"), ruling.start)  # 到2030年，产值由8亿元提高到9亿元
            return value if by_then else value.removeprefix("../")
        if since and (not ruling.span or measure.basis == "annual") and until.isdigit() and int(until) > since:
            return f"{since}/{until}"  # 比1980年增长51%，平均每年递增8%: over the years since
        over = None if self._since_a_year(measure) else self._years_over(slot, ruling)
        if over:
            return over
        carried_on = measure.basis == "annual" and measure.basis_slot is not None
        if not ruling.span and carried_on and ruling.future:
            ruling = self._plan_ending(ruling) or ruling
        elif ruling.future and not ruling.span and (ruling.value or "").startswith("../") and _YEARLY.search(slot.left):
            return self._years_to(ruling)
        elif not ruling.span and (_YEARLY.search(slot.left) or carried_on):
            around = self._span_around(slot) or (self._plan_ending(ruling) if ruling.future else None)
            compared_with = self._year_compared(slot) if around is None and until.isdigit() else None
            if compared_with and compared_with < int(until) - 1:  # 与2015年相比，2020年…。财政收入年均增长5%
                return f"{compared_with + 1}/{until}"
            ruling = around or ruling
        if not ruling.span:
            at_its_end = (ruling.value or "").endswith("-12") and measure.kind in ("growth_rate", "change_amount")
            if at_its_end and ruling.value and self.basis(measure) == "yoy":  # 截至去年12月末，…；利税比上年下降
                return ruling.value[:4]
            return ruling.value
        if self._over_the_span(measure, stated):
            return ruling.value
        begun = ruling.first and self.year and ruling.first.year < self.year  # a plan that runs has its last year
        reached_by_then = ruling.future and ruling.last_year and "/" not in ruling.last_year and not begun
        return f"../{ruling.last_year}" if reached_by_then else ruling.last_year

    def _over_many_years(self, slot: Slot, ruling: Ruling) -> bool:
        """Whether the sentence says of what a quantity counts that it took many years (多年来改造住房5万套)."""
        begin = slot.sentence
        begin = max(begin, ruling.end) if ruling.rule == "sentence" else begin
        if self.doc.view.find("多年", begin, slot.quantity.start) < 0:
            return False
        return _MANY_YEARS.search(self.doc.view, begin, slot.quantity.start) is not None

    def _against(self, measure: Measure) -> Period | None:
        """Return the period that the sentence of a from–to compares its own with, None where it names none."""
        mark = pattern("time").search(measure.frame)
        return measure.frame_slot.period(mark.group()) if mark and measure.frame_slot else None

    def _years_over(self, slot: Slot, ruling: Ruling) -> str | None:
        """Return the years of 十年 in 十年增加…, which end with the year that rules; None where nothing says so."""
        marks = list(pattern("time").finditer(slot.left)) if pattern("time").search(slot.left) else ()
        if not marks:
            return None
        last, period = marks[-1], slot.period(marks[-1].group())
        years, until = period.years, (ruling.last_year or "")[-4:]
        if period.kind != "duration" or period.value or not years or not until.isdigit():
            return None
        told = re.match(
            rf"(?:来|间|共|累计|总共|年均|平均)*(?:[增减提翻]|(?!新){changing()}|接近|$)", slot.left[last.end() :]
        )
        return f"{int(until) - int(years) + 1}/{until}" if told else None

    def _span_around(self, slot: Slot) -> Ruling | None:
        """Return the span of years that rules where the sentence of `slot` begins, or that was last stated."""
        at_start = self.timeline.at(slot.sentence)
        if at_start.span:
            return at_start
        return min(
            self._review_spans,
            key=lambda span: (_years(span) != 5, abs(span.start - slot.quantity.start)),
            default=None,
        )

    def _year_compared(self, slot: Slot) -> int | None:
        """Return the year that the paragraph of `slot` compares with, None where it compares with none."""
        begin = self.doc.view.rfind("\n", 0, slot.sentence) + 1
        compared = (
            p.first.year
            for p in self.doc.periods
            if begin <= p.start < slot.quantity.start and p.first and self.timeline.role(p) == BASIS
        )
        return next(compared, None)

    def _years_to(self, ruling: Ruling) -> str | None:
        """Return the years of which a yearly change up to a year to come is told (到1992年，…，年均增长7%)."""
        plan = self._plan_ending(ruling)
        if plan is not None or ruling.last is None or self.year is None or ruling.last.year <= self.year:
            return plan.value if plan else ruling.value
        return f"{self.year}/{ruling.last.year}"

    def _plan_ending(self, ruling: Ruling) -> Ruling | None:
        """Return the last span of years stated that ends with the year of `ruling`, None where there is none."""
        rulings = (self.timeline.at(p.end) for p in self.doc.periods if p.kind in ("span", "plan", "duration"))
        ending = [r for r in rulings if r.span and r.last_year == (ruling.last_year or "").removeprefix("../")]
        return min(ending, key=lambda span: abs(span.start - ruling.start), default=None)

    @cached_property
    def _review_spans(self) -> list[Ruling]:
        """The spans of years that the document states and that end with the year before its own."""
        rulings = [self.timeline.at(p.end) for p in self.doc.periods if p.kind in ("span", "plan", "duration")]
        return [r for r in rulings if r.span and self.year and (r.last_year or "")[-4:] == str(self.year - 1)]

    def _over_the_span(self, measure: Measure, ruling: Ruling) -> bool:
        """Whether a value under a span of years was added up or changed over it, rather than reached at its end."""
        slot, reading, kind = measure.slot, measure.reading, measure.kind
        name = _MANNER.sub("", _BRACKETS.sub("", measure.name))
        if any(slot.period(mark).rule == "consecutive" for mark in pattern("time").findall(slot.left)):
            return True
        if kind in ("growth_rate", "change_amount"):
            if measure.header and measure.header.compared:
                return False
            if self._since_a_year(measure):  # 1955年到1957年，要比1954年增长8%: over those years
                return ruling.start >= slot.sentence and self._since_the_eve(measure, ruling)
            return not _YEARS_AGO.search(measure.basis or "")
        if _BY_NOW.match(slot.left.strip("，")) or _A_YEAR.match(name):
            return False
        if (_ADDED.search(name) or _ADDED_SIZE.search(name)) and kind == "level":
            return True
        stated_here = measure.header is not None or ruling.start >= slot.sentence
        flow = reading.sense in ("level", "none", "share") and _SPENT.search(name) is not None
        runs = bool(ruling.future and ruling.first and self.year and ruling.first.year < self.year)
        spent = (stated_here and (flow or measure.rule == "share.use")) or (flow and runs)
        if spent or ((reading.sense == "none" or reading.verb in ("有", "共有")) and self._span_within(slot)):
            return True
        if slot.quantity.quote.startswith(("突破", "首次突破")) or (
            _REACHED_IN_ALL.search(slot.left)
            and dimension(slot.quantity.unit or "") == "count"
            and slot.quantity.unit not in ("人次", "次")
        ):
            return False
        summed = stated_here and _SUMMED.search(self.doc.view, slot.sentence, slot.quantity.start)
        spent_in_all = stated_here and slot.quantity.unit == "元" and _IN_ALL.search(slot.left)
        if spent_in_all or "累计" in slot.left or _YEARLY.search(slot.left) or (summed and self._sums(slot)):
            return True
        if kind == "gap" and name.endswith("增速"):
            return True
        if stated_here and _MEAN.search(slot.left):
            return True
        if measure.rule in ("gap.plan", "share.plan") and (_SPENT.search(name) or reading.sense in ("up", "down")):
            return True
        if reading.sense == "to" or reading.rule == "from_to" or kind in ("share", "rank", "gap"):
            done = stated_here and reading.rule == "share.of" and "完成" in (reading.verb or "") + name
            return kind == "share" and (done or ("用于" in name and not _HELD.search(slot.left)))
        if slot.quantity.unit in PERCENT:
            return False
        if _REACHES.search(slot.left) and slot.quantity.unit in _TIMES and "每年" not in slot.left:
            return True
        if _STANDS.search(name) and not ruling.future:
            return False
        if _REACHES.search(slot.left) or (slot.left.endswith("使") and "了" not in slot.right):
            return False
        if stated_here and (_DONE_IN.search(name) or "增加的" in name) and not _HELD.search(slot.left):
            return True
        if _does().match(name):
            return True
        if stated_here and _LOST.search(name):
            return True
        if _STATES.search(slot.left) or _STATES.search(name) or _RANKS_AMONG.search(name):
            return False
        if reading.sense == "level" and reading.verb != "为":  # 为1万个村配备医生 says what was done
            return reading.verb in _DOING_LEVELS
        if reading.rule == "level.bare" and _STOCK.search(name):
            return _DONE_TO.match(name) is not None or pattern("doing").match(name) is not None
        done = pattern("doing_any").search(name) is not None
        counts = measure.rule == "level.bare" and slot.quantity.unit in _THERE and not ruling.future
        if counts and not done and not _DONE_TO.match(name):
            return False  # where nothing was done, so many are there
        return done if ruling.future and not (runs and stated_here) else True

    def _since_a_year(self, measure: Measure) -> bool:
        """Whether a change counts from a year that is named."""
        if not measure.basis or measure.basis == "annual":
            return False
        of = measure.basis_slot or measure.slot
        return any(of.period(mark).kind == "year" for mark in pattern("time").findall(measure.basis))

    def _since_the_eve(self, measure: Measure, ruling: Ruling) -> bool:
        """Whether a change counts from the year before the years that rule, all of which lie ahead or are named."""
        of = measure.basis_slot or measure.slot
        years = {of.period(mark).value for mark in pattern("time").findall(measure.basis or "")}
        named = "到" in self.doc.view[ruling.start : ruling.end]
        if measure.basis_slot is not None and source_of(measure.basis_slot.left):
            return False  # 由1970年的A增加到B，增加一倍
        return named and years == {ruling.start_before}

    def _sums(self, slot: Slot) -> bool:
        """Whether the clause, or what leads up to it, adds up (五年合计财政收入为…)."""
        return _SUMMED.search(slot.clause_before + slot.left) is not None

    def _span_within(self, slot: Slot) -> bool:
        """Whether the clause itself states the years (五年铁路铺轨里程3000公里)."""
        return any(slot.period(mark).kind in ("span", "duration") for mark in pattern("time").findall(slot.left))

    # -- basis ---------------------------------------------------------------------------------

    def basis(self, measure: Measure) -> str | None:
        """Return what a change, a gap or a rank is compared with, from the coded words that say it."""
        slot, words, kind = measure.basis_slot or measure.slot, measure.basis, measure.kind
        if not words and measure.header and kind in ("growth_rate", "change_amount"):
            return measure.header.compared
        if not words or kind == "level":
            return None
        if words == "annual":
            return None if kind == "share" else "annual"
        if kind == "rank":
            return self.place_name(words) or (words.strip("的") if words else None)
        marks = pattern("time").findall(words)
        if re.search(r"环比", words):
            return "qoq"
        if re.search(r"计划|预算$|概算$|设想$|目标|预期", words) and not marks:
            return "plan"
        if kind == "gap":
            return self.place_name(words) or words
        ago = _AGO.search(words)
        if ago and not marks:
            return _years_before(self.timeline.at(slot.quantity.start).last_year, ago[1])
        for mark in marks:
            time = slot.period(mark)
            return "yoy" if self._is_last_year(time) else time.value
        return "yoy"

    def _is_last_year(self, time: Period) -> bool:
        return bool(_LAST_YEAR.search(time.quote))
