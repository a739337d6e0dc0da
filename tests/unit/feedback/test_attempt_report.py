from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from tests.unit.feedback.feedback_samples import (
    SCENARIO,
    attempt_of,
    coding_with,
    evidence,
    turn_of,
)
from tutor.domain.attempt import Attempt
from tutor.domain.coding import Coding
from tutor.domain.rubric import Rubric
from tutor.domain.scenario import Alliance, Line, Scenario
from tutor.domain.vocabulary import Misstep, Move, Outcome
from tutor.feedback.report import report
from tutor.feedback.summary import summary

MARKDOWN = MarkdownIt("commonmark").enable("table")
REPLY = "You went quiet.\n\n<b>I rushed you</b> | # sorry"
CODING = Coding(
    reply=REPLY,
    evidence=(
        evidence(REPLY, Move.NOTICE, 2, "You went quiet"),
        evidence(REPLY, Move.OWN, 1, "<b>I rushed you</b>", "It is taken back."),
        evidence(REPLY, Misstep.PUSH, 2, "# sorry"),
    ),
)
TURNS = (
    turn_of(1, coding_with({}), rewound=True),
    turn_of(
        2,
        CODING,
        to="together",
        alliance=Alliance(bond=55, goals=50, tasks=47),
        because="Ana was seen.",
    ),
)


def _report(rubric: Rubric, attempt: Attempt, scenario: Scenario = SCENARIO) -> str:
    return report(rubric, scenario, attempt, summary(rubric, scenario, attempt))


@pytest.fixture
def text(rubric: Rubric) -> str:
    return _report(rubric, attempt_of(*TURNS, outcome=Outcome.REPAIRED))


def test_the_heading_says_what_it_was_and_when(text: str) -> None:
    assert text.startswith(
        "# The breathing log\n\nAna, 29 · individual, CBT for panic, session 6 ·"
    )
    assert "2026-03-02" in text


def test_it_says_honestly_what_it_is(text: str) -> None:
    for words in ("fictional client", "coded by rules", "trains a skill", "certifies nothing"):
        assert words in text


def test_the_conversation_is_all_there_in_order(text: str) -> None:
    said = [
        "How did the breathing log go this week?",
        "looks at the window",
        "Fine. I mean, I didn't really get to it.",
        "reply 2",
        "You went quiet.",
        "- Notice (clear): “You went quiet”",
        "looks up",
        "Well. Maybe.",
    ]
    places = [text.index(words) for words in said]
    assert places == sorted(places)


def test_each_code_has_its_quoted_words(text: str) -> None:
    assert "- Take responsibility (emerging): “&lt;b&gt;I rushed you&lt;/b&gt;”" in text
    assert r"- Pushing on (misstep): “\# sorry”" in text


def test_a_rewound_turn_is_no_part_of_the_conversation(text: str) -> None:
    assert "reply 1**" not in text
    assert "- Moments tried again: 1" in text


def test_the_alliance_is_a_table(text: str) -> None:
    assert "| At the start | 50 | 50 | 40 |  |" in text
    assert "| After reply 2 | 55 | 50 | 47 | Ana was seen. |" in text
    assert MARKDOWN.render(text).count("<tr>") == 3


def test_the_summary_is_told(text: str) -> None:
    assert "**Repaired.** Ana plans the week with you." in text
    assert "- It turned at reply 2: tasks +7. Ana was seen." in text
    assert "It fell most" not in text
    assert "- Notice: clear\n- Name: not yet" in text
    assert "- Pushing on: 1×" in text
    assert "**Practice next.** Invite: asked for in the one moment you came to" in text


def test_nothing_typed_becomes_markup(text: str) -> None:
    page = MARKDOWN.render(text)
    assert "<b>" not in page
    assert page.count("<h1>") == 1
    assert page.count("<h2>") == 3
    assert "&lt;b&gt;I rushed you&lt;/b&gt; | # sorry" in page


NASTY = "<img src=x onerror=alert(1)>\n# [a](javascript:b) | `c` ![d](http://e)"


def test_nothing_in_content_becomes_markup_either(rubric: Rubric) -> None:
    line = Line(demeanour=NASTY, says=NASTY, speaker=NASTY)
    scenario = replace(
        SCENARIO,
        title=NASTY,
        before=NASTY,
        client=replace(SCENARIO.client, name=NASTY),
        setting=replace(SCENARIO.setting, modality=NASTY, place=NASTY),
        opening=(line,),
        endings=tuple(replace(ending, text=NASTY) for ending in SCENARIO.endings),
    )
    turn = turn_of(1, replace(CODING, reply=NASTY, evidence=()), to="gone", because=NASTY)
    turn = replace(turn, response=replace(turn.response, line=line, alliance=_lower()))
    page = MARKDOWN.render(_report(rubric, attempt_of(turn, outcome=Outcome.LOST), scenario))
    for tag in ("<img", "<a ", "<code", "<script"):
        assert tag not in page
    assert page.count("<h1>") == 1
    assert page.count("<tr>") == 3
    assert page.count("onerror=alert(1)&gt;") >= 10


def _lower() -> Alliance:
    return Alliance(bond=40, goals=40, tasks=20)


def test_an_attempt_that_was_stopped_at_once(rubric: Rubric) -> None:
    text = _report(rubric, attempt_of())
    assert "**Stopped before an ending.**\n" in text
    assert "There is no reply to look back on yet" in text


def test_a_reply_without_codes_says_so(rubric: Rubric) -> None:
    assert "Nothing in this reply was coded." in _report(
        rubric, attempt_of(turn_of(1, coding_with({})))
    )
