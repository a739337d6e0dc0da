"""Classes, what is handed in, and what comes back; and each of it tried as the wrong person."""

import csv
import inspect
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.classroom import CODE_SIGNS, Classroom
from tutor.domain.access import Person, Role
from tutor.domain.attempt import Attempt
from tutor.domain.teaching import Cohort, Tally
from tutor.domain.vocabulary import CODES, Level, Misstep, Move
from tutor.errors import AccessError, AttemptError, ClassError, SettingsError
from tutor.practice import Practice, open_practice
from tutor.reporting import Reporting
from tutor.respond import Respond
from tutor.settings import MAX_COMMENT, MAX_NAME, MAX_WHY, ROOT, Settings
from tutor.store.repository import Store
from tutor.supervise import Supervise

SCENARIO = "breathing-log"
CLEAR = "You went quiet when I brought up the log. What was it like for you when I asked?"
PUSHED = "Let's try the log again this week. You have to want to change."

RUTH = Person(id="u-ruth", name="Ruth", role=Role.SUPERVISOR)
OTHER = Person(id="u-other", name="Otto", role=Role.SUPERVISOR)
MIRA = Person(id="u-mira", name="Mira")
ADA = Person(id="u-ada", name="Ada")
STRANGER = Person(id="u-stranger", name="Nobody")


@dataclass
class House:
    practice: Practice
    classroom: Classroom
    supervise: Supervise
    respond: Respond
    reporting: Reporting

    def attempt(self, person: Person, *replies: str) -> Attempt:
        """An attempt of theirs with those replies."""
        attempt = self.practice.start_attempt(scenario_id=SCENARIO, learner=person.id, seed=3)
        for reply in replies:
            attempt = self.practice.submit_reply(
                attempt_id=attempt.id, learner=person.id, revision=attempt.revision, reply=reply
            )
        return attempt

    def handed_in(self, person: Person, cohort: Cohort, *replies: str) -> Attempt:
        """The same, handed in to the class."""
        attempt = self.attempt(person, *(replies or (CLEAR,)))
        self.classroom.join(person, cohort.join_code)
        self.classroom.submit(person, attempt.id, cohort.id)
        return attempt


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Practice]:
    """Content and coder, made once; each test has a store of its own."""
    file = tmp_path_factory.mktemp("unused") / "tutor.db"
    made = open_practice(Settings(data=ROOT / "data", database_url=f"sqlite:///{file.as_posix()}"))
    yield made
    made.close()


@pytest.fixture
def house(whole: Practice, tmp_path: Path) -> Iterator[House]:
    store = Store.open(f"sqlite:///{(tmp_path / 'tutor.db').as_posix()}")
    practice = Practice(library=whole.library, code=whole.code, store=store)
    clock = iter(datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=n) for n in range(10_000))

    def now() -> datetime:
        return next(clock)

    both = {"library": practice.library, "store": practice.store, "now": now}
    yield House(
        practice,
        Classroom(**both),
        Supervise(**both),
        Respond(**both),
        Reporting(library=practice.library, store=store),
    )
    practice.close()


@pytest.fixture
def cohort(house: House) -> Cohort:
    return house.supervise.make_class(RUTH, " Spring ")


def test_a_class_is_joined_with_its_code_however_it_is_typed(house: House, cohort: Cohort) -> None:
    assert cohort.name == "Spring"
    assert len(cohort.join_code) == 8
    assert set(cohort.join_code) <= set(CODE_SIGNS)
    typed = f" {cohort.join_code[:4].lower()}-{cohort.join_code[4:].lower()} "
    assert house.classroom.join(MIRA, typed).id == cohort.id
    house.classroom.join(MIRA, typed)
    house.classroom.join(replace(ADA, name="Ada L."), cohort.join_code)
    assert [m.name for m in house.supervise.members(RUTH, cohort.id)] == ["Ada L.", "Mira"]
    assert house.classroom.classes(MIRA) == (replace(cohort, join_code=""),)


@pytest.mark.parametrize("code", ["", "  ", "ABCDEFGH", "0000", "<b>", "A" * 500, "\ud83d"])
def test_a_wrong_code(house: House, cohort: Cohort, code: str) -> None:
    with pytest.raises(ClassError, match="No class takes anybody in with that code"):
        house.classroom.join(MIRA, code)
    assert house.supervise.members(RUTH, cohort.id) == ()


