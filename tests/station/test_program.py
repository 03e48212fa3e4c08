"""The program beside a scanner against a real service: everything scanned arrives once, or lies aside with a reason."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli.scanning import station as command
from station import program as module
from station.client import Client
from station.program import Program, Setup
from station.status import Status
from tests.api.world import Stage, World

WORD = b"PK\x03\x04 a document"


def pdf(text: str) -> bytes:
    return f"%PDF-1.7 {text} %%EOF".encode()


def stored(world: World) -> list[bytes]:
    """The bytes of every file that the service has received, batch by batch, in order."""
    found = []
    for batch in reversed(world.get("operator", "/api/batches", params={"limit": 200}).json()["items"]):
        shown = world.get("operator", f"/api/batches/{batch['id']}").json()
        assert shown["reconciliation"]["balanced"]
        assert shown["completed_at"]
        found += [world.services.objects.get(file["sha256"]) for file in shown["files"]]
    return found


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    watched = tmp_path / "scans"
    watched.mkdir()
    return Setup(watched, watched / ".sohoa-station", "lan", "en", settle=0.0, idle=0.2, poll=0.05)


@pytest.fixture
def client(world: World, stage: Stage) -> Iterator[Client]:
    with Client(stage.url, world.tokens["station"], tries=1, wait=lambda _: None) as made:
        yield made


def test_what_was_scanned_arrives_in_order_and_leaves_the_station(
    world: World, client: Client, setup: Setup
) -> None:
    for number in (1, 2, 10):
        (setup.watched / f"scan{number}.pdf").write_bytes(pdf(f"no. {number}"))
        time.sleep(0.01)
    assert Program(setup, client).run_once()
    assert stored(world) == [pdf("no. 1"), pdf("no. 2"), pdf("no. 10")]
    assert list(setup.watched.rglob("*.pdf")) == []


def test_a_refused_file_is_withdrawn_and_lies_aside_with_the_reason_in_words(
    world: World, client: Client, setup: Setup
) -> None:
    (setup.watched / "good.pdf").write_bytes(pdf("good"))
    (setup.watched / "bad.pdf").write_bytes(WORD)
    large = b"%PDF-1.7" + b"x" * (3 * 1024 * 1024) + b"%%EOF"
    (setup.watched / "large.pdf").write_bytes(large)
    program = Program(setup, client)
    assert program.run_once()
    assert stored(world) == [pdf("good")]
    assert (setup.refused / "bad.pdf").read_bytes() == WORD
    assert "none of PDF, TIFF" in (setup.refused / "bad.pdf.txt").read_text()
    assert "(file_too_large)" in (setup.refused / "large.pdf.txt").read_text()
    assert (program.status.sent, program.status.refused) == (1, 2)
    assert Program(setup, client).run_once(), "what lies aside is not taken again"


def test_scans_wait_while_the_service_is_away_and_go_when_it_is_back(
    world: World, stage: Stage, setup: Setup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FIRST_WAIT", 0.05)
    monkeypatch.setattr(module, "LONGEST_WAIT", 0.1)
    away, app = Away(), stage.app
    stage.app = away  # type: ignore[assignment]
    lines: list[str] = []
    with Client(stage.url, world.tokens["station"], tries=1) as client:
        program = Program(setup, client, lambda status: lines.append(status.line("en")))
        running = threading.Thread(target=program.run)
        running.start()
        try:
            (setup.watched / "1.pdf").write_bytes(pdf("one"))
            until(lambda: any("offline" in line and "to send: 1" in line for line in lines))
            stage.app = app
            until(lambda: program.status.sent == 1)
            shown = CliRunner().invoke(command, ["status", str(setup.watched), "--json"])
            assert json.loads(shown.output)["running"]
        finally:
            program.stop()
            running.join()
    assert stored(world) == [pdf("one")]
    assert program.status.line("en").startswith("connected")


class Away:
    """A proxy whose service is down."""

    async def __call__(self, scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 503, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]


def until(condition: object) -> None:
    assert callable(condition)
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it did not come to be")


def test_a_file_that_vanished_from_the_spool_is_withdrawn_as_lost(
    world: World, client: Client, setup: Setup
) -> None:
    program = Program(setup, client)
    (setup.watched / "1.pdf").write_bytes(pdf("one"))
    program._look(0.0)
    program._look(0.0)
    for path in setup.spool.rglob("000001--*"):
        path.unlink()
    assert program.run_once()
    (batch,) = world.get("operator", "/api/batches").json()["items"]
    shown = world.get("operator", f"/api/batches/{batch['id']}").json()
    assert [one["reason"] for one in shown["withdrawn"]] == ["lost"]


def test_a_locked_station_keeps_its_scans_and_says_so(world: World, stage: Stage, setup: Setup) -> None:
    (setup.watched / "1.pdf").write_bytes(pdf("one"))
    arguments = ["run", str(setup.watched), "--url", stage.url, "--settle", "0", "--once", "--lang", "en"]
    answer = CliRunner().invoke(command, [*arguments, "--key", "sts_nobody"])
    assert answer.exit_code == 1
    assert "turns this station away (not_signed_in)" in answer.output
    assert CliRunner().invoke(command, [*arguments, "--key", world.tokens["station"]]).exit_code == 0
    assert stored(world) == [pdf("one")]
    shown = CliRunner().invoke(command, ["status", str(setup.watched), "--lang", "en"])
    assert shown.output.startswith("the station's program is not running · to send: 0\n")
    assert "1 = 1 + 0" in shown.output


def test_the_service_tells_a_station_who_it_is_and_how_far_its_clock_is_off(
    world: World, client: Client
) -> None:
    told = client.hello()
    assert (told["id"], told["unit"], told["max_file_bytes"]) == ("station", "P1", 2 * 1024 * 1024)
    assert abs(told["clock_skew_seconds"]) < 5
    late = world.get("station", "/api/station", headers={"Date": "Tue, 01 Mar 2022 08:00:00 GMT"}).json()
    assert late["clock_skew_seconds"] < -1000
    assert world.get("clerk", "/api/station").json()["code"] == "not_allowed"


def test_the_line_says_in_both_languages_what_is_so() -> None:
    status = Status(state="connected", waiting=3, batch="1234567890", batch_done=1, batch_total=3, refused=1)
    status.clock_skew_seconds = 95.0
    assert status.line("en") == (
        "connected · to send: 3 · sending batch 12345678: 1/3 · refused: 1, see the folder refused"
        " · this machine's clock is off by 95 seconds"
    )
    assert "3 tệp chờ gửi" in status.line("vi")
