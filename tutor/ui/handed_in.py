"""Handed in: what came in to a class, to be found and read."""

import streamlit as st

from tutor.domain.teaching import Cohort, HandedIn
from tutor.ui import cards, choosing, frame, resources, who, words
from tutor.ui.highlight import escaped
from tutor.ui.state import ATTEMPT

_WHAT = """<h1>Handed in</h1>
<p>Conversations that learners chose to show you. What you say of them, and where you see a reply
differently from the coder, comes back to the learner; the coder's own word stays beside yours.</p>
"""
#: So many are listed at once.
ON_A_PAGE = 20


@frame.page
def render() -> None:
    """Draw the page."""
    cohorts = resources.supervise().classes(who.me())
    st.html(cards.wrap(_WHAT))
    frame.notice()
    if not cohorts:
        frame.nothing_there(
            "You have no class yet, so nothing can be handed in to you.",
            on="Make a class",
            to=frame.CLASSES,
        )
        return
    cohort = choosing.cohort(cohorts)
    inbox = resources.respond().inbox(who.me(), cohort.id)
    if not inbox:
        st.html(cards.wrap("<p>Nothing has been handed in to this class yet.</p>"))
        _waiting(cohort)
        return
    found = _chosen(inbox)
    pages, page = -(-len(found) // ON_A_PAGE), 1
    if pages > 1:
        page = st.pagination(pages, key="handed-in-page")
    for one in found[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]:
        _row(one)
    if not found:
        st.html(cards.wrap("<p>Nothing is like that. Take a filter away.</p>"))
    _waiting(cohort)


def _chosen(inbox: tuple[HandedIn, ...]) -> list[HandedIn]:
    """Draw the filters; what passes them, the latest first."""
    one, two, three = st.columns([2, 2, 3])
    people = one.multiselect(
        "Learner", sorted({h.name for h in inbox}), key="in-learner", placeholder="all"
    )
    titles = {h.submission.scenario: _title(h) for h in inbox}
    clients = two.multiselect("Client", sorted(titles.values()), key="in-client", placeholder="all")
    kinds = three.segmented_control(
        "Shown", ["Not answered", "Answered", "Disputed"], key="in-kind", wrap=True
    )
    return [
        h
        for h in inbox
        if (not people or h.name in people)
        and (not clients or titles[h.submission.scenario] in clients)
        and (
            kinds is None
            or (kinds == "Disputed" and h.disputes)
            or (kinds in ("Answered", "Not answered") and h.answered == (kinds == "Answered"))
        )
    ]


def _title(one: HandedIn) -> str:
    scenario = resources.practice().library.scenario(one.submission.scenario)
    return f"{scenario.client.name} · {scenario.title}" if scenario else one.submission.scenario


def _row(one: HandedIn) -> None:
    ended = cards.OUTCOMES[one.attempt.outcome] if one.attempt.outcome else "not ended"
    chips = [
        "answered" if one.answered else "",
        f"{one.disputes} disputed" if one.disputes else "",
    ]
    told = " ".join(f"<span class='chip'>{chip}</span>" for chip in chips if chip)
    note = f"<br>“{escaped(one.submission.note)}”" if one.submission.note else ""
    with st.container(
        horizontal=True, vertical_alignment="center", key=f"row-{one.submission.attempt}"
    ):
        st.html(
            cards.wrap(
                f"<p><b>{escaped(one.name)}</b>: {escaped(_title(one))} {told}"
                f"<br><span class='quiet'>{cards.replies(one.replies)} · {ended} · "
                f"{words.when(one.submission.submitted_at)}{note}</span></p>"
            )
        )
        if st.button("Read", key=f"read-{one.submission.attempt}"):
            st.switch_page(frame.RESPOND, query_params={ATTEMPT: one.submission.attempt})


def _waiting(cohort: Cohort) -> None:
    waiting = resources.supervise().waiting(who.me(), cohort.id)
    if waiting:
        names = ", ".join(member.name for member in waiting)
        st.html(cards.wrap(f"<h2>Nothing handed in yet</h2><p class='quiet'>{escaped(names)}</p>"))


if __name__ == "__main__":
    render()
