"""Tables of what stations send, besides those in storage/tables.py: declared files that were taken back."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, String, Table

from storage.columns import UtcTime
from storage.tables import metadata

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("batch", String, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("reason", String, nullable=False),
    Column("withdrawn_by", String, nullable=False),
    Column("withdrawn_at", UtcTime, nullable=False),
    ForeignKeyConstraint(["batch", "sequence"], ["declared_files.batch", "declared_files.sequence"]),
)
