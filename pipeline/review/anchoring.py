"""Where a decision belongs in a text: its span, its words and the words around them; found again in a changed text.

A span is looked for in three ways, the surest first: where the characters that did not change say that it is now;
wherever its words stand among the same words as before; nowhere, and then it is an orphan. A place is only taken if
its words are those of the anchor, however they are broken into lines or wide they are written, and if what stands
around them is more like than unlike before: a 5% elsewhere is another 5%.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

from pipeline.regex import Regex
from pipeline.writing import text_hash

CONTEXT = 32  #: characters kept on either side
_LIKE = 0.5  # how alike the context must be
_LIKE_IN_PLACE = 0.34  # the same where the characters around did not move
_CLEARER = 0.05  # by how much the best of several places must be better than the next
_NEAR = 8  # characters that count most
_WEIGHT_NEAR = 0.6
_WEIGHT_BEFORE = 0.6  # what is measured stands before its number
_CANDIDATES = 200  # of one quote; more say nothing about where it was
_PIECES = Regex(r"[^\n。；！？，、：]*[\n。；！？，、：]?")
_SQUARE = 4_000_000  # characters × characters that are compared one by one


class Anchor(msgspec.Struct, frozen=True, kw_only=True):
    """A span of the text with the hash `sha256`, its words, and what stands before and after."""

    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    sha256: str


def anchor(text: str, start: int, end: int, sha256: str | None = None) -> Anchor:
    """Return the anchor of ``text[start:end]``."""
    return Anchor(
        start=start,
        end=end,
        quote=text[start:end],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        sha256=sha256 or text_hash(text),
    )


class Place(msgspec.Struct, frozen=True):
    """Where an anchor is now; `how` is ``same`` (text and span), ``moved`` (its characters moved) or ``found``."""

    start: int
    end: int
    how: str


class Target:
    """A text that anchors are looked for in; `old_text` gives the text that one comes from, by hash, if it is known."""

    def __init__(self, text: str, old_text: Callable[[str], str | None]) -> None:
        self.text = text
        self.sha256 = text_hash(text)
        self._old_text = old_text
        self._maps: dict[str, OffsetMap] = {}
        self._folds: tuple[str, list[int]] | None = None

    def find(self, sought: Anchor) -> Place | None:
        """Return where `sought` is in the text; None where it is gone."""
        if sought.sha256 == self.sha256 and self.text[sought.start : sought.end] == sought.quote:
            return Place(sought.start, sought.end, "same")
        words = _fold(sought.quote)[0]
        if not words:
            return None
        mapped = self._mapped(sought)
        if (
            mapped is not None
            and _fold(self.text[slice(*mapped)])[0] == words
            and self._likeness(sought, *mapped) >= _LIKE_IN_PLACE
        ):
            return Place(*mapped, "moved")
        return self._search(sought, words)

    def near(self, sought: Anchor) -> int:
        """Return about where `sought` was, for people to look; the beginning where nothing is known."""
        offsets = self._map(sought.sha256)
        return 0 if offsets is None else offsets.before(sought.start)

    def _mapped(self, sought: Anchor) -> tuple[int, int] | None:
        offsets = self._map(sought.sha256)
        return None if offsets is None else offsets.span(sought.start, sought.end)

    def _map(self, sha256: str) -> "OffsetMap | None":
        if sha256 not in self._maps and (old := self._old_text(sha256)) is not None:
            self._maps[sha256] = OffsetMap(old, self.text)
        return self._maps.get(sha256)

    def _search(self, sought: Anchor, words: str) -> Place | None:
        """Return the one place whose words are those of `sought` among words like those around it."""
        rated = sorted(
            ((self._likeness(sought, start, end), -start, end) for start, end in self._occurrences(words)),
            reverse=True,
        )
        if not rated or rated[0][0] < _LIKE or (len(rated) > 1 and rated[0][0] - rated[1][0] < _CLEARER):
            return None
        return Place(-rated[0][1], rated[0][2], "found")

    def _occurrences(self, words: str) -> Iterator[tuple[int, int]]:
        if self._folds is None:
            self._folds = _fold(self.text)
        folded, starts = self._folds
        at, count = folded.find(words), 0
        while at >= 0 and count < _CANDIDATES:
            yield starts[at], starts[at + len(words) - 1] + 1
            at, count = folded.find(words, at + 1), count + 1

    def _likeness(self, sought: Anchor, start: int, end: int) -> float:
        # Turned around, so that what stands next to the span comes first.
        before = _alike(sought.prefix[::-1], self.text[max(0, start - CONTEXT) : start][::-1])
        after = _alike(sought.suffix, self.text[end : end + CONTEXT])
        return _WEIGHT_BEFORE * before + (1 - _WEIGHT_BEFORE) * after


class OffsetMap:
    """Where the characters of an old text stand in a new one.

    Compared clause by clause, and character by character where clauses differ.
    """

    def __init__(self, old: str, new: str) -> None:
        self._olds: list[int] = []
        self._blocks: list[tuple[int, int, int]] = []  # old, new, length
        for block in _merged(_blocks(old, new)):
            self._olds.append(block[0])
            self._blocks.append(block)

    def offset(self, at: int) -> int | None:
        """Return where the character at `at` of the old text stands in the new one; None where it is gone."""
        index = bisect_right(self._olds, at) - 1
        if index < 0:
            return None
        old, new, length = self._blocks[index]
        return new + at - old if at < old + length else None

    def before(self, at: int) -> int:
        """Return where the last character before `at` that is still there ends in the new text; 0 if there is none."""
        index = bisect_right(self._olds, at) - 1
        if index < 0:
            return 0
        old, new, length = self._blocks[index]
        return new + min(at - old, length)

    def span(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the span stands in the new text, what was put into it included; None where an end is gone."""
        first, last = self.offset(start), self.offset(end - 1)
        return None if first is None or last is None else (first, last + 1)


