"""The weights: two tables of cues and one YAML file, read into domain types.

A table is CSV: a heading `cue,notice,name,...` with every code, then one cue a line with whole
numbers, an empty cell standing for 0.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from tutor.domain.problems import Problem
from tutor.domain.vocabulary import CODES
from tutor.domain.weights import Row

HEADING = ",".join(["cue", *(code.value for code in CODES)])

#: What follows the cue in a line.
ROW = re.compile(",".join([r"(?:-?[0-9]+)?"] * len(CODES)))

#: Rows that are kept once they were read: those of cues that are common in replies.
KEPT_ROWS = 20_000


class Table(Mapping[str, Row]):
    """The rows of a table by cue, each read when it is asked for: of most nobody ever asks."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def __getitem__(self, cue: str) -> Row:
        return _row(self._cells[cue])

    def __contains__(self, cue: object) -> bool:
        return cue in self._cells

    def __iter__(self) -> Iterator[str]:
        return iter(self._cells)

    def __len__(self) -> int:
        return len(self._cells)


def table(text: str, file: str) -> tuple[Table, tuple[Problem, ...]]:
    """The weights of each cue in a CSV table, and the first problem met; empty where there is one.

    `file` is what the problem calls it.
    """
    cells: dict[str, str] = {}
    heading, *lines = text.splitlines() or [""]
    if heading != HEADING:
        return Table({}), (_problem(file, 1, "bad-value", heading[:60], HEADING),)
    for number, line in enumerate(lines, start=2):
        cue, _, row = line.partition(",")
        if cue in cells:
            return Table({}), (_problem(file, number, "duplicate-key", repr(cue), "each cue once"),)
        if not ROW.fullmatch(row):
            allowed = f"a cue and {len(CODES)} whole numbers or empty cells"
            return Table({}), (_problem(file, number, "bad-value", line[:60], allowed),)
        cells[cue] = row
    return Table(cells), ()


@lru_cache(maxsize=KEPT_ROWS)
def _row(cells: str) -> Row:
    return tuple(int(cell) if cell else 0 for cell in cells.split(","))


def families(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a file of word families with the name of its family, the first of its line."""
    for line in text.splitlines():
        words = [] if line.startswith("#") else line.split()
        for word in words:
            yield word, words[0]


def _problem(file: str, line: int, code: str, found: str, allowed: str) -> Problem:
    return Problem(file=file, line=line, code=code, path="", found=found, allowed=allowed)
