"""The exercises: what comes next, what is kept, and what the content of each has to be."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.domain.exercise import OPTIONS, Answer, Exercise, Option, Question, Seen, Sight, Sighting
from tutor.domain.vocabulary import Component, Level, Marker, Move
from tutor.errors import ReplyError
from tutor.settings import ROOT
from tutor.store.repository import Store
from tutor.study import Study, due_times, next_of, shuffled

LIBRARY = library(ROOT / "data")
START = datetime(2026, 1, 1, tzinfo=UTC)


class Clock:
    """A clock that is put forward by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def study(tmp_path: Path, clock: Clock) -> Iterator[Study]:
    store = Store.open(f"sqlite:///{(tmp_path / 'study.db').as_posix()}")
    coder = Coder(LIBRARY.bank)
    yield Study(library=LIBRARY, store=store, code=coder.code, now=clock)
    store.close()


def answer(item: str, right: bool, minutes: int) -> Answer:
    at = START + timedelta(minutes=minutes)
    return Answer(exercise=Exercise.QUIZ, item=item, right=right, answered_at=at)


def test_new_items_come_in_an_order_of_the_learners_own() -> None:
    ids = [f"item-{n}" for n in range(30)]
    first = [next_of(ids, (), START, learner) for learner in ("ada", "ben", "cleo", "dov")]
    assert len(set(first)) > 1
    assert first[0] == next_of(reversed(ids), (), START, "ada")


def test_a_missed_item_comes_back_before_a_known_one() -> None:
    answers = (answer("known", True, 0), answer("missed", False, 1))
    due = due_times(answers)
    assert due["missed"] < due["known"]
    later = START + timedelta(minutes=5)
    assert (
        next_of(["known", "missed", "new"], (*answers, answer("x", True, 2)), later, "") == "missed"
    )


def test_nothing_is_asked_twice_running_where_there_is_another() -> None:
    answers = (answer("missed", False, 0),)
    assert next_of(["missed", "new"], answers, START + timedelta(days=9), "") == "new"
    assert next_of(["missed"], answers, START, "") == "missed"
    assert next_of([], (), START, "") is None


def test_every_right_answer_puts_an_item_further_off() -> None:
    answers, gaps = [], []
    at = START
    for _ in range(5):
        answers.append(Answer(exercise=Exercise.QUIZ, item="a", right=True, answered_at=at))
        due = due_times(answers)["a"]
        gaps.append(due - at)
        at = due
    assert gaps == sorted(gaps)
    assert gaps[-1] > timedelta(days=7)


def test_what_is_answered_is_kept_and_shapes_what_comes_next(study: Study, clock: Clock) -> None:
    first = study.next_item(learner="ada", exercise=Exercise.QUIZ)
    question = next(q for q in study.quiz if q.id == first)
    wrong = next(option for option in question.options if not option.right)
    assert not study.answer_quiz(learner="ada", question=question, option=wrong)
    assert [a.right for a in study.answers(learner="ada", exercise=Exercise.QUIZ)] == [False]
    assert study.answers(learner="ben", exercise=Exercise.QUIZ) == ()
    clock.now += timedelta(minutes=1)
    other = study.next_item(learner="ada", exercise=Exercise.QUIZ)
    assert other != first
    second = next(q for q in study.quiz if q.id == other)
    right = next(option for option in second.options if option.right)
    study.answer_quiz(learner="ada", question=second, option=right)
    clock.now += timedelta(minutes=5)
    assert study.next_item(learner="ada", exercise=Exercise.QUIZ) == first


def test_a_rupture_is_seen_only_with_its_marker_and_component(study: Study) -> None:
    there = next(item for item in study.drill if item.answer is Sight.WITHDRAWAL)
    seen = Seen(answer=there.answer, marker=there.markers[0], component=there.strained[0])
    other = next(part for part in Component if part not in there.strained)
    assert study.answer_drill(learner="ada", item=there, seen=seen, seconds=4)
    wrong = Seen(answer=there.answer, marker=there.markers[0], component=other)
    assert not study.answer_drill(learner="ada", item=there, seen=wrong)
    assert not Seen(answer=Sight.NONE).agrees(there)
    kept = study.answers(learner="ada", exercise=Exercise.DRILL)
    assert [(a.right, a.seconds) for a in kept] == [(True, 4), (False, None)]


def test_a_check_in_is_right_where_it_asks_about_the_work(study: Study) -> None:
    item = study.checkins[0]
    asked = "Before we stop, how is this way of working for you? What should I do differently?"
    coding = study.answer_checkin(learner="ada", item=item, reply=asked)
    assert coding.level(Move.FEEDBACK) is Level.CLEAR
    study.answer_checkin(learner="ada", item=item, reply="See you next week then.")
    kept = study.answers(learner="ada", exercise=Exercise.CHECKIN)
    assert [a.right for a in kept] == [True, False]
    with pytest.raises(ReplyError):
        study.answer_checkin(learner="ada", item=item, reply=" ")


def test_the_options_stand_in_another_order_another_time() -> None:
    question = LIBRARY.quiz[0]
    orders = {shuffled(question, times) for times in range(12)}
    assert len(orders) > 4
    assert shuffled(question, 3) == shuffled(question, 3)
    assert all(set(order) == set(question.options) for order in orders)


def test_the_drill_is_large_enough_and_has_every_marker() -> None:
    items = LIBRARY.drill
    assert len(items) >= 80
    kinds = Counter(item.answer for item in items)
    assert min(kinds[sight] for sight in Sight) >= 8
    markers = Counter(marker for item in items for marker in item.markers)
    assert min(markers[marker] for marker in Marker) >= 3
    assert len({(item.before, item.says) for item in items}) == len(items)


def test_no_question_gives_its_answer_away_by_form() -> None:
    questions = LIBRARY.quiz
    assert len(questions) >= 40
    longest = shortest = 0
    right: list[int] = []
    others: list[int] = []
    for question in questions:
        lengths = {option.text: len(option.text) for option in question.options}
        key = next(option.text for option in question.options if option.right)
        longest += lengths[key] == max(lengths.values())
        shortest += lengths[key] == min(lengths.values())
        right.append(lengths.pop(key))
        others += lengths.values()
    share = 1 / OPTIONS
    assert longest / len(questions) <= share + 0.05
    assert shortest / len(questions) <= share + 0.05
    assert sum(right) / len(right) == pytest.approx(sum(others) / len(others), rel=0.05)
    places = Counter(
        next(n for n, option in enumerate(shuffled(q, 0)) if option.right) for q in questions
    )
    assert max(places.values()) <= len(questions) * 0.45


@pytest.mark.parametrize("right", [0, 2])
def test_a_question_with_no_key_or_two_is_refused(right: int) -> None:
    options = tuple(Option(text=f"option {n}", why="", right=n < right) for n in range(4))
    with pytest.raises(ValueError, match="exactly one"):
        Question(id="q", topic="repair", stem="?", options=options, source="the codebook")


def test_a_sighting_quotes_its_own_line() -> None:
    with pytest.raises(ValueError, match="words of this line"):
        Sighting(
            id="x", setting="", before="", demeanour="", says="Fine.", answer=Sight.NONE,
            shows="not there", why="",
        )  # fmt: skip
    with pytest.raises(ValueError, match="no rupture none"):
        Sighting(
            id="x", setting="", before="", demeanour="", says="Fine.", answer=Sight.NONE,
            markers=(Marker.DENIAL,), strained=(Component.BOND,), shows="Fine", why="",
        )  # fmt: skip
