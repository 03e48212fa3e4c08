"""The one form of every refusal: problem+json (RFC 9457)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class WrongPart(BaseModel):
    """A part of the request that does not fit."""

    where: str = Field(description="Path to the part, parted by dots.", examples=["body.files.0.sha256"])
    reason: str = Field(examples=["String should match pattern '^[0-9a-fA-F]{64}$'"])


class Problem(BaseModel):
    """Why a request was refused and what to do next. Further members carry the facts of the code."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: str = Field(description="Link to the code's documentation.", examples=["/docs/errors#not_found"])
    title: str = Field(description="What the code means.")
    status: int = Field(ge=400, le=599)
    code: str = Field(
        description="Stable name of the situation; see the table of codes.", examples=["not_found"]
    )
    detail: str = Field(description="This case, for people; never a document's text or a person's data.")
    advice: str = Field(description="What to do next.")
    instance: str = Field(description="Id of this request, as in the service's log.", examples=["urn:uuid:…"])
    wrong: list[WrongPart] | None = Field(None, description="With invalid_value: which parts do not fit.")
