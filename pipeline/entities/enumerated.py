"""Items of an enumeration that says what they are: 甲项目、乙大桥等一批工程, 丙、丁等49家企业.

The word after the enumeration tells the kind. An item is a name by what it is made of, or because the items beside it
are names. What names of a kind end on is in ``data/entity_heads.toml`` (`enumerated`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from pipeline.entities.candidate import Candidate
from pipeline.entities.extents import origin
from pipeline.entities.full_forms import full_ending
from pipeline.entities.heads import rules
from pipeline.entities.reach import Piece, search, trim
from pipeline.entities.words import Words, in_dictionary, is_name, is_toponym, is_trademark
from pipeline.regex import Regex

RANK = 25
_INVESTED_RANK = 55  #: above the companies that the works of investors are called after

_END = Regex(
    r"等(?!走[进入]|亮相|进入|融入|地|省(?!级?重|市级?重)|市(?!级?重)|县|区域|关键|资金|重点[区地流领])(?:[0-9一二三四五六七八九十百]+[余多]?[家个条座处项户]|一批|多[家个项])?[^，。；：、“”\n等]{0,10}?(?:“[^“”\n]{2,12}”[^，。；：、“”\n等]{0,6}?)?"
    r"(?:(?P<company>企业|公司|(?<!教育)(?<!办学)(?<!医疗)(?<!医联体)集团(?!化)|[民央国外名车房药酒船]企)|(?P<brand>品牌|地理标志|特产|名品|名优产品|农特产品|特色产业|农产品(?![加质流市基电物])|土特产)|(?P<project>项目|工程)|(?P<place>景区|景点|遗址|(?<!物质)文化遗产|公园(?!城)|湖泊|河湖|河流(?!域)|海湾|片区)|(?P<street>(?:城市|市政|主干)?道路(?!运输|交通|工程))|(?P<line>高铁|铁路|高速公路|高速(?!公路)|公路|煤矿|水库|灌区|抽水蓄能电站|核电站|水电站|机场(?!群)|大桥|隧道)(?!工程)"
    r"|(?P<built>开工|投产|(?<=等)建设(?=[。；])|竣工|投运|深化布局|开业|开街)|(?P<settled>落户|入驻|聚集|集聚(?!区)|快速成长|茁壮成长)|(?P<visited>成为[^，。；：\n]{0,10}?打卡|客流|人气(?:火爆|爆棚|旺)|游人如织|火爆(?:出圈|全网)|爆火出圈|现象级文旅))"
)
#: Said of the character before it, by which a pattern is looked for: a name may end right before that.
_BEHIND_A_NAME = "(?<=[\u4e00-\u9fff].)(?<!等.)"
#: What is said of sights that are listed: 山塘街、沙家浜、穹窿山游客如织.
_VISITED = Regex(
    f"(?P<visited>游{_BEHIND_A_NAME}[客人]如织|客{_BEHIND_A_NAME}流如织|人{_BEHIND_A_NAME}(?:流如织|气(?:火爆|爆棚|旺))"
    f"|爆{_BEHIND_A_NAME}火出圈|火{_BEHIND_A_NAME}爆(?:出圈|全网))"
)
_TOLD = {"built": "project", "settled": "company", "visited": "place", "street": "line"}  # the kind by what is said
_LINES = ("高铁", "铁路", "高速公路", "高速", "公路")  #: works whose names hold the head, but in rows
_BOUNDS = "，。；：！？\n\u3000（、"
_REACH = 160  #: characters of an enumeration
_SIGHT_REACH = 14  #: characters of a sight's name, before which one more is named
_LONG = 5  #: characters of an item that the items beside it show to be a name
_SHORT = range(2, 6)  #: characters of an item that may be a short name
_SHORT_NAME = Regex(
    "[A-Za-z\u4e00-\u9fff]{1,4}(?<![产行企商银公])[A-Za-z\u4e00-\u9fff](?<!行业)(?<!制造)(?<!服务)(?<!金融)(?<!企业)(?<!产业)(?<!央企)(?<!民企)"
)
_SPLIT = 1  #: characters of a line's name that read as a verb by themselves (通 | 苏嘉甬)
_KIND_OF = Regex(
    "[大中小]型|病险|生产|在建|世界|国家级|[省市县]级|高速|农村|城[乡镇市]|农业|水利|交通|重[点大]|公共|基础"
)
#: Works that are the stretch of a line: 西气东输三线陕西段.
_STRETCHED = Regex("(?:[线路道程]|高速|高铁|城际)\\S{1,6}段$")
#: What a firm or place builds.
_WORK = Regex("(?![0-9])(?:(?![的和与等“”（]|以及)[^，。；：、\n]){4,24}(?<!以)")
_COINED = Regex("(?:(?![的和与及等]|[0-9两二三四五六七八九十]+[个座条])[\u4e00-\u9fffA-Za-z0-9]){5,24}")
_CODED = Regex("[A-Z][A-Z-]?[0-9]")  # 半岛北N2海上风电
_MEASURED = Regex("[0-9]万?(?:吨|千瓦|兆瓦|立方米|平方米|[台辆套支]|标方)")
_COUNTED = Regex("[0-9]|世界|中国[0-9]")
#: What is told of products and works, of which no firm's name is made.
_DONE = Regex("[0-9]|下线|[满投达量]产|投用|开工|投运|竣工|落地|签约")
_ORGAN_CENTRE = Regex("(?:救援|合作|交流|审评|检查|检验|防治|防控|监测|指导|促进|分)中心$")
_PRODUCT = 4  #: characters of a product's name after its place
_SIGHTS = frozenset(
    "河江沟海淖浜渡荡峪山峡崖沟堡湾门堂原湖寺庙塔洞谷岭岛城镇寨园关泉瀑窟宫楼阁墓陵坊巷里街滩院府峰岩台池潭"
)
_STREETS = frozenset("路街道巷")
_BEFORE_SIGHTS = frozenset("前内")  # 九龙壁 | 前游客如织
_PLAIN = frozenset("业类的和与及等中小大新老各型级性化高低多少省市县区镇村上下内外好用于为在")


class _Item(NamedTuple):
    """An item: a `name` by itself, `known` to other sources, a name `beside` names, or `nothing` that can be told."""

    start: int
    end: int
    says: str


def find_enumerated(view: str, words: Words, marked: bytearray, firms: Mapping[int, int]) -> Iterator[Candidate]:
    """Yield the proper names among the items of the enumerations in `view`.

    `firms` gives where known companies end by where they begin: what a company makes alone is no work named after it.
    """
    for match in chain(_END.finditer(view), _VISITED.finditer(view)):
        if (
            not view.startswith("等", match.start())
            and "、" not in view[max(match.start() - _SIGHT_REACH, 0) : match.start()]
        ):
            continue  # one sight is no list
        row = _Row(view, words, marked, firms, match)
        for start, end in row.names():
            type_, canonical = row.called(start, end)
            rank = _INVESTED_RANK if row.invested else RANK
            yield Candidate(start, end, type_, canonical, f"list:{row.kind}", rank, cue=match.span())


class _Row:
    """The items before a word that tells their `kind`; `head` is what they leave to that word, if they do."""

    def __init__(
        self, view: str, words: Words, marked: bytearray, firms: Mapping[int, int], match: re.Match[str]
    ) -> None:
        told = match.lastgroup or ""
        self.kind = _TOLD.get(told, told)
        self._view = view
        self._words = words
        self._marked = marked
        self._firms = firms
        self._head = match[told] if self.kind == "line" else ""
        self._headless = bool(self._head) and self._head not in _LINES  # no kind of coal mine is called in one word
        self.invested = self.kind == "project" and "外资" in match.group()  # what investors build is called after them
        self._end = match.start() - (told == "visited" and view[match.start() - 1] in _BEFORE_SIGHTS)

    def names(self) -> list[tuple[int, int]]:
        """Return where the items are that are names and not known."""
        items = self._items()
        told = {says: [(i.start, i.end) for i in items if i.says == says] for says in ("name", "known", "beside")}
        names, beside = told["name"], told["beside"]
        if len(names) == 1 and not (beside or told["known"]) and self._is_alone(*names[0]):
            return []
        sure = len(names) + len(told["known"])
        return names + beside if sure > 1 or self._shows(sure, len(told["known"]), beside) else names

    def _is_alone(self, start: int, end: int) -> bool:
        """Whether the only item that may be a name is what a firm does, or a line of which the list says nothing."""
        if self.kind == "line" and not self._headless and not self._view.startswith("等", end):
            return True
        placed = self._view.endswith(rules().enumerated.placed, 0, end) or _MEASURED.search(self._view, start, end)
        return self.kind != "company" and start in self._firms and not placed

    def _shows(self, sure: int, known: int, beside: Sequence[tuple[int, int]]) -> bool:
        """Whether the items that are names show those `beside` them to be names, where fewer than two are `sure`."""
        if self.kind == "project":
            return bool(sure and beside) and all(self._opens_coined(*item) for item in beside)
        if self.kind == "company":
            return len(beside) + known > 1 and any(self._is_coined(*item) for item in beside)
        return (self._headless and sure + len(beside) > 1) or (self.kind == "brand" and bool(sure and beside))

    def _items(self) -> list[_Item]:
        """Return the items, the last first, as far as they can be read."""
        view, end = self._view, self._end
        floor = max(end - _REACH, 0)
        items: list[_Item] = []
        while end > floor:
            cut = max(view.rfind(mark, floor, end) for mark in _BOUNDS)
            item = self._read(cut, end)
            if item is None:
                break
            items.append(item)
            led = view[cut + 1 : item.start]
            if led and led[-1] in "和与及" and not rules().moves(led[:-1]):
                end = item.start - 1
            elif cut >= floor and view[cut] == "、":
                end = cut
            else:
                break
        return items

    def _read(self, cut: int, end: int) -> _Item | None:
        """Return the item between the mark at `cut` and `end`, None where the enumeration does not reach so far."""
        if self.kind == "project" and (start := self._work(cut, end)) is not None:
            return _Item(start, end, "name")
        found = trim(self._view, search(self._view, self._words, self._marked, end, complete=False))
        if not found or found[-1].end - found[0].start < 2:
            return self._read_unsearched(cut, end)
        if self.kind == "brand":
            return self._read_brand(cut, end, found)
        read = {
            "project": self._read_project,
            "company": self._read_company,
            "place": self._read_place,
            "line": self._read_line,
        }
        return read[self.kind](cut, end, found)

    def _read_unsearched(self, cut: int, end: int) -> _Item | None:
        """Return the item of which no word can stand in a name built on a head, if its kind has such names."""
        if self.kind == "place":
            return _Item(cut + 1, end, "name") if self._is_sight(cut + 1, end) else None
        if self._view[cut] != "、":
            return None
        if self.kind == "project":
            told = self._opens_coined(cut + 1, end)
        else:
            short = self._is_short(cut + 1, end) and not _KIND_OF.match(self._view, cut + 1)
            told = short and (self._headless or self.kind == "company")
        return _Item(cut + 1, end, "beside") if told else None

    def _read_brand(self, cut: int, end: int, found: list[Piece]) -> _Item:
        start = found[0].start
        if self._is_product(found):
            return _Item(start, end, "name")
        return _Item(start, end, "beside" if start == cut + 1 and self._is_coined(start, end) else "nothing")

    def _read_project(self, cut: int, end: int, found: list[Piece]) -> _Item:
        view, start = self._view, origin(self._view, found[0].start)
        if all(self._marked[start:end]) and self._firms.get(start, end) >= end:
            return _Item(start, end, "name" if self.invested else "known")
        if view[cut] == "、" and start > cut + 1 and self._opens_coined(cut + 1, end):
            return _Item(cut + 1, end, "name")  # 榆能 | 百万吨煤制芳烃
        if start < found[0].start or self._is_proper(found):
            return _Item(start, end, "name")
        long = start == cut + 1 and end - start >= _LONG and not in_dictionary(view[start:end])
        return _Item(start, end, "beside" if long and not _KIND_OF.match(view, start) else "nothing")

    def _read_company(self, cut: int, end: int, found: list[Piece]) -> _Item | None:
        view, start = self._view, found[0].start
        if _DONE.search(view, start, end):
            return None  # 恒云动力电芯下线, which is no firm's name
        if view[cut + 1 : start] == "新" and self._is_short(cut + 1, end):
            return _Item(cut + 1, end, "beside")  # 新 | 成新材
        known = next((at for at in (start, start + 1) if self._firms.get(at) == end), None)
        if known is not None or all(self._marked[start:end]):
            return _Item(start if known is None else known, end, "known")  # 大 | 宇树科技
        if self._is_proper(found):
            return _Item(start, end, "name")
        if view[cut] == "、" and start > cut + 1 and self._is_coined(cut + 1, end):
            return _Item(cut + 1, end, "beside")  # 软 | 通 | 动力
        led = start == cut + 1 or rules().moves(view[cut + 1 : start])
        return _Item(start, end, "beside" if led and self._is_short(start, end) else "nothing")

    def _read_place(self, cut: int, end: int, found: list[Piece]) -> _Item:
        start = found[0].start
        if all(self._marked[start:end]):
            return _Item(start, end, "known")
        if self._is_proper(found):
            return _Item(start, end, "name")
        if self._is_sight(cut + 1, end):
            return _Item(cut + 1, end, "name")
        return _Item(start, end, "name" if self._is_sight(start, end) else "nothing")  # 开放 | 云水岛等公园

    def _read_line(self, cut: int, end: int, found: list[Piece]) -> _Item:
        view, start = self._view, origin(self._view, found[0].start)
        if view[cut] in "、，" and 0 < start - cut - 1 <= _SPLIT:
            start = cut + 1
        if all(self._marked[start:end]):
            return _Item(start, end, "known")
        if start < found[0].start or self._is_proper(found):
            return _Item(start, end, "name")
        if not self._headless or _KIND_OF.match(view, start) or not self._is_short(start, end):
            return _Item(start, end, "nothing")
        street = self._head.endswith("道路") and view[end - 1] in _STREETS
        return _Item(cut + 1 if view[cut] == "、" else start, end, "name" if street else "beside")

    def _work(self, cut: int, end: int) -> int | None:
        """Return where the item between `cut` and `end` begins if it is a work that a firm or place opens.

        It reaches over words that end the search for other names: 恒云新能 | 动力电池及储能.
        """
        view, marked, start = self._view, self._marked, cut + 1
        opening = [(at, n) for at, n in self._words.between(start, end) if at >= start]
        if view[cut] != "、":
            while opening and not marked[opening[0][0]]:
                (at, n), *opening = opening
                if not rules().moves(view[at : at + n]):
                    return None
                start = at + n
        if not opening or opening[0][0] != start or not marked[start] or not _WORK.fullmatch(view, start, end):
            return None
        rest = next((at for at in range(start, end) if not marked[at]), end)
        joined = view.find("及", rest, end)
        if end - rest < _SHORT[0] + 1 or (joined >= 0 and view.endswith(rules().enumerated.works, 0, joined)):
            return None
        moved = any(
            n > 1 and at + n < end and not marked[at] and view[at : at + n] in rules().governing for at, n in opening
        )
        return None if moved else start

    def _opens_coined(self, start: int, end: int) -> bool:
        """Whether a long item opens with a name, or with characters that make no word (慧 | 能煤炭清洁高效利用)."""
        view = self._view
        if end - start < _LONG or not _COINED.fullmatch(view, start, end):
            return False
        if is_name(view[start : start + 2]) or is_trademark(view[start : start + 2]):
            return True
        opening = [view[at] for at, n in list(self._words.between(start, end))[:2] if n == 1 and at >= start]
        return len(opening) > 1 and opening[0] not in _PLAIN and (opening[1] == "新" or opening[1] not in _PLAIN)

    def _is_coined(self, start: int, end: int) -> bool:
        """Whether an item may be a short name: no dictionary has it or one of its parts."""
        view = self._view
        return (
            self._is_short(start, end)
            and not in_dictionary(view[start:end])
            and not _KIND_OF.match(view, start)
            and any(n == 1 or not in_dictionary(view[at : at + n]) for at, n in self._words.between(start, end))
        )

    def _is_short(self, start: int, end: int) -> bool:
        """Whether an item may be a short name, where the items beside it are names (曙光、海光、云岭科技等企业)."""
        return end - start in _SHORT and _SHORT_NAME.fullmatch(self._view, start, end) is not None

    def _is_sight(self, start: int, end: int) -> bool:
        """Whether an item is short, ends like the name of a sight, and is no word (乌石峡、水云堂等景区)."""
        view = self._view
        return (
            self._is_short(start, end)
            and view[end - 1] in _SIGHTS
            and (not in_dictionary(name := view[start:end]) or is_toponym(name))
            and not _KIND_OF.match(view, start)
            and not rules().moves(view[start : start + 2])
        )

    def _is_product(self, found: list[Piece]) -> bool:
        """Whether an item is what a place is known for: the place, and the product right after it (赣南脐橙)."""
        start, end = found[0].start, found[-1].end
        place = next((at for at in range(start, end) if not self._marked[at]), end)
        return (
            found[0].named
            and start < place
            and 0 < end - place <= _PRODUCT
            and not any(self._marked[place:end])
            and not self._view.endswith(rules().enumerated.sorts, start, end)
        )

    def _is_proper(self, found: list[Piece]) -> bool:
        """Whether an item is a proper name: it begins with a place or known name, or is no word at all."""
        if any(p.quoted for p in found) or _COUNTED.match(self._view, found[0].start):
            return False
        if self._marked[found[0].start] or any(_CODED.match(p.text) for p in found):
            return True
        if self.kind != "place" and len(found) > 1 and found[-1].end - found[0].start > 2:
            coined = [p for p in found[:3] if len(p.text) == 1 and p.text not in _PLAIN]
            if len(coined) > 1 or (self.kind == "company" and coined):
                return True
        name = [p for p in found if not p.text.endswith(rules().enumerated.works)]
        return bool(name) and all(len(p.text) == 1 for p in name)

    def called(self, start: int, end: int) -> tuple[str, str]:
        """Return type and canonical name of an item that is a name."""
        ends, kind = rules().enumerated, self.kind
        name = self._view[start:end].replace("“", "").replace("”", "")
        if kind == "line":
            whole = name.endswith(ends.works) or any(line in name for line in _LINES)
            return "project", name if self._head.endswith("道路") else full_ending(name if whole else name + self._head)
        if kind == "brand" or (kind == "company" and name.endswith(ends.seats)):
            return "project", name
        if kind == "place":
            return ("org" if name.endswith((*ends.museums, *ends.halls)) else kind), name
        if kind == "company":
            return kind, name
        if _STRETCHED.search(name):
            return kind, full_ending(name)
        if name.endswith(ends.spots):
            return "place", name
        if _ORGAN_CENTRE.search(name) or name.endswith((*ends.institutions, *ends.museums)):
            return "org", name
        phase = start in self._firms and name[-1] == "期"
        return kind, full_ending(name) if name.endswith(ends.works) and not phase else name + "项目"
