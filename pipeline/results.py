"""The results of a run's texts, kept in its folder so that no text is processed twice.

One SQLite file, `FILE`, holds a row for each text: the key of its result (:mod:`pipeline.recipe`) and the packed result
(:mod:`pipeline.processing`); another table says which files the last run has made of them. A row is there whole or
not at all, whenever the process is killed. Whoever has the file open has the folder for itself. What the file holds can
be made again, so one that is damaged or of another version is put away.
"""

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
from typing import NamedTuple, overload

import msgspec

from pipeline.document import Document
from pipeline.errors import InputError
from pipeline.processing import Result, Told, unpack_document, unpack_told
from pipeline.slogans import Explanations, source_of
from pipeline.terms import Runs

FILE = ".results.sqlite3"
VERSION = 3  #: of the tables; the keys take care of what is packed in them

_APPLICATION = 0x676F6E67
_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")


class DamagedResults(InputError):
    """The file of results is none, is of another version, or torn."""


class Entry(NamedTuple):
    """A document of a run: the key of its result, and the file that it was read from."""

    key: bytes
    source: str


class Results:
    """The results in a folder, by key."""

    def __init__(self, connection: sqlite3.Connection, file: Path) -> None:
        self._connection = connection
        self._file = file

    def __len__(self) -> int:
        return int(self._one("SELECT count(*) FROM results")[0])

    def __contains__(self, key: bytes) -> bool:
        return bool(self._one("SELECT EXISTS (SELECT 1 FROM results WHERE key = ?)", key)[0])

    def add(self, result: Result) -> None:
        """Keep `result`, from now on and through whatever happens to the process."""
        self._connection.execute(
            "INSERT OR REPLACE INTO results (key, told, document, runs, sentences) VALUES (?, ?, ?, ?, ?)",
            (result.key, result.told, result.document, result.runs, result.sentences),
        )

    def told(self, key: bytes) -> Told:
        """Return what other documents need to know of the one with `key`."""
        try:
            return unpack_told(self._one("SELECT told FROM results WHERE key = ?", key)[0])
        except msgspec.MsgspecError as error:
            raise _damaged(self._file, error) from error

    def document(self, key: bytes, source: str) -> Document:
        """Return the document with `key`, as read from `source`."""
        try:
            return unpack_document(self._one("SELECT document FROM results WHERE key = ?", key)[0], source)
        except (zlib.error, msgspec.MsgspecError) as error:
            raise _damaged(self._file, error) from error

    def runs(self, key: bytes) -> Runs:
        """Return the runs of terms of the document with `key`."""
        packed = self._inflated("SELECT runs FROM results WHERE key = ?", key)
        try:
            return msgspec.msgpack.decode(packed, type=Runs)
        except msgspec.MsgspecError as error:
            raise _damaged(self._file, error) from error

    def sentences(self, key: bytes) -> bytes:
        """Return the lines of sentences.jsonl of the document with `key`."""
        return self._inflated("SELECT sentences FROM results WHERE key = ?", key)

    def keep(self, keys: Iterable[bytes]) -> None:
        """Drop all results but those of `keys`."""
        execute = self._connection.execute
        execute("CREATE TEMP TABLE kept (key BLOB PRIMARY KEY) WITHOUT ROWID")
        execute("BEGIN")
        self._connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
        execute("DELETE FROM results WHERE key NOT IN kept")
        execute("COMMIT")
        execute("DROP TABLE kept")

    def wrote(self, state: bytes, files: Iterable[Path]) -> None:
        """Remember that `files`, which stand there now, are what a run in `state` writes."""
        execute = self._connection.execute
        execute("BEGIN")
        execute("DELETE FROM written")
        rows = ((state, file.name, *_looks(file)) for file in files)
        self._connection.executemany("INSERT INTO written VALUES (?, ?, ?, ?)", rows)
        execute("COMMIT")

    def has_written(self, state: bytes) -> bool:
        """Whether the files that the last run wrote stand there untouched and are what a run in `state` writes."""
        rows = self._connection.execute("SELECT state, name, size, modified FROM written").fetchall()
        folder = self._file.parent
        return bool(rows) and all(
            held == state and _looks(folder / name) == tuple(looks) for held, name, *looks in rows
        )

    def _inflated(self, query: str, key: bytes) -> bytes:
        try:
            return zlib.decompress(self._one(query, key)[0])
        except zlib.error as error:
            raise _damaged(self._file, error) from error

    def _one(self, query: str, *values: bytes) -> tuple[bytes, ...]:
        found: tuple[bytes, ...] | None = self._connection.execute(query, values).fetchone()
        if found is None:
            raise _damaged(self._file, "a result is gone")
        return found


