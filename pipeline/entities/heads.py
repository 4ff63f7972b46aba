"""The rules of entity names, as ``data/entity_heads.toml`` has them; most are of heads that names are built on."""

from functools import cache
from typing import Literal

import msgspec
import tomli

from pipeline.entities.lexicon import TYPES
from pipeline.entities.words import (
    head_words,
)
from pipeline.errors import DataError

_SOURCE = "pipeline/data/entity_heads.toml"


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Heads that make names of one type in one way."""

    id: str
    type: str
    words: tuple[str, ...]
    evidence: Literal["proper", "content", "place", "local", "two", "code", "unknown", "coined", "ordinal"]
    never: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    alone: frozenset[str] = frozenset()
    other: str = ""  #: the type of the names that hold one of `social`
    social: tuple[str, ...] = ()
    built: tuple[str, ...] = ()  #: what works are made of; a name that holds none of them is of the `other` type
    common: str = ""  #: the type of the names that say what is done, and not where (黑土保护工程)
    joint: bool = False  #: a conjunction may stand in the name (文化和旅游局)
    own: bool = False  #: 省, 市 … before the rest stand for the document's own place (市文旅局)
    national: bool = False  #: 国家, 中国, 国际 … before the rest make it a name
    governed: bool = False  #: only after a verb that such names are the object of
    under: frozenset[str] = frozenset()  #: these verbs, if not those of `acting`
    barred: tuple[str, ...] = ()  #: what no name of the group holds, but for one that begins with a quotation
    subject: bool = False  #: only where it begins a clause, of which what befalls works or machines is said
    closed: bool = False  #: only where the noun phrase ends with the head
    apart: bool = False  #: not right behind a known name that is no place
    strict: bool = False  #: `closed` and `governed` hold even where what stands before is proper
    hits: tuple[tuple[str, str], ...] = ()
    misses: tuple[str, ...] = ()


class Award(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Honours: what follows a verb of winning and ends in one of `heads`."""

    verbs: tuple[str, ...]
    quoted: tuple[str, ...]  #: those of them that a quotation after them is an honour
    heads: tuple[str, ...]
    scope: tuple[str, ...]
    winning: tuple[str, ...]  #: those that a row of titles may follow
    entering: tuple[str, ...]  #: those that titles of the nation may follow
    ranks: tuple[str, ...]
    units: tuple[str, ...]  #: what titles end on: one of `ranks` with one of these


class Winners(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What wins titles: the subject of one of `verbs` that ends like a name of a type."""

    verbs: tuple[str, ...]
    ends: dict[str, tuple[str, ...]]  #: type → what its names end on
    settled: tuple[str, ...]  #: those of places that need no other sign
    plain: tuple[str, ...]  #: kinds of them that are nobody's name
    departments: tuple[str, ...]  #: bodies of which the document's place has one


class Coded(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What carries a code: nouns of craft and engines, and the names of series."""

    nouns: tuple[str, ...]
    series: tuple[str, ...]


class Row(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the items of a row of names end on, and what only tells a kind of them."""

    id: str
    type: str
    ends: tuple[str, ...]
    kinds: tuple[str, ...]  #: what an item that is only a kind has before its ending, or ends on before it
    names: tuple[str, ...] = ()  #: those of the endings on which words of the dictionary are names too (关帝庙)
    verbs: tuple[str, ...] = ()  #: those that show one item alone to be a name (整治白马河)
    least: int = 1  #: characters before the ending
    most: int = 4


class Enumerated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the items of an enumeration end on, by what they are."""

    works: tuple[str, ...]
    placed: tuple[str, ...]  #: those of `works` that a firm alone in its list has built
    spots: tuple[str, ...]
    museums: tuple[str, ...]
    halls: tuple[str, ...]
    institutions: tuple[str, ...]
    seats: tuple[str, ...]  #: what firms settle with
    sorts: tuple[str, ...]  #: what only says of what sort a product is


class FreeTrade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What provinces call their free trade zone, and what stands beside it where it is not theirs."""

    form: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    provinces: frozenset[str]


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data/entity_heads.toml``; its comments say what each table is for."""

    business: frozenset[str]
    measure: frozenset[str]
    generic: frozenset[str]
    governing: frozenset[str]
    verbs: frozenset[str]
    coined: frozenset[str]
    openers: frozenset[str]
    actors: frozenset[str]
    inner: frozenset[str]
    toponyms: frozenset[str]
    toponyms_not: frozenset[str]
    acting: frozenset[str]
    heads: tuple[Group, ...]
    award: Award
    winners: Winners
    coded: Coded
    alone: dict[str, tuple[str, str]]
    shared: tuple[str, ...]
    not_shared: tuple[str, ...]
    enumerated: Enumerated
    free_trade: FreeTrade
    rows: tuple[Row, ...]
    full: dict[str, str]

    def moves(self, word: str) -> bool:
        """Whether `word` is a verb that names are the object of."""
        return word in self.verbs or word in self.governing


@cache
def rules() -> Rules:
    """Return the rules, checked.

    Raises DataError for an unknown key or type, and for two groups that claim one head.
    """
    try:
        loaded = msgspec.convert(head_words(), Rules)
    except (msgspec.ValidationError, tomli.TOMLDecodeError) as error:
        raise DataError(f"{_SOURCE}: {error}") from error
    claimed: dict[str, str] = {}
    for group in loaded.heads:
        for type_ in (group.type, group.other or group.type, group.common or group.type):
            if type_ not in TYPES:
                raise DataError(f"{_SOURCE}: {group.id}: no such entity type: {type_!r}")
        for word in group.words:
            if claimed.setdefault(word, group.id) != group.id:
                raise DataError(f"{_SOURCE}: {group.id}: {word!r} is a head of {claimed[word]} already")
    for row in loaded.rows:
        if row.type not in TYPES:
            raise DataError(f"{_SOURCE}: {row.id}: no such entity type: {row.type!r}")
    for word in loaded.shared:
        if word not in claimed:
            raise DataError(f"{_SOURCE}: shared: {word!r} is a head of no group")
    return loaded
