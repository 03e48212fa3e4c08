"""Whether the acceptance policy keeps its promise: `./sohoa bench acceptance_year [--papers N] [--days N] [--runs N]`.

Plays an office's year on a database of its own: papers are read with a known rate of wrong values, clerks correct what
they are asked, others read samples blind, the policy is fitted every night. With `--raise FIELD=RATE` the rate of
wrong values of one field is raised at half-time, whatever their confidence; without it nothing ever goes wrong, and
every stop is a false one. Told are: from when on values were accepted, what was wrong among them, the blind estimate
beside the true rate, and how many papers it took until the field was asked again.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.played_office import START, THIRD, TYPES, VERIFIER, Played, ReadPaper, open_office, read_paper
from records.acceptance import TYPE, Policy
from records.blind_check import CheckState, EstimateBy
from records.ids import StaffId
from records.record import Record
from records.staff import WHOLE_OFFICE
from storage.database import Database, Transaction, make_database
from workers.blind import answer, decide
from workers.policy_fit import change, fit

SEED = 7600
SLIPS = 0.01  # of what a verifier reads
YEAR = timedelta(days=366)


@dataclass(slots=True)
class Outcome:
    """What a year came to."""

    papers: int = 0
    first_accepted: int | None = None  # paper at which the first value was accepted
    accepted: int = 0  # values that nobody looked at
    accepted_wrong: int = 0
    settled: int = 0  # papers of the second half that needed no look at all
    raised_at: int | None = None  # paper from which on the field was read worse
    stopped_after: int | None = None  # papers from there until the field was asked
    wrong_meanwhile: int = 0  # accepted wrong values of the field from there until it was asked
    false_stops: list[str] = field(default_factory=list)  # of fields that were read as well as ever
    estimates: dict[str, list[float]] = field(
        default_factory=dict
    )  # by key: checked, wrong, from, to, true rate


class Year:
    """One office, played day by day."""

    def __init__(self, database: Database, rng: Random, raised: tuple[str, float] | None) -> None:
        self._database = database
        self._rng = rng
        self._raised = raised
        self._truth: dict[str, ReadPaper] = {}
        self._rates: dict[str, list[bool]] = {}  # by field, type and station: accepted values, wrong or not
        self.outcome = Outcome()

    def play(self, days: Sequence[Sequence[ReadPaper]]) -> Outcome:
        """The days' papers one after the other; from the half on the field that is raised is read worse."""
        for day, papers in enumerate(days):
            late = day >= len(days) // 2
            if late and self._raised and self.outcome.raised_at is None:
                self.outcome.raised_at = self.outcome.papers
            with self._database.transaction() as tx:
                self._day(tx, day, papers, late)
            with self._database.transaction() as tx:
                self._check_blind(tx, day)
                fit(tx, actor="cron", now=START + timedelta(days=day, hours=12), since=YEAR)
        with self._database.snapshot() as tx:
            self._estimate(tx)
        return self.outcome

    def _day(self, tx: Transaction, day: int, papers: Sequence[ReadPaper], late: bool) -> None:
        worse = self._raised if late else None
        for number, paper in enumerate(papers):
            policy = tx.policies.current()
            self._watch(policy, worse)
            played = Played(tx, paper, START + timedelta(days=day, seconds=number))
            record = played.confirmed(policy)
            self._truth[record.id] = paper
            self._count(record, paper, worse, late)
            self._false_stops(policy, tx.policies.current(), worse)

    def _watch(self, policy: Policy, worse: tuple[str, float] | None) -> None:
        """Note when a field that is read worse is asked everywhere."""
        out = self.outcome
        if worse is None or out.raised_at is None or out.stopped_after is not None:
            return
        if not any(policy.accepts(worse[0], kind, 1.0) for kind in TYPES):
            out.stopped_after = out.papers - out.raised_at

    def _count(self, record: Record, paper: ReadPaper, worse: tuple[str, float] | None, late: bool) -> None:
        out = self.outcome
        assert record.confirmation is not None
        unseen = record.confirmation.unseen
        out.papers += 1
        out.settled += late and record.settled_as is not None
        if unseen and out.first_accepted is None:
            out.first_accepted = out.papers
        for name in unseen:
            wrong = name in paper.wrong
            out.accepted += 1
            out.accepted_wrong += wrong
            out.wrong_meanwhile += (
                wrong and worse is not None and name == worse[0] and out.stopped_after is None
            )
            for key in (name, paper.kind, paper.station):
                self._rates.setdefault(key, []).append(wrong)

    def _false_stops(self, before: Policy, now: Policy, worse: tuple[str, float] | None) -> None:
        if now.version == before.version:
            return
        stopped = {(one.field, one.document_type) for one in now.thresholds if one.stopped}
        stopped -= {(one.field, one.document_type) for one in before.thresholds if one.stopped}
        self.outcome.false_stops += [
            f"{name}:{kind}" for name, kind in stopped if not worse or name != worse[0]
        ]

    def _check_blind(self, tx: Transaction, day: int) -> None:
        """Another clerk reads the day's sample; a third one decides where the two differ."""
        at = START + timedelta(days=day, hours=8)
        for state, person in ((CheckState.OPEN, VERIFIER), (CheckState.DISPUTED, THIRD)):
            for record in self._waiting(tx, person, state, day):
                before = tx.policies.current()
                values = self._read_blind(tx, record, person, state)
                if state is CheckState.OPEN:
                    answer(tx, record, values, person, person, at)
                else:
                    decide(tx, record, values, person, person, at)
                self._false_stops(before, tx.policies.current(), self._worse())

    def _waiting(self, tx: Transaction, person: StaffId, state: CheckState, day: int) -> Iterator[Record]:
        at = START + timedelta(days=day, hours=8)
        while True:
            key = tx.blind_checks.take_next(person, state, WHOLE_OFFICE, at, at + timedelta(minutes=5))
            if key is None:
                return
            yield tx.records.get(key, WHOLE_OFFICE)

    def _read_blind(
        self, tx: Transaction, record: Record, person: StaffId, state: CheckState
    ) -> dict[str, str | None]:
        truth = self._truth[record.id].truth
        asked = [check.field for check in tx.blind_checks.for_person(record.id, person, state)]
        slips = SLIPS if state is CheckState.OPEN else 0.0
        said: dict[str, str | None] = {name: truth[name] for name in asked}
        return {
            name: "?" if name != TYPE and self._rng.random() < slips else text for name, text in said.items()
        }

    def _worse(self) -> tuple[str, float] | None:
        return self._raised if self.outcome.raised_at is not None else None

    def _estimate(self, tx: Transaction) -> None:
        for by in EstimateBy:
            for one in tx.blind_checks.estimates(by, START, WHOLE_OFFICE):
                rates = self._rates.get(one.key, [])
                true = sum(rates) / len(rates) if rates else 0.0
                self.outcome.estimates[one.key] = [one.checked, one.wrong, *one.interval, true]


