"""Facts are found by when they began and ended together, so that those that came and went are passed over unread.

Revision ID: 0021
Revises: 0020
"""

from __future__ import annotations

from alembic import op

revision = "0021"
down_revision: str | None = "0020"

_INDEXES = {
    "ix_case_facts_valid_from": ["valid_from", "valid_to"],
    "ix_case_facts_valid_to": ["valid_to", "valid_from"],
}


def upgrade() -> None:
    """Make the two indexes anew: some seconds for a million dossiers."""
    for name, columns in _INDEXES.items():
        op.drop_index(name, "case_facts")
        op.create_index(name, "case_facts", columns)
