"""How well dossiers are proposed: `./sohoa bench proposals [--dossiers N] [--papers N] [--database URL]`.

Fills an empty database (by default a SQLite file of its own) with generated dossiers and asks for papers whose dossier
is known, so many of each kind. Per kind: how often the right one is first, among the first three, and not proposed
at all; where another one is first; and where another one would be taken with no doubt shown. A paper that says a name
and nothing else has to be proposed nothing; one whose dossier was never imported is right when it is told as that.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.proposal_papers import Paper, fill_office, papers
from bench.timing import figures
from classify.classifier import Reading
from classify.dossier_code import proposals
from classify.layout import laid_out
from records.record import NAMING_SOURCES, DossierProposal, Record
from records.review import ReviewReason
from storage.database import Database, make_database
from storage.policies import DEFAULT
from workers.judge import classified
from workers.propose import ranked

SEED = 6400
_ABOUT_DOSSIER = {
    ReviewReason.DOSSIER_UNKNOWN,
    ReviewReason.DOSSIER_UNSURE,
    ReviewReason.DOSSIER_NOT_IMPORTED,
}


@dataclass(slots=True)
class Tally:
    """What became of the papers of one kind."""

    papers: int = 0
    first: int = 0  # the right dossier stands first
    among_three: int = 0
    nothing: int = 0  # nothing is proposed
    other_first: int = 0  # another dossier stands first
    undoubted_wrong: int = 0  # … and a clerk is shown no doubt about it
    proposed: int = 0
    milliseconds: list[float] = field(default_factory=list)


def measured(database: Database, asked: Iterable[Paper]) -> dict[str, Tally]:
    """Asks for every paper as the pipeline does; what was read goes in, ranked proposals come out."""
    found: dict[str, Tally] = {}
    for paper in asked:
        begun = time.perf_counter()
        record = judged(database, paper)
        took = (time.perf_counter() - begun) * 1000
        _count(found.setdefault(paper.kind, Tally()), paper, record, took)
    return found


def judged(database: Database, paper: Paper) -> Record:
    """The paper as the pipeline would hand it to a clerk."""
    layouts = [laid_out(page, number) for number, page in enumerate(paper.pages, start=1)]
    named = tuple(proposals(layouts, paper.barcodes, paper.day))
    assert paper.record.classification is not None
    reading = Reading(paper.record.classification, paper.record.fields, named, ())
    with database.snapshot() as tx:
        return classified(paper.record, (), reading, None, DEFAULT, partial(ranked, tx, day=paper.day))


def _count(tally: Tally, paper: Paper, record: Record, took: float) -> None:
    codes = [proposal.code for proposal in record.proposals]
    doubted = bool(_ABOUT_DOSSIER & set(record.review_reasons))
    tally.papers += 1
    tally.proposed += len(codes)
    tally.nothing += not codes
    tally.milliseconds.append(took)
    if paper.truth is None:
        right = doubted and _told_as_unknown(record.proposals)
        tally.first += right
        tally.among_three += right
        tally.other_first += bool(codes) and not right
        tally.undoubted_wrong += not doubted
        return
    tally.first += codes[:1] == [paper.truth]
    tally.among_three += paper.truth in codes[:3]
    wrong = bool(codes) and codes[0] != paper.truth
    tally.other_first += wrong
    tally.undoubted_wrong += wrong and not doubted


def _told_as_unknown(proposed: tuple[DossierProposal, ...]) -> bool:
    """Whether the code that stands there comes first, or nothing but what was read is surer than a guess."""
    return bool(proposed) and proposed[0].source in NAMING_SOURCES


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="sohoa bench proposals", description=__doc__)
    parser.add_argument("--dossiers", type=int, default=100_000)
    parser.add_argument("--papers", type=int, default=200, help="of each kind")
    parser.add_argument("--database", help="URL of an empty database; by default a SQLite file of its own")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    with TemporaryDirectory(prefix="sohoa-bench-") as folder:
        url = given.database or f"sqlite:///{Path(folder) / 'proposals.db'}"
        database = make_database(url)
        rng = Random(SEED)
        made = fill_office(url, database, given.dossiers, rng)
        found = measured(database, papers(rng, made, given.papers))
        database.close()
    _show(found, given.dossiers, as_json=given.json)
    return 0


def _show(found: dict[str, Tally], dossiers: int, *, as_json: bool) -> None:
    if as_json:
        told = {kind: _as_json(tally) for kind, tally in found.items()}
        sys.stdout.write(json.dumps({"dossiers": dossiers, "kinds": told}, ensure_ascii=False) + "\n")
        return
    columns = (
        "what the paper says", "papers", "first %", "first three %", "nothing %", "another first %",
        "… and no doubt shown", "proposed", "ms p50", "p95",
    )  # fmt: skip
    table = Table(*columns, title=f"Dossiers proposed among {dossiers:,}")
    for kind, tally in found.items():
        shares = (tally.first, tally.among_three, tally.nothing, tally.other_first)
        took = figures(tally.milliseconds)
        table.add_row(
            kind, str(tally.papers), *(f"{100 * share / tally.papers:.1f}" for share in shares),
            str(tally.undoubted_wrong), f"{tally.proposed / tally.papers:.1f}", str(took["p50"]), str(took["p95"]),
        )  # fmt: skip
    Console().print(table)


def _as_json(tally: Tally) -> dict[str, object]:
    names = ("papers", "first", "among_three", "nothing", "other_first", "undoubted_wrong", "proposed")
    return {name: getattr(tally, name) for name in names} | {"milliseconds": figures(tally.milliseconds)}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
