"""While many pages wait they are read quickly; once nothing waits, and no person has confirmed them, well."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from config.wiring import Services
from ocr.engine import Image as Pixels
from records.errors import RecognitionFailed
from records.page import PageText
from records.search import SearchQuery
from records.staff import WHOLE_OFFICE
from records.states import RecordState
from records.steps import Step
from tests.faults.world import BATCH, InstantEngine, Office, confirm_all, finish, office, send
from workers.steps import run_step
from workers.sweep import unfinished


class QuickEngine(InstantEngine):
    name = "fast"


@dataclass
class CarefulEngine(InstantEngine):
    """Reads better than its quick twin; `meanwhile` happens while it reads."""

    meanwhile: Callable[[], None] = lambda: None
    name = "careful"

    def quick(self) -> QuickEngine:
        return QuickEngine()

    def read(self, image: Pixels, *, dpi: int = 0) -> PageText:
        self.meanwhile()
        text = super().read(image, dpi=dpi)
        word = replace(text.lines[0].words[0], text="NGHỊ")
        return replace(text, lines=(replace(text.lines[0], words=(word,)),))


@pytest.fixture
def busy(tmp_path: Path) -> Services:
    """An office where two waiting pages are many, after its scans came in."""
    return scanned(office(tmp_path / "office", quick_from=2))


def scanned(made: Office) -> Services:
    services = made.services()
    services.__dict__["engine"] = CarefulEngine()
    send(services, made.files)
    return services


def read_all(services: Services) -> None:
    """Until a clerk could begin; nothing is read again."""
    while todos := [todo for todo in unfinished(services) if todo.step is not Step.READ_AGAIN]:
        for todo in todos:
            run_step(services, todo)


def engines(services: Services, *states: RecordState) -> list[str | None]:
    """Who read the pages of the papers in these states, or of all."""
    with services.database.snapshot() as tx:
        wanted = [r for r in tx.records.of_batch(BATCH) if r.state in (states or RecordState)]
        return [engine for record in wanted for engine in tx.drafts.engines_of(record.id)]


def test_pages_are_read_quickly_only_while_many_wait(busy: Services) -> None:
    read_all(busy)
    assert engines(busy).count("careful") == 1  # the last one
    assert engines(busy).count("fast") > 2


def test_no_page_is_read_quickly_when_the_setting_is_zero(tmp_path: Path) -> None:
    services = scanned(office(tmp_path / "office", quick_from=0))
    read_all(services)
    assert "fast" not in engines(services)


def test_what_was_read_quickly_is_read_again_when_idle(busy: Services) -> None:
    finish(busy)
    assert "fast" not in engines(busy, RecordState.CLASSIFIED)
    with busy.database.snapshot() as tx:
        record = next(r for r in tx.records.of_batch(BATCH) if r.state is RecordState.CLASSIFIED)
        assert [h.action for h in tx.records.history(record.id)][-1] == "read_again"
        assert tx.search.find(SearchQuery.parse("nghị"), WHOLE_OFFICE).items
    assert unfinished(busy) == []


def test_a_confirmed_record_is_not_read_again(busy: Services) -> None:
    read_all(busy)
    confirm_all(busy)
    finish(busy)
    assert "fast" in engines(busy)


def test_a_clerk_who_confirms_while_it_is_read_again_wins(busy: Services) -> None:
    read_all(busy)
    engine = busy.engine
    assert isinstance(engine, CarefulEngine)
    engine.meanwhile = lambda: confirm_all(busy)
    (todo, *_) = unfinished(busy)
    assert todo.step is Step.READ_AGAIN
    run_step(busy, todo)
    with busy.database.snapshot() as tx:
        assert {r.state for r in tx.records.of_batch(BATCH)} <= {RecordState.CONFIRMED, RecordState.COVER}


def test_a_page_that_fails_the_second_time_keeps_its_words_and_is_not_asked_for_again(busy: Services) -> None:
    read_all(busy)

    def fail() -> None:
        raise RecognitionFailed("not this one")

    engine = busy.engine
    assert isinstance(engine, CarefulEngine)
    engine.meanwhile = fail
    finish(busy)
    assert "fast" in engines(busy)
    assert unfinished(busy) == []
