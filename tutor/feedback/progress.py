"""What a learner's attempts show together, counted."""

from collections.abc import Mapping, Sequence

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.progress import AttemptProgress, Progress, Share
from tutor.domain.scenario import Scenario
from tutor.domain.vocabulary import LADDER, Component, Level, Marker, Move

HintsTaken = Mapping[str, Sequence[tuple[int, int]]]


def progress(
    scenarios: Mapping[str, Scenario], attempts: Sequence[Attempt], hints: HintsTaken
) -> Progress:
    """The attempts that hold a reply, counted; tries that were taken back count as tries.

    `scenarios` has every scenario of the attempts by its id; `hints` are those shown, by attempt.
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
        rows.append(_row(len(rows) + 1, scenario, attempt, len(shown)))
    return Progress(attempts=tuple(rows), by_marker=by_marker, by_component=by_component)


def _row(number: int, scenario: Scenario, attempt: Attempt, hints: int) -> AttemptProgress:
    steps: dict[Move, Share] = {}
    for turn in attempt.turns:
        for move, clear in _called(scenario, turn).items():
            if move in LADDER:
                steps[move] = steps.get(move, Share()).plus(clear)
    pairs = [(attempt.earlier_try(turn), turn) for turn in attempt.turns]
    again = [(before, turn) for before, turn in pairs if before]
    return AttemptProgress(
        number=number,
        attempt_id=attempt.id,
        scenario=attempt.scenario,
        title=f"{scenario.client.name} · {scenario.title}",
        started_at=attempt.started_at,
        outcome=attempt.outcome,
        finished=attempt.finished,
        replies=len(attempt.turns),
        steps=steps,
        missteps=sum(bool(turn.coding.missteps) for turn in attempt.turns),
        hints=hints,
        retries=len(again),
        improved=sum(_worth(scenario, turn) > _worth(scenario, before) for before, turn in again),
    )


def _called(scenario: Scenario, turn: Turn) -> dict[Move, bool]:
    """The moves that the moment of the turn calls for, and whether the reply made each clear."""
    moment = scenario.moment(turn.moment)
    calls = moment.calls_for if moment else ()
    return {move: turn.coding.level(move) == Level.CLEAR for move in calls}


def _worth(scenario: Scenario, turn: Turn) -> tuple[int, int]:
    """What makes one try better than another: fewer missteps, then more of what was called for."""
    moment = scenario.moment(turn.moment)
    calls = moment.calls_for if moment else ()
    return -len(turn.coding.missteps), sum(turn.coding.level(move) for move in calls)
