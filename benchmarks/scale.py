"""Memory, speed and speed-up of whole runs over many short documents, made of the texts that are given.

usage: scale.py [--documents N[,N...]] [--characters N] [--workers N[,N...]] [--out DIR] TEXT_OR_FOLDER ...

Every document is a piece of a text under a first line of its own, with a date of its own. Memory is the peak of the
resident size of the main process and of the largest worker (Linux). Processor time is that of all processes together:
on a machine that others use too, it says more than the clock.
"""

import argparse
import itertools
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from pipeline.inputs import find_inputs
from pipeline.reading import read_text

ROOT = Path(__file__).resolve().parent.parent
FIRST_DAY = date(2000, 1, 1)


def main() -> None:
    """Make the documents, run over them and print a row for each run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--documents", default="1000,20000", type=numbers)
    parser.add_argument("--characters", default=1500, type=int)
    parser.add_argument("--workers", default="1,2", type=numbers)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    print("documents workers characters  process s  characters/s  speed-up  all s  cpu s  main MB  worker MB  kept MB")
    with tempfile.TemporaryDirectory(dir=arguments.out) as folder:
        os.environ["GONGBAO_CACHE"] = f"{folder}/cache"
        make(Path(folder, "first"), arguments.paths, 100, arguments.characters)
        measure(Path(folder, "first"), Path(folder, "out"), 1)  # what it compiles is kept for those that are measured
        for count in arguments.documents:
            texts = Path(folder, f"texts-{count}")
            make(texts, arguments.paths, count, arguments.characters)
            alone = None
            for workers in arguments.workers:
                out = Path(folder, f"out-{count}-{workers}")
                row = measure(texts, out, workers)
                alone = alone or row["process"]
                print(
                    f"{count:9,} {workers:7} {row['characters']:10,} {row['process']:10.1f} "
                    f"{row['characters'] / row['process']:13,.0f} {alone / row['process']:9.2f} {row['elapsed']:6.1f} "
                    f"{row['cpu']:6.1f} {row['main']:8.0f} {row['worker']:10.0f} {row['kept']:8.0f}",
                    flush=True,
                )


def numbers(said: str) -> list[int]:
    """Return the numbers in `said`, parted by commas."""
    return [int(number) for number in said.split(",")]


def make(folder: Path, paths: Iterable[Path], count: int, characters: int) -> None:
    """Write `count` documents of about as many `characters` to `folder`."""
    inputs, errors = find_inputs(paths)
    if errors:
        sys.exit("\n".join(map(str, errors)))
    pieces = [piece for item in inputs for piece in cut(read_text(Path(item.path)), characters)]
    for number, piece in zip(range(count), itertools.cycle(pieces)):
        name = folder / f"{number // 1000:04}" / f"{number:07}"
        name.parent.mkdir(parents=True, exist_ok=True)
        day = FIRST_DAY + timedelta(days=number % 9000)
        name.with_suffix(".txt").write_text(f"第{number}号文件\n{piece}", "utf-8")
        name.with_suffix(".meta.json").write_text(f'{{"date": "{day}"}}', "utf-8")


def cut(text: str, characters: int) -> Iterator[str]:
    """Yield pieces of `text` of so many characters or the line that goes beyond them."""
    piece = ""
    for line in text.splitlines(keepends=True):
        piece += line
        if len(piece) >= characters:
            yield piece
            piece = ""


def measure(texts: Path, out: Path, workers: int) -> dict[str, float]:
    """Run over `texts` and return what it took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "cli", "run", "--quiet", "--workers", str(workers), "--out", str(out), str(texts)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
    peaks: Counter[int] = Counter()
    while process.poll() is None:
        for number in family(process.pid):
            peaks[number] = max(peaks[number], peak(number))
        time.sleep(0.2)
    if process.returncode:
        sys.exit(process.returncode)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    manifest = json.loads((out / "run.json").read_bytes())
    workers_peaks = [size for number, size in peaks.items() if number != process.pid]
    return {
        "characters": manifest["counts"]["characters"],
        "process": manifest["seconds"]["process"],
        "elapsed": manifest["seconds"]["elapsed"],
        "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "main": peaks[process.pid] / 1024,
        "worker": max(workers_peaks, default=0) / 1024,
        "kept": (out / ".results.sqlite3").stat().st_size / 1e6,
    }


def family(process: int) -> Iterator[int]:
    """Yield the number of a process and those of all below it."""
    yield process
    with suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from family(int(child))


def peak(process: int) -> int:
    """Return the largest resident size of a process so far, in kB; 0 if it is gone."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
