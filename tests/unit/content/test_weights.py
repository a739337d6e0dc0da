"""The tables of weights, and what is wrong with them."""

import pytest

from tutor.content.weights import HEADING, families, table
from tutor.domain.vocabulary import CODES

HEAD = HEADING + "\n"
EMPTY = "," * (len(CODES) - 1)


def test_an_empty_cell_stands_for_nothing() -> None:
    rows, problems = table(f"{HEAD}my clock,-12{EMPTY}\n", "t.csv")
    assert problems == ()
    assert rows == {"my clock": (-12, *(0,) * (len(CODES) - 1))}


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("word,own\n", 1, "bad-value"),
        ("", 1, "bad-value"),
        (f"{HEAD}my clock,1.5{EMPTY}\n", 2, "bad-value"),
        (f"{HEAD}my clock,1\n", 2, "bad-value"),
        (f"{HEAD}a,1{EMPTY}\na,2{EMPTY}\n", 3, "duplicate-key"),
    ],
)
def test_a_table_that_cannot_be_used_says_where(text: str, line: int, code: str) -> None:
    rows, problems = table(text, "t.csv")
    assert rows == {}
    assert [(p.file, p.line, p.code) for p in problems] == [("t.csv", line, code)]


def test_a_family_is_named_by_its_first_word() -> None:
    assert dict(families("# words\nran galloped\n\nsat\n")) == {
        "ran": "ran",
        "galloped": "ran",
        "sat": "sat",
    }
