"""Rows as CSV, for a spreadsheet."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

#: A spreadsheet would take a cell that begins with one of these for a formula.
FORMULA = "-=+@"
#: Where a cell may begin: in some countries a semicolon parts them, and quotes hold nothing.
_BEGINS = re.compile(rf"^(?=[{FORMULA}\t\r])|(?<=[;\t\r\n])(?=[{FORMULA}])")


def as_csv(rows: Sequence[Mapping[str, str | int]], *, empty: str = "attempt") -> str:
    r"""The rows as CSV with a header; what a spreadsheet would run gets a quote in front.

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
    return _BEGINS.sub("'", value) if isinstance(value, str) else value
