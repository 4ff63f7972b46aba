"""Names that marks and wording show: titles in 《》, a quotation with its head, honours after a verb of winning."""

import re
from collections.abc import Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.entities.builder import CARRIED
from pipeline.entities.candidate import Candidate
from pipeline.entities.heads import rules
from pipeline.entities.lexicon import known_names
from pipeline.regex import Regex, around

RANK = 30

_TITLE = Regex(r"《[^《》\n]{2,60}》(?:（草案）)?")
_DRAFT = Regex("（?草案）?$")
_SHORT_TITLE = 4  #: characters of a title's short form
_JOURNALS = Regex("《(?:科学|自然|细胞|柳叶刀)》")
_TITLE_OF_ART = 16  #: characters that the title of a work of art stays under, with its marks
_ART = Regex(
    "(?:电视剧|电影|歌曲|舞剧|话剧|纪录片|图书|小说|动画|歌剧|影片|游戏|作品|[京豫越粤川昆评淮晋湘赣秦杂]剧|杂技剧?|[\u4e00-\u9fff]戏|剧本|领衔的?|主演的?|耍孩儿|罗罗腔|二人台|梆子|音乐剧|儿童剧|短剧|舞蹈|黄梅戏|秦腔"
    "|交响乐|合唱|专题片|晚会|综艺|动漫|诗歌|专著)[^。，]{0,6}$"
)
#: What follows the title of a work of art: more of them, and what they are.
_ART_AFTER = Regex(
    r"(?:[、和]?《[^《》\n]{1,20}》){0,6}(?:热播|上映|开播|首演|火爆|[^，。；]{0,6}(?:影史|票房|传播量|播放量|收视)|(?:斩获|荣获|获得?|摘得)[^，。；]{0,8}(?:文华|梅花|飞天|金鹰|华表|五个一|群星|金鸡|百花)|(?:等|入选)?[^，。；：《》\n]{0,8}"
    "(?:影视|佳作|[\u4e00-\u9fff]剧|剧目|舞台|文艺|电影|电视剧|纪录片|影片|图书|节目|栏目|演艺|歌曲|精品力作|作品|专业))"
)
#: The mark of a footnote, which may stand between a quotation and its head: “一周一夜谈”[3]制度.
_NOTE = r"(?:(?=[\[【〔（①-⑳])(?:\[[0-9]{1,3}\]|【[0-9]{1,3}】|〔[0-9]{1,3}〕|（注?[0-9]{1,3}）|[①-⑳]))?"
_NOTED = Regex(r"\[[0-9]{1,3}\]|【[0-9]{1,3}】|〔[0-9]{1,3}〕|（注?[0-9]{1,3}）|[①-⑳]|[“”]")
_QUOTED_HEADS = {
    "policy": "[\u4e00-\u9fff]{0,4}消费券|政策措施|政策|机制|制度|模式|就诊模式|服务模式|改革模式|管理模式|治理模式"
    "|工作法|工作体系|任务清单|办法|措施|人才政策",
    "plan": "(?:系列|专项)?行动|行动计划|计划|规划|战略定位|战略(?:发展)?目标|[总主]?战略|总目标|发展战略|美好蓝图"
    "|攻坚战|攻坚行动|主题活动|活动"
    "|(?:(?![的和与及等])[\u4e00-\u9fff]){1,8}?(?:专项|三年|攻坚|提升)行动"
    "|(?:(?![的和与及等])[\u4e00-\u9fff]){0,6}(?:服务|关爱|帮扶|公益|救助)项目",
    "honor": "试点城市|示范城市",
    "project": "项目|APP|App|小程序"
    "|号|卫星|火箭|飞船|平台|第[一二三四五六七八]通道|(?:外送|绿色|黄金|物流|贸易|运输|国际|物资|战略)?大?通道|[\u4e00-\u9fff]{0,6}(?:航线|专列|班列|班轮)",
    "works": "工程",
    "meeting": "(?:(?![及和等的看])[\u4e00-\u9fff]){0,6}"
    "(?:国际会议|论坛|博览会|大赛|联赛|音乐会|系列赛事|系列赛|文化节|艺术节|[音旅购美啤电戏][\u4e00-\u9fff]节|(?:音乐|艺术|文化|演出|旅游|消费|购物)季|电影周|嘉年华|马拉松|庙会|灯会|[篮足龙排]球赛|龙舟赛|(?:挑战|邀请|公开|锦标|创业|创新|技能)赛|(?:摄影|书画|美术|作品|专题|文物)展|活动周|主题展|大展|大会)(?![战事会])",
}
#: A craft with its kind: “云岭”号科考船.
_CRAFT = Regex(
    "“[^“”\n。]{1,8}”号[\u4e00-\u9fff]{0,6}?(?:钻探船|科考船|船|舰|艇|邮轮|卫星|飞船|火箭|潜水器|盾构机|列车|动车组|无人机)(?![舶队员])"
)
#: A machine with its kind: “云岭”大型物流无人机.
_MACHINE = Regex(
    "“(?:[^“”\n。，、]{1,8}(?<!号)”(?:(?![的和与及等])[\u4e00-\u9fff]){0,8}?|[^“”\n。，、]{1,8}号”(?=科考船|动力车组|动车组|邮轮|货轮)|[^“”\n。，、]{1,8}号”[\u4e00-\u9fff]{0,4}(?=列车|机车))(?:列车|机车|动力车组|动车组|邮轮|货轮|无人机|直升机|客机|运输机|潜水器|盾构机|科考船|大模型|机器人|火箭|卫星|双星|发动机|试验船)"
    "(?![群队产企集星灯秀表编])"
)
#: A platform with what it is for: “陇上安”智慧监管平台.
_PLATFORM = Regex(
    "“(?!一站式|一体化|一网|互联网|掌上|线上|双招双引|[^“”]{0,4}式”)[^“”\n。，、]{2,10}”(?:(?![的和与及等])[\u4e00-\u9fff]){1,8}?(?<!重点)(?<!上)平台(?![体建经企化])"
)
#: Works that a sum of two things names: “人工智能+育种”重大科研项目.
_SUMMED = Regex("“[^“”\n。]{2,10}[+＋][^“”\n。]{2,10}”(?:(?![的和与及等])[\u4e00-\u9fff]){0,8}?项目")
#: A model that a sum of parts names: “院校+园区”一体化成果转化模式.
_SUM_MODEL = Regex(
    "“(?![0-9])[^“”\n。]{1,14}[+＋][^“”\n。]{1,20}”(?:(?![的和与及等为])[\u4e00-\u9fff]){0,12}?(?:模式|路径|机制|体系)(?![\u4e00-\u9fff]?体系)"
)
#: A way of doing that its parts name: “园区直通+属地查验”等措施.
_COMPOSED = Regex(
    "“(?P<name>[^“”\n。]{2,12}[+＋][^“”\n。]{2,16})”(?=等(?:监管|通关|服务|改革)?(?:措施|模式|做法|机制))"
)
#: A package of measures with its edition: “人才新政4.0”.
_PACKAGE = Regex("“(?P<name>[\u4e00-\u9fff]{2,8}新政(?:[0-9.]{1,4}版?)?)”")
#: Campaigns and occasions in a row that says what they are: “送码上门”“走街串巷”等行动.
_CAMPAIGNS = Regex(
    "(?P<row>(?:“(?!以旧换新”|[一二两双三四五六七八九十][\u4e00-\u9fff][一二两双三四五六七八九十])"
    "[\u4e00-\u9fff！ ]{3,14}”[、和]?){1,5})等(?![0-9])[^，。、；：“”\n等]{0,8}?"
    "(?<!分裂)(?<!违法)(?<!犯罪)(?<!非法)(?P<head>行动|活动|赛事)(?![力指家])"
)
_IN_ROW = Regex("“([^“”]+)”")
_OCCASIONS = tuple("节季赛超会汇荟周展杯")
#: What is held, called only by a quotation, or by its edition and one: 办好“滨河大集”, 首届“霜叶消费季”.
_HELD = Regex(
    "(?:(?:办好|举办|承办|举行)(?:了)?|首届|第[一二三四五六七八九十0-9]+届)“(?P<name>(?![一二两三四五六七八九十0-9头民关心急省])"
    "[\u4e00-\u9fffA-Z：·]{1,13}[节季赛超会汇荟周展杯坛集龙行])”(?=[，。；、]|和|活动|资源)"
)
#: A row of events with its verb and what it says that they are.
_EVENTS = Regex(
    "(?:办好|举办|承办|举行|开展|组织)(?:了|好)?(?P<row>(?:[^、，。；：\n]{3,24}、){1,8}[^、，。；：\n]{3,24}?)"
    "等(?![0-9])[^，。、；\n]{0,8}?(?:活动|赛事|展会|节会|盛会|展览)(?![力])"
)
_EVENT = Regex(
    "(?:(?!和|与|及|暨)[\u4e00-\u9fffA-Za-z0-9]){3,14}(?:节|汇|季|展|赛|大会|博览会|论坛|周|嘉年华|大典|庙会|灯会|音乐会)(?=、|和|与|及|$)"
    "|(?<=、)(?!和|与|及|暨)[\u4e00-\u9fff]{1,4}[交博洽]会(?=、|和|与|及|$)"
)
_NO_EVENT = Regex("[的等各]|一批|系列|大型|商业|各类|群众|演唱会|体育赛")
_EVENT_RANK = 12  #: below all that shows an event by itself
#: Crafts, plays and customs that are put on a list of heritage, in a row: 云岭剪纸、柳腔入选…非遗名录.
_HERITAGE = Regex(
    "(?P<row>(?:(?:(?![和与及等的被、，。；：])[\u4e00-\u9fff“”]){2,12}[、和]){0,8}(?:(?![和与及等的被、，。；：])[\u4e00-\u9fff“”]){2,12}?)"
    "(?:等(?:[0-9一二三四五六七八九十]+[余多]?[个项])?)?(?:项目)?(?:成功|新|均|被|先后|分别|首次)*(?:列入|入选|入列|纳入|跻身|转入)"
    "[^，。；、\n]{0,16}?(?:非遗|非物质文化遗产)[^，。；、\n]{0,10}?名录"
)
_HERITAGE_CUE = Regex("(?:非遗|非物质文化遗产)[^，。；、\n]{0,10}?名录")
_HERITAGE_REACH = 120
_HERITAGE_ITEM = Regex("[^、和“”]+")
#: What no craft is called: 我省 | 3个项目.
_NO_HERITAGE = Regex("[全我本该各]|[0-9]|项目|累计|一批|多[个项]|新增")
#: A sum of things, which names no measure: “四链”融合机制.
_NUMBERED = Regex("[两三四五六七八九十][\u4e00-\u9fff]")
#: How many measures there are of what is named after that.
_ITEMS_CUE = Regex("条(?=[”、，。；和及与等]|政策|升级版|$)")
_ITEMS = Regex("(?P<quoted>“[0-9一二三四五六七八九十]{1,3}条”)|(?<![0-9.])[0-9]{1,3}条$")
_NAMED_ITEMS = Regex(
    "“(?P<name>(?![一二两三四五六七八九十几]|多少)[\u4e00-\u9fff]{2,8}?(?:[一二三四五六七八九十]{1,2}|[0-9]{1,3})条)”$"
)  # “科创十条”
#: The same with what they are: 落实 | 扶持陶艺传承26条措施.
_MEASURES_COUNTED = Regex(
    "(?<=落实|实施|出台|制定|推出|印发|执行|用好)(?:了|好)?(?P<name>(?:(?![的了等和及与]|一批|若干|落实|实施)[\u4e00-\u9fff]){4,24}?"
    "(?:[0-9]{1,3}|[一二三四五六七八九]?十[一二三四五六七八九]?)条(?:政策措施|政策|措施|举措))(?=[，。；、和及]|$)"
)
_COUNTED_CUE = Regex("条(?=政策|措施|举措)")
_COUNTED_REACH, _COUNTED_SPAN = 48, 6
_ITEMS_REACH = 60
_ISSUED = Regex("(?:出台|制定|实施|落实|推出|印发|发布|执行|兑现|用好|贯彻|推行|推动|推进|配套)(?:了|好|实施|落实)?")
_SUBJECT = Regex("(?:(?![的在等])[\u4e00-\u9fff0-9.A-Z]){2,26}(?<!个)")
_OF_PLACE = Regex("(?:(?!全)[\u4e00-\u9fff]{1,5}?[省市州县区]|国家)(?:(?![的在等])[\u4e00-\u9fff]){4,26}")
_COUNTED_BY = Regex("(?:[路线道街链河渠沟巷轨段带达到至超过近约]|建议|意见|线索|信息|经验|问题|通道|产线|生产线|项目)$")
#: What a province calls its services online: “赣企通”.
_ONLINE = Regex(
    "“(?P<name>[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕陇甘青宁新疆秦]"
    "(?:[\u4e00-\u9fff]{1,2}(?:通|(?<!通)办|码|钉|政|融|贷)|[\u4e00-\u9fff]?执法))”"
)
#: One of them with what it is, which its name is found without: “云岭通办” | 平台.
_ONLINE_KIND = Regex("“(?P<name>[\u4e00-\u9fff]{2,4}(?:通|办|码|钉))”(?:[\u4e00-\u9fff]{0,4}平台|APP|App|小程序|系统)")
#: The two pairs of policies that the state coined in 2024: “两重”“两新”, without what they are.
_PAIRS = Regex("“(?P<name>两[重新])”(?!政策|项目)")
#: A reform that a quotation names: “一表同享”改革.
_REFORM = Regex(f"“[^“”、，。\n]{{2,8}}”{_NOTE}改革(?!发展|创新|任务|试点|示范|方向|经验|[\u4e00-\u9fff]?政策)")
#: What is reformed, between its verb and the quotation: 深化 | 集体林权制度 | “三变”改革.
_REFORMED = Regex("(?:深化|推进|推动|实施|开展)(?P<what>(?:(?![的和与及等了])[\u4e00-\u9fff]){2,8}(?:制度|体制))$")
_REFORMED_REACH = 12
#: A measure between the quotation and what it is: “一件事”集成服务机制.
_FILLED = "(?:(?![的和与及等是为在了中、将由等新]|对(?!接))[\u4e00-\u9fff])"
_MEASURES = Regex(
    rf"“(?P<quoted>[^“”\n。]{{1,24}})”{_NOTE}(?:{_FILLED}{{1,6}}?(?P<rule>模式|机制|制度|工作法)"
    rf"|{_FILLED}{{1,8}}?(?<=精品|主题|品牌|专项|宣传|推广|促销|采风|巡回|学习|参观|实践|推介|阅读|健身|服务|关爱|惠民|便民|科普|普法|助农|助学|公益|评选|创建|寻访|对接|招商|招聘|展演|巡演|展示|体验|交流|研学|路演|消费|订单)活动)"
    "(?![\u4e00-\u9fff]?体系)"
)
_QUOTED = Regex(
    f"“(?![两双三四]高”|一揽子”)[^“”\n。]{{1,24}}”{_NOTE}(?:"
    + "|".join(f"(?P<{kind}>{heads})" for kind, heads in _QUOTED_HEADS.items())
    + ")(?!布局|取向|导向|体系)"
)
_WHOLE_HEADS = {
    "计划": "plan",
    "行动": "plan",
    "战略": "plan",
    "攻坚战": "plan",
    "大走访": "plan",
    "大排查": "plan",
    "大练兵": "plan",
    "大比武": "plan",
    "大讨论": "plan",
    "工程": "project",
    "论坛": "meeting",
    "大会": "meeting",
    "号": "project",
    "大赛": "meeting",
    "平台": "project",
    "经验": "policy",
    "模式": "policy",
    "工作法": "policy",
    "年活动": "plan",
    "节": "meeting",
    "大展": "meeting",
    **dict.fromkeys(("攻坚年", "提升年", "深化年", "建设年", "突破年", "落实年", "推进年", "见效年"), "plan"),
}
_QUOTED_WHOLE = Regex(
    rf"“(?P<name>(?![一二三四五六七八九十两百千万0-9]+(?:[大项](?![\u4e00-\u9fff]{{3,8}}(?:行动|工程|计划)”)|个(?!年活动))|民生十大|标志性|示范|样板|重点|重大|基础|系统|形象|政绩|头号|民心|成功|先进|有益|宝贵|商业|发展|新发展|重构|构建|打造|探索|[^”]{{0,6}}(?:一站式|一体化|国家级|[省市区县]级|一平台))[^“”\n，。、]{{2,14}}(?P<head>{'|'.join(_WHOLE_HEADS)})(?<![一型账口信等称挂序编代字]号)(?<![环季春关章情细调礼佳时枝音度]节))”(?!专业)"
)
#: A campaign, belt or circle that a quotation names, with what it is for, between its verb and it:
#: 实施 | 茶农增收“伙伴计划”.
_FOR = Regex(
    "(?:(?:实施|深化|推进|开展|完成|启动|打造|建设|推动|抓好|落实|组织|出台|优化|入选)(?:了|好)?|(?<=”、))"
    "(?P<whole>(?!实施|实化|深化|推进|开展|完成|启动|打造|建设|推动|抓好|落实|组织|出台|优化|第|国家|全国|全[省市区]|[省市]级|[省市]委|中央|政府|党委|新一轮|新时代|新时期|新型|[^“”]{0,8}上市)"
    "(?:(?![的和与及了]|(?<!高)等)[\u4e00-\u9fff]){2,14}“(?![0-9]+分钟)[^“”，。、\n]{2,10}"
    "(?P<head>计划|工程|行动|走廊|生活圈|经济圈|交通圈)”)(?=[，。；、〔［【（]|建设|和|等|$|取得|初步|成效|深入|[0-9])"
)
_FOR_CUE = Regex("(?<=[\u4e00-\u9fff])“(?=[^“”，。、\n]{2,10}(?:计划|工程|行动|走廊|生活圈|经济圈|交通圈)”)")
_FOR_REACH, _FOR_SPAN = 18, 13
_FOR_TYPES = {"走廊": "project", "经济圈": "place", "交通圈": "place"}
#: A meeting with what tells it from the others of its name: “云岭论坛·大同2025”.
_SESSION = Regex("“(?P<name>[^“”\n，。、·]{2,14}(?:论坛|大会|博览会|峰会|文化节|艺术节|对话)[·•—][^“”\n，。、]{2,12})”")
#: What has an edition and ends like a gathering, whatever its trade: 首届中国云州绿茶节.
_EDITIONED = Regex(
    "(?:第[一二三四五六七八九十百0-9]{1,4}届|首届)(?P<name>(?:(?![的了为与在于届]|(?<=[会展节])[和及]|举办|召开|开幕|成功|全国人|人民代|委员|理事|常务|党代|政协|人大|中全|代表)[\u4e00-\u9fff（）·—“”]){2,20}?"
    "(?:节|大赛|联赛|挑战赛|公开赛|[^比]赛|展览|展|大典|大会|年会|论坛|灯会|庙会|花会|茶会|酒会|书会|画会|歌会|博会|洽会|交会|杯|(?:场景|美食|音乐|文化|好物|艺术|展演)汇|活动周|嘉年华|盛典|峰会))"
    "(?=[，。；、：”）\n]|$|等|和|及|暨(?=第)|活动|开幕|成功|圆满|隆重|在|于|举行|举办|顺利|如期|闭幕|期间|上|吸引|精彩|落幕|启动|永久)"
)
_EDITION_CUE = Regex("届(?![一二三四五六七八九十]{1,3}[中次]|历次)")
_EDITION_LEFT, _EDITION_SPAN = 7, 26
#: A title that the word after it calls one: “中国石雕名城”称号.
#: A day or festival that a quotation holds whole, and what is done then.
_OCCASION = Regex(
    "“(?P<name>[^“”\n，。、·+]{2,10}(?:[^今每明平节假生工终何时早当]日|文化节|艺术节|旅游节|丰收节|电影节|读书节|科技周|活动周|宣传周))”活动"
)
_CALLED = Regex("“(?P<name>[^“”\n，。]{4,24})”(?:荣誉)?称号")
#: Titles that a place is known by: “云岭茶乡”“中国砚都”美名远播.
_FAMED_CUE = Regex("”(?:的|等|这张|这一|的?城市|金字?|亮丽|文化|旅游)*(?:美名|美誉|名片|招牌|之称|桂冠)")
_FAMED = Regex("“(?P<name>[\u4e00-\u9fff]{2,10}[乡都城谷州港岛镇村源地])”[、和]?")
_FAMED_REACH = 40
#: Several titles won at once, and what one of them is: 荣获全国文明城市、国家节水城市等荣誉.
_HONOURS = Regex(
    "(?:荣获|获评|获得|被授予)(?P<items>[^。；\n]{4,100}?)(?:等(?:多项|一批|[0-9]+[余多]?[项个])?(?:国家级)?(?:荣誉|称号|殊荣)|(?:荣誉)?称号)"
)
_HONOUR = Regex(
    "(?<=[、和得评予获])“?(?P<name>(?:全国|国家|中国|世界|国际|亚洲|全省|联合国)[^、，“”和]{3,20}?)”?(?=、|和|$)"
)
#: Works and firms that a ministry certifies, counted: 建成国家级绿色工厂14户.
_CERTIFIED = Regex(
    "(?:建成|创建|新增|新建|培育|获批|拥有|认定)(?:了)?(?P<name>国家(?:级|卓越级|领航级)?[\u4e00-\u9fff]{0,8}?(?:绿色工厂|绿色园区|绿色工业园区|智能工厂|零碳园区|零碳工厂"
    "|单项冠军企业|产业集群|现代农业产业园|农业龙头企业|示范区|示范县|示范基地))(?=[0-9]|达到?[0-9])"
)
#: A prize of the nation, or a model of it, that a quotation tells from others: 国家“守信奖”, “四好农村路”全国示范县.
_NAMED_PRIZE = Regex("(?:国家|全国|中国|联合国)“[^“”，。\n]{2,14}奖”$")
_NAMED_MODEL = Regex(
    "“[^“”，。\n]{2,12}”(?:全国|国家级?)[\u4e00-\u9fff]{0,6}?(?:示范|模范|先进|优秀|标杆)"
    "(?:城市|县|市|区|省|镇|乡|村|单位|企业|基地|案例)(?![\u4e00-\u9fff]?[县市区镇])"
)
#: Zones of the nation that a place creates, so that it may call itself so: 国家…示范区 | 创建.
_ZONE = "(?:(?![的和与及等为在])[\u4e00-\u9fff]){2,16}?(?:示范区|试验区|先行区|先导区|示范[省市县])"
_CREATED = Regex(
    rf"(?:(?P<other>(?=国家|全国|全域|美丽){_ZONE})[和、与及])?(?P<name>(?:国家|全国){_ZONE})创建(?![一-鿿]?[城县市区名])"
)
_CREATED_CUE = Regex("创建")
_CREATED_REACH, _CREATED_SPAN = 64, 4
#: What a place is the first or the only one in the country to be: 建成全国首个 | …示范区.
_FIRST = Regex(
    "(?<=建成|打造|建设|创建|成为|获批|列为|跻身)(?:了|为)?全国(?:首个|首家|唯一的?|首批|[0-9一二两三四五六七八九十]个)"
    "(?P<name>(?:(?![的和与及等为在])[\u4e00-\u9fff]){2,16}?(?:(?:示范|试验|先行|先导|改革)(?:区|省|市|县|城市)|示范[岛带]))(?=[，。；、]|和|建设|$)"
)
_PRIZE_END, _MODEL_CUE = Regex("奖”"), Regex("”(?=全国|国家)")
_PRIZE_REACH = 20
_LISTED_RANK = 41
_QUOTED_HONOR = Regex("[“‘](?P<name>[^“”‘’\n]{2,24})[”’]")
_WIDE = ("世界", "全国", "国家", "联合国")  #: whose title it is, without which round of it
_GRADES = ("级", "优秀", "良好", "优", "等次")  #: of an assessment
_SCOPE = Regex("(?:世界|全国|国家|全省|全球|联合国|中国)(?:首批|第[一二三四五]批)?(?=[“‘])")
_STANDING = Regex("位居|人数|数量|前列|首位")  # how much of it was won
_KNOWN_AWARD = range(3, 7)  #: characters of a known award's name, which a longer one does not make another (… 金钟奖)


