"""One paper from the scanner's bytes to the filed PDF/A, over HTTP only, on embedded defaults."""

import io
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.api.offices import built
from tests.api.world import CODE, Stage, Tokens, World
from tests.engines import FixedEngine
from workers.embedded import embedded_workers

DECISION = "ỦY BAN NHÂN DÂN\nSố: 12/QĐ-UBND\nQUYẾT ĐỊNH\nVề việc công nhận"


def scan(number: int) -> bytes:
    """A page with some ink on it, as a PNG."""
    image = Image.new("L", (850, 1200), 255)
    draw = ImageDraw.Draw(image)
    for line in range(10):
        draw.text((100, 100 + 60 * line), f"paper {number} line {line} " * 3, fill=0)
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(100, 100))
    return out.getvalue()


@pytest.fixture
def living_world(furnished_office: tuple[Path, Tokens], stage: Stage, tmp_path: Path) -> Iterator[World]:
    """The office with its workers at work, and an engine that reads the same decision on every page."""
    template, tokens = furnished_office
    folder = shutil.copytree(template, tmp_path / "data")
    with built(folder) as services:
        services.__dict__["engine"] = FixedEngine(DECISION)
        with (
            embedded_workers(services) as enqueue,
            World.of(services, stage, tokens, enqueue) as world,
        ):
            yield world


def watched(world: World, batch: str) -> str:
    """The state in which the live progress of a batch ends."""
    with world.client.stream(
        "GET", f"/api/batches/{batch}/events", headers={"Authorization": f"Bearer {world.tokens['operator']}"}
    ) as answer:
        return list(answer.iter_lines())[-2]


@pytest.mark.slow
def test_a_paper_goes_from_the_scanner_to_its_dossier(living_world: World) -> None:
    world = living_world
    batch = world.send(scan(1), scan(2))
    assert watched(world, batch) == 'data: {"state": "waiting"}'
    waiting = world.get("clerk", "/api/records", params={"state": "classified"}).json()["items"]
    assert [record["batch"] for record in waiting] == [batch, batch]
    for summary in waiting:
        path = f"/api/records/{summary['id']}"
        answer = world.get("clerk", path)
        assert "12/QĐ-UBND" in world.get("clerk", f"{path}/text").text
        body = {"document_type": "QD", "fields": {}, "dossier": {"code": CODE, "role": "result"}}
        match = {"If-Match": answer.headers["etag"]}
        confirmed = world.call("clerk", "PUT", f"{path}/confirmation", json=body, headers=match)
        assert confirmed.status_code == 200
    ends = time.monotonic() + 120
    while (state := world.get("clerk", f"/api/batches/{batch}").json()["state"]) != "done":
        assert time.monotonic() < ends, f"the batch stayed {state}"
        time.sleep(0.1)
    for summary in waiting:
        assert world.get("clerk", f"/api/records/{summary['id']}/pdf").content.startswith(b"%PDF-")
    papers = world.get("clerk", f"/api/dossiers/{CODE}").json()["records"]
    assert [paper["state"] for paper in papers] == ["filed", "filed"]
