"""Names known beforehand, matched by Aho–Corasick (``data/entities.tsv``)."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

import msgspec

from pipeline.entities.candidate import Candidate
from pipeline.entities.words import Words
from pipeline.errors import DataError
from pipeline.extensions.content import entries, when_used
from pipeline.names import Names
from pipeline.regex import Regex

TYPES = ("person", "org", "company", "place", "project", "plan", "document", "meeting", "policy", "honor")
RANK = 40
_LONG_FIRM = 4  #: characters of a company's name that no word before it runs into
_SHORT_PERSON = 2  #: characters of persons whose names words must not run over
_REACH = 30  #: characters of the names that may begin inside another
_SHORTEST = 2  # characters of a name that users add
#: What makes the name before it the name of a doctrine.
_DOCTRINE = Regex("思想|理论|主义|列宁|军事思想|新时|强军|生态文明思想|外交|法治|文化思想|经济思想|同志为代表")


#: Where somebody is remembered: 苏轼 | 祠; and what is only called after somebody: 雷锋 | 路.
_MEMORIAL = Regex("故里|故居|旧居|祖居|祠堂?|墓园?(?![志葬])|陵园?|庙|纪念园|纪念堂|纪念碑|纪念亭")
#: What a strategy is only part of, or the chance that it offers.
_CHANCE = "机遇"
_AIMS = (_CHANCE, "基点", "支点", "要地", "腹地", "资源", "部署")
_CALLED_AFTER = Regex(
    "文化|杯|奖|班(?!子)|号(?!召)|[路街](?![径线过])|镇|小学|中学|大学|书院|医院|广场|公园|大桥|剧院|学校|茶|酒|剧"
)
_FAMILY = Regex("系(?![统列])")  # 中核系: all that belong to it
_FIRM = "公司"
#: What may follow a name though it makes a word with its end: 塔里木|河流|域, 长江|上游, 天山南北, 东盟|国家.
_AFTER_NAME = (
    "流域",
    "南北",
    "东西",
    "国家",
    "上游",
    "中游",
    "下游",
    "上中游",
    "中下游",
    "中上游",
    "干流",
    "黄河",
    "沿线",
    "沿岸",
    "两岸",
    "常任",
    "北麓",
    "南麓",
    _FIRM,
    "将",
)
SPIRIT = "精神"
#: What the mountain at the end of a name begins: 太行 | 山水名城.
_SCENERY = ("水名城", "水画卷", "水之城", "水城市")
_WORKS = ("工程", "行动", "计划")  # whole names even where 工程|建设 is one word


class Known(msgspec.Struct, frozen=True):
    """What a form stands for."""

    type: str
    canonical: str


class _Added(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An ``[[entity]]`` of an extension: its full name, and what it is called besides."""

    name: str
    type: str
    aliases: tuple[str, ...] = ()


@when_used
def known_names() -> dict[str, Known]:
    """Return every form of every name in the lexicon; what extensions say of a name goes before it."""
    source = files("pipeline") / "data" / "entities.tsv"
    names = parse_names(source.read_text(encoding="utf-8"), "pipeline/data/entities.tsv")
    added: dict[str, str] = {}
    for entry in entries("entity"):
        named = entry.converted(_Added)
        if named.type not in TYPES:
            raise entry.error(f"{named.name}: type must be one of {', '.join(TYPES)}, not {named.type!r}")
        for form in (named.name, *named.aliases):
            if len(form.strip()) < _SHORTEST or form != form.strip() or "\n" in form:
                raise entry.error(f"{form!r} is no name: two characters or more, no space around them")
            if added.setdefault(form, named.name) != named.name:
                raise entry.error(f"{form!r} stands for both {added[form]!r} and {named.name!r}")
            names[form] = Known(named.type, named.name)
    return names


@when_used
def added_names() -> dict[str, str]:
    """Return the forms of the names of extensions, and whose they are."""
    listed = ((entry, (entry.values["name"], *entry.values.get("aliases", ()))) for entry in entries("entity"))
    return {form: entry.extension for entry, forms in listed for form in forms}