_FAIRS = ("推介活动", "对接活动", "招商活动", "招聘活动")  #: occasions to meet at, unlike other 活动


def find_quoted(view: str) -> Iterator[Candidate]:
    """Yield titles and quoted names with their heads."""
    titles = list(_TITLE.finditer(view))
    for match in titles:
        if not (
            _JOURNALS.fullmatch(match.group())
            or _ART.search(view[max(match.start() - 12, 0) : match.start()])
            or (len(match.group()) < _TITLE_OF_ART and _ART_AFTER.match(view, match.end()))
        ):
            name = _full_title(match.group().strip("《》"), titles)
            yield Candidate(match.start(), match.end(), "document", name, "title", RANK)
    for match in _QUOTED_WHOLE.finditer(view):
        kind = _WHOLE_HEADS[match["head"]]
        if match["head"] == "工程" and not CARRIED.search(match["name"]):
            kind = "plan"
        yield Candidate(match.start("name"), match.end("name"), kind, match["name"], "quoted_name", RANK)
    yield from _numbered(view)
    for match in _ONLINE.finditer(view):
        yield Candidate(*match.span("name"), "project", match["name"], "quoted_name", RANK)
    for pattern in (_PAIRS, _PACKAGE):
        for match in pattern.finditer(view):
            yield Candidate(*match.span("name"), "policy", match["name"], "quoted_name", RANK)
    for match in _SESSION.finditer(view):
        yield Candidate(*match.span("name"), "meeting", match["name"], "quoted_name", RANK)
    for cue in _EDITION_CUE.finditer(view):
        editioned = _EDITIONED.search(view, max(cue.start() - _EDITION_LEFT, 0), cue.end() + _EDITION_SPAN)
        if editioned and editioned.start() < cue.start() < editioned.start("name"):
            start, end = editioned.span()
            end += view.startswith("”", end) and "“" in view[start:end]  # 第三届“云岭论坛” | ”
            name = view[start:end].replace("“", "").replace("”", "")
            yield Candidate(start, end, "meeting", name, "head:edition", RANK - 15)
    for match in _CALLED.finditer(view):
        yield Candidate(*match.span("name"), "honor", match["name"], "honor:quoted", RANK, cue=match.span())
    for match in _QUOTED.finditer(view):
        if occasion := _OCCASION.match(match.group()):  # “云岭丰收节” | 活动
            start = match.start() + 1
            yield Candidate(start, start + len(occasion["name"]), "meeting", occasion["name"], "quoted_name", RANK)
            continue
        if online := _ONLINE_KIND.fullmatch(match.group()):
            start = match.start() + 1
            yield Candidate(start, start + len(online["name"]), "project", online["name"], "quoted_name", RANK)
            continue
        kind = next(k for k in _QUOTED_HEADS if match[k])
        if kind == "works":
            kind = "project" if CARRIED.search(match.group()) else "plan"
        canonical = _unmarked(match.group())
        yield Candidate(match.start(), match.end(), kind, canonical, "quoted_head", RANK)
    for pattern in (_CRAFT, _MACHINE, _PLATFORM, _SUMMED):
        for match in pattern.finditer(view):
            if _ONLINE_KIND.fullmatch(match.group()):
                continue
            canonical = _unmarked(match.group())
            yield Candidate(match.start(), match.end(), "project", canonical, "quoted_head", RANK)
    for match in _SUM_MODEL.finditer(view):
        yield Candidate(*match.span(), "policy", _unmarked(match.group()), "quoted_head", RANK)
    for match in _REFORM.finditer(view):
        start, end = match.span()
        if reformed := _REFORMED.search(view, max(start - _REFORMED_REACH, 0), start):
            start = reformed.start("what")
        yield Candidate(start, end, "plan", _unmarked(view[start:end]), "quoted_head", RANK)
    for held in _HELD.finditer(view):
        yield Candidate(*held.span("name"), "meeting", held["name"], "quoted_name", RANK - 5, cue=held.span())
    yield from _events(view)
    for row in _CAMPAIGNS.finditer(view):
        for item in _IN_ROW.finditer(view, *row.span("row")):
            if item[1] not in known_names():
                kind = "meeting" if row["head"] == "赛事" or item[1].endswith(_OCCASIONS) else "plan"
                name = item[1] + row["head"] * (row["head"] == "行动")
                yield Candidate(*item.span(1), kind, name, "quoted_name", RANK, cue=row.span())
    for listed in _HERITAGE_CUE.finditer(view):
        floor = (
            max(view.rfind(mark, max(listed.start() - _HERITAGE_REACH, 0), listed.start()) for mark in "，。；\n") + 1
        )
        if heritage := _HERITAGE.match(view, floor):
            for item in _HERITAGE_ITEM.finditer(view, *heritage.span("row")):
                if len(item.group()) > 1 and not _NO_HERITAGE.search(item.group()):
                    yield Candidate(*item.span(), "project", item.group(), "list:heritage", RANK, cue=heritage.span())
    for match in around(_FOR, _FOR_CUE, view, reach=_FOR_REACH, span=_FOR_SPAN):
        kind = _FOR_TYPES.get(match["head"], "plan")
        yield Candidate(*match.span("whole"), kind, _unmarked(match["whole"]), "quoted_name", RANK)
    for match in _COMPOSED.finditer(view):
        yield Candidate(match.start("name"), match.end("name"), "policy", match["name"], "quoted_name", RANK)
    for match in _MEASURES.finditer(view):
        if match["quoted"] in known_names() or _NUMBERED.fullmatch(match["quoted"]):
            continue
        canonical = _unmarked(match.group())
        kind = "policy" if match["rule"] else "meeting" if match.group().endswith(_FAIRS) else "plan"
        yield Candidate(match.start(), match.end(), kind, canonical, "quoted_head", RANK)


