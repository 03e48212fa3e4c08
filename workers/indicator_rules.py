"""Thresholds and points of indicators, entered as dated versions and withdrawn before they begin."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from records.coverage import VIETNAM
from records.errors import NotFound
from records.indicator_versions import IndicatorVersion, checked
from records.procedure import Indicator
from storage.database import Transaction


def enter(
    tx: Transaction,
    indicator: str,
    valid_from: date,
    *,
    threshold: float | None,
    max_points: float | None,
    source: str,
    actor: str,
    now: datetime,
) -> IndicatorVersion:
    """Let other figures count from a day on; what was entered before stays, and so do reports made by it.

    Raises NotFound, InvalidValue, RuleUnchanged, or StaleVersion when somebody else did so at the same time.
    """
    _known(tx, indicator)
    before = next((one for one in tx.catalogue.indicators(valid_from) if one.id == indicator), None)
    number = sum(one.indicator == indicator for one in tx.indicator_versions.list()) + 1
    new = IndicatorVersion(indicator, number, valid_from, threshold, max_points, source.strip(), now, actor)
    tx.indicator_versions.add(checked(new, before))
    said: dict[str, object] = {
        "version": number,
        "valid_from": valid_from.isoformat(),
        "threshold": threshold,
        "max_points": max_points,
        "source": new.source,
    }
    tx.audit.append(actor, "indicator.entered", indicator, said, now)
    return new


def withdraw(tx: Transaction, indicator: str, version: int, *, actor: str, now: datetime) -> IndicatorVersion:
    """Take a version back whose day has not come; doing so again changes nothing.

    Raises NotFound, or RuleHasBegun.
    """
    found = tx.indicator_versions.get(indicator, version)
    gone = found.withdrawn(actor, now, today(now))
    if gone is not found:
        tx.indicator_versions.withdraw(gone)
        tx.audit.append(actor, "indicator.withdrawn", indicator, {"version": version}, now)
    return gone


def today(now: datetime) -> date:
    """The day that it is in Viet Nam."""
    return now.astimezone(VIETNAM).date()


def _known(tx: Transaction, indicator: str) -> None:
    if not any(one.id == indicator for one in scored(tx.catalogue.indicators())):
        raise NotFound("there is no indicator of this number")


def scored(indicators: Sequence[Indicator]) -> list[Indicator]:
    """The indicators themselves; a row with a name for a number is the sum of a group."""
    return [one for one in indicators if one.id[:1].isdigit()]
