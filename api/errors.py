"""The one table from an error of the tree to an HTTP answer: problem+json (RFC 9457)."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from api.schemas.problem import Problem, WrongPart
from records import errors
from records.errors import SohoaError, all_errors

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
DOCUMENTATION = "/docs/errors"  # relative: the answer names no host

# A class that is not named has the status of its nearest ancestor.
STATUS: Mapping[type[SohoaError], int] = {
    errors.SohoaError: 500,
    errors.InvalidInput: 422,
    errors.UnsupportedMediaType: 415,
    errors.FileTooLarge: 413,
    errors.InvalidManifest: 409,
    errors.Refused: 409,
    errors.NotSignedIn: 401,
    errors.NotAllowed: 403,
    errors.NotFound: 404,
    errors.StaleVersion: 412,
    errors.VersionRequired: 428,
    errors.SecretPaper: 403,
    errors.TooManyRequests: 429,
    errors.Unreadable: 422,
    errors.BackendUnavailable: 503,
}

RETRY_SECONDS = 5  # what a client is told when a back end is away


def status_of(kind: type[SohoaError]) -> int:
    """The HTTP status of an error class.

    >>> status_of(errors.EncryptedFile), status_of(errors.BatchIncomplete)
    (422, 409)
    """
    return next(STATUS[cls] for cls in kind.__mro__ if cls in STATUS)


def problem_of(error: SohoaError, request_id: str, status: int | None = None) -> Problem:
    """The problem document of an error. Facts become members of their own, as the RFC allows."""
    kind = type(error)
    facts = {key: value for key, value in error.facts.items() if key not in Problem.model_fields}
    return Problem(
        type=f"{DOCUMENTATION}#{kind.code}",
        title=title_of(kind),
        status=status or status_of(kind),
        code=kind.code,
        detail=error.detail,
        advice=kind.advice,
        instance=f"urn:uuid:{request_id}",
        **facts,
    )


def title_of(kind: type[SohoaError]) -> str:
    first = (kind.__doc__ or "").strip().splitlines()[0].rstrip(".")
    return "A fault in sohoa" if kind is SohoaError else first


def answer(request: Request, error: SohoaError, status: int | None = None) -> Response:
    """The response for an error of the tree."""
    problem = problem_of(error, request_id_of(request), status)
    _log(problem)
    page = _as_page(request, problem)
    if page is not None:
        return page
    return JSONResponse(
        problem.model_dump(mode="json", exclude_none=True),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers=_headers(error, problem.status),
    )


def _as_page(request: Request, problem: Problem) -> Response | None:
    """The answer for a browser outside /api, when the site has pages for it."""
    error_page = getattr(request.app.state, "error_page", None)
    if error_page is None or request.url.path.startswith("/api/"):
        return None
    wants_page = "text/html" in request.headers.get("accept", "")
    found = error_page(request, problem.code, problem.status) if wants_page else None
    return found if isinstance(found, Response) else None


def request_id_of(request: Request) -> str:
    return str(request.scope.get("request_id", "00000000-0000-0000-0000-000000000000"))


def _headers(error: SohoaError, status: int) -> dict[str, str]:
    if status == 401:
        return {"WWW-Authenticate": 'Bearer realm="sohoa"'}
    if status in (429, 503):
        return {"Retry-After": str(error.facts.get("retry_after", RETRY_SECONDS))}
    return {}


def _log(problem: Problem) -> None:
    level = logging.ERROR if problem.status >= 500 else logging.INFO
    log.log(level, "request_refused", extra={"code": problem.code, "status": problem.status})


def add_handlers(app: FastAPI) -> None:
    """Give an application its answers for everything that can go wrong."""
    app.add_exception_handler(SohoaError, _of_the_tree)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _fault)


def _of_the_tree(request: Request, error: Exception) -> Response:
    assert isinstance(error, SohoaError)
    return answer(request, error)


def _not_valid(request: Request, error: Exception) -> Response:
    """A request that does not fit its schema: which part, and why; never what was sent there."""
    assert isinstance(error, RequestValidationError)
    parts = [
        WrongPart(where=".".join(map(str, wrong["loc"]))[:200], reason=str(wrong["msg"])[:200])
        for wrong in error.errors()
    ]
    found = errors.InvalidValue("the request does not have the form that is needed")
    body = problem_of(found, request_id_of(request)).model_copy(update={"wrong": parts[:20]})
    _log(body)
    return JSONResponse(
        body.model_dump(mode="json", exclude_none=True), status_code=body.status, media_type=MEDIA_TYPE
    )


_FRAMEWORK: Mapping[int, SohoaError] = {
    404: errors.NotFound("there is nothing at this address"),
    405: errors.Refused("this address does not know this method"),
    413: errors.FileTooLarge("the body of the request has more bytes than the limit"),
}


def _of_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = _FRAMEWORK.get(error.status_code)
    if known is None:
        return answer(request, errors.InvalidInput("the request cannot be read"))
    response = answer(request, known, error.status_code)
    response.headers.update(error.headers or {})
    return response


def _fault(request: Request, error: Exception) -> Response:
    """A fault of our own. Its text may hold what was read, so it goes nowhere; the request id finds the log line."""
    log.error("request_failed", exc_info=error, extra={"request": request_id_of(request)})
    return answer(request, SohoaError("the request could not be done"))


def codes_by_status() -> dict[int, list[str]]:
    """Every code of the tree under the status that it is answered with."""
    found: dict[int, list[str]] = {}
    for kind in all_errors():
        found.setdefault(status_of(kind), []).append(kind.code)
    return found