def _events(view: str) -> Iterator[Candidate]:
    """Yield the items of a row of events that one verb governs: 办好云岭旅游节、环球美食汇、国际光影展等活动."""
    for row in _EVENTS.finditer(view):
        for item in _EVENT.finditer(view, *row.span("row")):
            if not _NO_EVENT.search(item.group()):
                yield Candidate(*item.span(), "meeting", item.group(), "list:events", _EVENT_RANK, cue=row.span())


def _numbered(view: str) -> Iterator[Candidate]:
    """Yield what is named after how many measures it holds: 促进消费“12条”, 大同市助企纾困40条, 人才新政22条."""
    for match in around(_MEASURES_COUNTED, _COUNTED_CUE, view, reach=_COUNTED_REACH, span=_COUNTED_SPAN):
        yield Candidate(*match.span("name"), "policy", match["name"], "quoted_head", RANK, cue=match.span())
    for cue in _ITEMS_CUE.finditer(view):
        items = _ITEMS.search(view, max(cue.start() - 4, 0), cue.end() + view.startswith("”", cue.end()))
        if not items:
            if named := _NAMED_ITEMS.search(view, max(cue.start() - 12, 0), cue.end() + 1):
                yield Candidate(*named.span("name"), "policy", named["name"], "quoted_name", RANK)
            continue
        at, end = max(items.start() - _ITEMS_REACH, 0), items.end()
        clause = max((view.rfind(mark, at, items.start()) + 1 for mark in "。；\n"), default=at)
        at = max((view.rfind(mark, max(clause, at), items.start()) + 1 for mark in "，：、》” \u3000"), default=at)
        at = max(at, clause)
        issued = [match.end() for match in _ISSUED.finditer(view, clause, items.start())]
        start = max((stop for stop in issued if stop > at), default=at)
        start += view[start : start + 1] in "和及与" and start == at
        subject = view[start : items.start()]
        if (
            _SUBJECT.fullmatch(subject)
            if items["quoted"]
            else subject.endswith("新政")
            or (issued and _OF_PLACE.fullmatch(subject) and not _COUNTED_BY.search(subject))
        ):
            yield Candidate(start, end, "policy", _unmarked(view[start:end]), "quoted_head", RANK)


