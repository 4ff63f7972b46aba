"""Excel: a sheet for each kind of record, with drop-downs where a field has fixed values.

A heading and a fixed value is its name, and after a space what readers call it (``kind 类型``, ``level 水平``); only
the name is read back. Nothing in a cell is ever a formula or a link.
"""

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from pipeline.errors import InputError
from pipeline.report.wording import Wording
from pipeline.review.exchange.cells import FLAGGED, TECHNICAL, VERDICT_CHOICES, as_cells, columns, from_cells
from pipeline.review.exchange.entries import Entry, Export, Refused, Row
from pipeline.review.fields import FIELDS
from pipeline.writing import RECORD_KINDS, write_file

_LONGEST = 32_767  # characters of a cell
_ROWS = 1_048_575  # of a sheet, without its headings
_LARGEST = 1 << 30  # bytes of a workbook, unpacked
_NO_XML = ("\ufffe", "\uffff")
_WIDTHS = {"prefix": 30, "suffix": 30, "quote": 18, "indicator": 26, "canonical": 26, "members": 40, "note": 30}
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
#: Chinese and English for the columns that the reports have no word for.
_HEADINGS = {
    "doc_id": ("文本", "document"),
    "prefix": ("上文", "before"),
    "suffix": ("下文", "after"),
    "verdict": ("判断", "verdict"),
    "low": ("下限", "lower bound"),
    "high": ("上限", "upper bound"),
    "unit": ("单位", "unit"),
    "comparator": ("限定", "comparator"),
    "direction": ("方向", "direction"),
    "type": ("类型", "type"),
    "canonical": ("统一名称", "canonical name"),
    "note": ("备注", "note"),
    "flagged": ("标记", "flag"),
    "state": ("进度", "state"),
}
_VALUES = {
    "accept": ("正确", "right"),
    "correct": ("修改", "corrected"),
    "reject": ("错误", "wrong"),
    "add": ("补录", "added"),
    "up": ("上升", "up"),
    "down": ("下降", "down"),
}
_GROUPS = {"kind": "kind", "status": "status", "comparator": "comparator"}
_TYPES = {"slogans": "slogan_type", "entities": "entity_type"}


def write(export: Export, path: Path, language: str) -> None:
    """Write all entries to the workbook at `path`; raises InputError for what no workbook can hold."""
    wording = Wording(language)
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held, _PLAIN)
    book.set_properties({"created": datetime.datetime(2000, 1, 1)})  # the same records, the same bytes
    heading = book.add_format({"bold": True, "bottom": 1, "bg_color": "#EEEEEE", "num_format": "@"})
    cell = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for kind in RECORD_KINDS:
        entries = [entry for entry in export.entries if entry.kind == kind]
        if len(entries) > _ROWS:
            raise InputError(f"{len(entries)} {kind}: more than a sheet of Excel holds; export them as CSV, or fewer")
        sheet = book.add_worksheet(kind)
        names = columns(kind)
        for column, name in enumerate(names):
            hidden = {"hidden": 1} if name in TECHNICAL else {}
            sheet.set_column(column, column, _WIDTHS.get(name, 12), cell, hidden)
            sheet.write_string(0, column, _labelled(name, _heading(wording, name)), heading)
        for number, entry in enumerate(entries, start=1):
            _write_row(sheet, number, names, entry, wording, path)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(entries), 1), len(names) - 1)
        _add_drop_downs(sheet, kind, names, wording)
    book.close()
    write_file(path, held.getvalue())


def _write_row(sheet: Worksheet, number: int, names: Sequence[str], entry: Entry, wording: Wording, path: Path) -> None:
    choices = _choices(entry.kind)
    for column, (name, word) in enumerate(zip(names, map(as_cells(entry).get, names), strict=True)):
        if not word:
            continue
        if name in choices:
            word = _labelled(word, _value(wording, entry.kind, name, word))
        if len(word) > _LONGEST or any(character in word for character in _NO_XML):
            raise InputError(f"{path}: {entry.quote:.40}: {name} holds what a cell of Excel cannot; export it as CSV")
        sheet.write_string(number, column, word)


def _add_drop_downs(sheet: Worksheet, kind: str, names: Sequence[str], wording: Wording) -> None:
    for name, values in _choices(kind).items():
        column = names.index(name)
        source = [_labelled(value, _value(wording, kind, name, value)) for value in values]
        rule = {
            "validate": "list",
            "source": source,
            "error_title": name,
            "error_message": f"{name}: {', '.join(values)}"[:255],
        }
        sheet.data_validation(1, column, _ROWS, column, rule)


def _choices(kind: str) -> dict[str, tuple[str, ...]]:
    """Return the columns with fixed values, and these."""
    fixed = {field.name: field.choices for field in FIELDS[kind] if field.sort == "choice"}
    return {"verdict": VERDICT_CHOICES, **fixed, "flagged": (FLAGGED,)}


def _heading(wording: Wording, name: str) -> str:
    if name in _HEADINGS:
        return _HEADINGS[name][wording.language != "zh"]
    label = wording("label", name)
    return label if wording.language == "zh" else label.lower()


def _value(wording: Wording, kind: str, name: str, value: str) -> str:
    if value in _VALUES and name in ("verdict", "direction"):
        return _VALUES[value][wording.language != "zh"]
    group = _TYPES.get(kind) if name == "type" else _GROUPS.get(name)
    return wording(group, value).strip() if group else value


def _labelled(name: str, label: str) -> str:
    return name if label in ("", name) else f"{name} {label}"


def read(path: Path) -> Iterator[Row | Refused]:
    """Yield the entries in the workbook at `path`; raises InputError where it is none."""
    try:
        data = path.read_bytes()
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(member.file_size for member in packed.infolist()) > _LARGEST:
                raise InputError(f"{path}: unpacks to more than {_LARGEST >> 20} MB")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, zipfile.BadZipFile, OSError) as error:
        raise InputError(f"{path}: not an Excel workbook (.xlsx): {error}") from error
    kinds = [kind for kind in RECORD_KINDS if kind in book.sheet_names]
    if not kinds:
        raise InputError(f"{path}: no sheet is called {', '.join(RECORD_KINDS)}")
    for kind in kinds:
        try:
            sheet = book.get_sheet_by_name(kind).to_python(skip_empty_area=False)
        except CalamineError as error:
            raise InputError(f"{path}: {kind}: a broken sheet: {error}") from error
        names = [str(heading).split(" ")[0] for heading in sheet[0]] if sheet else []
        if sheet and (missing := [name for name in ("doc_id", "quote", "verdict") if name not in names]):
            raise InputError(f"{path}: {kind}: no column {', '.join(missing)}; the first row names the columns")
        choices = _choices(kind)
        for number, cells in enumerate(sheet[1:], start=2):
            if all(cell == "" for cell in cells):
                continue
            place = f"{kind} row {number}"
            try:
                words = {name: _said(name, cell) for name, cell in zip(names, cells, strict=False)}
                named = {name: word.split(" ")[0] if name in choices else word for name, word in words.items()}
                yield Row(place, from_cells({**named, "record": kind}))
            except ValueError as error:
                yield Refused(place, str(error))


def _said(name: str, cell: Any) -> str:
    """Return what stands in a cell as it was typed, as far as Excel has kept it."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return format(Decimal(repr(cell)).normalize(), "f")
    raise ValueError(f"{name}: Excel has made {cell} of what was typed; format the cell as text and type it again")
