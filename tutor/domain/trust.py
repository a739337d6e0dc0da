"""How far the coder can be trusted: what was measured, and what is known to go wrong."""

from dataclasses import dataclass
from typing import ClassVar

from tutor.domain.rules import Example
from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import Code, Level, Misstep, Move


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeFigures:
    """One code over one set of coded replies; figures are hundredths, None where undefined.

    `cases` are the replies that have the code; `low` and `high` bound the F1 (95 %, bootstrap).
    """

    __pydantic_config__: ClassVar = STRICT

    code: Code
    cases: int
    precision: int | None
    recall: int | None
    f1: int | None
    low: int
    high: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetFigures:
    """One set of coded replies: the macro F1 over its codes, in hundredths, with its 95 % interval.

    `false_credits` is how many moves were credited that the raters do not see.
    """

    __pydantic_config__: ClassVar = STRICT

    name: str
    replies: int
    f1: int
    low: int
    high: int
    false_credits: int
    codes: tuple[CodeFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """`data/agreement.yaml`: what `scripts/agreement.py --write` measured, and of which bank."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    bank: str
    sets: tuple[SetFigures, ...]
    adversarial_cases: int
    adversarial_passed: int

    def of(self, name: str) -> SetFigures | None:
        """The figures of the set of that name, or None."""
        return next((figures for figures in self.sets if figures.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlindSpot:
    """Something that the coder is known to misread, with a reply that it misreads that way.

    `coded` is what the coder makes of it, and `meant` says what a person would hear.
    """

    __pydantic_config__: ClassVar = STRICT

    what: str
    example: Example
    moves: dict[Move, Level]
    missteps: tuple[Misstep, ...] = ()
    meant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """`data/trust.yaml`: how the sets were made, in plain words, and the known blind spots."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    made: tuple[str, ...]
    blind_spots: tuple[BlindSpot, ...]
