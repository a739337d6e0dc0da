"""A coding read with the rubric: what each move came to, and whether the moment asked for it."""

from collections.abc import Iterable

from tutor.domain.coding import Coding
from tutor.domain.rubric import Call, Rubric, Score
from tutor.domain.scenario import Moment
from tutor.domain.text import Span
from tutor.domain.vocabulary import AS_CALLED_FOR, LADDER, Move


def call_of(move: Move, moment: Moment) -> Call:
    """What the moment makes of the move; `OPEN` where it does not name it."""
    if move in moment.calls_for:
        return Call.CALLED_FOR
    if move in moment.welcome:
        return Call.WELCOME
    return Call.EARLY if move in moment.early else Call.OPEN


def score(rubric: Rubric, coding: Coding, moment: Moment) -> tuple[Score, ...]:
    """One row for each move, in the order in which they are shown.

    The ladder is always there; the other moves only where the moment names them or the reply makes
    them. Each row's spans are its evidence in the order of the reply, joined where they touch.
    """
    shown = (
        *LADDER,
        *(m for m in AS_CALLED_FOR if call_of(m, moment) is not Call.OPEN or coding.level(m)),
    )
    return tuple(
        Score(
            criterion=rubric.criterion(move),
            level=coding.level(move),
            call=call_of(move, moment),
            spans=joined((e.span for e in coding.of(move)), coding.reply),
        )
        for move in shown
    )


def joined(spans: Iterable[Span], reply: str) -> tuple[Span, ...]:
    """The spans in order; those that overlap, or have only blanks between them, made one.

    >>> joined([Span(0, 4), Span(5, 9), Span(11, 12)], "ask, and b? c")
    (Span(start=0, end=9), Span(start=11, end=12))
    """
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and not reply[whole[-1].end : span.start].strip():
            whole[-1] = whole[-1].joined(span)
        else:
            whole.append(span)
    return tuple(whole)
