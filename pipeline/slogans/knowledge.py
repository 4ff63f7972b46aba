"""The curated list of national formulations (``pipeline/data/formulations.toml``).

What the list knows (members, level, first use) is knowledge about a formulation, not something
found in a text; the two are never mixed in a record. A text or corpus that enumerates other members
under the same name wins.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from pipeline.errors import DataError, SettingsError
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


_own = ""  # the file of the user's own formulations


def use_formulations(path: str) -> None:
    """From now on know the formulations of the file at `path` too; they replace those of the same name ("" for none).

    Raises SettingsError for a file that cannot be read, DataError for one that is malformed.
    """
    global _own
    _known_with(path)
    _own = path


def formulations() -> Mapping[str, Formulation]:
    """Return what is known by canonical form, variants included; raises DataError if the list is malformed."""
    return _known_with(_own)


@cache
def _known_with(own: str) -> Mapping[str, Formulation]:
    found = parse((files("pipeline") / "data" / "formulations.toml").read_text("utf-8"))
    if not own:
        return found
    try:
        source = Path(own).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"formulations: cannot read {own}: {error}") from error
    added = parse(source, own)
    replaced = {id(found[form]) for form in added if form in found}
    return {form: entry for form, entry in found.items() if id(entry) not in replaced} | added


def known(phrase: str) -> Formulation | None:
    """Return what the list knows of `phrase`, in any of its written forms."""
    return formulations().get(canonical_form(phrase))


def parse(source: str, file: str = FILE) -> dict[str, Formulation]:
    """Read a list of formulations from TOML; raises DataError naming the entry of `file` that is wrong."""
    try:
        data = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{file}: {error}") from error
    entries = data.pop("formulation", [])
    if data or not isinstance(entries, list):
        raise DataError(f"{file}: a list of formulations has nothing but [[formulation]] entries")
    found: dict[str, Formulation] = {}
    for entry in entries:
        name = entry.get("name", "?")
        try:
            formulation = msgspec.convert(entry, Formulation)
        except msgspec.ValidationError as error:
            raise DataError(f"{file}: {name}: {error}") from error
        _check(formulation, file)
        for form in (formulation.name, *formulation.variants):
            key = canonical_form(form)
            if key in found:
                raise DataError(f"{file}: {name}: {form!r} is listed twice")
            found[key] = formulation
    return found


def _check(formulation: Formulation, file: str) -> None:
    name, declared = formulation.name, formulation.declared
    if formulation.type not in TYPES:
        raise DataError(f"{file}: {name}: type must be one of {', '.join(TYPES)}")
    if formulation.level not in LEVELS:
        raise DataError(f"{file}: {name}: level must be one of {', '.join(LEVELS)}")
    if formulation.first is not None and not 1921 <= formulation.first <= 2100:
        raise DataError(f"{file}: {name}: first must be a year")
    if len(set(formulation.members)) != len(formulation.members):
        raise DataError(f"{file}: {name}: a member is listed twice")
    totals = announced(declared)
    if formulation.members and totals and len(formulation.members) not in totals:
        raise DataError(f"{file}: {name}: declares {declared} and lists {len(formulation.members)} members")
    reading = read(name)
    grouped = isinstance(declared, list) and "".join(map(str, declared)) == name  # 33618 may be 3, 3, 6 and 18
    if reading is not None and formulation.type == reading.type and declared != reading.declared and not grouped:
        raise DataError(f"{file}: {name}: declares {declared}, its numerals say {reading.declared}")
