"""Content is read once, and again when anything that it hangs on has changed."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.content.sound_content import Content as SoundContent
from tutor.content import kept, loader
from tutor.content.kept import Content
from tutor.content.kept import content as read


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders that were read, file by file."""
    folders: list[Path] = []

    def load(data: Path) -> object:
        folders.append(data)
        return loader.load(data)

    monkeypatch.setattr(kept, "load", load)
    return folders


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "own" / "content.pickle"


def test_what_was_read_is_not_read_again(
    content: SoundContent, place: Path, reads: list[Path]
) -> None:
    data = content.write()
    first, second = read(data, place), read(data, place)
    assert len(reads) == 1
    assert first == second
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_changed_file_is_noticed(content: SoundContent, place: Path, reads: list[Path]) -> None:
    data = content.write()
    read(data, place)
    rubric = data / "rubric.yaml"
    rubric.write_text("nothing of the kind", encoding="utf-8")
    assert read(data, place).blocking
    assert len(reads) == 2


def test_a_new_and_a_lost_file_are_noticed(
    content: SoundContent, place: Path, reads: list[Path]
) -> None:
    data = content.write()
    read(data, place)
    quiz = data / "quiz.yaml"
    quiz.write_text("schema_version: 1\nitems: []\n", encoding="utf-8")
    read(data, place)
    quiz.unlink()
    read(data, place)
    assert len(reads) == 3


def _as_another(line: bytes) -> bytes:
    return b"x" + line


def _cut(line: bytes) -> bytes:
    return line[: len(line) // 2]


def _other_object(line: bytes) -> bytes:
    return line.split(b"\n")[0] + b"\n\x80\x04N."


@pytest.mark.parametrize("spoil", [_as_another, _cut, _other_object, lambda raw: b"\xff\n"])
def test_a_spoiled_file_is_as_good_as_none(
    content: SoundContent, place: Path, reads: list[Path], spoil: Callable[[bytes], bytes]
) -> None:
    data = content.write()
    first = read(data, place)
    place.write_bytes(spoil(place.read_bytes()))
    assert read(data, place) == first
    assert len(reads) == 2
    assert read(data, place) == first
    assert len(reads) == 2


def test_where_nothing_can_be_kept_content_is_read_all_the_same(
    content: SoundContent, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.touch()
    assert isinstance(read(content.write(), file / "content.pickle"), Content)


def test_problems_name_files_from_where_one_stands(
    content: SoundContent, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = content.write()
    (data / "rubric.yaml").write_text("x", encoding="utf-8")
    monkeypatch.chdir(data)
    assert read(data, place).problems[0].file == "rubric.yaml"
    monkeypatch.chdir(os.sep)
    assert read(data, place).problems[0].file.endswith("/rubric.yaml")
