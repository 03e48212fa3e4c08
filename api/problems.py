"""Refusals in the OpenAPI document: which statuses and codes an endpoint answers with, with an example of each."""

from __future__ import annotations

from typing import Any

from api.errors import MEDIA_TYPE, problem_of, status_of
from api.schemas.problem import Problem
from records.errors import (
    DatabaseUnavailable,
    InvalidValue,
    NotAllowed,
    NotSignedIn,
    SohoaError,
)

_EXAMPLE_ID = "0b0b3f0e-5b0e-4a55-9f0c-0f6f6c6f2b11"

BEHIND_A_DOOR = (NotSignedIn, NotAllowed, InvalidValue, DatabaseUnavailable, SohoaError)

Responses = dict[int | str, dict[str, Any]]


def problems(*kinds: type[SohoaError]) -> Responses:
    """The `responses` of a route for these errors."""
    by_status: dict[int, list[type[SohoaError]]] = {}
    for kind in kinds:
        by_status.setdefault(status_of(kind), []).append(kind)
    return {status: _response(found) for status, found in by_status.items()}


def everywhere(*, door: bool) -> Responses:
    """What every endpoint may answer with, and every endpoint behind a door besides."""
    return problems(*BEHIND_A_DOOR) if door else problems(SohoaError)


def _response(kinds: list[type[SohoaError]]) -> dict[str, Any]:
    return {
        "description": "; ".join(f"`{kind.code}`: {(kind.__doc__ or '').strip()}" for kind in kinds),
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {kind.code: {"value": _example(kind)} for kind in kinds},
            }
        },
    }


def _example(kind: type[SohoaError]) -> dict[str, Any]:
    problem: Problem = problem_of(kind(), _EXAMPLE_ID)
    return problem.model_dump(mode="json", exclude_none=True)


def merged(response: dict[str, Any] | None, more: dict[str, Any]) -> dict[str, Any]:
    """A response with the codes of another of the same status beside its own.

    FastAPI's own description of a body that does not fit gives way; an answer of another kind stays as it is.
    """
    content = (response or {}).get("content", {})
    if response is None or "HTTPValidationError" in str(content):
        return more
    if MEDIA_TYPE not in content:
        return response
    mine, theirs = content[MEDIA_TYPE]["examples"], more["content"][MEDIA_TYPE]["examples"]
    if not theirs.keys() - mine.keys():
        return response
    return {
        "description": f"{response['description']}; {more['description']}",
        "content": {MEDIA_TYPE: {**content[MEDIA_TYPE], "examples": {**mine, **theirs}}},
    }
