"""Exercises beside the conversations: spotting markers, questions, asking how the work lands."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from tutor.domain.scenario import Line
from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import Component, Level, Marker, Rupture

#: How many options a question has.
OPTIONS = 4


class Sight(StrEnum):
    """What can be seen in a client's line."""

    WITHDRAWAL = "withdrawal"
    CONFRONTATION = "confrontation"
    BOTH = "both"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A client's line, and what there is to see in it.

    `shows` are the words, said or described, that show it; `markers` and `strained` are empty where
    there is no rupture, and `why` then says what the line is instead.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    setting: str
    before: str
    demeanour: str
    says: str
    answer: Sight
    markers: tuple[Marker, ...] = ()
    strained: tuple[Component, ...] = ()
    shows: str
    why: str

    def __post_init__(self) -> None:
        if self.shows not in self.says and self.shows not in self.demeanour:
            raise ValueError("what shows it must be words of this line")
        if (self.answer is Sight.NONE) == bool(self.markers and self.strained):
            raise ValueError("a rupture has markers and a strained component, and no rupture none")


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a learner sees in a line; marker and component only where they see a rupture."""

    answer: Sight
    marker: Marker | None = None
    component: Component | None = None

    def agrees(self, there: Sighting) -> bool:
        """Whether the rupture, a marker of it and a component are seen as they are there."""
        return self.answer is there.answer and (
            there.answer is Sight.NONE
            or (self.marker in there.markers and self.component in there.strained)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SightingFile:
    """`data/drill.yaml`."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    items: tuple[Sighting, ...]

    def __post_init__(self) -> None:
        _each_once([item.id for item in self.items])


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question, and why it is right, or what is wrong with it."""

    __pydantic_config__: ClassVar = STRICT

    text: str
    why: str
    right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An exam-style question with one right option; `source` is what its answer rests on."""

    __pydantic_config__: ClassVar = STRICT

    id: str
    topic: str
    stem: str
    options: tuple[Option, ...]
    source: str

    def __post_init__(self) -> None:
        if len({option.text for option in self.options}) != OPTIONS:
            raise ValueError(f"a question has {OPTIONS} different options")
        if sum(option.right for option in self.options) != 1:
            raise ValueError("exactly one option is right")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionFile:
    """`data/quiz.yaml`."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    items: tuple[Question, ...]

    def __post_init__(self) -> None:
        _each_once([item.id for item in self.items])


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """The end of a session with an engaged client, who answers as far as they are asked.

    `answers` are what the client says to a reply that asks how the work lands not at all, in
    passing, and openly, by the level (0-2) of `feedback`; `put_off` to a reply with a misstep.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    name: str
    setting: str
    before: str
    line: Line
    answers: tuple[Line, ...]
    put_off: Line
    look: str

    def __post_init__(self) -> None:
        if len(self.answers) != len(Level):
            raise ValueError("a check-in has one answer for each level, 0-2")


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInFile:
    """`data/checkin.yaml`."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    items: tuple[CheckIn, ...]

    def __post_init__(self) -> None:
        _each_once([item.id for item in self.items])


class Exercise(StrEnum):
    """What a learner can do beside the conversations."""

    DRILL = "drill"
    QUIZ = "quiz"
    CHECKIN = "checkin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How one item went, once. `seconds` is how long it took, where the learner wanted to know."""

    exercise: Exercise
    item: str
    right: bool
    answered_at: datetime
    seconds: int | None = None


def sight_of(rupture: Rupture) -> Sight:
    """What is to be seen in a client of a scenario with that rupture.

    >>> sight_of(Rupture.MIXED), sight_of(Rupture.SAFETY)
    (<Sight.BOTH: 'both'>, <Sight.NONE: 'none'>)
    """
    if not rupture.strains:
        return Sight.NONE
    return Sight.BOTH if rupture is Rupture.MIXED else Sight(rupture.value)


def _each_once(ids: list[str]) -> None:
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ValueError(f"an id comes again: {', '.join(twice)}")
