"""Re-use before scan: whose papers there are, and which dossiers use them again.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"


def upgrade() -> None:
    """Make the tables, and this office's secret. Papers that are confirmed from now on are indexed."""
    secret = op.create_table(
        "owner_secret",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_owner_secret"),
    )
    op.bulk_insert(secret, [{"id": 1, "secret": secrets.token_hex(32)}])
    op.create_table(
        "owner_entries",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("owner_key", sa.String(), nullable=False),
        sa.Column("born", sa.Date()),
        sa.Column("issued", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_owner_entries_record"),
        sa.PrimaryKeyConstraint("record", name="pk_owner_entries"),
    )
    op.create_index("ix_owner_entries_owner_key", "owner_entries", ["owner_key"])
    op.create_table(
        "reused_components",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("reused_from", sa.String(), nullable=False),
        sa.Column("component", sa.String()),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.code"], name="fk_reused_components_dossier"),
        sa.ForeignKeyConstraint(["reused_from"], ["records.id"], name="fk_reused_components_reused_from"),
        sa.PrimaryKeyConstraint("dossier", "reused_from", name="pk_reused_components"),
    )
    op.create_index("ix_reused_components_at", "reused_components", ["at"])
    op.create_index("ix_reused_components_reused_from", "reused_components", ["reused_from"])
