"""The entry point: `python -m streamlit run app.py`."""

import streamlit as st

from tutor.ui import theme

st.set_page_config(
    page_title="Rupture & Repair: practice tutor",
    page_icon=theme.ICON,
    layout="wide",
    initial_sidebar_state=230,
)

# Pages are files: only those can be opened by their path, and tested.
st.navigation(
    [
        st.Page("tutor/ui/start.py", title="Scenarios", icon=":material/home:", default=True),
        st.Page(
            "tutor/ui/practice.py", title="Practice", icon=":material/forum:", url_path="practice"
        ),
        st.Page(
            "tutor/ui/summary.py", title="Summary", icon=":material/timeline:", url_path="summary"
        ),
        st.Page(
            "tutor/ui/trust.py",
            title="Trust and limits",
            icon=":material/fact_check:",
            url_path="trust",
        ),
    ]
).run()
