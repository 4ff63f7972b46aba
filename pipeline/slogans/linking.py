"""Members that another document of the corpus enumerates.

A text that only repeats a slogan gets the members from the document that explains it. Only what means the same
(:mod:`pipeline.slogans.meanings`) and announces the same numbers is explained so; a slogan that is on no list of
national formulations is explained by its own region or by a central text, never by another region. Neither is one
of the list by what another region calls the same (“五位一体” of five parties), or a text older than the formulation.
"""

import datetime
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product

import msgspec

from pipeline.document import Member, Slogan
from pipeline.slogans.knowledge import Formulation, known, likeness
from pipeline.slogans.meanings import NUMERAL_TYPES, Source, alike, is_the_centres

_HALF = 0.5


def link_members(corpus: Sequence[tuple[Source, Sequence[Slogan]]]) -> list[tuple[Slogan, ...]]:
    """Return the slogans of each document of `corpus`, those without members with the members found elsewhere."""
    explanations = Explanations(corpus)
    return [explanations.explained(source, slogans) for source, slogans in corpus]


class Explanations:
    """Where a corpus enumerates the members of slogans that others of its documents only repeat.

    Of several documents that enumerate them one with as many as announced is taken first, then one of the same
    issuer, of the same region, the nearest in time, the earlier. What has members keeps them, so that explaining
    twice changes nothing.
    """

    def __init__(self, corpus: Iterable[tuple[Source, Sequence[Slogan]]]) -> None:
        """Go through `corpus` twice; keep the explanations that some document needs, equal ones of one day once."""
        told: dict[str, str] = {}  # wordings that are explained, with their types
        repeated: set[str] = set()
        central: set[str] = set()
        for source, slogans in corpus:
            for slogan in slogans:
                if slogan.declared is not None:
                    if slogan.members:
                        told.setdefault(slogan.canonical, slogan.type)
                    else:
                        repeated.add(slogan.canonical)
                    if source.level == "central":
                        central.add(slogan.canonical)
        self._wordings = {
            canonical: _Wording(canonical, type, canonical in central)
            for canonical, type in told.items()
            if canonical in repeated
        }
        for source, slogans in corpus:
            for canonical, mentions in _by_wording(slogans).items():
                if wording := self._wordings.get(canonical):
                    wording.add(source, mentions)

    def explained(self, source: Source, slogans: Sequence[Slogan]) -> tuple[Slogan, ...]:
        """Return the slogans of the document `source`, those without members with the members found elsewhere."""
        mentions = _by_wording(slogans)
        return tuple(
            self._wordings[slogan.canonical].explained(source, slogan, mentions[slogan.canonical])
            if slogan.declared is not None and not slogan.members and slogan.canonical in self._wordings
            else slogan
            for slogan in slogans
        )


class _Explanation(msgspec.Struct, frozen=True):
    """An enumeration by a document."""

    day: int  #: 0: no date
    date: str
    doc_id: str
    start: int
    members: tuple[Member, ...]
    expansion: str


class _Wording:
    """The explanations of one wording, by whose it is and by meaning."""

    def __init__(self, canonical: str, type: str, is_central: bool) -> None:
        self._known = known(canonical)
        self._is_shared = self._known is not None or is_central or type not in NUMERAL_TYPES
        self._meanings: defaultdict[str | None, list[_Meaning]] = defaultdict(list)

    def add(self, source: Source, mentions: Sequence[Slogan]) -> None:
        """Take in what a document enumerates under the wording."""
        meanings = self._meanings[self._owner(source, mentions)]
        for slogan in _own_lists(source, mentions):
            names = _names(slogan)
            meaning = next((meaning for meaning in meanings if alike(meaning.names, names)), None)
            if meaning is None:
                meaning = _Meaning(names, self._known)
                meanings.append(meaning)
            meaning.add(source, slogan)

    def explained(self, source: Source, slogan: Slogan, mentions: Sequence[Slogan]) -> Slogan:
        """Return `slogan`, one of the `mentions` of the wording in the document `source`, with members if there are."""
        meanings = self._meanings.get(self._owner(source, mentions))
        if not meanings:
            return slogan
        lists = _own_lists(source, mentions)
        if any(mention.declared == slogan.declared for mention in lists):
            return slogan  # the document itself has members for it, and this is another thing of the same name
        own = [_names(mention) for mention in lists]
        likely = sorted(
            meanings,
            key=lambda meaning: (
                any(alike(meaning.names, names) for names in own),
                source.region in meaning.regions,
                meaning.count,
            ),
            reverse=True,
        )
        nearest = (meaning.nearest(source, str(slogan.declared)) for meaning in likely)
        found = next(filter(None, nearest), None)
        return msgspec.structs.replace(slogan, members=found.members, expansion=found.expansion) if found else slogan

    def _owner(self, source: Source, mentions: Sequence[Slogan]) -> str | None:
        if self._is_shared:
            return None
        return "central" if any(map(is_the_centres, mentions)) else source.region


