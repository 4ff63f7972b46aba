"""Text with its records marked, as HTML."""

from collections.abc import Iterable
from heapq import heapify, heappop, heappush

import msgspec
from markupsafe import Markup, escape

from pipeline.regex import Regex

_BREAK = Regex(r"\s*\n\s*")
_SPECIAL = Regex("[&<>\"']")


def escaped(text: str) -> str:
    """Return `text` escaped for HTML; most has nothing that needs it."""
    return str(escape(text)) if _SPECIAL.search(text) else text


def unbroken(text: str) -> str:
    """Return `text` without the line breaks that stand in the middle of a sentence."""
    return _BREAK.sub("", text) if "\n" in text else text


class Mark(msgspec.Struct, frozen=True):
    """A stretch of the text to be marked, in text offsets."""

    start: int
    end: int
    kind: str  #: a CSS class
    id: str  #: the anchor
    note: Markup  #: an attribute that says what is shown when pointing at it


def mark_up(text: str, start: int, end: int, marks: Iterable[Mark]) -> Markup:
    """Return ``text[start:end]`` escaped, with `marks` as nested elements.

    Where two marks cross, the one that begins later is split at the end of the other; its anchor is
    on its first piece. Line breaks inside the range are left out, as they are in the middle of a
    sentence. A mark that began before the range goes on in it, without an anchor.
    """
    waiting = [
        (max(mark.start, start), -min(mark.end, end), order, mark)
        for order, mark in enumerate(marks)
        if mark.start < end and mark.end > start
    ]
    heapify(waiting)
    pieces: list[str] = []
    ends: list[int] = []  # of the open marks, the innermost last
    done = start

    def write(upto: int) -> None:
        nonlocal done
        pieces.append(escaped(unbroken(text[done:upto])))
        done = upto

    while waiting or ends:
        if ends and (not waiting or ends[-1] <= waiting[0][0]):
            write(ends.pop())
            pieces.append("</mark>")
            continue
        first, last, order, mark = heappop(waiting)
        last = -last
        write(first)
        if ends and last > ends[-1]:
            heappush(waiting, (ends[-1], -last, order, mark))
            last = ends[-1]
        anchor = f' id="{mark.id}"' if first == mark.start else ""
        pieces.append(f'<mark class="{mark.kind}"{anchor} {mark.note}>')
        ends.append(last)
    write(end)
    return Markup("".join(pieces))
