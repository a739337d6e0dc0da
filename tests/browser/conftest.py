"""A server of its own and a real Chromium.

The tests skip where there is no Chromium, and say so; with TUTOR_REQUIRE_BROWSER=1 they fail.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tutor.settings import ROOT, Settings

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
SECONDS_TO_START = 60


def chromium() -> str | None:
    """The browser to drive: TUTOR_CHROMIUM, or the first that is on the path."""
    if named := os.environ.get("TUTOR_CHROMIUM"):
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@dataclass
class Server:
    """The product in a process of its own, which can be stopped and started again.

    `environment` goes beside this process's own, and `options` to `serve`.
    """

    folder: Path
    port: int
    environment: Mapping[str, str] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server has written."""
        return (self.folder / "server.log").read_text(encoding="utf-8")

    @property
    def settings(self) -> Settings:
        database = (self.folder / "tutor.db").as_posix()
        return Settings(data=ROOT / "data", database_url=f"sqlite:///{database}")

    def start(self) -> None:
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tutor", "serve", "--port", str(self.port), *self.options],
                cwd=ROOT,
                env={
                    **os.environ,
                    "TUTOR_DATABASE_URL": self.settings.database_url,
                    **self.environment,
                },
                stdout=log,
                stderr=log,
            )
        self.wait()

    def wait(self) -> None:
        """Until it answers."""
        until = time.monotonic() + SECONDS_TO_START
        while not self._healthy():
            assert self.process.poll() is None, self.log
            assert time.monotonic() < until, "the server did not start"
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        why = f"no Chromium: none of {', '.join(NAMES)} is on the path, TUTOR_CHROMIUM is not set"
        if os.environ.get("TUTOR_REQUIRE_BROWSER") == "1":
            pytest.fail(why)
        pytest.skip(why)
    with sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def server(browser: Browser, tmp_path: Path) -> Iterator[Server]:
    started = Server(folder=tmp_path, port=free_port())
    try:
        started.start()
        yield started
    finally:
        started.stop()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
