"""Places: administrative divisions by name and year, named regions, countries.

Divisions from the county up come from ``data/divisions.tsv`` (GB/T 2260 codes, with the years in which
each stood; see ``scripts/build_divisions.py``), everything else from ``data/places.toml``.

A name is taken for a place where it says so itself (大同市), where it is the short form of a province or
prefecture (大同), and where it is a county's short form with evidence: its full form elsewhere in the text,
a parent right before it, or the document's own region around it.
"""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

import msgspec
import tomli
from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.errors import DataError
from pipeline.names import Names
from pipeline.regex import Regex

Level = Literal["country", "province", "city", "county", "region"]
Form = Literal["full", "short", "abbreviation", "region", "country"]

_FIRST_YEAR = 1980  # the table's; what stood then is taken to have stood before
_OPEN = 9999
_KNOWN = 8192  #: so many names, seen from so many places, are remembered
_REACH = 8  #: characters after a refused name in which one that it hid must end
#: What befalls a county, and shows the word before it to be one: 定边5.6级地震.
_EVENTS = ("地震", "山洪", "泥石流", "洪涝", "洪灾", "暴雨", "雪灾", "滑坡", "矿难", "撤县")
#: Works that a county's name stands before: 梁山港, 清河机场.
_WORKS = ("港", "机场", "经开区", "高新区", "经济开发区", "水库", "电厂", "站")
#: What is said of a county that won something, or leads: 天台 | 成为全国….
_FEATS = (
    "成为全",
    "成为国",
    "列入",
    "入选",
    "获评",
    "荣获",
    "获批",
    "被评为",
    "被列为",
    "创成",
    "跻身",
    "蝉联",
    "被授予",
)
_SENTENCE_LEFT = frozenset("，。；\n\u3000 ")
#: The rest of a country's full name: 罗马尼亚 | 社会主义共和国.
_STATE = Regex("(?:社会主义|民主主义|人民|民主|联邦|伊斯兰|阿拉伯|合作){0,3}(?:共和国|王国|合众国|酋长国)")
_STRENGTH = Regex("[0-9.]+级$")
_LIST_LEFT = frozenset(
    "，。；：、！？（“《\n\u3000 在对和与将把于从进持及为设快动给向"
)  #: what the first of a list may stand after
_LIST_RIGHT = Regex("[，。；：、）”\n]|等|和|与|及|[0-9]|$")
_ROW = frozenset("、和与及")
_ALONE = 3  #: characters of a county's name without its province
_SURE_LIST = 3  #: places of a list after which the last may be followed by anything
_OLD_NAME = 3  #: years after which the short name of an abolished division is not in use any more

_ETHNIC = (
    "各族|壮族|回族|维吾尔|土家族|苗族|藏族|羌族|彝族|朝鲜族|布依族|侗族|哈尼族|傣族|白族|景颇族|傈僳族|蒙古族?|哈萨克"
    "|柯尔克孜|满族|黎族|瑶族|畲族|仡佬族|水族|拉祜族|佤族|布朗族|纳西族|普米族|怒族|独龙族|裕固族|保安族|东乡族|撒拉族"
    "|土族|塔吉克|锡伯|仫佬族|毛南族|达斡尔族?|鄂温克族?|鄂伦春"
)
_IRREGULAR = {"内蒙古自治区": "内蒙古"}  # 蒙古 is no people's name there
_SUFFIX = Regex(
    rf"(?:(?:{_ETHNIC}){{0,4}}(?:自治区|自治州|自治县|自治旗)|特别行政区|行政区|新区|林区|省|地区|盟|市|县|区)$"
)


class Place(msgspec.Struct, frozen=True):
    """A place under its full name.

    `code` is the GB/T 2260 code of a division; None for anything else, and where the name fits several.
    `province` and `city` are the full names of the divisions that it lies in, itself included.
    """

    name: str
    level: Level
    code: str | None = None
    province: str | None = None
    city: str | None = None
    members: tuple[str, ...] = ()

    @property
    def parents(self) -> tuple[str, ...]:
        """Full names of the divisions above, the nearest first."""
        return tuple(name for name in (self.city, self.province) if name and name != self.name)


class Mention(msgspec.Struct, frozen=True):
    """A place named at the view range `[start, end)`, and in what form."""

    start: int
    end: int
    place: Place
    form: Form


CHINA = Place("中国", "country")


class _Division(msgspec.Struct, frozen=True):
    place: Place
    first: int
    last: int

    def distance(self, year: int | None) -> int:
        """Years between `year` (None: today) and the time in which the division stood."""
        year = _OPEN if year is None else max(year, _FIRST_YEAR)
        return max(self.first - year, year - self.last, 0)


