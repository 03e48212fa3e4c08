"""Where a new paper begins inside one scan: a wrong cut is worse than a missing one."""

from __future__ import annotations

import pytest

from classify.classifier import RuleClassifier
from tests.classify.sheet import BODY, MIDDLE, MOTTO, Sheet, decision


def continued() -> Sheet:
    return Sheet().at("2", y=150, middle=MIDDLE).paragraph(*BODY).paragraph(*BODY)


def form(*above: str) -> Sheet:
    sheet = Sheet()
    sheet.y = 200
    return sheet.centred(*above, *MOTTO, "TỜ KHAI").paragraph(*BODY)


def test_two_papers_in_one_scan_are_told_apart(classifier: RuleClassifier) -> None:
    pages = [s.page() for s in (decision(), continued(), decision(), continued())]
    assert classifier.document_starts(pages) == (1, 3)


def test_a_receipt_begins_a_paper_also_without_a_motto(classifier: RuleClassifier) -> None:
    receipt = Sheet().centred("GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ").paragraph(*BODY)
    assert classifier.document_starts([decision().page(), receipt.page()]) == (1, 2)


def test_a_form_with_the_motto_in_the_middle_begins_a_paper(classifier: RuleClassifier) -> None:
    assert classifier.document_starts([decision().page(), form().page()]) == (1, 2)


@pytest.mark.parametrize(
    "sheet",
    [
        continued(),
        Sheet(),
        Sheet().centred("PHỤ LỤC", "(Ban hành kèm theo Quyết định số 12/QĐ-UBND)").paragraph(*BODY),
        Sheet().centred("QUY ĐỊNH", "VỀ QUẢN LÝ ĐẤT ĐAI").paragraph(*BODY),
        Sheet().centred("QUYẾT ĐỊNH:").paragraph(*BODY),
        form("Mẫu số 01"),
        form("Phụ lục II"),
    ],
)
def test_what_belongs_to_the_paper_before_begins_none(classifier: RuleClassifier, sheet: Sheet) -> None:
    assert classifier.document_starts([decision().page(), sheet.page()]) == (1,)


def test_one_page_and_no_page_begin_with_the_first(classifier: RuleClassifier) -> None:
    assert classifier.document_starts([Sheet().page()]) == (1,)
    assert classifier.document_starts([]) == (1,)
