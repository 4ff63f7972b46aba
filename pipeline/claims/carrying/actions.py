"""What was done, said once for several counts: shared verbs, parts of what was built, some of what was counted."""

import re
from functools import cache

from pipeline.claims.carrying.heads import CAPACITY
from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.lexicon import any_of, words
from pipeline.claims.measure import Measure
from pipeline.claims.naming import clean, governing, joined, object_of, owner_of, topic, undone
from pipeline.claims.subjects import done_with, pushed
from pipeline.claims.wordings import PERCENT, ending, pattern, wholly
from pipeline.regex import Regex
from pipeline.units import dimension

TRADE = ("出口", "进口", "出口额", "进口额", "出口总额", "进口总额")
TRADED_BY = Regex("(?:对外贸易|外贸|对外|货物|服务贸易|货物贸易|边境贸易|加工贸易)(?=进出口)")
_SIZES = ("power", "length")
_DONE_ENOUGH = ("造林", "植树", "植树造林", "完成造林", "招生", "绿化")
ADDED = Regex(f"^(?:累计)?(?:{any_of('adding')}|新{any_of('doing')})(?=..)")
_ADDS = Regex(any_of("adding"))
_PAID = Regex("[^，；、]{0,8}?(?:财政|政府|国家|中央|地方|国务院)(?:累计|预算|共)?" + any_of("pays") + "(?=..|$)")
_MONEY = Regex("(?:资金|款|经费|补助|补贴|债券)$")
_WORKS = Regex("(?:厂|站|企业|园区|机组|锅炉|电网|管网|小区|学校|医院|机场|铁路|公路)$")
#: What is said of some of what was counted before, or of those whom it serves.
_DONE_TO = Regex("获(?![奖得]?者|批)|向全国|在全国|入选|被|通过|列入|入围|参保|领取|受益|享受")
_WON = Regex("[^，；]{0,20}?(?:荣获|获得|获)(?=[^获]*奖$)")
ALREADY = Regex("(?:基本|已经?|全部)$")
#: Deeds that say to what they are done.
WITH_OBJECT = ("造林", "植树", "还林", "还草", "育林", "绿化", "转产")
_REACHED = Regex("(?P<verb>惠及|覆盖|(?<!.)服务(?!业|贸易|中心|平台|站|设施|综合体))(?=[\u4e00-\u9fff]{2,6}$)")
_WHOM_UNITS = ("人", "户", "家", "个", "人次", "名", "户次", "家次")
_ONCE_MORE = Regex("再[^，；再]{1,4}$")
_BUILDS = Regex("(?:新|续|复)?(?:在建|开工|竣工|完工|投产|投用|建成|开建)")
_TAKEN_PART = Regex("(?:参保|领取[^，；]*|受益|享受[^，；]*)$")
_COVERS = Regex("(?:区级|县级|市级|县域|市域|乡镇|行政村)覆盖率")
_RECEIVES = ("接待", "运送", "发送", "吸引")
_TAKES_PART = Regex("参[与加观]|观看|领取|体验|出席")
_INSURANCE = Regex("^，?(?:全国|全省|全市)?(?P<what>[^，；、]{0,10}(?:保险|医保|合作医疗))")
#: 国家级 | 绿色工厂.
_GRADE = Regex("(?P<grade>(?:国家级|省级|自治区级|市级|县级)(?:以上|及以上)?)(?P<alike>[\u4e00-\u9fff]{2})")
#: 市级政务 | “立办” | 事项.
_QUOTED = Regex("(?P<of>[^“”，；、]{0,12})“[^“”]{2,12}”(?P<head>[^“”，；、]{2,8})")
#: 平均每社, 每个乡平均: for each of what a number is told.
PER_ONE = Regex("[^，；、的]{0,8}?(?:平均每个?[^，；、的人户]{1,3}|每个?[^，；、的人户]{1,3}平均)")
_EACH_HAS = Regex(
    "[^，；、的]{0,8}?(?:平均每(?:个|一)?[人户社亩队厂校乡县村]|每[人户社亩队厂校乡县村](?:每年)?平均|每[人户社亩队厂校乡县村]每年|人均|户均)(?:占有|拥有|消费|购买|留|分得?|有|生产|交售|施用)?量?(?=..|$)|年产(?=..|$)|(?:大约|共)?(?:损失|浪费|少收|少产|多耗|节约|节省|积压)了?(?=..)"
)
_TAKES_IN = Regex(
    "[^，；、的]{0,12}?(?:招收|录取|培养|获得|夺得|荣获|斩获|摘得|(?:调查|考察|普查|监测|勘探)发现)了?(?=..)"
)
_LOSES = Regex("(?:大约|共)?(?:损失|浪费|少收|少产|多耗|节约|节省|积压)")
_SHORT = 6
#: What is done to goods of several sorts, each counted in its way.
_DEALS = (
    "(?:生产|出产|出版|收购|销售|出口|进口|供应|制造|调[出入运]|储备|饲养|办起?"
    "|拥有|占有|购买|消费|印刷|摄制|放映|交售|收获)"
)
_DEALS_IN = Regex(f"(?:{_DEALS}|(?:家庭|农户|居民|农民)有)了?(?:农村|城市|市场|国家|各地)?$")
_EACH_HOUSEHOLD = Regex("[^，；、的]{0,4}每百[户人][^，；、的]{0,8}?(?:拥有|占有|有)了?(?=..)")
_DEALING = Regex(f"(?P<who>[^，；、的]{{0,12}}?){_DEALS}了?(?:农村|城市|市场)?(?=..)(?![理法公学])")
_TRADES = Regex("(?:收购|销售|出口|进口|供应|调[出入运]|储备)了?(?:农村|城市|市场)?$")
_SHORTEST = 4
_THINGS_OF = Regex("(?:出版|印刷|摄制|放映|饲养|(?<![举创主承兴开])办起?|拥有)了?$")
_TOTAL = Regex("(?:全国|全省|全市)?(?P<of>[^，；、占]{2,12})(?:总量|总数|数量|总户数)")
#: 河湾实验室 | 集聚人才: a body that does something of its own.
_DOER = Regex(
    "(?:[^，；、的“”]{0,8}“[^“”]{2,10}”(?:行动|工程|计划|平台)|(?:[^，；、的“”]{2,8}、)?[^，；、的“”]{2,16}?(?:实验室|馆|院团|口岸|景区|机场|班列|合作社|志愿者|研究院|科学院|科学城|科技城|集团|公司|大学|学院|医院|帮扶单位|基金|平台|园区|试验区|示范区|自贸港|银行|博览会|论坛|联盟|行动|母港|港口|机场|口岸))"
    "(?!建设|改造)(?=[\u4e00-\u9fff])"
)
_PAPER = Regex("议案|建议|提案|政策文件|规范性文件|文件|政策|规章|法规|标准")
_PAPERS = Regex("(?P<of>[^，；、]{2,}?(?<!意见))(?:议案|建议|提案|政府规章|地方性法规|法规|政策|标准)")
_MODIFIER = Regex("[^，；、和与及“”《》\\s]{2,6}$")
_ITS_OBJECT = Regex("(?:了|好)?(?P<thing>[^，；]{2,16})(?<!行动|工程|计划|专项|工作|政策|任务|攻坚|整治)")
_OF_SIZE = Regex("[^，；的]{0,6}[0-9一二三四五六七八九十百千万]+[^，；的]{1,4}(?:以上|以下)的[^，；的]{2,8}")
_STARTED = Regex("(?:实施|开展|推行|启动|建立|实行)(?=[^，；]{4,})")


