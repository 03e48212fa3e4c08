import errno
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Name, Stream

from ingest.limits import Limits
from ingest.sandbox import Rasteriser, RasterPage
from records.errors import (
    DamagedFile,
    DecodeMemory,
    DecodeTimeout,
    EncryptedFile,
    ImageTooLarge,
    InvalidInput,
    ScratchFull,
    UnsupportedMediaType,
)
from records.page import QualityFlag
from tests.ingest.made_files import colour_page, jpeg, jpeg_object, page_with, pdf_of, png_claiming, scan_pdf

QUICK = Limits(page_seconds=4.0, seconds=12.0)
STREAM = jpeg(colour_page(1240, 1754))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan_pdf(STREAM, 1240, 1754))
    return path


def misbehaving(how: str, limits: Limits = QUICK) -> Rasteriser:
    return Rasteriser(limits, (sys.executable, "-P", "-m", "tests.ingest.misbehaving_decoder", how))


def numbers(pages: Iterator[RasterPage]) -> list[tuple[int, bool]]:
    """The pages that came, and whether each says that something is missing."""
    return [(page.number, QualityFlag.TRUNCATED in page.quality.flags) for page in pages]


def test_a_page_comes_with_its_image_its_report_and_its_size(scan: Path) -> None:
    (page,) = [(page, page.image.read_bytes()) for page in Rasteriser().rasterise(scan, "application/pdf")]
    assert page[1] == STREAM
    assert (page[0].number, page[0].width, page[0].height, page[0].media_type) == (
        1,
        1240,
        1754,
        "image/jpeg",
    )
    assert (page[0].quality.dpi, page[0].quality.dpi_source) == (150, "pdf")
    assert page[0].quality.flags == (QualityFlag.LOW_RESOLUTION,)


def test_images_of_pages_passed_and_the_folder_are_gone_afterwards(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    path = tmp_path / "three.pdf"
    path.write_bytes(
        pdf_of(*(page_with(pdf, b"0 0 200 200 re f", box=(0, 0, 200, 200)) for _ in range(3)), pdf=pdf)
    )
    images: list[Path] = []
    for page in Rasteriser().rasterise(path, "application/pdf"):
        assert page.image.exists()
        assert [image for image in images if image.exists()] == []
        images.append(page.image)
    assert len(images) == 3
    assert not images[-1].parent.exists()


def test_a_caller_who_stops_early_leaves_no_process_and_no_folder(scan: Path) -> None:
    pages = misbehaving("fail").rasterise(scan, "application/pdf")
    first = next(pages)
    pages.close()  # type: ignore[attr-defined]
    assert not first.image.parent.exists()


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("crash", [(1, True), (3, False)]),
        ("crash_once", [(1, False), (2, False), (3, False)]),
        ("fail", [(1, True), (3, False)]),
        ("lie_about_the_size", [(1, True), (3, False)]),
        ("link", [(1, True), (3, False)]),
        ("point_elsewhere", [(1, True), (3, False)]),
        ("skip", [(1, True), (3, False)]),
        ("babble", [(1, True), (3, False)]),
        ("babble_without_end", [(1, True), (3, False)]),
        ("shout", [(1, True), (3, False)]),
        ('words:[["đúng", 1, 1, 9, 9]]', [(1, False), (2, False), (3, False)]),
        ('words:[["outside", 1, 1, 999, 9]]', [(1, True), (3, False)]),
        ('words:[["two words", 1, 1, 9, 9]]', [(1, True), (3, False)]),
        ('words:[["\\u0000", 1, 1, 9, 9]]', [(1, True), (3, False)]),
        ('words:[["\\ud800", 1, 1, 9, 9]]', [(1, True), (3, False)]),
        ('words:[["turned", 9, 1, 1, 9]]', [(1, True), (3, False)]),
        ('words:[[["list"], 1, 1, 9, 9]]', [(1, True), (3, False)]),
        ("words:{}", [(1, False), (2, False), (3, False)]),
        ("words:no JSON", [(1, True), (3, False)]),
    ],
)
def test_a_page_that_kills_its_decoder_costs_that_page_and_no_other(
    scan: Path, how: str, expected: list[tuple[int, bool]]
) -> None:
    assert numbers(misbehaving(how).rasterise(scan, "application/pdf")) == expected


def test_a_crash_is_not_taken_for_want_of_memory_because_our_own_process_is_large(scan: Path) -> None:
    limits = Limits(page_seconds=4.0, seconds=12.0, memory_bytes=600 * 1024**2)
    ballast = b"x" * limits.memory_bytes
    pages = numbers(misbehaving("crash_once", limits).rasterise(scan, "application/pdf"))
    assert len(ballast) == limits.memory_bytes
    assert pages == [(1, False), (2, False), (3, False)]


@pytest.mark.slow
def test_a_decoder_that_hangs_is_killed_with_all_that_it_started(scan: Path) -> None:
    before = _sleepers()
    limits = Limits(page_seconds=4.0, seconds=9.0)
    assert numbers(misbehaving("hang_with_a_child", limits).rasterise(scan, "application/pdf"))[0] == (
        1,
        True,
    )
    assert _sleepers() == before


def _sleepers() -> int:
    """How many `sleep 600` run on this machine."""
    found = 0
    for command in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found += command.read_bytes() == b"sleep\x00600\x00"
        except OSError:
            continue
    return found


