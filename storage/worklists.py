"""Worklists counted from the facts, and the assignments of dossiers to sites, which are kept with their history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    FromClause,
    RowMapping,
    Select,
    and_,
    func,
    insert,
    or_,
    select,
    update,
)

from records.coverage import VIETNAM
from records.dossier import ExemptionReason
from records.ids import DossierCode, ProcedureCode, RecordId, UnitCode
from records.record import Role
from records.staff import Scope
from records.states import RecordState
from records.worklist import Assignment, WorkItem, WorklistKind
from storage.cursors import Cursor, Keyset, Slice
from storage.scopes import within
from storage.tables import dossiers, files, pages, records
from storage.tables_coverage import case_facts, dossier_components
from storage.tables_work import assignments

LEAST_DPI = 200

_CURRENT = and_(assignments.c.dossier == dossiers.c.code, assignments.c.ended_at.is_(None))


@dataclass(frozen=True)
class Wanted:
    """Which entries are asked for."""

    scope: Scope
    site: UnitCode | None = None  # only dossiers that this site was asked to digitize
    reason: ExemptionReason | None = None  # only components that are exempt for this reason


@dataclass(frozen=True)
class _List:
    """A worklist as a query, and the order in which it is worked off."""

    query: Callable[[Wanted], Select[Any]]
    order: Keyset


class Worklists:
    """What is to be done, and who was asked to do it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def items(
        self, kind: WorklistKind, wanted: Wanted, *, after: Cursor | None = None, limit: int = 50
    ) -> Slice[WorkItem]:
        """Entries of a list, the urgent first."""
        listed = _LISTS[kind]
        query = listed.order.apply(listed.query(wanted), after, limit)
        rows, following = listed.order.cut(self._connection.execute(query).mappings().all(), limit)
        return Slice(tuple(_item(kind, row) for row in rows), following)

    def count(self, kind: WorklistKind, wanted: Wanted) -> int:
        """How long a list is."""
        query = select(func.count()).select_from(_LISTS[kind].query(wanted).order_by(None).subquery())
        return self._connection.execute(query).scalar_one()

    # --- assignments ---

    def assign(self, dossier: DossierCode, site: UnitCode | None, by: str, at: datetime) -> bool:
        """Ask a site to digitize a dossier, or (None) nobody any more; says whether that is a change."""
        current = self.assigned(dossier)
        if (current.site if current else None) == site:
            return False
        columns = assignments.c
        ended = update(assignments).where(columns.dossier == dossier, columns.ended_at.is_(None))
        self._connection.execute(ended.values(ended_at=at, ended_by=by))
        if site is not None:
            last = select(func.max(columns.version)).where(columns.dossier == dossier)
            version = (self._connection.execute(last).scalar() or 0) + 1
            row = {"dossier": dossier, "version": version, "site": site, "assigned_by": by, "assigned_at": at}
            self._connection.execute(insert(assignments), row)
        return True

    def assigned(self, dossier: DossierCode) -> Assignment | None:
        """The site that is asked to digitize a dossier now."""
        return next((one for one in self.assignments_of(dossier) if one.ended_at is None), None)

    def assignments_of(self, dossier: DossierCode) -> tuple[Assignment, ...]:
        """Everybody who was ever asked, the first first."""
        columns = assignments.c
        query = select(assignments).where(columns.dossier == dossier).order_by(columns.version)
        return tuple(
            Assignment(
                DossierCode(row["dossier"]),
                UnitCode(row["site"]),
                row["assigned_by"],
                row["assigned_at"],
                row["ended_by"],
                row["ended_at"],
            )
            for row in self._connection.execute(query).mappings()
        )


# --- the lists ---


def _dossiers(wanted: Wanted, source: FromClause, *columns: Any) -> Select[Any]:
    """Dossiers with the site that was asked; both the unit that handles one and that site see it."""
    query = select(
        dossiers.c.code.label("dossier"), dossiers.c.unit, dossiers.c.procedure, assignments.c.site, *columns
    )
    query = query.select_from(source.outerjoin(assignments, _CURRENT))
    seen = or_(within(wanted.scope, dossiers.c.unit), within(wanted.scope, assignments.c.site))
    if wanted.scope.units is not None:
        query = query.where(seen)
    return query if wanted.site is None else query.where(assignments.c.site == wanted.site)


def _missing_result(wanted: Wanted) -> Select[Any]:
    known = case_facts.c
    source = case_facts.join(dossiers, dossiers.c.code == known.code)
    query = _dossiers(wanted, source, known.resolved_day.label("day"), known.resolved_day, known.code)
    return query.where(
        known.valid_to.is_(None), known.in_scope == 1, known.has == 0, known.resolved_day.is_not(None)
    )


