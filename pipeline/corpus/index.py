"""What is known of every document, kept so that one of 20,000 is found, and all are listed, in less than a second.

The index is a cache in ``.index.sqlite`` and nothing else: each row carries the sizes and times of the document's
files, a row that does not agree with them is made anew, and a file that is missing, broken, locked or not to be
written costs time only: then the same is made in memory.

Texts that have much in common are found by their sketches (:mod:`pipeline.corpus.similarity`): a table says for each
hash which documents hold it. What a document held before its text changed stays there under a number that no document
has any more.
"""

import os
import sqlite3
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.document import Metadata

# numpy is loaded where texts are compared, so that `gongbao list` is quick.
if TYPE_CHECKING:
    from pipeline.corpus.similarity import Sketch

_FILE = ".index.sqlite"
_VERSION = 3
_SCHEMA = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS documents (
  number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, stamp BLOB NOT NULL, text_sha256 TEXT NOT NULL,
  sha256 TEXT NOT NULL, chars INTEGER NOT NULL, metadata BLOB NOT NULL, hashes INTEGER NOT NULL,
  largest INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS documents_text ON documents (text_sha256);
CREATE INDEX IF NOT EXISTS documents_original ON documents (sha256);
CREATE TABLE IF NOT EXISTS sketches (hash INTEGER, number INTEGER, PRIMARY KEY (hash, number)) WITHOUT ROWID;
PRAGMA user_version={_VERSION};
COMMIT;
"""
_BATCH = 1024  # documents that are written together
_WAIT = 30  # seconds for another process that writes the index
_TEXT_STAMP = struct.Struct("=qqQ")  # when the text was changed, its size and its number in the file system
_STAMP = struct.Struct("=qqQqqQ")  # and the same of what is known of it
_CUT_BITS = 16  # of the 64 of a hash: 48 take fewer bytes, and `overlap` tells what is the same


class Row(msgspec.Struct, frozen=True, gc=False):
    """One document in the index; the hashes are of the text and of the file that was added."""

    name: str
    stamp: bytes
    text_sha256: str
    sha256: str
    chars: int
    metadata: Metadata


Read = Callable[[str, bytes], "tuple[Row, Sketch]"]  #: makes the row of the document of that name and stamp


def stamp(root: str, name: str) -> bytes | None:
    """Return what tells whether the files of the document have changed; None for a folder without a text."""
    path = f"{root}/{name}/{name}"  # not pathlib: there are 40,000 files to look at in a fraction of a second
    try:
        text = os.stat(f"{path}.txt")  # noqa: PTH116  # as said of `path`
    except OSError:
        return None
    times = (text.st_mtime_ns, text.st_size, text.st_ino)
    try:
        known = os.stat(f"{path}.meta.json")  # noqa: PTH116  # as said of `path`
    except OSError:
        return _TEXT_STAMP.pack(*times)
    return _STAMP.pack(*times, known.st_mtime_ns, known.st_size, known.st_ino)


class Index:
    """The index of the corpus in `root`."""

    def __init__(self, root: Path, read: Read) -> None:
        self._root = root
        self._read = read

    @contextmanager
    def current(self, names: Iterable[str]) -> "Iterator[Catalog]":
        """Open the index, brought up to date for the documents `names`, for as long as the context lasts."""
        root = str(self._root)
        stamps = {name: found for name in names if (found := stamp(root, name))}
        with closing(self._up_to_date(stamps)) as connection:
            yield Catalog(connection)

    def _up_to_date(self, stamps: dict[str, bytes]) -> sqlite3.Connection:
        path = str(self._root / _FILE)
        databases = [":memory:", path, path] if self._root.is_dir() else [":memory:"]
        while True:
            try:
                return self._opened(databases.pop(), stamps)
            except sqlite3.OperationalError:  # locked for long, a full disk, a folder that is not to be written to
                del databases[1:]
            except sqlite3.DatabaseError:  # broken, or another version's
                self.drop()

    def _opened(self, database: str, stamps: dict[str, bytes]) -> sqlite3.Connection:
        connection = sqlite3.connect(database, timeout=_WAIT)
        try:
            self._bring_up_to_date(Catalog(connection), connection, stamps)
        except BaseException:
            connection.close()
            raise
        return connection

    def _bring_up_to_date(self, catalog: "Catalog", connection: sqlite3.Connection, stamps: dict[str, bytes]) -> None:
        connection.execute("PRAGMA synchronous=OFF")  # a lost index is made anew
        connection.execute("PRAGMA temp_store=MEMORY")
        connection.execute("PRAGMA cache_size=-65536")  # kB
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            connection.executescript(_SCHEMA)
        elif version != _VERSION:
            raise sqlite3.DatabaseError("another version's")
        known = dict(connection.execute("SELECT name, stamp FROM documents"))
        with connection:
            gone = known.keys() - stamps.keys()
            connection.executemany("DELETE FROM documents WHERE name = ?", [(name,) for name in gone])
        changed = [name for name, found in stamps.items() if known.get(name) != found]
        for first in range(0, len(changed), _BATCH):
            catalog.keep([self._read(name, stamps[name]) for name in changed[first : first + _BATCH]])

    def drop(self) -> None:
        """Remove the index; the next use makes it anew."""
        for suffix in ("", "-journal"):
            with suppress(OSError):
                (self._root / f"{_FILE}{suffix}").unlink()


class Catalog:
    """The index while it is open."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def rows(self) -> list[Row]:
        """Return what is known of each document, in the order of names."""
        decode = msgspec.msgpack.Decoder(Metadata).decode
        query = "SELECT name, stamp, text_sha256, sha256, chars, metadata FROM documents ORDER BY name"
        return [
            Row(name, stamped, text_sha256, sha256, chars, decode(metadata))
            for name, stamped, text_sha256, sha256, chars, metadata in self._connection.execute(query)
        ]

    def named(self, text_sha256: str, sha256: str = "") -> str | None:
        """Return the document with this text, or made of the file with the hash `sha256`; the first by name."""
        query = "SELECT min(name) FROM documents WHERE text_sha256 = ? OR (? <> '' AND sha256 = ?)"
        found: str | None = self._connection.execute(query, (text_sha256, sha256, sha256)).fetchone()[0]
        return found

    def near(self, new: "Sketch", most: int = 50) -> list[str]:
        """Return the documents that may share much with the text of the sketch `new`: at most `most`, nearest first.

        Few are missed that have `REPORT_SHARE` of their shingles, or of those of `new`, in common with it; there may
        be others, which `overlap` tells apart.
        """
        from pipeline.corpus.similarity import REPORT_SHARE

        hashes = _stored(new)
        with self._connection:
            self._connection.execute("CREATE TEMPORARY TABLE IF NOT EXISTS wanted (hash INTEGER PRIMARY KEY)")
            self._connection.execute("DELETE FROM wanted")
            self._connection.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", [(one,) for one in hashes])
        # CROSS: the few that are wanted are looked up in the sketches, not the other way round.
        query = """
            SELECT name, common, hashes, largest, (SELECT count(*) FROM wanted WHERE hash <= largest)
            FROM (SELECT number, count(*) AS common FROM wanted CROSS JOIN sketches USING (hash) GROUP BY number)
            JOIN documents USING (number) WHERE common >= min(2, hashes)
        """
        found = []
        for name, common, held, largest, comparable in self._connection.execute(query):
            # Two sketches are only comparable below the smaller of their largest hashes.
            held *= min(1.0, hashes[-1] / max(largest, 1))
            share = common / max(min(comparable, held), 1)
            if share >= REPORT_SHARE * 0.6:
                found.append((-share, name))
        return [name for _, name in sorted(found)[:most]]

    def keep(self, made: Iterable[tuple[Row, "Sketch"]]) -> None:
        """Keep rows that are new or have changed, with the sketches of their texts."""
        with self._connection:
            postings: list[tuple[int, int]] = []
            for row, sketch in made:
                hashes = _stored(sketch)
                number = self._keep_row(row, hashes)
                if number is not None:
                    postings += ((one, number) for one in hashes)
            postings.sort()  # in the order of the table, which is then written from end to end
            self._connection.executemany("INSERT OR IGNORE INTO sketches VALUES (?, ?)", postings)

    def _keep_row(self, row: Row, hashes: list[int]) -> int | None:
        """Write a row; return its number if its text is new, None if only what is known of it has changed."""
        values: dict[str, Any] = msgspec.structs.asdict(row) | {
            "metadata": msgspec.msgpack.encode(row.metadata),
            "hashes": len(hashes),
            "largest": hashes[-1] if hashes else 0,
        }
        query = """
            UPDATE documents SET stamp = :stamp, sha256 = :sha256, metadata = :metadata
            WHERE name = :name AND text_sha256 = :text_sha256
        """
        if self._connection.execute(query, values).rowcount:
            return None
        query = (
            f"INSERT OR REPLACE INTO documents ({', '.join(values)}) VALUES ({', '.join(f':{key}' for key in values)})"
        )
        return self._connection.execute(query, values).lastrowid


def _stored(sketch: "Sketch") -> list[int]:
    """Return the hashes of `sketch` as the index holds them, in order."""
    return [one >> _CUT_BITS for one in sketch.tolist()]
