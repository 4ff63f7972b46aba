"""The audit: arithmetic that a text itself makes checkable, each check with its working."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from pipeline.audit.changes import check_amounts, check_compound, check_earlier, check_from_to, check_series
from pipeline.audit.check import CONFLICT, CONSISTENT, ROUNDING, Check
from pipeline.audit.counts import check_lists, check_slogans
from pipeline.audit.directions import check_directions
from pipeline.audit.means import check_per_head, check_yearly
from pipeline.audit.parts import check_parts, check_ratios, check_shares, check_sums
from pipeline.audit.places import check_gaps, check_ranks
from pipeline.audit.repeats import check_repeats, check_texts
from pipeline.document import Document

__all__ = ["CONFLICT", "CONSISTENT", "OUTCOMES", "ROUNDING", "Audit", "Check", "audit", "audit_summary", "check_rows"]

OUTCOMES = (CONFLICT, ROUNDING, CONSISTENT)

#: The tests over one text.
TESTS: tuple[Callable[[Document], Iterator[Check]], ...] = (
    check_from_to,
    check_directions,
    check_amounts,
    check_earlier,
    check_compound,
    check_ratios,
    check_parts,
    check_sums,
    check_shares,
    check_per_head,
    check_yearly,
    check_ranks,
    check_slogans,
    check_lists,
    check_repeats,
)


#: The tests that hold texts against each other.
COMPARISONS: tuple[Callable[[Sequence[Document]], Iterator[Check]], ...] = (check_series, check_gaps, check_texts)


class Audit(msgspec.Struct, frozen=True, kw_only=True):
    """The checks of a corpus, in document and text order, and how much of it could be checked."""

    checks: tuple[Check, ...]
    claims: int  #: claims in all
    checked: int  #: claims that take part in a check

    @property
    def share(self) -> float:
        """The share of claims that could be checked; 0 where there are none."""
        return self.checked / self.claims if self.claims else 0.0


def audit(docs: Sequence[Document]) -> Audit:
    """Return what every test makes of `docs`."""
    found = [check for doc in docs for test in TESTS for check in test(doc)]
    for compare in COMPARISONS:
        found += compare(docs)
    # A change that is stated says more than its direction.
    changes = {check.claims[:2] for check in found if check.test in ("from_to", "rank")}
    found = [
        check
        for check in found
        if check.test != "direction" or check.outcome == CONFLICT or check.claims not in changes
    ]
    order = {doc.doc_id: place for place, doc in enumerate(docs)}
    found.sort(key=lambda check: (order[check.doc_id], check.start, check.end, check.test, check.id))
    touched = {claim for check in found for claim in check.claims}
    return Audit(checks=tuple(found), claims=sum(len(doc.claims) for doc in docs), checked=len(touched))


def check_rows(checks: Iterable[Check]) -> list[dict[str, Any]]:
    """Return a flat row for each check."""
    return [msgspec.structs.asdict(check) for check in checks]


def audit_summary(found: Audit) -> str:
    """Return in one line how much was checked and what came of it."""
    counts = Counter(check.outcome for check in found.checks)
    outcomes = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
    return (
        f"{len(found.checks)} checks: {outcomes}; {found.checked} of {found.claims} claims checked ({found.share:.1%})"
    )
