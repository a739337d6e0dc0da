"""A demonstration, told on a terminal or handed out."""

from collections.abc import Iterator

from tutor.cli.telling import told
from tutor.coding.coder import Coder
from tutor.conversation import scenario_of
from tutor.demonstrate import mismatches, play, shown_demo
from tutor.domain.demo import Demo
from tutor.domain.library import Library
from tutor.domain.showing import Showing
from tutor.errors import DemoError
from tutor.feedback import handout as markdown
from tutor.feedback import handout_page as html


def listed(library: Library) -> Iterator[str]:
    """Every demonstration in a line."""
    for demo in library.demos:
        yield f"{demo.id}: {demo.title} ({demo.scenario}, {len(demo.beats)} replies)"


def chosen(library: Library, demo_id: str) -> Demo:
    """The demonstration of that id.

    Raises:
        DemoError: there is none.
    """
    for demo in library.demos:
        if demo.id == demo_id:
            return demo
    raise DemoError(f"There is no demonstration {demo_id!r}.")


def handout(library: Library, demo: Demo, form: str) -> str:
    """The handout, as "html" or "markdown"."""
    showing = shown_demo(library, Coder(library.bank).code, demo)
    if form == "html":
        return html.page(library.rubric, showing)
    return markdown.handout(library.rubric, showing)


def played(library: Library, demo: Demo) -> tuple[list[str], list[str]]:
    """The conversation with its versions, line by line, and where it is not as annotated."""
    code = Coder(library.bank).code
    lines = list(told(scenario_of(library, demo.scenario), play(library, code, demo)))
    lines += _versions(shown_demo(library, code, demo))
    wrong = [f"{w.path}: {w.found}; {w.allowed}" for w in mismatches(library, code, demo)]
    return lines, wrong


def _versions(showing: Showing) -> Iterator[str]:
    for number, step in enumerate(showing.steps, start=1):
        for other in step.others:
            moves = [f"{move} {level:d}" for move, level in other.coding.moves.items()]
            yield f"\nReply {number}, {other.how}: {other.reply}"
            yield f"   codes: {', '.join([*moves, *other.coding.missteps]) or 'none'}"
            if other.came:
                yield f"   {other.came.state}: {other.came.shift.because}"
            for line in other.answer:
                yield f"   {line.demeanour}: {line.says}"
