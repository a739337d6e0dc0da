"""Making demonstrations: of a conversation that is over; and what is said of each reply."""

from collections.abc import Callable

import streamlit as st

from tutor.demonstrate import Made
from tutor.demonstrations import MAX_TITLE, Demonstrations
from tutor.domain.attempt import Attempt
from tutor.domain.demo import MAX_NOTE
from tutor.domain.showing import Phase, Place, Showing
from tutor.errors import TutorError
from tutor.ui import cards, frame, resources, who
from tutor.ui.state import DEMO, Kind, Notice, state


def offer(attempt: Attempt, title: str) -> None:
    """A way from a finished conversation to a demonstration of it; nothing for a learner.

    Of another's attempt the learner has to have agreed.
    """
    person = who.me()
    if not person.supervises or not attempt.finished or not attempt.standing:
        return
    mine = attempt.learner == person.id
    with st.expander("Make a demonstration of this"):
        st.html(
            cards.wrap(
                "<p>The replies as they stand are shown to a room step by step, coded, with the "
                "client's answers. You then write what to ask the room, and what to say of each "
                "reply. No name goes with it.</p>"
            )
        )
        name = st.text_input(
            "Title", value=title, max_chars=MAX_TITLE, key=f"made-title-{attempt.id}"
        )
        agreed = mine or st.checkbox(
            "The learner whose conversation this is has agreed to it", key=f"agreed-{attempt.id}"
        )
        if st.button("Make it", key=f"make-{attempt.id}", type="primary"):
            try:
                made = resources.demonstrations().from_attempt(
                    person, attempt, title=name, agreed=agreed
                )
            except TutorError as error:
                st.html(cards.notice(Notice(kind=Kind.PROBLEM, text=str(error))))
            else:
                st.switch_page(frame.DEMO, query_params={DEMO: made.id})


def edit(demos: Demonstrations, made: Made, showing: Showing, place: Place) -> None:
    """The title, and the question and comment of the step on the page, of what one has made."""
    if not demos.owns(who.me(), made):
        return
    with st.expander("Your question, your comment, the title"):
        if place.step and place.phase is not Phase.END:
            _notes(demos, made, showing, place.step)
        else:
            st.html(
                cards.wrap(
                    "<p>Go to a reply to write what you ask the room before it, and what you say "
                    "of it.</p>"
                )
            )
        with st.form(f"rename-{made.id}", border=False):
            title = st.text_input("Title", value=made.title, max_chars=MAX_TITLE)
            if st.form_submit_button("Keep the title"):
                _keep(lambda: demos.rename(who.me(), made.id, title))
        delete(demos, made)


def _notes(demos: Demonstrations, made: Made, showing: Showing, number: int) -> None:
    step = showing.steps[number - 1]
    with st.form(f"notes-{made.id}-{number}", border=False):
        ask = st.text_area(
            f"Before reply {number}: what do you ask the room?", value=step.ask, max_chars=MAX_NOTE
        )
        comment = st.text_area(
            f"After reply {number}: what is there to say of it?",
            value=step.chosen.comment,
            max_chars=MAX_NOTE,
        )
        if st.form_submit_button("Keep these", type="primary"):
            _keep(lambda: demos.annotate(who.me(), made.id, number, ask=ask, comment=comment))


def delete(demos: Demonstrations, made: Made) -> None:
    """A way to forget what one has made, asked about once more."""
    if demos.owns(who.me(), made) and st.button("Delete this demonstration", key="delete-demo"):
        _really(demos, made)


@st.dialog("Delete it for good?")
def _really(demos: Demonstrations, made: Made) -> None:
    st.html(cards.wrap("<p>The demonstration, with your questions and comments, is forgotten.</p>"))
    if st.button("Delete it", type="primary", on_click=_forget, args=(demos, made)):
        st.switch_page(frame.DEMOS)


def _forget(demos: Demonstrations, made: Made) -> None:
    try:
        demos.delete(who.me(), made.id)
    except TutorError as error:
        state().tell(Kind.PROBLEM, str(error))
    else:
        state().tell(Kind.HINT, "The demonstration is deleted.")


def _keep(change: Callable[[], None]) -> None:
    try:
        change()
    except TutorError as error:
        state().tell(Kind.PROBLEM, f"{error} What you wrote is still in the form.")
    else:
        state().tell(Kind.HINT, "Kept.")
    st.rerun()
