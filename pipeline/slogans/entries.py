"""Entries of a glossary (名词解释, 注释): a term at the start of a line, a colon, and what it means."""

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.regex import Regex
from pipeline.slogans.lists import Range

_NUMBER = r"(?:[［\[【（(〔][0-9]{1,3}[］\]】）)〕]|[0-9]{1,3}[.．、])"
_ENTRY = Regex(rf"(?:^|\n|(?<=。))[ \u3000]*+({_NUMBER}[ \u3000]*+)?([^\n：。；]{{2,40}}?)：\s{{0,4}}")


class Entry(NamedTuple):
    """A term of a glossary and the paragraph that explains it; `numbered` where a number stands before the term."""

    term: Range
    meaning: Range
    numbered: bool


def glossary(view: str) -> Iterator[Entry]:
    """Yield the entries of the glossaries of `view`: numbered terms, and quoted ones at the start of a line."""
    heads = [
        match for match in _ENTRY.finditer(view) if match[1] or (match[2][0] == "“" and match.group()[0] in "\n\u3000“")
    ]
    for i, head in enumerate(heads):
        following = heads[i + 1].start() if i + 1 < len(heads) else len(view)
        end = view.find("\n", head.end(), following)
        yield Entry(head.span(2), (head.end(), following if end < 0 else end), bool(head[1]))
