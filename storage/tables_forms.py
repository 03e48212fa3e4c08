"""The tables of the statutory forms: what they count and what their fingerprint is made of, by blocks of days."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from storage.digests import LIMBS
from storage.tables import metadata

FORM_MEASURES = (
    # by the day of reception
    "online", "direct", "with_component", "reused", "shared", "new_undated", "new_with_result", "new_digitised",
    "new_turned_away",
    # by the day of resolution
    "early", "on_time", "late", "done_undated", "done_with_result", "done_digitised", "done_turned_away",
    # by the day from which it is overdue; less, by the day from which it no longer is
    "past_due",
)  # fmt: skip

SEALED = ("dossiers", "papers", *(f"{what}{n}" for what in ("dossier", "paper") for n in range(LIMBS)))

form_sums = Table(
    "form_sums",
    metadata,
    Column("cube", String, primary_key=True),  # what its key is; and whether by when it became known
    Column("place", Integer, primary_key=True, autoincrement=False),  # a block of days, see storage.blocks
    Column(
        "known", Integer, primary_key=True, autoincrement=False
    ),  # 64 days in which it became known; 0: ever
    Column("unit", String, primary_key=True),
    Column("key", String, primary_key=True),
    *(Column(name, Integer, nullable=False) for name in FORM_MEASURES),
)

form_seals = Table(
    "form_seals",
    metadata,
    Column("axis", String, primary_key=True),  # the day of reception or of resolution; as above
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("known", Integer, primary_key=True, autoincrement=False),
    Column("unit", String, primary_key=True),
    *(Column(name, BigInteger, nullable=False) for name in SEALED),
)
