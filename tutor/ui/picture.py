"""The class as a whole: by step and marker, person by person, agreement, and exports."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

import streamlit as st

from tutor import settings
from tutor.domain.progress import ENOUGH, Share
from tutor.domain.teaching import ClassPicture, Cohort, Tally
from tutor.domain.vocabulary import LADDER, Move
from tutor.errors import SettingsError
from tutor.feedback.xapi import check_home
from tutor.ui import cards, choosing, frame, resources, who, words
from tutor.ui.highlight import escaped
from tutor.ui.state import Kind, Notice

K = TypeVar("K", bound=StrEnum)

_WHAT = """<h1>The class</h1>
<p>What was handed in, counted: how often a move became clear where the moment called for it, with
the number of tries beside it. Your level counts where you gave one. It ranks nobody, and few tries
say little.</p>"""
_AGREEMENT = """<h2>You and the coder</h2>
<p>Counted are the replies whose whole coding you have gone through; what you left as it was counts
as agreed. Kappa is agreement beyond chance (Cohen 1960), on whether the code is there.</p>"""
#: With fewer replies gone through than this, kappa says nothing.
ENOUGH_CHECKED = 10


@frame.page
def render() -> None:
    """Draw the page."""
    cohorts = resources.supervise().classes(who.me())
    st.html(cards.wrap(_WHAT))
    frame.notice()
    if not cohorts:
        frame.nothing_there("You have no class yet.", on="Make a class", to=frame.CLASSES)
        return
    cohort = choosing.cohort(cohorts)
    named = not st.toggle("Hide names", key="hide-names", help="In what you download too.")
    picture = resources.reporting().picture(who.me(), cohort.id, named=named)
    if not any(person.replies for person in picture.people):
        st.html(cards.wrap("<p>Nothing has been handed in to this class yet.</p>"))
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(cards.wrap("<h2>By step</h2>", _shares("Step", picture.steps, _labels(), "Tries")))
    with right:
        st.html(
            cards.wrap(
                "<h2>By marker</h2>",
                _shares("Marker", picture.by_marker, words.MARKERS, "Moves asked for"),
            )
        )
    st.html(cards.wrap("<h2>Person by person</h2>", _people(picture)))
    st.html(
        cards.wrap(_AGREEMENT, _agreement(resources.reporting().agreement(who.me(), cohort.id)))
    )
    _exports(cohort, named=named)


def _labels() -> dict[Move, str]:
    rubric = resources.practice().library.rubric
    return {move: rubric.criterion(move).label for move in LADDER}


def _shares(what: str, shares: Mapping[K, Share], names: Mapping[K, str], tries: str) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{escaped(names[key])}</th><td>{_share(shares[key])}</td>"
        f"<td>{shares[key].tries}</td></tr>"
        for key in names
        if key in shares
    )
    heads = "".join(f"<th scope='col'>{head}</th>" for head in (what, "Clear", tries))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _share(share: Share) -> str:
    if share.tries < ENOUGH:
        return "too early to say"
    bar = f"<span class='share' aria-hidden='true'><i style='width:{share.percent}%'></i></span>"
    return f"<span class='whole'>{bar}{share.percent} %</span>"


def _people(picture: ClassPicture) -> str:
    labels = _labels()
    heads = ("Learner", "Handed in", "Replies", *labels.values(), "Replies with a misstep")
    rows = "".join(
        f"<tr><th scope='row'>{escaped(person.name)}</th><td>{person.attempts}</td>"
        f"<td>{person.replies}</td>"
        + "".join(f"<td>{_of(person.steps.get(move, Share()))}</td>" for move in labels)
        + f"<td>{person.missteps}</td></tr>"
        for person in picture.people
    )
    head = "".join(f"<th scope='col'>{escaped(one)}</th>" for one in heads)
    return (
        "<div class='wide'><table><caption>In the order of names. Under a step: how often it was "
        f"clear, of so many tries.</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        "</table></div>"
    )


def _of(share: Share) -> str:
    return f"{share.clear} of {share.tries}" if share.tries else "–"


def _agreement(tallies: tuple[Tally, ...]) -> str:
    if not tallies:
        return "<p>You have gone through no reply in whole yet.</p>"
    practice = resources.practice()
    heads = ("Code", "Both", "Coder only", "You only", "Neither", "Same level", "Kappa")
    rows = "".join(
        f"<tr><th scope='row'>{escaped(practice.label(t.code))}</th><td>{t.both}</td>"
        f"<td>{t.coder_only}</td><td>{t.supervisor_only}</td><td>{t.neither}</td>"
        f"<td>{t.same_level} of {t.turns}</td><td>{_kappa(t)}</td></tr>"
        for t in tallies
        if t.both or t.coder_only or t.supervisor_only
    )
    head = "".join(f"<th scope='col'>{one}</th>" for one in heads)
    count = cards.replies(tallies[0].turns)
    return (
        f"<div class='wide'><table><caption>{count} gone through; codes that neither of you found "
        f"are left out.</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _kappa(tally: Tally) -> str:
    if tally.turns < ENOUGH_CHECKED:
        return "too early"
    return "–" if tally.kappa is None else f"{tally.kappa:.2f}"


def _exports(cohort: Cohort, *, named: bool) -> None:
    st.html(
        cards.wrap(
            "<h2>Take it away</h2><p>Every reply that was handed in, with the coder's levels and "
            "yours. The xAPI statements are for a learning record store; nothing is sent anywhere "
            "from here.</p>"
        )
    )
    reporting = resources.reporting()
    made: tuple[tuple[str, Callable[..., str], str, str], ...] = (
        ("CSV", reporting.as_csv, "csv", "text/csv"),
        ("JSON", reporting.as_json, "json", "application/json"),
    )
    with st.container(horizontal=True):
        for name, written, ending, mime in made:
            st.download_button(
                f"Download as {name}",
                data=who.later(partial(written, cohort_id=cohort.id, named=named)),
                file_name=_file(cohort, f".{ending}"),
                mime=mime,
                on_click="ignore",
            )
    _xapi(cohort, named=named)


def _xapi(cohort: Cohort, *, named: bool) -> None:
    """The statements, once there is an address for them; a wrong one is told at once."""
    home = st.text_input(
        "For xAPI: the address that your statements are made under",
        value=settings.home(),
        placeholder="https://practice.example.edu",
        help="Chosen once and kept: all ids of the statements hang on it.",
    ).strip()
    if not home:
        return
    try:
        check_home(home)
    except SettingsError as error:
        st.html(cards.notice(Notice(kind=Kind.PROBLEM, text=str(error))))
        return
    reporting = resources.reporting()
    st.download_button(
        "Download as xAPI statements",
        data=who.later(partial(reporting.as_xapi, cohort_id=cohort.id, named=named, home=home)),
        file_name=_file(cohort, "-xapi.json"),
        mime="application/json",
        on_click="ignore",
    )


def _file(cohort: Cohort, ending: str) -> str:
    """A file name that says which class it is: of "Practicum, spring", practicum-spring.csv."""
    return ("-".join(re.findall(r"\w+", cohort.name.casefold())) or "class") + ending


if __name__ == "__main__":
    render()
