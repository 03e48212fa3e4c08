"""The recount: what is kept to answer quickly, compared with what case data, papers and components say.

It shares the rules of what a dossier counts for (storage.stated) and nothing else: no kept fact and no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.sql.selectable import Subquery

from records.coverage import VIETNAM, Grouping, Period
from records.staff import WHOLE_OFFICE
from records.tallies import Counts, Tally
from storage.areas import as_it_was
from storage.case_facts import CaseFacts, same_facts
from storage.form_tallies import Cuts, together
from storage.measures import Axis, measures
from storage.queries import Coverage
from storage.report_rows import grouped, tally_of
from storage.reports import Reports
from storage.standings import standings_of
from storage.stated import stated, valid_at
from storage.sums import Sums
from storage.tables_coverage import MEASURES, case_facts

ALWAYS = Period(date(1900, 1, 1), date(2200, 12, 31))
_BY = (
    Grouping.UNIT,
    Grouping.PROCEDURE,
    Grouping.DOMAIN,
    Grouping.LEVEL,
    Grouping.CHANNEL,
    Grouping.STATION,
    Grouping.OFFICER,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is kept and something that is so, which should be the same."""

    what: str  # "dossier", "form", or by what a figure of coverage is broken down
    key: str  # the dossier's code, or the figure's key and measure
    kept: int | None
    counted: int | None


class Recount:
    """Counts again from the facts themselves. Slow on purpose: it reads everything."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._coverage = Coverage(connection)

    def differences(self, as_of: datetime | None = None) -> list[Difference]:
        """Dossiers whose kept facts are not so, and figures that are not what a recount comes to; empty is good.

        `as_of` recounts from the histories what was so at a past moment (procedures as they stand today).
        """
        return [*self._dossiers(as_of), *self._figures(as_of)]

    def repair(self, at: datetime) -> int:
        """Count anew, from this moment on, the dossiers whose kept facts are not so, and make all sums anew.

        What was shown before stays as it was shown. Returns how many dossiers there were.
        """
        codes = [found.key for found in self._dossiers(None)]
        CaseFacts(self._connection).restate(codes, at)
        Sums(self._connection).rebuild()
        return len(codes)

    def _dossiers(self, as_of: datetime | None) -> list[Difference]:
        valid = case_facts.c.valid_to.is_(None) if as_of is None else valid_at(case_facts, as_of)
        told = stated(standings_of(self._connection, None, as_of), None, as_of).subquery("told")
        mine = and_(case_facts.c.code == told.c.code, valid)
        wrong = select(told.c.code).select_from(told.outerjoin(case_facts, mine))
        wrong = wrong.where(or_(case_facts.c.code.is_(None), ~same_facts(case_facts, told)))
        superfluous = select(case_facts.c.code).where(valid, case_facts.c.code.not_in(select(told.c.code)))
        found = [*self._connection.execute(wrong).scalars(), *self._connection.execute(superfluous).scalars()]
        return [Difference("dossier", code, None, None) for code in found]

    def _figures(self, as_of: datetime | None) -> list[Difference]:
        told = stated(standings_of(self._connection, None, as_of), None, as_of).subquery("told")
        figures = [found for by in _BY for found in self._compared(by, told, as_of)]
        return [*figures, *self._forms(told, as_of)]

    def _forms(self, told: Subquery, as_of: datetime | None) -> list[Difference]:
        """What the statutory forms count, over the last year."""
        now, (area,) = as_of or datetime.now(UTC), as_it_was(WHOLE_OFFICE)
        today = now.astimezone(VIETNAM).date()
        period = Period(today - timedelta(days=365), today)
        rows = self._connection.execute(grouped(told, Cuts.of(period, now), area)).mappings().all()
        found: list[Difference] = []
        for by_domain in (False, True):
            kept = Reports(self._connection).tallies(period, [area], now, as_of, by_domain=by_domain)
            counted = together((tally_of(row, area, row["members"]) for row in rows), by_domain)
            found += _between(kept, counted)
        return found

    def _compared(self, by: Grouping, told: Subquery, as_of: datetime | None) -> list[Difference]:
        kept = {row.key: row for row in self._coverage.rows(by, ALWAYS, WHOLE_OFFICE, as_of=as_of)}
        counted = self._counted(by, told)
        found = []
        for key in sorted(kept.keys() | counted.keys()):
            for name in MEASURES:
                left = getattr(kept[key], name) if key in kept else 0
                right = counted.get(key, {}).get(name, 0)
                if left != right:
                    found.append(Difference(by.value, f"{key} {name}", left, right))
        return found

    def _counted(self, by: Grouping, told: Subquery) -> dict[str, dict[str, int]]:
        found: dict[str, dict[str, int]] = {}
        for axis in Axis:
            sums = [func.sum(count).label(name) for name, count in measures(axis, told).items()]
            key = told.c[by.value]
            query = select(key.label("key"), *sums).where(told.c[axis.value].is_not(None)).group_by(key)
            for row in self._connection.execute(query).mappings():
                counts = {name: int(count) for name, count in row.items() if name != "key"}
                found.setdefault(row["key"], {}).update(counts)
        return found


def _between(kept: Iterable[Tally], counted: Iterable[Tally]) -> Iterator[Difference]:
    left, right = ({one.group: one.counts for one in some} for some in (kept, counted))
    for group in left.keys() | right.keys():
        ours, theirs = left.get(group, Counts()), right.get(group, Counts())
        for name in Counts.__dataclass_fields__:
            pair = getattr(ours, name), getattr(theirs, name)
            if pair[0] != pair[1]:
                yield Difference("form", f"{group.unit} {group.domain or '?'} {name}", *pair)
