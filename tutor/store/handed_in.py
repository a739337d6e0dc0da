"""What was handed in, and what a supervisor has said of it."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Row, RowMapping, delete, insert, select

from tutor.domain.attempt import CodedAttempt
from tutor.domain.teaching import Comment, Override, Returned, Submission
from tutor.domain.vocabulary import Level, code_of
from tutor.errors import StoreError
from tutor.store.database import Database, put
from tutor.store.rows import by_attempt, coded_attempt_of
from tutor.store.schema import ATTEMPT, CHECKED, CODED, COMMENT, OVERRIDE, SUBMISSION, TURN


class HandedIn(Database):
    """Submissions, and the comments, overrides and checks that belong to their attempts."""

    def submit(self, submission: Submission) -> None:
        """Keep that the attempt was handed in; to another class than before, it moves there.

        Where it was not handed in already, nobody has gone through any of its coding yet.

        Raises:
            StoreError: there is no such attempt or class, or the database cannot be written.
        """
        row = {name: getattr(submission, name) for name in SUBMISSION.c.keys()}  # noqa: SIM118
        same = (SUBMISSION.c[key] == row[key] for key in ("attempt", "cohort"))
        with self._writing() as db:
            if db.execute(select(SUBMISSION).where(*same)).first() is None:
                db.execute(delete(CHECKED).where(CHECKED.c.attempt == submission.attempt))
            put(db, SUBMISSION, row)

    def take_back(self, attempt_id: str) -> None:
        """Forget that the attempt was handed in; what was said of it stays with it.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            db.execute(delete(SUBMISSION).where(SUBMISSION.c.attempt == attempt_id))

    def submission(self, attempt_id: str) -> Submission | None:
        """How the attempt was handed in; None where it was not.

        Raises:
            StoreError: the database cannot be read.
        """
        return next(iter(self._submissions(SUBMISSION.c.attempt == attempt_id)), None)

    def submitted(self, cohort_id: str) -> tuple[Submission, ...]:
        """What was handed in to the class, the latest first.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._submissions(SUBMISSION.c.cohort == cohort_id)

    def submitted_by(self, learner: str) -> tuple[Submission, ...]:
        """What the learner has handed in to any class, the latest first.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._submissions(ATTEMPT.c.learner == learner)

    def coded_of(self, attempt_ids: Collection[str]) -> tuple[CodedAttempt, ...]:
        """Those attempts as they were coded, in the order in which they were begun.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(ATTEMPT).where(ATTEMPT.c.id.in_(attempt_ids))
        levels = (
            select(CODED, TURN.c.moment, TURN.c.rewound)
            .join(
                TURN, (TURN.c.attempt_id == CODED.c.attempt_id) & (TURN.c.number == CODED.c.number)
            )
            .where(CODED.c.attempt_id.in_(attempt_ids))
            .order_by(CODED.c.attempt_id, CODED.c.number)
        )
        with self._reading() as db:
            rows = db.execute(chosen.order_by(ATTEMPT.c.started_at, ATTEMPT.c.id)).all()
            turns_of = by_attempt(db.execute(levels))
        return tuple(coded_attempt_of(row, turns_of.get(row.id, ())) for row in rows)

    def comment(self, comment: Comment) -> None:
        """Keep what is said of a turn, or of the whole attempt.

        Raises:
            StoreError: there is no such attempt, or the database cannot be written.
        """
        row = {name: getattr(comment, name) for name in COMMENT.c.keys()}  # noqa: SIM118
        with self._writing() as db:
            db.execute(insert(COMMENT), row)

    def uncomment(self, attempt_id: str, comment_id: str, *, by: str) -> None:
        """Forget that comment on the attempt, if it is by that person.

        Raises:
            StoreError: the database cannot be written.
        """
        key = {"attempt": attempt_id, "id": comment_id, "author": by}
        with self._writing() as db:
            db.execute(delete(COMMENT).where(*(COMMENT.c[k] == v for k, v in key.items())))

    def override(self, override: Override) -> None:
        """Keep another level for a code of a turn; the latest replaces an earlier one.

        Raises:
            StoreError: there is no such attempt, or the database cannot be written.
        """
        row = {
            "attempt": override.attempt,
            "number": override.number,
            "code": override.code.value,
            "author": override.author,
            "level": int(override.level),
            "why": override.why,
            "made_at": override.made_at,
        }
        with self._writing() as db:
            put(db, OVERRIDE, row)

    def drop_override(self, attempt_id: str, number: int, code: str, *, by: str) -> None:
        """Let the coder's level stand alone again, if the other one is by that person.

        Raises:
            StoreError: the database cannot be written.
        """
        key = {"attempt": attempt_id, "number": number, "code": code, "author": by}
        with self._writing() as db:
            db.execute(delete(OVERRIDE).where(*(OVERRIDE.c[k] == v for k, v in key.items())))

    def check(self, attempt_id: str, number: int, *, checked: bool) -> None:
        """Keep that the coding of the turn has been gone through, or that it has not.

        Raises:
            StoreError: there is no such attempt, or the database cannot be written.
        """
        key = {"attempt": attempt_id, "number": number}
        with self._writing() as db:
            if checked:
                put(db, CHECKED, key)
            else:
                db.execute(delete(CHECKED).where(*(CHECKED.c[k] == v for k, v in key.items())))

    def returned(self, attempt_ids: Collection[str], *, by: str = "") -> dict[str, Returned]:
        """By attempt, what a supervisor has said of it; attempts of which nothing was are left out.

        With `by`, what that person alone has said.

        Raises:
            StoreError: the database cannot be read, or is about codes that are not known.
        """

        def said_of(attempt: str, row: Row[Any]) -> bool:
            return bool(row.attempt == attempt and by in ("", row.author))

        with self._reading() as db:
            comments = db.execute(
                select(COMMENT)
                .where(COMMENT.c.attempt.in_(attempt_ids))
                .order_by(COMMENT.c.number, COMMENT.c.made_at, COMMENT.c.id)
            ).all()
            overrides = db.execute(
                select(OVERRIDE)
                .where(OVERRIDE.c.attempt.in_(attempt_ids))
                .order_by(OVERRIDE.c.number, OVERRIDE.c.made_at, OVERRIDE.c.code)
            ).all()
            checked = db.execute(select(CHECKED).where(CHECKED.c.attempt.in_(attempt_ids))).all()
        found = {
            attempt: Returned(
                comments=tuple(Comment(**r._mapping) for r in comments if said_of(attempt, r)),
                overrides=tuple(_override(r._mapping) for r in overrides if said_of(attempt, r)),
                checked=frozenset(r.number for r in checked if r.attempt == attempt),
            )
            for attempt in attempt_ids
        }
        return {attempt: returned for attempt, returned in found.items() if returned}

    def _submissions(self, which: ColumnElement[bool]) -> tuple[Submission, ...]:
        chosen = (
            select(SUBMISSION, ATTEMPT.c.learner, ATTEMPT.c.scenario)
            .join(ATTEMPT, ATTEMPT.c.id == SUBMISSION.c.attempt)
            .where(which)
            .order_by(SUBMISSION.c.submitted_at.desc(), SUBMISSION.c.attempt)
        )
        with self._reading() as db:
            return tuple(Submission(**row._mapping) for row in db.execute(chosen))


def _override(row: RowMapping) -> Override:
    try:
        return Override(**{**row, "code": code_of(row["code"]), "level": Level(row["level"])})
    except ValueError:
        raise StoreError("An override is about a code that this version does not know.") from None
