"""PDF files: characters with their places on the page become lines, paragraphs, columns and tables.

What repeats at the top or foot of pages goes, and page numbers with it. A line that reaches the right edge goes on in
the next one unless that is indented; so broken lines are joined by geometry, also across pages. Ruled tables are read
cell by cell. A page with an image and next to no characters is a scan: it is reported, and a file of nothing else is
an error.
"""

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

import msgspec
import pypdfium2
import pypdfium2.raw as pdfium

from pipeline.errors import InputError
from pipeline.ingest.blocks import Block, begins_item, clean, ends, joined, row
from pipeline.layout import rule_for
from pipeline.regex import Regex

_SCAN_CHARS = 20  # a page with an image and fewer characters is a scan
_MARGIN_SHARE = 0.12  # of the page's height: where headers and footers stand
_RAGGED = 0.12  # of the width of a column
_RULES = 6  # lines and boxes drawn on a page that may hold a table
_PAGES = 2000
_HAN = Regex("[\u3400-\u9fff]")
_BARE_NUMBER = Regex(r"[—–－\-·• ]*[0-9ivxIVX]{1,5}[—–－\-·• ]*")


class _Char(msgspec.Struct):
    text: str
    left: float
    bottom: float
    right: float
    top: float


class _Line(msgspec.Struct):
    """Characters on one base line without a wide gap."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


class _Page(msgspec.Struct):
    width: float
    height: float
    lines: list[_Line | Block]  #: in reading order; a Block is a row of a table


def read_pdf(data: bytes) -> tuple[list[Block], dict[str, str], list[str]]:
    """Return the blocks of a PDF file, what it says of itself (title), and remarks; raises InputError."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        secret = "password" in str(error).lower()
        raise InputError(
            "a PDF with a password; save it without one" if secret else f"a broken PDF: {error}"
        ) from error
    try:
        if len(document) > _PAGES:
            raise InputError(f"a PDF of {len(document):,} pages; the limit is {_PAGES:,}")
        pages, scans = [], []
        for number in range(len(document)):
            page, scanned = _read_page(document, number, data)
            pages.append(page)
            if scanned:
                scans.append(number + 1)
        title = clean(document.get_metadata_dict().get("Title") or "")
    finally:
        document.close()
    if not any(page.lines for page in pages) or (len(scans) == len(pages)):
        if scans:
            raise InputError(f"a scanned PDF: {len(scans)} pages with images and no text; run OCR on it first")
        raise InputError("a PDF without text")
    _drop_running_lines(pages)
    remarks = [f"page {number} is a scan, its text is missing; run OCR on it" for number in scans]
    return list(_blocks(pages)), {"title": title} if re.search("[\u4e00-\u9fff]{4}", title) else {}, remarks


def _read_page(document: pypdfium2.PdfDocument, number: int, data: bytes) -> tuple[_Page, bool]:
    page = document[number]
    width, height = page.get_size()
    chars = list(_chars(page))
    kinds = Counter(item.type for item in page.get_objects(max_depth=2))
    scanned = bool(kinds[pdfium.FPDF_PAGEOBJ_IMAGE]) and sum(not c.text.isspace() for c in chars) < _SCAN_CHARS
    tables = _tables(data, number, height) if kinds[pdfium.FPDF_PAGEOBJ_PATH] >= _RULES and not scanned else []
    for (left, bottom, right, top), _ in tables:
        chars = [
            c
            for c in chars
            if not (left <= (c.left + c.right) / 2 <= right and bottom <= (c.bottom + c.top) / 2 <= top)
        ]
    lines: list[_Line | Block] = [*_ordered(_lines(chars))]
    for (_, _, _, top), rows in tables:
        at = next((i for i, line in enumerate(lines) if isinstance(line, _Line) and line.top < top), len(lines))
        lines[at:at] = rows
    page.close()
    return _Page(width, height, lines), scanned


