"""The clerk's desk: one record, one clerk; the queue in every order; pages moved without loss."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.arrangement import joined, parted, sorted_as
from records.dossier import Dossier
from records.errors import RecordLeased, ReviewLeaseLost, StaleVersion
from records.ids import DossierCode, ProcedureCode, RecordId, StaffId
from records.record import DossierProposal, Record
from records.review_lease import Doubt, QueueOrder, ReviewLease, Wanted
from records.staff import WHOLE_OFFICE, Scope, Staff, StaffRole
from records.states import PageState, RecordState
from records.steps import Step
from tests.contract.office import OTHER_STATION, OTHER_WARD, START, WARD, Office, proposed

HOA, LAN = StaffId("hoa"), StaffId("lan")
SPAN = timedelta(minutes=5)


@pytest.fixture
def office(office: Office) -> Office:
    """The office with two clerks."""
    with office.database.transaction() as tx:
        for person in (HOA, LAN):
            tx.accounts.add(Staff(person, f"clerk {person}", StaffRole.CLERK, (WARD,)), None, START)
    return office


def take(office: Office, record: RecordId, person: StaffId) -> ReviewLease:
    with office.database.transaction() as tx:
        return tx.review_leases.take(record, person, office.now, office.now + SPAN)


def take_next(office: Office, person: StaffId, wanted: Wanted | None = None) -> RecordId | None:
    with office.database.transaction() as tx:
        found = tx.review_queue.take_next(
            person, wanted or Wanted(), WHOLE_OFFICE, office.now, office.now + SPAN
        )
    return found[0].id if found else None


# --- leases ---


def test_a_record_is_leased_to_one_person_until_it_is_given_back(office: Office) -> None:
    record = office.classified()
    lease = take(office, record.id, HOA)
    assert (lease.holder, lease.holder_name, lease.until) == (HOA, "clerk hoa", office.now + SPAN)
    with pytest.raises(RecordLeased) as refusal:
        take(office, record.id, LAN)
    assert "hoa" not in f"{refusal.value} {refusal.value.facts}"
    with office.database.transaction() as tx:
        assert not tx.review_leases.release(record.id, LAN)
        assert tx.review_leases.release(record.id, HOA)
    assert take(office, record.id, LAN).holder == LAN


def test_a_lease_ends_by_itself_and_can_be_renewed_until_it_is_taken_over(office: Office) -> None:
    record = office.classified()
    take(office, record.id, HOA)
    office.wait(SPAN + timedelta(seconds=1))
    with office.database.transaction() as tx:
        assert tx.review_leases.holder(record.id, office.now) is None
        tx.review_leases.renew(record.id, HOA, office.now + SPAN)
        held = tx.review_leases.holder(record.id, office.now)
    assert held is not None
    office.wait(SPAN + timedelta(seconds=1))
    take(office, record.id, LAN)
    with pytest.raises(ReviewLeaseLost), office.database.transaction() as tx:
        tx.review_leases.renew(record.id, HOA, office.now + SPAN)


def test_a_change_passes_for_the_holder_and_when_nobody_holds_the_record(office: Office) -> None:
    record = office.classified()
    with office.database.transaction() as tx:
        tx.review_leases.check([record.id], LAN, office.now)
        tx.review_leases.take(record.id, HOA, office.now, office.now + SPAN)
        tx.review_leases.check([record.id], HOA, office.now)
        with pytest.raises(RecordLeased):
            tx.review_leases.check([record.id], LAN, office.now)
        tx.review_leases.check([record.id], LAN, office.now + SPAN + SPAN)


# --- the queue ---


def test_two_clerks_get_two_papers_and_a_third_gets_none(office: Office) -> None:
    first, second = office.classified(), office.classified()
    assert {take_next(office, HOA), take_next(office, LAN)} == {first.id, second.id}
    with office.database.transaction() as tx:
        tx.accounts.add(Staff(StaffId("third"), "third", StaffRole.CLERK, (WARD,)), None, START)
    assert take_next(office, StaffId("third")) is None


def test_what_a_clerk_holds_is_given_to_him_again_unless_he_skips_it(office: Office) -> None:
    first = office.classified()
    office.wait(timedelta(seconds=1))
    second = office.classified()
    assert take_next(office, HOA) == take_next(office, HOA) == first.id
    assert take_next(office, HOA, Wanted(skip=(first.id,))) == second.id


def test_what_comes_next_is_told_and_not_leased(office: Office) -> None:
    first = office.classified()
    office.wait(timedelta(seconds=1))
    second = office.classified()
    take_next(office, HOA)
    with office.database.snapshot() as tx:
        queue = tx.review_queue
        assert queue.following(first.id, HOA, Wanted(), WHOLE_OFFICE, office.now) == second.id
        assert queue.waiting(LAN, Wanted(), WHOLE_OFFICE, office.now) == 1
        assert tx.review_leases.holder(second.id, office.now) is None


def doubtful(office: Office, reasons: tuple[str, ...], code: str | None = None) -> Record:
    """A record with these doubts that may belong to this dossier."""
    (record,) = office.rasterise(office.scan())
    office.recognise(record)
    claim = office.claimed(Step.CLASSIFY, record.id)
    proposals = (DossierProposal(DossierCode(code), "qr", 1.0),) if code else ()
    outcome = replace(proposed(office.record(record.id), reasons), proposals=proposals)
    with office.database.transaction() as tx:
        tx.records.classified(claim, outcome, None, office.now)
    office.wait(timedelta(seconds=1))
    return outcome


def test_the_queue_is_sorted_by_age_doubt_and_due_date(office: Office) -> None:
    due = [("H58.30-220303-0001", 9), ("H58.30-220303-0002", 2)]
    with office.database.transaction() as tx:
        cases = [
            Dossier(DossierCode(code), ProcedureCode("1.001193"), WARD, START, START + timedelta(days=days))
            for code, days in due
        ]
        tx.dossiers.upsert(cases, "test", START)
    late = doubtful(office, ("type_unsure",), due[0][0])
    soon = doubtful(office, (), due[1][0])
    nowhere = doubtful(office, ("type_unsure", "dossier_unknown"))

    def order(wanted: QueueOrder) -> list[RecordId | None]:
        found: list[RecordId | None] = []
        for _ in range(3):
            skip = tuple(key for key in found if key)
            found.append(take_next(office, HOA, Wanted(order=wanted, skip=skip)))
        return found

    assert order(QueueOrder.OLDEST) == [late.id, soon.id, nowhere.id]
    assert order(QueueOrder.DUE_FIRST) == [soon.id, late.id, nowhere.id]
    assert order(QueueOrder.LEAST_DOUBT) == [soon.id, late.id, nowhere.id]
    assert order(QueueOrder.MOST_DOUBT) == [nowhere.id, late.id, soon.id]
    assert take_next(office, HOA, Wanted(doubt=Doubt.NONE)) == soon.id
    assert take_next(office, HOA, Wanted(doubt=Doubt.SOME)) == late.id
    assert take_next(office, HOA, Wanted(due_within=timedelta(days=3))) == soon.id
    assert take_next(office, HOA, Wanted(older_than=timedelta(days=1))) is None


def test_the_queue_keeps_to_the_clerks_units_and_to_what_waits(office: Office) -> None:
    other = office.classified(office.scan(station=OTHER_STATION, unit=OTHER_WARD))
    office.confirm(office.classified())
    with office.database.transaction() as tx:
        scope = Scope(frozenset([WARD]))
        assert tx.review_queue.take_next(HOA, Wanted(), scope, office.now, office.now + SPAN) is None
    assert take_next(office, HOA, Wanted(unit=WARD)) is None
    assert take_next(office, HOA, Wanted(unit=OTHER_WARD, batch=other.batch)) == other.id


# --- pages ---


def arrange(office: Office, before: list[Record], after: tuple[Record, ...]) -> tuple[Record, ...]:
    with office.database.transaction() as tx:
        versions = {record.id: record.version for record in before}
        return tx.arrangements.save(after, based_on=versions, actor="hoa", action="split", at=office.now)


def three_pages(office: Office) -> Record:
    (record,) = office.rasterise(office.scan(), records=(3,))
    office.recognise(record)
    return office.classify(record)


def test_a_record_that_is_parted_is_read_again_in_parts(office: Office) -> None:
    record = three_pages(office)
    first, second = arrange(office, [record], parted(record, [2]))
    assert [office.record(part.id) for part in (first, second)] == [first, second]
    assert office.unfinished() == [(Step.CLASSIFY, first.id)]
    office.classify(first)
    assert office.unfinished() == [(Step.CLASSIFY, second.id)]
    office.classify(second)
    with office.database.snapshot() as tx:
        assert [one.action for one in tx.records.history(second.id)] == ["split", "classified"]
        assert [one.action for one in tx.records.history(first.id)][-2:] == ["split", "classified"]
        assert [one.id for one in tx.records.of_batch(record.batch)] == [first.id, second.id]


def test_papers_that_were_joined_and_parted_again_are_the_ones_from_before(office: Office) -> None:
    batch = office.scan()
    records = office.rasterise(batch, records=(1, 2))
    for record in records:
        office.recognise(record)
    first, second = (office.classify(record) for record in records)
    whole, emptied = arrange(office, [first, second], joined(first, [second]))
    assert office.record(emptied.id) == emptied
    assert whole.pages == (*first.pages, *second.pages)
    again = office.classify(whole)
    parts = arrange(office, [again], parted(again, [2]))
    assert [(part.id, part.pages) for part in parts] == [(first.id, first.pages), (second.id, second.pages)]
    assert parts[1].version == emptied.version + 1
    assert [office.record(part.id) for part in parts] == list(parts)
    with office.database.snapshot() as tx:
        assert [one.record.state for one in tx.records.history(second.id)][-2:] == [
            RecordState.MERGED,
            RecordState.ASSEMBLED,
        ]


def test_a_change_of_pages_based_on_an_old_version_changes_nothing(office: Office) -> None:
    batch = office.scan()
    records = office.rasterise(batch, records=(1, 1))
    for record in records:
        office.recognise(record)
    first, second = (office.classify(record) for record in records)
    office.save(second.discarded(), second.version, "discarded")
    with pytest.raises(StaleVersion):
        arrange(office, [first, second], joined(first, [second]))
    assert office.record(first.id) == first


def test_a_page_cannot_be_lost_on_the_way(office: Office) -> None:
    record = three_pages(office)
    with pytest.raises(ValueError, match="exactly one"):
        arrange(office, [record], (record.rearranged(record.pages[:2]),))


def test_sorted_pages_stay_sorted(office: Office) -> None:
    record = three_pages(office)
    (changed,) = arrange(office, [record], (sorted_as(record, record.pages[::-1]),))
    assert office.record(record.id).pages == record.pages[::-1] == changed.pages


def test_a_turned_page_is_read_again(office: Office) -> None:
    record = three_pages(office)
    with office.database.transaction() as tx:
        turned = record.rearranged(record.pages)
        tx.arrangements.save(
            (turned,), based_on={record.id: record.version}, actor="hoa", action="rotated", at=office.now
        )
        tx.arrangements.turn(record.pages[1], 90, office.now)
    assert office.unfinished() == [(Step.RECOGNISE, record.pages[1])]
    with office.database.snapshot() as tx:
        page = tx.pages.get(record.pages[1], WHOLE_OFFICE)
    assert (page.turned, page.state) == (90, PageState.RECEIVED)
