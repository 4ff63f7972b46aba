"""What places are known for: their produce, crafts, plays and dishes (洛宁苹果, 广灵剪纸, 上党梆子)."""

from collections.abc import Iterator, Sequence

from pipeline.entities.candidate import Candidate
from pipeline.places import Mention
from pipeline.regex import Regex

RANK = 41  # above the places that the names begin with
TOWNS = ("city", "county")  #: places with produce, and with parts of a free trade zone, of their own
_SKILLED = (*TOWNS, "province")
_STOP = "(?![的和与及等、在为是])"
_END = (
    "(?=、|，|。|；|”|等|和|[\u4e00-\u9fff]?远销|飘香|畅销|俏销|享誉|闻名|走俏"
    "|成为|[获入]选|获|上榜|走[出进上]|热销|摆上"
    "|香飘|唱响|亮相|焕发|绽放|惊艳|斩获|登上|成功|被列|列入|纳入|$)"
)
_GOODS = (
    "苹果|葡萄|小米|大米|黄花|黄芪|苦荞麦?|荞麦|核桃|红枣|脐橙|蜜柚|柚子|柠檬|茶叶|[绿红白黑]茶|普洱茶|茶油|花椒|辣椒|大蒜|生姜|土豆|马铃薯|西瓜|甜瓜|哈密瓜|草莓|樱桃"
    "|猕猴桃|石榴|桃|梨|杏|山楂|红薯|山药|花生|绿豆|黄豆|挂面|粉条|粉丝|米粉|米线|酸枣糕|蜂蜜|羊肚菌|核桃油|亚麻籽|胡麻油|枸杞|人参|中药材|木耳|香菇|牛肉|羊肉|滩羊|黑山羊|黑猪|生猪|黄牛"
    "|肉牛|蚕桑|三文鱼|小龙虾|大闸蟹|红鲤|黄鸡|土鸡|白鹅|麻鸭|莲子|白莲|板栗|火腿|黄酒|白酒|陈醋|羊绒|地毯|家具"
)
PRODUCE = Regex(f"(?:{_STOP}[\u4e00-\u9fff]){{0,3}}?(?:{_GOODS}){_END}")
_PRODUCE_OF = Regex("[\u4e00-\u9fff]{2}" + PRODUCE.pattern)
_ARTS = (
    "剪纸|二人台|道情|皮影戏?|泥塑|面塑|砖雕|木雕|石雕|布艺|年画|秧歌|梆子|社火|铜器|漆器|刺绣|织锦|傩戏|花灯戏?|采茶戏|木偶戏|锣鼓|鼓乐|鼓书|四弦书|琴书|民歌|山歌|唢呐|罗罗腔|高跷"
    "|竹编|草编|柳编|刀削面|黄酒|老陈醋|数来宝|道乐|打铁花|凉粉|豆腐干|烧豆腐|焙面|燃面|莜面|烩面|拉面|凉皮|烧饼"
)
_CRAFT = Regex(
    f"(?:{_STOP}(?![举办开展演看学唱跳做卖有])[\u4e00-\u9fff]){{0,2}}?(?:{_ARTS})(?:制作|传统)?(?:技艺)?(?![\u4e00-\u9fff]?[博艺馆节厂剧])"
)
_SKILL = Regex(f"(?:{_STOP}[\u4e00-\u9fff]){{1,8}}?(?:制作|烧制|酿造|酿制|织造|锻制|冶铸|炮制|雕刻|传统|营造|印染)技艺")
#: What a place has made over centuries, as lists of heritage call it: 福溪 | 白茶文化系统.
_SYSTEM = Regex(
    f"(?:{_STOP}[\u4e00-\u9fff]){{2,10}}?(?:文化|农业|复合|种植|生产|灌溉|循环)系统(?=[、，。；和]|等|[入列]|获|成|$)"
)
#: What ends like produce or an art, as others of its row do: 霞溪 | 麻糍.
_LIKE = Regex(
    f"(?:{_STOP}[\u4e00-\u9fff]){{1,4}}?[鸡鸭鹅鱼羊牛猪茶米果杏梨桃枣椒参芪药酒醋油瓜菜菇薯豆鲤蟹虾蜜柚柑橘橙莓糕饼面粉酥笋藕莲姜蒜菌耳书戏腔调舞鼓绣陶瓷歌]{_END}"
)
#: An art that is called after no place, or after one that is no division: 上党梆子.
_ART = Regex(f"[\u4e00-\u9fff]{{2}}(?:{_ARTS}|戏|腔|调){_END}")
#: Produce in quotation marks, one beside another: “云岭小米”“霞溪黄梨”.
_QUOTED = Regex("[、和]?“")
_IN_QUOTES = Regex("[\u4e00-\u9fff]{1,5}(?=”)")
_MARKS = "、，。；：\n"
_ITEM_REACH = 8  #: characters of an art that stands before the row


