"""The acceptance policy in the database: dated versions, evidence that adds up, and promises that end by themselves."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from records.acceptance import OTHER_TYPES, AcceptanceMode, EvidenceSource, Policy, Threshold
from records.acceptance_fit import Tally, step_of
from records.errors import InvalidValue, NotFound, StaleVersion
from records.evidence import ValueCheck
from records.ids import RecordId
from records.record import Acceptance, Record, Role
from records.staff import WHOLE_OFFICE
from storage.records import Records
from tests.contract.office import START, STATION, WARD, Office
from tests.contract.plans import plans
from tests.contract.test_races import in_transactions
from workers import policy_fit
from workers.accept import keep_promise

YEAR = timedelta(days=365)
PLACE = Threshold("place", "QD", 0.95, 700, 0, 0.0043, 0.1)


def a_check(record: RecordId, right: bool | None = True, **parts: object) -> ValueCheck:
    check = ValueCheck(record, "place", "QD", WARD, STATION, 0.96, right, START)
    return replace(check, **parts)  # type: ignore[arg-type]


def note(office: Office, checks: Iterable[ValueCheck]) -> None:
    with office.database.transaction() as tx:
        tx.evidence.note(checks)


def papers(office: Office, count: int) -> list[Record]:
    return office.rasterise(office.scan(), records=(1,) * count)


def tallies(office: Office, since: timedelta = YEAR) -> set[Tally]:
    with office.database.snapshot() as tx:
        return set(tx.evidence.tallies(office.now - since, office.now))


def add(office: Office, *thresholds: Threshold, version: int = 1) -> Policy:
    policy = Policy(version, office.now, "admin", "fitted", thresholds=thresholds)
    with office.database.transaction() as tx:
        tx.policies.add(policy)
    return policy


def test_before_the_first_policy_nothing_is_accepted(office: Office) -> None:
    with office.database.snapshot() as tx:
        current = tx.policies.current()
        assert tx.policies.list().items == ()
    assert (current.version, current.thresholds, current.bound) == (0, (), 0.005)


def test_every_version_stays_and_the_newest_counts(office: Office) -> None:
    first = add(office, PLACE)
    second = replace(
        first, version=2, mode=AcceptanceMode.OFF, second={"*": 0.1}, always=("place",), reason="changed"
    )
    with office.database.transaction() as tx:
        tx.policies.add(second)
    with office.database.snapshot() as tx:
        assert tx.policies.current() == second
        assert tx.policies.get(1) == replace(first, second={})
        assert [one.version for one in tx.policies.list().items] == [2, 1]
        with pytest.raises(NotFound):
            tx.policies.get(3)
    with pytest.raises(StaleVersion), office.database.transaction() as tx:
        tx.policies.add(first)


def test_evidence_adds_up_by_field_type_and_step(office: Office) -> None:
    one, two, three, four = (record.id for record in papers(office, 4))
    checks = [
        a_check(one),
        a_check(two, right=False),
        a_check(three, right=None),
        a_check(four, document_type="CV", confidence=0.2),
        a_check(one, field="subject", confidence=0.995),
    ]
    note(office, checks)
    step = step_of(0.96)
    assert step is not None
    assert tallies(office) == {Tally("place", "QD", step, 2, 1, 3), Tally("subject", "QD", 0, 1, 0, 1)}
    office.wait(timedelta(days=40))
    assert {tally.recent for tally in tallies(office)} == {0}
    assert tallies(office, timedelta(days=30)) == set()


def test_a_value_that_is_checked_again_counts_once_and_a_blind_word_stays(office: Office) -> None:
    (record,) = papers(office, 1)
    for check in (
        a_check(record.id, right=None),
        a_check(record.id),
        a_check(record.id, right=False, blind=True),
        a_check(record.id),
    ):
        note(office, [check])
    (tally,) = tallies(office)
    assert (tally.checked, tally.wrong) == (1, 1)


def test_a_wrong_value_that_breaks_the_promise_stops_the_acceptance_and_says_so(office: Office) -> None:
    keys = [record.id for record in papers(office, 40)]
    add(office, PLACE, replace(PLACE, field="subject"))
    note(office, [a_check(key) for key in keys])
    with office.database.transaction() as tx:
        keep_promise(tx, [a_check(keys[0]), a_check(keys[0], right=None)], office.now)
        assert tx.policies.current().version == 1  # right values break nothing
        keep_promise(tx, [a_check(keys[0], right=False, confidence=0.5)], office.now)
        assert tx.policies.current().version == 1  # it had not been accepted
    wrong = a_check(keys[0], right=False)
    note(office, [wrong])
    with office.database.transaction() as tx:
        keep_promise(tx, [wrong], office.now)
    with office.database.snapshot() as tx:
        policy = tx.policies.current()
        entry = tx.audit.list(subject="place:QD").items[0]
    stopped = policy.threshold("place", "QD")
    assert stopped is not None
    assert (stopped.stopped, stopped.wrong, stopped.checked) == (True, 1, 40)
    assert not policy.accepts("place", "QD", 1.0)
    assert policy.accepts("subject", "QD", 1.0)
    assert (entry.actor, entry.action) == ("policy", "policy.stopped")
    with office.database.transaction() as tx:
        keep_promise(tx, [wrong], office.now)
        assert tx.policies.current().version == 2


def test_a_field_that_is_read_worse_lately_is_stopped_whatever_was_right_before(office: Office) -> None:
    keys = [record.id for record in papers(office, 60)]
    add(office, replace(PLACE, checked=5000, source=EvidenceSource.PRIOR))
    note(office, [a_check(key, right=n >= 3, at=office.now) for n, key in enumerate(keys)])
    wrong = a_check(keys[0], right=False, at=office.now)
    with office.database.transaction() as tx:
        keep_promise(tx, [wrong], office.now)
    with office.database.snapshot() as tx:
        policy = tx.policies.current()
        (entry,) = tx.audit.list(subject="place:QD").items
    assert not policy.accepts("place", "QD", 1.0)
    assert {"checked_lately": 60, "wrong_lately": 3}.items() <= json.loads(entry.details).items()


def test_a_promise_with_enough_evidence_outlives_a_wrong_value(office: Office) -> None:
    (record,) = papers(office, 1)
    add(office, replace(PLACE, checked=5000, source=EvidenceSource.PRIOR))
    wrong = a_check(record.id, right=False)
    note(office, [wrong])
    with office.database.transaction() as tx:
        keep_promise(tx, [wrong], office.now)
        assert tx.policies.current().version == 1


def test_a_promise_broken_by_many_at_once_is_stopped_once(office: Office) -> None:
    keys = [record.id for record in papers(office, 4)]
    add(office, PLACE)
    wrong = [a_check(key, right=False) for key in keys]
    note(office, wrong)
    assert in_transactions(office, 4, lambda tx, n: keep_promise(tx, [wrong[n]], office.now)) == [None] * 4
    with office.database.snapshot() as tx:
        assert tx.policies.current().version == 2
        assert len(tx.audit.list(subject="place:QD").items) == 1


def test_the_evidence_of_other_types_leaves_out_those_that_stand_alone(office: Office) -> None:
    one, two, three = (record.id for record in papers(office, 3))
    others = replace(PLACE, document_type=OTHER_TYPES)
    policy = add(office, PLACE, others)
    note(
        office,
        [a_check(one, right=False), a_check(two, document_type="CV"), a_check(three, document_type="BC")],
    )
    with office.database.snapshot() as tx:
        assert tx.evidence.standing(policy, others) == (2, 0)
        assert tx.evidence.standing(policy, PLACE) == (1, 1)


def test_a_policy_is_fitted_from_what_was_confirmed(office: Office) -> None:
    keys = [record.id for record in papers(office, 60)]
    note(office, [a_check(key, confidence=0.99) for key in keys])
    with office.database.transaction() as tx:
        policy_fit.change(tx, actor="admin", now=office.now, bound=0.05)
        fitted = policy_fit.fit(tx, actor="admin", now=office.now, since=YEAR)
    (threshold,) = fitted.thresholds
    assert (threshold.field, threshold.document_type, threshold.checked) == ("place", "QD", 60)
    assert (fitted.version, fitted.bound, fitted.reason) == (2, 0.05, "fitted")
    with office.database.transaction() as tx:
        stricter = policy_fit.change(tx, actor="admin", now=office.now, bound=0.005)
        actions = [entry.action for entry in tx.audit.list(subject="policy").items]
    assert stricter.thresholds == ()
    assert actions == ["policy.changed", "policy.fitted", "policy.changed"]


def test_a_prior_is_marked_and_stays_until_own_evidence_decides(office: Office) -> None:
    rows = "document_type,field,confidence,right\n" + "QD,place,0.99,1\n" * 700
    with office.database.transaction() as tx:
        prior = policy_fit.read_observations(rows)
        first = policy_fit.fit(tx, actor="admin", now=office.now, since=YEAR, prior=prior)
        again = policy_fit.fit(tx, actor="admin", now=office.now, since=YEAR)
    assert [one.source for one in first.thresholds] == [EvidenceSource.PRIOR]
    assert again.thresholds == first.thresholds


@pytest.mark.parametrize(
    "rules", [{"bound": 0}, {"bound": 0.5}, {"certainty": 1}, {"second": {"place": 1.5}}]
)
def test_rules_that_promise_nothing_are_refused(office: Office, rules: dict[str, object]) -> None:
    with pytest.raises(InvalidValue), office.database.transaction() as tx:
        policy_fit.change(tx, actor="admin", now=office.now, **rules)  # type: ignore[arg-type]


def test_a_settled_record_keeps_what_was_accepted_and_is_found(office: Office) -> None:
    record = office.classified()
    with office.database.transaction() as tx:
        assert tx.records.list(WHOLE_OFFICE, settled=True).items == ()
        settled = replace(
            record, acceptance=Acceptance(1, ("place",)), settled_as=Role.RESULT, version=record.version + 1
        )
        tx.records.save(
            settled, expected_version=record.version, actor="x", action="classified", at=office.now
        )
    with office.database.snapshot() as tx:
        found = tx.records.list(WHOLE_OFFICE, settled=True).items
    assert found == (settled,)


def test_settled_papers_are_found_without_walking_through_the_queue(tmp_path: Path) -> None:
    found = plans(tmp_path, lambda connection: Records(connection).list(WHOLE_OFFICE, settled=True))
    assert found[0] == "SEARCH records USING INDEX ix_records_settled (state=?)"