class Documents(Sequence[Document]):
    """Documents of a run in its order, read from its results as they are asked for, their slogans explained.

    One that was read stays in memory as long as there is room for it: `room` characters for all together. The others
    are read anew each time, so that any number of them can be gone through any number of times.
    """

    def __init__(self, results: Results, entries: Sequence[Entry], explanations: Explanations, room: int = 0) -> None:
        self._results = results
        self._entries = entries
        self._explanations = explanations
        self._room = room
        self._kept = frozenset(entry.key for entry in entries)
        self._held: dict[bytes, Document] = {}

    def among(self, entries: Sequence[Entry]) -> "Documents":
        """Return the documents of `entries`; what was read of these stays in memory for both, of the others nothing."""
        found = copy(self)
        found._entries = entries
        return found

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, place: int) -> Document: ...

    @overload
    def __getitem__(self, place: slice) -> list[Document]: ...

    def __getitem__(self, place: int | slice) -> Document | list[Document]:
        if isinstance(place, slice):
            return [self._document(entry) for entry in self._entries[place]]
        return self._document(self._entries[place])

    def _document(self, entry: Entry) -> Document:
        if entry.key in self._held:
            return self._held[entry.key]
        doc = self._results.document(entry.key, entry.source)
        doc.slogans = self._explanations.explained(source_of(doc), doc.slogans)
        if entry.key in self._kept and len(doc.text) <= self._room - sum(
            len(held.text) for held in self._held.values()
        ):
            self._held[entry.key] = doc
        return doc


@contextmanager
def open_results(folder: Path) -> Iterator[Results]:
    """Open the results in `folder`, which nobody else can do meanwhile; no file is left where there are none.

    Raises InputError where another process has them open, and where there is no room or no right to write;
    DamagedResults where they cannot be read, now or later.
    """
    file = folder / FILE
    is_empty = False
    try:
        connection = sqlite3.connect(file, timeout=0, isolation_level=None)
        try:
            _prepare(connection, file)
            results = Results(connection, file)
            try:
                yield results
            finally:
                is_empty = not len(results)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise _in_a_line(file, error) from error
    finally:
        if is_empty:
            put_away(folder)


def _looks(file: Path) -> tuple[int, int]:
    """Return the size of a file and when it was changed; of one that is gone, what no file has."""
    try:
        status = file.stat()
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


def put_away(folder: Path) -> None:
    """Remove the results in `folder`."""
    for name in (FILE, f"{FILE}-wal", f"{FILE}-shm", f"{FILE}-journal"):
        (folder / name).unlink(missing_ok=True)


def _prepare(connection: sqlite3.Connection, file: Path) -> None:
    execute = connection.execute
    execute("PRAGMA locking_mode = EXCLUSIVE")
    execute("PRAGMA journal_mode = WAL")
    execute(
        "PRAGMA synchronous = NORMAL"
    )  # what is committed outlives the process; a power cut may cost the last of it
    execute("BEGIN EXCLUSIVE")
    ((application,), (version,)) = (
        execute("PRAGMA application_id").fetchone(),
        execute("PRAGMA user_version").fetchone(),
    )
    tables = execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if tables and (application, version) != (_APPLICATION, VERSION):
        raise _damaged(file, "of another version of gongbao")
    if not tables:
        execute(f"PRAGMA application_id = {_APPLICATION}")
        execute(f"PRAGMA user_version = {VERSION}")
        # The small column comes first: what stands behind a large one is found only by reading that.
        execute(
            "CREATE TABLE results (key BLOB PRIMARY KEY, told BLOB NOT NULL, document BLOB NOT NULL,"
            " runs BLOB NOT NULL, sentences BLOB NOT NULL)"
        )
        execute("CREATE TABLE written (state BLOB NOT NULL, name TEXT, size INTEGER, modified INTEGER)")
    execute("COMMIT")


def _damaged(file: Path, what: object) -> DamagedResults:
    return DamagedResults(f"{file}: the results of earlier runs cannot be taken over: {what}")


def _in_a_line(file: Path, error: sqlite3.Error) -> InputError:
    """Return the error that says what SQLite says of `file`, and what to do."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(_DAMAGE):
        return _damaged(file, error)
    if name.startswith(_BUSY):
        return InputError(f"{file.parent}: another run is writing here; wait for it, or give another folder with --out")
    if name.startswith("SQLITE_FULL"):
        return InputError(f"{file.parent}: no space left on device")
    return InputError(f"{file.parent}: cannot write results: {error}; give another folder with --out")
