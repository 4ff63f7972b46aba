"""Words with part of speech, for keywords, topics and spaCy.

jieba's words and tag set. Its Rust edition is used where it is installed (thirty times as fast); it
joins ASCII runs and rare characters that jieba keeps apart, so those are taken apart again here, and
a test holds the two equal.

Segmenters know nothing of numbers and names (126|万亿元), so what the other stages found decides:
no word crosses the edge of a record or of a numeral, and a short name is one word.
"""

import logging
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Protocol

from pipeline.document import Document, Token
from pipeline.regex import Regex

#: The part of speech of a name, by the type of its entity; all others are nz.
ENTITY_POS = {"person": "nr", "place": "ns", "org": "nt", "company": "nt"}

_NAME_LENGTH = 8  # longer names are cut into words
_PHRASE_LENGTH = 6
_NUMBER = Regex(r"[0-9]+(?:\.[0-9]+)?%?")
_LATIN = Regex(r"[0-9A-Za-z.]*[A-Za-z][0-9A-Za-z.]*")
_MARK = Regex(r"[^\w%+×.\-]")

# What jieba keeps together outside its dictionary: a Chinese run, a Latin word or number, a run of ASCII marks.
_ATOM = Regex(r"[\u4e00-\u9fd5]+|[a-zA-Z0-9]+(?:\.[0-9]+)?%?|[+#&._%-]+|.", re.DOTALL)


class Segmenter(Protocol):
    """Cuts a text into words and tags them."""

    name: str  #: with its version

    def tag(self, text: str) -> Iterable[tuple[str, str]]:
        """Return the words of `text` with their parts of speech; joined they are `text`."""


class RustSegmenter:
    """jieba's words from its Rust edition."""

    def __init__(self) -> None:
        from importlib.metadata import version

        import rjieba

        self.name = f"rjieba {version('rjieba')}"
        self._tag = rjieba.Jieba().tag  # with a dictionary that nobody has added words to

    def tag(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the words of `text`, cut as jieba cuts them."""
        for word, pos in self._tag(text):
            if len(word) == 1 or "\u4e00" <= word[0] <= "\u9fd5":
                yield word, pos
                continue
            atoms = _ATOM.findall(word)
            if len(atoms) == 1:
                yield word, pos
            else:
                yield from ((atom, unknown_pos(atom)) for atom in atoms)


class PythonSegmenter:
    """jieba's words from jieba itself, with the tags of its dictionary."""

    def __init__(self) -> None:
        import jieba
        import jieba.posseg

        jieba.setLogLevel(logging.WARNING)
        self.name = f"jieba {jieba.__version__}"
        self._cut = jieba.Tokenizer().cut
        self._tags: dict[str, str] = jieba.posseg.POSTokenizer().word_tag_tab

    def tag(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the words of `text`."""
        for word in self._cut(text):
            yield word, self._tags.get(word) or unknown_pos(word)


def unknown_pos(word: str) -> str:
    """Return the tag of a word that no dictionary has: m for a number, eng for a Latin word, else x."""
    if _NUMBER.fullmatch(word):
        return "m"
    return "eng" if _LATIN.fullmatch(word) else "x"


@cache
def segmenter() -> Segmenter:
    """Return the fastest segmenter that is installed."""
    try:
        return RustSegmenter()
    except ImportError:
        return PythonSegmenter()


class Tokens:
    """Cuts sentences into words along the edges of the records."""

    name = "tokens"
    description = "words with part of speech; no word crosses the edge of a record or a numeral"
    requires = ("view", "sentences", "quantities", "slogans", "claims", "entities")
    assigns = "tokens"
    example = "全市年用电量突破27亿千瓦时。"

    def find(self, doc: Document) -> list[Token]:
        """Return the words of `doc` in order; white space is none."""
        tag = segmenter().tag
        view, starts = doc.view, doc.view_starts
        found: list[Token] = []
        record_edges = _record_edges(doc)
        words = _whole_words(doc, sorted(record_edges))
        edges = sorted(record_edges.union(*words))
        following = 0
        for sentence in doc.sentences:
            start, end = doc.to_view(sentence.start), doc.to_view(sentence.end)
            while following < len(edges) and edges[following] <= start:
                following += 1
            while start < end:
                stop = min(edges[following], end) if following < len(edges) else end
                pos = words.get((start, stop))
                pieces = [(view[start:stop], pos)] if pos else tag(view[start:stop])
                offset = start
                for word, word_pos in pieces:
                    after = offset + len(word)
                    if not word.isspace():
                        found.append(
                            Token(offset, after, word_pos)
                            if starts is None
                            else Token(starts[offset], starts[after - 1] + 1, word_pos)
                        )
                    offset = after
                start = stop
                following += stop < end
        return found


def _record_edges(doc: Document) -> set[int]:
    """Return the view offsets at which a record begins or ends."""
    return {
        doc.to_view(offset)
        for record in (*doc.claims, *doc.slogans, *doc.entities)
        for offset in (record.start, record.end)
    }


def _whole_words(doc: Document, edges: list[int]) -> dict[tuple[int, int], str]:
    """Return the view ranges that are one word each, with their parts of speech: names, numerals, units.

    None of them has one of `edges` inside.
    """
    words: dict[tuple[int, int], str] = {}
    taken: set[int] = set()

    def add(start: int, end: int, pos: str) -> None:
        inside = range(start, end)
        if start < end and taken.isdisjoint(inside) and not _has_between(edges, start, end):
            words[start, end] = pos
            taken.update(inside)

    for entity in doc.entities:
        start, end = doc.to_view(entity.start), doc.to_view(entity.end)
        if end - start <= _NAME_LENGTH and not _MARK.search(doc.view, start, end):
            add(start, end, ENTITY_POS.get(entity.type, "nz"))
    for slogan in doc.slogans:
        start, end = doc.to_view(slogan.start), doc.to_view(slogan.end)
        if slogan.type == "numeral_code" or (
            slogan.type in ("numeral_phrase", "coinage")
            and end - start <= _PHRASE_LENGTH
            and not _MARK.search(doc.view, start, end)
        ):
            add(start, end, "nz")
    for quantity in doc.quantities:
        start, end = quantity.number
        unit = quantity.unit or ""
        if not doc.view.startswith(unit, end):
            unit = ""
        if unit == "%":
            add(start, end + 1, "m")
        else:
            add(start, end, "m")
            add(end, end + len(unit), "q")
    return words


def _has_between(edges: list[int], start: int, end: int) -> bool:
    """Whether an edge lies strictly between `start` and `end`."""
    index = bisect_right(edges, start)
    return index < len(edges) and edges[index] < end
