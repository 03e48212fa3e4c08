"""How well the quality report sees what is wrong with a scan: `python -m bench.quality [--seeds A:B]`.

Each seed makes one paper of the generator, damaged in known ways. Per flag: how many pages that bear the damage are
flagged (hits) and how many that do not are flagged all the same (false alarms). Pages between the two, damaged a
little, count for neither. Last, the milliseconds of CPU that the report costs a page.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from PIL import Image
from rich.console import Console
from rich.table import Table

from ingest.depth import from_pillow
from ingest.quality import measured
from ingest.raster import Raster
from records.page import QualityFlag, QualityReport
from samples.damage import Damage, some_damage
from samples.documents import make_blank, make_document
from samples.truth import PageTruth

DEFAULT_SEEDS = "7000:7040"
Flag = QualityFlag


@dataclass(frozen=True, slots=True)
class Trial:
    """One page, the flags that it must get, and those that it may get."""

    name: str
    image: Image.Image
    dpi: int
    must: frozenset[QualityFlag]
    may: frozenset[QualityFlag]


def trials(seed: int) -> Iterator[Trial]:
    """The pages of one seed: a usual scan, one per heavy damage, and an empty back."""
    rng = Random(seed)
    usual = replace(
        some_damage(rng, severity=1.0, upright=True), shift=(rng.gauss(0, 1.2), rng.gauss(0, 1.5))
    )
    dpi = rng.choice((150, 200, 200, 240, 300, 300))
    heavy = {
        "usual": usual,
        "skewed": replace(usual, skew=rng.choice((-1, 1)) * rng.uniform(2.6, 6.0)),
        "sideways": replace(usual, rotation=rng.choice((90, 180, 270))),
        "blurred": replace(usual, blur=rng.uniform(2.2, 4.0), mode="color"),
        "cut_off": replace(usual, shift=_far(rng), border=0.0),
        "pale": replace(usual, fade=rng.uniform(0.62, 0.75), mode="color"),
        "dark": replace(usual, tint=(rng.randint(70, 95),) * 3, mode="color"),
        "dirty": replace(usual, border=rng.uniform(2, 7), holes=True, speckle=400, streaks=2, bleed=0.13),
    }
    for name, damage in heavy.items():
        document = make_document(seed, dpi=dpi, damage=damage)
        sound = make_document(seed, dpi=dpi, damage=replace(damage, shift=(0.0, 0.0)))
        page, truth = document.pages[0], document.truth.pages[0]
        must, may = expected(damage, truth, sound.truth.pages[0])
        yield Trial(f"{seed} {name}", page, dpi, must, may)
        if name in ("usual", "dirty"):
            back, back_truth = make_blank(rng, truth, damage, page.convert("RGB"))
            must, may = expected(damage, back_truth, back_truth)
            yield Trial(f"{seed} {name} back", back, dpi, must, may)


def _far(rng: Random) -> tuple[float, float]:
    """Millimetres by which a sheet lies over the edge of the glass, further than its margins are wide."""
    across, down = rng.choice(((1, 0), (-1, 0), (0, 1), (0, -1)))
    reach = rng.uniform(36, 45)
    return across * reach, down * reach


def expected(damage: Damage, truth: PageTruth, sound: PageTruth) -> tuple[frozenset[Flag], frozenset[Flag]]:
    """The flags that a page with this damage must have, and those that nobody would object to."""
    lost = _words(sound) - _words(truth)
    grave = {
        Flag.LOW_RESOLUTION: truth.dpi < 196,
        Flag.NOT_COLOUR: truth.mode != "color",
        Flag.BLANK: truth.blank,
        Flag.SKEWED: abs(damage.skew) > 2.4 and not truth.blank,
        Flag.BLURRED: damage.blur >= 2.2 and truth.mode != "1bit" and not truth.blank,
        Flag.CUT_OFF: lost >= 3 and _touches(truth) >= 3,
        Flag.TOO_PALE: damage.fade >= 0.62 and truth.mode != "1bit" and not truth.blank,
        Flag.TOO_DARK: max(damage.tint) < 100,
    }
    slight = {
        Flag.SKEWED: abs(damage.skew) > 1.6,
        Flag.BLURRED: damage.blur > 1.3 or damage.fade > 0.5 or max(damage.tint) < 100,
        Flag.CUT_OFF: lost > 0 or _touches(truth) > 0,
        Flag.TOO_PALE: damage.fade > 0.5 or damage.blur > 1.3 or max(damage.tint) < 100,
        Flag.TOO_DARK: max(damage.tint) < 140,
        Flag.BLANK: sum(len(line.words) for line in truth.lines) < 3,
    }
    must = frozenset(flag for flag, holds in grave.items() if holds)
    return must, must | frozenset(flag for flag, holds in slight.items() if holds)


def _words(truth: PageTruth) -> int:
    return sum(len(line.words) for line in truth.lines)


def _touches(truth: PageTruth) -> int:
    """How many words lie across an edge of the image."""
    boxes = [word.box for line in truth.lines for word in line.words]
    return sum(
        box.x0 <= 1 or box.y0 <= 1 or box.x1 >= truth.width - 1 or box.y1 >= truth.height - 1 for box in boxes
    )


def report_on(trial: Trial) -> tuple[QualityReport, float]:
    """The report, and the CPU seconds that it took."""
    pixels = from_pillow(trial.image)
    started = time.process_time()
    report = measured(Raster(pixels, dpi=float(trial.dpi)))
    return report, time.process_time() - started


def _figures(report: QualityReport) -> list[object]:
    return [
        report.skew,
        report.sharpness,
        report.ink,
        *report.cut_edges,
        *(flag.value for flag in report.flags),
    ]


@dataclass
class Tally:
    """Of one flag."""

    wanted: int = 0
    hit: int = 0
    free: int = 0
    alarm: int = 0

    def count(self, flag: QualityFlag, trial: Trial, report: QualityReport) -> bool:
        """Whether the page was judged wrongly."""
        flagged = flag in report.flags
        if flag in trial.must:
            self.wanted += 1
            self.hit += flagged
            return not flagged
        if flag in trial.may:
            return False
        self.free += 1
        self.alarm += flagged
        return flagged


def main(arguments: list[str] | None = None) -> int:
    """Measure and print; the exit status is 0."""
    parser = argparse.ArgumentParser(prog="bench.quality", description=__doc__)
    parser.add_argument("--seeds", default=DEFAULT_SEEDS, metavar="A:B", help="seeds of the generator")
    parser.add_argument("--wrong", action="store_true", help="list the pages that were judged wrongly")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args(arguments)
    first, last = (int(part) for part in options.seeds.split(":"))
    tallies: dict[QualityFlag, Tally] = {
        flag: Tally() for flag in QualityFlag if flag not in (Flag.TRUNCATED, Flag.REPAIRED)
    }
    seconds = []
    console = Console(stderr=options.json)
    for seed in range(first, last):
        for trial in trials(seed):
            report, took = report_on(trial)
            seconds.append(took)
            wrong = [flag.value for flag, tally in tallies.items() if tally.count(flag, trial, report)]
            if wrong and options.wrong:
                console.print(trial.name, *wrong, *_figures(report), soft_wrap=True)
    _show(tallies, seconds, console, options.json)
    return 0


def _show(tallies: dict[QualityFlag, Tally], seconds: list[float], console: Console, as_json: bool) -> None:
    cost = 1000 * sum(seconds) / max(1, len(seconds))
    if as_json:
        flags = {flag.value: vars(tally) for flag, tally in tallies.items()}
        sys.stdout.write(
            json.dumps({"pages": len(seconds), "cpu_ms_a_page": round(cost, 1), "flags": flags}) + "\n"
        )
        return
    table = Table("flag", "hits", "of", "false alarms", "of")
    for flag, tally in tallies.items():
        table.add_row(flag.value, str(tally.hit), str(tally.wanted), str(tally.alarm), str(tally.free))
    console.print(table)
    console.print(f"{len(seconds)} pages, {cost:.0f} ms of CPU a page for the report")


if __name__ == "__main__":
    raise SystemExit(main())
