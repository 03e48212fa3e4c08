"""The full-text index of each database: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both get the same plain words (lower case, no marks, letters and digits), so neither one's own ideas about language
or numbers come into play.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    Text,
    cast,
    column,
    literal,
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
    return cast(literal(stored_text(words)), TSVECTOR)


def stored_text(words: str) -> str:
    """The words with their positions, as PostgreSQL writes a tsvector.

    >>> stored_text("my tho my")
    "'my':1 'tho':2 'my':3"
    """
    places = enumerate(words.split(), start=1)
    return " ".join(f"'{word}':{min(place, _MOST_POSITIONS)}" for place, word in places)


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


@dataclass(frozen=True)
class Match:
    """How to read the entries that hold every phrase: from where, and by which column newest first.

    SQLite sorts by the number that its index hands out, or it would gather all hits before it shows the first.
    """

    source: FromClause
    condition: ColumnElement[bool]
    sequence: ColumnElement[object]


def match(connection: Connection, query: SearchQuery) -> Match:
    """The entries that hold every phrase of a query."""
    entries = search_entries
    if connection.dialect.name == "sqlite":
        index = table(FTS5, column("rowid", Integer), column(FTS5, Text))
        wanted = " AND ".join(f'"{" ".join(phrase)}"' for phrase in query.phrases)
        joined = index.join(entries, entries.c.sequence == index.c.rowid)
        return Match(joined, index.c[FTS5].op("MATCH")(wanted), index.c.rowid)
    wanted = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in query.phrases)
    return Match(entries, entries.c.words.op("@@")(cast(literal(wanted), TSQUERY)), entries.c.sequence)
