"""Blind checks: values that another person reads again.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "blind_checks",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("document_type", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirmed_by", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answered_by", sa.String()),
        sa.Column("answer", sa.Text()),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.Column("right", sa.Boolean()),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_blind_checks_record"),
        sa.PrimaryKeyConstraint("record", "field", name="pk_blind_checks"),
    )
    op.create_index("ix_blind_checks_state", "blind_checks", ["state", "opened_at"])
