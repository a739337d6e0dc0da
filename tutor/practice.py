"""The practice loop: the one place where content, coder, client, feedback and store meet.

A reply is coded, the client answers it, the turn is stored, and only then is it shown.
"""

import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from tutor import conversation
from tutor.coding.late import LateCoder
from tutor.content.kept import content
from tutor.conversation import Coded
from tutor.domain.attempt import Attempt, Dispute, Turn
from tutor.domain.library import Library
from tutor.domain.rubric import Comparison, Feedback, Mark, Summary
from tutor.domain.scenario import AnnotatedReply, ReplyKind, Scenario
from tutor.domain.trust import Agreement, Trust
from tutor.domain.vocabulary import Code
from tutor.errors import AttemptError, ContentError, ReplyError
from tutor.feedback import compose, marks, report, summary
from tutor.settings import MAX_WHY, Settings
from tutor.store.repository import Store, moved_on

#: How many unfinished attempts are offered to a learner.
MAX_UNFINISHED = 10


class Practice:
    """The use cases. One for the whole process; it may be shared between threads.

    `notices` says in words what content was left out because it has problems. `get_ready` does
    beforehand what would make the first reply wait; a ContentError says that nothing can be coded.
    """

    def __init__(
        self,
        *,
        library: Library,
        code: Coded,
        store: Store,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        new_id: Callable[[], str] = lambda: secrets.token_urlsafe(16),
        new_seed: Callable[[], int] = lambda: secrets.randbelow(2**31),
        notices: tuple[str, ...] = (),
        get_ready: Callable[[], object] = lambda: None,
    ) -> None:
        self.library = library
        self.code = code
        self.store = store
        self._now = now
        self._new_id = new_id
        self._new_seed = new_seed
        self.notices = notices
        self.get_ready = get_ready

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every scenario that can be practised, in the library's order."""
        return self.library.scenarios

    @property
    def agreement(self) -> Agreement | None:
        """What was measured of the coder, if it was."""
        return self.library.agreement

    @property
    def trust(self) -> Trust | None:
        """What is known of how far the coder can be trusted."""
        return self.library.trust

    @property
    def bank_version(self) -> str:
        """The version of the rules in use."""
        return self.library.bank.version

    def label(self, code: Code) -> str:
        """What learners read for that code."""
        return marks.label_of(self.library.rubric, code)

    def scenario(self, scenario_id: str) -> Scenario:
        """The scenario of that id.

        Raises:
            AttemptError: there is none.
        """
        return conversation.scenario_of(self.library, scenario_id)

    def start_attempt(self, *, scenario_id: str, learner: str, seed: int | None = None) -> Attempt:
        """A new attempt at the scenario, stored; the same `seed` gives the same client.

        Raises:
            AttemptError: there is no such scenario.
            StoreError: the attempt cannot be stored.
        """
        attempt = conversation.begin(
            self.scenario(scenario_id),
            attempt_id=self._new_id(),
            learner=learner,
            seed=self._new_seed() if seed is None else seed,
            now=self._now(),
        )
        self.store.add(attempt)
        return attempt

    def open_attempt(self, *, attempt_id: str, learner: str) -> Attempt:
        """The learner's attempt as it now stands.

        Raises:
            AttemptError: there is no such attempt, or it is another learner's (in the same words,
                so that nothing can be learnt by guessing), or its scenario has changed since.
            StoreError: it cannot be read.
        """
        # An id comes out of a URL, and may be anything.
        known = re.fullmatch(r"[\w-]{1,64}", attempt_id, re.ASCII)
        attempt = self.store.get(attempt_id) if known else None
        if attempt is None or attempt.learner != learner:
            raise AttemptError(
                "There is no such conversation among yours. Choose a scenario to begin a new one."
            )
        if not conversation.fits(self.scenario(attempt.scenario), attempt):
            raise conversation.rewritten()
        return attempt

    def unfinished(self, *, learner: str) -> tuple[Attempt, ...]:
        """The learner's attempts that can go on, the one begun last first; at most 10.

        Raises:
            StoreError: the store cannot be read.
        """
        attempts = self.store.unfinished(
            learner, scenarios=[s.id for s in self.scenarios], limit=MAX_UNFINISHED
        )
        return tuple(a for a in attempts if conversation.fits(self.scenario(a.scenario), a))

    def submit_reply(self, *, attempt_id: str, learner: str, revision: int, reply: str) -> Attempt:
        """The attempt with this reply coded, answered and stored.

        Raises:
            ReplyError: the reply cannot be taken as it is.
            AttemptMovedOn: the attempt is no longer at `revision`.
            AttemptError: it cannot be opened, or is finished.
            StoreError: the turn cannot be stored.
        """
        conversation.check_reply(reply)
        attempt = self._attempt_at(revision, attempt_id=attempt_id, learner=learner)
        scenario = self.scenario(attempt.scenario)
        turn = conversation.next_turn(self.code, scenario, attempt, reply)
        after = conversation.with_turn(scenario, attempt, turn, now=self._now())
        self.store.append_turn(
            attempt.id, revision, turn, finished_at=after.finished_at, outcome=after.outcome
        )
        return after

    def retry_moment(self, *, attempt_id: str, learner: str, revision: int) -> Attempt:
        """The attempt gone back behind its last reply; one that had ended is open again.

        Raises:
            AttemptMovedOn: the attempt is no longer at `revision`.
            AttemptError: it cannot be opened, or has no reply to go back behind.
            StoreError: the change cannot be stored.
        """
        attempt = self._attempt_at(revision, attempt_id=attempt_id, learner=learner)
        after = conversation.rewound(attempt)
        self.store.rewind(attempt.id, revision, attempt.standing[-1].number)
        return after

    def finish_attempt(self, *, attempt_id: str, learner: str, revision: int) -> Attempt:
        """The attempt, stopped where it stands and so without an outcome.

        Raises:
            AttemptMovedOn: the attempt is no longer at `revision`.
            AttemptError: it cannot be opened, or is finished already.
            StoreError: the change cannot be stored.
        """
        attempt = self._attempt_at(revision, attempt_id=attempt_id, learner=learner)
        conversation.check_open(attempt)
        now = self._now()
        self.store.finish(attempt.id, revision, finished_at=now)
        return replace(attempt, finished_at=now, revision=revision + 1)

    def dispute(
        self, *, attempt_id: str, learner: str, number: int, code: Code, why: str
    ) -> Dispute:
        """Keep that the learner sees this code differently in the turn of that number, and why.

        Raises:
            ReplyError: there is no reason, or one of over `MAX_WHY` characters.
            AttemptError: the attempt cannot be opened, or has no such turn.
            StoreError: it cannot be stored.
        """
        if not why.strip():
            raise ReplyError("Say in a few words what you see differently.")
        if len(why) > MAX_WHY:
            raise ReplyError(
                f"Your reason is {len(why):,} characters long; {MAX_WHY} is the most that is kept."
            )
        attempt = self.open_attempt(attempt_id=attempt_id, learner=learner)
        if not any(turn.number == number for turn in attempt.turns):
            raise AttemptError("There is no such reply in this conversation.")
        made = Dispute(number=number, code=code, why=why.strip(), made_at=self._now())
        self.store.dispute(attempt.id, made)
        return made

    def disputes(self, attempt: Attempt) -> tuple[Dispute, ...]:
        """What the learner sees differently in the attempt, by turn and time.

        Raises:
            StoreError: they cannot be read.
        """
        return self.store.disputes(attempt.id)

    def feedback(self, attempt: Attempt, turn: Turn) -> Feedback:
        """What there is to say about the reply of that turn."""
        scenario = self.scenario(attempt.scenario)
        return compose.feedback(self.library.rubric, scenario, attempt, turn)

    def comparison(self, attempt: Attempt, turn: Turn) -> tuple[Comparison, ...]:
        """What changed since the earlier try at the same moment; empty where there was none."""
        earlier = attempt.earlier_try(turn)
        if earlier is None:
            return ()
        return compose.comparison(self.library.rubric, earlier.coding, turn.coding)

    def model_replies(
        self, attempt: Attempt, turn: Turn
    ) -> tuple[tuple[AnnotatedReply, tuple[Mark, ...]], ...]:
        """The model replies to the moment of that turn, each with the words that count marked."""
        scenario = self.scenario(attempt.scenario)
        moment = scenario.moment(turn.moment)
        if moment is None:
            return ()
        context = conversation.context_of_models(scenario, moment)
        return tuple(
            (model, compose.marks(self.library.rubric, self.code(model.text, context)))
            for model in moment.replies
            if model.kind is ReplyKind.MODEL
        )

    def summary(self, attempt: Attempt) -> Summary:
        """What the attempt showed as a whole."""
        scenario = self.scenario(attempt.scenario)
        return summary.summary(self.library.rubric, scenario, attempt)

    def report(self, attempt: Attempt) -> str:
        """The attempt and its summary in Markdown, to be kept."""
        scenario = self.scenario(attempt.scenario)
        return report.report(
            self.library.rubric,
            scenario,
            attempt,
            self.summary(attempt),
            self.disputes(attempt),
        )

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()

    def _attempt_at(self, revision: int, *, attempt_id: str, learner: str) -> Attempt:
        attempt = self.open_attempt(attempt_id=attempt_id, learner=learner)
        if attempt.revision != revision:
            raise moved_on()
        return attempt


def open_practice(settings: Settings) -> Practice:
    """The use cases over the content and the store that the settings name.

    A scenario that cannot be played is left out and told of in `notices`; the others can be.

    Raises:
        ContentError: the content as a whole cannot be used.
        StoreError: the database cannot be used.
    """
    loaded = content(settings.data, settings.kept)
    if loaded.blocking:
        raise ContentError(loaded.problems)
    notices = [str(problem) for problem in loaded.problems]
    sound = []
    for scenario in loaded.library.scenarios:
        if conversation.playable(scenario):
            sound.append(scenario)
        else:
            notices.append(f"The scenario {scenario.id} comes to a dead end and was left out.")
    coder = LateCoder(loaded.library.bank)  # the start page does not wait for it
    return Practice(
        library=replace(loaded.library, scenarios=tuple(sound)),
        code=coder.code,
        get_ready=coder.ready,
        store=Store.open(settings.database_url),
        notices=tuple(notices),
    )
