"""A page is scanned again: the new image takes its place and is read, the earlier one is kept as history."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from config.wiring import Services
from ingest.intake import media_type_of
from records.errors import IllegalTransition, InvalidValue, StaleVersion
from records.fixity import Fixity
from records.page import Page
from records.record import Record
from records.staff import WHOLE_OFFICE
from records.states import PageState, RecordState
from records.steps import Step, Todo
from storage.database import Transaction

REPLACEABLE = frozenset({RecordState.ASSEMBLED, RecordState.CLASSIFIED})


def replace_image(
    services: Services, before: Page, untrusted_file: Path, source: Fixity, *, actor: str
) -> tuple[Page, list[Todo]]:
    """Put the only page of a file that lies on the local disk in the place of a page.

    Its paper is read and classified again. Object and rows are durable when this returns; the file is kept as a master
    is. Raises InvalidInput for a file that cannot be opened or has more than one page, IllegalTransition once the paper
    is confirmed, StaleVersion when somebody else has replaced the page meanwhile, or BackendUnavailable.
    """
    media_type = media_type_of(untrusted_file)
    after = _rasterised(services, before, untrusted_file, media_type)
    services.objects.put(untrusted_file, source, media_type)
    now = datetime.now(UTC)
    with services.database.transaction() as tx:
        record = _replaceable(tx, before)
        if not tx.rescans.replace(before, after, source, media_type, actor, now):
            raise StaleVersion("somebody else has replaced this page")
        if record.state is RecordState.CLASSIFIED:
            again, based_on = record.rearranged(record.pages), {record.id: record.version}
            tx.arrangements.save((again,), based_on=based_on, actor=actor, action="rescanned", at=now)
        details: dict[str, object] = {"page": before.id, "image": after.image.sha256}
        tx.audit.append(actor, "page.rescanned", record.id, details, now)
        station = tx.batches.station_of(record.batch)
    return after, [Todo(Step.RECOGNISE, before.id, station)]


def end_requests(tx: Transaction, record: Record, actor: str, at: datetime) -> None:
    """Take back what was asked for of a paper that a person has dealt with as it is."""
    for request in tx.rescans.of_record(record.id):
        tx.rescans.withdraw(request.page)
        tx.audit.append(actor, "page.rescan_withdrawn", request.page, {}, at)


def _replaceable(tx: Transaction, page: Page) -> Record:
    assert page.record is not None
    record = tx.records.get(page.record, WHOLE_OFFICE)
    if record.state not in REPLACEABLE:
        raise IllegalTransition("the paper is confirmed; re-open it before a page is replaced")
    return record


def _rasterised(services: Services, before: Page, path: Path, media_type: str) -> Page:
    found: Page | None = None
    for raster in services.rasteriser.rasterise(path, media_type):
        if found is not None:
            raise InvalidValue("the file has more than one page; send the page alone", field="file")
        image = Fixity.of(raster.image.read_bytes())
        services.objects.put(raster.image, image, raster.media_type)
        found = replace(
            before,
            width=raster.width,
            height=raster.height,
            image=image,
            media_type=raster.media_type,
            quality=raster.quality,
            barcodes=raster.barcodes,
            state=PageState.RECEIVED,
            text=None,
            error_code=None,
            turned=None,
        )
    assert found is not None  # the rasteriser raises when there is not one page
    return found
