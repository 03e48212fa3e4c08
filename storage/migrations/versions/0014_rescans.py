"""Pages that are scanned again: requests, and the images that were replaced.

Revision ID: 0014
Revises: 0013
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    op.create_table(
        "rescan_requests",
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page"], ["pages.id"], name="fk_rescan_requests_page"),
        sa.PrimaryKeyConstraint("page", name="pk_rescan_requests"),
    )
    op.create_table(
        "earlier_images",
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("image_sha256", sa.String(), nullable=False),
        sa.Column("image_size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("source_sha256", sa.String(), nullable=False),
        sa.Column("source_size", sa.BigInteger(), nullable=False),
        sa.Column("source_media_type", sa.String(), nullable=False),
        sa.Column("replaced_by", sa.String(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["page"], ["pages.id"], name="fk_earlier_images_page"),
        sa.PrimaryKeyConstraint("page", "number", name="pk_earlier_images"),
    )


def downgrade() -> None:
    op.drop_table("earlier_images")
    op.drop_table("rescan_requests")
