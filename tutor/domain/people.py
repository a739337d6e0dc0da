"""Who the client is, and where the two meet."""

from dataclasses import dataclass
from typing import ClassVar

from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import Approach, Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """A person, not a case. `avatar` names a file of `data/avatars/`, without its ending."""

    __pydantic_config__: ClassVar = STRICT

    name: str
    age: int
    avatar: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where, how and when the two meet."""

    __pydantic_config__: ClassVar = STRICT

    format: Format
    modality: str
    session: int
    approach: Approach | None = None
    place: str = ""

    def __str__(self) -> str:
        parts = (self.format.value, self.modality, f"session {self.session}", self.place)
        return ", ".join(part for part in parts if part)
