"""`serve`: the tutor for browsers, as a server that others may reach is started."""

import runpy
import sys
import tomllib
from pathlib import Path

import click

from tutor import settings
from tutor.access import access_of, has_accounts
from tutor.errors import AccessError, SettingsError

#: Where Streamlit looks for secrets, in the home, the present, and the tutor's own folder.
SECRETS = Path(".streamlit") / "secrets.toml"


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=8501, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--secrets",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The logins and roles, a .toml file.  [default: .streamlit/secrets.toml]",
)
def serve(host: str, port: int, secrets: Path | None) -> None:
    """Serve the tutor to browsers, in one process, until it is told to stop.

    At an address that others can reach, only with a login or with TUTOR_ACCESS=open; else it ends
    with 2. No request is logged.
    """
    refuse_where_all_would_be_open(host, secrets)
    options = {"server.address": host, "server.port": port}
    if secrets:
        options["secrets.files"] = str(secrets.resolve())
    given = [f"--{name}={value}" for name, value in options.items()]
    # Streamlit takes its settings from beside the script, and the loop that is fast where it is.
    sys.argv = ["streamlit", "run", str(settings.ROOT / "app.py"), *given]
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)


def refuse_where_all_would_be_open(host: str, secrets: Path | None) -> None:
    """Nothing, where a server at that address lets in only whom it should.

    Raises:
        SettingsError: others could reach it, and nothing says that they may; or a file of secrets
            cannot be read.
    """
    folders = (Path.home(), Path.cwd(), settings.ROOT)
    files = [secrets] if secrets else [folder / SECRETS for folder in folders]
    try:
        access_of(
            accounts=any(has_login(file) for file in files if file.is_file()),
            everybody=settings.open_to_everybody(),
            address=host,
            asked="localhost",
        )
    except AccessError as error:
        raise SettingsError(str(error)) from error


def has_login(file: Path) -> bool:
    """Whether a login is set up in that file of secrets.

    Raises:
        SettingsError: it is no TOML, or anybody could sign the cookie of its login.
    """
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingsError(f"{file} cannot be read: it is not TOML.") from None
    auth = read.get("auth", {})
    return has_accounts(auth if isinstance(auth, dict) else {})
