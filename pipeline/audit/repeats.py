"""The same quantity twice: one indicator, region and period, stated with different values in one text."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from pipeline.audit.check import CONFLICT, CONSISTENT, Check, make_check
from pipeline.document import Claim, Document
from pipeline.indicators import ALIKE, Figure, cells, figures_of, indicators, stated
from pipeline.regex import Regex

_KINDS = ("level", "share", "growth_rate", "rank")
_SPECIFIC = 6  #: characters of a name that is not a known indicator's; shorter ones are of several things
_STEP = Regex("台阶|大关|关口")  #: what is passed, not what is


def check_repeats(doc: Document) -> Iterator[Check]:
    """Check that what a text says twice is the same both times."""
    for cell in cells(figures_of((doc,))):
        if cell.kind not in _KINDS or cell.period is None or len(cell.figures) < 2:
            continue
        if cell.indicator not in indicators() and len(cell.indicator) < _SPECIFIC:
            continue
        claims = [figure.claim for figure in cell.figures if not _STEP.match(doc.text, figure.claim.end)]
        if len({claim.sentence for claim in claims}) < 2:
            continue
        apart = _apart(claims)
        if apart and (cell.indicator not in indicators() or not _alike(*apart)):
            continue  # of different things, as far as the name tells
        chosen = apart or (claims[0], claims[-1])
        yield make_check(
            doc,
            "repeat",
            CONFLICT if apart else CONSISTENT,
            chosen,
            stated=chosen[1].quote,
            computed=chosen[0].quote,
            working=f"{cell.indicator} {cell.region or ''} {cell.period}: {chosen[0].quote}"
            f" {'≠' if apart else '≈'} {chosen[1].quote}",
        )


def check_texts(docs: Sequence[Document]) -> Iterator[Check]:
    """Check that texts say the same of one indicator, region and period: each later text against the first.

    Where they don't, the later figure is mostly a revision of the earlier one.
    """
    by_id = {doc.doc_id: doc for doc in docs}
    for cell in cells(figures_of(docs)):
        if cell.status != "actual" or cell.kind not in _KINDS or cell.period is None:
            continue
        if cell.agreement not in ("agree", "conflict"):
            continue
        if cell.indicator not in indicators() and len(cell.indicator) < _SPECIFIC:
            continue
        figures: dict[str, Figure] = {}
        for figure in cell.figures:
            figures.setdefault(figure.doc_id, figure)
        first, *others = figures.values()
        for other in others:
            one, two = stated(first.claim), stated(other.claim)
            if one is None or two is None:
                continue
            agrees = one.meets(two)
            yield make_check(
                by_id[other.doc_id],
                "texts",
                CONSISTENT if agrees else CONFLICT,
                (first.claim, other.claim),
                stated=other.claim.quote,
                computed=first.claim.quote,
                working=f"{cell.indicator} {cell.region or ''} {cell.period}: {first.doc_id} {first.claim.quote}"
                f" {'≈' if agrees else '≠'} {other.claim.quote}",
            )


def _apart(claims: list[Claim]) -> tuple[Claim, Claim] | None:
    for one, other in combinations(claims, 2):
        first, second = stated(one), stated(other)
        if one.sentence != other.sentence and first is not None and second is not None and not first.meets(second):
            return one, other
    return None


def _alike(one: Claim, other: Claim) -> bool:
    if one.value is None or other.value is None:
        return False
    low, high = sorted((one.canonical_value or one.value, other.canonical_value or other.value))
    return low > 0 and low / high >= ALIKE
