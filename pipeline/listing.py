"""Listings: the rows of an analysis as a table for readers, as CSV and as JSON."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
import tomli
from rich.table import Table

from pipeline import writing
from pipeline.audit.check import shown
from pipeline.errors import DataError
from pipeline.writing import jsonable, plain, pretty

_FILE = "analysis.toml"
_LANGUAGES = ("zh", "en")
#: Columns whose values are codes, with a wording of their own.
_CODED = ("test", "outcome", "kind", "direction", "basis", "status", "agreement", "type")

Row = Mapping[str, Any]


class _Wording(msgspec.Struct, forbid_unknown_fields=True):
    columns: dict[str, tuple[str, str]]
    titles: dict[str, tuple[str, str]]
    codes: dict[str, tuple[str, str]]


@cache
def _wording() -> _Wording:
    try:
        return msgspec.convert(tomli.loads((files("pipeline") / "data" / _FILE).read_text("utf-8")), _Wording)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_FILE}: {error}") from error


def column_name(name: str, language: str) -> str:
    """Return what the column `name` is called in `language` (zh or en)."""
    return _wording().columns[name][_LANGUAGES.index(language)]


def code_name(code: str, language: str) -> str:
    """Return what `code` means in `language` (zh or en); `code` itself if it has no wording."""
    words = _wording().codes.get(code)
    return words[_LANGUAGES.index(language)] if words else code


class Listing(msgspec.Struct, frozen=True):
    """Rows with the `columns` that a table shows; CSV and JSON hold every field."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Row]

    def table(self, language: str) -> Table:
        """Return the table in `language` (zh or en)."""
        title = _wording().titles[self.name][_LANGUAGES.index(language)]
        table = Table(title=title, title_justify="left", title_style="bold")
        for column in self.columns:
            table.add_column(column_name(column, language), overflow="fold")
        for row in self.rows:
            table.add_row(*(_shown(column, _cell(column, row), language) for column in self.columns))
        return table


def _cell(column: str, row: Row) -> Any:
    """Return what stands in `column`; places and margins are made of several fields."""
    if column == "place":
        return f"{row['doc_id']}:{row['start']}"
    if column == "margin" and row[column] is not None:
        unit = row["unit"] or ""
        return f"{'+' if row[column] > 0 else ''}{shown(row[column])}{'百分点' if unit == '%' else unit}"
    return row[column]


def _shown(column: str, value: Any, language: str) -> str:
    if column in _CODED and isinstance(value, str):
        return code_name(value, language)
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, list | tuple):
        return ";".join(map(_plain, value))
    return str(value)


def as_csv(rows: Sequence[Row]) -> bytes:
    """Return `rows` as CSV under a line with their names; lists are joined by semicolons."""
    return writing.as_csv([{name: _plain(value) for name, value in row.items()} for row in rows])


def sections_as_csv(sections: Mapping[str, Sequence[Row]]) -> bytes:
    """Return the rows of all `sections` as one CSV, the name of its section in the first column of each."""
    columns = dict.fromkeys(name for rows in sections.values() for row in rows for name in row)
    blank = dict.fromkeys(columns)
    return as_csv([{"section": name, **blank, **row} for name, rows in sections.items() for row in rows])


def as_json(value: Any) -> bytes:
    """Return `value`, decimals as plain strings, as indented JSON."""
    return pretty(jsonable(value))
