"""What the coder makes of one reply: evidence for each code, and what nearly was."""

from dataclasses import dataclass, replace
from enum import StrEnum

from tutor.domain.text import Span
from tutor.domain.vocabulary import Code, Level, Misstep, Move, Rupture


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of the moment a reply answers; every field may be empty.

    `before` is the counselor's last line, `client` what the client says now, `setting` a few words
    on who is in the room.
    """

    before: str = ""
    client: str = ""
    setting: str = ""
    rupture: Rupture | None = None
    strained: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step by which a modifier moved a piece of evidence from one level to another."""

    modifier: str
    why: str
    before: Level
    after: Level
    cue: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A span of the reply as typed, the rule that found it, and its level before and after.

    `found` is the rule's own level; `level` is what is left of it after `changes`, in order.
    `similarity` (0-100) is that of the exemplar, or 100 for a pattern. `said` are, for evidence by
    words alone, those that spoke for it most.
    """

    code: Code
    span: Span
    rule: str
    found: Level
    level: Level
    changes: tuple[Change, ...] = ()
    similarity: float = 100.0
    said: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether anything is left of it."""
        return self.level > Level.NOT_YET

    def changed(self, modifier: str, why: str, level: Level, cue: Span | None = None) -> "Evidence":
        """New evidence at `level`, with the change and its reason added."""
        step = Change(modifier=modifier, why=why, before=self.level, after=level, cue=cue)
        return replace(self, level=level, changes=(*self.changes, step))


class Shortfall(StrEnum):
    """Why a near miss is no evidence."""

    SUPPRESSED = "suppressed"
    SIMILARITY = "similarity"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """What nearly counted for a code, where, and in plain words why it did not."""

    code: Code
    span: Span
    rule: str
    shortfall: Shortfall
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """One coded reply. `evidence` holds only what stands; what fell is in `near_misses`."""

    reply: str
    evidence: tuple[Evidence, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()

    def __post_init__(self) -> None:
        if not all(e.stands and e.span.end <= len(self.reply) for e in self.evidence):
            raise ValueError("a coding holds only evidence that stands, inside its reply")

    def level(self, code: Code) -> Level:
        """The highest level of evidence for `code`; `NOT_YET` where there is none."""
        return max((e.level for e in self.evidence if e.code == code), default=Level.NOT_YET)

    def of(self, code: Code) -> tuple[Evidence, ...]:
        """The evidence for `code`, in the order of the reply."""
        return tuple(e for e in self.evidence if e.code == code)

    @property
    def moves(self) -> dict[Move, Level]:
        """Every credited move with its level, in the codebook's order."""
        found = self._levels
        return {move: found[move] for move in Move if found.get(move)}

    @property
    def missteps(self) -> tuple[Misstep, ...]:
        """Every misstep present, in the codebook's order."""
        found = self._levels
        return tuple(misstep for misstep in Misstep if found.get(misstep))

    @property
    def _levels(self) -> dict[Code, Level]:
        """The highest level of each code with evidence, in one go: pages ask for all of them."""
        found: dict[Code, Level] = {}
        for one in self.evidence:
            found[one.code] = max(one.level, found.get(one.code, Level.NOT_YET))
        return found
