"""A printed cover sheet is read back by the service's own reader, and names the dossier of what follows."""

from io import BytesIO

import numpy as np
import pypdfium2
import pytest

from ingest.barcodes import read_barcodes
from ingest.separate import cover_code, is_printed_here
from records.dossier import Dossier
from records.ids import DossierCode, ProcedureCode
from records.page import BarcodeKind
from tests.api.world import CODE, START, WARD, World, jpeg
from tests.engines import FixedEngine
from tests.web.sample_office import work

OLD_FORM = DossierCode("000.17.22.H58-210531-000123")


@pytest.fixture
def two(world: World) -> World:
    old = Dossier(OLD_FORM, ProcedureCode("1.001193"), WARD, START, owner="Nguyễn Thị Ngọc Ẩn")
    with world.services.database.transaction() as tx:
        tx.dossiers.upsert([old], "test", START)
    return world


def printed(world: World, *codes: str) -> bytes:
    answer = world.get("operator", "/api/cover-sheets", params={"codes": list(codes)})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    return answer.content


@pytest.mark.parametrize("dpi", [150, 200, 300])
def test_both_codes_of_every_sheet_are_read_back_at_every_resolution(two: World, dpi: int) -> None:
    document = pypdfium2.PdfDocument(BytesIO(printed(two, CODE, OLD_FORM)))
    for page, code in zip(document, (CODE, OLD_FORM), strict=True):
        gray = np.array(page.render(scale=dpi / 72).to_pil().convert("L"))
        found = read_barcodes(gray)
        assert {one.kind for one in found} == {BarcodeKind.CODE_128, BarcodeKind.QR}
        for one in found:
            assert cover_code([one]) == code
        assert is_printed_here(found)


def test_the_sheet_says_whose_dossier_it_is(two: World) -> None:
    document = pypdfium2.PdfDocument(BytesIO(printed(two, OLD_FORM)))
    text = document[0].get_textpage().get_text_range()
    assert "Nguyễn Thị Ngọc Ẩn" in text and OLD_FORM in text and "Phường 1" in text


def test_a_dossier_of_another_unit_has_no_sheet_and_a_wrong_code_is_refused(two: World) -> None:
    for who, code, refusal in (
        ("other-clerk", CODE, "dossier_unknown"),
        ("operator", "H58.30-220303-9999", "dossier_unknown"),
        ("operator", "abc", "invalid_dossier_code"),
    ):
        assert two.get(who, "/api/cover-sheets", params={"codes": code}).json()["code"] == refusal
    assert two.get("operator", "/api/cover-sheets").json()["code"] == "invalid_value"


SHEET_TEXT = """TỜ BÌA PHÂN CÁCH HỒ SƠ
{code}
Chủ hồ sơ: Nguyễn Thị Ngọc Ẩn
Thủ tục: Đăng ký khai sinh
Đơn vị: Phường 1
Ngày tiếp nhận: 01/03/2022
Đặt tờ này trước giấy tờ của hồ sơ khi quét. Mã in trên tờ cho máy biết giấy tờ theo sau thuộc hồ sơ nào."""


def test_a_printed_sheet_that_was_scanned_is_a_cover_whatever_its_text_looks_like(two: World) -> None:
    """It resembles no type of paper, and the model of types may be sure of that."""
    image = pypdfium2.PdfDocument(BytesIO(printed(two, OLD_FORM)))[0].render(scale=200 / 72).to_pil()
    scanned = BytesIO()
    image.convert("RGB").save(scanned, "JPEG", dpi=(200, 200))
    batch = two.send(scanned.getvalue(), jpeg(1654, 2339))
    two.services.__dict__["engine"] = FixedEngine(SHEET_TEXT.format(code=OLD_FORM))
    work(two.services)
    sheet, paper = two.get("operator", f"/api/batches/{batch}").json()["records"]
    assert (sheet["state"], paper["state"]) == ("cover", "classified")
    assert paper["dossier"] == OLD_FORM
