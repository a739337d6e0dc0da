"""What is put into the store comes out again, each change whole or not at all."""

import sqlite3
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from multiprocessing import get_context
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.unit.store.store_samples import REPLY, STARTED, a_turn, an_attempt
from tutor.domain.attempt import Attempt, Reception, Response, Turn
from tutor.domain.coding import Change, Coding, Evidence, NearMiss, Shortfall
from tutor.domain.scenario import Alliance, Line, Shift
from tutor.domain.text import Span
from tutor.domain.vocabulary import CODES, Level, Manner, Move, Outcome
from tutor.errors import AttemptMovedOn, StoreError
from tutor.store.repository import Store

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
TIMES = st.datetimes(
    min_value=datetime(1990, 1, 1),
    max_value=datetime(2090, 1, 1),
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]),
)


@st.composite
def spans(draw: st.DrawFn, reply: str) -> Span:
    start = draw(st.integers(0, len(reply) - 1))
    return Span(start, draw(st.integers(start + 1, len(reply))))


@st.composite
def evidences(draw: st.DrawFn, reply: str) -> Evidence:
    changes = st.builds(
        Change,
        modifier=TEXT,
        why=TEXT,
        before=st.sampled_from(Level),
        after=st.sampled_from(Level),
        cue=st.none() | spans(reply),
    )
    return Evidence(
        code=draw(st.sampled_from(CODES)),
        span=draw(spans(reply)),
        rule=draw(TEXT),
        found=draw(st.sampled_from(Level)),
        level=draw(st.sampled_from([Level.EMERGING, Level.CLEAR])),
        changes=tuple(draw(st.lists(changes, max_size=2))),
        similarity=draw(st.floats(0, 100)),
    )


@st.composite
def turns(draw: st.DrawFn) -> Turn:
    reply = draw(TEXT.filter(bool))
    near_misses = st.builds(
        NearMiss,
        code=st.sampled_from(CODES),
        span=spans(reply),
        rule=TEXT,
        shortfall=st.sampled_from(Shortfall),
        why=TEXT,
    )
    levels = st.dictionaries(st.sampled_from(Move), st.sampled_from(Level))
    points = st.integers(-100, 100)
    hundred = st.integers(0, 100)
    response = st.builds(
        Response,
        transition=TEXT,
        to=TEXT,
        variant=st.integers(0, 9),
        line=st.builds(Line, demeanour=TEXT, says=TEXT, speaker=TEXT),
        shift=st.builds(Shift, bond=points, goals=points, tasks=points, because=TEXT),
        alliance=st.builds(Alliance, bond=hundred, goals=hundred, tasks=hundred),
        reception=st.builds(
            Reception,
            levels=levels,
            fresh=st.frozensets(st.sampled_from(Move)),
            manner=st.frozensets(st.sampled_from(Manner)),
        ),
    )
    coding = Coding(
        reply=reply,
        evidence=tuple(draw(st.lists(evidences(reply), max_size=3))),
        near_misses=tuple(draw(st.lists(near_misses, max_size=2))),
    )
    return Turn(
        number=1,
        moment=draw(TEXT),
        reply=reply,
        coding=coding,
        response=draw(response),
        rewound=draw(st.booleans()),
    )


@st.composite
def attempts(draw: st.DrawFn) -> Attempt:
    drawn = draw(st.lists(turns(), max_size=3))
    return Attempt(
        id=uuid4().hex,
        learner=draw(TEXT),
        scenario=draw(TEXT),
        seed=draw(st.integers(0, 2**63 - 1)),
        opening=draw(st.integers(0, 9)),
        started_at=draw(TIMES),
        finished_at=draw(st.none() | TIMES),
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        revision=draw(st.integers(0, 1000)),
        turns=tuple(replace(turn, number=n) for n, turn in enumerate(drawn, start=1)),
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(attempt=attempts())
def test_what_goes_in_comes_out(store: Store, attempt: Attempt) -> None:
    store.add(attempt)
    found = store.get(attempt.id)
    assert found == attempt
    for turn in found.turns:
        assert all(type(e.level) is Level for e in turn.coding.evidence)
        assert all(type(level) is Level for level in turn.response.reception.levels.values())
        assert [type(e.code) for e in turn.coding.evidence] == [
            type(e.code) for e in attempt.turns[turn.number - 1].coding.evidence
        ]


def test_times_come_back_in_utc(store: Store) -> None:
    local = datetime(2026, 3, 29, 3, 30, tzinfo=timezone(timedelta(hours=2)))
    store.add(replace(an_attempt(), started_at=local))
    started = store.get("a1").started_at
    assert started == local
    assert started.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StoreError):
        store.add(replace(an_attempt(), started_at=datetime(2026, 1, 1)))
    assert store.get("a1") is None


