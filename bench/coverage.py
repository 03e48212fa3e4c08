"""How long coverage takes: `./sohoa bench coverage [--dossiers N] [--database URL]`.

Fills an empty database (by default a SQLite file of its own) with four years of an office's dossiers and about five
papers each, then asks every question of coverage: now, under today's units, as of past moments, the gap, the trend.
Per question: the milliseconds of the median, of 95 in 100, and of the slowest. Then imports a case list, twice, and
recounts everything from the facts. With --page N the auditor's page is opened N times in a browser, too.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console

from bench.bulk import settled
from bench.imports import cases, write_list
from bench.made_cases import DAYS, FIRST, fill_office
from bench.timing import figures, milliseconds, shown
from config.settings import load_settings
from config.wiring import build
from records.coverage import VIETNAM, Grouping, Period
from records.ids import UnitCode
from records.staff import WHOLE_OFFICE, Scope
from storage.database import Database, Transaction, make_database
from storage.engines import make_engine
from workers.case_import import import_cases
from workers.sweep import take_in

SEED = 5200
PERIODS = {
    "statutory year": Period(date(2021, 12, 16), date(2022, 11, 30)),
    "quarter": Period(date(2021, 12, 15), date(2022, 3, 14)),
    "four years": Period(FIRST, FIRST + timedelta(days=DAYS + 30)),
}
Question = Callable[[Transaction], object]


def questions(database: Database, rng: Random) -> dict[str, list[Question]]:
    """Every question, by kind."""
    with database.snapshot() as tx:
        city = Scope(tx.catalogue.expand([UnitCode("TP-MT")]))
    scopes = {"office": WHOLE_OFFICE, "city": city, "ward": Scope(frozenset([UnitCode("P4")]))}
    asked: dict[str, list[Question]] = {}
    for by in Grouping:
        for period in PERIODS.values():
            for scope in scopes.values():
                asked.setdefault(f"by {by.value}", []).append(_rows(by, period, scope))
                asked.setdefault("mapped", []).append(_rows(by, period, scope, mapped=True))
                moment = datetime(2019, 2, 1, tzinfo=VIETNAM) + timedelta(
                    hours=rng.randrange(24 * (DAYS - 40))
                )
                asked.setdefault("as of", []).append(_rows(by, period, scope, as_of=moment))
    for period in PERIODS.values():
        for scope in scopes.values():
            asked.setdefault("gap", []).append(_gap(period, scope))
            asked.setdefault("trend", []).append(_trend(period, scope))
    return asked


def _rows(by: Grouping, period: Period, scope: Scope, **how: Any) -> Question:
    return lambda tx: tx.coverage.rows(by, period, scope, **how)


def _gap(period: Period, scope: Scope) -> Question:
    return lambda tx: tx.coverage.missing(tx.coverage.gap(period, scope).items)


def _trend(period: Period, scope: Scope) -> Question:
    moment = datetime(2022, 12, 15, tzinfo=VIETNAM)
    return lambda tx: tx.coverage.trend(period, scope, as_of=moment)


def measured(database: Database, times: int) -> dict[str, dict[str, float]]:
    """Per kind of question: median, 95 in 100, slowest."""
    found = {}
    for kind, asked in questions(database, Random(SEED)).items():
        for question in asked:
            milliseconds(database, question)  # once to warm up, as in a service that runs
        found[kind] = figures([milliseconds(database, one) for one in asked for _ in range(times)])
    return found


# --- import ---


def imported(url: str, count: int) -> dict[str, float]:
    """Rows a second: new ones, all changed, all the same; and seconds until the sums have caught up."""
    with TemporaryDirectory(prefix="sohoa-bench-") as folder:
        services = build(load_settings(database_url=url, data_dir=Path(folder)))
        rates: dict[str, float] = {}
        for what, status in (("new", "9"), ("changed", "10"), ("same", "10")):
            path = Path(folder) / "cases.csv"
            write_list(path, cases(count, status, "31"))
            begun = time.perf_counter()
            import_cases(services, path, actor="bench")
            rates[f"{what} rows/s"] = round(count / (time.perf_counter() - begun))
        begun = time.perf_counter()
        taken = take_in(services)
        rates["changes summed/s"] = round(taken / max(time.perf_counter() - begun, 0.001))
        services.close()
    return rates


def prepare(url: str, count: int, say: Callable[[str], None]) -> None:
    """Fill an empty database."""
    engine = make_engine(url)
    say("making dossiers and papers")
    fill_office(url, engine, count, SEED)
    say("summing")
    database = make_database(url)
    with database.transaction(patient=True) as tx:
        tx.sums.rebuild()
    database.close()
    say("settling")
    settled(engine)
    engine.dispose()


def recounted(database: Database, moments: Iterable[datetime | None]) -> int:
    """How many figures and dossiers differ from a recount."""
    found = 0
    for moment in moments:
        with database.snapshot(patient=True) as tx:
            found += len(tx.recount.differences(moment))
    return found


def opened(url: str, times: int) -> dict[str, dict[str, float]]:
    """Milliseconds until the page is filled, per period; asked for by few, so a browser is needed only then."""
    from bench.coverage_page import measured_page

    return {f"page, {name}": figures(took) for name, took in measured_page(url, times).items()}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench coverage", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--database", help="URL of an empty database; by default a SQLite file of its own")
    parser.add_argument("--filled", action="store_true", help="with --database: an earlier run has filled it")
    parser.add_argument("--times", type=int, default=5, help="how often each question is asked")
    parser.add_argument("--import-rows", type=int, default=50_000)
    parser.add_argument("--no-recount", action="store_true", help="spare the recount, which reads everything")
    parser.add_argument("--page", type=int, default=0, help="how often the page is opened in a browser")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    console = Console(stderr=True)
    with TemporaryDirectory(prefix="sohoa-bench-") as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'coverage.db'}"
        if not given.filled:
            prepare(url, given.dossiers, lambda text: console.print(text))
        database = make_database(url)
        console.print("asking")
        found: dict[str, Any] = {"dossiers": given.dossiers, "queries": measured(database, given.times)}
        if not given.no_recount:
            console.print("recounting")
            found["differences"] = recounted(database, (None, datetime(2021, 6, 1, tzinfo=VIETNAM)))
        database.close()
        if given.page:
            console.print("opening the page")
            found["page"] = opened(url, given.page)
        if given.import_rows:
            console.print("importing")
            found["import"] = imported(url, given.import_rows)
    _show(found, as_json=given.json)
    return 0


def _show(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(found) + "\n")
        return
    console = Console()
    console.print(
        shown(f"Coverage over {found['dossiers']:,} dossiers", {**found["queries"], **found.get("page", {})})
    )
    for name, value in {
        **found.get("import", {}),
        "differences from a recount": found.get("differences"),
    }.items():
        console.print(f"{name}: {value}")
