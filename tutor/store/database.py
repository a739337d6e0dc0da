"""The database itself: opened, prepared, read and written in transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from sqlalchemy import Connection, Engine, insert, select

from tutor.errors import StoreError
from tutor.store.engine import open_engine
from tutor.store.failures import explained
from tutor.store.rows import coded_row_of
from tutor.store.schema import CODED, TURN, is_current, prepare

#: So many turns of an older version are counted at once.
AT_ONCE = 500


class Database:
    """One database; safe to share between threads and between processes."""

    def __init__(self, engine: Engine) -> None:
        self._reader = engine
        # A writer waits for its turn at once, and so never finds the data changed under it.
        self._writer = engine.execution_options(sqlite_begin="IMMEDIATE")
        self._place = engine.url.database or str(engine.url)

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
        with explained(self._place), self._writer.begin() as db:
            yield db

    def _prepare(self) -> None:
        if self._reader.dialect.name == "sqlite":
            # A lasting property of the file, which cannot be set inside a transaction.
            self._alone("PRAGMA journal_mode = WAL")
        with self._writing() as db:
            if prepare(db):
                _count(db)

    def _alone(self, statement: str) -> None:
        """Run a statement that SQLite takes outside a transaction only."""
        with explained(self._place):
            connection = self._reader.raw_connection()
            try:
                connection.cursor().execute(statement)
            finally:
                connection.close()


def _count(db: Connection) -> None:
    """Keep the levels of the turns that an older version has stored."""
    turns = db.execute(select(TURN.c.attempt_id, TURN.c.number, TURN.c.coding))
    for some in turns.partitions(AT_ONCE):
        rows = [row for turn in some if (row := coded_row_of(turn))]
        if rows:
            db.execute(insert(CODED), rows)
