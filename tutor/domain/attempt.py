"""One run of a scenario by one learner, turn by turn."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from tutor.domain.coding import Coding
from tutor.domain.scenario import Alliance, Line, Shift
from tutor.domain.vocabulary import Code, Level, Manner, Misstep, Move, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """How a coded reply reached this client, given what was said before.

    `levels` are the moves as heard (0-2): full when fresh, one less when the same was already said
    in this moment, and a remembered earlier move still counts as emerging. `manner` describes the
    reply as a whole.
    """

    levels: dict[Move, Level]
    fresh: frozenset[Move]
    manner: frozenset[Manner]


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the client did with a reply: the transition taken, the line, and the alliance after it.

    `to` is the id of the next moment or of an ending; `variant` is the line's place among the
    transition's variants.
    """

    transition: str
    to: str
    variant: int
    line: Line
    shift: Shift
    alliance: Alliance
    reception: Reception


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One reply and what came of it. `number` counts every reply of the attempt from 1.

    A turn that the learner went back behind is `rewound`: kept, shown beside the new try, and no
    longer part of the conversation.
    """

    number: int
    moment: str
    reply: str
    coding: Coding
    response: Response
    rewound: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """A learner's word that a code is wrongly given, or wrongly withheld, in the turn `number`."""

    number: int
    code: Code
    why: str
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One run of a scenario. `revision` grows with every change and guards against two tabs.

    `turns` holds every turn in order, the rewound ones included; `opening` is the variant of the
    client's first line.
    """

    id: str
    learner: str
    scenario: str
    seed: int
    opening: int
    started_at: datetime
    finished_at: datetime | None = None
    outcome: Outcome | None = None
    revision: int = 0
    turns: tuple[Turn, ...] = ()

    @property
    def standing(self) -> tuple[Turn, ...]:
        """The turns that make up the conversation as it now stands."""
        return tuple(turn for turn in self.turns if not turn.rewound)

    @property
    def finished(self) -> bool:
        """Whether an ending was reached or the learner stopped."""
        return self.finished_at is not None

    def earlier_try(self, turn: Turn) -> Turn | None:
        """The rewound try at the same moment that `turn` replaced, the latest one; or None."""
        return earlier_try(self.turns, turn)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedTurn:
    """What one reply was coded as, without its words: a level for each code that is there."""

    number: int
    moment: str
    rewound: bool
    levels: Mapping[Code, Level]

    @property
    def missteps(self) -> int:
        """How many missteps the reply made."""
        return sum(isinstance(code, Misstep) for code in self.levels)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedAttempt:
    """An attempt as far as it is counted: of its turns no more than what they were coded as."""

    id: str
    scenario: str
    started_at: datetime
    finished_at: datetime | None = None
    outcome: Outcome | None = None
    turns: tuple[CodedTurn, ...] = ()


T = TypeVar("T", Turn, CodedTurn)


def earlier_try(turns: Iterable[T], turn: T) -> T | None:
    """Of the turns of an attempt, in order, the one that `turn` replaced; None where it is new."""
    previous = None
    for other in turns:
        if other.number >= turn.number:
            break
        if other.rewound and other.moment == turn.moment:
            previous = other
        elif not other.rewound:
            previous = None
    return previous