def doer(carried: Carried, measure: Measure, name: str) -> str:
    """Return who did what the coordination tells, where it says so of its first deed alone, "" where it does not.

    河湾实验室集聚科研人员90人、实施项目66项: the second deed is the laboratory's too.
    """
    if measure.slot.link != "、" or measure.kind != "level" or carried.begins or not pattern("doing").match(name):
        return ""
    found = _DOER.match(carried.last)
    return found.group() if found and pattern("doing").match(carried.last, found.end()) else ""


def goes_on(carried: Carried, measure: Measure, name: str) -> bool:
    """Whether a bare noun behind a comma goes on with what was done before (培养本科生3万人，研究生2万人)."""
    if _ADDS.match(carried.prefix) and CAPACITY.search(name) and not pattern("doing").match(name):
        return True
    bare = len(name) <= 8 and not pattern("doing_any").search(name) and not ending("head", name)
    doing = bool(carried.prefix) and carried.last.startswith(carried.prefix)
    if doing and _LOSES.fullmatch(carried.prefix):
        return len(name) <= 8 and not pattern("doing_any").search(name)
    if carried.prefix and carried.last.startswith(carried.prefix) and _EACH_HAS.fullmatch(carried.prefix):
        return len(name) <= 6 and not pattern("doing_any").search(name) and not ending("head", name)
    if doing and _OF_SIZE.fullmatch(name):  # 新建30万千瓦以上的水电站5座，20万千瓦以上的火电站8座
        return measure.slot.quantity.unit == carried.unit
    if doing and bare and name in words()["goods"] and _both_of_goods(measure, carried):  # 供应化肥3万吨，农药5万箱
        return True
    if doing and bare and len(name) <= _SHORT and _DEALS_IN.search(carried.prefix) and _counts(measure, carried):
        return True  # 出版报纸24亿份，杂志3亿册
    if doing and bare and _ADDS.fullmatch(carried.prefix) and dimension(measure.slot.quantity.unit or "") in _SIZES:
        return True  # 新增采煤能力8千万吨，发电装机2千万千瓦
    if _PAID.fullmatch(carried.prefix) and not _MONEY.search(name):
        return False
    return doing and bare and measure.slot.quantity.unit == carried.unit


