"""Which dossiers a line of a coverage table counts, so that each figure leads to those that make it fall short."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, FromClause, true

from records.coverage import Grouping, Line
from records.errors import InvalidValue
from records.ids import UnitCode
from records.org_unit import OrgUnit, agencies
from storage.areas import Area
from storage.contributions import CUBES


def on_line(
    line: Line | None, facts: FromClause, area: Area, units: Collection[OrgUnit]
) -> ColumnElement[bool]:
    """Whether a row of facts of this area stands in the line; without a line every row does.

    Raises InvalidValue for lines of days, which a period asks for.
    """
    if line is None:
        return true()
    if line.by in (Grouping.UNIT, Grouping.AGENCY):
        answering = agencies(units) if line.by is Grouping.AGENCY else {}
        return facts.c.unit.in_(sorted(_shown(area, units, answering, line.key)))
    if line.by.value not in CUBES:
        raise InvalidValue("a month or a week is asked for by `from` and `to`", field="by")
    return facts.c[line.by.value] == line.key


def _shown(
    area: Area, units: Collection[OrgUnit], answering: Mapping[UnitCode, UnitCode], key: str
) -> list[UnitCode]:
    """The units whose dossiers this line counts."""
    under = {unit.code: area.shown_under(unit.code) for unit in units}
    return [code for code, name in under.items() if answering.get(name, name) == key]
