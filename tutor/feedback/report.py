"""An attempt as a Markdown file that a learner can keep."""

from collections.abc import Iterator

from tutor.domain.attempt import Attempt, Dispute, Turn
from tutor.domain.rubric import Rubric, Summary, Swing
from tutor.domain.scenario import Line, Scenario
from tutor.domain.vocabulary import Component, Outcome
from tutor.feedback import coded
from tutor.feedback.coded import LEVELS
from tutor.feedback.markdown import escape_markdown, one_line, quote
from tutor.feedback.marks import label_of

__all__ = ["escape_markdown", "report"]

NOTE = (
    "This was practice with a fictional client. The replies were coded by rules, which miss things "
    "and can be wrong. It trains a skill; it is no supervision, and it certifies nothing."
)
OUTCOMES = {
    Outcome.REPAIRED: "Repaired",
    Outcome.KEPT: "The work goes on",
    Outcome.FALSE_COMPLIANCE: "Agreement on the surface only",
    Outcome.LOST: "The client was lost",
    None: "Stopped before an ending",
}


def report(
    rubric: Rubric,
    scenario: Scenario,
    attempt: Attempt,
    summary: Summary,
    disputes: tuple[Dispute, ...] = (),
) -> str:
    """The conversation as it stands, its coding, the alliance and the summary, as Markdown.

    Everything that was typed, or comes from content, shows as text. The levels are this tutor's
    coding, and the alliance's numbers order this client's moments; neither measures a person.
    """
    blocks = (
        *_heading(scenario, attempt),
        *_conversation(rubric, scenario, attempt, disputes),
        *_alliance(attempt, summary),
        *_summary(summary),
    )
    return "\n\n".join(blocks) + "\n"


def _heading(scenario: Scenario, attempt: Attempt) -> Iterator[str]:
    client = f"{scenario.client.name}, {scenario.client.age}"
    yield f"# {one_line(scenario.title)}"
    yield f"{one_line(client)} · {one_line(str(scenario.setting))} · {attempt.started_at:%Y-%m-%d}"
    yield f"*{NOTE}*"


def _conversation(
    rubric: Rubric, scenario: Scenario, attempt: Attempt, disputes: tuple[Dispute, ...]
) -> Iterator[str]:
    yield "## The conversation"
    yield "**You, a moment ago**"
    yield quote(scenario.before)
    yield from _line(scenario, scenario.opening[attempt.opening])
    for turn in attempt.standing:
        yield f"**You, reply {turn.number}**"
        yield quote(turn.reply)
        yield _codes(rubric, turn)
        for dispute in (d for d in disputes if d.number == turn.number):
            label = one_line(label_of(rubric, dispute.code))
            yield f"You see it differently ({label}):"
            yield quote(dispute.why)
        yield from _line(scenario, turn.response.line)


def _line(scenario: Scenario, line: Line) -> Iterator[str]:
    speaker = f"**{one_line(line.speaker or scenario.client.name)}**"
    demeanor = one_line(line.demeanour)
    yield f"{speaker} ({demeanor})" if demeanor else speaker
    yield quote(line.says)


def _codes(rubric: Rubric, turn: Turn) -> str:
    """A list of the reply's codes with the words they rest on; a sentence where there are none."""
    rows = [
        f"- {one_line(code.label)} ({code.what}): {one_line(code.words)}"
        for code in coded.told(rubric, turn.coding)
    ]
    return "\n".join(rows) or "Nothing in this reply was coded."


def _alliance(attempt: Attempt, summary: Summary) -> Iterator[str]:
    names = ("At the start", *(f"After reply {turn.number}" for turn in attempt.standing))
    reasons = ("", *(turn.response.shift.because for turn in attempt.standing))
    rows = [
        f"| {name} | {' | '.join(str(point.of(c)) for c in Component)} | {one_line(because)} |"
        for name, point, because in zip(names, summary.path, reasons, strict=True)
    ]
    header = f"| | {' | '.join(c.value.capitalize() for c in Component)} | Because |"
    yield "## The alliance"
    yield "\n".join((header, "|---|---:|---:|---:|---|", *rows))


def _summary(summary: Summary) -> Iterator[str]:
    yield "## Looking back"
    yield f"**{OUTCOMES[summary.outcome]}.** {one_line(summary.ending)}".rstrip()
    yield "The steps, at their best over the whole conversation:"
    yield "\n".join(
        f"- {one_line(criterion.label)}: {LEVELS[level]}" for criterion, level in summary.steps
    )
    told = [
        *_swing("It turned", summary.turned_at),
        *_swing("It fell most", summary.fell_at),
        *(f"- {one_line(caution.label)}: {times}×" for caution, times in summary.missteps),
    ]
    if summary.best_turn is not None:
        told.append(f"- Best reply: {summary.best_turn}. {one_line(summary.best_because)}")
    if summary.tries_again:
        told.append(f"- Moments tried again: {summary.tries_again}")
    if told:
        yield "What stood out:"
        yield "\n".join(told)
    yield f"**Practice next.** {one_line(summary.practise_next)}"


def _swing(what: str, swing: Swing | None) -> Iterator[str]:
    if swing is not None:
        yield (
            f"- {what} at reply {swing.turn}: {swing.component} {swing.points:+d}. "
            f"{one_line(swing.because)}"
        )
