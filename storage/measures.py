"""What is counted, in one place: each measure as an expression over case_facts, by the day that it belongs to."""

from __future__ import annotations

from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, case, literal, or_


class Axis(Enum):
    """Which of a dossier's days decides into which period it falls."""

    RECEIVED = "received_day"
    RESOLVED = "resolved_day"


def measures(axis: Axis, facts: FromClause) -> dict[str, ColumnElement[int]]:
    """The measures of this axis for one row of facts, under the names of records.coverage.CoverageRow."""
    c = facts.c
    one = literal(1, literal_execute=True)
    if axis is Axis.RECEIVED:
        return {
            "received": one,
            "received_online": c.online,
            "components_required": c.must,
            "components_digitised": c.done,
            "with_component": c.papers,
            "reused": c.reused,
            "shared": c.shared,
        }
    return {
        "resolved": one,
        "early": _number(c.timing == -1),
        "on_time": _number(c.timing == 0),
        "late": _number(c.timing == 1),
        "required": c.in_scope,
        "digitised": c.in_scope * c.has,
        "required_with_certification": c.needs,
        "digitised_with_certification": c.needs * c.has,
        "complete": _number(and_(c.papers == 1, or_(c.has == 1, c.needs == 0))),
    }


def _number(condition: ColumnElement[Any]) -> ColumnElement[int]:
    return case((condition, literal(1, literal_execute=True)), else_=literal(0, literal_execute=True))
