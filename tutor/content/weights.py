"""The weights: two tables of cues and one YAML file, read into domain types.

A table is CSV: a heading `cue,notice,name,...` with every code, then one cue a line with whole
numbers, an empty cell standing for 0.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from tutor.domain.problems import Problem
from tutor.domain.vocabulary import CODES
from tutor.domain.weights import Row

HEADING = ["cue", *(code.value for code in CODES)]


def table(text: str, file: str) -> tuple[dict[str, Row], tuple[Problem, ...]]:
    """The weights of each cue in a CSV table, and the first problem met; empty where there is one.

    `file` is what the problem calls it.
    """
    rows: dict[str, Row] = {}
    known: dict[str, int] = {"": 0}
    reader = csv.reader(StringIO(text))
    heading = next(reader, [])
    if heading != HEADING:
        return {}, (_problem(file, 1, "bad-value", ",".join(heading)[:60], ",".join(HEADING)),)
    for number, (cue, *cells) in enumerate(filter(None, reader), start=2):
        if cue in rows:
            return {}, (_problem(file, number, "duplicate-key", repr(cue), "each cue once"),)
        try:
            row = tuple(known[cell] if cell in known else _known(known, cell) for cell in cells)
        except ValueError:
            row = ()
        if len(row) != len(CODES):
            allowed = f"a cue and {len(CODES)} whole numbers or empty cells"
            return {}, (_problem(file, number, "bad-value", ",".join([cue, *cells])[:60], allowed),)
        rows[cue] = row
    return rows, ()


def families(text: str) -> Iterator[tuple[str, str]]:
    """Each word of a file of word families with the name of its family, the first of its line."""
    for line in text.splitlines():
        words = [] if line.startswith("#") else line.split()
        for word in words:
            yield word, words[0]


def _known(known: dict[str, int], cell: str) -> int:
    """The number in a cell; equal numbers are one object, for there are many."""
    return known.setdefault(cell, int(cell))


def _problem(file: str, line: int, code: str, found: str, allowed: str) -> Problem:
    return Problem(file=file, line=line, code=code, path="", found=found, allowed=allowed)
