"""Life signs."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api.schemas.common import Outgoing


class Health(Outgoing):
    status: Literal["alive"]


class Dependency(Outgoing):
    """Something that the service stands on."""

    name: str = Field(examples=["database"])
    ready: bool
    code: str | None = Field(
        description="What is wrong; see the table of codes.", examples=["database_unavailable"]
    )


class Readiness(Outgoing):
    ready: bool
    parts: list[Dependency]
