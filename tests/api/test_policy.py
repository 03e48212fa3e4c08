"""The acceptance policy over HTTP and through the pipeline: promised, recorded, and answered for by somebody."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from classify.classifier import Reading
from config.wiring import Services
from ocr.alto import to_alto
from records.acceptance import DOSSIER, OTHER_TYPES, TYPE, AcceptanceMode, Policy, Threshold
from records.ids import DocumentTypeCode, DossierCode
from records.page import Barcode, Box, EngineStamp, Line, PageText, Word
from records.record import Classification, DossierProposal, Field, Record
from records.states import RecordState
from records.steps import Step
from tests.api.world import CODE, World
from tests.contract.office import Office
from workers import pipeline

RESULT_TYPE = DocumentTypeCode("GPXD")  # a building permit: always a result
FIELDS = (
    Field("number_symbol", "12/GPXD", 0.99),
    Field("place", "Mỹ Tho", 0.98),
    Field("subject", None, 0.5),
)


class SureClassifier:
    """Reads the same from every paper."""

    def __init__(self, code: DossierCode = CODE, kind: DocumentTypeCode = RESULT_TYPE) -> None:
        self.reading = Reading(
            Classification(kind, 0.99), FIELDS, (DossierProposal(code, "qr", 1.0),), ("field_unsure:place",)
        )

    def document_starts(self, pages: Sequence[PageText]) -> tuple[int, ...]:
        return (1,)

    def classify(
        self,
        pages: Sequence[PageText],
        barcodes: Sequence[Sequence[Barcode]] = (),
        *,
        scanned_on: date | None = None,
    ) -> Reading:
        return self.reading


def thresholds() -> tuple[Threshold, ...]:
    names = (TYPE, DOSSIER, "number_symbol", "place")
    return tuple(Threshold(name, OTHER_TYPES, 0.95, 700, 0, 0.0043, 0.1) for name in names)


def count(world: World, mode: AcceptanceMode = AcceptanceMode.BY_PERSON) -> None:
    """Let a policy count that accepts all that SureClassifier reads."""
    policy = Policy(1, datetime.now(UTC), "administrator", "fitted", mode=mode, thresholds=thresholds())
    with world.services.database.transaction() as tx:
        tx.policies.add(policy)


@pytest.fixture
def sure(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """An office whose classifier reads the same from every paper."""
    monkeypatch.setattr(Services, "classifier", SureClassifier())
    return world


def classified(world: World, name: bytes = b"one") -> Record:
    """A clean paper that went through the pipeline's own classification."""
    office = Office(world.services.database, datetime.now(UTC))
    batch = world.send(b"%PDF-1.7 " + name)
    world.rasterise(batch, 1)
    with world.services.database.snapshot() as tx:
        (record,) = tx.records.of_batch(tx.records.of_batch(batch)[0].batch)  # type: ignore[arg-type]
    words = world.store(alto_with_a_word(), "application/xml")
    claim = office.claimed(Step.RECOGNISE, record.pages[0])
    with world.services.database.transaction() as tx:
        tx.pages.recognised(claim, words, 0.9, "fixed", office.now)
    todos = pipeline.classify(world.services, office.claimed(Step.CLASSIFY, record.id))
    world.asked.extend(todos)
    return office.record(record.id)


def alto_with_a_word() -> bytes:
    word = Word("12/QĐ-UBND", Box(10, 10, 90, 30), 0.9)
    text = PageText(1654, 2339, (Line((word,), word.box),), EngineStamp("fixed", "1"))
    return to_alto(text, page_id="page")


# --- what the pipeline makes of a policy ---


def test_without_a_policy_everything_is_asked(sure: World) -> None:
    record = classified(sure)
    assert (record.acceptance, record.settled_as) == (None, None)
    assert record.review_reasons == ("field_unsure:place",)


def test_accepted_values_are_no_longer_doubtful_and_the_record_is_settled(sure: World) -> None:
    count(sure)
    record = classified(sure)
    assert record.state is RecordState.CLASSIFIED
    shown = sure.get("clerk", f"/api/records/{record.id}").json()
    assert set(shown["accepted"]) == {TYPE, DOSSIER, "number_symbol", "place"}
    assert (shown["settled"], shown["review_reasons"]) == (True, [])


