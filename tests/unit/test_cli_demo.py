"""`python -m tutor demo`: listed, played, and handed out."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.demo_samples import BADLY, HALF, SEEN, SORRY
from tutor.cli import main
from tutor.settings import ROOT

DEMO = f"""
schema_version: 1
id: log-first
title: "<b>The log</b>"
shows: "What it takes to hear a no."
scenario: breathing-log
seed: 6
beats:
  - reply: "{SEEN}"
    moves: {{notice: 2}}
    takes:
      - {{how: half, reply: "{HALF}", comment: "Too little."}}
      - {{how: badly, reply: "{BADLY}", comment: "It blames her."}}
  - reply: "{SORRY}"
"""


@pytest.fixture
def run(tmp_path: Path):
    data = tmp_path / "data"
    ignored = shutil.ignore_patterns("replies", "demos")
    shutil.copytree(ROOT / "data", data, ignore=ignored)
    (data / "demos").mkdir()
    (data / "demos" / "log-first.yaml").write_text(DEMO, encoding="utf-8")

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(main, ["demo", *words], env={"TUTOR_DATA": str(data)})

    return invoke


def test_without_an_id_all_are_listed(run):
    assert run().output == "log-first: <b>The log</b> (breathing-log, 2 replies)\n"


def test_it_is_played_with_its_versions_and_held_against_its_annotation(run):
    done = run("log-first")
    assert done.exit_code == 1  # the question is coded too
    assert "Reply 1, badly: Why didn't you do it?" in done.output
    assert "beats[0]: the coder gives notice 2, " in done.output


def test_the_handout_comes_in_two_forms(run):
    page = run("log-first", "--html").output
    assert page.startswith("<!DOCTYPE html>")
    assert "<h1>&lt;b&gt;The log&lt;/b&gt;</h1>" in page
    assert run("log-first", "--markdown").output.startswith("# &lt;b&gt;The log&lt;/b&gt;\n")


def test_what_cannot_be_handed_out_is_told(run):
    assert "There is no demonstration 'nothing'." in run("nothing", "--html").output
    assert run("--html").exit_code == 2
