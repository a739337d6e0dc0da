"""Classes: a supervisor makes them, gives out their codes, and sets what is to be practised."""

from datetime import UTC, datetime, time

import streamlit as st

from tutor.domain.teaching import Assignment, Cohort, Member
from tutor.errors import TutorError
from tutor.feedback.path import path
from tutor.settings import MAX_NAME
from tutor.ui import cards, choosing, frame, resources, who, words
from tutor.ui.highlight import escaped, label
from tutor.ui.state import Kind, state

_WHAT = """<h1>Classes</h1>
<p>Give learners the join code of your class. They see what you set here; you see what they hand
in, and nothing else.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    supervise, person = resources.supervise(), who.me()
    cohorts = supervise.classes(person)
    st.html(cards.wrap(_WHAT))
    frame.notice()
    if cohorts:
        cohort = choosing.cohort(cohorts)
        _code(cohort)
        members = supervise.members(person, cohort.id)
        waiting = supervise.waiting(person, cohort.id)
        left, right = st.columns(2, gap="medium")
        with left:
            _assignments(cohort, members)
        with right:
            _members(cohort, members, {member.learner for member in waiting})
        _close_or_delete(cohort)
    _make(first=not cohorts)


def _code(cohort: Cohort) -> None:
    code = f"{cohort.join_code[:4]}-{cohort.join_code[4:]}"
    shut = "Closed: nobody can join." if cohort.closed else "Whoever has it can join as a learner."
    st.html(
        cards.wrap(
            f'<div class="card"><p class="quiet">Join code. {shut}</p>'
            f'<p class="join-code">{escaped(code)}</p></div>'
        )
    )


def _make(*, first: bool) -> None:
    with st.form("make-class", clear_on_submit=True):
        name = st.text_input(
            "Name of a new class",
            max_chars=MAX_NAME,
            placeholder="Practicum, spring, Tuesday group",
        )
        made = st.form_submit_button("Make the class", type="primary" if first else "secondary")
    if made:
        try:
            cohort = resources.supervise().make_class(who.me(), name)
        except TutorError as error:
            state().tell(Kind.PROBLEM, str(error))
        else:
            choosing.choose_cohort(cohort)
            state().tell(Kind.HINT, f"{cohort.name} is there. Give its code to your learners.")
        st.rerun()


def _members(cohort: Cohort, members: tuple[Member, ...], waiting: set[str]) -> None:
    count = len(members)
    st.html(
        cards.wrap(
            f"<h2>Learners ({count})</h2>",
            "<p>Nobody has joined yet.</p>"
            if not members
            else "<p class='quiet'>“Nothing handed in yet” says no more than that: what somebody "
            "has begun is theirs to show.</p>",
        )
    )
    for member in members:
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"member-{member.learner}"
        ):
            told = "nothing handed in yet" if member.learner in waiting else "has handed in"
            st.html(
                cards.wrap(
                    f"<p>{escaped(member.name)}<br><span class='quiet'>{told} · joined "
                    f"{words.when(member.joined_at)}</span></p>"
                )
            )
            if st.button("Take out", key=f"out-{member.learner}"):
                _take_out(cohort, member)


@st.dialog("Take this learner out of the class?")
def _take_out(cohort: Cohort, member: Member) -> None:
    st.html(
        cards.wrap(
            f"<p>{escaped(member.name)} keeps their conversations and what you said of them; you "
            "no longer see what they handed in.</p>"
        )
    )
    if st.button("Take out now", type="primary"):
        frame.tried(lambda: resources.supervise().dismiss(who.me(), cohort.id, member.learner))
        st.rerun()


def _assignments(cohort: Cohort, members: tuple[Member, ...]) -> None:
    found = resources.supervise().assignments(who.me(), cohort.id)
    st.html(cards.wrap("<h2>What is set</h2>", "" if found else "<p>Nothing yet.</p>"))
    handed = resources.respond().inbox(who.me(), cohort.id)
    done = {(one.submission.learner, one.submission.scenario) for one in handed}
    for one in found:
        _assignment(cohort, one, members, done)
    # With every assignment the form is a new one; what could not be set stays in it, and open.
    key = f"assign-{cohort.id}-{len(found)}"
    with st.expander("Set something", expanded=not found, key=key, on_change="rerun"):
        _assign(cohort, f"{key}-form")


def _assignment(
    cohort: Cohort, one: Assignment, members: tuple[Member, ...], done: set[tuple[str, str]]
) -> None:
    """One assignment, with who has handed in how much of it."""
    titles = [
        escaped(f"{scenario.client.name} · {scenario.title}")
        for scenario in map(resources.practice().library.scenario, one.scenarios)
        if scenario
    ]
    complete = [m for m in members if all((m.learner, s) in done for s in one.scenarios)]
    begun = [m for m in members if any((m.learner, s) in done for s in one.scenarios)]
    rest = [m for m in members if m not in begun]
    late = bool(one.due and one.due < datetime.now(UTC))
    due = [f"{words.due(one.due)}{' · past' if late else ''}"] if one.due else []
    done_by = f"{len(complete)} of {len(members)} have handed in all of it"
    if len(begun) > len(complete):
        done_by += f", {len(begun) - len(complete)} a part"
    with st.container(border=True, key=f"assignment-{one.id}"):
        st.html(
            cards.wrap(
                f"<h3>{escaped(one.title)}</h3><p class='quiet'>{'<br>'.join((*titles, *due))}</p>"
                + (f"<p>{done_by}.</p>" if members else "")
                + (
                    f"<p class='quiet'>Nothing yet: {escaped(', '.join(m.name for m in rest))}</p>"
                    if rest
                    else ""
                )
            )
        )
        st.button("Set it no longer", key=f"unset-{one.id}", on_click=_unset, args=(cohort, one))


def _unset(cohort: Cohort, one: Assignment) -> None:
    frame.tried(lambda: resources.supervise().unassign(who.me(), cohort.id, one.id))


def _assign(cohort: Cohort, key: str) -> None:
    scenarios = path(resources.practice().scenarios)
    supervise = resources.supervise()
    with st.form(key, border=False):
        title = st.text_input("Title", max_chars=MAX_NAME, placeholder="Week 3: withdrawal")
        chosen = st.multiselect(
            "Clients",
            scenarios,
            format_func=lambda s: f"{s.client.name} · {s.title}",
            placeholder="one or more",
            filter_mode="contains",
            select_all=False,
        )
        due = st.date_input("Due by the end of (UTC; may be left open)", None, min_value="today")
        if st.form_submit_button("Set it", type="primary"):
            end = datetime.combine(due, time(23, 59, 59), UTC) if due else None
            frame.tried(
                lambda: supervise.assign(
                    who.me(), cohort.id, title=title, scenarios=[s.id for s in chosen], due=end
                )
            )
            st.rerun()


def _close_or_delete(cohort: Cohort) -> None:
    with st.container(horizontal=True):
        words_ = "Let learners join again" if cohort.closed else "Let nobody join any more"
        st.button(words_, on_click=_shut, args=(cohort,))
        if st.button(f"Delete the class {label(cohort.name)}"):
            _delete(cohort)


def _shut(cohort: Cohort) -> None:
    frame.tried(
        lambda: resources.supervise().close_class(who.me(), cohort.id, closed=not cohort.closed)
    )


@st.dialog("Delete this class?")
def _delete(cohort: Cohort) -> None:
    st.html(
        cards.wrap(
            f"<p>{escaped(cohort.name)}, what is set in it and who is in it, for good. Learners "
            "keep their conversations and what you said of them. Export first what you want to "
            "keep.</p>"
        )
    )
    if st.button("Delete it", type="primary"):
        frame.tried(lambda: resources.supervise().delete_class(who.me(), cohort.id))
        st.rerun()


if __name__ == "__main__":
    render()
