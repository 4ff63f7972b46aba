"""Blocks of text, as they come out of a layout: headings, paragraphs, list items, rows of tables.

A text made of blocks has one line for each. The cells of a table's row are separated by tabs, so that a table
survives as one. Nothing else is put in that the page did not show.
"""

from collections.abc import Iterable

import msgspec

from pipeline.regex import Regex


class Block(msgspec.Struct, frozen=True):
    """One heading, paragraph, item or row; `text` has no line break."""

    kind: str  #: heading, paragraph, item, row
    text: str


_UNPRINTABLE = Regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_BLANKS = Regex("[ \t\u00a0\u2002\u2003\u2009]+")
_WIDE = "\u2014\u2018-\u201d\u2026\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK = r"[ \t]*[\r\n][ \t\r\n]*"
_WRAP_IN_HAN = Regex(rf"(?<=[{_WIDE}]){_BREAK}|{_BREAK}(?=[{_WIDE}])")
_ENDS = "。！？；：…"
_OPENERS = Regex(
    r"[一二三四五六七八九十]+[、是]|[（(][一二三四五六七八九十0-9]+[)）]|第[一二三四五六七八九十百]+[章节条]|[0-9]+[.、]|[—●■◆▲•*#]"
)
_WRAP_CHARS = 20  # a line that is broken by its width is not shorter


def clean(text: str) -> str:
    """Return `text` of one block as a line: white space as a browser shows it, nothing that cannot be printed.

    A line break beside a Chinese character is none, for its source was wrapped there; another is a space.
    """
    text = _WRAP_IN_HAN.sub("", _UNPRINTABLE.sub("", text))
    return _BLANKS.sub(" ", text.replace("\r", " ").replace("\n", " ")).strip(" \u3000")


def row(cells: Iterable[str]) -> Block:
    """Return the row of a table with `cells`, each cleaned."""
    return Block("row", "\t".join(clean(cell).replace("\t", " ") for cell in cells).rstrip("\t"))


def continues(line: str, following: str) -> bool:
    """Whether `following` (with its indent) goes on with the sentence of `line`, broken for its width only."""
    bare = following.lstrip(" \u3000\u00a0\u2003")
    return (
        len(line) >= _WRAP_CHARS
        and bool(bare)
        and following[:1] not in " \u3000\u00a0\u2003"
        and not ends(line)
        and not _OPENERS.match(bare)
    )


def ends(line: str) -> bool:
    """Whether `line` ends a sentence, a heading with its colon, or nothing at all."""
    return line.rstrip("”’）)》")[-1:] in _ENDS


def begins_item(line: str, before: str) -> bool:
    """Whether `line` begins a numbered heading or item behind the ended sentence `before`, wherever that ended."""
    return ends(before) and bool(_OPENERS.match(line))


def joined(before: str, after: str) -> str:
    """Return two parts of a broken line as one: a space only between two words of Latin letters."""
    gap = " " if before[-1:].isascii() and after[:1].isascii() and before[-1:].isalpha() and after[:1].isalpha() else ""
    return before + gap + after


def as_text(blocks: Iterable[Block]) -> str:
    r"""Return the text that `blocks` make, one line for each; it ends in a line break if it is not empty."""
    lines = [block.text for block in blocks if block.text.strip()]
    return "\n".join(lines) + "\n" if lines else ""
