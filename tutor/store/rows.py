"""Domain types to rows, and back again."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from itertools import groupby
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Row

from tutor.domain.attempt import (
    Attempt,
    CodedAttempt,
    CodedTurn,
    Dispute,
    Response,
    Turn,
)
from tutor.domain.coding import Coding
from tutor.domain.exercise import Answer, Exercise
from tutor.domain.vocabulary import CODES, Code, Level, Outcome, code_of
from tutor.errors import StoreError

_CODING = TypeAdapter(Coding)
_RESPONSE = TypeAdapter(Response)


class UnreadableAttempt(StoreError):
    """An attempt is there, but this version of the tutor cannot make sense of it."""


def attempt_row(attempt: Attempt) -> dict[str, Any]:
    """The attempt without its turns."""
    return {
        "id": attempt.id,
        "learner": attempt.learner,
        "scenario": attempt.scenario,
        "seed": attempt.seed,
        "opening": attempt.opening,
        "started_at": attempt.started_at,
        "finished_at": attempt.finished_at,
        "outcome": attempt.outcome and attempt.outcome.value,
        "revision": attempt.revision,
    }


def turn_row(attempt_id: str, turn: Turn) -> dict[str, Any]:
    """One turn of the attempt.

    Raises:
        ValueError: something in it is not what its type says, and could not be read again.
    """
    return {
        "attempt_id": attempt_id,
        "number": turn.number,
        "moment": turn.moment,
        "reply": turn.reply,
        "coding": _CODING.dump_json(turn.coding, warnings="error").decode(),
        "response": _RESPONSE.dump_json(turn.response, warnings="error").decode(),
        "rewound": turn.rewound,
    }


def coded_row(attempt_id: str, number: int, coding: Coding) -> dict[str, Any]:
    """The levels of a coding, as in ``own 2,defend 2``."""
    levels = ",".join(f"{code} {level:d}" for code in CODES if (level := coding.level(code)))
    return {"attempt_id": attempt_id, "number": number, "levels": levels}


@lru_cache(maxsize=10_000)
def levels_of(levels: str) -> Mapping[Code, Level]:
    """The levels written as in `coded_row`; a code that this version does not know is left out."""
    found: dict[Code, Level] = {}
    for part in filter(None, levels.split(",")):
        name, _, level = part.partition(" ")
        with suppress(ValueError):
            found[code_of(name)] = Level(int(level))
    return found


def coded_attempt_of(row: Row[Any], turns: Iterable[Row[*tuple[Any, ...]]]) -> CodedAttempt:
    """The attempt of that row as it was coded, with its turns in the order given."""
    known = row.outcome in set(Outcome)
    return CodedAttempt(
        id=row.id,
        scenario=row.scenario,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=Outcome(row.outcome) if known else None,
        turns=tuple(
            CodedTurn(
                number=turn.number,
                moment=turn.moment,
                rewound=turn.rewound,
                levels=levels_of(turn.levels),
            )
            for turn in turns
        ),
    )


def attempt_of(row: Row[Any], turns: Iterable[Row[Any]]) -> Attempt:
    """The attempt of that row, with its turns in the order given.

    Raises:
        UnreadableAttempt: something in it has a shape that this version does not know.
    """
    try:
        return Attempt(
            **{
                **row._mapping,
                "outcome": None if row.outcome is None else Outcome(row.outcome),
                "turns": tuple(_turn_of(turn) for turn in turns),
            }
        )
    except ValueError:
        # Without its cause: pydantic's message would quote the reply.
        raise UnreadableAttempt(
            "This attempt was stored by another version of the tutor and cannot be read. "
            "Nothing was changed in it."
        ) from None


def by_attempt(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[str, tuple[Row[Any], ...]]:
    """Rows that come in the order of `attempt_id`, by it."""
    return {key: tuple(group) for key, group in groupby(rows, lambda row: row.attempt_id)}


def readable(
    rows: Iterable[Row[Any]], turns: Mapping[str, tuple[Row[Any], ...]]
) -> tuple[Attempt, ...]:
    """The attempts of those rows; one that this version cannot read does not bar the others."""
    attempts = []
    for row in rows:
        with suppress(UnreadableAttempt):
            attempts.append(attempt_of(row, turns.get(row.id, ())))
    return tuple(attempts)


def _turn_of(row: Row[Any]) -> Turn:
    return Turn(
        number=row.number,
        moment=row.moment,
        reply=row.reply,
        coding=_CODING.validate_json(row.coding),
        response=_RESPONSE.validate_json(row.response),
        rewound=row.rewound,
    )


def dispute_row(attempt_id: str, dispute: Dispute) -> dict[str, Any]:
    """One dispute of a turn of the attempt."""
    return {
        "attempt_id": attempt_id,
        "number": dispute.number,
        "code": dispute.code.value,
        "why": dispute.why,
        "made_at": dispute.made_at,
    }


def dispute_of(row: Row[Any]) -> Dispute:
    """The dispute of that row.

    Raises:
        StoreError: it is about a code that this version does not know.
    """
    try:
        code = code_of(row.code)
    except ValueError:
        raise StoreError("A dispute is about a code that this version does not know.") from None
    return Dispute(number=row.number, code=code, why=row.why, made_at=row.made_at)


def answer_row(learner: str, answer: Answer) -> dict[str, Any]:
    """How an item of an exercise went with that learner."""
    return {
        "learner": learner,
        "exercise": answer.exercise.value,
        "item": answer.item,
        "right": answer.right,
        "answered_at": answer.answered_at,
        "seconds": answer.seconds,
    }


def answer_of(row: Row[Any]) -> Answer:
    """The answer of that row."""
    return Answer(
        exercise=Exercise(row.exercise),
        item=row.item,
        right=row.right,
        answered_at=row.answered_at,
        seconds=row.seconds,
    )
