"""Declared files that were taken back: final, visible, and never of a file that is durable."""

from __future__ import annotations

from sqlalchemy import Connection, select

from records.batch import Withdrawal, WithdrawalReason
from records.errors import AlreadyReceived, FileWithdrawn, InvalidManifest
from records.ids import BatchId
from storage.inserts import insert_if_new
from storage.tables import declared_files, files
from storage.tables_intake import withdrawals


def withdraw(connection: Connection, batch: BatchId, wanted: Withdrawal) -> tuple[Withdrawal, bool]:
    """Take a declared file back; the withdrawal as stored, and whether it is new. The first one stays.

    Raises InvalidManifest when the batch declares no such file, AlreadyReceived when the file is durable.
    """
    lock_declared(connection, batch, wanted.sequence)
    of_file = files.c.batch == batch, files.c.sequence == wanted.sequence
    if connection.execute(select(files.c.id).where(*of_file)).first() is not None:
        raise AlreadyReceived(sequence=wanted.sequence)
    row = {
        "batch": batch,
        "sequence": wanted.sequence,
        "reason": wanted.reason.value,
        "withdrawn_by": wanted.by,
        "withdrawn_at": wanted.at,
    }
    is_new = insert_if_new(connection, withdrawals, row)
    return next(one for one in of_batch(connection, batch) if one.sequence == wanted.sequence), is_new


def refuse_withdrawn(connection: Connection, batch: BatchId, sequence: int) -> None:
    """Before a file is noted as received: raises FileWithdrawn when it was taken back."""
    lock_declared(connection, batch, sequence)
    taken_back = withdrawals.c.batch == batch, withdrawals.c.sequence == sequence
    if connection.execute(select(withdrawals.c.sequence).where(*taken_back)).first() is not None:
        raise FileWithdrawn(sequence=sequence)


def lock_declared(connection: Connection, batch: BatchId, sequence: int) -> None:
    """Hold a declared file's row until the transaction ends: it is either received or withdrawn, never both.

    SQLite has one writer at a time and needs no lock. Raises InvalidManifest when the batch declares no such file.
    """
    declared = declared_files.c.batch == batch, declared_files.c.sequence == sequence
    if (
        connection.execute(select(declared_files.c.sequence).where(*declared).with_for_update()).first()
        is None
    ):
        raise InvalidManifest("the batch declares no file with this number")


def of_batch(connection: Connection, batch: BatchId) -> tuple[Withdrawal, ...]:
    """What was taken back of a batch, in the order of scanning."""
    query = select(withdrawals).where(withdrawals.c.batch == batch).order_by(withdrawals.c.sequence)
    return tuple(
        Withdrawal(row["sequence"], WithdrawalReason(row["reason"]), row["withdrawn_by"], row["withdrawn_at"])
        for row in connection.execute(query).mappings()
    )
