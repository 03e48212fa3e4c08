"""The search: words of pages and of records.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the table of entries, and each database's own full-text index over it."""
    op.create_table(
        "search_entries",
        sa.Column(
            "sequence",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            nullable=False,
            autoincrement=True,
        ),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("page", sa.String()),
        sa.Column("record", sa.String()),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("words", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_search_entries"),
        sa.UniqueConstraint("key", name="uq_search_entries_key"),
        sa.ForeignKeyConstraint(["page"], ["pages.id"], name="fk_search_entries_page"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_search_entries_record"),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_search_entries_unit"),
    )
    op.create_index("ix_search_entries_unit", "search_entries", ["unit", "sequence"])
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_search_entries_words", "search_entries", ["words"], postgresql_using="gin")
    else:
        op.execute(
            "CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_entries', content_rowid='sequence', "
            "tokenize='ascii')"
        )
