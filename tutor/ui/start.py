"""The start page: what this is, what is unfinished, and the scenarios."""

import streamlit as st

from tutor.feedback.path import path
from tutor.practice import Practice
from tutor.ui import cards, choosing, frame, resources, who
from tutor.ui.highlight import label
from tutor.ui.state import state

_WHAT = """<h1>Repair a strained moment</h1>
<p>Talk with a client who is pulling away or pushing back. Write what you would say, in your own
words; see how it lands, which of your words did what, and try the same moment again.</p>"""

_HONEST = """<p class="quiet"><b>What this is not.</b> A training tool with fictional
clients, run by rules that can be read, and that can be wrong about a reply. It is no crisis
service, no supervision, and no assessment of fitness to practice. Please do not write about real
clients here.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    practice = resources.practice()
    frame.notice()
    st.html(cards.wrap(_WHAT, _HONEST))
    _unfinished(practice)
    review = resources.review()
    finished = review.done(learner=who.me().id)
    if advice := review.next_for(learner=who.me().id):
        st.html(choosing.advice(advice))
        name = label(advice.scenario.client.name)
        frame.way(f"Meet {name}", frame.begin, advice.scenario.id, key="next-for-you")
    st.html(cards.wrap("<h2>Choose a client</h2>"))
    state().spot_first = st.toggle(
        "Before my first reply, ask me what I see",
        value=state().spot_first,
        help="Which kind of strain it is stays hidden on the cards below until then.",
    )
    found = choosing.chosen(path(practice.scenarios), finished)
    if not found:
        st.html(
            cards.wrap("<p>No client is like that. Change the search, or take a filter away.</p>")
        )
    with st.container(key="scenarios"):
        for scenario in found:
            with st.container(border=True, key=f"scenario-{scenario.id}"):
                st.html(
                    cards.scenario_card(
                        scenario,
                        resources.avatar(scenario.client),
                        done=scenario.id in finished,
                        tell=not state().spot_first or scenario.id in finished,
                    )
                )
                name = label(scenario.client.name)
                frame.way(
                    f"Start with {name}",
                    frame.begin,
                    scenario.id,
                    key=f"start-{scenario.id}",
                    first=True,
                )
    if practice.notices:
        st.html(cards.left_out(practice.notices))


def _unfinished(practice: Practice) -> None:
    attempts = practice.unfinished(learner=who.me().id)
    if not attempts:
        return
    st.html(cards.wrap("<h2>Go on where you were</h2>"))
    for attempt in attempts[:3]:
        scenario = practice.scenario(attempt.scenario)
        with st.container(horizontal=True, vertical_alignment="center", key=f"open-{attempt.id}"):
            st.html(cards.attempt_line(scenario, attempt))
            name = label(scenario.client.name)
            frame.way(
                f"Go on with {name}",
                frame.reopen,
                frame.PRACTICE,
                attempt.id,
                key=f"go-{attempt.id}",
            )


if __name__ == "__main__":
    render()
