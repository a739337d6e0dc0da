"""Which version of the tables a database has, and how it comes to those of this one."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from tutor.errors import StoreError
from tutor.store.schema import METADATA

#: The last step of the migrations, which gives the tables of this version.
HEAD = "0004"
#: What versions that knew no migrations called their tables, and the step that gives the same.
BEFORE_MIGRATIONS = {"1": "0001", "2": "0002", "3": "0003"}

_VERSION = "alembic_version"
_OTHERS = "The database belongs to another program. Nothing was changed in it."
#: Any number will do, as long as all processes of the tutor wait for the same one.
_LOCK = 7_317_853


def is_current(db: Connection) -> bool:
    """Whether the database has the tables of this version: not none, and not an older one's.

    Raises:
        StoreError: the tables in it are of a newer version, or somebody else's.
    """
    found = _found(db)
    if found is None or found < HEAD:
        return False
    if found > HEAD:
        raise StoreError(
            f"The database was written by a newer version of the tutor (schema {found}; this one "
            f"knows {HEAD}). Update the tutor. Nothing was changed in the database."
        )
    return True


def migrate(db: Connection, *, to: str = HEAD) -> None:
    """Bring the database to the tables of step `to`, in the transaction of the connection.

    Whoever comes second waits, and finds it done. What is interrupted leaves no trace.

    Raises:
        StoreError: as in `is_current`.
    """
    if db.dialect.name == "postgresql":  # SQLite's writers already wait for one another
        db.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    if is_current(db):
        return
    # Takes a quarter of a second to import, and is needed once in the life of a database.
    from alembic import command
    from alembic.config import Config

    steps = Config()
    steps.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    steps.set_main_option("path_separator", "os")
    steps.attributes["connection"] = db
    found = _found(db)
    if found is not None and _VERSION not in _tables(db):
        command.stamp(steps, found)
    command.upgrade(steps, to)


def _found(db: Connection) -> str | None:
    """The step that the database stands at; None for one that has no tables.

    Raises:
        StoreError: the tables are somebody else's.
    """
    tables = _tables(db)
    if _VERSION in tables and METADATA.tables["attempt"].name in tables:
        return str(db.scalar(text(f"SELECT version_num FROM {_VERSION}")))  # noqa: S608
    if "meta" in tables:
        told = db.scalar(text("SELECT value FROM meta WHERE key = 'schema_version'"))
        if str(told) in BEFORE_MIGRATIONS:
            return BEFORE_MIGRATIONS[str(told)]
    if tables:
        raise StoreError(_OTHERS)
    return None


def _tables(db: Connection) -> frozenset[str]:
    return frozenset(inspect(db).get_table_names())
