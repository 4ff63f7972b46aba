"""Many names at once found in texts, by Aho–Corasick."""

from collections.abc import Iterable

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_SHORT = 200  # characters of a text in which each name is looked for, in a tenth of the time
_FEW = 8  # texts for which an automaton of all names is not worth its building


class Names:
    """Names to be found, of those that begin at one place the longest, none overlapping the one before.

    To build the automaton takes far longer than to search a sentence. It is built for the first text that is long, or
    when several were searched; before that, one is built of the few names that stand in the text at all.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(sorted(names))
        self._automaton: AhoCorasick | None = None
        self._searched = 0

    def find(self, text: str) -> list[tuple[str, int, int]]:
        """Return the names in `text`, each with the range where it stands."""
        names = self._names
        if self._automaton is None and len(text) <= _SHORT and self._searched < _FEW:
            self._searched += 1
            names = tuple(name for name in names if name in text)
            automaton = _build(names)
        else:
            automaton = self._automaton = self._automaton or _build(names)
        return [(names[index], start, end) for index, start, end in automaton.find_matches_as_indexes(text)]


def _build(names: tuple[str, ...]) -> AhoCorasick:
    # Of the implementations the one that is built fastest, and that searches almost as fast as any.
    return AhoCorasick(names, matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA)
