"""Table of pages that were read quickly because many were waiting, to be read again when nothing else is to be done."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, String, Table

from storage.columns import UtcTime
from storage.tables import metadata

drafts = Table(
    "drafts",
    metadata,
    Column("page", ForeignKey("pages.id"), primary_key=True),
    Column("engine", String, nullable=False),  # that read it
    Column("read_at", UtcTime, nullable=False),
)
