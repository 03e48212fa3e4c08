"""The tables of the clerk's desk: who works on which record now."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from storage.columns import UtcTime
from storage.tables import metadata

review_leases = Table(
    "review_leases",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("holder", ForeignKey("staff.id"), nullable=False),
    Column("until", UtcTime, nullable=False),
    Index("ix_review_leases_holder", "holder"),
)
