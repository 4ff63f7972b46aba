"""Whether the checkout has become slower than a revision of its history, measured in one run on one machine.

usage: python -m benchmarks.regression [REVISION] [--clock] [--rounds N] [--allowed SHARE] [TEXT_OR_FOLDER ...]

Counts the processor's instructions with valgrind, which do not depend on what else the machine does, of `gongbao
--help`, of loading, and of the texts (the corpus, if none are named). With `--clock`, or where there is no valgrind,
the seconds of the processor of each stage are taken, of both in turn, the least of `--rounds`. REVISION is HEAD, if not
given: what has been changed since. Exits with 1 where anything needs more than `--allowed` (0.2: a fifth) more.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGES = Path(__file__).with_name("stages.py")
#: Of the rate of a stage that takes next to nothing, nothing can be said.
LEAST_SECONDS = 0.005
_LOAD = "from pipeline.document import Document; from pipeline.stages import process; process(Document({warm!r}))"
_TEXTS = (
    "from pathlib import Path; from pipeline.reading import read_document\n"
    "for path in {paths!r}: process(read_document(Path(path), 'text'))"
)
_WARM = "2023年，全市地区生产总值增长6.1%，“三大产业”：煤炭、电力、文旅，大同中关村科技园建成。\n"


def main() -> None:
    """Measure both and print a row for each measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("revision", nargs="?", default="HEAD")
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--clock", action="store_true", help="seconds of the processor by stage, not instructions")
    parser.add_argument("--rounds", default=5, type=int, help="how often each is timed")
    parser.add_argument("--allowed", default=0.2, type=float, help="how much more is no failure")
    arguments = parser.parse_args()
    paths = [path.resolve() for path in arguments.paths] or sorted((ROOT / "corpus").glob("*/*.txt"))
    counting = not arguments.clock and shutil.which("valgrind") is not None
    with tempfile.TemporaryDirectory() as folder:
        then = Path(folder)
        unpack(arguments.revision, then)
        if counting:
            before, now = instructions(then, paths), instructions(ROOT, paths)
        else:
            before, now = by_clock(then, paths, arguments.rounds)
    unit = "M instructions" if counting else "ms"
    print(f"{'':14}{arguments.revision:>16}{'checkout':>16}   ratio   ({unit})")
    slower = []
    for name, was in before.items():
        ratio = now[name] / was
        worse = ratio > 1 + arguments.allowed and (counting or now[name] > LEAST_SECONDS * 1000)
        slower += [name] * worse
        print(f"{name:14}{was:16,.1f}{now[name]:16,.1f}{ratio:8.3f}{'   slower' if worse else ''}")
    if slower:
        raise SystemExit(f"slower by more than {arguments.allowed:.0%} than {arguments.revision}: {', '.join(slower)}")


def unpack(revision: str, folder: Path) -> None:
    """Put the files of `revision` into `folder`."""
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", revision]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise SystemExit(f"{revision}: {done.stderr.decode().strip().splitlines()[-1]}")
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def instructions(checkout: Path, paths: Sequence[Path]) -> dict[str, float]:
    """Return millions of instructions: of `--help`, of loading, and of the texts with loading taken off."""
    load = _LOAD.format(warm=_WARM)
    texts = _TEXTS.format(paths=[str(path) for path in paths])
    idle = _counted(checkout, ["-c", "pass"])
    loading = _counted(checkout, ["-c", load])
    return {
        "--help": _counted(checkout, ["cli.py", "--help"]) - idle,
        "loading": loading - idle,
        "texts": _counted(checkout, ["-c", f"{load}\n{texts}"]) - loading,
    }


def _counted(checkout: Path, arguments: Sequence[str]) -> float:
    environment = os.environ | {"PYTHONPATH": str(checkout), "PYTHONHASHSEED": "0"}
    subprocess.run([sys.executable, *arguments], cwd=checkout, env=environment, check=True, capture_output=True)
    command = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", sys.executable]
    done = subprocess.run([*command, *arguments], cwd=checkout, env=environment, check=True, capture_output=True)
    (count,) = re.findall(r"I\s+refs:\s+([\d,]+)", done.stderr.decode())
    return int(count.replace(",", "")) / 1e6


def by_clock(then: Path, paths: Sequence[Path], rounds: int) -> tuple[dict[str, float], dict[str, float]]:
    """Return milliseconds of the processor of loading and of each stage that both have, of both in turn."""
    taken: dict[Path, list[Mapping[str, float]]] = {then: [], ROOT: []}
    for _ in range(rounds):
        for checkout in taken:
            taken[checkout].append(_timed(checkout, paths))
    before, now = (
        {name: min(one[name] for one in found) * 1000 for name in found[0]} for found in (taken[then], taken[ROOT])
    )
    return {name: value for name, value in before.items() if name in now}, now


def _timed(checkout: Path, paths: Sequence[Path]) -> dict[str, float]:
    environment = os.environ | {"PYTHONPATH": str(checkout), "PYTHONHASHSEED": "0"}
    command = [sys.executable, str(STAGES), "--passes", "3", *map(str, paths)]
    done = subprocess.run(command, cwd=checkout, env=environment, check=True, capture_output=True)
    found = json.loads(done.stdout)
    return {"loading": found["loading"], **found["seconds"], "all": sum(found["seconds"].values())}


if __name__ == "__main__":
    main()
