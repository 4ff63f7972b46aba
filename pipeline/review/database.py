"""Opening the database of a review: SQLite in a file, PostgreSQL by URL; migrated to what the code needs."""

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import msgspec
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from pipeline.errors import InputError

MIGRATIONS = Path(__file__).parent / "migrations"
_BUSY_SECONDS = 30
_RETRY_SECONDS = 0.01
_LOCK = 0x676F6E67  # of PostgreSQL: whoever writes shares it, but for migrations and loading


class Database:
    """An open database; `read` and `write` give connections, each in a transaction of its own."""

    def __init__(self, engine: Engine, name: str) -> None:
        self.engine = engine
        self.name = name  #: as messages call it, without a password
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite has one writer at a time; threads that wait here wait in order and do not poll the file.
        self._writing = threading.Lock() if self.is_sqlite else nullcontext()
        self._reading = threading.local()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the database; inside another `read` of the thread, the same one."""
        connection = getattr(self._reading, "connection", None)
        if connection is not None:
            yield connection
            return
        with self.engine.connect() as connection, connection.begin():
            self._reading.connection = connection
            try:
                yield connection
            finally:
                self._reading.connection = None

    @contextmanager
    def write(self, *, alone: bool = False) -> Iterator[Connection]:
        """Yield a connection whose changes are on disk when the block ends, or undone if it raises.

        With `alone` no other one writes meanwhile; SQLite has only one writer anyway.
        """
        with self._writing, self.engine.connect() as connection:
            connection = connection.execution_options(gongbao_write=True)
            with connection.begin():
                if not self.is_sqlite:
                    lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
                    connection.execute(text(f"SELECT {lock}(:lock)"), {"lock": _LOCK})
                yield connection

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def open_database(where: str) -> Database:
    """Open the database `where`, a file's path or a ``postgresql://`` URL, and bring it up to date.

    A file that does not exist is made. Raises InputError where it cannot be opened, is no database of a review, or was
    written by a newer gongbao.
    """
    url = _url(where)
    name = url.render_as_string(hide_password=True) if url.get_backend_name() != "sqlite" else str(url.database)
    engine = _engine(url)
    database = Database(engine, name)
    try:
        _migrate(database)
    except (DBAPIError, sqlite3.Error, OSError) as error:
        engine.dispose()
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise InputError(f"{name}: cannot be opened as a review's database: {reason}") from error
    except BaseException:
        engine.dispose()
        raise
    return database


def _url(where: str) -> URL:
    if "://" not in where:
        path = Path(where)
        if path.is_dir():
            raise InputError(f"{where}: a folder; name a file for the review's database")
        if not path.parent.is_dir():
            raise InputError(f"{where}: there is no folder {path.parent}")
        _make(path)
        return URL.create("sqlite", database=str(path))
    try:
        url = make_url(where)
    except ArgumentError as error:
        raise InputError(f"{where.partition('://')[0]}://…: not a database's URL: {error}") from error
    backend = url.get_backend_name()
    if backend == "sqlite":
        return url
    if backend not in ("postgresql", "postgres"):
        raise InputError(f"{backend}://…: reviews are kept in SQLite (a file's path) or PostgreSQL (postgresql://…)")
    return url.set(drivername="postgresql+pg8000", password=url.password or os.environ.get("PGPASSWORD"))


def _make(path: Path) -> None:
    """Make the file of a new database, for nobody else on this machine to read: it holds hashes of passwords."""
    try:
        path.touch(mode=0o600)
    except OSError as error:
        raise InputError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error


def _engine(url: URL) -> Engine:
    options: dict[str, Any] = {
        "json_serializer": lambda value: msgspec.json.encode(value, order="deterministic").decode(),
        "json_deserializer": msgspec.json.decode,
        "pool_pre_ping": True,
        "pool_size": 20,
        "max_overflow": 30,
    }
    if url.get_backend_name() == "sqlite":
        options["connect_args"] = {"timeout": _BUSY_SECONDS, "check_same_thread": False}
        options["pool_pre_ping"] = False
    engine = create_engine(url, **options)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own idea of transactions leaves statements outside of them
    cursor = connection.cursor()
    _use_wal(cursor)
    cursor.execute("PRAGMA synchronous=FULL")  # a commit is on disk before it is acknowledged
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Let readers and the writer work side by side.

    SQLite does not wait where two change the mode of one new file at once, for each would wait for the other: it fails
    at once in spite of `timeout`.
    """
    deadline = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(_RETRY_SECONDS)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("gongbao_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _migrate(database: Database) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    with database.read() as connection:
        if _current(connection) == script.get_current_head():
            return
    # Only alone can a database be judged: without the lock, another's tables come between one look and the next.
    with database.write(alone=True) as connection:
        if _revision(connection, script, database.name) != script.get_current_head():
            config.attributes["connection"] = connection
            command.upgrade(config, "head")


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _revision(connection: Connection, script: ScriptDirectory, name: str) -> str | None:
    """Return the revision that the database stands at; raises InputError where the code does not know it."""
    revision = _current(connection)
    if revision is None:
        if others := inspect(connection).get_table_names():
            raise InputError(
                f"{name}: holds other tables ({', '.join(sorted(others)[:3])}); name a database of its own"
            )
        return None
    try:
        script.get_revision(revision)
    except CommandError as error:
        raise InputError(
            f"{name}: written by a newer gongbao (revision {revision}); update gongbao to open it"
        ) from error
    return revision
