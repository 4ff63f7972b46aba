"""What a pilot, a campaign or a body that was named before gives to a name that only points to it."""

from pipeline.claims.carrying.state import Carried
from pipeline.claims.clauses import Slot
from pipeline.claims.naming import clean, joined, object_of
from pipeline.claims.wordings import pattern
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
#: 开展权属改革，形成典型案例9个; 实施助研计划，支持企业90家: what came of it, and whom or what it paid for.
_SCHEME = Regex(
    "(?:深入|大力|扎实|全面|持续|连续|统筹|稳步|有序|加快|积极|高质量|部署|推进|加力|组织|滚动)*"
    "(?:开展|实施|推进|启动|推行|深化|推动)了?(?:新一轮)?"
    "(?P<what>[^，；、的]{2,20}?(?:改革|行动|计划|工程|培训|试点|专项|攻关|政策|制度|实事)”?|[^，；、的“”]{0,10}“[^“”]+”)(?:工作|试点)?"
)
_CAME_OF_IT = Regex(
    "(?:支持|扶持|帮扶|资助|奖补|辅导|帮助|惠及)(?!.*(?:基地|园区))[^，；、的]{0,4}(?:企业|主体|项目|人员|学生|农户|群众|家庭|高校|机构|人才)"
    "|(?:形成|取得|产出)[^，；、的]{0,6}(?:成果|案例|经验|举措)"
    "|(?:投入|落实|安排|下达)(?:财政|各类|专项)*资金|培训|轮训"
)
#: 对口结对帮扶有力，落实资金2亿元，实施项目90个.
_FUNDS = Regex(
    "(?:落实|投入|安排)?(?P<of>(?!财政|各类|投入|落实|安排)[^，；、]{4,}?)(?:落实|投入|安排|到位)?(?:财政|各类|专项)*资金"
)
_PROJECTS = ("实施项目", "实施帮扶项目", "援建项目", "安排项目", "落实项目")
#: 推进重点文旅项目，开工项目9000个.
_SOME_PROJECTS = Regex("(?P<verb>新?开工|竣工|投产|在建|落地|签约)项目")
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
    if name in _PROJECTS and not carried.begins:
        funds = _FUNDS.fullmatch(carried.last)
        return name.removesuffix("项目") + funds["of"] + "项目" if funds else ""
    some = _SOME_PROJECTS.fullmatch(name)
    if some:
        projects = object_of(slot.clause_before)
        return some["verb"] + projects if projects.endswith("项目") and len(projects) > 4 else ""
    if _CAME_OF_IT.fullmatch(name):
        scheme = _SCHEME.fullmatch(clean(slot.clause_before))
        return joined(scheme["what"], name) if scheme else ""
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
