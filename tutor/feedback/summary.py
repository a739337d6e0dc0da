"""What a whole attempt showed, from its standing turns."""

from itertools import pairwise

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.rubric import Rubric, Summary, Swing
from tutor.domain.scenario import Alliance, Scenario
from tutor.domain.vocabulary import LADDER, Component, Level, Misstep, Move
from tutor.feedback.compose import PRIORITY


def summary(rubric: Rubric, scenario: Scenario, attempt: Attempt) -> Summary:
    """The attempt as a whole; with no turn yet, a summary without swings, steps or best turn."""
    turns = attempt.standing
    path = (scenario.alliance, *(turn.response.alliance for turn in turns))
    ending = scenario.ending(turns[-1].response.to) if turns else None
    best = _best_turn(scenario, turns)
    return Summary(
        outcome=attempt.outcome,
        ending=ending.text if ending else "",
        path=path,
        turned_at=_swing(scenario, turns, path, sign=1),
        fell_at=_swing(scenario, turns, path, sign=-1),
        steps=tuple((rubric.criterion(move), _best_level(turns, move)) for move in LADDER),
        missteps=tuple(
            (rubric.caution(misstep), times)
            for misstep in Misstep
            if (times := sum(misstep in turn.coding.missteps for turn in turns))
        ),
        best_turn=best.number if best else None,
        best_because=_because(rubric, scenario, best) if best else "",
        practise_next=_practise_next(rubric, scenario, turns),
        tries_again=sum(attempt.earlier_try(turn) is not None for turn in attempt.turns),
    )


def _swing(
    scenario: Scenario, turns: tuple[Turn, ...], path: tuple[Alliance, ...], *, sign: int
) -> Swing | None:
    """The greatest rise (`sign` 1) or fall (-1): where it was, and for which component.

    The turn is the one that moved the strained components most, taken together, and then all of
    them; the earlier one of two that are equal. None where no turn moved anything that way.
    """
    strained = scenario.strained or tuple(Component)
    found: list[tuple[tuple[int, int], Swing]] = []
    for turn, (before, after) in zip(turns, pairwise(path), strict=True):
        moved = {c: sign * (after.of(c) - before.of(c)) for c in Component}
        weight = (sum(moved[c] for c in strained), sum(moved.values()))
        if max(weight) > 0:
            # A rise overall can lie outside what was strained.
            component = max(strained if weight[0] > 0 else Component, key=lambda c: moved[c])
            points = sign * moved[component]
            because = turn.response.shift.because
            swing = Swing(component=component, turn=turn.number, points=points, because=because)
            found.append((weight, swing))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _best_level(turns: tuple[Turn, ...], move: Move) -> Level:
    return max((turn.coding.level(move) for turn in turns), default=Level.NOT_YET)


def _clear(turn: Turn, among: tuple[Move, ...] = tuple(Move)) -> list[Move]:
    return [move for move in among if turn.coding.level(move) == Level.CLEAR]


def _called_for(scenario: Scenario, turn: Turn) -> tuple[Move, ...]:
    moment = scenario.moment(turn.moment)
    return moment.calls_for if moment else ()


def _best_turn(scenario: Scenario, turns: tuple[Turn, ...]) -> Turn | None:
    """The turn with most called-for moves clear, then most clear moves; the earlier of equals.

    None where every turn has a misstep or no clear move.
    """

    def weight(turn: Turn) -> tuple[int, int]:
        return len(_clear(turn, _called_for(scenario, turn))), len(_clear(turn))

    sound = [turn for turn in turns if _clear(turn) and not turn.coding.missteps]
    return max(sound, key=weight, default=None)


def _because(rubric: Rubric, scenario: Scenario, turn: Turn) -> str:
    met = _clear(turn, _called_for(scenario, turn))
    labels = ", ".join(rubric.criterion(move).label for move in met or _clear(turn))
    if met:
        return f"Clear, and asked for at that moment: {labels}."
    return f"Clear: {labels}. The moment had asked for something else first."


def _practise_next(rubric: Rubric, scenario: Scenario, turns: tuple[Turn, ...]) -> str:
    """One sentence on the called-for move that was shown least, counted in moments."""
    moments = dict.fromkeys(turn.moment for turn in turns)
    asked: dict[Move, set[str]] = {}
    shown: dict[Move, set[str]] = {}
    for turn in turns:
        for move in _called_for(scenario, turn):
            asked.setdefault(move, set()).add(turn.moment)
            if turn.coding.level(move) == Level.CLEAR:
                shown.setdefault(move, set()).add(turn.moment)
    if not moments:
        return "There is no reply to look back on yet: answer the client once, in your own words."
    share = {move: len(shown.get(move, ())) / len(places) for move, places in asked.items()}
    if min(share.values(), default=1.0) == 1.0:
        return (
            "Every move that was asked for became clear: try the same strain with a client "
            "you have not met."
        )
    move = min(share, key=lambda m: (share[m], -len(asked[m]), PRIORITY.index(m)))
    label = rubric.criterion(move).label
    if len(moments) == 1:
        return f"{label}: asked for in the one moment you came to, and not clear there yet."
    return (
        f"{label}: asked for in {len(asked[move])} of your {len(moments)} moments, "
        f"clear in {len(shown.get(move, ()))}."
    )
