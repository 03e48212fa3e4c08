"""What the statutory forms ask of a dossier becomes a fact with a history, and is added up.

The facts that are there are parted where something of this changed: the dossier, or its filed papers. The sums are
made after all migrations; until then the forms are counted dossier by dossier.

Revision ID: 0018
Revises: 0019
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from records.tallies import Standing, standing_of

revision = "0018"
down_revision: str | None = "0019"

_OLD = (
    "unit", "slot", "procedure", "domain", "level", "channel", "station", "officer", "received_day", "resolved_day",
    "online", "needs", "in_scope", "has", "must", "done", "papers", "reused", "shared", "timing",
)  # fmt: skip
_NEW = ("due_day", "standing", "certification", "case_version", "filed", "papers_digest")
_COUNTED = (
    "online", "direct", "with_component", "reused", "shared", "new_undated", "new_with_result", "new_digitised",
    "new_turned_away", "early", "on_time", "late", "done_undated", "done_with_result", "done_digitised",
    "done_turned_away", "past_due",
)  # fmt: skip
_SEALED = (
    "dossiers", "papers", "dossier0", "dossier1", "dossier2", "dossier3", "paper0", "paper1", "paper2", "paper3",
)  # fmt: skip


def upgrade() -> None:
    """Make the tables, and the facts anew: a million dossiers take some minutes."""
    _sums()
    _columns()
    _mark_standings()
    for statement in (*_STEPS, *(f"DROP TABLE {name}" for name in _MADE)):
        op.execute(sa.text(statement.format(**_words())))


def _sums() -> None:
    op.create_table(
        "form_sums",
        sa.Column("cube", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("known", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTED),
        sa.PrimaryKeyConstraint("cube", "place", "known", "unit", "key", name="pk_form_sums"),
    )
    op.create_table(
        "form_seals",
        sa.Column("axis", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("known", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _SEALED),
        sa.PrimaryKeyConstraint("axis", "place", "known", "unit", name="pk_form_seals"),
    )


def _columns() -> None:
    small = ("standing", "certification")
    op.add_column("case_facts", sa.Column("due_day", sa.Date()))
    for name in small:
        op.add_column(
            "case_facts", sa.Column(name, sa.SmallInteger(), nullable=False, server_default=sa.text("0"))
        )
    for name in ("case_version", "filed"):
        op.add_column(
            "case_facts", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))
        )
    op.add_column("case_facts", sa.Column("papers_digest", sa.String(), nullable=False, server_default=""))


def _mark_standings() -> None:
    """What each status that ever was means: 0 for accepted, 1 not accepted, 2 given back."""
    connection = op.get_bind()
    statuses = connection.execute(sa.text("SELECT DISTINCT status FROM dossier_history")).scalars().all()
    op.execute("CREATE TABLE made_standings (status TEXT PRIMARY KEY, standing SMALLINT)")
    places = {standing: place for place, standing in enumerate(Standing)}
    rows = [{"status": status, "standing": places[standing_of(status)]} for status in statuses]
    if rows:
        connection.execute(
            sa.text("INSERT INTO made_standings (status, standing) VALUES (:status, :standing)"), rows
        )


def _words() -> dict[str, str]:
    """What the databases say differently."""
    is_postgresql = op.get_bind().dialect.name == "postgresql"
    text = "p.record || ':' || p.version"
    digest = (
        f"left(encode(sha256(convert_to(string_agg({text}, E'\\n' ORDER BY ({text}) COLLATE \"C\"), 'UTF8')),"
        " 'hex'), 32)"
        if is_postgresql
        else f"digest_of_all({text})"
    )
    return {
        "old": ", ".join(_OLD),
        "f_old": ", ".join(f"f.{name}" for name in _OLD),
        "new": ", ".join(_NEW),
        "digest": digest,
        "clear": "TRUNCATE" if is_postgresql else "DELETE FROM",
        "due": "CAST(h.due_at AT TIME ZONE 'UTC' + interval '7 hours' AS date)"
        if is_postgresql
        else "date(h.due_at, '+7 hours')",
    }


_MADE = ("made_standings", "made_papers", "made_parts", "made_digests", "made_facts", "made_pending")
_STEPS = (
    # When which version of a paper lay filed in a dossier.
    """
    CREATE TABLE made_papers AS SELECT code, record, version, since, until FROM (
        SELECT dossier_code AS code, record, version, state, at AS since,
            lead(at) OVER (PARTITION BY record ORDER BY version) AS until
        FROM record_history) AS every
    WHERE state = 'filed' AND code IS NOT NULL
    """,
    "CREATE INDEX ix_made_papers ON made_papers (code, since)",
    "ANALYZE made_papers",
    # The facts that are there, parted at each change of the dossier or of its papers.
    """
    CREATE TABLE made_parts AS
    SELECT f.code, f.version AS was, m.moment AS since,
        lead(m.moment) OVER (PARTITION BY f.code, f.version ORDER BY m.moment) AS next
    FROM case_facts AS f JOIN (
        SELECT code, valid_from AS moment FROM case_facts
        UNION SELECT code, valid_from FROM dossier_history
        UNION SELECT code, since FROM made_papers
        UNION SELECT code, until FROM made_papers WHERE until IS NOT NULL
    ) AS m ON m.code = f.code AND (m.moment = f.valid_from
        OR (m.moment > f.valid_from AND (f.valid_to IS NULL OR m.moment < f.valid_to)))
    """,
    "CREATE INDEX ix_made_parts ON made_parts (code, since)",
    "ANALYZE made_parts",
    """
    CREATE TABLE made_digests AS
    SELECT s.code, s.was, s.since, count(*) AS filed, {digest} AS digest
    FROM made_parts AS s JOIN made_papers AS p
        ON p.code = s.code AND p.since <= s.since AND (p.until IS NULL OR p.until > s.since)
    GROUP BY s.code, s.was, s.since
    """,
    "CREATE INDEX ix_made_digests ON made_digests (code, was, since)",
    "ANALYZE made_digests",
    """
    CREATE TABLE made_facts AS
    SELECT f.code, row_number() OVER (PARTITION BY f.code ORDER BY f.version, s.since) AS version, f.version AS was,
        s.since AS valid_from, coalesce(s.next, f.valid_to) AS valid_to, {f_old},
        {due} AS due_day, coalesce(t.standing, 0) AS standing,
        CASE WHEN p.certification THEN 1 ELSE 0 END AS certification, coalesce(h.version, 1) AS case_version,
        coalesce(d.filed, 0) AS filed, coalesce(d.digest, '') AS papers_digest
    FROM case_facts AS f JOIN made_parts AS s ON s.code = f.code AND s.was = f.version
    LEFT JOIN dossier_history AS h ON h.code = f.code AND h.valid_from <= s.since
        AND (h.valid_to IS NULL OR h.valid_to > s.since)
    LEFT JOIN made_standings AS t ON t.status = h.status
    LEFT JOIN made_digests AS d ON d.code = f.code AND d.was = f.version AND d.since = s.since
    LEFT JOIN procedures AS p ON p.code = f.procedure AND p.valid_from = coalesce(
        (SELECT max(v.valid_from) FROM procedures AS v WHERE v.code = f.procedure AND v.valid_from <= f.received_day),
        (SELECT min(v.valid_from) FROM procedures AS v WHERE v.code = f.procedure))
    """,
    # What waits to be taken in began with the first part of a fact, and ended with the last.
    """
    CREATE TABLE made_pending AS
    SELECT w.code, CASE WHEN w.sign = 1 THEN min(m.version) ELSE max(m.version) END AS version, w.sign
    FROM facts_pending AS w JOIN made_facts AS m ON m.code = w.code AND m.was = w.version
    GROUP BY w.code, w.version, w.sign
    """,
    "DELETE FROM facts_pending",
    "INSERT INTO facts_pending (code, version, sign) SELECT code, version, sign FROM made_pending",
    "{clear} case_facts",
    """
    INSERT INTO case_facts (code, version, valid_from, valid_to, {old}, {new})
    SELECT code, version, valid_from, valid_to, {old}, {new} FROM made_facts
    """,
)
