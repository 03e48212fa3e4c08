"""Pages: their images, quality and bar codes, and what became of reading them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, insert, select, update

from records.errors import NotFound
from records.fixity import Fixity, Sha256
from records.ids import BatchId, FileId, PageId, RecordId
from records.page import Barcode, Page, QualityReport
from records.staff import Scope
from records.states import PageState
from records.steps import Claim, Step
from storage.codecs import decode, decode_all, encode
from storage.leases import settle
from storage.scopes import within
from storage.tables import batches, pages


class Pages:
    """The pages table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def recognised(
        self,
        claim: Claim,
        text: Fixity,
        confidence: float,
        engine: str,
        at: datetime,
        *,
        rotation: int | None = None,
    ) -> None:
        """Note the object that holds a page's words (0 … 1 sure of them), who read it, and how it stands upright
        (degrees clockwise; None: only the words tell). Raises LeaseLost."""
        values = {"state": PageState.RECOGNISED.value, **_read(text, confidence, engine, rotation)}
        settle(self._connection, claim, Step.RECOGNISE, at, values)

    def read_again(
        self, page: PageId, text: Fixity, confidence: float, engine: str, *, rotation: int | None = None
    ) -> None:
        """Put a better reading in place of a quick one; the caller holds the record that the page belongs to."""
        values = _read(text, confidence, engine, rotation)
        self._connection.execute(update(pages).where(pages.c.id == page).values(values))

    def unreadable(self, claim: Claim, error_code: str, at: datetime) -> None:
        """Note that the engine gave up on a page; people still see its image. Raises LeaseLost."""
        values = {"state": PageState.UNREADABLE.value, "error_code": error_code}
        settle(self._connection, claim, Step.RECOGNISE, at, values)

    def get(self, page: PageId, scope: Scope) -> Page:
        """A page within the scope; raises NotFound."""
        query = (
            select(pages)
            .join(batches, batches.c.id == pages.c.batch)
            .where(pages.c.id == page, within(scope, batches.c.unit))
        )
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound("no page with this id")
        return _page(row)

    def of_file(self, file: FileId) -> tuple[Page, ...]:
        """The pages of a file by number."""
        return self._where(select(pages).where(pages.c.file == file).order_by(pages.c.number))

    def of_batch(self, batch: BatchId) -> tuple[Page, ...]:
        """All pages of a batch, file by file."""
        return self._where(select(pages).where(pages.c.batch == batch).order_by(pages.c.file, pages.c.number))

    def of_record(self, record: RecordId) -> tuple[Page, ...]:
        """The pages of a record in their order."""
        return self._where(select(pages).where(pages.c.record == record).order_by(pages.c.position))

    def _where(self, query: Select[tuple[object]]) -> tuple[Page, ...]:
        return tuple(_page(row) for row in self._connection.execute(query).mappings())


def add_pages(
    connection: Connection,
    batch: BatchId,
    new_pages: Sequence[Page],
    owners: Mapping[PageId, tuple[RecordId, int]],
    at: datetime,
) -> None:
    """Insert the pages of a file, those that brought their words as recognised.

    `owners` tells each one's record and its place there, from 1.
    """
    if new_pages:
        rows = [_row(page, batch, *owners[page.id], at) for page in new_pages]
        connection.execute(insert(pages), rows)


def _read(text: Fixity, confidence: float, engine: str, rotation: int | None) -> dict[str, object]:
    return {
        "text_sha256": text.sha256,
        "text_size": text.size,
        "confidence": confidence,
        "engine": engine,
        "rotation": rotation,
    }


def _row(page: Page, batch: BatchId, record: RecordId, position: int, at: datetime) -> dict[str, object]:
    return {
        "id": page.id,
        "file": page.file,
        "number": page.number,
        "batch": batch,
        "record": record,
        "position": position,
        "width": page.width,
        "height": page.height,
        "image_sha256": page.image.sha256,
        "image_size": page.image.size,
        "media_type": page.media_type,
        "quality": encode(page.quality),
        "barcodes": encode(page.barcodes),
        "state": page.state.value,
        "text_sha256": page.text.sha256 if page.text else None,
        "text_size": page.text.size if page.text else None,
        "confidence": page.confidence,
        "engine": page.engine,
        "rotation": page.rotation,
        "state_at": at,
        "attempts": 0,
    }


def _page(row: RowMapping) -> Page:
    text = row["text_sha256"]
    return Page(
        id=PageId(row["id"]),
        file=FileId(row["file"]),
        number=row["number"],
        width=row["width"],
        height=row["height"],
        image=Fixity(Sha256(row["image_sha256"]), row["image_size"]),
        media_type=row["media_type"],
        quality=decode(QualityReport, row["quality"]),
        barcodes=decode_all(Barcode, row["barcodes"]),
        state=PageState(row["state"]),
        record=RecordId(row["record"]),
        text=None if text is None else Fixity(Sha256(text), row["text_size"]),
        confidence=row["confidence"],
        engine=row["engine"],
        error_code=row["error_code"],
        turned=row["turned"],
        rotation=row["rotation"],
    )
