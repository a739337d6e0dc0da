"""Two servers behind nginx, on one database: a learner whose server dies goes on at the other.

It skips where there is no nginx or no PostgreSQL; with TUTOR_REQUIRE_SERVERS=1 it fails.
"""

import os
import re
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from tests.browser.conftest import Server, free_port
from tests.browser.test_practice import CLEAR, begin, box, say, settled
from tests.unit.store.conftest import lacking, postgres  # noqa: F401  # a fixture
from tutor.settings import ROOT

CONF = ROOT / "deploy" / "nginx.conf"
AROUND = """
daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log; worker_processes 1;
events {{}}
http {{
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  include {folder}/tutor.conf;
}}
"""
ESTABLISHED = "01"


def nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@pytest.fixture(autouse=True)
def required() -> None:
    why = lacking() or ("" if nginx() else "no nginx on the path")
    if why and os.environ.get("TUTOR_REQUIRE_SERVERS") == "1":
        pytest.fail(why)
    if why:
        pytest.skip(why)


@dataclass
class Pair:
    """Two servers, and the address before them."""

    url: str
    servers: tuple[Server, Server]
    database: str

    def serving(self) -> Server:
        """The one that a websocket is open to."""
        (found,) = (server for server in self.servers if connections(server.port))
        return found

    def replies(self) -> Counter[str]:
        engine = create_engine(self.database)
        with engine.connect() as db:
            found = Counter(db.scalars(text("select reply from turn")))
        engine.dispose()
        return found


def connections(port: int) -> int:
    """How many stand to that port of this machine, as the system lists them."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(row[1] == f"0100007F:{port:04X}" and row[3] == ESTABLISHED for row in rows)


@pytest.fixture
def pair(browser, tmp_path: Path, postgres: str) -> Iterator[Pair]:  # noqa: F811
    environment = {"TUTOR_DATABASE_URL": postgres, "TUTOR_ACCESS": "open"}
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    servers = tuple(Server(folder, free_port(), environment) for folder in folders)
    front = free_port()
    conf = CONF.read_text(encoding="utf-8").replace("listen 80;", f"listen 127.0.0.1:{front};")
    for number, server in enumerate(servers, 1):
        conf = conf.replace(f"app{number}:8501", f"127.0.0.1:{server.port}")
    (tmp_path / "tutor.conf").write_text(conf, encoding="utf-8")
    (tmp_path / "nginx.conf").write_text(AROUND.format(folder=tmp_path), encoding="utf-8")
    proxy = subprocess.Popen([nginx(), "-c", tmp_path / "nginx.conf", "-p", tmp_path])
    try:
        for server in servers:
            server.start()
        yield Pair(f"http://127.0.0.1:{front}", servers, postgres)
    finally:
        proxy.terminate()
        for server in servers:
            server.stop()
        proxy.wait(timeout=10)


def moved(page: Page, pair: Pair, gone: Server) -> None:
    """Until the page is at the other server, and has been drawn by it."""
    (other,) = (server for server in pair.servers if server is not gone)
    eventually(lambda: connections(other.port) > 0)
    settled(page)


def eventually(holds: Callable[[], bool], seconds: float = 30) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.fixture
def visitor(browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()


def test_who_loses_their_server_goes_on_with_the_other(visitor: Page, pair: Pair) -> None:
    begin(visitor, pair.url)
    say(visitor, CLEAR)
    first = pair.serving()
    first.process.kill()
    first.process.wait()
    moved(visitor, pair, first)
    expect(visitor.get_by_text("Notice · clear")).to_be_visible()
    say(visitor, "What would you want us to change?")
    first.start()
    visitor.reload()
    settled(visitor)
    say(visitor, "Thank you for saying so.")
    assert pair.replies() == {
        CLEAR: 1,
        "What would you want us to change?": 1,
        "Thank you for saying so.": 1,
    }


@pytest.mark.parametrize("milliseconds", [0, 10, 30, 90])
def test_a_reply_that_its_server_dies_of_is_stored_once_or_can_be_sent_again(
    visitor: Page, pair: Pair, milliseconds: int
) -> None:
    begin(visitor, pair.url)
    settled(visitor)
    first = pair.serving()
    box(visitor).fill(CLEAR)
    box(visitor).press("Enter")
    time.sleep(milliseconds / 1000)
    first.process.kill()
    first.process.wait()
    moved(visitor, pair, first)
    stored = pair.replies()
    assert stored in ({}, {CLEAR: 1})
    if not stored:
        say(visitor, CLEAR)
    expect(visitor.get_by_text("Notice · clear")).to_be_visible()
    say(visitor, "What would you want us to change?")
    assert pair.replies() == {CLEAR: 1, "What would you want us to change?": 1}


def test_a_browser_stays_with_its_server_and_browsers_are_spread(browser, pair: Pair) -> None:
    seen = set()
    for _ in range(12):
        context = browser.new_context()
        page = context.new_page()
        begin(page, pair.url)
        settled(page)
        served = pair.serving()
        page.reload()
        settled(page)
        assert pair.serving() is served
        seen.add(served.port)
        (mark,) = [c for c in context.cookies() if c["name"] == "tutor_route"]
        assert re.fullmatch("[0-9a-f]{32}", mark["value"])
        context.close()
        eventually(lambda: not any(connections(server.port) for server in pair.servers))
        if len(seen) == len(pair.servers):
            return
    pytest.fail("all browsers came to one server")
