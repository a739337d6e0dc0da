"""Checks of a scenario as a graph: where a conversation can go, and how fast."""

from collections.abc import Iterator
from dataclasses import dataclass

from tutor.content.loaded import Loaded
from tutor.content.validate import closest
from tutor.domain.problems import Problem
from tutor.domain.scenario import Condition, Moment, Scenario, Transition
from tutor.domain.vocabulary import PATHS, ClientState, Outcome


@dataclass(frozen=True, slots=True)
class _Edge:
    """A transition with its path in the file, the moment it leaves, and whether it is the last."""

    path: str
    moment: Moment
    transition: Transition
    is_last: bool


def check_graph(loaded: Loaded, file: str, scenario: Scenario) -> Iterator[Problem]:
    """Whether every place can be come to, no reply wins too much, and the three endings exist."""
    edges = list(_edges(scenario))
    if not scenario.moments:
        return
    yield from _check_places(loaded, file, scenario, edges)
    yield from _check_otherwise(loaded, file, scenario)
    for edge in edges:
        yield from _check_steps(loaded, file, scenario, edge)


def steps_left(state: ClientState) -> int | None:
    """How many states further re-engagement lies; None for a state on neither path.

    >>> steps_left(ClientState.HURT), steps_left(ClientState.WITHDRAWN)
    (1, 4)
    """
    for path in PATHS:
        if state in path:
            return len(path) - 1 - path.index(state)
    return None


def _edges(scenario: Scenario) -> Iterator[_Edge]:
    for m, moment in enumerate(scenario.moments):
        for t, transition in enumerate(moment.transitions):
            last = t == len(moment.transitions) - 1
            yield _Edge(f"moments[{m}].transitions[{t}]", moment, transition, last)


def _check_places(
    loaded: Loaded, file: str, scenario: Scenario, edges: list[_Edge]
) -> Iterator[Problem]:
    places = [moment.id for moment in scenario.moments] + [end.id for end in scenario.endings]
    for edge in edges:
        if edge.transition.to not in places:
            yield loaded.problem(
                file,
                f"{edge.path}.to",
                "dangling",
                repr(edge.transition.to),
                allowed=", ".join(places),
                suggestion=closest(edge.transition.to, places),
            )
    reached = _reached(scenario)
    for part, ids in (
        ("moments", [moment.id for moment in scenario.moments]),
        ("endings", [ending.id for ending in scenario.endings]),
    ):
        for number, place in enumerate(ids):
            if place not in reached:
                found = f"no reply leads to {place!r}"
                yield loaded.problem(file, f"{part}[{number}]", "unreachable", found)
    outcomes = {ending.outcome for ending in scenario.endings if ending.id in reached}
    for outcome in Outcome.possible(scenario.rupture):
        if outcome not in outcomes:
            found = f"no reply leads to an ending with the outcome {outcome.value}"
            yield loaded.problem(file, "endings", "missing-ending", found)


def _reached(scenario: Scenario) -> set[str]:
    """Every moment and ending that can be come to from the first moment."""
    reached, ahead = {scenario.first.id}, [scenario.first.id]
    while ahead:
        moment = scenario.moment(ahead.pop())
        for transition in moment.transitions if moment else ():
            if transition.to not in reached:
                reached.add(transition.to)
                ahead.append(transition.to)
    return reached


def _check_otherwise(loaded: Loaded, file: str, scenario: Scenario) -> Iterator[Problem]:
    """The last transition of a moment, and no other, holds for every reply."""
    for number, moment in enumerate(scenario.moments):
        path = f"moments[{number}].transitions"
        if not moment.transitions or moment.transitions[-1].when is not None:
            last = f"{path}[{len(moment.transitions) - 1}]"
            found = f"the moment {moment.id!r} has no transition for all other replies"
            allowed = "a last transition without `when`"
            yield loaded.problem(file, last, "no-otherwise", found, allowed=allowed)
        for t, transition in enumerate(moment.transitions[:-1]):
            if transition.when in (None, Condition()):
                found = f"{transition.id!r} always holds, so that none after it is ever tried"
                yield loaded.problem(file, f"{path}[{t}]", "always-holds", found)


def _check_steps(loaded: Loaded, file: str, scenario: Scenario, edge: _Edge) -> Iterator[Problem]:
    """One reply moves the client one state at most; a reply that nothing asked for, none.

    Source: the stages of the exploratory route (Safran & Muran 2000).
    """
    place = scenario.moment(edge.transition.to) or scenario.ending(edge.transition.to)
    if place is None:
        return
    ending = scenario.ending(edge.transition.to)
    start, end = edge.moment.state, place.state
    before, after = steps_left(start), steps_left(end)
    path, way = f"{edge.path}.to", f"from {start.value} to {end.value}"
    # From a state on neither path (false compliance, escalation) the client comes back to one of
    # them, but not to its end.
    if after is not None and (before - after > 1 if before is not None else after == 0):
        allowed = "one state further at most"
        yield loaded.problem(file, path, "skips-state", way, allowed=allowed)
    if ending is not None and ending.outcome.good and (before is None or before > 1):
        allowed = "a good ending from the last state of a path or the one before it"
        yield loaded.problem(file, path, "repaired-early", f"from {start.value}", allowed=allowed)
    if edge.is_last and scenario.is_forward(edge.moment.id, edge.transition.to):
        allowed = "no step forward for any reply at all"
        yield loaded.problem(file, path, "otherwise-advances", way, allowed=allowed)
