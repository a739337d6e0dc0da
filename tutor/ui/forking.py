"""What would you say? A room's own replies, coded and answered from any point, never stored."""

import streamlit as st

from tutor.demonstrate import Made
from tutor.demonstrations import Demonstrations
from tutor.domain.attempt import Attempt
from tutor.domain.coding import Coding
from tutor.domain.demo import Demo
from tutor.domain.showing import Phase, Place, Showing
from tutor.domain.transcript import Transcript
from tutor.errors import TutorError
from tutor.feedback.handout import speaker
from tutor.settings import MAX_REPLY
from tutor.ui import cards, feedback_cards, resources, stage
from tutor.ui.highlight import escaped
from tutor.ui.state import ROOM, Fork, Kind, keep_draft, state

_STORED = "Nothing that is typed here is stored."
_NOBODY = (
    "It is coded, and not answered: nobody knows what the client would have said. "
    "With one of the tutor's own clients there is an answer."
)


def begin(made: Made, showing: Showing, place: Place) -> None:
    """Let the room speak from that place: to what was said last, where the conversation goes on.

    Before its answer is shown the room's reply stands in place of the counselor's; after it, the
    room answers the client; at the end it says the last reply another way.
    """
    number = max(1, place.step)
    if place.phase is Phase.ANSWER and number < len(showing.steps):
        number += 1
    attempt = None
    if isinstance(made, Demo):
        attempt = resources.demonstrations().begin_fork(made, number)
    state().fork = Fork(demo=made.id, step=number, attempt=attempt)


def draw(demos: Demonstrations, made: Made, showing: Showing, fork: Fork) -> None:
    """The conversation as the room takes it."""
    step, label = showing.steps[fork.step - 1], resources.practice().label
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="conversation"):
        st.html(stage.heard(showing, step))
        if fork.attempt:
            for turn in fork.attempt.turns[fork.step - 1 :]:
                newest = turn is fork.attempt.turns[-1]
                marks = demos.marks(turn.coding) if newest else ()
                st.html(_said(cards.marked_reply(turn.reply, marks)))
                st.html(stage.answered(showing, [turn.response.line]))
            ending = showing.scenario and showing.scenario.ending(_at(fork.attempt))
            if ending:
                st.html(cards.ending(ending))
        for coding in fork.coded[-1:]:
            st.html(_said(cards.marked_reply(coding.reply, demos.marks(coding))))
    with right:
        st.html(_beside(demos, showing, fork, label))


def box(demos: Demonstrations, made: Made, fork: Fork) -> None:
    """Where the room's reply is typed, and the way back."""
    ended = bool(fork.attempt and fork.attempt.finished)
    st.chat_input(
        "This conversation is over" if ended else "What would you say?",
        key=ROOM,
        submit_mode="disable",
        disabled=ended,
        on_submit=_submit,
        args=(made,),
    )
    with st.container(key="steps", horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Back to the demonstration",
            key="return",
            shortcut="Escape",
            help="Also with the key Escape",
            on_click=_leave,
        )
        if fork.said:
            st.button("Take the last one back", key="again", on_click=_take_back)
        st.html(cards.wrap(f'<p class="quiet">{_STORED}</p>'))


def new(showing: Showing, fork: Fork) -> str:
    """What has just come onto the page, for those who hear it."""
    if fork.attempt and fork.said:
        line = fork.attempt.turns[-1].response.line
        return f"{speaker(showing, line)}: {line.demeanour}. {line.says}"
    return "The reply is coded." if fork.said else "What would you say?"


def _said(body: str) -> str:
    return cards.wrap(stage.counselor("The room", body))


def _at(attempt: Attempt) -> str:
    return attempt.turns[-1].response.to if attempt.turns else ""


def _beside(demos: Demonstrations, showing: Showing, fork: Fork, label: stage.Label) -> str:
    step = showing.steps[fork.step - 1]
    attempt = fork.attempt
    if attempt is None:
        seen = _coded(fork.coded[-1], label) if fork.coded else ""
        return cards.wrap(seen, f'<div class="card"><p>{escaped(_NOBODY)}</p></div>')
    if not fork.said:
        here = stage.standing(showing, step.state, stage.still(step)) if step.state else ""
        ask = (
            '<div class="bar-blue"><h2>What would you say?</h2>'
            "<p>Type it as somebody in the room says it. It is coded, and answered.</p></div>"
        )
        return cards.wrap(ask, here)
    came, told = demos.came(attempt), demos.feedback(attempt)
    return cards.wrap(
        stage.standing(showing, came.state, came),
        _coded(attempt.turns[-1].coding, label),
        feedback_cards.next_step(told.next_step),
    )


def _coded(coding: Coding, label: stage.Label) -> str:
    return f'<div class="card"><h2>What this reply does</h2>{stage.codes(coding, label)}</div>'


def _submit(made: Made) -> None:
    """Take what the room says; a reply that cannot be taken stays in the box."""
    here, reply = state(), st.session_state[ROOM] or ""
    fork = here.fork
    if fork is None:
        return
    demos = resources.demonstrations()
    try:
        if isinstance(made, Transcript):
            fork.coded = (*fork.coded, demos.code_at(made, fork.step, reply))
        elif fork.attempt:
            fork.attempt = demos.say(fork.attempt, reply)
    except TutorError as error:
        here.tell(Kind.PROBLEM, f"{error} Your words are still in the box.")
        keep_draft(reply[: 2 * MAX_REPLY], ROOM)


def _take_back() -> None:
    fork = state().fork
    if fork and fork.attempt:
        fork.attempt = resources.demonstrations().unsaid(fork.attempt)
    elif fork:
        fork.coded = fork.coded[:-1]


def _leave() -> None:
    state().fork = None
