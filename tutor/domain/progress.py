"""What a learner's attempts show together."""

from dataclasses import dataclass
from datetime import datetime

from tutor.domain.scenario import Scenario
from tutor.domain.vocabulary import Component, Marker, Move, Outcome

#: With fewer tries than this, nothing is said about a learner's skill.
ENOUGH = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often something became clear: `clear` of `tries`."""

    tries: int = 0
    clear: int = 0

    @property
    def percent(self) -> int:
        """The share in hundredths; 0 where there was no try."""
        return round(100 * self.clear / self.tries) if self.tries else 0

    def plus(self, clear: bool) -> "Share":
        """The share with one more try."""
        return Share(tries=self.tries + 1, clear=self.clear + clear)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptProgress:
    """One attempt among all; `steps` counts replies to moments that called for the move only."""

    number: int
    attempt_id: str
    scenario: str
    title: str
    started_at: datetime
    outcome: Outcome | None
    finished: bool
    replies: int
    steps: dict[Move, Share]
    missteps: int
    hints: int
    retries: int
    improved: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """All attempts with a reply, the first first, and what they show by marker and component."""

    attempts: tuple[AttemptProgress, ...]
    by_marker: dict[Marker, Share]
    by_component: dict[Component, Share]

    def step(self, move: Move) -> Share:
        """How often the move became clear where it was called for, over all attempts."""
        shares = [a.steps[move] for a in self.attempts if move in a.steps]
        return Share(tries=sum(s.tries for s in shares), clear=sum(s.clear for s in shares))


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """A scenario to go to, and why this one, in words for the learner."""

    scenario: Scenario
    why: str
