"""A demonstration before a room: keys, the presenter view, reloads, what is typed or uploaded."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server
from tests.browser.test_practice import PAYLOAD, settled
from tests.demo_samples import HALF, SEEN, SORRY, a_demo
from tutor.domain.access import LOCAL
from tutor.store.repository import Store

PAGE = "/demo?demo=log-first"

#: In milliseconds: the first page of a fresh server reads all content, and makes the coder.
expect.set_options(timeout=20_000)


@pytest.fixture
def shown(server: Server) -> Server:
    """The server, with the small demonstration made by whoever is at the keyboard."""
    store = Store.open(server.settings.database_url)
    now = datetime(2026, 5, 4, tzinfo=UTC)
    store.know(LOCAL, now)
    store.keep_demo(LOCAL.id, a_demo(), now)
    store.close()
    return server


def press(page: Page, key: str, until: str) -> None:
    """Press the key, and wait until these words can be seen."""
    page.keyboard.press(key)
    expect(page.get_by_text(until).first).to_be_visible()
    settled(page)


def begin(page: Page, server: Server, query: str = "") -> None:
    page.goto(f"{server.url}{PAGE}{query}")
    expect(page.get_by_role("heading", name="The log comes first")).to_be_visible()
    expect(page.get_by_role("button", name="Presenter view")).to_be_visible()
    settled(page)


def test_the_keys_go_through_it_and_back_and_a_reload_stays(page: Page, shown: Server) -> None:
    begin(page, shown)
    press(page, "ArrowRight", "What do her sleeves say?")
    comment = page.locator(".rr .said", has_text="It says what can be seen.")
    expect(comment).to_have_count(0)
    press(page, "ArrowRight", "What this reply does")
    expect(comment).to_have_count(0)
    expect(page.get_by_text("Notice · clear").first).to_be_visible()
    press(page, "ArrowRight", "Hesitant")
    expect(comment).to_be_visible()
    page.reload()
    expect(comment).to_be_visible()
    expect(page.get_by_role("button", name="See it three times")).to_be_visible()
    settled(page)
    press(page, "ArrowRight", "The same moment, three times")
    wide = [page.get_by_role("heading", name=how).bounding_box() for how in HOWS]
    assert len({box["y"] for box in wide}) == 1  # beside one another
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = [page.get_by_role("heading", name=how).bounding_box() for how in HOWS]
    assert len({box["x"] for box in narrow}) == 1  # under one another
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"at=3\b"))


HOWS = ("Done well", "Half-way there", "Done badly")


def test_the_presenter_view_is_large_and_bare_and_left_by_its_key(
    page: Page, shown: Server
) -> None:
    begin(page, shown, "&at=1")
    size = "getComputedStyle(document.documentElement).fontSize"
    small = float(page.evaluate(size)[:-2])
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    press(page, "p", "Leave presenter view")
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    assert float(page.evaluate(size)[:-2]) == pytest.approx(1.6 * small)
    expect(page.get_by_text("Your question, your comment")).to_have_count(0)
    press(page, "ArrowRight", "What this reply does")
    page.reload()
    expect(page.get_by_role("button", name="Leave presenter view")).to_be_visible()
    settled(page)
    page.keyboard.press("p")
    expect(page.get_by_test_id("stSidebar")).to_be_visible()
    assert "present" not in page.url


def test_a_room_says_it_another_way_and_comes_back(page: Page, shown: Server) -> None:
    begin(page, shown, "&at=1")
    press(page, "w", "Nothing that is typed here is stored.")
    box = page.get_by_test_id("stChatInputTextArea")
    expect(box).to_be_focused()
    box.fill(f"{PAYLOAD} {HALF}")
    box.press("ArrowLeft")  # in the box, the keys are the box's
    box.press("p")
    expect(page.get_by_role("button", name="Leave presenter view")).to_have_count(0)
    box.press("Enter")
    expect(page.get_by_text("The room", exact=True)).to_be_visible()
    expect(page.locator(".rr .said", has_text="<img src=x onerror=")).to_be_visible()
    expect(page.get_by_text("One thing to try.")).to_be_visible()
    settled(page)
    box.fill("long " * 500)
    box.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    expect(box).to_have_value("long " * 500)
    page.get_by_role("button", name="Back to the demonstration").click()
    expect(page.locator(".question")).to_be_visible()
    assert "owned" not in page.title()
    assert page.locator("img[src='x']").count() == 0


def test_a_transcript_is_uploaded_shown_as_text_and_printed(
    page: Page, server: Server, tmp_path
) -> None:
    file = tmp_path / "talk.txt"
    file.write_text(f"Q: {SEEN}\nZ: {PAYLOAD}\nQ: {SORRY}\n", encoding="utf-8")
    page.goto(f"{server.url}/demos")
    page.get_by_text("Show a transcript of your own").click()
    chosen = page.locator("input[type=file]")
    large = {"name": "large.txt", "mimeType": "text/plain", "buffer": b"T: x\n" * 4_000_000}
    chosen.set_input_files([large])
    expect(page.get_by_text(re.compile("1(.0)? ?MB or smaller"))).to_be_visible()
    chosen.set_input_files(str(file))
    expect(page.get_by_text("3 turns.")).to_be_visible()
    page.get_by_role("button", name="Keep it, and show it").click()
    expect(page.get_by_text("Say first that nobody can be recognized")).to_be_visible()
    page.get_by_text("Nobody can be recognized in it, and").click()
    page.get_by_role("button", name="Keep it, and show it").click()
    expect(page.get_by_text("which speaker is the counselor")).to_be_visible()
    page.get_by_role("combobox", name=re.compile("counselor")).click()
    page.get_by_role("option", name="Q").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keep it, and show it").click()
    expect(page.get_by_role("heading", name="talk")).to_be_visible()
    settled(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="A page to print (HTML)").click()
    printed = tmp_path / "handout.html"
    download.value.save_as(printed)
    for until in ("Ask the room", "What this reply does", "script>document.title"):
        press(page, "ArrowRight", until)
    expect(page.locator(".rr .said", has_text=PAYLOAD)).to_be_visible()
    page.goto(f"file://{printed}")
    expect(page.get_by_text(PAYLOAD)).to_be_visible()
    assert "owned" not in page.title()
