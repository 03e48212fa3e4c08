"""What a paper's scan and its file say that its words do not: nothing on it was read, or it came before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from classify.classifier import Reading
from records.batch import ScanFile
from records.page import Page, PageText, QualityFlag
from records.review import ReviewReason
from storage.database import Transaction


def files_of(tx: Transaction, pages: Iterable[Page]) -> tuple[ScanFile, ...]:
    """The files that these pages came in."""
    return tuple(tx.batches.file(key) for key in dict.fromkeys(page.file for page in pages))


def with_scan_doubts(
    reading: Reading, pages: Sequence[Page], texts: Sequence[PageText], files: Iterable[ScanFile]
) -> Reading:
    """The reading with these reasons for a person to look.

    A page with ink of which not a word was read: noise, a black sheet, a picture. A paper that is blank altogether;
    blank sides behind print are no reason. A paper in a file of which the same bytes were received before.
    """
    more: list[str] = []
    blank = [QualityFlag.BLANK in page.quality.flags for page in pages]
    silent = [not any(text.words()) for text in texts]
    if any(quiet and not empty for quiet, empty in zip(silent, blank, strict=True)):
        more.append(ReviewReason.UNREADABLE_PAGE)
    if all(blank):
        more.append(ReviewReason.QUALITY.about(QualityFlag.BLANK))
    if any(file.duplicate_of is not None for file in files):
        more.append(ReviewReason.RECEIVED_BEFORE)
    return replace(reading, review_reasons=tuple(dict.fromkeys([*reading.review_reasons, *more])))
