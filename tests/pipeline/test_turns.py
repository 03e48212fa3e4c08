"""In which order the workers of a process take what waits."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest

from config.settings import Settings
from config.wiring import Services
from ocr.engine import Image
from records.page import PageText
from records.states import RecordState
from tests.engines import fixed_page
from tests.faults.world import BATCH, InstantRasteriser, office, send
from workers.celery_app import TASK, make_celery
from workers.embedded import embedded_workers
from workers.sweep import unfinished
from workers.tasks import register_tasks


@dataclass
class LookingEngine:
    """Notes at every page how many papers are classified when it begins."""

    look: Callable[[], int]
    seen: list[int] = field(default_factory=list)
    name: str = "looking"

    def read(self, image: Image, *, dpi: int = 0) -> PageText:
        self.seen.append(self.look())
        time.sleep(0.1)  # so that all of the pile has arrived before its first pages are read
        return fixed_page(image, "QUYẾT ĐỊNH", dpi=dpi)


@pytest.mark.slow
def test_the_first_paper_of_a_pile_is_classified_while_the_rest_is_being_read(tmp_path: Path) -> None:
    pile = office(tmp_path, workers=1)
    services = pile.services()
    engine = LookingEngine(lambda: classified(services))
    services.__dict__["engine"] = engine
    object.__setattr__(services, "rasteriser", InstantRasteriser(digital=()))  # six scans, all of them read
    with embedded_workers(services) as enqueue:
        send(services, pile.files)
        enqueue(unfinished(services))
        ends = time.monotonic() + 60
        while len(engine.seen) < 6 and time.monotonic() < ends:
            time.sleep(0.05)
    services.close()
    pages = len(engine.seen)
    assert pages == 6
    assert engine.seen[:2] == [0, 1]  # the cover sheet is known before the second page is begun
    assert engine.seen[-1] >= 3


def test_two_applications_in_one_process_keep_their_services_apart(tmp_path: Path) -> None:
    """What Celery shares between applications of a process would run the first one's task for the second."""
    served: list[str] = []
    apps = []
    for name in ("first", "second"):
        app = make_celery(Settings(data_dir=tmp_path / name))
        register_tasks(app, partial(refuse, served, name), lanes=1)
        apps.append(app)
    for app in apps:
        with pytest.raises(Refused):
            app.tasks[TASK]("recognise", "no page", "S-01")
    assert served == ["first", "second"]


class Refused(Exception):
    """In place of services: whose they were is all that is asked."""


def refuse(served: list[str], name: str) -> Services:
    served.append(name)
    raise Refused


def classified(services: Services) -> int:
    with services.database.snapshot() as tx:
        states = [record.state for record in tx.records.of_batch(BATCH)]
    return sum(state is not RecordState.ASSEMBLED for state in states)
