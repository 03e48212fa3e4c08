"""A scan is taken when the scanner has finished it, in the order of scanning, and nothing else is."""

import fcntl
import os
from pathlib import Path

import pytest

from station.names import declared_name, natural
from station.watch import PATIENCE_SECONDS, Found, Watcher

PDF = b"%PDF-1.7 a scan %%EOF\n"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def watcher(tmp_path: Path, clock: Clock) -> Watcher:
    return Watcher(tmp_path, settle_seconds=3.0, passed_over=(tmp_path / "refused",), clock=clock)


def later(watcher: Watcher, clock: Clock, seconds: float = 3.0) -> list[Found]:
    clock.now += seconds
    return watcher.finished()


def scan(path: Path, data: bytes = PDF, second: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, ns=(second * 10**9, second * 10**9))
    return path


def test_a_file_is_finished_when_it_has_been_at_rest(tmp_path: Path, watcher: Watcher, clock: Clock) -> None:
    path = scan(tmp_path / "1.pdf")
    assert watcher.finished() == []
    path.write_bytes(PDF + b"more %%EOF")
    assert later(watcher, clock) == []
    assert watcher.writing == 1
    assert later(watcher, clock) == [Found(path, "")]
    assert watcher.writing == 0


def test_a_file_without_an_end_is_given_more_time(tmp_path: Path, watcher: Watcher, clock: Clock) -> None:
    for name, data in (
        ("1.pdf", b"%PDF-1.7 half"),
        ("2.jpg", b"\xff\xd8\xff half"),
        ("3.png", b"\x89PNG half"),
    ):
        scan(tmp_path / name, data)
    scan(tmp_path / "4.pdf", b"")
    watcher.finished()
    assert later(watcher, clock) == []
    assert len(later(watcher, clock, PATIENCE_SECONDS)) == 4


def test_a_locked_file_waits(tmp_path: Path, watcher: Watcher, clock: Clock) -> None:
    path = scan(tmp_path / "1.pdf")
    watcher.finished()
    with path.open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert later(watcher, clock) == []
    assert later(watcher, clock) == [Found(path, "")]


def test_scans_come_in_the_order_of_scanning_each_with_its_sub_folder(
    tmp_path: Path, watcher: Watcher, clock: Clock
) -> None:
    scan(tmp_path / "scan10.pdf", second=5)
    scan(tmp_path / "scan9.pdf", second=5)
    scan(tmp_path / "hộ tịch" / "b.pdf", second=1)
    watcher.finished()
    assert [(found.path.name, found.group) for found in later(watcher, clock)] == [
        ("b.pdf", "hộ tịch"),
        ("scan9.pdf", ""),
        ("scan10.pdf", ""),
    ]


def test_what_is_no_scan_is_passed_over(tmp_path: Path, watcher: Watcher, clock: Clock) -> None:
    for name in (
        ".hidden.pdf",
        "~1.pdf",
        "1.pdf.tmp",
        "1.pdf.part",
        "Thumbs.db",
        "refused/1.pdf",
        ".sohoa-station/1.pdf",
    ):
        scan(tmp_path / name)
    (tmp_path / "link.pdf").symlink_to("/etc/hostname")
    watcher.finished()
    assert later(watcher, clock) == []


def test_names_sort_as_people_count_and_are_declared_as_the_service_takes_them() -> None:
    assert sorted(["b2", "b10", "a"], key=natural) == ["a", "b2", "b10"]
    assert declared_name("a\tb\udcff.pdf") == "a_b?.pdf"
    assert declared_name("Đơn " * 100 + ".pdf").endswith(".pdf")
    assert len(declared_name("Ộ" * 250).encode()) <= 240
