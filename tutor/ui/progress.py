"""Progress: what a learner's attempts show together, to see, to keep and to delete."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import altair as alt
import streamlit as st

from tutor.domain.attempt import Attempt
from tutor.domain.progress import ENOUGH, Progress, Share
from tutor.domain.vocabulary import LADDER
from tutor.errors import TutorError
from tutor.review import Review, as_csv, as_json
from tutor.ui import cards, frame, resources, words
from tutor.ui.highlight import escaped
from tutor.ui.state import ATTEMPT, LEARNER, Kind, state

K = TypeVar("K", bound=StrEnum)

_WHAT = """<h1>Progress</h1>
<p>What your tries show so far. A share says how often a move became clear where the moment called
for it; the number of tries stands beside it, because few tries say little: the larger a dot, the
more tries are behind it. It is no grade.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    review = resources.review()
    attempts = review.attempts(learner=LEARNER)
    progress = review.progress(attempts, learner=LEARNER)
    st.html(cards.wrap(_WHAT))
    frame.notice()
    if not progress.attempts:
        st.html(cards.wrap("<p>There is nothing to show yet: answer one client once.</p>"))
        _delete_all(review)
        return
    _steps(progress)
    left, right = st.columns(2, gap="medium")
    with left:
        st.html(cards.wrap("<h2>By marker</h2>", _shares(progress.by_marker, words.MARKERS)))
    with right:
        st.html(
            cards.wrap("<h2>By component</h2>", _shares(progress.by_component, words.COMPONENTS))
        )
        st.html(cards.wrap(_counts(progress)))
    _missteps(progress)
    _past(review, attempts, progress)
    _keep(attempts)
    _delete_all(review)


