import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from ingest.headers import jpeg_header
from ingest.images import ImageDocument, jpeg_page, png_page
from ingest.limits import Limits
from records.errors import DamagedFile, ImageTooLarge
from records.orientation import orientation_of
from records.page import QualityFlag
from tests.ingest.made_files import colour_page, jpeg, png, png_claiming, printed_page, saved

LIMITS = Limits()


def test_a_plain_jpeg_passes_through_bit_for_bit() -> None:
    stream = jpeg(colour_page())
    raster = jpeg_page(stream, LIMITS)
    assert raster.jpeg == stream
    assert (raster.width, raster.height) == (620, 877)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_as_its_exif_header_says(orientation: int) -> None:
    upright = cv2.cvtColor(colour_page(200, 300), cv2.COLOR_BGR2RGB)
    ways = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,  # EXIF 6 is to be turned clockwise, so it is stored turned the other way
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = Image.fromarray(upright)
    stored = image.transpose(ways[orientation]) if orientation in ways else image
    tags = Image.Exif()
    tags[0x0112] = orientation
    raster = jpeg_page(saved(stored, "JPEG", quality=95, exif=tags), LIMITS)
    assert (raster.width, raster.height) == (200, 300)
    assert np.abs(raster.pixels.astype(int) - upright[:, :, ::-1].astype(int)).mean() < 4
    assert raster.jpeg is not None
    assert orientation_of(raster.jpeg) == orientation


def test_a_cmyk_jpeg_shows_its_colours_and_not_their_opposites() -> None:
    image = Image.new("RGB", (64, 64), (200, 30, 30)).convert("CMYK")
    raster = jpeg_page(saved(image, "JPEG"), LIMITS)
    blue, green, red = raster.pixels[32, 32]
    assert red > 150
    assert max(blue, green) < 90
    assert raster.jpeg is None  # a browser may show it inverted


def test_a_jpeg_that_broke_off_gives_its_first_part_and_says_so() -> None:
    whole = jpeg(colour_page())
    raster = jpeg_page(whole[: len(whole) // 2], LIMITS)
    assert QualityFlag.TRUNCATED in raster.flags
    assert raster.jpeg is None
    sound = jpeg_page(whole, LIMITS).pixels
    assert np.array_equal(raster.pixels[:200], sound[:200])
    assert raster.pixels[-20:].min() == 255  # what is missing is white paper, not a gray slab


def test_a_jpeg_of_a_header_and_nothing_more_is_damaged() -> None:
    whole = jpeg(colour_page())
    with pytest.raises(DamagedFile):
        jpeg_page(whole[: whole.index(b"\xff\xda")], LIMITS)


def test_a_jpeg_without_a_frame_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        jpeg_header(b"\xff\xd8\xff\xe0\x00\x04ab" + b"\xff\xd9")


def test_a_size_beyond_the_limit_is_refused_before_anything_is_decoded() -> None:
    stream = bytearray(jpeg(colour_page()))
    at = stream.index(b"\xff\xc0") + 5
    stream[at : at + 4] = b"\xff\xdc\xff\xdc"
    with pytest.raises(ImageTooLarge):
        jpeg_page(bytes(stream), LIMITS)


def test_hundreds_of_passes_over_an_image_are_refused() -> None:
    stream = jpeg(colour_page())
    with pytest.raises(DamagedFile):
        jpeg_header(stream[:-2] + b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00" * 200 + b"\xff\xd9")


def test_a_broken_exif_header_does_not_lose_the_photo() -> None:
    stream = jpeg(colour_page())
    broken = stream[:2] + b"\xff\xe1\x00\x10Exif\0\0II*\0\xff\xff\xff\xff" + stream[2:]
    assert jpeg_page(broken, LIMITS).width == 620


@pytest.mark.parametrize("transparent", [(0, 0, 0, 0), (255, 0, 0, 0)])
def test_what_is_transparent_shows_white_paper(transparent: tuple[int, int, int, int]) -> None:
    image = Image.new("RGBA", (40, 40), transparent)
    image.paste((0, 0, 0, 255), (10, 10, 20, 20))
    pixels = png_page(saved(image, "PNG"), LIMITS).pixels
    assert pixels[0, 0] == 255
    assert pixels[15, 15] == 0


def test_sixteen_bits_a_sample_keep_their_order_of_brightness() -> None:
    ramp = np.linspace(0, 65535, 64 * 64).reshape(64, 64).astype(np.uint16)
    pixels = png_page(cv2.imencode(".png", ramp)[1].tobytes(), LIMITS).pixels
    assert pixels.dtype == np.uint8
    assert (pixels[0, 0], pixels[-1, -1]) == (0, 255)
    assert abs(int(pixels[32, 0]) - 128) <= 1


def test_a_bilevel_palette_png_keeps_its_polarity() -> None:
    page = printed_page(200, 300)
    image = Image.fromarray(page).convert("1", dither=Image.Dither.NONE)
    pixels = png_page(saved(image, "PNG", bits=1), LIMITS).pixels
    assert np.array_equal(pixels, np.array(image.convert("L")))


def test_a_png_that_broke_off_gives_its_first_part_and_says_so() -> None:
    whole = png(colour_page())
    raster = png_page(whole[: len(whole) * 2 // 3], LIMITS)
    assert QualityFlag.TRUNCATED in raster.flags
    assert np.array_equal(raster.pixels[:150], colour_page()[:150])


def test_a_png_that_claims_more_pixels_than_any_paper_is_refused() -> None:
    with pytest.raises(ImageTooLarge):
        png_page(png_claiming(60_000, 60_000), LIMITS)


def test_a_png_that_unpacks_to_more_than_it_claims_costs_no_more_than_it_claims() -> None:
    pixels = png_page(png_claiming(16, 16, b"\0" * 50_000_000), LIMITS).pixels
    assert pixels.shape == (16, 16)


def test_a_text_chunk_that_unpacks_without_end_does_not_hide_the_page() -> None:
    bomb = (b"zTXt", b"Comment\0\0" + zlib.compress(b"a" * 80_000_000, 9))
    rows = b"".join(b"\0" + bytes([0, 255] * 8) for _ in range(16))
    assert png_page(png_claiming(16, 16, rows, bomb), LIMITS).pixels[0, 1] == 255


def test_an_image_file_is_one_page(tmp_path: Path) -> None:
    path = tmp_path / "photo"
    path.write_bytes(jpeg(colour_page()))
    document = ImageDocument(path, "image/jpeg", LIMITS)
    assert document.pages == 1
    assert document.page(1).height == 877
