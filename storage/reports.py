"""What the statutory forms are counted from: dossiers by standing, with the digest of everything that was read.

Counted from the facts of the moment asked for. A dossier belongs to a period when it was received by its end and not
resolved before its begin.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, case, false, func, or_, select

from records.coverage import VIETNAM, Period
from records.report import Inputs
from records.tallies import Counts, Group, Standing, Tally, standing_of
from storage.areas import Area
from storage.facts import Facts, facts, procedures_on
from storage.stated import UNKNOWN
from storage.tables import indicators, org_units, procedures, successions
from storage.tables_audit import audit_entries

_CHUNK = 5000


class Reports:
    """Counts for the forms, and what they were counted from. `as_of` None counts from what is known now."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def tallies(
        self, period: Period, areas: Sequence[Area], now: datetime, as_of: datetime | None
    ) -> tuple[Tally, ...]:
        """Counts by unit, domain and what the procedure asks; `now` decides what is overdue before a period ends."""
        found: list[Tally] = []
        for area in areas:
            query = _grouped(facts(as_of), period, area, min(now, period.end))
            for row in self._connection.execute(query).mappings():
                found.append(_tally(dict(row), area))
        return tuple(found)

    def inputs(self, period: Period, areas: Sequence[Area], now: datetime, as_of: datetime | None) -> Inputs:
        """The digest of the dossiers, papers and rules that a report of this period is counted from."""
        known = facts(as_of)
        members = [_members(known, period, area) for area in areas]
        dossiers, dossiers_sha256 = self._digest(_cases_of(known, members))
        papers, papers_sha256 = self._digest(_papers_of(known, members))
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
            digest.update("".join("\t".join(map(str, row)) + "\n" for row in part).encode())
            count += len(part)
        return count, digest.hexdigest()

    def _catalogue(self) -> str:
        digest = hashlib.sha256()
        for table in (org_units, successions, procedures, indicators):
            query = select(table).order_by(*table.primary_key.columns)
            for row in self._connection.execute(query):
                digest.update(repr(tuple(row)).encode())
        return digest.hexdigest()


Member = ColumnElement[bool]


def _members(known: Facts, period: Period, area: Area) -> Member:
    """Whether a dossier belongs to the period and the area."""
    columns = known.cases.c
    return and_(
        area.holds(known.counts),
        columns.received_at < period.end,
        or_(
            columns.received_at >= period.begin,
            columns.resolved_at.is_(None),
            columns.resolved_at >= period.begin,
        ),
    )


def _counted(known: Facts) -> FromClause:
    return known.cases.join(known.counts, known.counts.c.code == known.cases.c.code)


def _cases_of(known: Facts, members: Sequence[Member]) -> Select[Any]:
    cases, counts = known.cases.c, known.counts.c
    query = select(cases.code, cases.version, counts.version).select_from(_counted(known))
    return query.where(or_(false(), *members)).order_by(cases.code)


def _papers_of(known: Facts, members: Sequence[Member]) -> Select[Any]:
    papers = known.papers
    source = _counted(known).join(papers, papers.c.dossier_code == known.cases.c.code)
    query = select(papers.c.record, papers.c.version).select_from(source)
    return query.where(or_(false(), *members)).order_by(papers.c.record)


def _grouped(known: Facts, period: Period, area: Area, moment: datetime) -> Select[Any]:
    """Dossiers of the period in groups; the status stays a key, for what it says is told in Python."""
    rules = procedures_on(period.last)
    keys = [
        known.counts.c.unit.label("unit"),
        known.counts.c.domain.label("domain"),
        func.coalesce(rules.c.certification, false()).label("certification"),
        known.counts.c.needs.label("needs_result"),
        known.cases.c.status.label("status"),
    ]
    sums = _standings(known, period, moment) | _papers_held(known, period)
    numbers = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in sums.items()]
    source = _counted(known).outerjoin(rules, rules.c.code == known.cases.c.procedure)
    query = select(*keys, func.count().label("members"), *numbers).select_from(source)
    return query.where(_members(known, period, area)).group_by(*keys)


def _standings(known: Facts, period: Period, moment: datetime) -> dict[str, Member]:
    """Where each dossier stands at the end of the period; `moment` is that end, or now when it is still to come.

    Promised is a day: early, on time and late are told by days.
    """
    columns, timing = known.cases.c, known.counts.c.timing
    new, online = columns.received_at >= period.begin, known.counts.c.online == 1
    done = _done(known, period)
    overdue = and_(~done, func.coalesce(columns.due_at < _midnight(moment), false()))
    return {
        "carried": ~new,
        "online": and_(new, online),
        "direct": and_(new, ~online),
        "early": and_(done, timing == -1),
        "on_time": and_(done, timing == 0),
        "late": and_(done, timing == 1),
        "in_time": and_(~done, ~overdue),
        "overdue": overdue,
        "without_due_date": columns.due_at.is_(None),
    }


def _done(known: Facts, period: Period) -> Member:
    return func.coalesce(known.cases.c.resolved_at < period.end, false())


def _midnight(moment: datetime) -> datetime:
    """When the day of a moment began in Viet Nam: what is due on that day is in time until it ends."""
    return moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


def _papers_held(known: Facts, period: Period) -> dict[str, Member]:
    """What is there as data. Taken from the national store is re-used, and re-used is digitized."""
    counts, new, done = known.counts.c, known.cases.c.received_at >= period.begin, _done(known, period)
    reused, shared = counts.reused == 1, counts.shared == 1
    whole = and_(counts.papers == 1, or_(counts.has == 1, counts.needs == 0))
    return {
        "with_component": and_(new, or_(counts.papers == 1, reused, shared)),
        "reused": and_(new, or_(reused, shared)),
        "shared": and_(new, shared),
        "resolved_with_result": and_(done, counts.has == 1),
        "resolved_digitised": and_(done, whole),
        "with_result": counts.has == 1,
        "digitised": whole,
    }


def _tally(row: dict[str, Any], area: Area) -> Tally:
    unit, domain = area.shown_under(row.pop("unit")), row.pop("domain")
    certification, needs_result = bool(row.pop("certification")), bool(row.pop("needs_result"))
    group = Group(unit, None if domain == UNKNOWN else domain, certification, needs_result)
    standing, members = standing_of(row.pop("status")), row.pop("members")
    if standing is Standing.NOT_ACCEPTED:
        return Tally(group, Counts(not_accepted=members))
    counts = {name: int(value or 0) for name, value in row.items()}
    if standing is Standing.GIVEN_BACK:
        counts["on_time"] += counts["early"] + counts["late"]
        counts["early"] = counts["late"] = 0
    return Tally(group, Counts(**counts))
