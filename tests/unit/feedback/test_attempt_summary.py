from tests.unit.feedback.feedback_samples import SCENARIO, attempt_of, coding_with, turn_of
from tutor.domain.rubric import Rubric, Summary, Swing
from tutor.domain.scenario import Alliance
from tutor.domain.vocabulary import LADDER, Component, Level, Misstep, Move, Outcome
from tutor.feedback.summary import summary

N, A, I, O, R = Move.NOTICE, Move.NAME, Move.INVITE, Move.OWN, Move.RENEGOTIATE  # noqa: E741


def _at(bond: int, goals: int, tasks: int) -> Alliance:
    return Alliance(bond=bond, goals=goals, tasks=tasks)


# Begins at 50, 50, 40; tasks are strained.
TURNS = (
    turn_of(1, coding_with({N: 2}), to="flat", alliance=_at(62, 50, 41), because="Ana was seen."),
    turn_of(2, coding_with({}, (Misstep.PUSH,)), to="flat", alliance=_at(56, 50, 30), because="x"),
    turn_of(3, coding_with({I: 2}), alliance=_at(56, 50, 30), rewound=True),
    turn_of(4, coding_with({N: 1, I: 2}), to="careful", alliance=_at(60, 50, 33), because="asked"),
    turn_of(
        5,
        coding_with({A: 2, I: 2, O: 1}),
        at="careful",
        to="says it",
        alliance=_at(66, 50, 39),
        because="Ana was asked.",
    ),
    turn_of(
        6,
        coding_with({R: 2, O: 2}, (Misstep.PUSH, Misstep.DEFEND)),
        at="says it",
        to="together",
        alliance=_at(66, 55, 42),
        because="Ana chose.",
    ),
)


def _of(rubric: Rubric, *turns, outcome: Outcome | None = None) -> Summary:
    return summary(rubric, SCENARIO, attempt_of(*turns, outcome=outcome))


def test_the_path_is_the_alliance_at_the_start_and_after_each_standing_turn(rubric) -> None:
    path = _of(rubric, *TURNS).path
    assert path[0] == SCENARIO.alliance
    assert [point.tasks for point in path] == [40, 41, 30, 33, 39, 42]


def test_it_turned_where_the_strained_component_rose_most(rubric: Rubric) -> None:
    # Turn 1 raised the bond by 12, but it was tasks that were strained.
    assert _of(rubric, *TURNS).turned_at == Swing(
        component=Component.TASKS, turn=5, points=6, because="Ana was asked."
    )


def test_it_fell_where_the_strained_component_fell_most(rubric: Rubric) -> None:
    assert _of(rubric, *TURNS).fell_at == Swing(
        component=Component.TASKS, turn=2, points=-11, because="x"
    )


def test_a_rise_outside_what_was_strained_counts_where_there_is_no_other(rubric) -> None:
    turn = turn_of(1, coding_with({N: 2}), alliance=_at(55, 50, 40), because="Ana was seen.")
    said = _of(rubric, turn)
    assert said.turned_at == Swing(
        component=Component.BOND, turn=1, points=5, because="Ana was seen."
    )
    assert said.fell_at is None


def test_nothing_turned_where_nothing_moved(rubric: Rubric) -> None:
    said = _of(rubric, turn_of(1, coding_with({})))
    assert (said.turned_at, said.fell_at) == (None, None)


def test_steps_are_the_best_levels_of_the_ladder(rubric: Rubric) -> None:
    steps = {criterion.move: level for criterion, level in _of(rubric, *TURNS).steps}
    assert list(steps) == list(LADDER)
    assert steps[N] is Level.CLEAR
    assert steps[Move.FEEDBACK] is Level.NOT_YET


def test_a_rewound_turn_shows_nothing(rubric: Rubric) -> None:
    said = _of(rubric, turn_of(1, coding_with({O: 2}, (Misstep.PUSH,)), rewound=True))
    assert not any(level for _, level in said.steps)
    assert said.missteps == ()
    assert said.best_turn is None


def test_missteps_are_counted_in_standing_turns(rubric: Rubric) -> None:
    counts = [(caution.misstep, times) for caution, times in _of(rubric, *TURNS).missteps]
    assert counts == [(Misstep.DEFEND, 1), (Misstep.PUSH, 2)]


def test_the_best_reply_meets_the_moment_without_a_misstep(rubric: Rubric) -> None:
    said = _of(rubric, *TURNS)
    assert said.best_turn == 5
    assert said.best_because == "Clear, and asked for at that moment: Name, Invite."


def test_a_best_reply_to_another_moment_says_so(rubric: Rubric) -> None:
    said = _of(rubric, turn_of(1, coding_with({R: 2})))
    assert said.best_turn == 1
    assert said.best_because == "Clear: Renegotiate. The moment had asked for something else first."


def test_without_a_clear_move_there_is_no_best_reply(rubric: Rubric) -> None:
    said = _of(rubric, turn_of(1, coding_with({N: 1, I: 1})))
    assert (said.best_turn, said.best_because) == (None, "")


def test_practice_next_counts_the_move_least_shown_in_moments(rubric: Rubric) -> None:
    # Taking responsibility was asked for at two moments, and clear at one, beside a misstep.
    assert _of(rubric, *TURNS).practise_next == (
        "Take responsibility: asked for in 2 of your 3 moments, clear in 1."
    )
    assert _of(rubric, TURNS[0]).practise_next == (
        "Invite: asked for in the one moment you came to, and not clear there yet."
    )


def test_practice_next_with_everything_shown(rubric: Rubric) -> None:
    said = _of(rubric, turn_of(1, coding_with({N: 2, I: 2})))
    assert said.practise_next.startswith("Every move that was asked for became clear")


def test_tries_again_count_each_second_try(rubric: Rubric) -> None:
    assert _of(rubric, *TURNS).tries_again == 1
    third = turn_of(1, coding_with({}), rewound=True), turn_of(2, coding_with({}), rewound=True)
    assert _of(rubric, *third, turn_of(3, coding_with({N: 2}))).tries_again == 2
    # A rewound turn that nothing has replaced yet is no second try.
    assert _of(rubric, third[0]).tries_again == 0


def test_the_ending_is_told_where_one_was_reached(rubric: Rubric) -> None:
    said = _of(rubric, *TURNS, outcome=Outcome.REPAIRED)
    assert (said.outcome, said.ending) == (Outcome.REPAIRED, "Ana plans the week with you.")
    stopped = _of(rubric, *TURNS[:-1])
    assert (stopped.outcome, stopped.ending) == (None, "")


def test_an_attempt_without_turns(rubric: Rubric) -> None:
    said = _of(rubric)
    assert said.path == (SCENARIO.alliance,)
    assert said.practise_next.startswith("There is no reply to look back on yet")
    assert said.best_turn is None
    assert not any(level for _, level in said.steps)
