"""What the words around a quantity say: its name, the verb that governs it, what it is compared with.

A clause is read from the quantity outwards. Behind the name stand, in this order and each of them
optional, what the value is compared with (比上年), adverbs (分别, 实际) and a verb (增长, 提高到, 达到);
`_TAIL` takes them off the end of the coded text before the quantity, and what is left is the name.
"""

import re
from functools import cache, lru_cache

import msgspec

from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import TIME, any_of, words
from pipeline.places import resolve
from pipeline.regex import Regex
from pipeline.verbs import changing

PERCENT = ("%", "‰")
COMPARED_VALUE = Regex(f"(?:比|较|超过|与|同)(?P<when>{TIME})的?$")  #: what stands before a value compared with
#: 经济增长速度的调控目标定为8%: that it is an aim is no part of the name.
AIM = Regex("(?<=..)(?<!实现)(?<!完成)(?:的?(?:主要|宏观|预期|预定|调控|控制|计划)+(?:目标|指标)|目标)$")


def aimless(name: str) -> str:
    """Return a name without words that call it an aim (经济增长速度的调控目标 → 经济增长速度)."""
    return AIM.sub("", name) if name.endswith(("目标", "指标")) else name


#: 经济增速目标设定为 | 年均增长5%.
_AIMED_AT = Regex("(?:的?(?:增速|增长速度|增长))?的?(?:主要)?(?:预期)?目标(?:设定|确定|定)?[为是](?:在[^，；]*)?$")
#: 国民收入 | 也安排为 | 比今年增长4%.
_LAID_AS = Regex("(?<=..)(?:也|又|都|均|还|仍)*(?:安排|(?:确定|规定)[为在])[为在]?$")
RELATIVE = (*PERCENT, "倍", "番")


class Reading(msgspec.Struct):
    """What the words around one quantity say."""

    name: str = ""  #: coded text of the name, as far as this clause gives it; "" where it is elided
    verb: str = ""  #: the words that govern the quantity
    sense: str = "none"  #: none, level, to (a level reached by change), up, down, gap, rank, share
    direction: str | None = None
    compared: str = ""  #: coded words of what it is compared with: a time mark, 上年, 计划, a place
    adverbs: str = ""
    group: str = ""  #: for a rank: the words of the group ranked within
    tail: str = ""  #: what was taken off behind the name
    rule: str = ""
    subject: str = ""  #: who did what the name says, where the name leaves it out


