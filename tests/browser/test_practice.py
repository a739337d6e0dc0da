"""What only a real browser shows: the way through, reload and restart, focus, two tabs, scripts."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tutor.domain.access import LOCAL
from tutor.domain.scenario import ReplyKind
from tutor.practice import open_practice

CLEAR = "You went quiet when I brought up the log. What was it like for you when I asked?"
PUSHED = "Let's try the log again this week. You have to want to change."
PAYLOAD = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
ENOUGH = 16


def begin(page: Page, url: str, name: str = "Ana") -> None:
    page.goto(url)
    page.get_by_role("button", name=f"Start with {name}").click()
    expect(page.get_by_text("You, a moment ago")).to_be_visible()


def box(page: Page):
    return page.get_by_test_id("stChatInputTextArea")


def answer(page: Page):
    """What the client said last."""
    return page.get_by_role("group", name=re.compile("Chat message from (?!You)")).last


def settled(page: Page) -> None:
    expect(page.locator(".stApp")).to_have_attribute("data-test-script-state", "notRunning")


def say(page: Page, reply: str) -> None:
    """Type a reply, send it with Enter, and wait until it has been answered."""
    box(page).fill(reply)
    moved_on(page, lambda: box(page).press("Enter"))


def try_again(page: Page) -> None:
    moved_on(page, page.get_by_role("button", name="Try this moment again").click)
    expect(page.get_by_text("Your earlier try at this moment")).to_be_visible()


def moved_on(page: Page, act: Callable[[], None]) -> None:
    """Do it, and wait until the page shows the attempt's next revision."""
    status = page.locator("#tutor-status")
    before = status.get_attribute("data-said") or ""
    act()
    expect(status).not_to_have_attribute("data-said", before)
    settled(page)


