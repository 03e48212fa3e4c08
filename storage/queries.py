"""Coverage: digitized ÷ required, counted from the facts each time; nothing here is stored, so nothing drifts.

A dossier counts as digitized once a record that is its result lies in it as a filed PDF/A. Procedures that the
catalogue does not know count as giving a written result and as no certification: unknown never looks better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    select,
    true,
)

from records.coverage import CoverageRow, Grouping, Period
from records.dossier import Dossier
from records.record import Role
from records.staff import Scope
from records.states import RecordState
from storage.cursors import Cursor, Keyset, Slice
from storage.dossiers import read_dossier
from storage.months import month_of
from storage.scopes import within
from storage.tables import dossiers, org_units, procedures, records

UNKNOWN = "?"  # the domain and level of a procedure that the catalogue does not know

_GAP = Keyset((dossiers.c.resolved_at, dossiers.c.code))


class Coverage:
    """Answers how much, where, since when, and which dossiers are missing."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def rows(self, by: Grouping, period: Period, scope: Scope) -> list[CoverageRow]:
        """A row for each key with a dossier received or resolved in the period, ordered by key."""
        known = _procedures_of(period)
        received = self._counted(_received(by, period, scope, known))
        resolved = self._counted(_resolved(by, period, scope, known))
        names = self._names(by)
        none: dict[str, int] = {}
        return [
            _row(key, names.get(key, key), received.get(key, none), resolved.get(key, none))
            for key in sorted(received.keys() | resolved.keys())
        ]

    def gap(
        self, period: Period, scope: Scope, *, after: Cursor | None = None, limit: int = 50
    ) -> Slice[Dossier]:
        """The dossiers that make the rate without certification fall short: resolved, and no result filed."""
        known = _procedures_of(period)
        query = (
            _cases(select(dossiers), known)
            .where(_in(dossiers.c.resolved_at, period), within(scope, dossiers.c.unit))
            .where(_in_scope_of_digitization(known), ~_has_result())
        )
        rows = self._connection.execute(_GAP.apply(query, after, limit)).mappings().all()
        kept, following = _GAP.cut(rows, limit)
        return Slice(tuple(read_dossier(row) for row in kept), following)

    def _counted(self, query: Select[Any]) -> dict[str, dict[str, int]]:
        return {
            row["key"]: {name: int(count or 0) for name, count in row.items() if name != "key"}
            for row in self._connection.execute(query).mappings()
        }

    def _names(self, by: Grouping) -> Mapping[str, str]:
        if by is Grouping.UNIT:
            return _pairs(self._connection.execute(select(org_units.c.code, org_units.c.name)))
        if by is Grouping.PROCEDURE:
            query = select(procedures.c.code, procedures.c.name).order_by(procedures.c.valid_from)
            return _pairs(self._connection.execute(query))
        return {}


def _pairs(rows: Iterable[Any]) -> dict[str, str]:
    return {row[0]: row[1] for row in rows}


def _row(key: str, name: str, received: Mapping[str, int], resolved: Mapping[str, int]) -> CoverageRow:
    return CoverageRow(
        key=key,
        name=name,
        received=received.get("received", 0),
        resolved=resolved.get("resolved", 0),
        required=resolved.get("required", 0),
        digitised=resolved.get("digitised", 0),
        required_with_certification=resolved.get("required_all", 0),
        digitised_with_certification=resolved.get("digitised_all", 0),
        components_required=received.get("components_required", 0),
        components_digitised=received.get("components_digitised", 0),
    )


# --- the parts of the queries ---


def _procedures_of(period: Period) -> Subquery:
    """Each procedure as it was on the last day of the period, or, if it had ended, as it was last."""
    newest = (
        select(procedures.c.code, func.max(procedures.c.valid_from).label("valid_from"))
        .where(procedures.c.valid_from <= period.last)
        .group_by(procedures.c.code)
        .subquery()
    )
    same = and_(procedures.c.code == newest.c.code, procedures.c.valid_from == newest.c.valid_from)
    return select(procedures).join(newest, same).subquery("known")


def _cases(query: Select[Any], known: Subquery) -> Select[Any]:
    return query.select_from(dossiers.outerjoin(known, known.c.code == dossiers.c.procedure))


def _received(by: Grouping, period: Period, scope: Scope, known: Subquery) -> Select[Any]:
    """Dossiers received in the period, and the components that they must and do have digitized."""
    must = case(
        (func.coalesce(known.c.certification, false()), 0),
        else_=func.coalesce(dossiers.c.components_required, 0),
    )
    has = (
        select(func.count())
        .where(records.c.dossier_code == dossiers.c.code, _filed_as(Role.COMPONENT))
        .correlate(dossiers)
        .scalar_subquery()
    )
    key = _key(by, known, dossiers.c.received_at)
    inner = _cases(select(key.label("key"), must.label("must"), has.label("has")), known).where(
        _in(dossiers.c.received_at, period), within(scope, dossiers.c.unit)
    )
    each = inner.subquery()
    done = case((each.c.has < each.c.must, each.c.has), else_=each.c.must)
    return select(
        each.c.key,
        func.count().label("received"),
        func.sum(each.c.must).label("components_required"),
        func.sum(done).label("components_digitised"),
    ).group_by(each.c.key)


def _resolved(by: Grouping, period: Period, scope: Scope, known: Subquery) -> Select[Any]:
    """Dossiers resolved in the period: how many need a written result, and how many have it filed."""
    inner = _cases(
        select(
            _key(by, known, dossiers.c.resolved_at).label("key"),
            _as_number(_in_scope_of_digitization(known)).label("need"),
            _as_number(_needs_result(known)).label("need_all"),
            _as_number(_has_result()).label("has"),
        ),
        known,
    ).where(_in(dossiers.c.resolved_at, period), within(scope, dossiers.c.unit))
    each = inner.subquery()
    return select(
        each.c.key,
        func.count().label("resolved"),
        func.sum(each.c.need).label("required"),
        func.sum(each.c.need * each.c.has).label("digitised"),
        func.sum(each.c.need_all).label("required_all"),
        func.sum(each.c.need_all * each.c.has).label("digitised_all"),
    ).group_by(each.c.key)


def _key(by: Grouping, known: Subquery, moment: ColumnElement[Any]) -> ColumnElement[Any]:
    if by is Grouping.UNIT:
        return dossiers.c.unit
    if by is Grouping.PROCEDURE:
        return dossiers.c.procedure
    if by is Grouping.MONTH:
        return month_of(moment)
    column = known.c.domain if by is Grouping.DOMAIN else known.c.level
    return func.coalesce(column, literal(UNKNOWN))


def _needs_result(known: Subquery) -> ColumnElement[bool]:
    return func.coalesce(known.c.needs_result, true())


def _in_scope_of_digitization(known: Subquery) -> ColumnElement[bool]:
    return and_(
        _needs_result(known),
        ~func.coalesce(known.c.certification, false()),
        ~func.coalesce(known.c.exempt, false()),
    )


def _has_result() -> ColumnElement[bool]:
    return (
        exists().where(records.c.dossier_code == dossiers.c.code, _filed_as(Role.RESULT)).correlate(dossiers)
    )


def _filed_as(role: Role) -> ColumnElement[bool]:
    return and_(records.c.role == role.value, records.c.state == RecordState.FILED.value)


def _in(moment: ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    return and_(moment >= period.begin, moment < period.end)


def _as_number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return case((condition, 1), else_=0)
