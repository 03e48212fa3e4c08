"""The tables of what people settle by hand: closed differences, and dossiers that a site was asked to digitize."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text, text

from storage.columns import UtcTime
from storage.tables import metadata

difference_closings = Table(
    "difference_closings",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("kind", String, primary_key=True),  # a records.reconciliation.DifferenceKind
    Column("subject", String, primary_key=True),  # a file's number in the batch, a page's or a record's id
    Column("reason", Text, nullable=False),
    Column("closed_by", String, nullable=False),
    Column("closed_at", UtcTime, nullable=False),
)

_CURRENT = text("ended_at IS NULL")

assignments = Table(
    "assignments",
    metadata,
    Column("dossier", ForeignKey("dossiers.code"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("site", ForeignKey("org_units.code"), nullable=False),
    Column("assigned_by", String, nullable=False),
    Column("assigned_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),  # empty: still so
    Column("ended_by", String),
    Index(
        "ix_assignments_current",
        "dossier",
        unique=True,
        sqlite_where=_CURRENT,
        postgresql_where=_CURRENT,
    ),
    Index("ix_assignments_site", "site", "dossier"),
)