def _unmarked(name: str) -> str:
    """Return `name` without quotation marks and marks of footnotes."""
    return _NOTED.sub("", name)


def _full_title(name: str, titles: list[re.Match[str]]) -> str:
    """Return the one title among `titles` that `name` is the short form of (《纲要草案》), else `name`."""
    plain = _DRAFT.sub("", name)
    if len(plain) > _SHORT_TITLE:
        return name
    whole = {t.group().strip("《》") for t in titles if len(t.group()) > len(name) + 2}
    full = {title for title in whole if _DRAFT.sub("", title).endswith(plain)}
    return full.pop() if len(full) == 1 else name


@cache
def _award_patterns() -> tuple[Regex, ...]:
    award = rules().award
    verbs = "|".join(sorted(award.verbs, key=len, reverse=True))
    heads = "|".join(sorted(award.heads, key=len, reverse=True))
    scope = "|".join(sorted(award.scope, key=len, reverse=True))
    won = Regex(rf"(?P<verb>{verbs})(?<![收查破俘捕抓]获)(?:为|了)?(?P<object>[^，。；：\n]{{2,60}})")
    named = Regex(rf"(?:全国首批|{scope})[^，。；：、！？“”\n的和与及为]{{2,26}}(?:{heads})")
    words = "[^，。；：、！？“”\\n的和与及为]"
    city = Regex(
        rf"(?:{scope})(?:{words}{{2,26}}|{words}{{0,20}}“[^“”，。\n]{{2,12}}”{words}{{0,12}})(?:试点|示范|承载|枢纽|支点|重点)城市"
    )
    won_whole = Regex(
        rf"(?:获评|荣获|入选|被评为|被授予|命名为)(?:为|了)?(?:首批|第[一二三四五六七八九十]批)?(?P<title>(?:20[0-9]{{2}}(?:年度?)?(?:{scope})?|{scope})(?>目的地|[^，。；：、！？“”\n的和与及为0-9]){{4,22}}"
        r"(?<![次名号彰励持金复证可准级果])(?<!行列)(?<!试点)(?<!非遗项目)(?<!名单)(?<!目录)(?<!培育))(?=[，。；、：\n]|称号|名单|目录|[0-9])"
    )
    pilot = Regex(
        rf"(?:{verbs})(?<![收查破俘捕抓]获)(?:[\u4e00-\u9fff]{{2,8}}的|为|了)?(?P<title>(?![0-9])[^，。；：、！？“”\n的]{{4,24}}"
        "(?:综合改革试点|综合试点|改革试点|城市试点|创新试点|模式试点|应用试点|体系试点))(?![\u4e00-\u9fff]?(?:政策|方案|任务|经验|地区))"
    )
    first = Regex(
        "(?:获批|入选|列入|纳入|获评|成为)(?:为|了)?(?P<title>(?:全国首[个批]|国家首批|首批国家级?|国家级?|全国)(?![0-9多])[^，。；：、！？“”\n的]{3,22}试点)"
        "(?![\u4e00-\u9fff]?(?:城市|政策|方案|任务|经验|地区|范围|名单|省|市))"
    )
    won_prize = Regex(
        "(?:荣获|获评|获得|获(?!评)|摘得|斩获|夺得|捧得|问鼎|设立)"
        "(?P<title>(?:第[0-9一二三四五六七八九十]{1,3}届)?(?![0-9])(?:(?![的和与及获等])[\u4e00-\u9fff]){3,14}?(?<![一二三四特金银铜大个项评])奖)(?![励金项牌学状])"
    )
    prize = Regex(r"获(?:得)?(?P<title>“[^“”，。\n]{2,12}”[\u4e00-\u9fff]{0,8}?(?:[特一二三]等|[金银铜])奖)")
    return won, named, city, won_whole, pilot, first, prize, won_prize


