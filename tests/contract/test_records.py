"""Records: no update is lost, the history only grows, and a person sees only the own units."""

from dataclasses import replace
from datetime import timedelta

import pytest

from records.derivative import Derivative
from records.errors import LeaseLost, NotFound, StaleVersion
from records.fixity import Fixity
from records.ids import DocumentTypeCode, DossierCode, PageId, RecordId
from records.page import Box
from records.record import Classification, DossierProposal, Evidence, Field, Record, Role
from records.staff import WHOLE_OFFICE, Scope
from records.states import RecordState
from records.steps import Step
from tests.contract.office import (
    CODE,
    DECISION,
    OTHER_STATION,
    OTHER_WARD,
    SCAN,
    WARD,
    Office,
    confirmed,
)


def test_a_record_comes_back_as_it_was_written(office: Office) -> None:
    (record,) = office.rasterise(office.scan(), records=(2,))
    office.recognise(record)
    field = Field("number_symbol", "492/QĐ-UBND", 0.1 + 0.2, 1, Box(1, 2, 3, 4), "492 /QĐ-UBND\x00", "rule")
    proposal = DossierProposal(CODE, "qr", 1.0, 2, Box(5, 6, 7, 8))
    outcome = _classified(office, record, (field, Field("place", None, 0.5)), (proposal,))
    assert office.record(record.id) == outcome


def _classified(
    office: Office, record: Record, fields: tuple[Field, ...], proposals: tuple[DossierProposal, ...]
) -> Record:
    claim = office.claimed(Step.CLASSIFY, record.id)
    classification = Classification(
        DECISION, 0.7, ((DocumentTypeCode("CV"), 0.2),), (Evidence("title", 1, Box(1, 1, 2, 2)),)
    )
    outcome = record.classified(classification, fields, proposals, ("type_unsure",))
    with office.database.transaction() as tx:
        tx.records.classified(claim, outcome, None, office.now)
    return outcome


def test_a_change_based_on_an_old_version_is_refused(office: Office) -> None:
    record = office.classified()
    office.confirm(record)
    with pytest.raises(StaleVersion):
        office.save(record.discarded(), record.version, "discarded")
    assert office.record(record.id).state is RecordState.CONFIRMED


def test_a_change_of_an_unknown_record_is_not_found(office: Office) -> None:
    record = office.classified()
    stranger = replace(record, id=RecordId("unknown"), pages=())
    with pytest.raises(NotFound):
        office.save(stranger.discarded(), record.version, "discarded")


def test_a_change_without_a_new_version_is_a_fault(office: Office) -> None:
    record = office.classified()
    with pytest.raises(ValueError, match="higher version"):
        office.save(record, record.version, "confirmed")


def test_a_change_that_takes_another_records_page_is_a_fault(office: Office) -> None:
    record = office.classified()
    taken = replace(record.discarded(), pages=(*record.pages, PageId("of another")))
    with pytest.raises(ValueError, match="exactly one"):
        office.save(taken, record.version, "discarded")


def test_pages_can_be_put_into_another_order(office: Office) -> None:
    (record,) = office.rasterise(office.scan(), records=(3,))
    office.recognise(record)
    record = office.classify(record)
    turned = replace(confirmed(record), pages=record.pages[::-1])
    office.save(turned, record.version, "confirmed")
    assert office.record(record.id).pages == record.pages[::-1]


def test_every_version_stays_in_the_history(office: Office) -> None:
    record = office.classified()
    office.wait(timedelta(minutes=1))
    filed = office.file(office.confirm(record))
    office.save(filed.reopened(), filed.version, "reopened")
    with office.database.transaction() as tx:
        again = tx.records.get(record.id, WHOLE_OFFICE)
        tx.records.save(
            again.discarded(),
            expected_version=again.version,
            actor="lan",
            action="discarded",
            at=office.now,
            reason="scanned twice",
        )
        history = tx.records.history(record.id)
    assert [(one.record.version, one.actor, one.action) for one in history] == [
        (1, "pipeline", "assembled"),
        (2, "pipeline", "classified"),
        (3, "clerk", "confirmed"),
        (4, "pipeline", "filed"),
        (5, "clerk", "reopened"),
        (6, "lan", "discarded"),
    ]
    assert history[3].record == filed
    assert history[5].reason == "scanned twice"
    assert history[2].at == office.now


def test_a_reopened_record_takes_the_step_from_the_worker_that_files_it(office: Office) -> None:
    record = office.confirm(office.classified())
    claim = office.claimed(Step.FILE, record.id)
    office.save(record.reopened(), record.version, "reopened")
    office.confirm(office.record(record.id))
    with pytest.raises(LeaseLost), office.database.transaction() as tx:
        tx.records.filed(claim, record.filed(SCAN), office.now)
    assert office.unfinished() == [(Step.FILE, record.id)]