def _both_of_goods(measure: Measure, carried: Carried) -> bool:
    """Whether goods are told in units of goods, as those before them."""
    return measure.slot.quantity.unit in words()["goods_unit"] and carried.unit in words()["goods_unit"]


def _counts(measure: Measure, carried: Carried) -> bool:
    """Whether things or goods are counted, as before."""
    return _counts_goods(measure.slot.quantity.unit) and _counts_goods(carried.unit)


@cache
def _counts_goods(unit: str | None) -> bool:
    """Whether goods or things are counted by `unit`."""
    return unit is not None and (
        unit in words()["goods_unit"] or (unit not in ("人", "名", "户", "项") and dimension(unit) == "count")
    )


def _dealt_in(name: str) -> str:
    """Return who deals in goods, with the verb, where a name says so (国营商业收购 | 粮食), "" where it doesn't."""
    each = _EACH_HOUSEHOLD.match(name) if "每百" in name else None
    if each:
        return each.group()
    found = _DEALING.match(name)
    if found is None:
        return ""
    of_things = _THINGS_OF.search(found.group()) and len(name) - found.end() <= _SHORT
    bought = _TRADES.search(found.group()) and len(name) - found.end() <= _SHORTEST and not ending("head", name)
    bought = bought and not pattern("doing_any").search(found["who"])
    return found.group() if of_things or bought or name[found.end() :] in words()["goods"] else ""


def _may_go_on(measure: Measure) -> bool:
    """Whether the list of what was done may go on with `measure` (新增公路5公里，铁路新线3公里、复线1公里)."""
    return measure.rule == "level.bare" and measure.slot.quantity.unit not in PERCENT


