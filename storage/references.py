"""Which objects the rows name, whichever table they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, literal, select, union_all

from records.fixity import Fixity, Sha256
from records.objects import StoredObject
from records.states import RecordState
from storage.tables import derivatives, files, pages, record_history, records
from storage.tables_models import models
from storage.tables_rescan import earlier_images

CHUNK = 1000  # rows in memory at a time
ALTO, PDF, MODEL = "application/xml", "application/pdf", "application/json"

# Where the SHA-256, the size and the media type of an object stand. A test finds a column that is missing here.
COLUMNS: tuple[tuple[ColumnElement[str], ColumnElement[int], ColumnElement[str]], ...] = (
    (files.c.sha256, files.c.size, files.c.media_type),
    (pages.c.image_sha256, pages.c.image_size, pages.c.media_type),
    (pages.c.text_sha256, pages.c.text_size, literal(ALTO)),
    (records.c.archival_sha256, records.c.archival_size, literal(PDF)),
    (derivatives.c.sha256, derivatives.c.size, derivatives.c.media_type),
    (models.c.sha256, models.c.size, literal(MODEL)),
    (earlier_images.c.image_sha256, earlier_images.c.image_size, earlier_images.c.media_type),
    (earlier_images.c.source_sha256, earlier_images.c.source_size, earlier_images.c.source_media_type),
)


class References:
    """The objects that rows name."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Iterator[StoredObject]:
        """Every object, in no order and some more than once; a lasting copy of before a correction is one too."""
        queries = (
            select(sha256.label("sha256"), size.label("size"), media.label("media")).where(
                sha256.is_not(None)
            )
            for sha256, size, media in COLUMNS
        )
        rows = self._connection.execute(union_all(*queries), execution_options={"yield_per": CHUNK})
        for sha256, size, media_type in rows:
            yield StoredObject(Fixity(Sha256(sha256), size), media_type)
        yield from self._filed_before()

    def _filed_before(self) -> Iterator[StoredObject]:
        filed = select(record_history.c.snapshot).where(record_history.c.state == RecordState.FILED.value)
        for (snapshot,) in self._connection.execute(filed, execution_options={"yield_per": CHUNK}):
            if archival := snapshot.get("archival"):
                yield StoredObject(Fixity(Sha256(archival["sha256"]), archival["size"]), PDF)
