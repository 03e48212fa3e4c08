"""The indicators of Decision 766 with their dated thresholds and points: shown, entered anew, withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Path

from api.auth import Administrator, Auditor, SignedIn
from api.catalogue import On
from api.problems import problems
from api.schemas.indicator import (
    IndicatorEntry,
    IndicatorHistory,
    IndicatorList,
    IndicatorVersionView,
    IndicatorView,
)
from api.state import State
from records.errors import InvalidValue, NotFound, RuleHasBegun, RuleUnchanged, StaleVersion
from workers import indicator_rules

router = APIRouter(tags=["Catalogue"])

IndicatorKey = Annotated[str, Path(max_length=20, description="Number of the indicator: 4.2.")]
VersionKey = Annotated[int, Path(ge=1, le=100_000, description="Number of the version.")]


@router.get("/api/indicators", operation_id="list_indicators", summary="Indicators")
def list_indicators(state: State, caller: SignedIn, on: On = None) -> IndicatorList:
    """The indicators of Decision 766 with threshold and points, from day to day, or those of a day."""
    with state.services.database.snapshot() as tx:
        found = tx.catalogue.indicators(on)
    return IndicatorList(items=[IndicatorView.of(indicator) for indicator in found])


@router.get("/api/indicators/history", operation_id="list_indicator_versions", summary="All entered versions")
def list_indicator_versions(state: State, caller: Auditor) -> IndicatorHistory:
    """Every version that was entered, also what was withdrawn, with who and when, newest first."""
    with state.services.database.snapshot() as tx:
        found = tx.indicator_versions.list()
    today = indicator_rules.today(datetime.now(UTC))
    newest_first = sorted(found, key=lambda one: one.at, reverse=True)
    return IndicatorHistory(items=[IndicatorVersionView.of(one, found, today) for one in newest_first])


@router.post(
    "/api/indicators/{indicator}/versions",
    operation_id="enter_indicator",
    summary="Enter threshold and points",
    status_code=201,
    responses=problems(NotFound, InvalidValue, RuleUnchanged, StaleVersion),
)
def enter_indicator(
    indicator: IndicatorKey, body: IndicatorEntry, state: State, caller: Administrator
) -> IndicatorVersionView:
    """Let a threshold and points count from a day on. Nothing is overwritten: a report of an earlier period keeps the
    rule of its day, and one that was made before can still be verified."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        new = indicator_rules.enter(tx, indicator, actor=caller.actor, now=now, **body.model_dump())
        return IndicatorVersionView.of(new, tx.indicator_versions.list(), indicator_rules.today(now))


@router.delete(
    "/api/indicators/{indicator}/versions/{version}",
    operation_id="withdraw_indicator",
    summary="Withdraw a version",
    responses=problems(NotFound, RuleHasBegun),
)
def withdraw_indicator(
    indicator: IndicatorKey, version: VersionKey, state: State, caller: Administrator
) -> IndicatorVersionView:
    """Take a version back whose day has not come. It stays in the history; doing so again changes nothing."""
    now = datetime.now(UTC)
    with state.services.database.transaction() as tx:
        gone = indicator_rules.withdraw(tx, indicator, version, actor=caller.actor, now=now)
        return IndicatorVersionView.of(gone, tx.indicator_versions.list(), indicator_rules.today(now))