def done_before(carried: Carried, slot: Slot, verb: str) -> str:
    """Return what the sentence said to be done with `verb`, or what was built and now is begun, "" if nothing.

    关停小火电机组200万千瓦，明年再关停100万千瓦; 续建安置房7000套，新开工1000套.
    """
    told = carried.told
    once_more = bool(carried.names) and carried.begins and _ONCE_MORE.search(slot.left) is not None
    if once_more and slot.quantity.unit == carried.unit and carried.kinds[-1] != "share":
        return verb + undone(carried.last)  # 已有网点八十万个。明年再增设五万个
    if slot.left.startswith("其中") and told:  # 取消下放事项600项，其中取消400项、下放200项
        carried.deeds = pattern("doing_all").sub("", told[-1], count=1) if slot.quantity.unit == carried.unit else ""
    elif slot.link != "、":
        carried.deeds = ""
    if carried.deeds and carried.deeds != told[-1]:
        return verb + carried.deeds
    again = next((name for name in reversed(told) if name.startswith(verb) and len(name) > len(verb)), "")
    alike = alike_unit = slot.link in (",", "、") and slot.quantity.unit == carried.unit
    more = slot.link == "、" and not verb.endswith(WITH_OBJECT)  # 新建农田9万亩、改造提升3万亩
    alike = alike and (more or _BUILDS.fullmatch(verb) is not None)
    total = _TOTAL.fullmatch(told[-1]) if told and alike_unit and _ADDS.fullmatch(verb) else None
    if total:  # 经营主体总量达90万户，新登记9万户
        return verb + total["of"]
    if again or not told or not alike:
        return again
    other = pattern("doing").match(told[-1])
    if other and other.end() < len(told[-1]):
        return verb + told[-1][other.end() :]
    built = ending("doing_last", told[-1]) if slot.link == "," else None  # 住房基本建成400套，新开工900套
    return verb + ALREADY.sub("", told[-1][: built.start()]) if built and built.start() else ""


def named_as(slot: Slot, verb: str) -> str:
    """Return what the clause before says was done, or calls the deed, "" where it doesn't.

    协同清理呆账，年内清理5亿元 → 清理呆账; 实施技工扩招行动，扩招3万人 → 技工扩招.
    """
    clause = clean(slot.clause_before)
    end = clause.find(verb, 1)
    thing = _ITS_OBJECT.fullmatch(clause, end + len(verb)) if end > 0 else None
    if thing:  # 各部门要协同清理呆账，年内清理5亿元
        return verb + thing["thing"]
    found = _MODIFIER.search(clause, 0, end) if end > 0 else None
    kind = clean(undone(found.group())) if found else ""
    return kind + verb if len(kind) >= 2 else ""


def _thing_before(carried: Carried, slot: Slot) -> str:
    """Return what a count without its noun counts some of (推出成果90项，35项获推广), "" if that can't be told."""
    if carried.begins:
        return object_of(slot.clause_before) or topic(slot.clause_before)
    last = _TAKEN_PART.sub("", carried.last)
    told = _DONE_TO.search(last)
    if told and told.start() >= 2:  # 82项成果获奖、37项向全国推广
        return last[: told.start()]
    if _DONE_TO.match(last) or last.startswith("当选"):
        return ""
    started = _STARTED.search(last)
    if slot.quantity.unit == carried.unit or started or last != carried.last:
        return owner_of(last[started.end() :] if started else last)
    return ""


def _works(carried: Carried, name: str) -> str:
    """Return whose works a list goes on with (改造电厂锅炉脱硫设施3套、脱硝设施5套), "" if it names none."""
    last = carried.last
    if not last.startswith(carried.prefix):
        return ""
    papers = _PAPERS.fullmatch(last, len(carried.prefix)) if _PAPER.fullmatch(name) else None
    if papers:  # 办理代表议案5项、建议80件
        return papers["of"]
    if not last.endswith(name[-2:]):
        return ""
    of = last[len(carried.prefix) : -len(name)]
    return of if len(of) >= 2 and _WORKS.search(of) else ""


