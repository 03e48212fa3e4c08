"""Differences that were closed with a reason, and dossiers that a site was asked to digitize."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "difference_closings",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_difference_closings_batch"),
        sa.PrimaryKeyConstraint("batch", "kind", "subject", name="pk_difference_closings"),
    )
    op.create_table(
        "assignments",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("assigned_by", sa.String(), nullable=False),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("ended_by", sa.String()),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.code"], name="fk_assignments_dossier"),
        sa.ForeignKeyConstraint(["site"], ["org_units.code"], name="fk_assignments_site"),
        sa.PrimaryKeyConstraint("dossier", "version", name="pk_assignments"),
    )
    current = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_assignments_current",
        "assignments",
        ["dossier"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_index("ix_assignments_site", "assignments", ["site", "dossier"])


def downgrade() -> None:
    op.drop_table("assignments")
    op.drop_table("difference_closings")
