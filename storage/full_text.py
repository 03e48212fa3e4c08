"""The full-text index of each database: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both get the same plain words (lower case, no marks, letters and digits), so neither one's own ideas about language
or numbers come into play.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    Text,
    and_,
    cast,
    column,
    literal,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from records.search import SearchQuery
from storage.cursors import Cursor, Keyset
from storage.tables_search import search_entries

FTS5 = "search_words"  # made by the migration; keeps no copy of the words
NEWEST = 2000  # entries that are read one by one before the index is asked
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
    """How to read entries that hold every phrase: from where, and by which column newest first."""

    source: FromClause  # with the columns page, record and unit of search_entries
    condition: ColumnElement[bool]
    sequence: ColumnElement[object]
    entry: ReadOnlyColumnCollection[str, Any]


def matches(
    connection: Connection, query: SearchQuery, within: ColumnElement[bool], after: Cursor | None
) -> Iterator[Match]:
    """Ways to the entries within a condition that hold every phrase, to be tried until one gives enough; the last
    one gives all."""
    if connection.dialect.name == "sqlite":
        yield _by_fts5(query, within)
    else:
        yield _among_newest(query, within, after)
        yield _by_gin(query, within)


def _by_fts5(query: SearchQuery, within: ColumnElement[bool]) -> Match:
    """SQLite sorts by the number that its index hands out, or it would gather all hits before it shows the first."""
    entries = search_entries
    index = table(FTS5, column("rowid", Integer), column(FTS5, Text))
    wanted = " AND ".join(f'"{" ".join(phrase)}"' for phrase in query.phrases)
    joined = index.join(entries, entries.c.sequence == index.c.rowid)
    return Match(joined, and_(index.c[FTS5].op("MATCH")(wanted), within), index.c.rowid, entries.c)


def _among_newest(query: SearchQuery, within: ColumnElement[bool], after: Cursor | None) -> Match:
    """What is common is found at once among the newest entries, without asking the index for all of its hits."""
    newest = Keyset((search_entries.c.sequence,), descending=True)
    window = newest.apply(select(search_entries).where(within), after, NEWEST).subquery("newest")
    return Match(window, window.c.words.op("@@")(_tsquery(query)), window.c.sequence, window.c)


def _by_gin(query: SearchQuery, within: ColumnElement[bool]) -> Match:
    """What is rare is gathered by the index. Left to itself, PostgreSQL reads entries one by one, newest first, as soon
    as some word of several is common: seconds, where the rest of them leaves nothing."""
    entry = search_entries.c
    wanted = select(entry.sequence, entry.page, entry.record, entry.unit)
    found = wanted.where(entry.words.op("@@")(_tsquery(query)), within).cte("found")
    found = found.prefix_with("MATERIALIZED", dialect="postgresql")
    return Match(found, true(), found.c.sequence, found.c)


def _tsquery(query: SearchQuery) -> ColumnElement[Any]:
    wanted = " & ".join("(" + " <-> ".join(f"'{word}'" for word in phrase) + ")" for phrase in query.phrases)
    return cast(literal(wanted), TSQUERY)
