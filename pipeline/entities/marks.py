"""Characters and patterns by which several modules tell where a name begins, ends, or is none."""

from pipeline.regex import Regex

REACH = 34  #: characters that a name may stand before its head
STOPS = frozenset("，。；：！？、…\n\u3000 《》【】〔〕〈〉[]|/>—“（")
CONJUNCTIONS = frozenset(("和", "与", "及", "或", "暨"))
MEASURE = Regex(
    r"[0-9.,]+(?:余|多)?[个家项条座批次轮届名处所块只类种大期场部份]?"
    r"|[一二三四五六七八九十百千两几数多]+[个家项条座批次轮处所块只类种期场部份]|一批|一系列|首[批条个座]|第[一二三四五六七八九十]+[批条座个轮]|首期|首次|若干|新一轮|[0-9.]+[万亿]*元"
)
NUMERIC = frozenset("0123456789.,一二三四五六七八九十百千两几数多首第若新")  # what a number or its measure begins with
ORDINAL = Regex(r"(?:第[一二三四五六七八九十百0-9]+|首)届|20[0-9]{2}")
CODE = Regex(r"[A-Za-z0-9]")
NATIONAL = Regex("国家|全国|中国|世界|国际|亚洲|全球")
OWN = Regex("自治区|[省市县区](?![场域块]|区(?!域)|市县|部共|际|县|民(?![营族政间主办用]))")
OWNERS = ("省", "市", "自治区", "全省", "全市", "全区")
EDITION_END = Regex("第[一二三四五六七八九十百0-9]+[届次]$")
LINES = ("高速", "高铁", "铁路", "城际")
PLAIN = frozenset("但了的和与及等中大小新老各为在是有上下内外沿跨过入出两几一二三四五六七八九十多全同")
#: What befalls works and machines.
BEFALLS = Regex(
    "(?:已|将|顺利|成功|正式|全面|如期|提前|实现|主体|基本|即将|开始|全部|相继|建成|月底前|年内){0,3}"
    "(?:投产|开工|竣工|投运|投用|建成|并网|封顶|完工|达产|签约|试产|量产|运营|启动|动工|下线|首飞|交付|亮相|试飞|入列|升空|发射|首航|问世|上线|启用|投入(?:使用|运行|运营))"
)
INDUSTRY_PARKS = ("产业园", "产业城", "工业园", "科技园", "物流园", "创业园")
SEPARATOR = frozenset("，。；：、\n\u3000 和及与")
PROVINCES = frozenset("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新港澳台")
SEATED = ("zone", "platform", "laboratory", "research_laboratory", "facility", "pilot_zone", "institution", "body")
MAKING = ("建设", "打造", "创建", "共建")  # 营口片区 | 建设 | 陆港枢纽产业园
PHASES = ("一期", "二期", "三期", "四期")
