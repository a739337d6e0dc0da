"""Check-in: the end of a session with an engaged client, and asking how the work lands."""

import time

import streamlit as st

from tutor.domain.coding import Coding
from tutor.domain.exercise import CheckIn, Exercise
from tutor.domain.scenario import Line
from tutor.domain.vocabulary import Level, Move
from tutor.errors import ReplyError
from tutor.feedback import compose
from tutor.ui import cards, feedback_cards, frame, resources, who
from tutor.ui.highlight import escaped
from tutor.ui.state import Asked, Kind, Notice, state

_WHAT = """<h1>Check-in</h1>
<p>Nothing is wrong here. The session is nearly over and the client is with you. Ask, in your own
words, how the work is landing: the way of working, not only this hour's topic. It is the step that
is practiced least, and it is how small strains come up before they are large.</p>"""

_SAID = {
    Level.NOT_YET: "You did not ask how the work lands, so the client had nothing to answer.",
    Level.EMERGING: "You asked in passing, and got a polite answer. Ask openly about the work.",
    Level.CLEAR: "You asked openly about the work, and heard something that you can use.",
}


@frame.page
def render() -> None:
    """Draw the page."""
    study, here = resources.study(), state()
    st.html(cards.wrap(_WHAT))
    if Exercise.CHECKIN not in here.asked:
        if (chosen := study.next_item(learner=who.me().id, exercise=Exercise.CHECKIN)) is None:
            st.html(cards.wrap("<p>There is no check-in in this installation.</p>"))
            return
        here.asked[Exercise.CHECKIN] = Asked(item=chosen, since=time.monotonic())
    asked = here.asked[Exercise.CHECKIN]
    item = next(item for item in study.checkins if item.id == asked.item)
    st.html(
        cards.wrap(
            f'<p class="facts">{escaped(item.name)} · {escaped(item.setting)}</p>',
            cards.bubble("You", cards.said(item.before), mine=True),
            cards.bubble("" if item.line.speaker else item.name, cards.line(item.line)),
        )
    )
    if asked.answer is None:
        _ask(item, asked)
    else:
        _told(item, asked.answer)
        again, on = st.columns(2)
        if again.button("Ask again, another way"):
            asked.answer, asked.since = None, time.monotonic()
            st.rerun()
        if on.button("Another client", type="primary"):
            del here.asked[Exercise.CHECKIN]
            st.rerun()


def _ask(item: CheckIn, asked: Asked) -> None:
    reply = st.text_area("What do you say?", key=f"checkin-{asked.since}", height=100)
    with st.container(horizontal=True):
        said = st.button("Say it", type="primary")
        if st.toggle("A hint", key=f"checkin-hint-{asked.since}"):
            st.html(cards.wrap(f'<div class="bar-blue">{escaped(item.look)}</div>'))
    if not said:
        return
    try:
        asked.answer = resources.study().answer_checkin(learner=who.me().id, item=item, reply=reply)
    except ReplyError as error:
        st.html(cards.notice(Notice(kind=Kind.PROBLEM, text=str(error))))
    else:
        st.rerun()


def _told(item: CheckIn, coding: Coding) -> None:
    rubric = resources.practice().library.rubric
    level = coding.level(Move.FEEDBACK)
    answer: Line = item.put_off if coding.missteps else item.answers[level]
    rung = feedback_cards.rung(escaped(rubric.criterion(Move.FEEDBACK).label), level)
    said = _SAID[level]
    if coding.missteps:
        caution = rubric.caution(coding.missteps[0])
        said = f"{caution.label}: {caution.why}"
    marks = compose.marks(rubric, coding)
    st.html(
        cards.wrap(
            cards.bubble("You", cards.marked_reply(coding.reply, marks), mine=True),
            cards.bubble("" if answer.speaker else item.name, cards.line(answer)),
            f'<div class="card"><ul class="ladder">{rung}</ul><p>{escaped(said)}</p></div>',
        )
    )


if __name__ == "__main__":
    render()
