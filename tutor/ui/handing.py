"""The handout, to be taken from the page."""

import streamlit as st

from tutor.demonstrate import Made
from tutor.demonstrations import Demonstrations
from tutor.ui import cards, who


def downloads(demos: Demonstrations, made: Made) -> None:
    """The handout as a page to print, and as Markdown; each is made when it is asked for."""
    st.html(cards.wrap("<h2>To hand out</h2>"))
    name = f"demonstration-{made.id}"
    with st.container(horizontal=True, key="ways"):
        st.download_button(
            "A page to print (HTML)",
            data=who.later(lambda _: demos.page(made).encode()),
            file_name=f"{name}.html",
            mime="text/html",
            on_click="ignore",
        )
        st.download_button(
            "Markdown",
            data=who.later(lambda _: demos.markdown(made).encode()),
            file_name=f"{name}.md",
            mime="text/markdown",
            on_click="ignore",
        )