_FIRST_RESULT = (
    select(records.c.dossier_code, func.min(records.c.filed_at).label("filed_at"))
    .where(records.c.role == Role.RESULT.value, records.c.state == RecordState.FILED.value)
    .group_by(records.c.dossier_code)
    .subquery("first_result")
)


def _late(wanted: Wanted) -> Select[Any]:
    filed = _FIRST_RESULT.c
    source = dossiers.join(_FIRST_RESULT, filed.dossier_code == dossiers.c.code)
    query = _dossiers(
        wanted,
        source,
        dossiers.c.returned_at.label("moment"),
        dossiers.c.returned_at,
        filed.filed_at,
        dossiers.c.code,
    )
    return query.where(dossiers.c.returned_at < filed.filed_at)


def _exempt(wanted: Wanted) -> Select[Any]:
    part = dossier_components.c
    source = dossier_components.join(dossiers, dossiers.c.code == part.dossier)
    query = _dossiers(wanted, source, part.exempt_reason, part.dossier.label("of"), part.component).where(
        part.exempt_reason.is_not(None)
    )
    return query if wanted.reason is None else query.where(part.exempt_reason == wanted.reason.value)


def _papers(wanted: Wanted, source: FromClause, *columns: Any) -> Select[Any]:
    named = (records.c.id.label("record"), records.c.unit, records.c.dossier_code.label("dossier"))
    query = select(*named, *columns).select_from(source).where(within(wanted.scope, records.c.unit))
    if wanted.site is None:
        return query
    current = select(assignments.c.dossier).where(
        assignments.c.site == wanted.site, assignments.c.ended_at.is_(None)
    )
    return query.where(records.c.dossier_code.in_(current))


def _low_resolution(wanted: Wanted) -> Select[Any]:
    """A resolution of 0 is not known, and so no finding."""
    dpi = pages.c.quality["dpi"].as_integer()
    worst = (
        select(pages.c.record, func.min(dpi).label("dpi"))
        .where(dpi > 0, dpi < LEAST_DPI)
        .group_by(pages.c.record)
        .subquery("worst")
    )
    source = records.join(worst, worst.c.record == records.c.id)
    query = _papers(
        wanted, source, records.c.created_at.label("moment"), worst.c.dpi, records.c.created_at, records.c.id
    )
    return query.where(records.c.state != RecordState.DISCARDED.value)


def _unsigned(wanted: Wanted) -> Select[Any]:
    """Only a PDF that arrived signed is its own lasting copy; every other lasting copy was made here, unsigned."""
    arrived = and_(files.c.batch == records.c.batch, files.c.sha256 == records.c.archival_sha256)
    source = records.outerjoin(files, arrived)
    query = _papers(wanted, source, records.c.filed_at.label("moment"), records.c.filed_at, records.c.id)
    return query.where(records.c.state == RecordState.FILED.value, files.c.id.is_(None))


_LISTS = {
    WorklistKind.MISSING_RESULT: _List(
        _missing_result, Keyset((case_facts.c.resolved_day, case_facts.c.code))
    ),
    WorklistKind.LOW_RESOLUTION: _List(_low_resolution, Keyset((records.c.created_at, records.c.id))),
    WorklistKind.UNSIGNED: _List(_unsigned, Keyset((records.c.filed_at, records.c.id))),
    WorklistKind.LATE: _List(_late, Keyset((dossiers.c.returned_at, dossiers.c.code))),
    WorklistKind.EXEMPT: _List(
        _exempt, Keyset((dossier_components.c.dossier, dossier_components.c.component))
    ),
}


def _item(kind: WorklistKind, row: RowMapping) -> WorkItem:
    values = {str(name): value for name, value in row.items()}
    dossier, procedure, record = values.get("dossier"), values.get("procedure"), values.get("record")
    site, reason = values.get("site"), values.get("exempt_reason")
    day = _day(values)
    filed_at = values.get("filed_at") if kind is WorklistKind.LATE else None
    return WorkItem(
        kind=kind,
        unit=UnitCode(values["unit"]),
        day=day,
        dossier=DossierCode(dossier) if dossier else None,
        procedure=ProcedureCode(procedure) if procedure else None,
        record=RecordId(record) if record else None,
        component=values.get("component"),
        reason=ExemptionReason(reason) if reason else None,
        dpi=values.get("dpi"),
        days_late=(local_day(filed_at) - day).days if filed_at and day else None,
        site=UnitCode(site) if site else None,
    )


def _day(values: dict[str, Any]) -> date | None:
    moment = values.get("moment")
    day = values.get("day") if moment is None else local_day(moment)
    assert day is None or isinstance(day, date)
    return day


def local_day(moment: datetime) -> date:
    """The day of a moment in Viet Nam."""
    return moment.astimezone(VIETNAM).date()
