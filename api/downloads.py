"""Stored objects as answers: streamed, cacheable by their SHA-256, and never run by a browser as something else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from fastapi import Response
from fastapi.responses import StreamingResponse

from api.etags import not_modified
from records.errors import NotFound
from records.fixity import Fixity
from storage.objects import ObjectStore

_ENDINGS = {
    "application/pdf": "pdf",
    "application/xml": "xml",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
}
BINARY: dict[str, object] = {"schema": {"type": "string", "format": "binary"}}  # of a file, in OpenAPI
PRIVATE = "private, no-cache"  # a browser may keep it, and asks each time whether it may still show it


def object_answer(
    objects: ObjectStore,
    fixity: Fixity | None,
    media_type: str,
    name: str,
    if_none_match: str | None,
    *,
    attachment: bool = False,
) -> Response:
    """An object under a name of ours (never the sender's). Raises NotFound when there is none yet."""
    if fixity is None:
        raise NotFound("this does not exist yet")
    headers = file_headers(fixity.sha256, media_type, name, attachment=attachment)
    if not_modified(if_none_match, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    headers["Content-Length"] = str(fixity.size)
    return StreamingResponse(_begun(objects.open(fixity.sha256)), media_type=media_type, headers=headers)


def file_headers(tag: str, media_type: str, name: str, *, attachment: bool = False) -> dict[str, str]:
    """Headers of a file: its ETag, its name, and that it is shown to nobody else."""
    ending = _ENDINGS.get(media_type, "bin")
    return {
        "ETag": f'"{tag}"',
        "Cache-Control": PRIVATE,
        "Content-Disposition": f'{"attachment" if attachment else "inline"}; filename="{name}.{ending}"',
    }


def _begun(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks, the first of them fetched: a missing object is told before the answer begins."""
    first = next(chunks, b"")
    return chain([first], chunks)
