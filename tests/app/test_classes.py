"""A class, from its code to what comes back, through the pages; and seen by others."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import CLEAR, PAYLOADS, html_of, text_of
from tutor.domain.access import Person, Role
from tutor.domain.vocabulary import Level, Move
from tutor.ui import frame, resources, who

RUTH = Person(id="u-ruth", name="Ruth <b>", role=Role.SUPERVISOR)
OTHER = Person(id="u-other", name="Otto", role=Role.SUPERVISOR)
MIRA = Person(id="u-mira", name="Mira *L.*")

As = Callable[[Person], None]


@pytest.fixture
def as_(monkeypatch: pytest.MonkeyPatch) -> As:
    """Be somebody from here on."""

    def be(person: Person) -> None:
        monkeypatch.setattr(who, "me", lambda: person)

    return be


def opened(app: AppTest, page: str, **address: str) -> AppTest:
    app.run()
    app.switch_page(page)
    for name, value in address.items():
        app.query_params[name] = value
    return app.run()


def button(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label.startswith(label)).click().run()


def an_attempt(person: Person, *replies: str) -> str:
    practice = resources.practice()
    attempt = practice.start_attempt(scenario_id="breathing-log", learner=person.id, seed=3)
    for reply in replies or (CLEAR,):
        attempt = practice.submit_reply(
            attempt_id=attempt.id, learner=person.id, revision=attempt.revision, reply=reply
        )
    return attempt.id


def handed_in(app: AppTest) -> tuple[str, str]:
    """A class of Ruth's with an attempt of Mira's: their ids."""
    app.run()
    cohort = resources.supervise().make_class(RUTH, "Spring")
    attempt = an_attempt(MIRA)
    resources.classroom().join(MIRA, cohort.join_code)
    resources.classroom().submit(MIRA, attempt, cohort.id)
    return cohort.id, attempt


def test_from_the_code_to_what_comes_back(app: AppTest, as_: As) -> None:
    as_(RUTH)
    opened(app, frame.CLASSES)
    app.text_input[0].set_value("Spring")
    button(app, "Make the class")
    assert "Spring is there" in text_of(app)
    (cohort,) = resources.supervise().classes(RUTH)
    assert f"{cohort.join_code[:4]}-{cohort.join_code[4:]}" in text_of(app)
    next(t for t in app.text_input if t.label == "Title").set_value("Week 1")
    next(m for m in app.multiselect if m.label == "Clients").set_value(
        [resources.practice().scenario("breathing-log")]
    )
    button(app, "Set it")
    assert "Ana · The breathing log" in text_of(app)
    assert "have handed in all of it" not in text_of(app)  # there is nobody yet

    as_(MIRA)
    opened(app, frame.MY_CLASS)
    app.text_input[0].set_value("WRONG-CODE")
    button(app, "Join")
    assert "No class takes anybody in with that code" in text_of(app)
    app.text_input[0].set_value(cohort.join_code.lower())
    button(app, "Join")
    assert "You are in the class Spring now" in text_of(app)
    assert "Week 1" in text_of(app)
    attempt = an_attempt(MIRA)
    opened(app, frame.SUMMARY, attempt=attempt)
    next(a for a in app.text_area if "Anything you want" in a.label).set_value("Too <b>much</b>?")
    button(app, "Hand in")
    assert "It stands still until you take it back" in text_of(app)

    as_(RUTH)
    opened(app, frame.HANDED_IN)
    assert "Mira *L.*" in text_of(app)
    assert "“Too <b>much</b>?”" in text_of(app)
    opened(app, frame.RESPOND, attempt=attempt)
    assert CLEAR in text_of(app).replace("Notice · clear", "").replace("Invite · clear", "")
    next(s for s in app.selectbox if s.label == "Code").set_value(Move.OWN)
    next(c for c in app.segmented_control).set_value(Level.EMERGING)
    next(a for a in app.text_area if a.label == "Why").set_value("half of it")
    button(app, "Keep this beside")
    assert "Take responsibility: Emerging, where the coder says not yet." in text_of(app)
    next(a for a in app.text_area if "this reply" in a.label).set_value("Good <i>eyes</i>")
    button(app, "Say it to the learner")
    app.checkbox[0].check().run()
    opened(app, frame.PICTURE)
    assert "1 reply gone through" in text_of(app)

    as_(MIRA)
    opened(app, frame.MY_CLASS)
    assert "your supervisor has answered" in text_of(app)
    opened(app, frame.REPLAY, attempt=attempt)
    told = text_of(app)
    assert "Your supervisor has said something about reply 1." in told
    assert "Good <i>eyes</i>" in told
    assert "Take responsibility: Emerging, where the coder says not yet.half of it" in told


def test_what_cannot_be_set_stays_in_the_form(app: AppTest, as_: As) -> None:
    as_(RUTH)
    app.run()
    resources.supervise().make_class(RUTH, "Spring")
    opened(app, frame.CLASSES)
    scenario = resources.practice().scenario("breathing-log")
    next(m for m in app.multiselect if m.label == "Clients").set_value([scenario])
    button(app, "Set it")
    assert "The title is empty" in text_of(app)
    assert next(m for m in app.multiselect if m.label == "Clients").value == [scenario]
    next(t for t in app.text_input if t.label == "Title").set_value("Week 1")
    button(app, "Set it")
    assert "Week 1" in text_of(app)
    assert next(m for m in app.multiselect if m.label == "Clients").value == []


@pytest.mark.parametrize(
    ("page", "on", "there"),
    [
        (frame.HANDED_IN, "Make a class", "Name of a new class"),
        (frame.PICTURE, "Make a class", "Name of a new class"),
        (frame.RESPOND, "See what was handed in", ""),
    ],
)
def test_an_empty_page_has_a_way_to_where_it_begins(
    app: AppTest, as_: As, page: str, on: str, there: str
) -> None:
    as_(RUTH)
    opened(app, page)
    button(app, on)
    assert not app.exception
    assert not there or there in [t.label for t in app.text_input]


def test_an_address_that_no_statement_can_have_is_told_before_the_download(
    app: AppTest, as_: As
) -> None:
    handed_in(app)
    as_(RUTH)
    opened(app, frame.PICTURE)
    home = next(t for t in app.text_input if t.label.startswith("For xAPI"))
    home.set_value("practice").run()
    assert "it has to be an address like" in text_of(app)
    assert "Download as xAPI statements" not in [b.label for b in app.get("download_button")]


def test_what_is_handed_in_cannot_be_tried_again_until_it_is_taken_back(
    app: AppTest, as_: As
) -> None:
    _, attempt = handed_in(app)
    as_(MIRA)
    opened(app, frame.PRACTICE, attempt=attempt)
    app.chat_input[0].set_value("And one more thing.").run()
    assert "has been handed in" in text_of(app)
    assert app.chat_input[0].proto.value == "And one more thing."
    opened(app, frame.MY_CLASS)
    button(app, "Take back")
    assert "It is yours alone again" in text_of(app)
    assert resources.classroom().handed_in(MIRA) == ()


@pytest.mark.parametrize("page", [frame.CLASSES, frame.HANDED_IN, frame.PICTURE])
def test_a_supervisors_page_is_empty_for_another_supervisor(
    app: AppTest, as_: As, page: str
) -> None:
    handed_in(app)
    as_(OTHER)
    opened(app, page)
    assert not app.exception
    assert "Mira" not in text_of(app)
    assert "Spring" not in text_of(app)


@pytest.mark.parametrize("page", [frame.CLASSES, frame.HANDED_IN, frame.RESPOND, frame.PICTURE])
def test_a_learner_has_none_of_the_supervisors_pages(app: AppTest, as_: As, page: str) -> None:
    as_(MIRA)
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        opened(app, page)


def test_a_conversation_is_not_read_by_another_supervisor(app: AppTest, as_: As) -> None:
    _, attempt = handed_in(app)
    as_(OTHER)
    opened(app, frame.RESPOND, attempt=attempt)
    assert not app.exception
    assert "There is no such conversation among those handed in to you" in text_of(app)
    assert CLEAR[:20] not in text_of(app)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_everything_typed_is_shown_as_text(app: AppTest, as_: As, payload: str) -> None:
    cohort, attempt = handed_in(app)
    respond, supervise = resources.respond(), resources.supervise()
    evil = supervise.make_class(RUTH, payload)
    supervise.assign(RUTH, cohort, title=payload, scenarios=["breathing-log"], due=None)
    respond.comment(RUTH, attempt, 1, payload)
    respond.override(RUTH, attempt, 1, code=Move.OWN, level=Level.CLEAR, why=payload)
    resources.classroom().join(Person(id="u-evil", name=payload), evil.join_code)
    resources.classroom().submit(MIRA, attempt, cohort, payload)
    shown = [
        (RUTH, frame.CLASSES, {}),
        (RUTH, frame.HANDED_IN, {}),
        (RUTH, frame.RESPOND, {"attempt": attempt}),
        (RUTH, frame.PICTURE, {}),
        (MIRA, frame.MY_CLASS, {}),
        (MIRA, frame.REPLAY, {"attempt": attempt}),
    ]
    for person, page, address in shown:
        as_(person)
        opened(app, page, **address)
        assert not app.exception
        html = html_of(app)
        assert "<script" not in html
        assert "<form" not in html
        assert "onerror=alert(1)>" not in html
        assert 'example.org/a.png"' not in html
