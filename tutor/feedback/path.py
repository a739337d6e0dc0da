"""Which scenario next: the path, what a learner needs most, and the same strain elsewhere."""

from collections.abc import Collection, Sequence

from tutor.domain.attempt import Attempt
from tutor.domain.progress import ENOUGH, Advice, Progress
from tutor.domain.rubric import Rubric
from tutor.domain.scenario import Scenario
from tutor.domain.vocabulary import LADDER, Level, Move, Rupture

#: Withdrawal comes first because it is the one that is missed; where nothing is strained comes last
#: since it has to be told from what is. Source: Eubanks, Muran & Safran (2015) on what is missed.
STAGES = {Rupture.WITHDRAWAL: 0, Rupture.CONFRONTATION: 1, Rupture.MIXED: 2}
LAST_STAGE = 3


def path(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """The scenarios in the order in which to take them: by stage, then from gentle to demanding."""
    return tuple(
        sorted(scenarios, key=lambda s: (STAGES.get(s.rupture, LAST_STAGE), s.difficulty, s.id))
    )


def next_for(
    rubric: Rubric, scenarios: Sequence[Scenario], done: Collection[str], progress: Progress
) -> Advice | None:
    """The scenario to take next, and how it was chosen; None where there is no scenario.

    The next one on the path that is not done; where some step has shown itself weakest in enough
    tries, the one among the next three on the path that calls for it most often.
    """
    ahead = [s for s in path(scenarios) if s.id not in done]
    if not ahead:
        again = path(scenarios)
        if not again:
            return None
        return Advice(
            scenario=again[0], why="You have been through every scenario. The path begins again."
        )
    shares = {move: progress.step(move) for move in LADDER}
    known = {move: share for move, share in shares.items() if share.tries >= ENOUGH}
    if not known:
        return Advice(
            scenario=ahead[0],
            why="It comes next on the path. Too early to say which step you need most: "
            f"that takes {ENOUGH} tries at one of them.",
        )
    weakest = min(known, key=lambda move: (known[move].percent, LADDER.index(move)))
    share, label = known[weakest], rubric.criterion(weakest).label
    chosen = max(ahead[:3], key=lambda s: (_asks(s, weakest), -ahead.index(s)))
    return Advice(
        scenario=chosen,
        why=f"Of the steps you have tried at least {ENOUGH} times, {label} became clear least "
        f"often ({share.clear} of {share.tries}). Of the next three on the path, this client "
        "calls for it most.",
    )


def transfer(
    scenarios: Sequence[Scenario], attempt: Attempt, done: Collection[str]
) -> Advice | None:
    """The same marker in another setting, once a move that was called for became clear; else None.

    Source: practice with feedback carried over to new vignettes in trials of skills training; a
    fresh case shows whether it does.
    """
    here = next((s for s in scenarios if s.id == attempt.scenario), None)
    if here is None or not _clear_somewhere(here, attempt):
        return None

    def shared(other: Scenario) -> list[str]:
        return [
            marker.value.replace("_", " ") for marker in here.markers if marker in other.markers
        ]

    def elsewhere(other: Scenario) -> int:
        mine, theirs = here.setting, other.setting
        return (mine.format != theirs.format) + (mine.approach != theirs.approach)

    others = [s for s in path(scenarios) if s.id != here.id and s.rupture.strains]
    alike = [s for s in others if shared(s) and elsewhere(s)]
    if not alike or not here.rupture.strains:
        return None
    chosen = min(alike, key=lambda s: (s.id in done, -len(shared(s)), -elsewhere(s)))
    return Advice(
        scenario=chosen,
        why=f"{chosen.client.name} shows the same marker ({', '.join(shared(chosen))}) in another "
        f"setting ({chosen.setting.format.value}, {chosen.setting.modality}). What you can do "
        "with one client is learned when you can do it with a second.",
    )


def _asks(scenario: Scenario, move: Move) -> int:
    return sum(move in moment.calls_for for moment in scenario.moments)


def _clear_somewhere(scenario: Scenario, attempt: Attempt) -> bool:
    return any(
        turn.coding.level(move) == Level.CLEAR
        for turn in attempt.standing
        if (moment := scenario.moment(turn.moment))
        for move in moment.calls_for
    )
