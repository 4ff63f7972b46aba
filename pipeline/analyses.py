"""What a run makes of all its documents together: every analysis that the report shows."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import msgspec

from pipeline.aside import HERE, Aside
from pipeline.audit import Audit, audit
from pipeline.document import Document
from pipeline.indicators import Series, series
from pipeline.keyness import GROUPINGS, key_rows
from pipeline.keywords import keywords
from pipeline.promises import Promise, promises
from pipeline.settings import Topics as Method
from pipeline.slogans import Trail, shared_trails
from pipeline.terms import Runs, TermCounts, count_runs, count_terms
from pipeline.topics import topics
from pipeline.trends import TermTrend, term_trends

KEYS_SHOWN = 10  #: characteristic terms of a document, issuer or year

Timing = Callable[[str], AbstractContextManager[None]]  #: counts the seconds of a block under a name


class Analyses(msgspec.Struct, frozen=True, kw_only=True):
    """The analyses of a corpus; what each field holds stands in the module of its name."""

    keywords: dict[str, Any]
    topics: dict[str, Any]
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
    aside: Aside = HERE,
    runs: Iterable[tuple[str, Runs]] | None = None,
) -> Analyses:
    """Return the analyses of `docs`; `method` is how topics are found.

    `runs` are those of the documents' terms by id, in order; without, they are made of the tokens.
    What takes longest is begun `aside`, and waited for when the rest is there.
    """
    with timing("terms"):
        counted = count_terms(docs) if runs is None else count_runs(runs)
    with timing("keywords"):
        plain = [_without_records(doc) for doc in docs] if aside.apart else docs
        topics_found = aside(topics, plain, counted, method)
        terms_weighed = aside(_weighed, plain, counted)
    with timing("trails"):
        trails = shared_trails(docs)
    with timing("indicators"):
        figures = series(docs)
        met = promises(docs)
    with timing("audit"):
        checked = audit(docs)
    with timing("keywords"):
        weighed, keys, trends = terms_weighed()
    with timing("topics"):
        found = topics_found()
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


def _weighed(
    docs: Sequence[Document], counted: TermCounts
) -> tuple[dict[str, Any], dict[str, list[dict[str, Any]]], list[TermTrend]]:
    """Return keywords, key terms by document, issuer and year, and trends."""
    # An issuer or a year with a single text says no more than the text.
    keys = {by: key_rows(docs, by, KEYS_SHOWN, counted, least=1 if by == "document" else 2) for by in GROUPINGS}
    return keywords(counted), keys, term_trends(docs, counted)


def _without_records(doc: Document) -> Document:
    """Return what the analyses of terms need of `doc`: its text, its metadata, its sentences."""
    found = Document(doc.text, doc_id=doc.doc_id, given=doc.metadata)
    found.sentences = doc.sentences
    return found
