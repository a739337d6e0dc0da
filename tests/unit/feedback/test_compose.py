from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.feedback.feedback_samples import (
    SCENARIO,
    attempt_of,
    coding_with,
    evidence,
    near_miss,
    turn_of,
)
from tutor.domain.coding import Coding
from tutor.domain.rubric import Call, Comparison, Feedback, Rubric
from tutor.domain.text import Span
from tutor.domain.vocabulary import Level, Misstep, Move
from tutor.feedback.compose import MAX_QUOTE, comparison, feedback, quoted

N, A, I, O, R = Move.NOTICE, Move.NAME, Move.INVITE, Move.OWN, Move.RENEGOTIATE  # noqa: E741


def _feedback(rubric: Rubric, moves, missteps=(), *, at="flat", earlier=()) -> Feedback:
    turn = turn_of(len(earlier) + 1, coding_with(moves, missteps), at=at)
    return feedback(rubric, SCENARIO, attempt_of(*earlier, turn), turn)


# At which moment, with which moves: which move is to be worked on, and from which level.
NEXT = [
    ("flat", {}, (I, 0)),
    ("flat", {I: 1}, (N, 0)),
    ("flat", {N: 1, I: 1}, (I, 1)),
    ("flat", {N: 2, I: 1}, (I, 1)),
    ("careful", {}, (A, 0)),
    ("careful", {A: 2}, (I, 0)),
    ("careful", {A: 2, I: 1}, (O, 0)),
    ("says it", {}, (O, 0)),
    ("says it", {O: 2, N: 2, A: 2}, (R, 0)),
]


@pytest.mark.parametrize(("at", "moves", "expected"), NEXT)
def test_next_step_is_the_called_for_move_that_is_least_there(rubric, at, moves, expected):
    move, level = expected
    tip = rubric.criterion(move).next_steps[level]
    assert _feedback(rubric, moves, at=at).next_step == tip


def test_a_misstep_is_mended_first(rubric: Rubric) -> None:
    given_back = _feedback(rubric, {}, (Misstep.PUSH, Misstep.RETREAT))
    assert given_back.next_step == rubric.caution(Misstep.PUSH).instead


def test_with_everything_there_the_next_step_is_to_wait(rubric: Rubric) -> None:
    tip = _feedback(rubric, {N: 2, I: 2}).next_step
    assert tip == rubric.when_all_is_there.replace("{client}", "Ana")
    assert "Ana" in tip


def test_what_was_clear_at_this_moment_before_need_not_be_said_again(rubric: Rubric) -> None:
    before = turn_of(1, coding_with({I: 2}), to="flat")
    tip = _feedback(rubric, {}, earlier=(before,)).next_step
    assert tip == rubric.criterion(N).next_steps[0]


@pytest.mark.parametrize(
    "before",
    [
        turn_of(1, coding_with({I: 2}), to="flat", rewound=True),
        turn_of(1, coding_with({I: 2}), at="careful", to="flat"),
    ],
    ids=["rewound", "another moment"],
)
def test_other_turns_do_not_count_towards_this_moment(rubric, before) -> None:
    tip = _feedback(rubric, {}, earlier=(before,)).next_step
    assert tip == rubric.criterion(I).next_steps[0]


@given(st.dictionaries(st.sampled_from(list(Move)), st.sampled_from([1, 2])))
def test_an_early_move_is_never_suggested(rubric, moves) -> None:
    for moment in SCENARIO.moments:
        tip = _feedback(rubric, moves, at=moment.id).next_step
        early = {tip for move in moment.early for tip in rubric.criterion(move).next_steps}
        assert tip
        assert tip not in early


