"""Long runs of all that texts are made of, at one length and at twice it: what takes more than three times as long.

usage: python -m tests.fuzzing.growth [PAIRS [SEED [LENGTH]]]
"""

import random
import sys
import time

from pipeline.document import Document
from pipeline.stages import process, stages
from tests.fuzzing.mutation import AWKWARD, SENTENCES
from tests.test_contract import FRAGMENTS, GIVEN

_PIECES = (*FRAGMENTS, *AWKWARD, *SENTENCES)
_SLOW = 0.1  # seconds below which nothing is said of a stage
_RATIO = 3


def main() -> None:
    """Repeat each piece, and so many pairs or triples; print what grows too fast, and exit with 1 where any does."""
    pairs, seed, length = (int(value) for value in (*sys.argv[1:], *("300", "1", "4000")[len(sys.argv) - 1 :]))
    rng = random.Random(seed)
    units = [(piece,) for piece in _PIECES]
    units += [tuple(rng.choice(_PIECES) for _ in range(rng.choice((2, 2, 3)))) for _ in range(pairs)]
    found: dict[str, list[str]] = {}
    for unit in units:
        piece = "".join(unit)
        for name, once, twice in too_fast(piece, length):
            found.setdefault(name, []).append(repr(piece))
            print(f"{name}: {once:.2f} s, {twice:.2f} s: {piece!r}", flush=True)
    print(f"{len(units)} runs of {length} and {2 * length} characters, {time.process_time():.0f} s of CPU")
    sys.exit(bool(found))


def too_fast(piece: str, length: int) -> list[tuple[str, float, float]]:
    """Return the stages that take more than three times as long for twice as much of `piece`, and their seconds."""
    runs = [piece * (length * times // len(piece)) for times in (1, 2)]
    found = []
    docs = [Document(f"全市工作\n{run}。", given=GIVEN) for run in runs]
    for stage in stages():
        once, twice = (_seconds(doc, stage) for doc in docs)
        if twice > _SLOW and twice > _RATIO * once and twice > _RATIO * (once := max(once, _seconds(docs[0], stage))):
            found.append((stage.name, once, twice))
    return found


def _seconds(doc: Document, stage: object) -> float:
    began = time.process_time()
    process(doc, (stage,))  # type: ignore[arg-type]
    return time.process_time() - began


if __name__ == "__main__":
    main()
