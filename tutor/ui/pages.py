"""Which pages there are, and for whom: one that is not in the list cannot be reached by any way."""

from collections.abc import Mapping

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from tutor.domain.access import Access
from tutor.errors import TutorError
from tutor.ui import frame, who

#: The file, the title and the icon of each page. Pages are files: only those can be tested.
_LEARNING = (
    (frame.START, "Scenarios", "home"),
    (frame.PRACTICE, "Practice", "forum"),
    (frame.SUMMARY, "Summary", "timeline"),
    (frame.DRILL, "Spot the marker", "visibility"),
    (frame.QUIZ, "Knowledge check", "quiz"),
    (frame.CHECKIN, "Check-in", "rate_review"),
    (frame.PROGRESS, "Progress", "trending_up"),
    (frame.REPLAY, "Look back", "replay"),
)
_CLASS = ((frame.MY_CLASS, "My class", "group"),)
_TRUST = ((frame.TRUST, "Trust and limits", "fact_check"),)
_SUPERVISING = (
    (frame.DEMOS, "Demonstrate", "co_present"),
    (frame.DEMO, "Demonstration", "slideshow"),
    (frame.CLASSES, "Classes", "groups"),
    (frame.HANDED_IN, "Handed in", "inbox"),
    (frame.RESPOND, "Read", "rate_review"),
    (frame.PICTURE, "The class", "monitoring"),
)


def shown() -> Mapping[str, list[StreamlitPage]]:
    """The pages of the person whose session this is, by section.

    Without accounts, and not alone, there are no classes. Somebody who is not let in gets the
    learner's pages, each of which says so instead of itself.
    """
    classes = supervising = False
    try:
        classes = who.access() is not Access.OPEN
        supervising = who.me().supervises
    except TutorError:
        pass  # the page says what it is
    sections = {"": (*_LEARNING, *(_CLASS if classes else ()), *_TRUST)}
    if supervising:
        sections["Supervise"] = _SUPERVISING
    return {name: [_page(*about) for about in pages] for name, pages in sections.items()}


def _page(file: str, title: str, icon: str) -> StreamlitPage:
    return st.Page(
        file,
        title=title,
        icon=f":material/{icon}:",
        url_path=file.removesuffix(".py"),
        default=file == frame.START,
    )
