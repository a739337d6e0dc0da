"""The entry point: `python -m streamlit run app.py`, or any server of ASGI applications."""

from starlette.middleware import Middleware
from streamlit.starlette import App

from tutor.settings import ROOT
from tutor.ui.door import Door
from tutor.ui.headers import Headers
from tutor.ui.visitors import Visitors

app = App(
    ROOT / "tutor" / "ui" / "main.py",
    middleware=[Middleware(Headers), Middleware(Door), Middleware(Visitors)],
)
