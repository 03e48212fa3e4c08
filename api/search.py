"""The search over everything that was read and confirmed, and the places of its hits on a page."""

from __future__ import annotations

from datetime import date, datetime

from fastapi import APIRouter

from api.auth import RecordReader, StaffCaller
from api.paging import PageKey
from api.problems import problems
from api.schemas.dossier import DossierSummary
from api.schemas.search import Found, HighlightRequest, Highlights, HitView, SearchRequest
from api.state import State
from ocr.alto import from_alto
from records.codes import parse_dossier_code
from records.coverage import Period
from records.errors import InvalidDossierCode, InvalidValue, NotFound, ObjectMissing, ObjectStoreUnavailable
from records.ids import DocumentTypeCode, PageId, UnitCode
from records.search import SearchQuery
from storage.database import Transaction
from storage.search import SearchFilter

router = APIRouter(tags=["Search"])


@router.post("/api/search", operation_id="search", summary="Search", responses=problems(InvalidValue))
def search(asked: SearchRequest, state: State, caller: RecordReader) -> Found:
    """Papers of the own org units whose page, or whose fields, hold all that is asked for.

    "nguyen van hung" finds "Nguyễn Văn Hùng". What was asked for is neither logged nor kept.
    """
    query = SearchQuery.parse(asked.query)
    first, before = _span(asked.first, asked.last)
    only = SearchFilter(
        unit=UnitCode(asked.unit) if asked.unit else None,
        document_type=DocumentTypeCode(asked.document_type) if asked.document_type else None,
        state=asked.state,
        first=first,
        before=before,
    )
    with state.services.database.snapshot() as tx:
        found = tx.search.find(query, caller.scope, only=only, after=asked.after, limit=asked.limit)
        dossier = _dossier(tx, asked.query, caller)
    return Found(dossier=dossier, items=[HitView.of(hit) for hit in found.items], next=found.next)


def _span(first: date | None, last: date | None) -> tuple[datetime | None, datetime | None]:
    """The first moment of the one day and the first after the other; raises InvalidValue."""
    try:
        return Period(first, first).begin if first else None, Period(last, last).end if last else None
    except OverflowError:
        raise InvalidValue("a day lies outside the calendar", field="from or to") from None


def _dossier(tx: Transaction, untrusted: str, caller: StaffCaller) -> DossierSummary | None:
    try:
        return DossierSummary.of(tx.dossiers.get(parse_dossier_code(untrusted).code, caller.scope))
    except (InvalidDossierCode, NotFound):
        return None


@router.post(
    "/api/pages/{page}/highlights",
    operation_id="highlight",
    summary="Where a search's words stand on a page",
    responses=problems(InvalidValue, NotFound, ObjectMissing, ObjectStoreUnavailable),
)
def highlight(page: PageKey, asked: HighlightRequest, state: State, caller: RecordReader) -> Highlights:
    """The boxes of the words that match; none where the page is not read or holds none of them."""
    query = SearchQuery.parse(asked.query)
    with state.services.database.snapshot() as tx:
        found = tx.pages.get(PageId(str(page)), caller.scope)
    if found.text is None:
        return Highlights(boxes=[])
    words = list(from_alto(state.services.objects.get(found.text.sha256)).words())
    hits = (words[index].box for index in query.hits([word.text for word in words]))
    return Highlights(boxes=[(box.x0, box.y0, box.x1, box.y1) for box in hits])
