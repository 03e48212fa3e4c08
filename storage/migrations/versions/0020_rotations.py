"""How pages stand upright, as they were read, beside their words; the papers that need no look in their order.

Pages of before keep an empty column: the desk looks into their words.

Revision ID: 0020
Revises: 0017
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision: str | None = "0017"

_WAITS = sa.text("settled_as IS NOT NULL AND state = 'classified'")


def upgrade() -> None:
    op.add_column("pages", sa.Column("rotation", sa.Integer()))
    _index_settled("state", "created_at", "batch", "file_sequence", "first_page")


def downgrade() -> None:
    _index_settled("unit", "created_at")
    op.drop_column("pages", "rotation")


def _index_settled(*columns: str) -> None:
    """SQLite passes over a smaller index that begins with nothing that is asked for."""
    op.drop_index("ix_records_settled", table_name="records")
    op.create_index("ix_records_settled", "records", columns, sqlite_where=_WAITS, postgresql_where=_WAITS)
