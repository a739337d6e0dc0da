"""Strict YAML: what is read as what, on which line, and what is refused."""

import os
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tutor.content import source
from tutor.content.files import MAX_BYTES
from tutor.content.source import MAX_DEPTH, MAX_PATH, MAX_PROBLEMS, parse, read

BOMB = "a0: &a0 [lol, lol]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)


@pytest.fixture(params=["CSafeLoader", "SafeLoader"])
def _either_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(source, "PARSER", getattr(yaml, request.param))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("", None),
        ("0", 0),
        ("-12", -12),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("True", "True"),
        ("~", "~"),
        ("12:30", "12:30"),
        ("2024-01-01", "2024-01-01"),
        ("1.5", "1.5"),
        ("012", "012"),
        ("0x1f", "0x1f"),
        ("1_000", "1_000"),
        ("9" * 30, "9" * 30),
        (".inf", ".inf"),
        ("'true'", "true"),
        ('"12"', "12"),
        ("''", ""),
        ("|\n   two\n   rows", "two\nrows\n"),
        ("[no, 1, {b: null}]", ["no", 1, {"b": None}]),
    ],
)
@pytest.mark.usefixtures("_either_parser")
def test_only_what_is_meant_is_more_than_text(text: str, value: object) -> None:
    read_back = parse(f"a: {text}\n", "f.yaml")
    assert read_back.problems == ()
    assert isinstance(read_back.data, dict)
    assert read_back.data["a"] == value
    assert type(read_back.data["a"]) is type(value)


def test_keys_stay_text() -> None:
    assert parse("1: a\ntrue: b\n<<: c\n", "f.yaml").data == {"1": "a", "true": "b", "<<": "c"}


def test_every_path_has_its_line() -> None:
    text = (
        "# first\nrules:\n  - id: a\n    level: 2\n"
        "  -\n    id: >-\n      b\n    flow: [1,\n      2]\n"
    )
    lines = parse(text, "f.yaml").lines
    assert lines == {
        "": 2,
        "rules": 2,
        "rules[0]": 3,
        "rules[0].id": 3,
        "rules[0].level": 4,
        "rules[1]": 6,
        "rules[1].id": 6,
        "rules[1].flow": 8,
        "rules[1].flow[0]": 8,
        "rules[1].flow[1]": 9,
    }


@pytest.mark.parametrize(
    ("path", "line"), [("a[0].b", 3), ("a[0].missing", 2), ("a[7]", 1), ("other", 1), ("", 1)]
)
def test_a_path_that_is_not_there_has_the_line_around_it(path: str, line: int) -> None:
    assert parse("a:\n - x: 1\n   b: 2\n", "f.yaml").line(path) == line


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: 1\nb: *x\n", "alias", 2),
        ("a: &x 1\n", "alias", 1),
        ("a:\n  - !!python/name:os.system x\n", "tag", 2),
        ("a: !mine {b: 1}\n", "tag", 1),
        ("a: ! x\n", "tag", 1),
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", 3),
        ("a: {b: 1, 'b': 2}\n", "duplicate-key", 1),
        ("a: {b: {b: 1}, b: 2}\n", "duplicate-key", 1),
        ("a: 1\n---\nb: 1\n", "several-documents", 2),
        ("? [a, b]\n: 1\n", "bad-key", 1),
        ("? {a: 1}\n: 1\n", "bad-key", 1),
        ("*a : 1\n", "bad-key", 1),
        ("? " + "k" * (MAX_PATH + 1) + "\n: 1\n", "bad-key", 1),
        ("a:\n\tb: 1\n", "syntax", 2),
        ("a: [1, 2\nb: 3\n", "syntax", 2),
        ("a: 1\nb: \x07\n", "syntax", 2),
        ('a: "\\UFFFFFFFF"\n', "syntax", 1),
        ("a: 'never closed\n", "syntax", 2),
        ("", "empty-file", 0),
        ("# only this\n", "empty-file", 0),
        ("null\n", "empty-file", 0),
    ],
)
def test_what_is_refused(text: str, code: str, line: int) -> None:
    problems = parse(text, "f.yaml").problems
    assert [(p.code, p.line, p.file) for p in problems] == [(code, line, "f.yaml")]


