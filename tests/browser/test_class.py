"""A class of three, each in a browser of their own: from the join code to what comes back."""

import csv
import io
import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.browser.conftest import Server
from tests.browser.test_login import HOUR, home, log_in, provider, tutor, visit
from tests.browser.test_practice import CLEAR, say, settled

__all__ = ["visit"]

LEARNERS = {"mo": "Mo Lind", "ada": "Ada Reyes", "kofi": "Kofi Badu"}
PEOPLE = (
    {"sub": "ruth", "name": "Ruth Oh", "email": "ruth@example.edu"},
    *({"sub": sub, "name": name} for sub, name in LEARNERS.items()),
)
PUSHED = "Let's try the log again this week. You have to want to change."


@pytest.fixture
def server(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("class")
    with provider(HOUR, PEOPLE) as address, tutor(folder, address) as started:
        yield started


def go(page: Page, title: str) -> None:
    """To a page by its name in the sidebar."""
    page.get_by_test_id("stSidebarNavLink").filter(has_text=title).first.click()
    settled(page)


def choose(page: Page, name: str, option: str) -> None:
    """Open the box and choose; again where the page was drawn anew meanwhile, which closes it."""
    box = page.get_by_role("combobox", name=name)
    expect(box).to_be_visible()
    for patience in (3_000, 20_000):
        settled(page)
        box.click()
        box.press_sequentially(option[:9])
        try:
            page.get_by_role("option", name=option).click(timeout=patience)
        except TimeoutError:
            page.keyboard.press("Escape")
        else:
            return
    pytest.fail(f"{option} could not be chosen")


def test_a_class_from_its_code_to_what_comes_back(
    visit: Callable[[], Page], server: Server
) -> None:
    ruth = visit()
    log_in(ruth, server, "ruth")
    go(ruth, "Classes")
    ruth.get_by_label("Name of a new class").fill("Practicum, spring")
    ruth.get_by_role("button", name="Make the class").click()
    code = ruth.locator(".join-code").inner_text()

    learners = {sub: visit() for sub in LEARNERS}
    for sub, page in learners.items():
        log_in(page, server, sub)
        go(page, "My class")
        page.get_by_label("Join a class").fill(code.lower())
        page.get_by_role("button", name="Join", exact=True).click()
        expect(page.get_by_text("You are in the class Practicum, spring now")).to_be_visible()

    # Two hand something in, the third practices and keeps it.
    for sub, reply in (("mo", CLEAR), ("ada", PUSHED), ("kofi", CLEAR)):
        page = learners[sub]
        go(page, "Scenarios")
        page.get_by_role("button", name="Start with Ana").click()
        say(page, reply)
        page.get_by_role("button", name="summary").first.click()
        settled(page)
        if sub != "kofi":
            page.get_by_role("button", name="Hand in", exact=True).click()
            expect(page.get_by_text("It stands still until you take it back")).to_be_visible()

    # The supervisor sees those two, and of the third only that there is nothing.
    go(ruth, "Handed in")
    expect(ruth.get_by_text("Mo Lind")).to_be_visible()
    expect(ruth.get_by_role("button", name="Read", exact=True)).to_have_count(2)
    expect(ruth.get_by_text("Nothing handed in yet")).to_be_visible()
    row = ruth.locator("[class*='st-key-row-']").filter(has_text="Ada Reyes")
    row.get_by_role("button", name="Read", exact=True).click()
    settled(ruth)
    ruth.get_by_text("I see a code differently").click()
    choose(ruth, "Code", "Take responsibility")
    ruth.get_by_test_id("stForm").get_by_text("Emerging", exact=True).click()
    ruth.get_by_label("Why", exact=True).fill("It is <b>half</b> said")
    ruth.get_by_role("button", name="Keep this beside").click()
    expect(ruth.get_by_text("where the coder says not yet")).to_be_visible()
    ruth.get_by_label("What do you want to say about this reply?").fill("Slower. What do you see?")
    ruth.get_by_role("button", name="Say it to the learner").first.click()
    expect(ruth.get_by_text("Slower. What do you see?")).to_be_visible()
    ruth.get_by_text("I have gone through this reply").click()
    settled(ruth)

    # It comes back to Ada, and to nobody else.
    ada = learners["ada"]
    go(ada, "My class")
    expect(ada.get_by_text("your supervisor has answered")).to_be_visible()
    ada.get_by_role("button", name="Look back").click()
    expect(ada.get_by_text("Slower. What do you see?")).to_be_visible()
    expect(ada.get_by_text("It is <b>half</b> said")).to_be_visible()
    address = ada.url
    for other in ("mo", "kofi"):
        learners[other].goto(address)
        expect(learners[other].get_by_text("There is no such conversation")).to_be_visible()
        expect(learners[other].get_by_text("Slower. What do you see?")).to_have_count(0)

    # The whole of it is taken away: both levels, the comment, and no word of the third.
    go(ruth, "The class")
    expect(ruth.get_by_text("1 reply gone through")).to_be_visible()
    with ruth.expect_download() as loading:
        ruth.get_by_role("button", name="Download as CSV").click()
    assert loading.value.suggested_filename == "practicum-spring.csv"
    rows = list(csv.DictReader(io.StringIO(loading.value.path().read_text(encoding="utf-8"))))
    assert [row["learner"] for row in rows] == ["Mo Lind", "Ada Reyes"]
    assert (rows[1]["own"], rows[1]["own_by_hand"]) == ("0", "1")
    assert rows[1]["comments"] == "Slower. What do you see?"
    ruth.get_by_role("textbox", name="For xAPI").fill("https://practice.example.edu")
    ruth.get_by_role("textbox", name="For xAPI").press("Enter")
    with ruth.expect_download() as loading:
        ruth.get_by_role("button", name="Download as xAPI").click()
    assert loading.value.suggested_filename == "practicum-spring-xapi.json"
    statements = json.loads(loading.value.path().read_text(encoding="utf-8"))
    assert {one["actor"]["name"] for one in statements} == {"Mo Lind", "Ada Reyes"}
    assert home(server) in ruth.url
