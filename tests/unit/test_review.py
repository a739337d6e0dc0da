"""Looking back over attempts: counted, advised on, taken away, forgotten."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.domain.attempt import Attempt
from tutor.domain.exercise import Exercise
from tutor.domain.progress import ENOUGH
from tutor.domain.vocabulary import CODES, Component, Marker, Move
from tutor.feedback import hints, tables
from tutor.feedback.path import path
from tutor.feedback.tables import FORMULA
from tutor.practice import Practice, open_practice
from tutor.review import Review, as_csv, as_json, as_rows
from tutor.settings import ROOT, Settings
from tutor.study import Study

CLEAR = "You went quiet when I brought up the log. What was it like for you when I asked?"
POOR = "Why didn't you do it? You have to want to change."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "review.db"


@pytest.fixture
def practice(file: Path) -> Iterator[Practice]:
    made = open_practice(Settings(data=ROOT / "data", database_url=f"sqlite:///{file.as_posix()}"))
    yield made
    made.close()


@pytest.fixture
def review(practice: Practice) -> Review:
    return Review(library=practice.library, store=practice.store)


@pytest.fixture
def study(practice: Practice) -> Study:
    return Study(library=practice.library, store=practice.store, code=practice.code)


def say(practice: Practice, attempt: Attempt, reply: str) -> Attempt:
    return practice.submit_reply(
        attempt_id=attempt.id, learner=attempt.learner, revision=attempt.revision, reply=reply
    )


def begin(practice: Practice, scenario: str = "breathing-log", learner: str = "ada") -> Attempt:
    return practice.start_attempt(scenario_id=scenario, learner=learner, seed=1)


def test_progress_counts_what_was_called_for_and_tries_taken_back(
    practice: Practice, review: Review
) -> None:
    attempt = say(practice, begin(practice), POOR)
    attempt = practice.retry_moment(attempt_id=attempt.id, learner="ada", revision=attempt.revision)
    say(practice, attempt, CLEAR)
    begin(practice)  # without a reply, and so no part of it
    shown = review.progress(learner="ada")
    (row,) = shown.attempts
    assert (row.replies, row.missteps, row.retries, row.improved) == (2, 1, 1, 1)
    assert (row.steps[Move.NOTICE].clear, row.steps[Move.NOTICE].tries) == (1, 2)
    assert set(row.steps) == {Move.NOTICE, Move.INVITE}
    assert shown.by_component[Component.TASKS].tries == 4
    assert shown.by_marker[Marker.MISSED_WORK].percent == 50
    assert review.attempts(learner="ben") == ()


def test_the_latest_attempts_are_counted_and_numbered_among_all(
    practice: Practice, review: Review
) -> None:
    attempts = [say(practice, begin(practice), POOR) for _ in range(5)]
    say(practice, begin(practice, learner="ben"), POOR)
    begin(practice)  # without a reply
    assert review.count(learner="ada") == 5
    latest = review.progress(learner="ada", limit=2, skip=1).attempts
    assert [row.number for row in latest] == [3, 4]
    assert [row.attempt_id for row in latest] == [attempt.id for attempt in attempts[2:4]]
    assert [r.number for r in review.progress(learner="ada", limit=9, skip=4).attempts] == [1]
    assert review.progress(learner="ada", skip=5).attempts == ()


def test_too_few_tries_are_said_to_be_too_few(practice: Practice, review: Review) -> None:
    advice = review.next_for(learner="ada")
    assert advice
    assert advice.scenario == path(practice.scenarios)[0]
    assert "Too early to say" in advice.why


def test_the_weakest_step_chooses_among_the_next_on_the_path(
    practice: Practice, review: Review
) -> None:
    attempt = begin(practice)
    for _ in range(ENOUGH):
        attempt = say(practice, attempt, "Okay, I notice you have gone quiet about the log.")
        attempt = practice.retry_moment(
            attempt_id=attempt.id, learner="ada", revision=attempt.revision
        )
    advice = review.next_for(learner="ada")
    assert advice
    assert "Invite" in advice.why
    assert f"of {ENOUGH}" in advice.why
    assert advice.scenario in path(practice.scenarios)[:3]


def test_the_path_goes_from_gentle_withdrawal_on(practice: Practice) -> None:
    order = path(practice.scenarios)
    assert order[0].rupture.value == "withdrawal"
    assert order[0].difficulty == min(s.difficulty for s in order if s.rupture == order[0].rupture)
    kinds = [s.rupture for s in order]
    assert kinds == sorted(kinds, key=kinds.index), "each kind in one piece"


def test_the_same_strain_elsewhere_is_offered_after_a_clear_move(
    practice: Practice, review: Review
) -> None:
    poor = say(practice, begin(practice), POOR)
    assert review.transfer(poor, learner="ada") is None
    good = say(practice, begin(practice), CLEAR)
    advice = review.transfer(good, learner="ada")
    assert advice
    here = practice.scenario("breathing-log")
    assert advice.scenario.id != here.id
    assert set(advice.scenario.markers) & set(here.markers)
    assert "same marker" in advice.why


def test_hints_climb_and_the_model_waits_for_a_real_try(practice: Practice, study: Study) -> None:
    scenario, attempt = practice.scenario("breathing-log"), begin(practice)
    rungs = study.hints(scenario, attempt)
    assert [hint.height for hint in rungs] == [hints.LOOK, hints.MOVE, hints.STEM]
    assert study.hints_taken(attempt) == 0
    study.take_hint(attempt, rungs[0])
    study.take_hint(attempt, rungs[0])
    study.take_hint(attempt, rungs[1])
    assert study.hints_taken(attempt) == hints.MOVE
    again = practice.retry_moment(
        attempt_id=attempt.id,
        learner="ada",
        revision=(attempt := say(practice, attempt, "I hear you.")).revision,
    )
    assert [hint.height for hint in study.hints(scenario, again)][-1] == hints.STEM
    again = say(
        practice, again, "You went quiet when I asked about the log, and the days on it are blank."
    )
    back = practice.retry_moment(attempt_id=again.id, learner="ada", revision=again.revision)
    assert [hint.height for hint in study.hints(scenario, back)][-1] == hints.MODEL
    assert study.hints_taken(back) == 0


def test_hints_are_kept_with_the_attempt(practice: Practice, study: Study, review: Review) -> None:
    attempt = begin(practice)
    study.take_hint(attempt, study.hints(practice.scenario("breathing-log"), attempt)[0])
    say(practice, attempt, CLEAR)
    shown = review.progress(learner="ada")
    assert shown.attempts[0].hints == 1


def test_what_is_downloaded_holds_every_reply_and_code(practice: Practice, review: Review) -> None:
    say(practice, begin(practice), CLEAR)
    attempts = review.attempts(learner="ada")
    (row,) = as_rows(attempts)
    assert row["reply"] == CLEAR
    assert row["notice"] == 2
    assert {code.value for code in CODES} < set(row)
    assert json.loads(as_json(attempts)) == [row]
    (read,) = csv.DictReader(io.StringIO(as_csv(attempts)))
    assert read == {key: str(value) for key, value in row.items()}
    assert list(csv.DictReader(io.StringIO(as_csv(())))) == []


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("Well;=1+1", "Well;'=1+1"),  # where a semicolon parts the cells
        ("Well\t@SUM(1)", "Well\t'@SUM(1)"),
        ("Well\n-1\r+1", "Well\n'-1\r'+1"),  # where a quoted line break ends the row
        ("Well; - and = or a+b", "Well; - and = or a+b"),
    ],
)
def test_no_place_where_a_cell_may_begin_holds_a_formula(said: str, kept: str) -> None:
    (read,) = csv.DictReader(io.StringIO(tables.as_csv([{"reply": said}]), newline=""))
    assert read["reply"] == kept


@pytest.mark.parametrize("sign", FORMULA[:4])
def test_a_spreadsheet_runs_nothing_of_what_was_typed(
    practice: Practice, review: Review, sign: str
) -> None:
    say(practice, begin(practice), f"{sign}HYPERLINK() and what was that like?")
    (read,) = csv.DictReader(io.StringIO(as_csv(review.attempts(learner="ada"))))
    assert read["reply"].startswith(f"'{sign}")


def test_what_is_deleted_is_gone_from_the_file(
    practice: Practice, review: Review, study: Study, file: Path
) -> None:
    words = "Marzipan umbrella, what was it like for you when I asked?"
    kept = say(practice, begin(practice), CLEAR)
    gone = begin(practice)
    study.take_hint(gone, study.hints(practice.scenario("breathing-log"), gone)[0])
    gone = say(practice, gone, words)
    practice.dispute(attempt_id=gone.id, learner="ada", number=1, code=Move.NAME, why="No.")
    others = say(practice, begin(practice, learner="ben"), CLEAR)
    review.delete(others.id, learner="ada")
    review.delete(gone.id, learner="ada")
    assert [a.id for a in review.attempts(learner="ada")] == [kept.id]
    assert [a.id for a in review.attempts(learner="ben")] == [others.id]
    left = b"".join(f.read_bytes() for f in file.parent.glob(f"{file.name}*"))
    assert b"Marzipan" not in left
    question = study.quiz[0]
    study.answer_quiz(learner="ada", question=question, option=question.options[0])
    review.delete_all(learner="ada")
    assert review.attempts(learner="ada") == ()
    assert study.next_item(learner="ada", exercise=Exercise.QUIZ) is not None
    assert [a.id for a in review.attempts(learner="ben")] == [others.id]


def test_done_is_what_came_to_an_end(practice: Practice, review: Review) -> None:
    attempt = say(practice, begin(practice), CLEAR)
    practice.finish_attempt(attempt_id=attempt.id, learner="ada", revision=attempt.revision)
    assert review.done(learner="ada") == frozenset()
