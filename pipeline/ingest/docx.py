"""Word files (.docx): paragraphs, headings, numbering, tables and notes in reading order.

The walk follows ECMA-376 part 1: what was inserted is text and what was deleted is not; content controls, links and
text boxes are; headers and footers are parts of their own and stay out. Numbers that Word only shows (一、 （二） 1.)
are written out.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from pipeline.errors import InputError
from pipeline.ingest.blocks import Block, clean, row
from pipeline.ingest.limits import Limits
from pipeline.regex import Regex

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = {
    f"{_W}{tag}" for tag in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "tcPr")
}
_SKIPPED.add(f"{_MC}Fallback")
#: The code of a character of a symbol font that stands for itself: no control, no surrogate, none of private use.
_SYMBOL = Regex("(?!00[01])(?:[0-9A-Ca-c][0-9A-Fa-f]|[Dd][0-7])[0-9A-Fa-f]{2}")
_LEVELS = 200  # elements within elements; Word itself writes about twenty


def read_docx(data: bytes, limits: Limits) -> tuple[list[Block], dict[str, str]]:
    """Return the blocks of a Word file, and what its properties say of it (title, created); raises InputError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _Parts(archive, limits)
            body = parts.xml("word/document.xml")
            if body is None:
                raise InputError("a zip file without word/document.xml, not a Word file")
            walk = _Walk(parts)
            blocks = list(walk.blocks(body))
            blocks += walk.notes()
            return blocks, _properties(parts)
    # NotImplementedError: what zipfile raises for a compression or encryption that it does not know
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputError(f"a broken or encrypted Word file: {error}") from error


def parse_xml(data: bytes) -> Element:
    """Return the root of the XML in `data`; a document type, with its entities, and deep nesting raise InputError."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _LEVELS:
            raise InputError(f"XML with elements nested more than {_LEVELS} deep")
        builder.start(_named(tag), {_named(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_named(tag))

    def doctype(*_: object) -> None:
        raise InputError("XML with a document type, which can hold entities; save the file anew with Word")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise InputError(f"broken XML: {error}") from error
    return builder.close()


def _named(tag: str) -> str:
    return "{" + tag if "}" in tag else tag


class _Parts:
    """The parts of the package, unpacked one at a time and not beyond the limit for all."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive = archive
        self._limits = limits
        self._unpacked = 0

    def xml(self, name: str) -> Element | None:
        """Return the root of the part `name`, None if there is no such part."""
        try:
            part = self._archive.open(name)
        except KeyError:
            return None
        budget = self._limits.max_file_mb * 1024 * 1024 - self._unpacked
        with part:
            data = part.read(budget + 1)  # what the zip's directory says of the size need not be true
        self._unpacked += len(data)
        self._limits.check_size(self._unpacked, "the unpacked file")
        return parse_xml(data)


class _Walk:
    """The walk through the body, with what styles and numbering it needs."""

    def __init__(self, parts: _Parts) -> None:
        self._parts = parts
        self._styles = _styles(parts.xml("word/styles.xml"))
        self._numbering = _Numbering(parts.xml("word/numbering.xml"))
        self._noted: list[tuple[str, str]] = []

    def blocks(self, container: Element) -> Iterator[Block]:
        """Yield the blocks in `container`, in order."""
        for element in container:
            if element.tag == f"{_W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{_W}tbl":
                yield from self._table(element)
            elif element.tag not in _SKIPPED:
                yield from self.blocks(element)

    def _paragraph(self, paragraph: Element) -> Iterator[Block]:
        boxes: list[Element] = []
        text = "".join(self._text(paragraph, boxes))
        style = self._styles.get(_value(paragraph, "pPr/pStyle"), _Style())
        level = _value(paragraph, "pPr/outlineLvl") or style.outline
        heading = _whole(level, 9) < 9
        number = self._number(paragraph, style)
        for i, line in enumerate(text.split("\n")):
            line = clean(line)
            if i == 0 and line:
                line = number + line
            if line:
                yield Block("heading" if heading else "item" if number and not i else "paragraph", line)
        for box in boxes:
            yield from self.blocks(box)

    def _number(self, paragraph: Element, style: "_Style") -> str:
        identity = _value(paragraph, "pPr/numPr/numId") or style.number
        level = _value(paragraph, "pPr/numPr/ilvl") or style.level
        return self._numbering.next(identity, min(_whole(level, 0), 8)) if identity else ""

    def _text(self, element: Element, boxes: list[Element]) -> Iterator[str]:
        for child in element:
            if child.tag in _SKIPPED:
                continue
            name = child.tag.removeprefix(_W)
            if name == "t":
                yield child.text or ""
            elif name == "tab":
                yield " "
            elif name in ("br", "cr"):
                yield "\n"
            elif name == "noBreakHyphen":
                yield "-"
            elif name == "sym":
                code = child.get(f"{_W}char", "")
                yield chr(int(code, 16)) if _SYMBOL.fullmatch(code) else ""
            elif name in ("footnoteReference", "endnoteReference"):
                self._noted.append((name.removesuffix("Reference") + "s", child.get(f"{_W}id", "")))
                yield f"[{len(self._noted)}]"
            elif name == "txbxContent":
                boxes.append(child)
            else:
                yield from self._text(child, boxes)

    def _table(self, table: Element) -> Iterator[Block]:
        for line in _rows(table):
            cells = [list(self.blocks(cell)) for cell in _cells(line)]
            if len(cells) == 1:  # a frame around text rather than a table
                yield from cells[0]
            else:
                yield row("\n".join(block.text for block in cell) for cell in cells)

    def notes(self) -> Iterator[Block]:
        """Yield the foot- and endnotes that the body refers to, under the numbers given there."""
        found: dict[tuple[str, str], Element] = {}
        for part in ("footnotes", "endnotes"):
            root = self._parts.xml(f"word/{part}.xml") if any(kind == part for kind, _ in self._noted) else None
            found |= {(part, note.get(f"{_W}id", "")): note for note in ([] if root is None else root)}
        for number, key in enumerate(self._noted.copy(), start=1):
            note = found.get(key)
            text = " ".join(block.text for block in self.blocks(note)) if note is not None else ""
            if text:
                yield Block("paragraph", f"[{number}] {text}")


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag not in _SKIPPED and child.tag != f"{_W}tbl":
            yield from _rows(child)


