"""The summary page: what the whole attempt showed, to look back on and to keep."""

import streamlit as st

from tutor.domain.attempt import Attempt
from tutor.domain.rubric import Summary, Swing
from tutor.domain.scenario import Alliance, Scenario
from tutor.domain.vocabulary import Component
from tutor.practice import Practice
from tutor.ui import cards, charts, feedback_cards, frame, handing_in, making, resources, who
from tutor.ui.highlight import escaped, label


@frame.page
def render() -> None:
    """Draw the page for the attempt in the address, or the one this tab had open."""
    practice = resources.practice()
    attempt = frame.opened(practice)
    if attempt is None:
        frame.nothing_open("Summary", "There is no conversation to look back on yet.")
        return
    scenario = practice.scenario(attempt.scenario)
    summary = practice.summary(attempt)
    st.html(cards.heading(scenario, resources.avatar(scenario.client), "summary", ""))
    st.html(cards.wrap(_outcome(summary, attempt)))
    if attempt.standing:
        left, right = st.columns(2, gap="medium")
        with left:
            st.html(cards.wrap("<h2>How the alliance moved</h2>", *_swings(summary, attempt)))
            _chart(summary.path)
            st.html(cards.wrap(_table(summary.path)))
        with right:
            st.html(
                cards.wrap(
                    _next(summary), _steps(summary), _best(summary, attempt), _missteps(summary)
                )
            )
        if attempt.finished:
            st.html(cards.wrap(_debrief(scenario)))
            _transfer(attempt)
    frame.notice()
    handing_in.hand_in(attempt)
    _ways_on(practice, scenario, attempt)
    making.offer(attempt, scenario.title)


def _outcome(summary: Summary, attempt: Attempt) -> str:
    if summary.outcome is None:
        words = "You stopped here" if attempt.finished else "This conversation is still going on"
        return f'<div class="bar-blue"><h2>{words}</h2></div>'
    style = "bar-teal" if summary.outcome.good else "bar-amber"
    return (
        f'<div class="{style}"><h2>{cards.OUTCOMES[summary.outcome]}</h2>'
        f"<p>{escaped(summary.ending)}</p></div>"
    )


def _place(attempt: Attempt, number: int) -> int:
    """Which reply of the conversation as it stands, from 1, the turn of that number is."""
    return [turn.number for turn in attempt.standing].index(number) + 1


def _reply(attempt: Attempt, number: int) -> str:
    return next(turn.reply for turn in attempt.standing if turn.number == number)


def _swings(summary: Summary, attempt: Attempt) -> list[str]:
    told = (("It turned", summary.turned_at), ("It fell most", summary.fell_at))
    return [_swing(words, swing, attempt) for words, swing in told if swing]


def _swing(words: str, swing: Swing, attempt: Attempt) -> str:
    points = f"{swing.component} {swing.points:+d}".replace("-", "\N{MINUS SIGN}")
    return (
        f"<p><b>{words} at reply {_place(attempt, swing.turn)}</b> ({points}). "
        f"{escaped(swing.because)}</p>"
    )


def _chart(path: tuple[Alliance, ...]) -> None:
    moved = ", ".join(f"{c} from {path[0].of(c)} to {path[-1].of(c)}" for c in Component)
    charts.show(charts.alliance(path), f"Lines of the alliance over the replies: {moved}.")


def _table(path: tuple[Alliance, ...]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{'start' if n == 0 else f'reply {n}'}</th>"
        + "".join(f"<td>{alliance.of(c)}</td>" for c in Component)
        + "</tr>"
        for n, alliance in enumerate(path)
    )
    heads = "".join(f"<th scope='col'>{c.capitalize()}</th>" for c in Component)
    return (
        "<table><caption>The numbers order this conversation's moments; they measure no real "
        f"alliance.</caption><thead><tr><th scope='col'>After</th>{heads}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _steps(summary: Summary) -> str:
    rungs = "".join(
        feedback_cards.rung(escaped(criterion.label), level) for criterion, level in summary.steps
    )
    return (
        '<div class="card"><h2>The steps, over the whole conversation</h2>'
        f'<ul class="ladder">{rungs}</ul></div>'
    )


def _best(summary: Summary, attempt: Attempt) -> str:
    if summary.best_turn is None:
        return ""
    return (
        f'<div class="card"><h2>Your best reply: reply {_place(attempt, summary.best_turn)}</h2>'
        f"{cards.said(_reply(attempt, summary.best_turn))}"
        f'<p class="quiet" style="margin-top:.5rem">{escaped(summary.best_because)}</p></div>'
    )


def _missteps(summary: Summary) -> str:
    if not summary.missteps:
        return '<div class="card"><h2>Missteps</h2><p>None was found.</p></div>'
    return (
        '<div class="card"><h2>Missteps</h2>'
        + "".join(
            f"<p><b>{escaped(caution.label)}</b> · {cards.replies(times)}<br>"
            f"{escaped(caution.instead)}</p>"
            for caution, times in summary.missteps
        )
        + "</div>"
    )


def _next(summary: Summary) -> str:
    return f'<div class="bar-amber"><b>Practice next.</b> {escaped(summary.practise_next)}</div>'


def _debrief(scenario: Scenario) -> str:
    return (
        f'<div class="card"><h2>Looking back at {escaped(scenario.title)}</h2>'
        f"{cards.said(scenario.debrief)}</div>"
    )


def _transfer(attempt: Attempt) -> None:
    """The same strain with somebody else, while it is fresh."""
    advice = resources.review().transfer(attempt, learner=who.me().id)
    if advice is None:
        return
    name = advice.scenario.client.name
    with st.container(border=True, key="transfer"):
        st.html(
            cards.wrap(
                f"<h2>The same strain, another client: {escaped(advice.scenario.title)}</h2>"
                f"<p>{escaped(advice.why)}</p>"
            )
        )
        frame.way(f"Meet {label(name)}", frame.begin, advice.scenario.id, first=True)


def _ways_on(practice: Practice, scenario: Scenario, attempt: Attempt) -> None:
    with st.container(horizontal=True, key="ways"):
        back = "Go back to the conversation" if attempt.standing else "Start the conversation"
        frame.way(back, frame.show, frame.PRACTICE, attempt.id)
        frame.way("Try this scenario again", frame.begin, scenario.id, first=True)
        frame.way("Another scenario", st.switch_page, frame.START)
        if attempt.standing:
            st.download_button(
                "Download as Markdown",
                data=who.later(lambda _: practice.report(attempt)),
                file_name=f"{scenario.id}.md",
                mime="text/markdown",
                on_click="ignore",
            )


if __name__ == "__main__":
    render()