class _Meaning:
    """What one wording means: explanations of like members."""

    def __init__(self, names: frozenset[str], formulation: Formulation | None) -> None:
        self.names = names
        self.first = formulation.first if formulation else None
        self.regions: set[str | None] = set()
        self.count = 0
        self._is_known = formulation is not None and (not formulation.members or likeness(formulation, names) > _HALF)
        self._different: dict[tuple[object, ...], _Explanation] = {}
        self._found: dict[tuple[object, ...], list[_Explanation]] | None = None  # by what they are looked for by

    def add(self, source: Source, slogan: Slogan) -> None:
        """Take in an explanation; of those that differ in nothing but the document the first by name is kept."""
        self.count += 1
        self.regions.add(source.region)
        date = source.date or ""
        explanation = _Explanation(
            _day(source.date), date, source.doc_id, slogan.start, slogan.members, slogan.expansion
        )
        quotes = tuple(member.quote for member in slogan.members)
        is_central = source.level == "central"
        key = (str(slogan.declared), slogan.expansion, source.issuer, source.region, is_central, date, quotes)
        held = self._different.get(key)
        if held is None or (explanation.doc_id, explanation.start) < (held.doc_id, held.start):
            self._different[key] = explanation

    def nearest(self, source: Source, declared: str) -> _Explanation | None:
        """Return what explains best what the document `source` repeats."""
        if self._is_known and self.first and source.date and int(source.date[:4]) < self.first:
            return None
        found = self._found = self._found or self._index()
        issuers = (_ANY,) if source.issuer is None else (source.issuer, _ANY)
        for key in product((True, False), issuers, (source.region, _ANY)):
            if explanations := found.get((declared, *key)):
                return _nearest_in_time(explanations, _day(source.date))
        return None

    def _index(self) -> dict[tuple[object, ...], list[_Explanation]]:
        """Return the explanations, each in time, under all that they may be looked for by.

        Who looks asks for the best first, so what it finds under the issuer alone is of another region.
        """
        found: defaultdict[tuple[object, ...], list[_Explanation]] = defaultdict(list)
        for key, explanation in self._different.items():
            declared, expansion, issuer, region, is_central = key[:5]
            places = (region, _ANY) if self._is_known or is_central else (region,)
            for place in places:
                for who in (issuer, _ANY) if issuer is not None else (_ANY,):
                    found[declared, expansion == "complete", who, place].append(explanation)
        for explanations in found.values():
            explanations.sort(key=_in_time)
        return dict(found)


_ANY = object()  # an issuer or region that does not matter


def _nearest_in_time(explanations: Sequence[_Explanation], day: int) -> _Explanation:
    """Return the one that is nearest to `day`, of two as near the earlier; without a day none is nearer than others."""

    def distance(explanation: _Explanation) -> int:
        return abs(explanation.day - day) if explanation.day and day else datetime.date.max.toordinal()

    after = bisect_left(explanations, day, key=lambda explanation: explanation.day)
    beside = list(explanations[after : after + 1])
    if after:
        before = explanations[after - 1].day
        beside.append(explanations[bisect_left(explanations, before, key=lambda explanation: explanation.day)])
    return min(beside, key=lambda explanation: (distance(explanation), _in_time(explanation)))


def _in_time(explanation: _Explanation) -> tuple[int, str, str, int]:
    return explanation.day, explanation.date, explanation.doc_id, explanation.start


def _day(date: str | None) -> int:
    """Return the number of a day, of the first one of a month or year; 0 for no date."""
    if date is None:
        return 0
    year, month, day = (int(part) for part in (date + "-01-01")[:10].split("-"))
    return datetime.date(year, month, day).toordinal()


def _by_wording(slogans: Iterable[Slogan]) -> dict[str, list[Slogan]]:
    """Return those of `slogans` that announce a number, by wording."""
    found: defaultdict[str, list[Slogan]] = defaultdict(list)
    for slogan in slogans:
        if slogan.declared is not None:
            found[slogan.canonical].append(slogan)
    return found


def _own_lists(source: Source, mentions: Iterable[Slogan]) -> list[Slogan]:
    """Return those of `mentions` whose members the document `source` itself enumerates."""
    return [mention for mention in mentions if mention.members and mention.members[0].doc_id == source.doc_id]


def _names(slogan: Slogan) -> frozenset[str]:
    return frozenset(member.quote for member in slogan.members)
