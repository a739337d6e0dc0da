"""The pages as a learner meets them, without a browser."""

import re
import shutil
import sqlite3
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tutor.domain.access import LOCAL
from tutor.domain.vocabulary import Move
from tutor.settings import MAX_REPLY, ROOT
from tutor.ui import frame, resources

CLEAR = "You went quiet when I brought up the log. What was it like for you when I asked?"
PUSHED = "Let's try the log again this week. You have to want to change."
PAYLOADS = (
    "<script>alert('owned')</script>",
    "<img src=x onerror=alert(1)>",
    '"><form action="https://example.org"><input name=secret></form>',
    "<style>body{display:none}</style>",
    "**bold** [link](javascript:alert(1)) ![](https://example.org/a.png) :red[red] $x^2$",
    "</div></mark>&lt;b&gt;",
)
#: Every element that a page is made of; whatever else shows up was typed.
ALLOWED = set(
    "b br caption dd details div dl dt em figcaption figure h1 h2 h3 i img li mark ol p section "
    "span summary table tbody td th thead tr ul".split()
)


class Shown(HTMLParser):
    """The tags of some HTML, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def html_of(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


def text_of(app: AppTest) -> str:
    return Shown(html_of(app)).text


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def begin(app: AppTest, name: str = "Ana") -> AppTest:
    app.run()
    return press(app, f"Start with {name}")


def say(app: AppTest, reply: str) -> AppTest:
    return app.chat_input[0].set_value(reply).run()


def stored(database: Path) -> int:
    with sqlite3.connect(database) as db:
        count: int = db.execute("select count(*) from turn").fetchone()[0]
    db.close()
    return count


def test_the_start_page_says_what_this_is_and_offers_every_scenario(app):
    app.run()
    assert not app.exception
    shown = text_of(app)
    for words in ("fictional", "no crisis service", "no supervision", "no assessment"):
        assert words in re.sub(r"\s+", " ", shown)
    scenarios = resources.practice().scenarios
    assert len([label for label in labels(app) if label.startswith("Start with")]) == len(scenarios)
    for scenario in scenarios:
        assert f"{scenario.client.name}, {scenario.client.age}" in shown
        assert scenario.practises in shown


def test_before_the_first_reply_the_straining_line_and_the_background_are_shown(app):
    begin(app)
    scenario = resources.practice().scenario("breathing-log")
    shown = text_of(app)
    assert scenario.before in shown
    assert scenario.background in shown
    assert any(line.says in shown for line in scenario.opening)
    assert "Show a model reply" not in labels(app)


def test_a_reply_is_stored_answered_and_marked_in_words(app, database):
    begin(app)
    say(app, CLEAR)
    assert stored(database) == 1
    shown = text_of(app)
    assert "Notice · clear" in shown
    assert "asked for now" in shown
    assert "One thing to try." in shown
    assert "The alliance with Ana" in shown
    attempt = app.session_state["tutor"].attempt
    assert attempt.turns[-1].response.line.says in shown
    assert resources.practice().scenario("breathing-log").background not in shown


def test_a_misstep_is_quoted_with_another_way_to_say_it_once(app):
    begin(app)
    say(app, "Let's try the log again this week.")
    body = html_of(app)
    assert '<mark class="misstep">' in body
    assert "Another way:" not in body  # it is the one thing to try
    assert body.count("Leave the plan and stay with what happened") == 1


def test_a_second_misstep_has_another_way_of_its_own(app):
    begin(app)
    say(app, PUSHED)
    assert html_of(app).count("Another way:") == 1


def test_trying_again_keeps_both_tries_and_says_what_changed(app, database):
    begin(app)
    say(app, PUSHED)
    press(app, "Try this moment again")
    assert "Your earlier try at this moment" in text_of(app)
    assert PUSHED in text_of(app)
    assert "second try" in text_of(app)
    say(app, CLEAR)
    shown = text_of(app)
    assert "Both tries at this moment" in shown
    assert re.search(r"Notice\s*Not yet\s*Clear\s*more", shown)
    assert "gone" in shown
    assert stored(database) == 2


def test_model_replies_and_why_not_are_shown_on_demand(app):
    begin(app)
    say(app, PUSHED)
    before = text_of(app)
    press(app, "Show a model reply")
    model = next(
        r for r in resources.practice().scenario("breathing-log").first.replies if r.kind == "model"
    )
    assert model.comment not in before
    assert model.comment in text_of(app)
    press(app, "Why not …?")
    assert "It would be clear if:" in text_of(app)
    assert model.comment not in text_of(app)


def test_going_on_puts_the_feedback_away_and_a_reply_brings_it_back(app):
    begin(app)
    say(app, CLEAR)
    press(app, "Go on")
    assert "What this reply did" not in text_of(app)
    say(app, "What would you want us to change?")
    assert "What this reply did" in text_of(app)


@pytest.mark.parametrize("reply", [" ", "\n\t ", "\N{IDEOGRAPHIC SPACE}"])
def test_a_blank_reply_stores_nothing_and_gets_a_hint(app, database, reply):
    begin(app)
    say(app, reply)
    assert stored(database) == 0
    assert "Nothing was sent" in text_of(app)


def test_a_reply_that_is_too_long_is_refused_with_its_length_and_kept_as_a_draft(app, database):
    begin(app)
    long = "I moved too fast. " * 200
    say(app, long)
    assert stored(database) == 0
    assert f"{MAX_REPLY:,}" in text_of(app)
    assert f"{len(long):,}" in text_of(app)
    assert app.chat_input[0].proto.value == long
    assert app.chat_input[0].proto.set_value


@pytest.mark.parametrize("page", [frame.PRACTICE, frame.SUMMARY])
@pytest.mark.parametrize(
    "wanted", ["no-such-attempt", "../../etc/passwd", "' or 1=1 --", "x" * 9999]
)
def test_an_unknown_attempt_leads_to_the_start_page(app, page, wanted):
    app.run()
    app.switch_page(page)
    app.query_params["attempt"] = wanted
    app.run()
    assert not app.exception
    assert "no such conversation" in text_of(app)
    assert "Start with Ana" in labels(app)


def test_someone_elses_attempt_is_as_good_as_unknown(app):
    app.run()
    other = resources.practice().start_attempt(scenario_id="breathing-log", learner="someone else")
    app.switch_page(frame.PRACTICE)
    app.query_params["attempt"] = other.id
    app.run()
    assert "no such conversation" in text_of(app)
    assert f"go-{other.id}" not in [button.key for button in app.button]


@pytest.mark.parametrize("page", [frame.PRACTICE, frame.SUMMARY])
def test_a_page_without_an_attempt_leads_to_the_scenarios(app, page):
    app.run()
    app.switch_page(page).run()
    assert not app.exception
    press(app, "See the scenarios")
    assert "Start with Ana" in labels(app)


def test_an_unfinished_attempt_goes_on_where_it_was(app):
    begin(app)
    say(app, CLEAR)
    said = app.session_state["tutor"].attempt.turns[-1].response.line.says
    again = AppTest.from_file(app._script_path, default_timeout=30).run()
    assert "1 reply" in text_of(again)
    press(again, "Go on with Ana")
    assert said in text_of(again)
    assert again.session_state["tutor"].attempt.turns[0].reply == CLEAR


def test_the_second_of_two_tabs_is_told_and_keeps_its_draft(app, database):
    begin(app)
    first = app.session_state["tutor"].attempt
    resources.practice().submit_reply(
        attempt_id=first.id, learner=LOCAL.id, revision=first.revision, reply=CLEAR
    )
    say(app, PUSHED)
    assert stored(database) == 1
    assert "another tab or window" in text_of(app)
    assert app.chat_input[0].proto.value == PUSHED
    assert app.session_state["tutor"].attempt.turns[-1].reply == CLEAR


@pytest.mark.parametrize("label", ["Try this moment again", "End and see the summary"])
def test_a_button_in_the_second_of_two_tabs_changes_nothing(app, label):
    begin(app)
    say(app, CLEAR)
    here = app.session_state["tutor"].attempt
    after = resources.practice().submit_reply(
        attempt_id=here.id, learner=LOCAL.id, revision=here.revision, reply="What would you change?"
    )
    press(app, label)
    assert "another tab or window" in text_of(app)
    kept = resources.practice().open_attempt(attempt_id=here.id, learner=LOCAL.id)
    assert kept.revision == after.revision


def test_a_database_that_is_none_gets_a_page_without_a_traceback(app, database):
    database.write_bytes(b"This is no database. " * 500)
    app.run()
    assert not app.exception
    assert "cannot go on just now" in text_of(app)
    assert database.read_bytes().startswith(b"This is no database.")
    database.unlink()
    press(app, "Try again")
    assert "Start with Ana" in labels(app)


def test_a_database_that_fails_during_a_reply_keeps_the_draft(app, database):
    begin(app)
    with sqlite3.connect(database) as db:
        db.execute("drop table turn")
    db.close()
    say(app, CLEAR)
    assert not app.exception
    assert app.chat_input[0].proto.value == CLEAR or "cannot go on" in text_of(app)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_is_shown_as_text_on_every_page(app, payload):
    begin(app)
    reply = f"{CLEAR} {payload} Let's try the log again."
    say(app, reply)
    check(app, payload)
    press(app, "Why not …?")
    check(app, payload)
    press(app, "Try this moment again")
    check(app, payload)
    say(app, f"I moved too fast there, sorry. {payload}")
    check(app, payload)
    press(app, "End and see the summary")
    assert not app.exception
    assert {tag for tag, _ in Shown(html_of(app)).tags} <= ALLOWED


def check(app: AppTest, payload: str) -> None:
    """The payload is on the page as text, and no element of the page came out of it."""
    assert not app.exception
    shown = Shown(html_of(app))
    plain = re.sub(r"(Notice|Invite|Take responsibility|Pushing on)( · \w+)?", "", shown.text)
    assert payload in shown.text or payload in plain
    assert {tag for tag, _ in shown.tags} <= ALLOWED
    assert not app.markdown
    for tag, attrs in shown.tags:
        assert not [name for name in attrs if name.startswith("on")]
        if tag == "img":
            assert (attrs["src"] or "").startswith("data:image/svg+xml;base64,")


@pytest.fixture
def hostile(tmp_path, monkeypatch) -> str:
    """Content with one scenario, in which every text is a payload."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("replies", "scenarios"))
    (data / "scenarios" / "withdrawal").mkdir(parents=True)
    payload = "<script>alert(1)</script> *x* ![](https://example.org/a.png)"
    source = (ROOT / "data" / "scenarios" / "withdrawal" / "breathing-log.yaml").read_text("utf-8")
    for key in ("title", "name", "about", "place", "practises", "demeanour"):
        source = re.sub(
            rf"(?m)^(\s*(?:- )?{key}: ).*(?:\n(?!\s*(?:- )?\w+:).*)*", rf"\1'{payload}'", source
        )
    (data / "scenarios" / "withdrawal" / "breathing-log.yaml").write_text(source, "utf-8")
    monkeypatch.setenv("TUTOR_DATA", str(data))
    st.cache_resource.clear()
    return payload


