"""How well types and fields are read: `python -m bench.fields --scans DIR` or `--seeds A:B`.

Per field: answered, right, wrong (answered but not what stands there), missed (it stands there, no answer). What a
pen wrote is counted apart. Values are compared as confirmations are (`records.evidence.same_value`), without the stop
at the end. The time is that of classification and extraction alone, per page, on one core.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench.field_papers import FieldPaper, generated, scanned
from bench.frozen import ReadPaper, freeze, frozen
from bench.straight import BOUND, Observation, risk_coverage, straight, write_observations
from classify.captions import CAPTIONS
from classify.classifier import Reading, RuleClassifier
from classify.components import COMPONENTS
from ocr.engines import make_engine
from records import default_data
from records.evidence import same_value
from records.ids import DocumentTypeCode

DEFAULT_SEEDS = "8500:8600"  # nobody has looked at those; docs/design-notes.md says at which somebody has
PARTICULARS = frozenset({"applicant", "id_no", "phone", "procedure_name", "received_at", "due_at"})
SOMETIMES = frozenset(
    {"addressee", "urgency", "parent_authority", "signature_authority", "component_names", "exemptions"}
)  # most papers have none
Asked = Mapping[str, Sequence[str]]


@dataclass(slots=True)
class Count:
    """How often a field was answered rightly, wrongly, not although it stands there, or rightly not."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    absent: int = 0

    def share(self, part: int) -> str:
        there = self.right + self.wrong + self.missed
        return f"{100 * part / there:.1f}" if there else "–"


@dataclass(slots=True)
class Result:
    papers: int = 0
    pages: int = 0
    types_right: int = 0
    types_graded: int = 0
    straight: int = 0  # papers that need nobody's eye but for their dossier
    straight_wrong: int = 0  # … of which a value is wrong all the same
    fields: dict[str, Count] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)  # per page
    observations: list[Observation] = field(default_factory=list)  # answered values
    incomplete: set[str] = field(default_factory=set)  # papers of which a header field was not answered
    names: list[str] = field(default_factory=list)  # of the papers


def captioned(document_type: str | None) -> frozenset[str]:
    """The fields that are looked for on papers of a type by their captions; one that is not found was missed."""
    return frozenset(row.name for row in CAPTIONS.get(DocumentTypeCode(document_type or ""), ()))


def same(left: str | None, right: str | None) -> bool:
    """Whether two values say the same; see the module's docstring."""
    return same_value((left or "").rstrip(" .;,"), (right or "").rstrip(" .;,"))


def grade(result: Result, paper: FieldPaper, reading: Reading, asked: Asked, pages: int = 1) -> None:
    """Adds one paper to the result; `asked` are the fields that the taxonomy asks of each type."""
    result.papers += 1
    result.names.append(paper.name)
    result.pages += pages
    code, known = reading.classification.document_type, len(result.mistakes)
    if paper.document_type is not None:
        sure = reading.classification.confidence
        result.observations.append(
            Observation(paper.name, code, "document_type", sure, code == paper.document_type)
        )
        result.types_graded += 1
        result.types_right += code == paper.document_type
        if code != paper.document_type:
            result.mistakes.append(f"{paper.name}: type {code}, is {paper.document_type}")
    is_straight = not [reason for reason in reading.review_reasons if reason != "dossier_unknown"]
    found = {one.name: one.value for one in reading.fields} | _of_list(reading)
    sure_of = {one.name: one.confidence for one in reading.fields}
    for name, truth in paper.fields.items():
        if (
            name in found
            or name in SOMETIMES
            or (name in PARTICULARS and name in asked.get(paper.document_type or "", ()))
            or name in captioned(paper.document_type)
        ):
            _grade_field(result, paper, name, truth, found.get(name))
            _observe(
                result,
                paper,
                Observation(paper.name, code, name, sure_of.get(name, 0.0), False),
                truth,
                found.get(name),
            )
    result.straight += is_straight
    result.straight_wrong += is_straight and len(result.mistakes) > known


def _of_list(reading: Reading) -> dict[str, str | None]:
    """The papers that a receipt lists and why each is exempt, as two values."""
    listed = next((one.normalised for one in reading.fields if one.name == COMPONENTS), None)
    rows = json.loads(listed) if listed else []
    names, exempt = (row["name"] for row in rows), (row["exempt"] or "–" for row in rows)
    return {"component_names": "; ".join(names), "exemptions": "; ".join(exempt)} if rows else {}


def _grade_field(result: Result, paper: FieldPaper, name: str, truth: str | None, answer: str | None) -> None:
    count = result.fields.setdefault(f"{name} (by hand)" if name in paper.by_hand else name, Count())
    if answer is None:
        count.missed += truth is not None
        count.absent += truth is None
    elif truth is not None and same(answer, truth):
        count.right += 1
    else:
        count.wrong += 1
        result.mistakes.append(f"{paper.name}: {name} {answer!r}, is {truth!r}")


def _observe(
    result: Result, paper: FieldPaper, seen: Observation, truth: str | None, answer: str | None
) -> None:
    """What the acceptance of values rests on: answered ones, and papers of which a person has to type one."""
    if answer is not None:
        result.observations.append(replace(seen, right=truth is not None and same(answer, truth)))
    elif truth is not None:
        result.incomplete.add(paper.name)