@pytest.mark.usefixtures("_either_parser")
def test_tabs_are_named() -> None:
    (problem,) = parse("a:\n\tb: 1\n", "f.yaml").problems
    assert problem.allowed == "spaces, not tabs, in front"


def test_reading_goes_on_after_a_duplicate_key() -> None:
    found = parse("a: 1\na: 2\nb: *c\nd: !t 1\n", "f.yaml")
    assert [p.code for p in found.problems] == ["duplicate-key", "alias", "tag"]
    assert found.readable


BOMBS = {
    "billion laughs": (BOMB, "alias"),
    "aliases": ("- &a x\n" + "- *a\n" * 150_000, "too-many-problems"),
    "deep flow": ("[" * 900_000, "too-deep"),
    "deep block": ("- " * 400_000, "too-deep"),
    "deep maps": ("{a: " * 200_000, "too-deep"),
    "values": ("- a\n" * 200_000, "too-large"),
    "flow values": ("[" + "a," * 400_000 + "]", "too-large"),
    "keys": ("".join(f"k{n}: 1\n" for n in range(80_000)), "too-large"),
    "equal keys": ("{" + "a," * 400_000 + "}", "too-many-problems"),
    "explicit keys": ("? " * 400_000, "bad-key"),
    "long key over many values": (
        "? " + "k" * 500_000 + "\n: [" + "a," * 200_000 + "]",
        "bad-key",
    ),
}


@pytest.mark.parametrize(("text", "code"), BOMBS.values(), ids=BOMBS.keys())
def test_bombs_stay_small(text: str, code: str) -> None:
    tracemalloc.start()
    try:
        found = parse(text, "f.yaml")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert code in {problem.code for problem in found.problems}
    assert len(found.problems) <= MAX_PROBLEMS + 1
    assert peak < 40_000_000


def test_the_deepest_nesting_is_still_read() -> None:
    assert parse("[" * MAX_DEPTH + "]" * MAX_DEPTH, "f.yaml").problems == ()
    (problem,) = parse("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "f.yaml").problems
    assert problem.code == "too-deep"


def test_a_file_of_ten_megabytes_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "big.yaml"
    path.write_bytes(b"- a\n" * 2_500_000)
    tracemalloc.start()
    try:
        (problem,) = read(path, "big.yaml").problems
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (problem.code, problem.found) == ("too-large", "10,000,000 bytes")
    assert peak < MAX_BYTES


@pytest.mark.parametrize(
    ("raw", "code", "line"),
    [
        ("a: 1\nb: café\n".encode("latin-1"), "not-utf8", 2),
        ("a: 1\n".encode("utf-16"), "not-utf8", 1),
        (b"a: \xed\xa0\x80\n", "not-utf8", 1),
        (b"a: 1\n\0\n", "syntax", 2),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, raw: bytes, code: str, line: int) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(raw)
    (problem,) = read(path, "f.yaml").problems
    assert (problem.code, problem.line) == (code, line)


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read(path, "f.yaml").data == {"a": 1, "b": 2}


def test_what_is_no_file(tmp_path: Path) -> None:
    assert [p.code for p in read(tmp_path / "none.yaml", "f").problems] == ["missing-file"]
    assert [p.code for p in read(tmp_path, "f").problems] == ["unreadable"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    assert [p.code for p in read(tmp_path / "pipe.yaml", "f").problems] == ["unreadable"]


@given(st.text(alphabet=st.sampled_from("ab:-?[]{}&*!|>'\"%@`#,\n\t 1\\x0\0é"), max_size=80))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = parse(text, "f.yaml")
    assert found.readable or found.problems
    rows = text.count("\n") + 1
    assert all(0 <= problem.line <= rows + 1 for problem in found.problems)


#: Without the line breaks of YAML 1.1, which PyYAML writes into quoted text and then folds.
WORDS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x85\u2028\u2029"), max_size=20
)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1) | WORDS,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.text("abc.[]: ", min_size=1, max_size=5), inner, max_size=4)
        ),
        max_leaves=12,
    ).filter(lambda value: value is not None)
)
def test_what_was_written_is_read_back(value: object) -> None:
    assert parse(yaml.safe_dump(value, allow_unicode=True), "f.yaml").data == value
