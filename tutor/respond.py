"""Reading what was handed in, and what a supervisor says of it.

Whose it is, `tutor.supervise` checks, in every use case.
"""

import secrets
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from tutor import conversation
from tutor.classroom import checked
from tutor.domain.access import Person
from tutor.domain.attempt import Attempt, Turn
from tutor.domain.library import Library
from tutor.domain.teaching import (
    Comment,
    HandedIn,
    Override,
    Returned,
    Submission,
)
from tutor.domain.vocabulary import Code, Level, Misstep
from tutor.errors import ClassError
from tutor.feedback.class_rows import Whole
from tutor.settings import MAX_COMMENT, MAX_WHY
from tutor.store.repository import Store
from tutor.supervise import class_of, submission_of


class Respond:
    """The use cases; whether the person may, is checked in each."""

    def __init__(
        self,
        *,
        library: Library,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
    ) -> None:
        self._library = library
        self._store = store
        self._now = now
        self._new_id = new_id

    def inbox(self, person: Person, cohort_id: str) -> tuple[HandedIn, ...]:
        """What was handed in to the class, the latest first.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be read.
        """
        cohort = class_of(self._store, person, cohort_id)
        names = {member.learner: member.name for member in self._store.members(cohort.id)}
        submitted = self._store.submitted(cohort.id)
        ids = [submission.attempt for submission in submitted]
        coded = {attempt.id: attempt for attempt in self._store.coded_of(ids)}
        returned = self._store.returned(ids, by=person.id)
        disputed = self._store.disputes_in(ids)
        return tuple(
            HandedIn(
                submission=submission,
                name=names.get(submission.learner, ""),
                attempt=coded[submission.attempt],
                disputes=disputed.get(submission.attempt, 0),
                returned=returned.get(submission.attempt, Returned()),
            )
            for submission in submitted
        )

    def open(self, person: Person, attempt_id: str) -> Whole:
        """An attempt that was handed in to a class of the person's, with all that is said of it.

        Raises:
            AccessError: it was not, or there is none, in the same words.
            AttemptError: its scenario has been rewritten since.
            StoreError: it cannot be read.
        """
        submission = submission_of(self._store, person, attempt_id)
        (whole,) = self._wholes(person, [submission]) or (None,)
        if whole is None:
            raise conversation.rewritten()
        return whole

    def comment(self, person: Person, attempt_id: str, number: int, text: str) -> Comment:
        """Say something of the reply of that number, or with 0 of the whole attempt.

        Raises:
            AccessError: it was not handed in to a class of the person's.
            ClassError: there is no such reply, or the text is empty or too long.
            StoreError: it cannot be stored.
        """
        self._turn(person, attempt_id, number, whole=True)
        comment = Comment(
            id=self._new_id(),
            attempt=attempt_id,
            number=number,
            author=person.id,
            text=checked(text, "comment", longest=MAX_COMMENT),
            made_at=self._now(),
        )
        self._store.comment(comment)
        return comment

    def uncomment(self, person: Person, attempt_id: str, comment_id: str) -> None:
        """Take a comment of one's own back.

        Raises:
            AccessError: the attempt was not handed in to a class of the person's.
            StoreError: it cannot be stored.
        """
        submission_of(self._store, person, attempt_id)
        self._store.uncomment(attempt_id, comment_id, by=person.id)

    def override(
        self, person: Person, attempt_id: str, number: int, *, code: Code, level: Level, why: str
    ) -> Override:
        """Give a code another level in the reply of that number; the coder's is kept beside it.

        Raises:
            AccessError: the attempt was not handed in to a class of the person's.
            ClassError: there is no such reply, the level is the coder's own, there is no reason, or
                a supervisor to whom it was handed in before has given the code a level already.
            StoreError: it cannot be stored.
        """
        coding = self._turn(person, attempt_id, number).coding
        if isinstance(code, Misstep) and level:
            level = Level.CLEAR  # a misstep is there or not
        if coding.level(code) == level:
            there = isinstance(code, Misstep) and level
            raise ClassError(
                "The coder says already that this misstep is there."
                if there
                else "That is the level that the coder gives already."
            )
        before = self._store.returned([attempt_id]).get(attempt_id, Returned())
        if any(o.code == code and o.author != person.id for o in before.overrides_of(number)):
            raise ClassError(
                "Of this code another supervisor has given the learner a level, which is theirs to "
                "keep. Say yours in a comment."
            )
        override = Override(
            attempt=attempt_id,
            number=number,
            code=code,
            author=person.id,
            level=level,
            why=checked(why, "reason", longest=MAX_WHY),
            made_at=self._now(),
        )
        self._store.override(override)
        return override

    def drop_override(self, person: Person, attempt_id: str, number: int, code: Code) -> None:
        """Let the coder's level stand alone again, in place of the person's own.

        Raises:
            AccessError: the attempt was not handed in to a class of the person's.
            StoreError: it cannot be stored.
        """
        submission_of(self._store, person, attempt_id)
        self._store.drop_override(attempt_id, number, code.value, by=person.id)

    def check(self, person: Person, attempt_id: str, number: int, *, checked: bool) -> None:
        """Say that the whole coding of the reply was gone through: the rest of it is agreed with.

        Raises:
            AccessError: the attempt was not handed in to a class of the person's.
            ClassError: there is no such reply.
            StoreError: it cannot be stored.
        """
        self._turn(person, attempt_id, number)
        self._store.check(attempt_id, number, checked=checked)

    def wholes(self, person: Person, cohort_id: str) -> tuple[Whole, ...]:
        """Everything that was handed in to the class, the first handed in first.

        Raises:
            AccessError: it is not the person's class.
            StoreError: it cannot be read.
        """
        cohort = class_of(self._store, person, cohort_id)
        return self._wholes(person, self._store.submitted(cohort.id)[::-1])

    def _turn(self, person: Person, attempt_id: str, number: int, *, whole: bool = False) -> Turn:
        attempt = self.open(person, attempt_id).attempt
        for turn in attempt.turns:
            if turn.number == number or (whole and not number):
                return turn
        raise ClassError("There is no such reply in this conversation.")

    def _wholes(self, person: Person, submitted: Sequence[Submission]) -> tuple[Whole, ...]:
        """Those attempts in full, with what the person has said of them.

        One that cannot be read, or fits no scenario, is left out.
        """
        attempts = {a.id: a for a in self._store.attempts_of([s.attempt for s in submitted])}
        returned = self._store.returned(list(attempts), by=person.id)
        names = {
            member.learner: member.name
            for cohort in {submission.cohort for submission in submitted}
            for member in self._store.members(cohort)
        }
        return tuple(
            Whole(
                name=names.get(submission.learner, ""),
                submission=submission,
                attempt=attempt,
                disputes=self._store.disputes(attempt.id),
                returned=returned.get(attempt.id, Returned()),
            )
            for submission in submitted
            if (attempt := attempts.get(submission.attempt)) and self._fits(attempt)
        )

    def _fits(self, attempt: Attempt) -> bool:
        scenario = self._library.scenario(attempt.scenario)
        return scenario is not None and conversation.fits(scenario, attempt)
