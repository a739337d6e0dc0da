"""Who comes in, by the address that a request came to and the host that it names."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Common_pb2 import FileURLsRequest

from tutor.domain.access import Access
from tutor.errors import AccessError, SettingsError
from tutor.ui import door
from tutor.ui.door import Door, access_of

DENIAL = {"websocket.http.response": {}}


@pytest.fixture(autouse=True)
def nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TUTOR_ACCESS", "TUTOR_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def request(address: str | None, host: str) -> dict[str, Any]:
    return {
        "type": "http",
        "server": address and (address, 8501),
        "headers": [(b"host", host.encode())],
    }


@pytest.mark.parametrize("address", ["192.168.1.5", "10.0.0.1", "2001:db8::1", None])
def test_a_made_up_host_does_not_help_whoever_came_from_elsewhere(address: str | None) -> None:
    with pytest.raises(AccessError, match="this machine alone"):
        access_of(request(address, "localhost"))


def test_the_machine_itself_comes_in() -> None:
    assert access_of(request("127.0.0.1", "localhost:8501")) is Access.ALONE


def test_names_are_asked_for_even_where_all_may_practice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_ACCESS", "open")
    assert access_of(request("10.0.0.1", "whatever.example")) is Access.OPEN
    monkeypatch.setenv("TUTOR_HOSTS", "*.example.edu")
    assert access_of(request("10.0.0.1", "tutor.example.edu")) is Access.OPEN
    with pytest.raises(AccessError, match="TUTOR_HOSTS"):
        access_of(request("10.0.0.1", "whatever.example"))


def test_a_name_alone_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOSTS", "tutor.example.edu")
    with pytest.raises(AccessError, match="this machine alone"):
        access_of(request("127.0.0.1", "tutor.example.edu"))


def test_a_setting_that_makes_no_sense_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_ACCESS", "all")
    with pytest.raises(SettingsError, match="TUTOR_ACCESS"):
        access_of(request("127.0.0.1", "localhost"))


def taken(scope: dict[str, Any], *frames: bytes) -> tuple[list[bytes], int]:
    """The frames that come through the door, and the status where it turns the request away.

    In a thread of its own, since a browser of other tests keeps a loop running in this one.
    """
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _taken(scope, *frames)).result()


async def _taken(scope: dict[str, Any], *frames: bytes) -> tuple[list[bytes], int]:
    came: list[bytes] = []
    status = 0
    told = iter({"type": "websocket.receive", "bytes": frame} for frame in frames)

    async def receive() -> Message:
        return next(told, {"type": "websocket.disconnect", "code": 1000})

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)

    async def inside(_: Scope, receive: Receive, __: Send) -> None:
        while (message := await receive())["type"] != "websocket.disconnect":
            came.append(message["bytes"])

    await Door(inside)({"path": "/_stcore/stream", "extensions": DENIAL, **scope}, receive, send)
    return came, status


def websocket(**headers: str) -> dict[str, Any]:
    opened = request("127.0.0.1", "localhost:8501")
    named = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {**opened, "type": "websocket", "headers": [*opened["headers"], *named]}


@pytest.mark.parametrize("origin", ["", "http://localhost:8501", "https://localhost:8501"])
def test_the_tutors_own_page_may_talk_to_it(origin: str) -> None:
    headers = {"origin": origin} if origin else {}  # none is not a browser
    assert taken(websocket(**headers)) == ([], 0)


@pytest.mark.parametrize(
    "origin",
    ["null", "http://evil.example", "http://localhost:3000", "http://127.0.0.1:8501", "http://["],
)
def test_a_page_from_elsewhere_may_not(origin: str) -> None:
    assert taken(websocket(origin=origin)) == ([], 403)


def test_an_origin_that_is_configured_may() -> None:
    other = "https://tutor.example.edu"
    config.set_option("server.corsAllowedOrigins", [other])
    try:
        assert taken(websocket(origin=other)) == ([], 0)
    finally:
        config.set_option("server.corsAllowedOrigins", [])


def test_only_what_the_page_itself_says_is_heard() -> None:
    heard = [
        BackMsg(rerun_script=ClientState(query_string="attempt=a")),
        BackMsg(stop_script=True),
        BackMsg(app_heartbeat=True),
        BackMsg(file_urls_request=FileURLsRequest(request_id="1")),
    ]
    download = BackMsg()
    download.backend_operation_request.deferred_file.file_id = "1"
    unheard = [
        BackMsg(clear_cache=True),  # of everybody
        BackMsg(load_git_info=True),
        BackMsg(set_run_on_save=True),
        BackMsg(debug_shutdown_runtime=True),
    ]
    frames = [one.SerializeToString() for one in (*heard, download)]
    broken = b"\xff"  # is handed on, and ends the connection
    mixed = [*(one.SerializeToString() for one in unheard), *frames, broken]
    assert taken(websocket(), *mixed)[0] == [*frames, broken]


@pytest.mark.parametrize("name", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"])
def test_who_comes_through_a_proxy_is_not_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy on this machine may ask for localhost, whatever it was asked for itself."""
    came = request("127.0.0.1", "localhost:8501")
    came = {**came, "headers": [*came["headers"], (name.encode(), b"203.0.113.9")]}
    with pytest.raises(AccessError, match="this machine alone"):
        access_of(came)
    monkeypatch.setenv("TUTOR_ACCESS", "open")
    monkeypatch.setenv("TUTOR_HOSTS", "tutor.example.edu")
    assert access_of(came) is Access.OPEN


def test_files_are_taken_from_whom_they_are_asked_of() -> None:
    def upload(session: str) -> dict[str, Any]:
        path = f"/base/_stcore/upload_file/{session}/1"
        return {**request("127.0.0.1", "localhost"), "path": path}

    assert taken(upload("a"))[1] == 403
    door.ask_for_files("a")
    assert taken(upload("a"))[1] == 0
    assert taken(upload("b"))[1] == 403
