"""Text files, read within bounds."""

import stat
from pathlib import Path

from tutor.domain.problems import Problem

#: The largest file that is read, in bytes.
MAX_BYTES = 4_000_000


class Refused(Exception):
    """A file that is not read any further, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_text(path: Path, file: str) -> str:
    """The text of the file at `path`, of at most `MAX_BYTES`; `file` is what problems call it.

    Raises:
        Refused: there is no such file, it is no file, too large, or not UTF-8.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise Refused(whole_file(file, "unreadable", "not a file"))
        if status.st_size > MAX_BYTES:
            raise _too_large(file, f"{status.st_size:,} bytes")
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Refused(whole_file(file, "missing-file", "there is no such file")) from None
    except OSError as error:
        raise Refused(whole_file(file, "unreadable", error.strerror or "no reason given")) from None
    if len(raw) > MAX_BYTES:
        raise _too_large(file, "it grew while it was read")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{raw[error.start]:02x}"
        raise Refused(
            Problem(file=file, line=line, code="not-utf8", path="", found=found, allowed="UTF-8")
        ) from None


def whole_file(file: str, code: str, found: str, allowed: str = "") -> Problem:
    """A problem of a file as a whole, at no line."""
    return Problem(file=file, line=0, code=code, path="", found=found, allowed=allowed)


def _too_large(file: str, found: str) -> Refused:
    return Refused(whole_file(file, "too-large", found, f"at most {MAX_BYTES:,} bytes"))
