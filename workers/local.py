"""The life of a page without the service: one file in, its text, PDF/A, JSON and ALTO out."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from classify.classifier import Reading
from config.wiring import Reader
from ingest.intake import identified
from ingest.sandbox import RasterPage
from ocr.alto import AltoPage, document_to_alto
from ocr.born_digital import is_signed, text_layer
from ocr.document import build_pdf
from ocr.images import load_image
from ocr.pdfa import PdfPage
from ocr.xmp import PdfMetadata
from records.errors import NoSuchFile, ResultsNotWritten, SohoaError, Unreadable
from records.fixity import Fixity
from records.page import EngineStamp, PageText
from records.record import UNKNOWN_TYPE, FieldName
from workers.judge import pages_of_first
from workers.results import publish, shown_name

PDF = "application/pdf"


class OnPage(Protocol):
    def __call__(self, number: int) -> None: ...


@dataclass(frozen=True)
class Sheet:
    """A page and what was read on it."""

    page: RasterPage
    image: bytes
    text: PageText


@dataclass(frozen=True)
class Outcome:
    """What became of a file; `document` is what NAME.json holds."""

    document: dict[str, Any]
    error: SohoaError | None


def read_file(
    reader: Reader, path: Path, out: Path, name: str, on_page: OnPage = lambda number: None
) -> Outcome:
    """Read a file and write NAME.txt, NAME.pdf, NAME.json and NAME.alto.xml into `out`.

    A file that cannot be read gives NAME.json with its typed error, and nothing else; pages that the engine
    cannot read stay in the PDF, and the first such error is told.
    """
    try:
        if not path.is_file() or not os.access(path, os.R_OK):
            raise NoSuchFile
        return _read(reader, path, out, name, on_page)
    except SohoaError as failure:
        return Outcome(write_failure(path, out, name, failure), failure)


def write_failure(path: Path, out: Path, name: str, error: SohoaError) -> dict[str, Any]:
    """Write NAME.json, if anything can be written, for a file of which there are no results; what it holds."""
    document = _failed(path, error)
    with suppress(ResultsNotWritten):
        publish(out, name, {".json": _json(document)})
    return document


def _read(reader: Reader, path: Path, out: Path, name: str, on_page: OnPage) -> Outcome:
    source, media_type = _identified(path, reader)
    sheets: list[Sheet] = []
    error: SohoaError | None = None
    for page in reader.rasteriser.rasterise(path, media_type):
        image = page.image.read_bytes()
        text, failure = _recognised(reader, page, image)
        sheets.append(Sheet(page, image, text))
        error = error or failure
        on_page(page.number)
    reading = _classified(reader, sheets)
    document = _document(path, sheets, reading, error)
    results = {
        ".txt": "\f".join(sheet.text.text for sheet in sheets).encode(),
        ".alto.xml": _alto(path, source, sheets),
        ".pdf": _pdf(reader, path, media_type, sheets, reading),
        ".json": _json(document),
    }
    publish(out, name, results)
    return Outcome(document, error)


def _identified(path: Path, reader: Reader) -> tuple[Fixity, str]:
    try:
        return identified(path, reader.limits)
    except OSError as gone:
        raise NoSuchFile from gone


def _recognised(reader: Reader, page: RasterPage, image: bytes) -> tuple[PageText, SohoaError | None]:
    try:
        text = text_layer(page.words, image, page.media_type, page.quality.dpi)
        if text is not None:
            return text, None
        return reader.engine.read(load_image(image, page.media_type), dpi=page.quality.dpi), None
    except Unreadable as failure:
        return PageText(page.width, page.height, (), EngineStamp("none", "0")), failure


def _classified(reader: Reader, sheets: Sequence[Sheet]) -> Reading:
    """What the first paper of the file is: a second one that begins inside has fields of its own."""
    starts = reader.classifier.document_starts([sheet.text for sheet in sheets])
    first = sheets[: pages_of_first(starts, len(sheets))]
    return reader.classifier.classify(
        [sheet.text for sheet in first], [sheet.page.barcodes for sheet in first]
    )


def _alto(path: Path, source: Fixity, sheets: Sequence[Sheet]) -> bytes:
    parts = [AltoPage(f"page_{sheet.page.number}", sheet.text) for sheet in sheets]
    return document_to_alto(parts, source_name=shown_name(path), source=source)


def _pdf(reader: Reader, path: Path, media_type: str, sheets: Sequence[Sheet], reading: Reading) -> bytes:
    """The searchable PDF/A; a signed PDF stays byte for byte as it is (Decree 30/2020)."""
    if media_type == PDF and is_signed(path.read_bytes()):
        return path.read_bytes()
    metadata = PdfMetadata(
        title=reading.classification.document_type,
        created=datetime.fromtimestamp(path.stat().st_mtime, UTC),
        engine=next((sheet.text.engine for sheet in sheets), None),
        masters=tuple(Fixity.of(sheet.image) for sheet in sheets),
    )
    parts = [PdfPage(sheet.image, sheet.text, sheet.page.quality.dpi) for sheet in sheets]
    return build_pdf(parts, metadata, reader.profile)


def _document(
    path: Path, sheets: Sequence[Sheet], reading: Reading, error: SohoaError | None
) -> dict[str, Any]:
    return {
        "source": shown_name(path),
        "pages": len(sheets),
        "document_type": reading.classification.document_type,
        "document_type_confidence": round(reading.classification.confidence, 4),
        "fields": {name.value: _field(reading, name) for name in FieldName},
        "more_fields": {
            f.name: _field(reading, f.name) for f in reading.fields if f.name not in set(FieldName)
        },
        "quality": [_quality(sheet.page, sheet.text) for sheet in sheets],
        "error": _told(error),
    }


def _field(reading: Reading, name: str) -> dict[str, Any]:
    found = next((field for field in reading.fields if field.name == name), None)
    if found is None:
        return {"value": None, "confidence": 0.0, "page": None, "box": None}
    return {
        "value": found.value,
        "confidence": round(found.confidence, 4),
        "page": found.page,
        "box": found.box.as_list() if found.box else None,
    }


def _quality(page: RasterPage, text: PageText) -> dict[str, Any]:
    report = page.quality
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "dpi": report.dpi,
        "dpi_source": report.dpi_source,
        "colour": report.colour,
        "skew": round(report.skew, 2),
        "sharpness": round(report.sharpness, 3),
        "ink": round(report.ink, 4),
        "cut_edges": list(report.cut_edges),
        "flags": [flag.value for flag in report.flags],
        "rotation": text.rotation,
        "engine": text.engine.name,
    }


def _failed(path: Path, error: SohoaError) -> dict[str, Any]:
    nothing = {"value": None, "confidence": 0.0, "page": None, "box": None}
    return {
        "source": shown_name(path),
        "pages": 0,
        "document_type": UNKNOWN_TYPE,
        "document_type_confidence": 0.0,
        "fields": {name.value: dict(nothing) for name in FieldName},
        "more_fields": {},
        "quality": [],
        "error": _told(error),
    }


def _told(error: SohoaError | None) -> dict[str, str] | None:
    return None if error is None else {"code": error.code, "message": f"{error.detail} {error.advice}"}


def _json(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=1).encode()
