"""Demonstrate: what there is to show to a room, and what the supervisor has made for it."""

from collections.abc import Iterable

import streamlit as st

from tutor.domain.demo import Demo
from tutor.domain.scenario import Scenario
from tutor.domain.transcript import Transcript
from tutor.errors import AccessError
from tutor.ui import cards, frame, resources, uploading, who, words
from tutor.ui.highlight import escaped, label
from tutor.ui.state import DEMO

_WHAT = """<h1>Demonstrate</h1>
<p>Conversations to show to a room, reply by reply: ask first, then reveal what the counselor says,
what it was coded as and what the client answers. From any point the room can say it another
way. At the end of the page are those that you have made, and a place for transcripts.</p>
<h2>Ready to show</h2>"""


@frame.page
def render() -> None:
    """Draw the page, or say whom it is for."""
    demos, person = resources.demonstrations(), who.me()
    try:
        built_in, made = demos.built_in(person), demos.made(person)
    except AccessError as error:
        frame.nothing_open("Demonstrate", escaped(str(error)))
        return
    frame.notice()
    st.html(cards.wrap(_WHAT))
    scenarios = {s.id: s for s in demos.library.scenarios}
    _built_in([(demo, scenarios[demo.scenario]) for demo in built_in])
    st.html(cards.wrap("<h2>Made by you</h2>"))
    _made(made, scenarios)
    uploading.offer(demos)


def _built_in(offered: list[tuple[Demo, Scenario]]) -> None:
    if not offered:
        st.html(cards.wrap("<p>No demonstration comes with this installation.</p>"))
        return
    one, two, three = st.columns(3)
    ruptures = one.multiselect(
        "Rupture", _values(cards.RUPTURES[s.rupture] for _, s in offered), placeholder="all"
    )
    rooms = two.multiselect(
        "Who is there",
        _values(words.kind(s.setting.format) for _, s in offered),
        placeholder="all",
    )
    models = three.multiselect(
        "Approach", _values(_approach(s) for _, s in offered), placeholder="all"
    )
    found = [
        (demo, s)
        for demo, s in offered
        if (not ruptures or cards.RUPTURES[s.rupture] in ruptures)
        and (not rooms or words.kind(s.setting.format) in rooms)
        and (not models or _approach(s) in models)
    ]
    if not found:
        st.html(cards.wrap("<p>None is like that. Take a filter away.</p>"))
    with st.container(key="scenarios"):
        for demo, scenario in found:
            with st.container(border=True, key=f"scenario-{demo.id}"):
                st.html(_card(demo, scenario))
                if st.button("Show it", key=f"show-{demo.id}", type="primary"):
                    st.switch_page(frame.DEMO, query_params={DEMO: demo.id})


def _card(demo: Demo, scenario: Scenario) -> str:
    client = scenario.client
    three = " · one moment three times" if any(beat.takes for beat in demo.beats) else ""
    return cards.wrap(
        f'<div style="display:flex;gap:.8rem;align-items:center;margin-bottom:.5rem">'
        f"{cards.face(resources.avatar(client))}"
        f"<h3 style='margin:0'>{escaped(demo.title)}<br>{escaped(client.name)}, {client.age}</h3>"
        "</div>",
        f'<p class="facts">{escaped(cards.setting(scenario))}</p>',
        f'<p><span class="chip">{cards.RUPTURES[scenario.rupture]}</span> '
        f'<span class="chip later">{cards.replies(len(demo.beats))}{three}</span></p>',
        f"<p>{escaped(demo.shows)}</p>",
    )


def _made(made: Iterable[Demo | Transcript], scenarios: dict[str, Scenario]) -> None:
    made = tuple(made)
    if not made:
        st.html(
            cards.wrap(
                "<p>Nothing yet. Finish a conversation of your own, and make a demonstration of it "
                "on its summary; or upload a transcript below.</p>"
            )
        )
    for one in made:
        with st.container(horizontal=True, vertical_alignment="center", key=f"made-{one.id}"):
            st.html(cards.wrap(f"<p><b>{escaped(one.title)}</b><br>{_about(one, scenarios)}</p>"))
            if st.button(f"Show {label(one.title)}", key=f"show-{one.id}"):
                st.switch_page(frame.DEMO, query_params={DEMO: one.id})


def _about(one: Demo | Transcript, scenarios: dict[str, Scenario]) -> str:
    if isinstance(one, Transcript):
        what = f"transcript, {len(one.lines)} turns"
    else:
        scenario = scenarios.get(one.scenario)
        whose = escaped(scenario.title) if scenario else "a scenario that is no longer here"
        what = f"{whose}, {cards.replies(len(one.beats))}"
    return f'<span class="quiet">{what}</span>'


def _approach(scenario: Scenario) -> str:
    return words.APPROACHES[scenario.setting.approach] if scenario.setting.approach else "Other"


def _values(found: Iterable[str]) -> list[str]:
    return sorted(set(found))


if __name__ == "__main__":
    render()