@cache
def _patterns() -> dict[str, Regex]:
    up, down, level = any_of("up"), any_of("down"), any_of("level")
    nouns = any_of("change_head")
    toward = f"(?:(?!{nouns}为){any_of('up', 'down', 'toward_verbs')}{any_of('toward')})"
    adverb = f"{any_of('adverb')}{_AN_ADVERB}"
    past = (
        f"(?>(?:上一?个|前一?个)?{TIME}|上年|上一年|去年|前年|年初|年底|往年|历年|[一二三四五六七八九十两0-9]{{1,2}}年[以之]?前|同期|同月|同季|基期|当年"
        "|历史上?最[高好低](?:水平|纪录|记录|年份)?+(?!的?[\ue000-\uf7ff])|战前(?:最高)?(?:水平|年份)?|解放前(?:最高)?(?:水平|年份)?|计划|预算|目标|预期|原计划|原来的?(?:计划|预算|概算|设想|估计|目标)|概算|定额)"
    )
    compared = (
        f"(?>(?:比|较|同|与|和|跟)(?:{past}){{1,3}}+"
        "(?>(?:的|同期|水平|实际|实绩|平均数|平均水平|预计|预算|决算|计划|执行|完成|(?<=[际完成])(?:支出|收入|完成|执行|投资)(?=数))数?|(?<=[算划])数)*(?:(?<=[际计成算划])(?:产量|产值|数字|支出|收入|总额|水平))?(?:相比|比较|比|，)?"
        f"|比(?:历史上?)?最[高好](?:的?(?:水平|年份|年产量|产量|年度))?的?{TIME}年?|按?(?:同比|环比)|比(?:原|年度|全年|年初)?(?:计划|预算|概算|目标|预期目标|设想)(?:数)?|在{TIME}的?(?:实际|预计|计划)?(?:基数|基础|水平)的?上)"
    )
    filler = f"(?>{adverb}|{TIME}|[，的])"
    comes = "(?:(?:实现|保持|取得|出现|呈现|获得|录得)了?的?(?!新增|净增))?"  # 保持增长
    per = (
        "(?:(?:平均|人均)?每(?:立方米|平方米|平方公里|人|户|亩|斤|公斤|吨|标准吨"
        "|[0-9]{1,3}(?:公斤|斤)|百斤)(?:每[年月天日])?|人均每[年月天])"
    )
    return {
        "tail": Regex(
            f"(?P<before>(?>{per}(?={adverb}|增|提|降|减|上|下)|{adverb}|{compared}|在?{TIME})*)"
            f"(?P<verb>{toward}|翻了?|{changing()}(?:[高多]达|达到?)|{comes}(?:{up}(?![率])|(?<!新)增|{down}(?![率]))|(?!(?<=[通经])过)(?!(?<=[总全])长达)(?!(?<=[通直抵])达)(?!(?<=[下送抵转传])达){_NOT_A_TREATY}{level}|完成了|达到了|实现了)?"
            f"(?P<after>(?>{per}|了|到|近|{adverb}|{TIME}的?|平均|(?<!以)上|有)*)$"
        ),
        "manner": Regex(f"(?>了|近|{adverb}|{TIME})+$"),
        "compared": Regex(compared),
        "toward": Regex(f"{toward}$"),
        "changing": Regex(f"{up}|{down}"),
        "up": Regex(f"(?:{up}|增)$"),
        "down": Regex(f"{down}$"),
        "gap": Regex(
            f"^(?P<name>.*?)(?P<adv>(?:{adverb})*)(?:(?P<verb>{any_of('gap_up', 'gap_down')}{_NOT_A_CLASS})"
            "(?P<x>[^，；]{1,16}?)"
            f"|(?:(?<![占同环对])比(?![重例率值价])|较|与)(?P<y>(?![提上下增减升])[^，；]{{1,16}}?)(?:平均水平|平均|水平|平均增速|相比)?(?P<verb2>多收|少收|多产|少产|多打|少打|高|低|快|慢|多|少|大|小|高出|低出|多出)(?:出|了|了约|约|近)?)"
            f"(?:的?平均水平|的?平均|水平|平均增速)?(?P<after>约|近|了|各|分别|整整|将近)*$"
        ),
        "beyond_past": Regex(
            f"^(?P<name>.*?)(?P<adv>(?:{adverb})*)(?:(?P<up>超过|高于|多于|高出)|低于|少于)了?"
            f"(?P<past>(?:{TIME}|上年|上一年|去年|前年|同期)+(?:的?(?:同期|水平|实绩|产量))*)(?:约|近|将近)?$"
        ),
        "share": Regex(
            rf"^(?P<name>.*?)(?P<pre>(?>{adverb}|{TIME})*)占(?!有[率量])(?:[到据]?了|到)?(?P<whole>(?!比)[^，；]{{1,24}}?)(?P<head>的?(?:比重|比例|份额|比率)(?:（[^（）]{{3,20}}）)?)?(?P<rest>(?>{adverb}|{compared})*(?:{toward}|{up}|{down}|{level})?(?>了|约|近|{adverb}|{TIME})*)(?P<of>的)?$"
        ),
        "multiple": Regex(
            f"^(?P<name>.*?)(?:{adverb})*(?:是|为|相当于|相当|达到|等于|约为|达|{toward})?(?P<of>{past}(?:同期|总和|总数)?)的$"
        ),
        "recovered": Regex(
            f"^(?P<name>.*?)(?:{adverb})*(?:已)?(?P<verb>恢复[到至]?|[只仅]?相当于|[只仅]及|等于)了?(?P<of>(?:{past}|[疫震灾]情?前(?:{TIME})?)(?:的?[^，；的]{{0,4}}(?:总和|总数|总额|合计|平均数))?(?:同期)?(?:水平)?)的$"
        ),
        "plan": Regex(
            f"^(?P<name>.*?)(?:{adverb})*(?:超额)?(?:(?:完成|为|是|达到|占|相当于)(?:了)?(?:{TIME}|全年|年度|季度|年初|预算|五年|年|原定|原|国家)*|完成了?(?P<what>[^，；的]{{0,8}}?))(?:所?规定的?)?总?(?:计划|预算|目标|任务|指标)(?:任务|目标|数字?|(?:所?规定|确定|提出|要求)的?(?:任务|指标|数字?|要求|产量|目标))?的?$"
        ),
        "beyond_plan": Regex(
            f"^(?P<name>.*?)(?:{adverb})*(?P<verb>超额完成|超|超过|多于|低于|少于)了?(?:{TIME}|国家|五年|年度|全年|季度|年初|原定|原来的?|原)*(?:计划|预算|目标|预期目标|(?:预定|规定|下达的?)?(?:指标|任务)|定额)(?:任务|指标|数字?|(?:所?规定|确定|提出|要求)的?(?:{TIME}的?)?(?:任务|指标|数字?|要求|产量|目标|水平)?)?的?$"
        ),
        "share_of": Regex(
            f"^(?P<name>(?!相当于)[^占]{{2,}}?|(?=相当于))(?:{adverb})*(?P<verb>稳定在|保持在|接近|超过|相当于|达到|要?完成)?(?P<whole>全国|全省|全球|世界|全市|"
            "[^，；的占]{2,14}(?:总数|总额|总量|人数))的?$"
        ),
        "amounts_to": Regex(
            rf"^(?P<name>.*?)(?P<adv>(?:{adverb})*)(?P<verb>约为|为|是|约占|等于|接近|达到|不到|超过|[要将]?{toward})(?P<whole>(?!{past}|[原本])[^，；的\ue000-\uf7ff]{{2,16}})的$"
        ),
        "rank": Regex(
            f"^(?P<name>.*?)(?:在(?![建校岗营册线运途役])(?P<in>[^，；]{{1,14}}?)(?:中|内)?|(?<=.)(?P<at>全国|全省|全市|全区|全州|全县|全球|世界))?(?P<adv>(?:{adverb})*)(?!居[民家住]|排[放污水涝灌查]|(?<=安)排)(?P<verb>{any_of('rank_verb')})(?P<group>[^，；]{{0,14}}?)(?:的|排名)?$"
        ),
        "rank_bare": Regex("^(?P<name>|.{2,}?)(?P<in>全国|全省|全球|世界|国内|亚洲)(?P<group>)(?P<verb>)$"),
        "from": Regex(
            f"^(?P<name>.*?)(?P<adv>(?:{adverb})*)(?:(?<!自)由|从(?!业人)|自(?={TIME}|原来|年初|上年|[^，；由]{{0,2}}$))(?P<when>{TIME}|原来|过去|年初)?(?:时|初|底|末)?的?(?P<rest>[^，；]{{0,12}})$"
        ),
        "to": Regex(f"^(?:的?[^，；]{{0,10}}?)(?:{toward}|到|至)(?P<rest>(?:{filler}|现在|目前|每)*[^，；]{{0,10}})$"),
        "lead": Regex(
            f"^(?:(?:比|较){TIME}(?=[\u4e00-\u9fff])|(?:同|与|和){TIME}(?:相比|比较)|(?!全部或|在[用建校册岗职库营线编园读学研役]|预期[性寿]|计划[性生]|使[用命]|通过(?:能力|量|率)){any_of('lead')}|{_NOT_AN_ADVERB}[共均都也又还再已将要拟即如但而且或近约可应会能据及和](?=[\u4e00-\u9fff“]{{3}})|[先再只仅才](?={any_of('doing')})|基本(?=建成|完成|形成|解决|消除)|[将要](?=[\u4e00-\u9fff]{{2}}(?:$|、))|实际(?={any_of('doing')}(?![外内到]))(?!利用|使用|吸收)|对(?![外口标接照]|[^，；]{{2,14}}(?:进出口|出口|进口|贸易|投资))|高(?:质量|标准|水平)(?:地|(?=[做办建]好|{any_of('doing')}))"
            f"|分[一二两三四五六七八九十0-9]?(?:批|轮|步)(?=..)|(?:扣除|剔除|还原)[^，；]{{2,10}}?(?:影响后|因素后|后|因素(?!影响|后))|考虑[^，；]{{2,10}}?因素|[^，；、]{{2,6}}(?:相抵|折算|扣减)后|执行结果(?=..)|[但却仅又](?=[\u4e00-\u9fff]{{2}}|{TIME})|提前(?:{TIME}|[一两二三四五六七八九十半0-9]{{1,3}}个?多?[年月天])|就(?![业医学读近地餐座])(?=[\u4e00-\u9fff]{{2}})|如(?![期皋东意此何果实])(?=[\u4e00-\u9fff]{{1,8}}$)|{TIME}|其(?![他它余中实次间])(?=[\u4e00-\u9fff]{{2}})|[它他]们?(?:的|还|也)?(?=[\u4e00-\u9fff]{{2}})|现(?![代金行有存货役场状房汇实成价浇款阶])(?=[\u4e00-\u9fff]{{2}})|即(?![墨将使时便期])(?=[\u4e00-\u9fff]{{2}})"
            "|[，、：；。”（）\\s\u2007—]|“(?![^”]*”)|的)"
        ),
        "trail": Regex(
            f"(?:(?!(?<=[偿归退返])还)(?!(?<=[人引英育聚用留揽纳])才)(?!(?<=[下送抵转传])达){_NOT_A_TREATY}(?!(?<=[通直抵])达){any_of('trail')}|(?<=[价格])(?:平均)?每[0-9]{{0,3}}(?:公斤|斤|吨|担|百斤)|连续[0-9一二三四五六七八九十多数几]{{1,3}}个?(?:年|月|季度)|{TIME}|[，、：；\\s])$"
        ),
        "agent": Regex(
            f"^(?>{any_of('agent')}|(?:(?![我你他它])[^，；、的]){{1,6}}们)(?>已经?|先后|决定|首先|还|又|继续|就|一共|共|准备|计划|打算|拟|将)*(?={any_of('doing')}|组织|集中力量|(?:供应|收购|销售|调拨)(?![量额价])|(?:增加|减少|扩大|缩小|压缩)了?[^，；的和、]{{2,}}(?:$|、)|[\u4e00-\u9fff]{{2}}了[^，；的]{{2,}})"
        ),
        "doing": Regex(f"{any_of('doing')}(?:了|并)?"),
        "intends": Regex(
            f"(?<=[\u4e00-\u9fff”])(?:(?:为此)?(?:拟|(?:还|也|又)?将|(?<!五年)(?<!经济)(?<!年度)(?<!工作)(?:(?<=[校院厂门位县省区市国])计划|准备|打算|预定|可望|有望|务必|力争))(?:为此)?再?|计划(?=铺轨|发放|收购|供应|招收|销售|分配|生产(?!总值|能力))(?<!五年计划)(?<!经济计划)|预计(?:可以?|能够?|将)?|为此|还要|(?<![公中国])共|共计|一共|总共)(?={any_of('doing')}|{changing()})"
        ),
        "doing_any": Regex(any_of("doing")),
        "doing_all": Regex(f"^(?>{any_of('doing')}(?:了|和|、|并|或|与|以?及)?)+"),
        "acts": Regex(
            f"^(?:国务院)?(?:向全国人大(?:常委会)?)?(?:先后)?(?>{any_of('doing')}(?:了|和|、|并|或|与|以?及)?)+(?:(?<=提请)[^，；、]{{0,3}}人大(?:常委会)?(?>审议通过|审议|制定|修订|修改|和|、|并|或)+)?"
        ),
        "serves": Regex(f"(?>{any_of('doing')}(?:了|和|、|并|与)?)+|用于|引导"),
        "not_noun": Regex(f"(?!{any_of('noun_start')}){any_of('not_noun')}"),
        "change_first": Regex(
            "^(?:平均)?(?P<verb>净增加?|增加(?!值|额|的)|增产(?!节约)|减产|减少|净减少?|提高(?!到|至)|降低(?!到|至|为)|缩短(?!到|至|为)|下调|上调|延长|压减|削减|压缩|扩大(?=[^，；]{0,12}(?:面积|耕地)$)|减(?=时间|时限|材料|环节|跑动|流程|证明))(?!.{0,6}(?:成本|负担|税费|费用)$)(?=[\u4e00-\u9fff“])"
        ),
        "change_head": Regex(f"(?<!自然)(?<!人口)(?P<head>{any_of('change_head')})$"),
        "share_head": Regex(
            f"{any_of('share_head')}$|占.{{1,24}}比率$|(?<!缴费)(?<!报销)(?<!补助)(?<!支付)(?<!出资)(?<!首付)(?<!返还)(?<!负担)(?<!扣除)(?<!提取)比例$"
        ),
        "partial": Regex(
            f"^(?:年|平均|累计)?(?:{any_of('partial')}|(?:完成|实现|落实|到位|创造|达成)(?:投资|{any_of('partial')}))$"
        ),
        "leaning_any": Regex(f"(?:累计)?(?:{any_of('leaning')}|拉动)"),
        "leaning": Regex(f"^{any_of('leaning')}"),
        "done_last": Regex(
            f"(?>{any_of('doing')}(?:了|和|、|并|或|与|以?及)?)+(?:提升|改善|壮大|提速|拓展|扩大|降低|提高|减轻)?$|(?:提升|改善|壮大|提速|拓展|扩大|降低|提高|减轻)$"
        ),
        "doing_last": Regex(f"(?>{any_of('doing')}(?:了|和|、|并|或|与|以?及)?)+$"),
        "heads_last": Regex(
            "(?>年?(?>" + "|".join(w for w in words()["head"] + words()["partial"] if w not in THINGS) + "))+$"
        ),
        "head": Regex(f"{any_of('head')}+$"),
        "modifier": Regex(any_of("modifier")),
        "time": Regex(TIME),
    }


