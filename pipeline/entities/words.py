"""Word boundaries as soft evidence for where a name begins and ends.

Words come from jieba's dictionary without its statistical model of unknown words; what the
dictionary does not have falls apart into single characters, and that is how a proper name shows.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate
from types import ModuleType
from typing import Any

import tomli


@cache
def head_words() -> dict[str, Any]:
    """Return ``data/entity_heads.toml``."""
    return tomli.loads((files("pipeline") / "data" / "entity_heads.toml").read_text(encoding="utf-8"))


@cache
def _segmenter() -> ModuleType:
    """Return rjieba with the words of today's reports that its dictionary is too old for.

    They go into the dictionary that rjieba loads when it is imported, for another takes a tenth of a second; a text
    that holds nothing to be looked up need not wait for it.
    """
    import rjieba

    for word in head_words()["coined"]:
        rjieba.add_word(word, None, None)
    return rjieba


@cache
def is_verb(word: str) -> bool:
    """Whether `word` has two characters or more and is above all a verb in jieba's dictionary."""
    tagged = _segmenter().tag(word, hmm=False) if len(word) > 1 else []
    return len(tagged) == 1 and tagged[0][1] == "v"


@cache
def is_toponym(word: str) -> bool:
    """Whether `word` has two characters or more and is a place's name in jieba's dictionary."""
    tagged = _segmenter().tag(word, hmm=False) if len(word) > 1 else []
    return len(tagged) == 1 and tagged[0][1] == "ns"


@cache
def is_personal(word: str) -> bool:
    """Whether `word` has three characters or more and is a foreign name in jieba's dictionary."""
    tagged = _segmenter().tag(word, hmm=False) if len(word) > 2 else []
    return len(tagged) == 1 and tagged[0][1] == "nrt"


@cache
def is_name(word: str) -> bool:
    """Whether `word` has two characters or more and is a person's name in jieba's dictionary."""
    tagged = _segmenter().tag(word, hmm=False) if len(word) > 1 else []
    return len(tagged) == 1 and tagged[0][1] in ("nr", "nrt", "nrfg")


@cache
def is_trademark(word: str) -> bool:
    """Whether `word` has two characters or more and is the name of a thing in jieba's dictionary."""
    tagged = _segmenter().tag(word, hmm=False) if len(word) > 1 else []
    return len(tagged) == 1 and tagged[0][1] == "nz"


@cache
def is_abbreviation(word: str) -> bool:
    """Whether `word` has two characters or more and is a short form in jieba's dictionary (江淮)."""
    tagged = _segmenter().tag(word, hmm=False) if len(word) > 1 else []
    return len(tagged) == 1 and tagged[0][1] == "j"


@cache
def in_dictionary(word: str) -> bool:
    """Whether jieba's dictionary has `word`."""
    return bool(_segmenter().has_word(word))


class Words:
    """The words of a view, each known by its offsets; they are cut when one is first asked for."""

    def __init__(self, view: str) -> None:
        self._view = view

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(map(len, _segmenter().cut(self._view, hmm=False)))]

    @cached_property
    def _boundaries(self) -> frozenset[int]:
        return frozenset(self._starts)

    def is_boundary(self, offset: int) -> bool:
        """Whether a word begins or ends at `offset`."""
        return offset in self._boundaries

    def between(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield offset and length of each word that begins in `[start, end)`."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        for i in range(first, min(last, len(self._starts) - 1)):
            yield self._starts[i], self._starts[i + 1] - self._starts[i]

    def around(self, offset: int) -> int:
        """Return the length of the word that `offset` falls inside, 0 where it is a boundary."""
        if offset in self._boundaries:
            return 0
        after = bisect_right(self._starts, offset)
        return self._starts[after] - self._starts[after - 1]

    def before(self, offset: int, floor: int) -> int:
        """Return where the word that ends at `offset`, or is cut by it, begins; not below `floor`."""
        starts = self._starts
        return max(starts[bisect_left(starts, offset) - 1], floor)