def _cells(line: Element) -> Iterator[Element]:
    for child in line:
        if child.tag == f"{_W}tc":
            merged = child.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val", "continue") == "continue":
                yield Element(f"{_W}tc")  # the rest of a cell that began in a row above
            else:
                yield child
        elif child.tag not in _SKIPPED:
            yield from _cells(child)


class _Style:
    """What a paragraph style says that matters here."""

    def __init__(self, outline: str = "", number: str = "", level: str = "") -> None:
        self.outline, self.number, self.level = outline, number, level


def _value(element: Element, path: str) -> str:
    found = element.find("/".join(f"{_W}{step}" for step in path.split("/")))
    return found.get(f"{_W}val", "") if found is not None else ""


def _whole(value: str, otherwise: int) -> int:
    """Return the number that an attribute gives; `otherwise` where it gives none that Word would write."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else otherwise


def _styles(root: Element | None) -> dict[str, _Style]:
    based: dict[str, str] = {}
    found: dict[str, _Style] = {}
    for element in [] if root is None else root.iter(f"{_W}style"):
        name = element.get(f"{_W}styleId", "")
        based[name] = _value(element, "basedOn")
        found[name] = _Style(
            _value(element, "pPr/outlineLvl"), _value(element, "pPr/numPr/numId"), _value(element, "pPr/numPr/ilvl")
        )
    for name, style in found.items():
        seen, above = {name}, based[name]
        while above in found and above not in seen:
            style.outline = style.outline or found[above].outline
            style.number = style.number or found[above].number
            style.level = style.level or found[above].level
            seen.add(above)
            above = based[above]
    return found


class _Numbering:
    """Counts the paragraphs of numbered lists and writes their numbers as Word shows them."""

    def __init__(self, root: Element | None) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], tuple[str, str, int]] = {}
        self._counts: dict[tuple[str, int], int] = {}
        for element in [] if root is None else root:
            if element.tag == f"{_W}abstractNum":
                for level in element.iter(f"{_W}lvl"):
                    start = _value(level, "start")
                    self._levels[element.get(f"{_W}abstractNumId", ""), _whole(level.get(f"{_W}ilvl", ""), 0)] = (
                        _value(level, "numFmt"),
                        _value(level, "lvlText"),
                        _whole(start, 1),
                    )
            elif element.tag == f"{_W}num":
                self._lists[element.get(f"{_W}numId", "")] = _value(element, "abstractNumId")

    def next(self, identity: str, level: int) -> str:
        """Return the number of the next paragraph of the list `identity` at `level`; of bullets, a bullet."""
        abstract = self._lists.get(identity, "")
        if (abstract, level) not in self._levels:
            return ""
        kind, pattern, start = self._levels[abstract, level]
        self._counts[abstract, level] = self._counts.get((abstract, level), start - 1) + 1
        for deeper in range(level + 1, 9):
            self._counts.pop((abstract, deeper), None)
        if kind == "bullet":
            return "• "
        if kind == "none":
            return ""
        for above in range(level + 1):
            form, _, first = self._levels.get((abstract, above), ("decimal", "", 1))
            pattern = pattern.replace(f"%{above + 1}", _numeral(self._counts.get((abstract, above), first), form))
        return pattern if pattern[-1:] in "、）)．：" or not pattern else pattern + " "


def _numeral(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith(("chinese", "ideograph", "japanese", "taiwanese")):
        return _han(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _han(number: int) -> str:
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        count, number = divmod(number, value)
        written += sign * min(count, 50)
    return written


def _properties(parts: _Parts) -> dict[str, str]:
    root = parts.xml("docProps/core.xml")
    title = None if root is None else root.find("{http://purl.org/dc/elements/1.1/}title")
    text = clean(title.text or "") if title is not None else ""
    return {"title": text} if len(text) > 3 else {}