def test_a_paper_for_a_dossier_that_nobody_imported_is_not_settled(
    sure: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    count(sure)
    monkeypatch.setattr(Services, "classifier", SureClassifier(DossierCode("H58.30-220303-9999")))
    record = classified(sure)
    assert record.acceptance is not None
    assert (record.settled_as, record.review_reasons) == (None, ("dossier_not_imported",))


def test_a_type_that_may_be_component_or_result_is_not_settled(
    sure: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    count(sure)
    monkeypatch.setattr(Services, "classifier", SureClassifier(kind=DocumentTypeCode("QD")))
    assert classified(sure).settled_as is None


def test_the_policy_confirms_by_itself_only_when_told_to(sure: World) -> None:
    count(sure, AcceptanceMode.BY_POLICY)
    record = classified(sure)
    assert record.state is RecordState.CONFIRMED
    assert (sure.asked[-1].step, sure.asked[-1].key) == (Step.FILE, record.id)
    history = sure.get("auditor", f"/api/records/{record.id}/history").json()["items"]
    assert (history[-1]["actor"], history[-1]["action"]) == ("policy:1", "confirmed")
    confirmation = sure.get("clerk", f"/api/records/{record.id}").json()["confirmation"]
    assert (confirmation["by"], confirmation["policy"]) == ("policy", 1)
    assert set(confirmation["unseen"]) == {TYPE, DOSSIER, "number_symbol", "place"}


# --- many in one action ---


def test_a_person_confirms_settled_papers_in_one_action_and_answers_for_them(sure: World) -> None:
    count(sure)
    first, second = classified(sure), classified(sure, b"two")
    listed = sure.get("clerk", "/api/reviews/settled").json()["items"]
    assert [one["id"] for one in listed] == [first.id, second.id]
    doubtful = sure.a_record(b"%PDF-1.7 doubtful")
    body = {
        "records": [
            {"record": first.id, "version": first.version},
            {"record": second.id, "version": second.version + 1},
            {"record": doubtful.id, "version": doubtful.version},
        ]
    }
    outcome = sure.post("clerk", "/api/reviews/settled", body).json()["items"]
    assert [(one["version"], one["refusal"]) for one in outcome] == [
        (first.version + 1, None),
        (None, "stale_version"),
        (None, "illegal_transition"),
    ]
    shown = sure.get("clerk", f"/api/records/{first.id}").json()
    assert (shown["state"], shown["confirmation"]["dossier"]["role"]) == ("confirmed", "result")
    history = sure.get("auditor", f"/api/records/{first.id}/history").json()["items"]
    assert (history[-1]["actor"], history[-1]["reason"]) == ("clerk", "settled")
    assert (sure.asked[-1].step, sure.asked[-1].key) == (Step.FILE, first.id)
    assert sure.post("auditor", "/api/reviews/settled", body).status_code == 403


# --- what is learnt ---


def test_a_corrected_value_stops_the_acceptance_that_it_proves_wrong(sure: World) -> None:
    count(sure)
    record = classified(sure)
    fields = {"number_symbol": "12/GPXD", "place": "Gò Công"}
    assert sure.confirm(record, document_type=RESULT_TYPE, fields=fields).status_code == 200
    policy = sure.get("auditor", "/api/policy").json()
    stopped = [one["field"] for one in policy["thresholds"] if one["stopped"]]
    assert (policy["version"], policy["actor"], stopped) == (2, "policy", ["place"])
    metrics = sure.get(None, "/metrics").text
    assert 'sohoa_acceptance_stopped{document_type="*",field="place"} 1.0' in metrics
    assert 'sohoa_acceptance_stopped{document_type="*",field="number_symbol"} 0.0' in metrics
    assert classified(sure, b"next").review_reasons == ("field_unsure:place",)


# --- people and the policy ---


def change(world: World, who: str, **rules: Any) -> Any:
    return world.call(who, "PATCH", "/api/policy", json=rules)


def test_an_administrator_changes_and_fits_the_policy_and_every_version_stays(world: World) -> None:
    assert world.get("auditor", "/api/policy").json()["version"] == 0
    changed = change(world, "administrator", bound=0.01, mode="by_policy", second={"dossier": 0.1}).json()
    assert (changed["version"], changed["bound"], changed["mode"]) == (1, 0.01, "by_policy")
    fitted = world.post("administrator", "/api/policy/fit", {"since_days": 30}).json()
    assert (fitted["version"], fitted["reason"], fitted["second"]) == (2, "fitted", {"dossier": 0.1})
    history = world.get("auditor", "/api/policy/history").json()["items"]
    assert [one["version"] for one in history] == [2, 1]
    for who in ("clerk", "auditor", "operator"):
        assert change(world, who, mode="off").status_code == 403
        assert world.post(who, "/api/policy/fit", {}).status_code == 403
    assert world.get("clerk", "/api/policy").status_code == 403
    for rules in ({"bound": 0}, {"second": {"place": 2}}, {"mode": "x"}, {"unknown": 1}):
        assert change(world, "administrator", **rules).status_code == 422, rules


def test_turned_off_nothing_is_accepted(sure: World) -> None:
    count(sure)
    change(sure, "administrator", mode="off")
    record = classified(sure)
    assert (record.acceptance, record.review_reasons) == (None, ("field_unsure:place",))
    assert replace(record, settled_as=None) == record


def test_a_field_that_is_always_looked_at_is_never_accepted(sure: World) -> None:
    count(sure)
    assert change(sure, "administrator", always=["place"]).json()["always"] == ["place"]
    record = classified(sure)
    assert record.acceptance is not None
    assert set(record.acceptance.accepted) == {TYPE, DOSSIER, "number_symbol"}
    assert (record.settled_as, record.review_reasons) == (None, ("field_unsure:place",))


def test_a_change_of_what_counts_no_more_and_of_what_no_paper_has_is_refused(world: World) -> None:
    assert change(world, "administrator", bound=0.01, based_on=0).json()["version"] == 1
    refused = change(world, "administrator", bound=0.02, based_on=0)
    assert (refused.status_code, refused.json()["code"]) == (412, "stale_version")
    for rules in ({"always": ["plce"]}, {"always": ["*"]}, {"second": {"plce": 0.1}}):
        refused = change(world, "administrator", **rules)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid_value"), rules
    assert world.get("auditor", "/api/policy").json()["bound"] == 0.01
