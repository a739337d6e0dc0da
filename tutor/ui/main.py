"""What runs for each session: the looks of every page, and then the one that was asked for."""

import streamlit as st

from tutor.ui import pages, theme

st.set_page_config(
    page_title="Rupture & Repair: practice tutor",
    page_icon=theme.ICON,
    layout="wide",
    initial_sidebar_state=250,
)
st.navigation(pages.shown()).run()
