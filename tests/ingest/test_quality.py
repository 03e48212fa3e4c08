import cv2
import numpy as np
import pytest

from ingest.quality import colour_mode, measured
from ingest.raster import Pixels, Raster
from ingest.sheet import effective_dpi
from records.page import QualityFlag, QualityReport
from tests.ingest.made_files import colour_page, printed_page

A4_200 = (1654, 2339)
PAPER, INK = 246, 30
Flag = QualityFlag


def page(ink: int = INK) -> Pixels:
    """A page of print in gray, A4 at 200 dpi, with a little grain."""
    return grained(np.minimum(printed_page(*A4_200, ink=ink), PAPER).astype(np.uint8))


def empty() -> Pixels:
    return grained(np.full(A4_200[::-1], PAPER, np.uint8))


def grained(pixels: Pixels) -> Pixels:
    grain = np.random.default_rng(7).normal(0, 3, pixels.shape)
    return np.clip(pixels + grain, 0, 255).astype(np.uint8)


def report(pixels: Pixels, dpi: float = 200.0) -> QualityReport:
    return measured(Raster(pixels, dpi=dpi))


def flags(pixels: Pixels, dpi: float = 200.0) -> set[QualityFlag]:
    return set(report(pixels, dpi).flags) - {Flag.NOT_COLOUR}


def test_a_sound_page_has_no_flag() -> None:
    assert flags(page()) == set()
    colour = measured(Raster(colour_page(*A4_200), dpi=200.0))
    assert (colour.flags, colour.colour) == ((), "colour")


@pytest.mark.parametrize("angle", [-5.0, -2.6, 2.6, 5.0])
@pytest.mark.parametrize("sideways", [False, True])
def test_skew_is_measured_clockwise_on_upright_and_sideways_pages(angle: float, sideways: bool) -> None:
    turn = cv2.getRotationMatrix2D((827, 1170), -angle, 1.0)
    pixels = cv2.warpAffine(page(), turn, A4_200, borderValue=PAPER).astype(np.uint8)
    found = report(np.ascontiguousarray(np.rot90(pixels)) if sideways else pixels)
    assert abs(found.skew - angle) <= 0.3
    assert Flag.SKEWED in found.flags


@pytest.mark.parametrize("angle", [-1.2, 0.0, 1.2])
def test_a_page_that_leans_a_little_is_not_complained_about(angle: float) -> None:
    turn = cv2.getRotationMatrix2D((827, 1170), -angle, 1.0)
    assert flags(cv2.warpAffine(page(), turn, A4_200, borderValue=PAPER).astype(np.uint8)) == set()


def test_a_blurred_page_is_told_from_a_sharp_one_and_from_a_pale_one() -> None:
    blurred = cv2.GaussianBlur(page(), (0, 0), 3.0).astype(np.uint8)
    assert Flag.BLURRED in flags(blurred)
    assert report(blurred).sharpness < report(page()).sharpness
    assert Flag.BLURRED not in flags(page(ink=120))


def test_pale_print_is_pale_and_not_blank() -> None:
    found = flags(page(ink=175))
    assert Flag.TOO_PALE in found
    assert Flag.BLANK not in found


def test_a_gray_sheet_is_too_dark() -> None:
    assert Flag.TOO_DARK in flags((page() * 0.35).astype(np.uint8))


def test_an_empty_sheet_is_blank_with_all_that_a_scanner_adds() -> None:
    pixels = empty()
    pixels[:, :30] = 20  # the lid
    pixels[:, 900:902] = 120  # a streak of a dirty feeder
    for down in (950, 1400):
        cv2.circle(pixels, (90, down), 24, 60, -1)  # punch holes
    for spot in range(200):
        pixels[(spot * 371) % 2300, (spot * 577) % 1600] = 40  # dust
    assert flags(pixels) == {Flag.BLANK}


def test_what_shines_through_from_the_other_side_is_no_print() -> None:
    other = cv2.GaussianBlur(page()[:, ::-1], (0, 0), 2.0).astype(np.float32)
    pixels = np.asarray(empty() * (1 - 0.12 * (1 - other / 255)), np.uint8)
    assert flags(pixels) == {Flag.BLANK}


def test_a_seal_that_bleeds_through_leaves_the_back_blank() -> None:
    pixels = cv2.cvtColor(empty(), cv2.COLOR_GRAY2BGR)
    for spot in range(60):
        cv2.circle(pixels, (600 + (spot * 37) % 220, 1200 + (spot * 53) % 220), 3, (150, 150, 240), -1)
    assert Flag.BLANK in flags(np.asarray(pixels, np.uint8))


