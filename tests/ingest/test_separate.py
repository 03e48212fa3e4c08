from dataclasses import dataclass

import pytest

from ingest.separate import Assembly, assemble, cover_code, dossier_code_in
from records.ids import DossierCode
from records.page import Barcode, BarcodeKind, Box, QualityFlag, QualityReport

BOX = Box(0, 0, 10, 10)
ONE, TWO = DossierCode("H58.30-220303-0012"), DossierCode("000.00.06.H56-231027-0361")


def line_code(text: str, kind: BarcodeKind = BarcodeKind.CODE_39) -> Barcode:
    return Barcode(kind, text, BOX)


def qr(text: str) -> Barcode:
    return Barcode(BarcodeKind.QR, text, BOX)


@dataclass(frozen=True)
class Side:
    """A page as separation sees it."""

    number: int
    barcodes: tuple[Barcode, ...] = ()
    blank: bool = False

    @property
    def quality(self) -> QualityReport:
        flags = (QualityFlag.BLANK,) if self.blank else ()
        return QualityReport(300, "pdf", "colour", 0.0, 1.0, 0.05, flags=flags)


def sides(*what: object) -> list[Side]:
    """Pages from 1 on: a code makes a receipt, None a blank side, anything else a page of print."""
    made = []
    for number, thing in enumerate(what, 1):
        codes = (line_code(str(thing)),) if thing in (ONE, TWO) else ()
        made.append(Side(number, codes, thing is None))
    return made


@pytest.mark.parametrize(
    "barcode",
    [
        line_code(ONE),
        line_code(ONE, BarcodeKind.CODE_128),
        line_code(f" {ONE.lower()} "),
        qr(f"https://dichvucong.tiengiang.gov.vn/tra-cuu?mahs={ONE}"),
        qr(f"http://portal.example/look?lang=vi&MaHS={ONE}"),
    ],
)
def test_a_receipt_is_known_by_its_line_code_or_its_portal_address(barcode: Barcode) -> None:
    assert cover_code([barcode]) == ONE


@pytest.mark.parametrize(
    "barcode",
    [
        line_code(f"{ONE}-KQ1"),
        qr(f"{ONE}-KQ1"),
        qr(ONE),
        qr(f"https://files.example/result/{ONE}.pdf"),
        line_code("8934563138164", BarcodeKind.CODE_128),
        line_code("H58.30-221303-0012"),
    ],
)
def test_a_result_or_any_other_bar_code_makes_no_cover(barcode: Barcode) -> None:
    assert cover_code([barcode]) is None


def test_the_code_is_taken_out_of_an_address_as_well_as_out_of_plain_text() -> None:
    assert dossier_code_in(f"https://a.vn/x?mahs={TWO}") == TWO
    assert dossier_code_in(f"Mã hồ sơ: {TWO}") == TWO
    assert dossier_code_in("https://a.vn/x?mahs=") is None


def test_a_file_without_a_receipt_is_one_paper() -> None:
    assert assemble(sides("a", "b", None, "c")) == [Assembly((1, 2, 3, 4), False, None)]


def test_a_receipt_opens_the_dossier_of_what_follows_up_to_the_next() -> None:
    assert assemble(sides("a", ONE, "b", "c", TWO, "d")) == [
        Assembly((1,), False, None),
        Assembly((2,), True, ONE),
        Assembly((3, 4), False, ONE),
        Assembly((5,), True, TWO),
        Assembly((6,), False, TWO),
    ]


def test_two_receipts_in_sequence_are_two_covers() -> None:
    assert assemble(sides(ONE, TWO, "a")) == [
        Assembly((1,), True, ONE),
        Assembly((2,), True, TWO),
        Assembly((3,), False, TWO),
    ]


def test_the_blank_back_of_a_receipt_belongs_to_it() -> None:
    assert assemble(sides(ONE, None, "a", None, "b")) == [
        Assembly((1, 2), True, ONE),
        Assembly((3, 4, 5), False, ONE),
    ]


def test_a_receipt_alone_is_a_cover_and_nothing_more() -> None:
    assert assemble(sides(ONE)) == [Assembly((1,), True, ONE)]


def test_a_paper_that_names_its_dossier_in_a_bar_code_is_proposed_for_it() -> None:
    pages = [Side(1, (qr(f"{ONE}-KQ1"),)), Side(2)]
    assert assemble(pages) == [Assembly((1, 2), False, ONE)]


def test_a_paper_that_names_two_dossiers_is_proposed_for_neither() -> None:
    assert assemble([Side(1, (qr(ONE),)), Side(2, (qr(TWO),))]) == [Assembly((1, 2), False, None)]


def test_no_page_is_lost_and_none_is_in_two_papers() -> None:
    for pages in (sides(ONE, None, "a", TWO, None, None, "b", "c"), sides(None, ONE, None), []):
        found = [number for paper in assemble(pages) for number in paper.pages]
        assert found == [page.number for page in pages]
