"""What a class has handed in, counted; and how far coder and supervisor agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tutor.domain.attempt import CodedAttempt
from tutor.domain.progress import Progress, Share
from tutor.domain.scenario import Scenario
from tutor.domain.teaching import ClassPicture, HandedIn, OnePicture, Override, Returned, Tally
from tutor.domain.vocabulary import CODES, LADDER, Code, Level, Move
from tutor.feedback.progress import progress

Levels = Mapping[Code, Level]


def picture(
    scenarios: Mapping[str, Scenario], handed_in: Sequence[HandedIn], names: Sequence[str]
) -> ClassPicture:
    """What those attempts show together and by person; `names` are in the order to show them in.

    Only scenarios that are still there count.
    """
    known = [h for h in handed_in if h.submission.scenario in scenarios]
    attempts = [overridden(one.attempt, one.returned) for one in known]
    whole = progress(scenarios, attempts, {})
    people = []
    for name in dict.fromkeys(names):
        mine = [a for a, one in zip(attempts, known, strict=True) if one.name == name]
        people.append(_one(name, progress(scenarios, mine, {})))
    return ClassPicture(
        steps=_steps(whole),
        by_marker=whole.by_marker,
        people=tuple(people),
    )


def overridden(attempt: CodedAttempt, returned: Returned) -> CodedAttempt:
    """The attempt with the supervisor's levels in place of the coder's, where there are any."""
    turns = tuple(
        replace(turn, levels=_levels(turn.levels, returned.overrides_of(turn.number)))
        for turn in attempt.turns
    )
    return replace(attempt, turns=turns)


def tallies(pairs: Iterable[tuple[CodedAttempt, Returned]]) -> tuple[Tally, ...]:
    """For each code, how coder and supervisor agree in the turns that were checked in full.

    Turns that nobody has checked do not count, even where one of their codes was overridden:
    otherwise only disagreements would be seen.
    """
    checked = [
        (turn.levels, _levels(turn.levels, returned.overrides_of(turn.number)))
        for attempt, returned in pairs
        for turn in attempt.turns
        if turn.number in returned.checked
    ]
    return tuple(_tally(code, checked) for code in CODES) if checked else ()


def _tally(code: Code, checked: Sequence[tuple[Levels, Levels]]) -> Tally:
    both = coder_only = supervisor_only = neither = same = 0
    for coder, supervisor in checked:
        here, there = coder.get(code, Level.NOT_YET), supervisor.get(code, Level.NOT_YET)
        both += bool(here and there)
        coder_only += bool(here and not there)
        supervisor_only += bool(there and not here)
        neither += not here and not there
        same += here == there
    return Tally(
        code=code,
        both=both,
        coder_only=coder_only,
        supervisor_only=supervisor_only,
        neither=neither,
        same_level=same,
    )


def _levels(levels: Mapping[Code, Level], overrides: Iterable[Override]) -> dict[Code, Level]:
    changed = {**levels, **{override.code: override.level for override in overrides}}
    return {code: level for code, level in changed.items() if level}


def _steps(shown: Progress) -> dict[Move, Share]:
    return {move: share for move in LADDER if (share := shown.step(move)).tries}


def _one(name: str, shown: Progress) -> OnePicture:
    return OnePicture(
        name=name,
        attempts=len(shown.attempts),
        replies=sum(attempt.replies for attempt in shown.attempts),
        missteps=sum(attempt.missteps for attempt in shown.attempts),
        steps=_steps(shown),
    )
