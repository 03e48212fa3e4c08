"""Training from confirmations: a better model comes into use by itself, one command brings the old one back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

from classify.type_model import TypeModel, built_in
from classify.type_training import Example, fit
from config.settings import load_settings
from config.wiring import Services, build, set_up, type_model_in_use
from ocr.alto import to_alto
from records.fixity import Fixity
from records.ids import DocumentTypeCode, RecordId
from records.steps import Step
from tests.classify.sheet import decision
from tests.contract.office import Office
from tests.contract.office import set_up as set_up_office
from workers.training import confirmed_examples, in_use, is_held_out, rolled_back, train

pytestmark = pytest.mark.slow

NOW = datetime(2026, 3, 1, tzinfo=UTC)
CODES = [DocumentTypeCode(code) for code in ("QD", "TB", "GKS")]


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    made = build(load_settings(data_dir=tmp_path))
    set_up(made)
    yield made
    made.close()


def papers(seed: int, of_each: int = 10) -> list[Example]:
    rng = Random(seed)
    return [
        Example(
            tuple(sorted({rng.randrange(2000) for _ in range(9)} | {3000 + 10 * kind + i for i in range(4)})),
            code,
        )
        for _ in range(of_each)
        for kind, code in enumerate(CODES)
    ]


def test_a_better_model_comes_into_use_and_a_worse_one_does_not(services: Services) -> None:
    assert type_model_in_use(services) is built_in()
    done = train(services, papers(1), papers(2), "tester")
    assert done.promoted
    assert done.candidate.accuracy > done.current.accuracy
    assert type_model_in_use(services).name == "model 1"
    shuffled = [Example(one.features, code.code) for one, code in zip(papers(3), papers(3)[1:], strict=False)]
    worse = train(services, shuffled, papers(2), "tester")
    assert not worse.promoted
    assert in_use(services) == 1
    with services.database.transaction() as tx:
        assert [one.version for one in tx.models.list()] == [2, 1]


def test_one_command_brings_the_model_before_back(services: Services) -> None:
    train(services, papers(1), papers(2), "tester")
    assert rolled_back(services, "tester") == 0
    assert type_model_in_use(services) is built_in()
    assert rolled_back(services, "tester") == 0


def test_a_model_whose_object_is_no_model_leaves_the_built_in_one_in_use(services: Services) -> None:
    data = b"not a model"
    services.objects.put(data, Fixity.of(data), "application/json")
    with services.database.transaction() as tx:
        made = tx.models.add(Fixity.of(data), at=NOW, by="a", samples=0, confirmations=0, metrics={})
        tx.models.activate(made.version, at=NOW, actor="a", reason="promoted")
    assert type_model_in_use(services) is built_in()


def test_the_running_service_takes_a_new_model_up(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: TypeModel = services.classifier._model
    train(services, papers(1), papers(2), "tester")
    assert services.classifier._model is before
    monkeypatch.setattr("config.wiring.FRESH", -1.0)
    assert services.classifier._model.name == "model 1"


def test_what_clerks_confirmed_is_learned_from_and_a_lost_text_is_passed_over(services: Services) -> None:
    office = Office(services.database)
    with services.database.transaction() as tx:
        set_up_office(tx)
    alto = to_alto(decision().page(), page_id="p")
    services.objects.put(alto, Fixity.of(alto), "application/xml")
    batch = office.scan(files=2)
    read, lost = (office.rasterise(batch, number)[0] for number in (1, 2))
    claim = office.claimed(Step.RECOGNISE, read.pages[0])
    with services.database.transaction() as tx:
        tx.pages.recognised(claim, Fixity.of(alto), 0.9, "tesseract", office.now)
    office.recognise(lost)
    for record in (read, lost):
        office.confirm(office.classify(record))
    ((example, _),) = confirmed_examples(services)
    assert example.code == "QD"
    assert len(example.features) > 50


def test_one_record_in_five_is_held_out_and_always_the_same_ones() -> None:
    held = [is_held_out(RecordId(f"record-{number}")) for number in range(2000)]
    assert 0.15 < sum(held) / 2000 < 0.25
    assert held == [is_held_out(RecordId(f"record-{number}")) for number in range(2000)]


def test_a_fit_needs_no_order_of_types() -> None:
    assert fit(papers(1), "a").codes == tuple(sorted(CODES))