def _famed(view: str) -> Iterator[Candidate]:
    """Yield the titles of a row of quotations that a place is known by."""
    for cue in _FAMED_CUE.finditer(view):
        end = cue.start() + 1
        for title in reversed(list(_FAMED.finditer(view, max(end - _FAMED_REACH, 0), end))):
            if title.end() != end:
                break
            yield Candidate(*title.span("name"), "honor", title["name"], "honor:famed", RANK)
            end = title.start()


def find_honors(view: str) -> Iterator[Candidate]:
    """Yield titles and awards: quoted after a verb of winning, or of national and wider scope.

    The list that something is put on is a document (国家优良品种推广 | 目录).
    """
    for found in _honors(view):
        if view.startswith("目录", found.end):
            end = found.end + len("目录")
            name = found.canonical + "目录"
            yield Candidate(found.start, end, "document", name, found.rule, found.rank, cue=found.cue)
        else:
            yield found


def _honors(view: str) -> Iterator[Candidate]:
    """Yield titles and awards."""
    yield from _famed(view)
    won, named, city, *wholes = _award_patterns()
    for match in won.finditer(view):
        at = match.start("object")
        scope = _SCOPE.match(view, at)
        if scope:
            at = scope.end()
        while match["verb"] in rules().award.quoted and (quoted := _QUOTED_HONOR.match(view, at)):
            start, end = quoted.span("name")
            if scope and scope.group() in _WIDE and quoted["name"] not in known_names():  # 世界 | “最佳旅游乡村”
                start, end = scope.start(), quoted.end()
            if not quoted["name"].endswith(_GRADES):
                name = view[start:end].replace("“", "").replace("”", "")
                yield Candidate(start, end, "honor", name, "honor:quoted", RANK, cue=match.span())
            at = quoted.end()
            at += view[at : at + 1] in "和、与及" and at < len(view)
        title = named.search(view, match.start("object"), match.end())
        if title and not _ISSUER.search(title.group()):
            yield Candidate(
                title.start(),
                title.end(),
                "honor",
                title.group(),
                "honor:won",
                RANK,
                cue=(match.start(), match.start("object")),
            )
    for pattern in wholes:
        for title in pattern.finditer(view):
            start, end = title.span("title")
            if _STANDING.search(title["title"]) or _ISSUER.search(title["title"]):
                continue
            if title["title"].endswith("奖") and any(title["title"][-n:] in known_names() for n in _KNOWN_AWARD):
                continue
            name = title["title"].replace("“", "").replace("”", "")
            yield Candidate(start, end, "honor", name, "honor:won", RANK, cue=(title.start(), start))
    yield from _won_together(view)
    for match in _CERTIFIED.finditer(view):
        yield Candidate(*match.span("name"), "honor", match["name"], "honor:won", RANK, cue=match.span())
    for match in around(_CREATED, _CREATED_CUE, view, reach=_CREATED_REACH, span=_CREATED_SPAN):
        for part in ("other", "name"):
            if match[part]:
                yield Candidate(*match.span(part), "honor", match[part], "honor:won", _LISTED_RANK, cue=match.span())
    for match in _FIRST.finditer(view):
        yield Candidate(*match.span("name"), "honor", match["name"], "honor:won", RANK, cue=match.span())
    for title in _told_by_quotation(view):
        name = title.group().replace("“", "").replace("”", "")
        yield Candidate(*title.span(), "honor", name, "honor:quoted", RANK)
    for listed in _HONOURS.finditer(view):
        at = listed.start("items")
        for item in _HONOUR.finditer(view, at, listed.end("items")):
            start, end = item.span("name")
            yield Candidate(start, end, "honor", item["name"], "honor:won", _LISTED_RANK, cue=listed.span())
    for title in city.finditer(view):
        yield Candidate(title.start(), title.end(), "honor", title.group(), "honor:city", RANK)


