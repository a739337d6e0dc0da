"""Levels by themselves, so that turns can be counted unread; hints; answers to exercises."""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

#: So many turns are counted at once.
AT_ONCE = 500


def upgrade() -> None:
    """Make the tables, and keep the levels of the turns that are there."""
    coded = op.create_table(
        "coded",
        sa.Column("attempt_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("levels", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "number"], ["turn.attempt_id", "turn.number"], name="fk_coded_turn"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", name="pk_coded"),
    )
    op.create_table(
        "hint",
        sa.Column("attempt_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("height", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempt.id"], name="fk_hint_attempt_id"),
        sa.PrimaryKeyConstraint("attempt_id", "number", "height", name="pk_hint"),
    )
    op.create_table(
        "answer",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("learner", sa.String(200), nullable=False),
        sa.Column("exercise", sa.String(50), nullable=False),
        sa.Column("item", sa.String(200), nullable=False),
        sa.Column("right", sa.Boolean, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seconds", sa.Integer),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
    )
    op.create_index("ix_answer_learner_exercise", "answer", ["learner", "exercise"])

    turn = sa.table("turn", sa.column("attempt_id"), sa.column("number"), sa.column("coding"))
    db = op.get_bind()
    for some in db.execute(sa.select(turn)).partitions(AT_ONCE):
        if rows := [row for one in some if (row := _counted(one))]:
            op.bulk_insert(coded, rows)


def _counted(turn: Any) -> dict[str, Any] | None:  # noqa: ANN401 - a row of SQLAlchemy's
    """The row of `coded` for that turn; None where its coding cannot be read."""
    levels: dict[str, int] = {}
    try:
        for evidence in json.loads(turn.coding)["evidence"]:
            code, level = str(evidence["code"]), int(evidence["level"])
            levels[code] = max(level, levels.get(code, 0))
    except (KeyError, TypeError, ValueError):
        return None
    told = ",".join(f"{code} {level}" for code, level in sorted(levels.items()) if level)
    return {"attempt_id": turn.attempt_id, "number": turn.number, "levels": told}
