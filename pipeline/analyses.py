"""What a run makes of all its documents together: every analysis that the report shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec

from pipeline.aside import Aside, Awaited
from pipeline.audit import Audit, audit
from pipeline.document import Document
from pipeline.indicators import Series, series
from pipeline.keyness import GROUPINGS, key_rows
from pipeline.keywords import keywords
from pipeline.promises import Promise, promises
from pipeline.settings import Topics as Method
from pipeline.slogans import Trail, shared_trails
from pipeline.terms import TermCounts, count_terms
from pipeline.topics import topics
from pipeline.trends import TermTrend, term_trends

KEYS_SHOWN = 10  #: characteristic terms of a document, issuer or year

Timing = Callable[[str], AbstractContextManager[None]]  #: counts the seconds of a block under a name


class Analyses(msgspec.Struct, frozen=True, kw_only=True):
    """The analyses of a corpus; what each field holds stands in the module of its name."""

    keywords: dict[str, Any]
    topics: Mapping[str, Any]
    keys: dict[str, list[dict[str, Any]]]  #: by document, issuer, year
    trends: list[TermTrend]
    trails: list[Trail]
    series: list[Series]
    promises: list[Promise]
    audit: Audit


def analyse(
    docs: Sequence[Document],
    *,
    method: Method = "nmf",
    timing: Timing = lambda name: nullcontext(),
    counted: TermCounts | None = None,
    begun: Callable[[], dict[str, Any]] | None = None,
) -> Analyses:
    """Return the analyses of `docs`; `method` is how topics are found.

    `counted` are the terms of `docs`; without, those of their tokens are counted. `begun` is what waits for
    topics that are being found already; they are waited for when they are first looked at.
    """
    if counted is None:
        with timing("terms"):
            counted = count_terms(docs)
    with timing("keywords"):
        weighed = keywords(counted)
    with timing("keyness"):
        # An issuer or a year with a single text says no more than the text.
        keys = {by: key_rows(docs, by, KEYS_SHOWN, counted, least=1 if by == "document" else 2) for by in GROUPINGS}
        trends = term_trends(docs, counted)
    with timing("trails"):
        trails = shared_trails(docs)
    with timing("indicators"):
        figures = series(docs)
        met = promises(docs)
    with timing("audit"):
        checked = audit(docs)
    with timing("topics"):
        found = Awaited(begun) if begun else topics(docs, counted, method)
    return Analyses(
        keywords=weighed,
        topics=found,
        keys=keys,
        trends=trends,
        trails=trails,
        series=figures,
        promises=met,
        audit=checked,
    )


def begin_topics(
    docs: Iterable[Document], counted: TermCounts, method: Method, aside: Aside
) -> Callable[[], dict[str, Any]]:
    """Begin to find the topics of `docs` aside: no other analysis takes as long. Return what waits for them."""
    return aside(topics, [_without_records(doc) for doc in docs], counted, method)


def _without_records(doc: Document) -> Document:
    """Return what the analyses of terms need of `doc`: its text, its metadata, its sentences."""
    found = Document(doc.text, doc_id=doc.doc_id, given=doc.metadata)
    found.sentences = doc.sentences
    return found
