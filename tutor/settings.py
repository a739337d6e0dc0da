"""Where things are. Read once from the environment; every limit that a user meets is here."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.domain.access import Roles, mailbox
from tutor.errors import SettingsError

#: The longest reply that a learner can send, in characters.
MAX_REPLY = 2_000
#: The longest reason for seeing a code differently, in characters.
MAX_WHY = 500
#: The longest name of a class or title of an assignment, in characters.
MAX_NAME = 100
#: The longest comment of a supervisor, or note of a learner, in characters.
MAX_COMMENT = 4_000
#: The largest transcript that is taken, in bytes.
MAX_TRANSCRIPT = 1024 * 1024
#: The most lines of a transcript, and the longest of them, in characters.
MAX_LINES, MAX_LINE = 500, 20_000
#: The longest reply that the coder takes from a file, in characters.
MAX_CODED = 20_000

ROOT = Path(__file__).resolve().parent.parent
#: The folder for what a run leaves behind.
OWN = ROOT / ".tutor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`data` is the content folder, `database_url` an SQLAlchemy address of the store.

    `kept` is the file in which content is kept once it has been read; None where it is not.
    """

    data: Path
    database_url: str
    kept: Path | None = None


def from_environment() -> Settings:
    """The settings of this process.

    `TUTOR_DATA` names another content folder, `TUTOR_DATABASE_URL` another database; without them
    the content beside the code and one SQLite file, `.tutor/tutor.db`, are used.

    Raises:
        SettingsError: the content folder does not exist.
    """
    data = Path(os.environ.get("TUTOR_DATA") or ROOT / "data")
    if not data.is_dir():
        raise SettingsError(f"TUTOR_DATA is {str(data)!r}, which is not a folder.")
    default = f"sqlite:///{(OWN / 'tutor.db').as_posix()}"
    return Settings(
        data=data,
        database_url=os.environ.get("TUTOR_DATABASE_URL") or default,
        kept=OWN / "content.pickle",
    )


def open_to_everybody() -> bool:
    """Whether anybody may practice without an account: `TUTOR_ACCESS=open`.

    Raises:
        SettingsError: the variable says something else, which would be a mistake to guess at.
    """
    said = os.environ.get("TUTOR_ACCESS", "")
    if said not in ("", "open"):
        raise SettingsError(f"TUTOR_ACCESS is {said!r}; it can be 'open', or not set at all.")
    return said == "open"


def home() -> str:
    """The address under which xAPI statements are made, from `TUTOR_HOME`; empty without one."""
    return os.environ.get("TUTOR_HOME", "")


def hosts() -> frozenset[str]:
    """The names that the server answers to, from `TUTOR_HOSTS`; empty for whatever is right."""
    return frozenset(name.casefold() for name in _listed(os.environ.get("TUTOR_HOSTS", "")))


def roles(section: Mapping[str, object]) -> Roles:
    """Who supervises, as `[roles]` in secrets.toml says, or in its place the environment.

    `TUTOR_SUPERVISORS` and `TUTOR_ROLE_VALUES` are separated by commas.

    Raises:
        SettingsError: something there that is none of it, or that says only half.
    """
    if unknown := set(section) - {"supervisors", "claim", "values"}:
        raise SettingsError(
            f"The section [roles] knows supervisors, claim and values, not {min(unknown)!r}."
        )
    found = Roles(
        supervisors=frozenset(
            mailbox(mail) for mail in _said("TUTOR_SUPERVISORS", section, "supervisors")
        ),
        claim=next(iter(_said("TUTOR_ROLE_CLAIM", section, "claim")), ""),
        values=frozenset(_said("TUTOR_ROLE_VALUES", section, "values")),
    )
    if bool(found.claim) != bool(found.values):
        raise SettingsError("Who supervises by a claim takes both: the claim, and its values.")
    return found


def _said(variable: str, section: Mapping[str, object], key: str) -> tuple[str, ...]:
    said = os.environ.get(variable) or section.get(key, "")
    if isinstance(said, str):
        return _listed(said)
    if isinstance(said, list) and all(isinstance(one, str) for one in said):
        return tuple(one.strip() for one in said)
    raise SettingsError(f"In the section [roles], {key} is neither text nor a list of texts.")


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())