def test_a_closed_class_takes_nobody_in(house: House, cohort: Cohort) -> None:
    house.supervise.close_class(RUTH, cohort.id, closed=True)
    with pytest.raises(ClassError, match="No class takes anybody in with that code"):
        house.classroom.join(MIRA, cohort.join_code)
    house.supervise.close_class(RUTH, cohort.id, closed=False)
    house.classroom.join(MIRA, cohort.join_code)


def test_only_what_is_handed_in_is_seen(house: House, cohort: Cohort) -> None:
    house.classroom.join(MIRA, cohort.join_code)
    attempt = house.attempt(MIRA, CLEAR)
    assert house.respond.inbox(RUTH, cohort.id) == ()
    assert [m.name for m in house.supervise.waiting(RUTH, cohort.id)] == ["Mira"]
    with pytest.raises(AccessError):
        house.respond.open(RUTH, attempt.id)

    house.classroom.submit(MIRA, attempt.id, cohort.id, "  What about <b>reply 1</b>? ")
    (one,) = house.respond.inbox(RUTH, cohort.id)
    assert (one.name, one.replies, one.submission.note) == (
        "Mira",
        1,
        "What about <b>reply 1</b>?",
    )
    assert house.respond.open(RUTH, attempt.id).attempt == attempt
    assert house.supervise.waiting(RUTH, cohort.id) == ()

    house.classroom.take_back(MIRA, attempt.id)
    assert house.respond.inbox(RUTH, cohort.id) == ()
    with pytest.raises(AccessError):
        house.respond.open(RUTH, attempt.id)


def test_what_is_handed_in_stands_still(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort)
    changes: tuple[Callable[..., Attempt], ...] = (
        house.practice.retry_moment,
        house.practice.finish_attempt,
        lambda **known: house.practice.submit_reply(**known, reply=CLEAR),
    )
    for change in changes:
        with pytest.raises(AttemptError, match="has been handed in"):
            change(attempt_id=attempt.id, learner=MIRA.id, revision=attempt.revision)
    assert house.respond.open(RUTH, attempt.id).attempt == attempt
    house.classroom.take_back(MIRA, attempt.id)
    house.practice.submit_reply(
        attempt_id=attempt.id, learner=MIRA.id, revision=attempt.revision, reply=CLEAR
    )


def test_an_attempt_without_a_reply_is_not_handed_in(house: House, cohort: Cohort) -> None:
    house.classroom.join(MIRA, cohort.join_code)
    with pytest.raises(ClassError, match="no reply"):
        house.classroom.submit(MIRA, house.attempt(MIRA).id, cohort.id)


def test_what_is_said_of_it_comes_back_and_stays(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort, PUSHED)
    assert attempt.turns[0].coding.level(Misstep.PUSH)
    house.respond.comment(RUTH, attempt.id, 1, "<b>Slow</b> down")
    house.respond.comment(RUTH, attempt.id, 0, "A brave try")
    house.respond.override(
        RUTH, attempt.id, 1, code=Misstep.PUSH, level=Level.NOT_YET, why="She asked for it"
    )
    house.respond.check(RUTH, attempt.id, 1, checked=True)
    assert house.classroom.answered(MIRA) == {attempt.id}
    house.classroom.take_back(MIRA, attempt.id)
    back = house.classroom.returned(MIRA, attempt.id)
    assert [c.text for c in back.said_of(1)] == ["<b>Slow</b> down"]
    assert [c.text for c in back.said_of(0)] == ["A brave try"]
    (override,) = back.overrides_of(1)
    assert (override.code, override.level) == (Misstep.PUSH, Level.NOT_YET)
    assert back.checked == {1}
    # The coder's own word is as it was.
    assert house.practice.open_attempt(attempt_id=attempt.id, learner=MIRA.id) == attempt


def test_overrides_and_comments_are_taken_back(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort)
    comment = house.respond.comment(RUTH, attempt.id, 1, "No")
    house.respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.CLEAR, why="one")
    house.respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.EMERGING, why="two")
    house.respond.check(RUTH, attempt.id, 1, checked=True)
    returned = house.respond.open(RUTH, attempt.id).returned
    assert [(o.level, o.why) for o in returned.overrides] == [(Level.EMERGING, "two")]
    house.respond.drop_override(RUTH, attempt.id, 1, Move.OWN)
    house.respond.uncomment(RUTH, attempt.id, comment.id)
    house.respond.check(RUTH, attempt.id, 1, checked=False)
    assert not house.respond.open(RUTH, attempt.id).returned


