"""How long questions to a database take, as figures and as a table. For benchmarks of queries."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from statistics import quantiles

from rich.table import Table

from storage.database import Database, Transaction

Figures = dict[str, float]  # milliseconds: p50, p95, max


def milliseconds(database: Database, question: Callable[[Transaction], object]) -> float:
    """How long one question takes, its transaction included."""
    begun = time.perf_counter()
    with database.snapshot() as tx:
        question(tx)
    return (time.perf_counter() - begun) * 1000


def figures(took: list[float]) -> Figures:
    """The median, 95 in 100, and the slowest; at least two."""
    cuts = quantiles(took, n=100, method="inclusive")
    return {"p50": round(cuts[49], 1), "p95": round(cuts[94], 1), "max": round(max(took), 1)}


def shown(title: str, found: Mapping[str, Figures]) -> Table:
    """A row for each kind of question."""
    table = Table(title=f"{title}, milliseconds")
    for name in ("question", "p50", "p95", "max"):
        table.add_column(name, justify="left" if name == "question" else "right")
    for kind, row in found.items():
        table.add_row(kind, *(f"{row[name]:,}" for name in ("p50", "p95", "max")))
    return table
