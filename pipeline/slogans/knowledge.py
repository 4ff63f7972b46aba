"""The curated list of national formulations (``pipeline/data/formulations.toml``).

What the list knows (members, level, first use) is knowledge about a formulation, not something
found in a text; the two are never mixed in a record. A text or corpus that enumerates other members
under the same name wins.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from pipeline.errors import DataError
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.lexicon import LEVELS
from pipeline.slogans.summing import announced, read

FILE = "pipeline/data/formulations.toml"
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


@cache
def formulations() -> Mapping[str, Formulation]:
    """Return the list by canonical form, variants included; raises DataError if its file is malformed."""
    return parse((files("pipeline") / "data" / "formulations.toml").read_text("utf-8"))


def known(phrase: str) -> Formulation | None:
    """Return what the list knows of `phrase`, in any of its written forms."""
    return formulations().get(canonical_form(phrase))


def parse(source: str) -> dict[str, Formulation]:
    """Read a list of formulations from TOML; raises DataError naming the entry that is wrong."""
    try:
        entries = tomllib.loads(source).get("formulation", [])
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{FILE}: {error}") from error
    found: dict[str, Formulation] = {}
    for entry in entries:
        name = entry.get("name", "?")
        try:
            formulation = msgspec.convert(entry, Formulation)
        except msgspec.ValidationError as error:
            raise DataError(f"{FILE}: {name}: {error}") from error
        _check(formulation)
        for form in (formulation.name, *formulation.variants):
            key = canonical_form(form)
            if key in found:
                raise DataError(f"{FILE}: {name}: {form!r} is listed twice")
            found[key] = formulation
    return found


def _check(formulation: Formulation) -> None:
    name, declared = formulation.name, formulation.declared
    if formulation.type not in TYPES:
        raise DataError(f"{FILE}: {name}: type must be one of {', '.join(TYPES)}")
    if formulation.level not in LEVELS:
        raise DataError(f"{FILE}: {name}: level must be one of {', '.join(LEVELS)}")
    if formulation.first is not None and not 1921 <= formulation.first <= 2100:
        raise DataError(f"{FILE}: {name}: first must be a year")
    if len(set(formulation.members)) != len(formulation.members):
        raise DataError(f"{FILE}: {name}: a member is listed twice")
    totals = announced(declared)
    if formulation.members and totals and len(formulation.members) not in totals:
        raise DataError(f"{FILE}: {name}: declares {declared} and lists {len(formulation.members)} members")
    reading = read(name)
    if reading is not None and formulation.type == reading.type and declared != reading.declared:
        raise DataError(f"{FILE}: {name}: declares {declared}, its numerals say {reading.declared}")
