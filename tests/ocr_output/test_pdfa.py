"""The lasting PDF: exactly the pixels that were scanned, and words where they stand, in the order of reading."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import cast

import numpy as np
import pikepdf
import pikepdf.pdfa
import pypdfium2 as pdfium
import pytest
from PIL import Image

from ocr.document import build_pdf
from ocr.lossless import opened_image
from ocr.pdfa import PdfPage, write_pdfa
from ocr.rendering import likeness
from records.errors import DamagedFile, UnsupportedMediaType
from records.orientation import with_orientation
from records.page import Box, Line, PageText, Word, upright
from tests.ocr_output.papers import ROWS, STAMP, encoded, metadata, paper

PROFILES = ("master", "access")
BACK = {  # by EXIF's orientation, from a page as it is shown to how it is stored
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@dataclass(frozen=True)
class Embedded:
    """The one image of a PDF's first page."""

    pixels: Image.Image
    filters: list[str]
    colour: str


def only_image(pdf: bytes) -> Embedded:
    with pikepdf.open(BytesIO(pdf)) as opened:
        (stream,) = opened.pages[0].get_images().values()
        image = pikepdf.PdfImage(cast(pikepdf.Stream, stream))
        return Embedded(image.as_pil_image(), image.filters, str(stream.ColorSpace))


def words(text: str) -> list[str]:
    return text.split()


def rendered(pdf: bytes, page: int = 0, dpi: int = 72) -> Image.Image:
    with pdfium.PdfDocument(pdf) as opened:
        image: Image.Image = opened[page].render(scale=dpi / 72).to_pil()
    return image.convert("RGB")


# --- pixels ---


@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"quality": 40}])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_scanners_jpeg_lies_in_the_master_bit_for_bit(mode: str, options: dict[str, object]) -> None:
    scan = encoded(paper()[0].convert(mode), "JPEG", **options)
    with pikepdf.open(BytesIO(write_pdfa([PdfPage(scan, None, 150)], metadata()))) as pdf:
        (stream,) = pdf.pages[0].get_images().values()
        assert stream.read_raw_bytes() == scan
        assert stream.Filter == pikepdf.Name.DCTDecode


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
@pytest.mark.parametrize("mode", ["RGB", "L", "1", "P"])
def test_every_pixel_of_a_lossless_scan_comes_back(kind: str, mode: str) -> None:
    image = paper()[0].quantize(64) if mode == "P" else paper()[0].convert(mode)
    pdf = write_pdfa([PdfPage(encoded(image, kind), None, 150)], metadata())
    got = only_image(pdf).pixels.convert("RGB")
    assert np.array_equal(np.asarray(got), np.asarray(image.convert("RGB")))


def test_a_bilevel_page_is_kept_as_g4_however_it_arrived() -> None:
    image = paper(dpi=300)[0].convert("1", dither=Image.Dither.NONE)
    for arrived in (
        encoded(image),
        encoded(image.convert("L")),
        encoded(image, "TIFF", compression="group4"),
    ):
        pdf = write_pdfa([PdfPage(arrived, None, 300)], metadata())
        assert only_image(pdf).filters == ["/CCITTFaxDecode"]
        assert len(pdf) < 40_000


@pytest.mark.parametrize(
    "image",
    [
        paper()[0].convert("RGBA"),
        Image.fromarray(np.tile(np.arange(0, 65000, 500, dtype=np.uint16), (100, 1))),
    ],
    ids=["transparent", "16 bit"],
)
def test_an_unusual_png_is_shown_as_it_looks(image: Image.Image) -> None:
    pdf = write_pdfa([PdfPage(encoded(image), None, 150)], metadata())
    assert np.asarray(rendered(pdf)).max() > 200


def test_a_cmyk_jpeg_becomes_rgb_which_the_output_intent_allows() -> None:
    scan = encoded(paper()[0].convert("CMYK"), "JPEG", quality=95)
    image = only_image(write_pdfa([PdfPage(scan, None, 150)], metadata()))
    assert image.colour == "/DeviceRGB"
    with Image.open(BytesIO(scan)) as opened:
        assert np.array_equal(np.asarray(image.pixels), np.asarray(opened.convert("RGB")))


