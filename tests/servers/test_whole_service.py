"""The whole service as separate processes, one of which is killed in the middle: nothing is lost, nothing is doubled.

The same story is told twice. Only the three URLs, and so the processes that serve them, differ.
"""

import io
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest

from bench.office import Office, balance, furnished, states
from bench.service import Program, Service, done_twice
from samples import make_batch, make_dossiers
from samples.batch import Layout, SampleBatch
from samples.dossiers import as_csv
from station.client import Client, send_batch

PATIENCE = 240.0  # seconds; only a fault makes the tests wait so long
SETTINGS = {
    "SOHOA_OCR_ENGINE": "tesseract",
    "SOHOA_WORKERS": "1",
    "SOHOA_DECODE_SECONDS": "15",
    "SOHOA_STEP_SECONDS": "20",
    "SOHOA_LEASE_SECONDS": "25",  # how long the work of a killed worker waits
    "SOHOA_SWEEP_SECONDS": "1",
}


class Embedded:
    """Everything in one process, which is killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.service = Service(folder, SETTINGS)

    def start(self) -> None:
        self.service.start()

    def crash(self) -> None:
        self.service.kill()
        self.service.start()

    def stop(self) -> None:
        self.service.stop()


class Distributed:
    """The API, a sweeper and two workers over three servers; one of the workers is killed and stays away."""

    def __init__(self, folder: Path, *, database: str, objects: str, broker: str) -> None:
        self._folder = folder
        self._urls = {
            "SOHOA_DATABASE_URL": database,
            "SOHOA_OBJECTS_URL": objects,
            "SOHOA_BROKER_URL": broker,
        }
        self.service = Service(folder, SETTINGS | self._urls)
        self._others: list[Program] = []

    def start(self) -> None:
        self.service.start()
        self._others = [
            self._program("worker-1", "worker"),
            self._program("worker-2", "worker"),
            self._program("sweeper", "sweep", "--every", "1"),
        ]

    def _program(self, name: str, *arguments: str) -> Program:
        own = {"SOHOA_DATA_DIR": str(self._folder / name)}  # another machine: it shares no folder
        return Program(arguments, self.service.environment | own, self._folder / f"{name}.log")

    def crash(self) -> None:
        self._others[0].kill()

    def stop(self) -> None:
        for program in self._others:
            program.stop()
        self.service.stop()


@pytest.fixture
def embedded(tmp_path: Path) -> Iterator[Embedded]:
    deployment = Embedded(tmp_path)
    yield deployment
    deployment.stop()


@pytest.fixture
def distributed(
    tmp_path: Path, postgres_database: str, s3_url: str, rabbitmq_url: str
) -> Iterator[Distributed]:
    deployment = Distributed(tmp_path, database=postgres_database, objects=s3_url, broker=rabbitmq_url)
    yield deployment
    deployment.stop()


@pytest.mark.slow
def test_one_process_that_is_killed_reads_every_page_once(embedded: Embedded) -> None:
    a_day_with_a_crash(embedded)


@pytest.mark.slow
@pytest.mark.servers
def test_several_processes_one_of_which_is_killed_read_every_page_once(distributed: Distributed) -> None:
    a_day_with_a_crash(distributed)


def a_day_with_a_crash(deployment: Embedded | Distributed) -> None:
    cases = make_dossiers(11, 60)
    feeds = scans_of([case for case in cases if case["NgayKetThucXuLy"]][1:3])
    deployment.start()
    with furnished(deployment.service) as office:
        office.administrator.import_dossiers(as_csv(cases))
        batches = send_all(deployment.service, office, feeds)
        everything_is_read_once(deployment, office, batches, feeds)
        one_paper_is_confirmed_and_filed(office, batches)
    assert done_twice(*deployment.service.folder.glob("*.log")) == {}


def scans_of(cases: list[dict[str, str]]) -> list[SampleBatch]:
    """A dossier for each station: one scans it into a PDF, the other into a JPEG a page."""
    layouts: tuple[Layout, ...] = ("pdf", "jpeg")
    return [
        make_batch(number, [case], layout=layout, dpi=150, clean=True, blank_backs=0.0)
        for number, (case, layout) in enumerate(zip(cases, layouts, strict=True))
    ]


def everything_is_read_once(
    deployment: Embedded | Distributed, office: Office, batches: list[str], feeds: list[SampleBatch]
) -> None:
    pages = sum(len(file.pages) for feed in feeds for file in feed.files)
    wait_for(lambda: 1 < read(office, batches) <= pages - 2, "reading to be in full swing")
    deployment.crash()
    wait_for(lambda: balance(office, batches).finished, "everything to be read")

    seen = balance(office, batches)
    assert seen.files == {"rasterised": sum(len(feed.files) for feed in feeds)}
    assert seen.pages == {"recognised": pages}
    assert (seen.doubled, seen.homeless) == ((), ())
    assert seen.records["classified"] > 0
    assert set(seen.records) <= {"classified", "cover"}


def one_paper_is_confirmed_and_filed(office: Office, batches: list[str]) -> None:
    record = office.clerk.waiting()[0]
    office.clerk.confirm(record)
    wait_for(lambda: balance(office, batches).records["filed"] == 1, "the paper to be filed")
    assert is_pdfa(office.clerk.download(f"/api/records/{record['id']}/pdf"))


def send_all(service: Service, office: Office, feeds: list[SampleBatch]) -> list[str]:
    """Both stations send at the same time; returns the ids of their batches."""
    with ThreadPoolExecutor(len(feeds)) as pool:
        sending = [
            pool.submit(send, service, key, feed) for key, feed in zip(office.keys, feeds, strict=True)
        ]
        return [future.result() for future in sending]


def send(service: Service, key: str, feed: SampleBatch) -> str:
    folder = service.folder / f"scanner-{feed.seed}"
    folder.mkdir()
    paths = [folder / file.name for file in feed.files]
    for path, file in zip(paths, feed.files, strict=True):
        path.write_bytes(file.data)
    with Client(service.url, key) as client:
        sent = send_batch(client, paths, "hoa")
    assert sent.receipt is not None
    assert sent.receipt["balanced"]
    return sent.batch


def read(office: Office, batches: list[str]) -> int:
    """How many pages are read by now."""
    return sum(
        states(office.administrator.call("GET", f"/api/batches/{batch}"))["recognised"] for batch in batches
    )


def is_pdfa(pdf: bytes) -> bool:
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_metadata() as metadata:
        return metadata.pdfa_status == "2B"


def wait_for(holds: Callable[[], bool], what: str) -> None:
    ends = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < ends, f"still waiting for {what}"
        time.sleep(0.2)
