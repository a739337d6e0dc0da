"""Look back: a past attempt, turn by turn, with what was said about each reply."""

import streamlit as st

from tutor.domain.teaching import Comment, Returned
from tutor.ui import cards, conversation_cards, feedback_cards, frame, resources, who
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
    returned = resources.classroom().returned(who.me(), attempt.id)
    st.html(cards.wrap(_where(returned)))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.html(cards.wrap(conversation_cards.around(practice, attempt, turn, "You")))
        st.html(cards.wrap(_said(returned.said_of(turn.number))))
    with right:
        told = practice.feedback(attempt, turn)
        st.html(cards.wrap(feedback_cards.feedback(told, turn.reply)))
        overrides = returned.overrides_of(turn.number)
        st.html(
            cards.wrap(
                f'<p class="quiet">{escaped(turn.response.shift.because)}</p>',
                feedback_cards.overridden("Your supervisor sees", overrides, turn, practice.label),
            )
        )
    if whole := returned.said_of(0):
        st.html(cards.wrap("<h2>About the whole conversation</h2>", _said(whole)))


def _where(returned: Returned) -> str:
    """To which replies something came back; nothing where nothing did."""
    said = {one.number for one in returned.comments} | {one.number for one in returned.overrides}
    numbers = sorted(said - {0})
    if not numbers:
        return ""
    told = ", ".join(map(str, numbers))
    what = "replies" if len(numbers) > 1 else "reply"
    return f'<p class="quiet">Your supervisor has said something about {what} {told}.</p>'


def _said(comments: tuple[Comment, ...]) -> str:
    return "".join(feedback_cards.comment("Your supervisor", comment) for comment in comments)


if __name__ == "__main__":
    render()
