"""Component lists with when they became known here; facts of one unit by their day of resolution.

Revision ID: 0011
Revises: 0010
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Make the component lists anew (nothing could fill them before), and the index."""
    op.drop_table("procedure_components")
    op.create_table(
        "procedure_components",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True)),
        sa.Column("valid_to", sa.Date()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("must_digitize", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint(
            "procedure", "component", "valid_from", "recorded_at", name="pk_procedure_components"
        ),
    )
    op.create_index("ix_case_facts_unit_resolved", "case_facts", ["unit", "resolved_day"])
