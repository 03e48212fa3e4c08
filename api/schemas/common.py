"""Bases and small types that all schemas share."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from records.vietnamese import normalised


class Incoming(BaseModel):
    """Data from outside: nothing unknown is let in."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Outgoing(BaseModel):
    """Data that is shown."""

    model_config = ConfigDict(frozen=True, use_enum_values=True)


def printable(untrusted: str) -> str:
    """Text that every database can hold: NFC, no control characters, no halves of characters."""
    if any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) <= 0xDFFF for c in untrusted):
        raise ValueError("control characters are not allowed")
    return normalised(untrusted).strip()


Text = Annotated[str, AfterValidator(printable)]
ShortText = Annotated[Text, Field(max_length=200)]
Code = Annotated[Text, Field(min_length=1, max_length=64)]
Sha256Hex = Annotated[
    str,
    Field(
        pattern=r"^[0-9a-fA-F]{64}$",
        description="SHA-256 in hexadecimal",
        examples=["9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ),
]
Confidence = Annotated[float, Field(ge=0, le=1, description="0 (a guess) … 1 (sure)")]
Next = Annotated[
    str | None, Field(description="Pass it as `after` to get what follows; null: this was the end.")
]
