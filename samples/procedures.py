"""The procedures that made receipts and dossiers speak of (national codes; names as published)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from samples.people import words


@dataclass(frozen=True)
class Procedure:
    """One procedure: its national code, what is handed in (name, kind of paper or ""), and the kind of its result."""

    code: str
    name: str
    domain: str
    level: str
    days: int
    result: str
    components: tuple[tuple[str, str], ...]


@cache
def procedures() -> dict[str, Procedure]:
    """All of them by national code."""
    rows = words("procedures")["procedure"]
    return {
        row["code"]: Procedure(
            **{**row, "components": tuple((name, kind) for name, kind in row["components"])}
        )
        for row in rows
    }


def some_procedure(rng: Random, level: str | None = None) -> Procedure:
    """Any procedure, of one level when named."""
    return rng.choice([one for one in procedures().values() if level in (None, one.level)])
