"""What a class handed in, as rows for a spreadsheet or a program."""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.domain.attempt import Attempt, Dispute, Turn
from tutor.domain.teaching import Returned, Submission
from tutor.domain.vocabulary import CODES, Code, Level, Misstep


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """An attempt that was handed in, with every word of it and about it."""

    name: str
    submission: Submission
    attempt: Attempt
    disputes: tuple[Dispute, ...]
    returned: Returned


def as_rows(class_name: str, handed_in: Iterable[Whole]) -> list[dict[str, str | int]]:
    """One row for each reply.

    For every code the coder's level (0-2; 0 or 1 for a misstep), and beside it, as `own_by_hand`,
    the supervisor's where they gave another; it is empty where they did not.
    """
    return [
        {
            "class": class_name,
            "learner": one.name,
            "attempt": number,
            "scenario": one.attempt.scenario,
            "started": one.attempt.started_at.isoformat(),
            "handed_in": one.submission.submitted_at.isoformat(),
            "note": one.submission.note,
            "outcome": one.attempt.outcome.value if one.attempt.outcome else "",
            "reply_number": turn.number,
            "moment": turn.moment,
            "taken_back": int(turn.rewound),
            "reply": turn.reply,
            "client_answers": turn.response.line.says,
            "checked_by_hand": int(turn.number in one.returned.checked),
            **_levels(turn, one.returned),
            "reasons": _joined(
                f"{o.code}: {o.why}" for o in one.returned.overrides_of(turn.number)
            ),
            "comments": _joined(c.text for c in one.returned.said_of(turn.number)),
            "disputed": _joined(
                f"{d.code}: {d.why}" for d in one.disputes if d.number == turn.number
            ),
        }
        for number, one in enumerate(handed_in, start=1)
        for turn in one.attempt.turns
    ]


def _levels(turn: Turn, returned: Returned) -> dict[str, str | int]:
    by_hand = {o.code: _value(o.code, o.level) for o in returned.overrides_of(turn.number)}
    found: dict[str, str | int] = {}
    for code in CODES:
        found[code.value] = _value(code, turn.coding.level(code))
        found[f"{code.value}_by_hand"] = by_hand.get(code, "")
    return found


def _value(code: Code, level: Level) -> int:
    return int(bool(level)) if isinstance(code, Misstep) else int(level)


def _joined(parts: Iterable[str]) -> str:
    return " | ".join(parts)
