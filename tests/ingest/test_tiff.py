import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageFile

from ingest.limits import Limits
from ingest.raster import Pixels
from ingest.tiff import open_tiff
from ingest.tiff_directory import pages
from records.errors import DamagedFile, ImageTooLarge, TooManyPages
from records.page import QualityFlag
from tests.ingest.made_files import printed_page, saved, tiff

LIMITS = Limits()
PAGE = printed_page(160, 226)
Read = Callable[..., Pixels]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def first_page(data: bytes, careful: bool = False) -> Pixels:
        path = tmp_path / "scan.tif"
        path.write_bytes(data)
        return open_tiff(path, LIMITS, careful).page(1).pixels

    return first_page


def bilevel() -> Image.Image:
    return Image.fromarray(PAGE).convert("1", dither=Image.Dither.NONE)


@pytest.mark.parametrize(
    "compression", ["raw", "group3", "group4", "tiff_lzw", "tiff_adobe_deflate", "packbits"]
)
def test_black_print_on_white_stays_so_under_every_compression(read: Read, compression: str) -> None:
    pixels = read(saved(bilevel(), "TIFF", compression=compression))
    assert np.array_equal(pixels, np.array(bilevel().convert("L")))


def packed(levels: NDArray[Any], bits: int) -> bytes:
    """Rows of samples side by side, the highest bit first, each row filled up to a whole byte."""
    spread = (levels[..., None] >> np.arange(bits - 1, -1, -1).astype(levels.dtype)) & 1
    return np.packbits(spread.astype(np.uint8).reshape(levels.shape[0], -1), axis=1).tobytes()


@pytest.mark.parametrize("compression", ["group3", "group4", "tiff_lzw"])
def test_the_second_reader_shows_the_same_polarity(read: Read, compression: str) -> None:
    pixels = read(saved(bilevel(), "TIFF", compression=compression), careful=True)
    assert np.array_equal(pixels, np.array(bilevel().convert("L")))


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_when_the_least_value_is_white_it_is_shown_white(read: Read, bits: int, careful: bool) -> None:
    levels = np.array([[0, (1 << bits) - 1] * 8] * 4, np.uint16)
    data = levels.astype("<u2").tobytes() if bits == 16 else packed(levels, bits)
    assert read(tiff(16, 4, data, t258=bits, t262=0), careful)[0, :2].tolist() == [255, 0]
    assert read(tiff(16, 4, data, t258=bits, t262=1), careful)[0, :2].tolist() == [0, 255]


@pytest.mark.parametrize("bits", [3, 5, 6, 7, 10, 12, 14])
@pytest.mark.parametrize("predictor", [1, 2])
def test_samples_that_fill_no_whole_bytes_are_read(read: Read, bits: int, predictor: int) -> None:
    levels = (np.arange(64, dtype=np.uint64).reshape(4, 16) * 977) % (1 << bits)
    levels[0, 0] = (1 << bits) - 1
    stored = levels.copy()
    if predictor == 2:
        stored[:, 1:] = (levels[:, 1:] - levels[:, :-1]) % (1 << bits)
    pixels = read(tiff(16, 4, zlib.compress(packed(stored, bits)), t258=bits, t259=8, t317=predictor))
    assert np.abs(pixels.astype(float) - levels * 255.0 / ((1 << bits) - 1)).max() <= 1


@pytest.mark.parametrize("kind", ["<f2", "<f4", "<f8", "<i2", "<u4"])
def test_numbers_of_every_kind_keep_their_order_of_brightness(read: Read, kind: str) -> None:
    ramp = np.linspace(0, 1, 64).reshape(4, 16)
    scaled = ramp if kind[1] == "f" else ramp * (1 << 15) if kind[1] == "i" else ramp * ((1 << 32) - 1)
    samples = np.minimum(scaled, 32767) if kind == "<i2" else scaled
    form = {"f": 3, "i": 2, "u": 1}[kind[1]]
    pixels = read(tiff(16, 4, samples.astype(kind).tobytes(), t258=8 * int(kind[2]), t339=form))
    assert np.abs(pixels.astype(float) - ramp * 255).max() <= 1


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("bits", [8, 16])
def test_a_page_is_turned_as_its_orientation_says(read: Read, orientation: int, bits: int) -> None:
    ways = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    image = Image.fromarray(PAGE)
    stored = np.array(image.transpose(Image.Transpose(ways[orientation])) if orientation in ways else image)
    data = stored.tobytes() if bits == 8 else (stored.astype("<u2") * 257).tobytes()
    pixels = read(tiff(stored.shape[1], stored.shape[0], data, t258=bits, t274=orientation))
    assert np.array_equal(pixels, PAGE)


