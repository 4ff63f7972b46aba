"""SQL over the records of a run, by DuckDB; nothing but the run's files is read, and nothing is written.

Of a run that one machine made the tables are loaded. The shards of a cluster are read where they lie, as far as the
query needs them.
"""

import csv
import glob
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.collection import DocumentRow, read_source, require_run
from pipeline.errors import InputError
from pipeline.tables import EXACT, LARGEST, TABLES, tables_of
from pipeline.writing import plain, pretty, read_rows

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: Nothing is fetched, looked for in the user's folders, or taken from the variables of a caller.
_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
#: One thread, so that rows which the query leaves unordered come in the same order every time.
_CLOSED = "SET threads = 1; SET enable_external_access = false; SET lock_configuration = true"


class Answer(msgspec.Struct, frozen=True):
    """The rows that a query gives, and what their columns are called: no two the same."""

    columns: tuple[str, ...]
    rows: Sequence[tuple[Any, ...]]


def query(folder: str | Path, sql: str) -> Answer:
    """Return what the one SELECT statement `sql` gives over the run in `folder`.

    Its tables are those of :func:`pipeline.tables.tables_of`, and `texts`; shards have no `sentences`. Raises
    InputError where there is no run, and for a statement that is wrong or none that only reads.
    """
    with opened(folder, sql) as connection:
        found = connection.execute(sql)
        return Answer(_unique([column[0] for column in found.description or ()]), found.fetchall())


@contextmanager
def opened(folder: str | Path, sql: str) -> Iterator["DuckDBPyConnection"]:
    """Yield a connection on which the one SELECT statement `sql`, and no other file than the run's, can be read."""
    is_sharded = is_shards(folder)
    if not is_sharded:
        require_run(Path(folder))
    try:
        sql.encode()
    except UnicodeEncodeError as error:  # bytes of another encoding on the command line
        raise InputError("the query is not UTF-8") from error
    try:
        import duckdb
    except ImportError as error:
        raise InputError("queries need duckdb; install gongbao[query]") from error
    with duckdb.connect(":memory:", config=_CONFIGURATION) as connection:
        try:
            kinds = [statement.type for statement in connection.extract_statements(sql)]
            # A PIVOT counts as several.
            if len(kinds) != 1 or kinds[0] not in (duckdb.StatementType.SELECT, duckdb.StatementType.MULTI):
                raise InputError("a query is one SELECT statement")
            if is_sharded:
                show_shards(connection, str(folder))
            else:
                tables = tables_of(folder)
                for table in _named(sql, tables):
                    _load(connection, Path(folder) / f"{table}.jsonl", table, tables.get(table, {}))
            connection.execute(_CLOSED)
            yield connection
        except duckdb.Error as error:
            raise InputError(_in_a_line(error)) from error


def is_shards(folder: str | Path) -> bool:
    """Whether `folder` holds what a cluster wrote: nothing else is written to a URL."""
    return "://" in str(folder) or Path(folder, "done").is_dir()


def show_shards(connection: "DuckDBPyConnection", folder: str) -> None:
    """Let `connection` see the tables in the shards in `folder`, and no file but those."""
    from pipeline.cluster import storage
    from pipeline.cluster.shards import read_manifest, table_files
    from pipeline.cluster.tables import NAMES, TEXTS

    storage.require_fsspec()
    manifest = read_manifest(folder)
    if storage.is_url(folder):
        connection.register_filesystem(storage.file_system(folder))
    allowed = []
    for table in NAMES:
        files = table_files(folder, manifest, table)
        patterns = [glob.escape(file) for file in files]
        allowed += [*files, *(pattern for pattern in patterns if pattern not in files)]
        read, made = _columns(dict.fromkeys(TEXTS, "VARCHAR") if table == "texts" else TABLES[table])
        if manifest.format == "parquet":
            source = f"SELECT * FROM read_parquet({_literal(patterns)})"
        else:
            source = (
                f"SELECT {', '.join(made)} FROM read_json({_literal(patterns)}, format = 'newline_delimited', "
                f"auto_detect = false, columns = {_literal(read)})"
            )
        connection.execute(f"CREATE VIEW {table} AS {source}")
    connection.execute(f"SET allowed_paths = {_literal(allowed)}")


def _literal(value: str | Sequence[str] | Mapping[str, str]) -> str:
    """Return `value` as it is written in SQL.

    >>> _literal(["a", "b'c"]), _literal({"a": "BIGINT"})
    ("['a', 'b''c']", "{'a': 'BIGINT'}")
    """
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_literal(name)}: {_literal(kind)}" for name, kind in value.items()) + "}"
    return "[" + ", ".join(map(_literal, value)) + "]"


