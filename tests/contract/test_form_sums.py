"""The sums behind the statutory forms, on both databases: blocks of days, and an office that was there before them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Date, delete, insert, inspect, literal, select, union_all

from records.coverage import Period
from records.record import Role
from records.report import Inputs
from records.staff import WHOLE_OFFICE
from records.tallies import Tally
from storage.areas import as_it_was
from storage.blocks import EARLIEST, SIZES, number_of, place_on, places_between
from storage.changes import net_changes
from storage.columns import UtcTime
from storage.database import Database, make_database
from storage.digests import digest_of, digest_of_all, limb_of
from storage.engines import make_engine
from storage.facts import facts
from storage.tables import metadata
from storage.tables_coverage import case_facts, coverage_sums, facts_pending
from tests.contract.office import CODE, Office
from tests.contract.test_reports import a_case, day, take

YEAR = Period(date(2022, 1, 1), date(2022, 12, 31))
BEFORE = "0019"
DAY = st.integers(EARLIEST, date(2200, 1, 1).toordinal())


@given(DAY, st.integers(0, 20_000))
def test_a_stretch_of_days_is_made_of_few_blocks_that_hold_each_day_once(begin: int, length: int) -> None:
    found = places_between(begin, begin + length)
    days = [
        one
        for level, block in (divmod(place, 10_000_000) for place in found)
        for one in range(block * SIZES[level], (block + 1) * SIZES[level])
    ]
    assert days == list(range(begin, begin + length))
    assert len(found) <= 14 * 4 + length // SIZES[-1]


def test_days_and_digests_are_the_same_in_either_database(database_url: str) -> None:
    names = select(literal("ô").label("name")).union_all(select(literal("b"))).subquery("names")
    found = select(
        number_of(literal(date(2022, 3, 1), Date)),
        number_of(literal(date(1022, 3, 1), Date)),
        place_on(1, literal(date(2022, 3, 1).toordinal())),
        digest_of("ô"),
        limb_of(digest_of("ô"), 9),
        digest_of_all(names.c.name),
    )
    engine = make_engine(database_url)
    with engine.connect() as connection:
        row = tuple(connection.execute(found).one())
    engine.dispose()
    assert row == (
        738_215, EARLIEST, 10_092_276, "cc912dbca598fd80ca7f5d98ece5d846", 2_778_267_008,
        "35d980296034e72c4f7270c60c0f4431",
    )  # fmt: skip


def a_year_of_changes(office: Office) -> list[datetime]:
    """Everything that a form asks changes, one after the other; when each change was known."""
    moments = []

    def later(hours: int) -> None:
        moments.append(office.now)
        office.wait(timedelta(hours=hours))

    case = replace(a_case(1, day(2)), code=CODE, due_at=day(9))
    take(office, case, a_case(2, day(1)), a_case(3, day(3), due_at=day(4)))
    later(30)
    first = office.file(office.confirm(office.classified(), Role.COMPONENT))
    later(1)
    office.file(office.confirm(office.classified(), Role.COMPONENT))
    later(30)
    take(office, replace(case, due_at=day(20)), a_case(2, day(1), status="3"))
    later(24 * 70)
    office.save(first.reopened(), first.version, "reopened")
    later(1)
    take(office, replace(case, due_at=day(20), finished_at=day(21)), a_case(3, day(3), status="7"))
    later(1)
    return moments


Shown = list[tuple[tuple[Tally, ...], Inputs]]


def shown(database: Database, moments: list[datetime], *, recount: bool) -> Shown:
    found: Shown = []
    with database.snapshot() as tx:
        for moment in moments:
            asked = (YEAR, as_it_was(WHOLE_OFFICE), moment, moment)
            tallies = tx.reports.tallies(*asked, recount=recount)
            found.append((tuple(sorted(tallies, key=repr)), tx.reports.inputs(*asked, recount=recount)))
    return found


def test_changes_of_a_time_are_what_stands_after_it_less_what_stood_before(
    office: Office, database_url: str
) -> None:
    """A time begins with its first moment and holds its last."""
    moments = a_year_of_changes(office)
    engine = make_engine(database_url)
    with engine.connect() as connection:
        for number, begin in enumerate(moments):
            before = _facts_at(connection, begin - timedelta(microseconds=1))
            for until in moments[number:]:
                after = _facts_at(connection, until)
                net = [(*one, -1) for one in before - after] + [(*one, 1) for one in after - before]
                assert _changes_of(connection, begin, until) == sorted(net), (begin, until)
    engine.dispose()


def _facts_at(connection: Connection, moment: datetime) -> set[tuple[str, int]]:
    counts = facts(moment).counts.c
    return {(row[0], row[1]) for row in connection.execute(select(counts.code, counts.version))}


def _changes_of(connection: Connection, begin: datetime, until: datetime) -> list[tuple[str, int, int]]:
    net = union_all(*net_changes(literal(begin, UtcTime), literal(until, UtcTime))).subquery("net")
    rows = connection.execute(select(net.c.code, net.c.version, net.c.sign))
    return sorted((row[0], row[1], row[2]) for row in rows)


def test_who_was_overdue_this_morning_is_so_until_resolved_also_on_days_to_come(office: Office) -> None:
    """A case system may know today when a dossier is to end."""
    take(
        office,
        a_case(1, day(1), due_at=day(2)),
        a_case(2, day(1), due_at=day(2), finished_at=day(10)),
        a_case(3, day(1), due_at=day(2), finished_at=day(14)),
        a_case(4, day(1), due_at=day(20), finished_at=day(12)),
    )
    office.wait(day(10, hour=16) - office.now)
    moments = [day(number, hour=16) for number in (1, 2, 9, 10)]
    assert shown(office.database, moments, recount=False) == shown(office.database, moments, recount=True)
    last = shown(office.database, moments[-1:], recount=False)[0][0]
    assert [(one.counts.overdue, one.counts.late, one.counts.early) for one in last] == [(1, 2, 1)]


@pytest.mark.slow
def test_an_office_that_was_there_before_the_sums_shows_the_same_figures(
    office: Office, database_url: str, empty_url: str
) -> None:
    moments = a_year_of_changes(office)
    with office.database.transaction() as tx:
        tx.sums.take_in(3)
    before = shown(office.database, moments, recount=True)
    assert shown(office.database, moments, recount=False) == before
    older = make_database(empty_url)
    older.migrate(BEFORE)
    _copy(database_url, empty_url)
    older.migrate()
    again = shown(older, moments, recount=True)
    assert [tallies for tallies, _ in again] == [tallies for tallies, _ in before]
    assert [inputs.papers_sha256 for _, inputs in again] == [inputs.papers_sha256 for _, inputs in before]
    assert shown(older, moments, recount=False) == again
    with older.transaction() as tx:
        tx.sums.catch_up()
        assert (tx.sums.differences(), tx.recount.differences()) == (0, [])
    assert shown(older, moments, recount=False) == again
    with older.transaction() as tx:
        tx.sums.take_in(2)
        assert (tx.sums.differences(), tx.recount.differences()) == (0, [])
    assert shown(older, moments, recount=False) == again
    older.close()


def _copy(source: str, target: str) -> None:
    """All rows that the older schema has a place for, with facts that are parted less, none of them summed yet."""
    engines = make_engine(source), make_engine(target)
    with engines[0].connect() as old, engines[1].begin() as new:
        there = {name: inspect(new).get_columns(name) for name in inspect(new).get_table_names()}
        for table in metadata.sorted_tables:
            if table.name not in there or table in (coverage_sums, facts_pending):
                continue
            names = [str(column["name"]) for column in there[table.name]]
            rows = [{name: row[name] for name in names} for row in old.execute(select(table)).mappings()]
            if table is case_facts:
                rows = _less_parted(rows)
                _wait(new, rows)
            if rows:
                new.execute(delete(table))
                new.execute(insert(table), rows)
    for engine in engines:
        engine.dispose()


def _wait(connection: Connection, facts: list[dict[str, object]]) -> None:
    for row in facts:
        for sign in (1, -1)[: 1 if row["valid_to"] is None else 2]:
            waits = {"code": row["code"], "version": row["version"], "sign": sign}
            connection.execute(insert(facts_pending), waits)


def _less_parted(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """As the program before kept them: a fact that says the same as the one before is no other."""
    kept: list[dict[str, object]] = []
    for row in sorted(rows, key=lambda one: (str(one["code"]), str(one["valid_from"]))):
        last = kept[-1] if kept else {}
        if {**row, "version": 0, "valid_from": 0, "valid_to": 0} == {
            **last, "version": 0, "valid_from": 0, "valid_to": 0,
        }:  # fmt: skip
            last["valid_to"] = row["valid_to"]
        else:
            same = [one for one in kept if one["code"] == row["code"]]
            kept.append({**row, "version": len(same) + 1})
    return kept
