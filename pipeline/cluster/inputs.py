"""Shards of documents: which there are, and the documents of one.

A shard is a file of documents (:mod:`pipeline.shards`) or some of the texts below a folder. Where a folder of texts is
parted depends on the names around, so that one more or less changes the shards beside it and no others.
"""

import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

import msgspec

from pipeline.cluster.storage import Found, below, full, read
from pipeline.document import Document, Metadata
from pipeline.encodings import decode
from pipeline.errors import GongbaoError, InputError
from pipeline.inputs import distinct, document_name, is_text
from pipeline.metadata import companion, parse_metadata
from pipeline.shards import Row, document_of, id_of, is_shard, note_id, rows


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
            of_files = [Shard(file.url, file.mark) for file in kept if is_shard(file.name)]
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
    ids: dict[str, str] = {}
    for number, (place, row) in enumerate(rows(shard.url, read(shard.url))):
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


def _opening_row(url: str, place: str, row: Callable[[], Row], ids: dict[str, str]) -> Opened:
    def opened() -> Document:
        try:
            cells = row()
            note_id(id_of(cells), place, ids)
            return document_of(cells, url)
        except (GongbaoError, msgspec.MsgspecError, UnicodeError) as error:
            raise InputError(f"{url}:{place}: {error}") from error

    return opened
