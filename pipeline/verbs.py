"""Verbs of change, one table for all that reads figures (``data/verbs.toml``)."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import groupby

import tomli

from pipeline.errors import DataError

_KEYS = {"up", "down", "toward", "toward_verbs"}


def word_lists(name: str, keys: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the lists of a data file of words, longest word first.

    Raises DataError for a list that is unknown or missing and for a word that is not text.
    """
    raw = tomli.loads((files("pipeline") / "data" / name).read_text("utf-8"))
    if raw.keys() != keys:
        raise DataError(f"{name}: lists {sorted(raw.keys() ^ keys)} are unknown or missing")
    for key, listed in raw.items():
        for word in listed:
            if not isinstance(word, str) or not word:
                raise DataError(f"{name}: {key}: {word!r} is not a word")
    return {key: tuple(sorted(set(listed), key=lambda w: (-len(w), w))) for key, listed in raw.items()}


def longest_of(listed: Iterable[str]) -> str:
    """Return a regular expression for the longest word of `listed` that stands at a place.

    It is atomic: a repetition of it reads a text in one way only, so no text can make it slow. Words that begin alike
    stand together, behind the set of all first characters, so that most places are passed over at one glance.
    """
    words = sorted(set(listed))
    firsts = "".join(re.escape(first) for first, _ in groupby(words, lambda word: word[0]))
    return f"(?=[{firsts}])(?>{_branches(words)})"


def _branches(words: list[str]) -> str:
    """Return the alternatives of sorted `words`, the longer before those that they begin with."""
    found = []
    for first, alike in groupby((word for word in words if word), lambda word: word[0]):
        behind = [word[1:] for word in alike]
        rest = _branches(behind)
        found.append(re.escape(first) + (f"(?:{rest})" if len(behind) > 1 else rest))
    return "|".join(found + [""] * ("" in words))


@cache
def verbs() -> dict[str, tuple[str, ...]]:
    """Return the lists of ``verbs.toml``, longest word first."""
    return word_lists("verbs.toml", _KEYS)


@cache
def changing() -> str:
    """Return a regular expression for a verb of change of two characters or more (增长, 压减)."""
    return longest_of(word for key in ("up", "down") for word in verbs()[key] if len(word) > 1)


@cache
def leading() -> str:
    """Return a regular expression for a verb that leads to a new level (提高到, 降为)."""
    words = (word for key in ("up", "down", "toward_verbs") for word in verbs()[key])
    return f"{longest_of(words)}{longest_of(verbs()['toward'])}"
