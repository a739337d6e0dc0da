"""The knowledge check: exam-style questions, each option explained, missed ones again later."""

import time

import streamlit as st

from tutor.domain.exercise import Exercise, Option, Question
from tutor.study import Study, shuffled
from tutor.ui import cards, frame, resources, who
from tutor.ui.highlight import escaped, label
from tutor.ui.state import Asked, state

_WHAT = """<h1>Knowledge check</h1>
<p>Questions as an exam might ask them. What you miss comes back soon, what you know comes back
later.</p>"""


@frame.page
def render() -> None:
    """Draw the page."""
    study, here = resources.study(), state()
    st.html(cards.wrap(_WHAT))
    if Exercise.QUIZ not in here.asked:
        if (chosen := study.next_item(learner=who.me().id, exercise=Exercise.QUIZ)) is None:
            st.html(cards.wrap("<p>There are no questions in this installation.</p>"))
            return
        here.asked[Exercise.QUIZ] = Asked(item=chosen, since=time.monotonic())
    asked = here.asked[Exercise.QUIZ]
    question = next(question for question in study.quiz if question.id == asked.item)
    answers = study.answers(learner=who.me().id, exercise=Exercise.QUIZ)
    st.html(cards.wrap(f'<div class="card"><p>{escaped(question.stem)}</p></div>'))
    if asked.answer is None:
        times = sum(answer.item == question.id for answer in answers)
        _ask(study, question, shuffled(question, times), asked)
    else:
        st.html(cards.wrap(_told(question, *asked.answer)))
        if st.button("Next question", type="primary"):
            del here.asked[Exercise.QUIZ]
            st.rerun()
    if answers:
        latest = {answer.item: answer for answer in answers}
        right = sum(answer.right for answer in latest.values())
        st.html(
            cards.wrap(
                f'<p class="quiet">{len(latest)} of {len(study.quiz)} questions answered; {right} '
                "right when last asked.</p>"
            )
        )


def _ask(study: Study, question: Question, options: tuple[Option, ...], asked: Asked) -> None:
    chosen = st.radio(
        "Your answer",
        range(len(options)),
        index=None,
        format_func=lambda n: label(options[n].text),
        key=f"quiz-{question.id}-{asked.since}",
    )
    if st.button("Check", type="primary", disabled=chosen is None) and chosen is not None:
        study.answer_quiz(learner=who.me().id, question=question, option=options[chosen])
        asked.answer = (options, chosen)
        st.rerun()


def _told(question: Question, options: tuple[Option, ...], chosen: int) -> str:
    right = options[chosen].right
    rows = "".join(_option(option, n == chosen) for n, option in enumerate(options))
    return (
        f'<div class="{"bar-teal" if right else "bar-amber"}" role="status">'
        f"<h2>{'Right.' if right else 'Not this one.'}</h2></div>{rows}"
        f'<p class="quiet">Source: {escaped(question.source)}</p>'
    )


def _option(option: Option, chosen: bool) -> str:
    mark = "✓ " if option.right else "✗ " if chosen else ""
    yours = ' <span class="chip later">your answer</span>' if chosen else ""
    return (
        f'<div class="card"><p><b>{mark}{escaped(option.text)}</b>{yours}</p>'
        f"<p>{escaped(option.why)}</p></div>"
    )


if __name__ == "__main__":
    render()
