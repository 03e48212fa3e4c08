"""The dossiers behind a rate that falls short: without a digitized result, or with components that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select

from records.coverage import Line, Period
from records.dossier import Dossier
from records.gap import MissingComponents
from records.record import Role
from storage.areas import Area
from storage.catalogue import Catalogue
from storage.cursors import Cursor, Keyset, Slice
from storage.dossiers import read_dossier
from storage.holdings import Holdings
from storage.lines import on_line
from storage.stated import valid_at
from storage.tables import dossier_history, dossiers
from storage.tables_coverage import case_facts

_BY_RESOLUTION = Keyset((case_facts.c.resolved_day, case_facts.c.code))
_BY_RECEPTION = Keyset((case_facts.c.received_day, case_facts.c.code))


class Gaps:
    """Lists of as many dossiers, or of dossiers that lack as many components, as a figure says."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def results(
        self,
        period: Period,
        areas: Sequence[Area],
        *,
        as_of: datetime | None,
        line: Line | None,
        certification: bool,
        after: Cursor | None,
        limit: int,
    ) -> Slice[Dossier]:
        """Resolved in the period, in need of a result, none filed; with certification, or without."""
        facts = case_facts.c
        counted = facts.needs if certification else facts.in_scope
        query = self._cases(areas, as_of, line).where(
            counted == 1, facts.has == 0, _in(facts.resolved_day, period)
        )
        found = self._connection.execute(_BY_RESOLUTION.apply(query, after, limit)).mappings().all()
        kept, following = _BY_RESOLUTION.cut(found, limit)
        return Slice(tuple(read_dossier(row) for row in kept), following)

    def components(
        self,
        period: Period,
        areas: Sequence[Area],
        *,
        as_of: datetime | None,
        line: Line | None,
        after: Cursor | None,
        limit: int,
    ) -> Slice[MissingComponents]:
        """Received in the period, with components that must be digitized and are not: what they lack adds up to the
        figure. The counts are those of the moment; names and who holds them are as things stand now."""
        facts = case_facts.c
        query = self._cases(areas, as_of, line).where(
            facts.must > facts.done, _in(facts.received_day, period)
        )
        found = self._connection.execute(_BY_RECEPTION.apply(query, after, limit)).mappings().all()
        kept, following = _BY_RECEPTION.cut(found, limit)
        cases = Holdings(self._connection).of([read_dossier(row) for row in kept], Role.COMPONENT)
        return Slice(
            tuple(
                MissingComponents(
                    case.dossier, row["must"], row["done"], case.components, case.holding, case.held_by
                )
                for case, row in zip(cases, kept, strict=True)
            ),
            following,
        )

    def _cases(self, areas: Sequence[Area], as_of: datetime | None, line: Line | None) -> Select[Any]:
        """The dossiers of the areas, each with what it counted for at the moment."""
        table = dossiers if as_of is None else dossier_history
        is_it = [table.c.code == case_facts.c.code]
        if as_of is not None:
            is_it.append(valid_at(dossier_history, as_of))
        units = Catalogue(self._connection).units() if line else ()
        within = [and_(area.holds(case_facts), on_line(line, case_facts, area, units)) for area in areas]
        facts = case_facts.c
        return (
            select(table, facts.resolved_day, facts.received_day, facts.must, facts.done, facts.code)
            .join(case_facts, and_(*is_it))
            .where(_valid(as_of), _any(within))
        )


def _valid(as_of: datetime | None) -> ColumnElement[bool]:
    return case_facts.c.valid_to.is_(None) if as_of is None else valid_at(case_facts, as_of)


def _in(day: ColumnElement[Any], period: Period) -> ColumnElement[bool]:
    return and_(day >= period.first, day < period.last + timedelta(days=1))


def _any(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(false(), *conditions)
