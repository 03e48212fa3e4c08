"""The tables of learned models: what was trained, and what is in use since when. Rows are only added."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, String, Table

from storage.columns import UtcTime
from storage.tables import metadata

models = Table(
    "models",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("sha256", String, nullable=False),
    Column("size", Integer, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", String, nullable=False),
    Column("samples", Integer, nullable=False),
    Column("confirmations", Integer, nullable=False),
    Column("metrics", JSON, nullable=False),
)

model_activations = Table(
    "model_activations",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),  # 0: the one that the project ships with
    Column("at", UtcTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("reason", String, nullable=False),
)
