"""The pages as somebody meets them who is logged in, was, or is not."""

import itertools
import time
from collections.abc import Callable
from pathlib import Path

import pytest
import streamlit as st
from streamlit.runtime.caching import cache_utils
from streamlit.testing.v1 import AppTest

from tutor.access import person_of
from tutor.domain.access import Roles
from tutor.errors import LoginNeeded
from tutor.ui import frame, resources, who

CLEAR = "You went quiet when I brought up the log. What was it like for you when I asked?"
LEARNER = {
    "is_logged_in": True,
    "iss": "https://id.example.edu",
    "sub": "7",
    "name": "Mo <i>Lind</i>",
    "email": "mo@example.edu",
}
MO = person_of(LEARNER, Roles())
AUTH = {
    "redirect_uri": "http://localhost:8501/oauth2callback",
    "cookie_secret": "not very secret but long enough",
    "campus": {"client_id": "tutor", "client_secret": "x", "server_metadata_url": "https://x"},
}


def text_of(app: AppTest) -> str:
    return "\n".join(e.proto.body for e in app.get("html") if "<style>" not in e.proto.body)


def labels(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    return next(b for b in app.button if b.label == label).click().run()


def say(app: AppTest, reply: str) -> AppTest:
    return app.chat_input[0].set_value(reply).run()


@pytest.fixture
def accounts(app: AppTest) -> AppTest:
    app.secrets["auth"] = AUTH
    app.user = dict(LEARNER)
    return app


def test_before_the_login_there_is_the_login_and_nothing_else(accounts: AppTest) -> None:
    accounts.user = {}
    accounts.run()
    for page in (frame.START, frame.PRACTICE, frame.SUMMARY, frame.REPLAY):
        accounts.switch_page(page).run()
        assert not accounts.exception
        assert labels(accounts) == ["Log in with Campus"]
        assert "The tutor stores" in text_of(accounts)


def test_who_is_logged_in_has_a_name_and_attempts_of_their_own(accounts: AppTest) -> None:
    press(accounts.run(), "Start with Ana")
    assert "Mo &lt;i&gt;Lind&lt;/i&gt;" in text_of(accounts)
    assert "Log out" in labels(accounts)
    say(accounts, CLEAR)
    (mine,) = resources.review().attempts(learner=MO.id)
    accounts.user = LEARNER | {"sub": "8"}
    accounts.session_state["tutor"].attempt = None
    accounts.run()
    assert "no such conversation" in text_of(accounts)
    assert f"go-{mine.id}" not in [button.key for button in accounts.button]


def test_when_the_login_is_over_nothing_is_stored_and_the_words_can_be_copied(
    accounts: AppTest,
) -> None:
    accounts.user["exp"] = time.time() + 3600
    press(accounts.run(), "Start with Ana")
    accounts.user["exp"] = time.time() - 1
    say(accounts, CLEAR)
    assert not accounts.exception
    assert "Your login has expired" in text_of(accounts)
    assert [code.value for code in accounts.code] == [CLEAR]
    (mine,) = resources.review().attempts(learner=MO.id)
    assert mine.turns == ()


def test_what_is_made_later_is_made_for_whoever_is_still_logged_in(
    accounts: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A download is made when it is asked for, and then no session says who asks."""
    accounts.user["exp"] = time.time() + 3600
    press(accounts.run(), "Start with Ana")
    say(accounts, CLEAR)
    made: list[Callable[[], str]] = []

    def button(_label: str, *, data: Callable[[], str], **_: object) -> None:
        made.append(data)

    monkeypatch.setattr(st, "download_button", button)
    accounts.switch_page("progress.py").run()
    assert not accounts.exception
    assert all(CLEAR in make() for make in made)
    assert len(made) == 2
    later = time.time() + 3601
    monkeypatch.setattr(who.time, "time", lambda: later)
    for make in made:
        with pytest.raises(LoginNeeded, match="expired"):
            make()


def test_what_a_tab_holds_is_shown_to_nobody_else(accounts: AppTest) -> None:
    press(accounts.run(), "Start with Ana")
    say(accounts, CLEAR)
    accounts.user = LEARNER | {"sub": "8"}
    accounts.switch_page(frame.SUMMARY).run()
    assert not accounts.exception
    assert "no such conversation" in text_of(accounts)
    assert CLEAR not in text_of(accounts)


@pytest.mark.parametrize(
    ("roles", "says"),
    [({"supervisor": ["a@b.edu"]}, "&#x27;supervisor&#x27;"), ({"claim": "groups"}, "takes both")],
)
def test_roles_that_make_no_sense_are_said(accounts: AppTest, roles, says: str) -> None:
    accounts.secrets["roles"] = roles
    accounts.run()
    assert says in text_of(accounts)
    assert labels(accounts) == ["Try again"]


def test_a_login_that_does_not_say_who_it_is_goes_no_further(accounts: AppTest) -> None:
    accounts.user["sub"] = ""
    accounts.run()
    assert "lacks an issuer or a subject" in text_of(accounts)
    assert labels(accounts) == ["Log in with Campus"]


def test_in_the_open_each_browser_is_somebody_else(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_ACCESS", "open")
    press(app.run(), "Start with Ana")
    say(app, CLEAR)
    assert "Log out" not in labels(app)
    other = AppTest.from_file(app._script_path, default_timeout=30).run()
    assert not any(label.startswith("Go on with") for label in labels(other))
    press(app, "End and see the summary")
    assert "How the alliance moved" in text_of(app)


def test_a_server_that_others_could_reach_shows_nothing_but_what_to_do(app: AppTest) -> None:
    before = st.get_option("server.address")
    st.config.set_option("server.address", "0.0.0.0")
    try:
        app.run()
    finally:
        st.config.set_option("server.address", before)
    assert not app.exception
    assert "TUTOR_ACCESS=open" in text_of(app)
    assert labels(app) == ["Try again"]


def test_secrets_that_cannot_be_read_do_not_open_the_door(
    app: AppTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\n", encoding="utf-8")
    before = st.get_option("secrets.files")
    st.config.set_option("secrets.files", [str(broken)])
    try:
        app.run()
    finally:
        st.config.set_option("secrets.files", before)
    assert "secrets.toml cannot be read" in text_of(app)
    assert labels(app) == ["Try again"]


def test_what_is_configured_is_found_however_the_clock_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A cache that forgets by time may do so between looking for a value and reading it."""
    clock = itertools.count(step=0.3)
    monkeypatch.setattr(cache_utils, "TTLCACHE_TIMER", lambda: next(clock))
    st.cache_resource.clear()
    assert [who.secret("auth") for _ in range(30)] == [{}] * 30