def _blocks(old: str, new: str) -> Iterator[tuple[int, int, int]]:
    olds, news = _pieces(old), _pieces(new)
    old_starts, new_starts = _starts(olds), _starts(news)
    for tag, a, b, c, d in SequenceMatcher(None, olds, news, autojunk=False).get_opcodes():
        start, at = old_starts[a], new_starts[c]
        if tag == "equal":
            yield start, at, old_starts[b] - start
        elif tag == "replace" and (old_starts[b] - start) * (new_starts[d] - at) <= _SQUARE:
            parts = SequenceMatcher(None, old[start : old_starts[b]], new[at : new_starts[d]], autojunk=False)
            for block in parts.get_matching_blocks():
                if block.size:
                    yield start + block.a, at + block.b, block.size


def _merged(blocks: Iterator[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    merged: list[tuple[int, int, int]] = []
    for old, new, length in blocks:
        if merged and (last := merged[-1])[0] + last[2] == old and last[1] + last[2] == new:
            merged[-1] = (last[0], last[1], last[2] + length)
        else:
            merged.append((old, new, length))
    return merged


def _pieces(text: str) -> list[str]:
    return [piece for piece in _PIECES.findall(text) if piece]


def _starts(pieces: Sequence[str]) -> list[int]:
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts


def _fold(text: str) -> tuple[str, list[int]]:
    """Return `text` without white space and width, and the offset in `text` of each character of it."""
    folded: list[str] = []
    starts: list[int] = []
    for offset, character in enumerate(text):
        if character.isspace():
            continue
        forms = character if character < "\u0080" else unicodedata.normalize("NFKC", character)
        folded.append(forms)
        starts += [offset] * len(forms)
    return "".join(folded), starts


@lru_cache(maxsize=20_000)
def _alike(old: str, new: str) -> float:
    """Return how alike two contexts are, 0 to 1, what stands nearest counting most.

    Of a context that the end of its text cuts short, so much of the other is compared.
    """
    old, new = _fold(old)[0], _fold(new)[0]
    length = min(len(old), len(new))
    if not length:
        return 1.0 if old == new else 0.5
    near, far = (SequenceMatcher(None, old[:n], new[:n], autojunk=False).ratio() for n in (min(length, _NEAR), length))
    return _WEIGHT_NEAR * near + (1 - _WEIGHT_NEAR) * far
