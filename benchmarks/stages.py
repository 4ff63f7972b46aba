"""Processor time of each stage, of loading, and the memory that both take, in the process that runs this.

usage: python -m benchmarks.stages [--ner none|lac] [--passes N] TEXT_OR_FOLDER ...        (prints JSON)
"""

import argparse
import json
import resource
import time
from collections.abc import Iterable
from pathlib import Path

from pipeline.document import Document
from pipeline.inputs import find_inputs
from pipeline.reading import read_document
from pipeline.stages import process, stages

WARM = "2023年，全市地区生产总值增长6.1%，“三大产业”：煤炭、电力、文旅，大同中关村科技园建成。\n"


def main() -> None:
    """Measure over the texts that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--ner", default="none", choices=("none", "lac"))
    parser.add_argument("--passes", default=3, type=int)
    arguments = parser.parse_args()
    began = time.process_time()
    process(Document(WARM), stages(arguments.ner))
    loading = time.process_time() - began
    texts = [read_document(path, path.stem) for path in text_files(arguments.paths)]
    seconds = {
        name: min(part[name] for part in (once(texts, arguments.ner) for _ in range(arguments.passes)))
        for name in (stage.name for stage in stages(arguments.ner))
    }
    print(
        json.dumps(
            {
                "characters": sum(len(doc.text) for doc in texts),
                "loading": loading,
                "seconds": seconds,
                "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def text_files(paths: Iterable[Path]) -> list[Path]:
    """Return the texts behind `paths`; exits with a message where one has none."""
    inputs, errors = find_inputs(paths)
    if errors:
        raise SystemExit("\n".join(map(str, errors)))
    return [Path(item.path) for item in inputs]


def once(texts: Iterable[Document], ner: str) -> dict[str, float]:
    """Return the processor seconds that each stage takes over fresh documents of `texts`."""
    seconds = {stage.name: 0.0 for stage in stages(ner)}
    for text in texts:
        doc = Document(text.text, doc_id=text.doc_id, given=text.given)
        for stage in stages(ner):
            began = time.process_time()
            process(doc, [stage])
            seconds[stage.name] += time.process_time() - began
    return seconds


if __name__ == "__main__":
    main()
