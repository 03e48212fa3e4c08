"""A record's lasting copy and its text."""

from __future__ import annotations

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from api.auth import RecordReader
from api.downloads import object_answer
from api.pages import IfNoneMatch, binary
from api.paging import RecordKey
from api.problems import problems
from api.state import State
from ocr.alto import from_alto
from records.errors import NotFound, ObjectMissing, ObjectStoreUnavailable
from records.ids import RecordId
from records.states import RecordState

router = APIRouter(tags=["Records"])

# The screen of a dossier shows the PDF inside itself; no other site may.
FRAMED = {
    "Content-Security-Policy": "default-src 'self'; object-src 'self'; frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
PAGE_BREAK = "\f"


@router.get(
    "/api/records/{record}/pdf",
    operation_id="get_record_pdf",
    summary="A record's PDF/A",
    response_class=Response,
    responses=binary("application/pdf", what="Searchable PDF/A-2b, or the signed PDF as it came in."),
)
def get_pdf(
    record: RecordKey, state: State, caller: RecordReader, if_none_match: IfNoneMatch = None
) -> Response:
    """The lasting copy as filed in the dossier; 404 until it is filed."""
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
    filed = found.archival if found.state is RecordState.FILED else None
    answer = object_answer(
        state.services.objects, filed, "application/pdf", f"record-{found.id}", if_none_match
    )
    answer.headers.update(FRAMED)
    return answer


@router.get(
    "/api/records/{record}/text",
    operation_id="get_record_text",
    summary="A record's text",
    response_class=PlainTextResponse,
    responses={
        200: {"description": "UTF-8 (NFC); a form feed between pages, a blank line between blocks."},
        **problems(NotFound, ObjectMissing, ObjectStoreUnavailable),
    },
)
def get_text(record: RecordKey, state: State, caller: RecordReader) -> PlainTextResponse:
    """What was read on the pages, in reading order. A page that is not read (yet) is empty."""
    with state.services.database.snapshot() as tx:
        found = tx.records.get(RecordId(str(record)), caller.scope)
        pages = tx.pages.of_record(found.id)
    objects = state.services.objects
    texts = [from_alto(objects.get(page.text.sha256)).text if page.text else "" for page in pages]
    return PlainTextResponse(PAGE_BREAK.join(texts))
