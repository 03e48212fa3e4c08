"""Indicators with the threshold and points of their days, and the versions that people entered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from api.schemas.common import Incoming, Outgoing, ShortText
from records.indicator_versions import MOST_POINTS, IndicatorVersion, RuleStatus, status_of
from records.procedure import Indicator

Threshold = Annotated[
    float | None,
    Field(gt=0, le=1, description="Share for full points, 0 … 1; null: not given, nothing is scored."),
]


class IndicatorView(Outgoing):
    id: str = Field(examples=["4.1"])
    group: str
    name: str
    threshold: float | None = Field(description="Share for full points, 0 … 1; null: not given.")
    max_points: float | None
    valid_from: date | None = Field(description="null: not known, since ever.")
    valid_to: date | None = Field(description="The last day; null: still in force.")

    @classmethod
    def of(cls, indicator: Indicator) -> IndicatorView:
        return cls(**{name: getattr(indicator, name) for name in cls.model_fields})


class IndicatorList(Outgoing):
    items: list[IndicatorView]


class IndicatorEntry(Incoming):
    """A threshold and points that count from a day on."""

    valid_from: date = Field(description="The first day; it may lie in the past.")
    threshold: Threshold = None
    max_points: float | None = Field(None, ge=0, le=MOST_POINTS)
    source: Annotated[ShortText, Field(min_length=1, description="The decision that says so.")]


class IndicatorVersionView(Outgoing):
    """A version as it was entered, and what has become of it."""

    indicator: str
    version: int
    valid_from: date
    threshold: float | None
    max_points: float | None
    source: str
    at: datetime = Field(description="When it was entered.")
    actor: str
    withdrawn_at: datetime | None
    withdrawn_by: str | None
    status: RuleStatus = Field(
        description="planned, in_force, past, replaced (another one was entered for the same day) or withdrawn"
    )

    @classmethod
    def of(
        cls, one: IndicatorVersion, among: Sequence[IndicatorVersion], today: date
    ) -> IndicatorVersionView:
        parts = {name: getattr(one, name) for name in one.__dataclass_fields__}
        return cls(**parts, status=status_of(one, among, today))


class IndicatorHistory(Outgoing):
    items: list[IndicatorVersionView]
