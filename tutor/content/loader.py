"""The content folder, read and validated into domain types.

rules/<code>.yaml                   every rule of one code
lexicon/*.yaml                      word lists, merged
lexicon/spelling.yaml               misspellings that are always corrected
lexicon/common_words.txt            words that never are
modifiers.yaml, rubric.yaml
agreement.yaml, trust.yaml          how far the coder can be trusted; both may be missing
scenarios/<rupture>/<id>.yaml       one scenario each
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar

from tutor.content.checks_rubric import lacks_of
from tutor.content.files import Refused, read_text, whole_file
from tutor.content.loaded import Lines, Loaded, shown
from tutor.content.source import Source, read
from tutor.content.validate import validate
from tutor.domain.library import Library
from tutor.domain.problems import Problem
from tutor.domain.rubric import Rubric
from tutor.domain.rules import STRICT, Bank, Lexicon, ModifierFile, RuleFile, Spelling
from tutor.domain.scenario import Scenario
from tutor.domain.trust import Agreement, Trust
from tutor.domain.vocabulary import CODES, Rupture
from tutor.errors import ContentError

T = TypeVar("T")

SCHEMA_VERSION = 1
RULES = "rules"
LEXICON = "lexicon"
SCENARIOS = "scenarios"
MODIFIERS = "modifiers.yaml"
RUBRIC = "rubric.yaml"
AGREEMENT = "agreement.yaml"
TRUST = "trust.yaml"
SPELLING = "spelling.yaml"
COMMON_WORDS = "common_words.txt"

NO_RUBRIC = Rubric(
    schema_version=SCHEMA_VERSION, criteria=(), cautions=(), headlines=(), when_all_is_there=""
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpellingFile:
    """`data/lexicon/spelling.yaml`: what is written, and what is meant."""

    __pydantic_config__: ClassVar = STRICT

    schema_version: int
    variants: dict[str, str]


def library(data: Path) -> Library:
    """The content of the folder `data`, without the scenarios that have problems.

    Raises:
        ContentError: the rule bank, the rubric or the folder itself has problems; it carries all.
    """
    loaded = load(data)
    if loaded.blocking:
        raise ContentError(loaded.problems)
    return loaded.library


def load(data: Path) -> Loaded:
    """Read everything in the folder `data` and collect every problem; nothing is raised."""
    reading = _Reading(data)
    rule_files = tuple(reading.rule_files())
    lexica, spelling = tuple(reading.lexica()), reading.spelling()
    modifiers = reading.one(MODIFIERS, ModifierFile)
    rubric = reading.rubric()
    agreement, trust = reading.optional(AGREEMENT, Agreement), reading.optional(TRUST, Trust)
    scenarios = tuple(reading.scenarios())
    problems = tuple(sorted(reading.problems))
    spared = shown(data, SCENARIOS) + "/" if scenarios else None
    bank = Bank(
        files=tuple(sorted((f for _, f in rule_files), key=lambda f: CODES.index(f.code))),
        modifiers=modifiers.modifiers if modifiers else (),
        lexicon=_merged(lexicon for _, lexicon in lexica),
        spelling=spelling,
        version=reading.version,
    )
    return Loaded(
        data=data,
        library=Library(
            bank=bank,
            rubric=rubric or NO_RUBRIC,
            scenarios=tuple(sorted((s for _, s in scenarios), key=_place)),
            agreement=agreement,
            trust=trust,
        ),
        problems=problems,
        blocking=tuple(p for p in problems if not (spared and p.file.startswith(spared))),
        lines=reading.lines,
        rule_files=rule_files,
        lexica=lexica,
        scenarios=scenarios,
    )


@dataclass(slots=True)
class _Reading:
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
        """Ten signs that stand for every word of the rules, the lists and the modifiers."""
        parts = tuple(shown(self.data, part) for part in (RULES, LEXICON, MODIFIERS))
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
        file = shown(self.data, f"{LEXICON}/{COMMON_WORDS}")
        try:
            lines = read_text(self.data / LEXICON / COMMON_WORDS, file).splitlines()
        except Refused as refused:
            self.problems.append(refused.problem)
            lines = []
        words = frozenset(line for line in lines if line.isalpha() and line.islower())
        for number, line in enumerate(lines, start=1):
            if line not in words and line and not line.startswith("#"):
                self.problems.append(_no_word(file, number, line))
                break
        return Spelling(common=words, variants=found.variants if found else {})

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


def _merged(lexica: Iterable[Lexicon]) -> Lexicon:
    lists: dict[str, tuple[str, ...]] = {}
    verbs: dict[str, tuple[str, ...]] = {}
    for lexicon in lexica:
        lists |= lexicon.lists
        verbs |= lexicon.verbs
    return Lexicon(schema_version=SCHEMA_VERSION, lists=lists, verbs=verbs)


def _place(scenario: Scenario) -> tuple[int, int, str]:
    return list(Rupture).index(scenario.rupture), scenario.difficulty, scenario.id


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