def test_no_attempt_of_that_id(store: Store) -> None:
    assert store.get("nobody's") is None


def test_the_same_id_twice_is_refused(store: Store) -> None:
    store.add(an_attempt(turns=1))
    with pytest.raises(StoreError):
        store.add(an_attempt(turns=3))
    assert store.get("a1") == an_attempt(turns=1)


def test_a_new_store_on_the_same_file_gives_the_same(open_store: Callable[..., Store]) -> None:
    first = open_store()
    first.add(an_attempt())
    first.append_turn("a1", 0, a_turn(1))
    before = first.get("a1")
    first.close()
    assert open_store().get("a1") == before


def test_the_steps_of_an_attempt(store: Store) -> None:
    end = STARTED + timedelta(minutes=9)
    store.add(an_attempt())
    store.append_turn("a1", 0, a_turn(1))
    store.append_turn("a1", 1, a_turn(2), finished_at=end, outcome=Outcome.LOST)
    ended = store.get("a1")
    assert ended == replace(an_attempt(turns=2), revision=2, finished_at=end, outcome=Outcome.LOST)

    store.rewind("a1", 2, 2)
    again = store.get("a1")
    assert again == replace(an_attempt(), revision=3, turns=(a_turn(1), a_turn(2, rewound=True)))

    store.finish("a1", 3, finished_at=end)
    assert store.get("a1") == replace(again, revision=4, finished_at=end)


