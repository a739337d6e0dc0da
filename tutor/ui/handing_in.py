"""Handing in: the piece of the summary page where a learner shows an attempt to a supervisor."""

import streamlit as st

from tutor.domain.attempt import Attempt
from tutor.errors import TutorError
from tutor.settings import MAX_COMMENT
from tutor.ui import cards, resources, who, words
from tutor.ui.highlight import escaped
from tutor.ui.state import Kind, state


def hand_in(attempt: Attempt) -> None:
    """Draw it: whether the attempt was handed in, and if not, to which class it can be."""
    classroom, person = resources.classroom(), who.me()
    cohorts = classroom.classes(person)
    submission = classroom.submission(person, attempt.id)
    if submission:
        names = {cohort.id: cohort.name for cohort in cohorts}
        st.html(
            cards.wrap(
                '<div class="bar-blue"><h2>Handed in</h2><p>'
                f"To {escaped(names.get(submission.cohort, 'a class'))}, "
                f"{words.when(submission.submitted_at)}. It stands still until you take it back, "
                "on the page My class.</p></div>"
            )
        )
        return
    if not cohorts or not attempt.standing:
        return
    with st.container(border=True, key="hand-in"), st.form("hand-in-form", border=False):
        st.html(
            cards.wrap(
                "<h2>Hand it in</h2><p>Your supervisor will see this conversation: every reply, "
                "those you took back too, what the coder found, and what you see differently. "
                "Nothing else of yours is seen by anybody.</p>"
            )
        )
        cohort = st.selectbox(
            "Class", cohorts, format_func=lambda one: one.name, key="hand-in-class"
        )
        note = st.text_area(
            "Anything you want to say about it (optional)", max_chars=MAX_COMMENT, height=80
        )
        sent = st.form_submit_button("Hand in", type="primary")
    if sent and cohort:
        try:
            classroom.submit(person, attempt.id, cohort.id, note)
        except TutorError as error:
            state().tell(Kind.PROBLEM, str(error))
        st.rerun()
