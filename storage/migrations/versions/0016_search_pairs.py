"""The search by pairs of words, org units and days: phrases of common words no longer read every page.

Revision ID: 0016
Revises: 0015
"""

from __future__ import annotations

from itertools import pairwise

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"

_SCANNED = (
    "(SELECT r.created_at FROM records r WHERE r.id = "
    "coalesce(e.record, (SELECT p.record FROM pages p WHERE p.id = e.page)))"
)
_SLICE = 8192
_CHUNK = 1000


def upgrade() -> None:
    """Index anew what is there: 100,000 pages take a few minutes, the rest of the office waits."""
    op.add_column("search_entries", sa.Column("day", sa.String(), nullable=False, server_default="20000101"))
    if op.get_bind().dialect.name == "postgresql":
        _postgresql()
    else:
        _sqlite()


def _postgresql() -> None:
    op.drop_index("ix_search_entries_words", "search_entries")
    op.drop_index("ix_search_entries_unit", "search_entries")
    op.execute("ALTER TABLE search_entries ALTER COLUMN day DROP DEFAULT")
    op.execute("ALTER TABLE search_entries ALTER COLUMN words SET STATISTICS 0")
    op.execute(
        f"""
        WITH scanned AS (
            SELECT e.sequence, to_char({_SCANNED} AT TIME ZONE 'UTC', 'YYYYMMDD') AS day FROM search_entries e
        )
        UPDATE search_entries AS entry SET day = scanned.day, words = entry.words || array_to_tsvector(
            (SELECT coalesce(array_agg(DISTINCT pair) FILTER (WHERE pair IS NOT NULL), ARRAY[]::text[]) FROM (
                SELECT lexeme || '_' || lead(lexeme) OVER (ORDER BY place) AS pair
                FROM unnest(entry.words) AS w(lexeme, places, weights), unnest(w.places) AS place
            ) AS pairs)
            || ARRAY[
                'u__' || encode(convert_to(entry.unit, 'UTF8'), 'hex'),
                'd__' || scanned.day,
                'm__' || left(scanned.day, 6),
                's__' || entry.sequence / {_SLICE}
            ])
        FROM scanned WHERE scanned.sequence = entry.sequence
        """  # noqa: S608  (names of our own)
    )
    op.create_index("ix_search_entries_words", "search_entries", ["words"], postgresql_using="gin")


def _sqlite() -> None:
    bind = op.get_bind()
    with op.batch_alter_table("search_entries") as table:
        table.alter_column("day", server_default=None)
    op.drop_index("ix_search_entries_unit", "search_entries")
    op.execute("DROP TABLE search_words")
    op.execute(
        "CREATE VIRTUAL TABLE search_terms USING fts5(terms, content='', columnsize=0, detail='none', "
        "tokenize=\"ascii tokenchars '_'\")"
    )
    day = f"strftime('%Y%m%d', {_SCANNED})"
    bind.execute(sa.text(f"UPDATE search_entries AS e SET day = {day}"))  # noqa: S608
    last = -1
    some = sa.text(
        "SELECT sequence, unit, day, words FROM search_entries WHERE sequence > :last ORDER BY 1 LIMIT :most"
    )
    while rows := bind.execute(some, {"last": last, "most": _CHUNK}).all():
        entries = [{"sequence": row.sequence, "terms": _terms(row.words, row.unit, row.day)} for row in rows]
        bind.execute(sa.text("INSERT INTO search_terms(rowid, terms) VALUES (:sequence, :terms)"), entries)
        last = rows[-1].sequence


def _terms(words: str, unit: str, day: str) -> str:
    """As storage.search_terms has them at this revision."""
    parts = words.split()
    pairs = [f"{first}_{second}" for first, second in pairwise(parts)]
    marks = [f"u__{unit.encode().hex()}", f"d__{day}", f"m__{day[:6]}"]
    return " ".join(dict.fromkeys([*parts, *pairs, *marks]))
