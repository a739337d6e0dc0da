"""My class: joining one, what is set there, what was handed in, and what came back."""

import streamlit as st

from tutor.classroom import Classroom, Set
from tutor.domain.access import Access
from tutor.domain.teaching import Cohort, Submission
from tutor.errors import TutorError
from tutor.practice import Practice
from tutor.ui import cards, frame, resources, who, words
from tutor.ui.highlight import escaped, label
from tutor.ui.state import Kind, state

_WHAT = """<h1>My class</h1>
<p>Nothing that you do here is seen by anybody until you hand it in, and then only by the supervisor
of that class. What you have handed in stands still, so that what is said of it stays true; you may
take it back at any time.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    practice, classroom, person = resources.practice(), resources.classroom(), who.me()
    st.html(cards.wrap(_WHAT))
    frame.notice()
    if who.access() is Access.OPEN:
        frame.nothing_there("There are no classes here: anybody may practice without an account.")
        return
    cohorts = classroom.classes(person)
    if cohorts:
        _set(practice, classroom.assignments(person))
        _handed_in(practice, classroom, cohorts)
    _join(classroom, first=not cohorts)
    for cohort in cohorts:
        _leave(classroom, cohort)


def _join(classroom: Classroom, *, first: bool) -> None:
    with st.container(border=True, key="join"), st.form("join-form", border=False):
        code = st.text_input(
            "Join a class" if first else "Join another class",
            placeholder="the code that your supervisor gave you",
            max_chars=40,
        )
        joined = st.form_submit_button("Join", type="primary" if first else "secondary")
    if not joined:
        return
    here = state()
    try:
        cohort = classroom.join(who.me(), code)
    except TutorError as error:
        here.tell(Kind.PROBLEM, str(error))
    else:
        here.tell(Kind.HINT, f"You are in the class {cohort.name} now, as {who.me().name}.")
    st.rerun()


def _set(practice: Practice, found: tuple[Set, ...]) -> None:
    st.html(cards.wrap("<h2>What is set</h2>", "" if found else "<p>Nothing just now.</p>"))
    for one in found:
        with st.container(border=True, key=f"set-{one.assignment.id}"):
            done = "<span class='chip'>all handed in</span>" if one.done else ""
            due = words.due(one.assignment.due)
            about = f"{escaped(one.cohort.name)}{f' · {due}' if due else ''}"
            st.html(
                cards.wrap(
                    f"<h3>{escaped(one.assignment.title)} {done}</h3><p class='quiet'>{about}</p>"
                )
            )
            for scenario_id in one.assignment.scenarios:
                _to_do(practice, one, scenario_id)


def _to_do(practice: Practice, one: Set, scenario_id: str) -> None:
    scenario = practice.library.scenario(scenario_id)
    if scenario is None:
        st.html(cards.wrap("<p class='quiet'>A client who is not here any more.</p>"))
        return
    name = scenario.client.name
    key = f"{one.assignment.id}-{scenario_id}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"do-{key}"):
        mark = " <span class='chip'>handed in</span>" if scenario_id in one.handed_in else ""
        st.html(cards.wrap(f"<p>{escaped(name)} · {escaped(scenario.title)}{mark}</p>"))
        again = "again " if scenario_id in one.handed_in else ""
        said = f"Practice {again}with {label(name)}"
        frame.way(said, frame.begin, scenario_id, key=f"begin-{key}")


def _handed_in(practice: Practice, classroom: Classroom, cohorts: tuple[Cohort, ...]) -> None:
    submitted = classroom.handed_in(who.me())
    st.html(
        cards.wrap(
            "<h2>What you have handed in</h2>",
            ""
            if submitted
            else "<p>Nothing yet. You hand in a conversation from its summary page.</p>",
        )
    )
    answered = classroom.answered(who.me())
    names = {cohort.id: cohort.name for cohort in cohorts}
    for one in submitted:
        _one(practice, one, names.get(one.cohort, ""), answered=one.attempt in answered)


def _one(practice: Practice, one: Submission, class_name: str, *, answered: bool) -> None:
    scenario = practice.library.scenario(one.scenario)
    what = f"{scenario.client.name} · {scenario.title}" if scenario else "A client from before"
    chip = " <span class='chip'>your supervisor has answered</span>" if answered else ""
    with st.container(horizontal=True, vertical_alignment="center", key=f"handed-{one.attempt}"):
        st.html(
            cards.wrap(
                f"<p><b>{escaped(what)}</b>{chip}<br><span class='quiet'>{escaped(class_name)} · "
                f"handed in {words.when(one.submitted_at)}</span></p>"
            )
        )
        key = f"look-{one.attempt}"
        frame.way("Look back", frame.reopen, frame.REPLAY, one.attempt, key=key)
        st.button("Take back", key=f"back-{one.attempt}", on_click=_take_back, args=(one.attempt,))


def _take_back(attempt_id: str) -> None:
    try:
        resources.classroom().take_back(who.me(), attempt_id)
    except TutorError as error:
        state().tell(Kind.PROBLEM, str(error))
    else:
        state().tell(Kind.HINT, "It is yours alone again. What was said of it stays with it.")


def _leave(classroom: Classroom, cohort: Cohort) -> None:
    if st.button(f"Leave the class {label(cohort.name)}", key=f"leave-{cohort.id}"):
        _really_leave(classroom, cohort)


@st.dialog("Leave this class?")
def _really_leave(classroom: Classroom, cohort: Cohort) -> None:
    st.html(
        cards.wrap(
            f"<p>{escaped(cohort.name)}: what you have handed in to it is taken back. Your "
            "conversations, and what was said of them, stay with you.</p>"
        )
    )
    if st.button("Leave it", type="primary"):
        try:
            classroom.leave(who.me(), cohort.id)
        except TutorError as error:
            state().tell(Kind.PROBLEM, str(error))
        st.rerun()


if __name__ == "__main__":
    render()
