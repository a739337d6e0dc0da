"""What the client does: the first transition that holds and is allowed, and the alliance after."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import (
    a_coding,
    a_moment,
    a_scenario,
    a_transition,
    a_turn,
    an_attempt,
    answered,
    rewound,
)
from tutor.client.lines import choose
from tutor.client.machine import alliance, place, step
from tutor.domain.attempt import Attempt
from tutor.domain.coding import Coding
from tutor.domain.scenario import Alliance, Condition, Scenario
from tutor.domain.vocabulary import (
    ClientState,
    Component,
    Level,
    Manner,
    Misstep,
    Move,
    progress,
)
from tutor.errors import AttemptError

SCENARIO = a_scenario()


# -- where the attempt stands ----------------------------------------------------------------


def test_an_attempt_begins_at_the_first_moment() -> None:
    attempt = an_attempt(SCENARIO)
    assert place(SCENARIO, attempt) == "quiet"
    assert alliance(SCENARIO, attempt) == SCENARIO.alliance


def test_rewinding_goes_back_to_the_place_and_the_alliance_before() -> None:
    before = answered(SCENARIO, an_attempt(SCENARIO), a_coding(notice=2))
    after = answered(SCENARIO, before, a_coding("confront"))
    assert place(SCENARIO, after) == "off"
    back = rewound(after)
    assert place(SCENARIO, back) == place(SCENARIO, before) == "unsure"
    assert alliance(SCENARIO, back) == alliance(SCENARIO, before)


def test_a_rewound_reply_is_not_remembered() -> None:
    attempt = answered(SCENARIO, an_attempt(SCENARIO), a_coding(notice=2), a_coding(own=2))
    assert place(SCENARIO, attempt) == "unsure"
    assert step(SCENARIO, attempt, a_coding(invite=2)).transition == "asked"
    assert step(SCENARIO, rewound(attempt), a_coding(invite=2)).transition == "unsure-otherwise"


@pytest.mark.parametrize(
    "detour",
    [
        [],
        [a_coding("over_apologize")],
        [a_coding("confront"), a_coding(own=2)],
    ],
    ids=["straight", "by way of false compliance", "by way of escalation"],
)
def test_the_client_can_be_won(detour: list[Coding]) -> None:
    repair = [
        a_coding(notice=2),
        a_coding(own=2),
        a_coding(own=2, invite=2),
        a_coding(empathy=2),
    ]
    attempt = answered(SCENARIO, an_attempt(SCENARIO), *detour, *repair)
    assert place(SCENARIO, attempt) == "clear"
    assert step(SCENARIO, attempt, a_coding(renegotiate=2)).to == "mended"


@pytest.mark.parametrize(
    ("codings", "ending"),
    [
        ([a_coding("over_apologize"), a_coding()], "polite"),
        ([a_coding("confront"), a_coding("confront")], "gone"),
    ],
)
def test_the_client_can_be_lost(codings: list[Coding], ending: str) -> None:
    scenario = a_scenario(alliance=Alliance(bond=35, goals=50, tasks=50))
    assert place(scenario, answered(scenario, an_attempt(scenario), *codings)) == ending


def test_no_reply_after_an_ending() -> None:
    attempt = answered(SCENARIO, an_attempt(SCENARIO), a_coding("over_apologize"), a_coding())
    with pytest.raises(AttemptError, match="come to its end"):
        step(SCENARIO, attempt, a_coding(own=2))


def test_no_reply_at_a_moment_that_the_scenario_no_longer_has() -> None:
    attempt = an_attempt(SCENARIO, turns=(a_turn("removed", a_coding()),))
    assert place(SCENARIO, attempt) == "removed"
    with pytest.raises(AttemptError):
        step(SCENARIO, attempt, a_coding(own=2))


# -- the choice of a transition --------------------------------------------------------------


def one_way(state: ClientState, when: Condition, to: str, **extra: Any) -> Scenario:
    """A first moment in `state` with one conditional way: to itself ("same"), to a later moment
    of the state of that name, or to an ending."""
    places = [a_moment(s, s) for s in ClientState if s is not ClientState.LEFT]
    return a_scenario(
        a_moment("start", state, a_transition("way", "start" if to == "same" else to, when)),
        *places,
        **extra,
    )


def taken(scenario: Scenario, coding: Coding, *before: Coding) -> str:
    attempt = an_attempt(scenario, turns=tuple(a_turn("start", c) for c in before))
    return step(scenario, attempt, coding).transition


def test_the_first_transition_that_holds_is_taken() -> None:
    scenario = a_scenario(
        a_moment(
            "start",
            ClientState.HESITANT,
            a_transition("never", "start", Condition(at_least={Move.SAFETY: Level.CLEAR})),
            a_transition("first", "start", Condition(any_of={Move.OWN: Level.EMERGING})),
            a_transition("second", "start", Condition(any_of={Move.OWN: Level.CLEAR})),
        )
    )
    assert taken(scenario, a_coding(own=2)) == "first"
    assert taken(scenario, a_coding(invite=2)) == "start-otherwise"


def test_conditions_read_what_was_heard_and_not_what_was_said() -> None:
    scenario = one_way(ClientState.HESITANT, Condition(at_least={Move.OWN: Level.CLEAR}), "same")
    first = step(scenario, an_attempt(scenario), a_coding(own=2))
    assert first.transition == "way"
    again = answered(scenario, an_attempt(scenario), a_coding(own=2))
    assert step(scenario, again, a_coding(own=2, invite=1)).transition == "start-otherwise"


ANY = Condition()
#: The replies that the guards are about: (coding, what was said before it in the same moment).
MISSTEP = (a_coding("push", own=2), ())
REPEATED = (a_coding(own=2), (a_coding(own=2),))
STOCK = (a_coding(empathy=1), ())
GENUINE = (a_coding(own=2), ())
CRAMMED = (a_coding(notice=2, name=2, invite=2, own=2, empathy=2), ())


@pytest.mark.parametrize(
    ("state", "to", "reply", "goes"),
    [
        (ClientState.HESITANT, "discontent", GENUINE, True),
        (ClientState.HESITANT, "discontent", CRAMMED, True),
        (ClientState.HESITANT, "discontent", MISSTEP, False),
        (ClientState.HESITANT, "discontent", REPEATED, False),
        (ClientState.HESITANT, "discontent", STOCK, False),
        (ClientState.HESITANT, "discontent", (a_coding("over_apologize", own=2), ()), False),
        (ClientState.HESITANT, "discontent", (a_coding("retreat", own=2), ()), False),
        (ClientState.WITHDRAWN, "hesitant", STOCK, True),
        (ClientState.ATTACKING, "guarded", STOCK, True),
        (ClientState.WITHDRAWN, "hesitant", MISSTEP, False),
        (ClientState.WITHDRAWN, "hesitant", REPEATED, False),
        (ClientState.GUARDED, "hurt", STOCK, False),
        (ClientState.HURT, "re-engaged", STOCK, False),
        (ClientState.REENGAGED, "mended", GENUINE, True),
        (ClientState.REENGAGED, "mended", STOCK, False),
        (ClientState.REENGAGED, "mended", MISSTEP, False),
        (ClientState.REENGAGED, "mended", REPEATED, False),
        (ClientState.FALSE_COMPLIANCE, "hesitant", GENUINE, True),
        (ClientState.FALSE_COMPLIANCE, "hesitant", STOCK, False),
        (ClientState.ESCALATING, "attacking", STOCK, False),
        (ClientState.ESCALATING, "attacking", MISSTEP, False),
        # Within one state, on to a later moment of the file.
        (ClientState.HESITANT, "hesitant", GENUINE, True),
        (ClientState.HESITANT, "hesitant", MISSTEP, False),
        (ClientState.HESITANT, "hesitant", REPEATED, False),
        (ClientState.HESITANT, "hesitant", STOCK, False),
        # Anywhere but forward, every reply goes.
        (ClientState.HESITANT, "same", MISSTEP, True),
        (ClientState.HESITANT, "same", REPEATED, True),
        (ClientState.HESITANT, "same", STOCK, True),
        (ClientState.HESITANT, "withdrawn", MISSTEP, True),
        (ClientState.HESITANT, "false_compliance", MISSTEP, True),
        (ClientState.HESITANT, "escalating", STOCK, True),
        (ClientState.ESCALATING, "false_compliance", MISSTEP, True),
        (ClientState.HESITANT, "polite", REPEATED, True),
        (ClientState.HESITANT, "gone", MISSTEP, True),
    ],
)
def test_guards(
    state: ClientState, to: str, reply: tuple[Coding, tuple[Coding, ...]], goes: bool
) -> None:
    coding, before = reply
    scenario = one_way(state, ANY, to)
    assert taken(scenario, coding, *before) == ("way" if goes else "start-otherwise")


def test_a_refused_transition_leaves_the_later_ones_open() -> None:
    scenario = a_scenario(
        a_moment(
            "start",
            ClientState.HESITANT,
            a_transition("forward", "further", Condition(any_of={Move.OWN: Level.CLEAR})),
            a_transition("stays", "start", Condition(any_of={Move.OWN: Level.CLEAR})),
        ),
        a_moment("further", ClientState.DISCONTENT),
    )
    assert taken(scenario, a_coding(own=2)) == "forward"
    assert taken(scenario, a_coding("push", own=2)) == "stays"


def test_the_last_way_is_never_refused() -> None:
    scenario = a_scenario(
        a_moment("start", ClientState.HESITANT, otherwise="further"),
        a_moment("further", ClientState.DISCONTENT),
    )
    assert step(scenario, an_attempt(scenario), a_coding("push")).to == "further"


# -- the response ----------------------------------------------------------------------------


def test_the_response_says_what_changed_and_why() -> None:
    response = step(SCENARIO, an_attempt(SCENARIO), a_coding(notice=2))
    assert response.transition == "seen"
    assert response.to == "unsure"
    assert response.line == SCENARIO.first.transition("seen").lines[response.variant]
    assert response.shift.because == "because of seen"
    assert response.alliance == Alliance(bond=54, goals=55, tasks=40)
    assert response.reception.fresh == {Move.NOTICE}


@pytest.mark.parametrize("seed", range(8))
def test_the_line_is_chosen_for_the_turn_that_the_reply_will_be(seed: int) -> None:
    again = rewound(answered(SCENARIO, an_attempt(SCENARIO, seed=seed), a_coding(own=2)))
    expected = choose(SCENARIO.first.transition("seen"), again, 2)
    assert step(SCENARIO, again, a_coding(notice=2)).variant == expected


def test_alliance_below_is_read_before_the_reply() -> None:
    low = Condition(alliance_below={Component.BOND: 50})
    scenario = a_scenario(
        a_moment(
            "start", ClientState.HESITANT, a_transition("low", "start", low), otherwise="start"
        )
    )
    attempt = an_attempt(scenario)
    first = answered(scenario, attempt, a_coding())
    assert first.turns[0].response.transition == "start-otherwise"
    assert first.turns[0].response.alliance.bond == 48
    assert step(scenario, first, a_coding()).transition == "low"


@pytest.mark.parametrize(("bond", "points", "after"), [(3, -10, 0), (96, 10, 100)])
def test_the_alliance_stays_within_its_bounds(bond: int, points: int, after: int) -> None:
    scenario = a_scenario(
        a_moment("start", ClientState.HESITANT, a_transition("way", "start", ANY, bond=points)),
        alliance=Alliance(bond=bond, goals=50, tasks=50),
    )
    assert step(scenario, an_attempt(scenario), a_coding()).alliance.bond == after


codings = st.builds(
    lambda moves, missteps: a_coding(*missteps, **moves),
    st.dictionaries(st.sampled_from(list(Move)), st.integers(0, 2), max_size=6),
    st.lists(st.sampled_from(list(Misstep)), max_size=1),
)


def played(codings: list[Coding], seed: int, back: int) -> Attempt:
    """An attempt that answers to `codings`, with one step back before reply `back`."""
    attempt = an_attempt(SCENARIO, seed=seed)
    for number, coding in enumerate(codings):
        if number == back and attempt.standing:
            attempt = rewound(attempt)
        if SCENARIO.moment(place(SCENARIO, attempt)):
            attempt = answered(SCENARIO, attempt, coding)
    return attempt


@given(st.lists(codings, max_size=8), st.integers(), st.integers(0, 9))
def test_the_same_seed_and_replies_make_the_same_conversation(
    said: list[Coding], seed: int, back: int
) -> None:
    assert played(said, seed, back) == played(said, seed, back)


@given(st.lists(codings, max_size=8), st.integers(), st.integers(0, 9))
def test_no_reply_wins_more_than_a_step(said: list[Coding], seed: int, back: int) -> None:
    for turn in played(said, seed, back).turns:
        response = turn.response
        assert all(0 <= response.alliance.of(component) <= 100 for component in Component)
        start, end = SCENARIO.state_at(turn.moment), SCENARIO.state_at(response.to)
        if progress(start) >= 0:
            assert progress(end) - progress(start) <= 1
        if SCENARIO.is_forward(turn.moment, response.to):
            assert not turn.coding.missteps
            assert response.reception.fresh
            assert Manner.OVER_ACCOMMODATING not in response.reception.manner


@given(st.lists(st.sampled_from([a_coding(empathy=1), a_coding(notice=1), a_coding()]), max_size=9))
def test_stock_phrases_move_nobody_past_hesitant(said: list[Coding]) -> None:
    attempt = played(said, 7, -1)
    furthest = max(
        (progress(SCENARIO.state_at(turn.response.to)) for turn in attempt.turns), default=0
    )
    assert furthest <= progress(ClientState.HESITANT)


def test_a_step_changes_nothing_it_was_given() -> None:
    attempt = answered(SCENARIO, an_attempt(SCENARIO), a_coding(notice=2))
    kept = replace(attempt)
    step(SCENARIO, attempt, a_coding(own=2, invite=2))
    assert attempt == kept
