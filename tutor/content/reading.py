"""One reading of the content folder, file by file, with every problem met on the way."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from tutor.content.checks_rubric import lacks_of
from tutor.content.files import Refused, read_text, whole_file
from tutor.content.loaded import Lines, shown
from tutor.content.source import Source, read
from tutor.content.validate import validate
from tutor.content.weights import Table, families, table
from tutor.domain.demo import Demo
from tutor.domain.problems import Problem
from tutor.domain.rubric import Rubric
from tutor.domain.rules import Lexicon, RuleFile, Spelling
from tutor.domain.scenario import Scenario
from tutor.domain.strict import STRICT
from tutor.domain.weights import Weights, WeightsFile

T = TypeVar("T")

SCHEMA_VERSION = 1
RULES = "rules"
LEXICON = "lexicon"
SCENARIOS = "scenarios"
DEMOS = "demos"
MODIFIERS = "modifiers.yaml"
RUBRIC = "rubric.yaml"
AGREEMENT = "agreement.yaml"
TRUST = "trust.yaml"
DRILL = "drill.yaml"
QUIZ = "quiz.yaml"
CHECKIN = "checkin.yaml"
SPELLING = "spelling.yaml"
COMMON_WORDS = "common_words.txt"
FAMILIES = "families.txt"
WEIGHTS = "weights"
CODE_WEIGHTS = "codes.yaml"
CUES = ("sentence.csv", "reply.csv")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingFile:
    """`data/lexicon/spelling.yaml`: what is written, and what is meant."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    variants: dict[str, str]


