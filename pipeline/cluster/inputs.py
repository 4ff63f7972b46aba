"""Shards of documents: which there are, and the documents of one.

A shard is a file of documents (JSON Lines or Parquet with the columns ``doc_id`` or ``id``, ``text`` and those of the
metadata, as `gongbao export` writes them) or some of the texts below a folder. Where a folder of texts is parted
depends on the names around, so that one more or less changes the shards beside it and no others.
"""

import gzip
import hashlib
import io
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import partial
from itertools import count
from pathlib import PurePosixPath
from typing import Any

import msgspec

from pipeline.cluster.storage import Found, below, full, read
from pipeline.document import Document, Metadata
from pipeline.encodings import clean, decode
from pipeline.errors import GongbaoError, InputError
from pipeline.inputs import distinct, document_name, is_text
from pipeline.metadata import companion, known_metadata, parse_metadata

PARQUET = ".parquet"
LINES = (".jsonl", ".jsonl.gz")
_BATCH = 64  # rows that are taken out of a Parquet file at once


class Text(msgspec.Struct, frozen=True, array_like=True):
    """A text of a folder, and where what is known of it stands ("": nowhere)."""

    url: str
    doc_id: str
    beside: str
    mark: str  #: of both, see storage.Found


class Shard(msgspec.Struct, frozen=True):
    """Documents that are processed together: those of a file, or `texts`."""

    url: str  #: of the file; of texts the first one's
    mark: str = ""
    texts: tuple[Text, ...] = ()

    @property
    def stem(self) -> str:
        """What the files that are made of it can be called, not alone but for readers."""
        name = PurePosixPath(self.url.rpartition("/")[2])
        stem = name.name.removesuffix(".gz").removesuffix(name.suffix if name.suffix != ".gz" else ".jsonl")
        return "".join(letter if letter.isalnum() or letter in "_-" else "_" for letter in stem)[:60]


Opened = Callable[[], Document]  #: gives a document, or raises what is wrong with it


def find_shards(places: Iterable[str], size: int) -> tuple[list[Shard], list[InputError]]:
    """Return the shards at `places`, each file once, texts by about `size`; and what is wrong."""
    shards: list[Shard] = []
    errors: list[InputError] = []
    seen: set[str] = set()
    taken: set[str] = set()
    for place in map(full, places):
        try:
            files = below(place)
            if not files:
                raise InputError(f"{place}: no such file or folder, or nothing in it")
            found = {file.url: file for file in files}
            kept = [file for file in files if file.url not in seen]
            seen.update(file.url for file in kept)
            texts = [
                _text(file, found, taken, alone=file.url == place) for file in kept if is_text(PurePosixPath(file.name))
            ]
            of_files = [Shard(file.url, file.mark) for file in kept if file.name.lower().endswith((PARQUET, *LINES))]
            if kept and not texts and not of_files:
                raise InputError(f"{place}: nothing to read; texts end in .txt or .md, shards in .jsonl or .parquet")
        except InputError as error:
            errors.append(error)
            continue
        shards += of_files
        shards += _parted(texts, size)
    return shards, errors


def _text(file: Found, found: Mapping[str, Found], taken: set[str], *, alone: bool) -> Text:
    name = PurePosixPath(file.name)
    doc_id = distinct(name.stem if alone else document_name(name), taken)
    taken.add(doc_id)
    folder = file.url[: len(file.url) - len(name.name)]
    beside = found.get(folder + companion(name).name)
    if beside is None and alone:  # a file that is given itself is listed without what stands beside it
        beside = next(iter(below(folder + companion(name).name)), None)
    return Text(file.url, doc_id, beside.url if beside else "", f"{file.mark} {beside.mark if beside else ''}")


