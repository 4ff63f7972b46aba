"""What is known of every document, kept so that 20,000 of them are listed in less than a second.

The index is a cache in ``.index.sqlite`` and nothing else: each row carries the sizes and times of the document's
files, a row that does not agree with them is made anew, and a file that is missing, broken or not to be written costs
time only.
"""

import os
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import numpy as np

from pipeline.corpus.similarity import Sketch
from pipeline.document import Metadata

_FILE = ".index.sqlite"
_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS documents (
  name TEXT PRIMARY KEY, stamp TEXT NOT NULL, text_sha256 TEXT NOT NULL, sha256 TEXT NOT NULL, chars INTEGER NOT NULL,
  metadata BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS sketches (name TEXT PRIMARY KEY, sketch BLOB NOT NULL);
"""


class Row(msgspec.Struct, frozen=True, gc=False):
    """One document in the index; the hashes are of the text and of the file that was added."""

    name: str
    stamp: str
    text_sha256: str
    sha256: str
    chars: int
    metadata: Metadata
    sketch: bytes = b""

    def hashes(self) -> Sketch:
        """Return the sketch as an array."""
        return np.frombuffer(self.sketch, dtype=np.uint64)


def stamp(folder: Path, name: str) -> str | None:
    """Return what tells whether the files of the document have changed; None for a folder without a text."""
    parts = []
    for suffix in (".txt", ".meta.json"):
        try:  # os, not pathlib: there are 40,000 of them in a second
            status = os.stat(f"{folder}/{name}/{name}{suffix}")  # noqa: PTH116
            parts.append(f"{status.st_mtime_ns:x}-{status.st_size:x}-{status.st_ino:x}")
        except OSError:
            if suffix == ".txt":
                return None
            parts.append("")
    return ",".join(parts)


class Index:
    """The index of the corpus in `root`; `read` makes the row of a document from its files."""

    def __init__(self, root: Path, read: Callable[[str, str], Row]) -> None:
        self._root = root
        self._read = read

    def rows(self, names: Iterator[str], *, sketches: bool = False) -> list[Row]:
        """Return the rows of the documents `names`, those that have a text, brought up to date; in order."""
        stamps = {name: found for name in names if (found := stamp(self._root, name))}
        connection = self._open()
        try:
            known = self._known(connection, sketches)
            fresh = {name: row for name, row in known.items() if stamps.get(name) == row.stamp}
            made = [self._read(name, found) for name, found in stamps.items() if name not in fresh]
            gone = known.keys() - stamps.keys()
            if made or gone:
                self._write(connection, made, gone)
        finally:
            if connection is not None:
                connection.close()
        fresh |= {row.name: row for row in made}
        return [fresh[name] for name in stamps]

    def add(self, row: Row) -> None:
        """Keep the row of a document that has just been added."""
        connection = self._open()
        if connection is not None:
            try:
                self._write(connection, [row], set())
            finally:
                connection.close()

    def _open(self) -> sqlite3.Connection | None:
        path = self._root / _FILE
        for attempt in (1, 2):
            try:
                connection = sqlite3.connect(path, timeout=5)
                connection.execute("PRAGMA synchronous=OFF")  # a lost index is made anew
                if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _VERSION):
                    raise sqlite3.DatabaseError("another version's")
                connection.executescript(_SCHEMA)
                connection.execute(f"PRAGMA user_version={_VERSION}")
                return connection
            except sqlite3.OperationalError:  # locked for long, or a folder that is not to be written to
                return None
            except sqlite3.DatabaseError:
                if attempt == 1:
                    self.drop()
        return None

    def drop(self) -> None:
        """Remove the index; the next use makes it anew."""
        for suffix in ("", "-journal"):
            (self._root / f"{_FILE}{suffix}").unlink(missing_ok=True)

    @staticmethod
    def _known(connection: sqlite3.Connection | None, sketches: bool) -> dict[str, Row]:
        if connection is None:
            return {}
        decode = msgspec.msgpack.Decoder(Metadata).decode
        query = "SELECT name, stamp, text_sha256, sha256, chars, metadata, x'' FROM documents"
        if sketches:
            query = query.replace("x''", "sketch") + " JOIN sketches USING (name)"
        try:
            return {
                name: Row(name, stamped, text_sha256, sha256, chars, decode(metadata), held)
                for name, stamped, text_sha256, sha256, chars, metadata, held in connection.execute(query)
            }
        except (sqlite3.DatabaseError, msgspec.MsgspecError):
            return {}

    @staticmethod
    def _write(connection: sqlite3.Connection | None, made: list[Row], gone: set[str]) -> None:
        if connection is None:
            return
        try:
            with connection:
                for table in ("documents", "sketches"):
                    connection.executemany(f"DELETE FROM {table} WHERE name = ?", [(name,) for name in gone])
                connection.executemany(
                    "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?, ?, ?)",
                    [
                        (r.name, r.stamp, r.text_sha256, r.sha256, r.chars, msgspec.msgpack.encode(r.metadata))
                        for r in made
                    ],
                )
                connection.executemany(
                    "INSERT OR REPLACE INTO sketches VALUES (?, ?)", [(row.name, row.sketch) for row in made]
                )
        except sqlite3.DatabaseError:  # a full disk: the documents are what counts
            return
