"""The search: pages by what was read on them, records by what their fields say, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, delete, func, insert, select

from records.ids import DocumentTypeCode, PageId, RecordId, UnitCode
from records.record import Record
from records.search import SearchQuery, indexed
from records.staff import Scope
from records.states import RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.full_text import Match, forget, matches, remember, stored
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
        kept, following = self._newest(query, scope, only or SearchFilter(), after, limit)
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

    def _newest(
        self, query: SearchQuery, scope: Scope, only: SearchFilter, after: Cursor | None, limit: int
    ) -> tuple[list[RowMapping], Cursor | None]:
        """The rows of the hits, and the cursor for the rest."""
        kept, following = list[RowMapping](), None
        for hits in matches(self._connection, query, _readable(scope, only), after):
            newest_first = Keyset((hits.sequence,), descending=True)
            asked = newest_first.apply(_select(hits, only), after, limit)
            rows = self._connection.execute(asked).mappings().all()
            kept, following = newest_first.cut(rows, limit)
            if following is not None:
                break
        return kept, following


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


def _readable(scope: Scope, only: SearchFilter) -> ColumnElement[bool]:
    """Which entries may be found at all."""
    unit = search_entries.c.unit
    return within(scope, unit) if only.unit is None else and_(within(scope, unit), unit == only.unit)


def _select(hits: Match, only: SearchFilter) -> Select[tuple[object]]:
    owner = func.coalesce(hits.entry.record, pages.c.record)
    found: Select[tuple[object]] = (
        select(hits.sequence, hits.entry.page, owner.label("owner"))
        .select_from(hits.source.outerjoin(pages, pages.c.id == hits.entry.page))
        .where(hits.condition)
    )
    wanted = _conditions(only)
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
