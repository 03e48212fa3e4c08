"""Coverage on both databases: by every key, now, as of every past moment, and under today's units."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from records.components import DeclaredComponents, DossierComponent, MustDigitize, ProcedureComponent
from records.coverage import CoverageRow, Grouping, Line, Period
from records.dossier import Channel, Dossier, ExemptionReason
from records.errors import InvalidValue, NotFound
from records.gap import Holding
from records.ids import DossierCode, ProcedureCode, UnitCode
from records.record import Role
from records.staff import WHOLE_OFFICE, Scope
from records.succession import slot_of
from storage.engines import make_engine
from storage.tables_coverage import case_facts, facts_pending
from tests.contract.office import CODE, START, WARD, Office

YEAR = Period(date(2022, 1, 1), date(2022, 12, 31))
BIRTH, CERTIFIED = ProcedureCode("1.001193"), ProcedureCode("2.000815")


def a_case(number: int = 12, **parts: object) -> Dossier:
    code = DossierCode(f"H58.30-220303-{number:04}")
    case = Dossier(code, BIRTH, WARD, START, due_at=START + timedelta(days=3))
    return replace(case, **parts)  # type: ignore[arg-type]


def told(office: Office, *cases: Dossier) -> None:
    with office.database.transaction() as tx:
        tx.dossiers.upsert(cases, "test", office.now)


def declared(office: Office, *components: DossierComponent, code: DossierCode = CODE) -> None:
    with office.database.transaction() as tx:
        tx.components.declare([DeclaredComponents(code, components)], "case system", office.now)


def row(office: Office, by: Grouping = Grouping.UNIT, **asked: Any) -> CoverageRow:
    (found,) = rows(office, by, **asked)
    return found


def rows(
    office: Office,
    by: Grouping = Grouping.UNIT,
    scope: Scope = WHOLE_OFFICE,
    period: Period = YEAR,
    **asked: object,
) -> list[CoverageRow]:
    with office.database.snapshot() as tx:
        return tx.coverage.rows(by, period, scope, **asked)  # type: ignore[arg-type]


def test_each_key_of_a_dossier_has_its_row(office: Office) -> None:
    told(office, a_case(channel=Channel.ONLINE, finished_at=START + timedelta(days=1)))
    office.file(office.confirm(office.classified()))
    keys = {by: row(office, by).key for by in Grouping}
    assert keys == {
        Grouping.UNIT: "P1",
        Grouping.AGENCY: "P1",
        Grouping.PROCEDURE: "1.001193",
        Grouping.DOMAIN: "Hộ tịch",
        Grouping.LEVEL: "commune",
        Grouping.CHANNEL: "online",
        Grouping.STATION: "station-1",
        Grouping.OFFICER: "clerk",
        Grouping.MONTH: "2022-03",
        Grouping.WEEK: "2022-W09",
        Grouping.UNIT_MONTH: "P1/2022-03",
    }
    assert row(office, Grouping.STATION).name == "Scanner 1"
    found = row(office)
    assert (found.received, found.received_online, found.early, found.required, found.digitised) == (1,) * 5


def test_a_certification_counts_in_the_national_rate_only(office: Office) -> None:
    with office.database.snapshot() as tx:
        code = next(one.code for one in tx.catalogue.procedures() if one.certification)
    told(office, a_case(procedure=code, finished_at=START))
    found = row(office)
    assert (str(found.rate), str(found.rate_without_certification), found.gap) == ("0.00 %", "N/A", 0)


def test_a_one_stop_unit_is_shown_under_the_office_that_it_is_a_part_of(office: Office) -> None:
    told(office, a_case(unit=UnitCode("MT-BPMC")))
    assert (row(office).key, row(office, Grouping.AGENCY).key) == ("MT-BPMC", "MT-VP")


def test_the_figures_of_any_past_moment_can_be_asked_again(office: Office) -> None:
    told(office, a_case(finished_at=START + timedelta(days=1)))
    before = office.now
    office.wait(timedelta(hours=1))
    filed = office.file(office.confirm(office.classified()))
    between = office.now
    office.wait(timedelta(hours=1))
    office.save(filed.reopened(), filed.version, "reopened")
    assert rows(office, as_of=before - timedelta(seconds=1)) == []
    assert [row(office, as_of=moment).digitised for moment in (before, between, office.now)] == [0, 1, 0]
    with office.database.snapshot() as tx:
        missing = {
            moment: [case.code for case in tx.coverage.gap(YEAR, WHOLE_OFFICE, as_of=moment).items]
            for moment in (before, between, None)
        }
    assert missing == {before: [CODE], between: [], None: [CODE]}


@pytest.mark.slow
def test_a_database_that_kept_no_facts_gets_them_from_its_histories(
    office: Office, database_url: str
) -> None:
    told(office, a_case(finished_at=START + timedelta(days=1)))
    before = office.now
    office.wait(timedelta(hours=1))
    filed = office.file(office.confirm(office.classified()))
    between = office.now
    office.wait(timedelta(hours=1))
    office.save(filed.reopened(), filed.version, "reopened")
    shown = [rows(office, by, as_of=moment) for by in Grouping for moment in (before, between, office.now)]
    engine = make_engine(database_url)
    with engine.begin() as connection:
        connection.execute(delete(facts_pending))
        connection.execute(delete(case_facts))
    engine.dispose()
    with office.database.transaction() as tx:
        assert (tx.facts.catch_up(), tx.facts.catch_up()) == (1, 0)
    assert [
        rows(office, by, as_of=moment) for by in Grouping for moment in (before, between, office.now)
    ] == shown


def test_components_of_a_dossier_count_by_the_rule_of_its_procedure(office: Office) -> None:
    told(office, a_case())
    rules = {"A": MustDigitize.PRIOR_RESULT, "B": MustDigitize.ON_DEMAND, "C": MustDigitize.NO}
    listed = [ProcedureComponent(BIRTH, code, code, rule) for code, rule in rules.items()]
    with office.database.transaction() as tx:
        assert tx.components.add_to_procedures(listed, office.now) == 3
        assert tx.components.add_to_procedures(listed, office.now) == 0
    assert row(office).components_required == 1  # by the procedure's list: the dossier names none yet
    declared(office, *(DossierComponent(code) for code in "ABCX"))
    assert row(office).components_required == 2  # A, and X, which the list does not know
    declared(office, DossierComponent("A"), DossierComponent("B", requested=True), DossierComponent("C"))
    assert row(office).components_required == 2
    declared(office, DossierComponent("A", reused=True), DossierComponent("C"))
    found = row(office)
    assert (found.components_required, found.components_digitised, found.reused) == (1, 1, 1)


def test_a_component_of_a_later_day_does_not_count_for_a_dossier_of_before(office: Office) -> None:
    told(office, a_case(), a_case(13, received_at=START + timedelta(days=60)))
    with office.database.transaction() as tx:
        rule = ProcedureComponent(BIRTH, "A", "A", MustDigitize.SECTOR_LAW, valid_from=date(2022, 4, 1))
        tx.components.add_to_procedures([rule], office.now)
    by_month = {found.key: found.components_required for found in rows(office, Grouping.MONTH)}
    assert by_month == {"2022-03": 0, "2022-04": 1}


def test_a_later_version_of_a_component_ends_the_one_before(office: Office) -> None:
    first = ProcedureComponent(BIRTH, "A", "A", MustDigitize.SECTOR_LAW)
    second = replace(first, must_digitize=MustDigitize.NO, valid_from=date(2023, 1, 1))
    with office.database.transaction() as tx:
        tx.components.add_to_procedures([second, first], office.now)
        assert tx.components.of_procedure(BIRTH, date(2022, 12, 31)) == (
            replace(first, valid_to=date(2022, 12, 31)),
        )
        assert tx.components.of_procedure(BIRTH, date(2023, 1, 1)) == (second,)


def test_an_exemption_has_a_reason_and_a_history(office: Office) -> None:
    told(office, a_case(components_required=2))
    moments = []
    for reason in (ExemptionReason.PHOTOCOPY, None):
        office.wait(timedelta(hours=1))
        moments.append(office.now)
        with office.database.transaction() as tx:
            tx.components.exempt(CODE, "A", reason, "clerk", office.now)
    assert [row(office, as_of=moment).components_required for moment in moments] == [1, 2]
    with office.database.snapshot() as tx:
        history = tx.components.history(CODE, "A")
        assert tx.components.of_dossier(CODE) == ()
        with pytest.raises(NotFound):
            tx.components.history(CODE, "B")
    assert [one.component and one.component.exempt_reason for one in history] == [
        ExemptionReason.PHOTOCOPY,
        None,
    ]
    assert [one.actor for one in history] == ["clerk", "clerk"]


def test_an_exemption_outlives_the_next_list_of_the_case_system(office: Office) -> None:
    told(office, a_case())
    declared(office, DossierComponent("A"), DossierComponent("B"))
    with office.database.transaction() as tx:
        tx.components.exempt(CODE, "A", ExemptionReason.SHARED_DATA, "clerk", office.now)
    declared(office, DossierComponent("A"), DossierComponent("B", reused=True))
    assert (row(office).components_required, row(office).components_digitised) == (1, 1)


def test_a_component_that_is_filed_counts_once_and_only_where_it_is_asked_for(office: Office) -> None:
    told(office, a_case())
    declared(office, DossierComponent("A"), DossierComponent("B"))
    for _ in range(2):
        office.file(office.confirm(office.classified(), Role.COMPONENT))
    found = row(office)
    assert (found.components_required, found.components_digitised, found.with_component) == (2, 2, 1)


# --- 1 July 2025 ---

WARDS_OF_2022 = ("P1", "P2", "P3", "P7", "P8", "P-TANLONG")
TODAY = datetime(2025, 7, 1, 0, 0, tzinfo=UTC)


def test_the_wards_of_2022_are_shown_under_the_ward_of_2025_that_follows_them(office: Office) -> None:
    told(office, *(a_case(n, unit=UnitCode(unit)) for n, unit in enumerate(WARDS_OF_2022)))
    assert [found.key for found in rows(office)] == sorted(WARDS_OF_2022)
    assert [found.key for found in rows(office, mapped=True, as_of=TODAY - timedelta(hours=8))] == [
        "P-TANLONG", "P1", "P2",
    ]  # P3, P7 and P8 went over on 1 November 2024  # fmt: skip
    found = row(office, mapped=True, as_of=TODAY)
    assert (found.key, found.name, found.received) == ("P25-MYTHO", "Phường Mỹ Tho", 6)


def test_a_ward_that_bears_an_old_name_is_not_the_old_unit(office: Office) -> None:
    told(office, a_case(1, unit=UnitCode("X-THOISON")), a_case(2, unit=UnitCode("P6")))
    assert {found.name for found in rows(office)} == {"Xã Thới Sơn", "Phường 6"}
    assert row(office, mapped=True).name == "Phường Thới Sơn"
    new_ward = Scope(frozenset([UnitCode("P25-THOISON")]))
    assert rows(office, scope=new_ward) == []
    assert row(office, scope=new_ward, mapped=True).received == 2
    assert rows(office, scope=Scope(frozenset([UnitCode("P25-MYTHO")])), mapped=True) == []


def test_a_unit_without_a_successor_keeps_its_dossiers(office: Office) -> None:
    told(office, a_case(unit=UnitCode("MT-TP")))
    assert row(office, mapped=True).key == "MT-TP"


def test_a_split_unit_leaves_each_dossier_to_one_successor_and_the_parts_add_up(office: Office) -> None:
    told(office, *(a_case(n, unit=UnitCode("P25-MYTHO")) for n in range(1, 40)))
    shares = {UnitCode("P25-MYPHONG"): 0.3, UnitCode("P25-TRUNGAN"): 0.7}
    before = office.now
    office.wait(timedelta(hours=1))
    with office.database.transaction() as tx:
        tx.catalogue.merge(UnitCode("P25-MYTHO"), date(2022, 1, 1), shares, office.now)
    parts = {found.key: found.received for found in rows(office, mapped=True)}
    smaller = [n for n in range(1, 40) if slot_of(a_case(n).code) < 3000]
    assert parts == {"P25-MYPHONG": len(smaller), "P25-TRUNGAN": 39 - len(smaller)}
    assert row(office, mapped=True, as_of=before).key == "P25-MYTHO"
    with office.database.snapshot() as tx:
        gone = tx.coverage.rows(
            Grouping.MONTH, YEAR, Scope(frozenset([UnitCode("P25-MYPHONG")])), mapped=True
        )
    assert [found.received for found in gone] == [len(smaller)]


def test_a_merger_that_does_not_add_up_is_refused(office: Office) -> None:
    for unit, into in (
        ("P25-MYTHO", {"P25-MYPHONG": 0.5}),
        ("P25-MYTHO", {"P25-MYTHO": 1.0}),
        ("P1", {"P25-MYTHO": 1.0}),
    ):
        with pytest.raises(InvalidValue), office.database.transaction() as tx:
            shares = {UnitCode(code): share for code, share in into.items()}
            tx.catalogue.merge(UnitCode(unit), date(2022, 1, 1), shares, office.now)


# --- the way to 100 % ---


def test_the_trend_is_what_was_so_at_the_end_of_each_week(office: Office) -> None:
    told(office, *(a_case(n, finished_at=START) for n in range(12, 17)))
    for number in range(12, 16):
        office.wait(timedelta(days=7))
        office.file(office.confirm(office.classified(), code=a_case(number).code))
        if number == 13:
            with office.database.transaction() as tx:
                tx.sums.take_in(3)
    with office.database.snapshot() as tx:
        points = tx.coverage.trend(YEAR, WHOLE_OFFICE, weeks=5, as_of=office.now)
        ward = tx.coverage.trend(YEAR, Scope(frozenset([WARD])), weeks=5, as_of=office.now, mapped=True)
        again = [
            sum(found.gap for found in tx.coverage.rows(Grouping.UNIT, YEAR, WHOLE_OFFICE, as_of=end))
            for point in points[:-1]
            for end in [Period(point.day, point.day).end - timedelta(microseconds=1)]
        ]
    assert [point.gap for point in points] == [0, 5, 4, 3, 2, 1]
    assert points == ward
    assert again == [0, 5, 4, 3, 2]


def test_what_is_missing_is_named_with_who_holds_it(office: Office) -> None:
    told(office, *(a_case(n, finished_at=START, components_required=1) for n in (12, 13)))
    declared(office, DossierComponent("A"), DossierComponent("B"), DossierComponent("C", reused=True))
    with office.database.transaction() as tx:
        tx.components.exempt(CODE, "B", ExemptionReason.PHOTOCOPY, "clerk", office.now)
    office.confirm(office.classified(), code=a_case(13).code)
    with office.database.snapshot() as tx:
        first, second = tx.coverage.missing(tx.coverage.gap(YEAR, WHOLE_OFFICE).items)
    assert (first.components, first.components_missing, first.holding) == (("A",), 1, Holding.NOT_SCANNED)
    assert (second.components, second.components_missing, second.holding) == ((), 1, Holding.IN_FILING)
    assert first.held_by == second.held_by == WARD


def test_the_components_that_were_missing_at_a_moment_add_up_to_its_figure(office: Office) -> None:
    told(office, *(a_case(n, components_required=n - 11) for n in (12, 13, 14)))
    moments = [office.now]
    for number in (13, 14, 14):
        office.wait(timedelta(hours=1))
        office.file(office.confirm(office.classified(), code=a_case(number).code, role=Role.COMPONENT))
        moments.append(office.now)
    told_then = []
    for moment in moments:
        figure = row(office, as_of=moment)
        with office.database.snapshot() as tx:
            found = tx.coverage.component_gap(YEAR, WHOLE_OFFICE, as_of=moment).items
        assert sum(one.missing for one in found) == figure.components_required - figure.components_digitised
        told_then.append([(one.required, one.missing) for one in found])
    assert told_then == [
        [(1, 1), (2, 2), (3, 3)],
        [(1, 1), (2, 1), (3, 3)],
        [(1, 1), (2, 1), (3, 2)],
        [(1, 1), (2, 1), (3, 1)],
    ]
    with office.database.snapshot() as tx:
        (only,) = tx.coverage.component_gap(YEAR, WHOLE_OFFICE, line=Line(Grouping.UNIT, "P1"), limit=1).items
    assert (only.dossier.code, only.holding, only.held_by) == (a_case(12).code, Holding.NOT_SCANNED, WARD)