def read(papers: Iterable[FieldPaper], engine: str) -> Iterator[ReadPaper]:
    """The papers with what the engine reads on them."""
    reader = make_engine(engine)
    for paper in papers:
        yield paper, [reader.read(image, dpi=dpi) for image, dpi in paper.pages]


def measure(papers: Iterable[FieldPaper], engine: str) -> Result:
    """Reads and grades the papers one after the other."""
    return graded(read(papers, engine))


def graded(papers: Iterable[ReadPaper]) -> Result:
    """The grades of papers that have been read; the time is that of classification and extraction."""
    result = Result()
    classifier = RuleClassifier(
        default_data.document_types(),
        default_data.kind_abbreviations(),
        default_data.org_units(),
        default_data.procedures(),
    )
    asked = {str(row.code): row.fields for row in default_data.document_types()}
    for paper, texts in papers:
        started = time.process_time()
        reading = classifier.classify(texts)
        result.milliseconds.append((time.process_time() - started) * 1000 / max(1, len(texts)))
        grade(result, paper, reading, asked, len(texts))
    return result


def show(result: Result, mistakes: bool, before: Mapping[str, Count] | None = None) -> None:
    """The table; with `before`, the right and wrong shares of an earlier run beside those of this one."""
    columns = ["field", "there", "answered", "right %", "wrong %", "missed %", "rightly empty"]
    table = Table(*columns, *(("right % before", "wrong % before") if before is not None else ()))
    for name in sorted(result.fields):
        count = result.fields[name]
        there = count.right + count.wrong + count.missed
        shares = [count.share(part) for part in (count.right, count.wrong, count.missed)]
        old = before.get(name, Count()) if before is not None else None
        earlier = [old.share(old.right), old.share(old.wrong)] if old is not None else []
        table.add_row(name, str(there), str(count.right + count.wrong), *shares, str(count.absent), *earlier)
    console = Console()
    console.print(table)
    times = sorted(result.milliseconds) or [0.0]
    console.print(
        f"{result.papers} papers, {result.pages} pages; type right {result.types_right} of {result.types_graded}; "
        f"straight through but for the dossier {result.straight}, of which {result.straight_wrong} with a wrong "
        f"value; extraction {sum(times) / len(times):.1f} ms a page "
        f"(worst {times[-1]:.1f})"
    )
    console.print(_risks(result.observations))
    for bound in (BOUND, 2 * BOUND):
        console.print(_straight_through(result, bound))
    for line in result.mistakes if mistakes else ():
        console.print(line, highlight=False, markup=False)


def _risks(seen: Sequence[Observation]) -> Table:
    """The risk-coverage curve: of the values believed from a confidence on, how many are wrong."""
    table = Table(
        "believed from", "values", "of the answered", "wrong", "rate under", title="risk and coverage"
    )
    for risk in risk_coverage(seen):
        table.add_row(
            f"{risk.confidence:.2f}",
            str(risk.values),
            f"{risk.covered:.1%}",
            str(risk.wrong),
            f"{risk.limit:.2%}",
        )
    return table


def _straight_through(result: Result, bound: float) -> str:
    found = straight(result.observations, result.incomplete, result.names, bound)
    if found.threshold is None:
        return f"wrong under {bound:.1%}: no confidence promises that on so few values"
    return (
        f"wrong under {bound:.1%} from confidence {found.threshold:.2f}: {found.values:.1%} of the answered values and "
        f"{found.papers:.1%} of the papers need nobody's eye"
    )


def papers(folder: str | None, seeds: str | None) -> Iterator[FieldPaper]:
    if folder:
        yield from scanned(Path(folder))
    if seeds or not folder:
        first, last = (int(part) for part in (seeds or DEFAULT_SEEDS).split(":"))
        yield from generated(first, last)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.fields", description=__doc__)
    parser.add_argument("--scans", help="folder of scans with sidecars that hold fields")
    parser.add_argument("--seeds", help=f"generated papers A:B (default {DEFAULT_SEEDS} when no --scans)")
    parser.add_argument("--engine", default="hybrid", help="hybrid, fast or tesseract")
    parser.add_argument(
        "--mistakes", action="store_true", help="list every wrong answer (samples only: prints values)"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--freeze", type=Path, metavar="DIR", help="keep what was read, for --frozen")
    parser.add_argument("--frozen", type=Path, metavar="DIR", help="grade the papers that --freeze kept")
    parser.add_argument(
        "--before", type=Path, metavar="FILE", help="what --json printed earlier, to compare with"
    )
    parser.add_argument(
        "--observations", type=Path, metavar="FILE", help="write a prior for `sohoa policy fit`"
    )
    given = parser.parse_args(arguments)
    found = frozen(given.frozen) if given.frozen else read(papers(given.scans, given.seeds), given.engine)
    result = graded(freeze(found, given.freeze) if given.freeze else found)
    if given.observations:
        write_observations(result.observations, given.observations)
    if given.json:
        print(json.dumps(asdict(result), ensure_ascii=False, indent=1, default=sorted))
    else:
        show(result, given.mistakes, earlier(given.before) if given.before else None)
    return 0


def earlier(path: Path) -> dict[str, Count]:
    """The counts of an earlier run, from what `--json` printed."""
    told = json.loads(path.read_text("utf-8"))["fields"]
    return {name: Count(**count) for name, count in told.items()}


if __name__ == "__main__":
    sys.exit(main())