def _graded(carried: Carried, name: str) -> str:
    """Give the second of two alike things the grade or the owner that is said of the first alone.

    国家级绿色工厂9家、绿色园区3个; 市级政务“立办”事项9项、“网办”事项8项
    """
    last = carried.last if not carried.begins else ""
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


def benefit(slot: Slot) -> str:
    """Return what the clause before says was done and that people gain by it, "" if it is too long for a name."""
    done = clean(slot.clause_before)
    return re.sub("力度$", "", done) + "受益" if 3 <= len(done) <= 28 else ""


def _does(name: str) -> str:
    """Return who does something, with the verb (河湾实验室引进 | 专家, 射击队夺得 | 金牌), "" if nobody does."""
    who = _DOER.match(name)
    done = pattern("doing").match(name, who.end()) if who else None
    if done and done.end() < len(name):
        return name[: done.end()]
    takes = _TAKES_IN.match(name)
    return takes.group() if takes else ""


def keep_verb(carried: Carried, measure: Measure, name: str, did: str) -> None:
    """Note the verb of doing that a coordination may go on with, or that it has ended; `did`: a verb that 了 marks."""
    slot = measure.slot
    if measure.rule == "change.first":
        carried.change = measure.direction
    doing = pattern("doing_all").match(name)
    bare = measure.rule in ("level.bare", "noun.behind")
    each = _EACH_HAS.match(name) if bare else None
    if did:
        carried.prefix = did
    elif doing and doing.end() < len(name) and bare:
        carried.prefix = doing.group().rstrip("和、并或与")  # 建设 | 和美乡村
    elif measure.rule == "noun.behind" and slot.left and (governs := governing().match(name)) and not doing:
        carried.prefix = governs.group()  # 抓好9项改革和80项任务
    elif bare and (does := _does(name)):
        carried.prefix = does  # 江海母港接待游船70艘次、旅客20万人次
    elif bare and _counts_goods(slot.quantity.unit) and (dealt := _dealt_in(name)):
        carried.prefix = dealt  # 国营商业收购粮食800亿斤，棉花3000万担
    elif each:  # 平均每人占有粮食八百斤，棉花十斤; 损失产值八亿元，产量五万吨
        carried.prefix = each.group()
    elif bare and slot.quantity.unit in ("元", "美元") and (paid := _PAID.match(name)):
        carried.prefix = paid.group()  # 中央财政安排救灾款3亿元和重建资金7亿元
    elif (
        slot.link == ","
        and not name.startswith(carried.prefix or " ")
        and (_PAID.fullmatch(carried.prefix) or not _may_go_on(measure))
    ):
        carried.prefix = ""


@cache
def _serving() -> Regex:
    """Return the pattern of whom or what something reaches, up to the verb (通道网络辐射 | 全国城市)."""
    return Regex(f"[^，；、]{{0,10}}?{any_of('leaning')}(?=[一-鿿]{{2,20}}$)")


def some_of(carried: Carried, measure: Measure, name: str) -> str:
    """Name a count behind its quantity by what it counts some of or what was done for them, or return ""."""
    slot = measure.slot
    behind = measure.rule == "noun.behind"
    serves = _serving().match(carried.last) if behind and slot.link == "、" else None
    if serves and not clean(slot.left):
        return serves.group() + name  # 惠及4亿城镇居民、8亿农村居民
    if behind and name.endswith("受益") and not clean(slot.left) and benefit(slot):
        return benefit(slot) + name.removesuffix("受益")
    insures = _INSURANCE.match(slot.clause_before) if name.endswith("参保") else None
    if insures and behind:  # 医疗保险覆盖范围扩大，3亿居民参保
        return insures["what"] + name
    if behind and _DONE_TO.match(name):
        return _thing_before(carried, slot) + name
    if name in ("农村", "乡村") and carried.last.startswith(("城镇", "城市")):
        return name + carried.last[2:]  # 城镇人均住房面积增加到…，农村增加到…
    won = _WON.match(carried.last) if slot.link == "、" and name.endswith("奖") else None
    if won and not _WON.match(name):  # 作品获甲奖3项、乙奖4项
        return won.group() + name
    return done_before(carried, slot, name) if name == "在建" else ""  # 建成通道4座、在建8座


