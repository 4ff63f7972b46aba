"""What each quantity of a sentence measures: its name as far as the clause gives it, its kind and its comparison."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from pipeline.claims.carrying import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.coordination import members
from pipeline.claims.lexicon import TIME, any_of, words
from pipeline.claims.measure import Measure
from pipeline.claims.naming import aimless, clean, governing, last_deed, source_of, topic, undone
from pipeline.claims.reading import DISPOSED, PAYS, Reading, before, counted, counted_behind, others_behind
from pipeline.claims.subjects import grown, subject
from pipeline.claims.wordings import COMPARED_VALUE, PERCENT, RELATIVE, ending, pattern, wholly
from pipeline.regex import Regex
from pipeline.verbs import changing

#: Heads of a list that say nothing without it.
SAYS_NOTHING = (
    "(?:主要|核心|重点|各类|(?:城市|城镇)?地下)?(?:指标|大奖|奖项|奖(?!励|补)|活动|管网|管线|资金|设施|设备|工程|服务)"
    "(?![一-鿿]{0,3}(?:城市|企业|平台|中心))"
)

#: Verbs of a level that are part of what was done (完成投资); the others only say that a value is there.
_DOING_LEVELS = ("完成", "实现", "安排", "拥有")
#: Verbs of change that, before a count of things, say what was done to them.
_IMPROVING = ("加密", "加快", "提升", "改善", "壮大", "提速", "拓展", "扩大", "降低", "提高", "减轻")
#: Whose verb says what the money does: 中央财政安排3亿元 (but 中央财政赤字安排3亿元).
_SPENDING = ("安排",)
#: What is done to an area or to places, and is no change of their number.
_RAISED_IN_PLACES = ("提升", "改善", "整治提升", "改造提升")
_PLACES = ("亩", "公顷", "平方公里", "公里", "户", "个", "所", "处", "座", "家", "条", "栋", "套", "平方米")
_MEASURED = Regex("(?:指数|排名|位次|名次|等级|数量?|总量|面积|里程|规模|比重|水平|寿命|[率量额值])$")
_SPENDS = Regex("(?:财政|政府|国家|中央|地方)$")
_OF_ALL = Regex("^(?:全国|全省|全市|我国)(?=..)")
_TO_ATTAIN = Regex("^.*实现了?(?=..)|(?:均|都)?实现了?$")
#: 保持 | 8%左右 | 的增长: how fast it grew, or fell.
_KEEPS_PACE = Regex(
    "的?(?:年均|平均|较快|快速|持续|稳定|正|实际|名义|同比|平稳)*(?P<how>增长(?!点|极|目标|预期|空间|潜力|率目标)|增速|增幅|涨幅|降幅|下降)(?:速度|率|幅度|水平|态势|势头)?(?=$|[，。；、])"
)
_KEPT_UP = Regex("(?:继续|仍然?|都|均|也|年年|每年)*(?:保持|取得|实现|获得|出现|维持|有)了?$")
#: What a verb or a noun of change for the worse, or the less, has in it.
_DOWNWARD = Regex("[减降跌缩削落滑窄低慢]|裁|下[调浮行探]|精简")
#: 以8%的速度增长, 按5%的幅度压减一般性支出.
_AT_RATE = Regex(
    "的(?:平均|年均)?(?:速度|幅度|比例|增速)(?:向前|逐年|持续|继续|快速|稳步|向上)?"
    f"(?P<verb>{changing()}|发展|前进)(?P<object>[^，；。、]*)"
)
_GROWTH_AIM = Regex("(?:增长|增速)(?:预期)?目标")
_GIVEN_TO = Regex(
    "(?P<to>[对向](?!外)[^，；、对向]{2,14}?)(?:一次性|再次|继续)?(?P<what>发放|拨付|提供|给予|投放|兑现)$"
)
#: 同 | 15个 | 国家建立了邦交: with whom something is done.
_DONE_WITH = Regex(
    f"(?:^|[，；：])(?:(?>累计|已经?|再|又|还|共|先后|我[国省市区县们]|全[省市区县]|{TIME})*)[与同](?:世界上?|全球|国外)?$"
)
_WITH_THEM = Regex(
    "(?P<act>(?>新|已经?|都|均|正式|先后)*(?:建立|开展|签署|签订|缔结|发展|达成|结成|恢复)(?:了)?)(?P<what>[^，。；、\ue000-\uf7ff的][^，。；\ue000-\uf7ff]{1,16})$"
)
#: 再压减 | 三成 | 审批事项的目标: what is cut stands behind by how much.
_CUTS = ("减少", "压减", "削减", "压缩", "精简", "取消", "裁减", "提升", "提高", "降低")
_RAISES = ("提升", "提高", "改善", "调整", "上调")
_RAISED_OF = Regex("(?:的)?(?:职工|工人|教师|干部|企业|农户|家庭|学校|村|县)的[^，；、的]{2,8}$")
_MAKES_MORE = ("增产", "减产")
_AMOUNT = Regex("(?:量|值|额|产能)$")
_CUT_BEHIND = Regex(
    "的?(?!目标|任务|水平|速度|幅度|要求|基础|比例|左右|以[上下内])(?P<what>[\u4e00-\u9fff]{3,14}?)(?:的(?:目标|任务|要求).*)?$"
)
#: 为 | 2万名 | 老年人免费提供体检: for whom something is done.
_DONE_FOR = Regex(
    f"(?:^|[，；：])(?:(?P<who>[^，；、：为\ue000-\uf7ff]{{3,20}}?[\u4e00-\u9fff”）])(?<!(?:因|认|成|作|称|定|变|转|分|列|视|设|改|更|以|行|均|约|人|数|量|率)))?"
    f"(?:(?>累计|已经?|再|又|还|共|先后|继续|免费|{TIME})*)为$"
)
_OFFICES = Regex("(?:部门|政府|国家|财政|单位|我[国省市区县们]|全[国省市区县])$")
#: 900万人次 | 领取, 9万 | 群众观看: in what was told before.
_TAKES_PART = Regex("(?!国家|地区|省|市|县)[^，；、的参]{0,6}(?:参与|参加|参观|参赛|观看|领取|体验|出席)")
_LONGEST_SERVED = 24
_FOR_THEM = Regex(
    f"(?P<act>(?>免费|全部|统一|普遍|逐步|成功|普惠性?|均|都|已经?)*(?:{any_of('doing')}|(?<=免费)|送医|供水|供热|供电|供气|供暖|追回|引入|安装|购买|缴纳|报销|代缴|讨回|送去|送上|建起|办起)(?:了)?)(?P<what>[^，。；、\ue000-\uf7ff的][^，。；\ue000-\uf7ff]{{1,30}})$"
)
_LED_TO = Regex("[\u4e00-\u9fff“”]{2,16}")
#: What is better where there is less of it (臭氧浓度改善5%).
_POLLUTES = Regex("浓度|PM(?:2\\.5|10)|颗粒物|空气质量综合指数|污染")
#: 试点范围扩大到23%的县.
_COVERED = Regex("(?:县|地市|市州|市县|乡镇|村|学校|企业|机构|人口|基层|农户|家庭)")
_EVERY_YEAR_FIRST = Regex("(?:平均每年|每年平均|年平均)(?=..)")
_EVERY_YEAR = Regex(f"(?:每年|常年|年均|{TIME})+")
_COST_CUT = Regex("(?:平均)?(?:降低|减少|压缩|节约|节省)了?(?P<what>[^，；]{0,8}(?:成本|费用|开支|消耗|支出|负担))$")
_PLANNED = Regex("^.[原年]?(?:来的?|初|度)?(?:计划|预算|概算|设想|目标|预期目标|预计)(?:数)?$")
_SPENDS_ON = Regex("(?<![使利费占专公实运采征享录引])(?:用|花|拿出|拿)了?$")
#: 玉米的单产 | 比 | 谷子 | 高一倍: with what else it is compared, no time and no plan.
_THAN_ANOTHER = Regex(
    "(?P<name>(?:[^，；]{2,24}?)??)(?:则|都|又|还|也|却)*(?<![同环占对正百之可])比(?![重例率值价较如分])"
    "(?P<other>(?!原|上|去|前|往|历|计划|预|年|规划|定额)[^，；比\ue000-\uf7ff]{2,14}?)(?:要|可能|可以|还|都|就|将)*$"
)
_SOME_TIME = Regex("[初前时期后年平底末高]$|普”?$")
_ACCOUNTS_FOR = ("贡献", "吸纳", "承担", "集聚", "提供", "创造", "占据", "供应")
_SHARE_OF_NOUN = Regex("[\u4e00-\u9fff“]{3}")
_A_NOUN = Regex("[\u4e00-\u9fff“]{2}")
#: What stands behind a rate that says how much of it there is (15% | 所得税优惠, 1% | 人口抽样调查).
_OF_A_RATE = Regex("[^，；、]{0,8}?(?:税|费率|利率|优惠|补贴|补助|贴息|抽样|政策|速度|标准|折扣|扣除|征收|股[权份])")
#: 公共建筑 | 100% | 执行绿色建筑标准.
_ALL_DO = Regex("(?:使用|采用|执行|实行|实施|更换|安装|接入|纳入|达到|实现|完成)(?=..)|达标|交付|就读|从事|来自|入选")
_MORE_OR_LESS = Regex("(?<!融资规模)(?<!社融规模)的?(?:净?增量|减量)$")
_HOLDS = ("拥有", "掌握", "控制", "团结", "占有")
_WHICH_HAS = Regex("的?(?P<what>[^，；。、的]{2,10})(?:的(?P<whose>[^，；。、的]{2,6}?)(?=应|必须|要|率先|$))?")
_LIVED_IN = Regex("居住的(?P<where>[^，；。的]{2,16})")
_TROUBLE = Regex("的(?P<what>[^，；、的]{2,8}(?:问题|困难))")
_KEPT_AT = ("在", "保持在", "稳定在", "维持在", "达到", "达")
_SPENDING_NAME = Regex("(?:支出|投入|财力|经费)$")
_ATTENDS = Regex("就读|从事|来自|入选|获|用于|投向|纳入")
_DEVELOPS = Regex("(?:(?:高质量|健康|协调|融合|持续|产业|事业|一体化|绿色|经济|社会)发展|发展壮大)$")
_RATE_BEHIND = Regex("的(?P<rate>[^，；、的]{0,4}(?:税率|利率|费率|征收率|贴息率))")
_AT = Regex(f"[以按](?:年均|平均|每年|平均每年|每年平均|不[低少]于|{TIME})*$")
_WHOLE = Regex(r"^(?:其中)?[，]?在(?P<whole>[^，；]{2,20})中$")
_CHANGED_WITHIN = Regex(
    r"^[^，；]{2,20}(?P<verb>减少|净增|净减少|压减|压缩)了?(?P<name>(?!比例|幅度|力度|规模)[^，；“的]{2,})$"
)
_CUT_BACK = ("压减", "压缩")
_REDUCED = ("减少", *_CUT_BACK)
#: 中央财政增加支出5亿元, 农民增加收入3亿元: whose they are stays in the name.
_OWN_CHANGED = Regex(
    "^(?P<owner>[^，；“]{0,16}?(?:财政|政府|国家|中央|地方|企业|单位|农民|居民|职工|农户|群众))(?:当年)?(?:就|也|还|共|要|可以?|能够?|将|每年|平均|大约|估计|因此|由此|一年|全年)*(?P<verb>增加|减少)(?P<name>支出|投入|收入|投资|拨款|税收)$"
)
#: 每年增产原煤3000万吨, 每年增加运力4000万吨.
_CHANGED_YEARLY = Regex(
    "^(?:平均)?每年(?:平均)?(?:要|将|可以?|应|至少)*(?P<verb>增加|减少|增产|减产)(?P<name>[^，；“]{1,12})$"
)
#: 经济增长预期目标是在提高效益的基础上年均增长7%.
_AIM_IS = Regex("(?<=..)的?(?:主要|宏观|预期|奋斗|调控)*目标[是为][^，；]*$")
_WITHIN = Regex("(?:^|^，|^[^，；在]{2,})在[^，；在]{2,20}中$")
#: 高中学生中，职业学校学生达到56%.
_AMONG = Regex("^，?在?(?P<whole>[^，；在]{2,20}(?<![其当之])中)$")
_RATED = Regex("(?:率|比重|比例|占比|份额|水平|面|程度|幅度|增速|速度|指数|指标|目标|增长|完成|利率|税)$")
#: 略低于8%的预定目标, 提出8%左右的生产总值增长目标: the figure is the aim itself.
_AIMED = Regex(
    "的(?:年初|全年|年度|原定|预定|预期|调控|控制|宏观|主要)*(?P<what>(?:(?!增长|预期|预定)[^，；。、]{2,12}?)?)(?P<grows>增长|增幅|涨幅)?(?:预期|预定|控制|调控|奋斗)*目标"
)
_PEOPLE = Regex("(?:各族|中国|全国各族|中华)?(?:人民|人口(?!的?(?:饮水|饮用|安全|温饱))|中国人(?!民)|同胞|儿女|农民)")
_NATION = 800_000_000
_PER_HEAD = Regex("人均|每人平均|平均每人")
_SHORTFALL = Regex("的(?P<what>(?:财政|贸易|收支)?(?:赤字|逆差|顺差|亏损|结余|盈余|缺口|差额))")
_WILL_BE = Regex("^(?:也|还|仍|将|会|可能|要)+$")
_ARISES = Regex("(?P<where>[^，；]{0,12}?)(?:出现|发生|形成|产生|存在|有)了?$")
_SHORT_OF = Regex(
    "(?:虽然?|略|稍|明显|大幅)*(?:低于|高于|好于|优于|快于|超过|超出|不及|未达到?|没有?达到|实现|达到|完成|提出|确定|制定|围绕)?了?(?:年初|全年|预期)?(?:确定|提出|规定|预定|制定|下达)?的?$"
)
_BOUNDS = ("低于", "高于", "超过", "不到", "不足", "突破", "接近")
#: 中央提出国内生产总值增长8%, 实现国民生产总值翻两番: who said so, and that it is to be, is no part of what grows.
_SAID = Regex(
    "^[^，；]{0,6}?(?:没有|未能?)(?:实现|完成|达到)[^，。；]{0,8}(?:确定|提出|规定|下达)的(?=..)|"
    "^[^，；]{0,24}?提出(?:了|的|来)?(?=..)|^(?:[^，；]{0,4}实现|完成)了?(?:原定)?(?:的)?(?=(?:国民|国内|地区|人均|工农业|工业|农业|生产)[^，；]{0,6}(?:总产值|总值|收入|产值|产量))"
)
_EXAMPLES = Regex(
    f"^(?P<keep>(?:[^，；、]{{0,12}}?用于|(?:国务院(?:提请[^，；、]{{0,3}}人大(?:常委会)?)?)?(?:(?:{pattern('doing').pattern})(?:[和、或并及与]|以及)?)*了?))[^，；“]{{2,}}?"
    "(?<![高中初平同优上下对相特头])等(?P<rest>(?![级候于次到待价效额量同式差距离]|方面|领域|工作|事业|地区|事项|项目$|"
    + SAYS_NOTHING
    + "$)[^，；、等于]{2,})$"
)
#: What says little without the list before it (荣获甲奖、乙奖等 | 大奖), or without its predicate.
_SAYS_LITTLE = Regex(SAYS_NOTHING)
_LONGEST_LIST = 30
#: 新开、复航、加密: deeds that share what stands behind the last.
_AND_OR = Regex("[、和或及]|以及")
_LONGEST_DEED, _TWO = 4, 2
#: Into how many sorts what is counted falls (提出5大类20项指标).
_SORTS = Regex("(?:[0-9一二三四五六七八九十]{1,3}|两)(?:大类|大领域|个方面|方面|类|大方面)的?$")
_LISTED = Regex(r"等(?:[^，；]{0,2}(?:领域|方面|地区|行业|区域|地))?$")
_SPENT = Regex(r"(?:是|将|直接|全部|都)*(?P<use>(?:用于|用来|用在|投入|投资于)[^，；。]{2,24}?)的?$")
_YEARLY = Regex("年均|平均每年|每年平均")
_COMPARATORS = {"接近": "near", "超过": "gt", "不到": "lt", "约为": "approx", "约占": "approx"}
#: What a part of something does or is to do.
_BECOMES = Regex(r"(?:已经?|可以|能够?|将|都|要|(?P<denied>没有|尚未|未能?))(?!经|是)(?P<what>[^，；。]{2,16})")
#: 有 | 三成 | 不合规格.
_SOME_ARE = Regex(
    "(?P<what>(?:亏损|盈利|增产|减产|闲置|停产)$|(?:不合|需要|没有|未|达不到|仍在|尚待|属于|存在|发生|转变为|改为)[^，；。]{2,16})"
)
_SOME_OF = Regex("(?!的|左右|以上|上下|增长|下降|提高|减少)[\u4e00-\u9fff]{5,24}")
#: 人口 | 八成 | 在农村.
_ARE_IN = Regex("(?P<what>(?:居住|分布|集中)?在(?!内|此|[0-9])[一-鿿]{2,8})$")
#: 试点扩大到全国 | 四成 | 的县.
_SPREAD_TO = Regex("(?<=试点)(?:的?范围)?(?:[要将已再]*扩大到|(?P<covers>[要将已再]*覆盖))(?:全国|全省|全市)?$")
#: 六成的职工 | 不同程度地 | 增加 | 了 | 工资.
_HOW_DONE = Regex(
    "(?:不同程度|普遍|相应|程度不同)[地的]|(?<=[\u4e00-\u9fff])[都均]能够?(?=..)|(?<=[到加少高成及现立得])了"
)
_USE = Regex(
    r"(?P<use>用于|投向|投入|来自|为|是|的(?!速度|增速|增长|水平|区间|目标|较|基础|比例|税率|利率|幅度))(?P<what>[^，；]{0,20})"
)


def measures(found: Sequence[Slot], carried: Carried) -> Iterator[Measure]:
    """Yield what each of the slots of one sentence measures, in order.

    `carried` tells of the slots before; the caller brings it up to date between one measure and the next.
    """
    i = left = 0  # so many quantities before this one are what changes into it and those behind it
    while i < len(found):
        pair = _from_to(found, i, carried)
        if pair:
            yield from pair
            i += 2
            continue
        compared = _beside_plan(found, i)
        if compared:
            yield from compared
            i += 2
            continue
        parts = _ratio(found, i, carried)
        if parts:
            yield from parts
            i += len(parts)
            continue
        run = 1
        while run < left or _runs_on(found, i, run):
            run += 1
        left = run if _is_left(found, i, run) else 0
        if run > 1:
            yield from _distributed(found[i : i + run], carried, left > 0)
        else:
            measure = _single(found[i], carried)
            if measure is not None:
                if "的" in found[i].right and _REQUIRED.match(found[i].right) and _LAID_DOWN.search(found[i].left):
                    measure.aim, measure.basis = True, None
                elif measure.kind == "level" and (
                    _is_planned(found[i]) or found[i].right.startswith(_ATTAINED_AIM[:2])
                ):
                    measure.aim = True
                yield _against_value_before(measure, found[i - 1] if i else None)
        i += run


#: 超过计划规定的 | 增长4% | 的要求: the figure is what a plan asks for.
_LAID_DOWN = Regex("(?:计划|规划|纲要|预算|任务书)(?:所)?(?:规定|要求|确定|提出|安排)的?[^，；]{0,6}$")
_REQUIRED = Regex("(?:左右|以上|以内)?的(?:要求|目标|指标|任务|水平|速度|进度)")


#: 铁路货运量 | 计划为 | 4亿吨, 财政收入 | 预算 | 300亿元.
_AS_A_PLAN = Regex(
    "(?<=..)(?<!国家)(?<!财政)(?<!五年)(?<!经济)(?:计划|预算|概算|原来?估计)(?:数|指标|任务)?(?:[为是]|定为|规定为)?$"
)
_BESIDE_A_PLAN = Regex("(?:比|较|完成了?|超过|低于|高于|占|按照?|执行|列入|纳入)[^，；]{0,8}$")


def _is_planned(slot: Slot) -> bool:
    """Whether the words before a quantity call it a plan or a budget (投资计划是95亿元)."""
    if not any(word in slot.left[-8:] for word in ("计划", "预算", "概算", "估计")):
        return False
    said = _AS_A_PLAN.search(slot.left)
    return said is not None and _BESIDE_A_PLAN.search(slot.left, 0, said.start()) is None


def _against_value_before(measure: Measure, before_it: Slot | None) -> Measure:
    """Note what a change is compared with where the value compared is stated (比2020年的9亿元增加3亿元)."""
    compared = COMPARED_VALUE.search(before_it.left) if before_it and measure.slot.link == "joined" else None
    if compared and measure.kind in ("growth_rate", "change_amount"):
        measure.basis, measure.basis_slot = compared["when"], before_it
    return measure


_A_SHARE = Regex(r"占.{1,20}(?:比重|比例|份额)$")
_EACH_YEAR = Regex(f"年均|平均每?年|每年平均|每年|年平均|年递增|{TIME}平均$")
_AMONG_THEM = Regex("(?P<group>世界|全球|全国|全省|亚洲|中部|西部|东部)的?$")
_PLACE_AMONG = Regex(
    "(?P<of>.*?)[居占在]?(?P<group>世界|全球|全国|全省|全市|亚洲|中部|西部|东部)的?(?:位次|排名|排位|位置|名次)"
)
_TOLD_AGAIN = Regex(f"(?:调整|优化|演变|转变|变化|变)(?:到|为|至|成)?{TIME}的?$")
_RATIO_OF_NAMED = Regex(
    "(?P<parts>[^、，；]{1,8}(?:、[^、，；]{1,8}?)+)(?P<of>投资|收入|支出|产值|增加值|面积|消费)?(?:之?比例?|结构|构成)"
)
_FROM_RATIO = Regex("(?:由|从|自)[^，；]{0,6}$")


def _ratio(found: Sequence[Slot], i: int, carried: Carried) -> list[Measure]:
    """Read the parts of a ratio (三次产业结构11.8:48.3:39.9) as a share each; [] where there is none."""
    if found[i].quantity.rule != "ratio":
        return []
    parts: list[Slot] = []
    while i + len(parts) < len(found) and found[i + len(parts)].quantity.rule == "ratio":
        if parts and found[i + len(parts)].left.strip() != ":":
            break
        parts.append(found[i + len(parts)])
    if len(parts) < 2:
        return []
    reading = before(parts[0])
    whole = clean(parts[0].clause_before) if not clean(reading.name) else clean(reading.name)
    sectors = len(parts) == 3 and "产业" in whole
    told = _RATIO_OF_NAMED.fullmatch(whole)
    named = told["parts"].split("、") if told else []
    names = [f"第{n}产业占比" if sectors else f"{whole}第{n}部分占比" for n in "一二三四五六七八九"[: len(parts)]]
    if len(named) == len(parts):  # 粮、经、饲比例30:27:43
        names = [f"{part}{told['of'] or ''}占比" for part in named] if told else names
    changed = carried.names[-len(parts) :]
    again = ending("toward", clean(reading.name + reading.verb)) or _TOLD_AGAIN.search(parts[0].left)
    if again and changed[-1:] and changed[-1].endswith("占比"):
        names = changed  # 三次产业结构由8:41:51调整为7:39:54
    start = parts[0] if _FROM_RATIO.search(parts[0].left) else None
    return [
        Measure(slot, reading, name, "share", start=start, rule="ratio")
        for slot, name in zip(parts, names, strict=False)
    ]


def _runs_on(found: Sequence[Slot], i: int, run: int) -> bool:
    if i + run >= len(found) or not found[i + run].runs_on:
        return False
    first, last = found[i].quantity, found[i + run].quantity
    passes = last.quote.startswith("突破") and not first.quote.startswith("突破")
    if passes and "分别" not in found[i].left:  # 里程新增700公里、突破2000公里
        return False
    if "分别" in found[i].left and counted(found[i]) == "":  # 生猪、家禽出栏分别达300万头、2000万只
        return True
    if _one_each(found, i):
        return True
    other = "" if found[i + run].right.startswith("的") else counted(found[i + run])
    if other and not counted(found[i]) and _counts_its_own(found[i]):
        return False  # 新增甲园区9家、8家乙工厂
    if first.unit and last.unit and "/" in first.unit and "/" in last.unit:  # 每月500元、每年4000元
        return first.unit.partition("/")[0] == last.unit.partition("/")[0]
    return first.unit == last.unit or (first.ordinal and last.ordinal)


def _counts_its_own(slot: Slot) -> bool:
    """Whether the words before a quantity name one thing that it counts (新增养老院 | 9家)."""
    name = clean(before(slot).name)
    return len(undone(name)) >= 2 and not _AND.search(name)


_AND = Regex("[、和与及]")
#: What is counted or measured by a unit of its own: 床位数、医师数增至7张、3个.
_OF_OWN_UNIT = Regex("(?:数|[^大]量|额|率|值|收入|支出|面积|里程|产能|规模|人口|人次|投资|增速)$")


def _one_each(found: Sequence[Slot], i: int) -> bool:
    """Whether the clause of slot `i` names as many measures as values stand in a row behind it, each in its unit."""
    row = 1
    while i + row < len(found) and found[i + row].runs_on:
        row += 1
    if row < 2 or not _AND.search(found[i].left) or counted(found[i]):
        return False
    reading = before(found[i])
    name = clean(reading.name)
    if reading.sense not in ("level", "to") or len(_AND.findall(name)) != row - 1:
        return False
    named = members(name, row)
    return named is not None and all(_OF_OWN_UNIT.search(part) for part in named)


#: What turns into its contrary.
_TURNED = Regex("(?P<from>亏损|盈利|逆差|顺差|赤字|结余|盈余|净出口|净进口|出超|入超|净流出|净流入)$")
_TURNED_INTO = Regex(
    "(?:转变?|变|扭转|改变)[为成](?P<into>亏损|盈利|逆差|顺差|赤字|结余|盈余|净出口|净进口|出超|入超|净流出|净流入)"
)


#: 由前一年上升 | 5% | 转为…: the first end is a change itself.
_MOVED = Regex("(?:同比|比上年同期|比上年)?(?P<verb>增长|上升|上涨|提高|递增|增加|下降|减少|降低|下跌|回落)")


_IN_A_LIST = Regex("在?“?(?P<list>[^“”，；在]{2,8}?强)”?(?:榜单?)?中?的?排[名位]$")


_ORIGINALLY = Regex("(?:原来?|年初)(?:计划|预算|定|安排|概算)(?:数|指标)?的?$")


def _from_to(found: Sequence[Slot], i: int, carried: Carried) -> tuple[Measure, Measure] | None:
    """Read slots `i` and `i + 1` as 由A增加到B, or return None."""
    if i + 1 == len(found) or found[i + 1].link not in ("joined", ","):
        return None
    earlier, later = found[i], found[i + 1]
    if later.link == "," and earlier.quantity.unit != later.quantity.unit:
        return None
    source = source_of(earlier.left)
    target = later.left.strip("， ")
    ends = _TURNED_INTO.fullmatch(target) if source and _TURNED.fullmatch(source["rest"] or "") else None
    if not source or not (ends or pattern("to").match(target)):
        return None
    name, kind, direction = DISPOSED.sub("", source["name"]), "level", None
    noun = counted(later)
    told = clean(name) or clean(earlier.clause_before)  # 每吨钢的能耗，由2吨煤降低到1吨煤
    if noun and (not told or pattern("doing").match(told)):
        name += noun
    if told and not clean(name) and ending("change_head", told):  # 物价上涨幅度，由8%降到6%
        name = told
    head = ending("change_head", clean(name))
    moved = _MOVED.fullmatch(source["rest"] or "")
    if earlier.quantity.ordinal or (earlier.quantity.unit in ("名", "位") and "排" in name):
        kind = "rank"
    elif head and earlier.quantity.unit in PERCENT:
        kind, name, direction = "growth_rate", clean(name)[: head.start()], _direction_of(head["head"])
    elif moved and earlier.quantity.unit in PERCENT:  # 由一月份上升8%回落到三月份的5%
        kind, direction = "growth_rate", _direction_of(moved["verb"])
    elif _is_share(name):
        kind = "share"
    group = _AMONG_THEM.search(source["rest"] or "") if kind == "rank" else None
    place = _PLACE_AMONG.fullmatch(clean(name)) if kind == "rank" else None
    if place:  # 居全国位次由第15位前移至第9位
        name, group = place["of"], place
    ranked = _IN_A_LIST.search(clean(name)) if kind == "rank" and "强" in name else None
    if ranked:  # 某集团在“世界500强”排名由第8位升到第5位
        name = clean(name)[: ranked.start()] or carried.about.thing or name
    if carried.start is None or pattern("time").search(earlier.left):
        carried.start = earlier
    carried.compared, carried.compared_slot = source["when"] or "", earlier
    basis = group["group"] if group else ranked["list"] if ranked else None
    reading = Reading(name=name, verb="由", sense="level", rule="from_to", adverbs=source["adv"])
    if ends:  # 由上年亏损3亿元转为盈利2亿元: two things, each at its own time
        before_it, after_it = clean(name) + source["rest"], clean(name) + ends["into"]
        return (
            Measure(earlier, replace(reading, name=before_it), before_it, "level", start=carried.start, rule="from_to"),
            Measure(later, replace(reading, name=after_it, sense="to"), after_it, "level", rule="from_to"),
        )
    if _ORIGINALLY.search(earlier.left):  # 由原计划的9亿元减为8亿元: so much was planned of the same time
        return (
            Measure(earlier, reading, name, kind, direction, basis, aim=True, rule="from_to"),
            Measure(later, replace(reading, sense="to"), "", kind, direction, basis, rule="from_to"),
        )
    return (
        Measure(earlier, reading, name, kind, direction, basis, start=carried.start, rule="from_to"),
        Measure(later, replace(reading, sense="to"), "", kind, direction, basis, rule="from_to"),
    )


#: 比“九五”计划目标 | 280万吨 | 多20万吨: the planned value that a figure is compared with.
_PLANNED_VALUE = Regex(
    f"(?:[将要已都均也还]|实际)*[比较](?>{TIME}的?|国家|年度?|年初|原[来定]?|既定|规定|五年|当年|全年|省定|国定)*"
    "(?:(?:计划|规划|预算|目标|指标|任务|概算|设想|预计)(?:数|目标|指标|任务|要求)?(?:原列|原定|规定|确定|安排|提出)?的?"
    "[^，；、比\ue000-\uf7ff]{0,10}|[^，；、比]{2,16}(?:批准|核定|下达|通过|核准)的)$"
)
_BEYOND = Regex(
    "[将要已还]*(?:超额完成|超过|超额|超出|超|多出|高出|多|高|快|(?P<less>少|低|慢|节约|节省|减少|降低))了?"
)


def _beside_plan(found: Sequence[Slot], i: int) -> tuple[Measure, Measure] | None:
    """Read slots `i` and `i + 1` as a planned value and how far it was missed or surpassed, or return None."""
    if i + 1 == len(found):
        return None
    planned, gap = found[i], found[i + 1]
    at_once = planned.quantity.end == gap.quantity.start  # …3000亿元 | 超过1070亿元
    if gap.link != "joined" and not at_once:
        return None
    compared = _PLANNED_VALUE.search(planned.left)
    way = _BEYOND.match(gap.quantity.quote) if at_once else _BEYOND.fullmatch(gap.left.strip())
    if (
        not compared
        or not way
        or (gap.quantity.unit != planned.quantity.unit and gap.quantity.unit not in (*PERCENT, "百分点"))
    ):
        return None
    name = planned.left[: compared.start()]
    direction = "down" if way["less"] else "up"
    said = Reading(name=name, verb="比", sense="level", rule="level.plan")
    beyond = Reading(name="", verb=way.group(), sense="gap", direction=direction, compared="计划", rule="gap.plan")
    return (
        Measure(planned, said, name, "level", aim=True, rule="level.plan"),
        Measure(gap, beyond, "", "gap", direction, "计划", comparator="eq" if at_once else None, rule="gap.plan"),
    )


def _is_left(found: Sequence[Slot], i: int, run: int) -> bool:
    """Whether a row of quantities is what changes into the row behind it (分别从3家、2个 | 增加到5家、4个)."""
    row, behind = found[i : i + run], found[i + run : i + 2 * run]
    if run == 1 or [slot.quantity.unit for slot in row] != [slot.quantity.unit for slot in behind]:
        return False
    if behind[0].link not in ("joined", ",") or not all(slot.runs_on for slot in behind[1:]):
        return False
    return source_of(row[0].left) is not None and pattern("to").match(behind[0].left.strip("， ")) is not None


_RATE_OF_EACH = Regex("[\u4e00-\u9fff]{2}率|占比|均价|单价|产值")


def _distributed(run: Sequence[Slot], carried: Carried, left: bool) -> Iterator[Measure]:
    """Read quantities that stand in a row (增长4.4%、3.1%) as of one name each, in order; `left`: see _is_left."""
    first = before(run[0])
    raw = clean(first.name)
    subjects, _, done = raw.partition("分别")
    parted = members(subjects, len(run)) if done else None
    rate = ending("change_head", raw) if run[0].quantity.unit in (*RELATIVE, "百分点") else None
    grown_by = rate.group() if rate else ""
    if parted:  # 煤炭、电解铝分别淘汰落后产能2000万吨和200万吨
        names: list[str] | None = [part + done for part in parted]
    else:
        counts = run[0].quantity.unit not in (*PERCENT, "元", "美元", "百分点") and first.sense in (
            "none",
            "level",
            "to",
        )
        names = members(raw.removesuffix(grown_by), len(run), counts) if raw else _members_before(run)
        names = [name + grown_by for name in names] if names else None  # 生铁、铜材产量增幅分别达
    if (
        names is None
        and (raw in ("", grown_by) or raw.startswith(("占", "拉动", "带动")))
        and len(carried.names) >= len(run)
    ):
        different = list(dict.fromkeys(carried.told))[-len(run) :]  # A由1增加到2，B由3增加到4，年均增长5%和6%
        same_names = different if len(different) == len(run) else carried.names[-len(run) :]
        names = [previous + raw for previous in same_names]
    same = carried.names[-len(run) :]
    if names is None and _RATE_OF_EACH.fullmatch(raw) and len(same) == len(run):  # 盘活A3万亩、B5万亩，处置率分别为…
        names = [undone(name) + raw for name in same]
    if names is None and wholly("doing_all", raw) and len(same) == len(run):
        names = same if all(name.startswith(raw) for name in same) else None  # 今年分别淘汰3000万吨和3500万吨
    for k, slot in enumerate(run):
        reading = replace(first, name=names[k], rule="distributed") if names else replace(first)
        if names is None or k == len(run) - 1:
            reading.name += counted(slot)
        measure = _kinded(slot, reading)
        if measure is not None:
            measure.nth = (k, len(run)) if names is None and "分别" in run[0].left else None
            measure.start = run[0] if left else None
            yield measure


def _as_large_as_a_nation(slot: Slot) -> bool:
    """Whether a bare number is as large as a nation (十三亿人民), so that only the people themselves are counted."""
    q = slot.quantity
    return q.unit is None and q.value is not None and q.value >= _NATION and not slot.left.endswith(("覆盖", "惠及"))


def _members_before(run: Sequence[Slot]) -> list[str] | None:
    """Return the names that the clause before lists (城镇和农村居民收入，分别增长4%、3%), None where it lists none."""
    told = grown(run[0].clause_before) or subject(run[0]) or topic(run[0].clause_before)
    return members(told, len(run)) if told else None


#: （原计划 | 280万吨）, （计划 | 降低8%）: what was planned, in brackets behind what came of it.
_ONCE_PLANNED = Regex(
    "^（(?:原[来定]?|国家|年初|全年|年度)*(?:计划|规划|预算|指标|定额|任务|目标)(?![内外])数?(?:要求|规定)?[是为]?"
)


def _planned_for(slot: Slot, carried: Carried) -> Measure | None:
    """Read a quantity in brackets as what was planned of the measure before them, or return None."""
    planned = _ONCE_PLANNED.match(slot.left) if slot.left.startswith("（") else None
    if not planned or not carried.last:
        return None
    measure = _single(replace(slot, left=slot.left[planned.end() :], right=slot.right.rstrip("）")), carried)
    if measure is None:
        return None
    measure.slot, measure.aim = slot, True
    if measure.kind in ("growth_rate", "change_amount") and not measure.basis:
        measure.basis, measure.basis_slot = carried.compared, carried.compared_slot
    return measure


#: 高于全国2个百分点、 | 全省 | 1个百分点.
_OTHER_PLACE = Regex("(?:全国|全省|全市|[省市]|[\u4e00-\u9fff]{2,8}?)(?:的?平均水平|平均)?")


def _further_gap(slot: Slot, carried: Carried) -> Measure | None:
    """Read a distance in points behind another one, from a further place, or return None."""
    same = slot.quantity.unit == carried.unit == "百分点" and carried.kinds[-1:] == ["gap"]
    place = _OTHER_PLACE.fullmatch(slot.left) if same and slot.link == "、" else None
    if place is None:
        return None
    than = f"全{slot.left}" if slot.left in ("省", "市") else slot.left
    reading = Reading(name="", verb="高于", sense="gap", direction=carried.direction, compared=than, rule="gap")
    return Measure(slot, reading, "", "gap", carried.direction, than, rule="gap")


_ATTAINED_AIM = ("的目标", "的奋斗目标", "的要求", "的任务")
_TO_REALIZE = Regex(f"^.{{0,12}}?(?:实现|达到|完成)(?={TIME}?[\u4e00-\u9fff]{{2,}})")
#: 从每人18元 | 提高一半.
_CHANGED_BY = Regex(f"(?:再|又|将|已)*{changing()}")


def _single(slot: Slot, carried: Carried) -> Measure | None:
    given = _planned_for(slot, carried) or _further_gap(slot, carried)
    if given is not None:
        return given
    reading = before(slot)
    if slot.right.startswith(_ATTAINED_AIM):  # 为实现全国人口不超过9亿的目标
        reading = replace(reading, name=_TO_REALIZE.sub("", reading.name))
    aim = _aim(slot, reading)
    if aim is not None:
        return aim
    short = _SHORTFALL.match(slot.right) if slot.right.startswith("的") else None
    arisen = _ARISES.search(clean(reading.name) + reading.tail) if short else None
    if short and arisen:  # 使财政出现了8亿元的赤字
        where = _WILL_BE.sub("", clean(arisen["where"]))
        return Measure(slot, reading, where + short["what"], "level", rule="noun.behind")
    people = _PEOPLE.match(slot.right) if _as_large_as_a_nation(slot) else None
    if people:
        whom = "人口" if people.group() == "中国人" else people.group()
        return Measure(slot, Reading(rule="noun.behind"), whom, "level", rule="noun.behind", stands=True)
    if reading.verb.startswith("翻"):  # 到本世纪末实现工农业总产值翻两番
        reading = replace(reading, name=_TO_ATTAIN.sub("", reading.name))
    source = source_of(slot.left) if _CHANGED_BY.match(slot.right) else None
    if source and clean(source["name"]):  # 补助由每人18元 | 提高一半
        return Measure(slot, reading, source["name"], "level", start=slot, rule="from_to")
    others = others_behind(slot)
    if others and clean(reading.name) and reading.sense == "none":  # 出台支持民企30条等政策措施
        return Measure(slot, reading, clean(reading.name) + others, "level", rule="noun.behind")
    noun = counted(slot)
    part_in = _TAKES_PART.fullmatch(noun) if slot.link in ("、", ",") and not carried.begins else None
    if part_in and not clean(slot.left):  # 举办演出600场、9万人次参加
        return Measure(slot, Reading(rule="noun.behind"), noun + undone(carried.last), "level", rule="noun.behind")
    contributed = _contributed(slot, carried)
    if contributed:
        return Measure(slot, reading, contributed, "share", rule="share.use")
    served = _served(slot) or _supported(slot) or _some_of_these(slot, carried)
    if served:
        return Measure(slot, Reading(rule="noun.behind"), served, "level", rule="noun.behind")
    lives = _LIVED_IN.match(slot.right) if slot.quantity.unit in ("人", "户", None) else None
    if lives and pattern("doing_last").search(slot.left):  # 改造8万人居住的棚户区
        return Measure(slot, reading, clean(slot.left) + lives["where"] + "居住人口", "level", rule="noun.behind")
    trouble = _TROUBLE.fullmatch(slot.right) if slot.quantity.unit in ("人", "户") else None
    if trouble and clean(slot.left):  # 解决山区6万人的吃水问题
        whom = clean(slot.left)
        solved = pattern("doing").match(whom)
        whom = (whom[solved.end() :] if solved else whom) + ("人口" if slot.quantity.unit == "人" else "")
        return Measure(slot, reading, f"解决{trouble['what']}的{whom}", "level", rule="noun.behind")
    if slot.right.startswith("受益") and reading.verb in ("已有", "有") and clean(reading.name):
        reading.name = clean(reading.name) + "受益"  # 救助制度基本建立、已有9万人受益
    stands_alone = not clean(reading.name) and reading.verb == "新增"
    if not noun and (stands_alone or wholly("serves", clean(reading.name))):
        noun = counted_behind(slot)
    goes_on = stands_alone and not noun and slot.link in (",", "、") and len(carried.names) > carried.sentence_from
    if (
        not noun
        and reading.verb in _SPENDING
        and slot.quantity.unit in ("元", "美元")
        and _SPENDS.search(clean(reading.name))
    ):
        reading = replace(reading, name=clean(reading.name) + reading.verb, verb="", rule="level.bare")
    if reading.verb == "新增" and not goes_on and (noun or stands_alone):
        added = replace(reading, name=clean(reading.name) + "新增", verb="", sense="none", direction=None)
        reading = replace(added, rule="level.bare")
    raised = _RAISED_OF.match(slot.right) if slot.quantity.unit in PERCENT and reading.verb in _RAISES else None
    if raised and clean(reading.name) in ("", "开始"):  # 提升四成职工的工资级别
        return Measure(slot, reading, reading.verb + raised.group() + "比重", "share", rule="share.use")
    cut = slot.quantity.unit in PERCENT and reading.verb in _CUTS and clean(reading.name) in ("", "开始")
    what = _CUT_BEHIND.match(slot.right) if cut else None
    if what and not pattern("not_noun").match(what["what"]):
        return _kinded(slot, replace(reading, name=what["what"]))
    rate = _RATE_BEHIND.match(slot.right) if slot.quantity.unit in PERCENT and reading.sense == "none" else None
    if rate:  # 现行16%的税率
        return Measure(slot, reading, clean(reading.name) + rate["rate"], "level", rule=reading.rule)
    at_rate = _AT_RATE.match(slot.right) if slot.quantity.unit in PERCENT and _AT.search(slot.left) else None
    if at_rate:
        name = at_rate["object"] or _AT.sub("", slot.left)
        direction = _direction_of(at_rate["verb"])
        reading = replace(reading, name=name, verb=at_rate["verb"], sense=direction, direction=direction, rule="change")
        return _kinded(slot, reading)
    if noun and reading.sense in ("up", "none") and (deeds := _row_of_deeds(slot)):  # 新开、复航、加密 | 44条 | 航线
        together = replace(reading, name=deeds + noun, verb="", sense="none", direction=None, rule="noun.behind")
        return _kinded(slot, together)
    acts = not clean(reading.name) or ending("doing_last", clean(reading.name))
    if (
        noun and acts and reading.verb in _IMPROVING and slot.quantity.unit not in ("元", "美元")
    ):  # 改造提升25个养老机构
        reading = replace(reading, name=clean(reading.name) + reading.verb, verb="", sense="none", direction=None)
    if noun and reading.sense in ("none", "level") and _PER_HEAD.search(reading.adverbs):  # 人均占有1.5亩耕地
        noun = "人均" + noun
    if noun == "规模" and clean(reading.name):  # 各集群均达到万亿元规模
        reading = replace(reading, name=clean(reading.name) + noun)
    elif noun and reading.sense in ("none", "level", "up", "down", "to"):
        reading = _with_noun(reading, noun)
    return _kinded(slot, reading)


def _row_of_deeds(slot: Slot) -> str:
    """Return the verbs before a count that share what it counts (新开、复航、加密), "" where there is no such row.

    One of them may be any word; the last may be a verb of change, which is none of the number here.
    """
    row = clean(slot.left) if _AND_OR.search(slot.left) else ""
    deeds = _AND_OR.split(row)
    if len(deeds) < 2 or not all(2 <= len(deed) <= _LONGEST_DEED for deed in deeds):
        return ""
    known = [wholly("doing_all", deed) or pattern("changing").fullmatch(deed) for deed in deeds]
    sure = known[0] or len(deeds) > _TWO or row.startswith("新")
    return row if sure and known[-1] and known.count(None) <= 1 else ""


def _served(slot: Slot) -> str:
    """Name those for whom something is done by what it is (为2万名老人提供体检 → 提供体检的老人), or ""."""
    with_them = slot.left.endswith(("与", "同", "上", "球", "外")) and _DONE_WITH.search(slot.left)
    for_them = _DONE_FOR.search(slot.left) if slot.left.endswith("为") else None
    if not (with_them or for_them) or slot.quantity.unit in (*PERCENT, "元", "美元"):
        return ""
    found = (_WITH_THEM if with_them else _FOR_THEM).search(slot.right, 2)
    whom = slot.right[: found.start()] if found else ""
    if found is None or not 2 <= len(whom) <= _LONGEST_SERVED or re.search("[，；的为向]$|^[的，]", whom):
        return ""
    who = clean(for_them["who"] or "") if for_them else ""
    who = "" if _OFFICES.search(who) else who
    return who + found["act"].replace("了", "") + found["what"] + "的" + whom


#: 进出口总额增长4%，贡献了全国 | 24% | 的增量.
_CONTRIBUTED = Regex("^，?(?P<who>[^，；]*?)(?:贡献|创造|占据|承担)了?(?P<whole>全[国省市区县球]|全自治区|世界|我国)$")
_PORTION = Regex("的(?P<what>[^，；、的]{2,10}?)(?:和|以及|及)?$")
_GIVES = Regex("^，?(?P<who>[^，；]{2,}?(?:贡献|创造|提供|吸纳|上缴|解决))了?$")
_GAVE = Regex("(?P<who>[^，；]{2,}?(?:贡献|创造|提供|吸纳|上缴|解决))[^，；]+比重$")


def _contributed(slot: Slot, carried: Carried) -> str:
    """Name the part of a whole that something contributes (进出口总额的增量占全国的比重), or ""."""
    what = _PORTION.match(slot.right) if slot.quantity.unit in RELATIVE and slot.right.startswith("的") else None
    if what is None:
        return ""
    found = _CONTRIBUTED.match(slot.left)
    if found is None:  # 民营企业贡献了七成的税收和九成的就业
        gives = _GIVES.match(slot.left)
        goes_on = slot.left in ("", "和", "、", "及", "以及") and carried.kinds[-1:] == ["share"]
        gave = _GAVE.fullmatch(carried.last) if gives is None and goes_on else None
        who = clean(gives["who"]) if gives else gave["who"] if gave else ""
        return f"{who}{what['what']}比重" if who else ""
    who = clean(found["who"]) or (carried.last if len(carried.names) > carried.sentence_from else "")
    return f"{who}{what['what']}占{found['whole']}的比重"


#: 调查 | 60项 | 指标中有 | 25项 | 达到领先水平.
_OF_THESE = Regex("(?P<of>[^，；]{1,12}?)[中里](?:已?有|已)$")
_THESE_DO = Regex(
    "(?:已|均|都|全部)*(?P<do>(?:达到|居|位居|位列|列|进入|高于|优于|好于|完成|实现|通过|获得|保持)[^，；、]{2,14})$"
)


def _some_of_these(slot: Slot, carried: Carried) -> str:
    """Name those of a number just counted of which more is said (达到领先水平的指标), or ""."""
    of = _OF_THESE.fullmatch(slot.left) if slot.link == "joined" and carried.names else None
    said = _THESE_DO.match(slot.right) if of and carried.last.endswith(of["of"].removesuffix("当")) else None
    return f"{said['do']}的{carried.last}" if said else ""


#: 加大对 | 40户 | 骨干企业的扶持力度.
_SUPPORTS = Regex("(?:加大|加强|强化|做好|开展)了?对(?:全[国省市区县]|我[国省市区县])?$")
_SUPPORT = Regex("(?P<whom>[^，；的]{2,16})的(?P<act>[^，；的]{2,6}?)(?:力度|工作)?$")


def _supported(slot: Slot) -> str:
    """Name those to whom more of something is done by what it is (扶持骨干企业), or ""."""
    found = _SUPPORT.fullmatch(slot.right) if slot.left.endswith("对") and _SUPPORTS.search(slot.left) else None
    return found["act"] + found["whom"] if found else ""


#: 没有达到增长 | 6%左右 | 的预期.
_MISSED = Regex("[但却]?(?:没有|没能|未能?|尚未)(?:够)?(?:达到|实现|完成)?(?:年初)?(?:预期|确定|提出)?的?")
_EXPECTED = Regex("的?(?:预期|预计|目标|要求|计划|指标)")


def _aim(slot: Slot, reading: Reading) -> Measure | None:
    """Read a percentage that is itself called an aim (低于8%的预定目标), None where it is none."""
    q, name = slot.quantity, clean(reading.name)
    if reading.sense in ("up", "down") and _MISSED.fullmatch(name) and _EXPECTED.match(slot.right):
        return Measure(
            slot,
            reading,
            "",
            "growth_rate" if q.unit in RELATIVE else "change_amount",
            reading.direction,
            aim=True,
            rule="change",
        )
    found = _AIMED.match(slot.right) if q.unit in PERCENT and reading.sense in ("none", "level", "gap") else None
    if found is None or _SHORT_OF.sub("", name):
        return None
    what = found["what"]
    grows = bool(found["grows"]) or (not what and "增" in found.group())
    kind, direction = ("growth_rate", "up") if grows else ("level", None)
    bound = "eq" if q.quote.startswith(_BOUNDS) else None
    return Measure(slot, reading, what, kind, direction, comparator=bound, aim=True, rule="level.bare")


#: Whose doing stays in the name: a zone, a programme, a paper that does something of its own.
_KEPT_SUBJECT = Regex(
    "[^，；、。对向把将由]{2,16}(?:试验区|自贸港|示范区|园区|开发区|高新区|基地|中心|联盟|协会|研究所|工程|行动|平台|基金|大会|博会|博览会|论坛|集团|公司|大学|学院|实验室|研究院|科学院|科学城|科技城|医院|试点|公园|班列|班轮)|《[^《》]{2,12}》"
)


#: What a field of work is called, and what is counted in it.
_FIELDS = ("建设", "发展", "改革", "治理", "整治", "改造", "修复")
_OF_FIELD = Regex("(?:主要|重点|核心|年度|具体)?(?:指标|任务|目标|举措|措施)")
_A_THING = "  "  # where the noun that is counted stands


def _with_noun(reading: Reading, noun: str) -> Reading:
    """Join the verb phrase before a quantity with the noun that the quantity counts."""
    raw = _SORTS.sub("", reading.name)
    name = clean(raw)
    if name == noun:  # 五道手续简化为两道手续
        return replace(reading, name=noun, rule="noun.behind")
    given = _GIVEN_TO.search(raw)
    if given:  # 对种粮农民发放200亿元补贴
        return replace(reading, name=given["to"] + given["what"] + noun, rule="noun.behind")
    if (
        reading.name.endswith("等") and len(name) <= _LONGEST_LIST and _SAYS_LITTLE.match(noun)
    ):  # 荣获甲奖、乙奖等20项 | 大奖
        return replace(reading, name=f"{name}等{noun}", rule="noun.behind")
    if _LISTED.search(raw):  # 建成A、B等49家企业: the list is no part of it
        begins = pattern("acts").match(name) or governing().match(name)
        name = re.sub("了|先后", "", begins.group()) if begins and begins.end() < len(name) else ""
    if "、" in name and "“" not in name and not re.match("[^，]{0,10}亿级", noun):  # 创建A、B2个集群: nor is it here
        serves = pattern("leaning").fullmatch(name.rpartition("、")[2])
        if serves and serves.group() not in noun and pattern("doing").match(name):  # 实施免费教育政策、惠及60万名儿童
            done = undone(name.rpartition("、")[0])
            return replace(reading, name=done + serves.group() + noun, rule="noun.behind")
        deed = last_deed(name + _A_THING).removesuffix(_A_THING)
        governs = governing().match(deed) or ending("doing_last", deed)
        name = governs.group() if governs else ""
    described = raw.endswith("的") and not re.search("[，的”]", name) and len(name) > 4  # 外国帮助建设的56个单位
    doing = None if name.startswith("《") or described else ending("done_last", name)
    if raw.endswith(("和", "及", "、", "以及")) and not raw.endswith(
        words()["leaning"]
    ):  # 建设生态岛和11个分岛: only the verb is shared
        doing = re.match(f"(?:{pattern('doing').pattern})+", name) or doing
        name = name if doing else ""  # 湖滨公园和35个口袋公园建成开放
    if doing and doing.group() in ("发展", "发展壮大") and pattern("doing").match(name) and _DEVELOPS.search(name):
        doing = None  # 推出区域高质量发展80项措施: it is the measures that were put forward
    if (
        doing
        and doing.start() >= _TWO
        and doing.group() in _FIELDS
        and _OF_FIELD.match(noun)
        and not raw.endswith("的")
    ):
        doing = None  # 平安乡镇建设10项主要指标: it is the field of the tasks
    verb = reading.verb if reading.sense == "level" and reading.verb in _DOING_LEVELS else ""
    subject = name[: doing.start()] if doing else ""
    acts = pattern("acts").fullmatch(name) if name.startswith("国务院") else None
    # 国务院提请人大审议8件议案, 中央财政安排20亿元补助资金
    if acts or (doing and (PAYS.search(name) or subject.endswith("财政"))):
        doing = re.match(".*", name)
    kept = _KEPT_SUBJECT.fullmatch(clean(subject)) if doing else None
    kept_words = kept.group() if kept else "每年" if subject.endswith("每年") else ""
    name = (kept_words + doing.group() if doing else name) + verb + noun
    return replace(reading, name=name, subject=subject, rule="noun.behind")


def _kinded(slot: Slot, reading: Reading) -> Measure | None:
    """Settle the kind, the direction and the basis from the verb and the unit; None for what is no claim."""
    q, name = slot.quantity, reading.name
    listed = (
        _EXAMPLES.match(clean(name))
        if "等" in name
        and reading.sense == "none"
        and reading.rule != "noun.behind"
        and not clean(name).startswith(_MAKES_MORE)
        else None
    )
    counts = q.unit not in ("元", "美元", *PERCENT)
    if listed and (
        counts or listed["keep"].endswith("用于")
    ):  # 新建老岚水库等水库58座, 用于洪涝、干旱等救灾支出: the examples are no part of the name
        name = listed["keep"] + listed["rest"]
    if reading.sense == "rank" and re.match("梯队|方阵|阵营|批|次|届|档", slot.right):
        return None
    if reading.sense == "rank" and q.unit in ("名", "位", None):
        return Measure(slot, reading, name, "rank", basis=reading.group, rule=reading.rule)
    if q.ordinal:  # the fourth of a series is no rank
        return None
    if reading.sense == "gap":
        return Measure(slot, reading, name, "gap", reading.direction, reading.compared, rule=reading.rule)
    basis = reading.compared or ("annual" if _is_annual(reading) else None)
    if reading.sense == "share":
        owner = clean(name.split("占")[0])
        of_noun = _WHICH_HAS.match(slot.right) if owner in _HOLDS else None
        if not owner and slot.right.startswith("的"):  # 占人口65%的地区
            name = slot.right[1:] + name
        elif of_noun:  # 拥有占世界九成核武器的国家
            name = (of_noun["whose"] or "") + of_noun["what"] + name[name.index("占") :]
        said = _COMPARATORS.get(reading.verb) if reading.rule == "share.of" and q.comparator == "eq" else None
        stands = of_noun is not None and owner != "团结"
        return Measure(slot, reading, name, "share", basis=basis, rule=reading.rule, comparator=said, stands=stands)
    relative = q.unit in RELATIVE
    changed = "growth_rate" if relative else "change_amount"
    if reading.verb in _RAISED_IN_PLACES and q.unit in _PLACES and not basis and not _MEASURED.search(clean(name)):
        # 低效林改造提升20万亩: what was done to so much of it
        return Measure(slot, reading, clean(name) + reading.verb, "level", rule="level.bare")
    if (
        reading.sense in ("up", "down")
        and reading.compared.startswith(("比", "较"))
        and _PLANNED.search(reading.compared)
        and q.unit != "番"
    ):
        return Measure(slot, reading, name, "gap", reading.direction, reading.compared, rule="gap.plan")
    compares = "比" in name and reading.sense in ("up", "down", "to") and relative and not basis
    other = _THAN_ANOTHER.match(name) if compares else None
    if other and _SOME_TIME.search(other["other"]):  # 措施比制度建立之初压减六成
        name = other["name"]
    elif other:  # 玉米的单产比谷子高一倍
        way = reading.direction or ("down" if pattern("down").search(reading.verb[:-1]) else "up")
        return Measure(slot, reading, other["name"], "gap", way, other["other"], rule="gap")
    if reading.sense in ("up", "down"):
        each_year = _EVERY_YEAR_FIRST.match(clean(name)) if relative and not basis else None
        if each_year:  # 平均每年工业总产值增长19%
            name, basis = clean(name)[each_year.end() :], "annual"
        name = _SAID.sub("", clean(name)) if "提出" in name or "实现" in name else name
        name = aimless(_AIM_IS.sub("", clean(name))) if "目标" in name else name
        direction = "down" if reading.verb == "改善" and _POLLUTES.search(name) else reading.direction
        return Measure(slot, reading, name, changed, direction, basis, rule=reading.rule)
    cleaned = clean(name)
    if (relative or reading.sense in ("level", "to")) and reading.rule != "noun.behind":  # 经济增长目标定为7%
        plain = "经济增长" if _GROWTH_AIM.fullmatch(cleaned) and relative else aimless(cleaned)
        name, cleaned = (name if plain == cleaned else plain), plain
    pace = _KEEPS_PACE.match(slot.right) if q.unit in PERCENT else None
    if pace and reading.sense in ("none", "level"):  # 投资保持8%左右的增长
        named = _KEPT_UP.sub("", cleaned)
        basis = basis or ("annual" if "年均" in slot.right or _YEARLY.search(slot.left) else None)
        return Measure(slot, reading, named, changed, _direction_of(pace["how"]), basis, rule="change")
    cost = _COST_CUT.match(cleaned) if relative and reading.sense == "none" else None
    if cost:  # 降低成本5%
        return Measure(slot, reading, cost["what"], changed, "down", basis, rule="change.first")
    changes = reading.sense == "none" and not relative
    yearly = _CHANGED_YEARLY.match(cleaned) if changes else None
    if yearly:
        named = yearly["name"] + ("产量" if yearly["verb"].endswith("产") else "")
        direction = "down" if yearly["verb"][0] == "减" else "up"
        return Measure(slot, reading, named, changed, direction, "annual", rule="change.within")
    of_all = clean(_OF_ALL.sub("", cleaned)) if cleaned.startswith(("全", "我")) else clean(cleaned)
    change = pattern("change_first").match(of_all)
    if (
        change
        and reading.sense in ("none", "level")
        and not cleaned.endswith(words()["leaning"])  # 提高低保标准、覆盖9万人
        and (relative or change["verb"] not in ("压减", "削减", "压缩"))
        and not (reading.rule == "noun.behind" and change["verb"] in ("提高", "降低") and counts)
    ):
        direction = _direction_of(change["verb"])
        what = of_all[change.end() :].removeprefix("了")
        if change["verb"] in _MAKES_MORE and not relative and not _AMOUNT.search(what):  # 增产优质钢材20万吨
            what += "产量"
        return Measure(slot, reading, what, changed, direction, basis, rule="change.first")
    own = _OWN_CHANGED.match(cleaned) if changes else None
    if own:
        direction = _direction_of(own["verb"])
        return Measure(slot, reading, own["owner"] + own["name"], changed, direction, basis, rule="change.within")
    changed_within = _CHANGED_WITHIN.match(cleaned) if reading.sense == "none" else None
    reduced = changed_within and changed_within["verb"] in _REDUCED  # 完成减少审批事项三分之一
    counted_less = changed_within and changed_within["verb"] not in _CUT_BACK  # 压减资金9亿元 tells what was done
    if changed_within and (reduced if relative else counted_less):  # 各单位减少租赁费1亿元
        direction = _direction_of(changed_within["verb"])
        return Measure(slot, reading, changed_within["name"], changed, direction, basis, rule="change.within")
    if q.unit == "百分点":
        return Measure(slot, reading, name, "change_amount", None, basis, rule=reading.rule)
    if cleaned in ("引导", "促进", "推动", "帮助", "支持", "组织") and q.unit in ("人", "人次", "户"):
        led = _LED_TO.match(slot.right)
        if led:  # 引导1亿人在中西部地区就近城镇化
            return Measure(slot, reading, cleaned + led.group(), "level", rule="noun.behind")
    spent = _SPENT.match(slot.right) if not relative and len(cleaned) <= 2 else None
    if spent:  # 其中三十亿元是用于住宅的
        return Measure(slot, reading, spent["use"], "level", rule="noun.behind")
    if q.unit in ("元", "美元") and _SPENDS_ON.search(slot.left) and pattern("doing").match(slot.right):
        return Measure(slot, reading, "用于" + slot.right, "level", rule="noun.behind")  # 全国将用8亿元建设宿舍
    more = _MORE_OR_LESS.search(cleaned) if changes and cleaned.endswith("量") else None
    if more:  # 经济总量增量超8000亿元, 建设用地减量30平方公里
        return Measure(
            slot, reading, cleaned[: more.start()], changed, _direction_of(more.group()), basis, rule="change.noun"
        )
    if not relative:
        return Measure(slot, reading, name, "level", basis=basis, rule=reading.rule)
    if q.unit in PERCENT and reading.sense == "level" and reading.verb.endswith("占"):
        if _WITHIN.search(name):  # 制茶产值在农业产值中占42%; 民营企业，在出口总额中已占六成
            return Measure(slot, reading, f"{name.strip('，')}的比重", "share", rule="share")
        whole = _WHOLE.match(slot.clause_before)
        part = f"{cleaned}占{whole['whole']}的比重" if whole else cleaned and cleaned + "比重"
        return Measure(slot, reading, part, "share", rule="share.verb")
    head = ending("change_head", cleaned)
    if head:
        direction = _direction_of(head["head"])
        named = re.sub("(?<=..)(?:预期|计划)$", "", _SAID.sub("", cleaned[: head.start()]))
        yearly_rate = q.unit in PERCENT and _YEARLY.search(slot.left)
        basis = basis or ("annual" if yearly_rate else None)
        return Measure(slot, reading, named, "growth_rate", direction, basis, rule="change.noun")
    if q.unit not in PERCENT:
        return Measure(slot, reading, name, "growth_rate", "up", basis, rule=reading.rule)
    among = _AMONG.match(clean(slot.clause_before)) if reading.sense in ("none", "level") and cleaned else None
    if among and slot.link == "," and not _RATED.search(cleaned) and not slot.right.startswith("的"):
        return Measure(slot, reading, f"{among['whole']}{cleaned}比重", "share", rule="share.verb")
    noun = _SHARE_OF_NOUN.match(slot.right) is not None and not pattern("not_noun").match(slot.right)
    if noun and reading.sense == "none" and cleaned.endswith(_ACCOUNTS_FOR):  # 新兴市场贡献60%出口增量
        return Measure(slot, reading, cleaned + slot.right + "比重", "share", rule="share.use")
    if _is_share(cleaned):
        return Measure(slot, reading, name, "share", basis=basis, rule=reading.rule)
    use = _USE.match(slot.right)
    there_is = reading.sense == "none" or reading.verb in ("有", "已有", "共有", "只有", "仅有", "还有")
    reaches = use and use["use"] == "的" and (reading.verb == "在" or _COVERED.match(use["what"]))
    if use and (reaches or (reading.sense != "to" and (use["use"] != "的" or there_is))):
        spread = _SPREAD_TO.sub(lambda m: "覆盖" if m["covers"] else "", cleaned)
        used = spread + (use["use"] if use["use"] != "的" else "") + _HOW_DONE.sub("", use["what"]) + "比重"
        return Measure(slot, reading, used, "share", rule="share.use")
    becomes = _BECOMES.match(slot.right) if there_is else None
    if becomes is None and (reading.verb == "有" or slot.left.endswith(("致有", "而有", "仍有"))):
        becomes = _SOME_ARE.match(slot.right)
    some = _SOME_OF.fullmatch(slot.right) if becomes is None and reading.verb == "有" and not cleaned else None
    if some:  # 有三成国营企业亏损
        return Measure(slot, reading, slot.right + "比重", "share", rule="share.use")
    if becomes is None and cleaned and there_is:
        becomes = _ARE_IN.match(slot.right)
    if becomes:  # 其中半数已投入生产; 三成要改建
        denied = "未" if becomes.groupdict().get("denied") else ""
        name = cleaned + denied + becomes["what"] + "比重"
        return Measure(slot, reading, name, "share", rule="share.use", part=not cleaned)
    if noun and (not slot.left or _EVERY_YEAR.fullmatch(slot.left)):  # 60%公办学校纳入集团; 70%就读普通高中
        acts = pattern("doing").match(slot.right) or _ATTENDS.match(slot.right)
        return Measure(slot, reading, slot.right + "比重", "share", rule="share.use", part=bool(acts))
    if cleaned and _is_part_of_noun(slot, reading, cleaned):  # 向社区投放30%号源; 制度覆盖80%以上村卫生室
        return Measure(slot, reading, cleaned + slot.right + "比重", "share", rule="share.use")
    done = (reading.verb or cleaned).startswith("完成") and not slot.left.endswith("的")
    if done and not slot.right and not _RATED.search(cleaned):  # 系统整合完成60%
        return Measure(slot, reading, name, "share", basis=basis, rule=reading.rule)
    if reading.sense == "level" and reading.verb in _KEPT_AT and _SPENDING_NAME.search(cleaned):
        return Measure(slot, reading, name, "share", basis=basis, rule=reading.rule)  # 民生支出保持在75%以上
    if q.rule == "half" and cleaned and not _RATED.search(cleaned):  # 欠款要清偿一半以上
        return Measure(slot, reading, cleaned + "比重", "share", rule="share.use")
    return Measure(slot, reading, name, "level", basis=basis, rule=reading.rule)


def _is_part_of_noun(slot: Slot, reading: Reading, name: str) -> bool:
    """Whether a percentage is that of the noun, or of the deed, that stands at once behind it."""
    if _RATED.search(name) or slot.left.endswith(("按", "以", "从", "由")):
        return False
    if reading.sense == "to":  # 签约服务扩大到80%以上县区
        return _COVERED.match(slot.right) is not None
    if reading.sense != "none":
        return False
    if _ALL_DO.match(slot.right):
        return True
    of_noun = _A_NOUN.match(slot.right) is not None and not pattern("not_noun").match(slot.right)
    return of_noun and not _OF_A_RATE.match(slot.right)


def _direction_of(word: str) -> str:
    return "down" if _DOWNWARD.search(word) else "up"


def _is_share(name: str) -> bool:
    return bool(pattern("share_head").search(clean(name))) or bool(_A_SHARE.search(name))


def _is_annual(reading: Reading) -> bool:
    words_around = reading.tail or reading.adverbs
    return bool(words_around) and _EACH_YEAR.search(words_around) is not None
