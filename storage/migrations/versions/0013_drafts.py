"""Pages that were read quickly while many were waiting, to be read again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.id"], name="fk_drafts_page"),
        sa.PrimaryKeyConstraint("page", name="pk_drafts"),
    )


def downgrade() -> None:
    op.drop_table("drafts")
