"""Names of things. Ids that the pipeline makes are derived, so that making one twice makes the same one."""

from __future__ import annotations

import uuid
from typing import NewType

from records.errors import InvalidValue

BatchId = NewType("BatchId", str)  # UUID made by the client: the idempotency key of a batch
FileId = NewType("FileId", str)
PageId = NewType("PageId", str)
RecordId = NewType("RecordId", str)
StationId = NewType("StationId", str)
StaffId = NewType("StaffId", str)
DossierCode = NewType("DossierCode", str)
ProcedureCode = NewType("ProcedureCode", str)  # national code, for example 1.001193
UnitCode = NewType("UnitCode", str)
DocumentTypeCode = NewType("DocumentTypeCode", str)  # code of the taxonomy, for example QD

_NAMESPACE = uuid.UUID("6f8a5c1e-6d0b-5b57-9d5e-0c6e2d1f4a90")


def _derived(*parts: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, "\x1f".join(parts)))


def parse_uuid(untrusted: str) -> str:
    """A UUID in its canonical lower-case form; raises InvalidValue."""
    try:
        return str(uuid.UUID(untrusted))
    except (ValueError, AttributeError, TypeError):
        raise InvalidValue("an id is a UUID") from None


def new_id() -> str:
    """A fresh random id, for what people make (stations, staff)."""
    return str(uuid.uuid4())


def file_id(batch: BatchId, sequence: int) -> FileId:
    """The id of the file with this sequence number (from 1) in a batch."""
    return FileId(_derived("file", batch, str(sequence)))


def page_id(file: FileId, number: int) -> PageId:
    """The id of a file's page (numbers from 1)."""
    return PageId(_derived("page", file, str(number)))


def record_id(first_page: PageId) -> RecordId:
    """The id of the record that begins with this page."""
    return RecordId(_derived("record", first_page))
