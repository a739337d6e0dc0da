"""What the content folder holds, with what it takes to say where."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tutor.content.source import Source, parse
from tutor.domain.demo import Demo
from tutor.domain.library import Library
from tutor.domain.problems import Problem, Severity
from tutor.domain.rules import Lexicon, RuleFile
from tutor.domain.scenario import Scenario


class Lines:
    """Where things are in files already read.

    A map of all lines takes several times the memory of the content itself and is asked for only
    where there is something to tell, so that it is made, file by file, when it is.
    """

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._sources: dict[str, Source] = {}

    def __contains__(self, file: str) -> bool:
        return file in self._texts

    def of(self, file: str, path: str) -> int:
        """The line (1-based) of `path` in `file`, or of what is nearest around it; 0 if unknown."""
        if file not in self._texts:
            return 0
        if file not in self._sources:
            self._sources[file] = parse(self._texts[file], file)
        return self._sources[file].line(path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """All content that could be read, each piece with its file, and every problem with the rest.

    `library` is what was usable: without the rules, the rubric or the scenarios that have problems.
    `blocking` are the problems that leave no library to work with: a scenario's are not among them
    as long as another one is sound, and an exercise's never.
    """

    data: Path
    library: Library
    problems: tuple[Problem, ...]
    blocking: tuple[Problem, ...]
    lines: Lines
    rule_files: tuple[tuple[str, RuleFile], ...]
    lexica: tuple[tuple[str, Lexicon], ...]
    scenarios: tuple[tuple[str, Scenario], ...]
    demos: tuple[tuple[str, Demo], ...] = ()

    def file(self, name: str) -> str:
        """What problems call the file `name` of the content folder."""
        return shown(self.data, name)

    def line_of(self, file: str, path: str) -> int:
        """The line (1-based) of `path` in `file`, or of what is nearest around it; 0 if unknown."""
        return self.lines.of(file, path)

    def where(self, file: str, path: str) -> str:
        """File and line of `path`, as in a problem."""
        return f"{file}:{self.line_of(file, path)}"

    def problem(
        self,
        file: str,
        path: str,
        code: str,
        found: str,
        *,
        allowed: str = "",
        suggestion: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """A problem at `path` of `file`, with its line."""
        return Problem(
            file=file,
            line=self.line_of(file, path),
            code=code,
            path=path,
            found=found,
            allowed=allowed,
            suggestion=suggestion,
            severity=severity,
        )


def shown(data: Path, name: str) -> str:
    """How a file of the content folder is named: from the working directory where it lies in it.

    >>> shown(Path("elsewhere"), "rubric.yaml")
    'elsewhere/rubric.yaml'
    """
    path = data / name
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()
