"""Seconds of wall clock that commands take, with many documents in the corpus; the least of several runs.

    python benchmarks/corpus.py [DOCUMENTS [CHARACTERS]]     (20,000 documents of 2,500 characters, if not given)

The documents are made of random words in a folder of their own, which is removed at the end. Each command is timed
with the bytecode that an installed program has, and without that of this program.
"""

import os
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.corpus.store import as_given, provenance_of
from pipeline.document import Metadata
from pipeline.writing import pretty

RUNS = 5
SENTENCE = "2024年，全市完成造林12.5万亩，同比增长6.3%，深入实施“一县一业”行动，市林业局获评先进单位。"
WORDS = re.findall(
    "..",
    "全市新增就业公里道路我们坚持优质发展推进改革开放民生生态文化粮食产量"
    "达到增长项目投资完成建设乡村振兴科技创新城市更新安全环境改善治理服务企业市场人才教育",
)


def text(number: int, characters: int) -> str:
    """Return the text of a report that is like no other but in its head."""
    rng = random.Random(number)
    sentences = [f"政府工作报告\n——2024年1月8日在第{number}次会议上\n各位代表：\n"]
    size = 0
    while size < characters:
        end = "。\n" if rng.random() < 0.2 else "。"
        sentences.append("".join(rng.choices(WORDS, k=12)) + str(rng.randrange(1000)) + end)
        size += len(sentences[-1])
    return "".join(sentences)


def fill(corpus: Path, documents: int, characters: int) -> None:
    """Write `documents` to the folder `corpus`, as `add` would."""
    for number in range(documents):
        name, wording = f"report-{number:06}", text(number, characters)
        metadata = Metadata(title=f"第{number}号报告", date="2024-01-08", region="山西省大同市", genre="政府工作报告")
        folder = corpus / name
        folder.mkdir(parents=True)
        (folder / f"{name}.txt").write_text(wording, "utf-8")
        (folder / f"{name}.meta.json").write_bytes(pretty(as_given(metadata)))
        provenance = provenance_of(wording.encode(), wording, f"{name}.txt")
        (folder / f"{name}.provenance.json").write_bytes(pretty(provenance))


def seconds(folder: Path, *command: str, compiled: bool = True) -> float:
    """Return how long the command takes, with the bytecode of an installed program or with that of libraries alone."""
    root = Path(__file__).parents[1]
    paths = os.pathsep.join(path for path in (str(root), os.environ.get("PYTHONPATH")) if path)
    bytecode = {"PYTHONPYCACHEPREFIX": str(folder / "bytecode")} if compiled else {"PYTHONDONTWRITEBYTECODE": "1"}
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "cli", *command],
        cwd=folder,
        env=inherited | bytecode | {"PYTHONPATH": paths},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def main(documents: int = 20_000, characters: int = 2_500) -> None:
    """Make the corpus and print a line for each command."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        fill(folder / "corpus", documents, characters)
        for number in range(2 * RUNS + 1):
            (folder / f"new{number}.txt").write_text(text(documents + number, characters), "utf-8")
        print(f"{documents:,} documents of {characters:,} characters; the least of {RUNS} runs")
        print(f"{'list, making the index':<24}{seconds(folder, 'list'):>8.2f} s", flush=True)
        print(f"{'':<24}{'compiled':>10}{'not compiled':>14}")
        new = (f"new{number}.txt" for number in range(2 * RUNS + 1))
        for label, command in (
            ("--help", lambda: ["--help"]),
            ("list", lambda: ["list"]),
            ("add", lambda: ["add", "--yes", next(new)]),
            ("info", lambda: ["info", "report-000000"]),
            ("show, a sentence", lambda: ["show", SENTENCE]),
            ("show, a document", lambda: ["show", "corpus/report-000000/report-000000.txt"]),
        ):
            seconds(folder, *command())  # which writes the bytecode
            with_bytecode = min(seconds(folder, *command()) for _ in range(RUNS))
            without = min(seconds(folder, *command(), compiled=False) for _ in range(RUNS))
            print(f"{label:<24}{with_bytecode:>8.2f} s{without:>12.2f} s", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
