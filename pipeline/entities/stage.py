"""The stage that finds policy entities: asks each source, then decides."""

from collections.abc import Iterator

from pipeline.confidence import confident
from pipeline.document import Document, Entity
from pipeline.entities.anniversaries import find_anniversaries
from pipeline.entities.attached import (
    find_blends,
    find_branches,
    find_centres_of_bodies,
    find_institutes,
    find_local_firms,
    find_national_centres,
    find_reserves,
    find_stretches,
    find_trademarks,
    find_with_place,
    join_institutes,
    join_works,
    with_new_house,
    with_object,
    with_stretch,
    with_subject,
    with_workstation,
)
from pipeline.entities.builder import find_built
from pipeline.entities.candidate import Candidate, decide
from pipeline.entities.coded import find_coded
from pipeline.entities.enumerated import find_enumerated
from pipeline.entities.firms import find_firms
from pipeline.entities.lexicon import find_known
from pipeline.entities.native import PRODUCE, find_native
from pipeline.entities.organs import find_organs
from pipeline.entities.persons import find_persons
from pipeline.entities.planned import find_planned
from pipeline.entities.quoted import find_honors, find_quoted
from pipeline.entities.recogniser import load
from pipeline.entities.rows import find_lone, find_rows
from pipeline.entities.shared import find_shared
from pipeline.entities.shortened import find_shortened
from pipeline.entities.sited import (
    LEARNING,
    STREET,
    find_counted_counties,
    find_sited,
    find_visits,
    find_zone_parts,
    inside_quotations,
    inside_titles,
    is_whole_quotation,
    stands,
)
from pipeline.entities.tagged import find_tagged
from pipeline.entities.venues import find_venues
from pipeline.entities.winners import find_settlements, find_winners
from pipeline.entities.words import Words
from pipeline.errors import SettingsError
from pipeline.places import find_places, parse_region

_COINED_IN = ("place", "project", "org", "company")  #: what coined words are made of (“投资自贸港”品牌)


class Entities:
    """Finds the named persons, bodies, places, works, plans, documents, meetings, policies and honours."""

    name = "entities"
    description = "policy entities with type, canonical name and, for divisions, GB/T 2260 code"
    requires = ("view", "sentences", "metadata")
    assigns = "entities"
    example = "山西省人民政府和大同经开区承办首届长城文化旅游节"

    def __init__(self, ner: str = "none") -> None:
        """Choose the statistical source: ``none``, or ``lac`` (see :mod:`pipeline.entities.recogniser`).

        Raises SettingsError for any other.
        """
        if ner not in ("none", "lac"):
            raise SettingsError(f"ner must be none or lac, not {ner!r}")
        self.ner = ner

    def find(self, doc: Document) -> Iterator[Entity]:
        """Yield the entities of `doc` in order."""
        for found in decide(self._candidates(doc)):
            evidence = (doc.evidence("name", *found.cue),) if found.cue else ()
            yield confident(
                doc.record(
                    Entity,
                    found.start,
                    found.end,
                    type=found.type,
                    canonical=found.canonical,
                    link=found.link,
                    rule=found.rule,
                    evidence=evidence,
                )
            )

    def _candidates(self, doc: Document) -> list[Candidate]:
        words = Words(doc.view)
        candidates = list(_propose(doc, words))
        if self.ner == "lac":
            sentences = [(doc.to_view(s.start), doc.to_view(s.end)) for s in doc.sentences]
            candidates += find_tagged(doc.view, sentences, words, candidates, load())
        found = [
            with_new_house(doc.view, c) for c in join_works(doc.view, join_institutes(doc.view, decide(candidates)))
        ]
        found = decide(
            [*found, *find_shared(doc.view, words, found, doc.metadata.region), *find_planned(doc.view, found)]
        )
        return [*found, *find_shortened(doc.view, words, found, parse_region(doc.metadata.region))]


def _propose(doc: Document, words: Words) -> Iterator[Candidate]:
    """Yield what lexicon, grammar, marks and places propose."""
    view, region, date = doc.view, doc.metadata.region, doc.metadata.date
    known = [with_stretch(view, found) for found in find_known(view, words)]
    named = find_places(view, year=int(date[:4]) if date else None, region=region)
    mentions = [m for m in named if stands(view, words, m)]
    marked = bytearray(len(view) + 1)
    for start, end in [(c.start, c.end) for c in known] + [(m.start, m.end) for m in mentions]:
        if view[start:end] != "中国":
            marked[start:end] = b"\1" * (end - start)
    starts = {c.end: c.start for c in known} | {m.end: m.start for m in mentions if m.form in ("full", "short")}
    organs = list(find_organs(view, {m.end: (m.start, m.place) for m in mentions if m.form == "full"}, region))
    ends = {c.end: c.type for c in (*known, *organs)} | {m.end: "place" for m in mentions}
    coined = inside_quotations(view)
    titles = inside_titles(view)
    known = [
        c
        for c in known
        if not (
            titles[c.start]
            or (c.type == "place" and LEARNING.match(view, c.end))
            or (c.type == "company" and ends.get(c.start) == "place" and PRODUCE.match(view, c.start))  # 云岭 | 小米
        )
    ]
    yield from (
        c
        for c in known
        if c.type not in _COINED_IN
        or not (
            STREET.match(view, c.end)
            or (coined[c.start] and view[c.start] != "“" and not is_whole_quotation(view, c.start, c.end))
        )
    )
    yield from (with_subject(view, found, ends, starts) for found in organs)
    yield from find_stretches(view, known, mentions)
    yield from find_local_firms(view, known, mentions)
    yield from find_blends(view)
    yield from find_native(view, known, mentions)
    yield from find_firms(view, {c.start: c.end for c in known if c.type == "company"})
    yield from find_with_place(view, known, mentions)
    yield from find_reserves(view)
    yield from find_centres_of_bodies(view, known, mentions)
    yield from find_national_centres(view, mentions)
    yield from find_visits(view, words, mentions)
    yield from find_institutes(view, words, known, mentions)
    yield from find_branches(view, known, mentions)
    yield from find_counted_counties(view, int(date[:4]) if date else None, region)
    yield from find_zone_parts(view, mentions, region)
    yield from find_sited(view, words, mentions, coined)
    yield from find_built(view, words, marked, ends, region)
    yield from find_enumerated(view, words, marked, {c.start: c.end for c in known if c.type == "company"})
    yield from (with_object(view, words, marked, found) for found in find_quoted(view))
    yield from find_trademarks(view, mentions, region)
    yield from find_honors(view)
    yield from find_winners(view, words, marked, region)
    yield from find_settlements(view, words, marked)
    yield from find_rows(view, words)
    yield from find_lone(view, words)
    yield from find_venues(view, marked, region)
    yield from (
        with_workstation(view, found)
        for found in find_persons(view, words, [(c.start, c.end) for c in known if c.type == "person"])
    )
    yield from find_anniversaries(view, region)
    yield from find_coded(view, {m.end: m.start for m in mentions}, region)
