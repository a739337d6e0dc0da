"""Showing, forking, making and keeping demonstrations, and who may do what."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.demo_samples import BADLY, HALF, SEEN, SORRY, a_demo, a_transcript
from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.demonstrations import MAX_MADE, MAX_TITLE, Demonstrations
from tutor.domain.access import LOCAL, Person, Role
from tutor.domain.demo import MAX_NOTE, Beat, How
from tutor.domain.library import Library
from tutor.domain.showing import QUESTION, Phase
from tutor.domain.teaching import Cohort, Submission
from tutor.domain.vocabulary import Level, Move
from tutor.errors import AccessError, AttemptError, DemoError, ReplyError
from tutor.practice import Practice
from tutor.settings import ROOT
from tutor.store.repository import Store

WHEN = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ADA = Person(id="u-ada", name="Ada", role=Role.SUPERVISOR)
BO = Person(id="u-bo", name="Bo", role=Role.SUPERVISOR)
LEA = Person(id="u-lea", name="Lea")


@pytest.fixture(scope="module")
def shared() -> tuple[Library, Coder]:
    found = library(ROOT / "data")
    return replace(found, demos=(a_demo(),)), Coder(found.bank)


@pytest.fixture
def practice(shared: tuple[Library, Coder], tmp_path: Path) -> Iterator[Practice]:
    store = Store.open(f"sqlite:///{(tmp_path / 'demos.db').as_posix()}")
    yield Practice(library=shared[0], code=shared[1].code, store=store)
    store.close()


@pytest.fixture
def demos(practice: Practice) -> Demonstrations:
    return Demonstrations(
        library=practice.library,
        code=practice.code,
        store=practice.store,
        now=lambda: WHEN,
    )


@pytest.fixture
def attempt(practice: Practice):
    return play(practice, LEA)


def play(practice: Practice, who: Person, *, finish: bool = True):
    """SEEN, BADLY taken back, SORRY; and the end."""
    one = practice.start_attempt(scenario_id="breathing-log", learner=who.id, seed=6)
    for reply in (SEEN, BADLY, None, SORRY):
        at = {"attempt_id": one.id, "learner": who.id, "revision": one.revision}
        one = practice.submit_reply(**at, reply=reply) if reply else practice.retry_moment(**at)
    if finish:
        one = practice.finish_attempt(attempt_id=one.id, learner=who.id, revision=one.revision)
    return one


def hand_in(practice: Practice, attempt, supervisor: Person) -> None:
    store = practice.store
    for person in (supervisor, LEA):
        store.know(person, WHEN)
    store.add_cohort(
        Cohort(
            id="c",
            supervisor=supervisor.id,
            name="Spring",
            join_code="SPRING",
            made_at=WHEN,
            closed=False,
        )
    )
    store.submit(
        Submission(
            attempt=attempt.id,
            cohort="c",
            learner=LEA.id,
            scenario=attempt.scenario,
            note="",
            submitted_at=WHEN,
        )
    )


def test_a_demonstration_is_shown_step_by_step(demos):
    showing = demos.show(a_demo())
    scenario = demos.library.scenario("breathing-log")
    first, second = showing.steps
    assert [place.phase for place in showing.places] == [
        Phase.BEGIN,
        *(Phase.ASK, Phase.REPLY, Phase.ANSWER, Phase.VERSIONS),
        *(Phase.ASK, Phase.REPLY, Phase.ANSWER),
        Phase.END,
    ]
    assert [place.told for place in showing.places] == [0, 0, 0, 1, 1, 1, 1, 2, 2]
    assert showing.place(-3) == showing.places[0]
    assert showing.place(99) == showing.places[-1]
    assert showing.before == scenario.before
    assert first.heard[0] in scenario.opening
    assert first.state is scenario.first.state
    assert first.question == "What do her sleeves say?"
    assert second.question == QUESTION
    assert second.heard == first.chosen.answer
    assert second.state is first.chosen.came.state
    assert first.chosen.coding.level(Move.NOTICE) is Level.CLEAR
    assert first.chosen.came.before == scenario.alliance
    assert second.chosen.came.before == first.chosen.came.after


def test_the_versions_stand_in_order_and_each_has_an_answer_of_its_own(demos):
    (first, _) = demos.show(a_demo()).steps
    versions = (first.chosen, *first.others)
    assert [version.how for version in versions] == [How.WELL, How.HALF, How.BADLY]
    assert [version.reply for version in versions] == [SEEN, HALF, BADLY]
    assert first.others[1].coding.missteps
    assert len({version.answer for version in versions}) == 3
    assert {version.came.before for version in versions} == {first.chosen.came.before}
    bonds = [version.came.after.bond for version in versions]
    assert bonds == sorted(bonds, reverse=True)


def test_a_transcript_is_shown_without_a_word_on_the_client(demos):
    made = a_transcript()
    showing = demos.show(made)
    assert [step.heard for step in showing.steps] == [(), showing.steps[0].chosen.answer, ()]
    assert [line.says for line in showing.steps[1].heard] == ["If you want."]
    assert [line.says for line in showing.steps[2].chosen.answer] == ["Like school."]
    assert {step.speaker for step in showing.steps} == {""}
    assert all(step.chosen.came is None and step.state is None for step in showing.steps)
    assert showing.steps[1].chosen.coding.level(Move.EMPATHY)
    assert Phase.ANSWER not in [p.phase for p in showing.places if p.step == 2]


def test_counselors_of_a_transcript_are_told_apart_but_not_named(demos):
    lines = a_transcript().lines
    made = a_transcript(lines=(*lines, replace(lines[0], speaker="Dr. Hahn")))
    names = [step.speaker for step in demos.show(made).steps]
    assert names == ["Counselor 1", "Counselor 1", "Counselor 1", "Counselor 2"]


def test_a_fork_goes_on_with_what_the_room_says_and_is_not_stored(demos, practice):
    fork = demos.begin_fork(a_demo(), 2)
    assert [turn.reply for turn in fork.turns] == [SEEN]
    said = demos.say(fork, BADLY)
    assert said.turns[-1].coding.missteps
    assert demos.came(said).after.bond < demos.came(said).before.bond
    assert demos.feedback(said).missteps
    again = demos.say(said, SORRY)
    assert [turn.reply for turn in again.turns] == [SEEN, BADLY, SORRY]
    with pytest.raises(ReplyError):
        demos.say(fork, "  ")
    assert practice.store.get(fork.id) is None


def test_a_fork_that_has_ended_takes_no_more(demos):
    fork = demos.begin_fork(a_demo(), 1)
    for _ in range(12):
        if fork.finished:
            break
        fork = demos.say(fork, BADLY)
    with pytest.raises(AttemptError, match="has ended"):
        demos.say(fork, SEEN)


def test_another_reply_to_a_transcript_is_coded_where_it_would_be_said(demos):
    made = a_transcript()
    assert demos.code_at(made, 2, BADLY).missteps
    with pytest.raises(ReplyError):
        demos.code_at(made, 2, "")
    old = "T", True, "Take your time."
    assert demos.code_at(made, 3, old[2]) == demos.show(made).steps[2].chosen.coding


def test_ones_own_attempt_becomes_a_demonstration(demos, practice):
    mine = play(practice, ADA)
    made = demos.from_attempt(ADA, mine, title="  Mine\n ")
    assert made.title == "Mine"
    assert made.beats == (Beat(reply=SEEN), Beat(reply=SORRY))
    assert demos.made(ADA) == (made,)
    assert demos.get(ADA, made.id) == made
    assert demos.owns(ADA, made)
    ways = [turn.response.transition for turn in mine.standing]
    assert [t.response.transition for t in demos.begin_fork(made, 3).turns] == ways


def test_an_attempt_that_is_not_finished_or_empty_is_refused(demos, practice):
    with pytest.raises(DemoError, match="finished"):
        demos.from_attempt(ADA, play(practice, ADA, finish=False), title="x")
    empty = replace(play(practice, ADA), turns=())
    with pytest.raises(DemoError, match="no reply"):
        demos.from_attempt(ADA, empty, title="x")
    assert demos.made(ADA) == ()


def test_an_attempt_that_goes_another_way_now_is_refused(demos, practice):
    mine = play(practice, ADA)
    first = mine.standing[0]
    other = replace(first, response=replace(first.response, transition="another"))
    turns = tuple(other if turn is first else turn for turn in mine.turns)
    for changed in (replace(mine, turns=turns), replace(mine, scenario="no-such-scenario")):
        with pytest.raises(DemoError, match="same way"):
            demos.from_attempt(ADA, changed, title="x")


def test_what_was_handed_in_needs_the_learners_word_and_the_right_supervisor(
    demos, practice, attempt
):
    with pytest.raises(AccessError):
        demos.from_attempt(ADA, attempt, title="x", agreed=True)
    hand_in(practice, attempt, ADA)
    with pytest.raises(AccessError):
        demos.from_attempt(BO, attempt, title="x", agreed=True)
    with pytest.raises(DemoError, match="agreed"):
        demos.from_attempt(ADA, attempt, title="x")
    made = demos.from_attempt(ADA, attempt, title="x", agreed=True)
    assert LEA.name not in demos.markdown(made)
    assert LEA.id not in str(made)


def test_questions_comments_and_titles_are_changed_one_by_one(demos, practice):
    made = demos.from_attempt(ADA, play(practice, ADA), title="x")
    demos.annotate(ADA, made.id, 2, ask=" What now? ", comment="Listen.")
    demos.rename(ADA, made.id, "y")
    noted = demos.get(ADA, made.id)
    assert noted.title == "y"
    assert noted.beats == (Beat(reply=SEEN), Beat(reply=SORRY, ask="What now?", comment="Listen."))
    read = demos.read(ADA, b"T: Hm?\nC: No.\nT: So.", "a.txt")
    heard = demos.from_draft(ADA, read, title="z", counselors=read.counselors)
    demos.annotate(ADA, heard.id, 2, ask="", comment="So?")
    lines = demos.get(ADA, heard.id).lines
    assert [line.comment for line in lines] == ["", "", "So?"]


@pytest.mark.parametrize(
    ("step", "ask", "comment"),
    [
        (0, "", ""),
        (3, "", ""),
        (-1, "", ""),
        (1, "x" * (MAX_NOTE + 1), ""),
        (1, "", "x" * (MAX_NOTE + 1)),
        (1, "\x07", ""),
    ],
)
def test_notes_that_cannot_be_taken_change_nothing(demos, practice, step, ask, comment):
    made = demos.from_attempt(ADA, play(practice, ADA), title="x")
    with pytest.raises(DemoError):
        demos.annotate(ADA, made.id, step, ask=ask, comment=comment)
    assert demos.get(ADA, made.id) == made


@pytest.mark.parametrize("title", ["", " \n", "x" * (MAX_TITLE + 1), "a\x00b"])
def test_titles_that_cannot_be_taken(demos, practice, title):
    with pytest.raises(DemoError, match="title"):
        demos.from_attempt(ADA, play(practice, ADA), title=title)


def test_only_so_many_are_kept(demos, practice):
    practice.store.know(ADA, WHEN)
    for n in range(MAX_MADE):
        practice.store.keep_demo(ADA.id, a_transcript(id=f"t{n}"), WHEN)
    read = demos.read(ADA, b"T: Hm?\nC: No.", "")
    with pytest.raises(DemoError, match=str(MAX_MADE)):
        demos.from_draft(ADA, read, title="z", counselors=read.counselors)


def test_what_is_deleted_is_gone(demos, practice):
    made = demos.from_attempt(ADA, play(practice, ADA), title="x")
    demos.delete(ADA, made.id)
    assert demos.made(ADA) == ()
    with pytest.raises(AccessError):
        demos.get(ADA, made.id)


@pytest.mark.parametrize("who", [BO, LEA, replace(ADA, role=Role.LEARNER)])
def test_what_somebody_else_has_made_is_neither_seen_nor_changed(demos, practice, who):
    mine = play(practice, ADA)
    made = demos.from_attempt(ADA, mine, title="Mine")
    uses: list[Callable[[], object]] = [
        lambda: demos.get(who, made.id),
        lambda: demos.rename(who, made.id, "Theirs"),
        lambda: demos.annotate(who, made.id, 1, ask="", comment="Theirs"),
        lambda: demos.from_attempt(who, mine, title="Theirs", agreed=True),
    ]
    for use in uses:
        with pytest.raises(AccessError) as error:
            use()
        assert "Mine" not in str(error.value)
    if who.supervises:
        demos.delete(who, made.id)
        assert demos.made(who) == ()
    assert demos.made(ADA) == (made,)


def test_learners_are_shown_nothing_at_all(demos):
    read = demos.read(ADA, b"T: Hm?\nC: No.", "")
    uses: list[Callable[[], object]] = [
        lambda: demos.built_in(LEA),
        lambda: demos.made(LEA),
        lambda: demos.get(LEA, "log-first"),
        lambda: demos.read(LEA, b"T: Hm?\nC: No.", ""),
        lambda: demos.from_draft(LEA, read, title="x", counselors=read.counselors),
        lambda: demos.delete(LEA, "log-first"),
    ]
    for use in uses:
        with pytest.raises(AccessError, match="for supervisors"):
            use()
    assert not demos.owns(LEA, a_demo(id="other"))


@pytest.mark.parametrize("demo_id", ["", "nothing", "../x", "' or 1=1 --", "x" * 999, "a\n"])
def test_ids_that_are_nobodys(demos, demo_id):
    with pytest.raises(AccessError, match="no such demonstration"):
        demos.get(LOCAL, demo_id)


def test_the_built_in_ones_are_everybodys_and_nobodys(demos):
    assert demos.built_in(BO) == (a_demo(),)
    made = demos.get(BO, "log-first")
    assert not demos.owns(BO, made)
    with pytest.raises(AccessError):
        demos.annotate(BO, "log-first", 1, ask="", comment="")


def test_one_whose_scenario_is_gone_is_not_offered(practice):
    gone = Demonstrations(
        library=replace(practice.library, demos=(a_demo(scenario="gone"),)),
        code=practice.code,
        store=practice.store,
    )
    assert gone.built_in(ADA) == ()
    with pytest.raises(AttemptError):
        gone.show(a_demo(scenario="gone"))