@cache
def _row_patterns() -> tuple[AhoCorasick, int, Regex]:
    """Return what governs a row of titles, how many of these verbs are of winning, and one title."""
    award = rules().award
    heads = "|".join(sorted(award.heads, key=len, reverse=True))
    ranks, units = "|".join(award.ranks), "|".join(sorted(award.units, key=len, reverse=True))
    verbs = AhoCorasick((*award.winning, *award.entering), matchkind=MatchKind.LeftmostLongest)
    item = Regex(
        rf"(?P<lead>(?:[0-9]{{1,2}}[个家处])?(?:整[省市县域]|全域)?(?:建设|创建|新一[批届轮]|第[一二三四五六七八九十]批(?=国家|全国))?)(?P<title>(?![0-9“和与及]|国家级[大金银]?奖|国家级和|中国（)(?:[^，。；：、！？\n的“”]|“[^“”\n，。]{{1,14}}”){{2,34}}?"
        rf"(?:(?P<rank>{ranks})(?:{units})|{heads})(?:创建(?:城市|县|市|区))?)"
        r"(?=[，。；、：\n（0-9”]|和|与|及|等|$|(?:创建|建设)?名单|行列|称号|目录|之列|之一)"
    )
    return verbs, len(award.winning), item


_NATIONAL = Regex("(?:首批|第[一二三四五六七八九十]批)?(?:国务院|国家|全国|中国|世界|国际|联合国|全球|亚洲|我国首批)")
_PROVINCIAL = Regex("[\u4e00-\u9fff]{2,6}?(?:省|自治区)|(?:省|自治区)级|全[省区]")
_STATE = Regex("(?:国家|全国)(?:级|首批|第[一二三四五六七八九十]批)?")  # which the titles after it in a row share
_SCOPED = Regex("国家|全国|中国|世界|国际|联合国|全球|亚洲|[全本]?[省市区县]|自治区|首批|第[一二三四五六七八九十]批")
_QUALIFIED = 8  #: characters in which a title says that it is of the nation: 空港型国家冷链枢纽承载城市
_BARE = 4  #: a title has so many characters besides whose it is (全国样板 is none)
_COUNTIES = ("卫生县", "园林县", "卫生城", "文明县", "文明城")
_JOINED = Regex("[、和与及]|以及|(?=“)")
_ISSUER = Regex(
    "(?:[部委局厅省市]|办公[厅室]|国务院)(?:典型|优秀|示范)(?:案例|名单|单位)$"
)  # 水利部 | 典型案例: of what, it does not say


