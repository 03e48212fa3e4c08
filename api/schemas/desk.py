"""What the clerk's desk shows of a record, and a part of a page that is read on demand."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from api.schemas.common import Confidence, Incoming, Outgoing
from api.schemas.page import PageDetail
from api.schemas.record import RecordDetail
from api.schemas.rescan import RescanView
from api.schemas.reuse import ReusablePaper
from records.owner import OWNER_FIELDS, DigitisedPaper
from records.page import PageText, Word
from records.record import Record
from records.rescan import RescanRequest
from workers.desk import FieldAid, Sheet


class UsualPlace(Outgoing):
    page: int = Field(description="In the record, from 1.")
    box: list[int] = Field(description="[x0, y0, x1, y1] in pixels of that page's image as stored.")


class Aid(Outgoing):
    """Help with one field."""

    name: str
    doubtful: list[tuple[int, int]] = Field(
        description="Syllables of the value that were not read surely: characters, from and to.",
        examples=[[[0, 4]]],
    )
    candidates: list[str] = Field(description="Other values that it may have, the likeliest first.")
    place: UsualPlace | None = Field(
        description="Where such a value stands by Decree 30/2020, for a header field of which nothing was read."
    )

    @classmethod
    def of(cls, aid: FieldAid) -> Aid:
        place = UsualPlace(page=aid.place.page, box=aid.place.box.as_list()) if aid.place else None
        return cls(name=aid.name, doubtful=list(aid.doubtful), candidates=list(aid.candidates), place=place)


class DeskView(Outgoing):
    """A record with its pages and the help with its fields, in one answer, so that it can be loaded ahead."""

    record: RecordDetail
    pages: list[PageDetail]
    aids: list[Aid]
    reusable: list[ReusablePaper] = Field(
        description="Filed papers that this may be another scan of; POST /api/records/{record}/reuse takes one instead."
    )
    rescans: list[RescanView] = Field(description="Pages of it that are to be scanned again.")
    owner_fields: list[str] = Field(
        description="Fields that hold an owner's id number, the first that says one counts."
    )

    @classmethod
    def of(
        cls,
        record: Record,
        sheets: Sequence[Sheet],
        aids: Sequence[FieldAid],
        known: Sequence[DigitisedPaper],
        rescans: Sequence[RescanRequest],
    ) -> DeskView:
        return cls(
            record=RecordDetail.of(record),
            pages=[PageDetail.with_rotation(sheet.page, sheet.rotation) for sheet in sheets],
            aids=[Aid.of(aid) for aid in aids],
            reusable=[ReusablePaper.of(paper) for paper in known],
            rescans=[RescanView.of(one) for one in rescans],
            owner_fields=list(OWNER_FIELDS),
        )


class Region(Incoming):
    """A rectangle on a page."""

    box: tuple[int, int, int, int] = Field(
        description="x0, y0, x1, y1 in pixels of the image as stored.", examples=[[548, 1123, 1126, 1162]]
    )
    rotation: int = Field(
        0, ge=0, le=270, multiple_of=90, description="Degrees clockwise that stand the print upright."
    )


class RegionWord(Outgoing):
    text: str
    confidence: Confidence
    box: list[int] = Field(description="[x0, y0, x1, y1] in pixels of the page's image as stored.")

    @classmethod
    def of(cls, word: Word) -> RegionWord:
        return cls(text=word.text, confidence=word.confidence, box=word.box.as_list())


class RegionText(Outgoing):
    """What stands in the rectangle; empty when nothing could be read there."""

    text: str = Field(description="In one line, as it goes into a field.")
    words: list[RegionWord]
    engine: str

    @classmethod
    def of(cls, read: PageText) -> RegionText:
        words = [RegionWord.of(word) for word in read.words()]
        return cls(text=" ".join(word.text for word in words), words=words, engine=read.engine.name)
