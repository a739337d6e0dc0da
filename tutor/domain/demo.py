"""A demonstration: a conversation that a supervisor shows to a room, reply by reply.

It is a way through a scenario, and nothing in it is written twice: what the client says, and what
each reply is coded as, come of playing it, so that the room sees what the tutor would have said.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from tutor.domain.script import Script
from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import Level, Misstep, Move

#: The longest title, question or comment of a demonstration, in characters.
MAX_NOTE = 1_000


class How(StrEnum):
    """How the same moment is done, where it is shown more than once."""

    WELL = "well"
    HALF = "half"
    BADLY = "badly"


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """The same moment with another reply, beside the one that the demonstration goes on with."""

    __pydantic_config__: ClassVar = STRICT

    how: How
    reply: str
    moves: dict[Move, Level] = field(default_factory=dict)
    missteps: tuple[Misstep, ...] = ()
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One reply of the counselor, and what there is to say about it.

    `ask` is put to the room before the reply is shown; `moves` and `missteps` are what the coder
    must find in it, None where nobody has said; `takes` are other replies to the same moment.
    """

    __pydantic_config__: ClassVar = STRICT

    reply: str
    ask: str = ""
    comment: str = ""
    moves: dict[Move, Level] | None = None
    missteps: tuple[Misstep, ...] = ()
    takes: tuple[Take, ...] = ()

    def __post_init__(self) -> None:
        if self.takes and {take.how for take in self.takes} != {How.HALF, How.BADLY}:
            raise ValueError("beside the reply that is done well stand one half done and one bad")


@dataclass(frozen=True, slots=True, kw_only=True)
class Demo:
    """A demonstration: the scenario and the seed of its chance, the replies, what to say of them.

    `shows` says in a sentence or two what a room can see here, `discuss` what to talk about after.
    """

    __pydantic_config__: ClassVar = STRICT

    schema_version: int = 1
    id: str
    title: str
    shows: str
    scenario: str
    seed: int = 0
    beats: tuple[Beat, ...]
    discuss: tuple[str, ...] = ()
    source: str = ""

    def __post_init__(self) -> None:
        if not self.beats:
            raise ValueError("a demonstration has at least one reply")

    @property
    def script(self) -> Script:
        """The way through the scenario, as it can be played."""
        return Script(
            scenario=self.scenario,
            seed=self.seed,
            steps=tuple(beat.reply for beat in self.beats),
        )

    def script_with(self, number: int, take: Take) -> Script:
        """The way up to the reply of that number (from 1), and there another one."""
        before = tuple(beat.reply for beat in self.beats[: number - 1])
        return Script(scenario=self.scenario, seed=self.seed, steps=(*before, take.reply))
