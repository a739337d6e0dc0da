from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tutor.store.repository import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "tutor.db"


@pytest.fixture
def open_store(file: Path) -> Iterator[Callable[..., Store]]:
    """Opens the store in `file`, or at another address, and closes it after the test."""
    opened = []

    def open_one(url: str = f"sqlite:///{file.as_posix()}", *, busy_timeout: float = 5.0) -> Store:
        opened.append(Store.open(url, busy_timeout=busy_timeout))
        return opened[-1]

    yield open_one
    for store in opened:
        store.close()


@pytest.fixture
def store(open_store: Callable[..., Store]) -> Store:
    return open_store()
