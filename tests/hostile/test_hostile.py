"""Every file of the shared hostile set ends as its manifest expects: a result, a mended result or a typed error."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from ingest.intake import identified
from ingest.limits import Limits
from ingest.sandbox import Rasteriser
from records.errors import InvalidInput, SohoaError
from records.page import QualityFlag

pytestmark = [pytest.mark.shared, pytest.mark.slow]

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "hostile"
MANIFEST: list[dict[str, Any]] = (
    json.loads((FOLDER / "manifest.json").read_text()) if (FOLDER / "manifest.json").is_file() else []
)
LIMITS = Limits(seconds=100.0)
REFUSED = {
    "empty_file",
    "unsupported_media_type",
    "encrypted_file",
    "damaged_file",
    "image_too_large",
    "too_many_pages",
    "decode_timeout",
    "decode_memory",
}


@dataclass(frozen=True)
class Ending:
    """How a file ended: its pages as pixels, with their flags, or the code of an error."""

    pages: tuple[NDArray[np.uint8], ...] = ()
    flags: tuple[frozenset[QualityFlag], ...] = ()
    error: str = ""


def end_of(file: Path) -> Ending:
    """Take the file in as a station's upload and rasterise it."""
    pages, flags = [], []
    try:
        _, media_type = identified(file, LIMITS)
        for page in Rasteriser(LIMITS).rasterise(file, media_type):
            pixels = cv2.imread(str(page.image), cv2.IMREAD_COLOR)
            assert pixels is not None
            assert (pixels.shape[1], pixels.shape[0]) == (page.width, page.height)
            assert page.width * page.height <= LIMITS.pixels
            pages.append(_kept(pixels))
            flags.append(frozenset(page.quality.flags))
    except InvalidInput as refused:
        return Ending(error=refused.code)
    return Ending(tuple(pages), tuple(flags))


def _kept(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """Small pictures whole; of a large page, of which nobody asks more, its size: hundreds of them are kept."""
    small = pixels.size < 3_000_000
    return np.asarray(pixels, np.uint8) if small else np.broadcast_to(np.uint8(255), pixels.shape)


_seen: dict[str, Ending] = {}


def ending(name: str) -> Ending:
    """The same, once a session."""
    if name not in _seen:
        _seen[name] = end_of(FOLDER / "files" / name)
    return _seen[name]


@pytest.mark.parametrize("entry", MANIFEST, ids=[entry["file"] for entry in MANIFEST])
def test_a_hostile_file_ends_as_the_manifest_expects(entry: dict[str, Any]) -> None:
    end, name = ending(entry["file"]), entry["file"]
    assert end.pages or end.error in REFUSED
    if entry["category"] == "image-edge":
        expected_error = "unsupported_media_type" if name.endswith(".ppm") else ""
        assert end.error == expected_error
    elif entry["category"] == "pdf-encrypted":
        assert end.error == "encrypted_file"
    elif entry["category"] == "bomb" and not end.pages:
        assert end.error in {"decode_memory", "decode_timeout", "image_too_large"}


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("self__empty.pdf", "empty_file"),
        ("self__mz_renamed.pdf", "unsupported_media_type"),
        ("self__password_user.pdf", "encrypted_file"),
        ("self__jpeg_false_size_65500.jpg", "image_too_large"),
        ("image-malformed__pillow__reallybig.bmp", "unsupported_media_type"),
        ("image-malformed__pillow__decompression_bomb_extents.gif", "unsupported_media_type"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_name(shared: Path, name: str, error: str) -> None:
    assert ending(name).error == error


@pytest.mark.parametrize(
    ("name", "flags"),
    [
        ("self__leading_garbage.pdf", set[QualityFlag]()),
        ("self__jpeg_renamed.pdf", set[QualityFlag]()),
        ("self__jpeg_truncated.jpg", {QualityFlag.TRUNCATED}),
        ("self__truncated_half.pdf", {QualityFlag.TRUNCATED, QualityFlag.REPAIRED}),
        ("image-malformed__pillow__broken_data_stream.png", {QualityFlag.TRUNCATED}),
        ("pdf-malformed__qpdf__bad2.pdf", {QualityFlag.REPAIRED}),
    ],
)
def test_what_still_shows_is_shown_and_says_what_happened_to_it(
    shared: Path, name: str, flags: set[QualityFlag]
) -> None:
    (found,) = ending(name).flags
    assert found & {QualityFlag.TRUNCATED, QualityFlag.REPAIRED} == flags
    assert QualityFlag.BLANK not in found or name.endswith(".png")


def test_a_sheet_of_400_metres_is_drawn_small_enough(shared: Path) -> None:
    end = ending("self__page_15000in.pdf")
    assert len(end.pages) == 1


def test_active_content_does_nothing_and_its_attachment_goes_nowhere(shared: Path) -> None:
    (page,) = ending("self__active_content.pdf").pages
    assert page.shape[0] > 1000
    assert not [path for path in (Path.cwd(), Path("/tmp"), Path("/")) if (path / "evil.exe").exists()]


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("multipage.tiff", 3),
        ("multipage-mmap.tiff", 3),
        ("multipage-lastframe.tif", 1),
        ("multipage_single_frame_loop.tiff", 1),
        ("multipage_multiple_frame_loop.tiff", 2),
        ("child_ifd_jpeg.tiff", 1),
    ],
)
def test_pages_are_counted_as_the_main_chain_has_them(shared: Path, name: str, pages: int) -> None:
    assert len(ending(f"image-edge__pillow__{name}").pages) == pages


