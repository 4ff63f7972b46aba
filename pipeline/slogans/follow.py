"""Slogans followed through a corpus: who says what, since when, in how many forms, and where it is explained.

Mentions that differ only in quotation marks, spaces, line breaks or full-width signs are one slogan, unless
what they stand for differs (:mod:`pipeline.slogans.meanings`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import msgspec

from pipeline.document import Document, Slogan
from pipeline.errors import SettingsError
from pipeline.metadata import check_date
from pipeline.slogans.knowledge import TYPES, known
from pipeline.slogans.lexicon import LEVELS
from pipeline.slogans.linking import link_members
from pipeline.slogans.meanings import Mention, Source, meanings, source_of
from pipeline.slogans.summing import Declared

_SHARED_BY = 3  #: a wording used by so many regions belongs to none of them


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Where a document says what a slogan means: `by` is ``members`` or ``gloss``; text offsets."""

    doc_id: str
    by: str
    start: int
    end: int
    quotes: tuple[str, ...]


class Uses(msgspec.Struct, frozen=True, kw_only=True):
    """How often one document uses a slogan."""

    doc_id: str
    title: str | None
    date: str | None
    issuer: str | None
    count: int


class Trail(msgspec.Struct, frozen=True, kw_only=True):
    """One slogan through the corpus.

    `level` is whose it is (see `Source.level`), `regions` where it is used. `members` are those that the
    corpus enumerates; `known_members` those that the list of national formulations gives, which is
    knowledge, not something found.
    """

    canonical: str
    type: str
    declared: Declared
    level: str | None
    regions: tuple[str, ...]
    variants: tuple[str, ...]
    members: tuple[str, ...]
    expansion: str
    known_members: tuple[str, ...]
    known_since: int | None
    first: str | None
    last: str | None
    count: int
    by_year: dict[str, int]
    by_document: tuple[Uses, ...]
    explained: tuple[Explanation, ...]


def follow(
    corpus: Iterable[tuple[Source, Iterable[Slogan]]],
    *,
    since: str | None = None,
    issuer: str | None = None,
    types: Collection[str] = (),
) -> list[Trail]:
    """Return the trail of every slogan in `corpus`, the most used first.

    `since` (YYYY, YYYY-MM or YYYY-MM-DD) leaves out older and undated documents, `issuer` those whose
    issuer and region do not contain it, `types`, where there are any, slogans of other types. What is left out
    still explains: members may come from a document that is not counted. Raises MetadataError for a malformed
    `since`, SettingsError for a type that no slogan has.
    """
    check_date(since)
    for type_ in types:
        if type_ not in TYPES:
            raise SettingsError(f"no slogan has the type {type_!r}; there are: {', '.join(TYPES)}")
    documents = [(source, tuple(slogans)) for source, slogans in corpus]
    groups: dict[str, list[Mention]] = {}
    for (source, _), slogans in zip(documents, link_members(documents), strict=True):
        if since is not None and (source.date is None or source.date[: len(since)] < since):
            continue
        if issuer is not None and issuer not in f"{source.issuer or ''} {source.region or ''}":
            continue
        for slogan in slogans:
            if not types or slogan.type in types:
                groups.setdefault(slogan.canonical, []).append((source, slogan))
    trails = [_trail(meaning) for mentions in groups.values() for meaning in meanings(mentions)]
    return sorted(trails, key=lambda t: (-t.count, t.canonical, t.first or "", t.regions))


def shared_trails(docs: Sequence[Document]) -> list[Trail]:
    """Return the slogans that several of `docs` use, the most used first; none if all are of one year and issuer."""
    years = {doc.metadata.date[:4] for doc in docs if doc.metadata.date}
    issuers = {doc.metadata.issuer or doc.metadata.region for doc in docs} - {None}
    if len(years) < 2 and len(issuers) < 2:
        return []
    return [trail for trail in follow((source_of(doc), doc.slogans) for doc in docs) if len(trail.by_document) > 1]


