"""Phrases: content words that a corpus keeps together.

A phrase holds together where its two parts, wherever one cuts it, attract each other (normalised pointwise mutual
information, Bouma 2009), and where it is not always part of a longer one.
"""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    import numpy as np

WORDS = 4  #: most words of a phrase
LENGTH = range(4, 13)  #: characters of a phrase
COHESION = 0.3  #: least normalised pointwise mutual information between any two halves of a phrase


class Words(msgspec.Struct, frozen=True):
    """The words of a corpus one after the other; each field has a place for each of them."""

    texts: "np.ndarray"  #: numbers of the words' texts
    lengths: "np.ndarray"  #: characters
    first: "np.ndarray"  #: whether it can begin a phrase
    last: "np.ndarray"  #: and end one
    ends: "np.ndarray"  #: whether its run ends with it, and what follows is no phrase with it


class Phrases(msgspec.Struct, frozen=True):
    """Where phrases stand: the place of each one's first word, and how many words it has; none overlaps another."""

    places: list[int]
    sizes: list[int]
    different: int  #: how many there are, each counted once


class _Sequences(msgspec.Struct):
    """The sequences of some number of words that might be phrases."""

    at: "np.ndarray"  #: the number of the sequence that begins at each place; -1 where none does
    counts: "np.ndarray"  #: how often each occurs
    places: "np.ndarray"  #: where each stands, the last time
    held: "np.ndarray"  #: whether it holds together


def find_phrases(words: Words, least: int) -> Phrases:
    """Return where the phrases of `words` stand that occur `least` times or more, from left to right the longest."""
    import numpy as np

    found = _sequences(words, least)
    longest = np.zeros(len(words.texts), dtype=int)
    different = 0
    for size in range(2, WORDS + 1):
        phrases = found[size].held & ~_fragments(found, size)
        different += int(phrases.sum())
        begun = np.flatnonzero(found[size].at >= 0)
        longest[begun[phrases[found[size].at[begun]]]] = size
    places, sizes, done = [], [], 0
    begun = np.flatnonzero(longest)
    for place, size in zip(begun.tolist(), longest[begun].tolist(), strict=True):
        if place >= done:
            places.append(place)
            sizes.append(size)
            done = place + size
    return Phrases(places, sizes, different)


def _sequences(words: Words, least: int) -> dict[int, _Sequences]:
    """Return the sequences of one, two, … words."""
    import numpy as np

    total = len(words.texts)
    single = np.bincount(words.texts)
    found = {1: _Sequences(words.texts, single, np.arange(len(single)), np.zeros(len(single), dtype=bool))}
    for size in range(2, WORDS + 1):
        before = found[size - 1]
        frequent = np.zeros(total, dtype=bool)
        there = before.at >= 0
        frequent[there] = before.counts[before.at[there]] >= least
        # Where two frequent sequences begin that overlap, one word shorter than those looked for.
        places = np.flatnonzero(frequent[:-1] & frequent[1:] & ~words.ends[:-1])
        keys = before.at[places] * len(single) + words.texts[places + size - 1]
        _, numbers, counts = np.unique(keys, return_inverse=True, return_counts=True)
        at = np.full(total, -1)
        at[places] = numbers
        last = np.zeros(len(counts), dtype=int)
        last[numbers] = places  # of equal numbers the last one stays
        found[size] = _Sequences(at, counts, last, counts >= least)
        found[size].held &= _holds(words, found, size)
    return found


def _holds(words: Words, found: dict[int, _Sequences], size: int) -> "np.ndarray":
    """Return which of the frequent sequences of `size` words begin and end as phrases do, and hold together."""
    import numpy as np

    mine = found[size]
    places, total = mine.places, len(words.texts)
    reach = np.concatenate(([0], np.cumsum(words.lengths)))
    lengths = reach[places + size] - reach[places]
    apart = np.ones(len(places), dtype=int)
    for head in range(1, size):
        first, second = found[head], found[size - head]
        apart = np.maximum(apart, first.counts[first.at[places]] * second.counts[second.at[places + head]])
    joint = mine.counts / total
    cohesion = np.log(joint * total * total / apart) / -np.log(joint)
    fitting = words.first[places] & words.last[places + size - 1]
    held: np.ndarray = fitting & (lengths >= LENGTH.start) & (lengths < LENGTH.stop) & (cohesion >= COHESION)
    return held


def _fragments(found: dict[int, _Sequences], size: int) -> "np.ndarray":
    """Return which sequences of `size` words stand nowhere but in one longer phrase."""
    import numpy as np

    mine = found[size]
    fragments = np.zeros(len(mine.counts), dtype=bool)
    for longer in range(size + 1, WORDS + 1):
        whole = found[longer]
        places, counts = whole.places[whole.held], whole.counts[whole.held]
        for offset in range(longer - size + 1):
            parts = mine.at[places + offset]
            fragments[parts[mine.counts[parts] == counts]] = True
    return fragments
