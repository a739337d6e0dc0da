"""What a supervisor does with classes: making them, who is in them, what is set there.

Every use case, here and in `tutor.respond`, begins with the same check, `class_of`: the person
supervises, and the class is theirs. An attempt is reached through the class that it was handed in
to, and in no other way.
"""

import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from tutor import conversation
from tutor.classroom import CODE_SIGNS, checked
from tutor.domain.access import Person
from tutor.domain.attempt import Dispute
from tutor.domain.coding import Coding, Context
from tutor.domain.library import Library
from tutor.domain.teaching import Assignment, Cohort, Member, Submission
from tutor.errors import AccessError, ClassError
from tutor.settings import MAX_NAME
from tutor.store.repository import Store

#: So many signs of 32 make 40 bits: not to be guessed, and short enough to be read out.
CODE_LENGTH = 8


def class_of(store: Store, person: Person, cohort_id: str) -> Cohort:
    """The class, if the person supervises it: the check that everything of a class goes through.

    Raises:
        AccessError: they do not, or there is none, in the same words.
        StoreError: it cannot be read.
    """
    cohort = store.cohort(cohort_id) if person.supervises else None
    if cohort is None or cohort.supervisor != person.id:
        raise AccessError("There is no such class among yours.")
    return cohort


def submission_of(store: Store, person: Person, attempt_id: str) -> Submission:
    """How the attempt was handed in, if it was, and to a class of the person's.

    Raises:
        AccessError: it was not, or there is none, in the same words.
        StoreError: it cannot be read.
    """
    submission = store.submission(attempt_id)
    try:
        class_of(store, person, submission.cohort if submission else "")
    except AccessError:
        submission = None
    if submission is None:
        raise AccessError("There is no such conversation among those handed in to you.")
    return submission


class Supervise:
    """The use cases; whether the person may, is checked in each."""

    def __init__(
        self,
        *,
        library: Library,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
        new_code: Callable[[], str] = lambda: "".join(
            secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH)
        ),
    ) -> None:
        self._library = library
        self._store = store
        self._now = now
        self._new_id = new_id
        self._new_code = new_code

    def classes(self, person: Person) -> tuple[Cohort, ...]:
        """The person's classes, the first made first.

        Raises:
            AccessError: they do not supervise.
            StoreError: they cannot be read.
        """
        _supervising(person)
        return self._store.supervised(person.id)

    def make_class(self, person: Person, name: str) -> Cohort:
        """A new class with a join code of its own.

        Raises:
            AccessError: the person does not supervise.
            ClassError: the name is empty or too long.
            StoreError: it cannot be stored.
        """
        _supervising(person)
        cohort = Cohort(
            id=self._new_id(),
            name=checked(name, "name", longest=MAX_NAME),
            supervisor=person.id,
            join_code=self._new_code(),
            made_at=self._now(),
        )
        self._store.know(person, self._now())
        self._store.add_cohort(cohort)
        return cohort

    def close_class(self, person: Person, cohort_id: str, *, closed: bool) -> None:
        """Let nobody join any more, or let them again.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be stored.
        """
        self._store.close_cohort(class_of(self._store, person, cohort_id).id, closed=closed)

    def delete_class(self, person: Person, cohort_id: str) -> None:
        """Forget the class. Attempts, and what was said of them, stay with their learners.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be stored.
        """
        self._store.delete_cohort(class_of(self._store, person, cohort_id).id)

    def members(self, person: Person, cohort_id: str) -> tuple[Member, ...]:
        """The learners of the class, by name.

        Raises:
            AccessError: it is not the person's class.
            StoreError: they cannot be read.
        """
        return self._store.members(class_of(self._store, person, cohort_id).id)

    def dismiss(self, person: Person, cohort_id: str, learner: str) -> None:
        """Take a learner out of the class, and with them what they handed in to it.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be stored.
        """
        self._store.leave(class_of(self._store, person, cohort_id).id, learner)

    def assign(
        self,
        person: Person,
        cohort_id: str,
        *,
        title: str,
        scenarios: Sequence[str],
        due: datetime | None,
    ) -> Assignment:
        """Set scenarios to be practised and handed in, by `due` where there is such a time.

        Raises:
            AccessError: it is not the person's class.
            ClassError: the title is empty or too long, or there is no such scenario, or none.
            StoreError: it cannot be stored.
        """
        cohort = class_of(self._store, person, cohort_id)
        if not scenarios or not all(self._library.scenario(one) for one in scenarios):
            raise ClassError("Choose one scenario or more, of those that are here.")
        assignment = Assignment(
            id=self._new_id(),
            cohort=cohort.id,
            title=checked(title, "title", longest=MAX_NAME),
            scenarios=tuple(dict.fromkeys(scenarios)),
            due=due,
            made_at=self._now(),
        )
        self._store.assign(assignment)
        return assignment

    def unassign(self, person: Person, cohort_id: str, assignment_id: str) -> None:
        """Set it no longer; what was handed in stays.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be stored.
        """
        self._store.unassign(class_of(self._store, person, cohort_id).id, assignment_id)

    def assignments(self, person: Person, cohort_id: str) -> tuple[Assignment, ...]:
        """What is set in the class, the first set first.

        Raises:
            AccessError: it is not the person's class.
            StoreError: they cannot be read.
        """
        return self._store.assignments(class_of(self._store, person, cohort_id).id)

    def waiting(self, person: Person, cohort_id: str) -> tuple[Member, ...]:
        """The learners of the class who have handed in nothing yet, by name.

        What they have begun is not known: only what is handed in is seen.

        Raises:
            AccessError: it is not the person's class.
            StoreError: they cannot be read.
        """
        cohort = class_of(self._store, person, cohort_id)
        heard_of = {submission.learner for submission in self._store.submitted(cohort.id)}
        return tuple(m for m in self._store.members(cohort.id) if m.learner not in heard_of)


def _supervising(person: Person) -> None:
    if not person.supervises:
        raise AccessError("This is a supervisor's side of the tutor, and your login has none.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Disputed:
    """What a learner sees differently, with the coding it is about and what the reply answered."""

    dispute: Dispute
    coding: Coding
    context: Context


def disputed(library: Library, store: Store) -> Iterator[Disputed]:
    """Everything that is disputed in attempts at the library's scenarios, attempt by attempt.

    For whoever has the database itself, from the command line; pages use `Supervise`.

    Raises:
        StoreError: an attempt cannot be read.
    """
    for attempt_id in store.disputed():
        attempt = store.get(attempt_id)
        scenario = library.scenario(attempt.scenario) if attempt else None
        if attempt is None or scenario is None:
            continue
        turns = {turn.number: turn for turn in attempt.turns}
        for dispute in store.disputes(attempt_id):
            turn = turns[dispute.number]
            context = conversation.context_of(scenario, attempt, turn)
            yield Disputed(dispute=dispute, coding=turn.coding, context=context)
