"""The words and rules by which slogans are found, read from ``pipeline/data/slogans.toml``."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import tomli

from pipeline.errors import DataError
from pipeline.regex import Regex

FILE = "pipeline/data/slogans.toml"

_TUPLES = (
    "classifiers",
    "measures",
    "no_sum",
    "spatial",
    "distributive",
    "heads",
    "listed_heads",
    "pair_heads",
    "places",
    "singles",
    "head_stops",
    "no_stops",
    "governing",
    "resultatives",
    "nominal",
    "reached",
    "noun_endings",
    "kinds",
)
LEVELS = ("central", "province", "city", "county")  #: whose a slogan can be
_SETS = ("numbered_names", "names", "words")
_TABLES = ("owners", "frames", "rules")
_VERDICTS = ("slogan", "plan", "name", "speech", "scare", "honour", "brand", "event", "work", "system", "date")
_RULE_KEYS = {"id", "verdict", "strong", "inside", "before", "after", "hits", "misses"}


@dataclass(frozen=True)
class Rule:
    """A signal that says whether a quoted string is a slogan.

    `inside` is matched against the whole string, `before` at the end of the words before its opening
    mark, `after` at the start of the words after its closing mark; all that are given must match.
    A `strong` rule is tried before the numerals are read and the string is looked up.
    """

    id: str
    verdict: str
    strong: bool
    inside: Regex | None
    before: Regex | None
    after: Regex | None
    hits: tuple[str, ...]
    misses: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """What opens and what closes a list in its clause; `reaches`: the clause goes on to what the items reach."""

    opens: Regex
    closes: Regex
    reaches: bool


class Words:
    """A list of words, asked which of them stands at a place of a text."""

    def __init__(self, words: tuple[str, ...]) -> None:
        """Take `words` in any order."""
        self._words = frozenset(words)
        self._sizes = tuple(sorted({len(word) for word in words}, reverse=True))

    def __contains__(self, word: str) -> bool:
        """Whether `word` is one of them."""
        return word in self._words

    def length_at(self, text: str, at: int, end: int) -> int:
        """Return how long the longest of them is that stands at `at` and not beyond `end`; 0 if none does."""
        return next((n for n in self._sizes if at + n <= end and text[at : at + n] in self._words), 0)

    def length_before(self, text: str, end: int, start: int) -> int:
        """Return how long the longest of them is that ends at `end` and begins at `start` or later; 0 if none does."""
        return next((n for n in self._sizes if end - n >= start and text[end - n : end] in self._words), 0)


@dataclass(frozen=True)
class Lexicon:
    """Word lists and, in the order in which they are tried, the rules for quoted strings."""

    classifiers: tuple[str, ...]
    measures: tuple[str, ...]
    no_sum: tuple[str, ...]
    spatial: tuple[str, ...]
    distributive: tuple[str, ...]
    heads: tuple[str, ...]
    listed_heads: tuple[str, ...]
    pair_heads: tuple[str, ...]
    places: tuple[str, ...]
    singles: tuple[str, ...]
    head_stops: tuple[str, ...]
    no_stops: tuple[str, ...]
    governing: tuple[str, ...]
    resultatives: tuple[str, ...]
    nominal: tuple[str, ...]
    reached: tuple[str, ...]
    noun_endings: tuple[str, ...]
    kinds: tuple[str, ...]
    numbered_names: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    owners: dict[str, tuple[str, ...]]
    frames: tuple[Frame, ...] = field(repr=False)
    rules: tuple[Rule, ...] = field(repr=False)

    @cached_property
    def verbs(self) -> tuple[str, ...]:
        """The governing words that are nothing else: an item that ends with one is no name."""
        nominal = frozenset(self.nominal)
        return tuple(word for word in self.governing if word not in nominal)

    @cached_property
    def governors(self) -> Words:
        """The governing words."""
        return Words(self.governing)

    @cached_property
    def long_governors(self) -> Words:
        """The governing words of two characters or more."""
        return Words(tuple(word for word in self.governing if len(word) > 1))

    @cached_property
    def verb_words(self) -> Words:
        """The governing words that are nothing else."""
        return Words(self.verbs)

    @cached_property
    def long_verbs(self) -> Words:
        """The verbs of two characters or more."""
        return Words(tuple(word for word in self.verbs if len(word) > 1))

    @cached_property
    def reaching(self) -> Words:
        """The verbs of what is reached, whose subject a list can be."""
        return Words(self.reached)

    @cached_property
    def common_words(self) -> frozenset[str]:
        """The nouns that formulations count and the verbs before them: in quotation marks they coin nothing."""
        return frozenset((*self.heads, *self.listed_heads, *self.kinds, *self.governing))

    @cached_property
    def early_stops(self) -> tuple[str, ...]:
        """The words at which a noun phrase ends even where no head noun stood yet (八大集成式改革任务 goes on)."""
        return tuple(word for word in self.head_stops if word not in frozenset(self.heads))


@cache
def lexicon() -> Lexicon:
    """Return the lexicon; raises DataError if its file is malformed."""
    return parse((files("pipeline") / "data" / "slogans.toml").read_text("utf-8"))


def parse(source: str) -> Lexicon:
    """Read a lexicon from TOML; raises DataError naming the entry that is wrong."""
    try:
        data = tomli.loads(source)
    except tomli.TOMLDecodeError as error:
        raise DataError(f"{FILE}: {error}") from error
    unknown = set(data) - {*_TUPLES, *_SETS, *_TABLES}
    missing = {*_TUPLES, *_SETS, *_TABLES} - set(data)
    if unknown or missing:
        raise DataError(f"{FILE}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    rules = tuple(_rule(entry) for entry in data["rules"])
    ids = [rule.id for rule in rules]
    for id_ in ids:
        if ids.count(id_) > 1:
            raise DataError(f"{FILE}: two rules are called {id_!r}")
    words: dict[str, Any] = {key: tuple(_words(key, data[key])) for key in _TUPLES}
    words |= {key: frozenset(_words(key, data[key])) for key in _SETS}
    if tuple(data["owners"]) != LEVELS:
        raise DataError(f"{FILE}: owners must have the levels {', '.join(LEVELS)}, in this order")
    owners = {level: tuple(_words(f"owners.{level}", data["owners"][level])) for level in LEVELS}
    frames = tuple(_frame(number, entry) for number, entry in enumerate(data["frames"], 1))
    verbs, results = words["resultatives"]
    words["governing"] += tuple(v + r for v in verbs for r in results if v + r not in words["nominal"])
    return Lexicon(rules=rules, owners=owners, frames=frames, **words)


def _frame(number: int, entry: dict[str, Any]) -> Frame:
    source = f"{FILE}: frame {number}"
    if set(entry) - {"opens", "closes", "reaches"} or not entry.get("opens") or not entry.get("closes"):
        raise DataError(f"{source} needs opens and closes, and may have reaches")
    opens, closes = (Regex(f"(?:{entry[key]})", source=source) for key in ("opens", "closes"))
    return Frame(opens, closes, entry.get("reaches", False))


def _words(key: str, value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) and word for word in value):
        raise DataError(f"{FILE}: {key} must be a list of words")
    return value


def _rule(entry: dict[str, Any]) -> Rule:
    name = entry.get("id", "?")
    unknown = set(entry) - _RULE_KEYS
    if unknown:
        raise DataError(f"{FILE}: rule {name!r} has unknown keys {sorted(unknown)}")
    if entry.get("verdict") not in _VERDICTS:
        raise DataError(f"{FILE}: rule {name!r} needs a verdict, one of {', '.join(_VERDICTS)}")
    if not entry.get("hits") or not entry.get("misses"):
        raise DataError(f"{FILE}: rule {name!r} needs hits and misses")
    if not any(entry.get(key) for key in ("inside", "before", "after")):
        raise DataError(f"{FILE}: rule {name!r} matches nothing: give inside, before or after")
    source = f"{FILE}: rule {name!r}"
    return Rule(
        id=name,
        verdict=entry["verdict"],
        strong=entry.get("strong", False),
        inside=Regex(entry["inside"], source=source) if "inside" in entry else None,
        before=Regex(f"(?:{entry['before']})$", source=source) if "before" in entry else None,
        after=Regex(entry["after"], source=source) if "after" in entry else None,
        hits=tuple(entry["hits"]),
        misses=tuple(entry["misses"]),
    )
