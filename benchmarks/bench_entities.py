"""Characters a second and memory of the entity stage, with and without the statistical recogniser.

    python benchmarks/bench_entities.py [TEXT ...]     # default: the corpus, repeated to 300,000 characters

CPU time of one process, after loading; memory is the peak so far.
"""

import resource
import sys
import time
from pathlib import Path

from pipeline.alignment import Alignment
from pipeline.document import Document, Metadata
from pipeline.entities import Entities
from pipeline.sentences import Sentences

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
SIZE = 300_000


def read(path: Path) -> Document:
    """Return the document at `path` with its view and sentences."""
    doc = Document(path.read_text("utf-8"), doc_id=path.stem, given=Metadata(region="山西省大同市", date="2024-02-08"))
    doc.view = Alignment().find(doc)
    doc.sentences = tuple(Sentences().find(doc))
    return doc


def main() -> None:
    """Print one line for each setting."""
    paths = [Path(argument) for argument in sys.argv[1:]] or sorted(CORPUS.rglob("*.txt"))
    docs = [read(path) for path in paths]
    rounds = max(SIZE // sum(len(doc.text) for doc in docs), 1)
    for ner in ("none", "lac"):
        started = time.perf_counter()
        stage = Entities(ner=ner)
        found = sum(len(list(stage.find(doc))) for doc in docs)  # loads lexicons and model
        loaded = time.perf_counter() - started
        started = time.process_time()
        for _ in range(rounds):
            for doc in docs:
                list(stage.find(doc))
        seconds = time.process_time() - started
        speed = rounds * sum(len(doc.text) for doc in docs) / seconds
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"ner={ner:4} {speed:10,.0f} characters/s  load {loaded:.2f} s  peak {memory:.0f} MB  {found} found")


if __name__ == "__main__":
    main()
