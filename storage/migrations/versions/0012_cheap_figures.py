"""Indexes of what failed and what was read lately, so that asking for the metrics walks through no whole table."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"

_INDEXES = (
    ("ix_files_failed", "files", ["error_code"], "error_code IS NOT NULL"),
    ("ix_pages_failed", "pages", ["error_code"], "error_code IS NOT NULL"),
    ("ix_records_failed", "records", ["error_code", "state"], "error_code IS NOT NULL"),
    ("ix_pages_recognised", "pages", ["state_at"], "state = 'recognised'"),
)


def upgrade() -> None:
    for name, table, columns, where in _INDEXES:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    for name, table, _, _ in _INDEXES:
        op.drop_index(name, table_name=table)
