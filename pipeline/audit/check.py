"""A check: figures that the text itself ties together, what follows from them, and whether the text says so."""

import hashlib
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import msgspec

from pipeline.document import Claim, Document
from pipeline.indicators import sentence_text
from pipeline.intervals import INFINITY, Interval, Printed

CONSISTENT, ROUNDING, CONFLICT = "consistent", "rounding", "conflict"
_SMALL = Decimal("0.05")


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """What one test made of some figures of a text.

    `outcome` is ``consistent`` (the printed figures give what is stated), ``rounding`` (they don't, but digits that are
    not printed can account for it) or ``conflict`` (nothing that the printed figures leave open gives what is stated).
    `start` and `end` span the figures in the text of `doc_id`; `claims` and `slogans` are the records' ids, those of
    other texts included.
    """

    id: str
    doc_id: str
    test: str
    outcome: str
    stated: str  #: what the text says
    computed: str  #: what the other figures give
    working: str  #: the sum, with the interval that unprinted digits leave
    start: int
    end: int
    quote: str
    sentence: str
    claims: tuple[str, ...] = ()
    slogans: tuple[str, ...] = ()


def make_check(
    doc: Document,
    test: str,
    outcome: str,
    claims: Sequence[Claim],
    *,
    stated: str,
    computed: str,
    working: str,
    slogans: Sequence[str] = (),
    span: tuple[int, int] | None = None,
) -> Check:
    """Return the check of `claims`, the last of which states what is tested; `span` where there are none."""
    own = [claim for claim in claims if claim.doc_id == doc.doc_id]
    start, end = span or (min(claim.start for claim in own), max(claim.end for claim in own))
    key = "\0".join((doc.doc_id, test, str(start), str(end), *(claim.id for claim in claims), *slogans))
    first, last = doc.sentence_at(start), doc.sentence_at(end - 1)
    return Check(
        id=hashlib.blake2b(key.encode(), digest_size=8).hexdigest(),
        doc_id=doc.doc_id,
        test=test,
        outcome=outcome,
        stated=stated,
        computed=computed,
        working=working,
        start=start,
        end=end,
        quote=sentence_text(doc, start, end),
        sentence=sentence_text(doc, first.start, last.end) if last.start - first.start < 400 else "",
        claims=tuple(claim.id for claim in claims),
        slogans=tuple(slogans),
    )


def judge(stated: Printed, point: Decimal, computed: Interval) -> str:
    """Return the outcome where the printed figures give `point`, and all that they leave open gives `computed`.

    A number may be printed rounded or cut off: a full step of its last digit is allowed for, where that is a small part
    of the number.
    """
    if stated.interval.holds(point) or (stated.exact and abs(point - stated.value) <= stated.step / 2):
        return CONSISTENT
    if stated.interval.meets(computed) or (stated.exact and computed.meets(_cut(stated))):
        return ROUNDING
    return CONFLICT


def _cut(stated: Printed) -> Interval:
    off = stated.step if stated.step <= _SMALL * abs(stated.value) else stated.step / 2
    return Interval(stated.value - off, stated.value + off)


def shown(value: Decimal, like: Decimal | None = None) -> str:
    """Return `value` with as many decimals as `like` has, else at most two; 亿 and 万 for large numbers.

    >>> shown(Decimal("39.1304"), Decimal("0.1")), shown(Decimal("187180000000")), shown(Decimal("Infinity"))
    ('39.1', '1871.8亿', '∞')
    """
    if abs(value) == INFINITY:
        return "∞" if value > 0 else "−∞"
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if abs(value) >= size:
            return _rounded(value / size, Decimal("0.01")) + name
    if value != 0 and abs(value) < Decimal("0.01"):
        return format(value.normalize(), ".3g")
    return _rounded(value, Decimal("0.01") if like is None or like > 1 else like)


def _rounded(value: Decimal, step: Decimal) -> str:
    rounded = value.quantize(step, ROUND_HALF_UP) if step < 1 else value.quantize(Decimal(1), ROUND_HALF_UP)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text and step == Decimal("0.01") else text


def between(interval: Interval, like: Decimal | None = None, unit: str = "") -> str:
    """Return `interval` as one writes it."""
    return f"{shown(interval.low, like)}–{shown(interval.high, like)}{unit}"
