"""What the server tells a browser, whom it turns away, and how it knows a visitor again."""

import http.client
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.conftest import Server, free_port
from tests.browser.test_practice import CLEAR, begin, say, settled
from tutor.practice import open_practice
from tutor.settings import ROOT
from tutor.ui.who import COOKIE

HOST = "tutor.example.edu"
EXPECTED = {
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
    "cross-origin-opener-policy",
}
HTML = {"Accept": "text/html"}


@pytest.fixture(scope="module")
def open_server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One that anybody may practice on, at one name."""
    environment = {"TUTOR_ACCESS": "open", "TUTOR_HOSTS": HOST}
    server = Server(tmp_path_factory.mktemp("open"), free_port(), environment)
    try:
        server.start()
        yield server
    finally:
        server.stop()


class Answer:
    """What comes back for one request."""

    def __init__(self, server: Server, path: str, method: str = "GET", **headers: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=named)
        answer = connection.getresponse()
        self.status = answer.status
        self.headers = {name.lower(): value for name, value in answer.getheaders()}
        self.text = answer.read().decode(errors="replace")
        connection.close()


def handshake(server: Server, host: str, **options: str) -> None:
    """Open a websocket to the server under that name, and close it."""
    with (
        socket.create_connection(("127.0.0.1", server.port), timeout=20) as line,
        connect(f"ws://{host}/_stcore/stream", sock=line, subprotocols=["streamlit"], **options),
    ):
        pass


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/", "GET", 200),
        ("/practice", "GET", 200),
        ("/favicon.png", "GET", 200),
        ("/_stcore/health", "GET", 200),
        ("/_stcore/host-config", "GET", 200),
        ("/media/nothing.png", "GET", 404),
        ("/_stcore/upload_file/x/y", "PUT", 403),
        ("/_stcore/metrics", "GET", 404),
        ("/_stcore/metrics/", "GET", 404),
        ("//_stcore/metrics", "GET", 404),
        ("/practice/_stcore/%6Detrics", "GET", 404),
    ],
)
def test_every_answer_carries_the_headers(
    open_server: Server, path: str, method: str, status: int
) -> None:
    answer = Answer(open_server, path, method, Host=HOST)
    assert answer.status == status
    assert set(answer.headers) >= EXPECTED
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in re.search("script-src [^;]*", policy)[0]
    assert "active_sessions" not in answer.text


def test_a_browser_is_held_to_https_only_where_it_came_by_it(open_server: Server) -> None:
    assert "strict-transport-security" not in Answer(open_server, "/", Host=HOST).headers
    secure = Answer(open_server, "/", Host=HOST, X_Forwarded_Proto="https", **HTML).headers
    assert secure["strict-transport-security"] == "max-age=31536000"
    assert "Secure" in secure["set-cookie"]


@pytest.mark.parametrize("host", ["evil.example", f"x.{HOST}", f"{HOST}.evil.example", ""])
def test_another_name_is_turned_away(open_server: Server, host: str) -> None:
    answer = Answer(open_server, "/", Host=host)
    assert answer.status == 400
    assert "does not answer to that name" in answer.text
    assert set(answer.headers) >= EXPECTED
    if host:
        with pytest.raises(InvalidStatus, match="400"):
            handshake(open_server, host)


@pytest.mark.parametrize("host", [HOST, HOST.upper(), f"{HOST}:8443", "127.0.0.1", "localhost:1"])
def test_its_own_names_come_in(open_server: Server, host: str) -> None:
    assert Answer(open_server, "/", Host=host).status == 200
    handshake(open_server, host)


def test_a_page_from_elsewhere_gets_no_websocket(open_server: Server) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        handshake(open_server, HOST, origin="https://evil.example")


def test_alone_it_answers_to_this_machine_and_says_why(server: Server) -> None:
    assert Answer(server, "/", Host="localhost").status == 200
    assert "set-cookie" not in Answer(server, "/", Host="localhost", **HTML).headers
    answer = Answer(server, "/", Host=HOST)
    assert answer.status == 400
    assert "Without accounts the tutor serves this machine alone" in answer.text
    with pytest.raises(InvalidStatus, match="400"):
        handshake(server, HOST)
    assert HOST not in server.log


def console_of(page: Page) -> list[str]:
    """What the browser complains of, from here on."""
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # On a deep link, Streamlit's front end tries two addresses first that are not there.
        tried = re.search(r"/_stcore/(health|host-config)$", message.location.get("url", ""))
        if message.type in ("error", "warning") and not tried:
            said.append(message.text)

    page.on("console", note)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def test_the_policy_lets_every_page_work(page: Page, server: Server) -> None:
    said = console_of(page)
    begin(page, server.url)
    say(page, CLEAR)
    page.get_by_role("button", name="End and see the summary").click()
    expect(page.get_by_role("heading", name="How the alliance moved")).to_be_visible()
    for path in ("progress", "drill", "quiz", "checkin", "trust", "demos", "classes"):
        page.goto(f"{server.url}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        settled(page)
    page.goto(f"{server.url}/progress")
    expect(page.locator("canvas, svg.marks").first).to_be_visible()
    assert said == []


def test_a_visitor_is_known_again_and_nobody_elses_work_is_shown(
    browser: Browser, open_server: Server
) -> None:
    first, other = browser.new_context(), browser.new_context()
    page = first.new_page()
    begin(page, open_server.url)
    say(page, CLEAR)
    (cookie,) = [c for c in first.cookies() if c["name"] == COOKIE]
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Lax"
    assert page.evaluate("document.cookie").find(COOKIE) == -1
    again = first.new_page()
    again.goto(open_server.url)
    expect(again.get_by_role("button", name="Go on with Ana")).to_be_visible()
    stranger = other.new_page()
    stranger.goto(open_server.url)
    expect(stranger.get_by_role("button", name="Start with Ana")).to_be_visible()
    expect(stranger.get_by_role("button", name="Go on with Ana")).to_have_count(0)
    stranger.goto(page.url)
    expect(stranger.get_by_text("no such conversation")).to_be_visible()
    stranger.goto(f"{open_server.url}/classes")
    expect(stranger.get_by_text("Page not found").first).to_be_visible()
    assert cookie["value"] not in open_server.log
    first.close()
    other.close()


def test_a_cookie_that_no_server_gave_is_replaced(open_server: Server) -> None:
    assert COOKIE in Answer(open_server, "/", Host=HOST, **HTML).headers["set-cookie"]
    made_up = Answer(open_server, "/", Host=HOST, Cookie=f"{COOKIE}=x", **HTML)
    assert made_up.headers["set-cookie"].startswith(f"{COOKIE}=")
    assert made_up.headers["cache-control"] == "no-store"
    kept = Answer(open_server, "/", Host=HOST, Cookie=f"{COOKIE}={'x' * 43}", **HTML)
    assert "set-cookie" not in kept.headers


def test_what_goes_wrong_inside_is_not_shown(browser: Browser, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    (data / "avatars" / "counselor.svg").write_bytes(b"\xff")
    server = Server(tmp_path, free_port(), {"TUTOR_DATA": str(data)})
    context = browser.new_context()
    try:
        server.start()
        practice = open_practice(server.settings)
        attempt = practice.start_attempt(scenario_id="breathing-log", learner="local")
        practice.close()
        page = context.new_page()
        page.goto(f"{server.url}/practice?attempt={attempt.id}")
        expect(page.get_by_test_id("stException")).to_be_visible()
        shown = page.content()
        assert "UnicodeDecodeError" in server.log
        for told in ("UnicodeDecodeError", "resources.py", str(tmp_path), "Traceback"):
            assert told not in shown
    finally:
        context.close()
        server.stop()


def test_the_command_in_the_readme_starts_the_same_application(tmp_path: Path) -> None:
    server = Server(tmp_path, free_port())
    command = "-m streamlit run app.py"
    assert f"python {command}" in (ROOT / "README.md").read_text(encoding="utf-8")
    server.process = subprocess.Popen(
        [sys.executable, *command.split(), "--server.port", str(server.port)],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        server.wait()
        assert set(Answer(server, "/").headers) >= EXPECTED
    finally:
        server.stop()
