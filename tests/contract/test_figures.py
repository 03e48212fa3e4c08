"""Figures about the whole service, on both databases."""

import re
from datetime import timedelta
from pathlib import Path

from sqlalchemy import Connection

from records.ids import file_id
from records.states import RecordState
from records.steps import Step
from storage.figures import Figures
from tests.contract.office import START, Office
from tests.contract.plans import plans


def test_pages_are_counted_since_a_moment(office: Office) -> None:
    office.classified()
    office.wait(timedelta(minutes=2))
    office.classified()
    with office.database.snapshot() as tx:
        assert tx.figures.pages_recognised(office.now - timedelta(minutes=1)) == 1
        assert tx.figures.pages_recognised(office.now - timedelta(minutes=2)) == 2


def test_records_that_wait_are_counted_by_state_and_those_that_are_done_are_not(office: Office) -> None:
    office.classified()
    office.confirm(office.classified())
    office.file(office.confirm(office.classified()))
    with office.database.snapshot() as tx:
        found = tx.figures.waiting_records()
    assert found == {RecordState.CLASSIFIED: 1, RecordState.CONFIRMED: 1}


def test_no_figure_walks_through_a_whole_table(tmp_path: Path) -> None:
    """However many pages were ever read: each query names the index that holds only what it counts."""

    def ask(connection: Connection) -> None:
        figures = Figures(connection)
        figures.pages_recognised(START)
        figures.waiting_records()
        figures.failures()

    reads = [plan for plan in plans(tmp_path, ask) if re.match(r"(SCAN|SEARCH) (files|pages|records)", plan)]
    assert len(reads) == 7
    assert all("INDEX ix_" in plan for plan in reads), reads
    assert not any(plan.startswith("SCAN") and "_failed" not in plan for plan in reads), reads


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
