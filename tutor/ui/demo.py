"""The player: a demonstration or a transcript, stepped through before a room.

Which one, the place in it and the presenter view stand in the address, so that a reload, or a
second screen, shows the same.
"""

import streamlit as st

from tutor.demonstrate import Made
from tutor.demonstrations import Demonstrations
from tutor.domain.showing import Phase, Place, Showing
from tutor.errors import AccessError, AttemptError, ReplyError
from tutor.ui import forking, frame, handing, live, making, resources, stage, theme_stage, who
from tutor.ui.state import AT, DEMO, PRESENT, state

#: What the button forward promises, by what comes next.
FORWARD = {
    Phase.ASK: "Go on",
    Phase.REPLY: "Reveal the reply",
    Phase.ANSWER: "Reveal the answer",
    Phase.VERSIONS: "See it three times",
    Phase.END: "To the end",
}


@frame.page
def render() -> None:
    """Draw the page for the demonstration in the address."""
    st.html(theme_stage.STAGE)
    demos, person = resources.demonstrations(), who.me()
    try:
        wanted = st.query_params.get(DEMO, "")
        if person.supervises and not wanted:
            _nothing("Choose first what to show.")
            return
        made = demos.get(person, wanted)
    except AccessError as error:
        _nothing(str(error))
        return
    try:
        with st.spinner("Coding every reply", show_time=False):
            showing = demos.show(made)
    except (AttemptError, ReplyError) as error:
        _nothing(f"“{made.title}” cannot be played any more. {error}")
        making.delete(demos, made)
        return
    _draw(demos, made, showing)


def _draw(demos: Demonstrations, made: Made, showing: Showing) -> None:
    at = place_number(showing)
    place = showing.place(at)
    presenting = st.query_params.get(PRESENT) == "1"
    if presenting:
        st.html(theme_stage.PRESENTING)
    fork = state().fork
    if fork and fork.demo != made.id:
        fork = state().fork = None
    scenario = showing.scenario
    face = resources.avatar(scenario.client) if scenario else ""
    st.html(stage.heading(showing, face, place))
    if fork:
        forking.draw(demos, made, showing, fork)
    else:
        _place(demos, showing, place, presenting=presenting)
    with st.container(key="answer"):
        frame.notice()
        if fork:
            forking.box(demos, made, fork)
        else:
            _controls(showing, made, at, presenting=presenting)
    if not presenting and not fork:
        making.edit(demos, made, showing, place)
        if place.phase in (Phase.BEGIN, Phase.END):
            handing.downloads(demos, made)
    _announce(made, showing, place, at)


def place_number(showing: Showing) -> int:
    """The number in the address of the place to show, brought within what there is."""
    written = st.query_params.get(AT, "")
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else 0
    return min(number, len(showing.places) - 1)


def _place(
    demos: Demonstrations, showing: Showing, place: Place, *, presenting: bool = False
) -> None:
    """What is on the page at that place: on the left what is said, on the right what is seen.

    A room that is presented to does not read beforehand what there will be to see.
    """
    step, label = showing.step(place), resources.practice().label
    if place.phase is Phase.VERSIONS:
        st.html(stage.versions(showing, step, demos.marks, label))
        return
    if place.phase is Phase.END:
        st.html(stage.ending(showing))
        return
    left, right = st.columns([3, 2], gap="medium")
    with left, st.container(key="conversation"):
        if place.phase is Phase.BEGIN:
            st.html(stage.beginning(showing, tell=not presenting))
            return
        if folded := stage.earlier(showing, place):
            st.html(folded)
        st.html(stage.heard(showing, step))
        if place.phase is Phase.ASK:
            st.html(stage.question(step))
        else:
            st.html(stage.replied(step, demos.marks))
        if place.phase is Phase.ANSWER:
            st.html(stage.answered(showing, step.chosen.answer))
    with right:
        st.html(stage.beside(showing, step, place, label))


def _controls(showing: Showing, made: Made, at: int, *, presenting: bool) -> None:
    places = showing.places
    ahead = places[at + 1].phase if at + 1 < len(places) else None
    forward = "Begin" if at == 0 else FORWARD[ahead] if ahead else "This is the end"
    with st.container(key="steps", horizontal=True, gap="small", vertical_alignment="center"):
        st.button(
            "Back",
            key="back",
            shortcut="Left",
            help="Also with the left arrow key",
            disabled=at == 0,
            on_click=_go,
            args=(at - 1,),
        )
        st.button(
            forward,
            key="forward",
            type="primary",
            shortcut="Right",
            help="Also with the right arrow key",
            disabled=ahead is None,
            on_click=_go,
            args=(at + 1,),
        )
        st.button(
            "What would you say?",
            key="fork",
            shortcut="W",
            help="Also with the key W: say it another way from here, and hear the answer",
            on_click=forking.begin,
            args=(made, showing, showing.place(at)),
        )
        st.button(
            "Leave presenter view" if presenting else "Presenter view",
            key="present",
            type="tertiary",
            shortcut="P",
            help="Also with the key P: large type, and nothing else on the screen",
            on_click=_present,
            args=(not presenting,),
        )


def _go(at: int) -> None:
    st.query_params[AT] = str(at)


def _present(wanted: bool) -> None:
    if wanted:
        st.query_params[PRESENT] = "1"
    else:
        st.query_params.pop(PRESENT, None)


def _announce(made: Made, showing: Showing, place: Place, at: int) -> None:
    """Say what has come onto the page, and bring it into view."""
    if fork := state().fork:
        live.announce(
            attempt=f"demo-{made.id}",
            revision=1_000 * (at + 1) + fork.said,
            text=forking.new(showing, fork),
            focus=f"{fork.step}.{fork.said}",
        )
    else:
        live.announce(attempt=f"demo-{made.id}", revision=at, text=_new(showing, place))


def _new(showing: Showing, place: Place) -> str:
    """What has just come onto the page, for those who hear it."""
    step = showing.step(place)
    said = " ".join(line.says for line in step.chosen.answer)
    return {
        Phase.BEGIN: showing.title,
        Phase.ASK: f"Ask the room: {step.question}",
        Phase.REPLY: f"Counselor: {step.chosen.reply}",
        Phase.ANSWER: f"Answer: {said}",
        Phase.VERSIONS: "The same moment, three times",
        Phase.END: "The end of the demonstration",
    }[place.phase]


def _nothing(words: str) -> None:
    st.html(stage.nothing(words))
    if who.me().supervises and st.button("See the demonstrations", type="primary"):
        st.switch_page(frame.DEMOS)


if __name__ == "__main__":
    render()
