"""A stretch of a text cut where its records begin and end, so that a page can show them without counting characters.

A browser counts UTF-16 units, gongbao code points; a page that is given segments, each with the offset of its first
character, never has to convert.
"""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

import msgspec

_LONG = 3000  # characters of a paragraph above which only the sentences around a record are shown
_AROUND = 800


class Marked(msgspec.Struct, frozen=True):
    """A record that is to be marked."""

    id: str
    start: int
    end: int


class Segment(msgspec.Struct, frozen=True):
    """A stretch in which no record begins or ends; `marks` are the ids of those it is part of, the longest first."""

    start: int
    text: str
    marks: list[str]


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph, or the part of a long one that is shown."""

    start: int
    end: int
    heading: bool
    segments: list[Segment]


def bounds(sentences: Sequence[Sequence[int]]) -> list[tuple[int, int, bool]]:
    """Return the paragraphs that `sentences` (start, end, paragraph, heading) are in: start, end, heading."""
    found: dict[int, tuple[int, int, bool]] = {}
    for start, end, number, heading in sentences:
        first = found.get(number)
        found[number] = (first[0], end, first[2]) if first else (start, end, bool(heading))
    return [found[number] for number in sorted(found)]


def window(sentences: Sequence[Sequence[int]], start: int, end: int) -> tuple[int, int]:
    """Return what is to be shown of the paragraphs around ``[start, end)``: all, or whole sentences of a long one."""
    touched = [one for one in bounds(sentences) if one[0] < end and start < one[1]]
    if not touched:
        return start, end
    first, last = min(start, touched[0][0]), max(end, touched[-1][1])
    if last - first <= _LONG:
        return first, last
    near = [one for one in sentences if one[0] < end + _AROUND and start - _AROUND < one[1]]
    return max(first, min(start, near[0][0])), min(last, max(end, near[-1][1]))


def paragraphs(
    text: str,
    sentences: Sequence[Sequence[int]],
    records: Iterable[Marked],
    start: int,
    end: int,
    cuts: Collection[int] = (),
) -> list[Paragraph]:
    """Return the paragraphs of ``text[start:end]`` with `records` marked; each character of it is in one segment.

    Segments also end at `cuts`.

    What stands between paragraphs (line breaks, page chrome) is with the paragraph before.
    """
    starts = [max(start, first) for first, _, _ in bounds(sentences) if start < first < end]
    headings = {first: heading for first, _, heading in bounds(sentences)}
    marked = sorted(records, key=lambda record: (record.start, -record.end, record.id))
    found = []
    for first, last in pairwise([start, *starts, end]):
        inside = [record for record in marked if record.start < last and first < record.end]
        heading = headings.get(first, False)
        found.append(Paragraph(first, last, heading, _segments(text, first, last, inside, cuts)))
    return found


def _segments(text: str, start: int, end: int, records: Sequence[Marked], cuts: Collection[int]) -> list[Segment]:
    edges = {start, end, *(cut for cut in cuts if start < cut < end)}
    for record in records:
        edges |= {max(start, record.start), min(end, record.end)}
    longest_first = sorted(records, key=lambda record: (record.start - record.end, record.start, record.id))
    return [
        Segment(first, text[first:last], [r.id for r in longest_first if r.start < last and first < r.end])
        for first, last in pairwise(sorted(edges))
    ]
