"""A backup holds everything, and goes back into an empty database of either kind."""

import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.store_samples import REPLY, STARTED, a_turn, an_attempt
from tutor.domain.access import LOCAL
from tutor.domain.attempt import Dispute
from tutor.domain.exercise import Answer, Exercise
from tutor.domain.teaching import Assignment, Cohort, Comment, Submission
from tutor.domain.vocabulary import Move
from tutor.errors import StoreError
from tutor.store.backup import restore
from tutor.store.repository import Store

ANSWER = Answer(exercise=Exercise.DRILL, item="one", right=True, answered_at=STARTED, seconds=4)
COHORT = Cohort(id="c", name="Spring", supervisor="local", join_code="ABCD", made_at=STARTED)


def fill(store: Store) -> None:
    store.know(LOCAL, STARTED)
    store.add(an_attempt(turns=2, learner="local"))
    store.add(an_attempt("a2", turns=1, learner="ada"))
    store.dispute("a1", Dispute(number=1, code=Move.OWN, why="no", made_at=STARTED))
    store.hint("a1", 2, 3)
    store.answer("local", ANSWER)
    store.add_cohort(COHORT)
    store.join("c", "local", STARTED)
    store.assign(
        Assignment(id="x", cohort="c", title="One", scenarios=("s",), due=None, made_at=STARTED)
    )
    store.submit(
        Submission(
            attempt="a1", cohort="c", learner="local", scenario="s", note="", submitted_at=STARTED
        )
    )
    store.comment(
        Comment(id="k", attempt="a1", number=1, author="local", text="Yes", made_at=STARTED)
    )


def everything(store: Store) -> tuple[object, ...]:
    return (
        store.get("a1"),
        store.get("a2"),
        store.disputes("a1"),
        store.hints("local"),
        store.answers("local", Exercise.DRILL),
        store.coded("local", scenarios=[an_attempt().scenario], limit=9),
        store.cohort("c"),
        store.members("c"),
        store.assignments("c"),
        store.submitted("c"),
        store.returned(["a1"]),
    )


@pytest.mark.parametrize("to", ["sqlite", "postgres"])
def test_everything_comes_back_in_either_kind(
    opened: Callable[..., Store],
    address: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    to: str,
) -> None:
    store, file = opened(address), tmp_path / "kept.zip"
    fill(store)
    before = everything(store)
    rows = store.save(file)
    if request.node.callspec.params["address"] == to:
        other = f"sqlite:///{(tmp_path / 'other.db').as_posix()}"
        if to == "postgres":
            pytest.skip("one database of PostgreSQL at a time; the other way round is tested")
    else:
        other = request.getfixturevalue(to)
    again = opened(other)
    assert restore(again, file) == rows - 1  # without the line of `meta`
    assert everything(again) == before
    again.answer("local", ANSWER)
    assert len(again.answers("local", Exercise.DRILL)) == 2


def test_a_backup_is_for_its_owner_alone(store_in_file: Store, tmp_path: Path) -> None:
    fill(store_in_file)
    store_in_file.save(tmp_path / "kept.zip")
    assert stat.S_IMODE((tmp_path / "kept.zip").stat().st_mode) == 0o600
    assert not (tmp_path / "kept.zip.part").exists()


def test_nothing_is_put_over_something(store: Store, tmp_path: Path) -> None:
    fill(store)
    store.save(tmp_path / "kept.zip")
    with pytest.raises(StoreError, match="holds something already"):
        restore(store, tmp_path / "kept.zip")
    assert store.get("a1") == an_attempt(turns=2, learner="local")


@pytest.mark.parametrize("damage", ["text", "cut", "other", "newer", "line", "lacking"])
def test_a_file_that_cannot_be_restored_changes_nothing(
    opened: Callable[..., Store], sqlite: str, tmp_path: Path, damage: str
) -> None:
    source = opened(f"sqlite:///{(tmp_path / 'source.db').as_posix()}")
    fill(source)
    file = tmp_path / "kept.zip"
    source.save(file)
    with zipfile.ZipFile(file) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    manifest = json.loads(parts["manifest.json"])
    if damage == "other":
        parts["manifest.json"] = b"{}"
    if damage == "newer":
        parts["manifest.json"] = json.dumps(manifest | {"schema": "0099"}).encode()
    if damage == "line":
        parts["turn.jsonl"] += b'{"attempt_id": '
    if damage == "lacking":
        del parts["turn.jsonl"]
    with zipfile.ZipFile(file, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    if damage == "text":
        file.write_text("Dear diary")
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-200])
    target = opened(sqlite)
    with pytest.raises(StoreError, match=r"no backup of the tutor|newer version") as refused:
        restore(target, file)
    assert REPLY not in str(refused.value)
    assert target.get("a1") is None
    target.add(an_attempt(turns=0))
    target.append_turn("a1", 0, a_turn(1))


def test_a_backup_is_not_written_over(store_in_file: Store, tmp_path: Path) -> None:
    fill(store_in_file)
    with pytest.raises(OSError, match=r".*"):
        store_in_file.save(tmp_path / "no" / "kept.zip")
