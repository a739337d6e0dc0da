"""What every page has around it: the style, the name, and what it says when it cannot be shown."""

from collections.abc import Callable
from functools import partial, wraps
from typing import Literal

import streamlit as st

from tutor.domain.attempt import Attempt
from tutor.errors import AttemptError, LoginNeeded, TutorError
from tutor.practice import Practice
from tutor.ui import cards, login, resources, theme, who
from tutor.ui.state import ATTEMPT, Kind, state

START = "start.py"
PRACTICE = "practice.py"
SUMMARY = "summary.py"
REPLAY = "replay.py"
RESPOND = "respond.py"
MY_CLASS = "my_class.py"
CLASSES = "classes.py"
HANDED_IN = "handed_in.py"
PICTURE = "picture.py"
DEMOS = "demos.py"
DEMO = "demo.py"


def page(render: Callable[[], None]) -> Callable[[], None]:
    """`render` inside the frame, for those who may come in.

    An error that the product raises becomes a plain message.
    """

    @wraps(render)
    def framed() -> None:
        st.html(theme.STYLE)
        here = state()
        # Taken at the beginning: the end of the run before may still be under way beside this one.
        here.heard, here.called = here.called, False
        going, here.going = here.going, None
        try:
            person = who.me()
            if going:
                going()
            st.logo(theme.LOGO, size="large")
            login.way_out(person)
            render()
        except LoginNeeded as error:
            login.ask(str(error))
        except TutorError as error:
            st.html(cards.cannot_go_on(str(error)))
            st.button("Try again")

    return framed


def opened(practice: Practice) -> Attempt | None:
    """The attempt that the address names, or the one this tab had open; None where there is none.

    One that cannot be opened takes the learner to the start page, with the reason.
    """
    here, person = state(), who.me()
    if here.attempt and here.attempt.learner != person.id:
        here.attempt = None  # somebody else sits at this tab now
    wanted = st.query_params.get(ATTEMPT)
    if wanted and (here.attempt is None or here.attempt.id != wanted):
        try:
            here.show(practice.open_attempt(attempt_id=wanted, learner=person.id))
        except AttemptError as error:
            here.attempt = None
            here.tell(Kind.PROBLEM, str(error))
            st.switch_page(START)
    if here.attempt and here.attempt.id != wanted:
        st.query_params[ATTEMPT] = here.attempt.id
    return here.attempt


def nothing_open(title: str, text: str) -> None:
    """In place of a page about an attempt where there is none."""
    st.html(cards.wrap(f"<h1>{title}</h1><p>{text}</p>"))
    if st.button("See the scenarios", type="primary"):
        st.switch_page(START)


def nothing_there(text: str, *, on: str = "", to: str = "") -> None:
    """Where a page has nothing to show yet; a button named `on` leads `to` where it begins."""
    st.html(cards.wrap(f"<p>{text}</p>"))
    if to and st.button(on, type="primary"):
        st.switch_page(to)


def notice() -> None:
    """Draw what waits to be said, if anything does, where it is seen from all down the page."""
    if told := state().told():
        with st.container(key="notice"):
            st.html(cards.notice(told))


def tried(change: Callable[[], object]) -> None:
    """Make the change; what the product has against it is said on the next page."""
    try:
        change()
    except TutorError as error:
        state().tell(Kind.PROBLEM, str(error))


def way(
    label: str, go: Callable[..., None], *args: object, key: str | None = None, first: bool = False
) -> None:
    """A button that leads to another page: `go` goes there, or tells why it cannot.

    It is called before this page is drawn once more, which would be for nothing. In a session that
    has not drawn the button before, as behind another server, Streamlit does not call back; then it
    is called where the button stands.
    """

    def heard() -> None:
        here = state()
        here.called, here.going = True, partial(go, *args)

    kind: Literal["primary", "secondary"] = "primary" if first else "secondary"
    if st.button(label, key=key, type=kind, on_click=heard) and not state().heard:
        go(*args)


def begin(scenario_id: str) -> None:
    """Start an attempt at that scenario, and go to it."""
    try:
        attempt = resources.practice().start_attempt(scenario_id=scenario_id, learner=who.me().id)
    except TutorError as error:
        state().tell(Kind.PROBLEM, str(error))
    else:
        state().show(attempt)
        show(PRACTICE, attempt.id)


def show(page: str, attempt_id: str) -> None:
    """Go to that page about that attempt."""
    st.switch_page(page, query_params={ATTEMPT: attempt_id})


def reopen(page: str, attempt_id: str) -> None:
    """The same, with the attempt as it now stands, whatever this tab had open of it."""
    state().attempt = None
    show(page, attempt_id)
