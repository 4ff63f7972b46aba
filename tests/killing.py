"""Runs that are killed at random moments and then go on: what they leave, and what they give in the end.

usage: python -m tests.killing [TIMES [SEED [WORKERS]]]
"""

import hashlib
import json
import os
import random
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

from pipeline.inputs import Input
from pipeline.processing import Result, process_input
from pipeline.recipe import Recipe
from pipeline.results import FILE
from pipeline.run import run
from pipeline.settings import Settings

# Without figures, so that no chart is drawn: that would take far longer than all the rest.
TEXT = "我们要抓好“四大赛道”：科技、能源、农业、文旅。\n市人民政府印发《城市更新行动方案》，继续打好“三大会战”。\n"


def main() -> None:
    """Kill runs as often as the command line says; print how many were under way, and exit with 1 where one differs."""
    times, seed, workers = (int(value) for value in (*sys.argv[1:], *("20", "1", "1")[len(sys.argv) - 1 :]))
    moments = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        texts = Path(folder, "texts")
        texts.mkdir()
        for number in range(8):
            (texts / f"{number}.txt").write_text(f"第{number}篇\n" + TEXT * (5 + number), "utf-8")
        (texts / "8.txt").write_text("打好治水、修路、兴学“三大会战”。\n", "utf-8")

        def settings(out: str) -> Settings:
            return Settings(out=str(Path(folder, out)), workers=workers)

        # What takes time at first is done once, before the processes part.
        assert isinstance(process_input(Input(str(texts / "8.txt"), "8"), Recipe.of(settings("out"))), Result)
        wait_for(start(lambda: run([texts], settings("whole"))))
        began = time.perf_counter()
        wait_for(start(lambda: run([texts], settings("again"))))
        seconds = time.perf_counter() - began
        whole = digests(Path(folder, "whole"))
        assert whole == digests(Path(folder, "again"))
        killed = 0
        for number in range(times):
            out = Path(folder, f"killed-{number}")
            process = start(lambda out=out: run([texts], settings(out.name)))
            time.sleep(moments.uniform(0, seconds))
            os.kill(process, signal.SIGKILL)
            killed += os.WIFSIGNALED(os.waitpid(process, 0)[1])
            left = digests(out)
            assert left.items() <= whole.items(), f"{out}: files that are not those of a whole run: {left}"
            wait_for(start(lambda out=out: run([texts], settings(out.name))))
            assert digests(out) == whole, f"{out}: not what a whole run gives"
            hidden = [path.name for path in out.iterdir() if path.name.startswith(".")]
            assert hidden == [FILE], f"{out}: left behind: {hidden}"
        print(f"{killed} of {times} runs were killed under way; all went on to the same bytes")


def start(function: Callable[[], object]) -> int:
    """Call `function` in a process of its own and return its number."""
    process = os.fork()
    if process:
        return process
    code = 1
    try:
        function()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def wait_for(process: int) -> None:
    """Wait for the end of a process that must go well."""
    assert os.waitpid(process, 0)[1] == 0


def digests(folder: Path) -> dict[str, str]:
    """Return a hash of each file in `folder` that is to be the same."""
    return {path.name: hashlib.sha256(lasting(path)).hexdigest() for path in folder.glob("[!.]*")}


def lasting(path: Path) -> bytes:
    """Return what is in the file at `path` but for what a run may take: its time and its place."""
    if path.name != "run.json":
        return path.read_bytes()
    manifest = json.loads(path.read_bytes())
    del manifest["seconds"], manifest["settings"]["out"]
    return json.dumps(manifest).encode()


if __name__ == "__main__":
    main()
