"""Each headline has a reply that gets it, as this client really hears that reply."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.feedback.feedback_samples import SCENARIO, attempt_of, coding_with, turn_of
from tutor.client.reception import receive
from tutor.domain.rubric import Rubric
from tutor.domain.vocabulary import LADDER, Misstep, Move
from tutor.feedback.compose import feedback

N, A, I, O, R, F, E = LADDER  # noqa: E741
S, H, B = Move.SAFETY, Move.HUMILITY, Move.BALANCE
MS = Misstep
FORWARD, NOT = True, False

# What the headline begins with or contains; moves; missteps; whether Ana came nearer.
SITUATIONS = [
    ("in spite of part", {O: 2}, (MS.DEFEND,), FORWARD),
    ("by a group", {}, (MS.STEREOTYPE, MS.INTERPRET), NOT),
    ("You took a side", {E: 2}, (MS.TAKE_SIDE,), NOT),
    ("went on apologizing past it", {O: 2}, (MS.OVER_APOLOGIZE,), NOT),
    ("The apology grew", {}, (MS.OVER_APOLOGIZE,), NOT),
    ("You gave way too far", {R: 1}, (MS.RETREAT,), NOT),
    ("explained it away as well", {N: 2, O: 1}, (MS.DEFEND,), NOT),
    ("defended it in the same breath", {O: 2}, (MS.DEFEND,), NOT),
    ("put Ana on the spot", {I: 2}, (MS.CONFRONT,), NOT),
    ("held it against Ana", {N: 1}, (MS.CONFRONT,), NOT),
    ("before Ana could take it in", {E: 2}, (MS.PUSH,), NOT),
    ("put the plan on top of it", {O: 2}, (MS.PUSH,), NOT),
    ("gave the answer yourself", {I: 2}, (MS.INTERPRET,), NOT),
    ("smoothed it over", {E: 1}, (MS.MINIMIZE,), NOT),
    ("a door closing", {O: 2}, (MS.RETREAT,), NOT),
    ("You answered for yourself", {}, (MS.DEFEND,), NOT),
    ("You put it on Ana", {}, (MS.CONFRONT,), NOT),
    ("You stepped back", {}, (MS.RETREAT,), NOT),
    ("You explained Ana", {}, (MS.INTERPRET,), NOT),
    ("You went on with the plan", {}, (MS.PUSH,), NOT),
    ("You made it smaller", {}, (MS.MINIMIZE,), NOT),
    ("Ana went on without help", {}, (), FORWARD),
    ("Ana is still waiting", {}, (), NOT),
    ("Ana took hold of one part", {N: 2, A: 2, I: 2, O: 2, R: 2}, (), FORWARD),
    ("You tried to do all of it", {N: 2, A: 2, I: 2, O: 2, R: 2, E: 1}, (), NOT),
    ("You said sorry but not for what", {O: 1}, (), NOT),
    ("on words that would fit anyone", {E: 1}, (), FORWARD),
    ("These words would fit any client", {E: 1, N: 1}, (), NOT),
    ("Ana came to meet you", {O: 2, R: 2}, (), FORWARD),
    ("not ready to settle it", {O: 2, R: 2}, (), NOT),
    ("asked for Ana's side of it", {O: 2, I: 2}, (), FORWARD),
    ("You said what you saw, what it might mean", {N: 2, A: 2, I: 2}, (), FORWARD),
    ("nothing in it asked for more", {O: 2}, (), FORWARD),
    ("You took your share plainly but asked nothing", {N: 2, O: 2}, (), NOT),
    ("You put what may be between you", {A: 2, I: 2}, (), FORWARD),
    ("You put it into words and asked", {A: 2, I: 2}, (), NOT),
    ("You said what you saw and asked about it", {N: 2, I: 2}, (), NOT),
    ("not asked whether you have it right", {N: 2, A: 2}, (), NOT),
    ("Ana now has a way to tell you", {F: 2}, (), FORWARD),
    ("You asked about the work in general", {F: 2}, (), NOT),
    ("take it or leave it", {R: 2}, (), NOT),
    ("Ana took a hand in it", {R: 2, E: 2}, (), FORWARD),
    ("told you what it means", {H: 2}, (), FORWARD),
    ("what becomes of what is told here", {S: 2}, (), FORWARD),
    ("Each side got its own sentence", {B: 2}, (), FORWARD),
    ("You said what you saw and stopped there", {N: 2}, (), NOT),
    ("You asked but gave nothing", {I: 2}, (), NOT),
    ("left what is between you where it was", {E: 2}, (), NOT),
    ("what is marked clear below", {A: 2}, (), FORWARD),
    ("Part of this is clear", {A: 2, E: 1}, (), NOT),
    ("on a beginning", {N: 1, A: 1, I: 1}, (), FORWARD),
    ("You began to turn to it", {N: 1, A: 1, I: 1}, (), NOT),
]  # fmt: skip


def _headline(rubric: Rubric, moves, missteps=(), forward=False, earlier=()) -> str:
    coding = coding_with(moves, missteps)
    turn = turn_of(len(earlier) + 1, coding, to="careful" if forward else "flat")
    reception = receive(SCENARIO.first, earlier, coding)
    turn = replace(turn, response=replace(turn.response, reception=reception))
    return feedback(rubric, SCENARIO, attempt_of(*earlier, turn), turn).headline


@pytest.mark.parametrize(("words", "moves", "missteps", "forward"), SITUATIONS)
def test_situation_gets_its_headline(rubric, words, moves, missteps, forward) -> None:
    assert words in _headline(rubric, moves, missteps, forward)


def test_saying_the_same_again(rubric: Rubric) -> None:
    earlier = (turn_of(1, coding_with({N: 2, I: 2}), to="flat"),)
    assert _headline(rubric, {I: 2}, earlier=earlier).startswith("You said again")


def test_what_is_only_remembered_is_no_part_of_the_headline(rubric: Rubric) -> None:
    earlier = (turn_of(1, coding_with({N: 2, I: 2}), to="flat"),)
    assert "still waiting" in _headline(rubric, {}, earlier=earlier)


def test_every_headline_is_reached(rubric: Rubric) -> None:
    reached = {_headline(rubric, *situation[1:]) for situation in SITUATIONS}
    texts = {headline.text.replace("{client}", "Ana") for headline in rubric.headlines}
    unreached = {text for text in texts - reached if not text.startswith("You said again")}
    assert unreached == set()


#: What may be said of a reply without a single move; none of it credits the reply with anything.
OF_NOTHING = (
    "in spite of part", "by a group", "You took a side", "The apology grew", "You stepped back",
    "You answered for yourself", "You put it on Ana", "You explained Ana", "You made it smaller",
    "You went on with the plan", "went on without help", "is still waiting",
)  # fmt: skip


@given(st.sets(st.sampled_from(list(Misstep))), st.booleans())
def test_a_reply_without_moves_is_credited_with_nothing(rubric, missteps, forward) -> None:
    headline = _headline(rubric, {}, tuple(sorted(missteps)), forward)
    assert any(words in headline for words in OF_NOTHING), headline


@given(
    st.dictionaries(st.sampled_from(list(Move)), st.sampled_from([1, 2])),
    st.sets(st.sampled_from(list(Misstep))),
    st.booleans(),
)
def test_every_reply_gets_a_headline_with_the_name_filled_in(rubric, moves, missteps, forward):
    headline = _headline(rubric, moves, tuple(sorted(missteps)), forward)
    assert headline
    assert "{" not in headline
