"""Sends a sealed batch: what the service has already is not sent twice, what it refuses is withdrawn and put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from station.client import Client, LocalFile, ServiceRefused, send_whole, withdraw_refused
from station.spool import SealedBatch, Spool
from station.texts import reason


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a batch that the service has now."""

    received: int
    refused: int
    duplicates: int


def send_sealed(
    client: Client,
    spool: Spool,
    batch: SealedBatch,
    *,
    refused_folder: Path,
    language: str,
    most_bytes: int,
    on_file: Callable[[int], None] = lambda done: None,
) -> Sent:
    """Send a batch to its end and forget it. Repeating it after a crash at any point harms nothing.

    Raises ServiceUnreachable, or ServiceRefused when the batch or the station itself is refused; the batch is kept.
    """
    client.open_batch(batch.id, batch.operator, batch.files)
    shown = client.batch(batch.id)
    settled = {one["sequence"] for one in [*shown["files"], *shown["withdrawn"]]}
    for number, file in enumerate(batch.files, start=1):
        if file.sequence not in settled:
            _send(client, batch.id, file, most_bytes)
        on_file(number)
    receipt = client.complete(batch.id)
    withdrawn = {one["sequence"]: one["reason"] for one in client.batch(batch.id)["withdrawn"]}
    for file in batch.files:
        if file.sequence in withdrawn:
            spool.put_aside(file, refused_folder, reason(withdrawn[file.sequence], language))
    spool.forget(batch, receipt)
    return Sent(receipt["received"], receipt["withdrawn"], len(receipt["duplicates"]))


def _send(client: Client, batch: str, file: LocalFile, most_bytes: int) -> None:
    if not file.path.is_file():
        client.withdraw(batch, file.sequence, "lost")
    elif file.size > most_bytes:
        client.withdraw(batch, file.sequence, "file_too_large")
    else:
        try:
            send_whole(client, batch, file)
        except ServiceRefused as refusal:
            withdraw_refused(client, batch, file, refusal)
