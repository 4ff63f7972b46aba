"""What an indicator is called: the words before a quantity without what is no part of the name."""

import re
from functools import cache, lru_cache

from pipeline.claims.lexicon import TIME, any_of, words
from pipeline.claims.wordings import CAME_ABOUT, blanked, ending, pattern
from pipeline.regex import Regex

#: 物价涨幅的控制目标定为3%: that it is an aim is no part of the name.
AIM = Regex("(?<=..)(?<!实现)(?<!完成)(?:的?(?:主要|宏观|预期|预定|调控|控制|计划)+(?:目标|指标)|目标)$")


def aimless(name: str) -> str:
    """Return a name without words that call it an aim (物价涨幅的控制目标 → 物价涨幅)."""
    return AIM.sub("", name) if name.endswith(("目标", "指标")) else name


_CIRCUMSTANCE = Regex(
    rf"在{TIME}(?:年?间|内|期间|时期|以前|以后|底|末)?|"
    r"(?<!存)在(?![校岗职册建])[^，、；在]{2,14}(?:中(?!国|央|华|亚)|(?<!以)上|(?<!以)内|期间|方面(?!的)|过程|领域|基础上|条件下)(?=.{2}|$)(?!的(?:比重|比例|份额|地位)|所占|占)|"
    r"通过[^，；]{2,12}(?:努力|方式|渠道|等)(?=.)"
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
#: 云岭五年计划规定手工业产值…: what laid it down is no part of the name.
_LAID_DOWN = Regex(
    rf"^(?:(?:我国|国家)?(?:[^，；、的]{{0,6}}(?:计划|预算|规划|方案|纲要))?{TIME}?(?:草案)?(?:规定|拟定)的?|国务院(?:决定|要求))(?=..|$)"
)
#: 中央提出今年经济增长目标: who proposed it is no part of the name.
_PROPOSED = Regex(f"^[^，；、]{{0,14}}?(?:提出|明确|规定|建议|决定)了?(?={TIME})")
#: 装备、电子等7大产业集群产值: the number says how many there are, the examples are no part of the name.
_NUMBERED_AFTER_EXAMPLES = Regex("^[^，；“]*、[^，；“]*等(?=[0-9一二三四五六七八九十两]{1,3}[大类][^、]{2,})")
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
#: What is said of a project at its name's end (合作项目落地).
_COMES_ABOUT = ("落地", "投产", "开工", "建设", "建成", "竣工", "签约", "启动", "完成", "通车", "开通", "投用")
#: 遭遇罕见冰雹，经济损失…: whose loss it is.
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
    """Split 热电二期投产、总装机 into what the clause before is about and the name; None if it is one name."""
    first, mark, rest = name.partition("、")
    if (
        mark
        and name.endswith(_WORKS_DONE)
        and (pattern("doing").match(name) or name.startswith("启动"))
        and _BETTERED.fullmatch(rest)
    ):
        return None  # 实施供水提质、扩面工程: what the works do
    done = pattern("doing_all").match(first) if mark and pattern("partial").match(rest) else None
    if done and len(first) - done.end() >= 4:  # 实施老街焕新行动、完成投资
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
    flat = blanked(name)
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
    bare = CAME_ABOUT.sub("", bare) if bare.endswith(_COMES_ABOUT) else bare
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
_TO_REGIONS = Regex(
    "^(?:向|对)?[^，；]{0,14}?等?[0-9一二三四五六七八九十]{1,3}(?:省[区市]?|市|县|国)(?=(?:外?送|供|输)[电气水煤油])"
)


def priced(name: str) -> str:
    """Return the name of what was made cheaper or dearer, with its price (药品 → 药品价格)."""
    return name if name.endswith(("价", "价格", "费", "资费", "票", "租金")) else name + "价格"


_UP_TO_NOW = Regex("(?:已有?|(?<=..)(?:共|仍|还)?有|[当之]?中已?有?|在内)$")
#: 国民收入 | （工业、农业、建筑业等物质生产部门的净产值）.
_GLOSSED = Regex(
    "(?<=..)（(?!不?[包含]|扣除|剔除|自治区|直辖市|[市州县区旗盟师]、)(?:[^（）]{8,}|[^（）]*[、，的][^（）]*|[即指][^（）]+)）$"
)
_GLOSS = Regex("（(?!自治区|直辖市|[市州县区旗盟师]、)[^（）]{5,}）")
_QUOTED = Regex("“[^“”]*”")
#: 6座电站 | 分别在甲、乙 | 开工.
_EACH_AT_A_PLACE = Regex(
    "分别在[^，；]{2,24}?(?=(?:开工|投产|建成|落地|启动|举行|召开|举办|挂牌|成立|落户|投运|投用)[^，；、]{0,4}$)"
)


def without_predicate(noun: str) -> str:
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
