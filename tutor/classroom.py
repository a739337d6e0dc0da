"""A learner's side of a class: joining, what is set, handing in, and what comes back.

Nothing that a learner does is seen by anybody until they hand it in, and they may take it back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tutor import conversation
from tutor.domain.access import Person
from tutor.domain.attempt import Attempt
from tutor.domain.library import Library
from tutor.domain.teaching import Assignment, Cohort, Returned, Submission
from tutor.errors import AccessError, ClassError
from tutor.settings import MAX_COMMENT
from tutor.store.repository import Store

#: The letters and digits of join codes: none that is taken for another when read aloud.
CODE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class Set:
    """An assignment as its learner sees it: which of its scenarios are handed in to the class."""

    assignment: Assignment
    cohort: Cohort
    handed_in: frozenset[str]

    @property
    def done(self) -> bool:
        """Whether everything is handed in."""
        return self.handed_in.issuperset(self.assignment.scenarios)


class Classroom:
    """The use cases of a learner; whose attempt or membership it is, is checked in each."""

    def __init__(
        self,
        *,
        library: Library,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library = library
        self._store = store
        self._now = now

    def classes(self, person: Person) -> tuple[Cohort, ...]:
        """The classes that the person is in, without their join codes, the first made first.

        Raises:
            StoreError: they cannot be read.
        """
        return tuple(replace(joined, join_code="") for joined in self._store.joined(person.id))

    def join(self, person: Person, join_code: str) -> Cohort:
        """Put the person into the class with that code; hyphens, spaces and case do not matter.

        Raises:
            ClassError: no class has that code, or it takes nobody in any more; in the same words,
                so that nothing can be learnt by guessing.
            StoreError: it cannot be stored.
        """
        code = "".join(sign for sign in join_code.upper() if sign in CODE_SIGNS)
        cohort = self._store.cohort_of_code(code) if code else None
        if cohort is None or cohort.closed:
            raise ClassError(
                "No class takes anybody in with that code. Look at it again, sign by sign, or ask "
                "your supervisor for the present one."
            )
        self._store.know(person, self._now())
        self._store.join(cohort.id, person.id, self._now())
        return cohort

    def leave(self, person: Person, cohort_id: str) -> None:
        """Take the person out of the class, and back what they handed in to it.

        Raises:
            StoreError: it cannot be stored.
        """
        self._store.leave(cohort_id, person.id)

    def assignments(self, person: Person) -> tuple[Set, ...]:
        """What is set in the person's classes; what is due first first, what never is last.

        Raises:
            StoreError: they cannot be read.
        """
        submitted = self._store.submitted_by(person.id)
        found = [
            Set(
                assignment=assignment,
                cohort=cohort,
                handed_in=frozenset(s.scenario for s in submitted if s.cohort == cohort.id),
            )
            for cohort in self._store.joined(person.id)
            for assignment in self._store.assignments(cohort.id)
        ]
        never = datetime.max.replace(tzinfo=UTC)
        return tuple(sorted(found, key=lambda one: one.assignment.due or never))

    def submit(self, person: Person, attempt_id: str, cohort_id: str, note: str = "") -> Submission:
        """Hand in the person's attempt to a class of theirs; from then on it stands still.

        Raises:
            AccessError: it is not their attempt, or not a class they are in.
            ClassError: there is no reply in it yet, or the note is too long.
            StoreError: it cannot be stored.
        """
        attempt = self._own(person, attempt_id)
        if not any(cohort.id == cohort_id for cohort in self._store.joined(person.id)):
            raise AccessError("You are not in that class. Join it with its code first.")
        if not attempt.standing:
            raise ClassError("There is no reply in this conversation yet, so nothing to hand in.")
        submission = Submission(
            attempt=attempt.id,
            cohort=cohort_id,
            learner=person.id,
            scenario=attempt.scenario,
            note=checked(note, "note", longest=MAX_COMMENT, needed=False),
            submitted_at=self._now(),
        )
        self._store.submit(submission)
        return submission

    def take_back(self, person: Person, attempt_id: str) -> None:
        """Let nobody else see the attempt any more; what was said of it stays with the person.

        Raises:
            AccessError: it is not their attempt.
            StoreError: it cannot be stored.
        """
        self._store.take_back(self._own(person, attempt_id).id)

    def handed_in(self, person: Person) -> tuple[Submission, ...]:
        """What the person has handed in, the latest first.

        Raises:
            StoreError: it cannot be read.
        """
        return self._store.submitted_by(person.id)

    def submission(self, person: Person, attempt_id: str) -> Submission | None:
        """How the person's attempt was handed in; None where it was not.

        Raises:
            AccessError: it is not their attempt.
            StoreError: it cannot be read.
        """
        return self._store.submission(self._own(person, attempt_id).id)

    def returned(self, person: Person, attempt_id: str) -> Returned:
        """What a supervisor has said of the person's attempt, even when it was taken back since.

        Raises:
            AccessError: it is not their attempt.
            StoreError: it cannot be read.
        """
        attempt = self._own(person, attempt_id)
        return self._store.returned([attempt.id]).get(attempt.id, Returned())

    def answered(self, person: Person) -> frozenset[str]:
        """The attempts that the person handed in and of which a supervisor has said something.

        Raises:
            StoreError: they cannot be read.
        """
        return frozenset(self._store.returned([s.attempt for s in self.handed_in(person)]))

    def _own(self, person: Person, attempt_id: str) -> Attempt:
        """The check of this module: the attempt, if it is the person's.

        Raises:
            AccessError: it is not, or there is none, in the same words.
        """
        attempt = self._store.get(attempt_id)
        if attempt is None or attempt.learner != person.id:
            raise AccessError("There is no such conversation among yours.")
        return attempt


def checked(text: str, what: str, *, longest: int, needed: bool = True) -> str:
    """The text without blanks around it.

    Raises:
        ClassError: it is needed and blank, has over `longest` characters, or signs that are no
            text; the message calls it `what` and never quotes it.
    """
    text = text.strip()
    if needed and not text:
        raise ClassError(f"The {what} is empty. Write it first.")
    if len(text) > longest:
        raise ClassError(
            f"The {what} is {len(text):,} characters long; {longest:,} is the most that is kept."
        )
    if place := conversation.not_text(text):
        raise ClassError(f"Character {place} of the {what} is no text. Delete it.")
    return text
