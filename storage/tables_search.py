"""The table behind the search: one row of words per page and per record, newest last."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, String, Table, Text
from sqlalchemy.dialects.postgresql import TSVECTOR

from storage.tables import metadata

# PostgreSQL keeps the terms (see storage.search_terms), the words with their places; SQLite keeps the words, and the
# terms in a full-text table (see the migration). PostgreSQL gathers no statistics on them (the migration says so): it
# then takes every term for rare and always asks the index.
search_entries = Table(
    "search_entries",
    metadata,
    Column("sequence", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("key", String, nullable=False, unique=True),  # of the page or of the record
    Column("page", ForeignKey("pages.id")),  # empty: the row is about the record's fields
    Column("record", ForeignKey("records.id")),  # empty: the record is the page's, which may change
    Column("unit", ForeignKey("org_units.code"), nullable=False),
    Column("day", String, nullable=False),  # of scanning, eight digits
    Column("words", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    Index("ix_search_entries_words", "words", postgresql_using="gin").ddl_if(dialect="postgresql"),
)
