"""Spot the marker: client lines alone, each with the answer at once."""

import time

import streamlit as st

from tutor.domain.exercise import Exercise
from tutor.ui import cards, frame, resources, spotting, who
from tutor.ui.state import Asked, state

_WHAT = """<h1>Spot the marker</h1>
<p>Withdrawal is the rupture that is missed most. Read what the client says and does; say whether
there is a rupture, which marker shows it, and what is strained. Some lines show none.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    study, here = resources.study(), state()
    st.html(cards.wrap(_WHAT))
    if Exercise.DRILL not in here.asked:
        if (chosen := study.next_item(learner=who.me().id, exercise=Exercise.DRILL)) is None:
            st.html(cards.wrap("<p>There are no lines to look at in this installation.</p>"))
            return
        here.asked[Exercise.DRILL] = Asked(item=chosen, since=time.monotonic())
    asked = here.asked[Exercise.DRILL]
    item = next(item for item in study.drill if item.id == asked.item)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.html(spotting.line(item))
    with right:
        if asked.answer is None:
            seen = spotting.ask(f"drill-{item.id}-{asked.since}")
            timed = st.toggle("Time me", key="drill-timed", help="Only if you want it.")
            if seen:
                asked.seconds = round(time.monotonic() - asked.since) if timed else None
                study.answer_drill(learner=who.me().id, item=item, seen=seen, seconds=asked.seconds)
                asked.answer = seen
                st.rerun()
        else:
            st.html(cards.wrap(spotting.told(item, asked.answer)))
            if asked.seconds is not None:
                st.html(cards.wrap(f'<p class="quiet">{asked.seconds} seconds.</p>'))
            if st.button("Next line", type="primary"):
                del here.asked[Exercise.DRILL]
                st.rerun()
    _so_far()


def _so_far() -> None:
    study = resources.study()
    answers = study.answers(learner=who.me().id, exercise=Exercise.DRILL)
    if not answers:
        return
    latest = {answer.item: answer for answer in answers}
    right = sum(answer.right for answer in latest.values())
    st.html(
        cards.wrap(
            f'<p class="quiet">{len(latest)} of {len(study.drill)} lines seen; {right} right when '
            "last seen. Those you missed come back.</p>"
        )
    )


if __name__ == "__main__":
    render()
