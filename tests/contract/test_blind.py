"""Blind checks: never by who confirmed, disputes never by who checked; wrong values are corrected and counted."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest

from records.acceptance import DOSSIER, TYPE, Policy, Threshold
from records.blind_check import BlindCheck, CheckPurpose, CheckState, EstimateBy
from records.dossier import Dossier
from records.errors import DossierUnknown, InvalidDossierCode, InvalidValue, NotFound, StaleVersion
from records.ids import DossierCode, ProcedureCode, RecordId, StaffId
from records.record import Acceptance, Confirmation, DossierProposal, DossierTag, Field, Record, Role
from records.staff import WHOLE_OFFICE, Staff, StaffRole
from records.states import RecordState
from records.steps import Step
from tests.contract.office import CODE, DECISION, START, STATION, WARD, Office, proposed
from workers import blind
from workers.accept import learn

HOA, LAN, MAI = StaffId("hoa"), StaffId("lan"), StaffId("mai")
OTHER = DossierCode("H58.30-220303-0013")
PLACE = Threshold("place", "QD", 0.9, 700, 0, 0.0043, 1.0)


@pytest.fixture
def office(office: Office) -> Office:
    """The office with three clerks, two dossiers, and a policy that accepts places and checks every one."""
    with office.database.transaction() as tx:
        for person in (HOA, LAN, MAI):
            tx.accounts.add(Staff(person, person, StaffRole.CLERK, (WARD,)), None, START)
        cases = [Dossier(code, ProcedureCode("1.001193"), WARD, START) for code in (CODE, OTHER)]
        tx.dossiers.upsert(cases, "test", START)
        tx.policies.add(Policy(1, START, "admin", "fitted", second={"subject": 1.0}, thresholds=(PLACE,)))
    return office


def confirmed(office: Office, by: StaffId = HOA) -> Record:
    """A record whose place was accepted unseen and whose subject a clerk confirmed."""
    (record,) = office.rasterise(office.scan())
    office.recognise(record)
    claim = office.claimed(Step.CLASSIFY, record.id)
    fields = (Field("place", "Mỹ Tho", 0.95), Field("subject", "Về việc cấp phép", 0.6))
    outcome = replace(
        proposed(office.record(record.id)),
        fields=fields,
        proposals=(DossierProposal(CODE, "qr", 1.0),),
        acceptance=Acceptance(1, ("place",)),
    )
    values: dict[str, str | None] = {"place": "Mỹ Tho", "subject": "Về việc cấp phép", "signer_name": None}
    given = Confirmation(by, office.now, DECISION, values, DossierTag(CODE, Role.RESULT), ("place",), 1)
    with office.database.transaction() as tx:
        tx.records.classified(claim, outcome, None, office.now)
        saved = tx.records.save(
            outcome.confirmed(given),
            expected_version=outcome.version, actor=by, action="confirmed", at=office.now,
        )  # fmt: skip
        learn(tx, outcome, given, STATION)
        blind.draw(tx, outcome, given, STATION)
    return saved


def take(office: Office, person: StaffId, state: CheckState = CheckState.OPEN) -> RecordId | None:
    with office.database.transaction() as tx:
        until = office.now + timedelta(minutes=5)
        found = tx.blind_checks.take_next(person, state, WHOLE_OFFICE, office.now, until)
        if found:
            tx.review_leases.release(found, person)
    return found


def checks(
    office: Office, record: RecordId, person: StaffId, state: CheckState = CheckState.OPEN
) -> list[BlindCheck]:
    with office.database.snapshot() as tx:
        return list(tx.blind_checks.for_person(record, person, state))


def answer(office: Office, record: RecordId, values: Mapping[str, str | None], person: StaffId = LAN) -> None:
    with office.database.transaction() as tx:
        blind.answer(tx, tx.records.get(record, WHOLE_OFFICE), values, person, person, office.now)


def decide(
    office: Office, record: RecordId, values: Mapping[str, str | None], person: StaffId = MAI
) -> tuple[Record, tuple[str, ...]]:
    with office.database.transaction() as tx:
        return blind.decide(tx, tx.records.get(record, WHOLE_OFFICE), values, person, person, office.now)


RIGHT = {"place": "Mỹ Tho", "subject": "về  việc cấp phép"}


def test_accepted_values_are_drawn_as_a_sample_and_others_as_the_policy_asks(office: Office) -> None:
    record = confirmed(office)
    found = {check.field: check.purpose for check in checks(office, record.id, LAN)}
    assert found == {"place": CheckPurpose.SAMPLE, "subject": CheckPurpose.SECOND}


def test_nobody_checks_what_he_confirmed(office: Office) -> None:
    record = confirmed(office)
    assert (take(office, HOA), take(office, LAN)) == (None, record.id)
    with pytest.raises(NotFound):
        answer(office, record.id, RIGHT, HOA)


def test_a_record_that_is_opened_again_is_not_checked(office: Office) -> None:
    record = confirmed(office)
    office.save(record.reopened(), record.version, "reopened")
    assert take(office, LAN) is None


def test_two_verifiers_get_two_papers(office: Office) -> None:
    records = {confirmed(office).id, confirmed(office).id}
    until = office.now + timedelta(minutes=5)
    with office.database.transaction() as tx:
        got = {
            tx.blind_checks.take_next(person, CheckState.OPEN, WHOLE_OFFICE, office.now, until)
            for person in (LAN, MAI)
        }
    assert got == records


def test_an_equal_answer_settles_a_check_and_counts_as_evidence(office: Office) -> None:
    record = confirmed(office)
    answer(office, record.id, RIGHT)
    assert checks(office, record.id, LAN) == []
    with office.database.snapshot() as tx:
        (estimate,) = tx.blind_checks.estimates(EstimateBy.FIELD, START, WHOLE_OFFICE)
        policy = tx.policies.current()
        assert tx.evidence.standing(policy, PLACE) == (1, 0)
    assert (estimate.key, estimate.checked, estimate.wrong, estimate.open) == ("place", 1, 0, 0)
    with pytest.raises(NotFound):
        answer(office, record.id, RIGHT)


def test_every_value_that_is_asked_for_must_be_given_and_no_other(office: Office) -> None:
    record = confirmed(office)
    for values in ({"place": "Mỹ Tho"}, {**RIGHT, "signer_name": "x"}):
        with pytest.raises(InvalidValue):
            answer(office, record.id, values)


def test_a_different_answer_goes_to_a_third_person(office: Office) -> None:
    record = confirmed(office)
    answer(office, record.id, {**RIGHT, "place": "Gò Công"})
    assert (take(office, HOA, CheckState.DISPUTED), take(office, LAN, CheckState.DISPUTED)) == (None, None)
    assert take(office, MAI, CheckState.DISPUTED) == record.id
    (dispute,) = checks(office, record.id, MAI, CheckState.DISPUTED)
    assert (dispute.field, dispute.answer) == ("place", "Gò Công")
    for person in (HOA, LAN):
        with pytest.raises(NotFound):
            decide(office, record.id, {"place": "Mỹ Tho"}, person)


def test_a_confirmed_value_that_proves_right_stays(office: Office) -> None:
    record = confirmed(office)
    answer(office, record.id, {**RIGHT, "place": "Gò Công"})
    saved, corrected = decide(office, record.id, {"place": "Mỹ Tho"})
    assert (saved, corrected) == (record, ())
    with office.database.snapshot() as tx:
        assert tx.policies.current().version == 1
        assert not any("Gò Công" in str(row) for row in tx.audit.list().items)


def test_a_wrong_accepted_value_is_corrected_counted_and_ends_the_promise(office: Office) -> None:
    record = office.file(confirmed(office))
    answer(office, record.id, {**RIGHT, "place": "Gò Công"})
    saved, corrected = decide(office, record.id, {"place": "Gò Công"})
    assert corrected == ("place",)
    assert saved.confirmation is not None
    assert (saved.state, saved.confirmation.by) == (RecordState.CONFIRMED, MAI)
    assert saved.confirmation.values["place"] == "Gò Công"
    assert saved.confirmation.values["subject"] == "Về việc cấp phép"
    assert saved.confirmation.unseen == ()
    assert office.unfinished() == [(Step.FILE, record.id)]
    with office.database.snapshot() as tx:
        history = [(one.action, one.reason) for one in tx.records.history(record.id)][-2:]
        policy = tx.policies.current()
        (estimate,) = tx.blind_checks.estimates(EstimateBy.STATION, START, WHOLE_OFFICE)
    assert history == [("reopened", "blind_check"), ("confirmed", "blind_check")]
    assert (policy.reason, policy.accepts("place", "QD", 1.0)) == ("stopped", False)
    assert (estimate.key, estimate.checked, estimate.wrong) == (STATION, 1, 1)
    over, under = estimate.interval
    assert over == pytest.approx(0.05)
    assert under == 1.0


def test_a_disputed_dossier_must_exist_and_is_corrected(office: Office) -> None:
    record = confirmed(office)
    drawn = [
        BlindCheck(record.id, name, CheckPurpose.SECOND, "QD", WARD, STATION, office.now, HOA)
        for name in (DOSSIER, TYPE)
    ]
    with office.database.transaction() as tx:
        tx.blind_checks.draw(record.id, drawn)
    answer(office, record.id, {DOSSIER: OTHER, TYPE: "QD"})
    for code, refusal in (("none", InvalidDossierCode), ("H58.30-220303-9999", DossierUnknown)):
        with pytest.raises(refusal):
            decide(office, record.id, {DOSSIER: code})
    saved, corrected = decide(office, record.id, {DOSSIER: OTHER})
    assert saved.confirmation is not None
    assert (corrected, saved.confirmation.tag) == ((DOSSIER,), DossierTag(OTHER, Role.RESULT))


def test_of_two_who_answer_the_same_check_one_is_told(office: Office) -> None:
    record = confirmed(office)
    (place, _) = checks(office, record.id, LAN)
    with office.database.transaction() as tx:
        tx.blind_checks.settled(place, True, LAN, office.now)
    with pytest.raises(StaleVersion), office.database.transaction() as tx:
        tx.blind_checks.disputed(place, "x", MAI)


def test_the_share_decides_how_many_are_drawn(office: Office) -> None:
    record = confirmed(office)
    assert record.confirmation is not None
    shares = iter([0.5, 0.5, 0.05, 0.5, 0.5])
    with office.database.transaction() as tx:
        policy = replace(tx.policies.current(), version=2, second={"*": 0.1}, thresholds=())
        tx.policies.add(policy)
        blind.draw(tx, record, replace(record.confirmation, unseen=()), STATION, lambda: next(shares))
    assert [check.field for check in checks(office, record.id, LAN)] == ["place"]
