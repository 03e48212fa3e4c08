"""The search: pages by what was read on them, records by what their fields say, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select

from records.ids import DocumentTypeCode, PageId, RecordId, UnitCode
from records.record import Record
from records.search import SearchQuery, indexed
from records.staff import Scope
from records.states import RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.full_text import Match, forget, match, remember, stored
from storage.record_rows import document_type, read_records, tag_of
from storage.scopes import within
from storage.tables import pages, records
from storage.tables_search import search_entries


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Conditions on the record of a hit; None means any. `first` and `last` bound when it was scanned."""

    unit: UnitCode | None = None
    document_type: DocumentTypeCode | None = None
    state: RecordState | None = None
    first: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that was found, and the page on which; no page: its fields say it."""

    record: Record
    page: PageId | None


class Search:
    """The search entries: one per page that was read and one per record that has fields."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note_page(self, page: PageId, unit: UnitCode, words: str) -> None:
        """Make a page findable by its words (see records.search.indexed); an earlier reading is replaced."""
        _replace(self._connection, page, words, page=page, unit=unit)

    def find(
        self,
        query: SearchQuery,
        scope: Scope,
        *,
        only: SearchFilter | None = None,
        after: Cursor | None = None,
        limit: int = 20,
    ) -> Slice[SearchHit]:
        """What holds all phrases of the query, within the scope; what was read or confirmed last comes first."""
        hits = match(self._connection, query)
        newest_first = Keyset((hits.sequence,), descending=True)
        found = _select(hits, scope, only or SearchFilter())
        rows = self._connection.execute(newest_first.apply(found, after, limit)).mappings().all()
        kept, following = newest_first.cut(rows, limit)
        wanted = {row["owner"] for row in kept}
        known = {
            record.id: record
            for record in read_records(self._connection, select(records).where(records.c.id.in_(wanted)))
        }
        shown = (
            SearchHit(known[RecordId(row["owner"])], PageId(row["page"]) if row["page"] else None)
            for row in kept
        )
        return Slice(tuple(shown), following)


def note_record(connection: Connection, record: Record) -> None:
    """Make a record findable by its fields: what a person confirmed, else what was read; and by its dossier."""
    _replace(connection, record.id, _words_of(record), record=record.id, unit=record.unit)


def _words_of(record: Record) -> str:
    confirmation = record.confirmation
    said = (
        confirmation.values.values() if confirmation is not None else (field.value for field in record.fields)
    )
    tag, kind = tag_of(record), document_type(record)
    return indexed([*(text for text in said if text), tag.code if tag else "", kind or ""])


def _replace(connection: Connection, key: str, words: str, **values: str) -> None:
    """The entry goes to the end, so that a walk through older results misses nothing."""
    old = connection.execute(select(search_entries).where(search_entries.c.key == key)).mappings().first()
    if old is not None:
        forget(connection, old)
        connection.execute(delete(search_entries).where(search_entries.c.key == key))
    row = {"key": key, "words": stored(connection, words), **values}
    added = connection.execute(insert(search_entries).values(row).returning(search_entries.c.sequence))
    remember(connection, added.scalar_one(), words)


def _select(hits: Match, scope: Scope, only: SearchFilter) -> Select[tuple[object]]:
    entry = search_entries.c
    owner = func.coalesce(entry.record, pages.c.record)
    found: Select[tuple[object]] = (
        select(hits.sequence, entry.page, owner.label("owner"))
        .select_from(hits.source.outerjoin(pages, pages.c.id == entry.page))
        .where(hits.condition, within(scope, entry.unit))
    )
    wanted = _conditions(only)
    if only.unit is not None:
        found = found.where(entry.unit == only.unit)
    return found.join(records, records.c.id == owner).where(*wanted) if wanted else found


def _conditions(only: SearchFilter) -> list[ColumnElement[bool]]:
    """What the record of a hit must meet."""
    wanted: list[ColumnElement[bool]] = []
    if only.document_type is not None:
        wanted.append(records.c.document_type == only.document_type)
    if only.state is not None:
        wanted.append(records.c.state == only.state)
    if only.first is not None:
        wanted.append(records.c.created_at >= only.first)
    if only.before is not None:
        wanted.append(records.c.created_at < only.before)
    return wanted
