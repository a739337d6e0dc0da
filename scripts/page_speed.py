"""How fast the pages are in a real browser: cold start, and replies in one long conversation.

    python scripts/page_speed.py                           5 cold starts, 50 replies
    python scripts/page_speed.py --scenario 2 --screenshot chat.png
    python scripts/page_speed.py --cold-runs 0 --replies 0 --attempts 5000

With `--attempts`, that many attempts of one learner are stored first, and every page is gone to by
a click, several times: from the click to the last change on the page.

Prints one JSON object; times in milliseconds. A cold start is clocked from the start of the server
process to the first element painted, in a browser that already runs, with an empty cache. A reply
is clocked inside the page, from the Enter key to the frame after the client's answer (`reply`) and
to the last change on the page (`painted`: answer and feedback both). A conversation that ends is
gone on with by trying its last moment again.

Needs playwright, and a Chromium (--chromium).
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from servers import ROOT, other_load, percentile, running, told

sys.path.insert(0, str(ROOT))

from tutor.domain.attempt import Attempt
from tutor.domain.scenario import Scenario
from tutor.practice import Practice, open_practice
from tutor.settings import from_environment

BOX = '[data-testid="stChatInputTextArea"]'
LIMIT_MS = 30_000
LEARNER = "local"
MOST_REPLIES = 16
ROUNDS = 3

# The probe lives in the page, so that no round trip to this process is in the times.
PROBE = r"""
(() => {
  const all = (s) => Array.from(document.querySelectorAll(s));
  const probe = {};
  probe.ready = () => all('[data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]')
    .some(e => e.offsetHeight > 0 && !e.querySelector('[data-testid*="Skeleton"]'));
  probe.idle = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app && app.getAttribute('data-test-script-state') === 'notRunning' && probe.ready()
      && !document.querySelector('[data-stale="true"], [data-testid*="Skeleton"]');
  };
  probe.frame = () => new Promise(done =>
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))));
  probe.until = (holds, ms) => new Promise(done => {
    let over = false;
    const end = async (met) => {
      if (over) return;
      over = true; seen.disconnect(); clearTimeout(late); clearInterval(often);
      done(met ? await probe.frame() : null);
    };
    const look = () => { if (holds()) end(true); };
    const seen = new MutationObserver(look);
    seen.observe(document, {subtree: true, childList: true, characterData: true, attributes: true});
    const often = setInterval(look, 20);
    const late = setTimeout(() => end(false), ms);
    look();
  });
  // the time of the last change, once there has been none for `quiet` ms
  probe.settled = (ms, quiet) => new Promise(done => {
    const end = performance.now() + ms;
    let last = '', since = performance.now();
    const look = () => {
      const now = performance.now(), text = document.body ? document.body.innerText : '';
      if (text !== last || !probe.idle()) { last = text; since = now; }
      if (now - since >= quiet) return done(since);
      if (now > end) return done(null);
      setTimeout(look, 15);
    };
    look();
  });
  probe.arm = (token, ms) => {
    probe.result = new Promise(done => {
      const start = async (event) => {
        if (event.key !== 'Enter') return;
        document.removeEventListener('keydown', start, true);
        const t0 = performance.now();
        const messages = () => all('[data-testid="stChatMessage"]');
        const answered = () => {
          const mine = messages().findIndex(m => m.innerText.includes(token));
          return mine >= 0 && messages().slice(mine + 1)
            .some(m => m.offsetHeight > 0 && m.innerText.trim());
        };
        const reply = await probe.until(answered, ms);
        const painted = reply === null ? null : await probe.settled(ms, 100);
        done({reply: reply && reply - t0, painted: painted && painted - t0});
      };
      document.addEventListener('keydown', start, true);
    });
  };
  window.__probe = probe;
})();
"""


def opened(browser: Browser) -> Page:
    page = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    page.add_init_script(PROBE)
    page.set_default_timeout(LIMIT_MS)
    return page


def load(page: Page, url: str) -> dict[str, float | None]:
    """Open `url`; milliseconds from the start of the navigation."""
    page.goto(url, wait_until="commit")
    first = page.evaluate("ms => __probe.until(__probe.ready, ms)", LIMIT_MS)
    settled = page.evaluate("ms => __probe.settled(ms, 100)", LIMIT_MS)
    return {"first_element": first, "settled": settled}


def cold_starts(browser: Browser, runs: int) -> dict[str, Any]:
    times: dict[str, list[float]] = {"health": [], "first_element": [], "settled": []}
    warm: list[float] = []
    memory: list[float] = []
    for _ in range(runs):
        page = opened(browser)
        with running() as server:
            times["health"].append(server.wait() * 1000)
            opening = (time.perf_counter() - server.started) * 1000
            for name, after in load(page, server.url).items():
                if after is None:
                    raise SystemExit(f"a cold start had no {name.replace('_', ' ')}")
                times[name].append(opening + after)
            page.context.close()
            memory.append(server.memory_mb() or 0.0)
            page = opened(browser)
            warm.append(load(page, server.url)["settled"] or float(LIMIT_MS))
            page.context.close()
    return {
        "runs": runs,
        **{f"{name}_ms": percentile(values, 0.5) for name, values in times.items()},
        "warm_server_settled_ms": percentile(warm, 0.5),
        "memory_mb": percentile(memory, 0.5),
    }


def stored(count: int) -> Callable[[Path], None]:
    """What fills a database with so many finished attempts, over all scenarios."""

    def fill(database: Path) -> None:
        settings = replace(from_environment(), database_url=f"sqlite:///{database.as_posix()}")
        practice = open_practice(settings)
        played = [played_through(practice, scenario) for scenario in practice.scenarios]
        for number in range(count - len(played)):
            attempt = played[number % len(played)]
            earlier = attempt.started_at - timedelta(hours=count - number)
            practice.store.add(replace(attempt, id=f"copy-{number:06}", started_at=earlier))
        practice.close()

    return fill


def played_through(practice: Practice, scenario: Scenario) -> Attempt:
    """An attempt at the scenario with the first model reply of each moment, to the end."""
    attempt = practice.start_attempt(scenario_id=scenario.id, learner=LEARNER, seed=1)
    for _ in range(MOST_REPLIES):
        moment = scenario.moment(attempt.turns[-1].response.to) if attempt.turns else scenario.first
        if moment is None:
            break
        attempt = practice.submit_reply(
            attempt_id=attempt.id,
            learner=LEARNER,
            revision=attempt.revision,
            reply=moment.replies[len(attempt.turns) % 2].text,
        )
    return attempt


def pages(browser: Browser, attempts: int) -> dict[str, Any]:
    """Every page by its name: median and largest time from the click to the last change, in ms."""
    times: dict[str, list[float]] = {}
    with running(stored(attempts)) as server:
        server.wait()
        page = opened(browser)
        load(page, server.url)
        links = page.locator('[data-testid="stSidebarNavLink"]')
        for _ in range(ROUNDS + 1):
            for number in range(links.count()):
                name = links.nth(number).inner_text().split("\n")[-1].strip()
                clicked = page.evaluate("() => performance.now()")
                links.nth(number).click()
                settled = page.evaluate("ms => __probe.settled(ms, 150)", LIMIT_MS)
                times.setdefault(name, []).append(settled - clicked)
        page.context.close()
    # the first round warms up
    return {
        name: {"median": percentile(values[1:], 0.5), "max": percentile(values[1:], 1.0)}
        for name, values in times.items()
    }


def conversation(browser: Browser, args: argparse.Namespace, texts: list[str]) -> dict[str, Any]:
    page = opened(browser)
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    replies: list[float] = []
    painted: list[float] = []
    again = 0
    with running() as server:
        server.wait()
        load(page, server.url)
        page.locator('[class*="st-key-start-"] button').nth(args.scenario - 1).click()
        page.get_by_role("button", name="Go straight to my reply").click()
        box = page.locator(BOX)
        box.wait_for(state="visible")
        page.evaluate("ms => __probe.settled(ms, 200)", LIMIT_MS)
        for number in range(args.replies):
            if not box.is_enabled():
                page.get_by_role("button", name=args.again).first.click()
                page.locator(f"{BOX}:enabled").wait_for()
                page.evaluate("ms => __probe.settled(ms, 200)", LIMIT_MS)
                again += 1
            token = f"No. {number + 1:03}."
            box.fill(f"{texts[number % len(texts)]} {token}")
            page.evaluate("([token, ms]) => __probe.arm(token, ms)", [token, LIMIT_MS])
            box.press("Enter")
            times = page.evaluate("() => __probe.result")
            if times["painted"] is None:
                raise SystemExit(f"reply {number + 1} had no answer within {LIMIT_MS / 1000} s")
            replies.append(times["reply"])
            painted.append(times["painted"])
        if args.screenshot:
            page.screenshot(path=args.screenshot, full_page=True)
        page.context.close()
    tenth = max(1, len(painted) // 10)
    first, last = percentile(painted[:tenth], 0.5), percentile(painted[-tenth:], 0.5)
    return {
        "reply_ms": told(replies),
        "painted_ms": told(painted),
        "first_tenth_ms": first,
        "last_tenth_ms": last,
        "last_to_first": round(last / first, 2) if first and last else None,
        "tried_again": again,
        "page_errors": errors,
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cold-runs", type=int, default=5)
    parser.add_argument("--replies", type=int, default=50)
    parser.add_argument("--scenario", type=int, default=1, help="which one on the start page")
    parser.add_argument("--attempts", type=int, default=0, help="stored before pages are clicked")
    parser.add_argument("--texts", type=Path, help="what to reply, one a line, in turn")
    parser.add_argument("--again", default="Try this moment again", help="name of that button")
    parser.add_argument("--screenshot", help="PNG of the page after the last reply")
    parser.add_argument("--chromium", default=shutil.which("chromium") or "chromium")
    args = parser.parse_args()
    texts = args.texts.read_text(encoding="utf-8").splitlines() if args.texts else []
    texts = [text for text in texts if text.strip()] or ["Could you tell me a little more?"]
    result: dict[str, Any] = {"other_load_cores": other_load()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=args.chromium, args=["--no-sandbox", "--disable-gpu"]
        )
        browser.new_page().goto("about:blank")  # the browser's own start is not in the times
        if args.cold_runs:
            result["cold_start"] = cold_starts(browser, args.cold_runs)
        if args.attempts:
            result["pages_ms"] = pages(browser, args.attempts)
        if args.replies:
            result["conversation"] = conversation(browser, args, texts)
        browser.close()
    print(json.dumps(result))
    if result.get("conversation", {}).get("page_errors"):
        sys.exit(1)


if __name__ == "__main__":
    main()
