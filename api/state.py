"""What every handler can ask for: the services and what the API itself keeps in memory."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, Request

from api.pace import Pace
from api.passwords import Passwords
from api.previews import Previews
from api.sightings import Sightings
from config.wiring import Services
from workers.tasks import Enqueue


@dataclass(frozen=True)
class ApiState:
    """Made once by the application factory."""

    services: Services
    enqueue: Enqueue
    passwords: Passwords
    previews: Previews = field(default_factory=Previews)
    sightings: Sightings = field(default_factory=Sightings)
    pace: Pace = field(default_factory=Pace)
    stopping: threading.Event = field(default_factory=threading.Event)  # ends what would keep a stop waiting


def state_of(request: Request) -> ApiState:
    state = request.app.state.api
    assert isinstance(state, ApiState)
    return state


State = Annotated[ApiState, Depends(state_of)]
