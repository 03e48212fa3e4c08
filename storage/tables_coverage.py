"""The tables of coverage: components of procedures and dossiers, what each dossier counts for and when, and sums.

`case_facts` holds, for each dossier and each stretch of time, everything that a figure counts. It is stated anew in the
same transaction as whatever changes it, and never overwritten: a figure of a past moment counts what was true then.
`coverage_sums` adds those facts up; `facts_pending` are the changes that are not in the sums yet.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

from storage.columns import UtcTime
from storage.tables import metadata

# --- which components a procedure asks for, and which a dossier has ---

procedure_components = Table(
    "procedure_components",
    metadata,
    Column("procedure", String, primary_key=True),
    Column("component", String, primary_key=True),  # MaThanhPhanHoSo
    Column("valid_from", Date, primary_key=True),  # SINCE_EVER when not known
    Column("recorded_at", UtcTime, primary_key=True),  # when it became known here
    Column("superseded_at", UtcTime),  # empty: it still stands
    Column("valid_to", Date),
    Column("name", Text, nullable=False),
    Column("must_digitize", String, nullable=False),  # a records.components.MustDigitize
    Column("confidence", String, nullable=False),
)


def _component() -> list[Column[object]]:
    return [
        Column("declared", Boolean, nullable=False),  # by the case system; else known from an exemption only
        Column("name", Text, nullable=False),
        Column("requested", Boolean, nullable=False),  # the person asks for it to be digitized
        Column("reused", Boolean, nullable=False),  # DuocTaiSuDung: its data existed already
        Column("shared", Boolean, nullable=False),  # DuocLayTuKhoDMQG: from the national store
        Column("replaced_by", String),  # MaKetQuaThayThe: the earlier result that stands for it
        Column("exempt_reason", String),  # a records.dossier.ExemptionReason
    ]


dossier_components = Table(
    "dossier_components",
    metadata,
    Column("dossier", ForeignKey("dossiers.code"), primary_key=True),
    Column("component", String, primary_key=True),
    Column("version", Integer, nullable=False),
    *_component(),
)

dossier_component_history = Table(
    "dossier_component_history",
    metadata,
    Column("dossier", String, primary_key=True),
    Column("component", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),  # empty: still so
    Column("actor", String, nullable=False),
    Column("removed", Boolean, nullable=False),
    *_component(),
)

# --- what each dossier counts for ---

FACTS = (
    "unit", "slot", "procedure", "domain", "level", "channel", "station", "officer", "received_day",
    "resolved_day", "online", "needs", "in_scope", "has", "must", "done", "papers", "reused", "shared", "timing",
    "due_day", "standing", "certification", "case_version", "filed", "papers_digest",
)  # fmt: skip

case_facts = Table(
    "case_facts",
    metadata,
    Column("code", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("valid_from", UtcTime, nullable=False),
    Column("valid_to", UtcTime),  # empty: still so
    Column("unit", String, nullable=False),
    Column("slot", SmallInteger, nullable=False),  # see records.succession
    Column("procedure", String, nullable=False),
    Column("domain", String, nullable=False),
    Column("level", String, nullable=False),
    Column("channel", String, nullable=False),
    Column("station", String, nullable=False),  # where its result was scanned, else its latest paper
    Column("officer", String, nullable=False),  # who answers for that paper
    Column("received_day", Date, nullable=False),  # of Viet Nam
    Column("resolved_day", Date),
    # From here on numbers, so that they can be added up; 0 or 1 unless said.
    Column("online", SmallInteger, nullable=False),
    Column("needs", SmallInteger, nullable=False),  # its procedure gives a written result
    Column("in_scope", SmallInteger, nullable=False),  # and is neither certification nor exempt
    Column("has", SmallInteger, nullable=False),  # a result is filed
    Column("must", SmallInteger, nullable=False),  # components that must be digitized: a count
    Column("done", SmallInteger, nullable=False),  # of these, digitized or re-used: a count
    Column("papers", SmallInteger, nullable=False),  # a component is filed
    Column("reused", SmallInteger, nullable=False),  # a component is re-used
    Column("shared", SmallInteger, nullable=False),  # a component comes from the national store
    Column("timing", SmallInteger),  # -1 early, 0 on time, 1 late; empty: open
    Column("due_day", Date),
    Column("standing", SmallInteger, nullable=False),  # the place of a records.tallies.Standing
    Column("certification", SmallInteger, nullable=False),  # its procedure certifies
    # What it was counted from, for the fingerprint of a form.
    Column("case_version", Integer, nullable=False),
    Column("filed", Integer, nullable=False),  # papers: a count
    Column("papers_digest", String, nullable=False),  # of their ids and versions; empty: none
    Index("ix_case_facts_received", "received_day", "unit"),
    Index("ix_case_facts_resolved", "resolved_day", "unit"),
    Index("ix_case_facts_unit", "unit", "received_day"),
    Index("ix_case_facts_unit_resolved", "unit", "resolved_day"),
    Index("ix_case_facts_valid_from", "valid_from", "valid_to"),  # both: most facts that a time is asked for
    Index("ix_case_facts_valid_to", "valid_to", "valid_from"),  # began and ended in it, and are passed over
    Index(
        "ix_case_facts_gap",
        "resolved_day",
        "code",
        sqlite_where=text("valid_to IS NULL AND in_scope = 1 AND has = 0 AND resolved_day IS NOT NULL"),
        postgresql_where=text("valid_to IS NULL AND in_scope = 1 AND has = 0 AND resolved_day IS NOT NULL"),
    ),
)

facts_pending = Table(
    "facts_pending",
    metadata,
    Column("code", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("sign", SmallInteger, primary_key=True),  # 1 began, -1 ended
    Column("batch", String),  # of the summing that takes it in
)

# --- sums ---

MEASURES = (
    "received", "received_online", "components_required", "components_digitised", "with_component", "reused",
    "shared", "resolved", "early", "on_time", "late", "required", "digitised", "required_with_certification",
    "digitised_with_certification", "complete",
)  # fmt: skip

coverage_sums = Table(
    "coverage_sums",
    metadata,
    Column("cube", String, primary_key=True),  # by what its keys part the dossiers
    Column("grain", String, primary_key=True),
    Column("unit", String, primary_key=True),  # * for all
    Column("start", Date, primary_key=True),  # first day of the day or month of reception or resolution
    Column("key", String, primary_key=True),
    Column(
        "recorded", Date, primary_key=True
    ),  # Monday of the week in which it became known, where that is kept
    *(Column(name, Integer, nullable=False) for name in MEASURES),
)
