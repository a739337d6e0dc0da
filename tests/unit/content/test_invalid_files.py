"""Each file of tests/content_invalid has exactly the problems that it says, on the rows it says."""

import re
from pathlib import Path

import pytest

from tests.unit.content.sound_content import Content
from tutor.domain.problems import Severity

FILES = sorted((Path(__file__).parents[2] / "content_invalid").glob("*.yaml"))
MARK = re.compile(rb"# <- ([a-z0-9-]+)$")
WHOLE = re.compile(rb"# file: ([a-z-]+)$")


def marked(raw: bytes) -> list[tuple[int, str]]:
    """Line and code of each mistake that the file says it has."""
    found = [
        (number, mark.group(1).decode())
        for number, row in enumerate(raw.splitlines(), start=1)
        if (mark := MARK.search(row))
    ]
    whole = WHOLE.search(raw.splitlines()[1])
    return [(0, whole.group(1).decode())] if whole else found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_invalid_file(content: Content, path: Path) -> None:
    raw = path.read_bytes()
    name = raw.splitlines()[0].decode().removeprefix("# ")
    content.files[name] = raw
    problems = [p for p in content.check() if content.name(p.file) == name]
    assert sorted({(p.line, p.code) for p in problems}) == sorted(set(marked(raw)))
    assert all(p.found for p in problems)


def test_the_content_they_are_put_into_is_sound(content: Content) -> None:
    assert content.check() == ()


def test_every_code_of_the_loader_has_a_file() -> None:
    package = Path(__file__).parents[3] / "tutor" / "content"
    names = ("source", "validate", "loader", "checks_bank")
    text = "".join((package / f"{name}.py").read_text(encoding="utf-8") for name in names)
    told = set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"', text)) | {"alias", "tag", "syntax"}
    tried = {code for path in FILES for _, code in marked(path.read_bytes())}
    # These need a large file, or no file at all, and are tried beside the reader and the loader.
    assert told - tried == {"too-large", "too-many-problems", "missing-file"}


def test_warnings_are_no_errors(content: Content) -> None:
    content.files["rules/own.yaml"]["rules"][0]["examples"]["no_match"] = []
    (problem,) = content.check()
    assert (problem.code, problem.severity) == ("missing-example", Severity.WARNING)
