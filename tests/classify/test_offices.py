"""Papers of every kind of office: what is answered is what stands on them."""

from __future__ import annotations

import pytest

from bench.fields import same
from classify.classifier import RuleClassifier
from tests.classify import heads
from tests.classify.offices import Office, papers


@pytest.mark.parametrize("paper", [*papers(), *heads.papers()], ids=lambda paper: paper.name)
def test_papers_of_all_offices_are_read(classifier: RuleClassifier, paper: Office) -> None:
    reading = classifier.classify([paper.sheet.page()])
    values = {field.name: field.value for field in reading.fields}
    assert reading.classification.document_type == paper.document_type
    wrong = {
        name: (values.get(name), true)
        for name, true in paper.fields.items()
        if not same(values.get(name), true)
    }
    assert not wrong