@pytest.mark.parametrize(
    ("kind", "ending"),
    [(ReplyKind.MODEL, "Repaired"), (ReplyKind.POOR, "Lost, for now|Agreement on the surface")],
)
def test_a_learner_goes_from_the_start_page_to_an_ending_and_the_summary(
    page, server, kind, ending
):
    # The seed is given, so that the client is the same each time; the rest is the learner's way.
    practice = open_practice(server.settings)
    scenario = practice.scenario("hold-that-thought")
    attempt = practice.start_attempt(scenario_id=scenario.id, learner=LOCAL.id, seed=1)
    page.goto(server.url)
    page.get_by_role("button", name=f"Go on with {scenario.client.name}").click()
    expect(page.get_by_text("You, a moment ago")).to_be_visible()
    settled(page)
    place, seen = scenario.first.id, dict.fromkeys((m.id for m in scenario.moments), 0)
    while moment := scenario.moment(place):
        assert len(attempt.turns) < ENOUGH
        replies = [r.text for r in moment.replies if r.kind is kind]
        say(page, replies[seen[place] % len(replies)])
        seen[place] += 1
        attempt = practice.open_attempt(attempt_id=attempt.id, learner=LOCAL.id)
        place = attempt.turns[-1].response.to
        expect(answer(page)).to_contain_text(attempt.turns[-1].response.line.says)
        expect(page.get_by_text("What this reply did")).to_be_visible()
    practice.close()
    expect(box(page)).to_be_disabled()
    page.get_by_role("button", name="See the summary", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile(ending))).to_be_visible()
    expect(page.get_by_role("heading", name="How the alliance moved")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download as Markdown").click()
    assert download.value.suggested_filename == "hold-that-thought.md"
    assert scenario.title in download.value.path().read_text("utf-8")


def test_replies_sent_in_haste_are_stored_once(page, server):
    begin(page, server.url)
    for number in range(1, 4):  # while the page may still be drawing the one before
        box(page).fill(f"{CLEAR} {number}")
        box(page).press("Enter")
        expect(page.get_by_text(re.compile(f"reply {number + 1}$")).first).to_be_visible()
    settled(page)
    practice = open_practice(server.settings)
    (attempt,) = practice.unfinished(learner=LOCAL.id)
    practice.close()
    assert [turn.reply for turn in attempt.turns] == [f"{CLEAR} {n}" for n in (1, 2, 3)]


def test_nothing_is_lost_by_a_reload_or_a_restart_of_the_server(page, server):
    begin(page, server.url)
    say(page, PUSHED)
    try_again(page)
    say(page, CLEAR)
    said = answer(page).inner_text()
    page.reload()
    expect(page.get_by_text("Both tries at this moment")).to_be_visible()
    assert answer(page).inner_text() == said
    server.stop()
    server.start()
    page.goto(page.url)
    expect(page.get_by_text("Both tries at this moment")).to_be_visible()
    assert answer(page).inner_text() == said
    say(page, "What would you want us to change?")


def test_a_page_that_stays_open_goes_on_with_the_server_that_comes_back(page, server):
    begin(page, server.url)
    say(page, CLEAR)
    box(page).fill("Half of what I wanted")
    server.stop()
    expect(page.locator(".stApp")).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    server.start()
    expect(box(page)).to_be_enabled(timeout=60_000)
    settled(page)
    expect(box(page)).to_have_value("Half of what I wanted")
    say(page, "What would you want us to change?")
    expect(page.get_by_text(CLEAR).first).to_be_visible()
    page.reload()
    expect(page.get_by_text("reply 3")).to_be_visible()


def test_the_answer_is_announced_and_the_focus_stays_in_the_box(page, server):
    begin(page, server.url)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    region = page.locator("#tutor-status")
    expect(region).to_have_attribute("role", "status")
    region.evaluate("node => { node.mine = true }")
    say(page, CLEAR)
    expect(region).to_contain_text("Ana:")
    assert region.evaluate("node => node.mine"), "the live region was replaced"
    expect(box(page)).to_be_focused()
    try_again(page)
    expect(box(page)).to_be_focused()


def test_a_reply_that_is_too_long_comes_back_as_a_draft(page, server):
    begin(page, server.url)
    long = "I moved too fast for you. " * 100
    box(page).fill(long)
    box(page).press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("2,000")
    expect(box(page)).to_have_value(long)


def test_what_is_typed_never_runs(page, server):
    begin(page, server.url)
    say(page, f"{PAYLOAD} {CLEAR}")
    expect(page.get_by_text("<script>document.title='owned'</script>").first).to_be_visible()
    page.get_by_role("button", name="End and see the summary").click()
    expect(page.get_by_role("heading", name="How the alliance moved")).to_be_visible()
    assert page.title() == "Rupture & Repair: practice tutor"
    assert page.locator("img[src='x']").count() == 0


def test_the_second_of_two_tabs_is_told_and_loses_nothing(page, server):
    begin(page, server.url)
    settled(page)
    other = page.context.new_page()
    other.goto(page.url)
    expect(other.get_by_text("You, a moment ago")).to_be_visible()
    settled(other)
    say(page, CLEAR)
    box(other).fill(PUSHED)
    box(other).press("Enter")
    expect(other.get_by_role("alert")).to_contain_text("another tab")
    expect(box(other)).to_have_value(PUSHED)
    expect(other.get_by_text("Notice · clear")).to_be_visible()


def test_on_a_phone_nothing_is_cut_off_and_the_feedback_follows_the_answer(page, server):
    page.set_viewport_size({"width": 390, "height": 844})
    begin(page, server.url)
    say(page, CLEAR)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390
    expect(answer(page)).to_be_in_viewport()
    expect(box(page)).to_be_in_viewport()
    feedback = page.get_by_text("What this reply did").element_handle()
    below = "(said, told) => told.getBoundingClientRect().y > said.getBoundingClientRect().y"
    assert answer(page).evaluate(below, feedback)  # at one instant, for the page still scrolls


def test_on_a_phone_every_answer_of_the_drill_is_in_sight(page: Page, server) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server.url}/drill")
    for answer in ("Withdrawal", "Confrontation", "Both", "No rupture"):
        pill = page.get_by_test_id("stButtonGroup").get_by_text(answer, exact=True)
        expect(pill).to_be_in_viewport(ratio=1)


def test_a_learner_says_what_is_seen_differently(page: Page, server) -> None:
    begin(page, server.url)
    say(page, CLEAR)
    page.get_by_role("button", name="I see it differently").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Keep this").click()
    expect(dialog.get_by_text("Choose first what you see differently.")).to_be_visible()
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name="Solicit feedback").click()
    dialog.get_by_role("textbox", name="What do you see?").fill(PAYLOAD)
    dialog.get_by_role("button", name="Keep this").click()
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("You see it differently")).to_be_visible()
    expect(page.get_by_text(PAYLOAD)).to_be_visible()
    assert "owned" not in page.title()
