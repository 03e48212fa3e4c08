"""A record as rows and back: the current row, the history row, and the columns that queries need."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, Select, select

from records.fixity import Fixity, Sha256
from records.ids import BatchId, DocumentTypeCode, DossierCode, PageId, RecordId, UnitCode
from records.record import (
    Acceptance,
    Classification,
    Confirmation,
    DossierProposal,
    DossierTag,
    Field,
    Record,
    Role,
)
from records.states import RecordState
from storage.codecs import decode, decode_all, encode
from storage.tables import pages

_TAGGED = {RecordState.CONFIRMED, RecordState.FILED}


def contents(record: Record, at: datetime) -> dict[str, object]:
    """The columns that change during a record's life, as of this moment."""
    tag = tag_of(record)
    archival = record.archival
    return {
        "state": record.state.value,
        "version": record.version,
        "is_cover": record.is_cover,
        "cover_code": record.cover_code,
        "document_type": document_type(record),
        "classification": encode(record.classification),
        "fields": encode(record.fields),
        "proposals": encode(record.proposals),
        "review_reasons": encode(record.review_reasons),
        "confirmation": encode(record.confirmation),
        "dossier_code": tag.code if tag else None,
        "role": tag.role.value if tag else None,
        "component": tag.component if tag else None,
        "filed_at": at if record.state is RecordState.FILED else None,
        "archival_sha256": archival.sha256 if archival else None,
        "archival_size": archival.size if archival else None,
        "error_code": record.error_code,
        "arranged": record.arranged,
        "acceptance": encode(record.acceptance),
        "settled_as": record.settled_as.value if record.settled_as else None,
        "doubts": len(record.review_reasons),
        "proposed_dossier": record.proposals[0].code if record.proposals else record.cover_code,
    }


def tag_of(record: Record) -> DossierTag | None:
    """Where the record belongs now: a confirmation that was re-opened or discarded does not count."""
    if record.confirmation is None or record.state not in _TAGGED:
        return None
    return record.confirmation.tag


def document_type(record: Record) -> DocumentTypeCode | None:
    """The confirmed type; else the proposed one."""
    if record.confirmation is not None:
        return record.confirmation.document_type
    return record.classification.document_type if record.classification else None


def history_row(
    record: Record, at: datetime, actor: str, action: str, reason: str | None
) -> dict[str, object]:
    """What record_history keeps of a version: all of it, and the columns that as-of queries need."""
    tag = tag_of(record)
    return {
        "record": record.id,
        "version": record.version,
        "at": at,
        "actor": actor,
        "action": action,
        "reason": reason,
        "state": record.state.value,
        "dossier_code": tag.code if tag else None,
        "role": tag.role.value if tag else None,
        "snapshot": encode(record),
    }


def read_records(connection: Connection, query: Select[tuple[object]]) -> tuple[Record, ...]:
    """The records of a query over the records table, each with its pages in order."""
    return as_records(connection, connection.execute(query).mappings().all())


def as_records(connection: Connection, rows: Sequence[RowMapping]) -> tuple[Record, ...]:
    """Rows of the records table as records, each with its pages in order."""
    owned: dict[str, list[PageId]] = {row["id"]: [] for row in rows}
    query = select(pages.c.record, pages.c.id).where(pages.c.record.in_(owned)).order_by(pages.c.position)
    for record, page in connection.execute(query):
        owned[record].append(PageId(page))
    return tuple(_record(row, tuple(owned[row["id"]])) for row in rows)


def _record(row: RowMapping, owned: tuple[PageId, ...]) -> Record:
    classification, confirmation = row["classification"], row["confirmation"]
    archival = row["archival_sha256"]
    return Record(
        id=RecordId(row["id"]),
        batch=BatchId(row["batch"]),
        unit=UnitCode(row["unit"]),
        pages=owned,
        state=RecordState(row["state"]),
        created_at=row["created_at"],
        version=row["version"],
        is_cover=row["is_cover"],
        cover_code=None if row["cover_code"] is None else DossierCode(row["cover_code"]),
        classification=None if classification is None else decode(Classification, classification),
        fields=decode_all(Field, row["fields"]),
        proposals=decode_all(DossierProposal, row["proposals"]),
        review_reasons=tuple(row["review_reasons"]),
        confirmation=None if confirmation is None else decode(Confirmation, confirmation),
        archival=None if archival is None else Fixity(Sha256(archival), row["archival_size"]),
        error_code=row["error_code"],
        arranged=row["arranged"],
        acceptance=None if row["acceptance"] is None else decode(Acceptance, row["acceptance"]),
        settled_as=Role(row["settled_as"]) if row["settled_as"] else None,
    )
