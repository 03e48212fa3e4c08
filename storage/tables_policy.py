"""The tables of dated rules: the acceptance policy with what confirmations say, and the versions of indicators."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Float, ForeignKey, Index, Integer, String, Table, Text

from storage.columns import UtcTime, json_column
from storage.tables import metadata

acceptance_policies = Table(
    "acceptance_policies",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("reason", String, nullable=False),
    Column("bound", Float, nullable=False),
    Column("certainty", Float, nullable=False),
    Column("mode", String, nullable=False),
    Column("second", json_column(), nullable=False),
    Column("thresholds", json_column(), nullable=False),
    Column("always", json_column(), nullable=False),
)

indicator_versions = Table(
    "indicator_versions",
    metadata,
    Column("indicator", String, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("valid_from", Date, nullable=False),
    Column("threshold", Float),
    Column("max_points", Float),
    Column("source", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("withdrawn_at", UtcTime),
    Column("withdrawn_by", String),
)

value_checks = Table(
    "value_checks",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("document_type", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("station", String, nullable=False),
    Column("confidence", Float, nullable=False),
    Column("step", Integer),  # of records.acceptance_fit.GRID
    Column("right", Boolean),  # empty: nobody looked
    Column("blind", Boolean, nullable=False),
    Column("policy", Integer),
    Column("at", UtcTime, nullable=False),
    Index("ix_value_checks_field", "field", "document_type", "step"),
)

blind_checks = Table(
    "blind_checks",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("field", String, primary_key=True),
    Column("purpose", String, nullable=False),
    Column("document_type", String, nullable=False),
    Column("unit", String, nullable=False),
    Column("station", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("confirmed_by", String, nullable=False),
    Column("state", String, nullable=False),
    Column("answered_by", String),
    Column("answer", Text),
    Column("settled_at", UtcTime),
    Column("right", Boolean),
    Index("ix_blind_checks_state", "state", "opened_at"),
)
