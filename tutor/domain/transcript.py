"""A conversation from elsewhere, de-identified, to be shown line by line."""

from dataclasses import dataclass
from typing import ClassVar

from tutor.domain.strict import STRICT


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one speaker says, from line `number` (from 1) of a file on."""

    number: int
    speaker: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A file as it was read, before anybody has said who is the counselor.

    `counselors` is what the labels tell of that, empty where they do not; `reminders` say in words
    where somebody might be given away.
    """

    rows: tuple[Row, ...]
    speakers: tuple[str, ...]
    counselors: frozenset[str]
    reminders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One line, and whether the counselor says it; `ask` and `comment` as in a demo."""

    __pydantic_config__: ClassVar = STRICT

    speaker: str
    counselor: bool
    text: str
    ask: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """The lines in order. Nothing is known of the client beyond them, and nobody answers."""

    __pydantic_config__: ClassVar = STRICT

    id: str
    title: str
    lines: tuple[Said, ...]

    def __post_init__(self) -> None:
        if not any(line.counselor for line in self.lines):
            raise ValueError("a transcript has at least one line of the counselor's")

    @property
    def spoken(self) -> tuple[int, ...]:
        """The places (from 0) of what the counselor says."""
        return tuple(place for place, line in enumerate(self.lines) if line.counselor)

    def before(self, place: int) -> tuple[str, str]:
        """What the counselor, and then what others, had last said before line `place` (from 0).

        >>> said = [("C", True, "Hm?"), ("A", False, "No."), ("B", False, "Yes."), ("C", True, "!")]
        >>> lines = tuple(Said(speaker=s, counselor=c, text=t) for s, c, t in said)
        >>> Transcript(id="x", title="x", lines=lines).before(3)
        ('Hm?', 'No. Yes.')
        """
        heard: list[str] = []
        at = place - 1
        while at >= 0 and not self.lines[at].counselor:
            heard.insert(0, self.lines[at].text)
            at -= 1
        return (self.lines[at].text if at >= 0 else "", " ".join(heard))
