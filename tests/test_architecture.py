"""What ARCHITECTURE.md promises, held against the code."""

import ast
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tutor.cli import main
from tutor.content.source import read

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "tutor").rglob("*.py"))
CONTENT = sorted((ROOT / "data").rglob("*.yaml"))
COMMANDS = re.compile(r"python -m tutor ([^\n`|>]*)")
PAPERS = [
    path
    for path in (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md")))
    if COMMANDS.search(path.read_text(encoding="utf-8"))
]
RUN = "python -m pip install -r requirements.txt && python -m streamlit run app.py"
TEST = "python -m pip install -r requirements-dev.txt && python -m pytest"


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_keep_the_contracts(capsys: pytest.CaptureFixture[str]) -> None:
    broken = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert not broken, capsys.readouterr().out


def test_the_domain_imports_only_itself_and_the_standard_library() -> None:
    allowed = {*sys.stdlib_module_names, "tutor"}
    for path in (ROOT / "tutor" / "domain").glob("*.py"):
        imported = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
        assert imported <= allowed, name(path)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_can_be_read_in_one_go(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_entry_file_only_opens_the_door() -> None:
    app = ROOT / "app.py"
    if not app.exists():
        pytest.skip("there is no app.py yet")
    assert len(app.read_text(encoding="utf-8").splitlines()) < 40


@pytest.mark.parametrize("path", CONTENT, ids=name)
def test_content_is_plain_yaml(path: Path) -> None:
    assert read(path, name(path)).problems == ()


def test_help_imports_neither_the_pages_nor_the_engines() -> None:
    seen = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "tutor", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stderr
    imported = {line.rpartition("|")[2].strip() for line in seen.splitlines()}
    heavy = {"streamlit", "numpy", "rapidfuzz", "sqlalchemy", "pydantic", "yaml", "tutor.content"}
    assert "tutor.cli" in imported
    assert imported.isdisjoint(heavy)


@pytest.mark.parametrize("path", PAPERS, ids=name)
def test_the_papers_name_commands_and_options_that_exist(path: Path) -> None:
    for written in COMMANDS.findall(path.read_text(encoding="utf-8")):
        words = shlex.split(written, comments=True)
        command = main.commands.get(words[0]) if words and words[0][0].isalpha() else main
        assert command is not None, f"{path.name}: python -m tutor {written}"
        known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
        options = {word.partition("=")[0] for word in words if word.startswith("--")}
        assert options <= known, f"{path.name}: python -m tutor {written}"


def test_the_readme_gives_the_two_commands() -> None:
    readme = ROOT / "README.md"
    if not readme.exists():
        pytest.skip("there is no README.md yet")
    text = readme.read_text(encoding="utf-8")
    assert RUN in text
    assert TEST in text


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=name)
def test_requirements_have_lower_and_upper_bounds(file: Path) -> None:
    for line in file.read_text(encoding="utf-8").splitlines():
        assert re.fullmatch(r"-r \S+|[\w-]+(\[[\w,]+\])?>=[\d.]+,<[\d.]+", line), line
