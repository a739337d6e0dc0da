"""Databases of every released version go on with all they have, and so does an interrupted step."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from tests.unit.store.store_samples import STARTED, a_turn, an_attempt
from tutor.domain.attempt import Dispute
from tutor.domain.exercise import Exercise
from tutor.domain.vocabulary import Level, Misstep, Move, Outcome
from tutor.errors import StoreError
from tutor.store import migrating
from tutor.store.repository import Store
from tutor.store.schema import METADATA

OLD = Path(__file__).parents[2] / "old_databases"
ENDED = replace(
    an_attempt("first"),
    turns=(a_turn(1, rewound=True), a_turn(2)),
    finished_at=STARTED,
    outcome=Outcome.LOST,
    revision=4,
)
IRONY = Dispute(number=2, code=Move.OWN, why="It was <b>irony</b> 🙏🏽", made_at=STARTED)


def put_back(version: int, file: Path) -> None:
    """The database that the version left behind."""
    file.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(file)) as db:
        db.executescript((OLD / f"schema_{version}.sql").read_text(encoding="utf-8"))


@pytest.mark.parametrize("version", [1, 2, 3])
def test_an_old_database_goes_on_with_all_it_has(
    open_store: Callable[..., Store], file: Path, version: int
) -> None:
    put_back(version, file)
    store = open_store()
    assert store.get("first") == ENDED
    assert store.get("second") == an_attempt("second", learner="ada")
    (counted,) = store.coded("mira", scenarios=[ENDED.scenario], limit=9)
    levels = {Move.OWN: Level.EMERGING, Misstep.OVER_APOLOGIZE: Level.CLEAR}
    assert [turn.levels for turn in counted.turns] == [levels, levels]
    assert store.disputes("first") == ((IRONY,) if version >= 2 else ())
    assert store.hints("mira") == ({"first": ((2, 1),)} if version >= 3 else {})
    assert len(store.answers("mira", next(iter(Exercise)))) == (version >= 3)
    store.append_turn("second", 0, a_turn(1))
    store.dispute("first", IRONY)
    assert store.disputes("first") == (IRONY,)


@pytest.mark.parametrize("version", [None, 1, 2, 3])
def test_the_steps_lead_to_the_tables(
    open_store: Callable[..., Store], file: Path, version: int | None
) -> None:
    if version:
        put_back(version, file)
    with open_store()._reading() as db:
        assert compare_metadata(MigrationContext.configure(db), METADATA) == []


def test_the_steps_lead_to_the_tables_on_either_database(store: Store) -> None:
    with store._reading() as db:
        assert compare_metadata(MigrationContext.configure(db), METADATA) == []


def test_the_last_step_is_the_one_that_is_named() -> None:
    steps = Config()
    steps.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    steps.set_main_option("path_separator", "os")
    found = ScriptDirectory.from_config(steps)
    assert found.get_current_head() == migrating.HEAD
    known = [step.revision for step in found.walk_revisions()][::-1]
    assert known == sorted(known)  # they are compared as text


DYING = """
import os, signal, sys
from alembic import op
from tutor.store.repository import Store
made = []
make = op.create_table
def dying(name, *columns, **more):
    made.append(name)
    if name == "comment":
        os.kill(os.getpid(), signal.SIGKILL)
    return make(name, *columns, **more)
op.create_table = dying
Store.open(sys.argv[1])
"""


def killed(url: str) -> None:
    """Be killed in the middle of the last step."""
    ended = subprocess.run([sys.executable, "-c", DYING, url], env=os.environ | {"PYTHONPATH": "."})
    assert ended.returncode == -signal.SIGKILL


def test_a_step_that_is_interrupted_leaves_no_trace(
    open_store: Callable[..., Store], sqlite: str, file: Path
) -> None:
    put_back(2, file)
    killed(sqlite)
    with closing(sqlite3.connect(file)) as db:
        tables = {name for (name,) in db.execute("SELECT name FROM sqlite_master")}
    assert "alembic_version" not in tables
    assert "person" not in tables
    store = open_store()
    assert store.get("first") == ENDED
    assert store.disputes("first") == (IRONY,)


def test_the_first_steps_interrupted_leave_no_trace_either(
    opened: Callable[..., Store], address: str
) -> None:
    killed(address)
    store = opened(address)
    store.add(an_attempt())
    assert store.get("a1") == an_attempt()


def open_one(url: str) -> None:
    Store.open(url, busy_timeout=30).close()


@pytest.mark.parametrize("round_", range(3))
def test_several_at_once_make_one_database(
    opened: Callable[..., Store], address: str, round_: int
) -> None:
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(open_one, [address] * 4))
    store = opened(address)
    store.add(an_attempt())
    assert store.get("a1") == an_attempt()


def test_a_newer_database_is_left_alone(opened: Callable[..., Store], address: str) -> None:
    store = opened(address)
    with store._writing() as db:
        db.exec_driver_sql("UPDATE alembic_version SET version_num = '0005'")
    with pytest.raises(StoreError, match=r"newer version of the tutor .schema 0005"):
        opened(address)


def test_versions_without_migrations_see_a_newer_one(store: Store) -> None:
    with store._reading() as db:
        told = db.exec_driver_sql("SELECT value FROM meta WHERE key = 'schema_version'")
        assert told.scalars().all() == ["4"]
