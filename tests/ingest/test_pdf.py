import io
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pytest
from numpy.typing import NDArray
from pikepdf import Array, Dictionary, Name, Stream
from PIL import Image

from ingest.limits import Limits
from ingest.pdf import open_pdf
from ingest.pdf_structure import structure
from ingest.raster import Document, Raster
from ocr.images import load_image
from records.errors import DamagedFile, EncryptedFile, ImageTooLarge, TooManyPages
from records.orientation import as_scanned
from records.page import QualityFlag
from tests.ingest.made_files import (
    colour_page,
    image_object,
    jpeg,
    jpeg_object,
    page_with,
    pdf_of,
    printed_page,
    saved,
    scan_pdf,
)

LIMITS = Limits()
WIDTH, HEIGHT = 1240, 1754  # A4 at 150 dpi
SCAN = colour_page(WIDTH, HEIGHT)
STREAM = jpeg(SCAN)


class Opener:
    """Opens bytes as a PDF, in a scratch folder of the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, data: bytes, limits: Limits = LIMITS, careful: bool = False) -> Document:
        path = self.folder / "scan.pdf"
        path.write_bytes(data)
        return open_pdf(path, self.folder, limits, careful)

    def page(self, data: bytes, number: int = 1) -> Raster:
        document = self(data)
        try:
            return document.page(number)
        finally:
            document.close()


@pytest.fixture
def opened(tmp_path: Path) -> Opener:
    return Opener(tmp_path)


def alike(raster: Raster, expected: NDArray[np.uint8], most: float = 6.0) -> bool:
    """Whether the page shows this picture: same size, and levels that differ little in the mean."""
    pixels = (
        raster.pixels
        if raster.pixels.ndim == expected.ndim
        else cv2.cvtColor(raster.pixels, cv2.COLOR_GRAY2BGR)
    )
    return pixels.shape == expected.shape and float(cv2.absdiff(pixels, expected).mean()) < most


def test_a_scan_comes_out_bit_for_bit_at_its_own_resolution(opened: Opener) -> None:
    raster = opened.page(scan_pdf(STREAM, WIDTH, HEIGHT))
    assert raster.jpeg == STREAM
    assert (raster.width, raster.height, round(raster.dpi), raster.dpi_source) == (WIDTH, HEIGHT, 150, "pdf")
    assert raster.flags == set()


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_shown_as_a_reader_shows_it(opened: Opener, turn: int) -> None:
    raster = opened.page(scan_pdf(STREAM, WIDTH, HEIGHT, Rotate=turn))
    assert alike(raster, np.ascontiguousarray(np.rot90(SCAN, -turn // 90)))
    assert raster.jpeg is not None
    assert as_scanned(raster.jpeg) == STREAM
    assert alike(Raster(load_image(raster.jpeg, "image/jpeg")[:, :, ::-1]), raster.pixels)


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        (b"595 0 0 -842 0 842", SCAN[::-1]),
        (b"-595 0 0 842 595 0", SCAN[:, ::-1]),
        (b"-595 0 0 -842 595 842", SCAN[::-1, ::-1]),
    ],
)
def test_a_scan_that_is_drawn_mirrored_or_upside_down_is_shown_so(
    opened: Opener, matrix: bytes, expected: NDArray[np.uint8]
) -> None:
    pdf = pikepdf.new()
    content = b"q " + matrix + b" cm /Im0 Do Q"
    raster = opened.page(pdf_of(page_with(pdf, content, jpeg_object(pdf, STREAM, WIDTH, HEIGHT)), pdf=pdf))
    assert alike(raster, np.ascontiguousarray(expected))


def test_the_hidden_text_of_an_ocr_program_does_not_spoil_the_scan(opened: Opener) -> None:
    hidden = b"BT /F1 12 Tf 3 Tr 72 700 Td (some words that were read before and lie over the scan) Tj ET"
    assert opened.page(scan_pdf(STREAM, WIDTH, HEIGHT, hidden)).jpeg == STREAM


def test_a_stamp_that_was_printed_over_the_scan_is_not_lost(opened: Opener) -> None:
    raster = opened.page(scan_pdf(STREAM, WIDTH, HEIGHT, b"BT /F1 14 Tf 0 0 1 rg 380 800 Td (KY SO) Tj ET"))
    assert raster.jpeg is None
    assert (raster.width, raster.height) == (WIDTH, HEIGHT)
    corner = raster.pixels[60:100, 780:900].astype(int)
    assert (corner[:, :, 0] - corner[:, :, 2]).max() > 100  # blue ink where the scan has none
    assert alike(raster, SCAN)


def annotated(flags: int, rect: tuple[float, float, float, float]) -> bytes:
    """The scan with a signature's widget, whose appearance is a blue square."""
    pdf = pikepdf.new()
    look = Stream(
        pdf, b"0 0 1 rg 0 0 100 40 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 40])
    )
    widget = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=pikepdf.String("sig"),
            F=flags,
            Rect=Array(list(rect)),
            AP=Dictionary(N=pdf.make_indirect(look)),
        )
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), SigFlags=3)
    page = page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", jpeg_object(pdf, STREAM, WIDTH, HEIGHT))
    page.Annots = Array([widget])
    return pdf_of(page, pdf=pdf)


