"""The practice page: the conversation, and beside it what each reply did."""

import streamlit as st

from tutor.domain.attempt import Attempt, Turn
from tutor.domain.rubric import Feedback
from tutor.domain.scenario import Alliance, Line, Scenario
from tutor.domain.vocabulary import CODES
from tutor.errors import AttemptMovedOn, ReplyError, TutorError
from tutor.practice import Practice
from tutor.settings import MAX_WHY
from tutor.ui import (
    aside,
    cards,
    drawing,
    feedback_cards,
    frame,
    live,
    replying,
    resources,
    theme,
    who,
)
from tutor.ui.highlight import escaped
from tutor.ui.state import REPLY, Kind, Notice, repeated, state

#: How many replies are shown as chat messages; older ones are folded into one block, since it is
#: the number of rich elements that makes a long conversation slow in the browser.
RECENT = 2
#: How often a moment was tried, in words.
ORDINALS = ("first", "second", "third", "fourth", "fifth")


@frame.page
def render() -> None:
    """Draw the page for the attempt in the address, or the one this tab had open."""
    practice = resources.practice()
    attempt = replying.resumed(frame.opened(practice))
    if attempt is None:
        frame.nothing_open("Practice", "Choose a scenario to begin a conversation.")
        return
    scenario = practice.scenario(attempt.scenario)
    told = practice.feedback(attempt, attempt.standing[-1]) if attempt.standing else None
    with st.container(key="conversation"):
        _conversation(practice, scenario, attempt, told)
    with st.container(key="feedback"):
        _feedback(practice, scenario, attempt, told)
    # In a container, the page does not run to its end at each reply: `live` says where to look.
    with st.container(key="answer"):
        frame.notice()
        said = st.chat_input(
            "This conversation is over"
            if attempt.finished
            else f"Reply to {cards.addressed(scenario)}",
            key=REPLY,
            submit_mode="disable",
            disabled=attempt.finished,
            on_submit=replying.heard,
        )
    heard = last_line(scenario, attempt)
    typed = live.announce(
        attempt=attempt.id,
        revision=attempt.revision,
        text=f"{heard.speaker or scenario.client.name}: {heard.demeanour}. {heard.says}",
        focus=str(state().asked_focus or ""),
    )
    replying.catch_up(attempt, said=said or "", typed=typed)
    resources.get_ready()  # while the learner reads


def last_line(scenario: Scenario, attempt: Attempt) -> Line:
    """What the client said last."""
    standing = attempt.standing
    return standing[-1].response.line if standing else scenario.opening[attempt.opening]


def _conversation(
    practice: Practice, scenario: Scenario, attempt: Attempt, told: Feedback | None
) -> None:
    standing = attempt.standing
    face = resources.avatar(scenario.client)
    st.html(cards.heading(scenario, face, *_where(attempt)))
    if not standing:
        st.html(cards.background(scenario))
    _message("You", resources.counselor(), cards.said(scenario.before), "You, a moment ago")
    opening = scenario.opening[attempt.opening]
    older, recent = standing[:-RECENT], standing[-RECENT:]
    if older:
        st.html(cards.earlier(scenario, opening, older))
    else:
        _message(scenario.client.name, face, cards.line(opening))
    for turn in recent:
        marks = told.marks if told and turn is standing[-1] else ()
        _message("You", resources.counselor(), cards.marked_reply(turn.reply, marks))
        _message(scenario.client.name, face, cards.line(turn.response.line))
    if told:
        st.html(cards.wrap(f'<p class="aftermath">{drawing.moved(_path(scenario, attempt))}</p>'))
        _second_try(practice, attempt, standing[-1], told)
    if tried := repeated(attempt):
        st.html(cards.tried_before(scenario.client.name, tried))
    ending = scenario.ending(standing[-1].response.to) if standing else None
    if ending:
        st.html(cards.ending(ending))


def _message(name: str, avatar: str, body: str, who: str = "") -> None:
    with st.chat_message(name, avatar=theme.picture(avatar)):
        st.html(cards.wrap(f'<p class="who">{escaped(who or name)}</p>', body))


def _where(attempt: Attempt) -> tuple[str, str]:
    """Which moment this is, and which try, in words."""
    if attempt.finished:
        return "finished", ""
    standing = attempt.standing
    moments = list(dict.fromkeys(turn.moment for turn in standing))
    fresh = standing[-1].response.to not in moments if standing else True
    again = tries(attempt)
    return (
        f"moment {len(moments) + fresh}, reply {len(standing) + 1}",
        f"{_ordinal(again)} try" if again > 1 else "",
    )