def test_what_cannot_be_said(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort)
    respond = house.respond
    for text in ("", "  \n", "x" * (MAX_COMMENT + 1), "half \ud83d", "bell \a"):
        with pytest.raises(ClassError) as refused:
            respond.comment(RUTH, attempt.id, 1, text)
        assert "xxx" not in str(refused.value)
    with pytest.raises(ClassError, match="no such reply"):
        respond.comment(RUTH, attempt.id, 2, "Yes")
    with pytest.raises(ClassError, match="already"):
        respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.NOT_YET, why="so")
    with pytest.raises(ClassError, match="reason is empty"):
        respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.CLEAR, why=" ")
    with pytest.raises(ClassError, match="reason is"):
        respond.override(
            RUTH, attempt.id, 1, code=Move.OWN, level=Level.CLEAR, why="x" * (MAX_WHY + 1)
        )
    with pytest.raises(ClassError, match="no such reply"):
        respond.check(RUTH, attempt.id, 9, checked=True)
    with pytest.raises(ClassError, match="name is"):
        house.supervise.make_class(RUTH, "x" * (MAX_NAME + 1))
    assert not respond.open(RUTH, attempt.id).returned


def test_assignments(house: House, cohort: Cohort) -> None:
    soon = datetime(2026, 10, 1, tzinfo=UTC)
    assign = house.supervise.assign
    late = assign(RUTH, cohort.id, title="Later", scenarios=[SCENARIO], due=None)
    first = assign(RUTH, cohort.id, title="First", scenarios=[SCENARIO, "for-the-record"], due=soon)
    for scenarios in ([], ["no-such"], [SCENARIO, "no-such"]):
        with pytest.raises(ClassError, match="Choose one scenario"):
            assign(RUTH, cohort.id, title="None", scenarios=scenarios, due=None)
    assert house.classroom.assignments(MIRA) == ()
    house.handed_in(MIRA, cohort)
    told = house.classroom.assignments(MIRA)
    assert [(one.assignment, one.done) for one in told] == [(first, False), (late, True)]
    assert told[0].handed_in == {SCENARIO}
    house.supervise.unassign(RUTH, cohort.id, late.id)
    assert house.supervise.assignments(RUTH, cohort.id) == (first,)


def test_the_picture_counts_the_supervisors_level_and_ranks_nobody(
    house: House, cohort: Cohort
) -> None:
    mira = house.handed_in(MIRA, cohort, CLEAR)
    house.handed_in(ADA, cohort, PUSHED)
    house.classroom.join(STRANGER, cohort.join_code)
    picture = house.reporting.picture(RUTH, cohort.id, named=True)
    assert [(p.name, p.attempts, p.replies, p.missteps) for p in picture.people] == [
        ("Ada", 1, 1, 1),
        ("Mira", 1, 1, 0),
        ("Nobody", 0, 0, 0),
    ]
    assert (picture.steps[Move.NOTICE].tries, picture.steps[Move.NOTICE].clear) == (2, 1)
    house.respond.override(RUTH, mira.id, 1, code=Move.NOTICE, level=Level.EMERGING, why="not yet")
    again = house.reporting.picture(RUTH, cohort.id, named=False)
    assert again.steps[Move.NOTICE].clear == 0
    assert [p.name for p in again.people] == ["Learner 1", "Learner 2", "Learner 3"]
    assert again.people[0].replies == 1
    assert again.people[2].replies == 0


def test_agreement_counts_checked_replies_only(house: House, cohort: Cohort) -> None:
    one = house.handed_in(MIRA, cohort, CLEAR)
    two = house.handed_in(ADA, cohort, PUSHED)
    house.respond.override(RUTH, one.id, 1, code=Move.NOTICE, level=Level.EMERGING, why="hardly")
    house.respond.override(RUTH, one.id, 1, code=Move.OWN, level=Level.CLEAR, why="her share")
    assert house.reporting.agreement(RUTH, cohort.id) == ()
    house.respond.check(RUTH, one.id, 1, checked=True)
    house.respond.check(RUTH, two.id, 1, checked=True)
    found = {tally.code: tally for tally in house.reporting.agreement(RUTH, cohort.id)}
    assert set(found) == set(CODES)
    assert found[Move.NOTICE] == Tally(code=Move.NOTICE, both=1, neither=1, same_level=1)
    assert found[Move.OWN] == Tally(code=Move.OWN, supervisor_only=1, neither=1, same_level=1)
    assert found[Misstep.PUSH] == Tally(code=Misstep.PUSH, both=1, neither=1, same_level=2)
    assert found[Misstep.PUSH].kappa == 1
    assert found[Move.OWN].kappa == 0
    assert found[Move.SAFETY].kappa is None


