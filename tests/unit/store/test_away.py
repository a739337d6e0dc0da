"""A database that goes away in mid-reply and comes back: told, nothing lost, nothing doubled."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

from tests.unit.store.store_samples import REPLY, a_turn, an_attempt
from tutor.errors import AttemptMovedOn, StoreError
from tutor.store.repository import Store

#: By which the connections of these tests are told from others.
NAME = f"away-{uuid4().hex}"


class Wire:
    """What lies between the store and its database: it can be cut, and mended.

    `lose_answer` cuts it after the next word to the database that holds it was passed on, so that
    the database has done what it was asked and nobody hears of it.
    """

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]
        self.whole = True
        self.lose_answer = b""
        self._deaf = False
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def cut(self) -> None:
        self.whole = False
        # Whoever hears of it may come again before all ends are cut: those are not to be cut.
        ends, self._ends = self._ends, []
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def mend(self) -> None:
        self.whole = True

    def close(self) -> None:
        self.cut()
        self._socket.close()

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._socket.accept()
            except OSError:
                return
            if not self.whole:
                near.close()
                continue
            far = socket.create_connection(self._to)
            self._ends += [near, far]
            for one, other, asking in ((near, far, True), (far, near, False)):
                threading.Thread(
                    target=self._pass_on, args=(one, other, asking), daemon=True
                ).start()

    def _pass_on(self, one: socket.socket, other: socket.socket, asking: bool) -> None:
        with contextlib.suppress(OSError):
            while said := one.recv(65_536):
                if not asking and self._deaf:
                    self._deaf = False
                    self.cut()
                    return
                if asking and self.lose_answer and self.lose_answer in said:
                    self.lose_answer, self._deaf = b"", True
                other.sendall(said)
        with contextlib.suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def wire(postgres: str) -> Iterator[Wire]:
    url = make_url(postgres)
    made = Wire(url.host or "127.0.0.1", url.port or 5432)
    yield made
    made.close()


@pytest.fixture
def far_store(opened: Callable[..., Store], postgres: str, wire: Wire) -> Store:
    """A store whose database is at the other end of the wire."""
    url = make_url(postgres).set(host="127.0.0.1", port=wire.port)
    url = url.update_query_dict({"application_name": NAME})
    return opened(url.render_as_string(hide_password=False))


def test_a_reply_while_the_database_is_away(far_store: Store, wire: Wire) -> None:
    far_store.add(an_attempt())
    far_store.append_turn("a1", 0, a_turn(1))
    wire.cut()
    for _ in range(2):
        with pytest.raises(StoreError, match=r"cannot be reached\. Try again in a moment") as told:
            far_store.append_turn("a1", 1, a_turn(2))
        assert REPLY not in str(told.value)
    with pytest.raises(StoreError, match="cannot be reached"):
        far_store.get("a1")
    wire.mend()
    assert far_store.get("a1").turns == (a_turn(1),)
    far_store.append_turn("a1", 1, a_turn(2))
    assert far_store.get("a1").turns == (a_turn(1), a_turn(2))


def test_connections_that_the_database_has_closed_are_made_anew(
    far_store: Store, postgres: str
) -> None:
    far_store.add(an_attempt())
    engine = create_engine(postgres)
    with engine.begin() as db:
        ended = db.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE application_name = :name"
            ),
            {"name": NAME},
        ).all()
    engine.dispose()
    assert ended
    far_store.append_turn("a1", 0, a_turn(1))
    assert far_store.get("a1").turns == (a_turn(1),)


def test_a_reply_that_was_stored_though_nobody_heard_is_not_stored_twice(
    far_store: Store, wire: Wire
) -> None:
    far_store.add(an_attempt())
    wire.lose_answer = b"COMMIT\0"
    with pytest.raises(StoreError, match="cannot be reached"):
        far_store.append_turn("a1", 0, a_turn(1))
    wire.mend()
    with pytest.raises(AttemptMovedOn):
        far_store.append_turn("a1", 0, a_turn(1))
    assert far_store.get("a1").turns == (a_turn(1),)
    assert far_store.get("a1").revision == 1