class _Region(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: tuple[str, ...]
    name: str | None = None  #: full name of them all; None: each is its own
    kind: str = ""  #: what the full name of each ends in, where they have no common one (皖北 → 皖北地区)
    members: tuple[str, ...] = ()


class _Block(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    names: tuple[str, ...]
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class _Licences(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    before: tuple[str, ...]
    unless: tuple[str, ...]


class _Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/places.toml``; its comments say what each table is for."""

    abbreviations: dict[str, str]
    licences: _Licences
    regions: tuple[_Region, ...]
    countries: tuple[str, ...]
    own: dict[str, tuple[str, ...]]
    blocked: tuple[_Block, ...]
    weak: frozenset[str]
    common: frozenset[str]
    parts: tuple[str, ...]  #: of the world
    everyday: frozenset[str]
    generic: frozenset[str]
    decoys: frozenset[str]


def short_name(name: str) -> str | None:
    """Return a division's name without its kind (湘西 for 湘西土家族苗族自治州), None if one character is left."""
    if name in _IRREGULAR:
        return _IRREGULAR[name]
    if name[-1] == "区" and not name.endswith(("自治区", "地区", "行政区", "新区", "林区")):
        return name[:-1] if len(name) > 2 else None
    if name[-1] in "市县盟":
        return name[:-1] if len(name) > 2 and not name.endswith("自治县") else _long_short(name)
    return _long_short(name)


def _long_short(name: str) -> str | None:
    match = _SUFFIX.search(name)
    short = name[: match.start()] if match else name
    return short if match and len(short) >= 2 else None


@cache
def _settings() -> _Settings:
    source = "pipeline/data/places.toml"
    try:
        return msgspec.convert(tomli.loads(_read("places.toml")), _Settings)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{source}: {error}") from error


def _read(name: str) -> str:
    return (files("pipeline") / "data" / name).read_text(encoding="utf-8")


@cache
def _rows() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the lines of ``divisions.tsv`` by full and by short name (大理 and 大理州 for 大理白族自治州)."""
    full: dict[str, list[str]] = {}
    short: dict[str, list[str]] = {}
    for number, line in enumerate(_read("divisions.tsv").splitlines()[1:], 2):
        fields = line.split("\t")
        if len(fields) != 6:
            raise DataError(f"pipeline/data/divisions.tsv: line {number}: not six columns: {line!r}")
        name = fields[1]
        full.setdefault(name, []).append(line)
        stem = short_name(name)
        if stem:
            short.setdefault(stem, []).append(line)
            for kind in ("州", "县"):
                if name.endswith(f"自治{kind}"):
                    short.setdefault(f"{stem}{kind}", []).append(line)
                    short.setdefault(f"{stem}自治{kind}", []).append(line)
    return full, short


@cache
def _divisions(name: str) -> tuple[_Division, ...]:
    """Return the divisions of all times whose full name is `name`, or else those whose short name it is."""
    full, short = _rows()
    found = []
    for line in full.get(name) or short.get(name) or ():
        code, name, city, province, first, last = line.split("\t")
        level: Level = "province" if name == province else "city" if name == city else "county"
        place = Place(name, level, code, province, city or None)
        found.append(_Division(place, int(first or 0), int(last or _OPEN)))
    return tuple(found)


@cache
def _other_places() -> dict[str, tuple[Place, Form]]:
    """Return named regions and countries by each of their names."""
    found: dict[str, tuple[Place, Form]] = {}
    for region in _settings().regions:
        for name in region.names:
            place = Place(region.name or name + region.kind, "region", members=region.members)
            found[name] = found[place.name] = place, "region"
    for name in _settings().countries:
        found[name] = Place(name, "country"), "country"
    for name in _settings().parts:
        found[name] = found[f"{name}地区"] = Place(f"{name}地区", "country"), "country"
    for name in ("中国", "中华人民共和国"):
        found[name] = CHINA, "country"
    return found


@cache
def _blocks() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {name: (block.before, block.after) for block in _settings().blocked for name in block.names}


@cache
def _names() -> Names:
    full, short = _rows()
    common = {name for name in _settings().common if all(d.place.level == "county" for d in _divisions(name))}
    return Names({*full, *(short.keys() - common), *_other_places(), *_settings().decoys})


# --- one name -----------------------------------------------------------------------------------


@cache
def parse_region(region: str | None) -> Place | None:
    """Return the place that a document's `region` names, which may be a path such as 山西省大同市."""
    if not region:
        return None
    if region in ("中国", "全国", "中华人民共和国"):
        return CHINA
    found: Place | None = None
    rest = region.replace(" ", "")
    while rest:
        for end in range(len(rest), 1, -1):
            place = _pick(rest[:end], None, (found,) if found else ())
            if place:
                found, rest = place, rest[end:]
                break
        else:
            return found if len(rest) > 1 else None  # 河东省 is not 河东 with something behind it
    return found


@cache
def resolve(name: str, year: int | None = None, region: str | None = None) -> Place | None:
    """Return the place called `name` in `year` (None: today) as seen from a document of `region`.

    `name` may be a full or short name, a province's one-character name, a named region, a country, a
    path (湖南张家界), or an own word (全省, 我市), which names a level of the document's region.
    Where a name fits several divisions of equal standing the place has no code and no parents. None for
    a name that is no place's.
    """
    own = parse_region(region)
    if any(name in words for words in _settings().own.values()):
        return own_place(name, region)
    context = (own,) if own else ()
    direct = _pick(name, year, context)
    if direct:
        return direct
    for cut in range(2, len(name) - 1):
        parent = _pick(name[:cut], year, context)
        child = _pick(name[cut:], year, (parent,)) if parent else None
        if child and parent and parent.name in (*child.parents, child.name):
            return child
    return None


def full_name(name: str, year: int | None = None, region: str | None = None) -> str:
    """Return the full name of the place called `name` (张家界 → 张家界市), `name` itself where it is unknown."""
    place = resolve(name, year, region)
    return place.name if place else name


def own_place(word: str, region: str | None) -> Place | None:
    """Return what 全省, 我市, 全国 … name in a document of `region`; None if it has no place of that level."""
    own = parse_region(region)
    levels = [level for level, words in _settings().own.items() if word in words]
    if "country" in levels:
        return CHINA
    if own is None or not levels:
        return None
    if levels[0] == "province" and own.province:
        return _pick(own.province, None, ())
    if levels[0] == "city" and own.level == "county" and own.name.endswith("市"):
        return own  # 全市 of a city of county level
    if levels[0] == "city":
        in_city = own.city or (own.province if (own.province or "").endswith("市") else None)
        return _pick(in_city, None, (own,)) if in_city else None
    if levels[0] == "state":
        return own if own.name.endswith("州") else None
    if levels[0] == "county":
        return own if own.level == "county" else None
    return own if own.name.endswith("区") else None  # 全区: of a district, and of an autonomous region


@lru_cache(maxsize=_KNOWN)
def _pick(name: str, year: int | None, context: tuple[Place, ...]) -> Place | None:
    """Choose among all that is called `name`: by time, then by what of it lies in a place of `context`."""
    full, _ = _rows()
    if name not in full and name in _other_places():
        return _other_places()[name][0]
    candidates = _divisions(name)
    if not candidates:
        abbreviated = _settings().abbreviations.get(name)
        return _pick(abbreviated, year, ()) if abbreviated else None
    nearest = min(c.distance(year) for c in candidates)
    places = [c.place for c in candidates if c.distance(year) == nearest]
    is_short = name not in full
    for above in context:
        inside = [p for p in places if above.city and above.city == p.city]
        if not inside and not (is_short and above.level == "province"):
            inside = [p for p in places if above.province and above.province == p.province]
        if inside:
            places = inside
            break
    if is_short:  # the city, where a prefecture around it has its name
        places = [p for p in places if not p.name.endswith("地区")] or places
    order = ("province", "city", "county")
    best = min(places, key=lambda p: (order.index(p.level), p.code or ""))
    rivals = {(p.province, p.city) for p in places if p.level == best.level}
    return best if len(rivals) == 1 else Place(best.name, best.level)


# --- mentions -----------------------------------------------------------------------------------


def find_places(view: str, *, year: int | None = None, region: str | None = None) -> tuple[Mention, ...]:
    """Return the places that `view` names, in order, none overlapping another.

    A chain of divisions (山西省大同市, 湖南张家界) is one mention of the last. Own words (全省) are not
    among them: see `own_place`.
    """
    return _found(view, year, region)


@lru_cache(maxsize=1)  # claims and entities ask for the same, one after the other
def _found(view: str, year: int | None, region: str | None) -> tuple[Mention, ...]:
    found = _names().find(view)
    own = parse_region(region)
    seen = {name for name, _, _ in found}
    mentions: list[Mention] = []
    pending = found[::-1]
    while pending:
        name, start, end = pending.pop()
        before = mentions[-1] if mentions and mentions[-1].end == start else None
        beside = mentions[-1] if mentions and mentions[-1].end == start - 1 and view[start - 1] in _ROW else None
        place_form = _accept(view, name, start, end, before, beside, seen, own, year)
        if place_form is None:
            if name not in _settings().decoys:
                pending += _hidden(view, start, end, pending[-1][1] if pending else len(view))
            continue
        place, form = place_form
        if form == "country" and (state := _STATE.match(view, end)):
            end = state.end()
            place = Place(view[start:end], "country")
        if before and before.place.name in place.parents:
            mentions[-1] = Mention(before.start, end, place, form)
        elif before and before.place.name == place.name and form == "short":
            mentions[-1] = Mention(before.start, end, place, before.form)
        else:
            mentions.append(Mention(start, end, place, form))
    if own and own.province:
        mentions += _common(view, mentions, own, year)
    mentions += _abbreviations(view, year, own)
    mentions.sort(key=lambda m: (m.start, -m.end))
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return tuple(kept)


def _hidden(view: str, start: int, end: int, limit: int) -> list[tuple[str, int, int]]:
    """Return the name that begins inside the refused match `[start, end)` (扎根河北: 根河 had hidden 河北)."""
    for name, first, last in _names().find(view[start + 1 : end + _REACH]):
        if start + 1 + first >= end:
            break
        if end < start + 1 + last <= limit:
            return [(name, start + 1 + first, start + 1 + last)]
    return []


def _accept(
    view: str,
    name: str,
    start: int,
    end: int,
    before: Mention | None,
    beside: Mention | None,
    seen: Iterable[str],
    own: Place | None,
    year: int | None,
) -> tuple[Place, Form] | None:
    """Return the place that `name` stands for at `[start, end)`, None if the wording does not bear one out.

    `before` ends where it begins, `beside` before the mark between them.
    """
    settings = _settings()
    full, _ = _rows()
    if name in settings.decoys:
        return None
    context = tuple(p for p in (before.place if before else None, own) if p)
    block = _blocks().get(name)
    if block:
        lead = view[max(start - 4, 0) : start]
        if lead.endswith(block[0]) or view.startswith(block[1], end):
            return None
    if name in full:
        sibling = _sibling(name, beside, year)
        place = sibling or _pick(name, year, context)
        if place is None:
            return None
        inside = sibling is not None or (before is not None and before.place.name in place.parents)
        near = own is not None and own.province is not None and own.province == place.province
        within = before is not None and before.place.city is not None and before.place.city == place.city
        plain = name not in settings.generic and (len(name) > 2 or within or not _is_ideograph(view[start - 1 : start]))
        if name.endswith("区") and short_name(name) in settings.common:
            plain = plain and near
        return (place, "full") if inside or plain else None
    other = _other_places().get(name)
    if other:
        return other
    place = _pick(name, year, context)
    if place and year and place.name.endswith("特别行政区") and _divisions(name)[0].first > year:
        return Place(name, "region"), "region"  # before it was one
    if place is None or min(d.distance(year) for d in _divisions(name)) > _OLD_NAME:
        return None
    inside = before is not None and before.place.name in place.parents
    near = own is not None and own.province is not None and own.province == place.province
    spelt_out = place.name in seen
    if place.level == "county":
        if name in settings.common:
            return None
        licensed = inside or (near and place.code is not None) or (spelt_out and place.code is not None)
    else:
        licensed = name not in settings.weak or inside or near or spelt_out
    return (place, "short") if licensed else None


def _sibling(name: str, beside: Mention | None, year: int | None) -> Place | None:
    """Return the district that `name` is beside one of the same city: 海淀区、 | 朝阳区."""
    if beside is None or beside.place.level != "county":
        return None
    place = _pick(name, year, (beside.place,))
    city = (beside.place.province, beside.place.city)
    return place if place and place.level == "county" and (place.province, place.city) == city else None


def _common(view: str, mentions: Sequence[Mention], own: Place, year: int | None) -> list[Mention]:
    """Return the counties of the document's own province whose short names are ordinary words (共和, 民和, 定边).

    They count in a list with a place of that province that is certain (民和、湟中、共和), before what
    befalls a county (定边5.6级地震), and before works that are named after one (梁山港二期). Those that are
    no everyday words count at home too, and before what a county wins (天台入选…).
    """
    found: dict[int, Mention] = {}
    for sure in mentions:
        if sure.place.level not in ("city", "county") or sure.start in found:
            continue
        if sure.place.province != own.province:
            if sure.place.level == "county" and sure.place.province and sure.end - sure.start > _ALONE:
                found |= _siblings(view, sure, year)
            continue
        end, length = sure.end, 1
        while view.startswith("、", end) and (item := _county_at(view, end + 1, own, year)):
            if not (_LIST_RIGHT.match(view, item.end) or length + 1 >= _SURE_LIST):
                break
            found[item.start] = item
            end, length = item.end, length + 1
        start = sure.start
        while view.startswith("、", start - 1) and (item := _county_before(view, start - 1, own, year)):
            if not (item.start == 0 or view[item.start - 1] in _LIST_LEFT):
                break
            found[item.start] = item
            start = item.start
    home = short_name(own.name) if own.level == "county" else None
    at = view.find(home) if home in _settings().common - _settings().everyday else -1
    while home and at >= 0:
        found[at] = Mention(at, at + len(home), own, "short")
        at = view.find(home, at + len(home))
    matcher, words = _after_county()
    for index, at, _ in matcher.find_matches_as_indexes(view, overlapping=True):
        strength = _STRENGTH.search(view, max(at - 5, 0), at) if words[index] in _EVENTS else None
        item = _county_before(view, strength.start() if strength else at, own, year)
        feat = words[index] in _FEATS
        if item and (item.start == 0 or view[item.start - 1] in (_SENTENCE_LEFT if feat else _LIST_LEFT)):
            if feat and view[item.start : item.end] in _settings().everyday:
                continue
            found[item.start] = item
    return list(found.values())


def _siblings(view: str, sure: Mention, year: int | None) -> dict[int, Mention]:
    """Return the counties that stand in a list after one that is named with its province (北京海淀、东城)."""
    found: dict[int, Mention] = {}
    end = sure.end
    while view.startswith("、", end):
        for stop in range(end + 5, end + 2, -1):
            name = view[end + 1 : stop]
            places = [d.place for d in _divisions(name) if d.place.level == "county" and not d.distance(year)]
            near = [p for p in places if p.province == sure.place.province and short_name(p.name) == name]
            if len(near) == 1 and (_LIST_RIGHT.match(view, stop) or len(found) + 2 >= _SURE_LIST):
                found[end + 1] = Mention(end + 1, stop, near[0], "short")
                end = stop
                break
        else:
            break
    return found


@cache
def _after_county() -> tuple[AhoCorasick, tuple[str, ...]]:
    words = (*_EVENTS, *_WORKS, *_FEATS)
    return AhoCorasick(words, matchkind=MatchKind.Standard), words


def _county_at(view: str, start: int, own: Place, year: int | None) -> Mention | None:
    return next(filter(None, (_county(view, start, start + n, own, year) for n in (4, 3, 2))), None)


def _county_before(view: str, end: int, own: Place, year: int | None) -> Mention | None:
    return next(filter(None, (_county(view, end - n, end, own, year) for n in (4, 3, 2) if end >= n)), None)


def _county(view: str, start: int, end: int, own: Place, year: int | None) -> Mention | None:
    """Return the county of `own`'s province whose short name, an ordinary word, stands at `[start, end)`."""
    if view[start:end] not in _settings().common:
        return None
    places = [d.place for d in _divisions(view[start:end]) if d.place.province == own.province and not d.distance(year)]
    return Mention(start, end, places[0], "short") if len(places) == 1 else None


def _is_ideograph(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@cache
def _abbreviation_pattern() -> Regex:
    settings = _settings()
    letters = "".join(settings.abbreviations)
    return Regex(rf"(?:{'|'.join(settings.licences.before)})([{letters}])(?![{letters}])")


def _abbreviations(view: str, year: int | None, own: Place | None) -> list[Mention]:
    """Return the one-character names of provinces where the wording licenses them; `own` may be called by one too."""
    settings = _settings()
    found = []
    for match in _abbreviation_pattern().finditer(view):
        if not view.startswith(settings.licences.unless, match.start()):
            start, end = match.span(1)
            place = _called_for_short(match[1], own) or _pick(settings.abbreviations[match[1]], year, ())
            if place:
                found.append(Mention(start, end, place, "abbreviation"))
    return found


def _called_for_short(letter: str, own: Place | None) -> Place | None:
    """Return the document's place if `letter`, elsewhere a province, is what its people call it by (驻 | 鄂)."""
    if own is None or own.level == "province" or _settings().abbreviations[letter] == own.province:
        return None
    return own if own.name.startswith(letter) else None
