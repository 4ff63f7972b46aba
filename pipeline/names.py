"""Many names at once found in texts, by Aho–Corasick."""

import operator
from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_MOST = 50_000  # characters of texts for which an automaton of all names is not worth its building
_LEAST = 2_500  # as many as a search of a short text counts for


class Names:
    """Names to be found, of those that begin at one place the longest, none overlapping the one before.

    To build the automaton takes far longer than to search a text. It is built when many characters were searched;
    before that, one is built of the names whose first two characters stand side by side in the text.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(sorted(names))
        self._automaton: AhoCorasick | None = None
        self._searched = 0

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Return the names in `text`, each with the range where it stands."""
        names = self._names
        self._searched += max(len(text), _LEAST)
        if self._automaton is None and self._searched <= _MOST:
            pairs = {*text, *map(operator.concat, text, text[1:])}
            names = tuple(name for name in names if name[:2] in pairs)
            automaton = _build(names)
        else:
            automaton = self._automaton = self._automaton or _build(names)
        return [(names[index], start, end) for index, start, end in automaton.find_matches_as_indexes(text)]


def _build(names: tuple[str, ...]) -> AhoCorasick:
    # Of the implementations the one that is built fastest, and that searches almost as fast as any.
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
