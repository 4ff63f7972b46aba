"""How much a record is to be doubted: its confidence, lowered by everything else that speaks against it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from pipeline.audit import CONFLICT, audit
from pipeline.document import Document, Record
from pipeline.writing import RECORD_KINDS

#: How much less likely (in odds) each reason makes it that a record is right.
WEIGHTS = {
    "audit": 4.0,  # arithmetic of the text that it takes part in doesn't agree
    "types": 3.0,  # other rules give the same name another type
    "overlap": 3.0,  # another record of its kind claims a part of the same words
    "members": 3.0,  # a slogan announces another number of members than were found
}


class Reason(msgspec.Struct, frozen=True):
    """Something that speaks against a record; `detail` says what, in words of the text or figures."""

    name: str
    detail: str


Key = tuple[str, str, str]  #: document, kind of record, id


def reasons(docs: Sequence[Document]) -> dict[Key, list[Reason]]:
    """Return what speaks against the records of `docs`, none for most."""
    found: defaultdict[Key, list[Reason]] = defaultdict(list)
    for sought in (_audited, _of_several_types, _overlapping, _without_members):
        for key, reason in sought(docs):
            if reason not in found[key]:
                found[key].append(reason)
    return dict(found)


def doubt(confidence: float, against: Sequence[Reason]) -> float:
    """Return how likely a record is wrong.

    >>> doubt(0.8, []), doubt(0.8, [Reason("audit", "3 + 4 ≠ 8")])
    (0.2, 0.5)
    """
    odds = confidence / max(1 - confidence, 1e-6)
    for name in {reason.name for reason in against}:
        odds /= WEIGHTS[name]
    return round(1 / (1 + odds), 4)


def _audited(docs: Sequence[Document]) -> Iterator[tuple[Key, Reason]]:
    homes = {
        kind: {record.id: doc.doc_id for doc in docs for record in getattr(doc, kind)} for kind in ("claims", "slogans")
    }
    for check in audit(docs).checks:
        if check.outcome == CONFLICT:
            reason = Reason("audit", f"{check.test}: {check.working}")
            for kind, ids in (("claims", check.claims), ("slogans", check.slogans)):
                for record_id in ids:
                    if record_id in homes[kind]:
                        yield (homes[kind][record_id], kind, record_id), reason


def _of_several_types(docs: Sequence[Document]) -> Iterator[tuple[Key, Reason]]:
    for kind in ("slogans", "entities"):
        uses: defaultdict[str, defaultdict[str, list[Key]]] = defaultdict(lambda: defaultdict(list))
        for doc in docs:
            for record in getattr(doc, kind):
                uses[record.canonical][record.type].append((doc.doc_id, kind, record.id))
        for types in uses.values():
            most = max(len(keys) for keys in types.values())
            for name, keys in types.items():
                others = "、".join(sorted(other for other in types if other != name))
                if others and (len(keys) < most or sum(len(k) == most for k in types.values()) > 1):
                    for key in keys:
                        yield key, Reason("types", others)


def _overlapping(docs: Sequence[Document]) -> Iterator[tuple[Key, Reason]]:
    for doc in docs:
        for kind in RECORD_KINDS:
            before: Record | None = None
            for record in sorted(getattr(doc, kind), key=lambda record: (record.start, record.end)):
                if before is not None and record.start < before.end:
                    yield (doc.doc_id, kind, before.id), Reason("overlap", record.quote)
                    yield (doc.doc_id, kind, record.id), Reason("overlap", before.quote)
                if before is None or record.end > before.end:
                    before = record


def _without_members(docs: Sequence[Document]) -> Iterator[tuple[Key, Reason]]:
    for doc in docs:
        for slogan in doc.slogans:
            if slogan.expansion == "mismatch":
                yield (
                    (doc.doc_id, "slogans", slogan.id),
                    Reason("members", f"{slogan.declared} ≠ {len(slogan.members)}"),
                )