def test_the_stamp_of_an_electronic_signature_is_not_lost(opened: Opener) -> None:
    raster = opened.page(annotated(4, (400, 790, 500, 830)))
    assert raster.pixels[60, 940].tolist() == [255, 0, 0]
    assert (raster.width, raster.height) == (WIDTH, HEIGHT)
    assert raster.scanned_as == "colour"


@pytest.mark.parametrize(("flags", "rect"), [(2, (400, 790, 500, 830)), (4, (0, 0, 0, 0))])
def test_a_signature_that_shows_nothing_leaves_the_scan_untouched(
    opened: Opener, flags: int, rect: tuple[float, float, float, float]
) -> None:
    assert opened.page(annotated(flags, rect)).jpeg == STREAM


@pytest.mark.parametrize("decode", [None, [1, 0]])
def test_a_bilevel_scan_keeps_every_pixel_and_its_polarity(opened: Opener, decode: list[int] | None) -> None:
    page = Image.fromarray(printed_page(WIDTH, HEIGHT)).convert("1", dither=Image.Dither.NONE)
    fax = _strip_of(saved(page, "TIFF", compression="group4", tiffinfo={262: 0}, strip_size=1 << 24))
    pdf = pikepdf.new()
    image = image_object(
        pdf,
        fax,
        WIDTH,
        HEIGHT,
        Filter=Name.CCITTFaxDecode,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=1,
        DecodeParms=Dictionary(K=-1, Columns=WIDTH, Rows=HEIGHT),
    )
    if decode:
        image.Decode = Array(decode)
    raster = opened.page(pdf_of(page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", image), pdf=pdf))
    shown = np.array(page.convert("L"))
    assert np.array_equal(raster.pixels, 255 - shown if decode else shown)


def _strip_of(tiff: bytes) -> bytes:
    with Image.open(io.BytesIO(tiff)) as image:
        tags = image.tag_v2  # type: ignore[attr-defined]
        assert (len(tags[273]), tags[262]) == (1, 0)  # white runs are white, as in a PDF
        return tiff[tags[273][0] : tags[273][0] + tags[279][0]]


def test_a_scan_in_strips_is_drawn_at_the_resolution_of_the_strips(opened: Opener) -> None:
    pdf = pikepdf.new()
    half = HEIGHT // 2
    page = page_with(pdf, b"q 595 0 0 421 0 421 cm /Im0 Do Q q 595 0 0 421 0 0 cm /Im1 Do Q")
    page.Resources.XObject = Dictionary(
        Im0=jpeg_object(pdf, jpeg(SCAN[:half]), WIDTH, half),
        Im1=jpeg_object(pdf, jpeg(SCAN[half:]), WIDTH, half),
    )
    raster = opened.page(pdf_of(page, pdf=pdf))
    assert abs(raster.dpi - 150) < 1
    assert abs(raster.height - HEIGHT) <= 1  # the sheet of 842 points is a hair higher than the strips
    assert alike(Raster(raster.pixels[:HEIGHT]), SCAN, most=9)


def test_a_page_that_crops_its_scan_shows_what_is_left_in_view(opened: Opener) -> None:
    raster = opened.page(scan_pdf(STREAM, WIDTH, HEIGHT, CropBox=Array([0, 421, 595, 842])))
    assert abs(raster.width - WIDTH) <= 2
    assert abs(raster.height - HEIGHT // 2) <= 2


def test_a_masked_scan_is_drawn_and_not_taken_out(opened: Opener) -> None:
    pdf = pikepdf.new()
    image = jpeg_object(pdf, STREAM, WIDTH, HEIGHT)
    image.SMask = image_object(pdf, bytes(4), 2, 2, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    raster = opened.page(pdf_of(page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", image), pdf=pdf))
    assert raster.jpeg is None
    assert raster.pixels.min() == 255  # all of it is masked away


def test_a_page_of_text_is_drawn_at_300_dpi_and_is_no_scan(opened: Opener) -> None:
    pdf = pikepdf.new()
    text = b"BT /F1 12 Tf 72 700 Td (" + b"a page that was never on paper " * 2 + b") Tj ET"
    raster = opened.page(pdf_of(page_with(pdf, text), pdf=pdf))
    assert (raster.width, raster.height, raster.dpi) == (2479, 3508, 300)
    assert raster.is_born_digital


def test_text_over_a_coarse_picture_is_drawn_finely(opened: Opener) -> None:
    small = colour_page(310, 438)
    text = b"BT /F1 12 Tf 72 700 Td (" + b"a page of text on a watermark " * 2 + b") Tj ET"
    assert opened.page(scan_pdf(jpeg(small), 310, 438, text)).width == 2479


def test_a_sheet_of_400_metres_is_drawn_within_the_pixel_limit(opened: Opener) -> None:
    pdf = pikepdf.new()
    raster = opened.page(pdf_of(page_with(pdf, b"", box=(0, 0, 14400, 14400), UserUnit=75), pdf=pdf))
    assert raster.width * raster.height <= 64_000_000


def test_an_image_of_a_billion_pixels_is_refused(opened: Opener) -> None:
    pdf = pikepdf.new()
    image = image_object(
        pdf,
        b"x\x9c\x03\0\0\0\0\x01",
        60_000,
        60_000,
        Filter=Name.FlateDecode,
        ColorSpace=Name.DeviceGray,
        BitsPerComponent=8,
    )
    with pytest.raises(ImageTooLarge):
        opened.page(pdf_of(page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", image), pdf=pdf))


def test_more_pages_than_the_limit_are_refused(opened: Opener) -> None:
    pdf = pikepdf.new()
    pages = [page_with(pdf, b"") for _ in range(4)]
    with pytest.raises(TooManyPages):
        opened(pdf_of(*pages, pdf=pdf), Limits(pages=3))


def test_a_page_tree_that_says_a_hundred_thousand_pages_is_refused(opened: Opener) -> None:
    data = pdf_of(
        page_with(pdf := pikepdf.new(), b""), pdf=pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable
    )
    with pytest.raises((TooManyPages, DamagedFile)):
        opened(data.replace(b"/Count 1", b"/Count 100000"))


def test_a_page_tree_that_turns_back_on_itself_ends(opened: Opener) -> None:
    pdf = pikepdf.new()
    data = pdf_of(page_with(pdf, b""), pdf=pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    root = data[: data.index(b"/Type /Pages")].rsplit(b" obj", 1)[0].rsplit(b"\n", 1)[-1]
    looped = data.replace(b"/Kids [ ", b"/Kids [ " + root + b" R ")
    assert looped != data
    with pytest.raises((DamagedFile, TooManyPages)):
        document = opened(looped)
        assert document.pages < 500
        raise DamagedFile


def test_a_file_with_a_password_is_an_error_of_its_own(opened: Opener) -> None:
    pdf = pikepdf.new()
    locked = pikepdf.Encryption(owner="owner", user="user", R=6)
    with pytest.raises(EncryptedFile):
        opened(pdf_of(page_with(pdf, b""), pdf=pdf, encryption=locked))


def test_a_file_that_only_forbids_copying_is_opened(opened: Opener) -> None:
    pdf = pikepdf.new()
    image = jpeg_object(pdf, STREAM, WIDTH, HEIGHT)
    page = page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", image)
    raster = opened.page(pdf_of(page, pdf=pdf, encryption=pikepdf.Encryption(owner="owner", user="", R=6)))
    assert raster.jpeg == STREAM


def test_a_file_without_pages_is_damaged(opened: Opener) -> None:
    with pytest.raises(DamagedFile):
        opened(pdf_of(pdf=pikepdf.new()))


def test_bytes_in_front_of_the_header_are_no_damage(opened: Opener) -> None:
    raster = opened.page(b"X-Spool-Job: 17 ....\n" + scan_pdf(STREAM, WIDTH, HEIGHT))
    assert raster.jpeg == STREAM
    assert raster.flags == set()


def test_a_lost_table_of_objects_is_mended_and_said(opened: Opener) -> None:
    data = scan_pdf(STREAM, WIDTH, HEIGHT)
    at = data.rindex(b"startxref")
    raster = opened.page(data[:at] + b"startxref\n999\n%%EOF\n")
    assert raster.jpeg == STREAM
    assert raster.flags == {QualityFlag.REPAIRED}


def test_the_first_half_of_a_scan_is_shown_and_flagged(opened: Opener) -> None:
    """As some scanners write: the page first, then its image, and the list of pages at the very end."""
    head = (
        b"%PDF-1.4\n4 0 obj\n<</Type /Page\n/Parent 3 0 R\n/Resources<</XObject<</Im0 7 0 R>>>>\n"
        b"/MediaBox [0 0 595 842]\n/Contents 5 0 R\n>>\nendobj\n"
        b"5 0 obj\n<</Length 31>>\nstream\nq 595 0 0 842 0 0 cm /Im0 Do Q\nendstream\nendobj\n"
    )
    image = (
        b"7 0 obj\n<</Type/XObject/Subtype/Image/Filter/DCTDecode/Width %d/Height %d/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Length 8 0 R>>\nstream\n" % (WIDTH, HEIGHT)
    )
    raster = opened.page(head + image + STREAM[: len(STREAM) // 2])
    assert raster.flags >= {QualityFlag.REPAIRED, QualityFlag.TRUNCATED}
    assert np.abs(raster.pixels[:400].astype(int) - SCAN[:400]).mean() < 6


def test_the_second_reader_shows_the_same_page(opened: Opener) -> None:
    raster = opened(scan_pdf(STREAM, WIDTH, HEIGHT), careful=True).page(1)
    assert QualityFlag.REPAIRED in raster.flags
    assert alike(Raster(np.asarray(cv2.resize(raster.pixels, (WIDTH, HEIGHT)), np.uint8)), SCAN)


@pytest.mark.parametrize(
    ("tail", "ends", "indexed"),
    [(b"startxref\n9\n%%EOF", True, True), (b"startxref\n4\n%%EOF", True, False), (b"", False, False)],
)
def test_a_skeleton_is_judged_by_its_tail(tmp_path: Path, tail: bytes, ends: bool, indexed: bool) -> None:
    path = tmp_path / "made.pdf"
    path.write_bytes(b"%PDF-1.4\nxref\n0 1\n" + tail)
    found = structure(path)
    assert (found.ends, found.indexed) == (ends, indexed)
