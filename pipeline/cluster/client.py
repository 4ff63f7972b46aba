"""The side of a run that hands out the work: which shards are missing, who does them, what is said at the end.

What is finished is read off the markers in the output, so it matters to nobody whether the scheduler, a worker or this
process dies. A worker that dies has its shard tried again, by the scheduler; a shard whose workers die again and again
is halved until the document that kills them is alone, and then processed without it. A last verdict is only given when
nothing else is under way: Dask blames all that waits at a worker for its death.
"""

import logging
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, replace
from queue import SimpleQueue
from time import perf_counter
from typing import TYPE_CHECKING
from uuid import uuid4

import msgspec

from pipeline.cluster import storage
from pipeline.cluster.inputs import Shard, find_shards
from pipeline.cluster.shards import KIND, MANIFEST, Manifest, Part, read_manifest
from pipeline.cluster.tables import NAMES, require_format
from pipeline.cluster.work import COUNTED, Job, Marker, count, deliver, files_of, marker_of
from pipeline.errors import DataError, GongbaoError, InputError
from pipeline.processing import Progress
from pipeline.recipe import Recipe, digest, versions
from pipeline.settings import Settings
from pipeline.writing import pretty

if TYPE_CHECKING:
    from distributed import Client, Future

#: What is found where no stage is named: the records; words are in none of the tables.
STAGES = ("claims", "slogans", "entities")
#: Most failures that a run names; the markers name all.
NAMED = 1000

_RETRIES = 3
_WAITING = 2  # jobs for each thread of the cluster that are handed out,
_LEAST = 16  # and how many at least: a cluster may grow by what waits
_WITHIN = "10s"  # a scheduler must answer
_CERTIFICATES = "DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__TLS__CLIENT__CERT"

log = logging.getLogger(__name__)


class Delivered(msgspec.Struct, frozen=True):
    """What a run on a cluster did; `unchanged` are the shards whose markers were there already."""

    counts: dict[str, int]
    failures: list[str]  #: NAMED at most
    failed: int
    shards: int
    unchanged: int
    seconds: float
    out: str


def run_on_cluster(
    places: Sequence[str],
    settings: Settings,
    address: str,
    progress: Progress = lambda done, total, what: None,
    *,
    fresh: bool = False,
) -> Delivered:
    """Process the documents at `places` on the Dask cluster at `address` and write shards of records to the output.

    What cannot be processed is listed and the rest is finished; shards that are there already are taken over unless
    all is to be done `fresh`. Raises InputError where no scheduler answers or it is lost on the way, where the
    output cannot be written, and for a cluster whose gongbao is another.
    """
    began = perf_counter()
    storage.require_fsspec()
    require_format(settings.shard_format)
    connect = _connecting(address)
    settings = settings if settings.only else replace(settings, only=STAGES)
    recipe = Recipe.of(settings)
    out = storage.full(settings.out)
    shards, errors = find_shards(places or [settings.corpus], settings.shard_documents)
    failures = {str(error): str(error) for error in errors}
    jobs = [job_of(shard, recipe, settings, out) for shard in shards]
    if not jobs:
        return Delivered({}, list(failures), len(failures), 0, 0, perf_counter() - began, "")
    there = {file.name for file in storage.below(out)}
    if (name := next((name for name in ("documents.jsonl", ".results.sqlite3") if name in there), None)) is not None:
        raise InputError(f"{out}: a run of one machine wrote its {name} here; give another folder with --out")
    kept = [] if fresh else [job for job in jobs if marker_of(job.name) in there]
    markers = _read_markers(out, kept)
    missing, unchanged = [job for job in jobs if job.name not in markers], len(markers)
    if missing:
        with closing(connect()) as client:
            if MANIFEST in there:
                storage.remove([f"{out}/{MANIFEST}"])  # until all is there again
            crew = _Crew(client)
            for done, (job, outcome) in enumerate(crew.work(missing), start=unchanged + 1):
                if isinstance(outcome, Marker):
                    markers[job.name] = outcome
                else:
                    failures[job.name] = outcome
                progress(done, len(jobs), job.shard.url)
    delivered = [job for job in jobs if job.name in markers]
    counts = {name: sum(markers[job.name].counts[name] for job in delivered) for name in COUNTED}
    said = [*failures.values(), *(line for job in delivered for line in markers[job.name].failures)]
    if delivered:
        _finish(out, delivered, markers, counts, said, settings, places, perf_counter() - began)
    seconds = perf_counter() - began
    return Delivered(counts, said[:NAMED], len(said), len(jobs), unchanged, seconds, out if delivered else "")


