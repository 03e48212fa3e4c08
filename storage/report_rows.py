"""The statutory forms counted dossier by dossier: the proof of what the sums say, and the lists behind figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
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
    literal,
    or_,
    select,
)

from records.tallies import Counts, Group, Standing, Tally
from storage.areas import Area
from storage.blocks import number_of
from storage.digests import digest_of_all
from storage.facts import Facts
from storage.form_changes import dossier_digest, papers_digest, seal_numbers
from storage.form_tallies import Cuts
from storage.standings import PLACES
from storage.stated import UNKNOWN, paper_text
from storage.tables_forms import SEALED

_STANDINGS = {place: standing for standing, place in PLACES.items()}


def tallies_from_rows(connection: Connection, known: Facts, cuts: Cuts, area: Area) -> Iterator[Tally]:
    """The tallies of an area by unit, domain and what the procedure asks."""
    for row in connection.execute(grouped(known.counts, cuts, area)).mappings():
        yield tally_of(row, area, row["members"])


def seals_from_rows(connection: Connection, known: Facts, cuts: Cuts, area: Area) -> Counter[str]:
    """SEALED of the dossiers of an area: from their own rows and those of their papers."""
    papers = (
        select(
            known.papers.c.dossier_code.label("code"),
            func.count().label("filed"),
            digest_of_all(paper_text(known.papers)).label("digest"),
        )
        .group_by(known.papers.c.dossier_code)
        .subquery("papers_of_case")
    )
    cases, counts = known.cases.c, known.counts.c
    told = (
        select(
            func.coalesce(papers.c.filed, 0).label("filed"),
            dossier_digest(counts.code, cases.version, counts.version).label("dossier"),
            case((papers.c.filed > 0, papers_digest(counts.code, papers.c.digest)), else_=None).label(
                "paper"
            ),
        )
        .select_from(
            known.counts.join(known.cases, cases.code == counts.code).outerjoin(
                papers, papers.c.code == counts.code
            )
        )
        .where(members_of(known.counts, cuts, area))
        .cte("told")
        .prefix_with("MATERIALIZED", dialect="postgresql")
    )
    values = (literal(1, literal_execute=True), told.c.filed, *seal_numbers(told.c.dossier, told.c.paper))
    row = connection.execute(select(*(func.sum(value) for value in values)).select_from(told)).one()
    return Counter({name: int(value or 0) for name, value in zip(SEALED, row, strict=True)})


def members_of(counts: FromClause, cuts: Cuts, area: Area) -> ColumnElement[bool]:
    """Whether a dossier belongs to the period and the area."""
    begin, end, columns = date.fromordinal(cuts.begin), date.fromordinal(cuts.end), counts.c
    still_there = or_(columns.resolved_day.is_(None), columns.resolved_day >= begin)
    return and_(
        area.holds(counts), columns.received_day < end, or_(columns.received_day >= begin, still_there)
    )


def grouped(counts: FromClause, cuts: Cuts, area: Area) -> Select[Any]:
    """How many dossiers of the period are alike in all that a form asks."""
    named = (value.label(name) for name, value in alike(counts, cuts).items())
    keys = [counts.c.unit, counts.c.domain, *named]
    query = select(*keys, func.count().label("members"))
    return query.where(members_of(counts, cuts, area)).group_by(*keys)


def alike(counts: FromClause, cuts: Cuts) -> dict[str, ColumnElement[Any]]:
    """What the forms ask of a dossier besides unit and domain: small numbers; timing -1 to 1 or empty.

    A due day before the day of reception is no sooner than that day.
    """
    begin, end, columns = date.fromordinal(cuts.begin), date.fromordinal(cuts.end), counts.c
    due = columns.due_day < date.fromordinal(cuts.today)
    late_by = number_of(columns.received_day) < cuts.today
    flags = {
        "is_new": columns.received_day >= begin,
        "is_done": func.coalesce(columns.resolved_day < end, false()),
        "is_past_due": and_(func.coalesce(due, false()), late_by),
        "has_due_date": columns.due_day.is_not(None),
    }
    names = (
        "standing", "certification", "needs", "online", "timing", "papers", "has", "reused", "shared",
    )  # fmt: skip
    numbers: dict[str, ColumnElement[Any]] = {name: columns[name] for name in names}
    return {name: case((condition, 1), else_=0) for name, condition in flags.items()} | numbers


def one_of(row: RowMapping, area: Area) -> Tally:
    """The tally of a single one of these dossiers."""
    return tally_of(row, area, 1)


def tally_of(row: RowMapping, area: Area, members: int) -> Tally:
    """The tally of so many dossiers that are alike."""
    domain = None if row["domain"] == UNKNOWN else row["domain"]
    unit = area.shown_under(row["unit"])
    group = Group(unit, domain, bool(row["certification"]), bool(row["needs"]))
    standing = _STANDINGS[row["standing"]]
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