def test_kappa() -> None:
    # Cohen (1960): 20 and 15 of 50 agreed, 5 and 10 not, gives .40.
    tally = Tally(code=Move.OWN, both=20, coder_only=5, supervisor_only=10, neither=15)
    assert tally.kappa == pytest.approx(0.4)
    assert tally.agreement == pytest.approx(0.7)


def test_exports(house: House, cohort: Cohort) -> None:
    formula = "=HYPERLINK(0) went quiet when I brought up the log. What was it like for you?"
    attempt = house.handed_in(MIRA, cohort, formula)
    house.handed_in(ADA, cohort)
    house.respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.CLEAR, why="@SUM(1)")
    house.respond.comment(RUTH, attempt.id, 1, "+1")
    house.practice.dispute(
        attempt_id=attempt.id, learner=MIRA.id, number=1, code=Move.NOTICE, why="-no"
    )
    rows = list(csv.DictReader(io.StringIO(house.reporting.as_csv(RUTH, cohort.id, named=True))))
    assert [row["learner"] for row in rows] == ["Mira", "Ada"]
    assert (rows[0]["own"], rows[0]["own_by_hand"], rows[1]["own_by_hand"]) == ("0", "2", "")
    assert rows[0]["reply"] == f"'{formula}"
    assert rows[0]["comments"] == "'+1"
    assert rows[0]["reasons"] == "own: @SUM(1)"
    assert rows[0]["disputed"] == "notice: -no"
    told = json.loads(house.reporting.as_json(RUTH, cohort.id, named=False))
    assert told[0]["reply"] == formula
    assert [row["learner"] for row in told] == ["Learner 1", "Learner 2"]
    assert MIRA.id not in json.dumps(told)
    home = "https://practice.example.edu"
    named, hidden = (
        json.loads(house.reporting.as_xapi(RUTH, cohort.id, named=named, home=home))
        for named in (True, False)
    )
    assert {statement["actor"].get("name") for statement in named} == {"Mira", "Ada"}
    assert {statement["actor"].get("name") for statement in hidden} == {None}
    for wrong in ("", "practice", "javascript:alert(1)"):
        with pytest.raises(SettingsError):
            house.reporting.as_xapi(RUTH, cohort.id, named=True, home=wrong)
    assert house.reporting.as_csv(RUTH, house.supervise.make_class(RUTH, "New").id, named=True) == (
        "class\r\n"
    )


def test_leaving_takes_back(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort)
    house.classroom.leave(MIRA, cohort.id)
    assert house.respond.inbox(RUTH, cohort.id) == ()
    assert house.classroom.submission(MIRA, attempt.id) is None
    again = house.handed_in(ADA, cohort)
    house.supervise.dismiss(RUTH, cohort.id, ADA.id)
    assert house.respond.inbox(RUTH, cohort.id) == ()
    assert house.practice.open_attempt(attempt_id=again.id, learner=ADA.id) == again


def test_a_class_that_is_deleted_leaves_the_attempts(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort)
    house.respond.comment(RUTH, attempt.id, 0, "Good")
    house.supervise.assign(RUTH, cohort.id, title="x", scenarios=[SCENARIO], due=None)
    house.supervise.delete_class(RUTH, cohort.id)
    assert house.supervise.classes(RUTH) == ()
    assert house.classroom.classes(MIRA) == ()
    assert [c.text for c in house.classroom.returned(MIRA, attempt.id).comments] == ["Good"]


def test_deleting_an_attempt_deletes_what_was_said_of_it(house: House, cohort: Cohort) -> None:
    attempt = house.handed_in(MIRA, cohort)
    house.respond.comment(RUTH, attempt.id, 0, "Good")
    house.practice.store.delete_all(MIRA.id)
    assert house.respond.inbox(RUTH, cohort.id) == ()
    assert house.practice.store.returned([attempt.id]) == {}
    assert house.supervise.members(RUTH, cohort.id) == ()


