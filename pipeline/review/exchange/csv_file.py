"""CSV, one row for each record of any kind, for spreadsheets.

A cell that a spreadsheet would take for a formula begins with an apostrophe, as OWASP advises, and so does one that
begins with an apostrophe; reading takes it away again.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.review.exchange.cells import as_cells, columns, from_cells
from pipeline.review.exchange.entries import Export, Refused, Row
from pipeline.writing import write_file

_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠'")
_LARGEST = 10_000_000  # characters of a cell


def write(export: Export, path: Path, language: str) -> None:
    """Write all entries to the file at `path`, in UTF-8 with the mark that Excel needs to see it."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    names = columns()
    writer.writerow(names)
    for entry in export.entries:
        row = as_cells(entry)
        writer.writerow([_harmless(row.get(name, "")) for name in names])
    write_file(path, file.getvalue().encode("utf-8-sig"))


def read(path: Path) -> Iterator[Row | Refused]:
    """Yield the entries in the file at `path`; raises InputError where it is no such file."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not in UTF-8; save it as “CSV UTF-8”") from error
    csv.field_size_limit(_LARGEST)
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        names = next(reader, [])
        if missing := [name for name in ("record", "doc_id", "quote", "verdict") if name not in names]:
            raise InputError(f"{path}: no column {', '.join(missing)}; the first row names the columns")
        for number, cells in enumerate(reader, start=2):
            if not any(cells):
                continue
            place = f"row {number}"
            try:
                yield Row(place, from_cells({n: _meant(c) for n, c in zip(names, cells, strict=False)}))
            except ValueError as error:
                yield Refused(place, str(error))
    except csv.Error as error:
        raise InputError(f"{path}:{reader.line_num}: {error}") from error


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def _meant(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
