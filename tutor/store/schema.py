"""The tables of the store.

    attempt ──< turn      a coding and a response are kept whole, as JSON text
       │         ├─── coded        the levels of that coding alone, to be counted by the thousand
       │         └──< dispute      one for each code that the learner sees differently
       ├──< hint                   what was shown before a reply
       ├─── submission             that it was handed in to a class
       ├──< comment                what the supervisor says of it, or of a turn
       ├──< override               another level for a code of a turn
       └──< checked                a turn whose coding the supervisor has gone through
    answer                         how an item of an exercise went, once
    person ──< cohort              a class and its supervisor
                 ├──< member       a learner in it
                 └──< assignment   scenarios to be practised by it
    demo                           a demonstration, or a transcript, that a supervisor has made
    meta                           what versions without migrations read

Only types and statements that SQLite and PostgreSQL both know are used. The migrations beside this
file bring every older database to these tables, and a test holds the two together.
"""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy import Dialect


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

#: Versions up to 3 looked here, and refuse a database that is newer than they are.
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


PERSON = Table(
    "person",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
)

COHORT = Table(
    "cohort",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("supervisor", ForeignKey(PERSON.c.id), nullable=False),
    Column("join_code", String(20), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("closed", Boolean, nullable=False),
    UniqueConstraint("join_code", name="uq_cohort_join_code"),
    Index("ix_cohort_supervisor", "supervisor"),
)

MEMBER = Table(
    "member",
    METADATA,
    Column("cohort", ForeignKey(COHORT.c.id), primary_key=True),
    Column("learner", ForeignKey(PERSON.c.id), primary_key=True),
    Column("joined_at", UtcDateTime, nullable=False),
    Index("ix_member_learner", "learner"),
)

ASSIGNMENT = Table(
    "assignment",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("cohort", ForeignKey(COHORT.c.id), nullable=False),
    Column("title", String(200), nullable=False),
    Column("scenarios", Text, nullable=False),
    Column("due", UtcDateTime),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_assignment_cohort", "cohort"),
)

SUBMISSION = Table(
    "submission",
    METADATA,
    Column("attempt", ForeignKey(ATTEMPT.c.id), primary_key=True),
    Column("cohort", ForeignKey(COHORT.c.id), nullable=False),
    Column("note", Text, nullable=False),
    Column("submitted_at", UtcDateTime, nullable=False),
    Index("ix_submission_cohort", "cohort"),
)

COMMENT = Table(
    "comment",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("attempt", ForeignKey(ATTEMPT.c.id), nullable=False),
    Column("number", Integer, nullable=False),
    Column("author", ForeignKey(PERSON.c.id), nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_comment_attempt", "attempt"),
)

OVERRIDE = Table(
    "override",
    METADATA,
    Column("attempt", ForeignKey(ATTEMPT.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("code", String(50), primary_key=True),
    Column("author", ForeignKey(PERSON.c.id), nullable=False),
    Column("level", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)

CHECKED = Table(
    "checked",
    METADATA,
    Column("attempt", ForeignKey(ATTEMPT.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
)

DEMO = Table(
    "demo",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("owner", ForeignKey(PERSON.c.id), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("title", String(200), nullable=False),
    Column("body", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_demo_owner", "owner"),
)
