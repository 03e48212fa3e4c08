"""Pages to be scanned again, and images that were replaced."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from records.fixity import Fixity, Sha256
from records.ids import BatchId, PageId, RecordId
from records.page import Page, QualityReport
from records.rescan import EarlierImage, RescanReason, RescanRequest
from records.staff import Scope
from records.states import PageState
from storage.codecs import decode, encode
from storage.leases import FREE
from storage.scopes import within
from storage.tables import batches, files, pages
from storage.tables_rescan import earlier_images, rescan_requests

_REQUESTS = (
    select(rescan_requests, pages.c.batch, pages.c.number, files.c.sequence)
    .join(pages, pages.c.id == rescan_requests.c.page)
    .join(files, files.c.id == pages.c.file)
    .order_by(rescan_requests.c.asked_at, rescan_requests.c.page)
)


class Rescans:
    """The tables rescan_requests and earlier_images."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ask(self, page: PageId, reason: RescanReason, actor: str, at: datetime) -> None:
        """Ask for a page; asking again changes the reason."""
        self.withdraw(page)
        row = {"page": page, "reason": reason.value, "asked_by": actor, "asked_at": at}
        self._connection.execute(insert(rescan_requests).values(row))

    def withdraw(self, page: PageId) -> bool:
        """Take a request back; whether there was one."""
        query = delete(rescan_requests).where(rescan_requests.c.page == page)
        return self._connection.execute(query).rowcount == 1

    def of_record(self, record: RecordId) -> Sequence[RescanRequest]:
        """What is asked for of a record's pages, oldest first."""
        query = _REQUESTS.where(pages.c.record == record)
        return tuple(_request(row) for row in self._connection.execute(query).mappings())

    def open(
        self, scope: Scope, *, batch: BatchId | None = None, limit: int = 200
    ) -> Sequence[RescanRequest]:
        """What is asked for, oldest first."""
        query = _REQUESTS.join(batches, batches.c.id == pages.c.batch)
        query = query.where(within(scope, batches.c.unit)).limit(limit)
        if batch is not None:
            query = query.where(pages.c.batch == batch)
        return tuple(_request(row) for row in self._connection.execute(query).mappings())

    def replace(
        self, before: Page, after: Page, source: Fixity, media_type: str, actor: str, at: datetime
    ) -> bool:
        """Put another image in a page's place and let it be read; the earlier one and the request become history.

        False when the page is not what it was (somebody else has replaced it meanwhile).
        """
        changed = self._connection.execute(
            update(pages)
            .where(pages.c.id == before.id, pages.c.image_sha256 == before.image.sha256)
            .values(**_fresh(after), state_at=at, **FREE)
        ).rowcount
        if changed:
            self._remember(before, source, media_type, actor, at)
        return changed == 1

    def _remember(self, before: Page, source: Fixity, media_type: str, actor: str, at: datetime) -> None:
        of_page = rescan_requests.c.page == before.id
        reason = self._connection.execute(select(rescan_requests.c.reason).where(of_page)).scalar()
        count = select(func.count()).where(earlier_images.c.page == before.id)
        row = {
            "page": before.id,
            "number": self._connection.execute(count).scalar_one() + 1,
            "image_sha256": before.image.sha256,
            "image_size": before.image.size,
            "media_type": before.media_type,
            "width": before.width,
            "height": before.height,
            "quality": encode(before.quality),
            "source_sha256": source.sha256,
            "source_size": source.size,
            "source_media_type": media_type,
            "replaced_by": actor,
            "replaced_at": at,
            "reason": reason,
        }
        self._connection.execute(insert(earlier_images).values(row))
        self.withdraw(before.id)

    def history(self, page: PageId) -> tuple[EarlierImage, ...]:
        """The images that a page had before, the first one first."""
        query = select(earlier_images).where(earlier_images.c.page == page).order_by(earlier_images.c.number)
        return tuple(_earlier(row) for row in self._connection.execute(query).mappings())


def _fresh(page: Page) -> dict[str, object]:
    """The columns of a page that nobody has read yet."""
    return {
        "width": page.width,
        "height": page.height,
        "image_sha256": page.image.sha256,
        "image_size": page.image.size,
        "media_type": page.media_type,
        "quality": encode(page.quality),
        "barcodes": encode(page.barcodes),
        "state": PageState.RECEIVED.value,
        "text_sha256": None,
        "text_size": None,
        "confidence": None,
        "engine": None,
        "error_code": None,
        "last_error": None,
        "turned": None,
        "rotation": None,
        "attempts": 0,
    }


def _request(row: RowMapping) -> RescanRequest:
    return RescanRequest(
        page=PageId(row["page"]),
        batch=BatchId(row["batch"]),
        file_sequence=row["sequence"],
        page_number=row["number"],
        reason=RescanReason(row["reason"]),
        asked_by=row["asked_by"],
        asked_at=row["asked_at"],
    )


def _earlier(row: RowMapping) -> EarlierImage:
    return EarlierImage(
        number=row["number"],
        image=Fixity(Sha256(row["image_sha256"]), row["image_size"]),
        media_type=row["media_type"],
        width=row["width"],
        height=row["height"],
        quality=decode(QualityReport, row["quality"]),
        source=Fixity(Sha256(row["source_sha256"]), row["source_size"]),
        source_media_type=row["source_media_type"],
        replaced_by=row["replaced_by"],
        replaced_at=row["replaced_at"],
        reason=RescanReason(row["reason"]) if row["reason"] else None,
    )
