"""What `bench fields` counts: right, wrong, missed, what needs nobody's eye; and a frozen set that reads the same."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from bench.field_papers import FieldPaper, told_besides
from bench.fields import Result, grade, graded, same
from bench.frozen import freeze, frozen
from bench.straight import Observation, risk_coverage, straight, write_observations
from classify.classifier import Reading
from classify.components import Listed, as_json
from classify.signer_title import authorities
from records.ids import DocumentTypeCode
from records.page import PageText
from records.record import Classification, Field
from samples import make_document
from tests.classify.sheet import decision


def a_paper(name: str = "one", **fields: str | None) -> tuple[FieldPaper, list[PageText]]:
    told = {"number_symbol": "492/QĐ-UBND", "place": "Mỹ Tho"} | fields
    return FieldPaper(name, "decision", (), "QD", told, frozenset()), [decision().page()]


def test_answers_are_counted_as_right_wrong_and_missed() -> None:
    result = graded([a_paper(), a_paper("two", place="Cai Lậy", dossier_code="H58.30-220303-0012")])
    assert (result.fields["number_symbol"].right, result.fields["place"].wrong) == (2, 1)
    assert result.fields["dossier_code"].missed == 1
    assert (result.types_right, result.types_graded) == (2, 2)
    assert result.incomplete == {"two"}


def test_papers_that_nobody_looks_at_are_counted_apart_where_a_value_is_wrong() -> None:
    found = [a_paper(), a_paper("two", place="Cai Lậy")]
    result = graded(found)
    assert (result.straight, result.straight_wrong) == (2, 1)


def test_a_tone_mark_may_stand_on_either_vowel() -> None:
    assert same("UỶ BAN NHÂN DÂN.", "ỦY BAN NHÂN DÂN")
    assert not same("TRẦN TÂN", "TRẦN TẤN")


def test_a_frozen_set_is_graded_as_the_papers_were(tmp_path: Path) -> None:
    now = graded(freeze([a_paper(), a_paper("two", place="Cai Lậy")], tmp_path))
    again = graded(frozen(tmp_path))
    assert again.fields == now.fields
    assert again.names == ["one", "two"]


def observed(right: int, wrong: int, confidence: float) -> list[Observation]:
    return [Observation(f"p{n}", "QD", "place", confidence, n >= wrong) for n in range(right + wrong)]


def test_values_are_accepted_as_far_down_as_the_bound_is_kept() -> None:
    names = [f"p{n}" for n in range(1300)]
    sure, unsure = observed(700, 0, 1.0), observed(1000, 300, 0.8)
    found = straight([*sure, *unsure], ["p1"], names)
    assert found.threshold is not None
    assert 0.8 < found.threshold <= 1.0
    assert found.values == 700 / 2000


def test_too_few_values_promise_nothing() -> None:
    assert straight(observed(100, 0, 1.0), [], ["p1"]).threshold is None


def test_observations_are_written_as_a_prior_for_the_policy(tmp_path: Path) -> None:
    path = tmp_path / "prior.csv"
    write_observations(observed(1, 1, 0.9), path)
    rows = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    assert rows[0] == {"document_type": "QD", "field": "place", "confidence": "0.9000", "right": "0"}
    assert len(rows) == 2


def test_the_risk_of_believing_falls_where_what_is_wrong_has_little_confidence() -> None:
    curve = {
        risk.confidence: risk for risk in risk_coverage([*observed(50, 0, 0.96), *observed(40, 10, 0.7)])
    }
    assert (curve[0.95].values, curve[0.95].wrong, curve[0.95].covered) == (50, 0, 0.5)
    assert (curve[0.7].values, curve[0.7].wrong, curve[0.7].covered) == (100, 10, 1.0)
    assert curve[0.99].limit == 1.0


def test_a_field_that_is_looked_for_by_its_caption_and_not_found_was_missed() -> None:
    paper, pages = a_paper(dob="1990-01-01")
    assert graded([(replace(paper, document_type="TLKS"), pages)]).fields["dob"].missed == 1


def test_what_a_receipt_lists_is_graded_by_name_and_by_reason() -> None:
    listed = as_json([Listed("Đơn đề nghị", original=1), Listed("Giấy khai sinh", certified=1)])
    field = Field("components", "…", 0.9, normalised=listed)
    reading = Reading(Classification(DocumentTypeCode("GTN"), 0.9), (field,), (), ())
    told: dict[str, str | None] = {
        "component_names": "Đơn đề nghị; Giấy khai sinh",
        "exemptions": "–; PHOTOCOPY",
    }
    paper = FieldPaper("one", "receipt", (), "GTN", told, frozenset())
    grade(result := Result(), paper, reading, {})
    assert (result.fields["component_names"].right, result.fields["exemptions"].wrong) == (1, 1)


def test_a_generated_paper_tells_by_what_authority_somebody_signs() -> None:
    truth = make_document(8310).truth
    told = told_besides(truth)
    assert told["signature_authority"] == authorities(truth.fields["signer_title"].value or "")
