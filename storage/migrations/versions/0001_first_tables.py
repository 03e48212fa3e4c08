"""The first tables.

Revision ID: 0001
Revises: none
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Make every table of the first version."""
    _dated_data()
    _accounts()
    _batches()
    _papers()
    _dossiers()
    _audit_trail()


def _dated_data() -> None:
    """Org units, procedures, types of papers, indicators: each with its days of validity."""
    op.create_table(
        "org_units",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("parent", sa.String()),
        sa.Column("symbol", sa.String()),
        sa.Column("takes_dossiers", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_to", sa.Date()),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent"], ["org_units.code"], name="fk_org_units_parent", initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("code", name="pk_org_units"),
    )
    op.create_table(
        "successions",
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("successor", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(["successor"], ["org_units.code"], name="fk_successions_successor"),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_successions_unit"),
        sa.PrimaryKeyConstraint("unit", "successor", name="pk_successions"),
    )
    op.create_table(
        "procedures",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("certification", sa.Boolean(), nullable=False),
        sa.Column("exempt", sa.Boolean(), nullable=False),
        sa.Column("result_types", sa.JSON(), nullable=False),
        sa.Column("needs_result", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", "valid_from", name="pk_procedures"),
    )
    op.create_table(
        "document_types",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name_vi", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("domain", sa.String(), nullable=False),
        sa.Column("number_pattern", sa.Text()),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("retention", sa.Text(), nullable=False),
        sa.Column("digitize_rule", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_document_types"),
    )
    op.create_table(
        "indicators",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("group", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("numerator", sa.Text(), nullable=False),
        sa.Column("denominator", sa.Text(), nullable=False),
        sa.Column("threshold", sa.Float()),
        sa.Column("max_points", sa.Float()),
        sa.Column("score_rule", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", "valid_from", name="pk_indicators"),
    )


def _accounts() -> None:
    """Who may do what: staff, sessions, stations."""
    op.create_table(
        "staff",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("password_hash", sa.Text()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_staff"),
        sa.UniqueConstraint("name", name="uq_staff_name"),
    )
    op.create_table(
        "staff_units",
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_staff_units_staff"),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_staff_units_unit"),
        sa.PrimaryKeyConstraint("staff", "unit", name="pk_staff_units"),
    )
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("csrf", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.id"], name="fk_sessions_staff"),
        sa.PrimaryKeyConstraint("token_hash", name="pk_sessions"),
    )
    op.create_index("ix_sessions_staff", "sessions", ["staff"])
    op.create_table(
        "setup_tokens",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("token_hash", name="pk_setup_tokens"),
    )
    op.create_table(
        "login_failures",
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_login_failures"),
    )
    op.create_table(
        "stations",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("key_hash", sa.String()),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True)),
        sa.Column("clock_skew_seconds", sa.Float()),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_stations_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_stations"),
        sa.UniqueConstraint("key_hash", name="uq_stations_key_hash"),
        sa.UniqueConstraint("name", name="uq_stations_name"),
    )


def _batches() -> None:
    """What was scanned, and its files."""
    op.create_table(
        "batches",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("operator", sa.String(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("completed_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(["station"], ["stations.id"], name="fk_batches_station"),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_batches_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_batches"),
    )
    op.create_index("ix_batches_opened_at", "batches", ["opened_at", "id"])
    op.create_index("ix_batches_station_opened_at", "batches", ["station", "opened_at"])
    op.create_index("ix_batches_unit_opened_at", "batches", ["unit", "opened_at", "id"])
    op.create_table(
        "declared_files",
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_declared_files_batch"),
        sa.PrimaryKeyConstraint("batch", "sequence", name="pk_declared_files"),
    )
    op.create_table(
        "files",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("pages", sa.Integer()),
        sa.Column("error_code", sa.String()),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_token", sa.String()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String()),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_files_batch"),
        sa.PrimaryKeyConstraint("id", name="pk_files"),
        sa.UniqueConstraint("batch", "sequence", name="uq_files_batch_sequence"),
    )
    op.create_index(
        "ix_files_open",
        "files",
        ["state_at"],
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_index("ix_files_sha256", "files", ["sha256", "received_at", "id"])


def _papers() -> None:
    """Records, their pages, their history."""
    op.create_table(
        "records",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("file_sequence", sa.Integer(), nullable=False),
        sa.Column("first_page", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_cover", sa.Boolean(), nullable=False),
        sa.Column("cover_code", sa.String()),
        sa.Column("document_type", sa.String()),
        sa.Column("classification", sa.JSON()),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.Column("review_reasons", sa.JSON(), nullable=False),
        sa.Column("confirmation", sa.JSON()),
        sa.Column("dossier_code", sa.String()),
        sa.Column("role", sa.String()),
        sa.Column("component", sa.String()),
        sa.Column("filed_at", sa.DateTime(timezone=True)),
        sa.Column("archival_sha256", sa.String()),
        sa.Column("archival_size", sa.BigInteger()),
        sa.Column("error_code", sa.String()),
        sa.Column("filing_parked", sa.Boolean(), nullable=False),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_token", sa.String()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String()),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_records_batch"),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_records_unit"),
        sa.PrimaryKeyConstraint("id", name="pk_records"),
        sa.UniqueConstraint(
            "batch", "file_sequence", "first_page", name="uq_records_batch_file_sequence_first_page"
        ),
    )
    op.create_index("ix_records_dossier", "records", ["dossier_code", "role", "state"])
    op.create_index(
        "ix_records_open",
        "records",
        ["state", "state_at"],
        sqlite_where=sa.text("state IN ('assembled', 'confirmed')"),
        postgresql_where=sa.text("state IN ('assembled', 'confirmed')"),
    )
    op.create_index(
        "ix_records_state", "records", ["state", "created_at", "batch", "file_sequence", "first_page"]
    )
    op.create_index(
        "ix_records_unit_state",
        "records",
        ["unit", "state", "created_at", "batch", "file_sequence", "first_page"],
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("image_sha256", sa.String(), nullable=False),
        sa.Column("image_size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("quality", sa.JSON(), nullable=False),
        sa.Column("barcodes", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("text_sha256", sa.String()),
        sa.Column("text_size", sa.BigInteger()),
        sa.Column("confidence", sa.Float()),
        sa.Column("engine", sa.String()),
        sa.Column("error_code", sa.String()),
        sa.Column("state_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lease_token", sa.String()),
        sa.Column("lease_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_error", sa.String()),
        sa.ForeignKeyConstraint(["batch"], ["batches.id"], name="fk_pages_batch"),
        sa.ForeignKeyConstraint(["file"], ["files.id"], name="fk_pages_file"),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_pages_record"),
        sa.PrimaryKeyConstraint("id", name="pk_pages"),
        sa.UniqueConstraint("file", "number", name="uq_pages_file_number"),
    )
    op.create_index("ix_pages_batch", "pages", ["batch", "state"])
    op.create_index(
        "ix_pages_open",
        "pages",
        ["state_at"],
        sqlite_where=sa.text("state = 'received'"),
        postgresql_where=sa.text("state = 'received'"),
    )
    op.create_index("ix_pages_record", "pages", ["record", "position"])
    op.create_table(
        "record_history",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("dossier_code", sa.String()),
        sa.Column("role", sa.String()),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_record_history_record"),
        sa.PrimaryKeyConstraint("record", "version", name="pk_record_history"),
    )
    op.create_index("ix_record_history_dossier", "record_history", ["dossier_code", "at"])
    op.create_table(
        "derivatives",
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["record"], ["records.id"], name="fk_derivatives_record"),
        sa.PrimaryKeyConstraint("record", "kind", name="pk_derivatives"),
    )


def _dossiers() -> None:
    """What the case system says, now and before."""
    op.create_table(
        "dossiers",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("returned_at", sa.DateTime(timezone=True)),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("channel", sa.String()),
        sa.Column("owner", sa.Text()),
        sa.Column("components_required", sa.Integer()),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_dossiers_unit"),
        sa.PrimaryKeyConstraint("code", name="pk_dossiers"),
    )
    op.create_index("ix_dossiers_procedure_received_at", "dossiers", ["procedure", "received_at"])
    op.create_index("ix_dossiers_received_at", "dossiers", ["received_at", "code"])
    op.create_index("ix_dossiers_resolved_at", "dossiers", ["resolved_at", "code"])
    op.create_index("ix_dossiers_unit_received_at", "dossiers", ["unit", "received_at", "code"])
    op.create_index("ix_dossiers_unit_resolved_at", "dossiers", ["unit", "resolved_at", "procedure"])
    op.create_table(
        "dossier_history",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True)),
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True)),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("returned_at", sa.DateTime(timezone=True)),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("channel", sa.String()),
        sa.Column("owner", sa.Text()),
        sa.Column("components_required", sa.Integer()),
        sa.ForeignKeyConstraint(["code"], ["dossiers.code"], name="fk_dossier_history_code"),
        sa.ForeignKeyConstraint(["unit"], ["org_units.code"], name="fk_dossier_history_unit"),
        sa.PrimaryKeyConstraint("code", "version", name="pk_dossier_history"),
    )
    op.create_index("ix_dossier_history_valid", "dossier_history", ["valid_from", "valid_to"])


def _audit_trail() -> None:
    """The chain of entries, and its head: one row, which each append locks."""
    op.create_table(
        "audit_entries",
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_audit_entries"),
    )
    op.create_index("ix_audit_entries_subject", "audit_entries", ["subject", "sequence"])
    head = op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )
    op.bulk_insert(head, [{"id": 1, "sequence": 0, "hash": "0" * 64}])
