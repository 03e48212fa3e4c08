"""A born-digital page is recognised by its own text, a scanned one beside it by its image; signed files stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bench.text_distance import edits
from config.settings import Settings
from config.wiring import Reader, Services, build, build_reader, limits_of, set_up
from ingest.sandbox import Rasteriser
from records.batch import DeclaredFile, ScanBatch
from records.fixity import Fixity
from records.ids import BatchId, StationId, UnitCode
from records.page import Page
from records.record import Record
from records.staff import Station
from records.states import RecordState
from samples import make_document
from samples.digital import DigitalPage, as_digital, digital_pdf
from tests.engines import FixedEngine
from tests.ingest.made_files import colour_page, jpeg
from tests.ocr_output.papers import signed
from workers.local import read_file
from workers.pipeline import receive
from workers.steps import run_step
from workers.sweep import unfinished

AT = datetime(2022, 3, 3, 1, tzinfo=UTC)
BATCH = BatchId("5b2f0f6e-8f0e-4d5c-9c56-0d4b3b1f7a12")
PAPER = make_document(102, "decision", clean=True, upright=True, dpi=200).truth
NUMBER = PAPER.fields["number_symbol"].value
TEXT = as_digital(PAPER.pages[0])
SCAN = DigitalPage([], jpeg=(jpeg(colour_page(620, 877)), 620, 877))


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = build(Settings(data_dir=tmp_path / "data"))
    set_up(made)
    made.__dict__["engine"] = FixedEngine()
    with made.database.transaction() as tx:
        tx.stations.add(Station(StationId("s1"), "Quầy 1", UnitCode("P1")), None, AT)
    yield made
    made.close()


def sent(services: Services, path: Path) -> None:
    fixity = Fixity.of(path.read_bytes())
    declared = (DeclaredFile(1, path.name, fixity.sha256, fixity.size),)
    with services.database.transaction() as tx:
        batch = tx.batches.open(ScanBatch(BATCH, StationId("s1"), UnitCode("P1"), "op", AT, declared))
    receive(services, batch, 1, path, fixity)
    with services.database.transaction() as tx:
        tx.batches.complete(BATCH, AT)


def worked_off(services: Services) -> tuple[tuple[Page, ...], tuple[Record, ...]]:
    """Everything that follows from the first step alone: what a step forgets to ask for stays undone."""
    todos = unfinished(services)
    while todos:
        todos += run_step(services, todos.pop(0))
    with services.database.snapshot() as tx:
        return tx.pages.of_batch(BATCH), tuple(tx.records.of_batch(BATCH))


def test_only_the_pages_without_text_of_their_own_are_read(services: Services, tmp_path: Path) -> None:
    path = tmp_path / "mixed.pdf"
    path.write_bytes(digital_pdf([TEXT, SCAN, TEXT]))
    sent(services, path)
    pages, records = worked_off(services)
    assert [page.engine for page in pages] == ["text-layer", "fixed", "text-layer"]
    assert [page.confidence for page in pages] == [1.0, pytest.approx(0.99), 1.0]
    assert services.__dict__["engine"].pages == 1
    with services.database.snapshot() as tx:
        assert tx.search_gaps.pages(None, len(pages)).items == ()  # each can be found
    assert {record.state for record in records} == {RecordState.CLASSIFIED}


def test_a_file_of_text_alone_goes_on_to_its_classification_without_an_engine(
    services: Services, tmp_path: Path
) -> None:
    path = tmp_path / "digital.pdf"
    path.write_bytes(digital_pdf([TEXT]))
    sent(services, path)
    _, (record,) = worked_off(services)
    assert services.__dict__["engine"].pages == 0
    assert record.state is RecordState.CLASSIFIED
    assert NUMBER in [field.value for field in record.fields]


@pytest.fixture(scope="module")
def reader() -> Reader:
    settings = Settings(ocr_engine="tesseract")
    made = build_reader(settings)
    bounds = limits_of(settings)
    return Reader(bounds, Rasteriser(bounds), FixedEngine(), made.classifier, "master")


@pytest.mark.parametrize("is_signed", [True, False])
def test_ocr_takes_the_text_of_a_digital_file_and_leaves_a_signed_one_as_it_is(
    reader: Reader, tmp_path: Path, is_signed: bool
) -> None:
    data = digital_pdf([TEXT])
    data = signed(data) if is_signed else data
    path = tmp_path / "paper.pdf"
    path.write_bytes(data)
    outcome = read_file(reader, path, tmp_path, "read")
    assert outcome.error is None
    read = (tmp_path / "read.txt").read_text().split()
    truth = PAPER.pages[0].text.split()
    assert edits(truth, read) < 0.03 * len(truth)
    assert ((tmp_path / "read.pdf").read_bytes() == data) is is_signed
    document = json.loads((tmp_path / "read.json").read_text())
    assert [page["engine"] for page in document["quality"]] == ["text-layer"]
    assert document["fields"]["number_symbol"]["value"] == NUMBER
