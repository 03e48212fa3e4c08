"""The page to which every refusal's `type` leads: what a code means and what to do next."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from api.errors import DOCUMENTATION, status_of, title_of
from records.errors import all_errors

router = APIRouter(include_in_schema=False)


@router.get(DOCUMENTATION)
async def error_codes() -> HTMLResponse:
    """Every code under an anchor of its own."""
    entries = "".join(
        f'<dt id="{kind.code}"><code>{kind.code}</code> ({status_of(kind)})</dt>'
        f"<dd>{escape(title_of(kind))}. {escape(kind.advice)}</dd>"
        for kind in all_errors()
    )
    return HTMLResponse(
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>sohoa: codes</title>'
        f"<h1>Codes of refusals</h1><dl>{entries}</dl></html>"
    )
