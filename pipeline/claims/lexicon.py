"""The words by which claims are read (``data/claims.toml``), compiled."""

import re
from functools import cache
from importlib.resources import files

import tomli

from pipeline.errors import DataError

_KEYS = {
    "goods", "goods_unit",
    "abstract", "adverb", "agent", "change_head", "doing", "down", "fact", "gap_down", "gap_up", "head", "lead",
    "leaning", "level", "modifier", "not_noun", "noun_start", "partial", "predicate", "rank_verb",
    "share_head", "target", "toward",
    "toward_verbs", "trail", "up",
}  # fmt: skip

#: A time expression inside coded text (see :mod:`pipeline.claims.clauses`).
TIME = "[\ue000-\uf7ff]"


@cache
def words() -> dict[str, tuple[str, ...]]:
    """Return the word lists of ``claims.toml``, longest word first.

    Raises DataError for an unknown or missing list and for a word that is not text.
    """
    raw = tomli.loads((files("pipeline") / "data" / "claims.toml").read_text("utf-8"))
    if raw.keys() != _KEYS:
        raise DataError(f"claims.toml: lists {sorted(raw.keys() ^ _KEYS)} are unknown or missing")
    for key, listed in raw.items():
        for word in listed:
            if not isinstance(word, str) or not word:
                raise DataError(f"claims.toml: {key}: {word!r} is not a word")
    return {key: tuple(sorted(set(listed), key=lambda w: (-len(w), w))) for key, listed in raw.items()}


@cache
def any_of(*keys: str) -> str:
    """Return a regular expression for the longest word of the lists `keys` that stands at a place.

    It is atomic: a repetition of it reads a text in one way only, so no text can make it slow. Words that begin alike
    stand together behind the set of all first characters, so that most places are passed over at one glance.
    """
    behind: dict[str, list[str]] = {}
    for word in sorted({w for key in keys for w in words()[key]}, key=lambda w: (-len(w), w)):
        behind.setdefault(word[0], []).append(re.escape(word[1:]))
    firsts = "".join(map(re.escape, sorted(behind)))
    branches = (re.escape(first) + (f"(?:{'|'.join(rest)})" if any(rest) else "") for first, rest in behind.items())
    return f"(?=[{firsts}])(?>{'|'.join(branches)})"
