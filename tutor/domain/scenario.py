"""A scenario: one client, one strain, and the moments a learner goes through with them.

A scenario is a graph. Each `Moment` waits for one reply; its `transitions` are tried in order, and
the first whose condition holds says what the client does and what comes next; the last has none.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from tutor.domain.coding import Context
from tutor.domain.people import Client, Setting
from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import (
    Circumstance,
    ClientState,
    Component,
    Identity,
    Level,
    Manner,
    Marker,
    Misstep,
    Move,
    Outcome,
    Rupture,
    progress,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alliance:
    """Bond, goals and tasks, each 0-100 and kept apart. Source: Bordin (1979).

    The numbers order this client's moments; they measure no real alliance.
    """

    __pydantic_config__: ClassVar = STRICT

    bond: int
    goals: int
    tasks: int

    def __post_init__(self) -> None:
        if not all(0 <= self.of(component) <= 100 for component in Component):
            raise ValueError("bond, goals and tasks lie between 0 and 100")

    def of(self, component: Component) -> int:
        """The value of one component, 0-100."""
        return int(getattr(self, component.value))

    def shifted(self, shift: "Shift") -> "Alliance":
        """The alliance after `shift`, each component held within 0-100."""
        return Alliance(**{c.value: max(0, min(100, self.of(c) + shift.of(c))) for c in Component})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """What one reply does to the alliance, in points, and the reason in words."""

    __pydantic_config__: ClassVar = STRICT

    bond: int = 0
    goals: int = 0
    tasks: int = 0
    because: str

    def of(self, component: Component) -> int:
        """The points for one component."""
        return int(getattr(self, component.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What the client visibly does, and says. In a group `speaker` names who it is.

    `shows` are the words of it, said or described, that give away what is the matter.
    """

    __pydantic_config__: ClassVar = STRICT

    demeanour: str
    says: str
    speaker: str = ""
    shows: str = ""

    def __post_init__(self) -> None:
        if self.shows not in self.says and self.shows not in self.demeanour:
            raise ValueError("what shows it must be words of this line")


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What a reply must have done; every field that is given must hold.

    Levels are those of the reception (see `tutor.client.reception`): a move heard before counts
    less. `at_least` asks for all of its moves; `any_of` for `enough` of them; `lacks` for none of
    them; `missteps` for at least one; `clean` for no misstep at all; `manner` for one of these and
    `not_manner` for none of them; `alliance_below` for a component under that value.
    """

    __pydantic_config__: ClassVar = STRICT

    at_least: dict[Move, Level] = field(default_factory=dict)
    any_of: dict[Move, Level] = field(default_factory=dict)
    enough: int = 1
    lacks: tuple[Move, ...] = ()
    missteps: tuple[Misstep, ...] = ()
    clean: bool = False
    manner: tuple[Manner, ...] = ()
    not_manner: tuple[Manner, ...] = ()
    alliance_below: dict[Component, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What the client does with a reply: where to (a moment or an ending), and in which words.

    `lines` are three or more variants of one reaction. Without `when` it always holds.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    to: str
    when: Condition | None = None
    alliance: Shift
    lines: tuple[Line, ...]


class ReplyKind(StrEnum):
    """Whether an annotated reply shows what would help, or what would not."""

    MODEL = "model"
    POOR = "poor"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedReply:
    """A reply to this moment with its coding, which the coder must reproduce, and a comment."""

    __pydantic_config__: ClassVar = STRICT

    kind: ReplyKind
    text: str
    moves: dict[Move, Level] = field(default_factory=dict)
    missteps: tuple[Misstep, ...] = ()
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One point of a scenario that calls for a reply.

    The steps are no checklist and have no fixed order: `calls_for` is what this client needs now,
    `welcome` what does no harm, `early` what comes before the client is ready for it. `look` and
    `stem` are hints: what there is to see here, and how a reply might begin.
    """

    __pydantic_config__: ClassVar = STRICT

    id: str
    state: ClientState
    calls_for: tuple[Move, ...]
    welcome: tuple[Move, ...] = ()
    early: tuple[Move, ...] = ()
    why: str
    look: str = ""
    stem: str = ""
    transitions: tuple[Transition, ...]
    replies: tuple[AnnotatedReply, ...] = ()

    def transition(self, transition_id: str) -> Transition:
        """The transition of that id.

        Raises:
            KeyError: the moment has none.
        """
        for transition in self.transitions:
            if transition.id == transition_id:
                return transition
        raise KeyError(transition_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Where a conversation stops, and what to make of it."""

    __pydantic_config__: ClassVar = STRICT

    id: str
    outcome: Outcome
    state: ClientState
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One client and one strain, complete. The first of `moments` is where an attempt begins.

    `before` is the counselor's line that caused the strain; `opening` are the variants of the
    client's answer to it; `practises` says in a line what a learner practises here.
    """

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    id: str
    title: str
    client: Client
    setting: Setting
    rupture: Rupture
    markers: tuple[Marker, ...]
    strained: tuple[Component, ...]
    circumstances: tuple[Circumstance, ...] = ()
    identity: tuple[Identity, ...] = ()
    difficulty: int
    practises: str
    background: str
    before: str
    opening: tuple[Line, ...]
    alliance: Alliance
    moments: tuple[Moment, ...]
    endings: tuple[Ending, ...]
    debrief: str
    source: str

    def __post_init__(self) -> None:
        possible = Outcome.possible(self.rupture)
        if not all(ending.outcome in possible for ending in self.endings):
            raise ValueError(
                f"with the rupture {self.rupture}, an ending is one of {', '.join(possible)}"
            )

    @property
    def first(self) -> Moment:
        """The moment an attempt begins with."""
        return self.moments[0]

    def moment(self, moment_id: str) -> Moment | None:
        """The moment of that id, or None where it is an ending's or nobody's."""
        return next((m for m in self.moments if m.id == moment_id), None)

    def ending(self, ending_id: str) -> Ending | None:
        """The ending of that id, or None."""
        return next((e for e in self.endings if e.id == ending_id), None)

    def state_at(self, place: str) -> ClientState:
        """The client's state in that moment or ending.

        Raises:
            KeyError: there is neither.
        """
        found = self.moment(place) or self.ending(place)
        if found is None:
            raise KeyError(place)
        return found.state

    def is_forward(self, from_moment_id: str, to_id: str) -> bool:
        """Whether going from a moment to another, or to an ending, brings repair nearer.

        Forward is further along a path; within one state of it, a later moment of the file; back to
        a path from off it (false compliance, escalation); and a good ending, but no other one.

        Raises:
            KeyError: there is no such place.
        """
        start, end, ending = self.moment(from_moment_id), self.moment(to_id), self.ending(to_id)
        if start and ending:
            return ending.outcome.good
        if not (start and end):
            raise KeyError(to_id if start else from_moment_id)
        if start.state is end.state:
            return progress(end.state) >= 0 and self.moments.index(end) > self.moments.index(start)
        return progress(end.state) > progress(start.state)

    def lines_into(self, moment_id: str) -> tuple[Line, ...]:
        """The variants of what the client says on first coming to that moment."""
        if moment_id == self.first.id:
            return self.opening
        for moment in self.moments:
            for transition in moment.transitions:
                if transition.to == moment_id != moment.id:
                    return transition.lines
        return ()

    def context(self, *, before: str, client: str) -> Context:
        """The coder's context for a reply to `client`, said after the counselor's `before`."""
        return Context(
            before=before,
            client=client,
            setting=str(self.setting),
            rupture=self.rupture,
            strained=", ".join(self.strained),
        )
