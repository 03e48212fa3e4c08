"""What the clerk's desk asks for in one answer, and a part of a page that is read on demand."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ocr.engine import Image
from records.fixity import Sha256
from records.page import Box, EngineStamp, Line, PageText, Word
from records.record import Field
from tests.api.world import World
from workers import desk


class Fixed:
    """Reads the same two words everywhere."""

    name = "fixed"

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        height, width = image.shape[:2]
        words = (Word("Số", Box(1, 1, 9, 9), 0.9), Word("12", Box(10, 1, 19, 9), 0.6))
        return PageText(width, height, (Line(words, Box(1, 1, 19, 9)),), EngineStamp("fixed", "1"))


@pytest.fixture
def reading(world: World) -> Iterator[World]:
    world.services.__dict__["engine"] = Fixed()
    yield world


def test_a_paper_is_laid_on_the_desk_in_one_answer(world: World) -> None:
    record = world.a_record()
    answer = world.get("clerk", f"/api/records/{record.id}/desk")
    seen = answer.json()
    assert seen["record"] == world.get("clerk", f"/api/records/{record.id}").json()
    assert [page["id"] for page in seen["pages"]] == list(record.pages)
    assert seen["pages"][0]["rotation"] == 90
    assert [aid["name"] for aid in seen["aids"]] == [field.name for field in record.fields]
    assert answer.headers["etag"] == f'"{record.version}"'
    assert world.get("other-clerk", f"/api/records/{record.id}/desk").status_code == 404


def test_of_a_long_paper_only_pages_with_values_are_fetched(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = world.a_record()
    record = replace(short, fields=(Field("id_no", "082190001234", 0.9, page=2, box=Box(0, 0, 99, 99)),))
    with world.services.database.snapshot() as tx:
        (page,) = tx.pages.of_record(short.id)
    asked: list[Sha256] = []
    fetch = world.services.objects.get

    def counted(sha256: Sha256) -> bytes:
        asked.append(sha256)
        return fetch(sha256)

    monkeypatch.setattr(world.services.objects, "get", counted)
    sheets, (aid,) = desk.lay_out(world.services, record, [replace(page, rotation=270)] * 60)
    assert ([sheet.rotation for sheet in sheets], len(asked)) == ([270] * 60, 1)
    assert (aid.name, aid.place) == ("id_no", None)


def test_a_page_stands_as_a_person_says_else_as_it_was_read_and_before_that_was_kept_as_its_words_say(
    world: World,
) -> None:
    with world.services.database.snapshot() as tx:
        (page,) = tx.pages.of_record(world.a_record().id)
    objects = world.services.objects
    assert desk.rotation_of(objects, page) == 90
    assert desk.rotation_of(objects, replace(page, rotation=180)) == 180
    assert desk.rotation_of(objects, replace(page, rotation=180, turned=0)) == 0
    assert desk.rotation_of(objects, replace(page, text=None)) == 0


def test_a_part_of_a_page_is_read_for_a_field(reading: World) -> None:
    page = reading.a_record().pages[0]
    answer = reading.post("clerk", f"/api/pages/{page}/region", {"box": [10, 10, 200, 60], "rotation": 90})
    assert answer.status_code == 200
    assert answer.json()["text"] == "Số 12"
    assert [word["confidence"] for word in answer.json()["words"]] == [0.9, 0.6]


def test_a_region_needs_a_size_and_a_clerk(reading: World) -> None:
    page = reading.a_record().pages[0]
    path, box = f"/api/pages/{page}/region", {"box": [10, 10, 200, 60]}
    assert reading.post("clerk", path, {"box": [10, 10, 11, 60]}).json()["code"] == "invalid_value"
    assert reading.post("auditor", path, box).status_code == 403
    assert reading.post("other-clerk", path, box).status_code == 404


def test_one_region_is_read_at_a_time(reading: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk, "PATIENCE", 0.01)
    page = reading.a_record().pages[0]
    with desk._AT_ONCE:
        answer = reading.post("clerk", f"/api/pages/{page}/region", {"box": [10, 10, 200, 60]})
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many_requests")
    assert answer.headers["retry-after"] == "2"
