"""The commands as a person or a script meets them."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tutor import cli
from tutor.cli import files, pool
from tutor.cli.jsonl import Refusal, Request, read_requests
from tutor.content.loader import library
from tutor.domain.coding import Context
from tutor.domain.library import Library
from tutor.domain.vocabulary import CODES, Rupture
from tutor.errors import ReplyError, TutorError
from tutor.settings import MAX_CODED, from_environment

OWNS = "I rushed past what you told me, and I'm sorry."


@pytest.fixture(scope="module")
def content() -> Library:
    return library(from_environment().data)


def run(*arguments: str, stdin: bytes | str | None = None) -> Result:
    return CliRunner().invoke(cli.main, arguments, input=stdin)


def rows(output: str) -> list[dict]:
    return [json.loads(line) for line in output.splitlines()]


def line(**fields: object) -> bytes:
    return json.dumps(fields).encode() + b"\n"


# Reading lines


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"not json", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": ' + b"9" * 5_000 + b', "reply": "x"}', "not JSON"),
        (b'["id", "reply"]', "not a JSON object"),
        (b'{"id": "a", "reply": "caf\xe9"}', "not UTF-8"),
        (b'{"reply": "x"}', "no id"),
        (b'{"id": "a"}', "no reply"),
        (b'{"id": true, "reply": "x"}', "id is neither text nor a whole number"),
        (b'{"id": "a", "reply": 7}', "reply is not text"),
        (b'{"id": "a", "reply": "x", "client": ["x"]}', "client is not text"),
        (b'{"id": "a", "reply": "x", "rupture": "weather"}', "rupture is none of withdrawal,"),
        (b'{"id": "a", "reply": "x\\ud83d"}', "a lone surrogate at character 1"),
        (b'{"id": "\\udc00", "reply": "x"}', "id is not valid Unicode"),
        (line(id="a", reply="x" * (MAX_CODED + 1)), "reply has 20,001 characters"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_next_is_read(bad: bytes, why: str) -> None:
    lines = io.BytesIO(line(id=1, reply="x") + bad.strip() + b"\n" + line(id=3, reply="y"))
    first, refused, third = read_requests(lines)
    assert isinstance(first, Request)
    assert isinstance(refused, Refusal)
    assert isinstance(third, Request)
    assert (first.id, refused.line, third.id, third.line) == (1, 2, 3, 3)
    assert why in refused.why


def test_byte_order_mark_windows_line_ends_and_empty_lines_are_nothing_special() -> None:
    lines = io.BytesIO(b'\xef\xbb\xbf{"id": 1, "reply": "a"}\r\n\r\n  \r\n{"id": 2, "reply": ""}')
    first, second = read_requests(lines)
    assert first == Request(line=1, id=1, reply="a", context=Context())
    assert second == Request(line=4, id=2, reply="", context=Context())


def test_the_context_is_read_and_other_keys_are_passed_over() -> None:
    around = {"before": "b", "client": "c", "setting": "s", "strained": "tasks"}
    (request,) = read_requests(
        [line(id="a", reply="r", **around, rupture="mixed", group="A", moves={"own": 9})]
    )
    assert isinstance(request, Request)
    assert request.context == Context(**around, rupture=Rupture.MIXED)


# code --in


def test_code_writes_what_the_format_says_with_true_offsets(tmp_path: Path) -> None:
    reply = "🙂\u202e\x00 " + OWNS
    (tmp_path / "in.jsonl").write_bytes(line(id="ü", reply=reply, note="ignored"))
    out = tmp_path / "out.jsonl"
    result = run("code", "--in", str(tmp_path / "in.jsonl"), "--out", str(out))
    assert (result.exit_code, result.output) == (0, "")
    (row,) = rows(out.read_text(encoding="utf-8"))
    assert '"ü"' in out.read_text(encoding="utf-8")
    assert list(row) == ["id", "moves", "missteps", "evidence", "near_misses"]
    assert row["moves"]["own"] == 2
    for code, found in row["evidence"].items():
        assert code in CODES
        for evidence in found:
            assert list(evidence) == ["start", "end", "text", "rule", "level"]
            assert reply[evidence["start"] : evidence["end"]] == evidence["text"] != ""
    for miss in row["near_misses"]:
        assert list(miss) == ["code", "start", "end", "rule", "why"]


def test_standard_streams_bad_lines_and_exit_code() -> None:
    result = run("code", "--in", "-", stdin=line(id=1, reply="x") + b"?\n" + line(id=3, reply=""))
    assert result.exit_code == 1
    assert [row["id"] for row in rows(result.stdout)] == [1, 3]
    assert result.stderr.splitlines() == ["line 2: not JSON", "1 line was not coded."]


def test_no_input_gives_no_output() -> None:
    result = run("code", "--in", "-", stdin=b"")
    assert (result.exit_code, result.output) == (0, "")


def test_many_replies_are_coded_by_several_processes_in_order(content: Library) -> None:
    texts = [OWNS, "I hear you, but you agreed to this.", "", "How is this way of working for you?"]
    items: list[pool.Item] = [
        Request(line=n, id=n, reply=f"{texts[n % 4]} {n}", context=Context()) for n in range(1_010)
    ]
    items[700] = Refusal(line=700, why="not JSON")
    alone = list(pool.outcomes(content.bank, items, processes=1))
    together = list(pool.outcomes(content.bank, iter(items), processes=2))
    assert together == alone
    assert together[700] == Refusal(line=700, why="not JSON")
    assert [json.loads(o)["id"] for o in together if isinstance(o, str)][:3] == [0, 1, 2]


@pytest.mark.parametrize(
    "arguments",
    [
        ["code"],
        ["code", "--in", "-", "--text", "x"],
        ["code", "--in", "-", "--client", "x"],
        ["code", "--in", "no-such-file"],
        ["code", "--text", "x", "--rupture", "weather"],
        ["check", "no-such-folder"],
        ["replay", "no-such-file"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_ends_with_two_and_no_traceback(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert isinstance(result.exception, SystemExit)
    assert "Error:" in result.stderr


# Writing


def test_a_file_is_replaced_whole_and_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")
    with files.written(str(target)) as out:
        out.write(b"new")
        assert target.read_text() == "old"
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_survives_what_goes_wrong_while_it_is_written(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old")

    def interrupted() -> None:
        with files.written(str(target)) as out:
            out.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.skipif(os.name != "posix", reason="there is no /dev/null")
def test_a_device_is_written_to_and_not_replaced() -> None:
    result = run("code", "--in", "-", "--out", os.devnull, stdin=line(id=1, reply="x"))
    assert (result.exit_code, result.output) == (0, "")
    assert not Path(os.devnull).is_file()


def test_a_place_that_cannot_be_written_is_told_without_a_traceback(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "out.jsonl"
    result = run("code", "--in", "-", "--out", str(out), stdin=line(id=1, reply="x"))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: ")
    assert "No such file or directory" in result.stderr


# code --text


def test_one_reply_is_shown_marked_for_a_person() -> None:
    result = run("code", "--text", OWNS, "--client", "You never listen.")
    assert result.exit_code == 0
    first, *rest = result.output.splitlines()
    assert "[own 2: I rushed past" in first
    assert any(line.split()[:2] == ["own", "2"] for line in rest)
    assert any("own.hurried" in line or "  own." in line for line in rest)


@pytest.mark.parametrize("kind", [*Rupture])
def test_the_kind_of_strain_is_said_in_the_words_of_the_codebook(kind: Rupture) -> None:
    result = CliRunner().invoke(cli.main, ["code", "--text", "Mm-hm.", "--rupture", kind.value])
    assert result.exit_code == 0, result.output


def test_a_reply_without_words_has_nothing_in_it() -> None:
    assert "No move and no misstep found." in run("code", "--text", " ").output


def test_a_reply_that_is_too_long_is_refused() -> None:
    result = run("code", "--text", "x" * (MAX_CODED + 1))
    assert result.exit_code == ReplyError.exit_code == 1
    assert result.stderr == "Error: the reply has 20,001 characters; at most 20,000 are coded\n"


def test_terminal_commands_in_a_reply_are_shown_and_not_sent() -> None:
    output = run("code", "--text", "a\x1b]0;title\x07b").output
    assert "a\\x1b]0;title\\x07b" in output
    assert "\x1b" not in output


# check, settings, the process


def test_check_names_every_problem_and_ends_with_one(tmp_path: Path) -> None:
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    *problems, summary = result.output.splitlines()
    assert len(problems) > 5
    assert all(tmp_path.as_posix() in problem for problem in problems)
    assert summary.startswith("0 rules, 0 scenarios, 0 demonstrations: ")


def test_content_that_cannot_be_used_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_DATA", str(tmp_path))
    result = run("code", "--text", "x")
    assert result.exit_code == 1
    assert "missing-file" in result.stderr


def test_a_setting_that_makes_no_sense_ends_with_its_own_code(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TUTOR_DATA", "no-such-folder")
    result = run("check")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: TUTOR_DATA is 'no-such-folder'")


def test_any_error_of_the_product_ends_with_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    class OddError(TutorError):
        exit_code = 7

    def fail() -> None:
        raise OddError("Something is odd.")

    monkeypatch.setattr(cli.settings, "from_environment", fail)
    result = run("check")
    assert (result.exit_code, result.stderr) == (7, "Error: Something is odd.\n")


def test_the_module_runs_as_a_program() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tutor", "code", "--in", "-"],
        input=line(id="é", reply="x"),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.decode("utf-8"))["id"] == "é"
    assert done.stderr == b""


def test_a_backup_is_restored_into_another_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(name: str) -> None:
        url = f"sqlite:///{(tmp_path / name).as_posix()}"
        monkeypatch.setenv("TUTOR_DATABASE_URL", url)

    at("first.db")
    kept = str(tmp_path / "kept.zip")
    made = CliRunner().invoke(cli.main, ["backup", kept])
    assert made.exit_code == 0, made.output
    again = CliRunner().invoke(cli.main, ["backup", kept])
    assert again.exit_code == 2
    assert "is there already" in again.output
    at("second.db")
    restored = CliRunner().invoke(cli.main, ["restore", kept])
    assert restored.exit_code == 0, restored.output
    assert "rows restored" in restored.output
    (tmp_path / "kept.zip").write_text("Dear diary")
    refused = CliRunner().invoke(cli.main, ["restore", kept])
    assert refused.exit_code == 1
    assert "is no backup of the tutor" in refused.output
