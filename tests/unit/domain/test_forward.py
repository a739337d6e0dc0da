"""Which way is forward: along a path, on within a state, back to a path, and into repair."""

import pytest

from tests.factories import a_moment, a_scenario
from tutor.domain.vocabulary import PATHS, ClientState, progress

SCENARIO = a_scenario(*(a_moment(state, state) for state in ClientState))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path[0])
def test_every_later_state_of_a_path_is_forward_and_no_other(path: tuple[ClientState, ...]) -> None:
    for i, start in enumerate(path):
        assert [SCENARIO.is_forward(start, to) for to in path] == [j > i for j in range(len(path))]


OFF = (ClientState.FALSE_COMPLIANCE, ClientState.ESCALATING, ClientState.LEFT)
ON = tuple(dict.fromkeys(state for path in PATHS for state in path))


@pytest.mark.parametrize("off", OFF)
def test_leaving_the_path_is_not_forward_and_coming_back_is(off: ClientState) -> None:
    assert not any(SCENARIO.is_forward(state, off) for state in ON)
    assert all(SCENARIO.is_forward(off, state) for state in ON)
    assert not any(SCENARIO.is_forward(off, other) for other in OFF)


@pytest.mark.parametrize("start", list(ClientState))
def test_of_the_endings_only_the_repaired_one_is_forward(start: ClientState) -> None:
    assert [SCENARIO.is_forward(start, end) for end in ("mended", "polite", "gone")] == [
        True,
        False,
        False,
    ]


@pytest.mark.parametrize("state", ON)
def test_within_a_state_the_later_moment_of_the_file_is_forward(state: ClientState) -> None:
    scenario = a_scenario(a_moment("earlier", state), a_moment("later", state))
    assert scenario.is_forward("earlier", "later")
    assert not scenario.is_forward("later", "earlier")
    assert not scenario.is_forward("earlier", "earlier")


@pytest.mark.parametrize("state", OFF)
def test_off_the_path_no_moment_is_further_than_another(state: ClientState) -> None:
    scenario = a_scenario(a_moment("earlier", state), a_moment("later", state))
    assert not scenario.is_forward("earlier", "later")
    assert not scenario.is_forward("later", "earlier")


def test_crossing_from_one_path_to_the_other_compares_the_steps_done() -> None:
    assert not SCENARIO.is_forward("withdrawn", "attacking")
    assert not SCENARIO.is_forward("guarded", "hesitant")
    assert SCENARIO.is_forward("attacking", "hesitant")
    assert SCENARIO.is_forward("hurt", "asserting")


@pytest.mark.parametrize(
    ("start", "to"), [("nowhere", "hurt"), ("hurt", "nowhere"), ("mended", "hurt")]
)
def test_it_leads_from_a_moment_to_a_moment_or_an_ending(start: str, to: str) -> None:
    with pytest.raises(KeyError):
        SCENARIO.is_forward(start, to)


def test_re_engaged_is_the_furthest_state() -> None:
    assert max(ClientState, key=progress) is ClientState.REENGAGED
    assert {state for state in ClientState if progress(state) < 0} == set(OFF)
