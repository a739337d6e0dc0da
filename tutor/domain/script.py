"""A conversation written down beforehand, to be played again."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from tutor.domain.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Retry:
    """A step of a script: go back behind the last reply."""

    __pydantic_config__: ClassVar = STRICT

    retry: Literal[True] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A scenario, the seed of its chance, and the learner's steps: replies, and second tries."""

    __pydantic_config__: ClassVar = STRICT

    scenario: str
    seed: int = 0
    steps: tuple[str | Retry, ...] = ()
