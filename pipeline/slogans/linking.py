"""Members that another document of the corpus enumerates.

A text that only repeats a slogan gets the members from the document that explains it. Only what means the same
(:mod:`pipeline.slogans.meanings`) and announces the same numbers is explained so; a slogan that is on no list of
national formulations is explained by its own region or by a central text, never by another region.
"""

import datetime
from collections.abc import Sequence

import msgspec

from pipeline.document import Slogan
from pipeline.slogans.knowledge import known
from pipeline.slogans.meanings import Mention, Source, meanings


def link_members(corpus: Sequence[tuple[Source, Sequence[Slogan]]]) -> list[tuple[Slogan, ...]]:
    """Return the slogans of each document of `corpus`, those without members with the members found elsewhere.

    Of several documents that enumerate them one with as many as announced is taken first, then one of the same
    issuer, of the same region, the nearest in time, the earlier. What has members keeps them, so that linking
    twice changes nothing.
    """
    wordings: dict[str, list[Mention]] = {}
    for source, slogans in corpus:
        for slogan in slogans:
            if slogan.declared is not None:
                wordings.setdefault(slogan.canonical, []).append((source, slogan))
    linked: dict[str, Slogan] = {}
    for mentions in wordings.values():
        if {True, False} == {bool(slogan.members) for _, slogan in mentions}:
            for meaning in meanings(mentions):
                linked |= {slogan.id: slogan for slogan in _linked(meaning)}
    return [tuple(linked.get(slogan.id, slogan) for slogan in slogans) for _, slogans in corpus]


def _linked(meaning: Sequence[Mention]) -> list[Slogan]:
    """Return those of `meaning` that another document explains, with its members."""
    explaining: dict[tuple[str, str], Mention] = {}  # by document and declared numbers: its first complete list
    for source, slogan in meaning:
        if slogan.members and slogan.members[0].doc_id == source.doc_id:
            key = (source.doc_id, str(slogan.declared))
            if key not in explaining or explaining[key][1].expansion != slogan.expansion == "complete":
                explaining[key] = (source, slogan)
    found = []
    for source, slogan in meaning:
        if slogan.members:
            continue
        others = [
            (other, explained)
            for other, explained in explaining.values()
            if explained.declared == slogan.declared and _may_explain(other, source, slogan)
        ]
        if others:
            _, nearest = min(others, key=lambda mention: _distance(mention, source))
            found.append(msgspec.structs.replace(slogan, members=nearest.members, expansion=nearest.expansion))
    return found


def _may_explain(other: Source, source: Source, slogan: Slogan) -> bool:
    return other.level == "central" or other.region == source.region or known(slogan.canonical) is not None


def _distance(mention: Mention, source: Source) -> tuple[bool, bool, bool, int, str, str, int]:
    """Return how far `mention` is from a document, the least for the one that explains its slogans best."""
    other, slogan = mention
    return (
        slogan.expansion != "complete",
        other.issuer is None or other.issuer != source.issuer,
        other.region != source.region,
        _days_between(other.date, source.date),
        other.date or "",
        other.doc_id,
        slogan.start,
    )


def _days_between(date: str | None, other: str | None) -> int:
    """Return the days between two dates; more than any two have where one is unknown."""
    if date is None or other is None:
        return datetime.date.max.toordinal()
    return abs(_day(date) - _day(other))


def _day(date: str) -> int:
    year, month, day = (int(part) for part in (date + "-01-01")[:10].split("-"))
    return datetime.date(year, month, day).toordinal()
