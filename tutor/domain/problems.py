"""A problem in content, told so that its author can mend it."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether the content cannot be used, or only could be better."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """What was found at `file`:`line` (1-based; 0 for the whole file), and what is allowed.

    `code` is a stable name such as ``unknown-key``; `path` the place inside the file, such as
    ``rules[3].level``.
    """

    file: str
    line: int
    code: str
    path: str
    found: str
    allowed: str = ""
    suggestion: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        text = f"{self.file}:{self.line}: {self.severity} {self.code}"
        text += f" at {self.path}: {self.found}" if self.path else f": {self.found}"
        if self.allowed:
            text += f"; allowed: {self.allowed}"
        if self.suggestion:
            text += f"; did you mean {self.suggestion!r}?"
        return text
