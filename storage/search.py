"""The search: pages by what was read on them, records by what their fields say, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Select, delete, func, select

from records.ids import DocumentTypeCode, PageId, RecordId, UnitCode
from records.record import Record
from records.search import SearchQuery, indexed
from records.staff import Scope
from records.states import RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.full_text import Groups, add, candidates, forget, holds
from storage.record_rows import document_type, read_records, tag_of
from storage.search_terms import day_of, marks_between, unit_mark
from storage.tables import pages, records
from storage.tables_search import search_entries

FEW_HELD = 200  # candidates that are held against a long phrase or conditions on the record at first …
MOST_HELD = 10_000  # … and at most, by one question, when too few of the few meet them


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


@dataclass(frozen=True, slots=True)
class _Held:
    """What each candidate is held against: the index alone does not answer it."""

    phrases: Sequence[tuple[str, ...]]
    conditions: Sequence[ColumnElement[bool]]

    def __bool__(self) -> bool:
        return bool(self.phrases or self.conditions)


class Search:
    """The search entries: one per page that was read and one per record that has fields."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note_page(self, page: PageId, unit: UnitCode, words: str) -> None:
        """Make a page findable by its words (see records.search.indexed); an earlier reading is replaced."""
        scanned = (
            select(records.c.created_at).join(pages, pages.c.record == records.c.id).where(pages.c.id == page)
        )
        day = day_of(self._connection.execute(scanned).scalar_one())
        _replace(self._connection, page, words, page=page, unit=unit, day=day)

    def find(
        self,
        query: SearchQuery,
        scope: Scope,
        *,
        only: SearchFilter | None = None,
        after: Cursor | None = None,
        limit: int = 20,
    ) -> Slice[SearchHit]:
        """What holds all phrases of the query, within the scope; what was read or confirmed last comes first.

        A question looks through MOST_HELD candidates at most: a part may be short, or empty, and yet have a next one.
        """
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
        wanted = _groups(query, scope, only)
        if wanted is None:
            return [], None
        held = _Held(query.long_phrases(), _conditions(only))
        rows, following = list[RowMapping](), None
        for most in (FEW_HELD, MOST_HELD) if held else (limit + 1,):
            rows, following = self._among(wanted, held, after, most, limit)
            if len(rows) == limit:
                break
        return rows, following

    def _among(
        self, wanted: Groups, held: _Held, after: Cursor | None, most: int, limit: int
    ) -> tuple[list[RowMapping], Cursor | None]:
        """The same among so many candidates."""
        rows = list[RowMapping]()
        for source in candidates(self._connection, wanted, _sequence(after), most):
            phrases = [holds(self._connection, source.c.words, phrase) for phrase in held.phrases]
            newest_first = Keyset((source.c.sequence,), descending=True)
            asked = newest_first.apply(_select(source, phrases, held.conditions), None, limit)
            rows, following = newest_first.cut(self._connection.execute(asked).mappings().all(), limit)
            if following is None and most > limit + 1:
                following = self._rest(source, newest_first, most)
            if following is not None:
                return rows, following
        return rows, None

    def _rest(self, source: FromClause, newest_first: Keyset, most: int) -> Cursor | None:
        """Where to go on, when as many candidates were held against the conditions as one question may cost."""
        held = select(func.count().label("held"), func.min(source.c.sequence).label("last"))
        row = self._connection.execute(held.select_from(source)).one()
        return newest_first.cursor_of((row.last,)) if row.held == most else None


def note_record(connection: Connection, record: Record) -> None:
    """Make a record findable by its fields: what a person confirmed, else what was read; and by its dossier."""
    day = day_of(record.created_at)
    _replace(connection, record.id, _words_of(record), record=record.id, unit=record.unit, day=day)


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
    add(connection, {"key": key, **values}, words)


def _sequence(after: Cursor | None) -> int | None:
    if after is None:
        return None
    (sequence,) = Keyset((search_entries.c.sequence,)).values(after)
    assert isinstance(sequence, int)  # the column's type
    return sequence


def _groups(query: SearchQuery, scope: Scope, only: SearchFilter) -> Groups | None:
    """The terms of which an entry must hold one of each group; None: nothing can be found."""
    groups: list[tuple[str, ...]] = [(term,) for term in query.terms()]
    units = scope.units if only.unit is None else _only(scope, only.unit)
    if units is not None:
        groups.append(tuple(unit_mark(unit) for unit in sorted(units)))
    days = marks_between(only.first, only.before)
    if days:
        groups.append(days)
    return tuple(groups) if all(groups) else None


def _only(scope: Scope, unit: UnitCode) -> frozenset[UnitCode]:
    return frozenset({unit} if scope.units is None or unit in scope.units else ())


def _select(
    source: FromClause, phrases: Sequence[ColumnElement[bool]], conditions: Sequence[ColumnElement[bool]]
) -> Select[tuple[object]]:
    owner = func.coalesce(source.c.record, pages.c.record)
    found: Select[tuple[object]] = (
        select(source.c.sequence, source.c.page, owner.label("owner"))
        .select_from(source.outerjoin(pages, pages.c.id == source.c.page))
        .where(*phrases)
    )
    return found.join(records, records.c.id == owner).where(*conditions) if conditions else found


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
