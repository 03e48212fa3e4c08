"""The audit trail's table: it only grows, and each entry seals those before it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import Connection, RowMapping, insert, select, update

from records.audit import GENESIS, AuditEntry, canonical, chained
from storage.cursors import Cursor, Keyset, Slice
from storage.tables_audit import audit_entries, audit_head

_NEWEST_FIRST = Keyset((audit_entries.c.sequence,), descending=True)
_CHUNK = 1000


class Audit:
    """Appends wait until the transaction ends, so that the locked head of the chain is held for a moment only."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: list[tuple[datetime, str, str, str, str]] = []

    def append(self, actor: str, action: str, subject: str, details: dict[str, object], at: datetime) -> None:
        """Add an entry when the transaction commits. Details never hold a document's text or a person's data."""
        self._waiting.append((at, actor, action, subject, canonical(details)))

    def flush(self) -> None:
        """Write what waits; the transaction calls it before it commits."""
        if not self._waiting:
            return
        sequence, last = self._lock_head()
        for at, actor, action, subject, details in self._waiting:
            sequence += 1
            entry = chained(sequence, at, actor, action, subject, details, last)
            self._connection.execute(insert(audit_entries), _row(entry))
            last = entry.hash
        self._connection.execute(update(audit_head).values(sequence=sequence, hash=last))
        self._waiting.clear()

    def verify(self) -> int | None:
        """The first sequence number at which the chain is broken, or None when it is whole."""
        self.flush()
        sequence, last = 0, GENESIS
        for entry in self._entries():
            sequence += 1
            sealed = chained(
                sequence, entry.at, entry.actor, entry.action, entry.subject, entry.details, last
            )
            if entry != sealed:
                return sequence
            last = entry.hash
        head = self._connection.execute(select(audit_head.c.sequence, audit_head.c.hash)).first()
        return None if head is not None and tuple(head) == (sequence, last) else sequence + 1

    def list(
        self, *, subject: str | None = None, after: Cursor | None = None, limit: int = 50
    ) -> Slice[AuditEntry]:
        """Entries, newest first; all, or those about one thing."""
        self.flush()
        query = select(audit_entries)
        if subject is not None:
            query = query.where(audit_entries.c.subject == subject)
        found = self._connection.execute(_NEWEST_FIRST.apply(query, after, limit)).mappings().all()
        rows, following = _NEWEST_FIRST.cut(found, limit)
        return Slice(tuple(_entry(row) for row in rows), following)

    def about(self, subjects: Collection[str], limit: int = 200) -> tuple[AuditEntry, ...]:
        """The newest entries about any of these things, newest first."""
        self.flush()
        query = select(audit_entries).where(audit_entries.c.subject.in_(sorted(subjects)))
        newest = query.order_by(audit_entries.c.sequence.desc()).limit(limit)
        return tuple(_entry(row) for row in self._connection.execute(newest).mappings())

    def _lock_head(self) -> tuple[int, str]:
        query = select(audit_head.c.sequence, audit_head.c.hash).with_for_update()
        sequence, last = self._connection.execute(query).one()
        return sequence, last

    def _entries(self) -> Iterator[AuditEntry]:
        last = 0
        while True:
            query = select(audit_entries).where(audit_entries.c.sequence > last)
            rows = self._connection.execute(query.order_by(audit_entries.c.sequence).limit(_CHUNK))
            entries = [_entry(row) for row in rows.mappings()]
            if not entries:
                return
            yield from entries
            last = entries[-1].sequence


def _row(entry: AuditEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in AuditEntry.__dataclass_fields__}


def _entry(row: RowMapping) -> AuditEntry:
    return AuditEntry(**{name: row[name] for name in AuditEntry.__dataclass_fields__})
