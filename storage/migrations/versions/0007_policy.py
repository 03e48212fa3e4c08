"""The acceptance policy: its versions, its evidence, and what it accepts of a record.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Add the tables and the columns; nothing is accepted before a policy is fitted."""
    op.create_table(
        "acceptance_policies",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("bound", sa.Float(), nullable=False),
        sa.Column("certainty", sa.Float(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("second", sa.JSON(), nullable=False),
        sa.Column("thresholds", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_acceptance_policies"),
    )
    op.create_table(
        "value_checks",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.Column("right", sa.Boolean()),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("policy", sa.Integer()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_value_checks_record"),
        sa.PrimaryKeyConstraint("record", "field", name="pk_value_checks"),
    )
    op.create_index("ix_value_checks_field", "value_checks", ["field", "document_type", "step"])
    op.add_column("records", sa.Column("acceptance", sa.JSON()))
    op.add_column("records", sa.Column("settled_as", sa.String()))
    op.create_index(
        "ix_records_settled",
        "records",
        ["unit", "created_at"],
        sqlite_where=sa.text("settled_as IS NOT NULL AND state = 'classified'"),
        postgresql_where=sa.text("settled_as IS NOT NULL AND state = 'classified'"),
    )
