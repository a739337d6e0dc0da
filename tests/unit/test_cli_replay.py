"""Transcripts: played again, compared, written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from tutor.cli import main
from tutor.cli.replaying import _quoted, read_transcript
from tutor.content.loader import library
from tutor.content.source import parse
from tutor.domain.scenario import Scenario
from tutor.domain.script import Retry
from tutor.errors import ContentError
from tutor.settings import from_environment

TRANSCRIPT = """\
schema_version: 1
scenario: {scenario}
seed: 7
# Two tries at the first moment, and one reply more.
steps:
  - reply: "You have to want this, you know."
  - retry: true
  - reply: "You went quiet when I brought it up, and I think I went too fast. What was it like?"
  - "Tell me more."
"""


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return library(from_environment().data).scenarios[0]


@pytest.fixture
def transcript(tmp_path: Path, scenario: Scenario) -> Path:
    path = tmp_path / "transcript.yaml"
    path.write_text(TRANSCRIPT.format(scenario=scenario.id), encoding="utf-8")
    return path


def replay(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["replay", *map(str, arguments)])


def test_a_conversation_is_told_turn_by_turn(transcript: Path, scenario: Scenario) -> None:
    result = replay(transcript)
    assert result.exit_code == 0, result.output
    lines = result.output.splitlines()
    assert lines[:2] == [
        f"{scenario.title} ({scenario.id}), seed 7",
        f"Counselor: {scenario.before}",
    ]
    assert [line[:2] for line in lines if line[:1].isdigit()] == ["1.", "2.", "3."]
    assert lines.count("   (taken back)") == 1
    assert "   codes: confront (misstep)" in lines
    assert any("bond" in line and "goals" in line and "tasks" in line for line in lines)


def test_the_same_file_gives_the_same_conversation(transcript: Path, scenario: Scenario) -> None:
    first, second = replay(transcript, "--json"), replay(transcript, "--json")
    assert first.output == second.output
    told = json.loads(first.output)
    assert (told["scenario"], told["seed"]) == (scenario.id, 7)
    assert [turn["number"] for turn in told["turns"]] == [1, 2, 3]
    assert [turn["rewound"] for turn in told["turns"]] == [True, False, False]
    assert told["turns"][0]["missteps"] == ["confront"]
    assert set(told["turns"][0]["alliance"]) == {"bond", "goals", "tasks"}


def test_the_expectation_is_written_once_and_then_held(transcript: Path) -> None:
    before = transcript.read_text(encoding="utf-8")
    assert replay(transcript, "--write-expect").exit_code == 0
    written = transcript.read_text(encoding="utf-8")
    assert written.startswith(before)
    assert replay(transcript).exit_code == 0
    assert replay(transcript, "--write-expect").exit_code == 0
    assert transcript.read_text(encoding="utf-8") == written


def test_an_old_expectation_makes_room_and_what_stands_around_it_stays(
    transcript: Path,
) -> None:
    text = transcript.read_text(encoding="utf-8")
    head, steps = text.split("steps:\n")
    transcript.write_text(f"{head}expect:\n  turns: []\n# note\nsteps:\n{steps}", encoding="utf-8")
    assert replay(transcript).exit_code == 1
    assert replay(transcript, "--write-expect").exit_code == 0
    assert transcript.read_text(encoding="utf-8").startswith(f"{head}steps:\n{steps}expect:\n")
    assert replay(transcript).exit_code == 0


def test_a_difference_is_named_and_ends_with_one(transcript: Path, scenario: Scenario) -> None:
    with transcript.open("a", encoding="utf-8") as file:
        file.write("expect:\n  turns:\n    - to: nowhere\n  ending: moon\n")
    result = replay(transcript)
    assert result.exit_code == 1
    differences = result.stderr.splitlines()
    assert differences[0] == "turns: 1 expected, 3 played"
    assert differences[1].startswith("turn 1, to: 'nowhere' expected, ")
    assert differences[2] == "ending: moon expected, none"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("step: []", "unknown-key"),
        ("expect: {turns: [{go: there}]}", "unknown-key"),
        ("expect: {}", "missing-key"),
    ],
)
def test_what_a_transcript_cannot_say_is_told_with_its_line(
    transcript: Path, change: str, code: str
) -> None:
    with transcript.open("a", encoding="utf-8") as file:
        file.write(change + "\n")
    result = replay(transcript)
    assert result.exit_code == 1
    assert f"{transcript}:10: error {code}" in result.stderr


@pytest.mark.parametrize("step", ["{retry: false}", '{reply: ""}', "{reply: x, retry: true}"])
def test_a_step_is_one_thing_or_the_other(tmp_path: Path, step: str) -> None:
    path = tmp_path / "transcript.yaml"
    path.write_text(f"schema_version: 1\nscenario: x\nseed: 1\nsteps:\n  - {step}\n")
    with pytest.raises(ContentError) as raised:
        read_transcript(path)
    assert [problem.line for problem in raised.value.problems] == [5]


def test_text_mappings_and_retries_become_the_steps_of_a_script(transcript: Path) -> None:
    steps = read_transcript(transcript).script.steps
    assert [isinstance(step, Retry) for step in steps] == [False, True, False, False]
    assert steps[3] == "Tell me more."


@pytest.mark.parametrize(
    ("name", "steps", "message"),
    [
        ("no-such-scenario", "['x']", "There is no such scenario"),
        ("{scenario}", "[{{retry: true}}]", "Step 1: "),
        ("{scenario}", "['  ']", "Step 1: "),
    ],
)
def test_a_step_that_cannot_be_taken_is_told_without_a_traceback(
    tmp_path: Path, scenario: Scenario, name: str, steps: str, message: str
) -> None:
    path = tmp_path / "transcript.yaml"
    text = f"schema_version: 1\nscenario: {name}\nseed: 1\nsteps: {steps}\n"
    path.write_text(text.format(scenario=scenario.id))
    result = replay(path)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"Error: {message}")


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufffe\uffff")))
def test_any_text_is_read_back_as_it_was_written(text: str) -> None:
    source = parse(f"says: {_quoted(text)}\n", "x.yaml")
    assert source.problems == ()
    assert source.data == {"says": text}
