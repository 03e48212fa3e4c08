"""Worklists on both databases: what they hold, in which order, for whom; and who was asked to do it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from records.components import DeclaredComponents, DossierComponent
from records.coverage import VIETNAM
from records.dossier import Dossier, ExemptionReason
from records.ids import DossierCode, ProcedureCode, file_id
from records.page import QualityReport
from records.record import Role
from records.staff import WHOLE_OFFICE, Scope
from records.steps import Step
from records.worklist import Urgency, WorkItem, WorklistKind
from storage.worklists import Wanted
from tests.contract.office import CODE, OTHER_WARD, WARD, Office, a_page, a_record

EVERYTHING = Wanted(WHOLE_OFFICE)
THEIRS = Scope(frozenset([OTHER_WARD]))


def a_case(number: int, resolved: datetime | None, **parts: object) -> Dossier:
    received = datetime(2022, 3, 1, 8, tzinfo=VIETNAM)
    code = DossierCode(f"H58.30-220301-{number:04}")
    case = Dossier(code, ProcedureCode("1.001193"), WARD, received, finished_at=resolved)
    return replace(case, **parts)  # type: ignore[arg-type]


def take(office: Office, *cases: Dossier) -> None:
    with office.database.transaction() as tx:
        tx.dossiers.upsert(cases, "test", office.now)


def listed(office: Office, kind: WorklistKind, wanted: Wanted = EVERYTHING) -> list[WorkItem]:
    with office.database.snapshot() as tx:
        found = list(tx.worklists.items(kind, wanted).items)
        assert tx.worklists.count(kind, wanted) == len(found)
    return found


def day(number: int, hour: int = 9) -> datetime:
    return datetime(2022, 3, number, hour, tzinfo=VIETNAM)


def test_dossiers_without_a_result_come_by_their_hand_over_to_the_archive(office: Office) -> None:
    late, early = a_case(1, day(20)), a_case(2, day(5))
    certified = a_case(3, day(4), procedure=ProcedureCode("2.000815"))
    take(office, late, early, a_case(4, None), certified, replace(early, code=CODE))
    office.file(office.confirm(office.classified(), Role.RESULT))
    found = listed(office, WorklistKind.MISSING_RESULT)
    assert [one.dossier for one in found] == [early.code, late.code]
    assert found[0].hand_over_by == date(2023, 3, 5)
    urgencies = [found[0].urgency(date(2022 + year, month, 6)) for year, month in ((0, 4), (0, 12), (1, 3))]
    assert urgencies == [Urgency.LATER, Urgency.SOON, Urgency.OVERDUE]


def test_a_list_comes_in_parts_and_for_the_own_units(office: Office) -> None:
    take(
        office,
        *(a_case(number, day(number + 1)) for number in range(1, 4)),
        a_case(9, day(2), unit=OTHER_WARD),
    )
    with office.database.snapshot() as tx:
        first = tx.worklists.items(WorklistKind.MISSING_RESULT, EVERYTHING, limit=3)
        rest = tx.worklists.items(WorklistKind.MISSING_RESULT, EVERYTHING, after=first.next, limit=3)
    assert (len(first.items), len(rest.items), rest.next) == (3, 1, None)
    assert [one.unit for one in listed(office, WorklistKind.MISSING_RESULT, Wanted(THEIRS))] == [OTHER_WARD]


def test_a_dossier_is_assigned_taken_over_and_given_back_with_its_history(office: Office) -> None:
    case = a_case(1, day(2))
    take(office, case)
    with office.database.transaction() as tx:
        assert tx.worklists.assign(case.code, WARD, "lan", office.now)
        assert not tx.worklists.assign(case.code, WARD, "mai", office.now)
        assert tx.worklists.assign(case.code, OTHER_WARD, "mai", office.now + timedelta(days=1))
    (seen,) = listed(office, WorklistKind.MISSING_RESULT, Wanted(THEIRS))
    assert (seen.dossier, seen.site) == (case.code, OTHER_WARD)
    assert listed(office, WorklistKind.MISSING_RESULT, Wanted(WHOLE_OFFICE, site=WARD)) == []
    with office.database.transaction() as tx:
        assert tx.worklists.assign(case.code, None, "mai", office.now + timedelta(days=2))
        history = tx.worklists.assignments_of(case.code)
        assert tx.worklists.assigned(case.code) is None
    assert [(one.site, one.assigned_by, one.ended_by) for one in history] == [
        (WARD, "lan", "mai"),
        (OTHER_WARD, "mai", "mai"),
    ]
    assert listed(office, WorklistKind.MISSING_RESULT, Wanted(THEIRS)) == []


def scanned_at(office: Office, *dpis: int) -> str:
    """A record whose pages have these resolutions."""
    batch = office.scan()
    claim = office.claimed(Step.RASTERISE, file_id(batch.id, 1))
    pages = [
        replace(
            a_page(file_id(batch.id, 1), number), quality=QualityReport(dpi, "pdf", "colour", 0.0, 1.0, 0.1)
        )
        for number, dpi in enumerate(dpis, 1)
    ]
    record = a_record(batch, [page.id for page in pages], office.now)
    with office.database.transaction() as tx:
        tx.batches.rasterised(claim, pages, [record], office.now)
    return record.id


def test_papers_under_200_dpi_are_listed_by_their_worst_page(office: Office) -> None:
    scanned_at(office, 200, 300)
    poor = scanned_at(office, 300, 150, 190)
    scanned_at(office, 0)
    (found,) = listed(office, WorklistKind.LOW_RESOLUTION)
    assert (found.record, found.dpi, found.unit) == (poor, 150, WARD)


def test_a_paper_is_unsigned_unless_its_master_is_its_lasting_copy(office: Office) -> None:
    take(office, a_case(1, day(2), code=CODE))
    own = office.confirm(office.classified())
    batch = office.scan()
    arrived = office.confirm(office.classified(batch))
    claim = office.claimed(Step.FILE, arrived.id)
    with office.database.transaction() as tx:
        signed = tx.batches.files(batch.id)[0].fixity
        tx.records.filed(claim, office.record(arrived.id).filed(signed), office.now)
    office.file(own)
    assert [one.record for one in listed(office, WorklistKind.UNSIGNED)] == [own.id]


def test_a_result_that_was_digitized_after_it_was_handed_out_is_late(office: Office) -> None:
    take(office, a_case(1, day(1), code=CODE, returned_at=office.now - timedelta(days=3)))
    assert listed(office, WorklistKind.LATE) == []
    office.file(office.confirm(office.classified(), Role.RESULT))
    (found,) = listed(office, WorklistKind.LATE)
    assert (found.dossier, found.days_late) == (CODE, 3)
    take(office, a_case(1, day(1), code=CODE, returned_at=office.now + timedelta(hours=1)))
    assert listed(office, WorklistKind.LATE) == []


def test_exempt_components_are_listed_with_their_reason(office: Office) -> None:
    case = a_case(1, None)
    take(office, case)
    components = (DossierComponent("TP01"), DossierComponent("TP02"), DossierComponent("TP03"))
    with office.database.transaction() as tx:
        tx.components.declare([DeclaredComponents(case.code, components)], "test", office.now)
        for component, reason in (("TP01", ExemptionReason.PHOTOCOPY), ("TP02", ExemptionReason.SHARED_DATA)):
            tx.components.exempt(case.code, component, reason, "lan", office.now)
    found = listed(office, WorklistKind.EXEMPT)
    assert [(one.component, one.reason) for one in found] == [
        ("TP01", ExemptionReason.PHOTOCOPY),
        ("TP02", ExemptionReason.SHARED_DATA),
    ]
    only = Wanted(WHOLE_OFFICE, reason=ExemptionReason.SHARED_DATA)
    assert [one.component for one in listed(office, WorklistKind.EXEMPT, only)] == ["TP02"]


@pytest.mark.parametrize("kind", WorklistKind)
def test_a_site_sees_its_own_entries_only(office: Office, kind: WorklistKind) -> None:
    take(office, a_case(1, day(2)))
    scanned_at(office, 100)
    assert listed(office, kind, Wanted(THEIRS)) == listed(office, kind, Wanted(Scope(frozenset()))) == []
    assert listed(office, kind, Wanted(WHOLE_OFFICE, site=OTHER_WARD)) == []
