"""Which words of a reply are shown marked, and as what."""

from collections.abc import Iterator
from dataclasses import replace

from tutor.domain.coding import Coding, Evidence
from tutor.domain.rubric import Mark, Rubric
from tutor.domain.text import Span, quotations
from tutor.domain.vocabulary import CODES, Code, Misstep
from tutor.feedback.rubric import joined


def marks(rubric: Rubric, coding: Coding) -> tuple[Mark, ...]:
    """The marks of a reply in its order, so that any two are apart or share the same span.

    Every code in the coding has a mark. Where evidence of two codes overlaps, missteps keep their
    words first, then higher levels, then longer spans; the other is cut down to the longest part
    of at least two words that is left. With no such part it shares the span that covers it most.
    """
    whole = sorted(
        (mark for code in CODES for mark in _of_code(rubric, coding, code)),
        key=lambda m: (not isinstance(m.code, Misstep), -m.level, -len(m.span), m.span),
    )
    placed: list[Mark] = []
    for mark in whole:
        taken = sorted({other.span for other in placed})
        span = _free_part(mark.span, taken, coding.reply)
        if span is None:
            span = max(taken, key=lambda other: _shared(other, mark.span))
        if not any(m.span == span and m.code == mark.code for m in placed):
            placed.append(replace(mark, span=span))
    return tuple(sorted(placed, key=lambda m: (m.span, CODES.index(m.code))))


def label_of(rubric: Rubric, code: Code) -> str:
    """The learner's word for a move or misstep."""
    if isinstance(code, Misstep):
        return rubric.caution(code).label
    return rubric.criterion(code).label


def _of_code(rubric: Rubric, coding: Coding, code: Code) -> Iterator[Mark]:
    evidence = coding.of(code)
    for span in joined((e.span for e in evidence), coding.reply):
        inside = [e for e in evidence if span.contains(e.span)]
        yield Mark(
            span=span,
            code=code,
            label=label_of(rubric, code),
            level=max(e.level for e in inside),
            changes=tuple(dict.fromkeys(why for e in inside for why in (*by_words(e), *losses(e)))),
        )


def losses(evidence: Evidence) -> tuple[str, ...]:
    """The reasons, in words, for which modifiers lowered a piece of evidence; oldest first."""
    return tuple(change.why for change in evidence.changes if change.after < change.before)


def by_words(evidence: Evidence) -> tuple[str, ...]:
    """What to say of evidence that no rule has found: that its words weigh, and which the most."""
    if not evidence.said:
        return ()
    return (
        "No rule knows this wording; its words weigh for it, "
        f"{quotations(evidence.said)} the most.",
    )


def _free_part(span: Span, taken: list[Span], reply: str) -> Span | None:
    """The longest part of `span` outside `taken` that holds at least two words.

    The whole span where nothing overlaps it, however short; None where no such part is left.
    """
    overlapping = [other for other in taken if other.overlaps(span)]
    if not overlapping:
        return span
    edges = [span.start, *(e for o in overlapping for e in (o.start, o.end)), span.end]
    free = [
        part
        for start, end in zip(edges[::2], edges[1::2], strict=True)
        if start < end and (part := _trimmed(start, end, reply))
    ]
    return max(free, key=len, default=None)


def _trimmed(start: int, end: int, reply: str) -> Span | None:
    """The words between two offsets, without blanks and punctuation around them; None below two."""
    words = [i for i in range(start, end) if reply[i].isalnum()]
    if not words:
        return None
    span = Span(words[0], words[-1] + 1)
    return span if len(span.of(reply).split()) > 1 else None


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
