"""Names known beforehand, matched by Aho–Corasick (``data/entities.toml``)."""

from collections.abc import Iterator, Mapping
from importlib.resources import files

import msgspec
import tomli

from pipeline.entities.candidate import Candidate
from pipeline.entities.words import Words
from pipeline.errors import DataError
from pipeline.extensions.content import entries, when_used
from pipeline.names import Names
from pipeline.regex import Regex

TYPES = ("person", "org", "company", "place", "project", "plan", "document", "meeting", "policy", "honor")
RANK = 40
_SHORTEST = 2  # characters of a name that users add
#: What makes the name before it the name of a doctrine.
_DOCTRINE = Regex("思想|理论|主义|列宁|军事思想|新时|强军|生态文明思想|外交|法治|文化思想|经济思想|同志为代表")


_FAMILY = Regex("系(?![统列])")  # 中核系: all that belong to it
_STATIONED = Regex("驻[\u4e00-\u9fff]{1,5}$")  # soldiers of a place, not the army
_CLAUSES = ("崛起",)  # 中部地区崛起 的支点 is a clause about the place
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
)
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
    names = _own_names()
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


def _own_names() -> dict[str, Known]:
    source = "pipeline/data/entities.toml"
    try:
        tables = msgspec.convert(
            tomli.loads((files("pipeline") / "data" / "entities.toml").read_text(encoding="utf-8")),
            dict[str, dict[str, tuple[str, ...]]],
        )
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{source}: {error}") from error
    names: dict[str, Known] = {}
    for kind, listed in tables.items():
        if kind not in TYPES:
            raise DataError(f"{source}: [{kind}]: no such entity type; there are: {', '.join(TYPES)}")
        for canonical, forms in listed.items():
            for form in (canonical, *forms):
                if names.get(form, Known(kind, canonical)) != Known(kind, canonical):
                    raise DataError(f"{source}: {form!r} stands for both {names[form].canonical!r} and {canonical!r}")
                names[form] = Known(kind, canonical)
    return names


@when_used
def _names() -> Names:
    return Names(known_names())


def find_known(view: str, words: Words) -> Iterator[Candidate]:
    """Yield the known names in `view` that do not cut a word in two."""
    known, added = known_names(), added_names()
    done = -1  # where the last name ended: 长江 | 黄河 is one word of the dictionary
    for name, start, end in _names().find(view):
        if not (known[name].type == "person" or name in added):
            if not (words.is_boundary(start) or start == done):
                continue
            whole = _whole(view, words, known, name, start)
            if whole is None:
                continue
            name, end = whole
        entry = known[name]
        if entry.type == "person" and _DOCTRINE.match(view, end):
            continue
        if name.endswith("解放军") and _STATIONED.search(view, max(start - 6, 0), start):
            continue  # 驻云 | 解放军
        if (name.endswith(_CLAUSES) and view.startswith("的", end)) or (
            name[-1] == "部" and view.startswith("门", end)
        ):
            continue  # 中部地区崛起 | 的支点, 环境保护 | 部门
        if entry.type == "company" and _FAMILY.match(view, end):
            continue
        if name[0] == "“" and name.find("”") == len(name) - 1:
            start, end = start + 1, end - 1  # marks around the whole name are no part of it
        yield Candidate(start, end, entry.type, entry.canonical, "lexicon", RANK)
        done = end


def _whole(view: str, words: Words, known: Mapping[str, Known], name: str, start: int) -> tuple[str, int] | None:
    """Return the longest known name that `name` is or begins with and that cuts no word in two, and where it ends."""
    for length in range(len(name), 1, -1):
        form, end = name[:length], start + length
        if (length == len(name) or form in known) and (
            words.is_boundary(end) or form.endswith(_WORKS) or view.startswith(_AFTER_NAME, end)
        ):
            return form, end
    return None
