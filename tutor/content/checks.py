"""Checks that need more than one place of the content at once.

What a single file can get wrong by itself, `tutor.content.loader` has told already.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from tutor.content.checks_bank import Code, References, check_bank, check_examples
from tutor.content.checks_graph import check_graph
from tutor.content.checks_scenarios import check_between, check_replies, check_scenario
from tutor.content.loaded import Loaded
from tutor.content.loader import LEXICON, MODIFIERS, RUBRIC, RULES
from tutor.domain.problems import Problem, Severity
from tutor.domain.scenario import Condition
from tutor.domain.vocabulary import Misstep, Move

#: Problems with which no coder can be made from the bank.
UNUSABLE = frozenset({"bad-pattern", "unknown-list", "list-cycle"})


def check(loaded: Loaded, code: Code, references: References) -> tuple[Problem, ...]:
    """Every problem of the content: those of loading and those across files, by file and line.

    Args:
        loaded: what `load` made of the content folder.
        code: the coder made of `loaded.library.bank`. It is called only when the patterns can be
            read and the bank was loaded whole, so that it may be made at the first call; a
            ValueError from it is told as a problem of the bank.
        references: the names of the lists that a token pattern refers to; it raises ValueError,
            with a message, for a pattern that cannot be read.

    Returns:
        Errors and warnings; empty where all is well.
    """
    problems = list(loaded.problems)
    problems += check_bank(loaded, references)
    problems += _check_rubric(loaded)
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
    except ValueError as error:
        return [loaded.problem(folder, "", "bad-pattern", str(error))]


def _check_rubric(loaded: Loaded) -> Iterator[Problem]:
    """Every move has one criterion, every misstep one caution, and some headline always holds."""
    file, rubric = loaded.file(RUBRIC), loaded.library.rubric
    if any(problem.file == file for problem in loaded.problems):
        return
    parts = (
        ("criteria", "move", [criterion.move for criterion in rubric.criteria], tuple(Move)),
        ("cautions", "misstep", [c.misstep for c in rubric.cautions], tuple(Misstep)),
    )
    for part, key, given, wanted in parts:
        for missing in (word for word in wanted if word not in given):
            yield loaded.problem(file, part, "missing-criterion", f"none for {missing.value}")
        for number, word in enumerate(given):
            if word in given[:number]:
                path = f"{part}[{number}].{key}"
                yield loaded.problem(file, path, "duplicate-id", f"{word.value} again")
    last = rubric.headlines[-1] if rubric.headlines else None
    if last is None or last.advanced is not None or last.when != Condition():
        path = f"headlines[{len(rubric.headlines) - 1}].when" if last else "headlines"
        allowed = "a last headline with the empty condition {}"
        yield loaded.problem(
            file, path, "no-otherwise", "no headline always holds", allowed=allowed
        )
