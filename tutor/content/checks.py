"""Checks that need more than one place of the content at once.

What a single file can get wrong by itself, `tutor.content.loader` has told already.
"""

from collections.abc import Iterable
from itertools import chain

from tutor.content.checks_bank import Code, References, check_bank, check_examples
from tutor.content.checks_graph import check_graph
from tutor.content.checks_scenarios import check_between, check_replies, check_scenario
from tutor.content.loaded import Loaded
from tutor.content.reading import LEXICON, MODIFIERS, RULES
from tutor.domain.problems import Problem, Severity
from tutor.errors import ContentError

#: Problems with which no coder can be made from the bank.
UNUSABLE = frozenset({"bad-pattern", "unknown-list", "list-cycle"})


def check(loaded: Loaded, code: Code, references: References) -> tuple[Problem, ...]:
    """Every problem of the content: those of loading and those across files, by file and line.

    Args:
        loaded: what `load` made of the content folder.
        code: the coder made of `loaded.library.bank`. It is called only when the patterns can be
            read and the bank was loaded whole, so that it may be made at the first call; a
            ContentError from it is told with the others.
        references: the names of the lists that a token pattern refers to; it raises ValueError,
            with a message, for a pattern that cannot be read.

    Returns:
        Errors and warnings; empty where all is well.
    """
    problems = list(loaded.problems)
    problems += check_bank(loaded, references)
    for file, scenario in loaded.scenarios:
        problems += check_scenario(loaded, file, scenario)
        problems += check_graph(loaded, file, scenario)
    problems += check_between(loaded)
    problems += _check_coding(loaded, code, problems)
    return tuple(sorted(set(problems)))


def _check_coding(loaded: Loaded, code: Code, so_far: list[Problem]) -> Iterable[Problem]:
    """Whether the coder reads every example and every annotated reply as its author does."""
    folder = loaded.file(RULES)
    bank = (f"{folder}/", loaded.file(LEXICON) + "/", loaded.file(MODIFIERS))
    if any(p.file.startswith(bank) for p in loaded.blocking) or any(
        p.code in UNUSABLE for p in so_far
    ):
        found = "no example and no annotated reply was coded: the rule bank has to be mended first"
        return [loaded.problem(folder, "", "not-coded", found, severity=Severity.WARNING)]
    replies = (check_replies(loaded, file, scenario, code) for file, scenario in loaded.scenarios)
    try:
        return list(chain(check_examples(loaded, code), *replies))
    except ContentError as error:
        return error.problems
