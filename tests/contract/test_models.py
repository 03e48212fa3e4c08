"""Versions of models: kept for ever, one in use, and a way back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from records.errors import NotFound
from records.fixity import Fixity
from records.model import ModelVersion
from storage.database import Database, Transaction

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def add(tx: Transaction, data: bytes) -> ModelVersion:
    return tx.models.add(
        Fixity.of(data), at=NOW, by="a", samples=3, confirmations=2, metrics={"accuracy": 0.9}
    )


def test_a_model_is_kept_with_its_metrics_and_used_once_it_is_activated(database: Database) -> None:
    with database.transaction() as tx:
        made = add(tx, b"one")
        assert tx.models.active() is None
        tx.models.activate(made.version, at=NOW, actor="a", reason="promoted")
    with database.transaction() as tx:
        assert tx.models.active() == made
        assert tx.models.list() == (made,)
        assert made.metrics == {"accuracy": 0.9}


def test_versions_are_numbered_in_order_and_the_last_activation_counts(database: Database) -> None:
    with database.transaction() as tx:
        first, second = add(tx, b"one"), add(tx, b"two")
        for version, reason in ((1, "promoted"), (2, "promoted"), (1, "rolled_back")):
            tx.models.activate(version, at=NOW, actor="a", reason=reason)
        assert (first.version, second.version) == (1, 2)
        assert tx.models.active() == first
        assert [one.version for one in tx.models.activations()] == [1, 2, 1]


def test_a_version_that_was_never_made_cannot_be_used(database: Database) -> None:
    with database.transaction() as tx, pytest.raises(NotFound):
        tx.models.activate(7, at=NOW, actor="a", reason="promoted")
