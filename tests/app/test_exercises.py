"""The exercises, hints and progress as a learner meets them, without a browser."""

from streamlit.testing.v1 import AppTest

from tests.app.test_pages import CLEAR, press, text_of
from tutor.domain.access import LOCAL
from tutor.domain.exercise import Exercise
from tutor.ui import resources

PAGE = "{}.py"


def open_page(app: AppTest, name: str) -> AppTest:
    app.run()
    return app.switch_page(PAGE.format(name)).run()


def test_a_marker_is_spotted_and_the_answer_told_at_once(app: AppTest) -> None:
    open_page(app, "drill")
    study = resources.study()
    asked = app.session_state["tutor"].asked[Exercise.DRILL]
    item = next(item for item in study.drill if item.id == asked.item)
    assert item.says in text_of(app)
    app.button_group[0].set_value(item.answer).run()
    if item.markers:
        app.selectbox[0].set_value(item.markers[0]).run()
        app.radio[0].set_value(item.strained[0]).run()
    press(app, "Check")
    assert "You saw it." in text_of(app)
    assert item.shows in text_of(app)
    press(app, "Next line")
    assert "1 of" in text_of(app)
    assert len(study.answers(learner=LOCAL.id, exercise=Exercise.DRILL)) == 1


def test_a_question_explains_every_option(app: AppTest) -> None:
    open_page(app, "quiz")
    study = resources.study()
    asked = app.session_state["tutor"].asked[Exercise.QUIZ]
    question = next(q for q in study.quiz if q.id == asked.item)
    app.radio[0].set_value(0).run()
    press(app, "Check")
    for option in question.options:
        assert option.why in text_of(app)
    assert question.source in text_of(app)
    press(app, "Next question")
    assert app.session_state["tutor"].asked[Exercise.QUIZ].item != question.id


def test_a_client_who_is_asked_openly_answers_openly(app: AppTest) -> None:
    open_page(app, "checkin")
    asked = app.session_state["tutor"].asked[Exercise.CHECKIN]
    item = next(item for item in resources.study().checkins if item.id == asked.item)
    app.text_area[0].set_value("Thanks. See you next week.").run()
    press(app, "Say it")
    assert item.answers[0].says in text_of(app)
    press(app, "Ask again, another way")
    app.text_area[0].set_value("How is this way of working for you?").run()
    press(app, "Say it")
    assert item.answers[2].says in text_of(app)
    press(app, "Another client")
    assert app.session_state["tutor"].asked[Exercise.CHECKIN].item != item.id


def test_an_empty_check_in_is_told_in_words(app: AppTest) -> None:
    open_page(app, "checkin")
    press(app, "Say it")
    assert not app.exception
    assert "What do you say?" in [area.label for area in app.text_area]


def test_the_first_line_is_looked_at_before_the_reply(app: AppTest) -> None:
    app.run()
    app.button(key="start-breathing-log").click().run()
    assert "Before you answer" in text_of(app)
    press(app, "Go straight to my reply")
    assert "Your turn" in text_of(app)
    press(app, "A hint")
    look = resources.practice().scenario("breathing-log").first.look
    assert look in text_of(app)


def test_the_question_can_be_switched_off(app: AppTest) -> None:
    app.run()
    assert "Withdrawal" not in text_of(app)
    app.toggle[0].set_value(False).run()
    assert "Withdrawal" in text_of(app)
    app.button(key="start-breathing-log").click().run()
    assert "Before you answer" not in text_of(app)


def test_filters_and_search_narrow_the_choice(app: AppTest) -> None:
    app.run()
    app.text_input(key="find-text").set_value("bus driver birmingham").run()
    assert [b.key for b in app.button if b.key.startswith("start-")] == ["start-sleep-timetable"]
    app.text_input(key="find-text").set_value("nobody at all like this").run()
    assert "No client is like that" in text_of(app)


def test_progress_shows_what_was_tried_and_deletes_it_for_good(app: AppTest) -> None:
    practice = resources.practice()
    attempt = practice.start_attempt(scenario_id="breathing-log", learner=LOCAL.id)
    practice.submit_reply(
        attempt_id=attempt.id, learner=LOCAL.id, revision=attempt.revision, reply=CLEAR
    )
    open_page(app, "progress")
    assert "too early to say" in text_of(app)
    app.button(key=f"look-{attempt.id}").click().run()
    assert CLEAR.partition(".")[0] in text_of(app)
    open_page(app, "progress")
    app.button(key=f"delete-{attempt.id}").click().run()
    press(app, "Delete it")
    assert resources.review().attempts(learner=LOCAL.id) == ()
    assert "nothing to show yet" in text_of(app)


def test_tries_that_were_taken_back_are_not_said_to_be_none(app: AppTest) -> None:
    practice = resources.practice()
    attempt = practice.start_attempt(scenario_id="breathing-log", learner=LOCAL.id)
    app.run()
    assert "no reply yet" in text_of(app)
    for reply in (CLEAR, "What would you change?"):
        attempt = practice.submit_reply(
            attempt_id=attempt.id, learner=LOCAL.id, revision=attempt.revision, reply=reply
        )
        attempt = practice.retry_moment(
            attempt_id=attempt.id, learner=LOCAL.id, revision=attempt.revision
        )
    app.run()
    assert "every try taken back" in text_of(app)
