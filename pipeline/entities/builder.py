"""Names built on a head noun: … 专项行动, … 经开区, … 博览会 (``data/entity_heads.toml``).

The head says where a name ends and of what type it is. Where it begins is the hard part: the search
goes left from the head, word by word, jumping over quotation marks and brackets, to the first word
that cannot stand in a name, and then takes back the verbs and measures that a name does not begin with.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal

import msgspec
import tomli
from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.entities.candidate import Candidate
from pipeline.entities.lexicon import TYPES, known_names
from pipeline.entities.organs import OWN_LEFT, division_of
from pipeline.entities.words import (
    Words,
    head_words,
    in_dictionary,
    is_name,
    is_personal,
    is_toponym,
    is_trademark,
    is_verb,
)
from pipeline.errors import DataError
from pipeline.places import own_place, parse_region, resolve, short_name
from pipeline.regex import Regex

RANK = 20
_REACH = 34  #: characters that a name may stand before its head
_SOURCE = "pipeline/data/entity_heads.toml"

_STOPS = frozenset("，。；：！？、…\n\u3000 《》【】〔〕〈〉[]|/>—“（")
_CONJUNCTIONS = frozenset(("和", "与", "及", "或", "暨"))
_MEASURE = Regex(
    r"[0-9.,]+(?:余|多)?[个家项条座批次轮届名处所块只类种大期场部份]?"
    r"|[一二三四五六七八九十百千两几数多]+[个家项条座批次轮处所块只类种期场部份]|一批|一系列|首[批条个座]|第[一二三四五六七八九十]+[批条座个轮]|首期|首次|若干|新一轮|[0-9.]+[万亿]*元"
)
_NUMERIC = frozenset("0123456789.,一二三四五六七八九十百千两几数多首第若新")  # what a number or its measure begins with
_LEADING = frozenset("新好各该本这此多优强精实")
#: How much a work makes or carries, as it stands in the names of works (400万吨, 750千伏, 20亿立方米/年).
_CAPACITY = Regex("[0-9.×]+[万亿]?(?:吨级?|千伏|千瓦时?|兆瓦时?|吉瓦时?|立方米|标方|英寸|公里|米|车道)(?:/[年日])?$")
_CAPACITY_REACH = 14
_ABOUT = frozenset("超近约逾达速")
_CAPACITY_END = frozenset("吨级伏瓦时米方寸里年日道")
_CLASSIFIERS = frozenset("个家项条座批次轮届名处所块只类种大期场部份支")
_DIVISIONS = frozenset("省州市县区乡镇村")
_ARABIC = frozenset("0123456789")
_ORDINAL = Regex(r"(?:第[一二三四五六七八九十百0-9]+|首)届|20[0-9]{2}")
_STRETCH = Regex(
    "(?:[A-Z]|[东南西北中]{1,2}|[\u4e00-\u9fff]{2,3}|[\u4e00-\u9fff]{2,5}至[\u4e00-\u9fff]{2,5}?)段(?![时落])|[\u4e00-\u9fff]{2,5}至[\u4e00-\u9fff]{2,5}?(?:支线|联络线)"
)
_SECTION = Regex("（[\u4e00-\u9fff]{2,8}(?:段|片区|部分|境内)）")
#: Where a line begins, before the name of where it ends: 黄村 | 至大同铁路.
#: Units of a power station, and what one of them makes: 1号机组, 2×100万千瓦项目.
_UNITS = Regex(
    "(?:[0-9一二三四五六]+(?:[、和][0-9一二三四五六]+)?号机组"
    "|(?:[0-9]+×)?[0-9.]+万千瓦级?(?:(?![的和与及等、])[\u4e00-\u9fff“”]){0,8}?(?:项目|工程))"
)
_POWER = ("电厂", "电站", "核电", "热电", "一期", "二期", "三期", "四期", "五期", "一期工程", "二期工程")
_ORIGIN = Regex(
    "(?:[^\u4e00-\u9fff]|和|及|建设|开工|推进|加快|实施|建成|贯通|[扩改新续]建|提速|改造)(?P<place>[\u4e00-\u9fff]{2,4})[至到]$"
)
_OVER = Regex(
    "(?:[^\u4e00-\u9fff]|建设|开工|推进|加快|实施|建成|贯通|投运|批复)(?P<place>[\u4e00-\u9fff]{2,4}至[\u4e00-\u9fff]{2,4}至)$"
)
_CODE = Regex(r"[A-Za-z0-9]")
_GRADE = Regex(
    "(?:国家|省|市|县|世界|州|区|亚洲)?[0-9A-Z一二三四五六七八九十百千万亿]*[级甲]|世界一流|国内|全球|中国特色(?!社会主义)"
)
_LEVELS = ("国家级", "省级", "市级")  #: what stands before whose a body is: 国家级 | 云岭省…中心
_NATION = "全国"  #: begins names of what the state has, and no others
_NATIONAL = Regex("国家|全国|中国|世界|国际|亚洲|全球")
_OWN = Regex("自治区|[省市县区](?![场域块]|区(?!域)|市县|部共|际|县|民(?![营族政间主办用]))")
_EDITION = Regex("第[一二三四五六七八九十百0-9]+届")
_WHOLES = ("全省", "全市", "全区")
_FAIRS = ("旅游发展大会",)  # what a place calls so is its own
_ISSUING = ("出台", "制定", "审议通过", "颁布", "颁布实施", "修订")
_OWN_GAMES = Regex(
    "第[一二三四五六七八九十]+届(?:少数民族传统体育|残疾人|老年人|农民|学生|大学生|中学生|青少年|职工)?运动会"
)
_OWN_FAIRS = ("博会", "洽会", "展会", "运会", "旅发大会", "旅游发展大会")  # 省农博会
#: What firms of an owner are called without being named: 省 | 国有 | 集团.
_SORTS = frozenset(("企业", "国有", "大型", "医疗", "产业", "骨干", "龙头"))
_OWNERS = ("省", "市", "自治区", "全省", "全市", "全区")
_PART_OF_LINE = Regex("高(?:铁|速(?!铁|公))(?=（?(?:[\u4e00-\u9fff]{1,10}|[A-Z])段）?$)")
_EDITION_END = Regex("第[一二三四五六七八九十百0-9]+[届次]$")
_LINES = ("高速", "高铁", "铁路", "城际")
_PLAIN = frozenset("但了的和与及等中大小新老各为在是有上下内外沿跨过入出两几一二三四五六七八九十多全同")
_STATIONS = ("电厂", "核电", "电站")
_SERIES = frozenset("、和与及")
_CLOSED = Regex(
    "[，。；：、！？”》）\\n\\u3000 和与及的等（]|$|纲要|建设|实施|以来|期间|是|中|被|草案|将|扎实|必须"
    "|全线|正式|如期|提前|通车|建成|投产|投用|开通|开工|贯通"
    "|[0-9]|超|惠及|深入|取得|全面|顺利|有序|成效|启动|加快|稳步|前期|基本|工作|目标|任务|规定|确定|要求|提出"
)
#: What befalls works and machines.
_BEFALLS = Regex(
    "(?:已|将|顺利|成功|正式|全面|如期|提前|实现|主体|基本|即将|开始|全部|相继|建成|月底前|年内){0,3}"
    "(?:投产|开工|竣工|投运|投用|建成|并网|封顶|完工|达产|签约|试产|量产|运营|启动|动工|下线|首飞|交付|亮相|试飞|入列|升空|发射|首航|问世)"
)
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
_INDUSTRY_PARKS = ("产业园", "产业城", "工业园", "科技园", "物流园", "创业园")
_PARK_KIN = frozenset(park[-2:] for park in _INDUSTRY_PARKS)
_SEPARATOR = frozenset("，。；：、\n\u3000 和及与")
#: Adverbs that show the verb after them to govern a name, not to begin it (持续 | 深化 …专项行动).
_ADVERBS = (
    "持续",
    "全面",
    "深入",
    "扎实",
    "积极",
    "大力",
    "纵深",
    "稳步",
    "有序",
    "着力",
    "加力",
    "抓紧",
    "加快",
    "继续",
    "迭代",
)
_LINKS = frozenset("—－–-至")  # between two places: 中国—东盟, 西宁至成都
_CLOSERS = {"”": "“", "’": "‘", "）": "（"}
_FEATURES = frozenset("湖江河山岛岭湾洲峡寺塔滩")
_UNNAMED = frozenset(
    (
        "人工",
        "城市",
        "大型",
        "中小",
        "重点",
        "主要",
        "美丽",
        "美好",
        "清洁",
        "跨省",
        "跨界",
        "城区",
        "入海",
        "沿海",
        "海上",
        "内陆",
    )
)
#: The number of a census or inspection, and whose it is.
_TIME = Regex("第[一二三四五六七八九十]{1,2}次(?:全国|国务院|全省|全市)?$")
_TIME_REACH = 8
_CENSUS = Regex("^(第[一二三四五六七八九十]{1,2}次)(?=[^\n]{2}普查|国土调查)")
_NUMBERED = Regex("（[0-9一二三四五六七八九十]{1,3}）")  # of an item of a list
_LED, _LED_REACH = (
    Regex("(?:[^\u4e00-\u9fff]|建成|开工|推进|加快|建设|实施|贯通|投运|竣工|和|及)[\u4e00-\u9fff]{2,4}$"),
    7,
)
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
#: A branch of an institution, named by a place right after it.
_BRANCH = Regex("[\u4e00-\u9fff]{2,6}?(?P<kind>分?中心|基地|分院|分部|分库|分馆)(?![城区])")
_INTEGRATING = ("一体化", "协同", "同城化", "共建", "连通")  # what a zone or work of two places is for
_HEAD_REACH = 8  #: characters from the head in which what stands before a conjunction shows to be of its kind
#: What follows a head that is only part of a longer word, by the type that the head would make.
_CONTINUED = {
    "org": ("枢纽", "体系", "学术排名", "排名", "专业"),
    "project": ("群", "体系", "专业群", "直达", "票"),
    "place": ("群", "城市"),
    "plan": ("派",),
}
#: How many of a kind there are, before or after its name.
_COUNT_BEFORE = Regex("(?:[0-9二两三四五六七八九十][多余]?[个支家所条座处]|首[票单例笔]|一批|一系列)$")
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
_PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新港澳台")
#: What is done to works, in the name of the project: 矿区 | 生态修复项目.
_WORKED = Regex(
    "(?:生态修复|改造升级|升级改造|改扩建|提质改造|更新改造|维修加固|除险加固|综合治理|综合整治|生态治理|修缮|续建|搬迁|迁建|扩容|改造|扩建|整治|治理)(?:项目|工程)"
)
#: Works that have a name, whether or not it is in a dictionary: 观澜寺 | 调蓄工程.
_SITE = Regex("(?<!病险)(?<!小型)(?<!大型)(?<!中型)(?:水库|灌区|水利枢纽|机场|寺)")
#: What phases of works consist in, and the house that a hospital has elsewhere: 三期 | 改扩建, 人民医院 | 柳溪院区.
_EXTENDED = ("改扩建工程", "改扩建", "扩建工程", "扩建")
_WARD = Regex(
    "(?:(?![的和与及等在为])[\u4e00-\u9fff]){2,4}"
    "(?:(?:院区|分院)(?![\u4e00-\u9fff]?长)|部(?=[与、，。]|开诊|揭牌|挂牌|投用|启用))"
)
_HOSPITAL = Regex("([市县区])([一二三四五六七八九十])(?:人民)?医?院(?=$|[\u4e00-\u9fff]{2}院区|新院)")  # 市三院
_SCHOOL = Regex(
    "(?P<place>[\u4e00-\u9fff]{2,4}?市?)(?P<number>[一二三四五六七八九十]{1,2})中(?=$|[\u4e00-\u9fff]{2,4}校区)"
)
_VERSION = Regex("（20[0-9]{2}(?:年?版|(?:年?[—－-]+|至)20[0-9]{2}年?)）|[2-9]\\.0版")  # 行动方案（2026版）
_KIND = Regex("（[A-Z]型）")  # 保税物流中心（B型）
#: Where a thing of a national kind is: 国家数据标注基地 | （成都）.
_SEAT = Regex("（[\u4e00-\u9fff]{2,6}）")
_SEATED = ("zone", "platform", "laboratory", "facility", "pilot_zone", "institution", "body")
_SEATED_LEAST = 6  #: characters of what a seat alone shows to be a name: 高校技术转移中心（云岭）
_BRANCHED = ("platform", "laboratory", "body")
_JOINED = 4  #: words that may stand before the conjunction inside a meeting's name
_GATHERED = (
    "会",
    "会议",
    "节",
    "论坛",
    "赛",
    "周",
    "展",
    "季",
    "年",
    "月",
    "活动",
    "大会",
    "杯",
    "行动",
    "马拉松",
    "演唱",
)
_BODIES = (
    "中心",
    "院",
    "局",
    "厅",
    "部",
    "所",
    "组织",
    "机构",
    "平台",
    "基地",
    "企业",
    "大学",
    "学校",
    "银行",
    "公司",
    "友城",
)
_SINGLE = ("大学", "学院", "学校", "医院", "交易所", "法院", "日报", "博物馆", "图书馆", "剧院", "林场", "农场", "牧场")
_BUILT = ("机场", "铁路", "公路", "水库", "大桥", "隧道", "电站", "港")
_REGIONS = ("城市群", "都市圈", "城镇圈", "经济圈", "经济带")  # what a quotation of its cities names
#: What a campaign of years may end on though it governs elsewhere: 河岸整治 | 重点工程 | 三年行动.
_CAMPAIGNED = ("重点工程", "重大工程", "重点项目", "重大项目")
_CAMPAIGNS = ("三年行动", "攻坚行动", "提升行动", "攻坚战")
_SURROUNDING = "周边"  #: of a place that a plan is for: 云岭新区及周边地区专项规划
_MONEY = frozenset(("元", "万元", "亿元", "万亿元"))
_FIRST_OF = frozenset("票单例笔")  # 首票, 首单: the first of many names nothing
_GIVEN_OUT = ("工程",)  # works for this and that, of one place
#: Verbs that show the whole series after them to share the head at its end (实施 | 仓储、物流能力提升行动).
_SHARING = {
    "plan": frozenset(
        ("实施", "开展", "启动", "制定", "出台", "印发", "编制", "组织开展", "深入实施", "组织实施", "继续实施")
    ),
    "document": frozenset(("制定", "出台", "印发", "编制", "实施", "修订")),
    "meeting": frozenset(("召开", "举办", "举行", "承办", "主办")),
}
_ITEM_REACH, _ITEM = 22, 14  #: characters of a clause of one item, and of the item
_SERVED = ("现场", "推进", "座谈", "对接", "调度")  #: how meetings begin that deal with a series of things
#: The end of an item that is a name by itself, so that the series has no shared head (实施 | 甲计划、乙行动).
_WHOLE_ITEM = (
    *"动划程战略策度制会议节赛坛周典季话谈革点系案法”",
    *(
        "工作",
        "意见",
        "纲要",
        "提质",
        "增效",
        "提效",
        "振兴",
        "焕新",
        "攻坚",
        "扩容",
        "孵化",
        "集聚",
        "引育",
        "领先",
        "增产",
        "防控",
    ),
    *("关爱", "强基", "节水", "节能", "降碳", "扩能", "演练", "激励", "挖潜", "倍增", "协同", "推介"),
)
_WRITTEN = ("方案", "规划", "意见", "办法", "细则", "条例", "决定", "纲要", "措施")  #: what documents end with
_BODY_ENDS = frozenset("局厅委院学司会")
_SHARED_DEEDS = ("保护", "富裕", "缔造", "体")  # 共同 | 保护合作区
#: What a body is to become: 云岭研究院 | 建设世界一流研究院.
_FINE = ("世界一流", "国内一流", "全国一流", "国际一流")
_MAKING = ("建设", "打造", "创建", "共建")  # 营口片区 | 建设 | 陆港枢纽产业园
#: Verbs that a campaign may begin with after the verb that governs it (开展 | 维护…行动).
_OBJECTS = frozenset(("维护", "防止", "打击", "支援", "打造", "推动", "推进", "助力", "帮助", "解决"))
_NEW = frozenset(
    ("产业", "技术", "产品", "能源", "业态", "消费", "市民", "农人", "农村", "职业")
)  #: what 新 is part of
_MEETING_WORDS = frozenset(("全省", "全市", "全国", "全区", "首次", "企业家"))  #: what meetings are named after
_WORKS = ("工程", "项目")
_COUNTED = Regex(
    "[0-9.,一二三四五六七八九十百千两几]+[个家项条座批次轮处种类]"
    "|[百千万亿]+[余多]?[个家项条座批次轮处种类间所名场支]"  # the measure of a number before it: 8.6 | 万座
)
_COUNTED_LAST = frozenset("个家项条座批次轮处种类间所名场支")
_DIGIT = Regex("[0-9一二三四五六七八九十百两几]")
_DIGITS = frozenset("二三四五六七八九")
_AREA = Regex("[0-9.一二三四五六七八九十百千万亿]{1,6}[余多]?[亩头羽]")  # how much of a kind there is
_CALLED_ZONES = ("综保区", "综合保税区", "经开区", "高新区")
_KINDS = (
    "省",
    "市",
    "县",
    "国",
    "各",
    "全",
    "新",
    "老",
    "沿",
    "边",
    "内",
    "两",
    "多",
    "本",
    "该",
    "其",
    "跨",
    "海",
    "原",
    "大",
    "中",
    "西",
    "东",
)
_DEEDS = ("行动", "专项行动", "工程")
_NUMERAL = Regex("[0-9.,一二三四五六七八九十百千两]+大?")
_FESTIVALS = ("电影节", "艺术节", "音乐节", "戏剧节", "动漫节")  # 国际电影节: the one of the place that tells of it
_VAGUE = frozenset(("相关", "有关", "各类", "各项", "系列", "其他"))  # 联合国有关论坛
_SUM = Regex("[两三四五六七八九十]大")  # 长江、黄河两大流域
_ANEW = "新一轮"
#: What a zone has in it: 云岭经开区 | 装备产业园.
_PARK = Regex(
    f"(?:(?![的和与及等在区内、])[\u4e00-\u9fff]){{2,6}}?(?:产业园区|{'|'.join(_INDUSTRY_PARKS)}|智造园)(?!区)"
)
_HAS_PARKS = ("区", "新城")
_ZONED = frozenset("区园城港市县省州")
_OF_PLACES = ("venue", "named_works")
_SUMMED, _SUM_REACH = Regex("(?:[两三四五六七八九十]大|[0-9多两三四五六七八九十]个)$"), 3
_NAMED_AFTER = (
    "高速",
    "海上风电",
    "纪念馆",
)  #: what is called by a name that the dictionary has for a person's (云霞高速)
_GIVING = ("补偿机制", "补水机制")  #: what one place has, unlike what it has with another (与云岭 | 合作机制)
_SPEEDED = frozenset(("加快", "加速", "支持"))
#: Works whose name is whole without 一期.
_SEATED_WORKS = ("基地", "项目", "工程", "产业园", "园区")
_NO_TAIL = {"新院": "区"}  #: what makes a tail another word: 新院 | 区
_PHASES = ("一期", "二期", "三期", "四期")
_BLENDED = 8  #: characters of the first of two things that are blended: 先进制造业 | 和休闲观光业融合发展试点
_RESERVES = ("park", "national_park")  #: groups of what the nation keeps
_SHORT_QUOTE = 4  #: two quotations side by side are one name only where they are this short (“特”“优”)


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Heads that make names of one type in one way."""

    id: str
    type: str
    words: tuple[str, ...]
    evidence: Literal["proper", "content", "place", "local", "two", "code", "unknown", "coined", "ordinal"]
    never: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    other: str = ""  #: the type of the names that hold one of `social`
    social: tuple[str, ...] = ()
    built: tuple[str, ...] = ()  #: what works are made of; a name that holds none of them is of the `other` type
    common: str = ""  #: the type of the names that say what is done, and not where (黑土保护工程)
    joint: bool = False  #: a conjunction may stand in the name (文化和旅游局)
    own: bool = False  #: 省, 市 … before the rest stand for the document's own place (市文旅局)
    national: bool = False  #: 国家, 中国, 国际 … before the rest make it a name
    governed: bool = False  #: only after a verb that such names are the object of
    barred: tuple[str, ...] = ()  #: what no name of the group holds, but for one that begins with a quotation
    subject: bool = False  #: only where it begins a clause, of which what befalls works or machines is said
    closed: bool = False  #: only where the noun phrase ends with the head
    strict: bool = False  #: `closed` and `governed` hold even where what stands before is proper
    hits: tuple[tuple[str, str], ...] = ()
    misses: tuple[str, ...] = ()


