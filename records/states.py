"""What is done with a file, a page and a record. "In progress" is a lease, never a state.

file     RECEIVED ──► RASTERISED
             └──────► REFUSED            (typed error; the master is kept)
page     RECEIVED ──► RECOGNISED
             └──────► UNREADABLE         (a clerk still sees its image)
         either ────► RECEIVED           (a clerk turned it: it is read again)
record   ASSEMBLED ─► CLASSIFIED ─► CONFIRMED ─► FILED
             └──────► COVER                       (names a dossier; is itself no component)
         CLASSIFIED ─► DISCARDED                  (a clerk says: not to be filed, with a reason)
         CLASSIFIED ─► ASSEMBLED                  (its pages were parted, joined, sorted, turned or scanned again)
         CLASSIFIED ─► MERGED ─► ASSEMBLED        (its pages went to another record; parted from it again)
         FILED ─────► CLASSIFIED                  (re-opened by a person; history stays)
"""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from records.errors import IllegalTransition


class FileState(StrEnum):
    RECEIVED = "received"  # its bytes and its row are durable
    RASTERISED = "rasterised"  # its pages and records exist
    REFUSED = "refused"  # it cannot be opened; the error says why


class PageState(StrEnum):
    RECEIVED = "received"  # its image is stored
    RECOGNISED = "recognised"  # its words are stored
    UNREADABLE = "unreadable"  # the engine gave up; people can still read it


class RecordState(StrEnum):
    ASSEMBLED = "assembled"  # its pages are known
    CLASSIFIED = "classified"  # type, fields and dossier are proposed; waits for a person
    COVER = "cover"  # a receipt that names the dossier of what follows
    CONFIRMED = "confirmed"  # a person answers for what it says
    FILED = "filed"  # its PDF/A lies in the dossier
    DISCARDED = "discarded"  # a person took it out, with a reason
    MERGED = "merged"  # a person moved all its pages into another record


class BatchState(StrEnum):
    """Derived, never stored: see records.batch.progress."""

    OPEN = "open"  # takes files
    PROCESSING = "processing"  # complete; pages are being read
    WAITING = "waiting"  # everything is read; papers wait for a clerk
    DONE = "done"  # every paper is filed, a cover sheet or discarded
    FAILED = "failed"  # nothing in it could be opened


FILE_TRANSITIONS = {
    FileState.RECEIVED: {FileState.RASTERISED, FileState.REFUSED},
    FileState.RASTERISED: set[FileState](),
    FileState.REFUSED: set[FileState](),
}
PAGE_TRANSITIONS = {
    PageState.RECEIVED: {PageState.RECOGNISED, PageState.UNREADABLE},
    PageState.RECOGNISED: {PageState.RECEIVED},
    PageState.UNREADABLE: {PageState.RECOGNISED, PageState.RECEIVED},
}
RECORD_TRANSITIONS = {
    RecordState.ASSEMBLED: {RecordState.CLASSIFIED, RecordState.COVER},
    RecordState.CLASSIFIED: {
        RecordState.CONFIRMED,
        RecordState.DISCARDED,
        RecordState.ASSEMBLED,
        RecordState.MERGED,
    },
    RecordState.COVER: set[RecordState](),
    RecordState.CONFIRMED: {RecordState.FILED, RecordState.CLASSIFIED},
    RecordState.FILED: {RecordState.CLASSIFIED},
    RecordState.DISCARDED: {RecordState.CLASSIFIED},
    RecordState.MERGED: {RecordState.ASSEMBLED},
}

State = TypeVar("State", FileState, PageState, RecordState)


def moved(table: dict[State, set[State]], old: State, new: State) -> State:
    """`new`, if the table allows the step; raises IllegalTransition.

    >>> moved(RECORD_TRANSITIONS, RecordState.ASSEMBLED, RecordState.CLASSIFIED).value
    'classified'
    """
    if new not in table[old]:
        raise IllegalTransition(f"cannot go from {old.value} to {new.value}")
    return new
