"""Sums of fourths of a month and of years: a table of any period adds a few pieces, however many dossiers a day has.

Revision ID: 0017
Revises: 0018
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision: str | None = "0018"

_CUBES = ("procedure", "domain", "level", "channel", "station", "officer")
_RECEIVED = {
    "received": "sign",
    "received_online": "online * sign",
    "components_required": "must * sign",
    "components_digitised": "done * sign",
    "with_component": "papers * sign",
    "reused": "reused * sign",
    "shared": "shared * sign",
}
_RESOLVED = {
    "resolved": "sign",
    "early": "CASE WHEN timing = -1 THEN sign ELSE 0 END",
    "on_time": "CASE WHEN timing = 0 THEN sign ELSE 0 END",
    "late": "CASE WHEN timing = 1 THEN sign ELSE 0 END",
    "required": "in_scope * sign",
    "digitised": "in_scope * has * sign",
    "required_with_certification": "needs * sign",
    "digitised_with_certification": "needs * has * sign",
    "complete": "CASE WHEN papers = 1 AND (has = 1 OR needs = 0) THEN sign ELSE 0 END",
}
_MEASURES = (*_RECEIVED, *_RESOLVED)
_COLUMNS = ", ".join(("cube", "grain", "unit", "start", "key", "recorded", *_MEASURES))
_SUMS = ", ".join(f"sum({name})" for name in _MEASURES)
# What the sums hold: the facts that stand, without the changes that wait to be taken in.
_CHANGES = (
    "SELECT f.*, 1 AS sign FROM case_facts f WHERE f.valid_to IS NULL "
    "UNION ALL SELECT f.*, -p.sign AS sign FROM facts_pending p "
    "JOIN case_facts f ON f.code = p.code AND f.version = p.version"
)


def upgrade() -> None:
    """Add up what is there, while the office waits."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    if is_postgresql:
        op.execute("SET LOCAL jit = off")  # takes longer than it spares
    year = "CAST(date_trunc('year', start) AS date)" if is_postgresql else "date(start, 'start of year')"
    fourth = _POSTGRESQL_FOURTH if is_postgresql else _SQLITE_FOURTH
    _add("year", year, "cube", "key", "coverage_sums WHERE grain = 'month'")
    _add("fourth", fourth, "cube", "key", "coverage_sums WHERE grain = 'day'")
    for cube in _CUBES:
        _add("fourth", fourth, f"'{cube}'", cube, f"({_days()}) AS days")


def _add(grain: str, start: str, cube: str, key: str, source: str) -> None:
    values = f"{cube}, '{grain}', unit, {start}, {key}, date('0001-01-01'), {_SUMS}"
    grouped = ", ".join(("unit", start, key, *(["cube"] if cube == "cube" else [])))
    select = f"SELECT {values} FROM {source} GROUP BY {grouped}"  # noqa: S608  (names of our own)
    op.execute(sa.text(f"INSERT INTO coverage_sums ({_COLUMNS}) {select}"))


_POSTGRESQL_FOURTH = (
    "(CAST(date_trunc('month', start) AS date) + "
    "7 * least((CAST(date_part('day', start) AS integer) - 1) / 7, 3))"
)
_SQLITE_FOURTH = "date(start, 'start of month', (7 * min((strftime('%d', start) - 1) / 7, 3)) || ' days')"


def _days() -> str:
    """Each change on its day of reception and on that of resolution."""
    received = (f"{_RECEIVED.get(name, '0')} AS {name}" for name in _MEASURES)
    resolved = (f"{_RESOLVED.get(name, '0')} AS {name}" for name in _MEASURES)
    keys = ", ".join(("unit", *_CUBES))
    return (
        f"SELECT {keys}, received_day AS start, {', '.join(received)} FROM ({_CHANGES}) AS changes "  # noqa: S608
        f"UNION ALL SELECT {keys}, resolved_day AS start, {', '.join(resolved)} FROM ({_CHANGES}) AS changes "
        "WHERE resolved_day IS NOT NULL"
    )


def downgrade() -> None:
    """Nobody asks for them any more."""
    op.execute(sa.text("DELETE FROM coverage_sums WHERE grain IN ('fourth', 'year')"))
