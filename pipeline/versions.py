"""The models that a user has fitted: a folder of numbered versions, and which of them runs use.

``confidence-0002.json`` is a version with all of its weights as plain numbers, ``confidence-0002.md`` its card; none is
ever overwritten. ``confidence.use`` holds the number of the one in use. Number 1 is what comes with gongbao.
"""

from pathlib import Path

import msgspec

from pipeline.confidence import Model, Models, shipped
from pipeline.errors import InputError
from pipeline.regex import Regex
from pipeline.writing import FileSet, decode_json, pretty, write_file

SHIPPED = 1
_POINTER = "confidence.use"
_DIGITS = 9  # of a number
_VERSION = Regex(r"confidence-([0-9]{4,9})\.json")


class Version(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A fitted model: its number, what it was fitted on, in words, and the model of each kind of record."""

    number: int
    told: str
    models: dict[str, Model]


def versions(folder: Path) -> list[Version]:
    """Return what is in `folder`, oldest first, the shipped version before all."""
    numbers = sorted(int(match[1]) for path in folder.glob("*") if (match := _VERSION.fullmatch(path.name)))
    return [Version(number=SHIPPED, told="comes with gongbao", models=shipped()), *(read(folder, n) for n in numbers)]


def in_use(folder: Path) -> int:
    """Return the number of the version that runs use."""
    pointer = folder / _POINTER
    if not pointer.is_file():
        return SHIPPED
    said = pointer.read_bytes().strip()
    if not said.isdigit() or len(said) > _DIGITS:
        raise InputError(f"{pointer}: must hold the number of a version; say which with `gongbao train --use N`")
    return int(said)


def models_in_use(folder: Path) -> Models | None:
    """Return the models that runs use; None for those that come with gongbao."""
    number = in_use(folder)
    return None if number == SHIPPED else read(folder, number).models


def use(folder: Path, number: int) -> None:
    """Let runs use the version `number` from now on; raises InputError where there is none."""
    if number != SHIPPED:
        read(folder, number)
    write_file(folder / _POINTER, f"{number}\n".encode())


def add(folder: Path, told: str, models: Models, card: str) -> int:
    """Write a new version to `folder`, let runs use it, and return its number."""
    number = max(version.number for version in versions(folder)) + 1
    with FileSet(folder) as files:
        files.put(f"confidence-{number:04}.json", pretty(Version(number=number, told=told, models=dict(models))))
        files.put(f"confidence-{number:04}.md", card.encode())
        files.put(_POINTER, f"{number}\n".encode())
        files.commit()
    return number


def read(folder: Path, number: int) -> Version:
    """Return the version `number` in `folder`; raises InputError where there is none, or a malformed one."""
    path = folder / f"confidence-{number:04}.json"
    try:
        return decode_json(path.read_bytes(), Version)
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such version; `gongbao train --list` shows those that there are") from error
    except msgspec.MsgspecError as error:
        raise InputError(f"{path}: not a fitted model: {error}; go back with `gongbao train --use 1`") from error
