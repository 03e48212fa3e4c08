"""The search over HTTP: found with its place on the page, only in the own units, and never in a log."""

import logging

import pytest

from records.record import Record
from records.search import indexed
from tests.api.world import CODE, SECRET_TEXT, World


def scanned(world: World) -> Record:
    """A paper whose only word is a name."""
    record = world.a_record()
    with world.services.database.transaction() as tx:
        tx.search.note_page(record.pages[0], record.unit, indexed([SECRET_TEXT]))
    return record


def test_a_paper_is_found_without_tone_marks_and_its_words_are_shown_on_the_page(world: World) -> None:
    record = scanned(world)
    found = world.post("clerk", "/api/search", {"query": "nguyenvananh"}).json()
    (hit,) = found["items"]
    assert (hit["record"]["id"], hit["page"], hit["position"]) == (record.id, record.pages[0], 1)
    path = f"/api/pages/{hit['page']}/highlights"
    assert world.post("clerk", path, {"query": "nguyenvananh"}).json() == {"boxes": [[10, 10, 90, 30]]}
    assert world.post("clerk", path, {"query": "tran"}).json() == {"boxes": []}


def test_a_confirmed_paper_is_found_by_its_dossier(world: World) -> None:
    record = world.a_record()
    assert world.confirm(record).status_code == 200
    found = world.post("auditor", "/api/search", {"query": CODE}).json()
    assert found["dossier"]["code"] == CODE
    assert [(hit["record"]["id"], hit["page"]) for hit in found["items"]] == [(record.id, None)]


def test_others_find_nothing_of_it(world: World) -> None:
    record = scanned(world)
    assert world.post("other-clerk", "/api/search", {"query": "nguyenvananh"}).json()["items"] == []
    path = f"/api/pages/{record.pages[0]}/highlights"
    assert world.post("other-clerk", path, {"query": "nguyenvananh"}).status_code == 404
    assert world.post("station", "/api/search", {"query": "x"}).status_code == 403
    assert world.post(None, "/api/search", {"query": "x"}).status_code == 401


def test_filters_and_days_narrow_a_search(world: World) -> None:
    scanned(world)

    def count(**parts: str) -> int:
        return len(world.post("clerk", "/api/search", {"query": "nguyenvananh", **parts}).json()["items"])

    assert count(document_type="QD", state="classified") == 1
    assert count(document_type="CV") == 0
    assert count(**{"from": "2020-01-01", "to": "9999-12-30"}) == 1
    assert count(to="2020-01-01") == 0


@pytest.mark.parametrize("body", [{"query": "—"}, {"query": "x" * 201}, {"query": "x", "to": "9999-12-31"}])
def test_a_search_without_a_sense_is_refused_with_its_reason(world: World, body: dict[str, str]) -> None:
    answer = world.post("clerk", "/api/search", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_value")


def test_what_people_look_for_is_not_logged(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        world.post("clerk", "/api/search", {"query": SECRET_TEXT})
    assert SECRET_TEXT not in caplog.text
