"""What learners see differently."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table of disputes."""
    op.create_table(
        "dispute",
        sa.Column("attempt_id", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(50), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id", "number"], ["turn.attempt_id", "turn.number"], name="fk_dispute_turn"
        ),
        sa.PrimaryKeyConstraint("attempt_id", "number", "code", name="pk_dispute"),
    )
