"""The records of a run as an SQLite database, as Datasette and other programs take it."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from pipeline.collection import require_run
from pipeline.errors import InputError
from pipeline.query import is_shards
from pipeline.tables import EXACT, LARGEST, TABLES, tables_of
from pipeline.writing import FileSet, read_rows

#: NUMERIC makes integers of whole numbers and floating-point numbers of others; a list or struct is JSON.
_TYPES = {"VARCHAR": "TEXT", "BIGINT": "INTEGER", "BOOLEAN": "INTEGER", "DOUBLE": "REAL", EXACT: "NUMERIC"}
_CONSTRAINTS = {"documents": "PRIMARY KEY (doc_id)", "sentences": "PRIMARY KEY (doc_id, id)"}
_RECORD = "PRIMARY KEY (id)"
_REFERENCE = "FOREIGN KEY (doc_id) REFERENCES documents (doc_id)"
_INDEXED = ("doc_id", "indicator", "canonical")


def write_database(folder: str | Path, out: Path) -> dict[str, int]:
    """Write the run in `folder` to the database `out`, which appears when it is whole; return the rows of each table.

    What a cluster wrote, to a folder or a URL, has no sentences. Raises InputError where there is no run, and where
    `out` cannot be written.
    """
    tables = _tables(folder)
    if out.is_dir():
        raise InputError(f"{out}: is a folder; give the name of a file")
    try:
        with FileSet(out.parent) as files:
            file = files.open(out.name)
            with closing(sqlite3.connect(file.name, isolation_level=None)) as connection:
                # Nobody reads it before it has its name: no journal, and the disk is waited for once, at the end.
                connection.executescript(
                    "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON"
                )
                connection.execute("BEGIN")
                rows = {name: _fill(connection, name, *table) for name, table in tables.items()}
                connection.execute("COMMIT")
            files.commit()
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"{out}: cannot write the database: {error}") from error
    return rows


Rows = Iterable[dict[str, Any]]  #: as they stand in the files of a run


def _tables(folder: str | Path) -> dict[str, tuple[Mapping[str, str], Rows]]:
    """Return the columns and the rows of each table."""
    if not is_shards(folder):
        require_run(Path(folder))
        return {name: (columns, _lines(Path(folder, f"{name}.jsonl"))) for name, columns in tables_of(folder).items()}
    from pipeline.cluster import storage
    from pipeline.cluster.shards import read_manifest, table_rows

    storage.require_fsspec()
    manifest = read_manifest(str(folder))
    kept = [name for name in TABLES if name != "sentences"]
    return {name: (TABLES[name], table_rows(str(folder), manifest, name)) for name in kept}


def _lines(path: Path) -> Rows:
    if not path.is_file():
        raise InputError(f"{path}: no such file; run again")
    return read_rows(path, dict[str, Any])


def _fill(connection: sqlite3.Connection, table: str, columns: Mapping[str, str], rows: Rows) -> int:
    """Make `table` of `rows`, and return how many these are."""
    names = {column: column.replace('"', '""') for column in columns}
    parts = [f'"{names[column]}" {_TYPES.get(kind, "")}'.rstrip() for column, kind in columns.items()]
    if table in TABLES:  # the ids of others' records may be the same
        parts.append(_CONSTRAINTS.get(table, _RECORD))
    if table != "documents":
        parts.append(_REFERENCE)
    connection.execute(f"CREATE TABLE {table} ({', '.join(parts)})")
    places = ", ".join("?" * len(columns))
    filled = connection.executemany(f"INSERT INTO {table} VALUES ({places})", _cells(rows, columns))
    for column in _INDEXED:
        if table != "documents" and column in columns:
            connection.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
    return filled.rowcount


def _cells(rows: Rows, columns: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    for row in rows:
        if sentence := row.get("sentence"):
            row["sentence_start"], row["sentence_end"] = sentence["start"], sentence["end"]
        yield tuple(_cell(row.get(column)) for column in columns)


def _cell(value: Any) -> Any:
    is_compound = isinstance(value, list | dict) or (isinstance(value, int) and not -LARGEST <= value < LARGEST)
    return msgspec.json.encode(value).decode() if is_compound else value