def test_another_supervisor_sees_and_changes_nothing_that_was_said_before(
    house: House, cohort: Cohort
) -> None:
    attempt = house.handed_in(MIRA, cohort)
    mine = house.respond.comment(RUTH, attempt.id, 1, "Between you and me")
    house.respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.CLEAR, why="so")
    house.respond.check(RUTH, attempt.id, 1, checked=True)
    house.classroom.take_back(MIRA, attempt.id)
    autumn = house.supervise.make_class(OTHER, "Autumn")
    house.classroom.join(MIRA, autumn.join_code)
    house.classroom.submit(MIRA, attempt.id, autumn.id)

    assert not house.respond.open(OTHER, attempt.id).returned
    assert not house.respond.inbox(OTHER, autumn.id)[0].answered
    assert "Between" not in house.reporting.as_csv(OTHER, autumn.id, named=True)
    assert house.reporting.agreement(OTHER, autumn.id) == ()
    house.respond.uncomment(OTHER, attempt.id, mine.id)
    house.respond.drop_override(OTHER, attempt.id, 1, Move.OWN)
    with pytest.raises(ClassError, match="another supervisor"):
        house.respond.override(OTHER, attempt.id, 1, code=Move.OWN, level=Level.EMERGING, why="no")
    house.respond.comment(OTHER, attempt.id, 1, "Well seen")

    returned = house.classroom.returned(MIRA, attempt.id)
    assert [comment.text for comment in returned.comments] == ["Between you and me", "Well seen"]
    assert [override.why for override in returned.overrides] == ["so"]


# Each use case, and the wrong people for it. `them` is the supervisor's class with Mira's attempt.


@dataclass
class Them:
    house: House
    cohort: Cohort
    attempt: Attempt
    comment: str


@pytest.fixture
def them(house: House, cohort: Cohort) -> Them:
    attempt = house.handed_in(MIRA, cohort)
    said = house.respond.comment(RUTH, attempt.id, 1, "Good")
    house.respond.override(RUTH, attempt.id, 1, code=Move.OWN, level=Level.CLEAR, why="so")
    # The wrong supervisor has a class of their own, with an attempt of Ada's in it.
    house.handed_in(ADA, house.supervise.make_class(OTHER, "Autumn"))
    return Them(house, cohort, attempt, said.id)


SUPERVISORS = {
    "close_class": lambda t, p: t.house.supervise.close_class(p, t.cohort.id, closed=True),
    "delete_class": lambda t, p: t.house.supervise.delete_class(p, t.cohort.id),
    "members": lambda t, p: t.house.supervise.members(p, t.cohort.id),
    "dismiss": lambda t, p: t.house.supervise.dismiss(p, t.cohort.id, MIRA.id),
    "assign": lambda t, p: t.house.supervise.assign(
        p, t.cohort.id, title="x", scenarios=[SCENARIO], due=None
    ),
    "unassign": lambda t, p: t.house.supervise.unassign(p, t.cohort.id, "x"),
    "assignments": lambda t, p: t.house.supervise.assignments(p, t.cohort.id),
    "waiting": lambda t, p: t.house.supervise.waiting(p, t.cohort.id),
    "inbox": lambda t, p: t.house.respond.inbox(p, t.cohort.id),
    "open": lambda t, p: t.house.respond.open(p, t.attempt.id),
    "comment": lambda t, p: t.house.respond.comment(p, t.attempt.id, 1, "Bad"),
    "uncomment": lambda t, p: t.house.respond.uncomment(p, t.attempt.id, t.comment),
    "override": lambda t, p: t.house.respond.override(
        p, t.attempt.id, 1, code=Move.NAME, level=Level.CLEAR, why="so"
    ),
    "drop_override": lambda t, p: t.house.respond.drop_override(p, t.attempt.id, 1, Move.OWN),
    "check": lambda t, p: t.house.respond.check(p, t.attempt.id, 1, checked=True),
    "picture": lambda t, p: t.house.reporting.picture(p, t.cohort.id, named=False),
    "agreement": lambda t, p: t.house.reporting.agreement(p, t.cohort.id),
    "wholes": lambda t, p: t.house.respond.wholes(p, t.cohort.id),
    "as_csv": lambda t, p: t.house.reporting.as_csv(p, t.cohort.id, named=False),
    "as_xapi": lambda t, p: t.house.reporting.as_xapi(
        p, t.cohort.id, named=False, home="https://practice.example.edu"
    ),
    "as_json": lambda t, p: t.house.reporting.as_json(p, t.cohort.id, named=False),
}
#: Those that need no class of one's own, but to supervise.
ROLE_ONLY = {
    "classes": lambda t, p: t.house.supervise.classes(p),
    "make_class": lambda t, p: t.house.supervise.make_class(p, "Mine"),
}
LEARNERS = {
    "submit": lambda t, p: t.house.classroom.submit(p, t.attempt.id, t.cohort.id),
    "take_back": lambda t, p: t.house.classroom.take_back(p, t.attempt.id),
    "submission": lambda t, p: t.house.classroom.submission(p, t.attempt.id),
    "returned": lambda t, p: t.house.classroom.returned(p, t.attempt.id),
}
#: What a learner does with their own only: there is no id to give that could be another's.
OWN_ONLY = {"classes", "join", "leave", "assignments", "handed_in", "answered"}


