"""What makes the words before a head a name, and not a kind of thing."""

from pipeline.entities.extents import seat
from pipeline.entities.heads import Group, Rules, rules
from pipeline.entities.marks import (
    BEFALLS,
    CODE,
    MAKING,
    NATIONAL,
    NUMERIC,
    OWN,
    OWNERS,
    PHASES,
    PLAIN,
    PROVINCES,
    SEATED,
    SEPARATOR,
)
from pipeline.entities.organs import OWN_LEFT
from pipeline.entities.reach import Piece, tells
from pipeline.entities.words import (
    is_name,
    is_personal,
    is_trademark,
    is_verb,
)
from pipeline.places import resolve
from pipeline.regex import Regex

_GRADE = Regex(
    "(?:国家|省|市|县|世界|州|区|亚洲)?[0-9A-Z一二三四五六七八九十百千万亿]*[级甲]|世界一流|国内|全球|中国特色(?!社会主义)"
)
#: What firms of an owner are called without being named: 省 | 国有 | 集团.
_SORTS = frozenset(("企业", "国有", "大型", "医疗", "产业", "骨干", "龙头"))
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
_SEATED_LEAST = 6  #: characters of what a seat alone shows to be a name: 高校技术转移中心（云岭）
_REGIONS = ("城市群", "都市圈", "城镇圈", "经济圈", "经济带")  # what a quotation of its cities names
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
_NUMERAL = Regex("[0-9.,一二三四五六七八九十百千两]+大?")
_NAMED_AFTER = (
    "高速",
    "海上风电",
    "纪念馆",
)  #: what is called by a name that the dictionary has for a person's (云霞高速)
_GIVING = ("补偿机制", "补水机制")  #: what one place has, unlike what it has with another (与云岭 | 合作机制)
#: Works whose name is whole without 一期.
_SEATED_WORKS = ("基地", "项目", "工程", "产业园", "园区")
_RESERVES = ("park", "national_park")  #: groups of what the nation keeps


def is_named(view: str, marked: bytearray, pieces: list[Piece], head_end: int, group: Group) -> bool:
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
        or any(p.text in settings.verbs or p.text in MAKING for p in pieces)
    ):
        return False  # 与六安 | 建立合作机制
    if group.evidence == "local":
        return (
            bool(marked[pieces[0].start])
            or pieces[0].text in settings.toponyms
            or (len(pieces[0].text) > 1 and PROVINCES.issuperset(pieces[0].text))
            or (group.id == "team" and pieces[0].text == "中国")
        )
    if group.evidence == "two":  # 粤 | 黔, 深 | 哈, not 上海
        return is_proper(view, marked, pieces) and not (len(pieces) == 1 and pieces[0].named)
    if (
        group.id in SEATED
        and len(pieces) > 1
        and (NATIONAL.match(view, pieces[0].start) or pieces[-1].end - pieces[0].start >= _SEATED_LEAST)
        and seat(view, marked, head_end)
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
        and not (p.text[0] in NUMERIC and _NUMERAL.fullmatch(p.text))
    ]
    if group.evidence == "code":
        return bool(CODE.match(pieces[-1].text)) and bool(marked[pieces[0].start])
    if group.evidence == "unknown":  # a place, and two or three characters that make no word
        rest = [p for p in pieces if not marked[p.start]]
        return len(rest) < len(pieces) and len(rest) in (2, 3) and all(len(p.text) == 1 for p in rest)
    if group.evidence == "coined":  # three characters and more that make no word (木扎提 | 河)
        length = pieces[-1].end - pieces[0].start
        return length > 2 and all(
            is_personal(p.text) or (len(p.text) == 1 and p.text not in PLAIN and p.text not in group.never)
            for p in pieces
        )
    if group.evidence == "place":
        started = view.endswith(PHASES[0], 0, head_end) and view.endswith(_SEATED_WORKS, 0, pieces[-1].end)
        if started and BEFALLS.match(view, head_end):
            return False  # 云岭生产基地 | 一期投产
        if group.id == "phase" and len(telling) > 1 and BEFALLS.match(view, head_end):
            first = telling[0].text  # 鼎晖 | 光伏二期 | 开工
            return is_proper(view, marked, pieces) or is_trademark(first) or is_name(first)
        return any(holds_mark(marked, p) for p in pieces) and len(telling) > 1
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
        owned = pieces[0].text in OWNERS and pieces[-1].text not in _SORTS  # 省 | 港口 | 集团
        return length >= 2 and (
            bool(specific) or (owned and group.type == "company") or sum(len(p.text) for p in said) >= 4
        )
    return (
        is_proper(view, marked, pieces, group.never)
        or (
            group.own
            and bool(group.type in ("org", "company") or telling)
            and bool(OWN.match(view, pieces[0].start))
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
        and (start == 0 or view[start - 1] in SEPARATOR)
        and not (text in settings.generic or text in settings.coined or text in settings.verbs or is_verb(text))
        and not text.startswith(_KINDS)
    )


def _is_national(pieces: list[Piece], telling: list[Piece], group: Group) -> bool:
    """Whether 国家, 国际 … make a name of what else stands there; in that of a body it may stand anywhere."""
    scope = pieces if group.type == "org" else pieces[:1]
    if group.id == "platform" and len(pieces) == 2 and pieces[1].text == "国家":  # 稀土 | 国家 | 技术创新中心
        return pieces[0] in telling and pieces[0].text not in ("领域", "地区") and not is_verb(pieces[0].text)
    first = next((p for p in scope if NATIONAL.match(p.text)), None)
    if first is None or first is not pieces[0]:
        return first is not None and len(telling) > 2
    longer = len(first.text) > 3 and first in telling  # 中国模具 is one word of the dictionary
    return longer or any(p is not first for p in telling)


def holds_mark(marked: bytearray, piece: Piece) -> bool:
    """Whether a place or known name begins with `piece`, or in the brackets that it is."""
    return bool(marked[piece.start] or (piece.text[0] == "（" and marked[piece.start + 1]))


def is_proper(view: str, marked: bytearray, pieces: list[Piece], never: frozenset[str] = frozenset()) -> bool:
    """Whether `pieces` hold a place, a known name, a code, a quotation or a word that no dictionary has.

    A noun with what it is the name of does too (明月|湖).
    """
    singles = 0
    before = ""
    for piece in pieces:
        if piece.quoted or holds_mark(marked, piece):
            return True
        if piece.text in _FEATURES and len(before) == 2 and not (is_verb(before) or before in _UNNAMED):
            return True
        before = piece.text
        if piece.text[0] == "（" and _GRADE.match(piece.text, 1):
            continue  # 快速（二级）公路
        if piece.text in never:
            singles = 0
            continue
        if tells(piece.text):
            return True
        singles = singles + 1 if len(piece.text) == 1 else 0
        if singles > 1:
            return True
    return False
