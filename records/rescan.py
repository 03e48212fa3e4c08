"""A page that is scanned again: who asked and why, and what the page was before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from records.fixity import Fixity
from records.ids import BatchId, PageId
from records.page import QualityReport


class RescanReason(StrEnum):
    """Why. Words, not free text: they are kept for ever."""

    BLURRED = "blurred"
    CUT_OFF = "cut_off"
    SKEWED = "skewed"
    TOO_DARK = "too_dark"
    TOO_PALE = "too_pale"
    WRONG_SIDE = "wrong_side"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RescanRequest:
    """Somebody wants a page scanned again; it is open until the page is replaced or the request is withdrawn."""

    page: PageId
    batch: BatchId
    file_sequence: int
    page_number: int  # in its file
    reason: RescanReason
    asked_by: str
    asked_at: datetime  # UTC


@dataclass(frozen=True, slots=True)
class EarlierImage:
    """What a page's image was before it was replaced. The image and the file that replaced it are kept for ever."""

    number: int  # from 1
    image: Fixity
    media_type: str
    width: int
    height: int
    quality: QualityReport
    source: Fixity  # the file in which the new image came
    source_media_type: str
    replaced_by: str
    replaced_at: datetime  # UTC
    reason: RescanReason | None
