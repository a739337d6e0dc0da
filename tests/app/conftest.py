"""Each test has a database of its own, and the process's caches emptied around it.

The content of the product is read once for all of them, and the coder made once.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tutor import practice
from tutor.coding.late import LateCoder
from tutor.content.kept import Content, content
from tutor.domain.rules import Bank
from tutor.settings import ROOT
from tutor.ui import resources

APP = Path(__file__).resolve().parents[2] / "tutor" / "ui" / "main.py"


@cache
def product() -> tuple[Content, LateCoder]:
    """The product's own content, and its coder."""
    found = content(ROOT / "data", None)
    return found, LateCoder(found.library.bank)


def read(data: Path, kept: Path | None) -> Content:
    return product()[0] if data == ROOT / "data" else content(data, kept)


def coder(bank: Bank) -> LateCoder:
    found, made = product()
    return made if bank is found.library.bank else LateCoder(bank)


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "tutor.db"
    monkeypatch.setenv("TUTOR_DATABASE_URL", f"sqlite:///{path.as_posix()}")
    monkeypatch.delenv("TUTOR_DATA", raising=False)
    monkeypatch.setattr(practice, "content", read)
    monkeypatch.setattr(practice, "LateCoder", coder)
    st.cache_resource.clear()
    yield path
    if path.is_file():
        resources.practice().close()
    st.cache_resource.clear()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=30)
