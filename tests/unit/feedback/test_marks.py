from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.feedback.feedback_samples import evidence
from tutor.domain.coding import Coding, Evidence
from tutor.domain.rubric import Mark, Rubric
from tutor.domain.text import Span
from tutor.domain.vocabulary import CODES, Level, Misstep, Move
from tutor.feedback.compose import marks

REPLY = "You went quiet when I brought it up, and I rushed you. But it does work."
N, O, A, P = Move.NOTICE, Move.OWN, Move.NAME, Misstep.PUSH  # noqa: E741

# What was found, as (code, level, words); what is marked, as (code, level, words), in order.
TABLE = {
    "apart": (
        [(P, 2, "it does work"), (N, 2, "You went quiet")],
        [(N, 2, "You went quiet"), (P, 2, "it does work")],
    ),
    "the same code, overlapping": (
        [(N, 1, "went quiet when I"), (N, 2, "You went quiet")],
        [(N, 2, "You went quiet when I")],
    ),
    "the same code, with a blank between": (
        [(N, 1, "You went"), (N, 1, "quiet when")],
        [(N, 1, "You went quiet when")],
    ),
    "the same code, with words between": (
        [(N, 1, "You went"), (N, 2, "when I")],
        [(N, 1, "You went"), (N, 2, "when I")],
    ),
    "the higher level keeps its words": (
        [(N, 1, "You went quiet when I brought it up"), (O, 2, "I brought it up")],
        [(N, 1, "You went quiet when"), (O, 2, "I brought it up")],
    ),
    "the longer one where levels are equal": (
        [(N, 2, "You went quiet when I"), (O, 2, "when I brought")],
        [(N, 2, "You went quiet when I"), (O, 2, "You went quiet when I")],
    ),
    "a misstep before everything": (
        [(N, 2, "I rushed you. But it does work"), (P, 2, "But it does work")],
        [(N, 2, "I rushed you"), (P, 2, "But it does work")],
    ),
    "the longest part on either side": (
        [(O, 1, "You went quiet when I brought it up"), (N, 2, "went quiet")],
        [(N, 2, "went quiet"), (O, 1, "when I brought it up")],
    ),
    "wholly covered: two labels on one span": (
        [(A, 1, "I rushed you"), (O, 2, "and I rushed you")],
        [(A, 1, "and I rushed you"), (O, 2, "and I rushed you")],
    ),
    "a single word is kept where nothing is in its way": (
        [(N, 1, "quiet")],
        [(N, 1, "quiet")],
    ),
}


@pytest.mark.parametrize(("found", "marked"), TABLE.values(), ids=TABLE)
def test_marks(rubric: Rubric, found, marked) -> None:
    coding = Coding(reply=REPLY, evidence=tuple(evidence(REPLY, *row) for row in found))
    got = marks(rubric, coding)
    assert [(m.code, int(m.level), m.span.of(REPLY)) for m in got] == marked


def test_labels_are_the_learners_words(rubric: Rubric) -> None:
    found = (evidence(REPLY, O, 2, "I rushed you"), evidence(REPLY, P, 2, "it does work"))
    labels = [m.label for m in marks(rubric, Coding(reply=REPLY, evidence=found))]
    assert labels == ["Take responsibility", "Pushing on"]


def test_changes_say_once_what_was_lost_and_not_what_was_gained(rubric: Rubric) -> None:
    lost = evidence(REPLY, O, 1, "I rushed", "What follows takes it back.")
    again = evidence(REPLY, O, 1, "rushed you", "What follows takes it back.")
    raised = evidence(REPLY, O, 1, "rushed you").changed("said", "It is said twice.", Level.CLEAR)
    (mark,) = marks(rubric, Coding(reply=REPLY, evidence=(lost, again, raised)))
    assert mark.changes == ("What follows takes it back.",)
    assert mark.level is Level.CLEAR


def test_nothing_coded_nothing_marked(rubric: Rubric) -> None:
    assert marks(rubric, Coding(reply=REPLY)) == ()


def _some_evidence(code, start: int, length: int, level: int) -> Evidence:
    span = Span(start, min(start + length, len(REPLY)))
    level = 2 if isinstance(code, Misstep) else level
    return Evidence(code=code, span=span, rule="r", found=Level(level), level=Level(level))


EVIDENCE = st.builds(
    _some_evidence,
    st.sampled_from(CODES),
    st.integers(0, len(REPLY) - 1),
    st.integers(1, 40),
    st.sampled_from([1, 2]),
)


def _overlaps_evidence(mark: Mark, coding: Coding) -> bool:
    return any(mark.span.overlaps(e.span) for e in coding.of(mark.code))


@given(st.lists(EVIDENCE, max_size=12))
def test_marks_are_apart_or_the_same_and_no_code_is_lost(rubric, found) -> None:
    coding = Coding(reply=REPLY, evidence=tuple(found))
    got = marks(rubric, coding)
    for one, other in combinations(got, 2):
        assert one.span == other.span or not one.span.overlaps(other.span)
        assert (one.span, one.code) != (other.span, other.code)
    assert {m.code for m in got} == {e.code for e in found}
    assert list(got) == sorted(got, key=lambda m: m.span)
    assert all(m.span.end <= len(REPLY) and _overlaps_evidence(m, coding) for m in got)
    for code in {e.code for e in found}:
        assert max(m.level for m in got if m.code == code) == coding.level(code)
