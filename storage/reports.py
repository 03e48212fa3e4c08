"""What the statutory forms are counted from: dossiers by standing, with the digest of everything that was read.

Counted from the facts of the moment asked for. A dossier belongs to a period when it was received by its end and not
resolved before its begin.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Select,
    and_,
    case,
    false,
    func,
    or_,
    select,
)

from records.coverage import VIETNAM, Period
from records.report import Inputs
from records.tallies import Counts, Group, Standing, Tally, standing_of
from storage.areas import Area
from storage.facts import Facts, facts, procedures_on
from storage.indicator_versions import IndicatorVersions
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
        certified = self.certified(period)
        for area in areas:
            query = grouped(facts(as_of), period, area, min(now, period.end), certified)
            for row in self._connection.execute(query).mappings():
                found.append(tally_of(row, area, row["members"]))
        return tuple(found)

    def inputs(self, period: Period, areas: Sequence[Area], now: datetime, as_of: datetime | None) -> Inputs:
        """The digest of the dossiers, papers and rules that a report of this period is counted from."""
        known = facts(as_of)
        members = [members_of(known, period, area) for area in areas]
        dossiers, dossiers_sha256 = self._digest(_cases_of(known, members))
        papers, papers_sha256 = self._digest(_papers_of(known, members))
        sequence, sealed = self.audit_head(as_of or now)
        catalogue = self._catalogue(as_of or now)
        return Inputs(dossiers, dossiers_sha256, papers, papers_sha256, catalogue, sequence, sealed)

    def certified(self, period: Period) -> list[str]:
        """The certification procedures: a handful, so that no dossier has to look its procedure up."""
        rules = procedures_on(period.last)
        query = select(rules.c.code).where(rules.c.certification).order_by(rules.c.code)
        return list(self._connection.execute(query).scalars())

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

    def _catalogue(self, moment: datetime) -> str:
        """The digest of units, procedures and indicators, with the versions of these that stood at the moment."""
        digest = hashlib.sha256()
        for table in (org_units, successions, procedures, indicators):
            query = select(table).order_by(*table.primary_key.columns)
            for row in self._connection.execute(query):
                digest.update(repr(tuple(row)).encode())
        for version in IndicatorVersions(self._connection).known(moment):
            digest.update(repr(version.figures).encode())
        return digest.hexdigest()


Member = ColumnElement[bool]


def members_of(known: Facts, period: Period, area: Area) -> Member:
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


def counted(known: Facts) -> FromClause:
    return known.cases.join(known.counts, known.counts.c.code == known.cases.c.code)


def _cases_of(known: Facts, members: Sequence[Member]) -> Select[Any]:
    cases, counts = known.cases.c, known.counts.c
    query = select(cases.code, cases.version, counts.version).select_from(counted(known))
    return query.where(or_(false(), *members)).order_by(cases.code)


def _papers_of(known: Facts, members: Sequence[Member]) -> Select[Any]:
    papers = known.papers
    source = counted(known).join(papers, papers.c.dossier_code == known.cases.c.code)
    query = select(papers.c.record, papers.c.version).select_from(source)
    return query.where(or_(false(), *members)).order_by(papers.c.record)


def grouped(
    known: Facts, period: Period, area: Area, moment: datetime, certified: Sequence[str]
) -> Select[Any]:
    """How many dossiers of the period are alike in all that a form asks.

    `moment` is the end of the period, or now if that is earlier.
    """
    counts = known.counts.c
    named = (value.label(name) for name, value in alike(known, period, moment, certified).items())
    keys = [counts.unit, counts.domain, known.cases.c.status, *named]
    query = select(*keys, func.count().label("members")).select_from(counted(known))
    return query.where(members_of(known, period, area)).group_by(*keys)


def alike(
    known: Facts, period: Period, moment: datetime, certified: Sequence[str]
) -> dict[str, ColumnElement[Any]]:
    """What the forms ask of a dossier besides unit, domain and status: numbers, 0 or 1; timing -1 to 1 or empty."""
    cases, counts = known.cases.c, known.counts.c
    flags = {
        "certification": cases.procedure.in_(certified),
        "is_new": cases.received_at >= period.begin,
        "is_done": func.coalesce(cases.resolved_at < period.end, false()),
        "is_past_due": func.coalesce(cases.due_at < _midnight(moment), false()),
        "has_due_date": cases.due_at.is_not(None),
    }
    names = ("needs", "online", "timing", "papers", "has", "reused", "shared")
    numbers: dict[str, ColumnElement[Any]] = {name: counts[name] for name in names}
    return {name: case((condition, 1), else_=0) for name, condition in flags.items()} | numbers


def _midnight(moment: datetime) -> datetime:
    """When the day of a moment began in Viet Nam: what is due on that day is in time until it ends."""
    return moment.astimezone(VIETNAM).replace(hour=0, minute=0, second=0, microsecond=0)


def one_of(row: RowMapping, area: Area) -> Tally:
    """The tally of a single one of these dossiers."""
    return tally_of(row, area, 1)


def tally_of(row: RowMapping, area: Area, members: int) -> Tally:
    domain = None if row["domain"] == UNKNOWN else row["domain"]
    unit = area.shown_under(row["unit"])
    group = Group(unit, domain, bool(row["certification"]), bool(row["needs"]))
    standing = standing_of(row["status"])
    if standing is Standing.NOT_ACCEPTED:
        return Tally(group, Counts(not_accepted=members))
    timing = 0 if standing is Standing.GIVEN_BACK else row["timing"]
    held = _standing(row, timing) | _held(row)
    return Tally(group, Counts(**{name: members for name, holds in held.items() if holds}))


def _standing(row: RowMapping, timing: int | None) -> dict[str, bool]:
    """Where these dossiers stand at the end of the period. Promised is a day: timing is told by days."""
    new, done = bool(row["is_new"]), bool(row["is_done"])
    overdue = not done and bool(row["is_past_due"])
    return {
        "carried": not new,
        "online": new and bool(row["online"]),
        "direct": new and not row["online"],
        "early": done and timing == -1,
        "on_time": done and timing == 0,
        "late": done and timing == 1,
        "in_time": not done and not overdue,
        "overdue": overdue,
        "without_due_date": not row["has_due_date"],
    }


def _held(row: RowMapping) -> dict[str, bool]:
    """What is there as data. Taken from the national store is re-used, and re-used is digitized."""
    new, done, has = bool(row["is_new"]), bool(row["is_done"]), bool(row["has"])
    reused = bool(row["reused"] or row["shared"])
    whole = bool(row["papers"]) and (has or not row["needs"])
    return {
        "with_component": new and (bool(row["papers"]) or reused),
        "reused": new and reused,
        "shared": new and bool(row["shared"]),
        "resolved_with_result": done and has,
        "resolved_digitised": done and whole,
        "with_result": has,
        "digitised": whole,
    }
