"""A demonstration on paper, as Markdown: the lines, what each reply did, and room for notes."""

from collections.abc import Iterator, Sequence

from tutor.domain.demo import How
from tutor.domain.rubric import Rubric
from tutor.domain.scenario import Line
from tutor.domain.showing import Came, Showing, Version
from tutor.domain.vocabulary import Component
from tutor.feedback.coded import told
from tutor.feedback.markdown import escape_markdown, one_line, quote
from tutor.feedback.states import standing

NOTE = (
    "The replies are coded by rules, which miss things and can be wrong. The alliance's numbers "
    "order the moments of this conversation; they measure no real alliance."
)
NOTE_ON_TRANSCRIPTS = (
    "The counselor's lines are coded by rules, which miss things and can be wrong. Nothing is "
    "said here of how the client was: that is for those who read the lines to see."
)
HOWS = {How.WELL: "Done well", How.HALF: "Half-way there", How.BADLY: "Done badly"}
#: So many lines to write on after each question.
ROOM = 3


def handout(rubric: Rubric, showing: Showing) -> str:
    """The whole showing as Markdown; everything that was typed, or comes from content, is text."""
    return "\n\n".join(_blocks(rubric, showing)) + "\n"


def note(showing: Showing) -> str:
    """What the reader has to know of how this was made."""
    return NOTE if showing.scenario else NOTE_ON_TRANSCRIPTS


def facts(showing: Showing) -> str:
    """Who the client is, and where the two meet; empty for a transcript."""
    scenario = showing.scenario
    return f"{scenario.client.name}, {scenario.client.age} · {scenario.setting}" if scenario else ""


def speaker(showing: Showing, line: Line) -> str:
    """Who says that line."""
    return line.speaker or (showing.scenario.client.name if showing.scenario else "Client")


def moved(came: Came) -> str:
    """The alliance after a reply, and what the reply changed in it.

    >>> from tutor.domain.scenario import Alliance, Shift
    >>> from tutor.domain.vocabulary import ClientState
    >>> before, after = (Alliance(bond=b, goals=50, tasks=40) for b in (44, 50))
    >>> moved(Came(state=ClientState.HURT, shift=Shift(because=""), before=before, after=after))
    'Bond 50 (+6), goals 50, tasks 40'
    """
    parts = []
    for component in Component:
        points = came.after.of(component) - came.before.of(component)
        change = f" ({points:+d})".replace("-", "\N{MINUS SIGN}") if points else ""
        parts.append(f"{component} {came.after.of(component)}{change}")
    return ", ".join(parts).capitalize()


def _blocks(rubric: Rubric, showing: Showing) -> Iterator[str]:
    yield f"# {one_line(showing.title)}"
    if about := facts(showing):
        yield one_line(about)
    if showing.shows:
        yield escape_markdown(showing.shows)
    yield f"*{note(showing)}*"
    if showing.scenario:
        yield escape_markdown(showing.scenario.background)
    if showing.before:
        yield "**Counselor, a moment ago**"
        yield quote(showing.before)
    for number, step in enumerate(showing.steps, start=1):
        if number == 1:  # later on it is the answer to the reply before
            yield from _lines(showing, step.heard)
        yield f"## Reply {number}"
        yield f"**Before you read on.** {one_line(step.question)}"
        yield from _room()
        versions = (step.chosen, *step.others)
        for version in versions:
            name = step.speaker or "Counselor"
            if len(versions) > 1 and version.how:
                name = f"{name}: {HOWS[version.how].lower()}"
            yield from _version(rubric, showing, name, version)
    if showing.ending:
        yield "## How it ended"
        yield escape_markdown(showing.ending.text)
    if showing.discuss:
        yield "## To talk about"
        for question in showing.discuss:
            yield f"**{one_line(question)}**"
            yield from _room()


def _version(rubric: Rubric, showing: Showing, name: str, version: Version) -> Iterator[str]:
    yield f"**{name}**"
    yield quote(version.reply)
    codes = [
        f"- {one_line(code.label)} ({code.what}): {one_line(code.words)}"
        for code in told(rubric, version.coding)
    ]
    yield "\n".join(codes) or "Nothing in this reply was coded."
    if version.comment:
        yield escape_markdown(version.comment)
    yield from _lines(showing, version.answer)
    if version.came:
        yield f"*{standing(version.came.state)}. {moved(version.came)}.*"


def _lines(showing: Showing, lines: Sequence[Line]) -> Iterator[str]:
    for line in lines:
        name = f"**{one_line(speaker(showing, line))}**"
        yield f"{name} ({one_line(line.demeanour)})" if line.demeanour else name
        yield quote(line.says)


def _room() -> Iterator[str]:
    yield from (r"\_" * 60 for _ in range(ROOM))
