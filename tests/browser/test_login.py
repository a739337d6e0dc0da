"""Logging in at a provider that speaks OpenID Connect, through a real browser."""

import json
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from secrets import token_urlsafe

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, free_port
from tests.browser.test_practice import CLEAR, begin, box, say, settled
from tutor.errors import SettingsError
from tutor.settings import ROOT

PEOPLE = (
    {"sub": "mo", "name": "Mo <b>Lind</b>", "email": "mo@example.edu"},
    {"sub": "ruth", "name": "Ruth Oh", "email": "Ruth@Example.edu", "email_verified": True},
    {"sub": "dean", "name": "Dean Wu", "email": "dean@example.edu", "groups": ["staff", "faculty"]},
    {"sub": "fake", "name": "Fay Ke", "email": "ruth@example.edu", "email_verified": False},
)
HOUR = 3600


@contextmanager
def provider(max_age: int, people: Iterable[Mapping[str, object]] = PEOPLE) -> Iterator[str]:
    """The address of a provider whose logins last so many seconds."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    told = [word for one in people for word in ("--user-claims", json.dumps(one))]
    options = ["--port", str(port), "--token-max-age", str(max_age), *told]
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 30
        while not answers(address):
            assert process.poll() is None
            assert time.monotonic() < until, "the provider did not start"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(timeout=10)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/.well-known/openid-configuration", timeout=2):
            return True
    except OSError:
        return False


@contextmanager
def tutor(folder: Path, address: str) -> Iterator[Server]:
    """The tutor behind that provider's logins."""
    server = Server(folder, free_port(), options=("--secrets", str(folder / "secrets.toml")))
    (folder / "secrets.toml").write_text(
        f"""
        [auth]
        redirect_uri = "http://localhost:{server.port}/oauth2callback"
        cookie_secret = "a secret that signs the cookie of a test"
        [auth.campus]
        client_id = "tutor"
        client_secret = "not told to anybody"
        server_metadata_url = "{address}/.well-known/openid-configuration"
        [roles]
        supervisors = ["ruth@example.edu"]
        claim = "groups"
        values = ["faculty"]
        """,
        encoding="utf-8",
    )
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with provider(HOUR) as address, tutor(tmp_path_factory.mktemp("tutor"), address) as started:
        yield started


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[[], Page]]:
    """A browser of somebody's own, as often as it is asked for."""
    contexts = []

    def opened() -> Page:
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}))
        contexts[-1].set_default_timeout(20_000)
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()


def home(server: Server) -> str:
    return f"http://localhost:{server.port}"


def log_in(page: Page, server: Server, sub: str) -> None:
    page.goto(home(server))
    page.get_by_role("button", name="Log in with Campus").click()
    page.get_by_role("button", name=sub, exact=True).click()
    expect(page.get_by_role("button", name="Log out")).to_be_visible()
    settled(page)


def pages(page: Page) -> list[str]:
    return page.get_by_test_id("stSidebarNavLink").all_inner_texts()


@pytest.mark.parametrize(
    ("sub", "name", "supervises"),
    [
        ("mo", "Mo <b>Lind</b>", False),
        ("ruth", "Ruth Oh", True),
        ("dean", "Dean Wu", True),
        ("fake", "Fay Ke", False),
    ],
)
def test_who_logs_in_sees_their_name_and_the_pages_of_their_role(
    visit: Callable[[], Page], server: Server, sub: str, name: str, supervises: bool
) -> None:
    page = visit()
    log_in(page, server, sub)
    expect(page.get_by_test_id("stSidebar").get_by_text(name, exact=True)).to_be_visible()
    assert any("Classes" in title for title in pages(page)) is supervises
    page.goto(f"{home(server)}/classes")
    if supervises:
        expect(page.get_by_role("heading", name="Classes")).to_be_visible()
    else:
        expect(page.get_by_text("Page not found").first).to_be_visible()


def test_without_a_login_no_page_shows_anything(visit: Callable[[], Page], server: Server) -> None:
    page = visit()
    for path in ("", "practice", "progress", "trust", "classes"):
        page.goto(f"{home(server)}/{path}")
        expect(page.get_by_role("button", name="Log in with Campus")).to_be_visible()
        expect(page.get_by_role("button", name="Start with Ana")).to_have_count(0)
    expect(page.get_by_text("The tutor stores")).to_be_visible()


def test_what_one_learner_wrote_is_closed_to_others_and_after_logging_out(
    visit: Callable[[], Page], server: Server
) -> None:
    mine, other = visit(), visit()
    log_in(mine, server, "mo")
    mine.get_by_role("button", name="Start with Ana").click()
    say(mine, CLEAR)
    address = mine.url
    for sub in ("fake", "ruth"):
        log_in(other, server, sub)
        other.goto(address)
        expect(other.get_by_text("no such conversation")).to_be_visible()
        other.context.clear_cookies()

    mine.get_by_role("button", name="Log out").click()
    mine.get_by_role("button", name="End session").click()  # at the provider
    expect(mine.get_by_role("button", name="Log in with Campus")).to_be_visible()
    mine.goto(address)
    expect(mine.get_by_role("button", name="Log in with Campus")).to_be_visible()
    expect(mine.get_by_text(CLEAR)).to_have_count(0)
    log_in(mine, server, "mo")
    expect(mine.get_by_role("button", name="Go on with Ana")).to_be_visible()


def test_a_login_that_is_over_is_said_and_keeps_the_words(
    visit: Callable[[], Page], browser: Browser, tmp_path: Path
) -> None:
    page = visit()
    with provider(max_age := 15) as address, tutor(tmp_path, address) as server:
        log_in(page, server, "mo")
        began = time.monotonic()
        begin(page, home(server))
        box(page).fill(CLEAR)
        time.sleep(max(0.0, began + max_age - time.monotonic()))
        box(page).press("Enter")
        expect(page.get_by_text("Your login has expired")).to_be_visible()
        expect(page.get_by_text(CLEAR)).to_be_visible()
        page.reload()
        expect(page.get_by_text("Your login has expired")).to_be_visible()
        log_in(page, server, "mo")
        with sqlite3.connect(tmp_path / "tutor.db") as db:
            assert db.execute("select count(*) from turn").fetchone() == (0,)
        db.close()


def test_the_secrets_and_the_people_are_not_in_the_log(
    visit: Callable[[], Page], server: Server
) -> None:
    log_in(visit(), server, "mo")
    for secret in ("not told to anybody", "signs the cookie", "mo@example.edu", "Lind"):
        assert secret not in server.log


def test_the_example_of_secrets_is_one_that_serve_takes_once_it_is_filled_in(
    tmp_path: Path,
) -> None:
    from tutor.cli.serving import has_login

    example = ROOT / "deploy" / "secrets.example.toml"
    with pytest.raises(SettingsError, match="cookie_secret"):
        has_login(example)
    filled = tmp_path / "secrets.toml"
    empty, secret = 'cookie_secret = ""', f'cookie_secret = "{token_urlsafe(48)}"'
    filled.write_text(example.read_text(encoding="utf-8").replace(empty, secret), encoding="utf-8")
    assert has_login(filled)
