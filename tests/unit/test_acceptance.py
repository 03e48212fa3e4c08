"""Thresholds: nothing without evidence, no more than the evidence allows, and a broken promise ends."""

import random
from dataclasses import replace
from datetime import UTC, datetime

from records.acceptance import DOSSIER, OTHER_TYPES, TYPE, AcceptanceMode, EvidenceSource, Policy, Threshold
from records.acceptance import accepted_values as accepted
from records.acceptance_fit import GRID, Tally, decided_groups, fitted, kept_lately, step_of, with_prior
from records.ids import DocumentTypeCode, DossierCode
from records.limits import upper_limit
from records.record import UNKNOWN_TYPE, DossierProposal, Field

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BOUND, CERTAINTY = 0.005, 0.95
QD = DocumentTypeCode("QD")


def tally(confidence: float, checked: int, wrong: int = 0, field: str = "place", kind: str = "QD") -> Tally:
    step = step_of(confidence)
    assert step is not None
    return Tally(field, kind, step, checked, wrong, checked)


def fit(*tallies: Tally) -> dict[tuple[str, str], float]:
    return {(one.field, one.document_type): one.confidence for one in fitted(tallies, BOUND, CERTAINTY)}


def test_without_enough_evidence_nothing_is_accepted() -> None:
    assert fit() == {}
    assert fit(tally(0.99, 597)) == {}
    assert fit(tally(0.99, 598)) == {("place", "QD"): 0.99}


def test_no_threshold_goes_down_to_confidences_that_were_hardly_seen() -> None:
    assert fit(tally(0.99, 700), tally(0.91, 19)) == {("place", "QD"): 0.99}
    assert fit(tally(0.99, 700), tally(0.91, 19), tally(0.88, 20)) == {("place", "QD"): 0.88}


def test_a_threshold_goes_as_low_as_the_evidence_holds_and_no_lower() -> None:
    assert fit(tally(0.99, 5000, 2), tally(0.95, 1000, 1), tally(0.9, 300, 30)) == {("place", "QD"): 0.95}


def test_no_lower_step_is_tried_behind_one_that_fails() -> None:
    assert fit(tally(0.99, 1000, 40), tally(0.7, 100_000)) == {}


def test_rare_types_stand_together_and_common_ones_alone() -> None:
    rare = [tally(0.99, 100, kind=f"K{number}") for number in range(6)]
    assert fit(tally(0.99, 700), *rare) == {("place", "QD"): 0.99, ("place", OTHER_TYPES): 0.99}
    bad = tally(0.99, 700, 20, kind="CV")
    assert fit(tally(0.99, 700), *rare, bad) == {("place", "QD"): 0.99, ("place", OTHER_TYPES): 0.99}


def test_the_promise_is_kept_in_nineteen_of_twenty_offices() -> None:
    """Values whose true rate of wrong ones lies just over the bound are accepted in at most one office of twenty."""
    chance = random.Random(7)
    accepted_in = 0
    for _ in range(300):
        tallies = []
        for step in range(3):
            wrong = sum(chance.random() < 0.0055 for _ in range(1200))
            tallies.append(Tally("place", "QD", step, 1200, wrong))
        accepted_in += bool(fitted(tallies, BOUND, CERTAINTY))
    assert accepted_in / 300 < 0.08


def test_a_prior_counts_until_own_evidence_has_decided() -> None:
    prior = fitted([tally(0.99, 2000), tally(0.99, 2000, field="subject")], BOUND, CERTAINTY)
    own = [tally(0.97, 700, 50), tally(0.99, 10, field="subject")]
    merged = with_prior(fitted(own, BOUND, CERTAINTY), prior, decided_groups(own, BOUND, CERTAINTY))
    assert [(one.field, one.source) for one in merged] == [("subject", EvidenceSource.PRIOR)]


def a_policy(**parts: object) -> Policy:
    thresholds = (
        Threshold("place", "QD", 0.95, 700, 0, 0.0043, 0.1),
        Threshold(TYPE, OTHER_TYPES, 0.9, 700, 0, 0.0043, 0.1),
        Threshold(DOSSIER, OTHER_TYPES, 0.9, 700, 0, 0.0043, 0.1),
    )
    return replace(Policy(3, NOW, "admin", "fitted", thresholds=thresholds), **parts)  # type: ignore[arg-type]


def names(policy: Policy, kind: DocumentTypeCode = QD, confidence: float = 0.96, codes: int = 1) -> set[str]:
    fields = [
        Field("place", "Mỹ Tho", confidence),
        Field("subject", "x", 1.0),
        Field("signer_name", None, 1.0),
    ]
    proposals = [
        DossierProposal(DossierCode(f"H58.30-220303-{number:04}"), "qr", 0.97) for number in range(codes)
    ]
    return set(accepted(policy, kind, 0.92, fields, proposals).accepted)


def test_a_value_is_accepted_from_its_threshold_on() -> None:
    assert names(a_policy()) == {TYPE, DOSSIER, "place"}
    assert names(a_policy(), confidence=0.94) == {TYPE, DOSSIER}
    assert names(a_policy(), DocumentTypeCode("CV")) == {TYPE, DOSSIER}  # no threshold for place there
    assert names(a_policy(), UNKNOWN_TYPE) == set()
    assert names(a_policy(), codes=2) == {TYPE, "place"}
    assert names(a_policy(mode=AcceptanceMode.OFF)) == set()


def test_a_stopped_threshold_accepts_nothing_and_says_so() -> None:
    policy = a_policy()
    broken = policy.thresholds[0]
    after = policy.stopped(broken, 4, NOW, 2, 701)
    assert (after.version, after.actor, after.reason) == (4, "policy", "stopped")
    assert names(after) == {TYPE, DOSSIER}
    ended = after.threshold("place", "QD")
    assert ended is not None
    assert (ended.stopped, ended.wrong, ended.checked) == (True, 2, 701)
    assert ended.limit == upper_limit(2, 701)


def test_a_second_check_is_asked_for_by_field_or_for_all() -> None:
    policy = a_policy(second={"*": 0.02, "dossier": 0.5})
    assert (policy.second_share("dossier"), policy.second_share("place")) == (0.5, 0.02)
    assert a_policy().second_share("place") == 0


def test_the_grid_goes_down() -> None:
    assert list(GRID) == sorted(GRID, reverse=True)


def test_what_was_read_worse_lately_is_not_accepted_again_by_years_of_right_values() -> None:
    held = fitted([tally(0.99, 20_000, 10), tally(0.99, 20_000, 10, field="subject")], BOUND, CERTAINTY)
    lately = [tally(0.99, 200, 6), tally(0.99, 200, 1, field="subject"), tally(0.9, 50, 40, field="subject")]
    assert {one.field for one in held} == {"place", "subject"}
    assert {one.field for one in kept_lately(held, lately, BOUND)} == {"subject"}


def test_what_types_together_were_read_lately_leaves_out_those_with_a_threshold_of_their_own() -> None:
    rare = [tally(0.99, 150, kind=f"K{number}") for number in range(6)]
    held = fitted([tally(0.99, 900), *rare], BOUND, CERTAINTY)
    lately = [tally(0.99, 60, 5), tally(0.99, 60, 0, kind="K1")]
    assert {one.document_type for one in kept_lately(held, lately, BOUND)} == {OTHER_TYPES}
