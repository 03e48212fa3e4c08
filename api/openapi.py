"""The OpenAPI document: what the API is for, how to get in, every code."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.errors import status_of, title_of
from api.problems import everywhere, merged
from api.schemas.problem import Problem
from records.errors import all_errors

VERSION = "0.1.0"

TAGS = [
    {"name": "Session", "description": "Sign in and out; the one-time set-up of the first administrator."},
    {"name": "Batches", "description": "What a station scans in one go: declared, sent, completed, watched."},
    {
        "name": "Records",
        "description": "One paper each: what was read, what a person confirmed, where it is filed.",
    },
    {
        "name": "Review",
        "description": "The clerk's desk: papers leased to one person at a time, what helps to check them, and "
        "pages put right.",
    },
    {
        "name": "Policy",
        "description": "Which values are accepted without a look, under a promised and measured rate of wrong ones.",
    },
    {"name": "Pages and files", "description": "Images, words and master files."},
    {"name": "Search", "description": "Everything that was read and confirmed, with or without tone marks."},
    {"name": "Dossiers", "description": "The office's own case list, and the papers filed in each dossier."},
    {"name": "Look-up", "description": "How far a dossier is, for the person who holds its receipt."},
    {
        "name": "Re-use",
        "description": "Papers that are digitised already: found by their owner, used again instead of scanned.",
    },
    {
        "name": "Coverage",
        "description": "Digitized ÷ required, each rate with its fraction, and what is missing.",
    },
    {
        "name": "Reports",
        "description": "The statutory forms as JSON, CSV, XLSX and PDF, each with a fingerprint that can be checked.",
    },
    {
        "name": "Reconciliation",
        "description": "Whether each step has what the one before it had, and what somebody must still settle.",
    },
    {
        "name": "Exports",
        "description": "Dossiers and papers under the sync names, and packages for the archive.",
    },
    {
        "name": "Worklists",
        "description": "What is to be done before an auditor asks, and who was asked to do it.",
    },
    {"name": "Catalogue", "description": "Types of papers, org units and procedures: dated data."},
    {"name": "Stations", "description": "The computers beside the scanners, each with a key."},
    {"name": "Accounts", "description": "Staff with a role within org units."},
    {"name": "Audit", "description": "Who did what, sealed by a chain of hashes."},
    {"name": "Operations", "description": "Life signs and metrics."},
]

INTRODUCTION = """\
Scanners send batches, the pipeline reads, classifies and files each paper, clerks confirm, auditors see coverage.

**Getting in.** A station sends its key as `Authorization: Bearer …`. People sign in at `POST /api/session`: browsers
get a cookie and send the header `X-CSRF-Token` with every change; scripts send the answer's `token` as a bearer token.
Roles are operator, clerk, auditor and administrator; what lies outside an account's org units answers 404.

**Refusals** are `application/problem+json` (RFC 9457) with a stable `code`, a `detail` about this case and an `advice`
about what to do next. `Retry-After` comes with 429 and 503.

**Lists** come in parts: pass `next` as `after`. Rows that are added meanwhile shift nothing.

**Changes of a record** name the version that they are based on: send the `ETag` as `If-Match`. Without it the answer is
428; when somebody was faster it is 412, and nothing is overwritten.

Times are UTC in ISO 8601; boxes are `[x0, y0, x1, y1]` in pixels of the page's image as stored.
"""


def add_openapi(app: FastAPI) -> None:
    """Let the application describe itself as below, once and on demand."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = describe(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of an application."""
    document: dict[str, Any] = get_openapi(
        title="sohoa",
        version=VERSION,
        summary="From a scanner's batch to a dossier's coverage.",
        description=f"{INTRODUCTION}\n{codes_table()}",
        routes=app.routes,
        tags=TAGS,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    for methods in document["paths"].values():
        for operation in methods.values():
            _add_refusals(operation)
    schemas = document["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    problem["properties"]["code"]["enum"] = [kind.code for kind in all_errors()]
    schemas["Problem"] = problem
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _add_refusals(operation: dict[str, Any]) -> None:
    responses = operation["responses"]
    for status, response in everywhere(door="security" in operation).items():
        responses[str(status)] = merged(responses.get(str(status)), response)
    operation["responses"] = dict(sorted(responses.items()))


def codes_table() -> str:
    """Every code, its status, what it means and what to do next, as a Markdown table."""
    lines = ["| code | status | meaning | what to do |", "|---|---|---|---|"]
    lines += [
        f"| `{kind.code}` | {status_of(kind)} | {title_of(kind)}. | {kind.advice} |" for kind in all_errors()
    ]
    return "\n".join(lines)