#: 好于Ⅲ类水体比例: what stands behind is a class, not another place.
_NOT_A_CLASS = "(?![ⅠⅡⅢⅣⅤI一二三四五]{1,3}(?:类|级))"
#: 约 that ends a noun (条约, 公约).
_NOT_A_TREATY = "(?!(?<=[节条公契合签履违预解])约)"
#: 约, 才, 便, 还, 计划 that end another word (条约, 人才, 方便, 归还, 招生计划) are no adverbs; looked at behind them.
_AN_ADVERB = (
    "(?<![节条公契合签履违预解]约)(?<![人引英育聚用留揽纳贤专干俊奇文天全通]才)(?<![方简轻不随顺近]便)(?<![偿归退返]还)(?<![供相适反响效]应)"
    "(?<![企农工商行产林牧渔副就毕开创专作事职]业已)(?<![人户年月日平]均已)(?<!成都已)(?<!首都已)(?<!招生计划)(?<!行动计划)(?<!培养计划)(?<!用地计划)"
)
# Words that only begin like an adverb or conjunction (共建, 均衡, 能源).
_NOT_AN_ADVERB = (
    "(?!和[田县顺静硕政林龙美]|共[同享建青产和]|均[衡可]|都市|再[生贷造]|已故|将军|要[素闻件]|即时|如期|而[且]|近[海岸代视]|约束|可[再支持信耕供]|可比产品|可比商品|可比部分|应[急用届收税]"
    "|会[计议展]|能[源耗力级繁效量]|据点|及时|和[谐平])"
)
_QUALITY = Regex("[^，；、的]{2,8}的[^，；、的]{2,10}$")
_OF = Regex("的(?P<noun>[^，；、的来以用]{2,10}?)(?:$|来|用于|用来|以(?=..)|，|；)")
_GROUP = Regex(r"(?:在?(?:全国|全省|全市|全区|中部|西部|东部|世界|全球|国内|亚洲|省内|市内)[^，、]{0,10})")
THINGS = {
    "产业",
    "企业",
    "行业",
    "工业",
    "农业",
    "服务业",
    "项目",
    "岗位",
    "旅客",
    "游客",
    "人口",
    "数",
    "量",
    "额",
    "值",
    "均",
    "率",
}
_YARDSTICK = Regex(r"全国|全省|全市|全区|平均|世界|国际|全球|增速|同类|同行业")
_CIRCUMSTANCE = Regex(
    rf"在{TIME}(?:年?间|内|期间|时期|以前|以后|底|末)?|"
    r"(?<!存)在(?![校岗职册建])[^，、；在]{2,14}(?:中(?!国|央|华|亚)|(?<!以)上|(?<!以)内|期间|方面(?!的)|过程|领域|基础上|条件下)(?=.{2}|$)(?!的(?:比重|比例|份额|地位)|所占|占)|"
    r"通过[^，；]{2,12}(?:努力|方式|渠道|等)(?=.)"
)
#: 东港成为全省首个 | 年吞吐量 | 超过千万吨的港口.
_FIRST_OF_KIND = Regex(
    "(?:成为|是|建成)?[^，；、成是]{0,10}?(?:首[个座家条]|唯一一?[个座家条]?|第[0-9一二三四五六七八九十]+[个座家条])(?=[^，；、的]{2,12}$)"
)
_AROUND = Regex("^围绕[^，；]{2,16}?(?=开展|组织|实施|推进|建设|布局|部署|培育)")
_THAN_PLANNED = Regex("比(?:年度|年初|原)?预算(?=超收|短收)")
#: （按有效成份计算）, 以货币计算: how it was worked out is no part of a name.
_HOW_COUNTED = Regex("（(?:按|以|包括|不包括|不含|含|其中)[^（）]*）|(?<=..)[以按][^，；的]{1,8}计算$")
#: 以各种形式使用的资金, 各种类型的学校: in how many ways is no part of a name.
_IN_ALL_WAYS = Regex("(?:以|通过|采取|用)?(?:各种各样|各种|多种|不同)(?:的)?(?:形式|类型|渠道|方式|途径)的?(?=..)")
#: A clause that only says when (修订计划时, 改革开始时).
_ONLY_WHEN = Regex("(?:(?<=..)在|^)[^，；、在]{2,12}(?<![小工学用耗临及瓦课随同])时$")
#: 甲、乙、丙“新三样”出口: the list says what the quoted name sums up.
_SUMMED_UP = Regex("^(?P<list>[^“”，；]*、[^“”，；]*)(?=“[^“”]{0,2}?(?P<count>[三四五六七八九十])[^“”]{1,8}”)")
_FROM_WHEN = Regex("(?<=..)(?:从|自)[^，；从自]{2,8}起$")
_ONLY_WHERE = Regex("^，?在[^，、；在]{2,8}(?:中|过程中|[初中后末]期|期间|时期)$")
#: 第一个五年计划规定工业总产值…: what laid it down is no part of the name.
_LAID_DOWN = Regex(
    rf"^(?:(?:我国|国家)?(?:[^，；、的]{{0,6}}(?:计划|预算|规划|方案|纲要))?{TIME}?(?:草案)?(?:规定|拟定)的?|国务院(?:决定|要求))(?=..|$)"
)
#: 中央提出今年经济增长目标: who proposed it is no part of the name.
_PROPOSED = Regex(f"^[^，；、]{{0,14}}?(?:提出|明确|规定|建议|决定)了?(?={TIME})")
#: 装备、电子等7大产业集群产值: the number says how many there are, the examples are no part of the name.
_NUMBERED_AFTER_EXAMPLES = Regex("^[^，；“]*、[^，；“]*等(?=[0-9一二三四五六七八九十两]{1,3}[大类][^、]{2,})")
_ONLY_COMPARED = Regex(
    "^，?比(?![重例率值分])[^，；]*(?:总和|总数|水平|计划|指标|时期|最高年份|最高年产量)(?:还|都|又|也|仍|略|大体)*$"
)
#: 努力把人口控制在12亿以内: whoever does it, it is the number of people.
DISPOSED = Regex("^[^；]*?(?<![一两几有])把(?![握关手])(?=..)")
_SECTORS = Regex(r"(?:一二三产业?|第?一、二、三产业|三次产业)")
_COUNTED_THING = Regex(
    r"(?:项目|企业|园区|平台|中心|基地|机构|学校|医院|工程|集群|品牌|实验室|景区|公司|站|所|村|县|市)$"
)
_OBJECT_OF = Regex(
    r"^(?:在?[^，；]{2,6}?率先|全面|继续|大力|深入|扎实|持续|进一步|率先|积极|着力|有效|稳步|基本|切实|加力|扩围(?=.{0,3}[实开推落启优组]))*"
    r"(?:实现|实施|完成|推进|推行|开展|落实|建立|完善|启动|优化|深化|加强|开办|举办|推广|出台|组织|充实|扩充|扩围|用[好足活]+)(?:了|健全|并)?(?P<object>[^，；。]{2,20})$"
)
_IDLE_PREDICATE = Regex(
    r"(?:全面|全线|持续|加快|快速|稳步|蓬勃|不断|扎实|有序|深入|全部|均已|相继|陆续|顺利|正式|如期|启动|聚力|拔地|(?<![的营场])主体|(?<!的)基本)[^的，；、]{2,4}$"
)
#: What is done to a counted thing, or becomes of it, for all that stands before it.
_ACTS_AT_LAST = Regex(
    "(?:全部|全面|基本|均已|相继|陆续|顺利|圆满|正式|如期|按期|提前|率先|集中|同步|成功|加快)+"
    "(?P<act>(?:摘帽|脱贫|兑现|销号|清零|交付|办结|开通|复学|开学|落地|落地实施|落户|投用|投运|运营|投产|建成|建成投产|通车|通水|达标|建设|完成高考|完成|完工|竣工|开工|封顶|上市|获批|签约|启动))$"
)
_LONGEST_ACT = 12
#: 生态廊道194公里 | 全线贯通.
_ALL_PREDICATE = Regex("(?:全线|全部|均已|相继|陆续|顺利|正式|如期|提前)[^的，；、]{2,4}")
#: What is said of a project at its name's end (合作项目落地).
_COMES_ABOUT = ("落地", "投产", "开工", "建设", "建成", "竣工", "签约", "启动", "完成", "通车", "开通", "投用")
_CAME_ABOUT = Regex(
    r"(?<=..)(?:全部|相继|顺利|如期)?(?:落地|投产|开工|开工建设|建成|竣工|签约|启动|完成|通车|开通|投用)$"
)
#: 发生特大洪涝灾害，直接经济损失…: whose loss it is.
_SUFFERED = Regex(
    "(?:发生|遭受|遭遇|遇到)了?[^，；]*?的?(?P<what>[^，；的几多次特大严重罕见强级]{2,6}(?:灾害|灾|地震|事故|台风|疫情))$"
)
_ACTION = Regex("建立(?=[^的]{2,6}(?:机制|制度)$)|(?:形成|支持|立起|筑起|撑起|争创)(?=[^的]{3,}$)")
#: 12个园区 | 的扩建 | 稳步推进, 100个村的试点工作 | 取得初步成效.
_GOES_WELL = Regex(
    "(?<=..)(?:叫好[又也]叫座|(?:成效|成果|效果|反响|影响)(?:显著|明显|良好|突出|热烈|广泛)|(?:深|广)?受[^，；、的]{0,6}(?:欢迎|好评|青睐|喜爱|称赞|赞誉)|让(?=[^，；]{4,})[^，；]*)$|"
    "(?<=..)(?:工作)?(?:取得(?:了|[^，；的]{0,4})[^，；的]{2,6}|(?:进展|推进)(?:顺利|良好|有序|较快)|(?:稳步|顺利|有序|扎实|深入|全面|加快)(?:推进|实施|开展)|(?:发展)?(?:步伐|速度)(?:明显)?加快)$"
)
#: Where what is said of a counted noun begins (八亿农民 | 对政策更加信赖, 十亿人民 | 将坚决…).
_SAID_OF = Regex(
    "(?<=..)(?:将(?![军士领])|已(?=[经到建投完])|必将|一定|坚决|更加|必须|应当|应该|正在|都是|(?<![首成古])都(?!市|[^，]{0,2}[市县])|就(?!业|近|[医学读])|也(?!门)|(?<!公)共(?=破产|完成|实施|实现|新建|建成|培训|投入|安排|引进|签订|获|有|达)|还是|还要|(?<![主重需必首只想政])要(?![素闻件塞道])|[那这]样|一样"
    "|是(?=我国|一[个种笔项件]|世界|全国|国家|我们|不)"
    "|(?<=[民众人工业员兵家])(?:对|为|从|以(?!及)|把|向|比|已|已经|能|能够|可以|会|是|有|在(?![校岗职册建]))(?=..)|的[^的]{0,4}(?:国家|大国)$)"
)
_ALL_OF_THEM = Regex("都(?:能|已|已经)(?P<what>[用喝住通享走看上入得领][^，；。了的]{1,5})")
_CLAUSE_END = Regex(
    r"^(?P<owner>.+?)(?P<verb>(?:快速|加快|全面|顺利|正式|稳步|持续|扎实|有序|深入|建成|主体|如期|提前|全部|竣工|不断|大幅|明显|显著|成功)*"
    r"(?:推进|投产|完工|竣工|通车|开工|开工建设|启动|运营|投用|投运|增强|提升|改善|完善|发展|提高|增长|落地|见效|达产|封顶|启用|开通|扩大|向好|突破|成立|获批|上线|实施|展开|铺开|形成|完成|加快|优化|深化|好转|扩容|提质|增效|回升|提速|翻番|壮大|丰收|创新高|新高|达标|领跑|(?<=大幅|明显|显著)(?:增加|减少|下降|上升|降低)))、(?P<rest>[^、]{2,})$"
)
_ASPECT = Regex(r"(?:范围|标准|结构|质量|力度|规模|水平|经济运行|活力|效益|动力|信心|氛围|环境|形势)$")
_TOPIC = Regex(
    rf"^(?P<topic>[^，；。]{{2,22}}?)(?:制度|工作|改革|建设|事业|能力|体系|水平|力度|质量|规模|(?:发展|建设|增长)(?:速度|步伐)|经济效益|效益|支撑作用|作用|国际影响力|影响力|竞争力|活力|支撑能力|覆盖范围|覆盖面)?{TIME}?(?:尽快|尽早|早日|不断|持续|进一步|全面|大幅|逐步|稳步|加快|明显|显著|更加|培育壮大(?!、)|不断壮大|取得|得到|有序|深入|快速|迅速|顺利|蓬勃|继续|健康|普遍|积极|平稳|(?:增强|提升|扩大|完善|改善)(?!计划|工程|行动|项目|政策|方案)|逐年|大大|迈出|增量提质|提质|运行|基本建立|初步建立|屡创|创历史新高|创新高|再创|从|连续|增产|减产|[再又喜]?获?丰收|提前(?=[^，；]{{0,4}}完成)|实现(?=“)|(?:超额|胜利|圆满|全面|基本)完成|完成(?=[^，；]{{0,10}}(?:计划|任务|指标|目标))|获得|实现了|(?:增长|发展)(?:较|很|加)?快|(?:增长|发展|进展|推进)(?:迅速|迅猛|顺利|较快|势头|良好)|跨过|跨越|连跨|迈过|迈上|登上|覆盖到|建成|投产|开工|竣工|投用|上线|落地|启动|达产|获批|由于|因(?=[^此素子果])|虽|由[负正降升增减亏盈低高弱][转变][正负升降增减盈亏高低强]|止跌|扭亏|企稳|从无到有|量质齐升|保持|呈现|跃居|迈入|增至|突破|初具|稳中[有向求培提])"
)


