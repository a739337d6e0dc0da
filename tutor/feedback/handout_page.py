"""A demonstration on paper, as one page of HTML made to be printed on A4 or Letter.

It is built as a tree, so that every text is escaped by the library that writes it out; it holds no
script, and fetches nothing.
"""

from collections.abc import Iterable
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from tutor.domain.rubric import Rubric
from tutor.domain.scenario import Line
from tutor.domain.showing import Showing, Version
from tutor.feedback.coded import told
from tutor.feedback.handout import HOWS, ROOM, facts, moved, note, speaker
from tutor.feedback.states import standing

#: Nothing may be run or fetched, whatever somebody does to the file.
POLICY = "default-src 'none'; style-src 'unsafe-inline'"

STYLE = """
@page { margin: 18mm 17mm 20mm; }
:root { color-scheme: light; }
body { font: 11pt/1.45 Georgia, "DejaVu Serif", "Times New Roman", serif; color: #000;
  background: #fff; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; overflow-wrap: anywhere; }
h1 { font-size: 20pt; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 13pt; margin: 1.6rem 0 .4rem; padding-top: .5rem; border-top: 1px solid #000;
  break-after: avoid; }
p, ul { margin: 0 0 .5rem; }
.said, .text { white-space: pre-line; }
.note, .facts, .does, .went { font-size: 9.5pt; }
.note, .does, .went { font-style: italic; }
.went { break-before: avoid; }
.turn { break-inside: avoid; margin: 0 0 .8rem; }
.who { font-weight: 700; margin: 0; break-after: avoid; }
.turn.counselor { border-left: 3pt solid #000; padding-left: .7rem; }
.codes { font-size: 9.5pt; padding-left: 1.1rem; margin-top: .3rem; }
.ask { break-inside: avoid; border: 1px solid #000; padding: .5rem .7rem; margin: 0 0 .8rem; }
.discuss li { break-inside: avoid; margin-bottom: .8rem; }
.room { border-bottom: 1px solid #777; height: 1.7rem; }
@media print { body { margin: 0; max-width: none; padding: 0; } }
"""


def page(rubric: Rubric, showing: Showing) -> str:
    """The whole showing as HTML; everything that was typed, or comes from content, is text."""
    root = Element("html", lang="en")
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": POLICY})
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _add(head, "title", showing.title)
    _add(head, "style", STYLE)
    _body(SubElement(root, "body"), rubric, showing)
    return "<!DOCTYPE html>\n" + ElementTree.tostring(root, encoding="unicode", method="html")


def _body(body: Element, rubric: Rubric, showing: Showing) -> None:
    _add(body, "h1", showing.title)
    for text, style in (
        (facts(showing), "facts"),
        (showing.shows, "text"),
        (note(showing), "note"),
    ):
        if text:
            _add(body, "p", text, style)
    if showing.scenario:
        _add(body, "p", showing.scenario.background, "text")
    if showing.before:
        turn = _add(body, "div", style="turn counselor")
        _add(turn, "p", "Counselor, a moment ago", "who")
        _add(turn, "p", showing.before, "said")
    for number, step in enumerate(showing.steps, start=1):
        if number == 1:  # later on it is the answer to the reply before
            _lines(body, showing, step.heard)
        _add(body, "h2", f"Reply {number}")
        ask = _add(body, "div", style="ask")
        _add(_add(ask, "p"), "b", "Before you read on. ").tail = step.question
        _room(ask)
        versions = (step.chosen, *step.others)
        for version in versions:
            name = step.speaker or "Counselor"
            if len(versions) > 1 and version.how:
                name = f"{name}: {HOWS[version.how].lower()}"
            _version(body, rubric, showing, name, version)
    if showing.ending:
        _add(body, "h2", "How it ended")
        _add(body, "p", showing.ending.text, "text")
    if showing.discuss:
        _add(body, "h2", "To talk about")
        questions = _add(body, "ol", style="discuss")
        for question in showing.discuss:
            _room(_add(questions, "li", question))


def _version(body: Element, rubric: Rubric, showing: Showing, name: str, version: Version) -> None:
    turn = _add(body, "div", style="turn counselor")
    _add(turn, "p", name, "who")
    _add(turn, "p", version.reply, "said")
    codes = list(told(rubric, version.coding))
    if codes:
        rows = _add(turn, "ul", style="codes")
        for code in codes:
            row = _add(rows, "li")
            _add(row, "b", code.label).tail = f" ({code.what}): {code.words}"
    else:
        _add(turn, "p", "Nothing in this reply was coded.", "went")
    if version.comment:
        _add(turn, "p", version.comment, "text")
    _lines(body, showing, version.answer)
    if version.came:
        _add(body, "p", f"{standing(version.came.state)}. {moved(version.came)}.", "went")


def _lines(body: Element, showing: Showing, lines: Iterable[Line]) -> None:
    for line in lines:
        turn = _add(body, "div", style="turn")
        _add(turn, "p", speaker(showing, line), "who")
        if line.demeanour:
            _add(turn, "p", line.demeanour, "does")
        _add(turn, "p", line.says, "said")


def _room(parent: Element) -> None:
    for _ in range(ROOM):
        _add(parent, "div", style="room")


def _add(parent: Element, tag: str, text: str = "", style: str = "") -> Element:
    """A new last child with that text in it."""
    child = SubElement(parent, tag, {"class": style} if style else {})
    child.text = text or None
    return child
