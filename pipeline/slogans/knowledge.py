"""The curated list of national formulations (``pipeline/data/formulations.toml``).

What the list knows (members, level, first use) is knowledge about a formulation, not something
found in a text; the two are never mixed in a record. A text or corpus that enumerates other members
under the same name wins.
"""

from collections.abc import Collection, Mapping
from functools import cache
from importlib.resources import files

import msgspec
import tomli

from pipeline.errors import DataError
from pipeline.extensions.content import entries, when_used
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.lexicon import LEVELS
from pipeline.slogans.summing import announced, read

FILE = "pipeline/data/formulations.toml"
_LONGER = 3  # times as long as a member is no other wording of it
TYPES = ("numeral_code", "numeral_phrase", "coinage", "motto", "formula")


class Formulation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A formulation that readers are expected to know.

    `first` is the year in which it was first used (None where that is disputed), `source` the text
    or occasion. With `bare` it is recognised without quotation marks too.
    """

    name: str
    type: str
    declared: int | list[int | None] | None = None
    members: tuple[str, ...] = ()
    level: str = "central"
    first: int | None = None
    source: str
    bare: bool = False
    variants: tuple[str, ...] = ()


@when_used
def formulations() -> Mapping[str, Formulation]:
    """Return what is known by canonical form, variants included; raises DataError if the list is malformed.

    A formulation of an extension replaces those that have one of its forms.
    """
    found = dict(_own_formulations())
    added: dict[str, Formulation] = {}
    for entry in entries("formulation"):
        formulation = entry.converted(Formulation)
        try:
            _add(added, formulation)
        except ValueError as error:
            raise entry.error(error) from error
    replaced = {id(found[form]) for form in added if form in found}
    return {form: known for form, known in found.items() if id(known) not in replaced} | added


@when_used
def added_formulations() -> Mapping[str, str]:
    """Return the canonical forms of the formulations of extensions, and whose they are."""
    listed = ((entry, (entry.values["name"], *entry.values.get("variants", ()))) for entry in entries("formulation"))
    return {canonical_form(form): entry.extension for entry, forms in listed for form in forms}


@cache
def _own_formulations() -> Mapping[str, Formulation]:
    return parse((files("pipeline") / "data" / "formulations.toml").read_text("utf-8"))


def known(phrase: str) -> Formulation | None:
    """Return what the list knows of `phrase`, in any of its written forms."""
    return formulations().get(canonical_form(phrase))


def likeness(formulation: Formulation, names: Collection[str]) -> float:
    """Return how many of `names`, from 0 to 1, are like one of the members by which `formulation` is known."""
    alike = sum(any(_are_alike(name, member) for member in formulation.members) for name in names)
    return alike / len(names) if names else 0.0


def _are_alike(name: str, member: str) -> bool:
    short, long = sorted((len(name), len(member)))
    return 2 * len(set(name) & set(member)) > short and long <= _LONGER * short


def parse(source: str) -> dict[str, Formulation]:
    """Read a list of formulations from TOML; raises DataError naming the entry that is wrong."""
    try:
        data = tomli.loads(source)
    except tomli.TOMLDecodeError as error:
        raise DataError(f"{FILE}: {error}") from error
    listed = data.pop("formulation", [])
    if data or not isinstance(listed, list):
        raise DataError(f"{FILE}: a list of formulations has nothing but [[formulation]] entries")
    found: dict[str, Formulation] = {}
    for entry in listed:
        try:
            _add(found, msgspec.convert(entry, Formulation))
        except (msgspec.ValidationError, ValueError) as error:
            raise DataError(f"{FILE}: {entry.get('name', '?')}: {error}") from error
    return found


def _add(found: dict[str, Formulation], formulation: Formulation) -> None:
    """Put a formulation into `found` under each of its forms; raises ValueError that says what is wrong with it."""
    name, declared = formulation.name, formulation.declared
    if formulation.type not in TYPES:
        raise ValueError(f"type must be one of {', '.join(TYPES)}")
    if formulation.level not in LEVELS:
        raise ValueError(f"level must be one of {', '.join(LEVELS)}")
    if formulation.first is not None and not 1921 <= formulation.first <= 2100:
        raise ValueError("first must be a year")
    if len(set(formulation.members)) != len(formulation.members):
        raise ValueError("a member is listed twice")
    totals = announced(declared)
    if formulation.members and totals and len(formulation.members) not in totals:
        raise ValueError(f"declares {declared} and lists {len(formulation.members)} members")
    reading = read(name)
    grouped = isinstance(declared, list) and "".join(map(str, declared)) == name  # 33618 may be 3, 3, 6 and 18
    if reading is not None and formulation.type == reading.type and declared != reading.declared and not grouped:
        raise ValueError(f"declares {declared}, its numerals say {reading.declared}")
    for form in (name, *formulation.variants):
        key = canonical_form(form)
        if key in found:
            raise ValueError(f"{form!r} is listed twice")
        found[key] = formulation