def test_a_jpeg_that_broke_off_shows_what_is_left_of_it() -> None:
    scan = encoded(paper()[0], "JPEG")
    pdf = write_pdfa([PdfPage(scan[: len(scan) // 2], None, 150)], metadata())
    assert np.asarray(rendered(pdf)).std() > 5


@pytest.mark.slow
@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_shown_as_its_exif_header_says_and_its_stream_is_the_cameras(
    orientation: int, profile: str
) -> None:
    shown, text = paper()
    tags = Image.Exif()
    tags[0x0112] = orientation
    stored = shown.transpose(BACK[orientation]) if orientation in BACK else shown
    photo = encoded(stored, "JPEG", quality=90, exif=tags)
    pdf = build_pdf([PdfPage(photo, text, 150)], metadata(), profile)
    assert likeness(np.asarray(rendered(pdf, dpi=100)), np.asarray(rendered(plain_pdf(shown), dpi=100))) > 0.9
    if profile == "master":
        with pikepdf.open(BytesIO(pdf)) as opened:
            (stream,) = opened.pages[0].get_images().values()
            assert stream.read_raw_bytes() == photo
    word = text.lines[2].words[1].text
    assert places(pdf, word) == pytest.approx(places(plain_pdf(shown, text), word), abs=0.5)


def test_a_scan_that_its_pdf_turned_lies_in_the_master_as_the_scanner_wrote_it() -> None:
    shown, text = paper()
    scanned = encoded(shown.transpose(BACK[6]), "JPEG", quality=90)
    page = with_orientation(scanned, 6)
    assert opened_image(page).size == shown.size
    with pikepdf.open(BytesIO(build_pdf([PdfPage(page, text, 150)], metadata()))) as opened:
        (stream,) = opened.pages[0].get_images().values()
        assert stream.read_raw_bytes() == scanned


def plain_pdf(image: Image.Image, text: PageText | None = None) -> bytes:
    return write_pdfa([PdfPage(encoded(image), text, 150)], metadata())


@pytest.mark.parametrize("profile", PROFILES)
def test_bytes_that_are_no_image_are_refused_by_name(profile: str) -> None:
    with pytest.raises((DamagedFile, UnsupportedMediaType)):
        write_pdfa([PdfPage(b"%PDF-1.7 not an image", None, 150)], metadata(), profile)
    with pytest.raises(DamagedFile):
        write_pdfa([PdfPage(encoded(paper()[0])[:60], None, 150)], metadata(), profile)


# --- the page ---


@pytest.mark.parametrize(
    ("dpi", "size"), [(300, (595.2, 841.92)), (200, (892.8, 1262.88)), (0, (595.14, 841.89))]
)
def test_the_page_has_the_size_of_the_paper(dpi: int, size: tuple[float, float]) -> None:
    scan = encoded(Image.new("L", (2480, 3508), 255))
    with pikepdf.open(BytesIO(write_pdfa([PdfPage(scan, None, dpi)], metadata()))) as pdf:
        got = [float(side) for side in pdf.pages[0].MediaBox][2:]
    assert got == pytest.approx(size, abs=0.15)


@pytest.mark.parametrize(
    ("size", "dpi"), [((30000, 400), 72), ((40, 30000), 72), ((2, 2), 600), ((1, 900), 0)]
)
def test_a_page_of_any_size_stays_inside_the_limits_of_pdf(size: tuple[int, int], dpi: int) -> None:
    scan = encoded(Image.new("1", size, 1))
    with pikepdf.open(BytesIO(write_pdfa([PdfPage(scan, None, dpi)], metadata()))) as pdf:
        sides = [float(side) for side in pdf.pages[0].MediaBox][2:]
    assert max(sides) <= 14400
    assert min(sides) >= 2.9


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("profile", PROFILES)
def test_a_turned_page_is_shown_upright_with_its_words_on_their_places(rotation: int, profile: str) -> None:
    image, text = paper(rotation=rotation)
    pdf = write_pdfa([PdfPage(encoded(image), text, 150)], metadata(), profile)
    shown, original = rendered(pdf, dpi=150), paper()[0]
    assert abs(shown.width - original.width) <= 1
    difference = np.abs(np.asarray(shown.resize(original.size), float) - np.asarray(original, float))
    assert difference.mean() < 3
    assert places(pdf, "Hường,") == pytest.approx(box_of(upright(text), "Hường,"), abs=3)


def places(pdf: bytes, word: str) -> list[float]:
    """Where pdfium finds a word, in pixels at 150 dpi of the page as it is shown."""
    with pdfium.PdfDocument(pdf) as opened:
        page = opened[0]
        text = page.get_textpage()
        start, count = text.search(word).get_next()
        assert text.count_rects(start, count) == 1
        corners = text.get_rect(0)
        width, height = round(page.get_width() * 150 / 72), round(page.get_height() * 150 / 72)
        return _shown(corners, page.get_rotation(), width, height)


def _shown(corners: tuple[float, float, float, float], rotation: int, width: int, height: int) -> list[float]:
    left, bottom, right, top = (side * 150 / 72 for side in corners)
    if rotation == 90:
        return [bottom, left, top, right]
    if rotation == 180:
        return [width - right, bottom, width - left, top]
    if rotation == 270:
        return [width - top, height - right, width - bottom, height - left]
    return [left, height - top, right, height - bottom]


def box_of(text: PageText, word: str) -> list[int]:
    return next(found.box.as_list() for found in text.words() if found.text == word)


# --- words ---


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, 2.0, -2.0])
def test_poppler_and_pdfium_read_the_words_in_order(rotation: int, skew: float, tmp_path: Path) -> None:
    image, text = paper(rotation=rotation, skew=skew)
    pdf = write_pdfa([PdfPage(encoded(image), text, 150)], metadata())
    expected = words(" ".join(ROWS))
    assert words(pdfium_text(pdf)) == expected
    assert words(poppler_text(pdf, tmp_path, "-raw")) == expected
    assert words(poppler_text(pdf, tmp_path)) == expected


def test_a_line_of_print_is_a_line_when_it_is_copied(tmp_path: Path) -> None:
    image, text = paper()
    pdf = write_pdfa([PdfPage(encoded(image), text, 150)], metadata())
    assert pdfium_text(pdf).splitlines() == list(ROWS)
    assert poppler_text(pdf, tmp_path, "-raw").rstrip("\f\n").splitlines() == list(ROWS)


def test_columns_are_read_in_the_order_of_the_words_not_across(tmp_path: Path) -> None:
    left = ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ MỸ THO")
    right = ("CỘNG HÒA XÃ HỘI", "Độc lập - Tự do")
    lines = [*column(left, 100, 0), *column(right, 700, 1)]
    text = PageText(1240, 1754, tuple(lines), STAMP, 0, 150)
    pdf = write_pdfa([PdfPage(encoded(Image.new("L", (1240, 1754), 255)), text, 150)], metadata())
    expected = words(" ".join(left + right))
    assert words(pdfium_text(pdf)) == expected
    assert words(poppler_text(pdf, tmp_path, "-raw")) == expected


def column(rows: tuple[str, ...], x: int, block: int) -> list[Line]:
    lines = []
    for number, row in enumerate(rows):
        boxes = [Box(x + 70 * n, 100 + 40 * number, x + 70 * n + 58, 128 + 40 * number) for n in range(9)]
        found = tuple(Word(word, box, 1.0) for word, box in zip(row.split(), boxes, strict=False))
        lines.append(Line(found, Box(x, boxes[0].y0, x + 600, boxes[0].y1), block))
    return lines


def test_words_that_touch_or_have_no_size_do_not_run_together(tmp_path: Path) -> None:
    boxes = [
        Box(100, 100, 200, 140),
        Box(200, 100, 300, 140),
        Box(290, 102, 290, 140),
        Box(310, 100, 400, 140),
    ]
    line = Line(
        tuple(Word(t, b, 1.0) for t, b in zip(("một", "hai", "l", "bốn"), boxes, strict=True)), boxes[0]
    )
    text = PageText(1240, 1754, (line,), STAMP, 0, 150)
    pdf = write_pdfa([PdfPage(encoded(Image.new("L", (1240, 1754), 255)), text, 150)], metadata())
    assert words(pdfium_text(pdf)) == ["một", "hai", "l", "bốn"]
    assert words(poppler_text(pdf, tmp_path, "-raw")) == ["một", "hai", "l", "bốn"]


def test_a_narrow_blank_is_a_blank_when_it_is_searched(tmp_path: Path) -> None:
    boxes = [Box(100 + 120 * n, 100, 100 + 120 * n + 114, 140) for n in range(6)]
    row = ["VIỆN", "KIỂM", "SÁT", "TỐI", "CAO", "08"]
    line = Line(tuple(Word(t, b, 1.0) for t, b in zip(row, boxes, strict=True)), boxes[0])
    text = PageText(1240, 1754, (line,), STAMP, 0, 150)
    pdf = write_pdfa([PdfPage(encoded(Image.new("L", (1240, 1754), 255)), text, 150)], metadata())
    assert words(pdfium_text(pdf)) == row
    assert words(poppler_text(pdf, tmp_path, "-raw")) == row


@pytest.mark.parametrize("profile", PROFILES)
def test_a_page_without_words_has_no_text_and_needs_no_font(profile: str) -> None:
    empty = PageText(1240, 1754, (Line((), Box(1, 1, 5, 5)),), STAMP)
    for text in (None, empty):
        pdf = write_pdfa([PdfPage(encoded(paper(())[0]), text, 150)], metadata(), profile)
        assert pdfium_text(pdf) == ""
        with pikepdf.open(BytesIO(pdf)) as opened:
            assert "/Font" not in opened.pages[0].Resources


def test_the_text_is_never_painted() -> None:
    image = Image.new("RGB", paper()[0].size, "white")
    pdf = write_pdfa([PdfPage(encoded(image), paper()[1], 150)], metadata())
    assert np.asarray(rendered(pdf, dpi=150)).min() == 255


def pdfium_text(pdf: bytes, page: int = 0) -> str:
    with pdfium.PdfDocument(pdf) as opened:
        return str(opened[page].get_textpage().get_text_range()).replace("\r\n", "\n")


def poppler_text(pdf: bytes, folder: Path, *options: str) -> str:
    (folder / "page.pdf").write_bytes(pdf)
    command = ["pdftotext", *options, "-enc", "UTF-8", str(folder / "page.pdf"), "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode()


# --- the document ---


@pytest.mark.slow
def test_the_same_pages_give_the_same_bytes() -> None:
    image, text = paper()
    for profile in PROFILES:
        made = {write_pdfa([PdfPage(encoded(image), text, 150)] * 2, metadata(), profile) for _ in range(2)}
        assert len(made) == 1


def test_metadata_say_what_was_filed_and_agree_with_the_information_dictionary() -> None:
    pdf = write_pdfa([PdfPage(encoded(paper()[0]), paper()[1], 150)], metadata(), "access")
    with pikepdf.open(BytesIO(pdf)) as opened, opened.open_metadata() as xmp:
        assert xmp.pdfa_status == "2B"
        assert xmp["dc:title"] == str(opened.docinfo["/Title"]) == metadata().title
        assert xmp["dc:identifier"] == "H58.30-220303-0012"
        assert xmp["dc:relation"] == {f"page 1 sha256:{metadata().masters[0].sha256}"}
        assert xmp["dc:type"] == {"access"}
        tool = xmp["xmp:CreatorTool"]
        assert tool == str(opened.docinfo["/Creator"]) == "sohoa; fixed 1.0 (ghi chú=thử; lang=vie)"
        assert xmp["xmp:CreateDate"] == "2026-03-02T08:30:00+00:00"
        assert str(opened.docinfo["/CreationDate"]) == "D:20260302083000+00'00'"


def test_pages_of_all_kinds_live_in_one_file() -> None:
    image, text = paper()
    scans = [encoded(image, "JPEG"), encoded(image.convert("1")), encoded(image.convert("L"), "TIFF")]
    pdf = write_pdfa([PdfPage(scan, text, 150) for scan in scans], metadata())
    assert [words(pdfium_text(pdf, number)) for number in range(3)] == [words(" ".join(ROWS))] * 3


def test_a_file_without_pages_is_not_written() -> None:
    with pytest.raises(ValueError, match="at least one page"):
        write_pdfa([], metadata())


@pytest.mark.parametrize("profile", PROFILES)
def test_pikepdfs_own_check_finds_nothing(profile: str) -> None:
    image, text = paper(rotation=90)
    pdf = write_pdfa(
        [PdfPage(encoded(image, "JPEG"), text, 150), PdfPage(encoded(image))], metadata(), profile
    )
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert pikepdf.pdfa.check(opened, "2b").findings == []
