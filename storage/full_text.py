"""The full-text index of each database: FTS5 on SQLite, tsvector with GIN on PostgreSQL.

Both get the same plain terms (see storage.search_terms), so neither one's own ideas about language or numbers come into
play, and both are asked for terms that all stand on a page, which an index answers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    RowMapping,
    Select,
    Text,
    and_,
    cast,
    column,
    func,
    insert,
    literal,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from records.ids import UnitCode
from records.search import pairs_of
from storage.search_terms import SLICE, marks_of, slice_mark, terms_of
from storage.tables_search import search_entries

Groups: TypeAlias = tuple[tuple[str, ...], ...]  # of each, one term at least

FTS5 = "search_terms"  # made by the migration; keeps terms only
WINDOWS = (2, 32)  # slices that PostgreSQL looks through, newest first, before it looks through all
_MOST_POSITIONS = 16_383  # of a tsvector: later words count as if they stood there


def add(connection: Connection, row: Mapping[str, str], words: str) -> None:
    """Insert an entry (its columns but sequence and words) at the end."""
    if connection.dialect.name == "sqlite":
        added = insert(search_entries).values({**row, "words": words}).returning(search_entries.c.sequence)
        index(connection, connection.execute(added).scalar_one(), row, words)
        return
    sequence = connection.execute(_NEXT).scalar_one()
    terms = cast(literal(stored_text(sequence, row, words)), TSVECTOR)
    connection.execute(insert(search_entries).values({**row, "sequence": sequence, "words": terms}))


_NEXT = text("SELECT nextval(pg_get_serial_sequence('search_entries', 'sequence'))")


def stored_text(sequence: int, row: Mapping[str, str], words: str) -> str:
    """The terms of an entry as PostgreSQL writes a tsvector, the words with their places.

    >>> stored_text(7, {"unit": "A", "day": "20220301"}, "my tho")
    "'my':1 'tho':2 'my_tho' 'u__41' 'd__20220301' 'm__202203' 's__0'"
    """
    parts = words.split()
    placed = (f"'{word}':{min(place, _MOST_POSITIONS)}" for place, word in enumerate(parts, start=1))
    marks = (*marks_of(UnitCode(row["unit"]), row["day"]), slice_mark(sequence))
    return " ".join((*placed, *(f"'{term}'" for term in (*dict.fromkeys(pairs_of(parts)), *marks))))


def index(connection: Connection, sequence: int, row: Mapping[str, str], words: str) -> None:
    """Put an entry of SQLite into its index."""
    _tell(
        connection, "INSERT INTO search_terms(rowid, terms) VALUES (:sequence, :terms)", sequence, row, words
    )


def forget(connection: Connection, entry: RowMapping) -> None:
    """Take an entry that is about to be deleted out of the index; FTS5 must be told its terms."""
    if connection.dialect.name == "sqlite":
        statement = (
            "INSERT INTO search_terms(search_terms, rowid, terms) VALUES ('delete', :sequence, :terms)"
        )
        row = {"unit": entry["unit"], "day": entry["day"]}
        _tell(connection, statement, entry["sequence"], row, entry["words"])


def _tell(connection: Connection, statement: str, sequence: int, row: Mapping[str, str], words: str) -> None:
    terms = " ".join(terms_of(words, UnitCode(row["unit"]), row["day"]))
    connection.execute(text(statement), {"sequence": sequence, "terms": terms})


def candidates(connection: Connection, wanted: Groups, after: int | None, most: int) -> Iterator[FromClause]:
    """Ways to the newest entries, at most so many, that hold a term of each group: sequence, page, record and words,
    newest first. To be tried until one gives enough; the last one looks through all."""
    if connection.dialect.name == "sqlite":
        yield _by_fts5(wanted, after, most)
        return
    newest = connection.execute(select(func.max(search_entries.c.sequence))).scalar() or 0
    last = (newest if after is None else min(newest, after - 1)) // SLICE
    for width in WINDOWS:
        if last >= width:
            marks = tuple(slice_mark(SLICE * (last - back)) for back in range(width))
            yield _by_gin((*wanted, marks), after, most)
    yield _by_gin(wanted, after, most)


def _by_fts5(wanted: Groups, after: int | None, most: int) -> FromClause:
    """SQLite sorts by the number that its index hands out, or it would gather all hits before it shows the first."""
    entries, index = search_entries, table(FTS5, column("rowid", Integer), column(FTS5, Text))
    asked = " AND ".join("(" + " OR ".join(f'"{term}"' for term in group) + ")" for group in wanted)
    matching: list[ColumnElement[bool]] = [index.c[FTS5].op("MATCH")(asked)]
    if after is not None:
        matching.append(index.c.rowid < after)
    hits = (
        select(index.c.rowid.label("sequence"), entries.c.page, entries.c.record, entries.c.words)
        .select_from(index.join(entries, entries.c.sequence == index.c.rowid))
        .where(and_(*matching))
    )
    return hits.order_by(index.c.rowid.desc()).limit(most).subquery("candidates")


def _by_gin(wanted: Groups, after: int | None, most: int) -> FromClause:
    """The index is asked first, and alone: left to itself, PostgreSQL reads entries one by one, newest first, as
    soon as it takes a term for common: seconds, where the rest of them leaves nothing."""
    entry = search_entries.c
    asked = " & ".join("(" + " | ".join(f"'{term}'" for term in group) + ")" for group in wanted)
    matching = entry.words.op("@@")(cast(literal(asked), TSQUERY))
    fence = select(entry.sequence, entry.page, entry.record, entry.words).where(matching).offset(0)
    hits = fence.subquery("hits")
    found: Select[Any] = select(hits) if after is None else select(hits).where(hits.c.sequence < after)
    return found.order_by(hits.c.sequence.desc()).limit(most).subquery("candidates")


def holds(connection: Connection, words: ColumnElement[Any], phrase: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether an entry's words hold these, one behind the other."""
    if connection.dialect.name == "sqlite":
        spaced: ColumnElement[str] = " " + words + " "
        return func.instr(spaced, f" {' '.join(phrase)} ") > 0
    return words.op("@@")(cast(literal(" <-> ".join(f"'{word}'" for word in phrase)), TSQUERY))
