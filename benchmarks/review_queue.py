"""What reviewing teaches the queue: errors among its first records before and after decisions, against chance.

usage: review_queue.py GOLD_DIR ... [--decisions 300] [--first 50] [--by queue|chance] [--seed 0]

The annotated texts are processed and loaded into a review. A simulated reviewer, who knows the annotations, decides
records that these judge: what is wholly right is accepted, the rest rejected; by default in the order of the queue.
Then the confidence is fitted on these decisions, as `gongbao train` does, the texts are processed again with it, and
the first records of the queue that are still undecided are looked at. Only records that the annotations judge count.
"""

import argparse
import random
import tempfile
from pathlib import Path

from pipeline.confidence import Models, rescore
from pipeline.document import Document
from pipeline.evaluation import judge
from pipeline.inputs import find_inputs
from pipeline.reading import read_document
from pipeline.review.database import Database, open_database
from pipeline.review.deciding import Decision, decide_all
from pipeline.review.items import Item
from pipeline.review.loading import load
from pipeline.review.queue import Filters, find
from pipeline.stages import process, select
from pipeline.training import learn
from pipeline.versions import models_in_use
from pipeline.writing import RECORD_KINDS

Key = tuple[str, str, str]


def read_texts(folders: list[Path]) -> tuple[list[Document], dict[Key, bool]]:
    """Return the texts, processed, and which of their records that the annotations judge are right."""
    docs, right = [], {}
    inputs, wrong = find_inputs(folders)
    if wrong:
        raise wrong[0]
    for source in inputs:
        doc = process(read_document(Path(source.path), source.doc_id), select(RECORD_KINDS))
        docs.append(doc)
        for kind in RECORD_KINDS:
            annotations = Path(source.path).with_suffix(f".{kind}.gold.jsonl")
            if annotations.is_file():
                for record, is_right in judge(kind, annotations, doc):
                    right[doc.doc_id, kind, record.id] = is_right
    return docs, right


def queue(database: Database, right: dict[Key, bool]) -> list[tuple[Item, bool]]:
    """Return the undecided records that are judged, the most doubtful first, and whether each is right."""
    found = []
    for item in find(database, Filters(state="todo")):
        key = (item.doc_id, item.kind, item.record_id or "")
        if key in right:
            found.append((item, right[key]))
    return found


def tell(when: str, waiting: list[tuple[Item, bool]], first: int) -> None:
    """Print how many errors the first records hold, and how many as many at random would."""
    errors = sum(not is_right for _, is_right in waiting)
    top = sum(not is_right for _, is_right in waiting[:first])
    chance = first * errors / len(waiting)
    print(
        f"{when}: {len(waiting)} undecided, {errors} wrong; of the first {first} {top} wrong, of {first} at random "
        f"{chance:.1f}: {top / chance if chance else 0:.1f} times"
    )


def main() -> None:
    """Run the simulation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--decisions", type=int, default=300)
    parser.add_argument("--first", type=int, default=50)
    parser.add_argument("--by", choices=("queue", "chance"), default="queue")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    docs, right = read_texts(given.gold)
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder, "review.sqlite3"))
        database = open_database(where)
        load(database, docs, "before")
        waiting = queue(database, right)
        tell("before", waiting, given.first)
        if given.by == "chance":
            random.Random(given.seed).shuffle(waiting)
        decided = waiting[: given.decisions]
        decide_all(
            database,
            (("simulated", Decision(action="accept" if ok else "reject", item_id=item.id)) for item, ok in decided),
        )
        print(f"decided by {given.by}: {len(decided)}, {sum(not ok for _, ok in decided)} wrong")
        tell("decided, not learnt", queue(database, right), given.first)
        for line in learn([], where, Path(folder, "models"), None).lines:
            print(f"  {line}")
        models: Models | None = models_in_use(Path(folder, "models"))
        if models is not None:
            load(database, [rescore(doc, models) for doc in docs], "after")
            tell("learnt", queue(database, right), given.first)
        database.close()


if __name__ == "__main__":
    main()
