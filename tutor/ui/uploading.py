"""A transcript from elsewhere: taken in, looked through, and kept to be shown."""

from collections import Counter
from hashlib import sha256
from pathlib import PurePath

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from tutor.demonstrations import MAX_TITLE, Demonstrations
from tutor.domain.transcript import Draft
from tutor.errors import DemoError, TutorError
from tutor.settings import MAX_LINES
from tutor.ui import cards, door, frame, who
from tutor.ui.highlight import escaped
from tutor.ui.state import DEMO, Kind, Notice

_WHAT = f"""<p>A file or a text in which each turn begins with who speaks and a colon
(“Counselor: How was the week?”), or a CSV table with the columns <i>speaker</i> and <i>text</i>; at
most 1 MB and {MAX_LINES} turns. The counselor's lines are coded one by one; what the client said
is shown as it is.</p>
<div class="bar-amber"><b>De-identify it first.</b> Take out names, places, dates, employers,
schools and whatever else could tell who this is, and show only what you may show. It is kept in
this tutor's database, and only you can open it.</div>"""
_CLEAN = "Nobody can be recognized in it, and I may show it to this room"


def offer(demos: Demonstrations) -> None:
    """The form, with everything kept in it until the transcript is made."""
    with st.expander("Show a transcript of your own", key="upload", on_change="rerun"):
        st.html(cards.wrap(_WHAT))
        if context := get_script_run_ctx():
            door.ask_for_files(context.session_id)
        file = st.file_uploader("A file in plain text or CSV", key="upload-file", max_upload_size=1)
        pasted = st.text_area("Or the text itself", key="upload-text", height=140)
        if file is None and not pasted.strip():
            return
        name = file.name if file else ""
        raw = file.getvalue() if file else pasted.encode("utf-8", "replace")
        try:
            draft = demos.read(who.me(), raw, name)
        except DemoError as error:
            _tell(str(error))
            return
        if file and pasted.strip():
            st.html(cards.wrap("<p>The file is read, and the text is left aside.</p>"))
        _form(demos, draft, PurePath(name).stem, sha256(raw).hexdigest()[:12])


def _form(demos: Demonstrations, draft: Draft, name: str, digest: str) -> None:
    """What is asked of what was read; of another text it is asked anew."""
    st.html(_found(draft))
    chosen = st.multiselect(
        "Which of them is the counselor?",
        draft.speakers,
        [*_guessed(draft)],
        key=f"upload-who-{digest}",
        select_all=False,
    )
    title = st.text_input(
        "Title", value=name[:MAX_TITLE], max_chars=MAX_TITLE, key=f"upload-title-{digest}"
    )
    clean = st.checkbox(_CLEAN, key=f"upload-clean-{digest}")
    if not st.button("Keep it, and show it", type="primary", key="upload-keep"):
        return
    try:
        if not clean:
            raise DemoError("Say first that nobody can be recognized in it.")
        made = demos.from_draft(who.me(), draft, title=title, counselors=frozenset(chosen))
    except TutorError as error:
        _tell(str(error))
    else:
        st.switch_page(frame.DEMO, query_params={DEMO: made.id})


def _guessed(draft: Draft) -> list[str]:
    return [speaker for speaker in draft.speakers if speaker in draft.counselors]


def _found(draft: Draft) -> str:
    """What was read, with its first lines, so that a wrong reading is seen before it is kept."""
    counted = Counter(row.speaker for row in draft.rows)
    speakers = ", ".join(f"{escaped(who)} ({times})" for who, times in counted.items())
    reminders = "".join(f"<p>{escaped(words)}</p>" for words in draft.reminders)
    first = "".join(cards.bubble(row.speaker, cards.said(row.text)) for row in draft.rows[:4])
    return cards.wrap(
        f"<p><b>{len(draft.rows)} turns.</b> Who speaks: {speakers}.</p>",
        f'<div class="bar-rose" role="alert"><b>Look at these again.</b>{reminders}</div>'
        if reminders
        else "",
        f"<details><summary>How it begins</summary>{first}</details>",
    )


def _tell(words: str) -> None:
    st.html(cards.notice(Notice(kind=Kind.PROBLEM, text=words)))
