"""Choosing: a scenario by filters and search, the next one for the learner, a class."""

from collections.abc import Collection, Iterable, Sequence

import streamlit as st

from tutor.domain.progress import Advice
from tutor.domain.scenario import Scenario
from tutor.domain.teaching import Cohort
from tutor.ui import cards, words
from tutor.ui.highlight import escaped

_COHORT = "class-chosen"


def chosen(scenarios: Sequence[Scenario], done: Collection[str]) -> list[Scenario]:
    """Draw the filters; the scenarios that pass them, in their order."""
    with st.expander("Find a client"):
        text = st.text_input("Search", key="find-text", placeholder="a name, a place, a theme")
        one, two, three = st.columns(3)
        kinds = one.multiselect(
            "Rupture", list(dict.fromkeys(cards.RUPTURES.values())), key="find-rupture"
        )
        parts = two.multiselect("Strained", ["Bond", "Goals", "Tasks"], key="find-component")
        rooms = three.multiselect(
            "Who is there", _values(s.setting.format for s in scenarios), key="find-format"
        )
        hard = one.multiselect("Difficulty", list(cards.DIFFICULTIES.values()), key="find-hard")
        sides = two.multiselect(
            "Who the client is",
            _values(side for s in scenarios for side in (*s.identity, *s.circumstances)),
            key="find-identity",
        )
        tried = three.segmented_control(
            "Shown", ["All", "Not done", "Done"], key="find-done", wrap=True
        )

    def passes(s: Scenario) -> bool:
        mine = {words.kind(side) for side in (*s.identity, *s.circumstances)}
        return (
            all(word in _text(s) for word in text.casefold().split())
            and (not kinds or cards.RUPTURES[s.rupture] in kinds)
            and (not parts or any(part.capitalize() in parts for part in s.strained))
            and (not rooms or words.kind(s.setting.format) in rooms)
            and (not hard or cards.DIFFICULTIES.get(s.difficulty) in hard)
            and (not sides or bool(mine & set(sides)))
            and (tried in (None, "All") or (s.id in done) == (tried == "Done"))
        )

    return [scenario for scenario in scenarios if passes(scenario)]


def cohort(cohorts: Sequence[Cohort]) -> Cohort:
    """Draw the choice between a supervisor's classes, which goes with them from page to page."""
    ids = [one.id for one in cohorts]
    if st.session_state.get(_COHORT) not in ids:
        st.session_state[_COHORT] = ids[-1]
    # A widget forgets its value when another page is drawn: the key of the widget is not the store.
    wanted = st.selectbox(
        "Class",
        cohorts,
        index=ids.index(st.session_state[_COHORT]),
        format_func=lambda one: one.name,
        key="class-shown",
    )
    found = wanted or cohorts[-1]
    st.session_state[_COHORT] = found.id
    return found


def choose_cohort(chosen: Cohort) -> None:
    """Have that class shown from now on."""
    st.session_state[_COHORT] = chosen.id
    st.session_state.pop("class-shown", None)


def advice(given: Advice) -> str:
    """Which scenario is next, and how it was chosen."""
    client = given.scenario.client
    return cards.wrap(
        f'<div class="bar-teal"><h2>Next for you: {escaped(client.name)}, '
        f"{escaped(given.scenario.title)}</h2><p>{escaped(given.why)}</p></div>"
    )


def _values(kinds: Iterable[str]) -> list[str]:
    return sorted({words.kind(kind) for kind in kinds})


def _text(s: Scenario) -> str:
    parts = (s.client.name, s.client.about, s.title, s.practises, s.background, str(s.setting))
    return " ".join(parts).casefold()