def _chars(page: Any) -> Iterator[_Char]:
    """Yield the characters of `page` that show, in the order of the file."""
    text = page.get_textpage()
    box = [ctypes.c_double() for _ in range(4)]
    pointers = [ctypes.byref(value) for value in box]
    high = 0
    for i in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, i)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        code = ord("-") if code in (2, 0xAD) else code  # a hyphen that ends a line to pdfium, or the soft one of fonts
        if code in (0, 0xFFFE, 0xFFFF) or code < 32 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
            continue
        if pdfium.FPDFText_IsGenerated(text, i) == 1 and chr(code) != "-":
            continue  # a space; the gaps between characters say the same
        pdfium.FPDFText_GetCharBox(text, i, pointers[0], pointers[1], pointers[2], pointers[3])
        left, right, bottom, top = (value.value for value in box)
        size = pdfium.FPDFText_GetFontSize(text, i)
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        pdfium.FPDFText_GetCharOrigin(text, i, ctypes.byref(origin_x), ctypes.byref(origin_y))
        base = origin_y.value  # boxes hug the ink; lines are told apart by the base line
        size = max(top - bottom, size if 1 < size < 200 else 0)
        yield _Char(chr(code), left, base, max(right, left), base + max(size, 1.0))
    text.close()


def _lines(chars: Sequence[_Char]) -> list[_Line]:
    """Return the lines of a page, cut at gaps that are wider than two characters."""
    rows: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: (-round(c.bottom, 1), c.left)):
        if rows and abs(rows[-1][0].bottom - char.bottom) <= 0.35 * (rows[-1][0].top - rows[-1][0].bottom):
            rows[-1].append(char)
        else:
            rows.append([char])
    lines = []
    for line in rows:
        line.sort(key=lambda c: c.left)
        size = median(c.top - c.bottom for c in line)
        part: list[_Char] = []
        for char in line:
            if char.text.isspace():
                continue
            if part and char.left - part[-1].right > 2.2 * size:
                lines.append(_line(part, size))
                part = []
            part.append(char)
        if part:
            lines.append(_line(part, size))
    return lines


def _line(chars: Sequence[_Char], size: float) -> _Line:
    text = ""
    for before, char in zip((None, *chars), chars, strict=False):
        gap = 0.0 if before is None else (char.left - before.right) / size
        latin = before is not None and _latin(before.text) and _latin(char.text)
        han = before is not None and _HAN.match(before.text) and _HAN.match(char.text)
        if (latin and gap > 0.25) or (han and gap > 0.45):
            text += " "
        text += char.text
    return _Line(text, chars[0].left, chars[-1].right, min(c.bottom for c in chars), max(c.top for c in chars))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _ordered(lines: list[_Line]) -> list[_Line]:
    """Return `lines` in reading order: from top to bottom, columns one after the other."""
    if len(lines) < 2:
        return lines
    gutter = _gutter(lines)
    if gutter is None:
        return sorted(lines, key=lambda line: (-line.bottom, line.left))
    across = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: -line.bottom)
    ordered: list[_Line] = []
    rest = [line for line in lines if not line.left < gutter < line.right]
    for limit in (
        *(line.bottom for line in across),
        float("-inf"),
    ):  # what stands above a line across the page comes first
        part = [line for line in rest if line.bottom > limit]
        rest = [line for line in rest if line.bottom <= limit]
        for side in (False, True):
            ordered += sorted(
                (x for x in part if (x.left >= gutter) == side), key=lambda line: (-line.bottom, line.left)
            )
        if across and limit != float("-inf"):
            ordered.append(across.pop(0))
    return ordered


def _gutter(lines: Sequence[_Line]) -> float | None:
    """Return the x of a gap between two columns of text; None for a page with one column."""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    for step in range(40, 61):
        x = left + (right - left) * step / 100
        crossing = sum(line.left < x < line.right for line in lines)
        before = [line for line in lines if line.right <= x and line.right - line.left > (right - left) * 0.25]
        after = [line for line in lines if line.left >= x and line.right - line.left > (right - left) * 0.25]
        if min(len(before), len(after)) >= 5 and crossing <= len(lines) * 0.2:
            return x
    return None


