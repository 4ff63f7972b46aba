"""Characters per second of the quantities stage, beside recognizers-text-suite and jionlp where they are installed.

usage: quantities.py PATH ...        (text files; one core)

They do not do the same: ours gives unit, comparator, range and role as well; the first runs its number model alone,
the second finds amounts of money alone. Each is timed over the same texts, as many as reach SAMPLE characters.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from pipeline.alignment import align
from pipeline.document import Document
from pipeline.quantities import Quantities

SAMPLE = 60_000


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
    few: list[Document] = []
    while len(few) < len(documents) and sum(len(doc.text) for doc in few) < SAMPLE:
        few.append(documents[len(few)])
    characters = sum(len(doc.view) for doc in few)
    ours = best(lambda: [stage.find(doc) for doc in few])
    for name, find in (("recognizers-text-suite", recognizers()), ("jionlp", jionlp())):
        if find is None:
            print(f"{name} is not installed")
            continue
        theirs = best(lambda find=find: [find(doc.text) for doc in few], passes=1)
        ratio = theirs / ours
        print(f"{name:24}{characters / theirs:>14,.0f} characters/s over {characters:,} (ours × {ratio:.1f})")


def recognizers() -> Callable[[str], object] | None:
    """Return the number recogniser of recognizers-text-suite, if it is installed."""
    try:
        from recognizers_suite import Culture, recognize_number
    except ImportError:
        return None
    return lambda text: recognize_number(text, Culture.Chinese)


def jionlp() -> Callable[[str], object] | None:
    """Return the extractor of amounts of money of jionlp, if it is installed."""
    try:
        from jionlp import ner
    except ImportError:
        return None
    extract: Callable[[str], object] = ner.extract_money
    return extract


if __name__ == "__main__":
    main()
