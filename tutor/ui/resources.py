"""Every cache of the user interface: what is made once and shared by all sessions."""

import gc
import html
from functools import cache
from pathlib import Path

import streamlit as st

from tutor.classroom import Classroom
from tutor.demonstrations import Demonstrations
from tutor.domain.people import Client
from tutor.practice import Practice, open_practice
from tutor.reporting import Reporting
from tutor.respond import Respond
from tutor.review import Review
from tutor.settings import from_environment
from tutor.study import Study
from tutor.supervise import Supervise

_LETTER_AVATAR = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 52 52">'
    '<circle cx="26" cy="26" r="26" fill="#E7D3BF"/><text x="26" y="35" text-anchor="middle" '
    'font-family="Georgia, serif" font-size="25" fill="#5B2D20">{letter}</text></svg>'
)


@st.cache_resource(show_spinner=False)
def practice() -> Practice:
    """The use cases, opened once in the process; a failure is not kept, and tried again.

    Raises:
        SettingsError: the content folder does not exist.
        ContentError: the content as a whole cannot be used.
        StoreError: the database cannot be used.
    """
    return open_practice(from_environment())


@st.cache_resource(show_spinner=False)
def get_ready() -> None:
    """Do beforehand, and once, what would make the first reply wait.

    All that has been made by then stays for as long as the process does. Python would look through
    it for garbage again and again, while everybody waits.

    Raises:
        ContentError: nothing can be coded.
    """
    practice().get_ready()
    if not gc.get_freeze_count():
        gc.freeze()


def study() -> Study:
    """The exercises, on the same content and store."""
    shared = practice()
    return Study(library=shared.library, store=shared.store, code=shared.code)


def review() -> Review:
    """What looks back over all attempts, on the same content and store."""
    shared = practice()
    return Review(library=shared.library, store=shared.store)


def classroom() -> Classroom:
    """A learner's side of a class, on the same content and store."""
    shared = practice()
    return Classroom(library=shared.library, store=shared.store)


def supervise() -> Supervise:
    """A supervisor's classes, on the same content and store."""
    shared = practice()
    return Supervise(library=shared.library, store=shared.store)


def respond() -> Respond:
    """What was handed in, and what is said of it, on the same content and store."""
    shared = practice()
    return Respond(library=shared.library, store=shared.store)


@st.cache_resource(show_spinner=False)
def demonstrations() -> Demonstrations:
    """What supervisors show, on the same content and store; it remembers what it has coded."""
    shared = practice()
    return Demonstrations(library=shared.library, code=shared.code, store=shared.store)


def reporting() -> Reporting:
    """A class as a whole, on the same content and store."""
    shared = practice()
    return Reporting(library=shared.library, store=shared.store)


def avatar(client: Client) -> str:
    """The client's face as SVG; the first letter of the name where there is no such file."""
    return _avatar(from_environment().data, client.avatar, client.name)


def counselor() -> str:
    """The learner's face as SVG, wherever one is needed."""
    return _avatar(from_environment().data, "counselor", "You")


@cache
def _avatar(data: Path, name: str, fallback: str) -> str:
    folder = (data / "avatars").resolve()
    file = (folder / f"{name}.svg").resolve()
    if file.is_relative_to(folder) and file.is_file():
        return file.read_text(encoding="utf-8")
    return _LETTER_AVATAR.format(letter=html.escape(fallback[:1].upper()))
