"""What a scan says that its words do not."""

from dataclasses import replace

import pytest

from classify.classifier import Reading
from records.batch import ScanFile, SeenBefore
from records.ids import BatchId, DocumentTypeCode, FileId, file_id
from records.page import Box, EngineStamp, Line, Page, PageText, QualityFlag, Word
from records.record import Classification
from tests.contract.office import START, a_batch, a_file, a_page
from workers.scan_doubts import with_scan_doubts

READING = Reading(Classification(DocumentTypeCode("OTHER"), 0.4), (), (), ("type_unsure",))
SCAN = a_batch(1)
FILE = a_file(SCAN, 1)
SEEN = SeenBefore(BatchId("b"), FileId("f"), 1, START)
PRINT = Line((Word("Số", Box(1, 1, 9, 9), 0.9),), Box(1, 1, 9, 9))


def scanned(number: int, *flags: QualityFlag) -> Page:
    page = a_page(file_id(SCAN.id, 1), number)
    return replace(page, quality=replace(page.quality, flags=flags))


def text(*lines: Line) -> PageText:
    return PageText(100, 100, lines, EngineStamp("fixed", "1"))


@pytest.mark.parametrize(
    ("flags", "printed", "file", "added"),
    [
        ([(), ()], [True, True], FILE, ()),
        ([(), ()], [True, False], FILE, ("unreadable_page",)),
        ([(QualityFlag.TOO_DARK,)], [False], FILE, ("unreadable_page",)),
        ([(), (QualityFlag.BLANK,)], [True, False], FILE, ()),
        ([(QualityFlag.BLANK,)], [False], FILE, ("quality:blank",)),
        ([()], [True], replace(FILE, duplicate_of=SEEN), ("received_before",)),
    ],
)
def test_a_paper_says_what_is_the_matter_with_its_scan(
    flags: list[tuple[QualityFlag, ...]], printed: list[bool], file: ScanFile, added: tuple[str, ...]
) -> None:
    pages = [scanned(number, *found) for number, found in enumerate(flags, 1)]
    texts = [text(PRINT) if has else text() for has in printed]
    found = with_scan_doubts(READING, pages, texts, [file])
    assert found.review_reasons == ("type_unsure", *added)
