"""What one clause leaves for the next: names, owners, shared verbs, comparisons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import words
from pipeline.claims.reading import (
    AIM,
    PERCENT,
    RELATIVE,
    THINGS,
    clean,
    joined,
    measure_taken,
    object_of,
    owner_and_rest,
    owner_of,
    pattern,
    topic,
)
from pipeline.claims.scope import INTENDS, Scope
from pipeline.claims.subjects import (
    ahead,
    attained,
    capacity,
    done_with,
    field_of,
    frame,
    given_for,
    grown,
    industry,
    part,
    part_before,
    phrase,
    pushed,
    raised,
    said_before,
    school,
    subject,
    whole,
    with_whole,
)
from pipeline.document import Period
from pipeline.regex import Regex
from pipeline.units import dimension

if TYPE_CHECKING:
    from pipeline.claims.measures import Measure

#: What can own a value that is named by its head alone (企业 + 利润总额, 项目 + 总投资).
_OWNS = Regex(
    r"(?:企业|产业|行业|业|银行|园区|园|集团|公司|基金|开发区|区|工程|项目|计划|制度|保险|医疗|教育|机构|中心|基地|能源|电厂|电站|厂|期|线"
    r"|铁路|公路|线路|高速|机场|港|水库|平台|会|节|景区|市场|品牌|集群|链|合作社|政策|行动|补贴|活动|品|贸易|电商|消费|旅游|存款|学生|小组|小分队)”?$"
)
_OWNER_BEHIND = Regex(
    r"的(?P<owner>[^，；、]{2,20}?(?:项目|工程|企业|基地|园区|公路|铁路|电站|中心|平台|基金|集群|线|水库|大桥|机场|隧道|体系|系统|屏障|灌区|计划))"
)
_SHAREABLE = Regex(r"(?:年?平均(?:每年)?产量|总产量|产量|总产值|增加值|价格)$")
_SHAREABLE_WITHIN = Regex(
    "(?:产量|零售量|销售量|收购量|供应量|出口量|进口量|消费量|价格)(?=都|均|有|大幅|继续|也|普遍|全面)"
)
_CAPACITY = Regex("(?:能力|容量|里程)$")
#: What has an added value (装备制造业增加值增长9%，高技术产业增长8%): a branch, not 实际使用内资 or 运价.
_BRANCH = Regex(
    "(?:业|经济|制造|装备|设备|材料|产品|化工|电子|医药|汽车|能源|煤炭|电力|钢铁|冶金|建材|纺织|食品|信息|旅游|文化|物流|金融|商贸|服务|农机|环保)$"
)
#: What the parts of a capacity, a length or an area are measured by too (新增装机容量900万千瓦，其中水电300万千瓦).
_MEASURED_BY = Regex("(?:装机容量|装机|里程|面积|产能|用电量|发电量)$")
_SPENT_HEAD = Regex("(?:投资|支出|投入|经费|资金)$")
_TRADE = ("出口", "进口", "出口额", "进口额", "出口总额", "进口总额")
_TRADED_BY = Regex("(?:对外贸易|外贸|对外|货物|服务贸易|货物贸易|边境贸易|加工贸易)(?=进出口)")
_CAPACITY_LIST = Regex("^新增加?的?[^，；有]{0,6}能力[^。；]{0,14}?有")
_PRICES = Regex("涨|跌|降价|浮")
_TRADED = Regex("出口|进口|收购|销售|零售|供应|调[出入]|库存|消费|价格|储备|播种|面积|征购|统购|能力")
#: 五年投资427亿元，是这样分配的：
_ALLOTS = Regex("(?:分配|安排|使用|构成|组成|如下|下列)[^，。；：]{0,4}：$")
#: 在工业生产方面：
_FIELD_OF = Regex("(?<=..)方面$")
#: 棉花：以播种面积计算达到…: how it was counted is what was counted.
_COUNTED_AS = Regex("^[以按](?P<what>[^，；的]{2,8})计算?$")
#: 高的达到5%: the highest of what was said before.
_EXTREME = Regex("，?最?[高低多少大小快慢好]的(?:可|已|则)?(?:达到?|有|为|超过|只有|仅有|接近)?")
_OUTPUTS = ("总产量", "产量", "单产", "亩产", "总产")
_GOODS_FIRST = Regex("|".join(sorted(words()["goods"], key=lambda w: (-len(w), w))))
_SIDES = (("支出", "收入"), ("收入", "支出"), ("出口", "进口"), ("进口", "出口"))
_POINTED = Regex("(?:这个|这一|该|这种)(?P<noun>比重|比例|数字|速度)")
_LAST_SHARE = Regex(
    "(?:^|，|；)(?:[^，；]{0,8}?(?:提高|降低|增加|扩大)了?)?(?P<share>[^，；。]{2,36}(?:比重|比例))[。；！]*$"
)
#: 国家预算，收入方面总计…，支出方面总计…
_SIDE = Regex("(?P<side>收入|支出)(?:方面|总数|总额|部分)?")
_BUDGET = Regex("(?P<budget>[^，；的]{0,6}(?:预算|决算))(?:草案)?$")
#: What firms have, whose owner is said once (国营企业的劳动生产率提高…，成本降低…).
_OF_FIRMS = ("成本", "产品成本", "生产成本", "劳动生产率", "全员劳动生产率", "流通费用", "利润", "上缴利润")
_FIRMS = Regex("(?P<firms>[^，；、]{2,14}?(?:企业|工业|商业|部门|农场|铁路|公司|工厂|单位))的?(?=..)")
#: 城市居民的消费水平由…提高到…，农民由…提高到…
_PEOPLE = Regex("[^，；、的]{0,4}(?:居民|农民|职工|工人|干部|教师|城市|农村|城镇|乡村)")
_DONE_ENOUGH = ("造林", "植树", "植树造林", "完成造林", "招生", "绿化")
_TRANSPORT = (("货物", "旅客"), ("旅客", "货物"), ("货运", "客运"), ("客运", "货运"))
_USED = Regex("消费|零售|收购|销售|购买")
_LIST_HEADER = Regex(r"(?P<head>产量|产值|增加值|年产能力|生产能力)[^。]{0,30}(?:如下|下列|情况)[^。]{0,6}：$")
_LABEL_LENGTH = 16
_ASPECT_OF_BEFORE = (
    "总量",
    "总额",
    "规模",
    "增速",
    "数量",
    "总数",
    "总量和增速",
    "增量",
    "存量",
    "产量",
    "出口量",
    "总规模",
    "金额",
    "总金额",
    "总吨",
    "总吨位",
    "增幅",
    "涨幅",
    "降幅",
    "增长幅度",
    "提升幅度",
)
_ADDED = Regex("^(?:累计)?(?:新增加?|净增加?|新培育|新认定|新创建|新设立?|新获批|新登记)(?=..)")
_IN_ALL = Regex("累计(?:已?达到?|总数|有|拥有)|总数达?|总量达?到?|已达到?")
#: How long a from–to took (由1975年的8万增加到1979年的9万，四年间增长一成).
_ELAPSED = Regex("[0-9一二三四五六七八九十]{1,3}年间?")
#: What compares with the year before, by whatever words.
_ON_THE_YEAR = Regex("上一?年|去年|同比|同期")
#: 助学贷款 | 每人每年最高额度: whom the loans serve.
_EACH = Regex("(?<=..)每[人户亩].*$")
_PAID = Regex(
    "[^，；、]{0,8}?(?:财政|政府|国家|中央|地方|国务院)(?:累计|预算|共)?(?:安排|投入|拿出|拨付|下达|拨出)(?=..|$)"
)
_MONEY = Regex("(?:资金|款|经费|补助|补贴|债券)$")
_HANDLED = Regex("(?:办理)?(?:满意率|满意度|办结率|办复率|答复率|解决率)")
_HANDLING = Regex("(?:承办|办理|办结|办复|答复)(?=..)")
#: 参加农村合作医疗的人口8亿，参合率…: whose members they are.
_INSURED = Regex("参(?:保|合)(?:人数|率|人员|农民|人口)")
_INSURES = Regex("(?:参加)?(?P<of>[^，；、的]*?(?:保险|合作医疗|医保))")
#: 中央财政用于农业的支出…，其中用于水利…
_SPENT_ON_ALL = Regex("^(?P<payer>[^，；、]{2,12})用于[^，；]{2,}?(?P<head>的?(?:支出|资金|投入|投资))$")
_SERVED = Regex("办件量|(?:救助|资助|受益|培训|服务)(?:人数|人次)")
_SETTING_UP = Regex("(?:制度|体系|工作)*建设$")
_WORKS = Regex("(?:厂|站|企业|园区|机组|锅炉|电网|管网|小区|学校|医院|机场|铁路|公路)$")
_FORMER = Regex(
    "[比较](?:现有|现行|原有|原来|目前|改革前|调整前)的?|(?:改革|精简|调整|整合|合并|压减|压缩|优化)[之以]?后|(?:实际|预计)?执行结果"
)
_MERELY_FAST = Regex("^(?:增长|增加|提高|发展|下降)[较最][快慢多高大]$")
_SAME_SHARE = Regex("^(?:[^，；]{0,8}把)?(?:这个|这一|此项|该项)?(?:比例|比重)$")
_SPENT_ON = ("投资", "经费")
_EARNS = ("创汇", "用汇", "完成营业额")
_PER_HEAD = (
    "平均每人",
    "每人平均",
    "平均每户",
    "每户平均",
    "按人口平均",
    "平均每个农民",
    "每人",
    "每户",
    "人均",
    "户均",
)
_OF_ALL = Regex("^(?:全国|全省|全市)(?=..)")
#: What leans on the figure before as much (试点城市增加到300个，参保人数…; 协议金额90亿美元，实际投资…).
_OF_THE_FIGURE = ("参保人数", "参合率", "毛入学率", "入学率", "实际金额", "实际到位", "实际投资")
_PUPILS = (
    "在校学生总数",
    "在校学生",
    "在校生",
    "在校学生人数",
    "在校学生数",
    "招生",
    "招生人数",
    "招生数",
    "毕业生",
    "毕业学生",
    "毕业生人数",
)
_PER_UNIT = Regex(r"^(?:单位|人均|每)[^，；、]{2,8}?(?=能耗|用水|水耗|二氧化碳|电耗|碳排放)")
_PARTS_ALONE = ("产能占", "产量占", "产值占", "规模占", "份额占")
_PART_ALONE = Regex("^，?在[^，；在]{2,20}中的?(?:所占)?的?(?:比重|比例|份额)$")
_SHARE_ALONE = Regex("占|应?用于|投向|来自|在(?![用建校册岗职营])")


#: What is said of some of what was counted before, or of those whom it serves.
_DONE_TO = Regex("获(?![奖得]?者|批)|向全国|在全国|入选|被|通过|列入|入围|参保|领取|受益|享受")
_WON = Regex("[^，；]{0,20}?(?:荣获|获得|获)(?=[^获]*奖$)")
_IN_SPITE = Regex("的(?:情况|条件|背景|基础)[下上]")
_CASE = Regex("(?:情况|条件|背景|基础)[下上]?")
_SHARE_HEAD = Regex("(?<=..)(?:占比|比重|份额|增速)$")
_CONTRIBUTES = Regex("对[^，；]{2,16}贡献")
_ALREADY = Regex("(?:基本|已经?|全部)$")
_ALREADY_FIRST = Regex("基本|全部")
_BUILDS = Regex("(?:新|续|复)?(?:在建|开工|竣工|完工|投产|投用|建成|开建)")
_TAKEN_PART = Regex("(?:参保|领取[^，；]*|受益|享受[^，；]*)$")
_BUILT = Regex(
    "(?:的|^[有某][一1]?[个座条所])(?P<what>[^，；的]{2,14}(?:水库|公路|铁路|电站|大桥|隧道|运河|渠|厂|矿|油田|楼|房|院|馆|港))$"
)
_ONCE = Regex("(?P<what>[^，；]{2,16}?)在?(?:改建|扩建|新建|建设|建成|改造|施工|投产|完成|竣工)+[完建]?成?[以之]?后$")
#: 农业产值增长4%（包括渔业为6%）: the same thing, counted otherwise.
_COUNTED_SO = Regex("（(?P<how>(?:不?包括|不?含|扣除|剔除)[^，；（）]{2,12}?)(?:后|为|则为|是|达到?|增长|下降)*")
_PORTIONED = Regex("在?(?P<what>[^，；在]{2,12}?)(?:的(?:分配|使用|构成))?[中上]")
_PORTION = Regex("(?P<of>[^，；]{2,}?)(?:[用属]于[^，；]{1,8}的|[^，；的]{2})部分$")
_PAYS_RATE = Regex("(?:企业|产业|行业|机构|单位|居民|工业|农业|服务业)$")
#: 早稻 | 粮食最低收购价: the kind of goods, said of one of them.
_GENUS = Regex("^(?:粮食|农产品|主要农产品)(?=..)")
_INSURANCE = Regex("^，?(?:全国|全省|全市)?(?P<what>[^，；、]{0,10}(?:保险|医保|合作医疗))")
_POINTS = Regex("(?P<use>用于)?(?:(?:这些|这|^)方面|此项|这项|该项)的?")
_WHOSE_RATE = Regex("(?P<of>[^，；]{0,10}(?:学生|毕业生|人口|劳动力|居民|职工|人员))[^，；的]{1,3}率$")
_SPREAD = Regex(
    "(?:(?P<pilot>试点)的?(?:范围)?(?:已?扩大到)?|(?:范围|覆盖面)?已?扩大到)(?:全国|全省)?"
    "(?P<where>(?:县|市县|地市|乡镇|村|学校|企业|机构)(?!级)[^，；]*比重)"
)
#: 国家级 | 绿色工厂.
_GRADE = Regex("(?P<grade>(?:国家级|省级|自治区级|市级|县级)(?:以上|及以上)?)(?P<alike>[\u4e00-\u9fff]{2})")
#: 市级政务 | “立办” | 事项.
_QUOTED = Regex("(?P<of>[^“”，；、]{0,12})“[^“”]{2,12}”(?P<head>[^“”，；、]{2,8})")
#: 每年可使农民 | 减轻负担.
_RELIEVES = Regex(
    "(?P<yearly>每年)?可?(?:使(?P<who>[^，；、]{2,6}?))?"
    "(?P<what>[^，；、]{0,8}?(?:减轻|降低|节约|节省|减少)[^，；、]{0,8}?(?:负担|成本|费用|支出|开支|资金)|[^，；、]{0,6}减负)"
)
#: 减轻农民负担: whose burden it is says enough.
_WHOSE_BURDEN = Regex("农民|居民|企业|群众|主体|患者|职工|学生|家庭|商户|工商户|农户|社会|国家|基层")
_SHORT = 6
_REFORM = Regex("(?:(?:制度|体系)?(?:建设|改革)|工作|试点|制度)+$")
_STARTED = Regex("(?:实施|开展|推行|启动|建立|实行)(?=[^，；]{4,})")


@dataclass(frozen=True, slots=True)
class Header:
    """What the sentence before a list says for its items (1957年的产量比1952年增长的情况如下：)."""

    head: str  #: the statistical head that the items' names lack
    offset: int  #: where it ends in the view; the period that rules there rules the items
    compared: str | None = None  #: the period that they are compared with
    whole: str = ""  #: what the items are parts of (基本建设投资…是这样分配的：)
    unit: str | None = None  #: of that whole


@dataclass(slots=True)
class Carried:
    """What the clauses of a paragraph that were read so far leave for the next."""

    names: list[str] = field(default_factory=list)  #: of all measures so far, newest last
    sentence_from: int = 0  #: how many names there were when the sentence began
    kinds: list[str] = field(default_factory=list)
    region: str | None = None
    intended: bool = False  #: whether the clause promises (着力建设A5个，B3个)
    prefix: str = ""  #: the verb of doing that the coordination shares (新增A5家、B9家)
    change: str | None = None  #: the direction that the coordination shares (净增A5家、B9家)
    owner: str = ""  #: the thing that the clauses before are about
    compared: str = ""  #: what the last change is compared with
    compared_slot: Slot | None = None
    direction: str | None = None  #: of the last measure
    unit: str | None = None  #: of the last measure
    head: str = ""  #: the statistical head that names of the sentence share
    header: "Header | None" = None  #: of the list that the paragraph may be an item of
    held: str = ""  #: what a clause goes on with behind a circumstance (出口在运价下降3%的情况下增长2%)
    said: str = ""  #: the sentence before, where it states no quantity
    listed: bool = False  #: whether this sentence is an item of that list
    in_list: bool = False  #: whether the paragraph announces that list or is an item of it
    item: str = ""  #: the name of that item
    pointed: str = ""  #: the share that the sentence before ended with (…提高了住宅投资的比重。这个比重…)
    traded: bool = False  #: whether the sentence speaks of goods that were sold or used, not made
    start: Slot | None = None  #: the earlier slot of the sentence's first from–to, or the last that says when
    began: str | None = None  #: the year that the paragraph's last dated from–to starts from
    frame: str = ""  #: what the changes of the sentence are compared with (1992年同1987年相比，…)
    frame_slot: Slot | None = None
    on_year: str = ""  #: the words of the sentence by which a change is one on the year before
    on_year_slot: Slot | None = None
    since: str | None = None  #: the year that the last change counts from
    since_words: str = ""
    since_slot: Slot | None = None
    whole: str = ""  #: what the last share is a part of
    part: str = ""  #: the part that the last share is
    rate: str = ""  #: the rate or price that the sentence says to be changed (提高收购价，早稻…，小麦…)
    row: str = ""  #: the head that the parts of a row of shares have (教育投资占4成，交通建设占3成)
    heads: str = ""  #: the head of a whole whose parts are being told (新增装机容量…，其中水电…、核电…)

    def begin_sentence(self, goes_on: bool) -> None:
        """Forget what does not reach over the end of a sentence; `goes_on`: it begins with 其中."""
        self.intended = False
        self.prefix, self.change, self.owner, self.sentence_from = "", None, "", len(self.names)
        self.compared, self.compared_slot, self.start, self.listed = "", None, None, False
        self.item, self.traded = "", False
        self.on_year, self.on_year_slot, self.heads, self.row, self.rate = "", None, "", "", ""
        if not goes_on:
            self.since_words, self.since_slot = "", None
            self.frame, self.frame_slot, self.since, self.head, self.whole, self.part = "", None, None, "", "", ""

    def end_sentence(self, sentence: str) -> None:
        """Note what a sentence ends with that the next may point back to."""
        ends = sentence.rstrip("。；！").endswith(("比重", "比例"))
        found = _LAST_SHARE.search(sentence) if ends else None
        self.pointed = found["share"] if found else ""

    def read_header(self, sentence: str, end: int, times: Sequence[Period]) -> None:
        """Note what a sentence that announces a list says for its items; `end` is where it ends in the view."""
        found = _LIST_HEADER.search(sentence)
        start = end - len(sentence)
        told = self.names[self.sentence_from :]
        if found:
            compared = (p.value for p in times if sentence[: p.start - start].endswith(("比", "较", "同")))
            self.header = Header(found["head"], end - 1, next(compared, None))
        elif told and self.unit in ("元", "美元") and _ALLOTS.search(sentence):
            self.header = Header("", end - 1, whole=told[-1], unit=self.unit)
        else:
            self.header = None
        self.in_list = self.header is not None

    def settle(self, measure: "Measure", scope: Scope) -> bool:
        """Fill in what the clause of `measure` left out, and carry on; False if it stays without a name."""
        slot, name = measure.slot, clean(measure.name)
        goes_on = slot.link in ("、", ",") and measure.reading.sense == "none"
        self.intended = measure.intended = bool(INTENDS.search(slot.left)) or (self.intended and goes_on)
        if slot.link not in ("、", ","):
            self.prefix = ""
        if slot.link != "、":
            self.change = None
        if (
            slot.left.strip("，") in ("即", "也就是")
            and self.kinds
            and self.kinds[-1] in ("growth_rate", "change_amount")
        ):
            measure.kind, measure.direction = "growth_rate", self.direction
        if self._counted_otherwise(measure):
            measure.region = self.region or scope.own
            return True
        label = _FIELD_OF.sub("", clean(slot.label)) if len(slot.label) <= _LABEL_LENGTH else ""
        if label and self.header and not self.header.whole:
            self.listed, self.in_list, self.item = True, True, label
            self.head = "" if self.header.head.endswith("能力") else self.header.head
        elif self.header and self._allotted(measure):
            self.listed, self.in_list = True, True
            name += self.header.whole
        measure.header = self.header if self.listed else None
        if _IN_SPITE.match(slot.right) and "在" in name:  # 出口在运价下降3%的情况下增长2%
            self.held, _, name = name.rpartition("在")
        elif _CASE.fullmatch(name) and slot.link == "joined":
            name, self.held = self.held, ""
        if label and not name:
            name = label
        elif slot.link == "joined" and slot.left.startswith("的") and self.names and self.names[-1].endswith(name):
            name = self.names[-1]  # 由10%的税率降至9%
        elif self.item and name:
            how = _COUNTED_AS.match(name)
            name = joined(self.item, how["what"] if how else name)
        self.traded = self.traded or bool(_USED.search(slot.passed) or _USED.search(slot.left))
        words = frame(slot)
        if words and not measure.reading.compared:
            self.frame, self.frame_slot = words, slot
        measure.frame, measure.frame_slot = self.frame, self.frame_slot
        if measure.rule == "from_to" and measure.start is not None:
            measure.since = self.since
            mark = pattern("time").search(slot.left)
            if mark:
                self.began = slot.period(mark.group()).value
            measure.began = self.began
        if self.kinds and _EXTREME.fullmatch(slot.left) and slot.quantity.unit == self.unit:
            name, measure.kind, measure.direction = "", self.kinds[-1], self.direction
            measure.basis, measure.basis_slot = self.compared, self.compared_slot
        said = pattern("time").sub("", (measure.name or slot.clause_before).strip("，")) if self.pointed else ""
        pointed = _POINTED.fullmatch(said)
        if pointed and self.pointed.endswith(pointed["noun"]):  # …的投资比重。这个比重，1978年为17%
            name = self.pointed
        if _FORMER.fullmatch(name):  # 比现有的86个减少27个; 合并后为5个
            name = ""
        if _MERELY_FAST.match(name):  # 增长较快的“一五”时期增长4%
            name = ""
        if _SAME_SHARE.match(name) and self.part and self.whole:  # 这个比例提高到36%
            measure.kind, name = "share", f"{self.part}占{self.whole}的比重"
        self.whole = whole(slot.clause_before) or self.whole
        raw = (measure.name if name else slot.clause_before).strip("，")
        if self.part and _PART_ALONE.match(raw):  # 在零售中所占的比重: of the part named before
            measure.kind, measure.region = "share", self.region or scope.own
            name = self.part + raw
        elif _PART_ALONE.match(raw) and part_before(slot):  # 入社的农户，在农户总数中的比重，达到三成
            measure.kind, measure.region = "share", self.region or scope.own
            name = part_before(slot) + raw.lstrip("，")
        elif not name or measure.part or (measure.kind == "share" and _SHARE_ALONE.match(name)):
            about = topic(slot.clause_before)
            about = about if pattern("head").search(about) else ""
            gained = _benefit(slot) if slot.right.startswith("受益") else ""  # 加大资助力度，400万人次受益
            of = gained or self._named_before(measure, about)
            if measure.aim and not of and measure.kind == "growth_rate":  # 确定5%左右的增长目标
                of = "国内生产总值" if scope.own == "中国" else "地区生产总值"
            if not of:
                return False
            if slot.right.startswith("受益") and not gained:
                of += "受益"
            if _IN_ALL.search(slot.left):  # 新增百亿县26个，累计达到46个: those 46 were not all added now
                of = _ADDED.sub("", of, count=1)
            if measure.rule == "share.verb":
                name, of = "", _share_of(of, self.header.whole if self.header and self.listed else self.whole)
            rate = pattern("change_head").search(of)
            if rate and rate.start() > 1 and measure.kind == "level" and slot.quantity.unit in PERCENT and not name:
                of = of[: rate.start()].removesuffix("的")  # 增长速度，1981年计划为4%
                measure.kind, measure.direction = "growth_rate", "up"
            if measure.part and of.endswith("比重"):  # 六成学校纳入集团，七成就读…
                of = ""
            name = self._rate_of(of, measure) + name
            name += self._output(measure, name)
            measure.region = self.region or scope.own
            if self.kinds and of == self.names[-1] and self._outdoes(measure):
                measure.kind, measure.direction = "growth_rate", self.direction
                measure.basis, measure.basis_slot, measure.since = self.compared, self.compared_slot, self.since
        else:
            part_of = _SPENT_ON_ALL.match(self.names[-1]) if self.names and name.startswith("用于") else None
            if part_of and slot.left.startswith("其中") and slot.quantity.unit == self.unit:
                name = f"{part_of['payer']}{name}{part_of['head']}"
            if _CONTRIBUTES.match(slot.left.lstrip("，")) and slot.link in (",", "、"):
                of = topic(slot.clause_before) or next(iter(self.names[self.sentence_from :][-1:]), "")
                name = of.partition("占")[0] + "对" + name.removeprefix("对")  # 工业增长8%、对经济增长贡献率达70%
            if _ALREADY_FIRST.match(name) and pattern("doing_all").fullmatch(name[2:]):  # 基本建成500套
                name = name[2:]
            if pattern("doing_all").fullmatch(name) and name not in _TRADE:  # 关停小火电机组…，今年要关停1000万千瓦
                name = self._done_before(slot, name) or name + scope.object_before(slot, name)
            said = self.names[-1] if len(self.names) > self.sentence_from else ""
            name = given_for(scope.doc.view, slot, self._completed(measure, self._one_of(measure, name)), said)
            region, name = scope.region(slot, name)
            if not region and measure.reading.subject:
                region = scope.region(slot, clean(measure.reading.subject))[0]
            if region and not name:  # 全国有8400万人受益; 柳州保持第一
                counted = "" if measure.rule == "from_to" else clean(slot.right)[:6]
                name = counted or self._named_before(measure, "")
            name += self._output(measure, name)
            measure.region = region or (self.region if slot.link == "、" else None) or scope.own
            if not name:
                return False
        if measure.rule == "share.verb" and len(self.names) > self.sentence_from and "占" not in name:
            name = self._described_part(measure, name)
        if measure.rule == "share.verb" and name.endswith("比重"):
            name = self._part_of_rate(slot, self._part_of_row(slot, name))
        if measure.rule == "share.verb" and slot.link in (",", "；") and self.whole and name.endswith("比重"):
            name = _share_of(name.removesuffix("比重"), self.whole) if "占" not in name else name
        if measure.kind == "level" and slot.quantity.unit in PERCENT:
            measure.kind = "share" if pattern("share_head").search(name) else "level"
        fast = pattern("change_head").search(AIM.sub("", name)) if measure.kind == "level" else None
        if fast and fast.start() >= 2 and slot.quantity.unit in PERCENT:  # 物价涨幅有所回落，控制在3%
            measure.kind, measure.direction = "growth_rate", "down" if re.search("[降减]", fast["head"]) else "up"
            name = AIM.sub("", name)
        if measure.kind == "growth_rate":  # 增长速度计划为3%，年均递增5%: the rate has no rate
            head = pattern("change_head").search(name)
            name = name[: head.start()].removesuffix("的") if head and head.start() >= 2 else name
        if measure.kind == "share":
            name = with_whole(name, self.whole)
            self.whole, self.part = whole(name) or self.whole, part(name)
        name = self._in_full(measure, self._with_rate(measure, name))
        name = pattern("doing_all").sub(lambda m: m.group().replace("了", ""), name)  # 制定了, 停建和缓建了
        if measure.rule == "change.first":
            self.change = measure.direction
        doing = pattern("doing_all").match(name)
        bare = measure.rule in ("level.bare", "noun.behind")
        if doing and doing.end() < len(name) and bare:
            self.prefix = doing.group()
        elif bare and slot.quantity.unit in ("元", "美元") and (paid := _PAID.match(name)):
            self.prefix = paid.group()  # 中央财政安排救灾款3亿元和重建资金7亿元
        elif (
            slot.link == ","
            and not name.startswith(self.prefix or " ")
            and (_PAID.fullmatch(self.prefix) or not self._may_go_on(measure))
        ):
            self.prefix = ""
        told = measure.rule == "distributed" and clean(measure.name) in self.names[self.sentence_from :]
        self._carry_comparison(measure, "" if told else clean(measure.name))
        self.direction = measure.direction
        measure.name, self.unit = name, slot.quantity.unit
        head = _SHAREABLE.search(name)
        if head:
            self.head = head.group()
        self.region = measure.region
        self.names.append(name)
        self.kinds.append(self.kinds[-1] if measure.kind == "rank" and self.kinds else measure.kind)
        return True

    def _named_before(self, measure: "Measure", about: str) -> str:
        """Return the name that a clause without one has from the clause before it, or from the last figure."""
        slot = measure.slot
        first = len(self.names) == self.sentence_from or "；" in slot.passed
        told = slot.link == "," and bool(slot.clause_before) and slot.passed.startswith("，")
        told = told and measure.reading.sense in ("level", "to")
        before = subject(slot) or about or grown(slot.clause_before) or phrase(slot, first or told)
        if not before and slot.link == "start":
            before = grown(self.said.rstrip("。；！"))
        if not before and measure.kind in ("growth_rate", "change_amount") and slot.quantity.unit != "百分点":
            before = self._before_share()  # 灌溉面积达到3亿亩，占耕地面积的一成，增加1亿亩
        if not before and first:  # 今年的行政经费，从中央到地方，一律削减10%
            before = ahead(slot)
        return before or (self.names[-1] if self.names else "")

    def _rate_of_same(self, name: str) -> str:
        """Put whose rate was told last before another rate of theirs (毕业生就业率达9成、市场就业率8成)."""
        last = self.names[-1]
        whose = _WHOSE_RATE.match(last) if len(name) <= 6 and last.endswith(name[-3:]) and last != name else None
        return joined(whose["of"], name) if whose else name

    def _pointed_at(self, slot: Slot, name: str) -> str:
        """Put the thing that 这方面的 or 此项 points back to into a name (重点是能源建设，这方面的投资…)."""
        points = _POINTS.search(name) if "方面" in name or "项" in name else None
        thing = said_before(slot) if points else ""
        if not points or not thing:
            return name
        return (
            name[: points.start()]
            + ("用于" if points["use"] else "")
            + thing
            + ("的" if points["use"] else "")
            + name[points.end() :]
        )

    def _counted_otherwise(self, measure: "Measure") -> bool:
        """Name a figure in brackets that is the last one counted otherwise; False if it is not."""
        slot = measure.slot
        found = _COUNTED_SO.fullmatch(slot.left) if slot.link == "joined" and self.names else None
        if found is None or slot.quantity.unit != self.unit or self.kinds[-1] == "share":
            return False
        if slot.quantity.unit not in RELATIVE and found["how"].startswith(("包", "含")):  # 总产量9万吨（包括大豆1万吨）
            return False
        measure.kind, measure.direction, measure.rule = self.kinds[-1], self.direction, "level.bare"
        measure.basis, measure.basis_slot = self.compared, self.compared_slot
        measure.name = f"{self.names[-1]}（{found['how']}）"
        return True

    def _with_rate(self, measure: "Measure", name: str) -> str:
        """Put the rate that the clause before says to be changed behind whose it is (提高收购价，早稻提高3分)."""
        slot = measure.slot
        if slot.link in (",", "start") and slot.clause_before:
            self.rate = raised(slot.clause_before)
        moved = measure.rule in ("change", "distributed", "level.reached", "from_to")
        if not (self.rate and moved and measure.kind != "share") or len(name) > 14 or not clean(measure.name):
            return name
        if pattern("head").search(name) and not _PAYS_RATE.search(name):
            return name
        return joined(name, _GENUS.sub("", self.rate))

    def _in_full(self, measure: "Measure", name: str) -> str:
        """Return the longer name by which the sentence called `name` before (供销社收购总额…；收购总额又…)."""
        if measure.rule != "change" or clean(measure.name) != name:
            return name
        told = (said for said in reversed(self.names[self.sentence_from :]) if said.endswith(name) and said != name)
        full = next(told, "")
        more = len(full) - len(name)
        fits = len(name) >= 4 and 2 <= more <= 8 and not pattern("doing_any").search(full[:more])
        return full if fits and "占" not in full and pattern("head").search(name) else name

    def _described_part(self, measure: "Measure", name: str) -> str:
        """Put the thing counted before behind what describes a part of it (其中新增加的占三成)."""
        if not measure.reading.name.strip("，").endswith("的") or not name.endswith("比重"):
            return name
        if self.kinds[-1] == "share" and "占" not in self.names[-1]:
            return name
        thing = self.names[-1].partition("占")[0].rpartition("的")[2]
        return f"{name.removesuffix('比重')}的{pattern('doing_all').sub('', thing, count=1)}比重"

    def _said_of(self) -> str:
        """Return what the sentence before, which states no quantity, is about (经营主体稳中有进。总量达…)."""
        clauses = [topic(clause) for clause in self.said.rstrip("。").split("，")]
        return clauses[-1] or clauses[0]

    def _one_of(self, measure: "Measure", name: str) -> str:
        """Name what a clause counts of the things counted before (结案的件数; 分布在内地的有400个)."""
        slot, unit = measure.slot, measure.slot.quantity.unit
        said = measure.name.strip("，")
        done = done_with(slot) if said.endswith("的") and dimension(unit or "") == "count" else ""
        bare = measure.rule in ("level.bare", "level.verb") and not pattern("doing").fullmatch(name)
        if (
            done and bare and unit not in ("人", "名") and len(self.names) == self.sentence_from
        ):  # 新建的厂，投产的有五个
            return f"{name}的{done}"
        alike = unit == self.unit and unit not in (None, "人", "名") and dimension(unit or "") == "count"
        alike = alike and measure.kind == "level"
        if said.startswith("比") or not (
            said.endswith("的") and alike and len(self.names) > self.sentence_from and slot.link in (",", "；")
        ):
            return name
        thing = pattern("doing_all").sub("", self.names[-1].rpartition("的")[2], count=1)
        return f"{name}的{thing}" if thing and thing not in name else name

    def _before_share(self) -> str:
        """Return what the last name that is no share named, where the last is one, "" otherwise."""
        if not self.kinds or self.kinds[-1] != "share":
            return ""
        told = zip(self.names[self.sentence_from :], self.kinds[self.sentence_from :], strict=False)
        return next((name for name, kind in reversed(list(told)) if kind not in ("share", "gap")), "")

    def _part_of_rate(self, slot: Slot, name: str) -> str:
        """Put whose rate was said before the part of them (毕业生就业率达9成，其中省外就业占2成)."""
        told = self.names[-1] if len(self.names) > self.sentence_from and self.unit in PERCENT else ""
        whose = _WHOSE_RATE.match(told) if slot.left.startswith("其中") and "占" not in name else None
        return joined(whose["of"], name) if whose else name

    def _part_of_row(self, slot: Slot, name: str) -> str:
        """Name a part in a row of shares (其中，教育投资占4成，交通占3成) with the head of the first."""
        told = self.names[self.sentence_from :]
        listed = "其中" in slot.passed + slot.left
        if told and listed and not self.whole and self.unit in ("元", "美元"):
            self.whole = told[-1]
        part = name.removesuffix("比重")
        head = _SPENT_HEAD.search(part)
        if slot.link != ",":
            self.row = ""
        if head:
            self.row = head.group()
        elif self.row and slot.link == "," and "占" not in part and not pattern("head").search(part):
            return f"{part}{self.row}比重"
        return name

    def _allotted(self, measure: "Measure") -> bool:
        """Whether a clause that begins a paragraph says what part of the whole that was announced falls to it."""
        slot, header = measure.slot, self.header
        begins = slot.link == "start" and len(self.names) == self.sentence_from == 0 and measure.kind == "level"
        return bool(begins and header and header.whole and slot.quantity.unit == header.unit)

    def _rate_of(self, subject: str, measure: "Measure") -> str:
        """Return the name of the rate that is compared, where the one before said how fast `subject` grew."""
        of_plan = measure.rule == "gap.plan" and measure.slot.quantity.unit != "百分点"
        compares = (measure.kind == "gap" and not of_plan) or (
            measure.kind == "change_amount" and measure.slot.quantity.unit == "百分点"
        )
        grew = bool(self.kinds) and self.kinds[-1] == "growth_rate"
        return subject + "增速" if compares and grew and not subject.endswith("增速") else subject

    def _listed_since(self, measure: "Measure") -> bool:
        """Whether a change goes on with a list counted from a year (比1980年增长5%；棉花3万吨，增长8%)."""
        slot = measure.slot
        return (
            slot.link == "," and not slot.clause_before and not pattern("time").search(slot.left) and not measure.name
        )

    def _outdoes(self, measure: "Measure") -> bool:
        """Whether a percentage is what a rate of growth before it is hoped to reach (递增4%，争取达到5%)."""
        percent = measure.slot.quantity.unit in PERCENT and measure.kind == "level"
        return percent and measure.slot.link == "," and self.kinds[-1] == "growth_rate" and self.unit in PERCENT

    def _carry_comparison(self, measure: "Measure", name: str) -> None:
        """Fill in and keep what a change is compared with; `name` is what its own clause names."""
        if measure.kind in ("growth_rate", "change_amount"):
            stated = [measure.slot.period(mark) for mark in pattern("time").findall(measure.slot.left)]
            opened = [measure.slot.period(mark) for mark in pattern("time").findall(measure.slot.clause_before)]
            own_year = (self.compared == "annual" or bool(name)) and bool(stated)
            own_year = own_year or any(
                p.kind in ("span", "plan") and not _ELAPSED.fullmatch(p.quote) for p in stated + opened
            )
            at_once = self.compared == "annual" and self._in_all(measure)
            carries = measure.slot.link in ("、", ",") and not own_year and not at_once
            if not measure.basis and self.compared and carries:
                measure.basis, measure.basis_slot = self.compared, self.compared_slot
            elif not measure.basis and self.on_year and not name and measure.slot.link in ("、", ","):
                measure.basis, measure.basis_slot = self.on_year, self.on_year_slot
            elif not measure.basis and self.frame:
                measure.basis, measure.basis_slot = self.frame, self.frame_slot
            elif not measure.basis and self.since_words and self._listed_since(measure):
                measure.basis, measure.basis_slot = self.since_words, self.since_slot
            self.compared, self.compared_slot = measure.basis or "", measure.basis_slot or measure.slot
            mark = pattern("time").search(self.compared)
            against = self.compared_slot.period(mark.group()).quote if mark else self.compared
            if _ON_THE_YEAR.search(against):
                self.on_year, self.on_year_slot = self.compared, self.compared_slot
            if mark:
                since = self.compared_slot.period(mark.group())
                self.since = since.value
                named = since.rule in ("year", "short_year", "bare_year")  # not 上年
                self.since_words, self.since_slot = self.compared if named else "", self.compared_slot
            elif measure.basis == "annual":
                measure.since = self.since
        elif measure.kind not in ("rank", "gap") and measure.rule != "from_to":
            self.compared = ""

    def _in_all(self, measure: "Measure") -> bool:
        """Whether a change is too great to be a yearly one (产值年均增长8%，汽车产量增长1.7倍)."""
        q = measure.slot.quantity
        doubled = q.unit in PERCENT and q.value is not None and q.value >= 100
        return doubled or q.unit in ("倍", "番")

    def _may_go_on(self, measure: "Measure") -> bool:
        """Whether the list of what was done may go on with `measure` (新增公路5公里，铁路新线3公里、复线1公里)."""
        return measure.rule == "level.bare" and measure.slot.quantity.unit not in PERCENT

    def _part_of_whole(self, measure: "Measure", name: str) -> str:
        """Return the name of a part with what it shares with its whole (建成项目8个，其中交通3个), "" if it is none.

        What measures the whole measures its parts too (新增装机容量9万千瓦，其中水电3万千瓦).
        """
        slot, bare = measure.slot, measure.rule == "level.bare" and measure.slot.quantity.unit == self.unit
        first = bare and slot.left.startswith("其中") and bool(self.names)
        if slot.link != "、" or not bare:
            self.heads = ""
        if not (first or self.heads) or re.search("(?:投入|安排|支出)$", name):
            return ""
        if first and (name in _TRADE or not pattern("doing").match(name)):
            of = self.names[-1]
            whose = _TRADED_BY.match(of) if name in _TRADE else None  # 外贸进出口总额…，其中出口…
            done = pattern("doing_all").match(of)
            self.heads = head.group() if (head := _MEASURED_BY.search(of)) else ""
            begins = whose.group() if whose else done.group() if done and done.end() < len(of) else ""
        else:
            begins = self.prefix
        measured = len(name) <= 8 and not pattern("head").search(name)
        return joined(begins, name, least=2) + (self.heads if measured else "") if begins or self.heads else ""

    def _portion(self, slot: Slot, name: str) -> str:
        """Put what a portion is of before it (村级收入中，用于修渠的部分…，用于分红的部分…)."""
        of = _PORTIONED.fullmatch(slot.clause_before.strip("，"))
        if of:
            return clean(of["what"]) + name
        told = (said for said in reversed(self.names[self.sentence_from :]) if said.endswith("部分"))
        other = next(filter(None, map(_PORTION.match, told)), None)
        return other["of"] + name if other else name

    def _goes_on(self, measure: "Measure", name: str) -> bool:
        """Whether a bare noun behind a comma goes on with what was done before (培养本科生3万人，研究生2万人)."""
        if self.prefix.startswith("新增") and _CAPACITY.search(name) and not pattern("doing").match(name):
            return True
        bare = len(name) <= 8 and not pattern("doing_any").search(name) and not pattern("head").search(name)
        doing = bool(self.prefix) and self.names[-1].startswith(self.prefix)
        if _PAID.fullmatch(self.prefix) and not _MONEY.search(name):
            return False
        return doing and bare and measure.slot.quantity.unit == self.unit

    def _graded(self, name: str) -> str:
        """Give the second of two alike things the grade or the owner that is said of the first alone.

        国家级绿色工厂9家、绿色园区3个; 市级政务“立办”事项9项、“网办”事项8项
        """
        last = self.names[-1] if len(self.names) > self.sentence_from else ""
        done = pattern("doing_all").match(last)
        begins = done.group() if done and name.startswith(done.group()) else ""
        bare, other = name.removeprefix(begins), last[len(begins) :]
        grade = _GRADE.match(other)
        if grade and bare.startswith(grade["alike"]):
            return begins + grade["grade"] + bare
        quoted, of = _QUOTED.fullmatch(bare), _QUOTED.fullmatch(other)
        if quoted and of and not quoted["of"] and quoted["head"] == of["head"]:
            return begins + of["of"] + bare
        return name

    def _works(self, name: str) -> str:
        """Return whose works a list goes on with (改造电厂锅炉脱硫设施3套、脱硝设施5套), "" if it names none."""
        last = self.names[-1] if self.names else ""
        if not (last.startswith(self.prefix) and last.endswith(name[-2:])):
            return ""
        of = last[len(self.prefix) : -len(name)]
        return of if len(of) >= 2 and _WORKS.search(of) else ""

    def _done_before(self, slot: Slot, verb: str) -> str:
        """Return what the sentence said to be done with `verb`, or what was built and now is begun, "" if nothing.

        关停小火电机组200万千瓦，明年再关停100万千瓦; 续建安置房7000套，新开工1000套.
        """
        told = self.names[self.sentence_from :]
        again = next((name for name in reversed(told) if name.startswith(verb) and len(name) > len(verb)), "")
        alike = slot.link in (",", "、") and slot.quantity.unit == self.unit and _BUILDS.fullmatch(verb)
        if again or not told or not alike:
            return again
        other = pattern("doing").match(told[-1])
        if other and other.end() < len(told[-1]):
            return verb + told[-1][other.end() :]
        built = pattern("doing_last").search(told[-1]) if slot.link == "," else None  # 住房基本建成400套，新开工900套
        return verb + _ALREADY.sub("", told[-1][: built.start()]) if built and built.start() else ""

    def _thing_before(self, slot: Slot) -> str:
        """Return what a count without its noun counts some of (推出成果90项，35项获推广), "" if that can't be told."""
        if len(self.names) <= self.sentence_from:
            return object_of(slot.clause_before) or topic(slot.clause_before)
        last = _TAKEN_PART.sub("", self.names[-1])
        told = _DONE_TO.search(last)
        if told and told.start() >= 2:  # 82项成果获奖、37项向全国推广
            return last[: told.start()]
        if _DONE_TO.match(last) or last.startswith("当选"):
            return ""
        started = _STARTED.search(last)
        if slot.quantity.unit == self.unit or started or last != self.names[-1]:
            return owner_of(last[started.end() :] if started else last)
        return ""

    def _shared_head(self, measure: "Measure", name: str) -> str:
        """Return the head that a bare thing shares with the names before (粮食产量达到…，棉花达到…), "" if none."""
        goods = self.head.endswith("产量") and measure.slot.quantity.unit in words()["goods_unit"] and len(name) <= 6
        governed = measure.reading.sense in ("to", "level", "up", "down") or bool(measure.slot.label) or goods
        if not governed or measure.kind in ("share", "rank", "gap") or len(name) > 8 or not self.head:
            return ""
        if not name.endswith("业") and pattern("doing_any").search(name):  # 为省外保供煤炭
            return ""
        if "购" in name or "销" in name:  # 粮食总产值增长…，农产品采购增长…
            return ""
        own = pattern("head").search(name)
        if measure.rule in ("noun.behind", "change.first", "change.within") or (own and own.group() not in THINGS):
            return ""
        unit = measure.slot.quantity.unit
        made = unit in RELATIVE or unit in words()["goods_unit"] or bool(measure.slot.label)
        if unit in (None, "元", "人", "个", "家") or name.endswith(("率", "总值")) or ("产" in self.head and not made):
            return ""
        if self.head == "增加值" and not _BRANCH.search(name):
            return ""
        goods_of_it = unit in words()["goods_unit"] or name in words()["goods"]
        if self.head.endswith("产值") and goods_of_it:
            return "" if self.traded else self.head.replace("产值", "产量")
        return self.head

    def _output(self, measure: "Measure", name: str) -> str:
        """Return the head that goods lack of which the text only says how much there was (钢增长3%), "" if none."""
        told = measure.kind in ("growth_rate", "change_amount", "level") and name in words()["goods"]
        unit = measure.slot.quantity.unit
        if not told or not (unit in RELATIVE or unit in words()["goods_unit"]) or measure.rule == "noun.behind":
            return ""
        words_before = measure.slot.passed + measure.slot.left
        if _PRICES.search(measure.reading.verb) or self.traded or _TRADED.search(words_before):
            return ""
        return "" if any(_TRADED.search(said) for said in self.names[self.sentence_from :]) else "产量"

    def _handled(self, name: str) -> str:
        """Return the name of the rate at which what the sentence says was dealt with was settled or approved of."""
        told = self.names[self.sentence_from :]
        first = next((i for i, said in enumerate(told) if _HANDLING.match(said)), None)
        if first is None:
            return name
        of = "、".join(_HANDLING.sub("", said) for said in told[first:])
        return of + ("" if name.startswith("办") else "办理") + name

    def _as_capacity(self, name: str) -> str:
        """Name an item of a list of new capacities (钢, 发电机组容量)."""
        name = _CAPACITY_LIST.sub("", name)
        if pattern("doing").match(name):
            return name
        return ("新增" + name) if _CAPACITY.search(name) else name + "新增生产能力"

    def _said_once(self, measure: "Measure", name: str) -> str:
        """Return `name` with what an earlier clause says once for both, "" where it says nothing of the kind."""
        slot = measure.slot
        side = _SIDE.fullmatch(name)
        opened = [clean(clause) for clause in slot.passed.split("，")] if side or name in _OUTPUTS else []
        if name in _OUTPUTS:  # 粮食又是大丰收，总产量达到…
            goods = next(filter(None, map(_GOODS_FIRST.match, reversed(opened))), None)
            return goods.group() + name if goods else ""
        if side:
            of_budget = next(filter(None, map(_BUDGET.search, opened)), None)
            if of_budget:
                return of_budget["budget"] + side["side"]
        if slot.link not in (",", "；") or len(self.names) == self.sentence_from:
            return ""
        last, short = self.names[-1], side["side"] if side else name
        for one, other in _SIDES:  # 预算收入为…；支出为…
            if short == one and last.endswith(other):
                return last.removesuffix(other) + one
        for one, other in _TRANSPORT:  # 内河货物周转量达到…；旅客周转量达到…
            if name.startswith(one) and last.find(other + name.removeprefix(one)) > 0:
                return last[: last.find(other + name.removeprefix(one))] + name
        firms = _FIRMS.match(last) if name in _OF_FIRMS else None
        if firms:
            return joined(firms["firms"] + "的", name)
        alike = measure.rule == "from_to" and slot.quantity.unit == self.unit and "的" in last
        return f"{name}的{last.partition('的')[2]}" if alike and _PEOPLE.fullmatch(name) else ""

    def _completed(self, measure: "Measure", name: str) -> str:
        """Return a name with what it shares with, or owes to, the slots and the clause before."""
        slot = measure.slot
        split = owner_and_rest(name)
        if split:
            self.owner, name = split
            return joined(self.owner, name) if pattern("partial").match(name) else name
        if slot.link == "；" or "；" in slot.passed:
            self.owner = ""
        if name.endswith("部分"):
            name = self._portion(slot, name)
        parted = self._part_of_whole(measure, name)
        if parted:
            return parted
        about = topic(slot.clause_before)
        said = self._said_of() if slot.link == "start" and not about else ""
        if said and (name in _ASPECT_OF_BEFORE or pattern("partial").match(name)):
            return joined(said, name)
        if name in _ASPECT_OF_BEFORE and (about or phrase(slot, first=True)):
            return joined(about or phrase(slot, first=True), name)
        last = pattern("doing_last").search(self.names[-1]) if self.names and slot.link == "、" else None
        if last and last.start() > 0 and pattern("doing").fullmatch(name):  # 项目开工390个、竣工437个
            return _ALREADY.sub("", self.names[-1][: last.start()]) + name
        total = name in ("总量", "总额", "总数") or (name in ("规模", "总规模") and slot.link == "、")
        if name in _ASPECT_OF_BEFORE and self.names and (measure.kind == "rank" or total):
            added = _ADDED.match(self.names[-1])
            if added:  # 新增上市公司8家、总量达90家
                return self.names[-1][added.end() :] + name.replace("总数", "")
            if name.endswith("规模"):
                return joined(_SHARE_HEAD.sub("", self.names[-1]), name)
            return self.names[-1] + (name if measure.kind == "rank" and not self.names[-1].endswith(name) else "")
        if _OF_ALL.sub("", name) in _PER_HEAD and (slot.clause_before or self.names):  # 农民的纯收入，平均每人达到300元
            return self._named_before(measure, about) + _OF_ALL.sub("", name)
        if name in _SPENT_ON:  # 煤炭工业建设，五年投资8亿元
            return field_of(slot) + name
        if name in _PUPILS:  # 高等学校招生40万人，在校学生达到130万人
            return school(slot.clause_before or (self.names[-1] if self.names else "")) + name
        per_unit = _PER_UNIT.match(self.names[-1]) if self.names and slot.link == "、" else None
        if per_unit and re.match("能耗|用水|水耗|二氧化碳|电耗|碳排放", name):
            return per_unit.group() + name
        if _HANDLED.fullmatch(name):  # 办理建议300件、提案200件，满意率…
            return self._handled(name)
        if measure.rule == "share.use":
            name = _spread(slot, name)
        if slot.link == "、" and name.endswith("率") and self.names and self.unit in PERCENT:
            name = self._rate_of_same(name)
        name = self._pointed_at(slot, name)
        whole_name = self._said_once(measure, name)
        if whole_name:
            return whole_name
        leaning = pattern("leaning").match(name.removeprefix("每年"))
        if leaning and len(name) - leaning.end() > 4 and measure.rule != "share.use":
            return name
        if leaning:
            before = owner_of(self.names[-1]) if len(self.names) > self.sentence_from else ""
            owner = object_of(slot.clause_before) or attained(slot.clause_before) or about or before
            owner = _EACH.sub("", owner)
            owner = pattern("leaning_any").split(owner)[0]
            return joined(owner, name) if len(owner) <= 16 else name
        relief = _RELIEVES.fullmatch(name) if slot.quantity.unit == "元" and measure.kind == "level" else None
        if relief and not _WHOSE_BURDEN.search(relief["what"]):  # 推行集中采购，降低药费负担4亿元
            return measure_taken(slot.clause_before) + (relief["yearly"] or "") + (relief["who"] or "") + relief["what"]
        part_of = pattern("doing_all").sub("", name)
        owned = _OWNER_BEHIND.match(slot.right) if pattern("partial").match(part_of) else None
        if owned:  # 总投资41亿元的新材料项目
            return joined(owned["owner"], part_of)
        if pattern("partial").match(name) and len(name) <= 10:
            leans = name in _EARNS or (name in _OF_THE_FIGURE and name not in self.names[-1:])
            moved = slot.link == "," and leans and len(self.names) > self.sentence_from
            close = slot.link == "、" or name.removeprefix("平均") in ("单产", "亩产") or moved
            before = owner_of(self.names[-1]) if close and self.names else ""
            owns = slot.link == "、" and _OWNS.search(before) is not None  # 运营线路14条、运营里程580公里
            if before in ("财政", "经济", "居民", "") or (before == self.names[-1] and not owns):
                before = ""
            moved_on = bool(self.names) and close and self.owner not in self.names[-1]
            kept = self.owner if slot.link in ("、", ",") and not moved_on else ""
            insured = _INSURES.match(self.names[-1]) if self.names and _INSURED.fullmatch(name) else None
            if insured and not about:
                return insured["of"] + name
            if name in _TRADE and "进出口" in about:  # 进出口总额实现翻番，出口…
                return name
            first = len(self.names) == self.sentence_from
            hit = object_of(slot.clause_before) if name.endswith("损失") else ""
            served = _SETTING_UP.sub("", object_of(slot.clause_before)) if _SERVED.fullmatch(name) else ""
            named = hit or about or served or field_of(slot) or _whose(slot, name)
            self.owner = named or kept or before or (industry(slot) if first else "")
            made = name.endswith("产值") and self.owner.endswith("生产")  # 工业生产增长较快，总产值…
            return joined(self.owner.removesuffix("生产") if made else self.owner, name)
        if slot.link == "," and measure.rule == "level.bare" and self._goes_on(measure, name):
            return self.prefix + name
        serves = pattern("leaning").match(self.names[-1]) if self.names else None
        if serves and slot.link == "、" and measure.rule == "noun.behind" and not clean(slot.left):
            return serves.group() + name  # 惠及4亿城镇居民、8亿农村居民
        if measure.rule == "noun.behind" and name.endswith("受益") and not clean(slot.left) and _benefit(slot):
            return _benefit(slot) + name.removesuffix("受益")
        insures = _INSURANCE.match(slot.clause_before) if name.endswith("参保") else None
        if insures and measure.rule == "noun.behind":  # 医疗保险覆盖范围扩大，3亿居民参保
            return insures["what"] + name
        if measure.rule == "noun.behind" and _DONE_TO.match(name):
            return self._thing_before(slot) + name
        if name in ("农村", "乡村") and self.names and self.names[-1].startswith(("城镇", "城市")):
            return name + self.names[-1][2:]  # 城镇人均住房面积增加到…，农村增加到…
        won = _WON.match(self.names[-1]) if self.names and slot.link == "、" and name.endswith("奖") else None
        if won and not _WON.match(name):  # 作品获甲奖3项、乙奖4项
            return won.group() + name
        under_way = self._done_before(slot, name) if name == "在建" else ""
        if under_way:  # 建成通道4座、在建8座
            return under_way
        paid_too = _PAID.fullmatch(self.prefix) is not None and _MONEY.search(name) is not None
        if slot.link == "、" and measure.kind == "level" and (paid_too or not pattern("doing").match(name)):
            if self.change and slot.quantity.unit in PERCENT:  # 压减时间五成、材料三成
                if len(name) <= _SHORT and not pattern("head").search(name):
                    measure.kind, measure.direction = "growth_rate", self.change
            elif self.change:
                measure.kind, measure.direction = "change_amount", self.change
            elif slot.quantity.unit in ("元", "美元") or not _PAID.fullmatch(self.prefix):
                name = joined(self.prefix + self._works(name), name, least=2)
        if pattern("doing").fullmatch(name) and name not in _DONE_ENOUGH:
            said = self.names[-1] if len(self.names) > self.sentence_from and self.unit == slot.quantity.unit else ""
            name += (
                done_with(slot)
                or (pushed(slot) if _BUILDS.fullmatch(name) else "")
                or (said if slot.link == "," and not pattern("doing").match(said) else "")
            )
        if slot.link == "、" and measure.kind == "level":
            name = self._graded(name)
        self.head = capacity(slot) or self.head
        made = slot.clause_before.endswith("工业") and slot.quantity.unit in words()["goods_unit"]
        if made and measure.rule == "level.bare" and not (self.head or self.traded) and field_of(slot):
            self.head = "产量"  # 机械工业，拖拉机5万台
        if self.head == "新增生产能力":
            return self._as_capacity(name)
        announced = _SHAREABLE_WITHIN.search(slot.clause_before)
        if announced:  # 主要产品的产量都有增长，如钢增长3%
            self.head = announced.group()
        name += self._shared_head(measure, name)
        if name.startswith(_PARTS_ALONE) and about:  # 基地建成，产能占全球三成: the base's
            name = joined(about, name)
        if "占" not in name or name.endswith("占比"):
            owner = owner_of(name)
            self.owner = owner if _OWNS.search(owner) else about or self.owner
        return name


