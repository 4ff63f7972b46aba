"""Files of many documents: JSON Lines and Parquet with the columns ``doc_id`` or ``id``, ``text`` and of the metadata.

`gongbao export` writes such files. Rows are gone through from the first to the last (`rows`), or listed by their ids
and read one at a time, by whoever processes them (`listed`, `row_at`).
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import IO, Any

import msgspec

from pipeline.document import Document, Metadata
from pipeline.encodings import clean
from pipeline.errors import InputError
from pipeline.metadata import known_metadata

PARQUET = ".parquet"
LINES = (".jsonl", ".jsonl.gz")

Row = Mapping[str, Any]

_BATCH = 64  # rows that are taken out of a Parquet file at once
_MOST = 1 << 30  # bytes that a packed file may hold
_BOM = b"\xef\xbb\xbf"
_UNREADABLE = (msgspec.MsgspecError, UnicodeError, RecursionError)  # of a line: no JSON, no UTF-8, nested too deeply


def is_shard(name: str) -> bool:
    """Whether a file of that name is one of many documents."""
    return name.lower().endswith((PARQUET, *LINES))


def document_of(row: Row, source: str) -> Document:
    """Return the document that `row` is; raises InputError for one without id or text, or with a date out of form."""
    return Document(_body(row), doc_id=id_of(row), source=source, given=_known(row))


def id_of(row: Row) -> str:
    """Return the id of the document that `row` is; raises InputError where it has none."""
    name = row.get("doc_id", row.get("id"))
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name.strip():
        raise InputError("no doc_id; each document needs one, a text or a number")
    name.encode()
    return name


def note_id(doc_id: str, place: str, ids: dict[str, str]) -> None:
    """Take note of the place where `doc_id` stands in its file; raises InputError where it stands in another, too."""
    if doc_id in ids:
        raise InputError(f"document id {doc_id!r} stands in {ids[doc_id]} too")
    ids[doc_id] = place


def _body(row: Row) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError("no text")
    text.encode()
    return clean(text, "text")


def _known(row: Row) -> Metadata:
    """Return the metadata in `row`; what is empty is not known, and other columns are not ours."""
    known: dict[str, str] = {}
    for name in Metadata.__struct_fields__:
        value = row.get(name)
        if isinstance(value, datetime):
            value = value.date()
        if isinstance(value, date):
            value = value.isoformat()
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            raise InputError(f"{name} is {type(value).__name__}, not a text")
        known[name] = value
    return known_metadata(Metadata(), **known)


# -- from the first row to the last ----------------------------------------------------------------


def rows(place: str, data: bytes) -> Iterator[tuple[str, Callable[[], Row]]]:
    """Yield where each row of the file `place`, which holds `data`, stands, and what reads it.

    Raises InputError for a file that is none of documents; what reads a row raises msgspec.MsgspecError.
    """
    if place.lower().endswith(PARQUET):
        yield from _parquet_rows(place, data)
        return
    for number, line in zip(count(1), io.BytesIO(_unpacked(place, data)), strict=False):
        if line.strip():
            yield str(number), partial(_object, line)


def _unpacked(place: str, data: bytes) -> bytes:
    if not place.lower().endswith(".gz"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            unpacked = packed.read(_MOST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{place}: not a gzip file, or damaged: {error}") from error
    if len(unpacked) > _MOST:
        raise InputError(f"{place}: more than {_MOST >> 30} GB unpacked; unpack it, or make several files of it")
    return unpacked


def _object(line: bytes) -> Row:
    return msgspec.json.decode(line.removeprefix(_BOM), type=dict[str, Any])


def _parquet_rows(place: str, data: bytes) -> Iterator[tuple[str, Callable[[], Row]]]:
    with _parquet(place, io.BytesIO(data)) as (file, columns):
        numbers = count(1)
        for batch in file.iter_batches(_BATCH, columns=columns):
            for number in range(batch.num_rows):
                yield f"row {next(numbers)}", partial(_cells, batch, number)


@contextmanager
def _parquet(place: str, source: Any) -> Iterator[tuple[Any, list[str]]]:
    """Give the Parquet file in `source` and the columns of it that are read: the id, the text and the metadata."""
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise InputError(f"{place}: Parquet needs pyarrow; install gongbao[parquet]") from error
    try:
        with pyarrow.parquet.ParquetFile(source) as file:
            yield file, _columns(place, file)
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{place}: not a Parquet file, or damaged: {' '.join(str(error).split())}") from error


def _columns(place: str, file: Any) -> list[str]:
    names = set(file.schema_arrow.names)
    named = "doc_id" if "doc_id" in names else "id"
    if missing := [name for name in (named, "text") if name not in names]:
        raise InputError(f"{place}: no column {missing[0]}; a shard has doc_id (or id), text and metadata")
    return [name for name in (named, "text", *Metadata.__struct_fields__) if name in names]


def _cells(batch: Any, number: int) -> dict[str, Any]:
    return {name: column[number].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)}


# -- one at a time ---------------------------------------------------------------------------------


class Listed(msgspec.Struct, frozen=True):
    """A row of a file as it is listed: where it stands, for readers and for `row_at`, and the id of its document."""

    place: str
    begin: int  #: a byte of JSON Lines, unpacked; a number of Parquet
    doc_id: str | None  #: None: it is no document; `wrong` says why
    wrong: str = ""


class _Named(msgspec.Struct):
    doc_id: Any = msgspec.UNSET
    id: Any = msgspec.UNSET


def listed(path: Path) -> Iterator[Listed]:
    """Yield the rows of the file at `path`; raises InputError for one that is none of documents."""
    if path.name.lower().endswith(PARQUET):
        with _parquet(str(path), path) as (file, columns):
            numbers = count()
            for batch in file.iter_batches(columns=columns[:1]):
                for number in range(batch.num_rows):
                    begin = next(numbers)
                    yield _listed(f"row {begin + 1}", begin, partial(_cells, batch, number))
        return
    begin = 0
    with _opened(path) as lines:
        for number, line in zip(count(1), lines, strict=False):
            if line.strip():
                yield _listed(str(number), begin, partial(_names, line))
            begin += len(line)


def _names(line: bytes) -> Row:
    """Return what names the document in `line`; the rest is passed over, which is faster."""
    named = msgspec.json.decode(line.removeprefix(_BOM), type=_Named)
    return {name: value for name, value in msgspec.structs.asdict(named).items() if value is not msgspec.UNSET}


def _listed(place: str, begin: int, row: Callable[[], Row]) -> Listed:
    try:
        return Listed(place, begin, id_of(row()))
    except (InputError, *_UNREADABLE) as error:
        return Listed(place, begin, None, str(error))


def row_at(path: Path, begin: int) -> Row:
    """Return the row of the file at `path` that begins there; raises InputError where it cannot be read."""
    if path.name.lower().endswith(PARQUET):
        return _row_of_parquet(path, begin)
    with _opened(path) as lines:
        lines.seek(begin)
        try:
            return _object(lines.readline())
        except _UNREADABLE as error:
            raise InputError(str(error)) from error


def document_at(path: Path, begin: int) -> Document:
    """Return the document whose row begins there in the file at `path`; raises InputError for one that is none."""
    try:
        return document_of(row_at(path, begin), str(path))
    except UnicodeError as error:
        raise InputError(str(error)) from error


def holds_documents(path: Path) -> bool:
    """Whether the file at `path` begins like one of documents: its first row has an id and a text."""
    try:
        if path.name.lower().endswith(PARQUET):
            with _parquet(str(path), path):
                return True
        first = next(listed(path), None)
        return first is not None and first.doc_id is not None and "text" in row_at(path, first.begin)
    except InputError:
        return False


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    try:
        if path.name.lower().endswith(".gz"):
            yield io.BytesIO(_held(path, *_mark(path)))
        else:
            with path.open("rb") as file:
                yield file
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error


def _mark(path: Path) -> tuple[int, int]:
    """Return what is another when the file at `path` is another."""
    status = path.stat()
    return status.st_size, status.st_mtime_ns


@lru_cache(maxsize=1)
def _held(path: Path, *mark: int) -> bytes:
    """Return what the packed file at `path` holds; the last one stays unpacked."""
    return _unpacked(str(path), path.read_bytes())


def _row_of_parquet(path: Path, begin: int) -> Row:
    with _parquet(str(path), path) as (file, columns):
        for group in range(file.num_row_groups):
            size = file.metadata.row_group(group).num_rows
            if begin < size:
                table = _group(path, group, *_mark(path))
                return {name: table[name][begin].as_py() for name in columns}
            begin -= size
    raise InputError("its row is gone")


@lru_cache(maxsize=1)
def _group(path: Path, group: int, *mark: int) -> Any:
    """Return a group of rows of the Parquet file at `path`; the last one stays in memory."""
    with _parquet(str(path), path) as (file, columns):
        return file.read_row_group(group, columns=columns)