def _tables(data: bytes, number: int, height: float) -> list[tuple[tuple[float, float, float, float], list[Block]]]:
    """Return the ruled tables of page `number`: the box in PDF coordinates, and the rows."""
    import pdfplumber

    found = []
    with pdfplumber.open(io.BytesIO(data), pages=[number + 1]) as document:
        for table in document.pages[0].find_tables():
            rows = [[cell or "" for cell in cells] for cells in table.extract()]
            if len(rows) < 2 or max(map(len, rows)) < 2:
                continue
            left, top, right, bottom = table.bbox
            found.append(((left, height - bottom, right, height - top), [row(cells) for cells in rows]))
    return found


def _drop_running_lines(pages: list[_Page]) -> None:
    """Take page numbers, and what repeats at the top or foot of the pages, out of `pages`."""
    seen: Counter[tuple[str, int]] = Counter()
    margins = []
    for page in pages:
        edge = [
            line
            for line in page.lines
            if isinstance(line, _Line)
            and (line.bottom < page.height * _MARGIN_SHARE or line.top > page.height * (1 - _MARGIN_SHARE))
        ]
        margins.append(edge)
        seen.update({(re.sub("[0-9]+", "#", line.text), round(line.bottom / 4)) for line in edge})
    for page, edge in zip(pages, margins, strict=True):
        for line in edge:
            near = sum(seen[re.sub("[0-9]+", "#", line.text), round(line.bottom / 4) + step] for step in (-1, 0, 1))
            repeats = len(pages) >= 3 and near >= max(3, len(pages) * 0.4)
            outer = line.bottom < page.height * _MARGIN_SHARE or line.top > page.height * (1 - _MARGIN_SHARE / 2)
            numbered = bool(_BARE_NUMBER.fullmatch(line.text)) or rule_for(line.text, "anywhere") is not None
            if repeats or (numbered and outer):
                page.lines.remove(line)


def _blocks(pages: Sequence[_Page]) -> Iterator[Block]:
    """Yield the paragraphs, headings and rows of `pages`, broken lines joined."""
    sizes = [line.height for page in pages for line in page.lines if isinstance(line, _Line) and len(line.text) > 10]
    body_size = median(sizes) if sizes else 0.0
    open_text, full = "", False  # the paragraph under way, and whether its last line reached the right edge
    heading = False
    for page in pages:
        lines = [line for line in page.lines if isinstance(line, _Line)]
        for index, line in enumerate(page.lines):
            if isinstance(line, Block):
                if open_text:
                    yield _paragraph(open_text, heading)
                    open_text = ""
                yield line
                continue
            left, right = _edges(line, lines)
            indented = line.left - left > 1.2 * line.height
            slack = 1.8 * line.height  # a line that is not set to full width ends earlier, but then in a sentence
            reaches = right - line.right < (slack if ends(line.text) else max(slack, _RAGGED * (right - left)))
            larger = line.height > 1.15 * body_size
            previous = page.lines[index - 1] if index else None
            beside = isinstance(previous, _Line) and abs(previous.bottom - line.bottom) < 0.3 * line.height
            if open_text and beside and line.left > (previous.right if isinstance(previous, _Line) else 0):
                open_text += "\t" + line.text  # cells of a table without rules, parts of a centred line
            elif (
                open_text
                and full
                and not indented
                and larger == heading
                and not _apart(previous, line)
                and not begins_item(line.text, open_text)
            ):
                open_text = joined(open_text, line.text)
            else:
                if open_text:
                    yield _paragraph(open_text, heading)
                open_text, heading = line.text, larger
            full = reaches
    if open_text:
        yield _paragraph(open_text, heading)


def _edges(line: _Line, lines: Sequence[_Line]) -> tuple[float, float]:
    """Return the left and right edge of the column that `line` stands in."""
    beside = [x for x in lines if x.left < line.right and x.right > line.left]
    return min(x.left for x in beside), max(x.right for x in beside)


def _apart(previous: "_Line | Block | None", line: _Line) -> bool:
    """Whether there is more than an empty line between two lines of a page."""
    return (
        isinstance(previous, _Line) and previous.bottom > line.bottom and previous.bottom - line.top > 1.6 * line.height
    )


def _paragraph(text: str, heading: bool) -> Block:
    kind = "row" if "\t" in text else "heading" if heading and len(text) < 60 else "paragraph"
    return row(text.split("\t")) if kind == "row" else Block(kind, clean(text))
