"""What a run on a cluster has written: the manifest, and the files of each table."""

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import msgspec

from pipeline.cluster import storage
from pipeline.cluster.work import files_of
from pipeline.errors import InputError, StorageError
from pipeline.writing import decode_json, plain

MANIFEST = "run.json"
KIND = "shards"


class Part(msgspec.Struct, frozen=True):
    """A shard of the output: the name of its files, the file that it was made of, and its documents."""

    name: str
    url: str
    documents: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `run.json` says of shards; nothing but `seconds` differs between runs of the same."""

    kind: str
    versions: dict[str, str]
    settings: dict[str, Any]
    inputs: list[str]
    format: str
    counts: dict[str, int]
    shards: list[Part]
    failures: list[str]
    failed: int
    seconds: float


def read_manifest(out: str) -> Manifest:
    """Return what a cluster says that it wrote to `out`; raises InputError where there is nothing, or half of it."""
    out = storage.full(out)
    try:
        return msgspec.json.decode(storage.read(f"{out}/{MANIFEST}"), type=Manifest)
    except StorageError:
        raise
    except InputError as error:
        raise InputError(f"{out}: no finished run of a cluster here; run again") from error
    except msgspec.MsgspecError as error:
        raise InputError(f"{out}/{MANIFEST}: {error}; run again") from error


def table_files(out: str, manifest: Manifest, table: str) -> list[str]:
    """Return the files of `table`, in the order of the input."""
    names = (files_of(part.name, manifest.format, (table,))[table] for part in manifest.shards)
    return [f"{storage.full(out)}/{name}" for name in names]


def table_rows(out: str, manifest: Manifest, table: str) -> Iterator[dict[str, Any]]:
    """Yield the rows of `table`, in the order of the input, with what a run's files say.

    Raises InputError for a shard that is gone or is none.
    """
    for file in table_files(out, manifest, table):
        data = storage.read(file)
        try:
            if manifest.format == "parquet":
                yield from _from_parquet(data)
            else:
                yield from (decode_json(line, dict[str, Any]) for line in data.splitlines())
        except (msgspec.MsgspecError, OSError, ValueError) as error:
            raise InputError(f"{file}: {error}; run again") from error


def _from_parquet(data: bytes) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet

    for batch in pyarrow.parquet.ParquetFile(BytesIO(data)).iter_batches():
        for row in batch.to_pylist():
            if len(row.get("declared") or ()) == 1:  # a number alone, which is no list in a run's file
                (row["declared"],) = row["declared"]
            yield {name: plain(value) if isinstance(value, Decimal) else value for name, value in row.items()}