@dataclass(slots=True)
class Reading:
    """One reading of the folder, with the problems met so far."""

    data: Path
    problems: list[Problem] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)

    @property
    def lines(self) -> Lines:
        """Where things are in what has been read."""
        return Lines(self.texts)

    @property
    def version(self) -> str:
        """Ten signs for every word of the rules, lists, modifiers and weights read so far."""
        parts = tuple(shown(self.data, part) for part in (RULES, LEXICON, MODIFIERS, WEIGHTS))
        words = hashlib.sha256()
        for file in sorted(file for file in self.texts if file.startswith(parts)):
            words.update(f"{Path(file).name}\n{self.texts[file]}\n".encode())
        return words.hexdigest()[:10]

    def optional(self, name: str, kind: type[T]) -> T | None:
        """The file `name` as a `kind`, or None if it is not there or has any problem."""
        return self.one(name, kind) if (self.data / name).exists() else None

    def one(self, name: str, kind: type[T]) -> T | None:
        """The file `name` as a `kind`, or None if it has any problem."""
        source = read(self.data / name, shown(self.data, name))
        self.texts[source.file] = source.text
        value, problems = validate(kind, source)
        if isinstance(source.data, dict):
            version = source.data.get("schema_version", SCHEMA_VERSION)
            if isinstance(version, int) and version != SCHEMA_VERSION:
                value = None
                problems = (*problems, _wrong_version(source, version))
        self.problems += problems
        return value

    def rule_files(self) -> Iterable[tuple[str, RuleFile]]:
        """Every usable rule file; its name must be its code."""
        for name in self._names(RULES):
            rules = self.one(name, RuleFile)
            if rules and self._is_named(name, f"{RULES}/{rules.code}.yaml", "code"):
                yield shown(self.data, name), rules

    def lexica(self) -> Iterable[tuple[str, Lexicon]]:
        """Every usable file of word lists; a name may be defined once only."""
        defined: dict[str, str] = {}
        for name in self._names(LEXICON):
            if Path(name).name == SPELLING:
                continue
            lexicon = self.one(name, Lexicon)
            if lexicon is None:
                continue
            file = shown(self.data, name)
            for part, lists in (("lists", lexicon.lists), ("verbs", lexicon.verbs)):
                for key in lists:
                    self._defined_once(defined, key, file, f"{part}.{key}")
            yield file, lexicon

    def spelling(self) -> Spelling:
        """What is known of spelling; empty where it cannot be read."""
        found = self.one(f"{LEXICON}/{SPELLING}", SpellingFile)
        file, text = self._text(f"{LEXICON}/{COMMON_WORDS}")
        lines = text.splitlines()
        words = frozenset(line for line in lines if line.isalpha() and line.islower())
        for number, line in enumerate(lines, start=1):
            if line not in words and line and not line.startswith("#"):
                self.problems.append(_no_word(file, number, line))
                break
        return Spelling(common=words, variants=found.variants if found else {})

    def weights(self) -> Weights | None:
        """What words weigh; None where there is no such folder, or it has any problem."""
        if not (self.data / WEIGHTS).exists():
            return None
        codes = self.one(f"{WEIGHTS}/{CODE_WEIGHTS}", WeightsFile)
        tables: list[Table] = []
        for name in CUES:
            file, text = self._text(f"{WEIGHTS}/{name}")
            self.texts[file] = text
            rows, problems = table(text, file) if text else (Table({}), ())
            self.problems += problems
            tables.append(rows)
        _, words = self._text(f"{LEXICON}/{FAMILIES}")
        if codes is None:
            return None
        sentence, reply = tables
        return Weights(
            rules=codes.rules,
            codes=codes.codes,
            sentence=sentence,
            reply=reply,
            families=dict(families(words)),
        )

    def rubric(self) -> Rubric | None:
        """The rubric; None if it is not whole, since every reply is told by it."""
        rubric = self.one(RUBRIC, Rubric)
        file = shown(self.data, RUBRIC)
        lacks = [
            Problem(
                file=file,
                line=self.lines.of(file, lack.path),
                code=lack.code,
                path=lack.path,
                found=lack.found,
                allowed=lack.allowed,
            )
            for lack in (lacks_of(rubric) if rubric else ())
        ]
        self.problems += lacks
        return None if lacks else rubric

    def scenarios(self) -> Iterable[tuple[str, Scenario]]:
        """Every usable scenario; its file is named for its id, the folder for its rupture."""
        for name in self._names(SCENARIOS, "**/*.yaml"):
            scenario = self.one(name, Scenario)
            if scenario is None:
                continue
            meant = f"{SCENARIOS}/{scenario.rupture}/{scenario.id}.yaml"
            if self._is_named(name, meant, "id"):
                yield shown(self.data, name), scenario

    def demos(self) -> Iterable[tuple[str, Demo]]:
        """Every usable demonstration, its file named for its id; the folder may be missing."""
        if not (self.data / DEMOS).exists():
            return
        for name in self._names(DEMOS):
            demo = self.one(name, Demo)
            if demo and self._is_named(name, f"{DEMOS}/{demo.id}.yaml", "id"):
                yield shown(self.data, name), demo

    def _text(self, name: str) -> tuple[str, str]:
        """What problems call the file `name`, and its text; empty where it cannot be read."""
        file = shown(self.data, name)
        try:
            return file, read_text(self.data / name, file)
        except Refused as refused:
            self.problems.append(refused.problem)
            return file, ""

    def _names(self, folder: str, pattern: str = "*.yaml") -> list[str]:
        """The files of a folder, by name; that there are none is a problem."""
        place = self.data / folder
        names = sorted(p.relative_to(self.data).as_posix() for p in place.glob(pattern))
        if not names:
            missing = f"no {pattern} in it" if place.is_dir() else "there is no such folder"
            self.problems.append(whole_file(shown(self.data, folder), "missing-file", missing))
        for stray in sorted(place.glob(pattern.replace("yaml", "yml"))):
            file = shown(self.data, stray.relative_to(self.data).as_posix())
            self.problems.append(whole_file(file, "file-name", repr(stray.name), "*.yaml"))
        return names

    def _is_named(self, name: str, meant: str, path: str) -> bool:
        if name == meant:
            return True
        file = shown(self.data, name)
        line = self.lines.of(file, path)
        self.problems.append(
            Problem(file=file, line=line, code="file-name", path=path, found=name, allowed=meant)
        )
        return False

    def _defined_once(self, defined: dict[str, str], key: str, file: str, path: str) -> None:
        if key in defined:
            problem = Problem(
                file=file,
                line=self.lines.of(file, path),
                code="duplicate-list",
                path=path,
                found=f"{key!r} again, first in {defined[key]}",
                allowed="each name once",
            )
            self.problems.append(problem)
        defined.setdefault(key, file)


def _wrong_version(source: Source, version: int) -> Problem:
    return Problem(
        file=source.file,
        line=source.line("schema_version"),
        code="schema-version",
        path="schema_version",
        found=str(version),
        allowed=str(SCHEMA_VERSION),
    )


def _no_word(file: str, line: int, found: str) -> Problem:
    return Problem(
        file=file,
        line=line,
        code="bad-value",
        path="",
        found=repr(found[:40]),
        allowed="one word in small letters, or a comment after #",
    )