#: 事项办理环节减少5%、办理材料减少6%: what is shortened of one thing.
_HANDLING = Regex("(?:审批|办理|办事|申请|申报|受理)(?:时间|时限|环节|材料|成本|流程|程序)")
_SHORTENED = Regex("(?:平均|总体)?(?:审批|办理|办事|申请|申报|受理)?(?:时间|时限|环节|材料|申请材料|跑动次数)")
_AFFAIRS = Regex("[^，；、]*(?:事项|业务|“一件事”|审批|许可)")


def handled_so(carried: Carried, measure: Measure, name: str) -> str:
    """Return what was shortened with the affair of which it is a side (推出服务事项9项，平均压减时间…), or ""."""
    less = carried.change if measure.slot.link == "、" and measure.slot.quantity.unit in PERCENT else None
    if not (less or measure.kind == "growth_rate") or carried.begins or not _SHORTENED.fullmatch(name):
        return ""
    if less:  # 压减时间五成、材料三成
        measure.kind, measure.direction = "growth_rate", less
    before = _HANDLING.search(carried.last) if measure.slot.link == "、" else None
    if before and before.start():
        return carried.last[: before.start()] + name
    told = next((said for said in reversed(carried.told) if _AFFAIRS.fullmatch(said)), "")
    return undone(told) + name if told else ""


def shared_verb(carried: Carried, measure: Measure, name: str) -> str:
    """Return a name with the verb, the object or the grade that the coordination or the clause before says once."""
    slot = measure.slot
    pays = bool(carried.prefix) and _PAID.fullmatch(carried.prefix) is not None
    paid_too = pays and _MONEY.search(name) is not None
    if _TAKES_PART.match(name):  # 举办展会8场、9万人次参加
        return name
    if slot.quantity.unit in PERCENT and _COVERS.fullmatch(name) and slot.link == "、" and not carried.begins:
        return undone(carried.last) + name  # 新建医疗集团5个、区级覆盖率达80%
    reached = _REACHED.search(carried.last) if slot.link == "、" and slot.quantity.unit in _WHOM_UNITS else None
    if reached and measure.rule == "level.bare" and not pattern("doing").match(name) and not ending("head", name):
        return carried.last[: reached.end()] + name  # 覆盖社区8个、居民3万人
    if slot.link == "," and carried.change and measure.rule == "level.bare" and slot.quantity.unit not in PERCENT:
        measure.kind, measure.direction = "change_amount", carried.change
    if slot.link == "、" and measure.kind == "level" and (paid_too or not pattern("doing").match(name)):
        if carried.change and slot.quantity.unit in PERCENT:  # 压减时间五成、材料三成
            if len(name) <= _SHORT and not ending("head", name):
                measure.kind, measure.direction = "growth_rate", carried.change
        elif carried.change:
            measure.kind, measure.direction = "change_amount", carried.change
        elif carried.prefix in _RECEIVES and slot.quantity.unit in ("元", "美元"):
            pass  # 接待游客8万人次、旅游花费9亿元
        elif slot.quantity.unit in ("元", "美元") or not pays:
            name = joined(carried.prefix + _works(carried, name), name, least=2)
    if name not in _DONE_ENOUGH and wholly("doing", name):
        said = carried.last if not carried.begins and carried.unit == slot.quantity.unit else ""
        name += (
            done_with(slot)
            or (pushed(slot) if _BUILDS.fullmatch(name) else "")
            or (said if slot.link == "," and not pattern("doing").match(said) else "")
        )
    return _graded(carried, name) if slot.link == "、" and measure.kind == "level" else name
