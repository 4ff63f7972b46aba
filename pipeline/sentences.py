"""Paragraphs and sentences.

A paragraph ends at a line break (those inside a sentence are not in the view any more) or at an
ideographic indent. A sentence ends at 。！？ outside quotation marks and brackets.
"""

from collections.abc import Iterator

from pipeline.document import Document, Sentence
from pipeline.regex import Regex

_PARAGRAPH_GAP = Regex(r"[ \u3000]*\n\s*|\u3000{2,}")
_MARK = Regex(r"[。！？…]+[”’）]*|[“”（）《》]")
_CLOSERS = {"”": "“", "）": "（", "》": "《"}
_NUMBERED = Regex(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十]+[章节部]")
# What begins a statement, though it may lack its full stop.
_SAID = Regex("第?[一二三四五六七八九十]{1,2}[是要]|(?:首先|其次|再次|最后)[，,是要]")
_HEADING_LENGTH = 40


def split_paragraphs(view: str) -> Iterator[tuple[int, int]]:
    """Yield the range of each paragraph of `view`, without the white space around it."""
    done = 0
    for match in _PARAGRAPH_GAP.finditer(view):
        yield from _trimmed(view, done, match.start())
        done = match.end()
    yield from _trimmed(view, done, len(view))


def split_sentences(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the range of each sentence of the paragraph `[start, end)` of `view`."""
    open_marks: list[str] = []
    done = start
    paragraph_balance = {o: view.count(o, start, end) <= view.count(c, start, end) for c, o in _CLOSERS.items()}
    for match in _MARK.finditer(view, start, end):
        mark = match.group()
        if mark in _CLOSERS.values():
            if paragraph_balance[mark]:  # one that is never closed must not swallow the paragraph
                open_marks.append(mark)
        elif mark in _CLOSERS:
            _close(open_marks, mark)
        else:
            for closer in mark.lstrip("。！？…"):
                _close(open_marks, closer)
            if not open_marks and mark[0] != "…":
                yield from _trimmed(view, done, match.end())
                done = match.end()
    yield from _trimmed(view, done, end)


def is_heading(view: str, start: int, end: int) -> bool:
    """Whether the paragraph `[start, end)` is a heading rather than prose."""
    if end - start > _HEADING_LENGTH or view[end - 1] in "。！？；：，、" or _SAID.match(view, start):
        return False
    if "\t" in view[start:end]:  # the row of a table
        return False
    return bool(_NUMBERED.match(view, start)) or "，" not in view[start:end] or end - start <= _HEADING_LENGTH // 2


def _close(open_marks: list[str], closer: str) -> None:
    opener = _CLOSERS.get(closer)
    if opener in open_marks:
        del open_marks[len(open_marks) - 1 - open_marks[::-1].index(opener) :]


def _trimmed(view: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = view[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    if start < end:
        yield start, end


class Sentences:
    """Cuts the view into paragraphs and sentences."""

    name = "sentences"
    description = "paragraphs and sentences; line breaks inside a sentence, quotes and brackets do not split"
    requires = ("view",)
    assigns = "sentences"
    example = "去年全市新增就业3万人。今年\n目标是4万人。"

    def find(self, doc: Document) -> Iterator[Sentence]:
        """Yield the sentences of `doc` in order."""
        number = 0
        for paragraph, (start, end) in enumerate(split_paragraphs(doc.view)):
            heading = is_heading(doc.view, start, end)
            for s, e in split_sentences(doc.view, start, end):
                span = doc.locate(s, e)
                yield Sentence(id=number, start=span.start, end=span.end, paragraph=paragraph, heading=heading)
                number += 1
