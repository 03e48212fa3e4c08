"""Searches: what is asked for, what was found, and where it stands on a page."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from api.schemas.common import Code, Incoming, Next, Outgoing, Text
from api.schemas.dossier import DossierSummary
from api.schemas.record import RecordSummary
from records.search import LONGEST_QUERY
from records.states import RecordState
from storage.search import SearchHit

QueryText = Annotated[
    Text,
    Field(
        min_length=1,
        max_length=LONGEST_QUERY,
        description="Words, with or without tone marks, in any order; a code, a number or a part in quotes is found "
        "as it stands.",
        examples=['nguyen van hung 492/QĐ-UBND "cấp phép xây dựng"'],
    ),
]


class SearchRequest(Incoming):
    """It comes in a body, since what people look for are names, and addresses are logged everywhere."""

    query: QueryText
    unit: Annotated[Code | None, Field(description="Only what this org unit scanned.")] = None
    document_type: Annotated[Code | None, Field(description="Confirmed, else proposed.")] = None
    state: RecordState | None = None
    first: Annotated[date | None, Field(alias="from", description="First day of scanning.")] = None
    last: Annotated[date | None, Field(alias="to", description="Last day of scanning, included.")] = None
    after: Annotated[str | None, Field(max_length=500, description="The `next` of the part before.")] = None
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class HitView(Outgoing):
    record: RecordSummary
    page: str | None = Field(description="The page on which it stands; null: the record's fields say it.")
    position: int | None = Field(description="Of the page in its record, from 1.")

    @classmethod
    def of(cls, hit: SearchHit) -> HitView:
        position = hit.record.pages.index(hit.page) + 1 if hit.page else None
        return cls(record=RecordSummary.of(hit.record), page=hit.page, position=position)


class Found(Outgoing):
    dossier: DossierSummary | None = Field(description="The dossier of that code, if the query is one.")
    items: list[HitView] = Field(
        description="Read or confirmed last, first. May be few, or none, with a `next`: go on there."
    )
    next: Next


class HighlightRequest(Incoming):
    query: QueryText


class Highlights(Outgoing):
    boxes: list[tuple[int, int, int, int]] = Field(
        description="Of every word that belongs to a hit, in pixels of the image as stored."
    )
