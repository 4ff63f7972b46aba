"""Characters per second of the slogans stage alone, on one core.

usage: bench_slogans.py PATH ...        (UTF-8 texts)
"""

import sys
import time
from pathlib import Path

from pipeline.document import Document
from pipeline.slogans import Slogans, follow, source_of
from pipeline.stages import process, select


def main() -> None:
    """Find the slogans of the texts that the command line names, follow them, and print the rates."""
    before = select(only=["sentences"])
    docs = [process(Document(Path(path).read_text("utf-8"), doc_id=path), before) for path in sys.argv[1:]]
    stage = Slogans()
    list(stage.find(docs[0]))  # loads lexicon and list
    started = time.process_time()
    for doc in docs:
        doc.slogans = tuple(stage.find(doc))
    seconds = time.process_time() - started
    characters, found = sum(len(doc.text) for doc in docs), sum(len(doc.slogans) for doc in docs)
    print(f"find    {found:>8,} slogans in {characters:,} characters: {characters / seconds:>12,.0f} characters/s")
    started = time.process_time()
    trails = follow((source_of(doc), doc.slogans) for doc in docs)
    seconds = time.process_time() - started
    print(f"follow  {len(trails):>8,} trails: {found / max(seconds, 1e-9):>12,.0f} slogans/s")


if __name__ == "__main__":
    main()
