"""Each test has a database of its own, and the process's caches emptied around it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tutor.ui import resources

APP = Path(__file__).resolve().parents[2] / "tutor" / "ui" / "main.py"


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "tutor.db"
    monkeypatch.setenv("TUTOR_DATABASE_URL", f"sqlite:///{path.as_posix()}")
    monkeypatch.delenv("TUTOR_DATA", raising=False)
    st.cache_resource.clear()
    yield path
    if path.is_file():
        resources.practice().close()
    st.cache_resource.clear()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=30)
