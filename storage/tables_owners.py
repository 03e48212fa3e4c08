"""The tables of re-use: whose papers there are (by keyed hash), and which dossiers use them again."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table

from storage.columns import UtcTime
from storage.tables import metadata

owner_secret = Table(
    "owner_secret",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # one row: 1
    Column("secret", String, nullable=False),
)

owner_entries = Table(
    "owner_entries",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("owner_key", String, nullable=False),
    Column("born", Date),
    Column("issued", Date),
    Column("valid_to", Date),
    Index("ix_owner_entries_owner_key", "owner_key"),
)

reused_components = Table(
    "reused_components",
    metadata,
    Column("dossier", ForeignKey("dossiers.code"), primary_key=True),
    Column("reused_from", ForeignKey("records.id"), primary_key=True),
    Column("component", String),
    Column("at", UtcTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("withdrawn_at", UtcTime),
    Index("ix_reused_components_reused_from", "reused_from"),
    Index("ix_reused_components_at", "at"),
)