def only(name: str) -> NDArray[np.uint8]:
    (page,) = ending(f"image-edge__{name}").pages
    return page


@pytest.mark.parametrize("name", ["multipage.tiff", "multipage-mmap.tiff"])
def test_pages_come_in_their_order(shared: Path, name: str) -> None:
    colours = [page[5, 5].tolist() for page in ending(f"image-edge__pillow__{name}").pages]
    assert colours == [[0, 128, 0], [0, 0, 255], [255, 0, 0]]  # green, red, blue; as blue, green, red


def test_all_orientations_of_a_page_show_the_same(shared: Path) -> None:
    assert cv2.absdiff(only("pillow__g4_orientation_4.tif"), only("pillow__g4_orientation_6.tif")).mean() < 1
    assert only("pillow__g4_orientation_4.tif").shape == (88, 590, 3)
    assert only("pillow__g4_orientation_4.tif").mean() > 200  # black print on white, not the other way round
    mirrored = cv2.absdiff(only("pillow__hopper_orientation_2.jpg"), only("pillow__hopper_webp.png"))
    assert mirrored.mean() < 12


@pytest.mark.parametrize("name", ["hopper2I.tif", "hopper2R.tif"])
def test_bits_stored_inverted_or_reversed_show_the_same_picture(shared: Path, name: str) -> None:
    assert np.array_equal(only(f"pillow__{name}"), only("pillow__hopper2.tif"))


def test_more_bits_show_the_same_picture_more_finely(shared: Path) -> None:
    assert cv2.absdiff(only("pillow__hopper4R.tif"), only("pillow__hopper2.tif")).mean() < 40


def test_cmyk_shows_red_on_black_and_not_cyan_on_white(shared: Path) -> None:
    for name in ("pillow__pil_sample_cmyk.jpg", "pillow__tiff_strip_cmyk_16l_jpeg.tif"):
        page = only(name).astype(int)
        assert page[-3, 3].max() < 40
        assert (page[:, :, 2] - page[:, :, 1]).max() > 150


def test_the_same_portrait_has_the_same_polarity_in_one_bit_and_in_eight(shared: Path) -> None:
    fine, coarse = only("image-tiff__jim___dg.tif"), only("image-tiff__jim___ah.tif")
    small = cv2.resize(cv2.GaussianBlur(coarse, (0, 0), 4), fine.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.corrcoef(small[:, :, 0].ravel(), fine[:, :, 0].ravel())[0, 1] > 0.8


@pytest.mark.parametrize(
    "name", ["seq-1c-14b-hpredict-e883657f.tiff", "seq-1c-64f-deflate-fpredict-afa8560e.tiff"]
)
def test_a_rising_sequence_of_samples_rises_on_the_page(shared: Path, name: str) -> None:
    levels = only(f"image-tiff__{name}")[:, :, 0].ravel().astype(int)
    assert (np.diff(levels) >= 0).all()
    assert levels[-1] > 250


def test_a_fax_of_stripes_is_striped(shared: Path) -> None:
    rows = only("image-tiff__seq-1c-1b-fax3-fillbits-71f6a21a.tiff")[:, :, 0]
    assert {tuple(row) for row in rows.tolist()} == {(0, 255) * 8}


def test_a_red_green_blue_card_has_its_colours_in_bigtiff(shared: Path) -> None:
    card = only("image-tiff__BigTIFF.tif").astype(int)
    assert [int(card[y, x].argmax()) for y, x in ((4, 4), (4, 60), (60, 4))] == [2, 1, 0]


def test_no_ending_of_any_file_is_a_crash_of_ours(shared: Path) -> None:
    try:
        for entry in MANIFEST:
            ending(entry["file"])
    except SohoaError as unexpected:
        pytest.fail(f"{unexpected.code} is not an error of the input")
