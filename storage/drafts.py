"""Drafts: pages whose words came from the quick engine, until they are read again or a person has confirmed them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, func, insert, select

from records.ids import PageId, RecordId
from records.states import PageState
from storage.tables import pages, records
from storage.tables_drafts import drafts


def is_draft() -> ColumnElement[bool]:
    """A record that nobody has confirmed yet and of which a page was read quickly."""
    of_record = exists().where(drafts.c.page == pages.c.id, pages.c.record == records.c.id)
    return and_(records.c.confirmation.is_(None), of_record.correlate(records))


class Drafts:
    """The drafts table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, page: PageId, engine: str, at: datetime) -> None:
        """A page was read quickly by this engine."""
        self._connection.execute(insert(drafts), {"page": page, "engine": engine, "read_at": at})

    def of_record(self, record: RecordId) -> frozenset[PageId]:
        """The pages of a record that are to be read again."""
        query = select(drafts.c.page).join(pages, pages.c.id == drafts.c.page).where(pages.c.record == record)
        return frozenset(PageId(page) for page in self._connection.execute(query).scalars())

    def forget_page(self, page: PageId) -> None:
        """A page's earlier reading does not count any more."""
        self._connection.execute(delete(drafts).where(drafts.c.page == page))

    def forget(self, record: RecordId) -> int:
        """The pages of a record stay as they were read; returns how many were drafts."""
        its_pages = select(pages.c.id).where(pages.c.record == record)
        return self._connection.execute(delete(drafts).where(drafts.c.page.in_(its_pages))).rowcount

    def engines_of(self, record: RecordId) -> tuple[str | None, ...]:
        """The engine that read each page of a record, page by page; None where nothing was read."""
        query = select(pages.c.engine).where(pages.c.record == record).order_by(pages.c.position)
        return tuple(self._connection.execute(query).scalars())

    def waiting_pages(self, at_most: int) -> int:
        """How many pages wait to be read, counted no further than `at_most`."""
        some = select(pages.c.id).where(pages.c.state == PageState.RECEIVED.value).limit(at_most).subquery()
        return int(self._connection.execute(select(func.count()).select_from(some)).scalar_one())