def flat_row(trail: Trail) -> dict[str, Any]:
    """Return `trail` as one row of a table, lists joined by ；.

    Beside what is declared stands how many members are enumerated: the two numbers that a mismatch is about.
    """
    declared = trail.declared if isinstance(trail.declared, list) else [trail.declared]
    return {
        "canonical": trail.canonical,
        "type": trail.type,
        "declared": "+".join("N" if number is None else str(number) for number in declared)
        if trail.declared is not None
        else "",
        "level": trail.level or "",
        "regions": "；".join(trail.regions),
        "variants": "；".join(trail.variants),
        "members": "；".join(trail.members),
        "enumerated": len(trail.members),
        "expansion": trail.expansion,
        "known_members": "；".join(trail.known_members),
        "known_since": trail.known_since or "",
        "first": trail.first or "",
        "last": trail.last or "",
        "count": trail.count,
        "documents": len(trail.by_document),
        "by_year": "；".join(f"{year}:{count}" for year, count in trail.by_year.items()),
        "explained": "；".join(dict.fromkeys(explanation.doc_id for explanation in trail.explained)),
    }


def _trail(mentions: list[Mention]) -> Trail:
    mentions = sorted(mentions, key=lambda m: (m[0].date or "9999", m[0].doc_id, m[1].start))
    slogans = [slogan for _, slogan in mentions]
    formulation = known(slogans[0].canonical)
    best = max(slogans, key=lambda s: ({"complete": 2, "mismatch": 1}.get(s.expansion, 0), len(s.members)))
    dates = [source.date for source, _ in mentions if source.date]
    per_document = Counter(source.doc_id for source, _ in mentions)
    sources = {source.doc_id: source for source, _ in mentions}
    return Trail(
        canonical=slogans[0].canonical,
        type=Counter(slogan.type for slogan in slogans).most_common(1)[0][0],
        declared=best.declared,
        level=_level(mentions),
        regions=tuple(dict.fromkeys(source.region for source, _ in mentions if source.region)),
        variants=tuple(sorted({" ".join(slogan.quote.split()) for slogan in slogans})),
        members=tuple(member.quote for member in best.members),
        expansion=best.expansion,
        known_members=formulation.members if formulation else (),
        known_since=formulation.first if formulation else None,
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        count=len(mentions),
        by_year=dict(sorted(Counter(date[:4] for date in dates).items())),
        by_document=tuple(
            Uses(doc_id=doc_id, title=source.title, date=source.date, issuer=source.issuer, count=per_document[doc_id])
            for doc_id, source in sources.items()
        ),
        explained=tuple(_explanations(mentions)),
    )


def _level(mentions: list[Mention]) -> str | None:
    """Return whose slogan it is: what the list knows, who uses it, whom the words before it name, who speaks."""
    if formulation := known(mentions[0][1].canonical):
        return formulation.level
    spoken = {source.level for source, _ in mentions}
    if "central" in spoken:
        return "central"
    named = Counter(
        evidence.role.removeprefix("owner:")
        for _, slogan in mentions
        for evidence in slogan.evidence
        if evidence.role.startswith("owner:")
    )
    if named:
        return min(named, key=lambda level: (-named[level], LEVELS.index(level)))
    if len({source.region for source, _ in mentions}) >= _SHARED_BY:
        return "central"
    return min((level for level in spoken if level), key=LEVELS.index, default=None)


def _explanations(mentions: list[Mention]) -> Iterable[Explanation]:
    """Yield each place where a document enumerates the members or gives a gloss, once."""
    seen = set()
    for source, slogan in mentions:
        if members := slogan.members:
            quotes = tuple(member.quote for member in members)
            places = [("members", members[0].doc_id, members[0].start, members[-1].end, quotes)]
        else:
            glosses = [e for e in slogan.evidence if e.role == "gloss"]
            places = [("gloss", source.doc_id, gloss.start, gloss.end, (gloss.quote,)) for gloss in glosses]
        for by, doc_id, start, end, quotes in places:
            if (doc_id, start, end) not in seen:
                seen.add((doc_id, start, end))
                yield Explanation(doc_id=doc_id, by=by, start=start, end=end, quotes=quotes)
