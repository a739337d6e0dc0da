"""Rows as CSV, for a spreadsheet."""

import csv
import io
from collections.abc import Mapping, Sequence

#: A spreadsheet would take a cell that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[Mapping[str, str | int]], *, empty: str = "attempt") -> str:
    r"""The rows as CSV with a header; a cell that a spreadsheet would run gets a quote in front.

    Without rows, the header is `empty` alone.

    >>> as_csv([{"reply": "=1+1", "own": 2}])
    "reply,own\r\n'=1+1,2\r\n"
    """
    names = list(rows[0]) if rows else [empty]
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    for row in rows:
        writer.writerow({key: _defused(value) for key, value in row.items()})
    return text.getvalue()


def _defused(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
