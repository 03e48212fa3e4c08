"""Pages of a long list by keyset: the cursor names the last row that was seen, so that new rows shift nothing."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, RowMapping, Select, literal, tuple_

from records.errors import InvalidValue

T = TypeVar("T")
Cursor: TypeAlias = str  # opaque to everybody else


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A part of a list, and where the rest begins (None: this was the end)."""

    items: tuple[T, ...]
    next: Cursor | None


@dataclass(frozen=True)
class Keyset:
    """The columns by which a list is sorted, all in one direction; together they are unique."""

    columns: tuple[ColumnElement[object], ...]
    descending: bool = False

    def apply(self, query: Select[tuple[object]], after: Cursor | None, limit: int) -> Select[tuple[object]]:
        """The query sorted, begun after the cursor, and one row longer than the limit (to see if there is more)."""
        order = [column.desc() if self.descending else column.asc() for column in self.columns]
        query = query.order_by(*order).limit(limit + 1)
        if after is None:
            return query
        values = [
            literal(value, column.type)
            for value, column in zip(self.values(after), self.columns, strict=True)
        ]
        here, last = tuple_(*self.columns), tuple_(*values)
        return query.where(here < last if self.descending else here > last)

    def cursor(self, row: RowMapping) -> Cursor:
        """The cursor that begins after this row."""
        return self.cursor_of([row[column] for column in self.columns])

    def cursor_of(self, values: Sequence[object]) -> Cursor:
        """The cursor that begins after a row with these values."""
        text = json.dumps([v.isoformat() if isinstance(v, date) else v for v in values])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def cut(self, rows: Sequence[RowMapping], limit: int) -> tuple[list[RowMapping], Cursor | None]:
        """The rows within the limit, and the cursor for the rest."""
        kept = list(rows[:limit])
        return kept, self.cursor(kept[-1]) if len(rows) > limit and kept else None

    def values(self, untrusted: Cursor) -> list[object]:
        """What a cursor holds, a value for each column; raises InvalidValue."""
        kinds = [column.type.python_type for column in self.columns]
        try:
            text = base64.urlsafe_b64decode(untrusted + "=" * (-len(untrusted) % 4))
            values = json.loads(text)
            read = [
                kind.fromisoformat(value) if issubclass(kind, date) else value
                for value, kind in zip(values, kinds, strict=True)
            ]
        except (ValueError, TypeError, binascii.Error, RecursionError):
            raise InvalidValue("this is not a cursor of this list") from None
        if not all(
            isinstance(value, kind) and not (isinstance(value, datetime) and value.tzinfo is None)
            for value, kind in zip(read, kinds, strict=True)
        ):
            raise InvalidValue("this is not a cursor of this list")
        return read
