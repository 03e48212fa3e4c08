"""A signature is seen before anything touches its file, and a text layer is believed only when it reads well."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ingest.encode import encoded as encoded_page
from ingest.limits import Limits
from ingest.pdf import open_pdf
from ocr.born_digital import is_signed, text_layer
from ocr.pdfa import PdfPage, write_pdfa
from records.page import PageText
from samples.digital import DigitalPage, Run, digital_pdf, row
from tests.ocr_output.encodings import tcvn3, vni
from tests.ocr_output.papers import ROWS, encoded, metadata, paper, signed

BODY = (
    *ROWS,
    "Điều 1. Cấp giấy phép xây dựng nhà ở riêng lẻ cho ông Trần Văn Ơn",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký ban hành",
)


def born_digital(rows: Sequence[str], codes: Callable[[str], str] = lambda letter: letter) -> bytes:
    """A PDF that holds these rows as text."""
    return digital_pdf([DigitalPage([row(text, number) for number, text in enumerate(rows)])], codes=codes)


def layer(tmp_path: Path, pdf: bytes) -> PageText | None:
    """What the pipeline makes of the first page's own text."""
    path = tmp_path / "digital.pdf"
    path.write_bytes(pdf)
    document = open_pdf(path, tmp_path, Limits())
    try:
        raster = document.page(1)
    finally:
        document.close()
    image, media_type = encoded_page(raster)
    return text_layer(raster.words, image, media_type, 300)


# --- text layers ---


def test_the_words_of_a_born_digital_page_come_with_engine_and_resolution(tmp_path: Path) -> None:
    found = layer(tmp_path, born_digital(BODY))
    assert found is not None
    assert found.text.split() == " ".join(BODY).split()
    assert (found.engine.name, found.dpi, found.rotation) == ("text-layer", 300, 0)
    assert {word.confidence for word in found.words()} == {1.0}


def test_columns_are_read_one_after_the_other_even_where_the_file_runs_across(tmp_path: Path) -> None:
    head = [
        Run("ỦY BAN NHÂN DÂN", 70, 80),
        Run("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 260, 80),
        Run("PHƯỜNG ĐẠO THẠNH", 68, 98),
        Run("Độc lập - Tự do - Hạnh phúc", 310, 98),
    ]
    body = [row(text, number + 4) for number, text in enumerate(BODY[3:])]
    found = layer(tmp_path, digital_pdf([DigitalPage([*head, *body])]))
    assert found is not None
    assert [line.text for line in found.lines[:4]] == [head[n].text for n in (0, 2, 1, 3)]


@pytest.mark.parametrize("encode", [tcvn3, vni], ids=["TCVN3", "VNI"])
def test_text_in_an_old_encoding_is_not_believed(tmp_path: Path, encode: Callable[[str], str]) -> None:
    """The shapes are right; the codes behind them are those of the old fonts."""
    assert (
        layer(tmp_path, born_digital(BODY, codes=lambda letter: encode(letter).replace("\xad", "-"))) is None
    )


def test_old_capitals_in_the_header_alone_are_enough_to_doubt_the_text(tmp_path: Path) -> None:
    rows = ("Cộng hoa xã hội chu nghĩa Viêt Nam", *BODY[1:], *BODY[3:] * 4)
    assert layer(tmp_path, born_digital(rows)) is None
    sound = ("Cộng hoà xã hội chủ nghĩa Việt Nam", *BODY[1:])
    assert layer(tmp_path, born_digital(sound)) is not None


def test_text_without_its_marks_is_a_poor_ocr_layer_and_not_believed(tmp_path: Path) -> None:
    bare = ("Can cu Luat To chuc chinh quyen dia phuong va de nghi cua Truong phong",) * 4
    assert layer(tmp_path, born_digital(bare)) is None


def test_a_signatures_caption_is_no_text_layer(tmp_path: Path) -> None:
    caption = ("Ký bởi: Ủy ban nhân dân thành phố Mỹ Tho", "Thời gian ký: 03/03/2022 08:30:00 +07:00")
    assert layer(tmp_path, born_digital(caption)) is None


def test_a_searchable_scan_is_read_anew(tmp_path: Path) -> None:
    image, text = paper(BODY)
    assert layer(tmp_path, write_pdfa([PdfPage(encoded(image), text, 150)], metadata())) is None


# --- signatures ---


@pytest.mark.parametrize("compressed", [True, False])
def test_a_signed_pdf_is_known_by_its_signature(compressed: bool) -> None:
    plain = born_digital(BODY)
    assert not is_signed(plain)
    assert is_signed(signed(plain, compressed=compressed))


def test_a_signed_file_that_broke_off_is_still_a_signed_file() -> None:
    assert is_signed(signed(born_digital(BODY), compressed=False)[:-200])


def test_an_empty_signature_field_is_no_signature() -> None:
    with pikepdf.open(BytesIO(born_digital(BODY))) as pdf:
        field = pdf.make_indirect(Dictionary(FT=Name.Sig, T="Signature1"))
        pdf.Root.AcroForm = Dictionary(SigFlags=1, Fields=Array([field]))
        out = BytesIO()
        pdf.save(out)
        assert not is_signed(out.getvalue())
    assert not is_signed(b"/ByteRange [0 0 0 0]")
    assert not is_signed(b"/ByteRange [0 /********** /********** /**********]")


@pytest.mark.shared
def test_the_offices_own_signed_scans_are_seen_as_signed_and_as_scans(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "scans").glob("*.pdf"))
    assert files
    for file in files:
        assert is_signed(file.read_bytes())
        assert layer(tmp_path, file.read_bytes()) is None
