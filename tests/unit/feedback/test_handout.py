"""The handouts: everything is in them, as text, and in an order in which it can be read."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tests.demo_samples import BADLY, HALF, SEEN, SORRY, a_demo, a_transcript
from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.demonstrate import shown_demo, shown_transcript
from tutor.domain.demo import Beat
from tutor.domain.library import Library
from tutor.domain.rubric import Rubric
from tutor.domain.showing import QUESTION, Showing
from tutor.feedback.handout import handout
from tutor.feedback.handout_page import page
from tutor.settings import ROOT

HOSTILE = "</title><script>alert('1')</script> *x* ![](https://example.org/a.png) & \"q\""
ALLOWED = set("html head meta title style body h1 h2 p div b ul ol li".split())


class Read(HTMLParser):
    """The tags of a page, and its text outside the style."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert {name for name, _ in attrs} <= {
            "class",
            "lang",
            "charset",
            "name",
            "content",
            "http-equiv",
        }

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.text += data


@pytest.fixture(scope="module")
def shared() -> Library:
    return library(ROOT / "data")


@pytest.fixture(scope="module")
def rubric(shared: Library) -> Rubric:
    return shared.rubric


@pytest.fixture(scope="module")
def showing(shared: Library) -> Showing:
    return shown_demo(shared, Coder(shared.bank).code, a_demo())


def in_order(text: str, *pieces: str) -> bool:
    at = 0
    for piece in pieces:
        at = text.find(piece, at) + 1
        if not at:
            raise AssertionError(f"{piece!r} is not there, or not in its place")
    return True


def pieces(showing: Showing) -> tuple[str, ...]:
    first, second = showing.steps
    return (
        "The log comes first",
        "What it takes to hear a no.",
        first.heard[0].says,
        "What do her sleeves say?",
        SEEN,
        "It says what can be seen.",
        first.chosen.answer[0].says,
        HALF,
        "It asks too little.",
        BADLY,
        "It blames her.",
        QUESTION,
        SORRY,
        second.chosen.answer[0].says,
        "When was it heard?",
    )


def test_the_page_has_everything_in_order(rubric, showing):
    read = Read(page(rubric, showing))
    assert in_order(read.text, *pieces(showing))
    assert set(read.tags) <= ALLOWED
    assert "Notice (clear): “" in read.text
    assert "Done badly" not in read.text
    assert "Counselor: done badly" in read.text
    assert "(misstep)" in read.text
    assert "Hesitant: not saying it yet" in read.text


def test_the_markdown_has_the_same(rubric, showing):
    text = handout(rubric, showing)
    plain = text.replace("\\", "")
    assert in_order(plain, *pieces(showing))
    assert "Counselor: done badly" in text
    assert text.count("\\_" * 60) == 3 * (2 + 1)


def test_nothing_typed_is_markup(rubric, shared):
    demo = a_demo(
        title=HOSTILE,
        shows=HOSTILE,
        beats=(Beat(reply=HOSTILE, ask=HOSTILE, comment=HOSTILE),),
        discuss=(HOSTILE,),
    )
    code = Coder(shared.bank).code
    lines = tuple(replace(line, text=HOSTILE) for line in a_transcript().lines)
    for showing in (
        shown_demo(shared, code, demo),
        shown_transcript(code, a_transcript(title=HOSTILE, lines=lines)),
    ):
        read = Read(page(rubric, showing))
        assert set(read.tags) <= ALLOWED
        assert read.text.count(HOSTILE) == 7  # the title twice
        text = handout(rubric, showing)
        assert "<script" not in text
        assert "![" not in text.replace("\\!", "")


def test_a_transcript_says_what_it_does_not_know(rubric, shared):
    showing = shown_transcript(Coder(shared.bank).code, a_transcript())
    read = Read(page(rubric, showing))
    text = handout(rubric, showing).replace("\\", "")
    for whole in (read.text, text):
        assert in_order(
            whole, "Kai's diary", "Shall we look at your diary?", "If you want.", "Take your time."
        )
        assert "Nothing is said here of how the client was" in whole
        assert "Bond" not in whole
        assert whole.count("If you want.") == 1
