"""How fast case lists come in: `./sohoa bench imports [--rows N] [--components N] [--database URL]`.

Writes a case list as CSV and as XLSX, and takes each in as `import-dossiers` does, in a process of its own: all rows
new, all changed, all the same. For each the seconds, the rows a second, and the most memory that the process held.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openpyxl import Workbook
from rich.console import Console
from rich.table import Table

from config.settings import load_settings
from config.wiring import build, set_up
from workers.case_import import import_cases

HEADER = (
    "MaHoSo", "MaTTHC", "DonViXuLy", "NgayTiepNhan", "NgayHenTra", "NgayKetThucXuLy", "TrangThaiHoSo", "KenhThucHien",
    "ChuHoSo", "TaiLieuNop",
)  # fmt: skip
UNITS = ("P1", "P4", "MT-BPMC", "MT-TNMT")
PROCEDURES = ("1.001193", "1.004884", "2.000815", "1.003141")
FIRST = date(2023, 2, 1)


def cases(count: int, status: str, series: str, components: int = 0) -> Iterator[tuple[object, ...]]:
    """Rows of made-up dossiers; the `series`, two digits, keeps those of two lists apart."""
    listed = "; ".join(f"TP{number:02}" for number in range(1, components + 1))
    for number in range(count):
        day = FIRST + timedelta(days=number % 200)
        code = f"H58.{series}-{day:%y%m%d}-{number:06}"
        unit, procedure = UNITS[number % len(UNITS)], PROCEDURES[number % len(PROCEDURES)]
        owner = f"Nguyễn Văn {number}"
        yield code, procedure, unit, day, day + timedelta(days=3), day, status, "1", owner, listed


def write_list(path: Path, rows: Iterator[tuple[object, ...]]) -> None:
    """A case list as CSV or, by its name, as XLSX."""
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        return
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (HEADER, *rows):
        sheet.append(list(row))
    book.save(path)


def taken_in(url: str, path: Path) -> dict[str, Any]:
    """What a process of its own tells of taking a list in: counts, seconds, and its peak in MB."""
    command = [sys.executable, "-m", "bench.imports", "--database", url, "--take", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def take(url: str, path: Path) -> dict[str, Any]:
    """Take a list in here."""
    services = build(load_settings(database_url=url, data_dir=path.parent))
    begun, used = time.perf_counter(), time.process_time()
    outcome = import_cases(services, path, actor="bench")
    seconds = time.perf_counter() - begun
    counts = {name: getattr(outcome, name) for name in ("new", "changed", "same", "refused")}
    services.close()
    figures = {"seconds": round(seconds, 1), "of CPU": round(time.process_time() - used, 1)}
    return {**counts, **figures, "rows/s": round(outcome.taken / seconds), "peak MB": _peak()}


def _peak() -> int:
    """The most memory that this process held since it began to be this program, with the largest child of its own."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024


def measured(url: str, rows: int, components: int, folder: Path) -> Iterator[dict[str, Any]]:
    """A line for each kind of file and what its rows say."""
    for kind, series in (("csv", "71"), ("xlsx", "72")):
        path = folder / f"cases.{kind}"
        for status in ("9", "10"):
            write_list(path, cases(rows, status, series, components))
            yield {"file": kind, **taken_in(url, path)}
        yield {"file": kind, **taken_in(url, path)}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench imports", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--components", type=int, default=0, help="listed for each dossier")
    parser.add_argument("--database", help="URL of a database; by default a SQLite file of its own")
    parser.add_argument("--take", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--json", action="store_true", help="One JSON line a file.")
    given = parser.parse_args(arguments)
    if given.take:
        sys.stdout.write(json.dumps(take(given.database, given.take)))
        return 0
    with TemporaryDirectory(prefix="sohoa-bench-") as name:
        folder = Path(name)
        url = given.database or f"sqlite:///{folder / 'cases.db'}"
        services = build(load_settings(database_url=url, data_dir=folder))
        set_up(services)
        services.close()
        found = list(measured(url, given.rows, given.components, folder))
    _show(found, as_json=given.json)
    return 0 if all(not line["refused"] for line in found) else 1


def _show(found: list[dict[str, Any]], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.writelines(json.dumps(line) + "\n" for line in found)
        return
    table = Table(*found[0], title="Case lists taken in")
    for line in found:
        table.add_row(*(f"{value:,}" if isinstance(value, int) else str(value) for value in line.values()))
    Console().print(table)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
