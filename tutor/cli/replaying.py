"""Transcripts: a conversation in a YAML file, played again and compared with what is expected.

schema_version: 1
scenario: some-scenario
seed: 7
steps:
  - reply: "You went quiet when I brought up the worksheet."
  - retry: true
  - reply: "..."
expect:            # written by --write-expect
  turns: [...]
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from tutor import conversation
from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.content.source import read
from tutor.content.validate import validate
from tutor.domain.attempt import Attempt, Turn
from tutor.domain.scenario import Scenario
from tutor.domain.script import Retry, Script
from tutor.domain.strict import STRICT
from tutor.errors import ContentError

#: What a YAML reader folds, strips or refuses where it is not written as an escape.
ESCAPED = re.compile("[\x7f-\xa0\u2028\u2029\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Either a reply or a going back behind the last one."""

    __pydantic_config__: ClassVar = STRICT

    reply: str = ""
    retry: bool = False

    def __post_init__(self) -> None:
        if bool(self.reply) == self.retry:
            raise ValueError("a step has either a reply or retry: true")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What is expected to come of one reply; what is left out is not compared."""

    __pydantic_config__: ClassVar = STRICT

    to: str
    transition: str | None = None
    demeanour: str | None = None
    says: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The answers to every reply in order, the rewound ones included, and how it ends.

    `opening` is what the client says first; `ending` is None for a conversation still open.
    """

    __pydantic_config__: ClassVar = STRICT

    opening: str | None = None
    turns: tuple[Answer, ...]
    ending: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transcript:
    """One file: the scenario, the seed, the steps, and what should come of them, if written."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    scenario: str
    seed: int
    steps: tuple[str | Step, ...]
    expect: Expected | None = None

    def __post_init__(self) -> None:
        if self.schema_version != 1:
            raise ValueError("schema_version is 1")

    @property
    def script(self) -> Script:
        """The steps as they can be played."""
        steps = (Step(reply=step) if isinstance(step, str) else step for step in self.steps)
        return Script(
            scenario=self.scenario,
            seed=self.seed,
            steps=tuple(Retry() if step.retry else step.reply for step in steps),
        )


def read_transcript(file: Path) -> Transcript:
    """The transcript in that file.

    Raises:
        ContentError: it cannot be read as one; every problem is told.
    """
    transcript, problems = validate(Transcript, read(file, str(file)))
    if transcript is None:
        raise ContentError(problems)
    return transcript


def play(transcript: Transcript, data: Path) -> tuple[Scenario, Attempt]:
    """Play the transcript with the content in `data`.

    Raises:
        ContentError: the content cannot be used.
        AttemptError, ReplyError: a step cannot be taken; the message begins with its number.
    """
    content = library(data)
    attempt = conversation.replay(content, Coder(content.bank).code, transcript.script)
    return conversation.scenario_of(content, attempt.scenario), attempt


def differences(transcript: Transcript, scenario: Scenario, attempt: Attempt) -> list[str]:
    """In what the attempt is not as the transcript expects; empty where it is, or says nothing."""
    expected = transcript.expect
    if expected is None:
        return []
    actual = _happened(scenario, attempt)
    found = list(_compared("opening", expected.opening, actual.opening))
    if len(expected.turns) != len(actual.turns):
        found.append(f"turns: {len(expected.turns)} expected, {len(actual.turns)} played")
    for number, (answer, given) in enumerate(zip(expected.turns, actual.turns, strict=False), 1):
        for name in ("transition", "to", "demeanour", "says"):
            found += _compared(
                f"turn {number}, {name}", getattr(answer, name), getattr(given, name)
            )
    if expected.ending != actual.ending:
        found.append(f"ending: {expected.ending or 'none'} expected, {actual.ending or 'none'}")
    return found


def with_expectation(text: str, scenario: Scenario, attempt: Attempt) -> str:
    """The transcript file `text` with the attempt as what it expects; all else stays as it is."""
    kept: list[str] = []
    dropping = False
    for line in text.splitlines():
        if line.startswith("expect:"):
            dropping = True
        elif dropping and re.match(r"[^\s#-]", line):
            dropping = False
        if not dropping:
            kept.append(line)
    happened = _happened(scenario, attempt)
    return "\n".join([*"\n".join(kept).rstrip().split("\n"), *_in_yaml(happened), ""])


def _compared(what: str, expected: str | None, actual: str | None) -> Iterator[str]:
    if expected is not None and expected != actual:
        yield f"{what}: {expected!r} expected, {actual!r}"


def _happened(scenario: Scenario, attempt: Attempt) -> Expected:
    last = attempt.standing[-1].response.to if attempt.standing else ""
    return Expected(
        opening=scenario.opening[attempt.opening].says,
        turns=tuple(_answer(turn) for turn in attempt.turns),
        ending=last if scenario.ending(last) else None,
    )


def _answer(turn: Turn) -> Answer:
    response = turn.response
    return Answer(
        transition=response.transition,
        to=response.to,
        demeanour=response.line.demeanour,
        says=response.line.says,
    )


def _in_yaml(expected: Expected) -> Iterator[str]:
    yield "expect:"
    yield f"  opening: {_quoted(expected.opening)}"
    yield "  turns:" if expected.turns else "  turns: []"
    for answer in expected.turns:
        yield f"    - transition: {_quoted(answer.transition)}"
        for name in ("to", "demeanour", "says"):
            yield f"      {name}: {_quoted(getattr(answer, name))}"
    yield f"  ending: {_quoted(expected.ending)}"


def _quoted(text: str | None) -> str:
    """A JSON string, which is a YAML string too once what YAML reads otherwise is escaped."""
    quoted = json.dumps(text, ensure_ascii=False)
    return ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", quoted)
