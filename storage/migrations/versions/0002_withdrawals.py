"""Declared files that a station took back, so that a batch with a refused file can be completed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch", "sequence"],
            ["declared_files.batch", "declared_files.sequence"],
            name="fk_withdrawals_batch",
        ),
        sa.PrimaryKeyConstraint("batch", "sequence", name="pk_withdrawals"),
    )


def downgrade() -> None:
    op.drop_table("withdrawals")
