"""Whatever workers, clerks, crashes and time do in whatever order: no page is lost or doubled, no state goes back."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from records.arrangement import joined, parted
from records.batch import ScanBatch
from records.errors import IllegalTransition, InvalidValue, LeaseLost, StaleVersion
from records.fixity import Fixity
from records.ids import FileId, RecordId
from records.record import Record
from records.staff import WHOLE_OFFICE
from records.states import (
    FILE_TRANSITIONS,
    PAGE_TRANSITIONS,
    RECORD_TRANSITIONS,
    FileState,
    PageState,
    RecordState,
)
from records.steps import Claim, Step
from storage.database import Database
from tests.contract.office import LEASE, MAX_ATTEMPTS, SCAN, Office, a_page, a_record, confirmed, proposed

States = dict[str, FileState | PageState | RecordState]
INDEX = st.integers(0, 1000)
BRIEF = settings(
    max_examples=12,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # shrinking would take minutes
    suppress_health_check=list(HealthCheck),
)


class Life(RuleBasedStateMachine):
    """One office; workers keep claims that they lost long ago, and clerks look at records that moved on."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.office = Office(database)
        self.batches: list[ScanBatch] = []
        self.claims: list[Claim] = []
        self.seen: list[Record] = []  # as some clerk has them on the screen
        self.before: States = {}

    # --- what happens ---

    @precondition(lambda self: len(self.batches) < 3)
    @rule(files=st.integers(1, 2))
    def a_station_scans(self, files: int) -> None:
        self.batches.append(self.office.scan(files))

    @rule(seconds=st.sampled_from([1, LEASE.seconds + 1]))
    def time_passes(self, seconds: int) -> None:
        self.office.wait(timedelta(seconds=seconds))

    @rule(index=INDEX)
    def a_worker_claims_what_the_sweep_found(self, index: int) -> None:
        found = sorted(self.office.unfinished(), key=lambda todo: list(Step).index(todo[0]))
        if found:
            self._claim(*found[index % len(found)])

    @rule(index=INDEX, step=st.sampled_from(list(Step)))
    def a_message_is_delivered_again(self, index: int, step: Step) -> None:
        keys = self._keys(step)
        if keys:
            self._claim(step, keys[index % len(keys)])

    @precondition(lambda self: self.claims)
    @rule(index=INDEX, cut=st.integers(1, 3), succeeds=st.booleans())
    def a_worker_reports(self, index: int, cut: int, succeeds: bool) -> None:
        self._report(self.claims[index % len(self.claims)], cut, succeeds)

    @precondition(lambda self: self.claims)
    @rule(index=INDEX, refund=st.booleans())
    def a_worker_gives_up(self, index: int, refund: bool) -> None:
        claim = self.claims[index % len(self.claims)]
        with self.office.database.transaction() as tx:
            tx.steps.release(claim, "object_store_unavailable", refund=refund)

    @rule(index=INDEX)
    def a_clerk_opens_a_record(self, index: int) -> None:
        records = self._records()
        if records:
            self.seen.append(records[index % len(records)])

    @precondition(lambda self: self.seen)
    @rule(index=INDEX, verb=st.sampled_from(["confirmed", "discarded", "reopened"]))
    def a_clerk_saves(self, index: int, verb: str) -> None:
        record = self.seen[index % len(self.seen)]
        try:
            changed = confirmed(record) if verb == "confirmed" else getattr(record, verb)()
        except IllegalTransition:
            return
        with suppress(StaleVersion):
            self.office.save(changed, record.version, verb)

    @precondition(lambda self: self.seen)
    @rule(index=INDEX, other=INDEX, cut=st.integers(2, 3))
    def a_clerk_moves_pages(self, index: int, other: int, cut: int) -> None:
        record, second = self.seen[index % len(self.seen)], self.seen[other % len(self.seen)]
        try:
            parts = parted(record, [cut]) if record.id == second.id else joined(record, [second])
        except (IllegalTransition, InvalidValue):
            return
        before = {record.id: record.version, second.id: second.version}
        with suppress(StaleVersion), self.office.database.transaction() as tx:
            tx.arrangements.save(parts, based_on=before, actor="clerk", action="split", at=self.office.now)

    @precondition(lambda self: self.seen)
    @rule(index=INDEX)
    def a_clerk_turns_a_page(self, index: int) -> None:
        record = self.seen[index % len(self.seen)]
        if record.state is not RecordState.CLASSIFIED:
            return
        with suppress(StaleVersion), self.office.database.transaction() as tx:
            turned = record.rearranged(record.pages)
            versions = {record.id: record.version}
            tx.arrangements.save(
                (turned,), based_on=versions, actor="clerk", action="rotated", at=self.office.now
            )
            tx.arrangements.turn(record.pages[0], 90, self.office.now)

    @rule()
    def everything_crashes(self) -> None:
        with self.office.database.transaction() as tx:
            tx.steps.forget_leases()

    # --- what always holds ---

    @invariant()
    def every_page_is_in_exactly_one_record(self) -> None:
        with self.office.database.snapshot() as tx:
            for batch in self.batches:
                pages = [p for f in tx.batches.files(batch.id) for p in tx.pages.of_file(f.id)]
                records = tx.records.of_batch(batch.id)
                owners = {page: record.id for record in records for page in record.pages}
                assert sum(len(record.pages) for record in records) == len(owners) == len(pages)
                assert {page.id: page.record for page in pages} == owners
                assert all(bool(record.pages) != (record.state is RecordState.MERGED) for record in records)

    @invariant()
    def states_move_only_as_the_tables_allow(self) -> None:
        now = self._states()
        for key, old in self.before.items():
            assert now[key] is old or now[key] in _allowed_from(old), (old, now[key])
        self.before = now

    @invariant()
    def the_history_ends_with_what_is_there(self) -> None:
        with self.office.database.snapshot() as tx:
            for record in self._records():
                history = tx.records.history(record.id)
                versions = [entry.record.version for entry in history]
                assert versions == list(range(1, len(versions) + 1))
                assert replace(history[-1].record, error_code=None) == replace(record, error_code=None)

    def teardown(self) -> None:
        """Workers that live carry everything through: nothing is stuck."""
        with self.office.database.transaction() as tx:
            tx.steps.forget_leases()
        while found := self.office.unfinished():
            for step, key in found:
                self._carry_through(step, key)
        assert not set(self._states().values()) & {
            FileState.RECEIVED,
            PageState.RECEIVED,
            RecordState.ASSEMBLED,
            RecordState.CONFIRMED,
        }
        self.every_page_is_in_exactly_one_record()

    # --- how ---

    def _claim(self, step: Step, key: str) -> Claim | None:
        claim = self.office.claim(step, key)
        if claim is not None:
            self.claims.append(claim)
        return claim

    def _carry_through(self, step: Step, key: str) -> None:
        if claim := self._claim(step, key):
            self._report(claim, 1, True)
            return
        now = self.office.now
        with self.office.database.transaction() as tx:
            if tx.steps.exhausted(step, key, now=now, max_attempts=MAX_ATTEMPTS):
                assert tx.steps.park(step, key, "attempts_exhausted", now)
                if step is Step.FILE:  # waits for a person, who asks again
                    assert tx.records.ask_filing_again(RecordId(key))

    def _report(self, claim: Claim, cut: int, succeeds: bool) -> None:
        newest = next(one for one in reversed(self.claims) if (one.step, one.key) == (claim.step, claim.key))
        report = {
            Step.RASTERISE: self._rasterised,
            Step.RECOGNISE: self._recognised,
            Step.CLASSIFY: self._classified,
            Step.FILE: self._filed,
        }[claim.step]
        before = self._states()
        try:
            report(claim, cut, succeeds)
        except LeaseLost:
            assert self._states() == before
        else:
            assert claim is newest, "only the last who claimed may report"

    def _rasterised(self, claim: Claim, cut: int, succeeds: bool) -> None:
        file = FileId(claim.key)
        with self.office.database.transaction() as tx:
            if not succeeds:
                tx.batches.refused(claim, "damaged_file", self.office.now)
                return
            batch = tx.batches.get(tx.batches.file(file).batch, WHOLE_OFFICE)
            pages = [a_page(file, number) for number in range(1, 4)]
            ids = [page.id for page in pages]
            records = [a_record(batch, part, self.office.now) for part in (ids[:cut], ids[cut:]) if part]
            tx.batches.rasterised(claim, pages, records, self.office.now)

    def _recognised(self, claim: Claim, _cut: int, succeeds: bool) -> None:
        with self.office.database.transaction() as tx:
            if succeeds:
                tx.pages.recognised(claim, Fixity.of(b"text"), 0.5, "tesseract", self.office.now)
            else:
                tx.pages.unreadable(claim, "recognition_failed", self.office.now)

    def _classified(self, claim: Claim, cut: int, succeeds: bool) -> None:
        with self.office.database.transaction() as tx:
            record = tx.records.get(RecordId(claim.key), WHOLE_OFFICE)
            if record.state is not RecordState.ASSEMBLED:
                raise LeaseLost  # a worker that looks before it reports
            batch = tx.batches.get(record.batch, WHOLE_OFFICE)
            kept, rest = replace(record, pages=record.pages[:cut]), record.pages[cut:]
            new = a_record(batch, rest, self.office.now) if rest and succeeds else None
            tx.records.classified(claim, proposed(kept if new else record), new, self.office.now)

    def _filed(self, claim: Claim, _cut: int, succeeds: bool) -> None:
        with self.office.database.transaction() as tx:
            record = tx.records.get(RecordId(claim.key), WHOLE_OFFICE)
            if record.state is not RecordState.CONFIRMED:
                raise LeaseLost
            if succeeds:
                tx.records.filed(claim, record.filed(SCAN), self.office.now)
            else:
                tx.records.filing_failed(claim, "filing_failed", self.office.now)

    def _keys(self, step: Step) -> list[str]:
        with self.office.database.snapshot() as tx:
            files = [file for batch in self.batches for file in tx.batches.files(batch.id)]
            if step is Step.RASTERISE:
                return [file.id for file in files]
            if step is Step.RECOGNISE:
                return [page.id for file in files for page in tx.pages.of_file(file.id)]
        return [record.id for record in self._records()]

    def _records(self) -> list[Record]:
        with self.office.database.snapshot() as tx:
            return [record for batch in self.batches for record in tx.records.of_batch(batch.id)]

    def _states(self) -> States:
        states: States = {}
        with self.office.database.snapshot() as tx:
            for batch in self.batches:
                states |= {record.id: record.state for record in tx.records.of_batch(batch.id)}
                for file in tx.batches.files(batch.id):
                    states[file.id] = file.state
                    states |= {page.id: page.state for page in tx.pages.of_file(file.id)}
        return states


def _allowed_from(
    state: FileState | PageState | RecordState,
) -> set[FileState] | set[PageState] | set[RecordState]:
    if isinstance(state, FileState):
        return FILE_TRANSITIONS[state]
    return PAGE_TRANSITIONS[state] if isinstance(state, PageState) else RECORD_TRANSITIONS[state]


@pytest.mark.slow
def test_no_order_of_events_loses_or_doubles_a_page(database: Database) -> None:
    class LifeHere(Life):
        def __init__(self) -> None:
            super().__init__(database)

    run_state_machine_as_test(LifeHere, settings=BRIEF)
