"""Every test of the store runs on SQLite and on PostgreSQL.

PostgreSQL is looked for at TUTOR_TEST_POSTGRES, by default postgres@127.0.0.1:5432/test. Where none
answers, those tests skip, and say so; with TUTOR_REQUIRE_POSTGRES=1 they fail.
"""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from tutor.store.repository import Store

POSTGRES = os.environ.get(
    "TUTOR_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/test?connect_timeout=3"
)


@cache
def lacking() -> str:
    """Why PostgreSQL cannot be used here; empty where it can."""
    try:
        engine = create_engine(POSTGRES)
        engine.connect().close()
        engine.dispose()
    except (SQLAlchemyError, ImportError) as error:
        return f"no PostgreSQL at {POSTGRES}: {type(error).__name__}"
    return ""


@pytest.fixture
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL database with nothing in it."""
    if why := lacking():
        if os.environ.get("TUTOR_REQUIRE_POSTGRES") == "1":
            pytest.fail(why)
        pytest.skip(why)
    schema = f"test_{uuid4().hex}"
    engine = create_engine(POSTGRES)
    with engine.begin() as db:
        db.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{POSTGRES}&options=-csearch_path%3D{schema}"
    with engine.begin() as db:
        db.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "tutor.db"


@pytest.fixture
def sqlite(file: Path) -> str:
    """The address of an SQLite file that is not there yet."""
    return f"sqlite:///{file.as_posix()}"


@pytest.fixture(params=["sqlite", "postgres"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of an empty database of either kind."""
    found: str = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def opened() -> Iterator[Callable[..., Store]]:
    """Opens a store at an address, and closes it after the test."""
    stores: list[Store] = []

    def open_one(url: str, *, busy_timeout: float = 5.0) -> Store:
        stores.append(Store.open(url, busy_timeout=busy_timeout))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def open_store(opened: Callable[..., Store], sqlite: str) -> Callable[..., Store]:
    """Opens the store in `file`, or at another address."""

    def open_one(url: str = sqlite, *, busy_timeout: float = 5.0) -> Store:
        return opened(url, busy_timeout=busy_timeout)

    return open_one


@pytest.fixture
def store(opened: Callable[..., Store], address: str) -> Store:
    """A store on each kind of database in turn."""
    return opened(address)


@pytest.fixture
def store_in_file(open_store: Callable[..., Store]) -> Store:
    """A store in the SQLite file `file`, for what only SQLite does."""
    return open_store()