def _parted(texts: Iterable[Text], size: int) -> Iterator[Shard]:
    """Yield `texts`, in their order, in shards that end where a name's hash says so: of half to twice the `size`."""
    least, most = max(size // 2, 1), size * 2
    shard: list[Text] = []
    for text in texts:
        shard.append(text)
        ends = int.from_bytes(hashlib.blake2b(text.doc_id.encode(), digest_size=8).digest(), "big") % least == 0
        if len(shard) >= most or (ends and len(shard) >= least):
            yield Shard(shard[0].url, texts=tuple(shard))
            shard = []
    if shard:
        yield Shard(shard[0].url, texts=tuple(shard))


def open_shard(shard: Shard, skipped: Container[int] = ()) -> Iterator[tuple[str, Opened | None]]:
    """Yield where each document of `shard` stands, and what opens it; None for those at the places `skipped`.

    Raises InputError for a file that is none of documents, StorageError for one that cannot be reached.
    """
    if shard.texts:
        for number, text in enumerate(shard.texts):
            yield text.url, None if number in skipped else _opening_text(text)
        return
    rows = _parquet(shard.url) if shard.url.lower().endswith(PARQUET) else _lines(shard.url)
    ids: dict[str, str] = {}
    for number, (place, row) in enumerate(rows):
        yield f"{shard.url}:{place}", None if number in skipped else _opening_row(shard.url, place, row, ids)


def _opening_text(text: Text) -> Opened:
    def opened() -> Document:
        data = read(text.url)
        given = parse_metadata(read(text.beside), text.beside) if text.beside else Metadata()
        try:
            return Document(decode(data)[0], doc_id=text.doc_id, source=text.url, given=given)
        except InputError as error:
            raise InputError(f"{text.url}: {error}") from error

    return opened


def _opening_row(url: str, place: str, row: Callable[[], Mapping[str, Any]], ids: dict[str, str]) -> Opened:
    def opened() -> Document:
        try:
            cells = row()
            doc_id = _name(cells)
            if doc_id in ids:
                raise InputError(f"document id {doc_id!r} stands in {ids[doc_id]} too")
            ids[doc_id] = place
            return Document(_body(cells), doc_id=doc_id, source=url, given=_known(cells))
        except (GongbaoError, msgspec.MsgspecError, UnicodeError) as error:
            raise InputError(f"{url}:{place}: {error}") from error

    return opened


def _name(row: Mapping[str, Any]) -> str:
    name = row.get("doc_id", row.get("id"))
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name.strip():
        raise InputError("no doc_id; each document needs one, a text or a number")
    name.encode()
    return name


def _body(row: Mapping[str, Any]) -> str:
    text = row.get("text")
    if not isinstance(text, str):
        raise InputError("no text")
    text.encode()
    return clean(text, "text")


def _known(row: Mapping[str, Any]) -> Metadata:
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


def _lines(url: str) -> Iterator[tuple[str, Callable[[], Mapping[str, Any]]]]:
    data = read(url)
    if url.lower().endswith(".gz"):
        try:
            data = gzip.decompress(data)
        except (OSError, EOFError) as error:
            raise InputError(f"{url}: not a gzip file, or damaged: {error}") from error
    for number, line in zip(count(1), io.BytesIO(data), strict=False):
        if line.strip():
            yield str(number), partial(_object, line)


def _object(line: bytes) -> Mapping[str, Any]:
    return msgspec.json.decode(line.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])


def _parquet(url: str) -> Iterator[tuple[str, Callable[[], Mapping[str, Any]]]]:
    import pyarrow
    import pyarrow.parquet

    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(read(url)))
        names = set(file.schema_arrow.names)
        named = "doc_id" if "doc_id" in names else "id"
        if missing := [name for name in (named, "text") if name not in names]:
            raise InputError(f"{url}: no column {missing[0]}; a shard has doc_id (or id), text and metadata")
        columns = [name for name in (named, "text", *Metadata.__struct_fields__) if name in names]
        numbers = count(1)
        for batch in file.iter_batches(_BATCH, columns=columns):
            for place in range(batch.num_rows):
                yield f"row {next(numbers)}", partial(_cells, batch, place)
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{url}: not a Parquet file, or damaged: {' '.join(str(error).split())}") from error


def _cells(batch: Any, place: int) -> dict[str, Any]:
    return {name: column[place].as_py() for name, column in zip(batch.schema.names, batch.columns, strict=True)}
