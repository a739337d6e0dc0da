from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.feedback.feedback_samples import SCENARIO, coding_with, evidence
from tutor.domain.coding import Coding
from tutor.domain.rubric import Call, Rubric
from tutor.domain.text import Span
from tutor.domain.vocabulary import AS_CALLED_FOR, LADDER, Level, Move
from tutor.feedback.rubric import call_of, joined, score

FLAT = SCENARIO.first


def test_what_the_moment_makes_of_each_move() -> None:
    assert {move: call_of(move, FLAT) for move in Move} == {
        Move.NOTICE: Call.CALLED_FOR,
        Move.NAME: Call.WELCOME,
        Move.INVITE: Call.CALLED_FOR,
        Move.OWN: Call.OPEN,
        Move.RENEGOTIATE: Call.EARLY,
        Move.FEEDBACK: Call.OPEN,
        Move.EMPATHY: Call.WELCOME,
        Move.SAFETY: Call.EARLY,
        Move.HUMILITY: Call.OPEN,
        Move.BALANCE: Call.OPEN,
    }


def test_the_ladder_is_always_there_in_order(rubric: Rubric) -> None:
    careful = SCENARIO.moments[1]
    rows = score(rubric, coding_with({}), careful)
    assert [row.criterion.move for row in rows] == list(LADDER)
    assert {row.level for row in rows} == {Level.NOT_YET}
    assert all(row.spans == () for row in rows)


def test_other_moves_are_shown_where_named_or_made(rubric: Rubric) -> None:
    rows = score(rubric, coding_with({Move.BALANCE: 1}), FLAT)
    shown = {row.criterion.move: row.level for row in rows[len(LADDER) :]}
    assert shown == {Move.SAFETY: Level.NOT_YET, Move.BALANCE: Level.EMERGING}
    assert set(shown) < set(AS_CALLED_FOR)


def test_a_row_has_the_best_level_and_every_span(rubric: Rubric) -> None:
    reply = "Sorry. I moved on too fast."
    coding = Coding(
        reply=reply,
        evidence=(
            evidence(reply, Move.OWN, 2, "I moved on"),
            evidence(reply, Move.OWN, 1, "Sorry"),
        ),
    )
    row = next(r for r in score(rubric, coding, FLAT) if r.criterion.move is Move.OWN)
    assert row.level is Level.CLEAR
    assert [span.of(reply) for span in row.spans] == ["Sorry", "I moved on"]


REPLY = "one two  three, four"
SPANS = st.builds(
    lambda start, length: Span(start, min(start + length, len(REPLY))),
    st.integers(0, len(REPLY) - 1),
    st.integers(1, len(REPLY)),
)


@given(st.lists(SPANS))
def test_joined_spans_cover_the_same_words_and_lie_apart(spans: list[Span]) -> None:
    whole = joined(spans, REPLY)
    assert all(any(big.contains(span) for big in whole) for span in spans)
    for one, other in pairwise(whole):
        assert REPLY[one.end : other.start].strip()
    covered = {i for big in whole for i in range(big.start, big.end) if REPLY[i].strip()}
    assert covered == {i for s in spans for i in range(s.start, s.end) if REPLY[i].strip()}