def _connecting(address: str) -> "Callable[[], Client]":
    """Return what connects to the scheduler at `address`."""
    try:
        import distributed
    except ImportError as error:
        raise InputError("--cluster needs Dask; install gongbao[cluster]") from error
    if not re.fullmatch(r"(tcp|tls)://[^/]+:\d+", address):
        raise InputError(f"{address}: not the address of a Dask scheduler; give --cluster tcp://HOST:PORT or tls://…")
    for name in ("distributed", "distributed.client"):  # what concerns a user is said by us
        logging.getLogger(name).setLevel(logging.CRITICAL)

    def connect() -> "Client":
        _require_certificates(address)
        try:
            client = distributed.Client(address, timeout=_WITHIN, set_as_default=False)
            workers = client.nthreads()
        except (OSError, ValueError, TypeError, RuntimeError) as error:
            said = " ".join(str(error).split())
            raise InputError(f"{address}: no Dask scheduler to be reached: {said}") from error
        if not workers:
            log.warning("%s: no workers yet; waiting for them", address)
        return client

    return connect


def _require_certificates(address: str) -> None:
    """Say what Dask's own client says too late: one that lacks certificates never comes to an end of closing."""
    from distributed.security import Security

    try:
        given = Security().get_connection_args("client")
    except OSError as error:
        said = " ".join(str(error).split())
        raise InputError(f"{address}: Dask's settings name certificates that cannot be read: {said}") from error
    if address.startswith("tls:") and given["ssl_context"] is None:
        raise InputError(f"{address}: no certificates; set {_CERTIFICATES} and …__KEY (docs/cluster.md)")
    if address.startswith("tcp:") and given["require_encryption"]:
        raise InputError(f"{address}: Dask's settings here require encryption; give --cluster tls://HOST:PORT")


def job_of(shard: Shard, recipe: Recipe, settings: Settings, out: str) -> Job:
    """Return the job that `shard` is; its name says all that its files depend on."""
    made_by = versions(("pyarrow",)) if settings.shard_format == "parquet" else {}
    parts = (recipe.digest, *(msgspec.msgpack.encode(part) for part in (shard, settings.shard_format, made_by)))
    return Job(
        recipe=recipe,
        versions=versions() | made_by,
        shard=shard,
        name=f"{shard.stem}-{digest(parts).hex()[:16]}",
        out=out,
        format=settings.shard_format,
    )


def _read_markers(out: str, jobs: Sequence[Job]) -> dict[str, Marker]:
    """Return the markers of `jobs` by name; one that cannot be understood is none."""
    files = {f"{out}/{marker_of(job.name)}": job.name for job in jobs}
    found = {}
    for url, data in storage.read_all(files).items():
        try:
            found[files[url]] = msgspec.json.decode(data, type=Marker)
        except msgspec.MsgspecError:
            log.warning("%s: damaged; its shard is processed anew", url)
    return found


def _finish(
    out: str,
    jobs: Sequence[Job],
    markers: dict[str, Marker],
    counts: dict[str, int],
    failures: list[str],
    settings: Settings,
    places: Sequence[str],
    seconds: float,
) -> None:
    """Remove what is of no shard of this run, or half of a file, and write the manifest last."""
    wanted = {path for job in jobs for path in (*files_of(job.name, job.format, NAMES).values(), marker_of(job.name))}
    there = {file.name for file in storage.below(out)}
    if lost := sorted(wanted - there):
        raise InputError(
            f"{out}/{lost[0]}: written by a worker but not there; the output must be a folder that all machines share"
        )
    storage.remove(f"{out}/{name}" for name in sorted(there - wanted) if name.partition("/")[0] in (*NAMES, "done"))
    storage.tidy(out)
    manifest = Manifest(
        kind=KIND,
        versions=jobs[0].versions,
        settings={name: value for name, value in asdict(settings).items() if name in SAID},
        inputs=list(places),
        format=settings.shard_format,
        counts=counts,
        shards=[Part(job.name, job.shard.url, markers[job.name].counts["documents"]) for job in jobs],
        failures=failures[:NAMED],
        failed=len(failures),
        seconds=round(seconds, 3),
    )
    if MANIFEST in there and msgspec.structs.replace(read_manifest(out), seconds=manifest.seconds) == manifest:
        return  # what stands there says the same
    storage.write(f"{out}/{MANIFEST}", pretty(manifest))


#: The settings that a run on a cluster depends on.
SAID = ("only", "ner", "models", "extensions", "shard_documents", "shard_format")

Function = Callable[[bytes], bytes]
Handled = Iterator[tuple[Job, Marker | str]]


class _Suspect(msgspec.Struct):
    """A shard whose workers died: how many of its parts are still being tried, and which documents did it."""

    open: int = 0
    killers: list[int] = msgspec.field(default_factory=list)


