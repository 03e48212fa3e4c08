"""What the forms count, on both databases: standings, papers, and the same figures from the history as were shown."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from records.components import DeclaredComponents, DossierComponent
from records.coverage import VIETNAM, Period
from records.dossier import Channel, Dossier
from records.ids import DossierCode, ProcedureCode
from records.record import Role
from records.staff import WHOLE_OFFICE, Scope
from records.tallies import Counts, Tally, summed
from storage.areas import as_it_was
from tests.contract.office import CODE, OTHER_WARD, WARD, Office

MARCH = Period(date(2022, 3, 1), date(2022, 3, 31))
LATER = datetime(2022, 6, 1, tzinfo=VIETNAM)


def day(number: int, month: int = 3, hour: int = 9) -> datetime:
    return datetime(2022, month, number, hour, tzinfo=VIETNAM)


def a_case(number: int, received: datetime, **parts: object) -> Dossier:
    case = Dossier(DossierCode(f"H58.30-220301-{number:04}"), ProcedureCode("1.001193"), WARD, received)
    return replace(case, **parts)  # type: ignore[arg-type]


def take(office: Office, *cases: Dossier) -> None:
    with office.database.transaction() as tx:
        tx.dossiers.upsert(cases, "test", office.now)


def counted(office: Office, as_of: datetime | None = None, scope: Scope = WHOLE_OFFICE) -> Counts:
    return summed(tallied(office, as_of, scope))


def tallied(office: Office, as_of: datetime | None = None, scope: Scope = WHOLE_OFFICE) -> tuple[Tally, ...]:
    with office.database.snapshot() as tx:
        return tx.reports.tallies(MARCH, as_it_was(scope), as_of or LATER, as_of)


def test_a_dossier_is_early_on_time_or_late_by_the_day(office: Office) -> None:
    take(
        office,
        a_case(1, day(2), due_at=day(10, hour=0), finished_at=day(9, hour=23)),
        a_case(2, day(2), due_at=day(10, hour=0), finished_at=day(10, hour=23)),
        a_case(3, day(2), due_at=day(10, hour=16), finished_at=day(11, hour=0)),
        a_case(4, day(2), finished_at=day(11)),
    )
    counts = counted(office)
    assert (counts.early, counts.on_time, counts.late) == (1, 2, 1)
    assert counts.without_due_date == 1


def test_returned_and_withdrawn_dossiers_are_on_time_and_unaccepted_ones_nowhere(office: Office) -> None:
    late = {"due_at": day(3), "finished_at": day(9)}
    take(
        office,
        a_case(1, day(2), **late, status="Công dân xin rút hồ sơ"),
        a_case(2, day(2), status="Không được tiếp nhận"),
    )
    counts = counted(office)
    assert (counts.on_time, counts.late, counts.received, counts.not_accepted) == (1, 0, 1, 1)


def test_open_dossiers_are_overdue_by_the_end_of_the_period(office: Office) -> None:
    take(
        office,
        a_case(1, day(2), due_at=day(31, hour=16)),
        a_case(2, day(2), due_at=day(1, month=4)),
        a_case(3, day(2), due_at=day(5), finished_at=day(2, month=4)),
        a_case(4, day(2)),
    )
    counts = counted(office)
    assert (counts.open, counts.in_time, counts.overdue) == (4, 2, 2)


def test_what_came_before_the_period_is_carried_over_unless_it_was_resolved_before(office: Office) -> None:
    take(
        office,
        a_case(1, day(1, month=2), finished_at=day(20, month=2)),
        a_case(2, day(1, month=2), finished_at=day(2)),
        a_case(3, day(1, month=2)),
        a_case(4, day(1), channel=Channel.ONLINE),
        a_case(5, day(31, hour=23)),
        a_case(6, day(1, month=4, hour=0)),
    )
    counts = counted(office)
    assert (counts.carried, counts.online, counts.direct) == (2, 1, 1)
    assert (counts.received, counts.resolved, counts.open) == (4, 1, 3)


def test_a_unit_sees_its_own(office: Office) -> None:
    take(office, a_case(1, day(2)), a_case(2, day(2), unit=OTHER_WARD))
    assert counted(office, scope=Scope(frozenset([OTHER_WARD]))).received == 1
    assert counted(office, scope=Scope(frozenset())).received == 0


def test_an_unknown_procedure_has_no_domain_and_gives_a_written_result(office: Office) -> None:
    take(office, a_case(1, day(2), procedure=ProcedureCode("9.999999")))
    (tally,) = tallied(office)
    assert (tally.group.domain, tally.group.needs_result, tally.group.certification) == (None, True, False)


def test_papers_count_once_filed_and_the_past_stays_as_it_was_shown(office: Office) -> None:
    take(office, replace(a_case(1, day(1)), code=CODE, finished_at=day(2)))
    record = office.confirm(office.classified(), Role.RESULT)
    component = office.confirm(office.classified(), Role.COMPONENT)
    assert counted(office).with_result == 0
    office.wait(timedelta(minutes=1))
    filed = office.file(record)
    office.file(component)
    shown, moment = tallied(office), office.now
    assert (summed(shown).resolved_with_result, summed(shown).digitised, summed(shown).with_component) == (
        1,
        1,
        1,
    )
    office.wait(timedelta(minutes=1))
    office.save(filed.reopened(), filed.version, "reopened")
    take(office, a_case(2, day(3)))
    assert summed(tallied(office)).with_result == 0
    assert set(tallied(office, moment)) == {shown[0]}
    assert summed(tallied(office, moment - timedelta(seconds=1))).with_result == 0


def test_what_was_counted_has_the_same_digest_from_the_tables_and_from_the_history(office: Office) -> None:
    take(office, replace(a_case(1, day(1)), code=CODE), a_case(2, day(2)))
    office.file(office.confirm(office.classified()))
    moment = office.now
    with office.database.snapshot() as tx:
        now = tx.reports.inputs(MARCH, as_it_was(WHOLE_OFFICE), moment, None)
    office.wait(timedelta(minutes=1))
    take(office, a_case(2, day(2), status="Đang xử lý"))
    with office.database.snapshot() as tx:
        assert tx.reports.inputs(MARCH, as_it_was(WHOLE_OFFICE), moment, moment) == now
        changed = tx.reports.inputs(MARCH, as_it_was(WHOLE_OFFICE), office.now, None)
    assert (now.dossiers, now.papers) == (2, 1)
    assert changed.dossiers_sha256 != now.dossiers_sha256
    assert changed.papers_sha256 == now.papers_sha256


def test_re_used_components_count_without_a_paper_and_only_for_what_was_received(office: Office) -> None:
    new, old = a_case(1, day(2)), a_case(2, day(1, month=2))
    take(office, new, old)
    with office.database.transaction() as tx:
        lists = [
            DeclaredComponents(new.code, (DossierComponent("TP01", reused=True), DossierComponent("TP02"))),
            DeclaredComponents(old.code, (DossierComponent("TP01", shared=True),)),
        ]
        tx.components.declare(lists, "test", office.now)
    counts = counted(office)
    assert (counts.received, counts.with_component, counts.reused, counts.shared) == (2, 1, 1, 0)
    assert counts.digitised == 0
