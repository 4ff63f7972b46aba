"""Word boundaries as soft evidence for where a name begins and ends.

Words come from jieba's dictionary without its statistical model of unknown words; what the
dictionary does not have falls apart into single characters, and that is how a proper name shows.
"""

from bisect import bisect_right
from functools import cache

import rjieba


@cache
def _segmenter() -> rjieba.Jieba:
    return rjieba.Jieba()


@cache
def in_dictionary(word: str) -> bool:
    """Whether jieba's dictionary has `word`."""
    return bool(_segmenter().has_word(word))


class Words:
    """The words of a view, each known by its offsets."""

    def __init__(self, view: str) -> None:
        self.starts: list[int] = []
        start = 0
        for word in _segmenter().cut(view, hmm=False):
            self.starts.append(start)
            start += len(word)
        self.view = view
        self._boundaries = frozenset(self.starts) | {len(view)}

    def is_boundary(self, offset: int) -> bool:
        """Whether a word begins or ends at `offset`."""
        return offset in self._boundaries

    def before(self, offset: int, floor: int) -> int:
        """Return where the word that ends at `offset`, or is cut by it, begins; not below `floor`."""
        index = bisect_right(self.starts, offset - 1) - 1
        return max(self.starts[index], floor)
