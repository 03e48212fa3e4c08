import cv2
import numpy as np
import pytest
import segno
import zxingcpp
from numpy.typing import NDArray

from ingest.barcodes import read_barcodes
from records.page import BarcodeKind
from tests.ingest.made_files import printed_page

CODE = "H58.30-220303-0012"
URL = f"https://dichvucong.tiengiang.gov.vn/tra-cuu?mahs={CODE}"


def line_code(form: zxingcpp.BarcodeFormat, text: str = CODE) -> NDArray[np.uint8]:
    code = np.array(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, form), scale=3))
    return np.asarray(cv2.resize(code, (900, 120), interpolation=cv2.INTER_NEAREST), np.uint8)


def square_code() -> NDArray[np.uint8]:
    rows = [list(row) for row in segno.make(URL, error="m", micro=False).matrix_iter(scale=7, border=2)]
    return np.asarray(255 * (1 - np.array(rows)), np.uint8)


def receipt(*codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A4 at 200 dpi with print and these codes on top of it."""
    page, top = printed_page(1654, 2339), 60
    for code in codes:
        height, width = code.shape
        page[top : top + height, 600 : 600 + width] = code
        top += height + 60
    return page


@pytest.mark.parametrize(
    ("form", "kind"),
    [
        (zxingcpp.BarcodeFormat.Code39, BarcodeKind.CODE_39),
        (zxingcpp.BarcodeFormat.Code128, BarcodeKind.CODE_128),
    ],
)
@pytest.mark.parametrize("quarter_turns", range(4))
def test_a_line_code_is_read_whichever_way_up(
    form: zxingcpp.BarcodeFormat, kind: BarcodeKind, quarter_turns: int
) -> None:
    page = np.ascontiguousarray(np.rot90(receipt(line_code(form)), quarter_turns))
    (found,) = read_barcodes(page)
    assert (found.kind, found.text) == (kind, CODE)


def test_both_codes_of_a_receipt_are_read_where_they_stand() -> None:
    page = receipt(line_code(zxingcpp.BarcodeFormat.Code39), square_code())
    found = {code.kind: code for code in read_barcodes(page)}
    assert found[BarcodeKind.QR].text == URL
    assert found[BarcodeKind.CODE_39].text == CODE
    box = found[BarcodeKind.QR].box
    assert 590 <= box.x0 <= 630
    assert 230 <= box.y0 <= 275


def test_a_code_that_lies_on_the_very_edge_is_read() -> None:
    page = printed_page(1654, 2339)
    code = square_code()[14:-14, 14:-14]
    page[: code.shape[0], : code.shape[1]] = code
    (found,) = read_barcodes(page)
    assert found.text == URL
    assert (found.box.x0, found.box.y0) <= (4, 4)


def test_a_skewed_noisy_code_is_read() -> None:
    page = receipt(line_code(zxingcpp.BarcodeFormat.Code39))
    turn = cv2.getRotationMatrix2D((827, 1170), 3.0, 1.0)
    page = cv2.warpAffine(page, turn, (1654, 2339), borderValue=255).astype(np.uint8)
    grain = np.random.default_rng(1).normal(0, 18, page.shape)
    page = np.clip(page + grain, 0, 255).astype(np.uint8)
    assert [code.text for code in read_barcodes(page)] == [CODE]


def test_other_symbologies_are_not_read() -> None:
    goods = line_code(zxingcpp.BarcodeFormat.ITF, "12345678901231")
    assert read_barcodes(receipt(goods)) == ()


def test_a_page_of_print_has_none() -> None:
    assert read_barcodes(printed_page(1654, 2339)) == ()
