"""Verbs of change, one table for all that reads figures (``data/verbs.toml``)."""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

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
    stand together behind the set of all first characters, so that most places are passed over at one glance.
    """
    behind: dict[str, list[str]] = {}
    for word in sorted(set(listed), key=lambda w: (-len(w), w)):
        behind.setdefault(word[0], []).append(re.escape(word[1:]))
    firsts = "".join(map(re.escape, sorted(behind)))
    branches = (re.escape(first) + (f"(?:{'|'.join(rest)})" if any(rest) else "") for first, rest in behind.items())
    return f"(?=[{firsts}])(?>{'|'.join(branches)})"


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
