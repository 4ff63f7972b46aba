"""What a worker does: the documents of a shard to the files of a shard. It gets bytes and returns bytes.

Everything that it needs comes with the job: a worker has gongbao, reaches the input and the output, and knows nothing
of a run.
"""

from threading import Lock

import msgspec

from pipeline.cluster import storage
from pipeline.cluster.inputs import Shard, open_shard
from pipeline.cluster.tables import NAMES, Tables
from pipeline.document import Document
from pipeline.errors import DataError
from pipeline.processing import Clock, Failure, extract
from pipeline.recipe import LIBRARIES, Recipe, rules, versions

#: Columns of a marker's counts, in this order.
COUNTED = ("documents", "characters", "sentences", "claims", "slogans", "entities")

_one = Lock()  # what the stages keep is a process's: threads of a worker take turns


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """A shard, and what is to be done with it."""

    recipe: Recipe
    versions: dict[str, str]  #: those that the recipe is of
    shard: Shard
    name: str  #: of its files, without their endings
    out: str
    format: str
    killers: tuple[int, ...] = ()  #: places of documents that are known to kill their worker
    probed: tuple[int, int] | None = None  #: process only the documents at these places, and write nothing


class Marker(msgspec.Struct, frozen=True):
    """What was made of a shard: the last that is written of it, and the proof that all of it is there."""

    url: str
    counts: dict[str, int]
    failures: list[str]
    bytes: dict[str, int]  #: of the files, by table


def files_of(name: str, form: str, tables: tuple[str, ...]) -> dict[str, str]:
    """Return the paths, in the output, of the files of the shard `name`, by table."""
    return {table: f"{table}/{name}.{form}" for table in tables}


def marker_of(name: str) -> str:
    """Return the path, in the output, of the marker of the shard `name`."""
    return f"done/{name}.json"


def deliver(packed: bytes) -> bytes:
    """Do the job that is `packed`: write the files of its shard, then its marker; return the marker, packed.

    Whoever does it, and however often, writes the same. Of a job that only probes nothing is written.
    Raises InputError for a file that is none of documents, StorageError, and DataError where this is not the gongbao
    that the job comes from.
    """
    job = msgspec.msgpack.decode(packed, type=Job)
    _require_the_same(job)
    tables = Tables(job.format)
    counts = dict.fromkeys(COUNTED, 0)
    failures = []
    for number, (place, opened) in enumerate(open_shard(job.shard, job.killers)):
        if job.probed is not None and not job.probed[0] <= number < job.probed[1]:
            continue
        if opened is None:
            failures.append(f"{place}: its worker died whenever it was tried: killed, or out of memory")
            continue
        try:
            with _one:
                found = extract(opened, place, job.recipe, Clock())
        except MemoryError:
            found = Failure(f"{place}: out of memory")
        if isinstance(found, Failure):
            failures.append(found.message)
        elif job.probed is None:
            tables.add(found)
            _count(counts, found)
    if job.probed is not None:
        return b""
    written = {}
    paths = files_of(job.name, job.format, NAMES)
    for table, data in tables.files().items():
        storage.write(f"{job.out}/{paths[table]}", data)
        written[table] = len(data)
    marker = msgspec.json.encode(Marker(job.shard.url, counts, failures, written))
    storage.write(f"{job.out}/{marker_of(job.name)}", marker)
    return marker


def count(packed: bytes) -> bytes:
    """Return how many documents the shard of the job that is `packed` has, packed."""
    job = msgspec.msgpack.decode(packed, type=Job)
    return msgspec.msgpack.encode(sum(1 for _ in open_shard(job.shard)))


def _count(counts: dict[str, int], doc: Document) -> None:
    counts["documents"] += 1
    counts["characters"] += len(doc.text)
    for kind in COUNTED[2:]:
        counts[kind] += len(getattr(doc, kind))


def _require_the_same(job: Job) -> None:
    here = versions((*LIBRARIES, *job.versions))
    for name, wanted in job.versions.items():
        if here.get(name) != wanted:
            raise DataError(f"a worker has {name} {here.get(name, 'not at all')}, the run was started with {wanted}")
    if rules() != job.recipe.rules:
        raise DataError(
            "a worker has another gongbao than the run was started with; restart the workers after upgrades"
        )
