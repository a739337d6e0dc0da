"""A conversation that was handed in: reply by reply, with what the coder found, and your word."""

import streamlit as st

from tutor.domain.attempt import Turn
from tutor.domain.teaching import Comment
from tutor.domain.vocabulary import CODES, Code, Level
from tutor.errors import ClassError
from tutor.feedback.class_rows import Whole
from tutor.settings import MAX_COMMENT, MAX_WHY
from tutor.ui import (
    cards,
    conversation_cards,
    feedback_cards,
    frame,
    making,
    resources,
    who,
)
from tutor.ui.highlight import LEVEL_WORDS, escaped
from tutor.ui.state import ATTEMPT

_PLACE = "respond-place"


@frame.page
def render() -> None:
    """Draw the page for the attempt that the address names."""
    attempt_id = st.query_params.get(ATTEMPT, "")
    if not attempt_id:
        st.html(cards.wrap("<h1>Read a conversation</h1>"))
        frame.nothing_there(
            "Choose first what to read.", on="See what was handed in", to=frame.HANDED_IN
        )
        return
    whole = resources.respond().open(who.me(), attempt_id)
    practice = resources.practice()
    scenario = practice.scenario(whole.attempt.scenario)
    st.html(cards.heading(scenario, resources.avatar(scenario.client), "handed in by", whole.name))
    frame.notice()
    if whole.submission.note:
        st.html(
            cards.wrap(
                f'<div class="bar-blue"><p class="who">{escaped(whole.name)}, on handing it in</p>'
                f"{cards.said(whole.submission.note)}</div>"
            )
        )
    turn = _turn(whole)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        st.html(cards.wrap(conversation_cards.around(practice, whole.attempt, turn, whole.name)))
        _comments(whole, turn)
    with right:
        _coding(whole, turn)
    _whole(whole)
    making.offer(whole.attempt, scenario.title)
    if st.button("See what else was handed in"):
        st.switch_page(frame.HANDED_IN)


def _turn(whole: Whole) -> Turn:
    """The reply that is shown, chosen by buttons and keys, or by its place."""
    count, key = len(whole.attempt.turns), f"{_PLACE}-{whole.attempt.id}"
    place = min(max(1, int(st.session_state.get(key, 1))), count)
    with st.container(horizontal=True, vertical_alignment="center", key="reply-steps"):
        if st.button("Back", shortcut="Left", disabled=place == 1, key="reply-back"):
            st.session_state[key] = place - 1
            st.rerun()
        checked = " · gone through" if place in whole.returned.checked else ""
        back = sum(turn.rewound for turn in whole.attempt.turns)
        taken = f" · {back} of them taken back" if back else ""
        st.html(cards.wrap(f"<p><b>Reply {place} of {count}</b>{taken}{checked}</p>"))
        if st.button("Next", shortcut="Right", disabled=place == count, key="reply-next"):
            st.session_state[key] = place + 1
            st.rerun()
    return whole.attempt.turns[place - 1]


def _coding(whole: Whole, turn: Turn) -> None:
    practice = resources.practice()
    told = practice.feedback(whole.attempt, turn)
    st.html(
        cards.wrap(
            '<p class="quiet">What the learner was told</p>',
            feedback_cards.feedback(told, turn.reply),
        )
    )
    mine = [d for d in whole.disputes if d.number == turn.number]
    st.html(cards.wrap(feedback_cards.disputed_by(whole.name, mine, practice.label)))
    overrides = whole.returned.overrides_of(turn.number)
    st.html(cards.wrap(feedback_cards.overridden("You see", overrides, turn, practice.label)))
    for override in overrides:
        st.button(
            f"Leave “{practice.label(override.code)}” to the coder",
            key=f"drop-{turn.number}-{override.code}",
            on_click=_drop,
            args=(whole, turn, override.code),
        )
    _override(whole, turn)
    gone = turn.number in whole.returned.checked
    st.checkbox(
        "I have gone through this reply",
        value=gone,
        key=f"checked-{whole.attempt.id}-{turn.number}",
        on_change=_check,
        args=(whole, turn, not gone),
        help="Through its whole coding: what you have not changed then counts as agreed, in the "
        "table of agreement.",
    )


def _override(whole: Whole, turn: Turn) -> None:
    practice = resources.practice()
    kept = len(whole.returned.overrides_of(turn.number))
    key = f"differently-{whole.attempt.id}-{turn.number}-{kept}"
    with (
        st.expander("I see a code differently", key=key, on_change="rerun"),
        st.form("override", border=False),
    ):
        code = st.selectbox("Code", CODES, None, practice.label, key=f"code-{turn.number}")
        level = st.segmented_control(
            "Your level (a misstep is there or not: Clear or Not yet)",
            list(Level),
            format_func=lambda one: LEVEL_WORDS[one],
            key=f"level-{turn.number}",
            wrap=True,
        )
        why = st.text_area(
            "Why", max_chars=MAX_WHY, height=90, key=f"why-{whole.attempt.id}-{turn.number}"
        )
        if st.form_submit_button("Keep this beside the coder's"):
            frame.tried(lambda: _keep(whole, turn, code, level, why))
            st.rerun()


def _keep(whole: Whole, turn: Turn, code: Code | None, level: Level | None, why: str) -> None:
    if code is None or level is None:
        raise ClassError("Choose a code and your level for it first.")
    resources.respond().override(
        who.me(), whole.attempt.id, turn.number, code=code, level=level, why=why
    )


def _drop(whole: Whole, turn: Turn, code: Code) -> None:
    frame.tried(
        lambda: resources.respond().drop_override(who.me(), whole.attempt.id, turn.number, code)
    )


def _check(whole: Whole, turn: Turn, checked: bool) -> None:
    frame.tried(
        lambda: resources.respond().check(who.me(), whole.attempt.id, turn.number, checked=checked)
    )


def _comments(whole: Whole, turn: Turn) -> None:
    _said(whole, turn.number, "What do you want to say about this reply?")


def _whole(whole: Whole) -> None:
    st.html(cards.wrap("<h2>About the whole conversation</h2>"))
    _said(whole, 0, "What do you want to say about all of it?")


def _said(whole: Whole, number: int, asked: str) -> None:
    for comment in whole.returned.said_of(number):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"comment-{comment.id}"
        ):
            st.html(cards.wrap(feedback_cards.comment("You", comment)))
            st.button(
                "Take back", key=f"uncomment-{comment.id}", on_click=_unsay, args=(whole, comment)
            )
    with st.form(f"say-{number}", border=False, clear_on_submit=True):
        text = st.text_area(
            asked, max_chars=MAX_COMMENT, height=90, key=f"say-{whole.attempt.id}-{number}"
        )
        if st.form_submit_button("Say it to the learner"):
            frame.tried(
                lambda: resources.respond().comment(who.me(), whole.attempt.id, number, text)
            )
            st.rerun()


def _unsay(whole: Whole, comment: Comment) -> None:
    frame.tried(lambda: resources.respond().uncomment(who.me(), whole.attempt.id, comment.id))


if __name__ == "__main__":
    render()