def test_scores_missteps_and_marks_are_those_of_the_reply(rubric: Rubric) -> None:
    said = _feedback(rubric, {N: 2, R: 1}, (Misstep.DEFEND,))
    rows = {row.criterion.move: (row.level, row.call) for row in said.scores}
    assert rows[N] == (Level.CLEAR, Call.CALLED_FOR)
    assert rows[R] == (Level.EMERGING, Call.EARLY)
    assert [(note.caution.misstep, len(note.spans)) for note in said.missteps] == [
        (Misstep.DEFEND, 1)
    ]
    assert {mark.code for mark in said.marks} == {N, R, Misstep.DEFEND}


REPLY = "I'm not saying I rushed you, but I'm sorry. You seem quiet."
CODING = Coding(
    reply=REPLY,
    evidence=(
        evidence(REPLY, N, 1, "You seem quiet"),
        evidence(REPLY, A, 1, "I'm sorry", "What follows takes it back."),
    ),
    near_misses=(near_miss(REPLY, A, "I rushed you", "It is said with a 'not' before it."),),
)


def test_why_not_quotes_what_nearly_counted_and_says_why(rubric: Rubric) -> None:
    turn = turn_of(1, CODING)
    why = {w.criterion.move: w for w in feedback(rubric, SCENARIO, attempt_of(turn), turn).why_not}
    assert list(why) == [N, A, I, Move.EMPATHY]
    assert why[A].nearly == (
        "“I rushed you” nearly counted. It is said with a 'not' before it.",
        "“I'm sorry” counted as emerging. What follows takes it back.",
    )
    assert why[A].span is not None
    assert why[A].span.of(REPLY) == "I rushed you"
    assert why[A].level is Level.EMERGING
    assert why[N].nearly == (
        f"“You seem quiet” counted as emerging. {rubric.criterion(N).levels[1]}",
    )
    assert (why[I].nearly, why[I].span) == ((), None)
    assert why[I].would_count == rubric.criterion(I).levels[2]


def test_what_nearly_counted_for_one_reason_is_told_together(rubric: Rubric) -> None:
    reply = "Are you okay? Talk to me."
    found = tuple(evidence(reply, I, 1, words) for words in ("Are you okay?", "Talk to me."))
    turn = turn_of(1, Coding(reply=reply, evidence=found))
    said = feedback(rubric, SCENARIO, attempt_of(turn), turn)
    (nearly,) = next(w.nearly for w in said.why_not if w.criterion.move is I)
    assert nearly.startswith("“Are you okay?”, “Talk to me.” counted as emerging. The reply asks")


def test_why_not_leaves_out_what_is_clear_early_or_open(rubric: Rubric) -> None:
    said = _feedback(rubric, {N: 2})
    assert {w.criterion.move for w in said.why_not} == {A, I, Move.EMPATHY}


def test_comparison_has_every_code_that_either_try_has(rubric: Rubric) -> None:
    before = coding_with({N: 1, O: 2}, (Misstep.PUSH,))
    after = coding_with({N: 2, I: 1})
    assert comparison(rubric, before, after) == (
        Comparison(label="Notice", before=Level.EMERGING, after=Level.CLEAR),
        Comparison(label="Invite", before=Level.NOT_YET, after=Level.EMERGING),
        Comparison(label="Take responsibility", before=Level.CLEAR, after=Level.NOT_YET),
        Comparison(label="Pushing on", before=Level.CLEAR, after=Level.NOT_YET),
    )


def test_comparison_of_two_empty_handed_replies_is_empty(rubric: Rubric) -> None:
    assert comparison(rubric, coding_with({}), coding_with({})) == ()


def test_a_long_quotation_is_cut_between_words() -> None:
    reply = "I really did " * 20
    words = quoted(Span(0, len(reply)), reply)
    assert len(words) <= MAX_QUOTE + 2
    assert words.endswith(("I…”", "really…”", "did…”"))


def test_a_turn_at_no_known_moment_is_refused(rubric: Rubric) -> None:
    turn = replace(turn_of(1, coding_with({})), moment="nowhere")
    with pytest.raises(KeyError, match="nowhere"):
        feedback(rubric, SCENARIO, attempt_of(turn), turn)
