"""The stage that finds policy entities: asks each source, then decides."""

from collections.abc import Iterator

from pipeline.confidence import rule_confidence
from pipeline.document import Document, Entity
from pipeline.entities.builder import find_built
from pipeline.entities.candidate import Candidate, decide
from pipeline.entities.lexicon import find_known
from pipeline.entities.organs import find_organs
from pipeline.entities.persons import find_persons
from pipeline.entities.quoted import find_quoted
from pipeline.entities.words import Words
from pipeline.places import find_places

_PLACE_RANK = 35


class Entities:
    """Finds the named persons, bodies, places, works, plans, documents, meetings, policies and honours."""

    name = "entities"
    description = "policy entities with type, canonical name and, for divisions, GB/T 2260 code"
    requires = ("view", "sentences", "metadata")
    assigns = "entities"
    example = "市委宣传部和云阳经开区承办首届长城文化旅游节"

    def find(self, doc: Document) -> Iterator[Entity]:
        """Yield the entities of `doc` in order."""
        for found in decide(list(self._propose(doc))):
            evidence = (doc.evidence("name", *found.cue),) if found.cue else ()
            yield doc.record(
                Entity,
                found.start,
                found.end,
                type=found.type,
                canonical=found.canonical,
                link=found.link,
                rule=found.rule,
                confidence=rule_confidence("entities", found.rule),
                evidence=evidence,
            )

    def _propose(self, doc: Document) -> Iterator[Candidate]:
        view, region = doc.view, doc.metadata.region
        words = Words(view)
        known = list(find_known(view, words))
        places = list(self._places(doc, words))
        yield from known
        yield from places
        marks = [(c.start, c.end) for c in (*known, *places) if c.canonical != "中国"]
        yield from find_built(view, words, marks, region)
        yield from find_organs(doc)
        yield from find_quoted(view)
        yield from find_persons(view)

    def _places(self, doc: Document, words: Words) -> Iterator[Candidate]:
        date = doc.metadata.date
        year = int(date[:4]) if date else None
        for mention in find_places(doc.view, year=year, region=doc.metadata.region):
            if (
                mention.place.name == "中国"
                and mention.end - mention.start == 2
                and not _bare_china(doc.view, mention.end)
            ):
                continue
            link = mention.place.code
            yield Candidate(
                mention.start, mention.end, "place", mention.place.name, f"place:{mention.form}", _PLACE_RANK, link
            )


def _bare_china(view: str, end: int) -> bool:
    """Whether 中国 before `end` names the country, rather than beginning a term (中国式现代化, 中国共产党)."""
    return not view.startswith(
        ("式", "特色", "共产党", "人民", "梦", "化", "人", "制造", "智造", "精神", "力量", "方案", "故事", "革命"), end
    )