def _steps(progress: Progress) -> None:
    rubric = resources.practice().library.rubric
    rows: list[dict[str, Any]] = [
        {
            "attempt": attempt.number,
            "step": rubric.criterion(move).label,
            "clear": attempt.steps[move].percent,
            "tries": attempt.steps[move].tries,
            "client": attempt.title,
        }
        for attempt in progress.attempts
        for move in LADDER
        if move in attempt.steps
    ]
    st.html(cards.wrap("<h2>The steps over time</h2>"))
    ink = "#AEB8B4" if st.context.theme.type == "dark" else "#57625F"
    base = alt.Chart({"values": rows}).encode(
        x=alt.X("attempt:Q", title="attempt", axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("clear:Q", title="clear, %", scale=alt.Scale(domain=[0, 100])),
    )
    line = base.mark_line(color="#23918A", strokeWidth=2)
    points = base.mark_circle(color="#23918A", opacity=1).encode(
        size=alt.Size("tries:Q", legend=None, scale=alt.Scale(range=[30, 240])),
        tooltip=["client:N", "step:N", "clear:Q", "tries:Q"],
    )
    labels = [rubric.criterion(move).label for move in LADDER]
    chart = (
        alt.layer(line, points)
        .properties(width=220, height=110)
        .facet(alt.Facet("step:N", sort=labels, title=None), columns=4)
        .configure_axis(labelColor=ink, titleColor=ink)
        .configure_header(labelColor=ink)
    )
    st.altair_chart(chart, theme="streamlit")
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Step", "Clear", "Tries"))
    body = "".join(
        _share_row(rubric.criterion(move).label, progress.step(move))
        for move in LADDER
        if progress.step(move).tries
    )
    st.html(cards.wrap(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"))


def _share_row(name: str, share: Share) -> str:
    told = f"{share.percent} %" if share.tries >= ENOUGH else "too early to say"
    return f"<tr><th scope='row'>{escaped(name)}</th><td>{told}</td><td>{share.tries}</td></tr>"


def _shares(shares: Mapping[K, Share], names: Mapping[K, str]) -> str:
    rows = "".join(_share_row(names[key], shares[key]) for key in names if key in shares)
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("", "Clear", "Tries"))
    if not rows:
        return "<p>Nothing yet.</p>"
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _counts(progress: Progress) -> str:
    endings = [attempt.outcome for attempt in progress.attempts if attempt.outcome]
    told = "".join(
        f"<li>{cards.OUTCOMES[outcome]}: {endings.count(outcome)}</li>"
        for outcome in cards.OUTCOMES
        if outcome in endings
    )
    retries = sum(attempt.retries for attempt in progress.attempts)
    improved = sum(attempt.improved for attempt in progress.attempts)
    hints = sum(attempt.hints for attempt in progress.attempts)
    return (
        f"<h2>Endings</h2><ul>{told or '<li>None reached yet.</li>'}</ul>"
        f"<p>Second tries: {retries}, of which {improved} were better than the one before. "
        f"Hints taken: {hints}.</p>"
    )


def _missteps(progress: Progress) -> None:
    st.html(cards.wrap("<h2>Missteps and hints over time</h2>"))
    rows: list[dict[str, Any]] = [
        {"attempt": a.number, "what": what, "per ten replies": round(10 * count / a.replies, 1)}
        for a in progress.attempts
        for what, count in (("replies with a misstep", a.missteps), ("hints", a.hints))
    ]
    chart = (
        alt.Chart({"values": rows})
        .mark_line(point=True, strokeWidth=2)
        .encode(
            x=alt.X("attempt:Q", axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("per ten replies:Q", scale=alt.Scale(domainMin=0)),
            color=alt.Color("what:N", title=None, scale=alt.Scale(range=["#3F7DC4", "#C4566A"])),
            strokeDash=alt.StrokeDash("what:N", title=None),
        )
        .properties(height=160)
    )
    st.altair_chart(chart, theme="streamlit")


def _past(review: Review, attempts: tuple[Attempt, ...], progress: Progress) -> None:
    st.html(cards.wrap("<h2>Every attempt</h2>"))
    for row in reversed(progress.attempts):
        with st.container(
            horizontal=True, vertical_alignment="center", key=f"past-{row.attempt_id}"
        ):
            ended = cards.OUTCOMES[row.outcome] if row.outcome else "Not ended"
            when = f"{row.started_at:%B} {row.started_at.day}, {row.started_at:%H:%M} UTC"
            st.html(
                cards.wrap(
                    f"<p><b>{row.number}. {escaped(row.title)}</b><br><span class='quiet'>{when} · "
                    f"{cards.replies(row.replies)} · {ended}</span></p>"
                )
            )
            if st.button("Look back", key=f"look-{row.attempt_id}"):
                state().attempt = None
                st.switch_page(frame.REPLAY, query_params={ATTEMPT: row.attempt_id})
            if st.button("Delete", key=f"delete-{row.attempt_id}"):
                _delete(review, row.attempt_id, row.title)


@st.dialog("Delete this attempt?")
def _delete(review: Review, attempt_id: str, title: str) -> None:
    st.html(cards.wrap(f"<p>{escaped(title)}, with every reply in it, for good.</p>"))
    if st.button("Delete it", type="primary", on_click=_forget, args=(review, attempt_id)):
        st.rerun()


def _delete_all(review: Review) -> None:
    if st.button("Delete everything"):
        _confirm_all(review)


@st.dialog("Delete everything?")
def _confirm_all(review: Review) -> None:
    st.html(cards.wrap("<p>Every attempt, every answer and every note of yours, for good.</p>"))
    if st.button("Delete everything now", type="primary", on_click=_forget, args=(review, None)):
        st.rerun()


def _forget(review: Review, attempt_id: str | None) -> None:
    """Delete the attempt, or with None everything, and close what this tab had open of it."""
    here = state()
    try:
        if attempt_id is None:
            review.delete_all(learner=LEARNER)
        else:
            review.delete(attempt_id, learner=LEARNER)
    except TutorError as error:
        here.tell(Kind.PROBLEM, str(error))
        return
    if here.attempt and attempt_id in (None, here.attempt.id):
        here.attempt = None
    if attempt_id is None:
        here.asked.clear()


def _keep(attempts: tuple[Attempt, ...]) -> None:
    with st.container(horizontal=True):
        for name, data, mime in (
            ("CSV", as_csv(attempts), "text/csv"),
            ("JSON", as_json(attempts), "application/json"),
        ):
            st.download_button(
                f"Download as {name}",
                data=data,
                file_name=f"attempts.{name.lower()}",
                mime=mime,
                on_click="ignore",
            )


if __name__ == "__main__":
    render()
