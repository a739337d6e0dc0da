"""People, classes, what is handed in and what comes back, and demonstrations."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables; tell versions that know no migrations that they are too old."""
    op.create_table(
        "person",
        sa.Column("id", sa.String(200), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
    )
    _classes()
    _handed_in()
    op.create_table(
        "demo",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["person.id"], name="fk_demo_owner"),
        sa.PrimaryKeyConstraint("id", name="pk_demo"),
    )
    op.create_index("ix_demo_owner", "demo", ["owner"])
    op.execute("DELETE FROM meta WHERE key = 'schema_version'")
    op.execute("INSERT INTO meta (key, value) VALUES ('schema_version', '4')")


def _classes() -> None:
    op.create_table(
        "cohort",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("supervisor", sa.String(200), nullable=False),
        sa.Column("join_code", sa.String(20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["supervisor"], ["person.id"], name="fk_cohort_supervisor"),
        sa.PrimaryKeyConstraint("id", name="pk_cohort"),
        sa.UniqueConstraint("join_code", name="uq_cohort_join_code"),
    )
    op.create_index("ix_cohort_supervisor", "cohort", ["supervisor"])
    op.create_table(
        "member",
        sa.Column("cohort", sa.String(64), nullable=False),
        sa.Column("learner", sa.String(200), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name="fk_member_cohort"),
        sa.ForeignKeyConstraint(["learner"], ["person.id"], name="fk_member_learner"),
        sa.PrimaryKeyConstraint("cohort", "learner", name="pk_member"),
    )
    op.create_index("ix_member_learner", "member", ["learner"])
    op.create_table(
        "assignment",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("cohort", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("scenarios", sa.Text, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True)),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name="fk_assignment_cohort"),
        sa.PrimaryKeyConstraint("id", name="pk_assignment"),
    )
    op.create_index("ix_assignment_cohort", "assignment", ["cohort"])


def _handed_in() -> None:
    op.create_table(
        "submission",
        sa.Column("attempt", sa.String(64), nullable=False),
        sa.Column("cohort", sa.String(64), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempt.id"], name="fk_submission_attempt"),
        sa.ForeignKeyConstraint(["cohort"], ["cohort.id"], name="fk_submission_cohort"),
        sa.PrimaryKeyConstraint("attempt", name="pk_submission"),
    )
    op.create_index("ix_submission_cohort", "submission", ["cohort"])
    op.create_table(
        "comment",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("attempt", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempt.id"], name="fk_comment_attempt"),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name="fk_comment_author"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
    )
    op.create_index("ix_comment_attempt", "comment", ["attempt"])
    op.create_table(
        "override",
        sa.Column("attempt", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("code", sa.String(50), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("level", sa.Integer, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempt.id"], name="fk_override_attempt"),
        sa.ForeignKeyConstraint(["author"], ["person.id"], name="fk_override_author"),
        sa.PrimaryKeyConstraint("attempt", "number", "code", name="pk_override"),
    )
    op.create_table(
        "checked",
        sa.Column("attempt", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["attempt"], ["attempt.id"], name="fk_checked_attempt"),
        sa.PrimaryKeyConstraint("attempt", "number", name="pk_checked"),
    )