@pytest.mark.slow
def test_time_that_the_caller_takes_does_not_count(scan: Path) -> None:
    seen = []
    for page in misbehaving("crash_once", Limits(page_seconds=3.0, seconds=6.0)).rasterise(
        scan, "application/pdf"
    ):
        time.sleep(2.0)
        seen.append(page.number)
    assert seen == [1, 2, 3]


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ("refuse", EncryptedFile),
        ("refuse_with_nonsense", DamagedFile),
        ("die_at_once", DamagedFile),
        ("count_too_far", DamagedFile),
    ],
)
def test_a_file_without_a_page_to_show_is_a_typed_error(
    scan: Path, how: str, error: type[InvalidInput]
) -> None:
    with pytest.raises(error):
        list(misbehaving(how).rasterise(scan, "application/pdf"))


def test_a_full_disk_is_told_as_such_and_costs_no_page(scan: Path) -> None:
    """The child writes its page's image to a device that is always full."""
    full = 'ln -s /dev/full 1.jpg; exec "$0" -s -P -m ingest.decode'
    with pytest.raises(ScratchFull) as told:
        list(Rasteriser(decoder=("/bin/sh", "-c", full, sys.executable)).rasterise(scan, "application/pdf"))
    assert told.value.retryable


def test_pages_before_the_disk_was_full_are_no_whole_file(scan: Path) -> None:
    with pytest.raises(ScratchFull):
        list(misbehaving("find_no_room").rasterise(scan, "application/pdf"))


def test_no_room_for_the_folder_of_pages_is_told_as_a_full_disk(
    scan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(prefix: str) -> tempfile.TemporaryDirectory[str]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(tempfile, "TemporaryDirectory", no_room)
    with pytest.raises(ScratchFull):
        list(Rasteriser().rasterise(scan, "application/pdf"))


def form(pdf: pikepdf.Pdf) -> Stream:
    return Stream(pdf, b"/Fm0 Do " * 20, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))


@pytest.mark.slow
def test_a_file_that_never_ends_is_a_timeout(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    loop = pikepdf.Stream(
        pdf, b"/Fm0 Do " * 20, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
    )
    inner = pdf.make_indirect(loop)
    for _ in range(12):
        outer = pikepdf.Stream(
            pdf, b"/Fm0 Do " * 20, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
        outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Fm0=inner))
        inner = pdf.make_indirect(outer)
    page = page_with(pdf, b"/Fm0 Do " * 20)
    page.Resources.XObject = pikepdf.Dictionary(Fm0=inner)
    path = tmp_path / "loop.pdf"
    path.write_bytes(pdf_of(page, pdf=pdf))
    with pytest.raises(DecodeTimeout):
        list(Rasteriser(Limits(page_seconds=3.0, seconds=7.0)).rasterise(path, "application/pdf"))


def test_a_file_that_unpacks_without_end_is_out_of_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png_claiming(10_900, 10_900, bytes(10_901 * 10_900)))
    with pytest.raises(DecodeMemory):
        list(Rasteriser(Limits(memory_bytes=500 * 1024**2)).rasterise(path, "image/png"))


def test_a_size_beyond_the_limit_is_an_error_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(png_claiming(60_000, 60_000))
    with pytest.raises(ImageTooLarge):
        list(Rasteriser().rasterise(path, "image/png"))


def test_a_media_type_that_nobody_reads_is_refused(scan: Path) -> None:
    with pytest.raises(UnsupportedMediaType):
        list(Rasteriser().rasterise(scan, "text/html"))


@pytest.mark.slow
def test_our_own_memory_does_not_grow_with_the_pages_of_a_batch(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    path = tmp_path / "batch.pdf"
    image = pdf.make_indirect(jpeg_object(pdf, STREAM, 1240, 1754))
    pages = [page_with(pdf, b"q 595 0 0 842 0 0 cm /Im0 Do Q", image) for _ in range(20)]
    path.write_bytes(pdf_of(*pages, pdf=pdf))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert sum(1 for _ in Rasteriser().rasterise(path, "application/pdf")) == 20
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024


def test_the_child_is_bound_and_sees_none_of_our_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOHOA_DATABASE_URL", "postgresql://secret@db/sohoa")
    report = tmp_path / "report"
    code = (
        "import json,os,resource,sys\n"
        "from ingest.confine import confine\n"
        "from ingest.protocol import Job\n"
        "job = Job.of(sys.stdin.buffer.readline())\n"
        "confine(job.limits, job.parent)\n"
        "net = [line.split(':')[0].strip() for line in open('/proc/net/dev').read().splitlines()[2:]]\n"
        "kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)\n"
        f"json.dump([dict(os.environ), [resource.getrlimit(k) for k in kinds], net], open({str(report)!r}, 'w'))\n"
    )
    limits = Limits(memory_bytes=800 * 1024**2, seconds=9.0)
    (tmp_path / "scan").write_bytes(b"%PDF-1.4")
    with pytest.raises(DamagedFile):
        list(
            Rasteriser(limits, (sys.executable, "-P", "-c", code)).rasterise(
                tmp_path / "scan", "application/pdf"
            )
        )
    environment, bounds, networks = json.loads(report.read_text())
    assert not any(name.startswith("SOHOA_") for name in environment)
    assert bounds == [[800 * 1024**2] * 2, [9, 9], [0, 0]]
    if os.geteuid() == 0:
        assert set(networks) <= {"lo"}
