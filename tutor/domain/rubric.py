"""Rubric feedback on a reply, and the summary of an attempt."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from tutor.domain.scenario import Alliance, Condition
from tutor.domain.strict import STRICT
from tutor.domain.text import Span
from tutor.domain.vocabulary import Code, Component, Level, Misstep, Move, Outcome


class Call(StrEnum):
    """What a moment makes of a move."""

    CALLED_FOR = "called_for"
    WELCOME = "welcome"
    EARLY = "early"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """A rubric row: how a move is named and described, and what to say about it.

    `levels` describes levels 0, 1 and 2; `next_steps` is the one thing to try where the move is at
    0 (first) or at 1 (second); `early` says why it can wait. All in words for a learner.
    """

    __pydantic_config__: ClassVar = STRICT

    move: Move
    label: str
    step: str
    asks: str
    levels: tuple[str, str, str]
    next_steps: tuple[str, str]
    early: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """A misstep: how it is named, why it strains the alliance, and another way to say it."""

    __pydantic_config__: ClassVar = STRICT

    misstep: Misstep
    label: str
    why: str
    instead: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """One sentence for a reply for which `when` holds; `{client}` is the client's name.

    `advanced` asks whether the client came one state nearer (true) or did not (false).
    """

    __pydantic_config__: ClassVar = STRICT

    when: Condition
    advanced: bool | None = None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """`data/rubric.yaml`: every criterion and caution, and the headlines in order."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    criteria: tuple[Criterion, ...]
    cautions: tuple[Caution, ...]
    headlines: tuple[Headline, ...]
    when_all_is_there: str

    def criterion(self, move: Move) -> Criterion:
        """The row of that move."""
        return next(c for c in self.criteria if c.move == move)

    def caution(self, misstep: Misstep) -> Caution:
        """The words on that misstep."""
        return next(c for c in self.cautions if c.misstep == misstep)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A rubric result: a move, its level in this reply, and what the moment makes of it."""

    criterion: Criterion
    level: Level
    call: Call
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A span of the reply that is shown marked, with the code and level it stands for.

    `changes` says, in words, what a modifier took from it, and that words alone speak for it; empty
    where neither is so.
    """

    span: Span
    code: Code
    label: str
    level: Level
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MisstepNote:
    """A misstep in this reply, with the words quoted."""

    caution: Caution
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """Why a move did not count, or not fully: what nearly did, and what would have."""

    criterion: Criterion
    level: Level
    nearly: tuple[str, ...]
    span: Span | None
    would_count: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """Everything the page says about one reply, in the order in which it says it."""

    headline: str
    marks: tuple[Mark, ...]
    scores: tuple[Score, ...]
    missteps: tuple[MisstepNote, ...]
    next_step: str
    why_not: tuple[WhyNot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two tries at one moment, for one code; levels 0-2."""

    label: str
    before: Level
    after: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """Where the alliance moved most for one component: by how much, at which turn, and why."""

    component: Component
    turn: int
    points: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a whole attempt showed.

    `path` is the alliance at the start and after each standing turn; `steps` the best level of each
    move of the ladder; `best_turn` and the swings name turns by number.
    """

    outcome: Outcome | None
    ending: str
    path: tuple[Alliance, ...]
    turned_at: Swing | None
    fell_at: Swing | None
    steps: tuple[tuple[Criterion, Level], ...]
    missteps: tuple[tuple[Caution, int], ...]
    best_turn: int | None
    best_because: str
    practise_next: str
    tries_again: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A rung of help: what to look at (1), which move (2), a stem (3), a model reply (4)."""

    height: int
    title: str
    text: str
