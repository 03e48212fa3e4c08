"""Sums of whole months by when they became known, also by unit: a figure of the past adds months, not days.

Revision ID: 0015
Revises: 0014
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"

_MEASURES = (
    "received", "received_online", "components_required", "components_digitised", "with_component", "reused",
    "shared", "resolved", "early", "on_time", "late", "required", "digitised", "required_with_certification",
    "digitised_with_certification", "complete",
)  # fmt: skip


def upgrade() -> None:
    """Add the days up that are there."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    month = "CAST(date_trunc('month', start) AS date)" if is_postgresql else "date(start, 'start of month')"
    columns = ", ".join(("cube", "grain", "unit", "start", "key", "recorded", *_MEASURES))
    sums = ", ".join(f"sum({name})" for name in _MEASURES)
    op.execute(
        sa.text(
            f"INSERT INTO coverage_sums ({columns}) "  # noqa: S608  (names of our own)
            f"SELECT cube, 'known_month', unit, {month}, key, recorded, {sums} FROM coverage_sums "
            f"WHERE cube = 'unit' AND grain = 'known_day' GROUP BY cube, unit, {month}, key, recorded"
        )
    )


def downgrade() -> None:
    """Nobody asks for them any more."""
    op.execute(sa.text("DELETE FROM coverage_sums WHERE cube = 'unit' AND grain = 'known_month'"))