def circumstances_left_out(name: str) -> str:
    """Take 在…中 and 通过…努力 out of a name."""
    if name.startswith("围绕"):
        name = _AROUND.sub("", name)
    if "预算" in name:
        name = _THAN_PLANNED.sub("", name)
    return _CIRCUMSTANCE.sub("", name) if "在" in name or "通过" in name else name


#: 提高 | 城乡低保 | 标准: whom it covers is covered by the thing itself.
_RAISED = Regex(
    "(?:提高|扩大|提升|加大|优化|完善)了?(?P<what>[^，；、]{2,14}?)(?:标准|水平|力度|范围|待遇|政策|制度)?$"
)


_WORKS_DONE = ("项目", "工程", "行动", "计划", "任务")
_BETTERED = Regex(
    "(?:[^，；、]{2,6}、)*[一-鿿]{0,4}(?:提质|扩容|扩面|下沉|赋能|增效|改造|修复|升级|提标|提升|整治|治理|强基|更新|加固|优化|完善)(?:项目|工程|行动|计划|任务)"
)


def owner_and_rest(name: str) -> tuple[str, str] | None:
    """Split 电厂三期建成投产、总装机 into what the clause before is about and the name; None if it is one name."""
    first, mark, rest = name.partition("、")
    if (
        mark
        and name.endswith(_WORKS_DONE)
        and (pattern("doing").match(name) or name.startswith("启动"))
        and _BETTERED.fullmatch(rest)
    ):
        return None  # 实施供水提质、扩面工程: what the works do
    done = pattern("doing_all").match(first) if mark and pattern("partial").match(rest) else None
    if done and len(first) - done.end() >= 4:  # 实施城市更新行动、完成投资
        return first[done.end() :], rest
    raised = _RAISED.match(first) if mark and pattern("leaning").fullmatch(rest) else None
    if raised:  # 提高低保标准、覆盖9万人
        return raised["what"], raised["what"] + rest
    match = _CLAUSE_END.match(name) if mark else None
    return (match["owner"], match["rest"]) if match else None


#: 搭建平台、 | 精准服务 | 企业: a deed of its own behind another; what is deed and thing alike (改造项目) is none.
_DEED_AGAIN = "(?:精准|便捷|高效|有效|主动|直接|集中|累计|共)*(?:{doing}|服务(?!业|贸易|[中平站点设综体])|帮助|对接)了?"
_HOW = Regex("(?:连续|持续|深入|扎实|全面|大力|部署)*")
_BETTERS = Regex("搭建|优化|健全|强化|深化|简化|规范|畅通|构建|加强|提升|创新|扩大|推动|促进|激发|放宽|做[优强实大]")
_NO_OBJECT = Regex(
    "(?:类?项目|工程|任务|行动|计划|活动|工作|机制|体系|试点|专项|能力|面积|里程|规模|产能|能力|资金|基地|平台|机构|中心|设施)|[^，；、]?"
)


@cache
def _deed_again() -> Regex:
    return Regex(_DEED_AGAIN.format(doing=any_of("doing")))


def last_deed(name: str) -> str:
    """Return the last of several deeds that a name tells (搭建平台、精准服务企业), the name itself if it is one.

    Verbs that share what stands behind the last of them (取消、下放事项) are one deed, as are things of one row.
    """
    flat = _blanked(name)
    if "、" not in flat:
        return name
    how = _HOW.match(name)
    begins = how.end() if how else 0
    first = pattern("doing_all").match(name[begins:]) or _BETTERS.match(name[begins:])
    if first is None or flat.index("、") - begins - first.end() < 2:
        return name
    starts = [m.end() for m in re.finditer("、", flat)]
    for start in reversed(starts):
        again = _deed_again().match(name, start)
        end = flat.find("、", start)
        newly = again is not None and "新" in again.group()  # 新开工 | 项目: always a deed
        if again and newly and end < 0:
            return name[start:]
        if again and not _NO_OBJECT.fullmatch(name, again.end(), end if end >= 0 else len(name)):
            return name[start:]
    return name


@cache
def governing() -> Regex:
    """Return the pattern of what is done to all that stands behind it (挂牌建设甲、乙3个实验室, 抓好8项改革)."""
    how = "(?:挂牌|落地|专项|集中|联合|统筹|持续|深入|扎实|重点|系统|规划|着力|有序|稳步|全力)*"
    more = "深化|抓好|抓实|强化|办好|打好|推动|攻坚|荣获|斩获|夺得|上线|做优|做强"
    return Regex(f"{how}(?:{any_of('doing')}|{more})(?:了|并)?")


def owner_of(name: str) -> str:
    """Return the thing that a name is about, without the statistical heads at its end (数据产业完成投资 → 数据产业)."""
    bare = undone(name) if not name.startswith("生产安全") else name
    bare = _CAME_ABOUT.sub("", bare) if bare.endswith(_COMES_ABOUT) else bare
    bare = bare.removeprefix("实现")
    heads = ending("heads_last", bare)
    shorter = bare[: heads.start()] if heads else bare
    return shorter if len(shorter) >= 2 else bare


def object_of(clause: str) -> str:
    """Return what a clause without a quantity says was done (实现免费教育 → 免费教育), "" if that can't be told."""
    said = clean(clause)
    match = _OBJECT_OF.match(said)
    brought = None if match else _BROUGHT_ABOUT.search(clause)
    if brought:
        return brought["what"]
    suffered = None if match else _SUFFERED.search(clause)
    return match["object"] if match else suffered["what"] if suffered else ""


def measure_taken(clause: str) -> str:
    """Return the measure that a clause without a quantity says was taken (扩大债务置换规模 → 债务置换), or ""."""
    said = clean(clause)
    if _ABOLISHED.match(said) and len(said) <= _LONGEST_MEASURE:  # 取消过路费
        return pattern("doing_all").sub(lambda m: m.group().replace("了", ""), said)
    widened = _WIDENED.match(said)
    return widened["what"] if widened else object_of(clause)


#: 推动 | 房贷利率下调: what was brought about.
_BROUGHT_ABOUT = Regex("(?:推动|促进|引导|带动)(?P<what>[^，；、]{2,14}(?:下调|降低|上调|提高|减免|下降))$")
#: What is done away with needs its verb to be told from what is kept.
_ABOLISHED = Regex("(?:取消|减免|免征|免除|停征|清理|下调|降低)(?=..)")
_LONGEST_MEASURE = 18
_WIDENED = Regex("扩大(?P<what>[^，；、]{4,16}?)(?:的?规模|的?范围)$")


@lru_cache(maxsize=4096)
def topic(clause: str) -> str:
    """Return what a clause without a quantity is about (养老保险制度不断完善 → 养老保险), "" if that can't be told."""
    about = clean(clause)
    match = _TOPIC.match(about) or (_TOPIC.match(about.rpartition("等")[2]) if "”等" in about else None)
    if not match or pattern("partial").match(match["topic"]) or _ASPECT.search(match["topic"]):
        return ""
    return re.sub("^(?:全[国省市区县]|我[国省市区县])(?=.{2})", "", clean(match["topic"]))


@cache
def pattern(name: str) -> Regex:
    """Return one of the compiled patterns of this module."""
    return _patterns()[name]


@cache
def _letters(name: str) -> frozenset[str]:
    """Return all characters that a match of a pattern without wildcards may hold."""
    source = pattern(name).pattern
    times = map(chr, range(ord(TIME[1]), ord(TIME[3]) + 1)) if TIME in source else ()
    spaces = filter(str.isspace, map(chr, range(_LAST_SPACE + 1))) if r"\s" in source else ()
    return frozenset((*source, *"0123456789", *times, *spaces))


_LAST_SPACE = 0x3000


