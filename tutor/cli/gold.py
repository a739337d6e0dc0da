"""Coded replies to compare the coder with: what raters agreed to be there, and what not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tutor.cli.jsonl import Refusal, Request, read_requests
from tutor.domain.vocabulary import CODES, Code
from tutor.errors import TutorError


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A reply with the codes that its raters gave it; on those in `contested` they differed."""

    request: Request
    present: frozenset[Code]
    contested: frozenset[Code]


def read_gold(file: Path) -> tuple[Gold, ...]:
    """The coded replies of a JSON Lines file.

    Raises:
        TutorError: the file cannot be read as one, or holds no reply; the message says where.
    """
    try:
        lines = file.read_bytes().split(b"\n")
    except FileNotFoundError:
        raise TutorError(f"There is no file {file}.") from None
    gold = tuple(_golds(file, lines))
    if not gold:
        raise TutorError(f"There are no coded replies in {file}.")
    return gold


def _golds(file: Path, lines: list[bytes]) -> Iterator[Gold]:
    for request in read_requests(lines):
        if isinstance(request, Refusal):
            raise TutorError(f"{file}, {request}")
        row = json.loads(lines[request.line - 1].decode("utf-8-sig"))
        moves, missteps, contested = (row.get(k) for k in ("moves", "missteps", "contested"))
        if not (
            isinstance(moves, dict)
            and isinstance(missteps, list)
            and isinstance(contested or [], list)
        ):
            raise TutorError(f"{file}, line {request.line}: no moves and missteps that were coded")
        yield Gold(
            request=request,
            present=_codes([move for move, level in moves.items() if level] + missteps),
            contested=_codes(contested or []),
        )


def _codes(names: list[object]) -> frozenset[Code]:
    """The codes of those names; a name that is none ("own:level") stands for no cell."""
    return frozenset(code for code in CODES if code.value in names)
