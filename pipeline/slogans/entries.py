"""Entries of a glossary (名词解释, 注释): a term at the start of a line, a colon, and what it means."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.regex import Regex
from pipeline.slogans.lists import Range

_ROW = 3  # lines of one form, the least that are a glossary without numbers or quotation marks
_NUMBER = r"(?:[［\[【（(〔][0-9]{1,3}[］\]】）)〕]|[0-9]{1,3}[.．、])"
_ENTRY = Regex(rf"(?:^|\n|(?<=。))[ \u3000]*+({_NUMBER}[ \u3000]*+)?([^\n：。；]{{2,40}}?)：\s{{0,4}}")


class Entry(NamedTuple):
    """A term of a glossary and the paragraph that explains it; `sure` where more than quotation marks shows it."""

    term: Range
    meaning: Range
    sure: bool


def glossary(view: str) -> Iterator[Entry]:
    """Yield the entries of the glossaries of `view`: numbered terms, and at line starts quoted ones or a row."""
    heads: list[tuple[re.Match[str], bool]] = []
    for row in _rows(view):
        in_row = len(row) >= _ROW
        heads += [(head, bool(head[1]) or in_row) for head in row if head[1] or in_row or _is_quoted(head)]
    for i, (head, sure) in enumerate(heads):
        following = heads[i + 1][0].start() if i + 1 < len(heads) else len(view)
        end = view.find("\n", head.end(), following)
        yield Entry(head.span(2), (head.end(), following if end < 0 else end), sure)


def _rows(view: str) -> Iterator[list[re.Match[str]]]:
    """Yield the lines that begin with a term and a colon, those that follow one another together."""
    row: list[re.Match[str]] = []
    for head in _ENTRY.finditer(view):
        end = view.find("\n", row[-1].end()) if row else -1
        if end < 0 or end > head.start() or view[end : head.start()].strip():
            if row:
                yield row
            row = []
        row.append(head)
    if row:
        yield row


def _is_quoted(head: re.Match[str]) -> bool:
    return head[2][0] == "“" and head.group()[0] in "\n\u3000“"
