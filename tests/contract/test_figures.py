"""Figures about the whole service, on both databases."""

from datetime import timedelta

from records.ids import file_id
from records.states import RecordState
from records.steps import Step
from tests.contract.office import Office


def test_pages_are_counted_ever_and_since_a_moment(office: Office) -> None:
    office.classified()
    office.wait(timedelta(minutes=2))
    office.classified()
    with office.database.snapshot() as tx:
        assert tx.figures.pages_recognised() == 2
        assert tx.figures.pages_recognised(office.now - timedelta(minutes=1)) == 1


def test_records_are_counted_by_state(office: Office) -> None:
    office.classified()
    office.confirm(office.classified())
    with office.database.snapshot() as tx:
        found = tx.figures.records_by_state()
    assert found == {RecordState.CLASSIFIED: 1, RecordState.CONFIRMED: 1}


def test_failures_are_counted_by_step_and_code(office: Office) -> None:
    filing = office.claimed(Step.FILE, office.confirm(office.classified()).id)
    refused = office.claimed(Step.RASTERISE, file_id(office.scan().id, 1))
    with office.database.transaction() as tx:
        tx.records.filing_failed(filing, "filing_failed", office.now)
        tx.batches.refused(refused, "damaged_file", office.now)
    with office.database.snapshot() as tx:
        assert tx.figures.failures() == {
            (Step.FILE, "filing_failed"): 1,
            (Step.RASTERISE, "damaged_file"): 1,
        }