def _share_of(part: str, of: str) -> str:
    """Name the share of `part` in `of`, which may be unknown."""
    return f"{part}占{of}的比重" if of and of != part else f"{part}比重"


def _whose(slot: Slot, name: str) -> str:
    """Return whose value `name` is by the clause before it (完善救助政策，救助对象…; 水库建成后，可蓄水…)."""
    if name.endswith(("标准", "对象")):
        return object_of(slot.clause_before)
    once = _ONCE.match(clean(slot.clause_before))
    built = _BUILT.search(phrase(slot, first=True))
    return once["what"] if once else built["what"] if built else ""


def _spread(slot: Slot, name: str) -> str:
    """Name the share of places that something by now is done in (推进保险试点，试点范围扩大到三成的县)."""
    found = _SPREAD.fullmatch(name)
    of = _REFORM.sub("", object_of(slot.clause_before) or topic(slot.clause_before)) if found else ""
    return f"{of}{'试点' if found['pilot'] else '覆盖'}{found['where']}" if found and of else name


def _benefit(slot: Slot) -> str:
    """Return what the clause before says was done and that people gain by it, "" if it is too long for a name."""
    done = clean(slot.clause_before)
    return re.sub("力度$", "", done) + "受益" if 3 <= len(done) <= 28 else ""
