"""The application: every resource's routes, their doors and their refusals, put together."""

from __future__ import annotations

import re
from collections.abc import Callable

from fastapi import FastAPI

from api import (
    audit,
    batches,
    blind,
    catalogue,
    components,
    cover_sheets,
    coverage,
    coverage_matrix,
    desk,
    dossier_checklist,
    dossier_choices,
    dossiers,
    error_codes,
    events,
    exports,
    health,
    indicators,
    look_up,
    metrics,
    pages,
    placing,
    policy,
    received_twice,
    reconciliation,
    record_changes,
    record_files,
    record_pages,
    records,
    replacing,
    reports,
    rescans,
    reuse,
    review_desk,
    search,
    session,
    settled,
    staff,
    stations,
    uploads,
    withdrawals,
    worklists,
)
from api.compressed import Compressed
from api.errors import add_handlers
from api.frame import Frame
from api.openapi import TAGS, VERSION, add_openapi
from api.passwords import Passwords
from api.state import ApiState
from config.wiring import Services
from web.site import Site
from workers.tasks import Enqueue

RESOURCES = (
    batches,
    uploads,
    withdrawals,
    received_twice,
    cover_sheets,
    events,
    records,
    record_changes,
    record_pages,
    record_files,
    desk,
    review_desk,
    settled,
    blind,
    policy,
    placing,
    pages,
    rescans,
    search,
    dossier_choices,
    dossiers,
    components,
    dossier_checklist,
    look_up,
    reuse,
    replacing,
    coverage,
    coverage_matrix,
    reports,
    reconciliation,
    exports,
    worklists,
    catalogue,
    indicators,
    stations,
    staff,
    audit,
    session,
    health,
    metrics,
    error_codes,
)

STREAMED = re.compile(r"/api/batches/[^/]+/files/[^/]+|/api/pages/[^/]+/image|/api/dossiers/import")

Pages = Callable[[ApiState], Site]  # how the screens join


def make_app(
    services: Services, enqueue: Enqueue, *, passwords: Passwords | None = None, pages: Pages | None = None
) -> FastAPI:
    """The API over these services. `enqueue` asks for steps; `pages` makes the routes of the screens.

    Nothing is connected yet, and nothing runs besides what requests ask for.
    """
    state = ApiState(services, enqueue, passwords or Passwords())
    app = FastAPI(
        title="sohoa",
        version=VERSION,
        openapi_url="/api/openapi.json",
        docs_url=None,  # FastAPI's own pages load scripts from elsewhere; offices are offline
        redoc_url=None,
        openapi_tags=TAGS,
    )
    app.state.api = state
    for module in RESOURCES:
        app.include_router(module.router)
    if pages is not None:
        site = pages(state)
        app.include_router(site.router, include_in_schema=False)
        app.state.error_page = site.error_page  # turns a refusal outside /api into a page
    add_handlers(app)
    add_openapi(app)
    app.add_middleware(Compressed)
    app.add_middleware(Frame, streamed=STREAMED)
    return app
