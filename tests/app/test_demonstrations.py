"""Demonstrations as a supervisor meets them, without a browser."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import check, html_of, labels, press, text_of
from tests.demo_samples import BADLY, HALF, SEEN, SORRY, a_demo, a_transcript
from tutor.domain.access import LOCAL, Role
from tutor.domain.demo import Beat, Demo, How, Take
from tutor.settings import MAX_LINES, ROOT
from tutor.ui import frame, resources, who

WHEN = datetime(2026, 5, 4, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)> **b** [l](javascript:alert(1)) :red[r] $x$"


def keep(made) -> None:
    store = resources.practice().store
    store.know(LOCAL, WHEN)
    store.keep_demo(LOCAL.id, made, WHEN)


def show(app: AppTest, made, at: int = 0, **query: str) -> AppTest:
    """The player at that place of a demonstration that the supervisor has made."""
    keep(made)
    return visit(app, made.id, at, **query)


def visit(app: AppTest, demo_id: str, at: int | str = 0, **query: str) -> AppTest:
    app.run()
    app.switch_page(frame.DEMO)
    for key, value in {"demo": demo_id, "at": str(at), **query}.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception
    return app


def asked(found, label: str):
    """The widget of that kind with that label."""
    return next(one for one in found if one.label.startswith(label))


def upload(app: AppTest, text: str | None = None, file: tuple[str, bytes, str] | None = None):
    app.run()
    app.switch_page(frame.DEMOS).run()
    if text is not None:
        app.text_area(key="upload-text").set_value(text).run()
    if file is not None:
        app.file_uploader(key="upload-file").set_value(file).run()
    assert not app.exception
    return app


def test_stepping_forward_and_back_keeps_the_place_in_the_address(app):
    show(app, a_demo())
    assert "What it takes to hear a no." in text_of(app)
    assert SEEN not in text_of(app)
    app.button(key="forward").click().run()
    shown = text_of(app)
    assert "Ask the room" in shown
    assert "What do her sleeves say?" in shown
    assert SEEN not in shown
    assert app.button(key="forward").label == "Reveal the reply"
    app.button(key="forward").click().run()
    shown = text_of(app)
    assert "Notice · clear" in shown
    assert "It says what can be seen." not in shown  # that would tell what she answers
    assert "What do her sleeves say?" not in shown
    app.button(key="forward").click().run()
    assert "It says what can be seen." in text_of(app)
    answer = resources.demonstrations().show(a_demo()).steps[0].chosen
    assert answer.answer[0].says in text_of(app)
    assert answer.came.shift.because in text_of(app)
    assert f"--from:{answer.came.before.bond}%;--to:{answer.came.after.bond}%" in html_of(app)
    app.button(key="back").click().run()
    assert answer.answer[0].says not in text_of(app)
    assert app.query_params["at"] == "2"


def test_the_same_moment_stands_there_three_times(app):
    show(app, a_demo(), at=4)
    body = html_of(app)
    places = [body.index(f'<section class="{how}">') for how in How]
    assert places == sorted(places)
    for words in ("Done well", "Half-way there", "Done badly", "It blames her.", "misstep"):
        assert words in text_of(app)


def test_the_end_has_the_questions_and_the_handout(app):
    show(app, a_demo(), at=8)
    assert "When was it heard?" in text_of(app)
    assert app.button(key="forward").disabled
    assert [d.proto.label for d in app.get("download_button")] == [
        "A page to print (HTML)",
        "Markdown",
    ]


@pytest.mark.parametrize("at", ["-1", "x", "", "99999999", "²", "1e3"])
def test_places_that_are_none_are_brought_within(app, at):
    show(app, a_demo())
    app.query_params["at"] = at
    app.run()
    assert not app.exception
    assert "The log comes first" in text_of(app)


def test_the_room_says_it_another_way_and_the_sequence_forks(app):
    show(app, a_demo(), at=1)
    app.button(key="fork").click().run()
    assert "Nothing that is typed here is stored." in text_of(app)
    app.chat_input[0].set_value(BADLY).run()
    shown = text_of(app)
    assert "The room" in shown
    assert "misstep" in shown
    fork = app.session_state["tutor"].fork
    assert fork.attempt.turns[-1].response.line.says in shown
    app.chat_input[0].set_value(SORRY).run()
    assert [t.reply for t in app.session_state["tutor"].fork.attempt.turns] == [BADLY, SORRY]
    app.button(key="again").click().run()
    assert [t.reply for t in app.session_state["tutor"].fork.attempt.turns] == [BADLY]
    app.button(key="return").click().run()
    assert "What do her sleeves say?" in text_of(app)
    assert app.query_params["at"] == "1"
    assert resources.review().attempts(learner=LOCAL.id) == ()


@pytest.mark.parametrize(("at", "step"), [(0, 1), (2, 1), (3, 2), (4, 1), (5, 2), (8, 2)])
def test_from_each_place_the_room_answers_what_was_said_last(app, at, step):
    show(app, a_demo(), at=at)
    app.button(key="fork").click().run()
    assert app.session_state["tutor"].fork.step == step
    app.chat_input[0].set_value(HALF).run()
    assert len(app.session_state["tutor"].fork.attempt.turns) == step


@pytest.mark.parametrize("reply", [" ", "x" * 2_001])
def test_what_cannot_be_taken_from_the_room_stays_in_the_box(app, reply):
    show(app, a_demo(), at=1)
    app.button(key="fork").click().run()
    app.chat_input[0].set_value(reply).run()
    assert "Your words are still in the box." in text_of(app)
    assert app.chat_input[0].proto.value == reply
    assert app.session_state["tutor"].fork.said == 0


def test_the_presenter_view_is_in_the_address_and_shows_nothing_to_edit(app):
    show(app, a_demo(), at=1)
    assert "Your question, your comment, the title" in [e.label for e in app.expander]
    app.button(key="present").click().run()
    assert app.query_params["present"] == "1"
    assert not app.expander
    app.button(key="present").click().run()
    assert "present" not in app.query_params


def test_a_room_does_not_read_beforehand_what_there_is_to_see(app):
    show(app, a_demo(), present="1")
    assert "Before it begins" in text_of(app)
    assert "What it takes to hear a no." not in text_of(app)


def test_without_an_id_there_is_a_way_to_the_list(app):
    visit(app, "")
    assert "Choose first what to show." in text_of(app)
    press(app, "See the demonstrations")
    assert "Conversations to show to a room" in text_of(app)


def test_questions_and_comments_are_written_on_the_page(app):
    show(app, a_demo(), at=5)
    app.text_area[0].set_value("What changed?")
    app.text_area[1].set_value(f"It asks. {HOSTILE}")
    press(app, "Keep these")
    assert "Kept." in text_of(app)
    assert "What changed?" in text_of(app)
    app.button(key="forward").click().run()
    app.button(key="forward").click().run()
    check(app, HOSTILE)


def test_one_is_renamed_and_deleted(app):
    show(app, a_demo())
    app.text_input[0].set_value("Another title")
    press(app, "Keep the title")
    assert "Another title" in text_of(app)
    app.button(key="delete-demo").click().run()
    press(app, "Delete it")
    assert resources.demonstrations().made(LOCAL) == ()


def test_everything_in_it_is_text(app):
    demo = a_demo(
        title=HOSTILE,
        shows=HOSTILE,
        beats=(
            Beat(
                reply=HOSTILE,
                ask=HOSTILE,
                comment=HOSTILE,
                takes=(
                    Take(how=How.HALF, reply=HOSTILE, comment=HOSTILE),
                    Take(how=How.BADLY, reply=HOSTILE, comment=HOSTILE),
                ),
            ),
        ),
        discuss=(HOSTILE,),
    )
    show(app, demo)
    for at in range(6):
        app.query_params["at"] = str(at)
        app.run()
        check(app, HOSTILE)
    app.switch_page(frame.DEMOS).run()
    check(app, HOSTILE)


def test_ones_own_finished_attempt_is_made_into_one_on_its_summary(app):
    practice = resources.practice()
    mine = practice.start_attempt(scenario_id="breathing-log", learner=LOCAL.id, seed=6)
    at = {"attempt_id": mine.id, "learner": LOCAL.id}
    for revision, reply in enumerate((SEEN, SORRY)):
        practice.submit_reply(**at, revision=revision, reply=reply)
    app.run()
    app.switch_page(frame.SUMMARY)
    app.query_params["attempt"] = mine.id
    app.run()
    assert "Make it" not in labels(app)
    practice.finish_attempt(**at, revision=2)
    app.session_state["tutor"].attempt = None
    app.run()
    app.text_input[0].set_value("Mine").run()
    press(app, "Make it")
    assert not app.exception
    (made,) = resources.demonstrations().made(LOCAL)
    assert isinstance(made, Demo)
    assert made.title == "Mine"
    assert app.query_params["demo"] == made.id


def test_a_transcript_is_pasted_and_shown_without_answers(app):
    upload(app, f"Counselor: {SEEN}\nKai: <b>Fine.</b>\nCounselor: {SORRY}")
    assert "3 turns." in text_of(app)
    assert asked(app.multiselect, "Which of them").value == ["Counselor"]
    asked(app.text_input, "Title").set_value("Kai").run()
    app.button(key="upload-keep").click().run()
    assert "Say first that nobody can be recognized" in text_of(app)
    app.checkbox[0].check().run()
    app.button(key="upload-keep").click().run()
    (made,) = resources.demonstrations().made(LOCAL)
    assert app.query_params["demo"] == made.id
    visit(app, made.id, 3)
    assert "<b>Fine.</b>" in text_of(app)
    assert "Where the client is" not in text_of(app)
    app.button(key="fork").click().run()
    assert "It is coded, and not answered" in text_of(app)
    app.chat_input[0].set_value(BADLY).run()
    assert "misstep" in text_of(app)


def test_of_another_text_everything_is_asked_anew(app):
    upload(app, f"Counselor: {SEEN}\nKai: Fine.")
    app.checkbox[0].check().run()
    app.file_uploader(key="upload-file").set_value(("b.txt", b"T: Hm?\nC: No.", "text/plain")).run()
    assert "The file is read, and the text is left aside." in text_of(app)
    assert not app.checkbox[0].value
    assert asked(app.multiselect, "Which of them").value == ["T"]
    assert asked(app.text_input, "Title").value == "b"


BAD = {
    "large": (b"T: x\n" * 4_000_000, "19.1 MB"),
    "encoding": ("T: Grüße\nC: x".encode("cp1252"), "not in UTF-8, from line 1 on"),
    "turns": (b"T: Hm?\nC: No.\n" * 5_000, f"10,000 turns in it; {MAX_LINES}"),
    "html": (b"<html><script>alert(1)</script></html>", "Nobody speaks"),
    "word": (b"PK\x03\x04", "document of another program"),
    "empty": (b"", "Nobody speaks"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_plainly_and_nothing_else_is_lost(app, name):
    raw, told = BAD[name]
    keep(a_transcript())
    upload(app, file=(f"{name}.txt", raw, "text/plain"))
    assert told in text_of(app)
    assert "Keep it, and show it" not in labels(app)
    assert resources.demonstrations().made(LOCAL) == (a_transcript(),)
    app.file_uploader(key="upload-file").set_value(("b.txt", b"T: Hm?\nC: No.", "text/plain")).run()
    assert "2 turns." in text_of(app)


def test_what_might_give_somebody_away_is_pointed_out(app):
    upload(app, "T: Write to a@b.org\nC: Yes.")
    assert "an e-mail address is in line 1" in text_of(app)


def test_the_list_is_narrowed_by_rupture_and_approach(app, monkeypatch):
    app.run()
    demos = resources.demonstrations()
    two = (a_demo(), a_demo(id="fourth", title="Four tenths", scenario="four-tenths"))
    monkeypatch.setattr(demos, "library", replace(demos.library, demos=two))
    app.switch_page(frame.DEMOS).run()
    assert not app.exception
    assert [b.key for b in app.button] == ["show-log-first", "show-fourth"]
    assert "2 replies · one moment three times" in text_of(app)
    app.multiselect[2].set_value(["CBT"]).run()
    assert len(app.button) == 2
    app.text_area(key="upload-text").set_value("half a thought").run()
    app.multiselect[0].set_value(["Withdrawal"]).run()
    assert app.text_area(key="upload-text").value == "half a thought"
    app.button(key="show-log-first").click().run()
    assert app.query_params["demo"] == "log-first"
    assert not app.expander  # it is nobody's to change


@pytest.mark.parametrize("page", ["demos", "demo"])
def test_a_learner_is_refused_in_plain_words(monkeypatch, page):
    keep(a_demo())
    monkeypatch.setattr(who, "me", lambda: replace(LOCAL, role=Role.LEARNER))
    alone = AppTest.from_file(str(ROOT / "tutor" / "ui" / f"{page}.py"), default_timeout=30)
    alone.query_params["demo"] = "log-first"
    alone.run()
    assert not alone.exception
    assert "Demonstrations are for supervisors" in text_of(alone)
    assert "The log comes first" not in text_of(alone)


def test_for_a_learner_the_pages_are_not_even_in_the_navigation(app, monkeypatch):
    monkeypatch.setattr(who, "me", lambda: replace(LOCAL, role=Role.LEARNER))
    app.run()
    for page in (frame.DEMOS, frame.DEMO):
        with pytest.raises(ValueError, match="Could not find"):
            app.switch_page(page)


def test_what_another_supervisor_has_made_is_not_there(app, monkeypatch):
    keep(a_demo())
    app.run()
    monkeypatch.setattr(who, "me", lambda: replace(LOCAL, id="u-bo"))
    visit(app, "log-first", 1)
    assert "no such demonstration among yours" in text_of(app)
    assert "sleeves" not in text_of(app)


def test_one_that_cannot_be_played_any_more_can_be_deleted(app):
    show(app, a_demo(scenario="gone"))
    assert "cannot be played any more" in text_of(app)
    app.button(key="delete-demo").click().run()
    press(app, "Delete it")
    assert resources.demonstrations().made(LOCAL) == ()
