"""What the browser does by itself: the client's answer is announced, and brought into view.

Streamlit replaces the nodes of a page on each run, so that a live region drawn by it stays silent.
This one is a single node on the body that outlives the runs; only its text changes. The page's
language, which Streamlit does not know, is said here too. And it is here that a page notices when
it has lost its server and found one again.
"""

import streamlit as st

_JS = """
export default function ({ data, setTriggerValue }) {
  document.documentElement.lang = "en";
  // Dialogs stand outside the app's own element, and would not know whether it is light or dark.
  const app = document.querySelector(".stApp");
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
  let region = document.getElementById("tutor-status");
  if (!region) {
    region = document.createElement("div");
    region.id = "tutor-status";
    region.setAttribute("role", "status");
    region.style.cssText =
      "position:fixed;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)";
    document.body.append(region);
    // A server that was started anew, or another one, has never heard of this page: it is told at
    // once, with what stands in the box or was on its way. Otherwise the next click would be lost.
    document.addEventListener("input", ({ target }) => {
      if (target.dataset.testid === "stChatInputTextArea") region.typed = target.value;
    }, true);
    new MutationObserver(([{ oldValue }]) => {
      const now = app.dataset.testConnectionState;
      if (now === "CONNECTED" && oldValue !== now) region.back(region.typed ?? "");
    }).observe(app, {
      attributeFilter: ["data-test-connection-state"], attributeOldValue: true,
    });
  }
  region.back = (typed) => setTriggerValue("back", { typed });
  if (region.dataset.said !== data.id) {
    const first = region.dataset.attempt !== data.attempt;
    region.dataset.said = data.id;
    region.typed = "";
    region.dataset.attempt = data.attempt;
    region.textContent = data.text;
    const show = () => {
      const page = document.querySelector('[data-testid="stMain"]');
      const talk = document.querySelector(".st-key-conversation");
      // Without a conversation, as with three versions beside one another, it is read from the top.
      if (first || !talk) return page?.scrollTo(0, 0);
      const lines = talk.querySelectorAll('[data-testid="stChatMessage"]');
      // On a narrow page the exchange comes to the top, and the feedback is read on from there.
      if (window.matchMedia("(max-width: 999px)").matches)
        lines[Math.max(0, lines.length - 2)]?.scrollIntoView({ block: "start" });
      else {  // from the top as far down as the end of it, and no further than that
        page?.scrollTo(0, 0);
        talk.lastElementChild?.scrollIntoView({ block: "nearest" });
      }
    };
    requestAnimationFrame(show);
    setTimeout(show, 150);
  }
  if (data.focus && region.dataset.focus !== data.focus) {
    region.dataset.focus = data.focus;
    const focus = (tries) => {  // a box that has just come, or is shut for now, takes it later
      const box = document.querySelector('[data-testid="stChatInputTextArea"]');
      box?.focus();
      if (tries && document.activeElement !== box) setTimeout(() => focus(tries - 1), 100);
    };
    focus(10);
  }
}
"""

_component = st.components.v2.component("tutor_live", js=_JS)


def announce(*, attempt: str, revision: int, text: str, focus: str = "") -> str:
    """Announce `text` once for each revision of an attempt, and show the end of the conversation.

    A new `focus` puts the cursor in the chat box. Gives what had been typed since the last revision
    where the page lost its server and has come back to one; empty otherwise.
    """
    data = {"id": f"{attempt}.{revision}", "attempt": attempt, "text": text, "focus": focus}
    back = _component(key="live", data=data, height=1, on_back_change=lambda: None).back
    return str(back["typed"]) if back else ""