class Award(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Honours: what follows a verb of winning and ends in one of `heads`."""

    verbs: tuple[str, ...]
    quoted: tuple[str, ...]  #: those of them that a quotation after them is an honour
    heads: tuple[str, ...]
    scope: tuple[str, ...]
    winning: tuple[str, ...]  #: those that a row of titles may follow
    entering: tuple[str, ...]  #: those that titles of the nation may follow
    ranks: tuple[str, ...]
    units: tuple[str, ...]  #: what titles end on: one of `ranks` with one of these


class Winners(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What wins titles: the subject of one of `verbs` that ends like a name of a type."""

    verbs: tuple[str, ...]
    ends: dict[str, tuple[str, ...]]  #: type → what its names end on
    settled: tuple[str, ...]  #: those of places that need no other sign
    plain: tuple[str, ...]  #: kinds of them that are nobody's name
    departments: tuple[str, ...]  #: bodies of which the document's place has one


class Coded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What carries a code: nouns of craft and engines, and the names of series."""

    nouns: tuple[str, ...]
    series: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the items of a row of names end on, and what only tells a kind of them."""

    id: str
    type: str
    ends: tuple[str, ...]
    kinds: tuple[str, ...]  #: what an item that is only a kind has before its ending, or ends on before it
    names: tuple[str, ...] = ()  #: those of the endings on which words of the dictionary are names too (关帝庙)
    verbs: tuple[str, ...] = ()  #: those that show one item alone to be a name (整治白马河)
    least: int = 1  #: characters before the ending
    most: int = 4


class Enumerated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the items of an enumeration end on, by what they are."""

    works: tuple[str, ...]
    placed: tuple[str, ...]  #: those of `works` that a firm alone in its list has built
    spots: tuple[str, ...]
    museums: tuple[str, ...]
    halls: tuple[str, ...]
    institutions: tuple[str, ...]
    seats: tuple[str, ...]  #: what firms settle with
    sorts: tuple[str, ...]  #: what only says of what sort a product is


class FreeTrade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What provinces call their free trade zone, and what stands beside it where it is not theirs."""

    form: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    provinces: frozenset[str]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/entity_heads.toml``; its comments say what each table is for."""

    business: frozenset[str]
    measure: frozenset[str]
    generic: frozenset[str]
    governing: frozenset[str]
    verbs: frozenset[str]
    coined: frozenset[str]
    openers: frozenset[str]
    actors: frozenset[str]
    inner: frozenset[str]
    toponyms: frozenset[str]
    toponyms_not: frozenset[str]
    acting: frozenset[str]
    heads: tuple[Group, ...]
    award: Award
    winners: Winners
    coded: Coded
    alone: dict[str, tuple[str, str]]
    shared: tuple[str, ...]
    not_shared: tuple[str, ...]
    enumerated: Enumerated
    free_trade: FreeTrade
    rows: tuple[Row, ...]
    full: dict[str, str]


@cache
def rules() -> Rules:
    """Return the rules, checked.

    Raises DataError for an unknown key or type, and for two groups that claim one head.
    """
    try:
        loaded = msgspec.convert(head_words(), Rules)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_SOURCE}: {error}") from error
    claimed: dict[str, str] = {}
    for group in loaded.heads:
        for type_ in (group.type, group.other or group.type, group.common or group.type):
            if type_ not in TYPES:
                raise DataError(f"{_SOURCE}: {group.id}: no such entity type: {type_!r}")
        for word in group.words:
            if claimed.setdefault(word, group.id) != group.id:
                raise DataError(f"{_SOURCE}: {group.id}: {word!r} is a head of {claimed[word]} already")
    for row in loaded.rows:
        if row.type not in TYPES:
            raise DataError(f"{_SOURCE}: {row.id}: no such entity type: {row.type!r}")
    for word in loaded.shared:
        if word not in claimed:
            raise DataError(f"{_SOURCE}: shared: {word!r} is a head of no group")
    return loaded


@cache
def _matcher() -> tuple[AhoCorasick, dict[str, Group], frozenset[int], frozenset[int]]:
    groups = {word: group for group in rules().heads for word in (*group.words, *sorted(group.alone))}
    words = tuple(sorted(groups))
    governing = frozenset(i for i, word in enumerate(words) if groups[word].governed)
    told = frozenset(i for i, word in enumerate(words) if groups[word].subject)
    return AhoCorasick(words, matchkind=MatchKind.Standard), groups, governing, told


class Piece(msgspec.Struct, frozen=True):
    """A word, a quotation or a bracket that may belong to a name."""

    start: int
    end: int
    text: str
    quoted: bool = False
    named: bool = False  #: of a place or known name


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
            candidate = _build(view, words, marked, start, end, group, region, governed)
            if not candidate and spare.get(end, start) != start:
                group = groups[view[spare[end] : end]]
                candidate = _build(view, words, marked, spare[end], end, group, region, governed)
            if not candidate and _is_house(view, end, group) and (at := _founded(view, words, start, group)):
                candidate = _candidate(view, at, start, _extend(view, end, group), group, region)
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
            own = group.own and _OWN.match(view, candidate.start)
            if ends.get(candidate.end) != group.type or own or _ORDINAL.match(view, candidate.start):
                yield candidate

    yield from _siblings(view, words, marked, built, bare, region)


def _is_house(view: str, end: int, group: Group) -> bool:
    return group.id in _FOUNDED_KINDS or view.endswith("基金", 0, end)


def _founded(view: str, words: Words, head: int, group: Group) -> int | None:
    """Return where the name of what is set up begins: after its verb, and saying more than every centre is called."""
    found = _SET_UP.search(view, max(head - _REACH, 0), head)
    if not found or not words.is_boundary(found.end()):
        return None
    settings = rules()
    inside = [view[a : a + n] for a, n in words.between(found.end(), head)]
    plain = (settings.generic, settings.measure, group.never)
    special = [word for word in inside if len(word) > 1 and not any(word in listed for listed in plain)]
    return found.end() if special and head - found.end() >= _SET_UP_LEAST else None


def _acted_on(view: str, words: Words, head: int, end: int, group: Group, region: str | None) -> Candidate | None:
    """Return the campaign that reaches from the verb that begins its clause to its head, whatever verbs it holds."""
    floor = max(head - _REACH, 0)
    clause = max(view.rfind(mark, floor, head) for mark in "，。；：、！？”》）\n\u3000 ") + 1
    found = _ACTED.search(view, max(clause, floor), head)
    if not found or not _CLOSED.match(view, end) or not words.is_boundary(found.start("name")):
        return None
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
        if after != kin and not (last >= 0 and start - closes[last] <= _REACH):
            continue
        told = msgspec.structs.replace(group, evidence="content", closed=False)
        found = _build(view, words, marked, start, end, told, region, set())
        if not found or found.end - found.start < _SIBLING_ZONE:
            continue
        before = ends.get(found.start - 1, "")
        parked = group.id == "zone" and view.endswith(_INDUSTRY_PARKS, start, end) and before in _PARK_KIN
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
    if group.subject and not _BEFALLS.match(view, end):
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
    if group.type == "place" and any(_EDITION_END.search(p.text) for p in pieces):
        return None  # 第四届黄河流域 | 宣传月
    if group.type == "place":
        last = max((i for i, p in enumerate(pieces) if p.text in rules().verbs), default=-1)
        pieces = pieces[last + 1 :]
    if group.evidence == "proper" and group.type in ("place", "project", "org"):
        pieces = _from_name(marked, pieces)
    if group.id == "battle" and any(_MEASURE.fullmatch(p.text) for p in found[: len(found) - len(pieces)]):
        return None
    if pieces and pieces[-1].text in _VAGUE and view[head:end] not in ("活动", "会议"):
        return None
    if group.subject and pieces and not (pieces[0].start == 0 or view[pieces[0].start - 1] in _SEPARATOR):
        return None
    if group.evidence == "ordinal":
        numbered = _TIME.search(view, max(head - _TIME_REACH, 0), head)
        return _candidate(view, numbered.start(), head, end, group, region) if numbered else None
    if view[head:end] in group.alone or (
        len(pieces) == 1 and pieces[0].text in _OWNERS and group.own and view.endswith(_OWN_FAIRS, head, end)
    ):
        start = pieces[0].start if pieces and (pieces[0].named or pieces[0].text in _OWNERS) else head
        edition = _EDITION_END.search(view, max(start - 8, 0), start)
        start = edition.start() if edition else start
    elif pieces and _is_name(view, marked, pieces, end, group):
        start = pieces[0].start
        named = is_proper(view, marked, pieces)
        coined = (
            len(pieces) == 2
            and group.id == "expressway"
            and all(len(p.text) == 1 and p.text not in _PLAIN and not marked[p.start] for p in pieces)
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
        and view[pieces[-1].start - 1] in _SEPARATOR
    ):
        start = pieces[-1].start
    else:
        return None
    if group.id == "named_works" and _COUNT_OF.match(view, end):
        return None  # 承接京津冀转移项目 | 131个
    making = group.type == "org" and any(p.text in _MAKING for p in pieces[:-1])
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
        and not any(_holds_mark(marked, p) or (p.quoted and p is pieces[0]) for p in pieces)
        and (_COUNT_BEFORE.search(view, max(start - _COUNT_REACH, 0), start) or _COUNT_AFTER.match(view, end))
    ):
        return None
    own = _OWN.match(view, start) if group.own else None
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
    if view[start - 1 : start] in _CONJUNCTIONS and "融合" in view[start:end]:
        start = _blended(view, words, start)
    if group.type == "project" and view[end - 1] != "站":  # 云岭南站 | 到霞溪北站
        start = origin(view, start)
    built = _candidate(view, start, head, _branch(view, marked, _extend(view, end, group), group), group, region)
    if group.common and not (is_proper(view, marked, pieces) or _SITE.search(built.canonical)):
        return msgspec.structs.replace(built, type=group.common)
    if group.type == "org" and view.startswith(_PHASES, built.end):  # of an institute: it is built
        end = built.end + len(_PHASES[0])
        name = built.canonical + view[built.end : end]
        return msgspec.structs.replace(built, end=end, type="project", canonical=name)
    return built


def _blended(view: str, words: Words, start: int) -> int:
    """Return where a name begins that blends what stands before the conjunction with the rest: 文化 | 和旅游融合…."""
    floor = max(start - 1 - _BLENDED, 0)
    first = at = start - 1
    while at > floor and (at := words.before(at, floor)) < first:
        text = view[at:first]
        if text[0] in _STOPS or text in rules().governing or text in rules().verbs:
            break
        first = at
    return first if start - 1 - first > 1 else start


def _from_name(marked: bytearray, pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` from the first place or known name on, where a verb stands before that (有力 处置 | 都柳江)."""
    first = next((i for i, p in enumerate(pieces) if marked[p.start] or p.quoted), 0)
    if pieces and _NATIONAL.match(pieces[0].text):
        return pieces  # 国家审评检查 | 华中 | 分中心
    return pieces[first:] if any(is_verb(p.text) and p.text not in rules().coined for p in pieces[:first]) else pieces


def _anew(view: str, marked: bytearray, pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` after 新一轮, where what it is for has a name of its own (云岭经开区 | 新一轮 | 总体规划)."""
    for i, piece in enumerate(pieces):
        if piece.text == _ANEW and i and (marked[piece.start - 1] or view[piece.start - 1] in _ZONED):
            return pieces[i + 1 :]
    return pieces


def _undated(view: str, pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` after the day on which a meeting is held (2025年4月27日 | 云州市第二届…会议)."""
    date = _DAY.match(view, pieces[0].start)
    return [p for p in pieces if p.start >= date.end()] if date else pieces


def _after_verbs(pieces: list[Piece]) -> list[Piece]:
    """Return the quotation that `pieces` end with, where only verbs stand before it (提质升级 | “智汇云岭”计划)."""
    verbs = rules().verbs
    return pieces[-1:] if all(p.text in verbs or is_verb(p.text) for p in pieces[:-1]) else pieces


def _after_organ(pieces: list[Piece]) -> list[Piece]:
    """Return `pieces` from a quotation on, where whose campaign it is stands right before it (省委 | “…”行动)."""
    quoted = next((i for i, p in enumerate(pieces) if p.quoted), 0)
    return pieces[quoted:] if quoted and pieces[quoted - 1].text in _ORGANS else pieces


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
    moved = any(p.text in rules().verbs or p.text in _MAKING for p in pieces[:first])
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
    return any(resolve(name[:length]) for length in range(2, 8)) or _NATIONAL.match(name) is not None


def _is_other(name: str, group: Group) -> bool:
    """Whether a name is of the other type of its `group` by what it holds: it trains or serves, or builds nothing."""
    return any(word in name for word in group.social) or (
        bool(group.built) and not any(word in name for word in group.built)
    )


def _is_of_works(view: str, start: int, head: int) -> bool:
    """Whether a name that ends in a quotation and 工程 begins with what is built there (云州机场 | “新翼”工程)."""
    opened = view.rfind("“", start, head)
    return opened > start and view.endswith(_BUILT, start, opened) and not in_dictionary(view[start:opened])


def origin(view: str, start: int) -> int:
    """Return where a line's name that begins at `start` begins when the place it starts from is taken in (黄村至…)."""
    match = _ORIGIN.search(view, max(start - 9, 0), start) if view[start - 1 : start] in ("至", "到") else None
    if not match:
        reaches = view.endswith("至", 0, start)
        over = _OVER.search(view, max(start - 14, 0), start) if reaches else None  # 甲至乙至 | 丙特高压
        return over.start("place") if over else start
    at, place = match.start("place"), match["place"]
    settings = rules()
    while len(place) > 3 and (place[:2] in settings.governing or place[:2] in settings.verbs):
        at, place = at + 2, place[2:]
    return at + 1 if len(place) > 2 and place[0] in "到在从由" else at


def stretch(view: str, end: int) -> int:
    """Return where a name that ends at `end` ends with the stretch of its line (武宜段) or its unit (1号机组)."""
    match = _STRETCH.match(view, end) or _SECTION.match(view, end)
    if not match and view.endswith(_POWER, 0, end):
        match = _UNITS.match(view, end)
    return match.end() if match else end


def _is_governed(view: str, words: Words, start: int, group: Group, governed: set[int]) -> bool:
    """Whether the name at `start` is the object of a verb that such names have, or follows one of its kind that is."""
    if view[start - 1 : start] in _SERIES:
        return start - 1 in governed or _is_second(view, start - 1)
    at = words.before(start, max(start - 8, 0))
    while view[at:start] in ("了", "好", "新一轮", "一批") and at > 0:
        start, at = at, words.before(at, max(at - 8, 0))
    return view[at:start] in rules().acting


def _is_second(view: str, at: int) -> bool:
    """Whether a verb that such names have and one item stand before the conjunction at `at` (实施工业强基、)."""
    start = max(at - _ITEM_REACH, 0)
    at -= view.startswith("”", at - 1)
    left = max((view.rfind(stop, start, at) for stop in "，。；：、\n"), default=-1) + 1
    return any(
        0 < at - (view.find(verb, left, at) + len(verb)) <= _ITEM for verb in _SHARING["plan"] if verb in view[left:at]
    )


def _joins(view: str, end: int, group: Group) -> bool:
    """Whether a name of `group` that ends at `end` may be that of a body for this and that (文化和旅游局)."""
    return group.joint and not view.endswith(_SINGLE, 0, end)


def search(
    view: str,
    words: Words,
    marked: bytearray,
    head: int,
    *,
    complete: bool = False,
    type_: str = "",
    joint: bool = False,
    series: str = "",
) -> list[Piece]:
    """Return the words left of `head` that may belong to a name ending there, in text order.

    `complete` says that any wording is a name's; else only what holds a proper name is. `joint` says that
    a conjunction may stand in the name; `series`, what kind of name may share its head with a series.
    """
    settings = rules()
    found: list[Piece] = []
    floor = max(head - _REACH, 0)
    at = head
    proper = complete
    singles = 0
    while at > floor:
        mark = view[at - 1]
        if mark in _CLOSERS:
            opened = view.rfind(_CLOSERS[mark], floor, at)
            if opened < 0 or any(stop in view[opened:at] for stop in "。；\n") or _NUMBERED.match(view, opened):
                break
            if mark == "”" and at - opened == len("“1”") and _CODE.match(view, opened + 1):
                break  # “N”个中心
            if found and found[-1].quoted and mark == "”" and at - opened > _SHORT_QUOTE:
                break
            found.append(Piece(opened, at, view[opened:at], quoted=mark == "”"))
            proper = proper or mark == "”"
            at = opened
            continue
        if (
            mark in _LINKS
            and found
            and (marked[at] or (type_ == "project" and mark == "—" and view[at] not in _PLAIN))
            and (_is_linked(view, marked, at - 1) or (type_ == "project" and _is_led(view, found, at - 1)))
        ):
            found.append(Piece(at - 1, at, mark))
            at -= 1
            continue
        if (
            mark == "、"
            and found
            and series in _SHARING
            and (series != "meeting" or view.startswith(_SERVED, head))
            and _shares(view, words, marked, at - 1, floor, series)
        ):
            found.append(Piece(at - 1, at, mark))
            at -= 1
            continue
        if mark in _STOPS and not (mark == "/" and type_ == "project"):
            break
        capacity = (
            _CAPACITY.search(view, max(at - _CAPACITY_REACH, floor), at)
            if type_ == "project" and mark in _CAPACITY_END
            else None
        )
        if capacity:
            if view[capacity.start() - 1] in _ABOUT:
                break
            found.append(Piece(capacity.start(), at, capacity.group()))
            at = capacity.start()
            continue
        edition = _EDITION_END.search(view, max(at - 8, floor), at) if mark in "届次" and type_ == "meeting" else None
        start = edition.start() if edition else words.before(at, floor)
        text = view[start:at]
        if (
            text == "大"
            and at == head
            and series == "plan"
            and view[start - 1] in _DIGITS
            and view.startswith(_DEEDS, at)
        ):
            start, text = start - 1, view[start - 1 : at]  # 七大 is no word where 十大 is one
        if (mark in _COUNTED_LAST and _COUNTED.fullmatch(text)) or (
            (text in _CLASSIFIERS and _DIGIT.match(view, start - 1))
            or (text in _DIVISIONS and view[start - 1 : start] in _ARABIC)
            or (text in _FIRST_OF and view[start - 1 : start] == "首")
            or (text in _MONEY and view[start - 1 : start] in _ARABIC)
        ):
            break
        named = bool(marked[start])
        if (
            text == _NATION
            and found
            and not view.startswith("产", at)
            and type_ in ("project", "org")
            and not complete
            and not found[-1].named
        ):
            found.append(Piece(start, at, text))
            break
        if named and len(text) == 1 and view.startswith("在", start - 1) and words.is_boundary(start - 1):
            break  # 在沪 | 国家实验室
        inner = (
            complete
            and type_ in ("plan", "document")
            and (text == "问题" or (text in _OBJECTS and view[words.before(start, floor) : start] in settings.acting))
        ) or (
            complete
            and text in settings.inner
            and (found or marked[start - 1])
            and (
                marked[start - 1]
                or _follows_noun(view, words, start, floor)
                or (type_ in ("document", "plan") and _is_acted(view, words, start))
            )
        )
        if (
            not named
            and not inner
            and not (text == "共同" and found and found[-1].text in _SHARED_DEEDS)
            and not (
                text == "经" and found and len(found[-1].text) == 1 and _OWN.match(view, start - 1)
            )  # 市 | 经 | 发集团
            and (
                (
                    _governs(text, type_)
                    and not (type_ == "project" and _begins_line(view, words, found, start, head))
                    and not (text in _CAMPAIGNED and at == head and view.startswith(_CAMPAIGNS, head))
                    and not (text in _CAMPAIGNED and found and type_ == "policy")  # 重点项目 | 贷款贴息政策
                )
                or (found and found[-1].quoted and text in settings.actors and not _object(view, words, start, floor))
            )
        ):
            break
        if (
            text in _CONJUNCTIONS
            and type_ == "project"
            and marked[start - 1]
            and (any(p.text in _INTEGRATING for p in found) or view.startswith("水系连通", head))
        ):
            found.append(Piece(start, at, text))
            at = start
            continue
        if (
            text == "及"
            and found
            and (
                found[-1].text.startswith(_SURROUNDING)
                if type_ in ("plan", "document")
                else not any(p.named for p in found)
                and view.startswith(_GIVEN_OUT, head)
                and _spans(view, words, marked, start, type_)
            )
        ):
            found.append(Piece(start, at, text))
            at = start
            continue
        if text in _CONJUNCTIONS and found and _shares(view, words, marked, start, floor, series):
            found.append(Piece(start, at, text))
            at = start
            continue
        if text in _CONJUNCTIONS and found and view[start - 1] == "）" and type_ == "org":
            break  # 国家检测中心（云岭） | 和云岭交易中心
        if (
            text in _CONJUNCTIONS
            and not named
            and not (found and (joint or type_ == "meeting") and _spans(view, words, marked, start, type_))
        ):
            if found and ((proper and not (joint and complete)) or found[-1].text in _OWNERS):
                break
            if type_ == "document" and view.endswith(_WRITTEN, 0, start):
                break
            if found and _NATIONAL.match(found[-1].text) and type_ in ("org", "project"):
                break
            if not joint or view[start - 2 : start] in view[head : head + _HEAD_REACH]:
                return []
        if text in settings.verbs and proper and not complete and not named:
            break
        if type_ == "org" and (
            (text == "共建" and not view.endswith(("省部", "部省"), 0, start))
            or (text == "联合" and view[start - 1] in _BODY_ENDS)
        ):
            break  # 云岭大学 | 共建 | 院士工作站, 市文旅局 | 联合 | 市商务局
        if (
            type_ in ("project", "place")
            and text in _MAKING
            and (found or (text != "共建" and not complete))
            and not view.startswith(_WORKS, head)
            and not view.endswith(("省部", "部省"), 0, start)
        ):
            break
        found.append(Piece(start, at, text, named=named))
        singles = singles + 1 if len(text) == 1 else 0
        proper = proper or named or _tells(text) or singles > 1
        at = start
    found.reverse()
    return found


def _spans(view: str, words: Words, marked: bytearray, conjunction: int, type_: str) -> bool:
    """Whether a meeting's name reaches over the conjunction: before it stands a bare noun after a word of scope.

    中国 | 家电 | 及 消费电子博览会; but 旅博会 | 和 | 文化节 are two.
    """
    if type_ not in ("meeting", "org", "project"):
        return False
    at = conjunction
    for _ in range(_JOINED):
        if at == 0 or view[at - 1] in _STOPS:
            return False
        start = words.before(at, 0)
        text = view[start:at]
        if marked[start] or _NATIONAL.fullmatch(text) or text in rules().toponyms:
            return at < conjunction
        if (
            text.endswith(_GATHERED)
            or text.endswith(_BODIES)
            or text in ("同志", "重要")
            or _governs(text, type_)
            or text in _CONJUNCTIONS
        ):
            return False
        at = start
    return False


def _is_linked(view: str, marked: bytearray, at: int) -> bool:
    """Whether a place, 中国 or 中国（山西） ends at `at`, where a dash joins it to the next."""
    end = view.rfind("（", max(at - 8, 0), at) if view.startswith("）", at - 1) else at
    return end > 0 and bool(marked[at - 1] or marked[end - 1] or view.endswith("中国", 0, end))


def _is_led(view: str, found: list[Piece], at: int) -> bool:
    """Whether a line of so many kilovolts leads to what stands after the dash at `at` (巴林—奈曼—阜新500千伏…工程)."""
    return _LED.search(view, max(at - _LED_REACH, 0), at) is not None and any(p.text.endswith("千伏") for p in found)


def _shares(view: str, words: Words, marked: bytearray, at: int, floor: int, type_: str) -> bool:
    """Whether the series that `at` ends an item of is the object of one verb and shares the head after it.

    实施 | 餐饮 | 、 | 住宿业服务质量提升行动; but not where an item is a name by itself.
    """
    sharing = _SHARING.get(type_)
    if sharing is None or at <= floor or marked[at - 1] or view.endswith(_WHOLE_ITEM, 0, at):
        return False
    if view[words.before(at, floor) : at] in rules().verbs:
        return False  # 种业振兴、产能提升行动: an action of its own, without its head
    end = at
    while end > floor and (view[end - 1] == "、" or view[end - 1] not in _STOPS) and view[end - 1] not in _CLOSERS:
        start = end - 1 if view[end - 1] == "、" else words.before(end, floor)
        text = view[start:end]
        if text in sharing:
            return end < at
        if text == "的" or (text not in _CONJUNCTIONS and _governs(text, type_)):
            return False
        end = start
    return False


def _begins_line(view: str, words: Words, found: list[Piece], start: int, head: int) -> bool:
    """Whether the one character at `start` and the next are the ends of a line (连霍高速, 将淖铁路), not a verb."""
    if view.startswith("灌区", head) and head - start == 1:
        before = words.before(start, 0)
        return start - before == 1 and before > 0 and view[before - 1] in _STOPS
    if head - start != 2 or len(found) != 1 or not view.startswith(_LINES, head):
        return False
    return view[start - 1 : start] in _STOPS or start - words.before(start, 0) > 1


def _object(view: str, words: Words, start: int, floor: int) -> bool:
    """Whether the noun phrase that ends at `start` is the object of a verb that plans have (实施 高新技术 | 企业…)."""
    if start == floor or view[words.before(start, floor) : start] in rules().acting:
        return False  # 组织 干部…: whom the verb sets to it
    while start > floor and view[start - 1] not in _STOPS:
        at = words.before(start, floor)
        text = view[at:start]
        if text in rules().acting:
            return True
        if _governs(text, "plan"):
            return False
        start = at
    return False


def _is_acted(view: str, words: Words, start: int) -> bool:
    """Whether a verb that plans and documents are the object of stands right before `start` (出台 | 高质量…条例)."""
    return view[words.before(start, max(start - 8, 0)) : start] in rules().acting


def _follows_noun(view: str, words: Words, start: int, floor: int) -> bool:
    """Whether the word that ends at `start` may be the noun that a name begins with."""
    before = view[words.before(start, floor) : start] if start > floor else ""
    settings = rules()
    return len(before) > 1 and not (before in settings.governing or before in settings.verbs or is_verb(before))


def _governs(text: str, type_: str) -> bool:
    governing = rules().governing
    if text in governing:
        return not ((type_ == "meeting" and text in _MEETING_WORDS) or (type_ == "plan" and text == "企业家"))
    moving = rules().verbs
    return len(text) == 4 and all(half in governing or half in moving for half in (text[:2], text[2:]))


def trim(view: str, pieces: list[Piece], type_: str = "") -> list[Piece]:
    """Take from the left what a name does not begin with: verbs that govern it, and how many there are."""
    settings = rules()
    clausal = type_ in ("plan", "document")
    openers = settings.openers if clausal else settings.verbs
    opening = bool(pieces) and (
        pieces[0].start == 0
        or view[pieces[0].start - 1] in _SEPARATOR
        or view[pieces[0].start - 1] in "为是即"
        or view.startswith(_ADVERBS, pieces[0].start - 2)
    )
    counted = governed = False
    while pieces:
        first = pieces[0]
        if first.quoted or first.named or (type_ == "meeting" and _ORDINAL.match(view, first.start, pieces[-1].end)):
            break
        text = first.text
        if text[0] == "（" or (text == "同" and len(pieces) > 1 and pieces[1].named):
            pieces = pieces[1:]
            continue
        measure = text[0] in _NUMERIC and _MEASURE.fullmatch(text) is not None and view[first.end] != "+"
        if not (
            ((opening or not clausal) and text in openers and len(pieces) > 1)
            or (not clausal and len(pieces) > 1 and is_verb(text))
            or measure
            or (text[-1] in _CAPACITY_END and _CAPACITY.fullmatch(text) is not None)
            or (
                text in _LEADING
                and not (len(pieces) == 2 and text in "新本" and len(pieces[1].text) == 1)
                and not (clausal and text == "新" and len(pieces) > 1 and pieces[1].text in _NEW)
                and not (clausal and len(pieces) == 2 and text == "强" and view.endswith(_acting(), 0, first.start))
            )
            or (counted and text in _CLASSIFIERS)
        ) or (text == "服务" and (governed or (clausal and _is_served(view, first.start)))):
            break  # 深化 | 服务民营企业行动
        governed = governed or (clausal and text in openers)
        counted = measure
        pieces = pieces[1:]
    return pieces


def _is_served(view: str, start: int) -> bool:
    """Whether 服务 at `start` begins a campaign rather than governs it: after its verb, or in a series of them."""
    return view.startswith("、", start - 1) or view.endswith(_acting(), 0, start)


@cache
def _tells(text: str) -> bool:
    """Whether a word shows a name to be proper: no dictionary has it, it names a place, or it holds a code."""
    settings = rules()
    if len(text) > 1 and (
        not in_dictionary(text)
        or text in settings.toponyms
        or (len(text) > 2 and _PROVINCES.issuperset(text))
        or (is_toponym(text) and text not in settings.toponyms_not)
        or is_personal(text)
    ):
        return True
    return bool(_CODE.search(text))


def _is_name(view: str, marked: bytearray, pieces: list[Piece], head_end: int, group: Group) -> bool:
    """Whether the words before the head are evidence enough for its group."""
    settings = rules()
    if (
        group.type in ("org", "place", "project", "meeting")
        and not pieces[0].quoted
        and _GRADE.match(view, pieces[0].start)
        and not (group.type == "meeting" and len(pieces) > 2 and view.startswith("全球", pieces[0].start))
    ):
        return False
    if group.id == "mechanism" and (
        (view.endswith(("与", "和", "同"), 0, pieces[0].start) and not view.endswith(_GIVING, 0, head_end))
        or any(p.text in settings.verbs or p.text in _MAKING for p in pieces)
    ):
        return False  # 与六安 | 建立合作机制
    if group.evidence == "local":
        return (
            bool(marked[pieces[0].start])
            or pieces[0].text in settings.toponyms
            or (len(pieces[0].text) > 1 and _PROVINCES.issuperset(pieces[0].text))
            or (group.id == "team" and pieces[0].text == "中国")
        )
    if group.evidence == "two":  # 粤 | 黔, 深 | 哈, not 上海
        return is_proper(view, marked, pieces) and not (len(pieces) == 1 and pieces[0].named)
    if (
        group.id in _SEATED
        and len(pieces) > 1
        and (_NATIONAL.match(view, pieces[0].start) or pieces[-1].end - pieces[0].start >= _SEATED_LEAST)
        and _seat(view, marked, head_end)
    ):
        return True
    if pieces[0].quoted and all(p.quoted and p.text.strip("“”") in settings.measure for p in pieces):
        return False
    if any(p.quoted for p in pieces):
        placed = group.type != "place" or (len(pieces) == 1 and view.endswith(_REGIONS, 0, head_end))
        return group.evidence in ("content", "proper") and placed
    telling = [
        p
        for p in pieces
        if p.text not in settings.measure
        and p.text not in group.never
        and not (p.text[0] in _NUMERIC and _NUMERAL.fullmatch(p.text))
    ]
    if group.evidence == "code":
        return bool(_CODE.match(pieces[-1].text)) and bool(marked[pieces[0].start])
    if group.evidence == "unknown":  # a place, and two or three characters that make no word
        rest = [p for p in pieces if not marked[p.start]]
        return len(rest) < len(pieces) and len(rest) in (2, 3) and all(len(p.text) == 1 for p in rest)
    if group.evidence == "coined":  # three characters and more that make no word (木扎提 | 河)
        length = pieces[-1].end - pieces[0].start
        return length > 2 and all(
            is_personal(p.text) or (len(p.text) == 1 and p.text not in _PLAIN and p.text not in group.never)
            for p in pieces
        )
    if group.evidence == "place":
        started = view.endswith(_PHASES[0], 0, head_end) and view.endswith(_SEATED_WORKS, 0, pieces[-1].end)
        if started and _BEFALLS.match(view, head_end):
            return False  # 云岭生产基地 | 一期投产
        if group.id == "phase" and len(telling) > 1 and _BEFALLS.match(view, head_end):
            first = telling[0].text  # 鼎晖 | 光伏二期 | 开工
            return is_proper(view, marked, pieces) or is_trademark(first) or is_name(first)
        return any(_holds_mark(marked, p) for p in pieces) and len(telling) > 1
    if group.evidence == "content":
        specific = [p for p in telling if p.text not in settings.generic]
        if group.id == "measures" and all(marked[pieces[0].start : pieces[-1].end - (pieces[-1].text == "的")]):
            return False  # 参与 | 乡村振兴 | 的指导意见
        if group.id == "action" and pieces[0].named and resolve(view[pieces[0].start : pieces[-1].end]):
            return False  # 云岭 | 行动
        clausal = group.governed or group.type in ("plan", "document")
        if clausal and all(p.text in settings.verbs or p.text in settings.openers for p in pieces):
            return False
        if not clausal and all(not marked[p.start] and (p.text in settings.verbs or is_verb(p.text)) for p in pieces):
            return False
        length = pieces[-1].end - pieces[0].start
        said = pieces if group.id == "year_campaign" else telling  # 高质量 | 项目 | 推进年
        owned = pieces[0].text in _OWNERS and pieces[-1].text not in _SORTS  # 省 | 港口 | 集团
        return length >= 2 and (
            bool(specific) or (owned and group.type == "company") or sum(len(p.text) for p in said) >= 4
        )
    return (
        is_proper(view, marked, pieces, group.never)
        or (
            group.own
            and bool(group.type in ("org", "company") or telling)
            and bool(_OWN.match(view, pieces[0].start))
            and view[pieces[0].start - 1 : pieces[0].start] not in OWN_LEFT
        )
        or (group.national and _is_national(pieces, telling, group))
        or (group.subject and is_trademark(pieces[0].text))
        or (group.id == "prize" and pieces[0].text == "中国")
        or (len(pieces) == 1 and view.startswith(_NAMED_AFTER, pieces[0].end) and is_name(pieces[0].text))
        or (
            (  # 黄花 | 综保区, of a kind that is always somebody's
                len(pieces[0].text) == 2 and view.startswith(_CALLED_ZONES, pieces[0].end)
                if group.id == "zone"
                else group.id in _RESERVES and view.startswith("国家", pieces[-1].end)
            )
            and _is_called(view, pieces, telling, settings)
        )
    )


def _is_called(view: str, pieces: list[Piece], telling: list[Piece], settings: Rules) -> bool:
    """Whether the one noun before a head is all that its name has, be it a word (，红鹮 | 国家级自然保护区)."""
    start, text = pieces[0].start, pieces[0].text
    return (
        len(pieces) == 1
        and bool(telling)
        and len(text) > 1
        and (start == 0 or view[start - 1] in _SEPARATOR)
        and not (text in settings.generic or text in settings.coined or text in settings.verbs or is_verb(text))
        and not text.startswith(_KINDS)
    )


def _is_national(pieces: list[Piece], telling: list[Piece], group: Group) -> bool:
    """Whether 国家, 国际 … make a name of what else stands there; in that of a body it may stand anywhere."""
    scope = pieces if group.type == "org" else pieces[:1]
    if group.id == "platform" and len(pieces) == 2 and pieces[1].text == "国家":  # 稀土 | 国家 | 技术创新中心
        return pieces[0] in telling and pieces[0].text not in ("领域", "地区") and not is_verb(pieces[0].text)
    first = next((p for p in scope if _NATIONAL.match(p.text)), None)
    if first is None or first is not pieces[0]:
        return first is not None and len(telling) > 2
    longer = len(first.text) > 3 and first in telling  # 中国模具 is one word of the dictionary
    return longer or any(p is not first for p in telling)


def _holds_mark(marked: bytearray, piece: Piece) -> bool:
    """Whether a place or known name begins with `piece`, or in the brackets that it is."""
    return bool(marked[piece.start] or (piece.text[0] == "（" and marked[piece.start + 1]))


def is_proper(view: str, marked: bytearray, pieces: list[Piece], never: frozenset[str] = frozenset()) -> bool:
    """Whether `pieces` hold a place, a known name, a code, a quotation or a word that no dictionary has.

    A noun with what it is the name of does too (明月|湖).
    """
    singles = 0
    before = ""
    for piece in pieces:
        if piece.quoted or _holds_mark(marked, piece):
            return True
        if piece.text in _FEATURES and len(before) == 2 and not (is_verb(before) or before in _UNNAMED):
            return True
        before = piece.text
        if piece.text[0] == "（" and _GRADE.match(piece.text, 1):
            continue  # 快速（二级）公路
        if piece.text in never:
            singles = 0
            continue
        if _tells(piece.text):
            return True
        singles = singles + 1 if len(piece.text) == 1 else 0
        if singles > 1:
            return True
    return False


def _extend(view: str, end: int, group: Group) -> int:
    """Return where the name ends when what may follow its head is taken in (二期, 南北段)."""
    if group.type in ("plan", "document") and (edition := _VERSION.match(view, end)):
        return edition.end()
    for tail in _longest_first(group.after):
        if view.startswith(tail, end) and not view.startswith(_NO_TAIL.get(tail, "主体"), end + len(tail)):
            if tail == _PHASES[0] and _BEFALLS.match(view, end + len(tail)):
                return end  # 云岭生产基地 | 一期投产: how far it is, not its name
            end += len(tail)
            end += len("项目") * (tail[-1] == "期" and view.startswith("项目", end))
            if tail[-1] == "期":
                end += next((len(works) for works in _EXTENDED if view.startswith(works, end)), 0)
            return stretch(view, end) if group.type == "project" else end
    if group.type == "project":
        park = _PARK.match(view, end) if group.id == "zone" and view.endswith(_HAS_PARKS, 0, end) else None
        if park and not any(
            view[end : end + n] in rules().governing or view[end : end + n] in rules().verbs for n in (2, 3)
        ):
            return park.end()
        end += view.endswith(_LINES, 0, end) and view.startswith("网", end) and not view.startswith("网络", end)
        kind = _KIND.match(view, end) or _WORKED.match(view, end)
        return kind.end() if kind else stretch(view, end)
    if group.type == "org" and view.endswith("医院", 0, end) and (ward := _WARD.match(view, end)):
        return ward.end()
    section = _SECTION.match(view, end) if group.type == "place" else None
    return section.end() if section else end


def _branch(view: str, marked: bytearray, end: int, group: Group) -> int:
    """Return where the name ends when a branch that a place names is taken in (…技术创新中心 | 大同中心).

    So is the place in brackets where a thing of a national kind is (…基地 | （成都）).
    """
    if group.id in _SEATED and (seat := _seat(view, marked, end)):
        return seat
    branch = _BRANCH.match(view, end) if group.id in _BRANCHED and marked[end] else None
    return branch.end() if branch and all(marked[end : branch.start("kind")]) else end


def _seat(view: str, marked: bytearray, end: int) -> int | None:
    """Return where the bracket ends that stands at `end` and holds a place."""
    seat = _SEAT.match(view, end)
    return seat.end() if seat and all(marked[end + 1 : seat.end() - 1]) else None


def full_form(name: str, group: Group, region: str | None) -> str:
    """Write out the short parts of a name: its head, and 省 or 市 at its beginning."""
    name = full_ending(name)
    if group.type == "meeting" and (edition := _EDITION.match(name)):
        known = known_names().get(name[edition.end() :])
        name = edition.group() + known.canonical if known and known.type == "meeting" else name
    if group.id == "census":
        name = _CENSUS.sub(r"\1全国", name)
    if group.type == "meeting":
        name = name.replace("上合组织", "上海合作组织")
    if name in _FAIRS and (place := parse_region(region)) and place.level != "country":
        name = f"{short_name(place.name) or place.name}{name}"
    if name[:2] in _WHOLES and name[2:] in _FAIRS and (place := own_place(name[:2], region)):
        name = place.name + name[2:]
    edition = _EDITION.match(name) if group.type == "meeting" else None
    own = _OWN.match(name, edition.end()) if edition else None
    if edition and own and (place := division_of(own.group(), region)):
        name = place.name + edition.group() + name[own.end() :]
    own = _OWN.match(name) if group.own else None
    if own:
        place = division_of(own.group(), region)
        if place:
            name = place.name + name[own.end() :]
    if group.type == "org":
        name = _HOSPITAL.sub(r"\1第\2人民医院", name)
        if (school := _SCHOOL.match(name)) and (place := resolve(school["place"])):
            name = f"{place.name}第{school['number']}中学{name[school.end() :]}"  # 云岭一中 | 御东校区
    zone = name.removesuffix("自由贸易试验区")
    if zone != name and (province := resolve(zone)) and province.level == "province" and zone != province.name:
        name = f"中国（{zone}）自由贸易试验区"
    return name.replace("“", "").replace("”", "")


@cache
def _shorts() -> tuple[str, ...]:
    return tuple(rules().full)


@cache
def _acting() -> tuple[str, ...]:
    return tuple(sorted(rules().acting))


@cache
def _longest_first(tails: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(tails, key=len, reverse=True))


def _written_out(line: re.Match[str]) -> str:
    return "高速铁路" if line.group() == "高铁" else "高速公路"


def full_ending(name: str) -> str:
    """Write out the short head at the end of a name; the phase of a power station is no works of its own."""
    if not name.endswith(_shorts()):
        return _PART_OF_LINE.sub(_written_out, name) if "高" in name else name
    for short, full in rules().full.items():
        if name.endswith(short):
            plain = name[: -len(short)]
            return name if short[-1] == "期" and plain.endswith(_STATIONS) else plain + full
    return _PART_OF_LINE.sub(_written_out, name)