def test_the_pages_of_a_batch_come_in_order_and_number(tmp_path: Path) -> None:
    frames = [Image.new("L", (40, 50), level) for level in (0, 90, 180)]
    path = tmp_path / "batch.tif"
    path.write_bytes(saved(frames[0], "TIFF", save_all=True, append_images=frames[1:]))
    document = open_tiff(path, LIMITS)
    assert [int(document.page(n).pixels[0, 0]) for n in range(1, document.pages + 1)] == [0, 90, 180]


def chained(*images: bytes) -> bytes:
    """TIFFs of `made_files.tiff` as one file: each directory points to the next, offsets moved along."""
    joined = bytearray()
    for number, image in enumerate(images):
        start, part = len(joined), bytearray(image)
        count = struct.unpack("<H", part[8:10])[0]
        for at in range(10, 10 + 12 * count, 12):
            if struct.unpack("<H", part[at : at + 2])[0] == 273:
                part[at + 8 : at + 12] = struct.pack("<I", start + 14 + 12 * count)
        if number + 1 < len(images):
            part[10 + 12 * count : 14 + 12 * count] = struct.pack("<I", start + len(part) + 8)
        joined += part
    return bytes(joined)


@pytest.mark.parametrize("kind", [1, 4, 5])
def test_thumbnails_and_masks_are_no_pages(tmp_path: Path, kind: int) -> None:
    path = tmp_path / "scan.tif"
    page, small = tiff(160, 226, PAGE.tobytes()), tiff(16, 22, bytes(352), t254=kind)
    path.write_bytes(chained(page, small, page))
    document = open_tiff(path, LIMITS)
    assert [document.page(n).width for n in range(1, document.pages + 1)] == [160, 160]


def test_a_file_of_nothing_but_a_thumbnail_shows_it(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    path.write_bytes(tiff(16, 22, bytes(352), t254=1))
    assert open_tiff(path, LIMITS).page(1).width == 16


def test_a_chain_that_turns_back_on_itself_ends() -> None:
    data = bytearray(tiff(16, 16, bytes(256)))
    count = struct.unpack("<H", data[8:10])[0]
    data[10 + 12 * count : 14 + 12 * count] = struct.pack("<I", 8)
    assert len(pages(io.BytesIO(data), 500)) == 1


def test_ten_thousand_pages_are_refused_at_the_limit() -> None:
    entry = struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1, 8)
    chain = b"".join(entry + struct.pack("<I", 8 + 18 * (index + 1)) for index in range(10_000))
    with pytest.raises(TooManyPages):
        pages(io.BytesIO(b"II*\0\x08\0\0\0" + chain), 500)


def test_a_directory_of_sixty_thousand_entries_is_not_believed() -> None:
    found = pages(io.BytesIO(b"II*\0\x08\0\0\0" + struct.pack("<H", 60_000) + bytes(12 * 60_000)), 500)
    assert (found[0].width, found[0].height) == (0, 0)


def test_a_size_beyond_the_limit_is_refused_before_memory_is_taken(read: Read) -> None:
    with pytest.raises(ImageTooLarge):
        read(tiff(60_000, 60_000, b"\0"))


def test_a_page_without_area_is_damaged(read: Read) -> None:
    with pytest.raises(DamagedFile):
        read(tiff(0, 16, b"\0"))


def test_the_tall_dots_of_a_fax_are_stretched_to_squares(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    path.write_bytes(saved(bilevel().resize((1728, 1078)), "TIFF", compression="group3", dpi=(204, 98)))
    raster = open_tiff(path, LIMITS).page(1)
    assert (raster.width, raster.height, raster.dpi) == (1728, 2244, 204)


def test_a_tiff_that_broke_off_gives_its_first_part_and_says_so(tmp_path: Path) -> None:
    whole = tiff(160, 226, PAGE.tobytes())
    path = tmp_path / "half.tif"
    path.write_bytes(whole[: len(whole) // 2])
    raster = open_tiff(path, LIMITS).page(1)
    assert QualityFlag.TRUNCATED in raster.flags
    assert np.array_equal(raster.pixels[:90], PAGE[:90])


@pytest.mark.parametrize("careless", [False, True], ids=["as installed", "set by somebody else"])
def test_a_page_that_nobody_can_decode_leaves_pillow_as_strict_as_it_was(
    tmp_path: Path, careless: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", careless)
    whole = saved(Image.fromarray(PAGE).convert("RGB"), "TIFF", compression="jpeg")
    path = tmp_path / "wiped.tif"
    path.write_bytes(whole[:8] + bytes(len(whole) // 2) + whole[8 + len(whole) // 2 :])
    with pytest.raises(DamagedFile):
        open_tiff(path, LIMITS).page(1)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is careless


def test_a_big_endian_file_is_read_as_well_as_a_little_endian_one(read: Read) -> None:
    samples = PAGE.astype(np.uint16) * 257
    assert np.array_equal(read(tiff(160, 226, samples.astype(">u2").tobytes(), order=">", t258=16)), PAGE)
