"""What the words of a reply and the findings of the rules weigh for each code.

Learned from coded replies by `scripts/learn.py`, read from `data/weights/`. A weight is a whole
number, 100 to one unit of log-odds, so that a sum is exact whatever its order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from tutor.domain.strict import STRICT
from tutor.domain.vocabulary import CODES, Code

#: One weight for each code, in the order of `CODES`.
Row = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWeights:
    """What weighs for one code beside its words; the code is there where the sum is above 0.

    `start` is where the sum begins. `found` is added where a rule's evidence stands, `clear` where
    it is clear, `agreed` where two rules or more agree; `taken_back` where a modifier took evidence
    away, `nearly` where a rule came near; `unstrained` where it is known that nothing is strained,
    so that there is less to see, to own and to talk over. From a sum of `clear_from` on, a move is
    clear; below, it is emerging, though a rule has found it clear. Below a sum of `falls_below`,
    what a rule has found does not stand either; None: it always does.
    """

    __pydantic_config__: ClassVar = STRICT

    start: int
    found: int
    clear: int
    agreed: int
    taken_back: int
    nearly: int
    unstrained: int
    clear_from: int = 0
    falls_below: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightsFile:
    """`data/weights/codes.yaml`; `rules` is the version of the rules that it was learned with."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    rules: str
    codes: dict[Code, CodeWeights]

    def __post_init__(self) -> None:
        missing = [code.value for code in CODES if code not in self.codes]
        if missing:
            raise ValueError(f"no weights for {', '.join(missing)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What cues weigh in the sentence that says them, and in the reply and its setting as a whole.

    `rules` is the version of the rules they were learned with; `families` gives for a word the name
    of its family: the words that are used like it.
    """

    rules: str
    codes: Mapping[Code, CodeWeights]
    sentence: Mapping[str, Row]
    reply: Mapping[str, Row]
    families: Mapping[str, str] = field(default_factory=dict)
