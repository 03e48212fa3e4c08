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

Responses = dict[int | str, dict[str, Any]]


def problems(*kinds: type[SohoaError]) -> Responses:
    """The `responses` of a route for these errors."""
    by_status: dict[int, list[type[SohoaError]]] = {}
    for kind in kinds:
        by_status.setdefault(status_of(kind), []).append(kind)
    return {status: _response(found) for status, found in by_status.items()}


def common_problems() -> Responses:
    """What every endpoint behind a door may answer with."""
    return problems(NotSignedIn, NotAllowed, InvalidValue, DatabaseUnavailable, SohoaError)


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


def merged(*parts: Responses) -> Responses:
    """Responses of several sources; codes of one status stand side by side."""
    found: Responses = {}
    for status, response in ((s, r) for part in parts for s, r in part.items()):
        found[status] = _both(found[status], response) if status in found else response
    return found


def _both(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    mine, theirs = one["content"][MEDIA_TYPE], other["content"][MEDIA_TYPE]
    fresh = [name for name in theirs["examples"] if name not in mine["examples"]]
    if not fresh:
        return one
    examples = {**mine["examples"], **theirs["examples"]}
    return {
        "description": f"{one['description']}; {other['description']}",
        "content": {MEDIA_TYPE: {"schema": mine["schema"], "examples": examples}},
    }
