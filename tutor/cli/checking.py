"""The content check, with the coder that it needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tutor import demonstrate
from tutor.coding.coder import Coder
from tutor.coding.compiler import Compiler, slots_of
from tutor.coding.lexicon import Slots
from tutor.content.checks import check
from tutor.content.checks_bank import Code
from tutor.content.loaded import Loaded
from tutor.content.loader import load
from tutor.domain.coding import Coding, Context
from tutor.domain.problems import Problem, Severity
from tutor.domain.rules import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Every problem of a content folder, and what was looked at, in a line."""

    problems: tuple[Problem, ...]
    summary: str


def problems_in(data: Path) -> Checked:
    """Check everything in the folder `data`; nothing is raised for what is wrong with it."""
    loaded = load(data)

    @cache
    def coder() -> Coder:
        return Coder(loaded.library.bank)

    def code(reply: str, context: Context) -> Coding:
        return coder().code(reply, context)

    problems = check(loaded, code, _references)
    if not loaded.blocking:
        problems = tuple(sorted({*problems, *_demos(loaded, code)}))
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    rules, scenarios = len(loaded.library.bank.rules), len(loaded.library.scenarios)
    demos = len(loaded.library.demos)
    return Checked(
        problems=problems,
        summary=f"{rules} rules, {scenarios} scenarios, {demos} demonstrations: {errors} errors, "
        f"{len(problems) - errors} warnings.",
    )


def _demos(loaded: Loaded, code: Code) -> Iterator[Problem]:
    """Whether every demonstration can be played, and is coded as its author says."""
    for file, demo in loaded.demos:
        for found in demonstrate.mismatches(loaded.library, code, demo):
            yield loaded.problem(
                file, found.path, "demo-mismatch", found.found, allowed=found.allowed
            )


class _AnyList(Slots):
    """Lists of which every one exists: whether a pattern can be read does not hang on them."""

    def wordings(self, slot: str, above: tuple[str, ...] = ()) -> tuple[tuple[str, ...], ...]:
        return ((slot,),)


_compiler = Compiler(_AnyList(Lexicon(schema_version=1, lists={}, verbs={})))


def _references(pattern: str) -> tuple[str, ...]:
    """The lists that a pattern names.

    Raises:
        ValueError: it cannot be read.
    """
    _compiler.compile(pattern)
    return slots_of(pattern)
