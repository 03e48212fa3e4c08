"""What a station's client makes of refusals: nothing stays open for a file that will never come."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli.sending import ingest
from station.client import Client, ServiceRefused, send_batch
from tests.api.world import Stage, World

PDF, WORD = b"%PDF-1.7 one", b"PK\x03\x04 a document"


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "1.pdf", tmp_path / "2.pdf", tmp_path / "3.pdf"]
    for path, data in zip(paths, (PDF, WORD, b""), strict=True):
        path.write_bytes(data)
    return paths


def test_refused_files_are_withdrawn_and_the_batch_is_completed(
    world: World, stage: Stage, papers: list[Path]
) -> None:
    with Client(stage.url, world.tokens["station"]) as client:
        sent = send_batch(client, papers, "lan")
        again = send_batch(client, papers, "lan", batch=sent.batch)
    assert [(file.sequence, refusal.code) for file, refusal in sent.refused] == [
        (2, "unsupported_media_type"),
        (3, "empty_file"),
    ]
    assert again.receipt == sent.receipt
    assert (sent.receipt["received"], sent.receipt["withdrawn"]) == (1, 2)
    assert [refusal.code for _, refusal in again.refused] == ["file_withdrawn"] * 2


def test_a_file_that_arrived_damaged_is_sent_again(
    world: World, stage: Stage, papers: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Client(stage.url, world.tokens["station"]) as client:
        whole, tries = client.send, []

        def damaged_once(batch: str, file: object) -> dict[str, object]:
            tries.append(file)
            if len(tries) == 1:
                raise ServiceRefused(422, "fixity_mismatch", "", "")
            return whole(batch, file)  # type: ignore[arg-type]

        monkeypatch.setattr(client, "send", damaged_once)
        sent = send_batch(client, papers[:1], "lan")
    assert (len(tries), sent.refused, sent.receipt["received"]) == (2, (), 1)


def test_a_file_that_changed_after_it_was_declared_is_withdrawn(
    world: World, stage: Stage, papers: list[Path]
) -> None:
    def change(_: object) -> None:
        papers[1].write_bytes(b"%PDF-1.7 other bytes")

    papers[1].write_bytes(b"%PDF-1.7 two")
    with Client(stage.url, world.tokens["station"]) as client:
        sent = send_batch(client, papers[:2], "lan", on_sent=change)
        shown = client.batch(sent.batch)
    assert [one["reason"] for one in shown["withdrawn"]] == ["fixity_mismatch"]
    assert (sent.receipt["received"], sent.receipt["withdrawn"]) == (1, 1)


def test_a_locked_station_is_told_and_withdraws_nothing(
    world: World, stage: Stage, papers: list[Path]
) -> None:
    with Client(stage.url, "sts_nobody") as client, pytest.raises(ServiceRefused) as refusal:
        send_batch(client, papers, "lan")
    assert refusal.value.code == "not_signed_in"


def run(world: World, stage: Stage, *arguments: str) -> Result:
    return CliRunner().invoke(ingest, [*arguments, "--url", stage.url, "--key", world.tokens["station"]])


def test_the_command_says_what_was_withdrawn_and_why(world: World, stage: Stage, papers: list[Path]) -> None:
    found = run(world, stage, *map(str, papers))
    assert found.exit_code == 1
    assert "declared 3 = received 1 + withdrawn 2; stored 1" in found.output
    assert "file 2 refused and withdrawn" in found.output
    calm = run(world, stage, str(papers[0]))
    assert calm.exit_code == 0
    assert "declared 1 = received 1 = stored 1" in calm.output