def ending(name: str, text: str) -> re.Match[str] | None:
    """Search for a pattern that reaches to the end of `text`, from where nothing but its own letters stands."""
    letters, start = _letters(name), len(text)
    while start and text[start - 1] in letters:
        start -= 1
    return pattern(name).search(text, start) if start < len(text) or name == "tail" else None


def wholly(name: str, text: str) -> re.Match[str] | None:
    """Match all of `text` by a pattern without wildcards."""
    return pattern(name).fullmatch(text) if _letters(name).issuperset(text) else None


def source_of(left: str) -> re.Match[str] | None:
    """Match the coded words before a quantity that begins a from–to (粮食产量 | 由 | 上年的), None where none does."""
    stripped = left.strip()
    return pattern("from").match(stripped) if any(word in stripped for word in "由从自") else None


def undone(name: str) -> str:
    """Return a name without the verbs of doing that it begins with."""
    done = pattern("doing_all").match(name)
    return name[done.end() :] if done else name


#: 钢产量的 | 计划指标
_FIGURE_OF_PLAN = Regex("(?<=..)的?计划(?:指标|数字)$")
#: 生产规模将扩大到 | 年产生铁8万吨: so much a year is what it makes.
_SCALE = Regex("^[^，；]*?(?:规模|能力)(?:可以?|将|要|能够?|由此)*(?:扩大|达|提高|增加|发展)(?:到|至)?(?=年产..)")

#: 农业 | 除1985年外 | 连续增产, 煤产量 | 没有达到计划规定的 | 8万吨.
_EXCEPTED = Regex(f"除(?:了|去)?{TIME}[以之]?外")
_FELL_SHORT = Regex(
    "(?<=..)(?:没有|还?未能?)(?:完成|达到|实现)(?:[^，；]{0,6}(?:计划|国家|预算))?(?:[^，；]{0,3}(?:规定|要求|提出|确定)的?|(?:指标|任务|定额|目标)的?)$"
)
#: 行政经费 | 一律按上年实际支出: from what it is counted is no part of the name.
_BY_WHAT = Regex(
    f"(?<=..)(?:一律|均|都|全部|应|要)*按照?{TIME}的?(?:实际|预算|决算|执行)*(?:支出|收入|开支|水平|基数|数额)$"
)
#: 国家对粮食的 | 统购价格.
_STATE_PRICE = Regex("^国家对(?P<what>[^，；、的]{1,8}的[^，；的]{0,8}(?:价格?|税率|标准))$")
#: 按人口平均的 | 粮食产量.
_BY_HEAD = Regex("^按(?:全国)?人口平均的?(?=..)")
#: What is no part of a name wherever it stands, each with a sign that it needs.
_LEFT_OUT_FIRST = (
    ("在", _ONLY_WHERE),
    ("外", _EXCEPTED),
    ("没有", _FELL_SHORT),
    ("未", _FELL_SHORT),
    ("（", _HOW_COUNTED),
    ("年产", _SCALE),
    ("计划", _FIGURE_OF_PLAN),
    ("计算", _HOW_COUNTED),
    ("提出", _PROPOSED),
    ("明确", _PROPOSED),
    ("规定", _PROPOSED),
    ("建议", _PROPOSED),
    ("决定", _PROPOSED),
    ("规定", _LAID_DOWN),
    ("拟定", _LAID_DOWN),
    ("国务院", _LAID_DOWN),
)
#: One of them stands in all that says that something will be done.
_WILL = Regex("[拟将此要共备算望]|计划|预定|务必|力争")


@lru_cache(maxsize=4096)
def clean(name: str) -> str:
    """Take off a name what it neither begins nor ends with, and every time expression."""
    lead = pattern("lead")
    if name.startswith("”"):
        name = name[1:]
    for sign, left_out in _LEFT_OUT_FIRST:
        if sign in name:
            name = left_out.sub("", name)
    while True:
        begins = lead.match(name)
        shorter = name[begins.end() :] if begins else name
        ends = ending("trail", shorter)
        shorter = shorter[: ends.start()] if ends else shorter
        if shorter == name:
            break
        name = shorter
    if name.startswith("国家对"):
        name = _STATE_PRICE.sub(r"\g<what>", name)
    if name.startswith("按"):
        name = _BY_HEAD.sub("人均", name)
    if name.endswith("兑"):
        name = _EXCHANGED.sub("", name)
    if "按" in name:
        name = _BY_WHAT.sub("", name)
    if name.endswith("起"):
        name = _FROM_WHEN.sub("", name)
    if name.endswith("时"):
        name = _ONLY_WHEN.sub("", name)
    if "种" in name or "不同" in name:
        name = _IN_ALL_WAYS.sub("", name)
    if "”" in name:
        name = _without_list(name)
    if name.endswith("按人口"):
        name += "平均"  # 钢产量按人口平均，每人…
    if name.endswith("）"):
        name = _GLOSSED.sub("", name)
    name = circumstances_left_out(name)
    if _WILL.search(name):
        name = pattern("intends").sub("", name)  # 中央财政 | 拟 | 安排补助资金
    agent = pattern("agent").match(name) if "们" in name or name.startswith(words()["agent"]) else None
    name = name[agent.end() :] if agent else name
    if "有" in name:
        name = _THERE_ARE.sub(r"\g<where>", name)  # 农村 | 有 | 公社
    if name.endswith(("电", "气", "水", "煤", "油")):
        name = _TO_REGIONS.sub("", name)  # 向甲、乙等5省区 | 送电
    if "等" in name:
        name = _NUMBERED_AFTER_EXAMPLES.sub("", name)
    name = pattern("time").sub("", name)
    return "" if name[-1:] in _NO_NAME_LAST and _NO_NAME.fullmatch(name) else name


#: 人民币汇率 | 稳定在1美元兑 | 8.3元.
_EXCHANGED = Regex("(?<=..)(?:(?:稳定|保持|维持)?在|为)?1[^，；]{1,3}兑$")
#: What says only that, how or for how long something is so: 但, 按平均汇率计算, 40多年.
_NO_NAME = Regex(
    "各[月季年](?:度|份)?|每[月季年]|(?:但是?|而且?|并且?|却|仅|则)?(?:也|仍|又|还|仍比)?|提前|[高多]出了?|最[多高]的?时候?|(?:最?高峰|最[多高])时?期?(?:平均)?每?[天日]?|(?:平均)?每[天日]|这|该|(?:着重|重点|主要)?对|按[^，；的]{2,12}(?:计算|折算|测算)|[0-9一二两三四五六七八九十百几]{1,3}[多余]?年(?:来|间|里|多)?"
)
_NO_NAME_LAST = frozenset("月季年度份时候期峰高天日是但且而并却仅则也仍又还比对算测年来间里多前出了这该")


def _without_list(name: str) -> str:
    """Leave out a list whose members are as many as the quoted name behind it says (甲、乙、丙“新三样”)."""
    found = _SUMMED_UP.match(name)
    if found and found["list"].count("、") + 1 == "一二三四五六七八九十".index(found["count"]) + 1:
        return name[found.end() :]
    return name


_THERE_ARE = Regex(
    "^(?P<where>(?:全[国省市区县])?(?:农村|乡村|城市|城镇|城乡|各地|各省|沿海地区|内地))(?:已经?|现|共|还|都)*有(?=..)"
)
#: 等于过去八年总和的三倍.
_TIMES_A_SUM = Regex("(?P<name>[^，；]*?)(?:等于|相当于)[^，；]{2,20}的$")
_PLANS = ("计划", "目标", "任务", "预算", "指标", "水平", "预算数", "计划数", "数字", "要求", "规定", "规定数", "产量")
_A_PLAN = Regex("(?:目标|计划|预期|预算|指标|定额)(?:数字?)?$")
_SURPLUSES = ("超收", "短收", "超支", "节支", "超产", "短产")
_SURPLUS = Regex(f"(?:比(?:年度|年初|原)?(?:预算|计划)数?)?(?P<verb>{'|'.join(_SURPLUSES)})了?$")
_OF_TWO = "(?:收入|支出|进口|出口|产量|销量|存款|贷款|供给|需求|出生人数|死亡人数|迁入|迁出)"
_EXCEEDS = Regex(
    f"^(?P<name>[^，；]*{_OF_TWO}总?[值额量]?)(?:还|仍|要|将|大大|已|均|都)*(?P<verb>超过|大于|多于|高于|小于|少于|低于)"
    f"(?P<other>[^，；]{{0,6}}{_OF_TWO}总?[值额量]?)$"
)
_SURPASSING = Regex("(?:即|也就是)?超额(?:完成了?)?$")
_AHEAD_OF_PLAN = Regex("(?:地)?完成了?[^，；]{0,8}(?:计划|任务|指标)")
_WHOLES = ("全国", "全省", "全球", "世界", "全市", "总数", "总额", "总量", "人数")
_SAVING = ("节约", "节省")
#: 比上年 | 多 | 建.
_FOR_CAUSE = Regex(
    "^，?(?:但|却|也)?(?:因|由于)[^，；]{1,10}?(?=(?:分别|略|大幅|都|均|又|仍)*(?:增|减|提|降|上升|下降|涨|跌)[^，；]{0,2}$)"
)
#: 花生 | 因为干旱 | 减产一成: what became of it has its cause between.
_BETWEEN_FOR_CAUSE = Regex("(?<=[\u4e00-\u9fff]{2})(?<!是)(?:因为|由于|因(?![此素子果特]))[^，；因]{2,12}$")
_MORE_DONE = Regex(
    "，?(?:又|还|也|就)*(?P<than>[比较](?![^，；]*[计划算标期])[^，；]{1,10}?)(?P<more>[多少])(?![于达有])[\u4e00-\u9fff]{1,2}?了?"
)
_TURNED_FROM = Regex(
    f"(?<=..)[由从](?:{TIME}|连续|同比|持续|上年|去年)*的?(?:增长|上升|上涨|增加|提高|下降|降低|减少|回落|下跌|正|负)?$"
)
_PACE = ("的速度", "的增长速度", "的递增速度", "的水平", "的增长率", "的幅度")
REPRICED = ("降价", "涨价", "提价")
_TO_REGIONS = Regex(
    "^(?:向|对)?[^，；]{0,14}?等?[0-9一二三四五六七八九十]{1,3}(?:省[区市]?|市|县|国)(?=(?:外?送|供|输)[电气水煤油])"
)
_OUTRUN = Regex(
    "^(?:这[个种一])?(?:增长)?(?:速度|幅度)?(?:远远|大大|显著|明显|已经?|都|均|也)*地?(?:超过|快于|高于|低于|慢于)了?"
)
_OF_THE_PLAN = Regex("(?:预算|计划|概算|指标|目标)数?[减增缩扩]$")
_RANKS_FIRST = Regex(f"^{any_of('rank_verb')}")  #: 指数排位 | 升至 | 全球
_THEN_REACHED = Regex("、(?:达到?|首次|已)*$")
_RATE_OF_CHANGE = Regex("(?:增速|增幅|涨幅|增长率|增长速度)$")
_BOUND_LAST = Regex("(?<=..)(?:不?[高低]于|不超过|超过|[高低]达)$")
_WHOLE_TASK = 4  #: letters by which a task is known
_MEASURED_IN = Regex(
    "(?P<in>全国|全省|全市|全区|全球|世界)的?(?P<what>[^，；]{2,8}(?:面积|产量|销量|市场份额|占有率|产值|规模|总量|数量))"
)
_DISTANCE = Regex("[高低快慢多少大小优好超领落逊过跑]")  # one of them stands in every verb of distance


