"""What the papers say, held against the project: paths, the worked examples, the figures."""

import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from tutor.cli import main
from tutor.domain.vocabulary import CODES, Misstep

ROOT = Path(__file__).resolve().parent.parent
PAPERS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]

CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#]+)\)")
#: A path, or a bare name with the ending of a file that the project has.
PATH = re.compile(r"\.?[\w<>*-]+(?:/[\w.<>*-]+)*(?:/|\.(?:py|md|ya?ml|toml|txt|jsonl|png|svg))")
BARE = re.compile(r"(?:\.ci|data|docs|scripts|tests|tutor)(?:/[\w<>*-]+)+")
#: What running the tutor makes, what a reader brings, and what the worked example adds.
NOT_OURS = {".tutor/tutor.db", "replies.jsonl", "coded.jsonl", "late-again.yaml"}
SHOWN = re.compile(r'```console\n\$ python -m tutor code --text "([^"\n]+)"\n(.*?)```', re.DOTALL)
FIGURE = re.compile(r"^\| `(\w+)\.jsonl`.*?(\.\d\d|\d+ %)", re.MULTILINE)


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def paths_in(text: str) -> Iterator[str]:
    """The words in backticks that name a file or a folder, and the targets of links."""
    for written in CODE.findall(re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        for word in written.split():
            if PATH.fullmatch(word) or BARE.fullmatch(word):
                yield word
    yield from (target for target in LINK.findall(text) if "://" not in target)


def is_there(written: str, paper: Path) -> bool:
    """Whether it is a path from the root or from the paper's folder, or a file's bare name."""
    pattern = re.sub(r"<\w+>", "*", written).rstrip("/")
    folders = [ROOT, paper.parent]
    if "/" not in pattern:
        folders += [f for top in ("data", "tests") for f in (ROOT / top).rglob("*") if f.is_dir()]
    return any(True for folder in folders for _ in folder.glob(pattern))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_every_file_that_is_named_exists(paper: Path) -> None:
    named = set(paths_in(paper.read_text(encoding="utf-8"))) - NOT_OURS
    assert {path for path in named if not is_there(path, paper)} == set()


def test_files_are_found_in_the_papers() -> None:
    assert {"docs/codebook.md", "docs/images/practice.png", "scripts/agreement.py"} <= set(
        paths_in(text_of("README.md"))
    )
    assert not is_there("docs/nowhere.md", ROOT / "README.md")


@pytest.mark.parametrize("paper", ["README.md", "docs/coder.md"])
def test_a_paper_shows_what_the_command_prints(paper: str) -> None:
    shown = SHOWN.findall(text_of(paper))
    assert shown
    for reply, output in shown:
        printed = CliRunner().invoke(main, ["code", "--text", reply])
        assert printed.exit_code == 0
        assert printed.output == output


def test_the_readme_gives_the_figures_that_the_script_finds() -> None:
    command = [sys.executable, "scripts/agreement.py"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found = {
        name: float(figure)
        for name, figure in re.findall(r"^(\w+)\.jsonl: macro F1 all +(\S+)", done.stdout, re.M)
    }
    rate = re.search(r"passed \((\S+)\)", done.stdout)
    assert rate is not None
    found["adversarial"] = float(rate[1])
    for paper in ("README.md", "docs/coder.md"):
        table = FIGURE.findall(text_of(paper))
        given = {name: float(f.rstrip(" %")) / (100 if "%" in f else 1) for name, f in table}
        assert given == pytest.approx(found, abs=0.02), paper


def test_the_rule_in_contributing_works(tmp_path: Path) -> None:
    contributing = text_of("CONTRIBUTING.md")
    rule = re.search(r" +```yaml\n( +- id: own\..*?) +```", contributing, re.DOTALL)
    reply = re.search(r'tutor code --text "(.+)"', contributing)
    assert rule is not None
    assert reply is not None
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    before = CliRunner().invoke(main, ["check", str(data)]).output.count("\n")
    with (data / "rules" / "own.yaml").open("a", encoding="utf-8") as file:
        file.write(re.sub(r"^", "  ", dedent(rule[1]), flags=re.MULTILINE).rstrip(" "))
    coded = CliRunner().invoke(main, ["code", "--text", reply[1]], env={"TUTOR_DATA": str(data)})
    assert "own.eye_elsewhere" in coded.output
    after = CliRunner().invoke(main, ["check", str(data)]).output
    assert after.count("\n") == before, after


def test_the_conversation_in_contributing_plays(tmp_path: Path) -> None:
    blocks = re.findall(r" +```yaml\n(.*?) +```", text_of("CONTRIBUTING.md"), re.DOTALL)
    script = next(block for block in blocks if "steps:" in block)
    file = tmp_path / "written.yaml"
    file.write_text(dedent(script), encoding="utf-8")
    played = CliRunner().invoke(main, ["replay", str(file)])
    assert played.exit_code == 0, played.output
    assert "(taken back)" in played.output


def test_the_codebook_has_every_code_and_close_call() -> None:
    codebook = text_of("docs/codebook.md")
    moves, missteps = codebook.split("## Missteps")
    rows = {code: missteps if isinstance(code, Misstep) else moves for code in CODES}
    assert [code for code, part in rows.items() if f"\n| `{code}` |" not in part] == []
    calls = codebook.split("## Close calls")[1].split("\n## ")[0]
    assert [int(n) for n in re.findall(r"^(\d+)\. ", calls, re.MULTILINE)] == list(range(1, 14))


def test_architecture_draws_the_layers_as_they_are_kept() -> None:
    contracts = tomllib.loads(text_of("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = next(c["layers"] for c in contracts if c["type"] == "layers")
    drawn = [layer.replace("tutor.", "") for layer in layers]
    block = re.search(r"^    ui \| cli\n(?:    .*\n)+", text_of("ARCHITECTURE.md"), re.MULTILINE)
    assert block is not None
    lines = block[0].splitlines()
    assert [re.split(r"\s{2,}", line.strip())[0] for line in lines] == drawn


def test_the_changelog_tells_of_this_version() -> None:
    version = tomllib.loads(text_of("pyproject.toml"))["project"]["version"]
    assert version in text_of("CHANGELOG.md")
