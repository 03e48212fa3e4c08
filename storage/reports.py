"""What the statutory forms are counted from: dossiers by standing, with the digest of everything that was read.

Counted from the facts of the moment asked for. A dossier belongs to a period when it was received by its end and not
resolved before its begin.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    true,
)

from records.coverage import VIETNAM, Period
from records.dossier import Channel
from records.ids import UnitCode
from records.record import Role
from records.report import Inputs
from records.staff import Scope
from records.tallies import Counts, Group, Standing, Tally, standing_of
from storage.days import day_of
from storage.facts import Facts, dossiers_with, facts, procedures_on
from storage.scopes import within
from storage.tables import indicators, org_units, procedures, successions
from storage.tables_audit import audit_entries

_CHUNK = 5000


class Reports:
    """Counts for the forms, and what they were counted from."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tallies(
        self, period: Period, scope: Scope, now: datetime, as_of: datetime | None, *, papers: bool
    ) -> tuple[Tally, ...]:
        """Counts by unit, domain and what the procedure asks. Without `papers`, what needs them stays 0.

        `now` decides what is overdue when the period has not ended; `as_of` None counts from what is known now.
        """
        query = _grouped(facts(as_of), period, scope, min(now, period.end), papers)
        rows = self._connection.execute(query).mappings()
        return tuple(_tally(dict(row)) for row in rows)

    def inputs(self, period: Period, scope: Scope, as_of: datetime | None, now: datetime) -> Inputs:
        """The digest of the dossiers, papers and rules that a report of this period is counted from."""
        known = facts(as_of)
        cases = known.cases
        members = select(cases.c.code, cases.c.version).where(*_members(cases, period, scope))
        dossiers, dossiers_sha256 = self._digest(members.order_by(cases.c.code))
        papers, papers_sha256 = self._digest(_papers_of(known, period, scope))
        sequence, sealed = self.audit_head(as_of or now)
        return Inputs(dossiers, dossiers_sha256, papers, papers_sha256, self._catalogue(), sequence, sealed)

    def audit_head(self, moment: datetime) -> tuple[int, str]:
        """Number and hash of the newest entry of the audit trail at a moment; (0, "") when there is none."""
        columns = audit_entries.c
        query = select(columns.sequence, columns.hash).where(columns.at <= moment)
        row = self._connection.execute(query.order_by(columns.sequence.desc()).limit(1)).first()
        return (0, "") if row is None else (row[0], row[1])

    def _digest(self, query: Select[Any]) -> tuple[int, str]:
        digest, count = hashlib.sha256(), 0
        rows = self._connection.execute(query, execution_options={"yield_per": _CHUNK})
        for part in rows.partitions(_CHUNK):
            digest.update("".join(f"{key}\t{version}\n" for key, version in part).encode())
            count += len(part)
        return count, digest.hexdigest()

    def _catalogue(self) -> str:
        digest = hashlib.sha256()
        for table in (org_units, successions, procedures, indicators):
            query = select(table).order_by(*table.primary_key.columns)
            for row in self._connection.execute(query):
                digest.update(repr(tuple(row)).encode())
        return digest.hexdigest()


def _members(cases: FromClause, period: Period, scope: Scope) -> tuple[ColumnElement[bool], ...]:
    columns = cases.c
    return (
        within(scope, columns.unit),
        columns.received_at < period.end,
        or_(
            columns.received_at >= period.begin,
            columns.resolved_at.is_(None),
            columns.resolved_at >= period.begin,
        ),
    )


def _papers_of(known: Facts, period: Period, scope: Scope) -> Select[Any]:
    cases, papers = known.cases, known.papers
    same = papers.c.dossier_code == cases.c.code
    query = select(papers.c.record, papers.c.version).select_from(papers.join(cases, same))
    return query.where(*_members(cases, period, scope)).order_by(papers.c.record)


def _grouped(known: Facts, period: Period, scope: Scope, moment: datetime, papers: bool) -> Select[Any]:
    """Dossiers of the period in groups; the status stays a key, for what it says is told in Python."""
    cases, rules = known.cases, procedures_on(period.last)
    source = cases.outerjoin(rules, rules.c.code == cases.c.procedure)
    keys = [
        cases.c.unit.label("unit"),
        rules.c.domain.label("domain"),
        func.coalesce(rules.c.certification, false()).label("certification"),
        func.coalesce(rules.c.needs_result, true()).label("needs_result"),
        cases.c.status.label("status"),
    ]
    sums = _standings(cases, period, moment)
    if papers:
        results = dossiers_with(known.papers, Role.RESULT, "results")
        components = dossiers_with(known.papers, Role.COMPONENT, "components")
        source = source.outerjoin(results, results.c.code == cases.c.code)
        source = source.outerjoin(components, components.c.code == cases.c.code)
        needs = func.coalesce(rules.c.needs_result, true())
        sums |= _papers_held(cases, period, needs, results.c.code, components.c.code)
    counted = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in sums.items()]
    query = select(*keys, func.count().label("members"), *counted).select_from(source)
    return query.where(*_members(cases, period, scope)).group_by(*keys)


def _standings(cases: FromClause, period: Period, moment: datetime) -> dict[str, ColumnElement[bool]]:
    """Where each dossier stands at the end of the period; `moment` is that end, or now when it is still to come.

    Promised is a day: early, on time and late are told by days.
    """
    columns = cases.c
    new = columns.received_at >= period.begin
    online = func.coalesce(columns.channel, literal("")) == Channel.ONLINE.value
    done = func.coalesce(columns.resolved_at < period.end, false())
    late = and_(done, func.coalesce(day_of(columns.resolved_at) > day_of(columns.due_at), false()))
    early = and_(done, func.coalesce(day_of(columns.resolved_at) < day_of(columns.due_at), false()))
    overdue = and_(~done, func.coalesce(columns.due_at < _midnight(moment), false()))
    return {
        "carried": ~new,
        "online": and_(new, online),
        "direct": and_(new, ~online),
        "early": early,
        "on_time": and_(done, ~early, ~late),
        "late": late,
        "in_time": and_(~done, ~overdue),
        "overdue": overdue,
        "without_due_date": columns.due_at.is_(None),
    }


def _midnight(moment: datetime) -> datetime:
    """When the day of a moment began in Viet Nam: what is due on that day is in time until it ends."""
    return moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


def _papers_held(
    cases: FromClause,
    period: Period,
    needs: ColumnElement[bool],
    result: ColumnElement[Any],
    component: ColumnElement[Any],
) -> dict[str, ColumnElement[bool]]:
    new = cases.c.received_at >= period.begin
    done = func.coalesce(cases.c.resolved_at < period.end, false())
    has_result, has_component = result.is_not(None), component.is_not(None)
    whole = and_(has_component, or_(has_result, ~needs))
    return {
        "with_component": and_(new, has_component),
        "resolved_with_result": and_(done, has_result),
        "resolved_digitised": and_(done, whole),
        "with_result": has_result,
        "digitised": whole,
    }


def _tally(row: dict[str, Any]) -> Tally:
    domain = row.pop("domain")
    group = Group(
        UnitCode(row.pop("unit")), domain, bool(row.pop("certification")), bool(row.pop("needs_result"))
    )
    standing, members = standing_of(row.pop("status")), row.pop("members")
    if standing is Standing.NOT_ACCEPTED:
        return Tally(group, Counts(not_accepted=members))
    counts = {name: int(value or 0) for name, value in row.items()}
    if standing is Standing.GIVEN_BACK:
        counts["on_time"] += counts["early"] + counts["late"]
        counts["early"] = counts["late"] = 0
    return Tally(group, Counts(**counts))