def made_days(
    rng: Random,
    days: int,
    papers: int,
    raised: tuple[str, float] | None,
    types: Mapping[str, int] = TYPES,
) -> list[list[ReadPaper]]:
    """The papers of each day; those of the second half with the field that is raised read worse."""
    keys = [[f"{day:03}-{number:04}" for number in range(papers)] for day in range(days)]
    return [
        [read_paper(rng, key, raised if day >= days // 2 else None, types) for key in of_day]
        for day, of_day in enumerate(keys)
    ]


def promise(database: Database, bound: float) -> None:
    """What the office promises, before anything is known."""
    with database.transaction() as tx:
        change(tx, actor="bench", now=START, bound=bound)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench acceptance_year", description=__doc__)
    parser.add_argument("--papers", type=int, default=60, help="a day")
    parser.add_argument("--days", type=int, default=250)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--bound", type=float, default=0.005, help="of the promise")
    parser.add_argument(
        "--raise", dest="raised", metavar="FIELD=RATE", help="how badly a field is read at the end"
    )
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    name, _, rate = (given.raised or "").partition("=")
    raised = (name, float(rate)) if name else None
    found = []
    for run in range(given.runs):
        with TemporaryDirectory(prefix="sohoa-bench-") as folder:
            url, rng = f"sqlite:///{Path(folder) / 'year.db'}", Random(SEED + run)
            days = made_days(rng, given.days, given.papers, raised)
            open_office(url, [paper for day in days for paper in day])
            database = make_database(url)
            promise(database, given.bound)
            found.append(Year(database, rng, raised).play(days))
            database.close()
    if given.json:
        sys.stdout.write(json.dumps([asdict(one) for one in found]) + "\n")
    else:
        _show(found)
    return 0


def _show(found: list[Outcome]) -> None:
    console = Console()
    table = Table(
        "papers", "first accepted at", "accepted values", "wrong %", "settled of 2nd half %", "stopped after papers",
        "wrong meanwhile", "false stops", title="A year of the acceptance policy",
    )  # fmt: skip
    for one in found:
        table.add_row(
            str(one.papers), str(one.first_accepted), str(one.accepted),
            f"{100 * one.accepted_wrong / max(1, one.accepted):.2f}", f"{200 * one.settled / one.papers:.0f}",
            "–" if one.raised_at is None else str(one.stopped_after), str(one.wrong_meanwhile),
            ", ".join(one.false_stops) or "0",
        )  # fmt: skip
    console.print(table)
    estimates = Table(
        "of", "checked blind", "wrong", "from %", "to %", "true %", title="Estimates of the first run"
    )
    for key, (checked, wrong, low, high, true) in found[0].estimates.items():
        shares = (f"{100 * share:.2f}" for share in (low, high, true))
        estimates.add_row(key, f"{checked:.0f}", f"{wrong:.0f}", *shares)
    console.print(estimates)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
