"""What was read and cannot be found yet: after a restore, or from the time before there was a search."""

from __future__ import annotations

from sqlalchemy import Connection, select

from records.fixity import Sha256
from records.ids import PageId, UnitCode
from records.record import Record
from records.states import RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.record_rows import as_records
from storage.search import note_record
from storage.tables import batches, pages, records
from storage.tables_search import search_entries

_KNOWN = select(search_entries.c.key)
_PAGES_BY_AGE = Keyset((pages.c.state_at, pages.c.id))
_RECORDS_BY_AGE = Keyset((records.c.state_at, records.c.id))


class SearchGaps:
    """Pages and records without an entry in the search, in the order in which they got into their state."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def pages(self, after: Cursor | None, limit: int) -> Slice[tuple[PageId, UnitCode, Sha256]]:
        """Pages that were read, each with its unit and the object that holds its words."""
        query = (
            select(pages.c.id, pages.c.state_at, pages.c.text_sha256, batches.c.unit)
            .join(batches, batches.c.id == pages.c.batch)
            .where(pages.c.text_sha256.is_not(None), pages.c.id.not_in(_KNOWN))
        )
        rows = self._connection.execute(_PAGES_BY_AGE.apply(query, after, limit)).mappings().all()
        kept, following = _PAGES_BY_AGE.cut(rows, limit)
        found = ((PageId(row["id"]), UnitCode(row["unit"]), Sha256(row["text_sha256"])) for row in kept)
        return Slice(tuple(found), following)

    def records(self, after: Cursor | None, limit: int) -> Slice[Record]:
        """Records that the machine or a person has said something about."""
        silent = records.c.state == RecordState.ASSEMBLED.value
        query = select(records).where(~silent, records.c.id.not_in(_KNOWN))
        rows = self._connection.execute(_RECORDS_BY_AGE.apply(query, after, limit)).mappings().all()
        kept, following = _RECORDS_BY_AGE.cut(rows, limit)
        return Slice(as_records(self._connection, kept), following)

    def close(self, record: Record) -> None:
        """Make a record findable, as every change of it does by itself."""
        note_record(self._connection, record)
