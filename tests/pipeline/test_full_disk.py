"""A disk without room is no fault of the file that is being decoded."""

import sys
from pathlib import Path

from ingest.sandbox import Rasteriser
from records.states import FileState
from tests.faults.world import BATCH, InstantRasteriser, finish, office, send
from workers.steps import run_step
from workers.sweep import unfinished

FULL = ("/bin/sh", "-c", 'ln -s /dev/full 1.png; exec "$0" -s -P -m ingest.decode', sys.executable)


def test_a_file_waits_until_there_is_room_for_its_pages_and_is_then_decoded(tmp_path: Path) -> None:
    made = office(tmp_path / "office")
    services = made.services()
    send(services, made.files)
    object.__setattr__(services, "rasteriser", Rasteriser(decoder=FULL))
    for todo in unfinished(services):
        for _ in range(services.settings.max_attempts + 1):
            assert run_step(services, todo) == []
    with services.database.transaction() as tx:
        assert {file.state for file in tx.batches.files(BATCH)} == {FileState.RECEIVED}

    object.__setattr__(services, "rasteriser", InstantRasteriser())
    finish(services)
    with services.database.transaction() as tx:
        assert {file.state for file in tx.batches.files(BATCH)} == {FileState.RASTERISED}
    services.close()
