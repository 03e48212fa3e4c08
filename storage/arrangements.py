"""Records whose pages a person moved among them, written as one: every page keeps exactly one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from records.arrangement import revived
from records.errors import StaleVersion
from records.ids import PageId, RecordId
from records.record import Record
from records.states import PageState, RecordState
from storage.leases import FREE
from storage.record_rows import contents, read_records
from storage.records import Records, places
from storage.tables import pages, records


class Arrangements:
    """Changes that several records take part in."""

    def __init__(self, connection: Connection, record_store: Records) -> None:
        self._connection = connection
        self._records = record_store

    def save(
        self,
        parts: Sequence[Record],
        *,
        based_on: Mapping[RecordId, int],
        actor: str,
        action: str,
        at: datetime,
    ) -> tuple[Record, ...]:
        """Write all parts or none. `based_on` names the version of each record that was there before.

        Parts without a version there are new, or were merged once and live again; returns the parts as stored.
        Raises StaleVersion when somebody was faster, ValueError when a page would be lost or doubled.
        """
        # In one order, so that two who change the same records wait for each other and do not deadlock.
        in_order = sorted(parts, key=lambda part: part.id)
        written = {part.id: self._write(part, based_on.get(part.id), at) for part in in_order}
        before = [
            page for key in based_on for page in self._records.pages_of(key)
        ]  # theirs alone from here on
        living = [part for part in parts if part.state is not RecordState.MERGED]
        self._records.move_pages(places(living, before))
        stored = tuple(written[part.id] for part in parts)
        for part in stored:
            self._records.remember(part, at, actor, action)
        return stored

    def turn(self, page: PageId, degrees: int, at: datetime) -> None:
        """Note how a page stands upright, by a person's word, and let it be read again."""
        values = {"turned": degrees, "state": PageState.RECEIVED.value, "state_at": at, "attempts": 0}
        self._connection.execute(
            update(pages).where(pages.c.id == page).values(error_code=None, last_error=None, **FREE, **values)
        )

    def _write(self, part: Record, based_on: int | None, at: datetime) -> Record:
        if based_on is not None:
            self._change(part, based_on, at)
            return part
        known = read_records(self._connection, select(records).where(records.c.id == part.id))
        if not known:
            self._records.insert(part, *self._records.place_of(part.pages[0]), at)
            return part
        if known[0].state is not RecordState.MERGED:
            raise StaleVersion()
        again = revived(part, known[0])
        self._change(again, known[0].version, at)
        return again

    def _change(self, part: Record, version: int, at: datetime) -> None:
        changed = self._connection.execute(
            update(records)
            .where(records.c.id == part.id, records.c.version == version)
            .values(
                attempts=0, state_at=at, last_error=None, filing_parked=False, **FREE, **contents(part, at)
            )
        ).rowcount
        if changed != 1:
            raise StaleVersion()
