"""A small office for the fault tests: a real database, a real directory, and a decoder and an engine without delay."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from config.settings import Settings
from config.wiring import Services, build, set_up
from ingest.sandbox import RasterPage
from ocr.engine import Image as Pixels
from records.batch import DeclaredFile, ScanBatch, WithdrawalReason
from records.dossier import Dossier
from records.errors import IllegalTransition, StaleVersion
from records.fixity import Fixity
from records.ids import BatchId, DocumentTypeCode, DossierCode, ProcedureCode, StaffId, StationId, UnitCode
from records.page import Barcode, BarcodeKind, Box, EngineStamp, Line, PageText, QualityReport, Word
from records.record import UNKNOWN_TYPE, Confirmation, DossierTag, Record, Role
from records.staff import Station
from records.states import RecordState
from records.steps import Todo
from workers.pipeline import confirm, receive, withdraw
from workers.steps import run_step
from workers.sweep import unfinished

CODE = DossierCode("H58.30-220303-0012")
BATCH = BatchId("4b2f0f6e-8f0e-4d5c-9c56-0d4b3b1f7a11")
PAGES = 3
REFUSED = 2
WORDS = tuple(  # of a born-digital page, which nobody reads
    Word(text, Box(2, 5 + 2 * row, 30, 6 + 2 * row), 1.0) for row in range(20) for text in ("Quyết", "định")
)
AT = datetime(2022, 3, 3, 1, tzinfo=UTC)


@dataclass(frozen=True)
class InstantRasteriser:
    """Every file has three pages: the first bears a receipt's bar code, the second brings its words."""

    digital: tuple[int, ...] = (2,)  # the pages that bring their words

    def rasterise(self, path: Path, media_type: str) -> Iterator[RasterPage]:
        data = path.read_bytes()
        for number in range(1, PAGES + 1):
            image = path.with_name(f"{path.name}-{os.getpid()}-{number}.png")
            image.write_bytes(picture(f"{Fixity.of(data).sha256}:{number}"))
            cover = number == 1
            yield RasterPage(
                number=number,
                width=40,
                height=60,
                image=image,
                media_type="image/png",
                quality=QualityReport(200, "header", "gray", 0.0, 1.0, 0.1),
                words=WORDS if number in self.digital else (),
                barcodes=(Barcode(BarcodeKind.CODE_39, CODE, Box(1, 1, 30, 5)),) if cover else (),
            )


class InstantEngine:
    """Reads the same line on every page."""

    name = "instant"

    def read(self, image: Pixels, *, dpi: int = 0) -> PageText:
        height, width = image.shape[:2]
        word = Word("QUYẾT", Box(2, 2, 20, 8), 0.9)
        return PageText(width, height, (Line((word,), word.box),), EngineStamp(self.name, "1"), dpi=dpi)


def picture(seed: str) -> bytes:
    """A small gray PNG that differs from any other seed's."""
    shade = int(Fixity.of(seed.encode()).sha256[:6], 16)
    image = Image.new("L", (40, 60), 255)
    image.putpixel((3, 3), shade % 251)
    image.putpixel((4, 4), shade // 251 % 251)
    image.putpixel((5, 5), shade // 63001 % 251)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@dataclass(frozen=True)
class Office:
    """Settings and files of one run."""

    settings: Settings
    files: tuple[Path, ...]

    def copied(self, folder: Path) -> Office:
        """The same office in another folder."""
        shutil.copytree(self.files[0].parent, folder)
        settings = Settings(data_dir=folder / "data")
        return Office(settings, tuple(folder / path.name for path in self.files))

    def services(self) -> Services:
        services = build(self.settings)
        object.__setattr__(services, "rasteriser", InstantRasteriser())
        services.__dict__["engine"] = InstantEngine()
        return services


def office(folder: Path, **settings: object) -> Office:
    """An office with one station, one imported dossier and three scanned files, of which the second is refused."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number in (1, 2, 3):
        path = folder / f"scan-{number}.png"
        path.write_bytes(picture(f"file {number}"))
        files.append(path)
    made = Office(Settings(data_dir=folder / "data", **settings), tuple(files))  # type: ignore[arg-type]
    services = made.services()
    set_up(services)
    with services.database.transaction() as tx:
        tx.stations.add(Station(StationId("s1"), "Quầy 1", UnitCode("P1")), None, AT)
        dossier = Dossier(CODE, ProcedureCode("1.001193"), UnitCode("P1"), AT)
        tx.dossiers.upsert([dossier], source="test", at=AT)
    services.close()
    return made


def live(office: Office) -> None:
    """Everything that the world does to the service, from the top: what is done already must stay done once."""
    services = office.services()
    send(services, office.files)
    finish(services)
    confirm_all(services)
    finish(services)
    services.close()


def send(services: Services, files: tuple[Path, ...]) -> None:
    """What a station does; repeated from the top after a crash."""
    fixities = [Fixity.of(path.read_bytes()) for path in files]
    declared = tuple(
        DeclaredFile(sequence, path.name, fixity.sha256, fixity.size)
        for sequence, (path, fixity) in enumerate(zip(files, fixities, strict=True), 1)
    )
    with services.database.transaction() as tx:
        batch = tx.batches.open(ScanBatch(BATCH, StationId("s1"), UnitCode("P1"), "op", AT, declared))
    for sequence, (path, fixity) in enumerate(zip(files, fixities, strict=True), 1):
        if sequence == REFUSED:
            withdraw(services, batch, sequence, WithdrawalReason.UNSUPPORTED_MEDIA_TYPE, actor="s1")
        else:
            receive(services, batch, sequence, path, fixity)
    with services.database.transaction() as tx:
        assert tx.batches.complete(BATCH, AT).balanced


def finish(services: Services) -> None:
    """Do whatever can be done, as workers and sweep would."""
    while todos := unfinished(services):
        waiting: list[Todo] = list(todos)
        while waiting:
            waiting += run_step(services, waiting.pop(0))


def confirm_all(services: Services) -> None:
    """What a clerk does with every paper that waits."""
    with services.database.transaction() as tx:
        waiting = [r for r in tx.records.of_batch(BATCH) if r.state is RecordState.CLASSIFIED]
    for record in waiting:
        word = Confirmation(StaffId("clerk"), AT, record_type(record), {}, DossierTag(CODE, Role.RESULT))
        try:
            confirm(services, record, word, "clerk")
        except (IllegalTransition, StaleVersion):
            raise AssertionError("nobody else confirms here") from None


def record_type(record: Record) -> DocumentTypeCode:
    return record.classification.document_type if record.classification else UNKNOWN_TYPE


def outcome(office: Office) -> dict[str, object]:
    """All that must be the same whatever crashed on the way."""
    services = office.services()
    with services.database.transaction() as tx:
        records = list(tx.records.of_batch(BATCH))
        found: dict[str, object] = {
            "records": [(r.id, r.state.value, r.pages) for r in records],
            "pages": sorted(page for r in records for page in r.pages),
            "progress": tx.batches.progress(BATCH),
            "engines": [(page.id, page.engine) for page in tx.pages.of_batch(BATCH)],
            "withdrawn": [(one.sequence, one.reason) for one in tx.batches.withdrawals(BATCH)],
            "audit": [(entry.actor, entry.action) for entry in tx.audit.list(subject=BATCH).items],
            "history": [[h.action for h in tx.records.history(r.id)] for r in records],
        }
        archival = [r.archival for r in records if r.archival is not None]
    found["archived"] = len(archival)
    for fixity in archival:
        assert services.objects.get(fixity.sha256)[:5] == b"%PDF-"
    services.close()
    return found
