"""What a confirmation says about each value that was read."""

from dataclasses import replace
from datetime import UTC, datetime

from records.acceptance import DOSSIER, TYPE
from records.evidence import unseen_values, value_checks
from records.ids import BatchId, DocumentTypeCode, DossierCode, PageId, RecordId, StaffId, StationId, UnitCode
from records.record import (
    Acceptance,
    Classification,
    Confirmation,
    DossierProposal,
    DossierTag,
    Field,
    Record,
    Role,
)
from records.states import RecordState
from workers.accept import remaining, settled_as, settled_confirmation, with_unseen

NOW = datetime(2026, 1, 1, tzinfo=UTC)
QD = DocumentTypeCode("QD")
CODE = DossierCode("H58.30-220303-0012")
EVERYTHING = (TYPE, DOSSIER, "place", "number_symbol")


def a_record(accepted: tuple[str, ...] = EVERYTHING, reasons: tuple[str, ...] = ()) -> Record:
    fields = (
        Field("place", "Mỹ Tho", 0.99),
        Field("number_symbol", "12/QĐ-UBND", 0.98),
        Field("signer_name", None, 0.5),
    )
    return Record(
        RecordId("record"), BatchId("batch"), UnitCode("P1"), (PageId("page"),), RecordState.ASSEMBLED, NOW
    ).classified(
        Classification(QD, 0.9), fields, (DossierProposal(CODE, "qr", 1.0),), reasons, Acceptance(3, accepted)
    )


def confirmation(place: str = "Mỹ Tho", code: DossierCode = CODE) -> Confirmation:
    values: dict[str, str | None] = {"place": place, "number_symbol": "12 / qđ-ubnd"}
    return Confirmation(StaffId("hoa"), NOW, QD, values, DossierTag(code, Role.RESULT))


def judged(record: Record, given: Confirmation) -> dict[str, bool | None]:
    return {check.field: check.right for check in value_checks(record, given, StationId("s"))}


def test_an_accepted_value_that_stays_was_seen_by_nobody() -> None:
    record = a_record(accepted=(TYPE, "place"))
    given = with_unseen(record, confirmation())
    assert (given.unseen, given.policy) == ((TYPE, "place"), 3)
    assert judged(record, given) == {TYPE: None, "place": None, "number_symbol": True, DOSSIER: True}


def test_a_value_that_was_changed_was_wrong_whether_accepted_or_not() -> None:
    record = a_record(accepted=("place",))
    given = with_unseen(record, confirmation("Gò Công", DossierCode("H58.30-220303-0013")))
    assert (given.unseen, given.policy) == ((), None)
    assert judged(record, given) == {TYPE: True, "place": False, "number_symbol": True, DOSSIER: False}


def test_a_field_that_the_confirmation_does_not_speak_of_teaches_nothing() -> None:
    record = a_record()
    given = replace(confirmation(), values={})
    assert set(judged(record, given)) == {TYPE, DOSSIER}
    assert set(unseen_values(record, given)) == {TYPE, DOSSIER}


def test_a_record_is_settled_when_nothing_is_left_to_ask() -> None:
    record = a_record()
    assert settled_as(record, "result", {CODE}) is Role.RESULT
    assert settled_as(record, "input", {CODE}) is Role.COMPONENT
    assert settled_as(record, "both", {CODE}) is None  # nobody knows as what
    assert settled_as(record, "result", set()) is None  # the dossier was not imported
    assert settled_as(a_record(reasons=("quality:cut_off",)), "result", {CODE}) is None
    assert settled_as(a_record(accepted=EVERYTHING[:-1]), "result", {CODE}) is None


def test_a_settled_record_is_confirmed_as_it_was_read() -> None:
    record = replace(a_record(), settled_as=Role.RESULT)
    given = with_unseen(record, settled_confirmation(record, StaffId("hoa"), NOW))
    assert set(given.unseen) == set(EVERYTHING)
    assert given.tag == DossierTag(CODE, Role.RESULT)
    assert given.values == {"place": "Mỹ Tho", "number_symbol": "12/QĐ-UBND", "signer_name": None}


def test_a_promise_settles_doubts_about_values_and_no_others() -> None:
    reasons = (
        "type_unsure",
        "field_unsure:place",
        "field_unsure:subject",
        "field_missing:place",
        "quality:skewed",
        "odd",
    )
    left = remaining(reasons, Acceptance(3, (TYPE, "place")))
    assert left == ("field_unsure:subject", "field_missing:place", "quality:skewed", "odd")
    assert remaining(reasons, None) == reasons


def test_a_record_that_was_opened_again_has_nothing_accepted() -> None:
    record = replace(a_record(), settled_as=Role.RESULT)
    again = record.confirmed(confirmation()).reopened()
    assert (again.acceptance, again.settled_as) == (None, None)
