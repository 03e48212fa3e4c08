"""The classifier with the data that the project ships with, built once."""

from __future__ import annotations

import pytest

from classify.classifier import RuleClassifier
from classify.taxonomy import Taxonomy
from records import default_data


@pytest.fixture(scope="session")
def classifier() -> RuleClassifier:
    return RuleClassifier(
        default_data.document_types(),
        default_data.kind_abbreviations(),
        default_data.org_units(),
        default_data.procedures(),
    )


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return Taxonomy(default_data.document_types(), default_data.kind_abbreviations())
