"""Written attempts, played again: the same seed and replies give the same conversation, always.

After a change that is meant to change a conversation, write what it now is with
`python -m tutor replay --write-expect FILE`, and read the difference.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli import main

TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.yaml"))


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_an_attempt_replays_as_expected(path: Path) -> None:
    assert "expect:" in path.read_text(encoding="utf-8")
    result = CliRunner().invoke(main, ["replay", str(path)])
    assert result.exit_code == 0, result.output


def test_another_reply_is_noticed(tmp_path: Path) -> None:
    text = TRANSCRIPTS[0].read_text(encoding="utf-8")
    assert "What was that like for you?" in text
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace("What was that like for you?", "Whatever."), encoding="utf-8")
    assert CliRunner().invoke(main, ["replay", str(changed)]).exit_code == 1
