"""Whether the process lives, and whether it can work."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter, Response

from api.schemas.health import Dependency, Health, Readiness
from api.state import State
from config.wiring import Services
from records.errors import BackendUnavailable
from workers.broker import check_broker

router = APIRouter(tags=["Operations"])


@router.get("/health", operation_id="health", summary="The process lives")
async def health() -> Health:
    """Answers as long as the process does; asks nothing else."""
    return Health(status="alive")


@router.get(
    "/ready",
    operation_id="ready",
    summary="The service can work",
    responses={
        503: {"model": Readiness, "description": "Something that it stands on is away; `parts` tells which."}
    },
)
def ready(state: State, response: Response) -> Readiness:
    """Database, object store, broker and, where this process reads pages itself, the OCR engine."""
    parts = [_asked(name, check) for name, check in _checks(state.services).items()]
    all_ready = all(part.ready for part in parts)
    response.status_code = 200 if all_ready else 503
    return Readiness(ready=all_ready, parts=parts)


def _checks(services: Services) -> dict[str, Callable[[], object]]:
    settings = services.settings
    checks: dict[str, Callable[[], object]] = {
        "database": services.database.ready,
        "objects": services.objects.ready,
        "broker": lambda: check_broker(settings.broker_url),
    }
    if settings.embedded:
        checks["engine"] = lambda: services.engine
    return checks


def _asked(name: str, check: Callable[[], object]) -> Dependency:
    try:
        check()
    except BackendUnavailable as error:
        return Dependency(name=name, ready=False, code=error.code)
    return Dependency(name=name, ready=True, code=None)
