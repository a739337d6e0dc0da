"""What the page says about one reply: a headline, marks, rows, and the one thing to try next."""

from collections.abc import Iterator
from dataclasses import replace

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.coding import Coding
from tutor.domain.conditions import holds
from tutor.domain.rubric import Call, Comparison, Feedback, MisstepNote, Rubric, Score, WhyNot
from tutor.domain.scenario import Moment, Scenario
from tutor.domain.text import Span
from tutor.domain.vocabulary import CODES, Level, Move
from tutor.feedback.marks import label_of, losses, marks
from tutor.feedback.rubric import joined, score

__all__ = ["PRIORITY", "comparison", "feedback", "marks", "quoted"]

#: Which move is worked on first where several are equally far: the ones that open the strain, and
#: one's own part, which comes least naturally. Source: clinical notes, learning.
PRIORITY: tuple[Move, ...] = tuple(dict.fromkeys((Move.NAME, Move.INVITE, Move.OWN, *Move)))

#: The longest quotation of a reply, in characters.
MAX_QUOTE = 90


def feedback(rubric: Rubric, scenario: Scenario, attempt: Attempt, turn: Turn) -> Feedback:
    """Everything there is to say about the reply of `turn`.

    Raises:
        KeyError: the scenario has no such moment.
    """
    moment = scenario.moment(turn.moment)
    if moment is None:
        raise KeyError(turn.moment)
    scores = score(rubric, turn.coding, moment)
    return Feedback(
        headline=_headline(rubric, scenario, attempt, turn),
        marks=marks(rubric, turn.coding),
        scores=scores,
        missteps=tuple(
            MisstepNote(
                caution=rubric.caution(misstep),
                spans=joined((e.span for e in turn.coding.of(misstep)), turn.coding.reply),
            )
            for misstep in turn.coding.missteps
        ),
        next_step=_next_step(rubric, scenario, attempt, turn, moment),
        why_not=tuple(
            _why_not(row, turn.coding)
            for row in scores
            if row.call in (Call.CALLED_FOR, Call.WELCOME) and row.level < Level.CLEAR
        ),
    )


def comparison(rubric: Rubric, before: Coding, after: Coding) -> tuple[Comparison, ...]:
    """What changed between two tries, for each code that either has, in the codebook's order."""
    return tuple(
        Comparison(label=label_of(rubric, code), before=before.level(code), after=after.level(code))
        for code in CODES
        if before.level(code) or after.level(code)
    )


def quoted(span: Span, reply: str) -> str:
    """The words of the span in quotation marks, on one line, shortened to `MAX_QUOTE` characters.

    >>> quoted(Span(0, 9), "I pushed,  and it hurt")
    '“I pushed,”'
    """
    words = " ".join(span.of(reply).split())
    if len(words) > MAX_QUOTE:
        words = words[: MAX_QUOTE - 1].rsplit(" ", 1)[0] + "…"
    return f"“{words}”"


def _headline(rubric: Rubric, scenario: Scenario, attempt: Attempt, turn: Turn) -> str:
    """The first headline that holds; none where the rubric has none for it.

    A headline tells of this reply alone, so a move that the client still remembers from an earlier
    one is no part of it.
    """
    reception = replace(turn.response.reception, levels=turn.coding.moves)
    earlier = _earlier(attempt, turn)
    alliance = earlier[-1].response.alliance if earlier else scenario.alliance
    advanced = scenario.is_forward(turn.moment, turn.response.to)
    for headline in rubric.headlines:
        if headline.advanced in (None, advanced) and holds(
            headline.when, reception, turn.coding, alliance
        ):
            return headline.text.replace("{client}", scenario.client.name)
    return ""


def _next_step(
    rubric: Rubric, scenario: Scenario, attempt: Attempt, turn: Turn, moment: Moment
) -> str:
    """The one thing to try: mend a misstep, else the called-for move that is furthest from clear.

    What an earlier reply at this moment made clear need not be said again.
    """
    if turn.coding.missteps:
        return rubric.caution(turn.coding.missteps[0]).instead
    codings = [t.coding for t in _earlier(attempt, turn) if t.moment == turn.moment]
    best = {
        move: max(coding.level(move) for coding in (*codings, turn.coding))
        for move in moment.calls_for
    }
    lacking = [move for move in best if best[move] < Level.CLEAR]
    if not lacking:
        return rubric.when_all_is_there.replace("{client}", scenario.client.name)
    move = min(lacking, key=lambda m: (best[m], PRIORITY.index(m)))
    return rubric.criterion(move).next_steps[best[move]]


def _earlier(attempt: Attempt, turn: Turn) -> list[Turn]:
    """The standing turns before `turn`, in order."""
    return [t for t in attempt.standing if t.number < turn.number]


def _why_not(row: Score, coding: Coding) -> WhyNot:
    found = sorted(_nearly(row, coding), key=lambda pair: pair[0])
    quotes: dict[str, list[str]] = {}
    for span, why in found:
        quotes.setdefault(why, []).append(quoted(span, coding.reply))
    return WhyNot(
        criterion=row.criterion,
        level=row.level,
        nearly=tuple(f"{', '.join(words)} {why}" for why, words in quotes.items()),
        span=found[0][0] if found else None,
        would_count=row.criterion.levels[Level.CLEAR],
    )


def _nearly(row: Score, coding: Coding) -> Iterator[tuple[Span, str]]:
    """What nearly counted for a move, or counted only in part, with the reason in words."""
    move = row.criterion.move
    for miss in coding.near_misses:
        if miss.code == move:
            yield miss.span, f"nearly counted. {miss.why}"
    for evidence in coding.of(move):
        reasons = losses(evidence) or (row.criterion.levels[evidence.level],)
        yield evidence.span, f"counted as emerging. {' '.join(reasons)}"
