"""What passes between learners and their supervisor: classes, what is handed in, what comes back.

Only what was handed in is ever seen by somebody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tutor.domain.attempt import CodedAttempt
from tutor.domain.progress import Share
from tutor.domain.vocabulary import Code, Level, Marker, Move


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A class: one supervisor, and the learners who joined with its code. Both are person ids."""

    id: str
    name: str
    supervisor: str
    join_code: str
    made_at: datetime
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A learner in a class, by the name that the supervisor reads."""

    cohort: str
    learner: str
    name: str
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Scenarios to be practised by a class, and by when; None where there is no such date."""

    id: str
    cohort: str
    title: str
    scenarios: tuple[str, ...]
    due: datetime | None
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """An attempt that its learner handed in to a class, with what they wanted to say about it.

    An attempt stands still while it is handed in; the learner may take it back.
    """

    attempt: str
    cohort: str
    learner: str
    scenario: str
    note: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What a supervisor says about the turn `number` of an attempt; 0 is the whole of it."""

    id: str
    attempt: str
    number: int
    author: str
    text: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """Another level for a code of a turn, by a supervisor, with the reason.

    The coder's own level is kept beside it, and both are shown.
    """

    attempt: str
    number: int
    code: Code
    author: str
    level: Level
    why: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """Everything a supervisor has said about one attempt, by turn and time.

    `checked` are the numbers of the turns whose whole coding they have gone through: there, a code
    without an override is one on which they agree with the coder.
    """

    comments: tuple[Comment, ...] = ()
    overrides: tuple[Override, ...] = ()
    checked: frozenset[int] = frozenset()

    def said_of(self, number: int) -> tuple[Comment, ...]:
        """The comments on that turn; on the whole attempt for 0."""
        return tuple(comment for comment in self.comments if comment.number == number)

    def overrides_of(self, number: int) -> tuple[Override, ...]:
        """The overrides in that turn."""
        return tuple(override for override in self.overrides if override.number == number)

    def __bool__(self) -> bool:
        return bool(self.comments or self.overrides or self.checked)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often coder and supervisor found a code in the turns that the supervisor has checked."""

    code: Code
    both: int = 0
    coder_only: int = 0
    supervisor_only: int = 0
    neither: int = 0
    same_level: int = 0

    @property
    def turns(self) -> int:
        """How many turns were checked."""
        return self.both + self.coder_only + self.supervisor_only + self.neither

    @property
    def agreement(self) -> float:
        """The share of turns on whose having the code both agree, 0-1; 0 where there are none."""
        return (self.both + self.neither) / self.turns if self.turns else 0.0

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa for having the code; None where it is undefined.

        Source: Cohen (1960).
        """
        if not (count := self.turns):
            return None
        coder = (self.both + self.coder_only) / count
        supervisor = (self.both + self.supervisor_only) / count
        chance = coder * supervisor + (1 - coder) * (1 - supervisor)
        return None if chance == 1 else (self.agreement - chance) / (1 - chance)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """An attempt as it lies before the supervisor, with its learner's name and what was said."""

    submission: Submission
    name: str
    attempt: CodedAttempt
    disputes: int
    returned: Returned

    @property
    def replies(self) -> int:
        """How many replies stand in it."""
        return sum(not turn.rewound for turn in self.attempt.turns)

    @property
    def answered(self) -> bool:
        """Whether the supervisor has said anything about it."""
        return bool(self.returned)


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePicture:
    """What one learner handed in, counted. Where names are hidden, `name` is a number."""

    name: str
    attempts: int
    replies: int
    missteps: int
    steps: Mapping[Move, Share]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassPicture:
    """What a class handed in, counted: a level is the supervisor's where they gave one.

    `people` are in the order of their names, whatever they showed; it is no ranking.
    """

    steps: Mapping[Move, Share]
    by_marker: Mapping[Marker, Share]
    people: tuple[OnePicture, ...]
