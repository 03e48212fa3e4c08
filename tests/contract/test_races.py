"""Many at once, in threads and in processes: exactly one wins, and the others are told."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from records.arrangement import joined
from records.dossier import Dossier, Upserted
from records.errors import StaleVersion
from records.ids import DossierCode, PageId, ProcedureCode, RecordId, StaffId
from records.record import Record
from records.review_lease import Wanted
from records.staff import WHOLE_OFFICE, Staff, StaffRole
from records.states import RecordState
from records.steps import Step
from storage.database import Transaction
from tests.contract.office import START, STATION, WARD, Office, a_batch, a_file, confirmed, proposed

ROOT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


def _at_once(count: int, act: Callable[[int], T]) -> list[T | Exception]:
    """What `act` returned or raised in each of so many threads that start together."""
    barrier = threading.Barrier(count)
    results: list[T | Exception] = []

    def run(number: int) -> None:
        barrier.wait()
        try:
            results.append(act(number))
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def in_transactions(office: Office, count: int, act: Callable[[Transaction, int], T]) -> list[T | Exception]:
    def run(number: int) -> T:
        with office.database.transaction() as tx:
            return act(tx, number)

    return _at_once(count, run)


@pytest.mark.parametrize("step", list(Step))
def test_of_many_threads_one_gets_the_claim(office: Office, step: Step) -> None:
    batch = office.scan()
    key: str = batch.id
    if step is Step.RASTERISE:
        key = a_file(batch, 1).id
    else:
        (record,) = office.rasterise(batch)
        key = record.pages[0] if step is Step.RECOGNISE else record.id
    if step in (Step.CLASSIFY, Step.FILE, Step.READ_AGAIN):
        office.recognise(record)
    if step is Step.READ_AGAIN:
        office.classify(record)
        with office.database.transaction() as tx:
            tx.drafts.note(record.pages[0], "fast", office.now)
    if step is Step.FILE:
        office.confirm(office.classify(record))
    results = _at_once(8, lambda _: office.claim(step, key))
    assert len([claim for claim in results if claim is not None]) == 1, results


def test_two_worker_processes_share_the_pages_without_overlap(office: Office, database_url: str) -> None:
    (record,) = office.rasterise(office.scan(), records=(40,))
    claimed: list[str] = []
    with ExitStack() as stack:
        workers = [stack.enter_context(_claimer(database_url, record.pages)) for _ in range(2)]
        for worker in workers:
            assert worker.stdout is not None
            assert worker.stdout.readline() == "ready\n"
        for worker in workers:
            assert worker.stdin is not None
            worker.stdin.write("go\n")
            worker.stdin.flush()
        for worker in workers:
            output, _ = worker.communicate(timeout=120)
            claimed += output.split()
    assert sorted(claimed) == sorted(record.pages)
    assert [worker.returncode for worker in workers] == [0, 0]


def _claimer(url: str, pages: tuple[PageId, ...]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.contract.claimer", url, *pages],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_workers_in_a_hurry_still_classify_a_batch_in_order(office: Office) -> None:
    records = office.rasterise(office.scan(), records=(2, 1, 1, 2, 1))
    order: list[RecordId] = []

    def work(_: int) -> None:
        while todos := list(_open_steps(office, records)):
            for step, key in todos:
                claim = office.claim(step, key)
                if claim is None:
                    continue
                if step is Step.RECOGNISE:
                    with office.database.transaction() as tx:
                        tx.pages.unreadable(claim, "recognition_failed", office.now)
                else:
                    order.append(RecordId(key))
                    with office.database.transaction() as tx:
                        outcome = tx.records.get(RecordId(key), WHOLE_OFFICE)
                        tx.records.classified(claim, proposed(outcome), None, office.now)

    assert _at_once(4, work) == [None] * 4
    assert order == [record.id for record in records]


def _open_steps(office: Office, records: list[Record]) -> Iterator[tuple[Step, str]]:
    """Whatever is not done yet, asked for in the worst order, claimable or not."""
    with office.database.snapshot() as tx:
        stored = tx.records.of_batch(records[0].batch)
    for record in reversed(stored):
        if record.state is RecordState.ASSEMBLED:
            yield Step.CLASSIFY, record.id
            for page in record.pages:
                yield Step.RECOGNISE, page


def test_of_many_clerks_with_the_same_version_one_saves(office: Office) -> None:
    record = office.classified()
    results = _at_once(6, lambda _: office.save(confirmed(record), record.version, "confirmed"))
    assert [type(result) for result in results if isinstance(result, Exception)] == [StaleVersion] * 5
    with office.database.snapshot() as tx:
        assert len(tx.records.history(record.id)) == 3


def test_of_many_clerks_who_ask_for_the_next_paper_no_two_get_the_same(office: Office) -> None:
    papers = {office.classified().id for _ in range(4)}
    people = [StaffId(f"clerk {number}") for number in range(6)]
    with office.database.transaction() as tx:
        for person in people:
            tx.accounts.add(Staff(person, person, StaffRole.CLERK, (WARD,)), None, START)
    until = office.now + (START.replace(year=2023) - START)

    def ask(tx: Transaction, number: int) -> RecordId | None:
        found = tx.review_queue.take_next(people[number], Wanted(), WHOLE_OFFICE, office.now, until)
        return found[0].id if found else None

    got = in_transactions(office, 6, ask)
    assert sorted(map(str, got)) == sorted([*papers, "None", "None"])


def test_of_two_clerks_who_join_the_same_papers_one_wins(office: Office) -> None:
    batch = office.scan()
    records = office.rasterise(batch, records=(1, 1))
    for record in records:
        office.recognise(record)
    first, second = (office.classify(record) for record in records)
    orders = [(first, second), (second, first)] * 2

    def join(tx: Transaction, number: int) -> object:
        one, other = orders[number]
        versions = {one.id: one.version, other.id: other.version}
        return tx.arrangements.save(
            joined(one, [other]), based_on=versions, actor="clerk", action="merged", at=START
        )

    results = in_transactions(office, 4, join)
    assert sorted(type(result).__name__ for result in results) == ["StaleVersion"] * 3 + ["tuple"]


def test_a_batch_and_its_file_sent_by_many_at_once_are_stored_once(office: Office) -> None:
    batch = a_batch()

    def send(tx: Transaction, _: int) -> object:
        return tx.batches.open(batch), tx.batches.receive(a_file(batch, 1))

    assert in_transactions(office, 6, send) == [(batch, a_file(batch, 1))] * 6


def test_the_audit_chain_stays_whole_under_many_writers(office: Office) -> None:
    def write(tx: Transaction, number: int) -> None:
        tx.audit.append("hoa", "batch.opened", f"batch-{number}", {}, START)
        tx.stations.touch(STATION, START)
        tx.audit.append("hoa", "batch.completed", f"batch-{number}", {}, START)

    assert in_transactions(office, 8, write) == [None] * 8
    with office.database.snapshot() as tx:
        entries = tx.audit.list().items
        assert tx.audit.verify() is None
    assert [entry.sequence for entry in entries] == list(range(16, 0, -1))


def test_imports_of_the_same_dossiers_come_one_after_the_other(office: Office) -> None:
    cases = [
        Dossier(DossierCode(f"H58.30-220303-{number:04}"), ProcedureCode("1.001193"), WARD, START)
        for number in range(1, 21)
    ]

    def load(tx: Transaction, number: int) -> Upserted:
        status = [replace(case, status=str(number)) for case in cases]
        return tx.dossiers.upsert(status if number % 2 else status[::-1], "case system", START)

    results = in_transactions(office, 4, load)
    assert sorted(map(repr, results)) == sorted(map(repr, [Upserted(20, 0, 0), *[Upserted(0, 20, 0)] * 3]))


def test_a_setup_link_opens_for_one_of_many(office: Office) -> None:
    with office.database.transaction() as tx:
        tx.sessions.add_setup_token("setup", START.replace(year=2023))
    results = in_transactions(office, 6, lambda tx, _: tx.sessions.use_setup_token("setup", START))
    assert sorted(map(bool, results)) == [False] * 5 + [True]


def test_failed_sign_ins_at_once_are_all_counted(office: Office) -> None:
    window = START.replace(year=2023) - START
    results = in_transactions(office, 8, lambda tx, _: tx.sessions.note_failure("key", START, window))
    assert sorted(results, key=str) == list(range(1, 9))
