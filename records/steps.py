"""The steps of a page's life and what asks for the next one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from records.ids import StationId


class Step(StrEnum):
    """Steps that a worker does; the key of each is the id in brackets."""

    RASTERISE = "rasterise"  # (file)
    RECOGNISE = "recognise"  # (page)
    CLASSIFY = "classify"  # (record)
    FILE = "file"  # (record)
    READ_AGAIN = "read_again"  # (record): what was read quickly, once nothing else waits


@dataclass(frozen=True, slots=True)
class Todo:
    """A step to be asked for, after the transaction that found it has been committed."""

    step: Step
    key: str
    station: StationId  # whose work it is: work of different stations is taken in turn


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to work on a step until the lease ends: an outcome is taken only with its token."""

    step: Step
    key: str
    token: str
    attempt: int  # 1 on the first try
