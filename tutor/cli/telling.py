"""A replayed conversation, told to a person or to a program."""

from collections.abc import Iterator

from tutor.cli.show import printable
from tutor.domain.attempt import Attempt, Turn
from tutor.domain.scenario import Alliance, Line, Scenario
from tutor.domain.vocabulary import Component


def told(scenario: Scenario, attempt: Attempt) -> Iterator[str]:
    """The conversation turn by turn: reply, codes, transition, alliance, answer; line by line."""
    yield f"{scenario.title} ({scenario.id}), seed {attempt.seed}"
    yield f"Counselor: {scenario.before}"
    yield _said(scenario, scenario.opening[attempt.opening])
    before = scenario.alliance
    for turn in attempt.turns:
        yield from _turn(scenario, turn, before)
        if turn.rewound:
            yield "   (taken back)"
        else:
            before = turn.response.alliance
    yield ""
    yield f"Outcome: {attempt.outcome}" if attempt.outcome else "Not finished."


def _turn(scenario: Scenario, turn: Turn, before: Alliance) -> Iterator[str]:
    response = turn.response
    moves = [f"{move} {level:d}" for move, level in turn.coding.moves.items()]
    missteps = [f"{misstep} (misstep)" for misstep in turn.coding.missteps]
    manner = sorted(response.reception.manner)
    yield ""
    yield f"{turn.number}. {printable(turn.reply)}"
    yield f"   codes: {', '.join([*moves, *missteps]) or 'none'}"
    if manner:
        yield f"   manner: {', '.join(manner)}"
    yield f"   {turn.moment} → {response.to}, by {response.transition}"
    changes = (
        f"{c} {response.alliance.of(c)} ({response.alliance.of(c) - before.of(c):+d})"
        for c in Component
    )
    yield f"   {', '.join(changes)}: {response.shift.because}"
    yield f"   {_said(scenario, response.line)}"


def _said(scenario: Scenario, line: Line) -> str:
    return f"{line.speaker or scenario.client.name} ({line.demeanour}): {line.says}"


def as_rows(scenario: Scenario, attempt: Attempt) -> dict[str, object]:
    """The conversation as plain data, ready for JSON."""
    return {
        "scenario": scenario.id,
        "seed": attempt.seed,
        "opening": _line(scenario.opening[attempt.opening]),
        "turns": [_row(turn) for turn in attempt.turns],
        "outcome": attempt.outcome,
    }


def _row(turn: Turn) -> dict[str, object]:
    response = turn.response
    return {
        "number": turn.number,
        "moment": turn.moment,
        "reply": turn.reply,
        "rewound": turn.rewound,
        "moves": {move: int(level) for move, level in turn.coding.moves.items()},
        "missteps": list(turn.coding.missteps),
        "manner": sorted(response.reception.manner),
        "transition": response.transition,
        "to": response.to,
        "alliance": {component: response.alliance.of(component) for component in Component},
        "because": response.shift.because,
        "answer": _line(response.line),
    }


def _line(line: Line) -> dict[str, str]:
    return {"speaker": line.speaker, "demeanour": line.demeanour, "says": line.says}
