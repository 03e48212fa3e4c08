"""What was known at a moment: dossiers, what they count for, and filed papers, as they are or as the history says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import FromClause, Subquery, select

from records.states import RecordState
from storage.stated import valid_at
from storage.tables import dossier_history, dossiers, record_history, records
from storage.tables_coverage import case_facts
from storage.unindexed import unindexed


@dataclass(frozen=True, slots=True)
class Facts:
    """Tables to count from, with the same columns for every moment."""

    cases: FromClause  # a dossier each: code, version
    counts: FromClause  # a dossier each: what it counts for, see storage.tables_coverage
    papers: FromClause  # a filed record each: record, version, dossier_code, role


def facts(as_of: datetime | None) -> Facts:
    """The facts as they are now (None), or as they were known at a moment."""
    if as_of is None:
        counts = select(case_facts).where(case_facts.c.valid_to.is_(None)).subquery("counts")
        return Facts(select(dossiers.c.code, dossiers.c.version).subquery("cases"), counts, _papers_now())
    counts = select(case_facts).where(valid_at(case_facts, as_of)).subquery("counts")
    return Facts(_cases(as_of), counts, _papers(as_of))


def _cases(moment: datetime) -> Subquery:
    columns = dossier_history.c
    return select(columns.code, columns.version).where(valid_at(dossier_history, moment)).subquery("cases")


def _papers_now() -> Subquery:
    columns = records.c
    return (
        select(columns.id.label("record"), columns.version, columns.dossier_code, columns.role)
        .where(unindexed(columns.state) == RecordState.FILED.value, columns.dossier_code.is_not(None))
        .subquery("papers")
    )


def _papers(moment: datetime) -> Subquery:
    """Records whose newest version of that moment is filed."""
    columns, later = record_history.c, record_history.alias("later")
    newer = (
        select(later.c.record)
        .where(later.c.record == columns.record, later.c.version > columns.version, later.c.at <= moment)
        .exists()
    )
    return (
        select(columns.record, columns.version, columns.dossier_code, columns.role)
        .where(columns.at <= moment, columns.state == RecordState.FILED.value)
        .where(columns.dossier_code.is_not(None), ~newer)
        .subquery("papers")
    )
