"""Pages: their facts, their images for the screen, their words as ALTO; and the master files that they came in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Header, Query, Response

from api.auth import SignedIn, StaffCaller
from api.downloads import BINARY, file_headers, object_answer
from api.etags import not_modified
from api.paging import FileKey, PageKey
from api.previews import PreviewKey
from api.problems import problems
from api.schemas.page import PageDetail
from api.state import ApiState, State
from ocr.preview import NARROWEST, WIDEST
from records.errors import DamagedFile, NotFound, ObjectMissing, ObjectStoreUnavailable
from records.ids import FileId, PageId
from records.page import Page
from workers.desk import rotation_of

router = APIRouter(tags=["Pages and files"])

IfNoneMatch = Annotated[str | None, Header(description="The ETag that the client holds.")]
Width = Annotated[int | None, Query(ge=NARROWEST, le=WIDEST, description="Pixels; never enlarged.")]
Rotation = Annotated[
    int, Query(description="Degrees clockwise: 0, 90, 180 or 270.", multiple_of=90, ge=0, le=270)
]


def binary(*media_types: str, what: str) -> dict[int | str, dict[str, object]]:
    """The OpenAPI responses of a file, with the refusals that files have."""
    content = dict.fromkeys(media_types, BINARY)
    return {
        200: {"description": what, "content": content},
        304: {"description": "The client holds it already."},
        **problems(NotFound, ObjectMissing, ObjectStoreUnavailable),
    }


def _page(state: ApiState, key: PageKey, caller: StaffCaller) -> Page:
    with state.services.database.snapshot() as tx:
        return tx.pages.get(PageId(str(key)), caller.scope)


@router.get("/api/pages/{page}", operation_id="get_page", summary="Show a page", responses=problems(NotFound))
def get_page(page: PageKey, state: State, caller: SignedIn) -> PageDetail:
    """A page's size, quality flags in plain words, bar codes, and how far it must be turned to stand upright."""
    found = _page(state, page, caller)
    return PageDetail.with_rotation(found, rotation_of(state.services.objects, found))


@router.get(
    "/api/pages/{page}/image",
    operation_id="get_page_image",
    summary="A page's image",
    response_class=Response,
    responses={
        **binary("image/jpeg", "image/png", "image/tiff", what="The image as stored, or a JPEG of the asked width."),
        **problems(DamagedFile),
    },
)  # fmt: skip
def get_image(
    page: PageKey,
    state: State,
    caller: SignedIn,
    width: Width = None,
    rotation: Rotation = 0,
    if_none_match: IfNoneMatch = None,
) -> Response:
    """Without `width` and `rotation`, the image as stored, pixel for pixel; else a JPEG for the screen."""
    found = _page(state, page, caller)
    if width is None and rotation == 0:
        return object_answer(
            state.services.objects, found.image, found.media_type, f"page-{found.id}", if_none_match
        )
    key = PreviewKey(found.image.sha256, width or min(found.width, WIDEST), rotation)
    headers = file_headers(
        f"{key.image}-{key.width}-{key.rotation}", "image/jpeg", f"page-{found.id}-{key.width}"
    )
    if not_modified(if_none_match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    across = found.height if rotation in (90, 270) else found.width
    preview = state.previews.get(
        key, found.media_type, lambda: state.services.objects.get(found.image.sha256), across
    )
    return Response(preview, media_type="image/jpeg", headers=headers)


@router.get(
    "/api/pages/{page}/alto",
    operation_id="get_page_alto",
    summary="A page's words",
    response_class=Response,
    responses=binary("application/xml", what="ALTO 4: words with boxes and confidence, in reading order."),
)
def get_alto(page: PageKey, state: State, caller: SignedIn, if_none_match: IfNoneMatch = None) -> Response:
    """What was read on the page; 404 until it is read."""
    found = _page(state, page, caller)
    return object_answer(
        state.services.objects, found.text, "application/xml", f"page-{found.id}", if_none_match
    )


@router.get(
    "/api/files/{file}/master",
    operation_id="get_master",
    summary="A master file",
    response_class=Response,
    responses=binary(
        "application/pdf", "image/tiff", "image/jpeg", "image/png", what="The file exactly as it came in."
    ),
)
def get_master(file: FileKey, state: State, caller: SignedIn, if_none_match: IfNoneMatch = None) -> Response:
    """The file that a station sent, bit for bit. It comes from outside: open it with care."""
    with state.services.database.snapshot() as tx:
        found = tx.batches.file(FileId(str(file)))
        tx.batches.get(found.batch, caller.scope)
    return object_answer(
        state.services.objects,
        found.fixity,
        found.media_type,
        f"master-{found.id}",
        if_none_match,
        attachment=True,
    )