def as_it_stands(them: Them) -> tuple[object, ...]:
    store = them.house.practice.store
    return (
        store.cohort(them.cohort.id),
        store.members(them.cohort.id),
        store.assignments(them.cohort.id),
        store.submitted(them.cohort.id),
        store.returned([them.attempt.id]),
        store.get(them.attempt.id),
    )


@pytest.mark.parametrize("wrong", [OTHER, MIRA, ADA, STRANGER], ids=lambda p: p.name)
@pytest.mark.parametrize("use_case", SUPERVISORS)
def test_a_class_is_its_supervisors_alone(them: Them, use_case: str, wrong: Person) -> None:
    before = as_it_stands(them)
    with pytest.raises(AccessError) as refused:
        SUPERVISORS[use_case](them, wrong)
    assert "Mira" not in str(refused.value)
    assert as_it_stands(them) == before


@pytest.mark.parametrize("use_case", SUPERVISORS)
def test_somebody_who_supervises_no_more_is_let_in_nowhere(them: Them, use_case: str) -> None:
    with pytest.raises(AccessError):
        SUPERVISORS[use_case](them, replace(RUTH, role=Role.LEARNER))


@pytest.mark.parametrize("use_case", {**SUPERVISORS, **ROLE_ONLY})
def test_the_right_person_may(them: Them, use_case: str) -> None:
    {**SUPERVISORS, **ROLE_ONLY}[use_case](them, RUTH)


@pytest.mark.parametrize("use_case", ROLE_ONLY)
def test_learners_make_no_classes(them: Them, use_case: str) -> None:
    with pytest.raises(AccessError):
        ROLE_ONLY[use_case](them, MIRA)


@pytest.mark.parametrize("wrong", [RUTH, OTHER, ADA, STRANGER], ids=lambda p: p.name)
@pytest.mark.parametrize("use_case", LEARNERS)
def test_an_attempt_is_its_learners_alone(them: Them, use_case: str, wrong: Person) -> None:
    before = as_it_stands(them)
    with pytest.raises(AccessError):
        LEARNERS[use_case](them, wrong)
    assert as_it_stands(them) == before


def test_nothing_is_handed_in_to_a_class_of_others(them: Them) -> None:
    attempt = them.house.attempt(STRANGER, CLEAR)
    for cohort_id in (them.cohort.id, "no-such"):
        with pytest.raises(AccessError, match="not in that class"):
            them.house.classroom.submit(STRANGER, attempt.id, cohort_id)


@pytest.mark.parametrize("forged", ["", "no-such", "../../x", "' OR 1=1 --", "x" * 10_000])
def test_a_forged_id_opens_nothing(them: Them, forged: str) -> None:
    with pytest.raises(AccessError):
        them.house.respond.open(RUTH, forged)
    with pytest.raises(AccessError):
        them.house.respond.inbox(RUTH, forged)
    with pytest.raises(AccessError):
        them.house.classroom.returned(MIRA, forged)


def test_every_use_case_is_tried() -> None:
    """So that a new one cannot be forgotten here."""

    def public(kind: type) -> set[str]:
        return {n for n, _ in inspect.getmembers(kind, inspect.isfunction) if not n.startswith("_")}

    theirs = public(Supervise) | public(Respond) | public(Reporting)
    assert theirs == set(SUPERVISORS) | set(ROLE_ONLY)
    assert public(Classroom) == set(LEARNERS) | OWN_ONLY
