"""The entities of a corpus under their canonical names, for `gongbao entities`."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from pipeline.document import Entity
from pipeline.entities.lexicon import TYPES
from pipeline.errors import SettingsError


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One name of the corpus, with how and where it is mentioned."""

    canonical: str
    type: str
    link: str | None
    mentions: int
    variants: dict[str, int]  #: each wording → how often, the commonest first
    documents: dict[str, int]  #: each document's id → how often, in the order of the corpus


def list_entities(entities: Iterable[Entity], *, types: frozenset[str] = frozenset()) -> list[Listing]:
    """Return the names that `entities` mention, the most mentioned first; only those of `types` if any are given.

    Records with one canonical name and type are one name. Wordings are compared without line breaks. Raises
    SettingsError for one of `types` that no entity has.
    """
    if unknown := sorted(types.difference(TYPES)):
        raise SettingsError(f"no entity has the type {unknown[0]!r}; there are: {', '.join(TYPES)}")
    groups: dict[tuple[str, str], list[Entity]] = {}
    for entity in entities:
        if not types or entity.type in types:
            groups.setdefault((entity.canonical, entity.type), []).append(entity)
    listings = []
    for (canonical, kind), found in groups.items():
        variants = Counter("".join(e.quote.split()) for e in found)
        listings.append(
            Listing(
                canonical=canonical,
                type=kind,
                link=next((e.link for e in found if e.link), None),
                mentions=len(found),
                variants=dict(sorted(variants.items(), key=lambda item: (-item[1], item[0]))),
                documents=dict(Counter(e.doc_id for e in found)),
            )
        )
    return sorted(listings, key=lambda x: (-x.mentions, x.type, x.canonical))


def listing_row(listing: Listing) -> dict[str, Any]:
    """Return `listing` as one row of a table, wordings and documents with their numbers, joined by ；."""
    return {
        "canonical": listing.canonical,
        "type": listing.type,
        "link": listing.link or "",
        "mentions": listing.mentions,
        "variants": "；".join(f"{wording}:{count}" for wording, count in listing.variants.items()),
        "documents": "；".join(f"{doc_id}:{count}" for doc_id, count in listing.documents.items()),
    }
