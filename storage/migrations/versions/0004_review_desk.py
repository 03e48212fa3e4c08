"""The clerk's desk: leases, what the queue is sorted by, and pages arranged or turned by a person.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Add the table and the columns, and fill what can be derived."""
    op.create_table(
        "review_leases",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["holder"], ["staff.id"], name="fk_review_leases_holder"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_review_leases_record"),
        sa.PrimaryKeyConstraint("record", name="pk_review_leases"),
    )
    op.create_index("ix_review_leases_holder", "review_leases", ["holder"])
    op.add_column("pages", sa.Column("turned", sa.Integer()))
    op.add_column("records", sa.Column("arranged", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("records", sa.Column("doubts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("records", sa.Column("proposed_dossier", sa.String()))
    op.execute(
        "UPDATE records SET doubts = json_array_length(review_reasons), "
        "proposed_dossier = coalesce(proposals -> 0 ->> 'code', cover_code)"
    )
