"""Pages that are scanned again."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Incoming, Outgoing
from api.schemas.page import Quality
from records.rescan import EarlierImage, RescanReason, RescanRequest


class RescanAsking(Incoming):
    reason: RescanReason


class RescanView(Outgoing):
    """A page that somebody wants scanned again."""

    page: str
    batch: str
    file_sequence: int = Field(description="Number of its file in the batch.")
    page_number: int = Field(description="In its file, from 1.")
    reason: RescanReason
    asked_by: str = Field(description="Account name.")
    asked_at: datetime

    @classmethod
    def of(cls, request: RescanRequest) -> RescanView:
        return cls(**{name: getattr(request, name) for name in cls.model_fields})


class RescanList(Outgoing):
    items: list[RescanView]


class EarlierView(Outgoing):
    """An image that was replaced."""

    number: int
    sha256: str
    media_type: str
    width: int
    height: int
    quality: Quality
    replaced_by: str = Field(description="Account name or station.")
    replaced_at: datetime
    reason: RescanReason | None = Field(description="Why it was asked for, if it was.")

    @classmethod
    def of(cls, earlier: EarlierImage) -> EarlierView:
        names = ("number", "media_type", "width", "height", "replaced_by", "replaced_at", "reason")
        parts = {name: getattr(earlier, name) for name in names}
        return cls(**parts, sha256=earlier.image.sha256, quality=Quality.of(earlier.quality))


class EarlierImages(Outgoing):
    items: list[EarlierView]
