"""What a pilot, a campaign or a body that was named before gives to a name that only points to it."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.reading import clean, object_of, pattern
from pipeline.regex import Regex

#: 试点城市, 试点县比重: of what pilot they are.
_OF_A_PILOT = Regex("试点(?:城市|地区|省份|省区?市?|县市?区?|乡镇|企业|学校|医院|单位|范围)?(?:占比|比重|数量|数)?")
_PILOT = Regex("(?:开展|进行|启动|推行|推进|实施)了?(?P<what>[^，；的在]{2,16}?)的?试点")
_GOES_ON = Regex(
    "(?P<what>[^，；的]{3,16}?)试点(?:工作)?(?:扎实|有序|稳步|全面|深入|顺利|加快|持续|不断|逐步)*(?:推进|开展|展开|铺开|扩大|实施|启动)"
)
#: 开展机器人“双千工程”，培育特色企业: of which branch they are.
_OF_A_BRANCH = Regex("(?P<sort>(?:特色|领军|骨干|龙头|标杆|示范|链主|优质|重点)(?:企业|园区|基地|项目))")
_BRANCH = Regex(
    "(?:深入|大力|扎实|全面)*(?:实施|开展|推进|启动)(?P<branch>[^，；、“”的]{1,10}?(?:业|产业|智能|经济|制造|旅游|食品|医药|能源|材料))"
    "(?:“[^“”]{2,10}”|[\u4e00-\u9fff]{2,6})?(?:行动|工程|计划|“[^“”]{2,10}(?:行动|工程|计划)”)"
)
#: 实施乡村道路提升行动，新（改）建9公里: what is built.
_BUILT = Regex("新（改）建|新（改、扩）建|新改建|新建改建|新建改造|新建|改建|改造|新建和改造|改造提升")
_WORKS = Regex(
    "(?:深入|大力|扎实|全面)*(?:实施|开展|推进|启动)(?:新一轮|第[一二三四五]轮|年度)?"
    "(?P<what>[^，；、“”的]{2,10}?(?:公路|农田|管网|小区|危房|厕所|绿道|林|园|校舍|水库|灌区|电网|路灯))(?:建设|改造|提升|提质|攻坚|升级|三年)*(?:行动|工程|计划)"
)
#: 打好“安居房”攻坚战，交付9万套; 推进避险搬迁，完成9万人搬迁任务.
_CAMPAIGN = Regex(
    "(?:打好|打赢|开展|实施|推进|抓好)(?P<what>“[^“”]{2,8}”)(?:专项|整治)*(?:攻坚战|攻坚|行动|工程|任务|工作)"
)
_HANDED_OVER = ("交付", "完成交付", "交房", "化解", "整改", "办结", "销号", "复工")
_A_TASK = Regex("完成(?P<what>[^，；、的]{2,4})(?:任务|工作)")
#: 中央部门要带头过紧日子，一般性支出压减5%.
_OUTLAYS = ("一般性支出", "“三公”经费", "三公经费", "公用经费", "行政经费", "行政支出")
_OFFICES = Regex(
    "(?:^|[，。；])(?P<who>(?:中央|省级|省|市级|市|自治区|区级|国务院)(?:和国家机关|本级)?(?:财政|部门|直部门|各部门|单位|机关))(?:要|应|应当|必须|带头|率先)"
)


def of_programme(carried: Carried, slot: Slot, name: str) -> str:
    """Return `name` with the pilot, campaign, branch or body that it owes to what stands before, "" if to none."""
    if name in _OUTLAYS:
        return _of_offices(carried, slot, name)
    if name.startswith("试点"):
        pilot = _pilot(carried, slot) if _OF_A_PILOT.fullmatch(name) else ""
        return pilot + name if pilot else ""
    if _BUILT.fullmatch(name) and slot.quantity.unit not in ("元", "美元"):
        works = _WORKS.fullmatch(clean(slot.clause_before))
        return name + works["what"] if works else ""
    if name in _HANDED_OVER:
        campaign = _CAMPAIGN.fullmatch(clean(slot.clause_before))
        return campaign["what"] + name if campaign else ""
    task = _A_TASK.fullmatch(name)
    if task:
        done = object_of(slot.clause_before)
        return "完成" + done if done.endswith(task["what"]) and done != task["what"] else ""
    done_first = pattern("doing").match(name)
    sort = _OF_A_BRANCH.fullmatch(name, done_first.end()) if done_first else None
    branch = _BRANCH.fullmatch(clean(slot.clause_before)) if sort else None
    return name[: sort.start()] + branch["branch"] + sort["sort"] if sort and branch else ""


def _of_offices(carried: Carried, slot: Slot, name: str) -> str:
    """Return an outlay with the body that the sentence says must save (省级财政要开源节流，…一般性支出压减5%)."""
    said = _OFFICES.search(slot.passed + slot.left)
    if said:
        return said["who"] + name
    other = next((of for of in _OUTLAYS if carried.last.endswith(of)), "") if slot.link == "、" else ""
    return carried.last.removesuffix(other) + name if other and carried.last != other else ""


def _pilot(carried: Carried, slot: Slot) -> str:
    """Return what is tried in the pilot that was told of last, "" where none was."""
    goes_on = _GOES_ON.fullmatch(clean(slot.clause_before))
    if goes_on:
        return goes_on["what"]
    told = _PILOT.search(slot.clause_before) or (_PILOT.search(carried.last) if not carried.begins else None)
    if told:
        return told["what"]
    if not (carried.begins and slot.link == "start"):
        return ""
    return object_of(carried.said.rstrip("。；！").rpartition("，")[2])  # 推行医疗互助制度。试点扩大到七成的县
