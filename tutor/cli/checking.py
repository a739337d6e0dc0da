"""The content check, with the coder that it needs."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tutor.coding.coder import Coder
from tutor.coding.compiler import Compiler, slots_of
from tutor.coding.lexicon import Slots
from tutor.content.checks import check
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
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    rules, scenarios = len(loaded.library.bank.rules), len(loaded.library.scenarios)
    return Checked(
        problems=problems,
        summary=f"{rules} rules, {scenarios} scenarios: {errors} errors, "
        f"{len(problems) - errors} warnings.",
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
