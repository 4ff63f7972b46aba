"""Characters per second of the quantities stage, beside recognizers-text-suite where that is installed.

usage: quantities.py PATH ...        (text files; one core, best of three passes)

The two do not do the same: ours gives unit, comparator, range and role as well; theirs runs its number model alone.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.alignment import align
from pipeline.document import Document
from pipeline.quantities import Quantities


def best(run: Callable[[], object], passes: int = 3) -> float:
    """Return the fewest seconds of processor time that `run` took."""
    seconds = []
    for _ in range(passes):
        begun = time.process_time()
        run()
        seconds.append(time.process_time() - begun)
    return min(seconds)


def main() -> None:
    """Measure over the texts that the command line names."""
    documents = []
    for path in sys.argv[1:]:
        doc = Document(Path(path).read_text("utf-8"))
        doc.view, doc.view_starts = align(doc.text)
        documents.append(doc)
    characters = sum(len(doc.view) for doc in documents)
    stage = Quantities()
    ours = best(lambda: [stage.find(doc) for doc in documents])
    print(f"{'gongbao':24}{characters / ours:>14,.0f} characters/s over {characters:,}")
    try:
        from recognizers_suite import Culture, recognize_number
    except ImportError:
        print("recognizers-text-suite is not installed")
        return
    few = documents[:2]
    theirs = best(lambda: [recognize_number(doc.text, Culture.Chinese) for doc in few], passes=1)
    characters = sum(len(doc.view) for doc in few)
    print(f"{'recognizers-text-suite':24}{characters / theirs:>14,.0f} characters/s over {characters:,}")


if __name__ == "__main__":
    main()
