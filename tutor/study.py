"""The exercises beside the conversations: which item comes next, and how each went."""

import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from fsrs import Card, Rating, Scheduler

from tutor.conversation import Coded, check_reply
from tutor.domain.attempt import Attempt
from tutor.domain.coding import Coding, Context
from tutor.domain.exercise import (
    Answer,
    CheckIn,
    Exercise,
    Option,
    Question,
    Seen,
    Sighting,
    sight_of,
)
from tutor.domain.library import Library
from tutor.domain.rubric import Hint
from tutor.domain.scenario import Scenario
from tutor.domain.vocabulary import Level, Move, Rupture
from tutor.feedback import hints
from tutor.store.records import Records

#: When an item comes again. Source: the Free Spaced Repetition Scheduler, version 6, with its
#: published parameters, and without chance, so that the same answers give the same dates.
SCHEDULER = Scheduler(enable_fuzzing=False)


class Study:
    """The use cases of the exercises, for every learner; without state of its own."""

    def __init__(
        self,
        *,
        library: Library,
        store: Records,
        code: Coded,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._library = library
        self._store = store
        self._code = code
        self._now = now

    @property
    def drill(self) -> tuple[Sighting, ...]:
        """The lines in which there is, or is not, something to see."""
        return self._library.drill

    @property
    def quiz(self) -> tuple[Question, ...]:
        """The questions."""
        return self._library.quiz

    @property
    def checkins(self) -> tuple[CheckIn, ...]:
        """The ends of sessions at which to ask."""
        return self._library.checkins

    def answers(self, *, learner: str, exercise: Exercise) -> tuple[Answer, ...]:
        """How the exercise went so far, in the order of time.

        Raises:
            StoreError: it cannot be read.
        """
        return self._store.answers(learner, exercise)

    def next_item(self, *, learner: str, exercise: Exercise) -> str | None:
        """The id of the item that comes next; None where the exercise has none.

        Raises:
            StoreError: the answers so far cannot be read.
        """
        ids = {
            Exercise.DRILL: [item.id for item in self.drill],
            Exercise.QUIZ: [question.id for question in self.quiz],
            Exercise.CHECKIN: [checkin.id for checkin in self.checkins],
        }[exercise]
        return next_of(ids, self._store.answers(learner, exercise), self._now(), learner)

    def answer_drill(
        self, *, learner: str, item: Sighting, seen: Seen, seconds: int | None = None
    ) -> bool:
        """Whether the learner saw what is there; kept.

        Raises:
            StoreError: it cannot be kept.
        """
        right = seen.agrees(item)
        self._keep(learner, Exercise.DRILL, item.id, right=right, seconds=seconds)
        return right

    def answer_quiz(self, *, learner: str, question: Question, option: Option) -> bool:
        """Whether that option is right; kept.

        Raises:
            StoreError: it cannot be kept.
        """
        self._keep(learner, Exercise.QUIZ, question.id, right=option.right)
        return option.right

    def answer_checkin(self, *, learner: str, item: CheckIn, reply: str) -> Coding:
        """The learner's reply, coded; what is kept is whether it asked clearly, not its words.

        Raises:
            ReplyError: the reply cannot be taken as it is.
            StoreError: it cannot be kept.
        """
        context = Context(
            before=item.before,
            client=item.line.says,
            setting=item.setting,
            rupture=Rupture.NONE_ENGAGED,
        )
        check_reply(reply)
        coding = self._code(reply, context)
        clear = coding.level(Move.FEEDBACK) == Level.CLEAR and not coding.missteps
        self._keep(learner, Exercise.CHECKIN, item.id, right=clear)
        return coding

    def sighting(self, scenario: Scenario, attempt: Attempt) -> Sighting:
        """What there is to see in the client's first line of that attempt."""
        opening = scenario.opening[attempt.opening]
        return Sighting(
            id=scenario.id,
            setting=str(scenario.setting),
            before=scenario.before,
            demeanour=opening.demeanour,
            says=opening.says,
            answer=sight_of(scenario.rupture),
            markers=scenario.markers if scenario.rupture.strains else (),
            strained=scenario.strained if scenario.rupture.strains else (),
            shows=opening.shows,
            why=scenario.first.why,
        )

    def hints(self, scenario: Scenario, attempt: Attempt) -> tuple[Hint, ...]:
        """The hints for the moment at which the attempt stands, the lowest first."""
        return hints.hints(self._library.rubric, scenario, attempt)

    def hints_taken(self, attempt: Attempt) -> int:
        """How high the hints before the next reply have gone; 0 where none was shown.

        Raises:
            StoreError: it cannot be read.
        """
        taken = self._store.hints(attempt.learner).get(attempt.id, ())
        number = len(attempt.turns) + 1
        return max((height for at, height in taken if at == number), default=0)

    def take_hint(self, attempt: Attempt, hint: Hint) -> None:
        """Keep that this hint was shown before the reply that comes next.

        Raises:
            StoreError: it cannot be kept.
        """
        self._store.hint(attempt.id, len(attempt.turns) + 1, hint.height)

    def _keep(
        self,
        learner: str,
        exercise: Exercise,
        item: str,
        *,
        right: bool,
        seconds: int | None = None,
    ) -> None:
        answer = Answer(
            exercise=exercise, item=item, right=right, answered_at=self._now(), seconds=seconds
        )
        self._store.answer(learner, answer)


def shuffled(question: Question, times: int) -> tuple[Option, ...]:
    """The options in an order that is the same each time the question comes the `times`-th time."""
    options = list(question.options)
    random.Random(f"{question.id} {times}").shuffle(options)  # noqa: S311
    return tuple(options)


def next_of(ids: Iterable[str], answers: Iterable[Answer], now: datetime, seed: str) -> str | None:
    """Which of the items comes next: one that is due again, a new one, or the one due soonest.

    New ones come in an order drawn by `seed`. None is asked twice running where there is another.
    """
    answers = tuple(answers)
    last = answers[-1].item if answers else None
    due = due_times(answers)
    order = sorted(ids)
    random.Random(seed).shuffle(order)  # noqa: S311
    others = [item for item in order if item != last] or order
    late = sorted(
        (item for item in others if item in due and due[item] <= now), key=due.__getitem__
    )
    fresh = [item for item in others if item not in due]
    soon = sorted((item for item in others if item in due), key=due.__getitem__)
    return next(iter((*late, *fresh, *soon)), None)


def due_times(answers: Iterable[Answer]) -> dict[str, datetime]:
    """When each item that was answered is due again: after a wrong answer soon."""
    cards: dict[str, Card] = {}
    for answer in answers:
        # A number of its own would be taken from the clock.
        card = cards.get(answer.item) or Card(card_id=1, due=answer.answered_at)
        rating = Rating.Good if answer.right else Rating.Again
        cards[answer.item], _ = SCHEDULER.review_card(card, rating, answer.answered_at)
    return {item: card.due for item, card in cards.items()}
