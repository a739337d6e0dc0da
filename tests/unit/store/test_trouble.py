"""A database that cannot be used is told of in plain words, and nothing in it is overwritten."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from tests.unit.store.store_samples import REPLY, a_turn, an_attempt
from tutor.errors import StoreError
from tutor.store.repository import Store

Open = Callable[..., Store]


def write(file: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as db:
        db.execute(statement, values)


@contextmanager
def refused(words: str) -> Iterator[None]:
    """Expect a StoreError with these words, in a sentence or more, without a reply or a cause."""
    with pytest.raises(StoreError, match=words) as caught:
        yield
    message = str(caught.value)
    assert message.endswith(".")
    assert "rushed" not in message
    assert "sqlite3." not in message
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


def test_a_missing_folder_is_made(open_store: Open, file: Path) -> None:
    assert not file.parent.exists()
    open_store()
    assert file.exists()


def test_a_folder_that_cannot_be_made(open_store: Open, tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("a file, and no folder")
    with refused("is missing and cannot be made"):
        open_store(f"sqlite:///{(tmp_path / 'notes' / 'tutor.db').as_posix()}")
    assert (tmp_path / "notes").read_text() == "a file, and no folder"


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_an_address_without_a_file(open_store: Open, address: str) -> None:
    with refused("names no file"):
        open_store(address)


@pytest.mark.parametrize("address", ["", "tutor.db", "nosuch:///x", "postgresql+nosuch://u:pw@h/d"])
def test_an_address_that_is_none(open_store: Open, address: str) -> None:
    with refused("address of the database cannot be used") as _:
        open_store(address)


def test_a_folder_in_place_of_the_file(open_store: Open, file: Path) -> None:
    file.mkdir(parents=True)
    with refused("cannot be opened"):
        open_store()


@pytest.mark.parametrize(
    "content", [b"Dear diary, " * 1000, b"SQLite format 3\0" + b"\xff" * 5000], ids=["text", "torn"]
)
def test_a_file_that_is_no_database(open_store: Open, file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with refused("is not a database|is damaged"):
        open_store()
    assert file.read_bytes() == content


def test_a_damaged_page(open_store: Open, file: Path) -> None:
    store = open_store()
    for number in range(40):
        store.add(an_attempt(f"a{number}", turns=2))
    store.close()
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xaa" * (len(content) - 4096)
    file.write_bytes(content)
    with refused("is damaged"):
        open_store().get("a1")
    assert file.read_bytes() == content


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_newer_schema(open_store: Open, file: Path, journal: str) -> None:
    open_store().close()
    write(file, f"PRAGMA journal_mode = {journal}")
    write(file, "UPDATE alembic_version SET version_num = '0005'")
    before = file.read_bytes()
    with refused("newer version of the tutor .schema 0005; this one knows 0004"):
        open_store()
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE recipes (name TEXT)",
        "CREATE TABLE meta (key TEXT, value TEXT)",
        "CREATE TABLE meta (something TEXT)",
    ],
)
def test_another_programs_database(open_store: Open, file: Path, statement: str) -> None:
    file.parent.mkdir()
    write(file, statement)
    before = file.read_bytes()
    with refused("belongs to another program|cannot be used"):
        open_store()
    assert file.read_bytes() == before


def test_a_locked_database_can_be_read_but_not_written(open_store: Open, file: Path) -> None:
    store = open_store(busy_timeout=0.05)
    store.add(an_attempt())
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with refused("is locked by another program"):
            store.append_turn("a1", 0, a_turn(1))
        assert store.get("a1") == an_attempt()
    store.append_turn("a1", 0, a_turn(1))
    assert store.get("a1").turns == (a_turn(1),)


def test_a_new_database_that_is_locked(open_store: Open, file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with refused("is locked by another program"):
            open_store(busy_timeout=0.05)
    assert open_store().get("a1") is None


def test_a_read_only_database_can_be_read(open_store: Open, file: Path) -> None:
    open_store().add(an_attempt(turns=1))
    store = open_store(f"sqlite:///file:{file.as_posix()}?mode=ro&uri=true")
    with refused("is read-only"):
        store.append_turn("a1", 0, a_turn(2))
    with refused("is read-only"):
        store.add(an_attempt("a2"))
    assert store.get("a1") == an_attempt(turns=1)


def test_a_full_disk(open_store: Open) -> None:
    store = open_store()
    store.close()

    # A limit on the file's pages stands for the end of the disk.
    @event.listens_for(store._reader, "connect")
    def _(connection: sqlite3.Connection, _: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 1}")

    store.add(an_attempt())
    with refused("the disk is full"):
        for number in range(1, 100):
            store.append_turn("a1", number - 1, a_turn(number))
    stored = store.get("a1")
    assert len(stored.turns) == stored.revision < 99


@pytest.mark.parametrize(
    "change",
    [
        "coding = '{}'",
        "coding = 'rushed'",
        "coding = json_remove(coding, '$.evidence[0].span')",
        "coding = json_set(coding, '$.evidence[0].code', 'kindness')",
        "coding = json_set(coding, '$.evidence[0].level', 3)",
        "coding = json_set(coding, '$.reply', 'rushed')",
        "response = json_remove(response, '$.reception')",
        "response = json_set(response, '$.alliance.bond', 101)",
    ],
)
def test_a_turn_of_an_older_shape(open_store: Open, file: Path, change: str) -> None:
    store = open_store()
    store.add(an_attempt(turns=1))
    write(file, f"UPDATE turn SET {change}")
    with refused("another version of the tutor"):
        store.get("a1")


@pytest.mark.parametrize(
    "change",
    ["outcome = 'won'", "started_at = 'yesterday'", "started_at = '2026-02-31 00:00:00.000000'"],
)
def test_an_attempt_of_another_shape(open_store: Open, file: Path, change: str) -> None:
    store = open_store()
    store.add(an_attempt())
    write(file, f"UPDATE attempt SET {change}")
    with refused("another version of the tutor|met a value that does not fit"):
        store.get("a1")


def test_bytes_that_are_no_text(open_store: Open, file: Path) -> None:
    store = open_store()
    store.add(an_attempt(turns=1))
    write(file, "UPDATE turn SET reply = CAST(x'fffe80' AS TEXT)")
    with refused("cannot be used"):
        store.get("a1")


@pytest.mark.parametrize("seed", [2**63, -(2**70)])
def test_a_number_too_great(open_store: Open, seed: int) -> None:
    store = open_store()
    with refused("does not fit"):
        store.add(replace(an_attempt(), seed=seed))


def test_half_a_character(open_store: Open) -> None:
    store = open_store()
    with refused("does not fit"):
        store.get("\ud83d")
    with refused("does not fit"):
        store.add(an_attempt(learner="\ud83d"))


def test_a_turn_that_could_not_be_read_again(open_store: Open) -> None:
    store = open_store()
    store.add(an_attempt())
    turn = a_turn(1)
    evidence = (replace(turn.coding.evidence[0], code="kindness"),)
    with refused("does not fit"):
        store.append_turn("a1", 0, replace(turn, coding=replace(turn.coding, evidence=evidence)))
    assert store.get("a1") == an_attempt()


def test_no_message_repeats_a_reply(open_store: Open, file: Path) -> None:
    store = open_store()
    store.add(an_attempt(turns=1))
    write(file, "DROP TABLE turn")
    with pytest.raises(StoreError) as caught:
        store.append_turn("a1", 0, a_turn(2))
    hidden = str(caught.value.__context__)
    assert "no such table" in hidden
    assert REPLY not in hidden
    assert "rushed" not in hidden
