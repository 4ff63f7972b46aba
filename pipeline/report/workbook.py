"""The tables of a report as an Excel workbook: a sheet for each, frozen head, filters, numbers as numbers."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

import msgspec

from pipeline.report.tables import Cell, Column, Table

ROWS = 1_048_575  #: that a sheet holds below its head
_CELL = 32_767  #: characters that a cell holds
_WIDEST = 60
_MADE = datetime.datetime(2000, 1, 1)  #: no clock: the same input gives the same bytes
_OUTSIDE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))  #: what the name of a sheet cannot have


class Sheet(msgspec.Struct, frozen=True):
    """A sheet of a workbook: its name, the head and the width in characters of its columns, its rows."""

    name: str
    columns: list[tuple[str, int]]
    rows: list[list[str | int | float | None]]


def sheet(name: str, table: Table) -> Sheet:
    """Return `table` as a sheet; rows past `ROWS` are left out."""
    columns = [(column.label, _width(column, table, at)) for at, column in enumerate(table.columns)]
    rows = [
        [_value(column, cell) for column, cell in zip(table.columns, row, strict=True)] for row in table.rows[:ROWS]
    ]
    return Sheet(name.translate(_OUTSIDE)[:31], columns, rows)


def _value(column: Column, cell: Cell) -> str | int | float | None:
    value = column.value(cell)
    if isinstance(value, str):
        return value[:_CELL]
    return float(value) if isinstance(value, Decimal) else value


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with `sheets`."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bg_color": "#F1EEE7", "bottom": 1, "valign": "top"})
        long = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            for at, (label, width) in enumerate(sheet.columns):
                page.set_column(at, at, width, long if width == _WIDEST else None)
                page.write_string(0, at, label, head)
            for number, row in enumerate(sheet.rows, start=1):
                for at, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(number, at, value)
                    elif value is not None:
                        page.write_number(number, at, value)
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    return file.getvalue()


def _width(column: Column, table: Table, at: int) -> int:
    """Return a width in characters that holds the head and most of the first cells; Chinese ones count twice."""
    shown = [column.label, *(str(column.value(row[at]) or "") for row in table.rows[:50])]
    longest = max(sum(2 if char > "\u2e80" else 1 for char in text) for text in shown)
    return min(longest + 3, _WIDEST)