class _Crew:
    """The workers of a cluster, as those who do jobs."""

    def __init__(self, client: "Client") -> None:
        self._client = client
        self._waiting: Iterator[Job] = iter(())
        self._parts: deque[Job] = deque()  # of shards that were halved, and those shards again
        self._alone: deque[tuple[Job, Function]] = deque()  # done when nothing else is under way
        self._under_way: dict[Future, tuple[Job, Function, bool]] = {}
        self._finished: SimpleQueue[Future] = SimpleQueue()
        self._suspects: dict[str, _Suspect] = {}

    def work(self, jobs: Iterable[Job]) -> Handled:
        """Yield each of `jobs` with its marker, or why there is none, as they are finished."""
        from distributed.client import ClosedClientError

        self._waiting = iter(jobs)
        while True:
            try:
                self._hand_out()
            except (OSError, ClosedClientError) as error:  # the connection to the scheduler
                raise self._gone() from error
            if not self._under_way:
                return
            future = self._finished.get()
            job, function, is_alone = self._under_way.pop(future)
            yield from self._handled(job, function, future, is_alone)

    def _hand_out(self) -> None:
        """Give the workers as much as they can do next; what is to be done alone when there is nothing else."""
        most = max(_WAITING * sum(self._client.nthreads().values()), _LEAST)
        while len(self._under_way) < most:
            job = self._parts.popleft() if self._parts else next(self._waiting, None)
            if job is None:
                break
            self._submit(job, deliver)
        if not self._under_way and self._alone:
            self._submit(*self._alone.popleft(), alone=True)

    def _submit(self, job: Job, function: Function, *, alone: bool = False) -> None:
        packed = msgspec.msgpack.encode(job)
        key = f"gongbao-{uuid4().hex}"
        future = self._client.submit(function, packed, key=key, retries=_RETRIES, pure=False)
        self._under_way[future] = (job, function, alone)
        future.add_done_callback(self._finished.put)

    def _gone(self) -> InputError:
        return InputError("the scheduler of the cluster is gone; run again, what is finished is kept")

    def _handled(self, job: Job, function: Function, future: "Future", is_alone: bool) -> Handled:
        from distributed.scheduler import KilledWorker

        if future.status == "cancelled":
            raise self._gone()
        if (job.probed is not None or function is count) and job.name not in self._suspects:
            return  # given up meanwhile
        error = future.exception()
        if isinstance(error, KilledWorker):
            yield from self._died(job, function, is_alone)
        elif error is not None:
            yield from self._failed(job, error)
        elif function is count:
            self._halve(job, 0, msgspec.msgpack.decode(future.result(), type=int))
        elif job.probed is not None:
            self._tried(job)
        else:
            self._suspects.pop(job.name, None)
            yield job, msgspec.json.decode(future.result(), type=Marker)

    def _failed(self, job: Job, error: BaseException) -> Handled:
        if isinstance(error, DataError):
            raise error
        if isinstance(error, ImportError | msgspec.MsgspecError | AttributeError):
            raise InputError(
                f"a worker has no gongbao, or another version: {error}; install {versions()['gongbao']} there"
            ) from error
        known = str(error) if isinstance(error, GongbaoError) else f"{job.shard.url}: {type(error).__name__}: {error}"
        self._suspects.pop(job.name, None)
        self._parts = deque(part for part in self._parts if part.name != job.name)
        self._alone = deque((part, function) for part, function in self._alone if part.name != job.name)
        yield job, known

    def _died(self, job: Job, function: Function, is_alone: bool) -> Handled:
        """Make of a job whose workers died what is to be tried next."""
        if job.name not in self._suspects:
            self._suspects[job.name] = _Suspect()
            self._submit(job, count)
        elif job.probed is not None and job.probed[1] - job.probed[0] > 1:
            self._halve(job, *job.probed)
            self._tried(job)
        elif not is_alone:
            self._alone.append((job, function))
        elif job.probed is not None:
            self._suspects[job.name].killers.append(job.probed[0])
            self._tried(job)
        else:
            del self._suspects[job.name]
            what = "whoever opened it" if function is count else "who processed it, though not who did so in parts,"
            yield job, f"{job.shard.url}: {what} died: killed, or out of memory; make it smaller"

    def _halve(self, job: Job, first: int, end: int) -> None:
        """Try the two halves of the documents at these places, by themselves."""
        middle = (first + end) // 2
        halves = [(first, middle), (middle, end)] if end - first > 1 else [(first, end)]
        self._parts.extend(msgspec.structs.replace(job, probed=half) for half in halves)
        self._suspects[job.name].open += len(halves)

    def _tried(self, job: Job) -> None:
        """Take note that a part of a shard was tried; when all were, do the shard without what kills its workers."""
        suspect = self._suspects[job.name]
        suspect.open -= 1
        if not suspect.open:
            killers = tuple(sorted(suspect.killers))
            self._parts.append(msgspec.structs.replace(job, probed=None, killers=killers))
