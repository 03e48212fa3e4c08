"""What a promise buys: the share of values and papers that need no look, at a bound of wrong ones.

`python -m bench.acceptance --seeds A:B --out FILE` reads papers and writes one row a value (paper, document_type,
field, confidence, right), which `./sohoa policy fit --prior FILE` takes. `--from FILE` measures what was written
before; `--frozen DIR` takes papers that were read once. Thresholds are fitted on every other paper and measured on the
rest, so no figure grades itself.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.field_papers import FieldPaper
from bench.fields import papers, read, same
from bench.frozen import ReadPaper, frozen
from classify.classifier import Reading, RuleClassifier
from records import default_data
from records.acceptance import TYPE, Policy, machine_values
from records.acceptance_fit import Tally, fitted, step_of
from records.limits import smallest_sample, upper_limit

COLUMNS = ("paper", "document_type", "field", "confidence", "right")


@dataclass(frozen=True, slots=True)
class Observation:
    """One value that the machine read, and whether it was right."""

    paper: str
    document_type: str  # as the machine read it
    field: str
    confidence: float
    right: bool


def observed(paper: FieldPaper, reading: Reading) -> Iterator[Observation]:
    """The values of a paper whose truth is known; the dossier is left to the office's own case list."""
    kind = reading.classification.document_type
    truth = {**paper.fields, **({TYPE: paper.document_type} if paper.document_type else {})}
    read = machine_values(kind, reading.classification.confidence, reading.fields, ())
    for name, (value, confidence) in read.items():
        if name in truth:
            yield Observation(paper.name, kind, name, confidence, same(value, truth[name]))


def read_papers(source: Iterable[ReadPaper]) -> Iterator[Observation]:
    """What is made of papers that have been read, one after the other."""
    classifier = RuleClassifier(
        default_data.document_types(),
        default_data.kind_abbreviations(),
        default_data.org_units(),
        default_data.procedures(),
    )
    for paper, texts in source:
        yield from observed(paper, classifier.classify(texts))


def written(path: Path) -> list[Observation]:
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Observation(
                row["paper"],
                row["document_type"],
                row["field"],
                float(row["confidence"]),
                row["right"] == "1",
            )
            for row in csv.DictReader(file)
        ]


def write(path: Path, observations: Iterable[Observation]) -> list[Observation]:
    """Writes each row as it comes, so that what was read is not lost with the rest."""
    kept = []
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(COLUMNS)
        for one in observations:
            out.writerow((one.paper, one.document_type, one.field, one.confidence, int(one.right)))
            file.flush()
            kept.append(one)
    return kept


def tallied(observations: Iterable[Observation]) -> list[Tally]:
    checked: dict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for one in observations:
        step = step_of(one.confidence)
        if step is not None:
            checked[one.field, one.document_type, step].append(one.right)
    return [Tally(*key, len(rights), rights.count(False)) for key, rights in checked.items()]


def halves(observations: Sequence[Observation]) -> tuple[list[Observation], list[Observation]]:
    """Every other paper for the fit, the rest for the measure."""
    names = list(dict.fromkeys(one.paper for one in observations))
    tuned = set(names[::2])
    return [o for o in observations if o.paper in tuned], [o for o in observations if o.paper not in tuned]


def show(observations: Sequence[Observation], bound: float, certainty: float) -> None:
    tuned, graded = halves(observations)
    thresholds = fitted(tallied(tuned), bound, certainty)
    policy = Policy(1, datetime.now(UTC), "bench", "fitted", bound, certainty, thresholds=thresholds)
    table = Table("field", "values", "wrong", "from", "accepted", "of those wrong", "rate under")
    table.columns[0].no_wrap = True
    for name in sorted({one.field for one in graded}):
        here = [one for one in graded if one.field == name]
        taken = [one for one in here if policy.accepts(one.field, one.document_type, one.confidence)]
        wrong = sum(not one.right for one in taken)
        froms = sorted({f"{one.confidence:.3f}" for one in thresholds if one.field == name})
        table.add_row(
            name, str(len(here)), str(sum(not one.right for one in here)), ", ".join(froms) or "never",
            f"{len(taken) / len(here):.0%}", str(wrong), f"{upper_limit(wrong, len(taken)):.2%}",
        )  # fmt: skip
    console = Console()
    console.print(table)
    by_paper: dict[str, list[bool]] = defaultdict(list)
    for one in graded:
        by_paper[one.paper].append(policy.accepts(one.field, one.document_type, one.confidence))
    straight = sum(all(accepted) for accepted in by_paper.values())
    console.print(
        f"bound {bound:.2%}, certainty {certainty:.0%}, {smallest_sample(bound, certainty)} values a threshold "
        f"at least; {len(by_paper)} papers graded, of which {straight} need no look but for their dossier",
        highlight=False,
    )


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.acceptance", description=__doc__)
    parser.add_argument("--scans", help="folder of scans with sidecars that hold fields")
    parser.add_argument("--seeds", help="generated papers A:B")
    parser.add_argument("--engine", default="hybrid", help="hybrid, fast or tesseract")
    parser.add_argument("--out", type=Path, help="write the observations")
    parser.add_argument(
        "--frozen", type=Path, action="append", metavar="DIR", help="papers that `bench fields --freeze` kept"
    )
    parser.add_argument("--from", dest="source", type=Path, help="measure observations written before")
    parser.add_argument("--bound", type=float, default=0.005)
    parser.add_argument("--certainty", type=float, default=0.95)
    given = parser.parse_args(arguments)
    if given.source:
        found = written(given.source)
    else:
        kept = (paper for folder in given.frozen or () for paper in frozen(folder))
        reading = read_papers(kept if given.frozen else read(papers(given.scans, given.seeds), given.engine))
        found = write(given.out, reading) if given.out else list(reading)
    show(found, given.bound, given.certainty)
    return 0


if __name__ == "__main__":
    sys.exit(main())