def _ordinal(count: int) -> str:
    return ORDINALS[count - 1] if count <= len(ORDINALS) else "next"


def tries(attempt: Attempt) -> int:
    """Which try at the present moment the next reply is; 1 for the first."""
    count = 1
    for turn in reversed(attempt.turns):
        if not turn.rewound:
            break
        count += 1
    return count


def _second_try(practice: Practice, attempt: Attempt, turn: Turn, told: Feedback) -> None:
    before = attempt.earlier_try(turn)
    if before is None or repeated(attempt):
        return
    st.html(
        feedback_cards.both_tries(
            (before.reply, practice.feedback(attempt, before).marks),
            (turn.reply, told.marks),
            practice.comparison(attempt, turn),
        )
    )


def _feedback(
    practice: Practice, scenario: Scenario, attempt: Attempt, told: Feedback | None
) -> None:
    standing = attempt.standing
    tried = repeated(attempt)
    shift = standing[-1].response.shift if standing else None
    alliance = drawing.alliance(scenario.client.name, _path(scenario, attempt), shift)
    if tried:
        before = practice.feedback(attempt, tried)
        again = _ordinal(tries(attempt)).capitalize()
        lead = f'<div class="card lead">{again} try: say it another way.</div>'
        st.html(cards.wrap(lead, feedback_cards.next_step(before.next_step), alliance))
        aside.hints(scenario, attempt)
        return
    if told is None:
        if not aside.spot(scenario, attempt):
            st.html(cards.wrap(cards.your_turn(scenario), alliance))
            aside.hints(scenario, attempt)
        return
    turn = standing[-1]
    if state().put_away == attempt.revision:
        st.html(cards.wrap(cards.your_turn(scenario), alliance))
        aside.hints(scenario, attempt)
    else:
        # What has been said just now nobody can have seen differently yet.
        found = () if state().heard else practice.disputes(attempt)
        disputes = [d for d in found if d.number == turn.number]
        seen = feedback_cards.seen_differently(disputes, practice.label)
        st.html(cards.wrap(seen, feedback_cards.feedback(told, turn.reply), alliance))
    _ways_on(practice, attempt, turn, told)


def _ways_on(practice: Practice, attempt: Attempt, turn: Turn, told: Feedback) -> None:
    with st.container(key="ways", horizontal=True, gap="xsmall"):
        st.button("Try this moment again", type="primary", on_click=replying.retry)
        if not attempt.finished:
            st.button("Go on", on_click=replying.go_on)
        if st.button("Show a model reply"):
            _model_replies(practice, attempt, turn)
        if told.why_not and st.button("Why not …?"):
            _why_not(told)
        if st.button("I see it differently"):
            _see_differently(practice, attempt, turn)
        label = "See the summary" if attempt.finished else "End and see the summary"
        frame.way(label, _to_summary, attempt)


@st.dialog("What others might say here", width="medium")
def _model_replies(practice: Practice, attempt: Attempt, turn: Turn) -> None:
    st.html(feedback_cards.model_replies(practice.model_replies(attempt, turn)))


@st.dialog("Why not …?", width="medium")
def _why_not(told: Feedback) -> None:
    st.html(feedback_cards.why_not(told.why_not))


@st.dialog("I see it differently", width="medium")
def _see_differently(practice: Practice, attempt: Attempt, turn: Turn) -> None:
    st.html(feedback_cards.why_differently())
    code = st.selectbox("What is wrongly there, or wrongly not there?", CODES, None, practice.label)
    why = st.text_area("What do you see?", max_chars=MAX_WHY, height=110)
    if st.button("Keep this", type="primary"):
        try:
            if code is None:
                raise ReplyError("Choose first what you see differently.")
            practice.dispute(
                attempt_id=attempt.id, learner=who.me().id, number=turn.number, code=code, why=why
            )
        except TutorError as error:
            st.html(cards.notice(Notice(kind=Kind.PROBLEM, text=str(error))))
        else:
            st.rerun()


def _path(scenario: Scenario, attempt: Attempt) -> tuple[Alliance, ...]:
    return (scenario.alliance, *(turn.response.alliance for turn in attempt.standing))


def _to_summary(attempt: Attempt) -> None:
    here = state()
    try:
        if not attempt.finished:
            here.show(
                resources.practice().finish_attempt(
                    attempt_id=attempt.id, learner=who.me().id, revision=attempt.revision
                )
            )
    except AttemptMovedOn:
        replying.reload()
        st.rerun()
    except TutorError as error:
        here.tell(Kind.PROBLEM, str(error))
    else:
        frame.show(frame.SUMMARY, attempt.id)


if __name__ == "__main__":
    render()
