"""The claims stage: quantities become claims, sentence by sentence, with what carries over."""

from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from pipeline.claims.candidates import candidates
from pipeline.claims.carrying import Carried, read_header, settle
from pipeline.claims.clauses import slots
from pipeline.claims.measure import Measure
from pipeline.claims.measures import measures
from pipeline.claims.scope import Scope
from pipeline.confidence import confident
from pipeline.document import Claim, Document, Quantity
from pipeline.units import canonical

_SPOKEN = {"毛钱": "毛", "分钱": "分"}  #: money as it is said, by its unit


class Claims:
    """Finds what each quantity measures, for when, where, and whether it is a fact or a target."""

    name = "claims"
    description = "quantities with indicator, kind, basis, period, region and status"
    requires = ("view", "sentences", "quantities", "periods", "slogans", "metadata")
    assigns = "claims"
    example = "2023年全市粮食产量达到12.5亿公斤，比上年增长3.2%。"

    def find(self, doc: Document) -> Iterator[Claim]:
        """Yield the claims of `doc` in text order."""
        quantities = candidates(doc)
        if not quantities:
            return
        scope, view = Scope(doc), doc.view
        starts, time_starts = [q.start for q in quantities], [p.start for p in doc.periods]
        carried, paragraph = Carried(), -1
        for sentence, (start, end) in zip(doc.sentences, doc.sentences_in_view(), strict=True):
            first, last = bisect_left(starts, start), bisect_left(starts, end)
            if sentence.paragraph != paragraph:
                goes_on = carried.in_list or not carried.names
                carried, paragraph = Carried(header=carried.header if goes_on else None), sentence.paragraph
            said, counts = view[start:end], first < last
            announces = said.endswith("：")
            if counts or announces:
                times = doc.periods[bisect_left(time_starts, start) : bisect_left(time_starts, end)]
            if counts:
                carried.begin_sentence(said.startswith("其中"))
                for measure in measures(slots(view, start, end, quantities[first:last], times), carried):
                    if settle(carried, measure, scope):
                        yield _claim(doc, scope, measure)
            carried.end_sentence(said)
            carried.said = "" if counts else said
            if announces:
                read_header(carried, said, end, times)


def _risen(measure: Measure) -> Quantity:
    """Return the quantity of `measure`; a rate of growth below zero (增速-7.8%) is a fall, by so much."""
    q = measure.slot.quantity
    if measure.kind != "growth_rate" or q.value is None or q.value >= 0:
        return q
    measure.direction = "up" if measure.direction == "down" else "down"
    return msgspec.structs.replace(q, value=-q.value)


def _claim(doc: Document, scope: Scope, measure: Measure) -> Claim:
    slot, q = measure.slot, _risen(measure)
    period, status = scope.standing(measure)
    value, low, high = (canonical(v, q.unit) if v is not None and q.unit else None for v in (q.value, q.low, q.high))
    comparable = value or low or high
    return confident(
        doc.record(
            Claim,
            q.start,
            q.end,
            value=q.value,
            low=q.low,
            high=q.high,
            unit=_SPOKEN.get(q.unit or "", q.unit) or ("名" if measure.kind == "rank" else None),
            comparator=measure.comparator or q.comparator,
            indicator=measure.name,
            kind=measure.kind,
            direction=measure.direction,
            basis=scope.basis(measure),
            period=period,
            region=measure.region,
            status=status,
            canonical_value=value[0] if value else None,
            canonical_low=low[0] if low else None,
            canonical_high=high[0] if high else None,
            canonical_unit=comparable[1] if comparable else None,
            rule=measure.rule,
            evidence=(doc.evidence("indicator", slot.left_start, q.start),) if slot.left_start < q.start else (),
        )
    )
