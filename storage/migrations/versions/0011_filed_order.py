"""Papers in the order in which they were filed, for exports."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_index("ix_records_filed_at", "records", ["filed_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_records_filed_at", "records")