def priced(name: str) -> str:
    """Return the name of what was made cheaper or dearer, with its price (药品 → 药品价格)."""
    return name if name.endswith(("价", "价格", "费", "资费", "票", "租金")) else name + "价格"


def before(slot: Slot) -> Reading:
    """Read the words before the quantity of `slot`."""
    left, quantity = slot.left.strip(), slot.quantity
    relative = quantity.unit in RELATIVE
    if quantity.ordinal or quantity.unit == "名":
        match = pattern("rank").match(left) or pattern("rank_bare").match(left)
        if match:
            group, name = (
                match["in"] or match.groupdict().get("at") or _RANKS_FIRST.sub("", match["group"]) or "",
                match["name"],
            )
            measured = _MEASURED_IN.fullmatch(group)
            if measured and clean(name):  # 蝉联全国 | 推广面积 | 第一
                group, name = measured["in"], name + measured["what"]
            if not group and _GROUP.fullmatch(clean(name)):
                group, name = clean(name), ""
            return Reading(name=name, verb=match["verb"], sense="rank", group=group, rule="rank")
    two = ("过" in left or "于" in left) and quantity.unit not in (*RELATIVE, "百分点")
    exceeds = _EXCEEDS.match(left) if two else None
    if exceeds:  # 收入超过支出11亿元, 出口大于进口300亿美元
        way = "down" if exceeds["verb"] in ("小于", "少于", "低于") else "up"
        return Reading(
            name=exceeds["name"],
            verb=exceeds["verb"],
            sense="gap",
            direction=way,
            compared=exceeds["other"],
            rule="gap",
        )
    of_something = left.endswith("的")
    match = pattern("multiple").match(left) if of_something and quantity.unit == "倍" else None
    if match:
        return Reading(name=match["name"], verb="倍", sense="up", direction="up", compared=match["of"], rule="multiple")
    beyond_by = left.removesuffix("的") if relative else left
    match = pattern("beyond_plan").match(left) if beyond_by.endswith(_PLANS) else None
    if match:
        beyond = "down" if match["verb"] in ("低于", "少于") else "up"
        return Reading(name=match["name"], verb="超", sense="gap", direction=beyond, compared="计划", rule="gap.plan")
    surplus = _SURPLUS.search(left) if left.removesuffix("了").endswith(_SURPLUSES) else None
    if surplus:  # 比预算超收8亿元; 地方本级收入超收8亿元
        name = left[: surplus.start()]
        if clean(name).endswith(("财政", "国家", "中央", "地方")):
            name += surplus["verb"]
        way = "down" if surplus["verb"] in ("短收", "短产", "节支") else "up"
        return Reading(name=name, verb=surplus["verb"], sense="gap", direction=way, compared="计划", rule="gap.plan")
    match = pattern("plan").match(left) if (of_something or left.endswith(_PLANS)) and relative else None
    if match:
        task = match["what"] or ""
        verb = "完成" if len(task) >= _WHOLE_TASK and not match["name"] else ""  # 完成水库除险加固任务的80%
        name = match["name"] + verb + task
        return Reading(name=name, verb="完成", sense="share", compared="计划", rule="share.plan")
    match = _TIMES_A_SUM.match(left) if of_something and quantity.unit == "倍" else None
    if match:
        return Reading(name=match["name"], verb="倍", sense="up", direction="up", rule="multiple")
    ahead = relative and left.endswith(("超额", "超额完成", "超额完成了"))
    if ahead and (not left.endswith("超额") or _AHEAD_OF_PLAN.match(slot.right)):  # 超额10%完成计划, 超额完成3%
        name = _SURPASSING.sub("", left)
        return Reading(name=name, verb="超", sense="gap", direction="up", compared="计划", rule="gap.plan")
    part = quantity.unit in PERCENT and not slot.right.startswith("的")
    match = pattern("recovered").match(left) if part and of_something else None
    if match:  # 恢复到2019年的98%
        return Reading(name=match["name"], verb=match["verb"], sense="share", compared=match["of"], rule="share.of")
    match = pattern("amounts_to").match(left) if part and of_something else None
    if match:  # 约为预算收入的一半
        name = f"{match['name']}占{match['whole']}的比重"
        verb = "约为" if match["adv"].endswith("约") else match["verb"]
        return Reading(name=name, verb=verb, sense="share", rule="share.of")
    shared = pattern("share").match(left) if "占" in left else None
    match = (
        pattern("share_of").match(left) if part and not shared and left.removesuffix("的").endswith(_WHOLES) else None
    )
    if match:
        name = f"{match['name']}占{match['whole']}比重"
        return Reading(name=name, verb=match["verb"] or "", sense="share", rule="share.of")
    match = shared
    if match and (relative or quantity.unit == "百分点" or match["head"]):
        name = f"{match['name']}占{match['whole']}{match['head'] or '比重'}"
        change = _sense(match["rest"])
        if change in ("up", "down"):
            return Reading(
                name=name,
                verb=match["rest"],
                sense=change,
                direction=change,
                compared=_compared(match["rest"]),
                rule="share.change",
            )
        return Reading(name=name, verb="占", sense="share", adverbs=match["pre"] + match["rest"], rule="share")
    match = pattern("beyond_past").match(left) if relative and _DISTANCE.search(left) else None
    if match:  # 平均亩产160斤，超过去年二成
        way = "up" if match["up"] else "down"
        return Reading(
            name=match["name"],
            verb=match["up"] or "低于",
            sense=way,
            direction=way,
            compared=match["past"],
            adverbs=match["adv"],
            rule="change.against",
        )
    if quantity.unit not in ("%", "番") and _DISTANCE.search(left):
        match = pattern("gap").match(left)
        if match and _THEN_REACHED.search(match["x"] or match["y"]):  # 收入增速高于全国、 | 突破4万元
            return Reading(name=_RATE_OF_CHANGE.sub("", match["name"]), rule="level.bare")
        if match and not _OF_THE_PLAN.search(match["y"] or ""):  # 比预算减 | 少
            verb = match["verb"] or match["verb2"]
            other = match["x"] or match["y"]
            down = verb in words()["gap_down"] or verb in ("低", "慢", "少", "小")
            other_is_time = pattern("time").search(other) or re.search(r"上年|去年|同期|年初|年前|预算|计划", other)
            against = quantity.unit == "百分点" or _YARDSTICK.search(other)
            times = [slot.period(mark).quote for mark in pattern("time").findall(other)]
            planned = _A_PLAN.search(other) and (set(times) <= {"年初"} or other.endswith("指标"))
            if planned and (match["verb2"] or (against and match["verb"])):
                return Reading(
                    name=match["name"],
                    verb=verb,
                    sense="gap",
                    direction="down" if down else "up",
                    compared="计划",
                    adverbs=match["adv"],
                    rule="gap.plan",
                )
            if against and not other_is_time and not re.search(r"[的了]|目标", other):
                return Reading(
                    name=match["name"],
                    verb=verb,
                    sense="gap",
                    direction="down" if down else "up",
                    compared=other,
                    adverbs=match["adv"],
                    rule="gap",
                )
            if (
                other_is_time
                and (match["verb"] in words()["gap_up"] + words()["gap_down"] or match["verb2"])
                and match["verb"] not in ("超过", "超", "高", "低", "快", "慢")
            ):
                return Reading(
                    name=match["name"],
                    verb=verb,
                    sense="down" if down else "up",
                    direction="down" if down else "up",
                    compared=other,
                    adverbs=match["adv"],
                    rule="change.against",
                )
    if left.startswith(("因", "由于", "，因", "，由于", "但因", "却因")):
        left = _FOR_CAUSE.sub("", left)  # 夏粮…，因受灾 | 减产8亿斤
    more = _MORE_DONE.fullmatch(left) if "比" in left or "较" in left else None
    if more and (compares := _compared(more["than"])):  # 比去年多建500套
        way = "up" if more["more"] == "多" else "down"
        return Reading(verb=more["more"], sense=way, direction=way, compared=compares, rule="change")
    match = ending("tail", left)
    assert match is not None  # every part of it is optional
    verb = match["verb"] or ""
    sense = _sense(verb)
    name = DISPOSED.sub("", left[: match.start()]) if "把" in left and sense != "none" else left[: match.start()]
    if slot.right.startswith("的") and ("首" in name or "唯一" in name or "第" in name):
        name = _FIRST_OF_KIND.sub("", name)
    before_verb = match["before"]
    if left.startswith("每", match.start()):
        name = _BOUND_LAST.sub("", name)  # 浓度 | 低于 | 每立方米20微克
    head = pattern("change_head").search(name) if sense in ("none", "level") and relative else None
    said = ending("tail", name[: head.start()].rstrip("的")) if head else None
    if head and said and said["before"] and not said["verb"]:  # 产值比上年的 | 增速 | 达到5%
        name, before_verb = name[: said.start()] + head.group(), said["before"] + before_verb
    if sense in ("up", "down") and _ONLY_COMPARED.match(name):  # 比前三年的总和还多8%
        name = ""
    if verb in _SAVING and not relative:  # 为国家节约20亿元
        name, verb, sense = left, "", "none"
    if sense in ("up", "down") and slot.right.startswith(_PACE):  # 超过重工业增长3%的速度
        name = _OUTRUN.sub("", name.strip("，"))
    if name.endswith("、"):  # 稳居全国前列、增长5%: what stands before is another clause, which may say of what
        name = topic(name[:-1])
    if wholly("toward", clean(name)):  # 从2020年的645元、430元提高到2025年的801元、720元
        name, sense = "", "to" if sense == "none" else sense
    if match["before"].startswith(("转", "变")) or verb.startswith(("转", "变")):
        name = _TURNED_FROM.sub("", name)  # 存货由连续三年增加 | 转为减少
    if quantity.quote.startswith(("破", "超", "过")) and name.endswith("首"):  # 吞吐量首破9万吨
        name = name[:-1]
    if verb.endswith(REPRICED) and name.strip("，"):
        name = priced(name)  # 药品平均降价五成
    if sense == "level" and name.endswith(("安排", "设定")) and verb == "在":
        name = name[:-2]  # 赤字率 | 安排在 | 3%
    if sense in ("up", "down"):
        name = _BETWEEN_FOR_CAUSE.sub("", name) if "因" in name or "由于" in name else name
        name = _AIMED_AT.sub("", name)
        name = _LAID_AS.sub("", name) if name.endswith(("为", "在", "安排")) else name
        # 大会带动游客人数增长: it is the number of visitors that grew
        name = _DRIVEN.sub("", name)
    elif sense == "to":
        name = _BROUGHT_TO.sub("", name)
    return Reading(
        name=name,
        verb=verb,
        sense=sense,
        direction=sense if sense in ("up", "down") else None,
        compared=_compared(before_verb),
        adverbs=before_verb + match["after"],
        tail=left[match.start() :],
        rule={"up": "change", "down": "change", "to": "level.reached", "level": "level.verb", "none": "level.bare"}[
            sense
        ],
    )


