"""How a database is reached: the engine, and what each connection is told first."""

import sqlite3
import time
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from tutor.errors import StoreError


def open_engine(address: str, *, busy_timeout: float) -> Engine:
    """The engine for an SQLAlchemy address; `busy_timeout` is the wait for a lock, in seconds.

    Raises:
        StoreError: the address is none, or its folder cannot be made.
    """
    try:
        url = make_url(address)
        # Without parameters in its messages, which would be replies.
        engine = create_engine(url, hide_parameters=True, pool_pre_ping=not _is_sqlite(url))
    except (SQLAlchemyError, ImportError):
        raise StoreError(
            "The address of the database cannot be used. It looks like sqlite:///tutor.db, or like "
            "postgresql+psycopg://user@host/name, for which requirements-server.txt has the driver."
        ) from None
    if _is_sqlite(url):
        _make_folder(url)
        _prepare_sqlite(engine, busy_timeout)
    return engine


def snapshot(engine: Engine) -> Engine:
    """The engine for reading: all statements of a transaction see the same state."""
    if _is_sqlite(engine.url):
        return engine  # does so by itself
    return engine.execution_options(isolation_level="REPEATABLE READ")


def enter_wal(engine: Engine) -> None:
    """Let readers and a writer of an SQLite file not wait for one another; lasts with the file.

    It cannot be set inside a transaction, and SQLite does not wait where two set it at once.

    Raises:
        sqlite3.OperationalError: the file stayed locked for as long as a connection would wait.
    """
    if not _is_sqlite(engine.url):
        return
    connection = engine.raw_connection()
    try:
        (wait,) = connection.cursor().execute("PRAGMA busy_timeout").fetchone()
        until = time.monotonic() + wait / 1000
        while True:
            try:
                connection.cursor().execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                locked = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
                if not locked or time.monotonic() > until:
                    raise
                time.sleep(0.02)
    finally:
        connection.close()


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _make_folder(url: URL) -> None:
    file = url.database or ""
    if file in ("", ":memory:"):
        raise StoreError("The address of the database names no file, so nothing could be kept.")
    if file.startswith("file:"):
        return
    folder = Path(file).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise StoreError(
            f"The folder for the database, {folder}, is missing and cannot be made."
        ) from None


def _prepare_sqlite(engine: Engine, busy_timeout: float) -> None:
    @event.listens_for(engine, "connect")
    def _(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401
        # Transactions begin where SQLAlchemy says, not at the driver's first guess.
        connection.isolation_level = None
        # The time-out comes first: the others may have to wait for a lock.
        connection.execute(f"PRAGMA busy_timeout = {round(busy_timeout * 1000)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = NORMAL")
        # What a learner deletes is overwritten, not only forgotten.
        connection.execute("PRAGMA secure_delete = ON")

    @event.listens_for(engine, "begin")
    def _(db: Connection) -> None:
        db.exec_driver_sql(f"BEGIN {db.get_execution_options().get('sqlite_begin', 'DEFERRED')}")
