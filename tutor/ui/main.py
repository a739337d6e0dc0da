"""What runs for each session: the page's looks, and the pages that this person may open."""

import streamlit as st

from tutor.ui import theme, who

st.set_page_config(
    page_title="Rupture & Repair: practice tutor",
    page_icon=theme.ICON,
    layout="wide",
    initial_sidebar_state=250,
)

MADE, SUPERVISE = "pages", "Supervise"
#: Pages are files: only those can be opened by their path, and tested.
PAGES = {
    "": (
        ("start", "Scenarios", "home"),
        ("practice", "Practice", "forum"),
        ("summary", "Summary", "timeline"),
        ("drill", "Spot the marker", "visibility"),
        ("quiz", "Knowledge check", "quiz"),
        ("checkin", "Check-in", "rate_review"),
        ("progress", "Progress", "trending_up"),
        ("replay", "Look back", "replay"),
        ("my_class", "My class", "group"),
        ("trust", "Trust and limits", "fact_check"),
    ),
    SUPERVISE: (
        ("demos", "Demonstrate", "co_present"),
        ("demo", "Demonstration", "slideshow"),
        ("classes", "Classes", "groups"),
        ("handed_in", "Handed in", "inbox"),
        ("respond", "Read", "rate_review"),
        ("picture", "The class", "monitoring"),
    ),
}
if MADE not in st.session_state:  # once for a tab, since each looks for its file
    st.session_state[MADE] = {
        section: [
            st.Page(
                f"{name}.py",
                title=title,
                icon=f":material/{icon}:",
                url_path=name,
                default=name == "start",
            )
            for name, title, icon in pages
        ]
        for section, pages in PAGES.items()
    }
st.navigation(
    {
        section: pages
        for section, pages in st.session_state[MADE].items()
        # A page that is left out of the list cannot be opened by its address either.
        if section != SUPERVISE or who.supervises()
    },
    expanded=True,  # where the sidebar holds the way out, pages would be folded away
).run()
