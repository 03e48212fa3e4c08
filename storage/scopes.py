"""Who may see which rows, as SQL: every query that answers a person carries one of these."""

from __future__ import annotations

from sqlalchemy import ColumnElement, true

from records.staff import Scope


def within(scope: Scope, unit: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether the row's unit lies in the scope; a scope of no units sees nothing."""
    return true() if scope.units is None else unit.in_(sorted(scope.units))
