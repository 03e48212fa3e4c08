"""Coverage: digitized ÷ required, now and as of any past moment, and the dossiers that are missing.

A dossier counts as digitized once a record that is its result lies in it as a filed PDF/A. What each dossier counts for
stands in case_facts (see storage.stated for the rules), with its history, and storage.counting adds it up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from records.coverage import VIETNAM, CoverageRow, Grouping, Line, Period
from records.dossier import Dossier, ResultState
from records.forecast import TrendPoint
from records.gap import MissingCase, MissingComponents
from records.ids import DossierCode, UnitCode
from records.org_unit import agencies
from records.staff import Scope
from storage.areas import Area, as_it_was, mapped
from storage.catalogue import Catalogue
from storage.counting import UNITS, counts
from storage.cursors import Cursor, Slice
from storage.gaps import Gaps
from storage.holdings import Holdings
from storage.tables import procedures, staff, stations
from storage.tables_coverage import MEASURES, case_facts
from storage.trend import trend

Counts = dict[str, Counter[str]]  # measures by key


class Coverage:
    """Answers how much, where, since when, and which dossiers are missing.

    `as_of` asks what the answer was at that moment; `mapped` puts every dossier under the unit that answers for it
    at that moment (else: now), and takes the scope as one of those units.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._catalogue = Catalogue(connection)

    def rows(
        self,
        by: Grouping,
        period: Period,
        scope: Scope,
        *,
        as_of: datetime | None = None,
        mapped: bool = False,
    ) -> list[CoverageRow]:
        """A row for each key with a dossier received or resolved in the period, ordered by key."""
        found: Counts = {}
        answering = agencies(self._catalogue.units()) if by is Grouping.AGENCY else {}
        moves = mapped and (by in UNITS or scope.units is not None)  # the whole stays the whole
        for area in self.areas(scope, as_of=as_of, mapped=moves):
            shown = _shown(by, area, answering)
            for row in self._connection.execute(counts(by, period, area, as_of)).mappings():
                measured = {name: int(row[name]) for name in MEASURES}
                found.setdefault(shown(str(row["key"])), Counter()).update(measured)
        names = self._names(by)
        return [
            CoverageRow(
                key, names.get(_unit_of(by, key), key), **{name: found[key][name] for name in MEASURES}
            )
            for key in sorted(found)
            if found[key]["received"] or found[key]["resolved"]
        ]

    def gap(
        self,
        period: Period,
        scope: Scope,
        *,
        as_of: datetime | None = None,
        mapped: bool = False,
        line: Line | None = None,
        certification: bool = False,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Slice[Dossier]:
        """The dossiers that make a rate fall short, of the whole table or of one line: resolved, no result filed.

        The rate is the one without certification, or with it.
        """
        areas = self.areas(scope, as_of=as_of, mapped=mapped)
        return Gaps(self._connection).results(
            period, areas, as_of=as_of, line=line, certification=certification, after=after, limit=limit
        )

    def component_gap(
        self,
        period: Period,
        scope: Scope,
        *,
        as_of: datetime | None = None,
        mapped: bool = False,
        line: Line | None = None,
        after: Cursor | None = None,
        limit: int = 50,
    ) -> Slice[MissingComponents]:
        """The dossiers that make the components' rate fall short, each with how many it lacks at that moment."""
        areas = self.areas(scope, as_of=as_of, mapped=mapped)
        return Gaps(self._connection).components(
            period, areas, as_of=as_of, line=line, after=after, limit=limit
        )

    def result_of(self, code: DossierCode) -> ResultState:
        """Where the result of a dossier stands, by what it counts for now."""
        query = select(case_facts.c.has, case_facts.c.in_scope, case_facts.c.resolved_day).where(
            case_facts.c.code == code, case_facts.c.valid_to.is_(None)
        )
        has, in_scope, resolved_day = self._connection.execute(query).one()
        return ResultState.of(filed=bool(has), required=bool(in_scope), resolved=resolved_day is not None)

    def missing(self, cases: Sequence[Dossier]) -> tuple[MissingCase, ...]:
        """What each dossier of a part of the gap lacks, and who holds it, as things stand now."""
        return Holdings(self._connection).of(cases)

    def trend(
        self,
        period: Period,
        scope: Scope,
        *,
        weeks: int = 12,
        as_of: datetime | None = None,
        mapped: bool = False,
    ) -> list[TrendPoint]:
        """Coverage without certification at the end of each of the last weeks and now, oldest first."""
        areas = self.areas(scope, as_of=as_of, mapped=mapped)
        return trend(self._connection, period, areas, weeks, as_of or datetime.now(VIETNAM))

    def areas(self, scope: Scope, *, as_of: datetime | None, mapped: bool) -> list[Area]:
        """The dossiers that a question is about."""
        if not mapped:
            return as_it_was(scope)
        return self._mapped(scope, as_of)

    def _mapped(self, scope: Scope, as_of: datetime | None) -> list[Area]:
        today = (as_of or datetime.now(VIETNAM)).astimezone(VIETNAM).date()
        units = [unit.code for unit in self._catalogue.units()]
        return mapped(scope, units, self._catalogue.successions_in_force(today, as_of))

    def _names(self, by: Grouping) -> Mapping[str, str]:
        if by in UNITS:
            return {unit.code: unit.name for unit in self._catalogue.units()}
        query = _NAMES.get(by)
        return {} if query is None else {row[0]: row[1] for row in self._connection.execute(query)}


_NAMES: dict[Grouping, Select[Any]] = {
    Grouping.PROCEDURE: select(procedures.c.code, procedures.c.name).order_by(procedures.c.valid_from),
    Grouping.STATION: select(stations.c.id, stations.c.name),
    Grouping.OFFICER: select(staff.c.id, staff.c.name),
}


def _shown(by: Grouping, area: Area, answering: Mapping[UnitCode, UnitCode]) -> Callable[[str], str]:
    """How the key of a count is shown: days as their week or month, units as those that answer for them."""
    if by is Grouping.MONTH:
        return lambda key: key[:7]
    if by is Grouping.WEEK:
        return lambda key: "{}-W{:02}".format(*date.fromisoformat(key).isocalendar()[:2])
    if by is Grouping.UNIT:
        return area.shown_under
    if by is Grouping.UNIT_MONTH:
        return lambda key: f"{area.shown_under(key.rpartition('/')[0])}/{key.rpartition('/')[2][:7]}"
    if by is Grouping.AGENCY:
        return lambda key: answering.get(area.shown_under(key), area.shown_under(key))
    return str


def _unit_of(by: Grouping, key: str) -> str:
    """What names a line: of a unit in a month the unit, else the key itself."""
    return key.rpartition("/")[0] if by is Grouping.UNIT_MONTH else key
