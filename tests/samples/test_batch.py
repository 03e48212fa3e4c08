"""Whole batches and dossier lists: repeatable, countable, and consistent with each other."""

import io
import re
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import samples
from samples import pack
from samples.__main__ import main
from samples.dossiers import COLUMNS, as_csv
from samples.procedures import procedures

pytestmark = pytest.mark.slow

DEFAULTS = Path(__file__).parents[2] / "records" / "data"
CODE = re.compile(r"(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,5})-\d{6}-\d{4}")


def test_dossiers_are_repeatable_unique_and_well_formed() -> None:
    rows = samples.make_dossiers(9, 400)
    assert rows == samples.make_dossiers(9, 400)
    assert len({row["MaHoSo"] for row in rows}) == 400
    assert {row["MaHoSo"].startswith("000.") for row in rows} == {True, False}, "both forms of code occur"
    for row in rows:
        assert tuple(row) == COLUMNS
        assert CODE.fullmatch(row["MaHoSo"])
        assert row["MaTTHC"] in procedures()
        assert (row["NgayKetThucXuLy"] != "") == (row["TrangThaiHoSo"] in ("9", "10"))
        assert row["NgayTiepNhan"] <= (row["NgayKetThucXuLy"] or "9999")


def test_units_and_procedures_are_those_of_the_default_data() -> None:
    units = (DEFAULTS / "org_units.csv").read_text("utf-8")
    known = (DEFAULTS / "procedures.csv").read_text("utf-8")
    for row in samples.make_dossiers(2, 200):
        assert f"\n{row['MaDonVi']}," in units
        assert f"\n{row['MaTTHC']}," in known


def test_a_batch_is_repeatable_to_the_byte() -> None:
    first, second = (samples.make_batch(3, 2, dpi=72, layout="mixed") for _ in range(2))
    assert [file.data for file in first.files] == [file.data for file in second.files]
    assert first.manifest == second.manifest


def test_each_dossier_starts_with_its_own_receipt() -> None:
    batch = samples.make_batch(5, 3, dpi=100, clean=True, layout="one_pdf")
    starts = [one for one in batch.documents if one.role == "receipt"]
    assert [one.dossier_code for one in starts] == [row["MaHoSo"] for row in batch.dossiers]
    for one, row in zip(starts, batch.dossiers, strict=True):
        assert one.truth.separator
        assert one.truth.fields["dossier_code"].value == row["MaHoSo"]
        assert row["ChuHoSo"].casefold() in one.truth.text.casefold()


@pytest.mark.parametrize("layout", ["one_pdf", "pdf", "tiff", "jpeg", "png"])
def test_every_file_holds_the_pages_it_declares(layout: str) -> None:
    batch = samples.make_batch(4, 1, dpi=72, layout=layout, blank_backs=0.5)  # type: ignore[arg-type]
    for file in batch.files:
        assert _pages(file.data, file.media_type) == len(file.pages)
        assert [page.number for page in file.pages] == list(range(1, len(file.pages) + 1))
    filed = [page for file in batch.files for page in file.pages]
    assert len([page for page in filed if page.document_page]) == sum(
        len(d.truth.pages) for d in batch.documents
    )
    assert {page.truth.blank for page in filed} == {True, False}


def _pages(data: bytes, media_type: str) -> int:
    if media_type == "application/pdf":
        with pikepdf.open(io.BytesIO(data)) as document:
            return len(document.pages)
    with Image.open(io.BytesIO(data)) as image:
        image.load()
        return int(getattr(image, "n_frames", 1))


def test_a_one_bit_page_survives_the_pdf_unchanged() -> None:
    paper = samples.make_document(8, "letter", dpi=100, mode="1bit")
    with pikepdf.open(io.BytesIO(pack.pdf(paper.pages))) as document:
        (image,) = (one for one in document.objects if isinstance(one, pikepdf.Stream) and "/Width" in one)
        stored = pikepdf.PdfImage(image).as_pil_image()
    assert stored.convert("1").tobytes() == paper.pages[0].tobytes()


def test_the_list_of_dossiers_opens_as_a_spreadsheet_does() -> None:
    text = as_csv(samples.make_dossiers(1, 3)).decode("utf-8-sig")
    assert text.splitlines()[0].split(",")[:3] == ["MaHoSo", "MaTTHC", "TenTTHC"]
    assert len(text.splitlines()) == 4


def test_the_command_writes_pages_with_their_truth(tmp_path: Path) -> None:
    assert (
        main(["--seed", "2", "--count", "1", "--kind", "letter", "--dpi", "100", "--out", str(tmp_path)]) == 0
    )
    assert {path.suffix for path in tmp_path.iterdir()} == {".png", ".json"}
    assert main(["--batch", "1", "--dpi", "100", "--layout", "pdf", "--out", str(tmp_path / "b")]) == 0
    assert (tmp_path / "b" / "manifest.json").is_file()
