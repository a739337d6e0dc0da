"""Where things are. Read once from the environment; every limit that a user meets is here."""

import os
from dataclasses import dataclass
from pathlib import Path

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
