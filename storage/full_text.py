"""The full-text index of each database: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both get the same plain words (lower case, no marks, letters and digits), so neither one's own ideas about language
or numbers come into play.
"""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    RowMapping,
    Text,
    cast,
    column,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from records.search import SearchQuery
from storage.tables_search import search_entries

FTS5 = "search_words"  # made by the migration; keeps no copy of the words
_MOST_POSITIONS = 16_383  # of a tsvector: later words count as if they stood there


def stored(connection: Connection, words: str) -> ColumnElement[str] | str:
    """The words as the column of search_entries takes them."""
    if connection.dialect.name == "sqlite":
        return words
    positions = (
        f"'{word}':{min(place, _MOST_POSITIONS)}" for place, word in enumerate(words.split(), start=1)
    )
    return cast(literal(" ".join(positions)), TSVECTOR)


def remember(connection: Connection, sequence: int, words: str) -> None:
    """Put a new entry into the index; PostgreSQL has done it by itself."""
    if connection.dialect.name == "sqlite":
        statement = "INSERT INTO search_words(rowid, words) VALUES (:sequence, :words)"
        connection.execute(text(statement), {"sequence": sequence, "words": words})


def forget(connection: Connection, entry: RowMapping) -> None:
    """Take an entry that is about to be deleted out of the index; FTS5 must be told its words."""
    if connection.dialect.name == "sqlite":
        statement = (
            "INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', :sequence, :words)"
        )
        connection.execute(text(statement), {"sequence": entry["sequence"], "words": entry["words"]})


def matches(connection: Connection, query: SearchQuery) -> ColumnElement[bool]:
    """Whether an entry holds every phrase."""
    if connection.dialect.name == "sqlite":
        wanted = " AND ".join(f'"{" ".join(phrase)}"' for phrase in query.phrases)
        index = table(FTS5, column("rowid", Integer), column(FTS5, Text))
        found = select(index.c.rowid).where(index.c[FTS5].op("MATCH")(wanted))
        return search_entries.c.sequence.in_(found)
    wanted = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in query.phrases)
    return search_entries.c.words.op("@@")(cast(literal(wanted), TSQUERY))
