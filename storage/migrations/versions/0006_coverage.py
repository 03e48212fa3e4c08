"""What each dossier counts for and when, its components, and the sums.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from records.ids import DossierCode
from records.succession import slot_of

revision = "0006"
down_revision: str | None = "0005"

_SUMMED = (
    "received", "received_online", "components_required", "components_digitised", "with_component", "reused",
    "shared", "resolved", "early", "on_time", "late", "required", "digitised", "required_with_certification",
    "digitised_with_certification", "complete",
)  # fmt: skip
_NAMED = ("procedure", "domain", "level", "channel", "station", "officer")
_COUNTED = ("online", "needs", "in_scope", "has", "must", "done", "papers", "reused", "shared")
_GAP = sa.text("valid_to IS NULL AND in_scope = 1 AND has = 0 AND resolved_day IS NOT NULL")


def upgrade() -> None:
    """Make the tables; dossiers that are there get their slots."""
    op.add_column("dossiers", sa.Column("slot", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("successions", sa.Column("recorded_at", sa.DateTime(timezone=True)))
    _slots()
    _components()
    _facts()
    _sums()


def _slots() -> None:
    connection = op.get_bind()
    codes = connection.execute(sa.text("SELECT code FROM dossiers")).scalars().all()
    if codes:
        connection.execute(
            sa.text("UPDATE dossiers SET slot = :slot WHERE code = :code"),
            [{"code": code, "slot": slot_of(DossierCode(code))} for code in codes],
        )


def _component_columns() -> list[sa.Column[object]]:
    return [
        sa.Column("declared", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("requested", sa.Boolean(), nullable=False),
        sa.Column("reused", sa.Boolean(), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("replaced_by", sa.String()),
        sa.Column("exempt_reason", sa.String()),
    ]


def _components() -> None:
    op.create_table(
        "procedure_components",
        sa.Column("procedure", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("must_digitize", sa.String(), nullable=False),
        sa.Column("confidence", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("procedure", "component", "valid_from", name="pk_procedure_components"),
    )
    op.create_table(
        "dossier_components",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_component_columns(),
        sa.ForeignKeyConstraint(["dossier"], ["dossiers.code"], name="fk_dossier_components_dossier"),
        sa.PrimaryKeyConstraint("dossier", "component", name="pk_dossier_components"),
    )
    op.create_table(
        "dossier_component_history",
        sa.Column("dossier", sa.String(), nullable=False),
        sa.Column("component", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True)),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("removed", sa.Boolean(), nullable=False),
        *_component_columns(),
        sa.PrimaryKeyConstraint("dossier", "component", "version", name="pk_dossier_component_history"),
    )


def _facts() -> None:
    op.create_table(
        "case_facts",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True)),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("slot", sa.SmallInteger(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in _NAMED),
        sa.Column("received_day", sa.Date(), nullable=False),
        sa.Column("resolved_day", sa.Date()),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in _COUNTED),
        sa.Column("timing", sa.SmallInteger()),
        sa.PrimaryKeyConstraint("code", "version", name="pk_case_facts"),
    )
    op.create_index("ix_case_facts_received", "case_facts", ["received_day", "unit"])
    op.create_index("ix_case_facts_resolved", "case_facts", ["resolved_day", "unit"])
    op.create_index("ix_case_facts_unit", "case_facts", ["unit", "received_day"])
    op.create_index("ix_case_facts_valid_from", "case_facts", ["valid_from"])
    op.create_index("ix_case_facts_valid_to", "case_facts", ["valid_to"])
    op.create_index(
        "ix_case_facts_gap",
        "case_facts",
        ["resolved_day", "code"],
        sqlite_where=_GAP,
        postgresql_where=_GAP,
    )
    op.create_table(
        "facts_pending",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sign", sa.SmallInteger(), nullable=False),
        sa.Column("batch", sa.String()),
        sa.PrimaryKeyConstraint("code", "version", "sign", name="pk_facts_pending"),
    )


def _sums() -> None:
    op.create_table(
        "coverage_sums",
        sa.Column("cube", sa.String(), nullable=False),
        sa.Column("grain", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("recorded", sa.Date(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _SUMMED),
        sa.PrimaryKeyConstraint("cube", "grain", "unit", "start", "key", "recorded", name="pk_coverage_sums"),
    )
