"""A station that is killed, at any line or at any moment, neither loses a sheet nor sends one twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from station.client import Client
from station.program import Program, Setup
from tests.api.world import Stage, World
from tests.conftest import ROOT
from tests.station.test_program import WORD, pdf, stored

WATCHED = ("station/spool.py", "station/upload.py", "station/durable.py")
SHARES = 4  # of the lines, so that no single test takes long
Spot = tuple[str, int]


def set_up(folder: Path) -> tuple[Setup, list[bytes]]:
    """A station whose scanner has written three papers, of which one is none; returns the two good ones."""
    watched = folder / "scans"
    (watched / "hộ tịch").mkdir(parents=True)
    good = [pdf(f"{folder.name} one"), pdf(f"{folder.name} two")]
    for name, data in (
        ("1.pdf", good[0]),
        ("2.pdf", WORD + folder.name.encode()),
        ("hộ tịch/3.pdf", good[1]),
    ):
        (watched / name).write_bytes(data)
    return Setup(watched, watched / ".sohoa-station", "lan", settle=0.0, idle=0.0, poll=0.01), good


def send(setup: Setup, stage: Stage, key: str) -> bool:
    with Client(stage.url, key) as client:
        return Program(setup, client).run_once()


def traced(call: Callable[[], object], on_line: Callable[[Spot], None]) -> None:
    """Run it, and tell of each watched line before it is executed."""

    def local(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            on_line((frame.f_code.co_filename, frame.f_lineno))
        return local

    sys.settrace(lambda frame, event, arg: local if frame.f_code.co_filename.endswith(WATCHED) else None)
    try:
        call()
    finally:
        sys.settrace(None)


def killed_at(spot: Spot, call: Callable[[], object]) -> bool:
    """Run it in a child that kills itself (SIGKILL) at this line; whether it came so far."""

    def die(here: Spot) -> None:
        if here == spot:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            traced(call, die)
            os._exit(0)
        except BaseException:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("share", range(SHARES))
def test_a_kill_at_any_line_loses_nothing_and_doubles_nothing(
    world: World, stage: Stage, tmp_path: Path, share: int
) -> None:
    key = world.tokens["station"]
    calm, expected = set_up(tmp_path / "calm")
    spots: dict[Spot, None] = {}
    traced(lambda: send(calm, stage, key), lambda spot: spots.setdefault(spot))
    assert len(spots) > 80
    for number, spot in list(enumerate(spots))[share::SHARES]:
        setup, good = set_up(tmp_path / f"crash-{number}")
        where = f"after a kill at {Path(spot[0]).name}:{spot[1]}"
        assert killed_at(spot, lambda: send(setup, stage, key)), f"{spot} was not reached"  # noqa: B023
        assert send(setup, stage, key), where
        refused = [path for path in setup.refused.rglob("*") if path.suffix == ".pdf"]
        assert [path.read_bytes() for path in refused] == [WORD + setup.watched.parent.name.encode()], where
        assert (setup.refused / f"{refused[0].name}.txt").exists(), where
        assert [path for path in setup.watched.glob("**/*.pdf") if path not in refused] == [], where
        expected += good
    assert Counter(stored(world)) == Counter(expected)


@pytest.mark.slow
def test_a_program_that_is_killed_at_random_sends_every_sheet_once(
    world: World, stage: Stage, tmp_path: Path
) -> None:
    chance, watched = random.Random(20220303), tmp_path / "scans"
    watched.mkdir()
    command = [
        *(sys.executable, "-m", "cli", "station", "run", str(watched), "--url", stage.url),
        *("--key", world.tokens["station"], "--settle", "0.1", "--idle", "0.3"),
    ]
    sheets = [pdf(f"sheet {number}") for number in range(24)]
    for number, sheet in enumerate(sheets):
        if number % 4 == 0:
            station = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
        (watched / f"scan{number}.pdf").write_bytes(sheet)
        time.sleep(chance.uniform(0.05, 0.6))
        if number % 4 == 3:
            time.sleep(chance.uniform(0.0, 2.0))
            station.kill()
            station.wait()
    last = subprocess.run([*command, "--once"], cwd=ROOT, capture_output=True, check=False, timeout=120)
    assert last.returncode == 0, last.stderr
    assert Counter(stored(world)) == Counter(sheets)
    assert [path for path in watched.rglob("*.pdf") if path.is_file()] == []
