"""The findings that a report opens with: a few sentences, each with where it leads."""

from collections.abc import Mapping, Sequence
from itertools import islice

import msgspec
from markupsafe import Markup, escape

from pipeline.analyses import Analyses
from pipeline.audit import CONFLICT, OUTCOMES
from pipeline.collection import year_of
from pipeline.document import Document
from pipeline.promises import MET, MISSED, Promise
from pipeline.report.tables import Records, linked
from pipeline.report.trails import Anchor
from pipeline.report.wording import Wording

_EXAMPLES = 3
_NEW = 6  #: new slogans that are named
_NEW_TEXTS = 2  #: that must use one for it to be named


class Finding(msgspec.Struct, frozen=True):
    """A sentence, the section that it is about, and examples."""

    text: str
    section: str
    examples: Sequence[Markup] = ()


def summary(
    docs: Sequence[Document],
    analyses: Analyses,
    records: Records,
    titles: Mapping[str, str],
    anchor: Anchor,
    say: Wording,
    total: int | None = None,
) -> list[Finding]:
    """Return what stands out: what was checked, promised, contradicted; new slogans; the largest topics.

    First of all it is said that `docs` are the latest of `total` documents, if they are not all.
    """
    found = [_figures(docs, say)]
    if total is not None and total > len(docs):
        found.insert(0, Finding(say("finding", "latest", documents=len(docs), total=f"{total:,}"), "texts"))
    found += filter(
        None,
        (
            _audit(analyses, titles, anchor, say),
            _promises(analyses, records, titles, say),
            _conflicts(analyses, records, titles, say),
            _slogans(docs, analyses, say),
            _terms(docs, analyses, say),
            _topics(analyses, say),
        ),
    )
    return found


def _figures(docs: Sequence[Document], say: Wording) -> Finding:
    claims = [claim for doc in docs for claim in doc.claims]
    targets = sum(claim.status == "target" for claim in claims)
    indicators = len({claim.indicator for claim in claims})
    years = sorted({year for doc in docs if (year := year_of(doc)) is not None})
    span = "" if not years else str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    text = say(
        "finding",
        "figures_dated" if span else "figures",
        documents=len(docs),
        span=span,
        claims=f"{len(claims):,}",
        targets=f"{targets:,}",
        indicators=f"{indicators:,}",
    )
    return Finding(text, "claims")


def _audit(analyses: Analyses, titles: Mapping[str, str], anchor: Anchor, say: Wording) -> Finding | None:
    audit = analyses.audit
    if not audit.checks:
        return None
    counts = {outcome: sum(check.outcome == outcome for check in audit.checks) for outcome in OUTCOMES}
    text = say(
        "finding", "audit", checks=len(audit.checks), checked=audit.checked, share=f"{audit.share:.1%}", **counts
    )
    conflicts = (check for check in audit.checks if check.outcome == CONFLICT)
    examples = [
        linked(anchor(check.doc_id, check.start), titles[check.doc_id])
        + f"{say('mark', 'colon')}{check.quote if len(check.quote) < 60 else check.stated}"
        + say("finding", "computed", working=check.working)
        for check in islice(conflicts, _EXAMPLES)
    ]
    return Finding(text, "audit", examples)


def _promises(analyses: Analyses, records: Records, titles: Mapping[str, str], say: Wording) -> Finding | None:
    resolved = [promise for promise in analyses.promises if promise.result]
    if not resolved:
        return None
    missed = [promise for promise in resolved if promise.outcome == MISSED]
    met = sum(promise.outcome == MET for promise in resolved)
    text = say("finding", "promises", resolved=len(resolved), met=met, missed=len(missed))
    return Finding(text, "promises", [_missed(promise, records, titles, say) for promise in missed[:_EXAMPLES]])


def _missed(promise: Promise, records: Records, titles: Mapping[str, str], say: Wording) -> Markup:
    assert promise.result
    target = records.claim_link(promise.target.claim, say.amount(promise.target.claim))
    result = records.claim_link(promise.result.claim, say.amount(promise.result.claim))
    name = f"{promise.indicator} · {say.period(promise.period)}"
    return Markup(say("finding", "missed", name=escape(name), target=target, result=result))


def _conflicts(analyses: Analyses, records: Records, titles: Mapping[str, str], say: Wording) -> Finding | None:
    conflicts = [cell for one in analyses.series for cell in one.cells if cell.agreement == "conflict"]
    if not conflicts:
        return None
    examples = []
    for cell in conflicts[:_EXAMPLES]:
        figures = Markup(say("mark", "semicolon")).join(
            records.claim_link(figure.claim, say.amount(figure.claim)) + f"（{titles[figure.doc_id]}）"
            for figure in cell.figures
        )
        name = " · ".join(filter(None, (cell.indicator, cell.region, say.period(cell.period))))
        examples.append(Markup("{}{}{}").format(name, say("mark", "colon"), figures))
    return Finding(say("finding", "conflicts", n=len(conflicts)), "indicators", examples)


def _slogans(docs: Sequence[Document], analyses: Analyses, say: Wording) -> Finding | None:
    """Return the slogans that are first used in the last year with texts."""
    years = sorted({year for doc in docs if (year := year_of(doc)) is not None})
    if len(years) < 2:
        return None
    new = [
        trail
        for trail in analyses.trails
        if (trail.first or "").startswith(str(years[-1])) and len(trail.by_document) >= _NEW_TEXTS
    ]
    if not new:
        return None
    names = say("mark", "comma").join(
        say("finding", "used", name=trail.canonical, n=len(trail.by_document)) for trail in new[:_NEW]
    )
    return Finding(say("finding", "new_slogans", year=years[-1], n=len(new), names=names), "trails")


def _terms(docs: Sequence[Document], analyses: Analyses, say: Wording) -> Finding | None:
    if not analyses.trends:
        return None
    rising = [trend.key.term for trend in analyses.trends if trend.key.log_odds > 0][:_NEW]
    falling = [trend.key.term for trend in analyses.trends if trend.key.log_odds < 0][:_NEW]
    comma = say("mark", "comma")
    return Finding(say("finding", "terms", rising=comma.join(rising), falling=comma.join(falling)), "trends")


def _topics(analyses: Analyses, say: Wording) -> Finding | None:
    topics = analyses.topics["topics"]
    if not topics:
        return None
    names = say("mark", "semicolon").join(
        f"{say('mark', 'comma').join(entry['term'] for entry in topic['terms'][:3])} ({topic['share']:.0%})"
        for topic in topics[:_EXAMPLES]
    )
    return Finding(say("finding", "topics", n=len(topics), names=names), "topics")
