"""The acceptance policy as people see and change it."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Code, Incoming, Next, Outgoing
from records.acceptance import AcceptanceMode, EvidenceSource, Policy, Threshold

Share = Field(ge=0, le=1)


class ThresholdView(Outgoing):
    """From which confidence a field of a type is accepted, and what that rests on."""

    field: str = Field(description="A field, or `document_type` or `dossier`.", examples=["number_symbol"])
    document_type: str = Field(description="A code; `*`: all types without enough evidence of their own.")
    confidence: float
    checked: int = Field(description="Values at or above it that somebody has checked.")
    wrong: int
    limit: float = Field(description="The rate of wrong ones lies under this, with the policy's certainty.")
    share: float = Field(description="Of accepted values that are checked again, blind.")
    source: EvidenceSource
    stopped: bool = Field(description="The promise was broken: nothing is accepted until it is fitted again.")

    @classmethod
    def of(cls, threshold: Threshold) -> ThresholdView:
        return cls(**{name: getattr(threshold, name) for name in cls.model_fields})


class PolicyView(Outgoing):
    """What is accepted without a look from `at` on."""

    version: int = Field(description="0: none was ever fitted; nothing is accepted.")
    at: datetime
    actor: str
    reason: str = Field(description="default, fitted, changed or stopped")
    bound: float = Field(description="The promised rate of wrong accepted values.")
    certainty: float = Field(description="Of the promise, one-sided.")
    mode: AcceptanceMode
    second: dict[str, float] = Field(
        description="Field → share of confirmed values that a second person checks, blind; `*`: every field."
    )
    always: list[str] = Field(description="Fields that a person always looks at, whatever the evidence.")
    thresholds: list[ThresholdView]

    @classmethod
    def of(cls, policy: Policy) -> PolicyView:
        names = ("version", "at", "actor", "reason", "bound", "certainty", "mode")
        return cls(
            **{name: getattr(policy, name) for name in names},
            second=dict(policy.second or {}),
            always=list(policy.always),
            thresholds=[ThresholdView.of(one) for one in policy.thresholds],
        )


class PolicyList(Outgoing):
    items: list[PolicyView]
    next: Next


class PolicyFit(Incoming):
    """How the policy is fitted."""

    since_days: int = Field(
        365, ge=1, le=3650, description="Only what was confirmed in the last so many days."
    )


class PolicyChange(Incoming):
    """What is to be different; the rest stays. A stricter promise ends thresholds that do not keep it."""

    bound: float | None = Field(None, ge=0.0001, le=0.2)
    certainty: float | None = Field(None, ge=0.5, lt=1)
    mode: AcceptanceMode | None = None
    second: dict[Code, float] | None = Field(None, max_length=100)
    always: list[Code] | None = Field(
        None,
        max_length=100,
        description="Fields that are never accepted without a look; takes the list's place.",
    )
    based_on: int | None = Field(
        None,
        ge=0,
        description="The version that was seen; refused with `stale_version` when it counts no more.",
    )
