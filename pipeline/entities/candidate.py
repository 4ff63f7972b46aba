"""A proposed entity, and the one place where proposals are weighed against each other."""

from collections.abc import Iterable

import msgspec


class Candidate(msgspec.Struct, frozen=True):
    """A name proposed for the view range `[start, end)`.

    `rank` says how far its source is trusted where names cross: a higher one wins.
    `link` is the GB/T 2260 code of an administrative division.
    """

    start: int
    end: int
    type: str
    canonical: str
    rule: str
    rank: int
    link: str | None = None
    cue: tuple[int, int] | None = None  #: view range of what decided it, where that is not the name itself


def decide(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, in text order.

    A name inside a longer one is not a second entity. Of two that cross, the better source wins, then
    the longer, then the earlier; what a loser had covered gets its chance again.
    """
    order = sorted(
        set(candidates),
        key=lambda c: (c.start, -c.end, -c.rank, c.type, c.canonical, c.rule, c.link or "", c.cue or ()),
    )
    outer: list[Candidate] = []
    inner: list[Candidate] = []
    for candidate in order:
        if outer and candidate.end <= outer[-1].end:
            inner.append(candidate)
        else:
            outer.append(candidate)
    taken = bytearray(max((c.end for c in outer), default=0))
    kept: list[Candidate] = []
    for group in (sorted(outer, key=lambda c: (-c.rank, c.start - c.end, c.start)), inner):
        for candidate in group:
            if taken.find(1, candidate.start, candidate.end) < 0:
                taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
                kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)
