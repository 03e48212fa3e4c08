"""The access copy is small, and what makes a paper valid or readable survives in it."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFilter

from ocr.document import LEAST_LIKENESS, build_pdf
from ocr.ink import find_ink
from ocr.lossless import Pixels
from ocr.pdfa import PdfPage, Profile, write_pdfa
from ocr.rendering import check_rendering, drawn, likeness
from records.errors import FilingFailed
from tests.ocr_output.papers import encoded, font, metadata, paper

pytestmark = pytest.mark.slow

RED, BLUE, PALE = (214, 30, 45), (38, 52, 140), (188, 186, 182)
SEAL, PEN, FAINT = (700, 900, 1000, 1200), (850, 1000, 1190, 1110), (100, 1300, 800, 1400)


def stamped(dpi: int = 150) -> Image.Image:
    """A scan with a red seal, a blue signature across it, and pale print; blurred and noisy like a scanner's."""
    image = paper(dpi=dpi)[0].resize((1240, 1754))
    draw = ImageDraw.Draw(image)
    for inset, width in ((4, 6), (14, 2), (90, 3)):
        draw.ellipse(
            [SEAL[0] + inset, SEAL[1] + inset, SEAL[2] - inset, SEAL[3] - inset], outline=RED, width=width
        )
    draw.text((760, 1030), "MỸ THO", font=font(34), fill=RED)
    xs = np.linspace(PEN[0] + 10, PEN[2] - 10, 200)
    draw.line([(x, 1055 + 40 * np.sin(x / 17) * np.cos(x / 71)) for x in xs], fill=BLUE, width=3)
    draw.text((FAINT[0] + 10, FAINT[1] + 20), "chữ in nhạt trên giấy cũ: Ộ ễ ữ ặ", font=font(30), fill=PALE)
    noise = np.random.default_rng(7).normal(0, 2.5, (1754, 1240, 1))
    blurred = np.asarray(image.filter(ImageFilter.GaussianBlur(0.6)), float)
    return Image.fromarray(np.clip(blurred + noise, 0, 255).astype(np.uint8))


def shown(pdf: bytes, size: tuple[int, int]) -> Pixels:
    with pdfium.PdfDocument(pdf) as opened:
        return drawn(opened[0], size)


def access(image: Image.Image, dpi: int = 150, **options: object) -> bytes:
    scan = encoded(image, "JPEG", quality=90) if image.mode != "1" else encoded(image)
    return write_pdfa([PdfPage(scan, None, dpi)], metadata(), "access")


