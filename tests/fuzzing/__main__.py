"""Inputs without end for everything that reads what others have written, and what breaks.

usage: python -m tests.fuzzing [TARGET ...] [--seconds N] [--seed S] [--atheris] [--keep FOLDER]

For `--seconds` of CPU time each target is given inputs of its own kind (whole sentences in pieces, numerals, brackets,
control, invisible and astral characters, long runs, deep nesting; files that are nearly right), the same for the same
seed. Held to: nothing is raised but what users are told, in one line; offsets slice back to their quotes; twice the
same input gives twice the same; ten seconds suffice, and 256 MB more than before; twice the length takes at most three
times the time. What breaks is printed once for each place, with its smallest input in hexadecimal, and kept in
`--keep`; exit code 1.

With `--atheris` (pip install atheris) inputs are found by the branches that they reach.
"""

import argparse
import logging
import os
import random
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzzing.targets import Target

_LIMIT = 10  # seconds for one input
_MEMORY = 3 * 1024**3
_GROWTH = 256 * 1024  # KB that one input may add to what the process has taken
_LONG = 0.15  # seconds from which the time of an input is compared with that of twice as much
_RATIO = 3.0


class TooLong(BaseException):
    """An input took longer than it may."""


class Broken:
    """What broke: by place, how often, and the smallest input."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.found: dict[str, tuple[int, bytes, str]] = {}

    def add(self, place: str, data: bytes, detail: str) -> None:
        """Count one more."""
        count, smallest, kept = self.found.get(place, (0, data, detail))
        if len(data) < len(smallest):
            smallest, kept = data, detail
        self.found[place] = (count + 1, smallest, kept)


def main() -> None:
    """Fuzz what the command line says."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing")
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--atheris", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    logging.disable(logging.ERROR)
    resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
    signal.signal(signal.SIGPROF, too_long)
    failed = False
    with tempfile.TemporaryDirectory() as folder, _instrumented() if given.atheris else nullcontext():
        from tests.fuzzing.targets import targets  # here, so that all that it imports can be instrumented

        known = targets(Path(folder))
        for name in given.targets or known:
            if name not in known:
                parser.error(f"no target is called {name!r}; there are: {', '.join(known)}")
            broken = Broken(name)
            began, inputs = time.process_time(), 0
            if given.atheris:
                _with_atheris(known[name](), given.seconds, given.seed, broken)  # does not come back
            target = known[name]()
            end = time.process_time() + given.seconds
            for data in inputs_of(target, random.Random(given.seed)):
                try_input(target, data, broken)
                inputs += 1
                if time.process_time() > end:
                    break
            print(f"{name}: {inputs} inputs, {time.process_time() - began:.0f} s of CPU, {len(broken.found)} broken")
            _tell(broken, given.keep)
            failed |= bool(broken.found)
    sys.exit(failed)


def inputs_of(target: "Target", rng: random.Random) -> Iterator[bytes]:
    """Yield the seeds and what becomes of them, without end."""
    from tests.fuzzing.mutation import choose

    yield from target.seeds
    pool = list(target.seeds)
    while True:
        data = choose(rng, pool)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            data = target.mutate(rng, data)
        yield data
        if len(pool) < 200 and rng.random() < 0.05 and len(data) < 50_000:
            pool.append(data)
        elif rng.random() < 0.02:
            at = rng.randrange(len(pool))
            pool[at] = target.seeds[at] if at < len(target.seeds) else data[:50_000]


def try_input(target: "Target", data: bytes, broken: Broken) -> None:
    """Give `data` to `target` and note what breaks."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with _limited():
            began = time.process_time()
            first = target.check(data)
            seconds = time.process_time() - began
            if len(data) % 8 == 0:
                assert target.check(data) == first, "not the same twice"
        grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
        if grown > _GROWTH:
            broken.add(f"memory grew by {grown // 1024} MB", data, "")
        if target.scales and seconds > _LONG:
            _compare(target, data, broken)
    except TooLong:
        broken.add(f"longer than {_LIMIT} s", data, traceback.format_exc(limit=-6))
    except Exception as error:
        broken.add(_place(error), data, traceback.format_exc(limit=-4))


def _compare(target: "Target", data: bytes, broken: Broken) -> None:
    """Note where twice the input takes more than three times the time, thrice measured."""
    try:
        with _limited():
            if all(_seconds(target, data + data) > _RATIO * _seconds(target, data) for _ in range(3)):
                broken.add("time grows faster than the input", data, f"{_seconds(target, data):.2f} s")
    except TooLong:
        broken.add("time grows faster than the input", data, traceback.format_exc(limit=-6))


def _seconds(target: "Target", data: bytes) -> float:
    began = time.process_time()
    target.check(data)
    return time.process_time() - began


def _place(error: Exception) -> str:
    """Return the kind of `error`, and the last place in the project that it came through."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    last = frames[-1]
    return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} ({last.name})"


@contextmanager
def _limited() -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, _LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def too_long(number: int, frame: FrameType | None) -> None:
    raise TooLong


def _tell(broken: Broken, keep: Path | None) -> None:
    for number, (place, (count, data, detail)) in enumerate(sorted(broken.found.items())):
        print(f"  {place}: {count} times; {len(data)} bytes: {data[:200].hex()}", flush=True)
        print("    " + detail.strip().replace("\n", "\n    "), flush=True)
        if keep is not None:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{broken.target}-{number}").write_bytes(data)


def _instrumented() -> AbstractContextManager[object]:
    """Let the branches that gongbao takes be counted, of all that is imported in the block."""
    import atheris

    return atheris.instrument_imports(include=["pipeline"], enable_loader_override=False)  # type: ignore[no-any-return]


def _with_atheris(target: "Target", seconds: float, seed: int, broken: Broken) -> None:
    """Let libFuzzer find inputs; tell what broke and end the process when the time is over."""
    import atheris  # type: ignore[import-not-found]

    began, inputs = time.process_time(), 0

    def one(data: bytes) -> None:
        nonlocal inputs
        inputs += 1
        try_input(target, data, broken)
        if time.process_time() - began > seconds:
            print(f"{broken.target} (atheris): {inputs} inputs, {time.process_time():.0f} s of CPU", flush=True)
            _tell(broken, None)
            os._exit(bool(broken.found))

    def change(data: bytes, most: int, own: int) -> bytes:
        rng = random.Random(own)
        if rng.random() < 0.3:
            return bytes(atheris.Mutate(data, most))
        return target.mutate(rng, data)[:most]

    with tempfile.TemporaryDirectory() as folder:
        for number, content in enumerate(target.seeds):
            Path(folder, str(number)).write_bytes(content)
        arguments: Sequence[str] = (sys.argv[0], folder, f"-seed={seed}", "-max_len=20000", "-rss_limit_mb=0")
        atheris.Setup(list(arguments), one, custom_mutator=change)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
