"""What is kept of a learner beside the single attempt, and how all of it is forgotten."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, delete, exists, func, insert, select

from tutor.domain.attempt import Attempt, CodedAttempt
from tutor.domain.exercise import Answer, Exercise
from tutor.store.database import Database, put
from tutor.store.rows import (
    answer_of,
    answer_row,
    by_attempt,
    coded_attempt_of,
    readable,
)
from tutor.store.schema import (
    ANSWER,
    ATTEMPT,
    CHECKED,
    CODED,
    COMMENT,
    DISPUTE,
    HINT,
    MEMBER,
    OVERRIDE,
    SUBMISSION,
    TURN,
)


class Records(Database):
    """Everything of one learner, as lists."""

    def attempts(self, learner: str) -> tuple[Attempt, ...]:
        """All attempts of the learner that this version can read, the one begun first first.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._attempts(ATTEMPT.c.learner == learner)

    def attempts_of(self, attempt_ids: Collection[str]) -> tuple[Attempt, ...]:
        """Those attempts, as far as this version can read them, the one begun first first.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._attempts(ATTEMPT.c.id.in_(attempt_ids))

    def coded(
        self, learner: str, *, scenarios: Collection[str], limit: int, skip: int = 0
    ) -> tuple[CodedAttempt, ...]:
        """The learner's attempts with a reply at these scenarios, as coded; the last begun first.

        At most `limit`, after the first `skip`.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = (
            select(ATTEMPT)
            .where(*_replied(learner, scenarios))
            .order_by(ATTEMPT.c.started_at.desc(), ATTEMPT.c.id)
            .limit(limit)
            .offset(skip)
        )
        with self._reading() as db:
            rows = db.execute(chosen).all()
            levels = db.execute(
                select(CODED, TURN.c.moment, TURN.c.rewound)
                .join(
                    TURN,
                    (TURN.c.attempt_id == CODED.c.attempt_id) & (TURN.c.number == CODED.c.number),
                )
                .where(CODED.c.attempt_id.in_([row.id for row in rows]))
                .order_by(CODED.c.attempt_id, CODED.c.number)
            )
            turns_of = by_attempt(levels)
        return tuple(coded_attempt_of(row, turns_of.get(row.id, ())) for row in rows)

    def replied(self, learner: str, *, scenarios: Collection[str]) -> int:
        """How many attempts `coded` has in all.

        Raises:
            StoreError: the database cannot be read.
        """
        with self._reading() as db:
            chosen = select(func.count()).select_from(ATTEMPT)
            return db.scalar(chosen.where(*_replied(learner, scenarios))) or 0

    def ended(self, learner: str) -> frozenset[str]:
        """The scenarios that the learner has brought to an ending.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(ATTEMPT.c.scenario).distinct()
        with self._reading() as db:
            mine = (ATTEMPT.c.learner == learner, ATTEMPT.c.outcome.is_not(None))
            return frozenset(db.scalars(chosen.where(*mine)))

    def hint(self, attempt_id: str, number: int, height: int) -> None:
        """Keep that a hint of that height (from 1) was shown before the reply of that number.

        Raises:
            StoreError: there is no such attempt, or the database cannot be written.
        """
        row = {"attempt_id": attempt_id, "number": number, "height": height}
        with self._writing() as db:
            put(db, HINT, row)

    def hints(self, learner: str) -> dict[str, tuple[tuple[int, int], ...]]:
        """By attempt of the learner: (number of the reply, height) of each hint, in order.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = (
            select(HINT)
            .join(ATTEMPT, ATTEMPT.c.id == HINT.c.attempt_id)
            .where(ATTEMPT.c.learner == learner)
            .order_by(HINT.c.attempt_id, HINT.c.number, HINT.c.height)
        )
        with self._reading() as db:
            rows = db.execute(chosen).all()
        return {
            key: tuple((row.number, row.height) for row in group)
            for key, group in by_attempt(rows).items()
        }

    def answer(self, learner: str, answer: Answer) -> None:
        """Keep how an item of an exercise went.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            db.execute(insert(ANSWER), answer_row(learner, answer))

    def answers(self, learner: str, exercise: Exercise) -> tuple[Answer, ...]:
        """How the learner's exercise went so far, in the order of time.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(ANSWER).where(
            ANSWER.c.learner == learner, ANSWER.c.exercise == exercise.value
        )
        with self._reading() as db:
            rows = db.execute(chosen.order_by(ANSWER.c.answered_at, ANSWER.c.id)).all()
        return tuple(map(answer_of, rows))

    def delete_attempt(self, learner: str, attempt_id: str) -> None:
        """Forget that attempt of the learner, with all that hangs on it, for good.

        One that is another's, or that is not there, stays as it is.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            _forget(db, (ATTEMPT.c.learner == learner) & (ATTEMPT.c.id == attempt_id))
        self._wipe()

    def delete_all(self, learner: str) -> None:
        """Forget everything of the learner, for good.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            _forget(db, ATTEMPT.c.learner == learner)
            db.execute(delete(ANSWER).where(ANSWER.c.learner == learner))
            db.execute(delete(MEMBER).where(MEMBER.c.learner == learner))
        self._wipe()

    def _attempts(self, which: ColumnElement[bool]) -> tuple[Attempt, ...]:
        with self._reading() as db:
            rows = db.execute(
                select(ATTEMPT).where(which).order_by(ATTEMPT.c.started_at, ATTEMPT.c.id)
            ).all()
            turns = db.execute(
                select(TURN)
                .where(TURN.c.attempt_id.in_(select(ATTEMPT.c.id).where(which)))
                .order_by(TURN.c.attempt_id, TURN.c.number)
            )
            turns_of = by_attempt(turns)
        return readable(rows, turns_of)

    def _wipe(self) -> None:
        # The file overwrites what is deleted (`secure_delete`); the log beside it is emptied here.
        if self._reader.dialect.name == "sqlite":
            self._alone("PRAGMA wal_checkpoint(TRUNCATE)")


def _replied(learner: str, scenarios: Collection[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        ATTEMPT.c.learner == learner,
        ATTEMPT.c.scenario.in_(scenarios),
        exists().where(TURN.c.attempt_id == ATTEMPT.c.id),
    )


def _forget(db: Connection, which: ColumnElement[bool]) -> None:
    ids = select(ATTEMPT.c.id).where(which)
    for table in (COMMENT, OVERRIDE, CHECKED, SUBMISSION):
        db.execute(delete(table).where(table.c.attempt.in_(ids)))
    for table in (DISPUTE, HINT, CODED, TURN):
        db.execute(delete(table).where(table.c.attempt_id.in_(ids)))
    db.execute(delete(ATTEMPT).where(which))
