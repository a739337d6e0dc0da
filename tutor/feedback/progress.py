"""What a learner's attempts show together, counted."""

from collections.abc import Mapping, Sequence

from tutor.domain.attempt import CodedAttempt, CodedTurn, earlier_try
from tutor.domain.progress import AttemptProgress, Progress, Share
from tutor.domain.scenario import Scenario
from tutor.domain.vocabulary import LADDER, Component, Level, Marker, Move

HintsTaken = Mapping[str, Sequence[tuple[int, int]]]


def progress(
    scenarios: Mapping[str, Scenario],
    attempts: Sequence[CodedAttempt],
    hints: HintsTaken,
    *,
    before: int = 0,
) -> Progress:
    """The attempts that hold a reply, counted; tries that were taken back count as tries.

    `scenarios` has every scenario of the attempts by its id; `hints` are those shown, by attempt;
    `before` is how many attempts there were before the first of these.
    """
    by_marker: dict[Marker, Share] = {}
    by_component: dict[Component, Share] = {}
    rows: list[AttemptProgress] = []
    for attempt in (a for a in attempts if a.turns):
        scenario = scenarios[attempt.scenario]
        for turn in attempt.turns:
            for clear in _called(scenario, turn).values():
                for marker in scenario.markers if scenario.rupture.strains else ():
                    by_marker[marker] = by_marker.get(marker, Share()).plus(clear)
                for part in scenario.strained:
                    by_component[part] = by_component.get(part, Share()).plus(clear)
        shown = hints.get(attempt.id, ())
        rows.append(_row(before + len(rows) + 1, scenario, attempt, len(shown)))
    return Progress(attempts=tuple(rows), by_marker=by_marker, by_component=by_component)


def _row(number: int, scenario: Scenario, attempt: CodedAttempt, hints: int) -> AttemptProgress:
    steps: dict[Move, Share] = {}
    for turn in attempt.turns:
        for move, clear in _called(scenario, turn).items():
            if move in LADDER:
                steps[move] = steps.get(move, Share()).plus(clear)
    pairs = [(earlier_try(attempt.turns, turn), turn) for turn in attempt.turns]
    again = [(before, turn) for before, turn in pairs if before]
    return AttemptProgress(
        number=number,
        attempt_id=attempt.id,
        scenario=attempt.scenario,
        title=f"{scenario.client.name} · {scenario.title}",
        started_at=attempt.started_at,
        outcome=attempt.outcome,
        finished=attempt.finished_at is not None,
        replies=len(attempt.turns),
        steps=steps,
        missteps=sum(bool(turn.missteps) for turn in attempt.turns),
        hints=hints,
        retries=len(again),
        improved=sum(_worth(scenario, turn) > _worth(scenario, before) for before, turn in again),
    )


def _called(scenario: Scenario, turn: CodedTurn) -> dict[Move, bool]:
    """The moves that the moment of the turn calls for, and whether the reply made each clear."""
    moment = scenario.moment(turn.moment)
    calls = moment.calls_for if moment else ()
    return {move: turn.levels.get(move) == Level.CLEAR for move in calls}


def _worth(scenario: Scenario, turn: CodedTurn) -> tuple[int, int]:
    """What makes one try better than another: fewer missteps, then more of what was called for."""
    moment = scenario.moment(turn.moment)
    calls = moment.calls_for if moment else ()
    return -turn.missteps, sum(turn.levels.get(move, 0) for move in calls)
