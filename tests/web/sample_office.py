"""An office with a day's work behind it: dossiers, papers that wait, are filed or cannot be read, an open batch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from config.wiring import Services
from samples import make_batch, make_dossiers
from samples.batch import SampleBatch
from samples.dossiers import as_csv
from tests.api.offices import built
from tests.api.world import WARD, Stage, Tokens, World
from tests.truthful_engine import TruthfulEngine
from workers.steps import run_step
from workers.sweep import unfinished

CASES, SCANNED = 200, 3  # dossiers of the city in a year; of the ward, those that are scanned
FIRST, LAST = date(2021, 12, 16), date(2022, 11, 30)


@dataclass(frozen=True)
class SampleOffice:
    """A data folder to copy, the token of everybody in it by name, and what was scanned there."""

    folder: Path
    tokens: Tokens
    scanned: SampleBatch  # with the truth about every page
    batch: str  # the batch of these papers
    open_batch: str  # one that a station has not finished sending


def make_sample_office(folder: Path, tokens: Tokens, stage: Stage) -> SampleOffice:
    """Let the office in this folder live through a day.

    Three dossiers of the ward are scanned and read; what belongs to the first one is confirmed and filed, the rest
    waits for a clerk. A file that is no image is parked, and a second station is still sending.
    """
    cases = make_dossiers(1, CASES, first=FIRST, last=LAST)
    mine = [case for case in cases if case["MaDonVi"] == WARD and case["NgayKetThucXuLy"]][:SCANNED]
    scanned = make_batch(1, mine, layout="pdf", dpi=200, clean=True)
    with built(folder) as services, World.of(services, stage, tokens) as world:
        services.__dict__["engine"] = TruthfulEngine(scanned)
        world.post("administrator", "/api/dossiers/import", content=as_csv(cases)).raise_for_status()
        batch = world.send(*(file.data for file in scanned.files), BROKEN)
        work(services)
        for record in papers_of(world, mine[0]["MaHoSo"]):
            confirm_as_proposed(world, record)
        work(services)
        open_batch = world.open(b"%PDF-1.7 first", b"%PDF-1.7 second", who="second-station")
        world.put(open_batch, 1, b"%PDF-1.7 first", who="second-station")
    return SampleOffice(folder, tokens, scanned, batch, open_batch)


BROKEN = b"%PDF-1.7\nnothing follows"


def work(services: Services) -> None:
    """Do whatever can be done now, as workers and sweep would."""
    while waiting := unfinished(services):
        for todo in waiting:
            run_step(services, todo)


def papers_of(world: World, code: str) -> list[str]:
    """The records that wait for a clerk and are proposed for this dossier."""
    found = world.get("clerk", "/api/records", params={"state": "classified", "limit": 100}).json()["items"]
    return [record["id"] for record in found if record["dossier"] == code]


def confirm_as_proposed(world: World, record: str) -> None:
    """A clerk finds everything right."""
    seen = world.get("clerk", f"/api/records/{record}").json()
    body = {
        "document_type": seen["document_type"],
        "fields": {field["name"]: field["value"] for field in seen["fields"]},
        "dossier": {"code": seen["dossier"], "role": "component"},
    }
    match = {"If-Match": f'"{seen["version"]}"'}
    path = f"/api/records/{record}/confirmation"
    world.call("clerk", "PUT", path, json=body, headers=match).raise_for_status()