_AS_MUCH_AS = Regex("(?<=..)(?:[高多]达|达到?)$")  #: 增加 | 高达 | 9亿元


def _sense(verb: str) -> str:
    if not verb:
        return "none"
    verb = _AS_MUCH_AS.sub("", pattern("manner").sub("", verb))
    if not verb:
        return "none"
    if ending("toward", verb) and not verb.startswith("达"):
        return "to"
    if verb.startswith("翻"):
        return "up"
    if verb in words()["level"]:
        return "level"
    if ending("up", verb):
        return "up"
    if ending("down", verb):
        return "down"
    return "level"


def _compared(text: str) -> str:
    match = pattern("compared").search(text) if text else None
    return match.group() if match else ""


_UNDER_WHICH = ("（", "）", "的基础上", "的情况下", "的条件下", "的前提下", "的同时", "的基础")


def counted(slot: Slot) -> str:
    """Return the coded words of the noun that the quantity counts, where it stands behind it."""
    right = slot.right.strip()
    if not right or right.startswith(_UNDER_WHICH) or slot.quantity.unit in (*RELATIVE, "百分点"):
        return ""
    right = _AND_MORE.sub("", right)
    concerns = _CONCERNED.match(right) if slot.left.endswith("涉及") else None
    if concerns:  # 涉及8万人的安置工程, 涉及36个乡镇的供水工程
        whom = concerns["whom"] or ("人数" if slot.quantity.unit == "人" else "")
        return _CAME_ABOUT.sub("", _without_predicate(concerns["of"])) + "涉及" + whom
    if right.startswith("的"):
        serves = slot.left.endswith(words()["leaning"])
        if not serves:
            return _owned(slot)
        verb = next(w for w in words()["leaning"] if slot.left.endswith(w))  # 惠及3万人的引水工程
        return (
            _CAME_ABOUT.sub("", _without_predicate(right[1:])) + verb + ("人口" if slot.quantity.unit == "人" else "")
        )
    if not slot.left and slot.link != "joined":  # 118起 | 成功避险案例
        right = _ADVERB_FIRST.sub("", right)
    described = not slot.left and _WHICH.fullmatch(right) is not None  # 90个 | 扩大自主权的工厂
    if not described and (pattern("not_noun").match(right) or _NO_NOUN.match(right)):
        return ""
    bare = _blanked(right)
    end = len(right)
    beside = _beside(bare, right)
    if beside:
        right = beside
        bare, end = _blanked(right), len(right)
    for separator in re.finditer("、", bare):
        first = bare.count("、", 0, separator.start()) == 0
        if _QUALITY.match(bare, separator.end()):  # 实力雄厚、布局合理的工业基地
            continue
        if "分别在" in right[: separator.start()]:
            continue
        if (
            pattern("doing").match(right, separator.end())
            or _DOES_MORE.match(right, separator.end())
            or right.startswith(_AND_ALL, separator.end())
            or (first and _COUNTED_THING.search(bare[: separator.start()]))
        ):
            end = separator.start()
            break
    noun = _before_time(right[:end]).removesuffix("的")  # 9个国家的 | 80个港口
    if noun.endswith("外") and "除" in slot.left:  # 除新建7座水库外
        noun = _BESIDES.sub("", noun)
    noun = _among_others().sub("", noun)
    noun = _TAKES_PLACE.sub("", noun) if slot.left.endswith("在") else noun  # 在80个县 | 展开
    noun = _BRINGS_ABOUT.sub("", noun)
    noun = _AND_SUCH.sub("", noun) if "等" in noun else noun
    merged = _MERGED_INTO.search(noun)  # 30个园区 | 整合优化为12个
    noun = noun[: merged.start()] if merged else noun
    sent = _SENT_TO.search(noun) if slot.left.endswith(_SENDS) else None
    noun = noun[: sent.start()] if sent else noun
    if _ALL_PREDICATE.fullmatch(noun):
        return ""
    if slot.quantity.unit in ("元", "美元"):
        if _GIVES_FOR.match(noun) and PAYS.search(slot.left):
            return ""
        given_for = None if _GIVEN_FOR.match("此项" + noun, 2) else _GIVEN_FOR.search(noun)
        noun = noun[: given_for.start()] if given_for else noun
        noun = "" if _GIVEN_FOR.fullmatch("此项" + noun, 2) else noun
    return _without_predicate(_OF_SIZE.sub("", noun))


#: 建成6个园区和 | 一批配套设施, 推出三批清单和 | 民营经济发展等措施: the number does not count what stands there.
_NOT_COUNTED_TOO = Regex(
    "(?:“[^“”]*[0-9百千万][^“”]*”|一?大?批|全[国省市区县](?:的|各)|所有|各地|各级|各类|配套|若干|《)(?P<plain>)|[^，；、的]{2,12}?等(?!级)[^，；、的]{0,4}(?:政策|措施|制度|办法|文件|活动|工作)"
)
_OR_ALSO = Regex("(?:以及|[和及]|(?<!参)与)(?=[^，；]{4,})")
#: 6座电站和研究中心 | 建设: what is done to a thing that is counted, and to another of another kind.
_DONE_TO_BOTH = Regex("建设(?:项目)?$")
_SHORTEST_CONJUNCT = 5
#: 应对3轮降雨、 | 抵御台风; 3个中心建设…、 | 填补空白: another thing is told.
_DOES_MORE = Regex(
    "(?:补齐|填补|抗御|抵御|抵抗|战胜|克服|化解|弥补|缓解|攻克|突破|超额|拓展|提升|带动|辐射)(?=[^，；、]{2,})"
)


def _beside(bare: str, right: str) -> str:
    """Return the words behind a quantity without a thing that it does not count (推出3批清单和…等措施), "" if none."""
    for conjunction in _OR_ALSO.finditer(bare):
        first, other = right[: conjunction.start()], right[conjunction.end() :]
        if len(first) < 2 or "的" in first:
            continue
        besides = _NOT_COUNTED_TOO.match(other)
        if besides and (besides["plain"] is None or not pattern("doing_any").search(other)):
            return first
        if first.endswith("建设") and len(first) > _SHORTEST_CONJUNCT:  # 推进6个项目建设和产业发展
            return first
        shared = _DONE_TO_BOTH.search(other)
        if shared is None or not _COUNTED_THING.search(first) or len(other) <= _SHORTEST_CONJUNCT + len(shared.group()):
            continue
        head = other[: shared.start()]
        if _COUNTED_THING.search(head) and first[-2:] != head[-2:]:
            return first + shared.group()
    return ""


def others_behind(slot: Slot) -> str:
    """Return the noun of 30条 | 等政策措施, "" where none stands there."""
    found = _AND_OTHERS.fullmatch(slot.right) if slot.right.startswith("等") else None
    return found["noun"] if found and slot.quantity.unit not in ("元", "美元") else ""


def _blanked(text: str) -> str:
    """Blank what stands in brackets or quotation marks, length kept."""
    return _SET_OFF.sub(lambda m: "\u2007" * len(m.group()), text) if "（" in text or "“" in text else text


def counted_behind(slot: Slot) -> str:
    """Return the noun behind 的 (新增8000万吨的节能能力), "" where there is none."""
    behind = _BEHIND.match(slot.right)
    return _without_predicate(behind["noun"]) if behind else ""


