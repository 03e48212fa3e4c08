"""The tables of the audit trail: entries that only grow, and the head of their chain."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from storage.columns import UtcTime
from storage.tables import metadata

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("details", Text, nullable=False),  # the very characters that were hashed
    Column("previous", String, nullable=False),
    Column("hash", String, nullable=False),
    Index("ix_audit_entries_subject", "subject", "sequence"),
)

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row: 1
    Column("sequence", BigInteger, nullable=False),
    Column("hash", String, nullable=False),
)
