"""A proposed entity, before the decision."""

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


def decide(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates that stand, in text order.

    A name inside a longer one is not a second entity. Of two that cross, the better source wins, then
    the longer, then the earlier.
    """
    order = sorted(set(candidates), key=lambda c: (c.start, -c.end, -c.rank, c.type, c.canonical, c.rule))
    outer: list[Candidate] = []
    reach = -1
    for candidate in order:  # sorted by start, longest first: contained ones end within what was seen
        if candidate.end > reach:
            outer.append(candidate)
            reach = candidate.end
    kept: list[Candidate] = []
    for candidate in sorted(outer, key=lambda c: (-c.rank, c.start - c.end, c.start)):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in kept):
            kept.append(candidate)
    inner = [c for c in order if all(c.end <= o.start or c.start >= o.end for o in kept)]
    for candidate in inner:  # what a losing name had covered
        if all(candidate.end <= other.start or candidate.start >= other.end for other in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)
