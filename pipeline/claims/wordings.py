"""The patterns by which the words around a quantity are read, by name, and how they are asked for."""

import re
from functools import cache

from pipeline.claims.lexicon import TIME, any_of, words
from pipeline.regex import Regex
from pipeline.verbs import changing

PERCENT = ("%", "‰")
COMPARED_VALUE = Regex(f"(?:比|较|超过|与|同)(?P<when>{TIME})的?$")  #: what stands before a value compared with
RELATIVE = (*PERCENT, "倍", "番")


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
CAME_ABOUT = Regex(
    r"(?<=..)(?:全部|相继|顺利|如期)?(?:落地|投产|开工|开工建设|建成|竣工|签约|启动|完成|通车|开通|投用)$"
)


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


def blanked(text: str) -> str:
    """Blank what stands in brackets or quotation marks, length kept."""
    return _SET_OFF.sub(lambda m: "\u2007" * len(m.group()), text) if "（" in text or "“" in text else text


_SET_OFF = Regex("（[^（）]*）|“[^“”]*”")
