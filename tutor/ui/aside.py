"""Beside the conversation, before a reply: what do you see, and hints that climb."""

import streamlit as st

from tutor.domain.attempt import Attempt
from tutor.domain.scenario import Scenario
from tutor.ui import cards, resources, spotting
from tutor.ui.highlight import escaped
from tutor.ui.state import state


def spot(scenario: Scenario, attempt: Attempt) -> bool:
    """Ask what the learner sees in the first line; whether the question is still open.

    Once it is answered, what there was to see stands above everything else.
    """
    here = state()
    if not here.spot_first and attempt.id not in here.spotted:
        return False
    if attempt.id not in here.spotted:
        st.html(cards.wrap("<h2>Before you answer</h2>"))
        seen = spotting.ask(f"spot-{attempt.id}")
        if st.button("Go straight to my reply"):
            here.spotted[attempt.id] = None
            st.rerun()
        if seen is None:
            return True
        here.spotted[attempt.id] = seen
        st.rerun()
    if found := here.spotted[attempt.id]:
        sighting = resources.study().sighting(scenario, attempt)
        st.html(cards.wrap(spotting.told(sighting, found)))
    return False


def hints(scenario: Scenario, attempt: Attempt) -> None:
    """The hints taken so far before this reply, and a way to the next one."""
    if attempt.finished:
        return
    study = resources.study()
    rungs = study.hints(scenario, attempt)
    taken = study.hints_taken(attempt)
    shown = [hint for hint in rungs if hint.height <= taken]
    ahead = [hint for hint in rungs if hint.height > taken]
    if shown:
        st.html(
            cards.wrap(
                *(
                    f'<div class="card"><h2>{escaped(hint.title)}</h2>{cards.said(hint.text)}</div>'
                    for hint in shown
                )
            )
        )
    if ahead:
        words = "A hint" if not shown else f"One more: {ahead[0].title.lower()}"
        if st.button(words, key="hint"):
            study.take_hint(attempt, ahead[0])
            st.rerun()
    elif shown and shown[-1].title == "A beginning":
        st.html(cards.wrap('<p class="quiet">A model reply comes after your own first try.</p>'))
