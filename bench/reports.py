"""How long the statutory reports take: `./sohoa bench reports [--dossiers N] [--database URL [--filled]]`.

Fills a SQLite file of its own with a year of dossiers, then makes each report now, as of a past moment and mapped to
the units of today, writes it in each form, and recomputes its file: seconds of each, and whether it was proved.
With a database, fills that (unless it is filled) with four years as `bench coverage` does, and asks for each report
over random periods: milliseconds for half, for 95 in 100, and of the slowest.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from bench.coverage import prepare
from bench.made_cases import DAYS, FIRST
from bench.timing import Figures, figures, shown
from config.settings import load_settings
from config.wiring import Services, build, set_up
from records import default_data
from records.coverage import VIETNAM, Period
from records.dossier import Channel, Dossier
from records.ids import DossierCode
from records.report import FORMS
from records.staff import WHOLE_OFFICE
from reports.formats import ReportFormat, write
from storage.areas import as_it_was
from workers.reporting import make_report, verify_report

SEED = 2022
BEGIN = datetime(2021, 12, 16, 8, tzinfo=VIETNAM)
YEAR = Period(BEGIN.date(), datetime(2022, 11, 30, tzinfo=VIETNAM).date())
PART = 5000

T = TypeVar("T")


def dossiers(count: int) -> Iterator[Dossier]:
    """A year of an office: one in fifty is open, one in three hundred late."""
    chance = Random(SEED)
    units = [one.code for one in default_data.org_units() if one.takes_dossiers and one.valid_on(YEAR.first)]
    procedures = [one.code for one in default_data.procedures() if one.valid_from is None]
    for number in range(count):
        received = BEGIN + timedelta(minutes=chance.randrange(330 * 24 * 60))
        taken = timedelta(days=15 if number % 300 == 0 else chance.choice((1, 2, 5, 10)))
        yield Dossier(
            code=DossierCode(f"H58.30-{received:%y%m%d}-{number:06}"),
            procedure=chance.choice(procedures),
            unit=chance.choice(units),
            received_at=received,
            due_at=received + timedelta(days=10),
            finished_at=None if number % 50 == 0 else received + taken,
            channel=chance.choice(list(Channel)),
        )


def fill(services: Services, count: int) -> None:
    """Take the dossiers in as an import does, in portions."""
    made = dossiers(count)
    for _ in range(0, count, PART):
        part = [one for one, _ in zip(made, range(PART), strict=False)]
        with services.database.transaction() as tx:
            tx.dossiers.upsert(part, "bench", datetime.now(UTC))


def timed(work: Callable[[], T]) -> tuple[T, float]:
    began = time.perf_counter()
    return work(), round(time.perf_counter() - began, 3)


def measured(services: Services) -> Iterator[dict[str, object]]:
    """A line for each report and form."""
    for kind in FORMS:
        make = partial(make_report, services, kind, YEAR, WHOLE_OFFICE)
        made, now = timed(make)
        _, then = timed(partial(make, as_of=made.request.as_of))
        _, mapped = timed(partial(make, mapped=True))
        for form in ReportFormat:
            content, written = timed(partial(write, made, form))
            found, proved = timed(partial(verify_report, services, content, WHOLE_OFFICE))
            seconds = {"now": now, "as of": then, "mapped": mapped, "write": written, "verify": proved}
            yield {"report": kind.value, "format": form.value, **seconds, "same": found.same}


# --- over random periods ---


def asked(services: Services, times: int) -> dict[str, Figures]:
    """The milliseconds of each kind of question, asked so many times, each time about another period."""
    chance, found = Random(SEED), dict[str, list[float]]()
    for _ in range(times):
        for what, question in questions(services, chance).items():
            _, seconds = timed(question)
            found.setdefault(what, []).append(seconds * 1000)
    return {what: figures(took) for what, took in found.items()}


def questions(services: Services, chance: Random) -> dict[str, Callable[[], object]]:
    """Each report, now, of a past moment, and under the units of today; and its figures without the fingerprint."""
    first = FIRST + timedelta(days=chance.randrange(DAYS - 30))
    period = Period(first, first + timedelta(days=chance.choice((30, 91, 364))))
    moment = datetime(2019, 3, 1, tzinfo=VIETNAM) + timedelta(hours=chance.randrange(24 * (DAYS - 60)))
    found: dict[str, Callable[[], object]] = {}
    for kind in FORMS:
        make = partial(make_report, services, kind, period, WHOLE_OFFICE)
        found |= {kind.value: make, f"{kind.value}, as of": partial(make, as_of=moment)}
        found[f"{kind.value}, mapped"] = partial(make, mapped=True)
    found["figures only"] = partial(_figures, services, period, None)
    found["figures only, as of"] = partial(_figures, services, period, moment)
    return found


def _figures(services: Services, period: Period, as_of: datetime | None) -> object:
    with services.database.snapshot() as tx:
        return tx.reports.tallies(period, as_it_was(WHOLE_OFFICE), as_of or datetime.now(UTC), as_of)


def over_random_periods(url: str, count: int, times: int, *, filled: bool, as_json: bool) -> None:
    """Fill the database, ask, and show."""
    if not filled:
        prepare(url, count, lambda text: Console(stderr=True).print(text))
    with TemporaryDirectory() as folder:
        services = build(load_settings(data_dir=Path(folder), database_url=url, objects_url=""))
        asked(services, 2)  # to warm up, as in a service that runs
        found = asked(services, times)
        services.close()
    if as_json:
        print(json.dumps({"dossiers": count, "queries": found}))
    else:
        Console().print(shown(f"Reports over {count:,} dossiers", found))


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench reports", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=20_742)
    parser.add_argument(
        "--database", help="URL of an empty database for four years; asks over random periods"
    )
    parser.add_argument("--filled", action="store_true", help="with --database: an earlier run has filled it")
    parser.add_argument("--times", type=int, default=40, help="with --database: how often each is asked")
    parser.add_argument("--json", action="store_true", help="One JSON line a report and form.")
    given = parser.parse_args(arguments)
    if given.database:
        how = {"filled": given.filled, "as_json": given.json}
        over_random_periods(given.database, given.dossiers, given.times, **how)
        return 0
    with TemporaryDirectory() as folder:
        services = build(load_settings(data_dir=Path(folder), database_url="", objects_url=""))
        set_up(services)
        fill(services, given.dossiers)
        lines = list(measured(services))
        services.close()
    if given.json:
        print("\n".join(json.dumps(line) for line in lines))
    else:
        table = Table(*lines[0], title=f"Seconds, {given.dossiers:,} dossiers on SQLite")
        for line in lines:
            table.add_row(*map(str, line.values()))
        Console().print(table)
    return 0 if all(line["same"] for line in lines) else 1