def photograph(size: tuple[int, int]) -> Image.Image:
    """Smooth shapes with fine texture, as in a photo: no paper, no ink."""
    random = np.random.default_rng(3)
    layers = [random.normal(0, 1, (max(2, size[1] // n), max(2, size[0] // n), 3)) for n in (200, 60, 20, 6)]
    grown = [np.asarray(resized(layer, size)) for layer in layers]
    whole = sum(layer * weight for layer, weight in zip(grown, (50, 35, 25, 20), strict=True))
    return Image.fromarray(np.clip(128 + whole, 0, 255).astype(np.uint8))


def resized(layer: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    channels = [Image.fromarray(layer[..., n].astype(np.float32)) for n in range(3)]
    return np.stack(
        [np.asarray(channel.resize(size, Image.Resampling.BICUBIC)) for channel in channels], axis=-1
    )


# --- what must survive ---


@pytest.mark.parametrize("zone", [SEAL, PEN, FAINT], ids=["seal", "signature", "pale print"])
def test_a_zone_that_matters_looks_as_in_the_scan(zone: tuple[int, int, int, int]) -> None:
    image = stamped()
    got = shown(access(image), image.size)
    x0, y0, x1, y1 = zone
    assert likeness(np.asarray(image)[y0:y1, x0:x1], got[y0:y1, x0:x1]) > 0.85


def test_a_signature_stays_blue_where_it_crosses_a_red_seal() -> None:
    image = stamped()
    original, got = np.asarray(image).astype(int), shown(access(image), image.size).astype(int)
    x0, y0, x1, y1 = PEN
    red, _, blue = np.moveaxis(original[y0:y1, x0:x1], -1, 0)
    pen = (blue - red > 60) & (red < 110)
    assert pen.sum() > 200
    difference = np.abs(original[y0:y1, x0:x1][pen] - got[y0:y1, x0:x1][pen]).mean(axis=0)
    assert difference.max() < 30


def test_there_is_no_halo_around_a_seal() -> None:
    image = stamped()
    original, got = np.asarray(image).astype(int), shown(access(image), image.size).astype(int)
    x0, y0, x1, y1 = SEAL
    ink = find_ink(np.asarray(image), 150).both[y0:y1, x0:x1] > 0
    near = np.asarray(Image.fromarray(ink).filter(ImageFilter.MaxFilter(9))) & ~np.asarray(
        Image.fromarray(ink).filter(ImageFilter.MaxFilter(5))
    )
    assert near.sum() > 500
    assert np.abs(original[y0:y1, x0:x1][near] - got[y0:y1, x0:x1][near]).mean() < 5


def test_pale_print_is_ink() -> None:
    ink = find_ink(np.asarray(stamped()), 150).both
    x0, y0, x1, y1 = FAINT
    assert 0.02 < (ink[y0:y1, x0:x1] > 0).mean() < 0.3


def test_the_shape_of_print_is_kept_at_the_scans_resolution() -> None:
    image = paper(dpi=300)[0].crop((0, 0, 1240, 900))
    original, got = np.asarray(image), shown(access(image, 300), image.size)
    coarse = image.resize((image.width // 3, image.height // 3)).resize(image.size)
    assert likeness(original, got) > likeness(original, np.asarray(coarse)) + 0.1


# --- size ---


def test_a_stamped_page_takes_a_tenth_of_its_scan() -> None:
    image = stamped().resize((2480, 3508), Image.Resampling.BICUBIC)
    scan = encoded(image, "JPEG", quality=90)
    made = write_pdfa([PdfPage(scan, None, 300)], metadata(), "access")
    assert len(made) < 200 * 1024
    assert len(made) < len(scan) / 3


def test_a_bilevel_page_is_the_same_in_both_profiles() -> None:
    image = paper(dpi=200)[0].convert("1", dither=Image.Dither.NONE)
    assert np.array_equal(
        shown(access(image, 200), image.size),
        shown(write_pdfa([PdfPage(encoded(image))], metadata()), image.size),
    )


# --- pages that layers do not fit ---


def test_a_photograph_becomes_a_moderate_jpeg() -> None:
    image = photograph((1240, 1754))
    pdf = access(image)
    with pikepdf.open(BytesIO(pdf)) as opened:
        (stream,) = opened.pages[0].get_images().values()
        assert "/Mask" not in stream
    assert len(pdf) < len(encoded(image, "JPEG", quality=90))
    assert check_rendering(pdf, [encoded(image)], [0])[0] > 0.8


@pytest.mark.parametrize("colour", ["white", "black", (200, 180, 140), (30, 60, 30)])
@pytest.mark.parametrize("size", [(1240, 1754), (1, 1), (3, 900), (17, 5)])
def test_an_even_page_of_any_size_keeps_its_colour(
    colour: str | tuple[int, int, int], size: tuple[int, int]
) -> None:
    image = Image.new("RGB", size, colour)
    got = shown(access(image), (60, 60)).reshape(-1, 3).mean(axis=0)
    assert np.abs(got - np.asarray(image.getpixel((0, 0)))).max() < 6


def test_white_print_on_a_dark_ground_survives() -> None:
    image = Image.eval(paper()[0], lambda level: 255 - level)
    assert check_rendering(access(image), [encoded(image)], [0])[0] > 0.8


def test_white_print_in_a_dark_row_of_a_table_survives_beside_usual_print() -> None:
    image = paper()[0]
    band = image.crop((0, 250, image.width, 330))
    image.paste(Image.eval(band, lambda level: 255 - level), (0, 900))
    got = shown(access(image), image.size)
    assert likeness(np.asarray(image)[900:980], got[900:980]) > 0.75
    assert likeness(np.asarray(image)[:800], got[:800]) > 0.9


def test_a_gray_scan_stays_gray() -> None:
    got = shown(access(stamped().convert("L")), (1240, 1754)).astype(int)
    assert np.ptp(got, axis=-1).max() <= 1


# --- what is handed out was looked at ---


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("rotation", [0, 270])
def test_a_built_document_looks_like_its_scans(profile: Profile, rotation: int) -> None:
    image, text = paper(rotation=rotation)
    pages = [PdfPage(encoded(image), text, 150), PdfPage(encoded(stamped()), None, 150)]
    pdf = build_pdf(pages, metadata(), profile)
    assert min(check_rendering(pdf, [page.image for page in pages], [rotation, 0])) >= LEAST_LIKENESS[profile]


def test_windows_side_by_side_say_what_all_windows_say() -> None:
    image = stamped()
    page, copy = np.asarray(image), shown(access(image), image.size)
    assert likeness(page, copy, tiled=True) == pytest.approx(likeness(page, copy), abs=0.005)
    stranger = np.asarray(paper(("một trang khác", "với chữ khác hẳn"))[0].resize(image.size))
    assert likeness(page, stranger, tiled=True) == pytest.approx(likeness(page, stranger), abs=0.05)


def test_another_pages_image_is_noticed() -> None:
    one, other = encoded(paper()[0]), encoded(paper(("một trang khác", "với chữ khác hẳn"))[0])
    pdf = write_pdfa([PdfPage(one, None, 150)], metadata())
    assert check_rendering(pdf, [one], [0])[0] > 0.99
    assert check_rendering(pdf, [other], [0])[0] < 0.3
    assert check_rendering(pdf, [one], [180])[0] < 0.3


def test_a_small_copy_that_would_not_look_right_is_written_as_a_master(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LEAST_LIKENESS, Profile.ACCESS, 1.1)
    page = PdfPage(encoded(stamped(), "JPEG", quality=90), None, 150)
    assert build_pdf([page], metadata(), "access") == build_pdf([page], metadata(), "master")


def test_a_document_that_cannot_be_drawn_is_not_handed_out() -> None:
    scan = encoded(paper()[0])
    pdf = write_pdfa([PdfPage(scan)], metadata())
    with pytest.raises(FilingFailed):
        check_rendering(pdf[:200], [scan], [0])
    with pytest.raises(FilingFailed):
        check_rendering(pdf, [scan, scan], [0, 0])
    with pytest.raises(FilingFailed):
        check_rendering(write_pdfa([PdfPage(scan)] * 2, metadata()), [scan], [0])


def test_a_garbled_image_is_noticed() -> None:
    scan = encoded(paper()[0], "JPEG")
    pdf = bytearray(write_pdfa([PdfPage(scan, None, 150)], metadata()))
    start = pdf.find(scan[:64]) + 700
    pdf[start : start + len(scan) // 2] = bytes(len(scan) // 2)
    assert check_rendering(bytes(pdf), [scan], [0])[0] < LEAST_LIKENESS[Profile.ACCESS]


def test_a_gray_seal_has_a_layer_of_its_own_beside_the_print() -> None:
    """With one layer for both, the print under a seal took the seal's tone."""
    scan = Image.new("L", (1240, 1754), 240)
    draw = ImageDraw.Draw(scan)
    for row in range(12):
        draw.text((100, 100 + 60 * row), "Căn cứ Luật Tổ chức chính quyền", font=font(36), fill=30)
    draw.ellipse((300, 900, 560, 1160), outline=110, width=8)
    draw.text((250, 920), "CHỦ TỊCH", font=font(40), fill=30)
    masks = find_ink(np.asarray(scan.filter(ImageFilter.GaussianBlur(0.7))), 150)
    assert masks.colour is not None
    assert masks.colour[1030, 300:310].any() and not masks.black[1030, 301:307].any()
    assert not masks.colour[:850].any() and masks.black[:850].any()