def find_native(view: str, known: Sequence[Candidate], mentions: Sequence[Mention]) -> Iterator[Candidate]:
    """Yield what places are known for: crafts anywhere, produce and what is like it where two and more are in a row."""
    placed = {c.start: c.end for c in known if c.type == "place"}  # 恒山 | 道乐
    placed |= {m.start: m.end for m in mentions if m.place.level in TOWNS or m.form == "region"}
    done = 0
    for mention in mentions:
        start, end = mention.start, mention.end
        if mention.place.level in _SKILLED and (skill := _SKILL.match(view, end) or _SYSTEM.match(view, end)):
            yield _native(view, start, skill.end(), "place:craft")
        elif start in placed and mention.form != "full" and (craft := _CRAFT.match(view, end)):
            yield _native(view, start, craft.end(), "place:craft")
        if start < done or start not in placed:
            continue
        if view[start - 1 : start] == "“":
            quoted = list(_quoted(view, placed, start))
            if len(quoted) > 1 and any(PRODUCE.match(view, placed[at]) for at, _ in quoted):
                done = quoted[-1][1]
                for at, stop in quoted:
                    yield _native(view, at, stop, "list:brand", (start, done))
            continue
        row = _row(view, placed, start)
        if len(row) > 1 and any(_is_known(view, placed.get(at, at)) for at, _ in row):
            done = row[-1][1]
            for at, stop in row:
                yield _native(view, at, stop, "list:brand", (row[0][0], done))


def _native(view: str, start: int, end: int, rule: str, cue: tuple[int, int] | None = None) -> Candidate:
    return Candidate(start, end, "project", view[start:end], rule, RANK, cue=cue)


def _quoted(view: str, placed: dict[int, int], start: int) -> Iterator[tuple[int, int]]:
    """Yield the quotations from `start` on that hold produce with its place and nothing else."""
    at: int | None = start
    while at is not None and at in placed:
        item = _IN_QUOTES.match(view, placed[at])
        if not item:
            return
        yield at, item.end()
        beside = _QUOTED.match(view, item.end() + 1)
        at = beside.end() if beside else None


def _is_known(view: str, end: int) -> bool:
    """Whether produce or an art stands at `end`, where a place ends."""
    return any(pattern.match(view, end) for pattern in (PRODUCE, _CRAFT, _SKILL))


def _row(view: str, placed: dict[int, int], start: int) -> list[tuple[int, int]]:
    """Return the items of the row in which the first place is at `start`, with an art before it that has none."""
    row = []
    if view[start - 1 : start] == "、":
        floor = max(start - 1 - _ITEM_REACH, 0)
        at = max(floor, *(view.rfind(mark, floor, start - 1) + 1 for mark in _MARKS))
        led = _ART.search(view, at, start)
        if led and led.end() == start - 1:
            row.append(led.span())
    at = start
    while True:
        if at in placed:
            item = _SKILL.match(view, placed[at]) or PRODUCE.match(view, placed[at]) or _CRAFT.match(view, placed[at])
            item = item or _LIKE.match(view, placed[at])
        else:
            item = _PRODUCE_OF.match(view, at) or _ART.match(view, at)
        if not item:
            return row
        row.append((at, item.end()))
        if view[item.end() : item.end() + 1] not in ("、", "和"):
            return row
        at = item.end() + 1
