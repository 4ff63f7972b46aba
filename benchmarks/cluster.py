"""What a cluster needs for many documents, reckoned from what one core does here with the texts that are given.

usage: cluster.py [--documents N] [--characters N] [--hours N] [--tasks N] TEXT_OR_FOLDER ...

Measured on the texts as they are, and on short documents cut out of them (so many characters): characters a second of
processor time, reading and packing included; bytes of each table for a character, in both formats; the memory of the
process. Dask's own cost is the time of tasks that do nothing but carry a job of usual size, on two workers here. The
plan is for so many documents of so many characters.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path

import msgspec

from benchmarks.scale import cut
from pipeline.cluster.client import STAGES, job_of
from pipeline.cluster.inputs import find_shards
from pipeline.cluster.work import Marker, deliver
from pipeline.inputs import find_inputs
from pipeline.reading import read_text
from pipeline.recipe import Recipe
from pipeline.settings import Settings, ShardFormat

ROOT = Path(__file__).resolve().parent.parent
SHARD = 1000  # short documents of a shard
SLACK = 1.3  # what a cluster idles, loses and repeats


def main() -> None:
    """Measure, print, and plan."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--documents", default=100_000_000, type=int)
    parser.add_argument("--characters", default=1500, type=int)
    parser.add_argument("--hours", default=24.0, type=float)
    parser.add_argument("--tasks", default=2000, type=int)
    parser.add_argument("--one", nargs=3, metavar=("SHARD", "FORMAT", "OUT"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        one(*arguments.one)
        return
    texts = [read_text(Path(item.path)) for item in find_inputs(arguments.paths)[0]]
    pieces = [piece for text in texts for piece in cut(text, arguments.characters)]
    short = [piece for piece, _ in zip(cycle(pieces), range(SHARD), strict=False)]
    print("documents of          shard  characters  characters/s  memory MB  bytes a character: in  parquet  jsonl")
    rate, stored = 0.0, 0.0
    for name, bodies in (("the texts", texts), (f"{arguments.characters} characters", short)):
        with tempfile.TemporaryDirectory() as folder:
            measured = [measure(bodies, form, Path(folder)) for form in ("parquet", "jsonl")]
        sizes = [sum(found["bytes"].values()) / found["characters"] for found in measured]
        rate, stored = measured[0]["characters"] / measured[0]["seconds"], sizes[0]
        print(
            f"{name:20} {len(bodies):6,} {measured[0]['characters']:11,} {rate:13,.0f} {measured[0]['memory']:10,.0f} "
            f"{measured[0]['given']:22.2f} {sizes[0]:8.2f} {sizes[1]:6.2f}"
        )
        tables = {table: size / measured[0]["characters"] for table, size in measured[0]["bytes"].items()}
        print("  parquet by table: " + ", ".join(f"{table} {size:.3f}" for table, size in tables.items()))
    packed = job_size(short)
    overhead = dask_overhead(arguments.tasks, packed)
    print(f"Dask: {overhead * 1000:.1f} ms for each of {arguments.tasks:,} tasks that carry {packed:,} bytes")
    plan(arguments.documents, arguments.characters, arguments.hours, rate, stored, overhead)


def measure(bodies: Sequence[str], form: str, folder: Path) -> dict[str, float]:
    """Return what a process of its own needs to make the tables of one shard of `bodies`."""
    shard = folder / "shard.jsonl"
    rows = ({"doc_id": f"d{number}", "text": body, "date": "2020-01-01"} for number, body in enumerate(bodies))
    shard.write_bytes(msgspec.json.Encoder().encode_lines(rows))
    command = [sys.executable, "-m", "benchmarks.cluster", ".", "--one", str(shard), form, str(folder / form)]
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found: dict[str, float] = json.loads(done.stdout)
    return found | {"given": shard.stat().st_size / found["characters"]}


def one(shard: str, form: str, out: str) -> None:
    """Do one shard as a worker does, after a small one that loads all that is loaded once; print what it took."""
    warm = Path(out).parent / "warm.jsonl"
    warm.write_text('{"id": "a", "text": "全市地区生产总值增长6.1%，坚持“一核两翼”布局，市文旅局牵头。"}', "utf-8")
    deliver(packed_job(str(warm), form, out))
    packed = packed_job(shard, form, out)
    began = time.process_time()
    marker = msgspec.json.decode(deliver(packed), type=Marker)
    found = {
        "seconds": time.process_time() - began,
        "characters": marker.counts["characters"],
        "bytes": marker.bytes,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(found))


def packed_job(shard: str, form: ShardFormat, out: str) -> bytes:
    """Return the job that the file `shard` is."""
    settings = Settings(out=out, only=STAGES, shard_format=form)
    ((found,), _) = find_shards([shard], SHARD)
    return msgspec.msgpack.encode(job_of(found, Recipe.of(settings), settings, out))


def job_size(bodies: Sequence[str]) -> int:
    """Return the bytes of the job of a shard of single texts: the largest that there are."""
    with tempfile.TemporaryDirectory() as folder:
        for number, body in enumerate(bodies):
            Path(folder, f"{number:07}.txt").write_text(body, "utf-8")
        settings = Settings(only=STAGES)
        shards, _ = find_shards([folder], SHARD)
        jobs = [msgspec.msgpack.encode(job_of(shard, Recipe.of(settings), settings, "out")) for shard in shards]
        return max(map(len, jobs))


def nothing(packed: bytes) -> bytes:
    """Do what a task does without work."""
    return packed[:100]


def dask_overhead(tasks: int, size: int) -> float:
    """Return the seconds that a task costs a scheduler with two workers in processes of their own."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        client.gather([client.submit(nothing, os.urandom(size), pure=False) for _ in range(20)])
        waiting, began = 0, time.perf_counter()
        while waiting < tasks:
            some = min(64, tasks - waiting)
            client.gather([client.submit(nothing, os.urandom(size), pure=False) for _ in range(some)])
            waiting += some
        return (time.perf_counter() - began) / tasks


def plan(documents: int, characters: int, hours: float, rate: float, stored: float, overhead: float) -> None:
    """Print what so many documents need."""
    volume = documents * characters
    core_hours = volume / rate / 3600 * SLACK
    shards = documents / SHARD
    print(f"\n{documents:,} documents of {characters:,} characters: {volume:,} characters in {shards:,.0f} shards")
    print(
        f"core hours: {core_hours:,.0f}, {SLACK - 1:.0%} for what is lost and idle among them; "
        f"in {hours:g} hours {core_hours / hours:,.0f} cores"
    )
    print(f"output: {volume * stored / 1e9:,.0f} GB of Parquet, {volume * stored / shards / 1e6:,.1f} MB a shard")
    print(f"a shard takes a core {SHARD * characters / rate:.0f} s; if lost, so much is done again")
    busy = shards * overhead
    print(
        f"the scheduler's part: {busy / 60:,.1f} minutes; "
        f"it can keep {SHARD * characters / rate / overhead:,.0f} cores busy"
    )


if __name__ == "__main__":
    main()
