"""The tables of a report as an Excel workbook: a sheet for each, frozen head, filters, numbers as numbers."""

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec

from pipeline.regex import Regex
from pipeline.report.tables import Column, Table, Value

ROWS = 1_048_575  #: that a sheet holds below its head
_CELL = 32_767  #: characters that a cell holds
_WIDEST = 60
_MADE = datetime.datetime(2000, 1, 1)  #: no clock: the same input gives the same bytes
_OUTSIDE = str.maketrans(dict.fromkeys("[]:*?/\\", " "))  #: what the name of a sheet cannot have
_SHARED = "xl/sharedStrings.xml"
#: What XML cannot have, and an underscore that would be read as the beginning of what stands for that.
_UNFIT = Regex(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_STYLED = Regex(r'<col min="([0-9]+)" max="([0-9]+)"[^>]* style="([0-9]+)"')


class Sheet(msgspec.Struct, frozen=True):
    """A sheet of a workbook: its name, the head and the width in characters of its columns, its rows."""

    name: str
    columns: list[tuple[str, int]]
    rows: Sequence[tuple[str | int | float | None, ...]]


def sheet(name: str, table: Table) -> Sheet:
    """Return `table` as a sheet; rows past `ROWS` are left out."""
    columns = [(column.label, _width(column, table, at)) for at, column in enumerate(table.columns)]
    values = ([_value(value) for value in values] for values in table.values)
    return Sheet(name.translate(_OUTSIDE)[:31], columns, list(zip(*values, strict=True))[:ROWS])


def _value(value: Value) -> str | int | float | None:
    if isinstance(value, str):
        return value[:_CELL]
    return float(value) if isinstance(value, Decimal) else value


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """Return a workbook with `sheets`.

    XlsxWriter makes all of it but the rows below the heads, which are set into what it has made: it keeps an object
    for each cell, and a large corpus has millions.
    """
    frame = BytesIO()
    _write_frame(frame, sheets)
    file = BytesIO()
    with ZipFile(frame) as made, ZipFile(file, "w", ZIP_DEFLATED) as book:
        parts = {f"xl/worksheets/sheet{number}.xml": sheet for number, sheet in enumerate(sheets, start=1)}
        shared = made.read(_SHARED).decode()
        strings = _Strings(shared.count("<si>"))
        for entry in made.infolist():
            if entry.filename in parts:
                book.writestr(entry, _filled(made.read(entry).decode(), parts[entry.filename], strings))
            elif entry.filename != _SHARED:
                book.writestr(entry, made.read(entry))
        book.writestr(made.getinfo(_SHARED), strings.added_to(shared))  # now that all are known
    return file.getvalue()


def _write_frame(file: BytesIO, sheets: Sequence[Sheet]) -> None:
    """Write a workbook with `sheets` to `file`, with their heads, widths and filters, but no rows."""
    import xlsxwriter

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
            page.freeze_panes(1, 0)
            if sheet.rows:
                page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)


class _Strings(dict[str, int]):
    """The numbers of the strings of a workbook, which are given as they are asked for, from `first` on."""

    def __init__(self, first: int) -> None:
        self._first = first

    def __missing__(self, string: str) -> int:
        number = self[string] = self._first + len(self)
        return number

    def added_to(self, part: str) -> str:
        """Return the workbook's part of shared strings with these behind those that it has."""
        items = "".join(f'<si><t xml:space="preserve">{_escaped(string)}</t></si>' for string in self)
        part = re.sub(' (?:count|uniqueCount)="[0-9]+"', "", part, count=2)  # need not be said
        return part.replace("</sst>", f"{items}</sst>")


def _escaped(string: str) -> str:
    """Return `string` for XML, what that cannot have as Excel writes it: _x000B_."""
    return escape(_UNFIT.sub(lambda char: f"_x{ord(char[0]):04X}_", string), quote=False)


def _filled(part: str, sheet: Sheet, strings: _Strings) -> str:
    """Return the `part` of a workbook that is `sheet` with its rows behind the head."""
    if not sheet.rows:
        return part
    styles = {
        at: f' s="{style}"' for first, last, style in _STYLED.findall(part) for at in range(int(first) - 1, int(last))
    }
    names = [_letters(at) for at in range(len(sheet.columns))]
    forms = [(f'<c r="{name}', f'"{styles.get(at, "")}') for at, name in enumerate(names)]
    rows = []
    for number, row in enumerate(sheet.rows, start=2):
        cells = [
            f'{cell}{number}{style} t="s"><v>{strings[value]}</v></c>'
            if isinstance(value, str)
            else f"{cell}{number}{style}><v>{value:.16G}</v></c>"
            for (cell, style), value in zip(forms, row, strict=True)
            if value is not None
        ]
        rows.append(f'<row r="{number}">{"".join(cells)}</row>')
    part = re.sub('<dimension ref="[^"]*"', f'<dimension ref="A1:{names[-1]}{len(rows) + 1}"', part, count=1)
    return part.replace("</sheetData>", f"{''.join(rows)}</sheetData>")


def _letters(at: int) -> str:
    """Return what Excel calls the column `at`, counted from 0: A, B, … Z, AA."""
    return (_letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)


def _width(column: Column, table: Table, at: int) -> int:
    """Return a width in characters that holds the head and most of the first cells; Chinese ones count twice."""
    shown = [column.label, *(str(value or "") for value in column.values(row[at] for row in table.rows[:50]))]
    longest = max(sum(2 if char > "\u2e80" else 1 for char in text) for text in shown)
    return min(longest + 3, _WIDEST)
