"""The tables of pages that are scanned again: what is asked for, and every image that was replaced."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, PrimaryKeyConstraint, String, Table

from storage.columns import UtcTime, json_column
from storage.tables import metadata

rescan_requests = Table(
    "rescan_requests",
    metadata,
    Column("page", ForeignKey("pages.id"), primary_key=True),
    Column("reason", String, nullable=False),
    Column("asked_by", String, nullable=False),
    Column("asked_at", UtcTime, nullable=False),
)

earlier_images = Table(
    "earlier_images",
    metadata,
    Column("page", ForeignKey("pages.id"), nullable=False),
    Column("number", Integer, nullable=False),  # from 1
    Column("image_sha256", String, nullable=False),
    Column("image_size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("quality", json_column(), nullable=False),
    Column("source_sha256", String, nullable=False),
    Column("source_size", BigInteger, nullable=False),
    Column("source_media_type", String, nullable=False),
    Column("replaced_by", String, nullable=False),
    Column("replaced_at", UtcTime, nullable=False),
    Column("reason", String),
    PrimaryKeyConstraint("page", "number"),
)
