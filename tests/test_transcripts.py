"""Written attempts, played again: the same seed and replies give the same conversation, always.

A file's name ends in what becomes of the attempt: `-repaired`, or `-kept` where nothing is
strained; `-failed` (the client is lost), `-complied` (agreement on the surface only); `-stock` gets
nowhere on stock phrases. After a change that is meant to change conversations, write what they now
are, and read the difference:

    for file in tests/transcripts/*.yaml; do python -m tutor replay --write-expect "$file"; done
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor import settings
from tutor.cli import main, replaying
from tutor.cli.replaying import play, read_transcript
from tutor.coding.coder import Coder
from tutor.content.loader import library
from tutor.domain.vocabulary import Outcome

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))
DATA = settings.from_environment().data
SCENARIOS = sorted(path.stem for path in DATA.glob("scenarios/*/*.yaml"))


@pytest.fixture(autouse=True, scope="module")
def _content_is_read_once() -> Iterator[None]:
    read, made = cache(library), cache(lambda _: Coder(read(DATA).bank))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(replaying, "library", read)
        patch.setattr(replaying, "Coder", lambda bank: made(bank.version))
        yield


def named(*endings: str) -> list[Path]:
    """The transcripts whose names end in one of `endings`."""
    return [path for path in TRANSCRIPTS if path.stem.endswith(endings)]


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_an_attempt_replays_as_expected(path: Path) -> None:
    assert "expect:" in path.read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["replay", str(path)])
    assert result.exit_code == 0, result.output


ENDINGS = {
    "repaired": Outcome.REPAIRED,
    "kept": Outcome.KEPT,
    "failed": Outcome.LOST,
    "complied": Outcome.FALSE_COMPLIANCE,
}


@pytest.mark.parametrize("path", named(*ENDINGS), ids=lambda path: path.stem)
def test_an_attempt_ends_as_its_file_is_named(path: Path) -> None:
    scenario, attempt = play(read_transcript(path), DATA)
    ending = scenario.ending(attempt.standing[-1].response.to)
    assert ending is not None
    name, _, how = path.stem.rpartition("-")
    assert (name, ENDINGS[how]) == (scenario.id, ending.outcome)


@pytest.mark.parametrize("path", named("-stock"), ids=lambda path: path.stem)
def test_stock_phrases_get_nowhere(path: Path) -> None:
    scenario, attempt = play(read_transcript(path), DATA)
    assert {turn.response.to for turn in attempt.turns} == {scenario.first.id}


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_scenario_is_played_to_a_good_and_a_bad_end(scenario: str) -> None:
    played = {path.stem for path in TRANSCRIPTS}
    assert f"{scenario}-failed" in played
    assert {f"{scenario}-repaired", f"{scenario}-kept"} & played


def test_another_reply_is_noticed(tmp_path: Path) -> None:
    (original,) = named("breathing-log-retry")
    text = original.read_text(encoding="utf-8")
    assert "What was that like for you?" in text
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace("What was that like for you?", "Whatever."), encoding="utf-8")
    assert CliRunner().invoke(main, ["replay", str(changed)]).exit_code == 1
