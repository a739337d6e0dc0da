"""The entry point: `python -m streamlit run app.py`. Pages are files, opened by path."""

import streamlit as st

from tutor.ui import theme, who

st.set_page_config(
    page_title="Rupture & Repair: practice tutor",
    page_icon=theme.ICON,
    layout="wide",
    initial_sidebar_state=250,
)

PAGES = (
    ("start", "Scenarios", "home"),
    ("practice", "Practice", "forum"),
    ("summary", "Summary", "timeline"),
    ("drill", "Spot the marker", "visibility"),
    ("quiz", "Knowledge check", "quiz"),
    ("checkin", "Check-in", "rate_review"),
    ("progress", "Progress", "trending_up"),
    ("replay", "Look back", "replay"),
    ("demos", "Demonstrate", "co_present"),
    ("demo", "Demonstration", "slideshow"),
    ("trust", "Trust and limits", "fact_check"),
)
st.navigation(
    [
        st.Page(
            f"tutor/ui/{name}.py",
            title=title,
            icon=f":material/{icon}:",
            default=name == "start",
            visibility="hidden" if name == "demo" else "visible",
        )
        for name, title, icon in PAGES
        if who.me().supervises or name not in ("demos", "demo")
    ]
).run()
