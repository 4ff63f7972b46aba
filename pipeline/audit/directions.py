"""Directions: what is said to rise from one figure to another must have risen."""

from collections.abc import Iterator

from pipeline.audit.check import CONFLICT, CONSISTENT, Check, make_check, shown
from pipeline.document import Claim, Document
from pipeline.indicators import indicator_name
from pipeline.intervals import printed
from pipeline.regex import Regex

_UP = Regex(r"增[加长至到]|提[高升]|上升|升[至到]|扩[大展]|跃升|攀升|增为|发展到|壮大|上调")
_DOWN = Regex(r"下降|减[少至到为]|降[低至到为]|缩[小短减]|压[缩减]|回落|精简|下调")
_NO = Regex(r"[不未没]")
_KINDS = ("level", "share", "rank")
_FAR = 14  #: characters between the two figures
_BREAK = Regex(r"[。；;！!]")


def check_directions(doc: Document) -> Iterator[Check]:
    """Check a from–to against its verb: 由46微克下降到28微克; a rank rises towards the first."""
    for before, after in zip(doc.claims, doc.claims[1:], strict=False):
        gap = doc.text[before.end : after.start]
        if not (before.rule == after.rule == "from_to") or not _of_one_thing(before, after) or len(gap) > _FAR:
            continue
        up, down = _UP.search(gap), _DOWN.search(gap)
        if bool(up) == bool(down) or _BREAK.search(gap) or _NO.search(gap):
            continue
        first, last = printed(before), printed(after)
        if first is None or last is None or first.interval.meets(last.interval):
            continue
        rises = first.value < last.value if before.kind != "rank" else first.value > last.value
        agrees = rises == bool(up)
        verb = (up or down or [""])[0]
        sign = "<" if first.value < last.value else ">"
        yield make_check(
            doc,
            "direction",
            CONSISTENT if agrees else CONFLICT,
            (before, after),
            stated=verb,
            computed=f"{shown(first.value)} {sign} {shown(last.value)}",
            working=f"{before.quote} → {after.quote}: {shown(first.value)} {sign} {shown(last.value)}",
        )


def _of_one_thing(before: Claim, after: Claim) -> bool:
    return (
        before.kind == after.kind
        and before.kind in _KINDS
        and before.sentence == after.sentence
        and indicator_name(before.indicator) == indicator_name(after.indicator)
        and (before.canonical_unit or before.unit) == (after.canonical_unit or after.unit)
    )