CHANGES = {
    "append_turn": lambda store, revision: store.append_turn("a1", revision, a_turn(3)),
    "rewind": lambda store, revision: store.rewind("a1", revision, 2),
    "finish": lambda store, revision: store.finish("a1", revision, finished_at=STARTED),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("revision", [-1, 1, 99])
def test_a_change_on_another_revision_changes_nothing(
    store: Store, change: Callable[[Store, int], None], revision: int
) -> None:
    store.add(an_attempt(turns=2))
    with pytest.raises(AttemptMovedOn):
        change(store, revision)
    assert store.get("a1") == an_attempt(turns=2)


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_of_no_attempt_is_refused(
    store: Store, change: Callable[[Store, int], None]
) -> None:
    with pytest.raises(AttemptMovedOn):
        change(store, 0)
    assert store.get("a1") is None


@pytest.mark.parametrize("number", [0, 1, 3])
def test_only_a_standing_turn_can_be_rewound(store: Store, number: int) -> None:
    attempt = replace(an_attempt(), turns=(a_turn(1, rewound=True), a_turn(2)))
    store.add(attempt)
    with pytest.raises(AttemptMovedOn):
        store.rewind("a1", 0, number)
    assert store.get("a1") == attempt


def test_a_turn_is_stored_once_or_the_attempt_stays_as_it_was(store: Store) -> None:
    store.add(an_attempt(turns=1))
    with pytest.raises(StoreError) as refused:
        store.append_turn("a1", 0, a_turn(1))
    assert REPLY not in str(refused.value)
    assert store.get("a1") == an_attempt(turns=1)


def test_unfinished_attempts_newest_first(store: Store) -> None:
    def add(attempt_id: str, minutes: int, **changes: object) -> None:
        attempt = an_attempt(attempt_id, turns=minutes % 3)
        started = STARTED + timedelta(minutes=minutes)
        store.add(replace(attempt, started_at=started, **changes))

    for minutes in (3, 1, 2, 4, 5):
        add(f"mine{minutes}", minutes)
    add("finished", 9, finished_at=STARTED)
    add("hers", 9, learner="ada")
    add("gone", 9, scenario="no-longer-there")

    scenarios = ["quiet-since-the-diary", "another"]
    found = store.unfinished("mira", scenarios=scenarios, limit=4)
    assert [attempt.id for attempt in found] == ["mine5", "mine4", "mine3", "mine2"]
    assert found == tuple(store.get(attempt.id) for attempt in found)
    assert store.unfinished("mira", scenarios=[], limit=4) == ()
    assert store.unfinished("nobody", scenarios=scenarios, limit=4) == ()


def test_an_unreadable_attempt_does_not_hide_the_others(store_in_file: Store, file: Path) -> None:
    store_in_file.add(an_attempt("broken", turns=1))
    store_in_file.add(an_attempt("whole", turns=1))
    with sqlite3.connect(file) as db:
        db.execute("UPDATE turn SET coding = '{}' WHERE attempt_id = 'broken'")
    db.close()
    found = store_in_file.unfinished("mira", scenarios=["quiet-since-the-diary"], limit=10)
    assert [attempt.id for attempt in found] == ["whole"]


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(StoreError), store._writing() as db:
        db.exec_driver_sql("INSERT INTO turn VALUES ('nobody', 1, 'first', 'hello', '{}', '{}', 0)")


def test_the_file_is_in_wal_mode(store_in_file: Store, file: Path) -> None:
    db = sqlite3.connect(file)
    assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    db.close()


def one_at_a_time(url: str, attempt_id: str, rounds: int) -> int:
    """Add turns to one attempt in a race with others; how many of them were taken."""
    store = Store.open(url, busy_timeout=30)
    taken = 0
    for _ in range(rounds):
        attempt = store.get(attempt_id)
        try:
            store.append_turn(attempt_id, attempt.revision, a_turn(len(attempt.turns) + 1))
            taken += 1
        except AttemptMovedOn:
            pass
    store.close()
    return taken


def open_and_add(url: str, number: int) -> None:
    """Be one of several that make the same new database."""
    store = Store.open(url, busy_timeout=30)
    for turn in range(10):
        store.add(an_attempt(f"p{number}-{turn}", turns=2))
    store.close()


def test_two_processes_write_at_once(opened: Callable[..., Store], address: str) -> None:
    url = address
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        list(pool.map(open_and_add, [url] * 4, range(4)))
        store = opened(url)
        assert [store.get(f"p{p}-{n}") for p in range(4) for n in range(10)] == [
            an_attempt(f"p{p}-{n}", turns=2) for p in range(4) for n in range(10)
        ]
        store.add(an_attempt("shared"))
        taken = sum(pool.map(one_at_a_time, [url] * 2, ["shared"] * 2, [30] * 2))
    shared = store.get("shared")
    assert shared.turns == tuple(a_turn(n) for n in range(1, taken + 1))
    assert shared.revision == taken >= 30


def test_threads_share_one_store(store: Store) -> None:
    store.add(an_attempt())

    def submit(_: int) -> bool:
        try:
            store.append_turn("a1", 0, a_turn(1))
        except AttemptMovedOn:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(submit, range(16))) == 1
    assert store.get("a1").turns == (a_turn(1),)


def test_threads_stand_in_a_row_to_write_and_none_is_sent_away(address: str) -> None:
    with closing(Store.open(address)) as made:
        for n in range(8):
            made.add(an_attempt(f"a{n}"))

    def submit(n: int) -> None:
        for number in range(1, 16):
            store.append_turn(f"a{n}", number - 1, a_turn(number))

    with (
        closing(Store.open(address, busy_timeout=0)) as store,
        ThreadPoolExecutor(8) as pool,
    ):
        list(pool.map(submit, range(8)))
        assert [len(store.get(f"a{n}").turns) for n in range(8)] == [15] * 8
