"""People, the classes they form, and what is set to be practised there."""

import json
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from tutor.domain.access import Person
from tutor.domain.teaching import Assignment, Cohort, Member
from tutor.store.database import Database, put
from tutor.store.schema import ASSIGNMENT, ATTEMPT, COHORT, MEMBER, PERSON, SUBMISSION


class Classes(Database):
    """Everything about classes, apart from what is handed in to them."""

    def know(self, person: Person, seen_at: datetime) -> None:
        """Keep by what name somebody goes; the latest holds.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            put(db, PERSON, {"id": person.id, "name": person.name, "seen_at": seen_at})

    def add_cohort(self, cohort: Cohort) -> None:
        """Keep a new class; its supervisor is known.

        Raises:
            StoreError: its id or its code is taken, or the database cannot be written.
        """
        row = {name: getattr(cohort, name) for name in COHORT.c.keys()}  # noqa: SIM118
        with self._writing() as db:
            db.execute(insert(COHORT), row)

    def close_cohort(self, cohort_id: str, *, closed: bool) -> None:
        """Let nobody join the class any more, or let them again.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            db.execute(update(COHORT).where(COHORT.c.id == cohort_id).values(closed=closed))

    def delete_cohort(self, cohort_id: str) -> None:
        """Forget the class; the attempts that were handed in to it stay with their learners.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            for table in (SUBMISSION, ASSIGNMENT, MEMBER):
                db.execute(delete(table).where(table.c.cohort == cohort_id))
            db.execute(delete(COHORT).where(COHORT.c.id == cohort_id))

    def cohort(self, cohort_id: str) -> Cohort | None:
        """The class of that id, or None.

        Raises:
            StoreError: the database cannot be read.
        """
        return next(iter(self._cohorts(COHORT.c.id == cohort_id)), None)

    def cohort_of_code(self, join_code: str) -> Cohort | None:
        """The class with that code, or None.

        Raises:
            StoreError: the database cannot be read.
        """
        return next(iter(self._cohorts(COHORT.c.join_code == join_code)), None)

    def supervised(self, supervisor: str) -> tuple[Cohort, ...]:
        """The classes of that supervisor, the first made first.

        Raises:
            StoreError: the database cannot be read.
        """
        return self._cohorts(COHORT.c.supervisor == supervisor)

    def joined(self, learner: str) -> tuple[Cohort, ...]:
        """The classes that the learner is in, the first made first.

        Raises:
            StoreError: the database cannot be read.
        """
        mine = select(MEMBER.c.cohort).where(MEMBER.c.learner == learner)
        return self._cohorts(COHORT.c.id.in_(mine))

    def join(self, cohort_id: str, learner: str, joined_at: datetime) -> None:
        """Put the learner, who is known, into the class; nothing happens to one who is in it.

        Raises:
            StoreError: there is no such class, or the database cannot be written.
        """
        row = {"cohort": cohort_id, "learner": learner}
        with self._writing() as db:
            same = select(MEMBER).where(*(MEMBER.c[key] == value for key, value in row.items()))
            if db.execute(same).first() is None:
                put(db, MEMBER, {**row, "joined_at": joined_at})

    def leave(self, cohort_id: str, learner: str) -> None:
        """Take the learner out of the class, with everything that they handed in to it.

        Raises:
            StoreError: the database cannot be written.
        """
        with self._writing() as db:
            mine = select(ATTEMPT.c.id).where(ATTEMPT.c.learner == learner)
            db.execute(
                delete(SUBMISSION).where(
                    SUBMISSION.c.cohort == cohort_id, SUBMISSION.c.attempt.in_(mine)
                )
            )
            db.execute(
                delete(MEMBER).where(MEMBER.c.cohort == cohort_id, MEMBER.c.learner == learner)
            )

    def members(self, cohort_id: str) -> tuple[Member, ...]:
        """The learners of the class, by name.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = (
            select(MEMBER, PERSON.c.name)
            .join(PERSON, PERSON.c.id == MEMBER.c.learner)
            .where(MEMBER.c.cohort == cohort_id)
            .order_by(func.lower(PERSON.c.name), PERSON.c.id)
        )
        with self._reading() as db:
            return tuple(Member(**row._mapping) for row in db.execute(chosen))

    def assign(self, assignment: Assignment) -> None:
        """Keep an assignment; one of the same id is replaced.

        Raises:
            StoreError: there is no such class, or the database cannot be written.
        """
        row = {
            "id": assignment.id,
            "cohort": assignment.cohort,
            "title": assignment.title,
            "scenarios": json.dumps(assignment.scenarios),
            "due": assignment.due,
            "made_at": assignment.made_at,
        }
        with self._writing() as db:
            put(db, ASSIGNMENT, row)

    def unassign(self, cohort_id: str, assignment_id: str) -> None:
        """Forget that assignment of the class; what was handed in stays.

        Raises:
            StoreError: the database cannot be written.
        """
        chosen = (ASSIGNMENT.c.cohort == cohort_id, ASSIGNMENT.c.id == assignment_id)
        with self._writing() as db:
            db.execute(delete(ASSIGNMENT).where(*chosen))

    def assignments(self, cohort_id: str) -> tuple[Assignment, ...]:
        """What the class is to practise, the first made first.

        Raises:
            StoreError: the database cannot be read.
        """
        chosen = select(ASSIGNMENT).where(ASSIGNMENT.c.cohort == cohort_id)
        with self._reading() as db:
            rows = db.execute(chosen.order_by(ASSIGNMENT.c.made_at, ASSIGNMENT.c.id)).all()
        return tuple(
            Assignment(**{**row._mapping, "scenarios": tuple(json.loads(row.scenarios))})
            for row in rows
        )

    def _cohorts(self, which: ColumnElement[bool]) -> tuple[Cohort, ...]:
        chosen = select(COHORT).where(which).order_by(COHORT.c.made_at, COHORT.c.id)
        with self._reading() as db:
            return tuple(Cohort(**row._mapping) for row in db.execute(chosen))
