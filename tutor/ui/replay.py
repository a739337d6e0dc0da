"""Look back: a past attempt, turn by turn, with what was said about each reply."""

import streamlit as st

from tutor.domain.attempt import Attempt, Turn
from tutor.practice import Practice
from tutor.ui import cards, feedback_cards, frame, resources
from tutor.ui.highlight import escaped


@frame.page
def render() -> None:
    """Draw the page for the attempt in the address, or the one this tab had open."""
    practice = resources.practice()
    attempt = frame.opened(practice)
    if attempt is None or not attempt.turns:
        frame.nothing_open("Look back", "There is no conversation with a reply to look back on.")
        return
    scenario = practice.scenario(attempt.scenario)
    st.html(cards.heading(scenario, resources.avatar(scenario.client), "looking back", ""))
    count = len(attempt.turns)
    number = 1
    if count > 1:
        number = st.slider("Reply", 1, count, 1, key=f"replay-{attempt.id}")
    turn = attempt.turns[number - 1]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.html(cards.wrap(_heard(practice, attempt, turn)))
    with right:
        told = practice.feedback(attempt, turn)
        st.html(cards.wrap(feedback_cards.feedback(told, turn.reply)))
        st.html(cards.wrap(f'<p class="quiet">{escaped(turn.response.shift.because)}</p>'))


def _heard(practice: Practice, attempt: Attempt, turn: Turn) -> str:
    scenario = practice.scenario(attempt.scenario)
    name = scenario.client.name
    before = [t for t in attempt.turns if t.number < turn.number and not t.rewound]
    client = before[-1].response.line if before else scenario.opening[attempt.opening]
    again = '<span class="chip later">taken back later</span>' if turn.rewound else ""
    marks = practice.feedback(attempt, turn).marks
    opening = cards.bubble("You", cards.said(scenario.before), mine=True) if not before else ""
    return (
        opening
        + cards.bubble(name, cards.line(client))
        + cards.bubble("You", cards.marked_reply(turn.reply, marks) + again, mine=True)
        + cards.bubble(name, cards.line(turn.response.line))
    )


if __name__ == "__main__":
    render()
