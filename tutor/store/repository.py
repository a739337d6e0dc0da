"""The store: attempts in, attempts out, each change in one transaction.

A change names the revision it was made on. If the attempt has moved on since, in another tab or
window, the database finds no such row, nothing is written, and the caller is told.
"""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from tutor.domain.attempt import Attempt, Dispute, Turn
from tutor.domain.vocabulary import Outcome
from tutor.errors import AttemptError, AttemptMovedOn
from tutor.store.backup import Backup
from tutor.store.classes import Classes
from tutor.store.database import put
from tutor.store.demos import Demos
from tutor.store.handed_in import HandedIn
from tutor.store.records import Records
from tutor.store.rows import (
    attempt_of,
    attempt_row,
    by_attempt,
    coded_row,
    dispute_of,
    dispute_row,
    readable,
    turn_row,
)
from tutor.store.schema import ATTEMPT, CODED, DISPUTE, SUBMISSION, TURN


class Store(Records, Classes, HandedIn, Demos, Backup):
    """Everything that is kept; safe to share between threads and between processes."""

    def add(self, attempt: Attempt) -> None:
        """Keep a new attempt, with the turns it has.

        Raises:
            StoreError: there is one of that id already, or the database cannot be written.
        """
        with self._writing() as db:
            db.execute(insert(ATTEMPT), attempt_row(attempt))
            if attempt.turns:
                _insert(db, attempt.id, attempt.turns)

    def get(self, attempt_id: str) -> Attempt | None:
        """The attempt of that id as it now stands, or None.

        Raises:
            StoreError: the database, or this attempt in it, cannot be read.
        """
        with self._reading() as db:
            row = db.execute(select(ATTEMPT).where(ATTEMPT.c.id == attempt_id)).one_or_none()
            turns = db.execute(
                select(TURN).where(TURN.c.attempt_id == attempt_id).order_by(TURN.c.number)
            ).all()
        return None if row is None else attempt_of(row, turns)

    def unfinished(
        self, learner: str, *, scenarios: Collection[str], limit: int
    ) -> tuple[Attempt, ...]:
        """The learner's open attempts at these scenarios, the one begun last first.

        At most `limit`; of those, one that cannot be read is left out, so that it does not bar the
        way to the others.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = (
            select(ATTEMPT)
            .where(
                ATTEMPT.c.learner == learner,
                ATTEMPT.c.finished_at.is_(None),
                ATTEMPT.c.scenario.in_(scenarios),
            )
            .order_by(ATTEMPT.c.started_at.desc(), ATTEMPT.c.id)
            .limit(limit)
        )
        with self._reading() as db:
            rows = db.execute(chosen).all()
            turns = db.execute(
                select(TURN)
                .where(TURN.c.attempt_id.in_([row.id for row in rows]))
                .order_by(TURN.c.attempt_id, TURN.c.number)
            )
            turns_of = by_attempt(turns)
        return readable(rows, turns_of)

    def append_turn(
        self,
        attempt_id: str,
        revision: int,
        turn: Turn,
        *,
        finished_at: datetime | None = None,
        outcome: Outcome | None = None,
    ) -> None:
        """Keep the next turn, and with it the end of the attempt where it is one.

        Raises:
            AttemptMovedOn: the attempt is no longer at `revision`.
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            _advance(db, attempt_id, revision, finished_at=finished_at, outcome=outcome)
            _insert(db, attempt_id, (turn,))

    def rewind(self, attempt_id: str, revision: int, number: int) -> None:
        """Mark the turn of that number as gone back behind, and open the attempt again.

        Raises:
            AttemptMovedOn: the attempt is no longer at `revision`, or has no such standing turn.
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            _advance(db, attempt_id, revision, finished_at=None, outcome=None)
            marked = db.execute(
                update(TURN)
                .where(
                    TURN.c.attempt_id == attempt_id,
                    TURN.c.number == number,
                    TURN.c.rewound.is_(False),
                )
                .values(rewound=True)
            )
            if marked.rowcount != 1:
                raise moved_on()

    def finish(
        self,
        attempt_id: str,
        revision: int,
        *,
        finished_at: datetime,
        outcome: Outcome | None = None,
    ) -> None:
        """Close the attempt without another turn.

        Raises:
            AttemptMovedOn: the attempt is no longer at `revision`.
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            _advance(db, attempt_id, revision, finished_at=finished_at, outcome=outcome)

    def dispute(self, attempt_id: str, dispute: Dispute) -> None:
        """Keep what the learner sees differently; the latest word on a code replaces earlier ones.

        Raises:
            StoreError: there is no such turn, or the database cannot be written.
        """
        row = dispute_row(attempt_id, dispute)
        with self._writing() as db:
            put(db, DISPUTE, row)

    def disputes(self, attempt_id: str) -> tuple[Dispute, ...]:
        """What the learner sees differently in the attempt, by turn and time.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(DISPUTE).where(DISPUTE.c.attempt_id == attempt_id)
        with self._reading() as db:
            rows = db.execute(chosen.order_by(DISPUTE.c.number, DISPUTE.c.made_at)).all()
        return tuple(map(dispute_of, rows))

    def disputes_in(self, attempt_ids: Collection[str]) -> dict[str, int]:
        """How many codes are disputed in each of those attempts; none is left out.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = (
            select(DISPUTE.c.attempt_id, func.count().label("disputes"))
            .where(DISPUTE.c.attempt_id.in_(attempt_ids))
            .group_by(DISPUTE.c.attempt_id)
        )
        with self._reading() as db:
            return {row.attempt_id: row.disputes for row in db.execute(chosen)}

    def disputed(self) -> tuple[str, ...]:
        """The ids of all attempts in which anything is disputed, the one begun first first.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = (
            select(ATTEMPT.c.id)
            .where(ATTEMPT.c.id.in_(select(DISPUTE.c.attempt_id)))
            .order_by(ATTEMPT.c.started_at, ATTEMPT.c.id)
        )
        with self._reading() as db:
            return tuple(db.scalars(chosen))


def _insert(db: Connection, attempt_id: str, turns: tuple[Turn, ...]) -> None:
    db.execute(insert(TURN), [turn_row(attempt_id, turn) for turn in turns])
    db.execute(insert(CODED), [coded_row(attempt_id, turn.number, turn.coding) for turn in turns])


def _advance(
    db: Connection,
    attempt_id: str,
    revision: int,
    *,
    finished_at: datetime | None,
    outcome: Outcome | None,
) -> None:
    """Take the attempt from `revision` to the next one, or refuse.

    What was handed in stands still, so that what is said of it stays true.
    """
    if db.scalar(select(SUBMISSION.c.attempt).where(SUBMISSION.c.attempt == attempt_id)):
        raise AttemptError(
            "This conversation has been handed in, and stands still until it is taken back. "
            "Take it back on the page My class, or begin the scenario afresh."
        )
    taken = db.execute(
        update(ATTEMPT)
        .where(ATTEMPT.c.id == attempt_id, ATTEMPT.c.revision == revision)
        .values(revision=revision + 1, finished_at=finished_at, outcome=outcome and outcome.value)
    )
    if taken.rowcount != 1:
        raise moved_on()


def moved_on() -> AttemptMovedOn:
    """What is raised where a change was made on an older revision."""
    return AttemptMovedOn(
        "This conversation has moved on in another tab or window. "
        "Nothing was stored; reload the page to see where it stands."
    )
