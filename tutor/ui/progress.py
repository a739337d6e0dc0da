"""Progress: what a learner's attempts show together, to see, to keep and to delete."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import partial
from typing import TypeVar

import streamlit as st

from tutor.domain.access import Person
from tutor.domain.attempt import Attempt
from tutor.domain.progress import ENOUGH, Progress, Share
from tutor.domain.vocabulary import LADDER, Move
from tutor.errors import TutorError
from tutor.review import COUNTED, Review, as_csv, as_json
from tutor.ui import cards, charts, frame, resources, who, words
from tutor.ui.highlight import escaped
from tutor.ui.state import Kind, state

K = TypeVar("K", bound=StrEnum)

#: Past attempts that are listed at once.
ON_A_PAGE = 10
#: The width of a small chart, in pixels: four beside one another, or one on a phone.
CHART = 235
#: The latest attempts that are drawn; more would be a blot.
DRAWN = 30

_WHAT = """<h1>Progress</h1>
<p>What your tries show so far. A share says how often a move became clear where the moment called
for it; the number of tries stands beside it, because few tries say little: the larger a dot, the
more tries are behind it. It is no grade.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    review = resources.review()
    progress, count = review.progress(learner=who.me().id), review.count(learner=who.me().id)
    st.html(cards.wrap(_WHAT))
    frame.notice()
    if not progress.attempts:
        st.html(cards.wrap("<p>There is nothing to show yet: answer one client once.</p>"))
        _delete_all(review)
        return
    if count > COUNTED:
        st.html(
            cards.wrap(f"<p>Counted here are the latest {COUNTED} of your {count} attempts.</p>")
        )
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
    _past(review, count)
    _keep(review)
    _delete_all(review)


def _steps(progress: Progress) -> None:
    rubric = resources.practice().library.rubric
    st.html(cards.wrap("<h2>The steps over time</h2>"))
    with st.container(horizontal=True, key="steps"):
        for move in LADDER:
            if progress.step(move).tries:
                _step(progress, move, rubric.criterion(move).label)
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Step", "Clear", "Tries"))
    body = "".join(
        _share_row(rubric.criterion(move).label, progress.step(move))
        for move in LADDER
        if progress.step(move).tries
    )
    st.html(cards.wrap(f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"))


def _step(progress: Progress, move: Move, label: str) -> None:
    """One small chart: how often the step was clear, attempt by attempt."""
    charts.show(
        charts.step(progress.attempts[-DRAWN:], move, label),
        f"{label}: clear in so many percent of the tries, attempt by attempt. The table below "
        "has the totals.",
        key=f"step-{move}",
        width=CHART,
    )


def _share_row(name: str, share: Share) -> str:
    told = f"{share.percent} %" if share.tries >= ENOUGH else "too early to say"
    return f"<tr><th scope='row'>{escaped(name)}</th><td>{told}</td><td>{share.tries}</td></tr>"


def _shares(shares: Mapping[K, Share], names: Mapping[K, str]) -> str:
    rows = "".join(_share_row(names[key], shares[key]) for key in names if key in shares)
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("", "Clear", "Moves asked for"))
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
    charts.show(
        charts.missteps(progress.attempts[-DRAWN:]),
        "Replies with a misstep, and hints taken, for every ten replies, attempt by attempt.",
    )


def _past(review: Review, count: int) -> None:
    st.html(cards.wrap("<h2>Every attempt</h2>"))
    pages, page = -(-count // ON_A_PAGE), 1
    if pages > 1:
        page = st.pagination(pages, key="past-page")
    listed = review.progress(learner=who.me().id, limit=ON_A_PAGE, skip=(page - 1) * ON_A_PAGE)
    for row in reversed(listed.attempts):
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
            frame.way(
                "Look back",
                frame.reopen,
                frame.REPLAY,
                row.attempt_id,
                key=f"look-{row.attempt_id}",
            )
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
            review.delete_all(learner=who.me().id)
        else:
            review.delete(attempt_id, learner=who.me().id)
    except TutorError as error:
        here.tell(Kind.PROBLEM, str(error))
        return
    if here.attempt and attempt_id in (None, here.attempt.id):
        here.attempt = None
    if attempt_id is None:
        here.asked.clear()


def _keep(review: Review) -> None:
    with st.container(horizontal=True):
        for name, written, mime in (
            ("CSV", as_csv, "text/csv"),
            ("JSON", as_json, "application/json"),
        ):
            st.download_button(
                f"Download as {name}",
                data=who.later(partial(_written, review, written)),
                file_name=f"attempts.{name.lower()}",
                mime=mime,
                on_click="ignore",
            )


def _written(review: Review, written: Callable[[tuple[Attempt, ...]], str], person: Person) -> str:
    """Every attempt of theirs in whole, read when it is asked for."""
    return written(review.attempts(learner=person.id))


if __name__ == "__main__":
    render()
