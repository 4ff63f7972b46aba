"""The files that a run writes: one JSON object a line for each record, in document and then text order.

Nothing is ever half-written: every file is written under a temporary name in its own folder and renamed when it
is whole, those of a run all together at its end.
"""

import csv
import errno
import hashlib
import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from io import StringIO
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

import msgspec

from pipeline.document import Document, Record, Token
from pipeline.errors import InputError

RECORD_KINDS = ("claims", "slogans", "entities")
MANIFEST = "run.json"  #: of a run; it is there when all of its files are

T = TypeVar("T")

_LINES = msgspec.json.Encoder()


def record_row(record: Record) -> dict[str, Any]:
    """Return the fields of `record` as they are written, numbers as plain decimal strings."""
    return {
        name: plain(value) if isinstance(value, Decimal) else value
        for name, value in msgspec.structs.asdict(record).items()
    }


def plain(value: Decimal) -> str:
    """Return `value` without exponent and without zeros that say nothing.

    >>> plain(Decimal("8.743E+10")), plain(Decimal("6.10"))
    ('87430000000', '6.1')
    """
    digits = format(value, "f")  # not normalize(), which rounds to the digits that calculations keep
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def document_row(doc: Document) -> dict[str, Any]:
    """Return what `documents.jsonl` says of `doc`."""
    metadata = doc.metadata
    return {
        "doc_id": doc.doc_id,
        "source": doc.source,
        "sha256": text_hash(doc.text),
        "title": metadata.title,
        "date": metadata.date,
        "issuer": metadata.issuer,
        "region": metadata.region,
        "genre": metadata.genre,
        "chars": len(doc.text),
    }


def text_hash(text: str) -> str:
    """Return the SHA-256 of `text` in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


class SentenceRow(msgspec.Struct, frozen=True):
    """A line of `sentences.jsonl`."""

    doc_id: str
    id: int
    start: int
    end: int
    paragraph: int
    heading: bool = False
    tokens: tuple[Token, ...] = ()


def sentence_rows(doc: Document) -> Iterator[SentenceRow]:
    """Yield what `sentences.jsonl` says of `doc`: its sentences with the tokens in each."""
    tokens = doc.tokens
    starts = [token.start for token in tokens]
    for sentence in doc.sentences:
        first, end = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        yield SentenceRow(
            doc.doc_id,
            sentence.id,
            sentence.start,
            sentence.end,
            sentence.paragraph,
            sentence.heading,
            tokens[first:end],
        )


def document_as_json(doc: Document) -> bytes:
    """Return everything that is written about `doc` as one JSON object, indented."""
    found = {kind: [record_row(record) for record in getattr(doc, kind)] for kind in RECORD_KINDS}
    return pretty({"document": document_row(doc), "sentences": list(sentence_rows(doc)), **found, **doc.others})


def read_rows(path: Path, kind: type[T]) -> Iterator[T]:
    """Yield what stands in the lines of the file at `path`, if there is one; raises InputError for a malformed line."""
    if not path.exists():
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    with file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                try:
                    yield decode_json(line, kind)
                except msgspec.MsgspecError as error:
                    raise InputError(f"{path}:{number}: {error}") from error


def decode_json(data: bytes, kind: type[T]) -> T:
    """Return the `kind` that `data` is as JSON; raises msgspec.MsgspecError for all that is none."""
    try:
        return msgspec.json.decode(data, type=kind)
    except UnicodeDecodeError as error:
        raise msgspec.DecodeError(f"JSON is UTF-8, this is not: {error}") from error
    except RecursionError as error:
        raise msgspec.DecodeError("JSON is malformed: nested too deeply") from error


def as_csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    r"""Return `rows` under a line with their names, as CSV.

    >>> as_csv([{"name": "A", "count": 2}])
    b'name,count\nA,2\n'
    """
    file = StringIO()
    if rows:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return file.getvalue().encode()


def pretty(value: Any) -> bytes:
    """Return `value` as indented JSON that ends in a line break."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def json_lines(rows: Iterable[Any]) -> bytes:
    """Return `rows` as JSON Lines."""
    return _LINES.encode_lines(rows)


def jsonable(value: Any) -> Any:
    """Return `value` with its decimals as plain strings."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value


def write_file(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that `path` holds all of it or is as it was, whatever happens meanwhile."""
    with FileSet(path.parent) as files:
        files.put(path.name, data)
        files.commit()


_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS))


class FileSet:
    """Files of one folder that appear there together, at `commit`, or not at all; InputError where there is no room."""

    _numbers = count()

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._is_new = not folder.exists()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
        self._written: dict[str, BinaryIO] = {}

    def __enter__(self) -> Self:
        return self

    def open(self, name: str) -> BinaryIO:
        """Return the file that is to be called `name`, to write to."""
        if name not in self._written:
            # Hidden, and of this process alone: two runs into one folder do not write to one file.
            temporary = self.folder / f".{name}.{os.getpid()}-{next(self._numbers)}.tmp"
            self._written[name] = temporary.open("wb")
        return self._written[name]

    def put(self, name: str, data: bytes) -> None:
        """Write the whole of the file that is to be called `name`."""
        self.open(name).write(data)

    def tidy(self) -> None:
        """Remove what others that were killed have left of these files; only where nobody else is writing them."""
        mine = {Path(file.name) for file in self._written.values()}
        for name in self._written:
            for path in set(self.folder.glob(f".{name}.*-*.tmp")) - mine:
                path.unlink()

    def commit(self, seal: str | None = None) -> list[Path]:
        """Give every file its name, and return where they are; one that stood there before is replaced.

        The one called `seal` is taken away before the first changes and comes last: where it is, all are of one set,
        though the process be killed between two of them.
        """
        for file in self._written.values():
            file.flush()
            os.fsync(file.fileno())
            file.close()
        if seal:
            (self.folder / seal).unlink(missing_ok=True)
        names = sorted(self._written, key=lambda name: name == seal)
        written = [Path(self._written[name].name).replace(self.folder / name) for name in names]
        self._written.clear()
        return written

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._written.values():
            with suppress(OSError):  # on a full disk what is still to be written cannot be
                file.close()
            Path(file.name).unlink(missing_ok=True)
        if self._is_new and not any(self.folder.iterdir()):
            self.folder.rmdir()
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            raise InputError(f"{self.folder}: {(error.strerror or str(error)).lower()}") from error


class RecordFiles:
    """The five files of records, and one for each of the `others` kinds, written document by document."""

    def __init__(self, files: FileSet, others: Iterable[str] = ()) -> None:
        self._others = tuple(others)
        names = ("documents", "sentences", *RECORD_KINDS, *self._others)
        self._files = {name: files.open(f"{name}.jsonl") for name in names}

    def add(self, doc: Document, sentences: bytes | None = None) -> None:
        """Write the records of `doc`; `sentences` are the lines of those, where they are there already."""
        self._lines("documents", [document_row(doc)])
        self._files["sentences"].write(json_lines(sentence_rows(doc)) if sentences is None else sentences)
        self._lines("claims", map(record_row, doc.claims))
        self._lines("slogans", doc.slogans)
        self._lines("entities", doc.entities)
        for kind in self._others:
            self._lines(kind, doc.others.get(kind, ()))

    def _lines(self, name: str, rows: Iterable[Any]) -> None:
        self._files[name].write(json_lines(rows))