def _named(sql: str, tables: Iterable[str]) -> list[str]:
    """Return those of `tables` that `sql` can be about: their names stand in it; all, if none does (SHOW TABLES)."""
    words = set(re.findall(r"\w+", sql.casefold()))
    return [table for table in (*tables, "texts") if table in words] or list(tables)


def _load(connection: "DuckDBPyConnection", path: Path, table: str, columns: Mapping[str, str]) -> None:
    """Make `table` of the JSON Lines at `path`; that of the texts of the files that were read."""
    import duckdb

    if table == "texts":
        _load_texts(connection, path.parent)
        return
    if not path.is_file():
        raise InputError(f"{path}: no such file; run again")
    read, made = _columns(columns)
    try:
        connection.execute(
            f"CREATE TABLE {table} AS SELECT {', '.join(made)} "
            "FROM read_json($path, format = 'newline_delimited', auto_detect = false, columns = $columns)",
            # No letter of the folder's name is a wildcard, or its first the user's own folder.
            {"path": glob.escape(str(path.absolute())), "columns": read},
        )
    except duckdb.Error as error:
        raise InputError(f"{path}: {_in_a_line(error)}") from error


def _load_texts(connection: "DuckDBPyConnection", folder: Path) -> None:
    connection.execute("CREATE TABLE texts (doc_id VARCHAR, text VARCHAR)")
    for row in read_rows(folder / "documents.jsonl", DocumentRow):
        connection.execute(
            "INSERT INTO texts VALUES ($id, $text)", {"id": row.doc_id, "text": read_source(row, folder)}
        )


def _columns(table: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return how the lines of a table with these columns are read, and what its columns are made of."""
    read, made = {}, []
    for column, kind in table.items():
        name = column.replace('"', '""')
        field, value = column, f'"{name}"'
        if column in ("sentence_start", "sentence_end"):
            field, kind, value = "sentence", 'STRUCT("start" BIGINT, "end" BIGINT)', f'sentence."{column[9:]}"'
        elif kind == EXACT:  # a string in the file
            kind, value = "VARCHAR", f'TRY_CAST("{column}" AS {EXACT})'
        elif kind == "BIGINT[]":  # declared: in the file a number alone is no list
            kind = "JSON"
            value = (
                "CASE WHEN json_type(declared) = 'ARRAY' THEN declared::BIGINT[] ELSE list_value(declared::BIGINT) END"
            )
            value = f"CASE WHEN declared IS NOT NULL THEN {value} END"
        read[field] = kind
        made.append(f'{value} AS "{name}"')
    return read, made


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Return `names`, those that are taken with a number behind them.

    >>> _unique(["doc_id", "quote", "doc_id"])
    ('doc_id', 'quote', 'doc_id_1')
    """
    taken: dict[str, None] = {}
    for name in names:
        number, own = 0, name
        while own in taken:
            number += 1
            own = f"{name}_{number}"
        taken[own] = None
    return tuple(taken)


def _in_a_line(error: Exception) -> str:
    """Return what DuckDB says without the query that it quotes, or the way to what it wanted of Python."""
    said = str(error).partition("\n\nLINE ")[0].partition(", due to the following Python exception")[0]
    return " ".join(said.split())


def as_csv(answer: Answer) -> bytes:
    """Return `answer` as CSV under a line with the names of its columns; lists and structs are JSON."""
    file = StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows([shown(value) for value in row] for row in answer.rows)
    return file.getvalue().encode()


def as_json(answer: Answer) -> bytes:
    """Return `answer` as a list of objects; numbers are numbers, with all of their digits."""
    rows = [dict(zip(answer.columns, map(_encodable, row), strict=True)) for row in answer.rows]
    return pretty(rows)


def shown(value: Any) -> str:
    """Return `value` of a row as a reader or a cell of CSV has it; nothing for NULL."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, bool | list | tuple | Mapping):
        return msgspec.json.encode(_encodable(value)).decode()
    return str(value)


def _encodable(value: Any) -> Any:
    """Return what msgspec writes `value` as."""
    if isinstance(value, Decimal):
        return msgspec.Raw(plain(value).encode())
    if isinstance(value, int) and not -LARGEST <= value < LARGEST:
        return msgspec.Raw(str(value).encode())
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    if isinstance(value, Mapping):
        return {shown(key): _encodable(item) for key, item in value.items()}
    return value
