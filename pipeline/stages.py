"""The stages that a document goes through, in order, in the one list that declares them.

A stage is a component with

* `name`, `description`, and an `example` text in which it finds something,
* `requires`: the attributes of the document that it reads, `assigns`: the one that it fills,
* ``find(doc)``, which reads the document and returns or yields what it found. It changes nothing,
  prints nothing, and reads neither clock nor network.

`read` comes before them (:mod:`pipeline.reading`); keywords, topics and reports are made of a whole
corpus and come after (:mod:`pipeline.run`).
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Protocol

from pipeline.alignment import Alignment
from pipeline.claims import Claims
from pipeline.detection import DetectMetadata
from pipeline.document import Document
from pipeline.entities import Entities
from pipeline.errors import SettingsError
from pipeline.extensions.content import Extensions, extensions_in_use, when_used
from pipeline.layout import Layout
from pipeline.periods import Periods
from pipeline.quantities import Quantities
from pipeline.sentences import Sentences
from pipeline.settings import Ner
from pipeline.slogans import Slogans
from pipeline.tokens import Tokens

OTHERS = "others"  #: what the extractors of other packages assign, each under its name


class Stage(Protocol):
    """What every stage offers; see the module's text."""

    name: str
    description: str
    example: str
    assigns: str

    @property
    def requires(self) -> tuple[str, ...]:
        """The attributes of the document that it reads."""

    def find(self, doc: Document) -> Any:
        """Return what this stage assigns to the document."""


@when_used
def stages(ner: Ner = "none") -> tuple[Stage, ...]:
    """Return the stages in the order in which they run, with the extensions in use.

    `ner` is the statistical source of entities; see :class:`pipeline.settings.Settings`.
    """
    if extensions_in_use() == Extensions():
        return own_stages(ner)
    from pipeline.extensions.extended import EXTENDED, Extended
    from pipeline.extensions.extractors import extractors

    kinds = EXTENDED if extensions_in_use().parts else {}
    extended = (Extended(stage, kinds[stage.name]) if stage.name in kinds else stage for stage in own_stages(ner))
    return (*extended, *extractors())


@cache
def own_stages(ner: Ner = "none") -> tuple[Stage, ...]:
    """Return the stages of gongbao itself; each requires what those before assign."""
    return (
        Layout(),
        DetectMetadata(),
        Alignment(),
        Sentences(),
        Quantities(),
        Periods(),
        Slogans(),  # before claims: the numeral of a slogan is no claim
        Claims(),
        Entities(ner),
        Tokens(),
    )


def select(only: Sequence[str] = (), skip: Iterable[str] = (), ner: Ner = "none") -> tuple[Stage, ...]:
    """Return the stages named in `only` (all if empty) without those in `skip`, with all that they require.

    Raises SettingsError for a name that no stage has.
    """
    by_name = {stage.name: stage for stage in stages(ner)}
    for name in (*only, *skip):
        if name not in by_name:
            raise SettingsError(f"no stage is called {name!r}; there are: {', '.join(by_name)}")
    wanted = set(only or by_name) - set(skip)
    makers = {stage.assigns: stage.name for stage in stages(ner)}
    queue = list(wanted)
    while queue:
        for attribute in by_name[queue.pop()].requires:
            maker = makers.get(attribute)
            if maker and maker not in wanted and maker not in skip:
                wanted.add(maker)
                queue.append(maker)
    return tuple(stage for stage in stages(ner) if stage.name in wanted)


def process(doc: Document, chosen: Sequence[Stage] | None = None) -> Document:
    """Run `chosen` stages (all, if None) over `doc`, in order, and return it."""
    for stage in stages() if chosen is None else chosen:
        found = stage.find(doc)
        if stage.assigns == OTHERS:
            doc.others = {**doc.others, stage.name: tuple(found)}
            continue
        setattr(
            doc, stage.assigns, found if isinstance(found, str) or not isinstance(found, Iterable) else tuple(found)
        )
    return doc
