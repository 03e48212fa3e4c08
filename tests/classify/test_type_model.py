"""The learned model: kept as plain numbers, refused when damaged, heard beside the rules."""

from __future__ import annotations

import json
from random import Random

import pytest

from classify.classifier import RuleClassifier
from classify.type_features import DIMENSIONS
from classify.type_model import built_in, from_json
from classify.type_training import Example, Score, fit, is_better, score
from classify.type_vote import weighed
from records.errors import InvalidValue
from records.ids import DocumentTypeCode
from records.record import UNKNOWN_TYPE, Classification, Evidence
from tests.classify.sheet import BODY, Sheet

pytestmark = pytest.mark.slow

QD, TB, GKS = (DocumentTypeCode(code) for code in ("QD", "TB", "GKS"))


def examples(seed: int, of_each: int = 12) -> list[Example]:
    """Papers of three types that share most of their words."""
    rng = Random(seed)
    return [
        Example(
            tuple(
                sorted({rng.randrange(2000) for _ in range(20)} | {3000 + 10 * kind + i for i in range(4)})
            ),
            code,
        )
        for _ in range(of_each)
        for kind, code in enumerate((QD, TB, GKS))
    ]


def test_a_fitted_model_tells_unseen_papers_and_says_the_same_after_being_stored() -> None:
    model = fit(examples(1), "a")
    unseen = examples(2)
    assert score(model, unseen).accuracy == 1.0
    again = from_json(model.to_json(), "a")
    for one in unseen:
        assert again.probabilities(one.features)[0][0] == one.code
        assert sum(share for _, share in again.probabilities(one.features)) == pytest.approx(1.0)


def test_the_same_papers_give_the_same_model() -> None:
    assert fit(examples(1), "a").to_json() == fit(examples(1), "b").to_json()


@pytest.mark.parametrize(
    "untrusted",
    [
        b"",
        b"\x80\x04}.",
        b"[]",
        b'{"format": "other"}',
        b'{"format": "sohoa type model 1", "dimensions": 4096}',
    ],
)
def test_what_is_no_model_is_refused(untrusted: bytes) -> None:
    with pytest.raises(InvalidValue):
        from_json(untrusted, "x")


@pytest.mark.parametrize(
    "change", [{"weights": "AAAA"}, {"temperature": 0}, {"scales": [float("nan")] * 3}, {"codes": ["QD"]}]
)
def test_a_damaged_model_is_refused(change: dict[str, object]) -> None:
    document = json.loads(fit(examples(1), "a").to_json())
    with pytest.raises(InvalidValue):
        from_json(json.dumps(document | change).encode(), "x")


def test_training_needs_papers_of_several_types() -> None:
    with pytest.raises(InvalidValue):
        fit([Example((1, 2), QD)] * 5, "a")


def test_a_model_is_better_only_when_it_predicts_better_and_gets_no_fewer_right() -> None:
    now = Score(100, 0.9, 0.3, 0.0, 0.9, 0.95)
    assert is_better(Score(100, 0.9, 0.2, 0.0, 0.9, 0.95), now)
    assert not is_better(Score(100, 0.89, 0.2, 0.0, 0.9, 0.95), now)
    assert not is_better(Score(100, 0.95, 0.3, 0.0, 0.9, 0.95), now)


def test_rules_and_model_that_agree_are_surer_and_the_model_is_named_in_the_evidence() -> None:
    found = weighed(Classification(QD, 0.9), [(QD, 0.95), (TB, 0.05)], "model 3")
    assert found.document_type == QD
    assert found.confidence > 0.97
    assert found.evidence[-1].rule == "type_model:model 3:QD:0.95"


def test_a_model_that_is_sure_of_another_type_casts_doubt_and_proposes_it() -> None:
    found = weighed(Classification(QD, 0.9), [(TB, 0.97), (QD, 0.03)], "m")
    assert found.document_type == QD
    assert found.confidence < 0.85
    assert found.alternatives[0][0] == TB


def test_where_the_rules_know_nothing_a_sure_model_names_the_type_for_a_person_to_check() -> None:
    found = weighed(Classification(UNKNOWN_TYPE, 0.3), [(GKS, 0.96), (TB, 0.04)], "m")
    assert found.document_type == GKS
    assert found.confidence < 0.85


def test_unknown_stays_the_answer_where_the_model_is_unsure_or_a_title_names_another_kind() -> None:
    unsure = weighed(Classification(UNKNOWN_TYPE, 0.3), [(GKS, 0.6), (TB, 0.4)], "m")
    titled = Classification(UNKNOWN_TYPE, 0.9, (), (Evidence("title", 1),))
    assert unsure.document_type == UNKNOWN_TYPE
    assert weighed(titled, [(GKS, 0.99), (TB, 0.01)], "m").document_type == UNKNOWN_TYPE


def test_a_paper_whose_title_nobody_can_read_is_told_by_its_body(classifier: RuleClassifier) -> None:
    sheet = Sheet().head("ỦY BAN NHÂN DÂN", "PHƯỜNG 5", dated="Mỹ Tho, ngày 03 tháng 3 năm 2022")
    sheet.paragraph("Họ, chữ đệm, tên: NGUYỄN VĂN AN").paragraph("Ngày, tháng, năm sinh: 05/03/2022")
    sheet.paragraph("Giới tính: Nam  Dân tộc: Kinh  Quốc tịch: Việt Nam").paragraph(
        "Nơi sinh: Bệnh viện tỉnh"
    )
    sheet.paragraph("Họ, chữ đệm, tên người mẹ: TRẦN THỊ HOA").paragraph(
        "Họ, chữ đệm, tên người cha: NGUYỄN VĂN BA"
    )
    sheet.paragraph("Họ, chữ đệm, tên người đi khai sinh: NGUYỄN VĂN BA")
    assert classifier.classify([sheet.page()]).classification.document_type in ("GKS", "TLKS")


def test_the_built_in_model_knows_the_types_of_the_samples() -> None:
    model = built_in()
    assert model.weights.shape == (len(model.codes), DIMENSIONS)
    assert {"QD", "CV", "GKS", "GTN", "GPXD", "OTHER"} <= set(model.codes)


def test_a_plain_page_of_prose_is_of_unknown_type(classifier: RuleClassifier) -> None:
    sheet = Sheet().paragraph(*BODY).paragraph(*BODY)
    assert classifier.classify([sheet.page()]).classification.document_type == UNKNOWN_TYPE