def test_a_red_stamp_alone_makes_a_page() -> None:
    pixels = cv2.cvtColor(empty(), cv2.COLOR_GRAY2BGR)
    cv2.circle(pixels, (800, 1200), 140, (50, 40, 210), 10)
    cv2.putText(pixels, "DEN", (720, 1220), cv2.FONT_HERSHEY_SIMPLEX, 2, (50, 40, 210), 6)
    assert Flag.BLANK not in flags(np.asarray(pixels, np.uint8))


def test_a_lone_page_number_makes_a_page() -> None:
    pixels = empty()
    cv2.putText(pixels, "7", (820, 120), cv2.FONT_HERSHEY_SIMPLEX, 1.0, INK, 3, cv2.LINE_AA)
    assert Flag.BLANK not in flags(pixels)


@pytest.mark.parametrize(("edge", "shift"), [("right", (500, 0)), ("left", (-330, 0)), ("top", (0, -380))])
def test_print_that_runs_over_an_edge_is_cut_off_there(edge: str, shift: tuple[int, int]) -> None:
    move = np.array([[1, 0, shift[0]], [0, 1, shift[1]]], np.float32)
    pixels = cv2.warpAffine(page(), move, A4_200, borderValue=PAPER).astype(np.uint8)
    found = report(pixels)
    assert found.cut_edges == (edge,)
    assert Flag.CUT_OFF in found.flags


@pytest.mark.parametrize("side", [np.s_[:, :40], np.s_[:, -40:], np.s_[:40], np.s_[-40:]])
def test_a_dark_border_of_the_scanner_is_no_print(side: tuple[slice, ...]) -> None:
    pixels = page()
    pixels[side] = 15
    assert flags(pixels) == set()


def test_rules_of_a_table_may_run_to_the_edge() -> None:
    pixels = page()
    for down in range(200, 2200, 300):
        cv2.line(pixels, (0, down), (1654, down), INK, 3)
    assert Flag.CUT_OFF not in flags(pixels)


def test_colour_is_how_a_page_was_scanned_and_not_what_is_printed_on_it() -> None:
    black_print = cv2.cvtColor(page(), cv2.COLOR_GRAY2BGR).astype(np.uint8)
    assert colour_mode(Raster(black_print)) == "colour"
    assert colour_mode(Raster(page())) == "gray"
    assert colour_mode(Raster(np.where(page() > 128, 255, 0).astype(np.uint8))) == "bilevel"
    stamped_fax = Raster(black_print, scanned_as="bilevel", dpi=300.0)
    assert Flag.NOT_COLOUR in measured(stamped_fax).flags


def test_a_page_that_was_never_on_paper_is_not_asked_for_colour() -> None:
    assert measured(Raster(page(), dpi=300.0, is_born_digital=True)).flags == ()


@pytest.mark.parametrize(("dpi", "low"), [(196, False), (195, True), (150, True), (300, False)])
def test_resolution_is_low_under_200_dpi_but_for_rounding(dpi: int, low: bool) -> None:
    size = (round(8.27 * dpi), round(11.69 * dpi))
    found = flags(np.minimum(printed_page(*size), PAPER).astype(np.uint8), float(dpi))
    assert (Flag.LOW_RESOLUTION in found) == low


@pytest.mark.parametrize(
    ("size", "claimed", "source", "expected"),
    [
        ((2480, 3508), 300, "header", (300, "header")),
        ((2480, 3508), 0, "header", (300, "assumed_a4")),
        ((2480, 3508), 96, "header", (300, "assumed_a4")),  # what programs write that do not know
        (
            (3024, 4032),
            72,
            "pdf",
            (345, "assumed_a4"),
        ),  # an app's PDF: one point a pixel, a sheet of 1.4 metres
        ((3508, 2480), 0, "header", (300, "assumed_a4")),
        ((1012, 638), 300, "header", (300, "header")),  # an identity card
        ((750, 1069), 72, "header", (91, "assumed_a4")),
        ((830, 1176), 100, "pdf", (100, "pdf")),
    ],
)
def test_a_claimed_resolution_is_believed_when_it_gives_a_likely_sheet(
    size: tuple[int, int], claimed: float, source: str, expected: tuple[int, str]
) -> None:
    assert effective_dpi(*size, claimed, source) == expected


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (4000, 1), (16, 16), (3, 3)])
def test_images_of_any_shape_get_a_report(shape: tuple[int, int]) -> None:
    for level in (0, 255):
        assert measured(Raster(np.full(shape, level, np.uint8))).dpi >= 1
