"""The extensions in use, and the entries of their files.

The tables that take such entries import this module, so it imports none of them.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast

import msgspec
import tomli

from pipeline.errors import DataError

#: What the files of extensions hold, and which table of gongbao takes it.
KINDS = {
    "unit": "units",
    "indicator": "indicators",
    "formulation": "slogans",
    "entity": "entities",
    "rule": "rules",
}

P = ParamSpec("P")
T = TypeVar("T")


class Part(msgspec.Struct, frozen=True):
    """A file of an extension, with its whole content, so that it is where the texts are processed."""

    extension: str  #: as records call it
    file: str
    text: str


class Installed(msgspec.Struct, frozen=True):
    """An extractor of a package: the kind of its records, and where its function stands (module:name)."""

    kind: str
    function: str
    package: str
    version: str
    code: str = ""  #: a hash of the package's files


class Extensions(msgspec.Struct, frozen=True):
    """All that runs have of users besides gongbao's own."""

    parts: tuple[Part, ...] = ()
    extractors: tuple[Installed, ...] = ()


class Entry(NamedTuple):
    """One ``[[kind]]`` of a file: whose it is, where it stands (file:line), and what it says."""

    extension: str
    place: str
    values: dict[str, Any]

    def error(self, message: object) -> DataError:
        """Return the error that says what is wrong with the entry."""
        return DataError(f"{self.place}: {message}")

    def converted(self, kind: type[T]) -> T:
        """Return the entry as a `kind`; raises DataError where it is none."""
        try:
            return msgspec.convert(self.values, kind)
        except msgspec.ValidationError as error:
            raise self.error(error) from error


_in_use = Extensions()
_forget: list[Callable[[], None]] = []


def when_used(function: Callable[P, T]) -> Callable[P, T]:
    """Remember what `function` returns for as long as the same extensions are in use (a decorator)."""
    remembered = lru_cache(maxsize=1 << 14)(function)
    _forget.append(remembered.cache_clear)
    return cast("Callable[P, T]", remembered)  # lru_cache takes any arguments; it is called with those of `function`


def use(extensions: Extensions) -> None:
    """From now on know what `extensions` hold, and nothing else that users have added."""
    global _in_use
    if extensions != _in_use:
        _in_use = extensions
        for forget in _forget:
            forget()


def extensions_in_use() -> Extensions:
    """Return the extensions that are in use."""
    return _in_use


@when_used
def entries(kind: str) -> tuple[Entry, ...]:
    """Return the entries of a `kind` (see `KINDS`), in order; raises DataError for a file that holds anything else."""
    return tuple(entry for part in _in_use.parts for entry in _entries(part, kind))


def _entries(part: Part, kind: str) -> list[Entry]:
    try:
        data = tomli.loads(part.text)
    except tomli.TOMLDecodeError as error:
        raise DataError(f"{part.file}: {error}") from error
    for key, value in data.items():
        tables = isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
        if key not in KINDS or not tables:
            known = ", ".join(f"[[{name}]]" for name in KINDS)
            raise DataError(f"{part.file}: {key!r} is nothing that an extension holds; there are: {known}")
    lines = _lines(part.text, kind)
    found = []
    for number, values in enumerate(data.get(kind, [])):
        line = f":{lines[number]}" if number < len(lines) else ""
        found.append(Entry(part.extension, f"{part.file}{line}: [[{kind}]]", values))
    return found


def _lines(text: str, kind: str) -> list[int]:
    """Return the numbers of the lines at which the tables of a `kind` begin, where each stands in a line of its own."""
    header = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
    return [number for number, line in enumerate(text.split("\n"), start=1) if header.match(line)]
