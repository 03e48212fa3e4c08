"""A crash between any two lines loses nothing and doubles nothing: the process is killed at each of them."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from tests.faults.world import Office, live, office, outcome

WATCHED = (
    "workers/pipeline.py",
    "workers/steps.py",
    "workers/archive.py",
    "storage/leases.py",
    "storage/steps.py",
    "storage/withdrawals.py",
)
Spot = tuple[str, int]


def watched(frame: FrameType) -> bool:
    return frame.f_code.co_filename.endswith(WATCHED)


def traced(call: Callable[[], None], on_line: Callable[[Spot], None]) -> None:
    """Run it, and tell of each watched line before it is executed."""

    def local(frame: FrameType, event: str, _: Any) -> Any:
        if event == "line":
            on_line((frame.f_code.co_filename, frame.f_lineno))
        return local

    sys.settrace(lambda frame, event, arg: local if watched(frame) else None)
    try:
        call()
    finally:
        sys.settrace(None)


def killed_at(office: Office, spot: Spot) -> bool:
    """Live in a child that kills itself (SIGKILL) at this line; whether it came so far."""

    def die(here: Spot) -> None:
        if here == spot:
            os.kill(os.getpid(), signal.SIGKILL)

    child = os.fork()
    if child == 0:
        try:
            traced(lambda: live(office), die)
            os._exit(0)
        except BaseException:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    assert not os.WIFEXITED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def forget_leases(office: Office) -> None:
    """What the service does at its start on embedded defaults."""
    services = office.services()
    with services.database.transaction() as tx:
        tx.steps.forget_leases()
    services.close()


SHARES = 12  # of the lines, so that no single test takes long


@pytest.mark.slow
@pytest.mark.parametrize("share", range(SHARES))
def test_a_kill_at_any_line_loses_nothing_and_doubles_nothing(tmp_path: Path, share: int) -> None:
    fresh = office(tmp_path / "fresh")
    calm = fresh.copied(tmp_path / "calm")
    spots: dict[Spot, None] = {}
    traced(lambda: live(calm), lambda spot: spots.setdefault(spot))
    expected = outcome(calm)
    assert len(spots) > 60
    for number, spot in list(enumerate(spots))[share::SHARES]:
        crashed = fresh.copied(tmp_path / f"crash-{number}")
        assert killed_at(crashed, spot), f"{spot} was not reached"
        forget_leases(crashed)
        live(crashed)
        assert outcome(crashed) == expected, f"after a kill at {Path(spot[0]).name}:{spot[1]}"


def test_living_twice_is_living_once(tmp_path: Path) -> None:
    calm = office(tmp_path / "calm")
    live(calm)
    once = outcome(calm)
    live(calm)
    assert outcome(calm) == once
