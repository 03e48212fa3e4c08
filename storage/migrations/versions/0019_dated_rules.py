"""Thresholds and points of indicators as dated versions, and fields that are never accepted without a look.

Revision ID: 0019
Revises: 0016
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision: str | None = "0016"


def upgrade() -> None:
    op.create_table(
        "indicator_versions",
        sa.Column("indicator", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=True),
        sa.Column("max_points", sa.Float(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("indicator", "version", name="pk_indicator_versions"),
    )
    with op.batch_alter_table("acceptance_policies") as table:
        table.add_column(sa.Column("always", sa.JSON(), nullable=False, server_default="[]"))
    with op.batch_alter_table("acceptance_policies") as table:
        table.alter_column("always", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("acceptance_policies") as table:
        table.drop_column("always")
    op.drop_table("indicator_versions")
