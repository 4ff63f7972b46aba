"""A stage of gongbao's with what the extensions in use add: records by rules, and a mark on all that they decided."""

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from pipeline.document import Claim, Document, Entity, Evidence, Record, Slogan
from pipeline.entities.lexicon import added_names
from pipeline.extensions.rules import crosses, found_by_rules
from pipeline.slogans.canonical import canonical_form
from pipeline.slogans.knowledge import added_formulations
from pipeline.units import added_units

#: The stages that users can add to, and what their rules call the records.
EXTENDED = {"slogans": "slogan", "claims": "claim", "entities": "entity"}


class _Inner(Protocol):
    name: str
    description: str
    example: str
    assigns: str

    @property
    def requires(self) -> tuple[str, ...]: ...

    def find(self, doc: Document) -> Any: ...


class Extended:
    """Slogans, claims or entities, and what users have added to them.

    A record that an extension decided has evidence of the role ``extension:NAME``.
    """

    def __init__(self, inner: _Inner, record: str) -> None:
        self.name, self.description = inner.name, inner.description
        self.example, self.assigns, self.requires = inner.example, inner.assigns, inner.requires
        self._inner = inner
        self._record = record

    def find(self, doc: Document) -> Iterator[Record]:
        """Yield the records of `doc` in order: those by rules of users, and gongbao's where these leave room."""
        found = [_marked(record) for record in self._inner.find(doc)]
        own = found_by_rules(doc, self._record, found)
        kept = [record for record in found if not any(crosses(record, other) for other in own)]
        yield from sorted([*own, *kept], key=lambda record: (record.start, record.end))


def _marked(record: Any) -> Any:
    marks = tuple(_marks(record))
    return msgspec.structs.replace(record, evidence=(*record.evidence, *marks)) if marks else record


def _marks(record: Record) -> Iterator[Evidence]:
    """Yield the words of `record` that an extension knows, where it was that knowledge that decided."""
    name = None
    if isinstance(record, Slogan):
        name = added_formulations().get(canonical_form(record.quote))
    elif isinstance(record, Entity):
        name = added_names().get(record.quote)
    elif isinstance(record, Claim):
        for form, owner in added_units().items():
            at = record.quote.rfind(form) if record.unit and form in record.unit.replace("每", "/").split("/") else -1
            if at >= 0:
                start = record.start + at
                yield Evidence(role=f"extension:{owner}", start=start, end=start + len(form), quote=form)
    if name is not None:
        yield Evidence(role=f"extension:{name}", start=record.start, end=record.end, quote=record.quote)
