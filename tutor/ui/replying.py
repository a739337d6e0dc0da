"""What a learner does in a conversation: stored, or said why not, before the page is drawn.

A page outlives its server: when that one ends, the browser finds it again, or another one, where
its session is new. Streamlit calls back only in a session that has drawn a widget before, so that
what the page sends first would come to nothing there.
"""

import streamlit as st

from tutor.domain.attempt import Attempt
from tutor.errors import AttemptMovedOn, TutorError
from tutor.ui import resources, who
from tutor.ui.state import REPLY, Kind, keep_draft, state


def heard() -> None:
    """Take what was sent from the chat box, in a session that has drawn it before."""
    state().called = True
    submit(st.session_state[REPLY] or "")


def catch_up(attempt: Attempt, *, said: str, typed: str) -> None:
    """Run again where the page has brought something that a new session could not hear at first.

    `said` was sent from the box in this run, and `typed` stood in it when the server went away.
    """
    here = state()
    if said and not here.heard:
        here.unheard = said
        st.rerun()
    if typed and typed != (attempt.turns[-1].reply if attempt.turns else ""):
        here.unsent = typed
        st.rerun()


def resumed(attempt: Attempt | None) -> Attempt | None:
    """The attempt, with the reply that was caught up on; what was only typed is a draft again."""
    here = state()
    if here.unheard:
        submit(here.unheard)
    if here.unsent:
        keep_draft(here.unsent)
    here.unheard = here.unsent = ""
    return here.attempt if attempt else None


def submit(reply: str) -> None:
    """Send the reply; one that cannot be taken stays in the box as a draft."""
    here = state()
    attempt = here.attempt
    if attempt is None:
        return
    if not reply.strip():
        here.tell(Kind.HINT, "Nothing was sent. Write what you would say, in your own words.")
        return
    try:
        here.show(
            resources.practice().submit_reply(
                attempt_id=attempt.id, learner=who.me().id, revision=attempt.revision, reply=reply
            )
        )
    except AttemptMovedOn:
        reload()
        keep_draft(reply)
    except TutorError as error:
        here.tell(Kind.PROBLEM, f"{error} Your words are still in the box.")
        keep_draft(reply)


def retry() -> None:
    """Take the last reply back, so that the same moment is there again."""
    here = state()
    if here.attempt is None:
        return
    try:
        here.show(
            resources.practice().retry_moment(
                attempt_id=here.attempt.id, learner=who.me().id, revision=here.attempt.revision
            )
        )
        here.asked_focus += 1
    except AttemptMovedOn:
        reload()
    except TutorError as error:
        here.tell(Kind.PROBLEM, str(error))


def go_on() -> None:
    """Put the feedback away, and go on to the next reply."""
    here = state()
    if here.attempt:
        here.put_away = here.attempt.revision
        here.asked_focus += 1


def reload() -> None:
    """Take the attempt from the store, after another tab or window has changed it."""
    here, practice = state(), resources.practice()
    if here.attempt is None:
        return
    try:
        here.show(practice.open_attempt(attempt_id=here.attempt.id, learner=who.me().id))
        here.tell(
            Kind.PROBLEM,
            "This conversation went on in another tab or window. Here is where it stands now. "
            "Nothing was changed from this tab, and what you wrote is still in the box.",
        )
    except TutorError as error:
        here.tell(Kind.PROBLEM, str(error))