def _before_time(words_behind: str) -> str:
    """Return the words up to the first time (矿区 | 在2025年…), with the predicate that it stands before."""
    at = pattern("time").search(words_behind)
    if at is None:
        return words_behind
    first = _AT_TIME.sub("", words_behind[: at.start()])
    said = _said_at_time().match(words_behind, at.end())
    return f"{first}{said['said']}" if said and first else first


_AT_TIME = Regex(
    "(?<=.)(?:已经?|将|都|均)?(?:在|(?<![好高低大小优多少快慢终等])于|(?<![达高低增降升加少减涨长短大])[到至]|自|从)$"
)


@cache
def _said_at_time() -> Regex:
    """Return the pattern of what is said of a counted noun behind a time (8个县 | 在上半年 | 完成并网)."""
    return Regex(
        f"(?:年?[初底末]|内|间|期间|时期|以?前|之前)?(?:就|即|已经?|都|均|将|全部)*(?P<said>{any_of('predicate')}[^，；。：的]*)$"
    )


_BESIDES = Regex("(?<=..)[以之]?外$")


@cache
def _among_others() -> Regex:
    """Return the pattern of the 等 between what is counted and what is said of it (30个口袋公园 | 等 | 建成开放)."""
    return Regex(f"(?<=..)等(?=(?:已|均|全部|陆续|相继)?{any_of('predicate', 'doing')})")


#: 7个 | 市接通高铁 | 、所有市互通高速: another thing is told.
_AND_ALL = ("所有", "全部", "各")
#: 3届茶博会 | 等系列活动, 9轮强降雨 | 等不利影响: what it is one of, with others.
_AND_SUCH = Regex(
    "(?<=..)等(?:系列活动|(?:困难|风险|严峻)?挑战|(?:多重|重重)?困难|不利(?:影响|因素|局面)|(?:极端|灾害性)天气|(?:自然)?灾害)$"
)
#: 涉及36个 | 乡镇的供水工程.
_CONCERNED = Regex("(?P<whom>[^，；、的]{0,8})的(?P<of>[^，；、的]{3,24})$")
#: 300个 | 新项目增加 | 产值50亿元: what they brought about is named with its own figure.
_BRINGS_ABOUT = Regex("(?<=..)(?:增加|新增|形成|(?:建成|投产|完工|竣工|通车)[之以]?后)$")
_TAKES_PLACE = Regex("(?<=.)(?:全面)?(?:展开|铺开|推开|进行|试行|推行|推广|实施|落地)$")
_MERGED_INTO = Regex("(?<=..)(?>优化|整合|重组|合并|简化|压缩|精简|归并|缩减)+(?:为|成|到|至)")
#: 选派30名教师 | 到乡村任教: where to and what for is no part of who is sent.
_SENDS = ("选派", "选派了", "派出", "派出了", "派遣", "派遣了", "下派", "抽派", "增派")
_SENT_TO = Regex("(?<=..)(?:到|赴|前往|进驻|驻点|深入|支援|服务|开展|担任|参加|帮助|指导)(?=..)(?!员|团)")
#: 比40亿元 | 还 | 多3亿元.
_AND_MORE = Regex("^(?:还|又|仍|也)(?=[多少高低增减])")
_WHICH = Regex(
    "(?:扩大|提高|增加|完成|实现|达到|纳入|参加|参与|建设|投产|建成|开工|在建|实行|推行)[^，；、的]{1,12}的?(?:企业|单位|工厂|学校|县|县市|城市|村|乡|公社|社|农户|户|项目|地区|省|厂|机构|园区)"
)
_AND_OTHERS = Regex("等(?!级)(?P<noun>[\u4e00-\u9fff“”]{2,8}(?:措施|政策|办法|文件|方案|意见|举措|条例|制度|法规))")
_NO_NOUN = Regex("为(?!民)|等(?!级)")
_SET_OFF = Regex("（[^（）]*）|“[^“”]*”")
_DRIVEN = Regex("^.{2,14}(?:带动|拉动|推动|助推)(?=.{2})|^(?:引导|激励|鼓励)(?=[^，；]{4})")
#: 新机制推动 | 办结率 | 提高到93%: what brought a rate so far is no part of its name.
_BROUGHT_TO = Regex("^[^，；]{2,16}(?:推动|促进|促使|带动|助推|引导)(?=[^，；]{2,14}(?:率|度|比重|占比|比例)$)")
#: 3个 | 2×60万千瓦 | 火电项目.
_OF_SIZE = Regex("^[0-9.]+[×x*][0-9.]+[万亿]?(?:千瓦|吨|立方米|台)?(?=..)")
_BEHIND = Regex("的(?P<noun>[\u4e00-\u9fff“”]{2,14})$")
_ADVERB_FIRST = Regex("^(?:成功|集中|正式)(?=[^，。；、的]{3})")
#: What money is given for (债券 | 支持重点项目), which is no part of its name.
_GIVEN_FOR = Regex(
    "(?<=..)(?:主要)?(?:用于|支持|加强|投向|拉动|带动|撬动|推动|促进|助力|帮助|解决|保障|改善|扶持|补助|实施|开展|加快|增加|弥补|用好|化解|予以)(?!性|[^，；、]{0,6}(?:资金|补助|补贴|债券|贷款|经费|投资|基金)$)"
)
#: 投入20亿元 | 支持职业教育: what it is given for follows at once.
PAYS = Regex(
    "(?:财政|政府|国家|中央|地方|国务院|基金中?)(?:预算)?[将拟再已还]*(?:累计|预算)?(?:" + any_of("pays") + "|新增)$"
)
_GIVES_FOR = Regex(
    "(?:重点|主要|专门|专项|直接|全部|予以)*(?:用于|支持|补贴|补助|扶持|资助|投向)(?!性)(?=..)(?![^，；、的]{0,6}(?:资金|补助|补贴|债券|贷款|经费|投资|基金)$)"
)
_UP_TO_NOW = Regex("(?:已有?|(?<=..)(?:共|仍|还)?有|[当之]?中已?有?|在内)$")
#: 国民收入 | （工业、农业、建筑业等物质生产部门的净产值）.
_GLOSSED = Regex(
    "(?<=..)（(?!不?[包含]|扣除|剔除|自治区|直辖市|[市州县区旗盟师]、)(?:[^（）]{8,}|[^（）]*[、，的][^（）]*|[即指][^（）]+)）$"
)
_GLOSS = Regex("（(?!自治区|直辖市|[市州县区旗盟师]、)[^（）]{5,}）")


def _owned(slot: Slot) -> str:
    """Return the noun of 的 behind a quantity that names nothing else (完成500亿元的投资)."""
    name = clean(slot.left)
    bare = not name or wholly("doing_all", name) or pattern("tail").fullmatch(name)
    paid = slot.quantity.unit in ("元", "美元") and ending("doing_last", name)  # 改革取消了原先3亿元的收费
    found = _OF.match(slot.right.strip()) if bare or paid or name.endswith(("占领", "占有")) else None
    return found["noun"] if found else ""


_QUOTED = Regex("“[^“”]*”")
#: 6座电站 | 分别在甲、乙 | 开工.
_EACH_AT_A_PLACE = Regex(
    "分别在[^，；]{2,24}?(?=(?:开工|投产|建成|落地|启动|举行|召开|举办|挂牌|成立|落户|投运|投用)[^，；、]{0,4}$)"
)


def _without_predicate(noun: str) -> str:
    """Leave out what is said of `noun`: 中小学校 | 全面启动, 家企业 | 形成产业集群."""
    noun = _UP_TO_NOW.sub("", _GLOSS.sub("", noun))
    noun = _EACH_AT_A_PLACE.sub("", noun) if "分别在" in noun else noun
    said = _SAID_OF.search(_unquoted(noun))
    if said and (becomes := _ALL_OF_THEM.fullmatch(noun, said.start())):  # 无电人口 | 都能 | 用上电
        return noun[: said.start()] + becomes["what"]
    noun = noun[: said.start()] if said else noun
    noun = _GOES_WELL.sub("", noun)
    words_of = _unquoted(noun)
    acts = _ACTS_AT_LAST.search(words_of, max(0, len(noun) - _LONGEST_ACT))
    if acts and acts.start() >= 2:  # 贫困县 | 全部 | 摘帽
        return noun[: acts.start()] + noun[acts.start("act") : acts.end("act")]
    idle = _IDLE_PREDICATE.search(words_of) or _ACTION.search(words_of)
    return noun[: idle.start()] if idle and idle.start() >= 2 else noun


def _unquoted(noun: str) -> str:
    """Blank what stands in quotation marks, length kept: no predicate of the noun (3个“山水就是财富”基地)."""
    return _QUOTED.sub(lambda m: "“" + "\u2007" * (len(m.group()) - 2) + "”", noun) if "“" in noun else noun


def joined(owner: str, name: str, least: int = 1) -> str:
    """Put `name` behind its owner, what they share written once (储蓄存款 + 存款余额) if it has `least` characters."""
    for shared in range(min(len(owner), len(name)), least - 1, -1):
        if owner.endswith(name[:shared]):
            return owner + name[shared:]
    return owner + name


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
    flat = _blanked(name)
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
#: 文化、旅游增加值占地区生产总值比重.
_SHARE_OF_WHOLE = Regex(
    "(?:增加值|总?产值|总?产量|销售?量|出口额?|面积|装机(?:容量)?|收入|支出|投资)占[^占，；]{2,16}(?:比重|比例)$"
)
_SHARED_BEGIN = Regex(
    "(?:每[千万百]?(?:人口?|户)(?:拥有|常住人口)?|限额以上|限上|城乡居民|金融机构(?:本外币|人民币)?|[^，；、]{2,8}用于)(?=..)"
)


def _with_tail_of_last(parts: list[str]) -> list[str]:
    """Give parts that differ from the last in their modifier alone the tail that they lack (城市低保、农村低保标准)."""
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
    """Return the tail of 中央财政用于科技、教育和卫生事业的支出, "" where no purposes are listed."""
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
