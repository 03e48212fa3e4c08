"""Every table of the database, once. The migrations lead to exactly this; a test compares them.

Lease columns stand beside the state that they guard: what is done is stored, "in progress" is a lease.
Units, procedures, types and indicators are dated data; records and dossiers keep a history that only grows.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from storage.columns import UtcTime, json_column

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _lease() -> list[Column[object]]:
    """Who works on the row now, how often it was tried, and since when it has been in its state."""
    return [
        Column("state_at", UtcTime, nullable=False),
        Column("lease_token", String),
        Column("lease_until", UtcTime),
        Column("attempts", Integer, nullable=False),
        Column("last_error", String),
    ]


def _partial_index(name: str, *columns: str, where: str) -> Index:
    """An index over the few rows that are still to be worked on."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


# --- dated data ---

org_units = Table(
    "org_units",
    metadata,
    Column("code", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", String, nullable=False),
    Column("level", String, nullable=False),
    Column("parent", ForeignKey("org_units.code", deferrable=True, initially="DEFERRED")),
    Column("symbol", String),
    Column("takes_dossiers", Boolean, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("confidence", String, nullable=False),
    Column("position", Integer, nullable=False),  # the order in which people list them
)

successions = Table(
    "successions",
    metadata,
    Column("unit", ForeignKey("org_units.code"), primary_key=True),
    Column("successor", ForeignKey("org_units.code"), primary_key=True),
    Column("share", Float, nullable=False),
    Column("recorded_at", UtcTime),  # when it became known here; empty: with the default data
)

procedures = Table(
    "procedures",
    metadata,
    Column("code", String, primary_key=True),
    Column("valid_from", Date, primary_key=True),  # SINCE_EVER when not known
    Column("valid_to", Date),
    Column("name", Text, nullable=False),
    Column("domain", String, nullable=False),
    Column("level", String, nullable=False),
    Column("certification", Boolean, nullable=False),
    Column("exempt", Boolean, nullable=False),
    Column("result_types", json_column(), nullable=False),
    Column("needs_result", Boolean, nullable=False),
    Column("confidence", String, nullable=False),
    Column("position", Integer, nullable=False),
)

document_types = Table(
    "document_types",
    metadata,
    Column("code", String, primary_key=True),
    Column("name_vi", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("role", String, nullable=False),
    Column("titles", json_column(), nullable=False),
    Column("domain", String, nullable=False),
    Column("number_pattern", Text),
    Column("fields", json_column(), nullable=False),
    Column("retention", Text, nullable=False),
    Column("digitize_rule", Text, nullable=False),
    Column("confidence", String, nullable=False),
    Column("position", Integer, nullable=False),
)

indicators = Table(
    "indicators",
    metadata,
    Column("id", String, primary_key=True),
    Column("valid_from", Date, primary_key=True),  # SINCE_EVER when not known
    Column("valid_to", Date),
    Column("group", String, nullable=False),
    Column("name", Text, nullable=False),
    Column("numerator", Text, nullable=False),
    Column("denominator", Text, nullable=False),
    Column("threshold", Float),
    Column("max_points", Float),
    Column("score_rule", Text, nullable=False),
    Column("position", Integer, nullable=False),
)

# --- who may do what ---

staff = Table(
    "staff",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("role", String, nullable=False),
    Column("everywhere", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("password_hash", Text),
    Column("added_at", UtcTime, nullable=False),
)

staff_units = Table(
    "staff_units",
    metadata,
    Column("staff", ForeignKey("staff.id"), primary_key=True),
    Column("unit", ForeignKey("org_units.code"), primary_key=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("staff", ForeignKey("staff.id"), nullable=False, index=True),
    Column("csrf", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
)

setup_tokens = Table(
    "setup_tokens",
    metadata,
    Column("token_hash", String, primary_key=True),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
)

login_failures = Table(
    "login_failures",
    metadata,
    Column(
        "key_hash", String, primary_key=True
    ),  # of an account name or an address: neither is kept in clear
    Column("failures", Integer, nullable=False),
    Column("since", UtcTime, nullable=False),
)

stations = Table(
    "stations",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", String, nullable=False, unique=True),
    Column("unit", ForeignKey("org_units.code"), nullable=False),
    Column("active", Boolean, nullable=False),
    Column("key_hash", String, unique=True),
    Column("added_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime),
    Column("clock_skew_seconds", Float),
)

# --- what was scanned ---

batches = Table(
    "batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("station", ForeignKey("stations.id"), nullable=False),
    Column("unit", ForeignKey("org_units.code"), nullable=False),
    Column("operator", String, nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("completed_at", UtcTime),
    Index("ix_batches_opened_at", "opened_at", "id"),
    Index("ix_batches_unit_opened_at", "unit", "opened_at", "id"),
    Index("ix_batches_station_opened_at", "station", "opened_at"),
)

declared_files = Table(
    "declared_files",
    metadata,
    Column("batch", ForeignKey("batches.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("pages", Integer),
)

files = Table(
    "files",
    metadata,
    Column("id", String, primary_key=True),
    Column("batch", ForeignKey("batches.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("state", String, nullable=False),
    Column("pages", Integer),
    Column("error_code", String),
    *_lease(),
    UniqueConstraint("batch", "sequence"),
    Index("ix_files_sha256", "sha256", "received_at", "id"),
    _partial_index("ix_files_open", "state_at", where="state = 'received'"),
    _partial_index("ix_files_failed", "error_code", where="error_code IS NOT NULL"),
)

pages = Table(
    "pages",
    metadata,
    Column("id", String, primary_key=True),
    Column("file", ForeignKey("files.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("batch", ForeignKey("batches.id"), nullable=False),
    Column("record", ForeignKey("records.id"), nullable=False),
    Column("position", Integer, nullable=False),  # in its record, from 1
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("image_sha256", String, nullable=False),
    Column("image_size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("quality", json_column(), nullable=False),
    Column("barcodes", json_column(), nullable=False),
    Column("state", String, nullable=False),
    Column("text_sha256", String),
    Column("text_size", BigInteger),
    Column("confidence", Float),
    Column("engine", String),
    Column("error_code", String),
    Column("turned", Integer),
    Column("rotation", Integer),
    *_lease(),
    UniqueConstraint("file", "number"),
    Index("ix_pages_record", "record", "position"),
    Index("ix_pages_batch", "batch", "state"),
    _partial_index("ix_pages_open", "state_at", where="state = 'received'"),
    _partial_index("ix_pages_recognised", "state_at", where="state = 'recognised'"),
    _partial_index("ix_pages_failed", "error_code", where="error_code IS NOT NULL"),
)

records = Table(
    "records",
    metadata,
    Column("id", String, primary_key=True),
    Column("batch", ForeignKey("batches.id"), nullable=False),
    Column("file_sequence", Integer, nullable=False),  # with first_page: its place in the batch
    Column("first_page", Integer, nullable=False),
    Column("unit", ForeignKey("org_units.code"), nullable=False),
    Column("state", String, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("version", Integer, nullable=False),
    Column("is_cover", Boolean, nullable=False),
    Column("cover_code", String),
    Column("document_type", String),  # confirmed, else proposed
    Column("classification", json_column()),
    Column("fields", json_column(), nullable=False),
    Column("proposals", json_column(), nullable=False),
    Column("review_reasons", json_column(), nullable=False),
    Column("confirmation", json_column()),
    # The tag counts while the record is confirmed or filed; these three are empty otherwise.
    Column("dossier_code", String),
    Column("role", String),
    Column("component", String),
    Column("filed_at", UtcTime),
    Column("archival_sha256", String),
    Column("archival_size", BigInteger),
    Column("error_code", String),
    Column("filing_parked", Boolean, nullable=False),  # filing failed for good; a person may ask again
    Column("arranged", Boolean, nullable=False, server_default=false()),
    # For the queue: how many reasons for doubt there are, and the dossier that is proposed first.
    Column("doubts", Integer, nullable=False, server_default="0"),
    Column("proposed_dossier", String),
    Column("acceptance", json_column()),
    Column("settled_as", String),  # the role in which everything is accepted
    *_lease(),
    UniqueConstraint("batch", "file_sequence", "first_page"),
    Index("ix_records_state", "state", "created_at", "batch", "file_sequence", "first_page"),
    Index("ix_records_unit_state", "unit", "state", "created_at", "batch", "file_sequence", "first_page"),
    Index("ix_records_dossier", "dossier_code", "role", "state"),
    _partial_index("ix_records_failed", "error_code", "state", where="error_code IS NOT NULL"),
    _partial_index("ix_records_open", "state", "state_at", where="state IN ('assembled', 'confirmed')"),
    _partial_index(
        "ix_records_settled",
        "state",
        "created_at",
        "batch",
        "file_sequence",
        "first_page",
        where="settled_as IS NOT NULL AND state = 'classified'",
    ),
)

record_history = Table(
    "record_history",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("actor", String, nullable=False),
    Column("action", String, nullable=False),
    Column("reason", Text),
    Column("state", String, nullable=False),
    Column("dossier_code", String),
    Column("role", String),
    Column("snapshot", json_column(), nullable=False),
    Index("ix_record_history_dossier", "dossier_code", "at"),
)

derivatives = Table(
    "derivatives",
    metadata,
    Column("record", ForeignKey("records.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("sha256", String, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("media_type", String, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

# --- what the case system says ---


def _case() -> list[Column[object]]:
    return [
        Column("procedure", String, nullable=False),
        Column("unit", ForeignKey("org_units.code"), nullable=False),
        Column("received_at", UtcTime, nullable=False),
        Column("due_at", UtcTime),
        Column("finished_at", UtcTime),
        Column("returned_at", UtcTime),
        Column("resolved_at", UtcTime),  # finished, else returned: derived, for the indexes
        Column("status", String, nullable=False),
        Column("channel", String),
        Column("owner", Text),
        Column("components_required", Integer),
    ]


dossiers = Table(
    "dossiers",
    metadata,
    Column("code", String, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("source", String, nullable=False),
    Column("changed_at", UtcTime, nullable=False),
    Column("slot", Integer, nullable=False, server_default="0"),  # see records.succession
    *_case(),
    Index("ix_dossiers_received_at", "received_at", "code"),
    Index("ix_dossiers_unit_received_at", "unit", "received_at", "code"),
    Index("ix_dossiers_unit_resolved_at", "unit", "resolved_at", "procedure"),
    Index("ix_dossiers_procedure_received_at", "procedure", "received_at"),
    Index("ix_dossiers_resolved_at", "resolved_at", "code"),
)

dossier_history = Table(
    "dossier_history",
    metadata,
    Column("code", ForeignKey("dossiers.code"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),  # empty: still so
    *_case(),
    Index("ix_dossier_history_valid", "valid_from", "valid_to"),
)
