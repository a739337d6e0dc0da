"""What is shown to a room: a demonstration or a transcript, played and coded, step by step.

Both come to the same shape, so that one page, one handout and one set of keys serve for both. Of a
transcript nobody knows how the client was; `came` is None there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from tutor.domain.coding import Coding
from tutor.domain.demo import How
from tutor.domain.scenario import Alliance, Ending, Line, Scenario, Shift
from tutor.domain.vocabulary import ClientState

#: What is asked of a room where nobody has written a question.
QUESTION = "What do you see here? What would you say?"


class Phase(StrEnum):
    """What is on the page: each step goes from the question to the answer, and to its versions."""

    BEGIN = "begin"
    ASK = "ask"
    REPLY = "reply"
    ANSWER = "answer"
    VERSIONS = "versions"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A phase of the step of that number (from 1); at the beginning it is 0, at the end the last.

    `told` is how many steps the room has been told of whole, answer included.
    """

    phase: Phase
    step: int

    @property
    def told(self) -> int:
        """How many of the counselor's replies have been shown with what came of them."""
        return self.step - (self.phase in (Phase.ASK, Phase.REPLY))


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came of a reply: where the client is now, and the alliance before and after it."""

    state: ClientState
    shift: Shift
    before: Alliance
    after: Alliance


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A reply of the counselor's as it is coded, what to say of it, and what is said to it."""

    reply: str
    coding: Coding
    comment: str = ""
    how: How | None = None
    answer: tuple[Line, ...] = ()
    came: Came | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One reply to what was `heard`, the question before it, and other replies beside it.

    `state` is where the client is before the reply, None where nobody knows.
    """

    heard: tuple[Line, ...]
    ask: str
    chosen: Version
    speaker: str = ""
    others: tuple[Version, ...] = ()
    state: ClientState | None = None

    @property
    def question(self) -> str:
        """What is asked of the room before the reply is shown."""
        return self.ask or QUESTION


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """The whole of it. `steps` has one for each reply of the counselor's, in order.

    `scenario` and `ending` are None for a transcript; `before` is the counselor's line that the
    conversation begins with, empty where it begins otherwise.
    """

    id: str
    title: str
    steps: tuple[Step, ...]
    shows: str = ""
    before: str = ""
    scenario: Scenario | None = None
    ending: Ending | None = None
    discuss: tuple[str, ...] = ()

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place to stop at, in order: what stepping forward goes through."""
        return tuple(self._places())

    def place(self, at: int) -> Place:
        """The place of that number (from 0), or the first or last one where there is none."""
        places = self.places
        return places[max(0, min(at, len(places) - 1))]

    def step(self, place: Place) -> Step:
        """The step that the place is in; the first one at the beginning."""
        return self.steps[max(0, place.step - 1)]

    def _places(self) -> Iterator[Place]:
        yield Place(phase=Phase.BEGIN, step=0)
        for number, step in enumerate(self.steps, start=1):
            yield Place(phase=Phase.ASK, step=number)
            yield Place(phase=Phase.REPLY, step=number)
            if step.chosen.answer:
                yield Place(phase=Phase.ANSWER, step=number)
            if step.others:
                yield Place(phase=Phase.VERSIONS, step=number)
        yield Place(phase=Phase.END, step=len(self.steps))