def test_what_content_says_is_shown_as_text(app, hostile):
    app.run()
    assert not app.exception
    assert hostile in text_of(app)
    (start,) = [button for button in app.button if button.label.startswith("Start with")]
    assert re.sub(r"\\(.)", r"\1", start.label) == f"Start with {hostile}"
    assert not re.search(r"(?<!\\)[<*!\[]", start.label)
    start.click().run()
    check(app, hostile)
    say(app, CLEAR)
    check(app, hostile)
    press(app, "End and see the summary")
    check(app, hostile)


def test_the_summary_tells_the_whole_attempt_and_can_be_kept(app):
    begin(app)
    say(app, CLEAR)
    say(app, PUSHED)
    press(app, next(label for label in labels(app) if label.endswith("see the summary")))
    assert not app.exception
    shown = text_of(app)
    for words in ("How the alliance moved", "The steps, over", "Missteps", "Practice next."):
        assert words in shown
    (download,) = app.get("download_button")
    assert download.proto.label == "Download as Markdown"
    press(app, "Go back to the conversation")
    assert app.chat_input[0].disabled


def test_another_run_of_the_same_scenario_starts_from_the_summary(app):
    begin(app)
    say(app, CLEAR)
    first = app.query_params["attempt"]
    press(app, "End and see the summary")
    press(app, "Try this scenario again")
    assert app.query_params["attempt"] != first
    assert "Before you answer" in text_of(app)


def test_the_page_on_trust_gives_the_figures_and_the_blind_spots(app):
    app.run()
    app.switch_page("trust.py").run()
    assert not app.exception
    shown = text_of(app)
    library = resources.practice()
    assert library.agreement.bank in shown
    assert "The rules in use are not those that were measured" not in shown
    assert all(spot.example.reply in shown for spot in library.trust.blind_spots)
    assert f"{library.agreement.of('check').f1 / 100:.2f}" in shown


def test_what_is_seen_differently_is_shown_as_text(app):
    begin(app)
    say(app, CLEAR)
    attempt = app.session_state["tutor"].attempt
    resources.practice().dispute(
        attempt_id=attempt.id, learner=LOCAL.id, number=1, code=Move.FEEDBACK, why="<i>Asked!</i>"
    )
    assert "You see it differently" not in text_of(app)
    app.run()
    assert "You see it differently" in text_of(app)
    assert "<i>Asked!</i>" in text_of(app)
