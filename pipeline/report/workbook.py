"""The tables of a report as an Excel workbook: a sheet for each, frozen head, filters, numbers as numbers."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from pipeline.report.tables import Column, Table

ROWS = 1_048_575  #: that a sheet holds below its head
_CELL = 32_767  #: characters that a cell holds
_WIDEST = 60
_MADE = datetime.datetime(2000, 1, 1)  #: no clock: the same input gives the same bytes
_OUTSIDE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))  #: what the name of a sheet cannot have


def workbook(sheets: Sequence[tuple[str, Table]]) -> bytes:
    """Return a workbook with the tables of `sheets`, each under its name; rows past `ROWS` are left out."""
    import xlsxwriter

    file = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"created": _MADE})
        head = book.add_format({"bold": True, "bg_color": "#F1EEE7", "bottom": 1, "valign": "top"})
        long = book.add_format({"text_wrap": True, "valign": "top"})
        for name, table in sheets:
            sheet = book.add_worksheet(name.translate(_OUTSIDE)[:31])
            for at, column in enumerate(table.columns):
                width = _width(column, table, at)
                sheet.set_column(at, at, width, long if width == _WIDEST else None)
                sheet.write_string(0, at, column.label, head)
            for number, row in enumerate(table.rows[:ROWS], start=1):
                for at, column in enumerate(table.columns):
                    value = column.value(row[at])
                    if isinstance(value, str):
                        sheet.write_string(number, at, value[:_CELL])
                    elif value is not None:
                        sheet.write_number(number, at, float(value) if isinstance(value, Decimal) else value)
            sheet.freeze_panes(1, 0)
            if table.rows:
                sheet.autofilter(0, 0, min(len(table.rows), ROWS), len(table.columns) - 1)
    return file.getvalue()


def _width(column: Column, table: Table, at: int) -> int:
    """Return a width in characters that holds the head and most of the first cells; Chinese ones count twice."""
    shown = [column.label, *(str(column.value(row[at]) or "") for row in table.rows[:50])]
    longest = max(sum(2 if char > "\u2e80" else 1 for char in text) for text in shown)
    return min(longest + 3, _WIDEST)
