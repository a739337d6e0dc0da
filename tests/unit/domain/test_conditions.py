"""Every field of a condition, with a reply that meets it and one that does not."""

import pytest

from tutor.domain.attempt import Reception
from tutor.domain.coding import Coding, Evidence
from tutor.domain.conditions import holds
from tutor.domain.scenario import Alliance, Condition
from tutor.domain.text import Span
from tutor.domain.vocabulary import Component, Level, Manner, Misstep, Move

OWN, ASK, SEE = Move.OWN, Move.INVITE, Move.NOTICE
ALLIANCE = Alliance(bond=50, goals=40, tasks=30)

MET = [
    (Condition(), {}, (), ()),
    (Condition(at_least={OWN: 1, ASK: 2}), {OWN: 2, ASK: 2}, (), ()),
    (Condition(any_of={OWN: 2, ASK: 1}), {ASK: 1}, (), ()),
    (Condition(any_of={OWN: 1, ASK: 1, SEE: 1}, enough=2), {ASK: 1, SEE: 2}, (), ()),
    (Condition(lacks=(OWN, SEE)), {ASK: 2}, (), ()),
    (Condition(missteps=(Misstep.PUSH, Misstep.DEFEND)), {}, (Misstep.DEFEND,), ()),
    (Condition(clean=True), {OWN: 1}, (), ()),
    (Condition(manner=(Manner.STOCK, Manner.CRAMMED)), {}, (), (Manner.CRAMMED,)),
    (Condition(not_manner=(Manner.STOCK,)), {}, (), (Manner.CRAMMED,)),
    (Condition(alliance_below={Component.TASKS: 31, Component.BOND: 51}), {}, (), ()),
]
NOT_MET = [
    (Condition(at_least={OWN: 1, ASK: 2}), {OWN: 2, ASK: 1}, (), ()),
    (Condition(at_least={OWN: 1}), {}, (), ()),
    (Condition(any_of={OWN: 2, ASK: 1}), {OWN: 1}, (), ()),
    (Condition(any_of={OWN: 1, ASK: 1, SEE: 1}, enough=2), {ASK: 2}, (), ()),
    (Condition(lacks=(OWN, SEE)), {SEE: 1}, (), ()),
    (Condition(missteps=(Misstep.PUSH,)), {}, (Misstep.DEFEND,), ()),
    (Condition(clean=True), {OWN: 2}, (Misstep.DEFEND,), ()),
    (Condition(manner=(Manner.STOCK,)), {}, (), ()),
    (Condition(not_manner=(Manner.STOCK,)), {}, (), (Manner.STOCK, Manner.CRAMMED)),
    (Condition(alliance_below={Component.TASKS: 30}), {}, (), ()),
    (Condition(alliance_below={Component.TASKS: 31, Component.BOND: 50}), {}, (), ()),
    # One field that holds does not make up for one that does not.
    (Condition(at_least={OWN: 1}, clean=True), {OWN: 2}, (Misstep.PUSH,), ()),
]


def _holds(condition, levels, missteps, manner) -> bool:
    coding = Coding(
        reply="No.",
        evidence=tuple(
            Evidence(code=m, span=Span(0, 2), rule="r", found=Level.CLEAR, level=Level.CLEAR)
            for m in missteps
        ),
    )
    reception = Reception(
        levels={move: Level(level) for move, level in levels.items()},
        fresh=frozenset(),
        manner=frozenset(manner),
    )
    return holds(condition, reception, coding, ALLIANCE)


@pytest.mark.parametrize(("condition", "levels", "missteps", "manner"), MET)
def test_holds(condition, levels, missteps, manner) -> None:
    assert _holds(condition, levels, missteps, manner)


@pytest.mark.parametrize(("condition", "levels", "missteps", "manner"), NOT_MET)
def test_does_not_hold(condition, levels, missteps, manner) -> None:
    assert not _holds(condition, levels, missteps, manner)
