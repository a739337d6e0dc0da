"""The database itself: opened, prepared, read and written in transactions."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Lock
from typing import Any, Self

from sqlalchemy import Connection, Engine, Table
from sqlalchemy.dialects import postgresql, sqlite

from tutor.errors import StoreError
from tutor.store.engine import enter_wal, open_engine, snapshot
from tutor.store.failures import explained
from tutor.store.migrating import is_current, migrate


class Database:
    """One database; safe to share between threads and between processes."""

    def __init__(self, engine: Engine) -> None:
        self._reader = snapshot(engine)
        # A writer waits for its turn at once, and so never finds the data changed under it.
        self._writer = engine.execution_options(sqlite_begin="IMMEDIATE")
        self._place = engine.url.database or str(engine.url)
        # Those who wait for SQLite look again from time to time, and some would wait for ever while
        # others come first. Within a process they stand in a row; other processes are few.
        alone = engine.dialect.name == "sqlite"
        self._row: AbstractContextManager[object] = Lock() if alone else nullcontext()

    @classmethod
    def open(cls, url: str, *, busy_timeout: float = 5.0) -> Self:
        """The database at an SQLAlchemy address; folder and tables are made on first use.

        `busy_timeout` is how long to wait for another program's lock, in seconds.

        Raises:
            StoreError: the database cannot be used, or is not ours; nothing was changed in it.
        """
        database = cls(open_engine(url, busy_timeout=busy_timeout))
        try:
            with database._reading() as db:
                current = is_current(db)
            if not current:
                database._prepare()
        except StoreError:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Give back every connection. The database can still be used, and opens new ones."""
        self._reader.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with explained(self._place), self._reader.begin() as db:
            yield db

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._row, explained(self._place), self._writer.begin() as db:
            yield db

    def _prepare(self) -> None:
        with explained(self._place):
            enter_wal(self._reader)
        with self._writing() as db:
            migrate(db)

    def _alone(self, statement: str) -> None:
        """Run a statement that SQLite takes outside a transaction only."""
        with explained(self._place):
            connection = self._reader.raw_connection()
            try:
                connection.cursor().execute(statement)
            finally:
                connection.close()


def put(db: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Write the row; where there is one of the same key, it takes its place."""
    insert = (postgresql if db.dialect.name == "postgresql" else sqlite).insert
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    written = insert(table).values(row)
    db.execute(
        written.on_conflict_do_update(index_elements=keys, set_=rest)
        if rest
        else written.on_conflict_do_nothing(index_elements=keys)
    )