def _won_together(view: str) -> Iterator[Candidate]:
    """Yield the titles of a row that one verb governs (荣获国家…城市、…示范区和…示范县)."""
    verbs, winning, item = _row_patterns()
    for index, start, at in verbs.find_matches_as_indexes(view):
        cue = start, at
        at += view[at : at + 1] in "为了" and at < len(view)
        row: list[tuple[int, int, str]] = []
        state = None  # whose titles they are, which the first says for all
        while title := item.match(view, at + view.startswith("“", at)):
            national = _NATIONAL.match(title["title"])
            if index < winning and not national:
                national = _NATIONAL.search(title["title"], 0, _QUALIFIED) or _PROVINCIAL.match(title["title"])
            short = national is not None and len(title["title"]) - national.end() < _BARE
            short = short and not title["title"].endswith(_COUNTIES)
            if short or not (national or ((row or index < winning) and title["rank"])):
                break
            if _ISSUER.search(title["title"]):
                break
            start, at = title.start("title"), title.end()
            name = title["title"].replace("“", "").replace("”", "")
            if not row:
                state = _STATE.match(name) if title["rank"] else None
            elif state and title["rank"] and not _SCOPED.match(name):
                name = state.group() + name
            row.append((start, at, name))
            at += view.startswith("”", at)
            if not (joined := _JOINED.match(view, at)):
                break
            at = joined.end()
        for start, end, name in row:  # a zone that is known is a title too where it is won
            rank = _LISTED_RANK if len(row) > 1 or name.endswith("区") else RANK
            yield Candidate(start, end, "honor", name, "honor:won", rank, cue=cue)


def _told_by_quotation(view: str) -> Iterator[re.Match[str]]:
    """Yield the prizes and models of the nation that a quotation tells from others."""
    for end in _PRIZE_END.finditer(view):
        if prize := _NAMED_PRIZE.search(view, max(end.start() - _PRIZE_REACH, 0), end.end()):
            yield prize
    for cue in _MODEL_CUE.finditer(view):
        opened = view.rfind("“", max(cue.start() - _PRIZE_REACH, 0), cue.start())
        if opened >= 0 and (model := _NAMED_MODEL.match(view, opened)):
            yield model