def test_only_confirmed_and_filed_records_count_for_a_dossier(office: Office) -> None:
    record = office.classified()
    assert _of_dossier(office) == []
    record = office.confirm(record)
    assert _of_dossier(office) == [record.id]
    record = office.file(record)
    assert _of_dossier(office) == [record.id]
    office.save(record.reopened(), record.version, "reopened")
    assert _of_dossier(office) == []


def _of_dossier(office: Office, scope: Scope = WHOLE_OFFICE) -> list[RecordId]:
    with office.database.snapshot() as tx:
        listed = tx.records.list(scope, dossier=CODE).items
        assert listed == tx.records.of_dossier(CODE, scope)
    return [record.id for record in listed]


def test_a_record_of_another_unit_is_neither_found_nor_listed(office: Office) -> None:
    record = office.confirm(office.classified())
    stranger = Scope(frozenset([OTHER_WARD]))
    assert _of_dossier(office, stranger) == []
    with office.database.snapshot() as tx:
        assert tx.records.list(stranger).items == ()
        assert tx.records.list(Scope(frozenset([WARD]))).items == (record,)
        with pytest.raises(NotFound):
            tx.records.get(record.id, stranger)
        with pytest.raises(NotFound):
            tx.pages.get(record.pages[0], stranger)
        assert tx.pages.get(record.pages[0], Scope(frozenset([WARD]))).record == record.id


def test_records_are_listed_by_state_unit_type_and_batch(office: Office) -> None:
    batch = office.scan(station=OTHER_STATION, unit=OTHER_WARD)
    (assembled,) = office.rasterise(batch)
    waiting = office.classified()
    with office.database.snapshot() as tx:

        def listed(**filters: object) -> list[RecordId]:
            return [one.id for one in tx.records.list(WHOLE_OFFICE, **filters).items]  # type: ignore[arg-type]

        assert listed(state=RecordState.CLASSIFIED) == [waiting.id]
        assert listed(state=[RecordState.ASSEMBLED, RecordState.COVER]) == [assembled.id]
        assert listed(unit=OTHER_WARD) == [assembled.id]
        assert listed(batch=batch.id) == [assembled.id]
        assert listed(document_type=DECISION) == [waiting.id]
        assert listed(document_type=DocumentTypeCode("GCN")) == []


def test_the_queue_is_listed_oldest_first_in_the_order_of_scanning(office: Office) -> None:
    batch = office.scan(files=2)
    expected = [*office.rasterise(batch, 1, records=(1, 2, 1)), *office.rasterise(batch, 2)]
    office.wait(timedelta(minutes=1))
    expected += office.rasterise(office.scan())
    seen: list[RecordId] = []
    cursor = None
    while True:
        with office.database.snapshot() as tx:
            part = tx.records.list(WHOLE_OFFICE, limit=2, after=cursor)
        seen += [record.id for record in part.items]
        cursor = part.next
        if cursor is None:
            break
    assert seen == [record.id for record in expected]
    with office.database.snapshot() as tx:
        newest = tx.records.list(WHOLE_OFFICE, newest_first=True).items
    assert [record.id for record in newest] == seen[::-1]


def test_a_record_that_is_classified_meanwhile_does_not_shift_the_list(office: Office) -> None:
    records = [office.classified() for _ in range(4)]
    with office.database.snapshot() as tx:
        first = tx.records.list(WHOLE_OFFICE, state=RecordState.CLASSIFIED, limit=2)
    office.confirm(first.items[0])
    with office.database.snapshot() as tx:
        rest = tx.records.list(WHOLE_OFFICE, state=RecordState.CLASSIFIED, limit=2, after=first.next)
    assert {r.id for r in (*first.items, *rest.items)} == {r.id for r in records}


def test_derivatives_of_a_filing_replace_those_of_an_earlier_one(office: Office) -> None:
    record = office.confirm(office.classified())
    for number in range(2):
        made = [Derivative("access", Fixity.of(b"%d" % number), "application/pdf")]
        claim = office.claimed(Step.FILE, record.id)
        with office.database.transaction() as tx:
            tx.records.filed(claim, _filed(office, record), office.now, made)
        with office.database.snapshot() as tx:
            assert tx.records.derivatives(record.id) == tuple(made)
        filed = office.record(record.id)
        record = office.confirm(office.save(filed.reopened(), filed.version, "reopened"))


def _filed(office: Office, record: Record) -> Record:
    return office.record(record.id).filed(SCAN)


def test_a_result_and_a_component_are_told_apart(office: Office) -> None:
    office.confirm(office.classified(), Role.COMPONENT)
    office.confirm(office.classified(), Role.RESULT)
    with office.database.snapshot() as tx:
        found = tx.records.of_dossier(CODE, WHOLE_OFFICE)
        assert tx.records.of_dossier(DossierCode("H58.30-220303-9999"), WHOLE_OFFICE) == ()
    roles = {one.confirmation.tag.role for one in found if one.confirmation}
    assert roles == {Role.COMPONENT, Role.RESULT}
