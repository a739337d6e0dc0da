"""Checks of a scenario's words and annotations, by itself and beside the others."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from tutor.content.checks_bank import Code
from tutor.content.loaded import Loaded
from tutor.domain.problems import Problem
from tutor.domain.scenario import Line, ReplyKind, Scenario
from tutor.domain.vocabulary import Component, Level, Misstep, Move

MIN_MOMENTS = 5
MIN_VARIANTS = 3
MIN_REPLIES = {ReplyKind.MODEL: 2, ReplyKind.POOR: 1}
#: The most that one reply may move one component of the alliance, in points of 100.
MAX_SHIFT = 15
#: A line of so few words is a minimal response, which a withdrawn client may well give again.
MINIMAL = 3

AVATARS = "avatars"


def check_scenario(loaded: Loaded, file: str, scenario: Scenario) -> Iterator[Problem]:
    """What one scenario has to have, apart from its graph."""
    if len(scenario.moments) < MIN_MOMENTS:
        found = f"{len(scenario.moments)} moments"
        allowed = f"at least {MIN_MOMENTS}"
        yield loaded.problem(file, "moments", "few-moments", found, allowed=allowed)
    avatar = scenario.client.avatar
    if not _is_avatar(loaded, avatar):
        allowed = f"the name of a file in {loaded.file(AVATARS)}, without .svg"
        yield loaded.problem(file, "client.avatar", "missing-avatar", repr(avatar), allowed=allowed)
    yield from _check_ids(loaded, file, scenario)
    yield from _check_calls(loaded, file, scenario)
    yield from _check_replies_there(loaded, file, scenario)
    for path, lines in _line_groups(scenario):
        if len({_words(line) for line in lines}) < MIN_VARIANTS:
            found = f"{len(lines)} lines" if lines else "no lines"
            allowed = f"at least {MIN_VARIANTS} different ones"
            yield loaded.problem(file, path, "few-lines", found, allowed=allowed)
    for m, moment in enumerate(scenario.moments):
        for t, transition in enumerate(moment.transitions):
            for part in Component:
                points = transition.alliance.of(part)
                if abs(points) > MAX_SHIFT:
                    path = f"moments[{m}].transitions[{t}].alliance.{part.value}"
                    allowed = f"at most {MAX_SHIFT} points either way"
                    yield loaded.problem(file, path, "large-shift", str(points), allowed=allowed)


def check_between(loaded: Loaded) -> Iterator[Problem]:
    """Ids and the client's lines, of which none may come again in any scenario."""
    ids: dict[str, str] = {}
    lines: dict[str, tuple[str, str]] = {}
    for file, scenario in loaded.scenarios:
        if scenario.id in ids:
            found = f"{scenario.id!r} again, first in {ids[scenario.id]}"
            yield loaded.problem(file, "id", "duplicate-id", found)
        ids.setdefault(scenario.id, file)
        for group, variants in _line_groups(scenario):
            for number, line in enumerate(variants):
                path, words = f"{group}[{number}]", _words(line)
                if words in lines:
                    first = loaded.where(*lines[words])
                    found = f"{line.says or line.demeanour!r} again, first at {first}"
                    yield loaded.problem(file, path, "repeated-line", found)
                lines.setdefault(words, (file, path))


def check_replies(loaded: Loaded, file: str, scenario: Scenario, code: Code) -> Iterator[Problem]:
    """Whether the coder codes every annotated reply exactly as annotated."""
    for m, moment in enumerate(scenario.moments):
        into = scenario.lines_into(moment.id)
        context = scenario.context(
            before="" if m else scenario.before, client=into[0].says if into else ""
        )
        for r, reply in enumerate(moment.replies):
            coding = code(reply.text, context)
            wanted = {move: reply.moves[move] for move in Move if reply.moves.get(move)}
            missteps = tuple(m for m in Misstep if m in reply.missteps)
            if (coding.moves, coding.missteps) != (wanted, missteps):
                yield loaded.problem(
                    file,
                    f"moments[{m}].replies[{r}]",
                    "model-reply-mismatch",
                    f"the coder gives {_told(coding.moves, coding.missteps)}",
                    allowed=f"{_told(wanted, missteps)}, as annotated",
                )


def _check_ids(loaded: Loaded, file: str, scenario: Scenario) -> Iterator[Problem]:
    """Moments and endings share their names, because a transition leads to either."""
    places = [(f"moments[{n}]", moment.id) for n, moment in enumerate(scenario.moments)]
    places += [(f"endings[{n}]", ending.id) for n, ending in enumerate(scenario.endings)]
    groups = [places]
    for m, moment in enumerate(scenario.moments):
        path = f"moments[{m}].transitions"
        groups.append([(f"{path}[{n}]", t.id) for n, t in enumerate(moment.transitions)])
    for group in groups:
        seen: set[str] = set()
        for path, name in group:
            if name in seen:
                yield loaded.problem(file, f"{path}.id", "duplicate-id", f"{name!r} again")
            seen.add(name)


def _check_calls(loaded: Loaded, file: str, scenario: Scenario) -> Iterator[Problem]:
    """A move is called for, welcome or early, and only one of these."""
    for m, moment in enumerate(scenario.moments):
        calls = (
            ("calls_for", moment.calls_for),
            ("welcome", moment.welcome),
            ("early", moment.early),
        )
        seen: dict[Move, str] = {}
        for name, moves in calls:
            for number, move in enumerate(moves):
                if move in seen:
                    path = f"moments[{m}].{name}[{number}]"
                    found = f"{move.value} again, first in {seen[move]}"
                    yield loaded.problem(file, path, "overlapping-moves", found)
                seen.setdefault(move, name)


def _check_replies_there(loaded: Loaded, file: str, scenario: Scenario) -> Iterator[Problem]:
    for m, moment in enumerate(scenario.moments):
        given = Counter(reply.kind for reply in moment.replies)
        for kind, least in MIN_REPLIES.items():
            if given[kind] < least:
                yield loaded.problem(
                    file,
                    f"moments[{m}].replies",
                    "few-replies",
                    f"{given[kind]} {kind.value} replies to {moment.id!r}",
                    allowed=f"at least {least}",
                )


def _line_groups(scenario: Scenario) -> Iterator[tuple[str, Sequence[Line]]]:
    yield "opening", scenario.opening
    for m, moment in enumerate(scenario.moments):
        for t, transition in enumerate(moment.transitions):
            yield f"moments[{m}].transitions[{t}].lines", transition.lines


def _words(line: Line) -> str:
    """What makes two lines the same: the words said; for next to none, what the client does too."""
    said = re.findall(r"\w+", line.says.casefold())
    if len(said) <= MINIMAL:
        said += re.findall(r"\w+", line.demeanour.casefold())
    return " ".join(said)


def _is_avatar(loaded: Loaded, name: str) -> bool:
    return (
        re.fullmatch(r"[\w-]+", name) is not None
        and (loaded.data / AVATARS / f"{name}.svg").is_file()
    )


def _told(moves: dict[Move, Level], missteps: tuple[Misstep, ...]) -> str:
    words = [f"{move.value} {int(level)}" for move, level in moves.items()]
    return ", ".join([*words, *(misstep.value for misstep in missteps)]) or "nothing"
