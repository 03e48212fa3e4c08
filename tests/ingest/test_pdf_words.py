"""The words of a page are what a reader of it sees: not hidden, not covered, not an OCR program's own."""

import io
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream

from ingest.limits import Limits
from ingest.pdf import open_pdf
from ingest.sandbox import Rasteriser
from records.page import Word
from samples.digital import HIDDEN, DigitalPage, Run, digital_pdf, row
from tests.ingest.made_files import colour_page, jpeg

ROWS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Căn cứ Luật Tổ chức chính quyền địa phương",
    "Điều 1. Cấp phép",
)
TEXT = [row(text, number) for number, text in enumerate(ROWS)]
SCAN = (jpeg(colour_page(620, 877)), 620, 877)


def words(tmp_path: Path, pdf: bytes) -> tuple[Word, ...]:
    path = tmp_path / "digital.pdf"
    path.write_bytes(pdf)
    document = open_pdf(path, tmp_path, Limits())
    try:
        return document.page(1).words
    finally:
        document.close()


def said(found: tuple[Word, ...]) -> list[str]:
    return [word.text for word in found]


def test_a_born_digital_page_gives_its_words_with_their_places(tmp_path: Path) -> None:
    found = words(tmp_path, digital_pdf([DigitalPage(TEXT)]))
    assert said(found) == " ".join(ROWS).split()
    first = found[0].box  # at 300 dpi; x 70 and the baseline 80 points from the corner
    assert first.x0 == pytest.approx(70 / 72 * 300, abs=6)
    assert first.y1 == pytest.approx(80 / 72 * 300, abs=16)


def test_the_words_come_out_of_the_limited_child(tmp_path: Path) -> None:
    path = tmp_path / "digital.pdf"
    path.write_bytes(
        digital_pdf([DigitalPage(TEXT), DigitalPage(TEXT[:1], jpeg=SCAN), DigitalPage(TEXT[1:])])
    )
    pages = list(Rasteriser().rasterise(path, "application/pdf"))
    assert [said(page.words) for page in pages] == [
        " ".join(ROWS).split(),
        [],
        " ".join(ROWS[1:]).split(),
    ]


def test_hidden_text_behind_a_scan_is_not_believed(tmp_path: Path) -> None:
    """The layer of an OCR program, before or behind the image."""
    layer = [row(text, number, mode=HIDDEN) for number, text in enumerate(ROWS)]
    assert words(tmp_path, digital_pdf([DigitalPage(layer, jpeg=SCAN)])) == ()
    assert words(tmp_path, digital_pdf([DigitalPage(TEXT, jpeg=SCAN)])) == ()


def test_a_scan_in_strips_is_a_scan_too(tmp_path: Path) -> None:
    strip = DigitalPage(TEXT, jpeg=SCAN, image_box=(0, 0, 595, 300))
    assert words(tmp_path, digital_pdf([strip])) == ()


def test_a_seal_and_a_logo_do_not_make_a_scan(tmp_path: Path) -> None:
    seal = DigitalPage(TEXT, jpeg=SCAN, image_box=(350, 600, 470, 720))
    assert said(words(tmp_path, digital_pdf([seal]))) == " ".join(ROWS).split()


def test_hidden_words_among_shown_ones_are_left_out(tmp_path: Path) -> None:
    hidden = row("Ai đọc được dòng này", 8, mode=HIDDEN)
    assert said(words(tmp_path, digital_pdf([DigitalPage([*TEXT, hidden])]))) == " ".join(ROWS).split()


def test_a_page_whose_text_is_mostly_white_on_white_is_read_from_its_image(tmp_path: Path) -> None:
    white = [row("Ai đọc được dòng này", number, gray=1.0) for number in range(5, 12)]
    assert words(tmp_path, digital_pdf([DigitalPage([*TEXT, *white])])) == ()


def test_a_few_words_that_nobody_sees_are_left_out(tmp_path: Path) -> None:
    many = [row(ROWS[1], number) for number in range(12)]
    white = row("Ẩn", 20, gray=1.0)
    assert "Ẩn" not in said(words(tmp_path, digital_pdf([DigitalPage([*many, white])])))


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_page_shown_sideways_or_upside_down_has_no_words(tmp_path: Path, rotate: int) -> None:
    assert words(tmp_path, digital_pdf([DigitalPage(TEXT, rotate=rotate)])) == ()


def test_what_was_filled_into_a_form_is_part_of_the_page(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(digital_pdf([DigitalPage(TEXT)]))) as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        look = Stream(
            pdf, b"BT /F1 12 Tf 2 4 Td (Tran Van On) Tj ET", Type=Name.XObject, Subtype=Name.Form,
            BBox=Array([0, 0, 200, 20]), Resources=Dictionary(Font=Dictionary(F1=font)),
        )  # fmt: skip
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="name", V="Tran Van On", F=4,
                Rect=Array([70, 400, 270, 420]), AP=Dictionary(N=pdf.make_indirect(look)),
            )
        )  # fmt: skip
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))
        out = io.BytesIO()
        pdf.save(out)
    assert said(words(tmp_path, out.getvalue()))[-3:] == ["Tran", "Van", "On"]


def test_signs_without_a_shape_of_their_own_end_up_nowhere(tmp_path: Path) -> None:
    odd = {"C": "\uf0b7", "X": "\u00ad", "N": "\u200b"}
    pdf = digital_pdf([DigitalPage([Run("CHX NGHN", 70, 80)])], codes=lambda c: odd.get(c, c))
    assert said(words(tmp_path, pdf)) == ["H", "GH"]


def test_a_page_of_a_thousand_words_is_taken_whole(tmp_path: Path) -> None:
    runs = [row(" ".join(ROWS[:2]), number, size=6.0) for number in range(30)]
    path = tmp_path / "dense.pdf"
    path.write_bytes(digital_pdf([DigitalPage(runs * 3)]))
    (page,) = Rasteriser().rasterise(path, "application/pdf")
    assert len(page.words) == 90 * len(" ".join(ROWS[:2]).split())