def parse_names(text: str, source: str) -> dict[str, Known]:
    """Return every form in a table of names, one a line: type, canonical name and its other forms, parted by tabs.

    Lines that begin with ``#`` are comments. Raises DataError for a line that is no such row and for a form said twice.
    """
    names: dict[str, Known] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#"):
            continue
        kind, *forms = line.split("\t")
        if kind not in TYPES:
            raise DataError(f"{source}: line {number}: {kind!r}: no such entity type; there are: {', '.join(TYPES)}")
        if not forms or not all(forms):
            raise DataError(f"{source}: line {number}: not a type and a name, parted by tabs: {line!r}")
        entry = Known(kind, forms[0])
        for form in forms:
            other = names.setdefault(form, entry)
            if other is not entry:
                raise DataError(f"{source}: line {number}: {form!r} stands for {other.canonical!r} already")
    return names


@when_used
def _names() -> Names:
    return Names(known_names())


def find_known(view: str, words: Words) -> Iterator[Candidate]:
    """Yield the known names in `view` that do not cut a word in two."""
    known, added = known_names(), added_names()
    for name, start, end in _apart(view, words, known, added):
        entry = known[name]
        if entry.type == "person" and _DOCTRINE.match(view, end):
            continue
        if entry.type == "person":
            if memorial := _MEMORIAL.match(view, end):
                place = view[start : memorial.end()]
                yield Candidate(start, memorial.end(), "place", place, "lexicon", RANK)
                continue
            if _CALLED_AFTER.match(view, end):
                continue
        if name[-1] == "部" and view.startswith("门", end):
            continue  # 环境保护 | 部门
        if name[-2:] == "战略" and view.startswith(_AIMS, end):
            shorter = known.get(name[:-2]) if view.startswith(_CHANCE, end) else None
            if shorter is None:
                continue  # 扩大内需战略 | 基点
            entry, end = shorter, end - 2  # 中部崛起 | 战略机遇
        if entry.type == "place" and view.startswith(SPIRIT, end):
            continue  # 大别山 | 精神: a place in the name of what it stands for
        if entry.type == "place" and name[-1] == "山" and view.startswith(_SCENERY, end):
            end -= 1  # 云行 | 山水名城
        if entry.type == "company" and _FAMILY.match(view, end):
            continue
        if entry.type == "company" and view.startswith(_FIRM, end):
            end += len(_FIRM)  # 云为 | 公司
        if name[0] == "“" and name.find("”") == len(name) - 1:
            start, end = start + 1, end - 1  # marks around the whole name are no part of it
        yield Candidate(start, end, entry.type, entry.canonical, "lexicon", RANK)


def _apart(
    view: str, words: Words, known: Mapping[str, Known], added: Mapping[str, str]
) -> Iterator[tuple[str, int, int]]:
    """Yield the names that cut no word in two; what crosses one that does has its chance (越 | 南河 | 内)."""
    done = -1  # where the last name ended: 长江 | 黄河 is one word of the dictionary
    for found in _names().find(view):
        chance: tuple[str, int, int] | None = found
        while chance and chance[1] >= done:
            name, start, end = chance
            whole: tuple[str, int] | None = (name, end)
            if name not in added and not (known[name].type == "person" and len(name) > _SHORT_PERSON):
                firm = len(name) >= _LONG_FIRM and known[name].type == "company"  # 做 | 大宇 reads over 做大 | 宇树科技
                bounded = firm or words.is_boundary(start) or start == done
                whole = _whole(view, words, known, name, start) if bounded else None
            if whole:
                done = whole[1]
                yield whole[0], start, done
                break
            after = _names().find(view[start + 1 : end + _REACH])[:1]
            chance = next(((form, start + 1 + a, start + 1 + b) for form, a, b in after if start + 1 + a < end), None)


def _whole(view: str, words: Words, known: Mapping[str, Known], name: str, start: int) -> tuple[str, int] | None:
    """Return the longest known name that `name` is or begins with and that cuts no word in two, and where it ends."""
    for length in range(len(name), 1, -1):
        form, end = name[:length], start + length
        if (length == len(name) or form in known) and (
            words.is_boundary(end) or form.endswith(_WORKS) or view.startswith(_AFTER_NAME, end)
        ):
            return form, end
    return None
