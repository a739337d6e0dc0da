"""`serve` refuses to open what should stay closed, before anything listens."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli import main, serving

LOGIN = f'[auth]\nclient_id = "tutor"\ncookie_secret = "{"s" * 48}"\n'


@pytest.fixture
def started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The command line that would have been run; no home and no folder with secrets."""
    seen: list[str] = []
    monkeypatch.setattr(serving.runpy, "run_module", lambda *_, **__: seen.extend(serving.sys.argv))
    monkeypatch.setattr(serving.settings, "ROOT", tmp_path / "tutor")
    monkeypatch.setattr(serving.sys, "argv", [])
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("TUTOR_ACCESS", raising=False)
    monkeypatch.chdir(tmp_path)
    return seen


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "tutor.example.edu"])
def test_a_public_address_is_refused_in_plain_words(started: list[str], host: str) -> None:
    done = CliRunner().invoke(main, ["serve", "--host", host])
    assert done.exit_code == 2
    assert "set up a login in secrets.toml, or set TUTOR_ACCESS=open" in done.output
    assert started == []


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_its_own_address_needs_nothing(started: list[str], host: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["serve", "--host", host, "--port", "8600"]).exit_code == 0
    app = str(tmp_path / "tutor" / "app.py")
    address = [f"--server.address={host}", "--server.port=8600"]
    assert started == ["streamlit", "run", app, *address]


@pytest.mark.parametrize("folder", ["home", ".", "tutor"])
def test_a_login_opens_a_public_address(started: list[str], folder: str, tmp_path: Path) -> None:
    secrets = tmp_path / folder / ".streamlit" / "secrets.toml"
    secrets.parent.mkdir(parents=True)
    secrets.write_text(LOGIN, encoding="utf-8")
    assert CliRunner().invoke(main, ["serve", "--host", "0.0.0.0"]).exit_code == 0
    assert "--server.address=0.0.0.0" in started


def test_a_file_of_secrets_elsewhere_is_read_and_handed_on(
    started: list[str], tmp_path: Path
) -> None:
    secrets = tmp_path / "elsewhere.toml"
    secrets.write_text("[roles]\n", encoding="utf-8")
    command = ["serve", "--host", "0.0.0.0", "--secrets", str(secrets)]
    assert CliRunner().invoke(main, command).exit_code == 2
    secrets.write_text(LOGIN, encoding="utf-8")
    assert CliRunner().invoke(main, command).exit_code == 0
    assert f"--secrets.files={secrets}" in started


def test_open_to_everybody_opens_a_public_address(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_ACCESS", "open")
    assert CliRunner().invoke(main, ["serve", "--host", "0.0.0.0"]).exit_code == 0
    monkeypatch.setenv("TUTOR_ACCESS", "yes")
    assert CliRunner().invoke(main, ["serve", "--host", "0.0.0.0"]).exit_code == 2


def test_a_secret_that_is_not_filled_in_opens_nothing(started: list[str], tmp_path: Path) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_text(LOGIN.replace("s" * 48, ""), encoding="utf-8")
    done = CliRunner().invoke(main, ["serve", "--secrets", str(secrets)])
    assert done.exit_code == 2
    assert "cookie_secret" in done.output
    assert started == []


@pytest.mark.parametrize("content", [b"[auth\n", b"\xff\xfe"])
def test_secrets_that_cannot_be_read_open_nothing(
    started: list[str], tmp_path: Path, content: bytes
) -> None:
    secrets = tmp_path / "secrets.toml"
    secrets.write_bytes(content)
    done = CliRunner().invoke(main, ["serve", "--secrets", str(secrets)])
    assert done.exit_code == 2
    assert "it is not TOML" in done.output
    assert started == []
