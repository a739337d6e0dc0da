"""The tables of the store, and how a database comes to have them.

    meta ── one row: the version of everything below
    attempt ──< turn      a coding and a response are kept whole, as JSON text
       │         ├─── coded        the levels of that coding alone, to be counted by the thousand
       │         └──< dispute      one for each code that the learner sees differently
       └──< hint                   what was shown before a reply
    answer                         how an item of an exercise went, once

Only types and statements that SQLite and PostgreSQL both know are used.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
)
from sqlalchemy.types import TypeDecorator

from tutor.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy import Dialect

#: Grows with every change to the tables below.
SCHEMA_VERSION = 3


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in time, in UTC; SQLite by itself would drop the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: "Dialect") -> datetime | None:
        """The time in UTC, as it is written.

        Raises:
            ValueError: a time without a zone.
        """
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: "Dialect") -> datetime | None:
        """The time in UTC, as it was written."""
        if value is None or value.tzinfo is not None:
            return value and value.astimezone(UTC)
        return value.replace(tzinfo=UTC)


METADATA = MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"}
)

META = Table(
    "meta",
    METADATA,
    Column("key", String(50), primary_key=True),
    Column("value", String(200), nullable=False),
)

ATTEMPT = Table(
    "attempt",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("learner", String(200), nullable=False),
    Column("scenario", String(200), nullable=False),
    Column("seed", BigInteger, nullable=False),
    Column("opening", Integer, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),
    Column("outcome", String(50)),
    Column("revision", Integer, nullable=False),
    Index("ix_attempt_learner_started_at", "learner", "started_at"),
)

TURN = Table(
    "turn",
    METADATA,
    Column("attempt_id", ForeignKey(ATTEMPT.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("moment", String(200), nullable=False),
    Column("reply", Text, nullable=False),
    Column("coding", Text, nullable=False),
    Column("response", Text, nullable=False),
    Column("rewound", Boolean, nullable=False),
)

CODED = Table(
    "coded",
    METADATA,
    Column("attempt_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("levels", String(500), nullable=False),
    ForeignKeyConstraint(
        ["attempt_id", "number"], [TURN.c.attempt_id, TURN.c.number], name="fk_coded_turn"
    ),
)

DISPUTE = Table(
    "dispute",
    METADATA,
    Column("attempt_id", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("code", String(50), primary_key=True),
    Column("why", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    ForeignKeyConstraint(
        ["attempt_id", "number"], [TURN.c.attempt_id, TURN.c.number], name="fk_dispute_turn"
    ),
)

HINT = Table(
    "hint",
    METADATA,
    Column("attempt_id", ForeignKey(ATTEMPT.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("height", Integer, primary_key=True, autoincrement=False),
)

ANSWER = Table(
    "answer",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("learner", String(200), nullable=False),
    Column("exercise", String(50), nullable=False),
    Column("item", String(200), nullable=False),
    Column("right", Boolean, nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("seconds", Integer),
    Index("ix_answer_learner_exercise", "learner", "exercise"),
)


def is_current(db: Connection) -> bool:
    """Whether the database has the tables of this version: not none, and not an older one's.

    Raises:
        StoreError: the tables in it are of a newer version, or somebody else's.
    """
    if not (tables := inspect(db).get_table_names()):
        return False
    found = None
    if META.name in tables:
        found = db.scalar(select(META.c.value).where(META.c.key == "schema_version"))
    if found is None or not found.isdecimal():
        raise StoreError("The database belongs to another program. Nothing was changed in it.")
    if int(found) > SCHEMA_VERSION:
        raise StoreError(
            f"The database was written by a newer version of the tutor (schema {found}; this one "
            f"knows {SCHEMA_VERSION}). Update the tutor. Nothing was changed in the database."
        )
    return int(found) == SCHEMA_VERSION


def prepare(db: Connection) -> bool:
    """Make the tables that are not there; whether any were made.

    Another process may have done so in the meantime. Version 2 brought `dispute`, version 3
    `coded`, `hint` and `answer`; nothing else was changed.
    """
    if is_current(db):
        return False
    METADATA.create_all(db)
    db.execute(delete(META).where(META.c.key == "schema_version"))
    db.execute(insert(META).values(key="schema_version", value=str(SCHEMA_VERSION)))
    return True
