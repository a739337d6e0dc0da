"""What a reply was coded as, told code by code."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.domain.coding import Coding
from tutor.domain.rubric import Rubric
from tutor.domain.vocabulary import CODES, Level, Misstep
from tutor.feedback.compose import quoted
from tutor.feedback.marks import label_of
from tutor.feedback.rubric import joined

LEVELS = {Level.NOT_YET: "not yet", Level.EMERGING: "emerging", Level.CLEAR: "clear"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTold:
    """A code by its label, its level or that it is a misstep, and the words that it rests on."""

    label: str
    what: str
    words: str


def told(rubric: Rubric, coding: Coding) -> Iterator[CodeTold]:
    """Every code of the reply, in the codebook's order."""
    for code in CODES:
        if level := coding.level(code):
            spans = joined((e.span for e in coding.of(code)), coding.reply)
            yield CodeTold(
                label=label_of(rubric, code),
                what="misstep" if isinstance(code, Misstep) else LEVELS[level],
                words="; ".join(quoted(span, coding.reply) for span in spans),
            )
