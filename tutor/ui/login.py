"""The page in place of every other until somebody has logged in, and the way out."""

import streamlit as st

from tutor.domain.access import Access, Person
from tutor.ui import cards, who
from tutor.ui.highlight import escaped, label
from tutor.ui.state import REPLY, Kind, Notice

_WELCOME = """<h1>Repair a strained moment</h1>
<p>A tutor to practice what repairs a strained working alliance, with fictional clients.</p>"""

_STORED = """<p class="quiet">The tutor stores your name and a mark that stands for your login, what
you write to the clients, and your answers to the exercises. What you hand in can be read by the
supervisor of your class; you can download or delete all of it at any time.</p>"""


def ask(why: str) -> None:
    """Draw the login page; words that were not sent before the login was over can be copied."""
    st.html(cards.wrap(_WELCOME))
    st.html(cards.notice(Notice(kind=Kind.HINT, text=why)))
    if draft := st.session_state.get(REPLY):
        st.html(cards.wrap("<p>What you wrote was not sent. Copy it, to put it in again:</p>"))
        st.code(draft, language=None, wrap_lines=True)
    for provider in who.providers():
        name = "" if provider == who.DEFAULT else f" with {label(provider.capitalize())}"
        st.button(f"Log in{name}", type="primary", on_click=st.login, args=(provider,))
    st.html(cards.wrap(_STORED))


def way_out(person: Person) -> None:
    """Say in the sidebar who is logged in, with a button to log out; nothing without accounts."""
    if who.access() is not Access.ACCOUNTS:
        return
    with st.sidebar:
        st.html(cards.wrap(f"<p class='quiet'>{escaped(person.name)}</p>"))
        st.button("Log out", on_click=st.logout)
