"""Which words the client chooses: not said yet first, then longest ago, then by seed."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.factories import a_coding, a_scenario, a_transition, a_turn, an_attempt, lines
from tutor.client.lines import choose, opening_variant
from tutor.domain.attempt import Attempt

SCENARIO = a_scenario()
THREE = a_transition("three", "quiet", variants=3)


def after(*said: int, rewound: tuple[int, ...] = (), seed: int = 7) -> Attempt:
    """An attempt whose turns were answered with those variants; `rewound` names turns by number."""
    turns = tuple(
        a_turn("quiet", a_coding(), number=n, line=THREE.lines[v], rewound=n in rewound)
        for n, v in enumerate(said, start=1)
    )
    return an_attempt(SCENARIO, seed=seed, turns=turns)


def test_a_line_not_said_yet_comes_first() -> None:
    assert choose(THREE, after(0, 2), 3) == 1
    assert choose(THREE, after(0), 2) in (1, 2)


def test_then_the_one_said_longest_ago() -> None:
    assert choose(THREE, after(2, 0, 1), 4) == 2
    assert choose(THREE, after(2, 0, 1, 2), 5) == 0
    assert choose(THREE, after(1, 0, 1, 2), 5) == 0


def test_rewound_turns_count_as_said() -> None:
    assert choose(THREE, after(0, 1, rewound=(1, 2)), 3) == 2


def test_the_lines_of_other_transitions_do_not_count() -> None:
    other = a_transition("other", "quiet")
    turns = tuple(
        a_turn("quiet", a_coding(), number=n, line=line)
        for n, line in enumerate((*other.lines[:2], THREE.lines[0]), start=1)
    )
    attempt = an_attempt(SCENARIO, turns=turns)
    assert choose(THREE, attempt, 4) in (1, 2)
    assert choose(other, attempt, 4) == 2


def test_a_line_written_alike_in_two_places_is_not_said_twice_running() -> None:
    twin = a_transition("three", "elsewhere", variants=2)
    assert choose(twin, after(0), 2) == 1


def test_choices_are_fixed_for_good() -> None:
    """Stored attempts and transcripts rely on these; they may never change."""
    assert [choose(THREE, after(seed=seed), 1) for seed in range(12)] == [
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        1,
        0,
        0,
        0,
        2,
    ]
    assert [opening_variant(SCENARIO, seed) for seed in range(12)] == [
        0,
        0,
        1,
        2,
        0,
        1,
        1,
        1,
        1,
        2,
        2,
        0,
    ]


def test_every_variant_comes_up() -> None:
    counted = Counter(choose(THREE, after(seed=seed), 1) for seed in range(300))
    assert set(counted) == {0, 1, 2}
    assert min(counted.values()) > 60
    opened = Counter(opening_variant(SCENARIO, seed) for seed in range(300))
    assert set(opened) == {0, 1, 2}
    assert min(opened.values()) > 60


def test_the_turn_matters_and_not_the_seed_alone() -> None:
    assert len({choose(THREE, after(), number) for number in range(1, 12)}) > 1


def test_one_opening_is_enough() -> None:
    assert opening_variant(a_scenario(opening=lines("only", 1)), 99) == 0


@given(st.integers(), st.lists(st.integers(0, 2), max_size=9))
def test_no_line_returns_before_the_others_were_said(seed: int, already: list[int]) -> None:
    attempt = after(*already, seed=seed)
    chosen = choose(THREE, attempt, len(already) + 1)
    assert chosen not in already[-2:] or len(set(already[-2:])) == 3
    if len(set(already)) < 3:
        assert chosen not in already
